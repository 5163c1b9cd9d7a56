"""
Take prices from the pinned data packages into `calculators/data/`, show what changes, and append it.

    make prices
    python tools/prices --check

Nothing is read but the packages that packages.txt pins, models.toml and the committed files; no clock is. On the same
packages it writes the same bytes.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from prices import selection  # noqa: E402  # one folder up, where Python does not look by itself
from prices.books import open_books  # noqa: E402
from prices.build import build, changed, save  # noqa: E402
from prices.terms import PricesError  # noqa: E402

HERE = ROOT / "tools" / "prices"


def main() -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description="Take prices from the pinned data packages into a directory.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something would change")
    parser.add_argument("--data", type=Path, default=ROOT / "calculators" / "data", help="the directory")
    options = parser.parse_args()
    try:
        books = open_books(HERE / "packages.txt", ROOT / "build" / "prices")
        built = build(selection.read(HERE / "models.toml"), books, options.data)
    except PricesError as fault:
        print(fault, file=sys.stderr)
        return 1
    names = changed(built, options.data)
    print("-- Prices: " + ", ".join(f"{name} {version}" for name, version in books.versions.items()))
    for line in built.news:
        print(f"   {line}")
    if not names:
        print("   Nothing changes.")
    elif options.check:
        print(f"{', '.join(names)}: not what make prices writes: run it, and commit what it appends", file=sys.stderr)
        return 1
    else:
        save(built, options.data, names)
        print(f"   Wrote {', '.join(names)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
