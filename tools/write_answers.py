"""
Write the answer to every starting point as a file, before the site is built.

    python tools/write_answers.py [folder]    docs/assets/answers by default

`<calculator>/<preset>.json` is what Python replies to the preset's scenario, all parts at once. A page fetches it when
a reader chooses the preset, so that the answer needs no Python and does not weigh on whoever chooses none.
"""

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
# A script finds what lies beside it; the calculators lie a folder higher, and are not installed.
sys.path.insert(0, str(ROOT))

from calculators import catalog  # noqa: E402
from calculators.html.reply import whole  # noqa: E402

FOLDER: Final = ROOT / "docs" / "assets" / "answers"


def write(folder: Path = FOLDER) -> int:
    """
    Write the files that are not there as they should be, and delete those of presets that are no more.

    Args:
        folder: Where to.

    Returns:
        How many files changed.
    """
    wanted = {
        folder / slug / f"{preset.key}.json": whole(f"{slug}?{preset.query}")
        for slug in catalog.slugs()
        for preset in catalog.calculator(slug).presets
    }
    changed = 0
    for path in sorted(folder.glob("*/*.json")):
        if path not in wanted:
            path.unlink()
            changed += 1
    for path, text in wanted.items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        changed += 1
    return changed


def main() -> None:
    """Write, and say how many files changed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print(f"-- Answers to the starting points: {write(folder)} files changed in {folder}/")


if __name__ == "__main__":
    main()
