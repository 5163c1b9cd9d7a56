"""
Write every record as files to download, before the site is built.

    python tools/write_dataset.py [folder]    docs/data by default

For each kind of record one CSV and one JSON file, with every record there ever was; beside them `datapackage.json`, a
Frictionless Data Package that says what each field means and in which unit, `CITATION.txt`, and `NOTICES.txt`, the
notices of the packages that prices were taken from. What a field is called and means stands on the record's class, and
nowhere else (calculators/html/pages/datasets.py).
"""

import csv
import hashlib
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
# A script finds what lies beside it; the calculators lie a folder higher, and are not installed.
sys.path.insert(0, str(ROOT))

from calculators.facts import DATA, FACTS  # noqa: E402
from calculators.html.pages.datasets import DATASETS, Dataset, cell  # noqa: E402
from calculators.html.pages.fields import Field  # noqa: E402
from calculators.html.pages.tables import LICENCE  # noqa: E402

FOLDER: Final = ROOT / "docs" / "data"
NAME: Final = "fine-tuning-trap-records"
TITLE: Final = "Dated prices, rents and throughputs for adapting a language model"
CREATOR: Final = "The Fine-Tuning Trap contributors"

DESCRIPTION: Final = (
    "The records behind the guide The Fine-Tuning Trap: prices of language models and their history, prices and "
    "availability of fine-tuning, GPU rents, serving and training throughput, wages, assumptions, chances with "
    "the measurements behind them, and where figures were published. Records are appended and never overwritten: "
    "several of one key follow each other in time. Money is in US dollars, dates are ISO 8601. Each CSV file has "
    "a JSON twin of the same name. In CSV, an empty cell says that the record states nothing, several values are "
    "set apart by spaces, and the numbers of one measurement by slashes."
)


def to_csv(kind: Dataset) -> str:
    """Write all records of one kind, a line each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in kind.fields)
    writer.writerows([cell(value) for value in row.values()] for row in kind.rows)
    return text.getvalue()


def to_json(kind: Dataset) -> str:
    """Write all records of one kind, as a list of objects that leave out what is not stated."""
    rows = [{name: value for name, value in row.items() if value is not None} for row in kind.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_as_text) + "\n"


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no record holds a {type(value).__name__}")


def package(csv_files: dict[str, str]) -> str:
    """Describe the files, given each CSV file's content by its name."""
    licence, address = LICENCE
    described = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": FACTS.edited.isoformat(),
        "created": f"{FACTS.edited.isoformat()}T00:00:00Z",
        "licenses": [{"name": licence.replace(" ", "-"), "title": f"{licence}, for the compilation", "path": address}],
        "contributors": [{"title": CREATOR, "role": "author"}],
        "sources": [
            {"title": f"{source.title}, {source.publisher}. Licence: {source.licence}", "path": source.url}
            for source in FACTS.sources.values()
        ],
        "resources": [_resource(kind, csv_files[kind.name]) for kind in DATASETS],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _resource(kind: Dataset, content: str) -> dict[str, Any]:
    sent = content.encode()
    return {
        "profile": "tabular-data-resource",
        "name": kind.name,
        "title": kind.title,
        "path": f"{kind.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(sent),
        "hash": f"sha256:{hashlib.sha256(sent).hexdigest()}",
        "schema": {"fields": [_field(field) for field in kind.fields], "missingValues": [""]},
    }


def _field(field: Field) -> dict[str, Any]:
    several = "; several, set apart by spaces" if field.many else ""
    described: dict[str, Any] = {
        "name": field.name,
        "type": "string" if field.many else field.type,
        "description": f"{field.description.rstrip('.')}{several}.",
    }
    if field.unit:
        described["unit"] = field.unit
    # A record that says something is free rests on no source: an empty cell all the same.
    if field.required and not field.many:
        described["constraints"] = {"required": True}
    return described


def citation() -> str:
    """Say how to cite the data."""
    licence, address = LICENCE
    return (
        f"{CREATOR} ({FACTS.edited.year}): {TITLE}. Version {FACTS.edited.isoformat()} [data set]. {licence}.\n\n"
        f"The compilation may be used under {licence}: {address}\n"
        "The figures were published by others; sources.csv says by whom, when, and under which licence. Packages that "
        "prices were taken from ask for their notices to be kept: NOTICES.txt.\n"
    )


def write(folder: Path) -> int:
    """
    Write all files, and delete what is no longer among them.

    Args:
        folder: Where to.

    Returns:
        How many files differ from what stood there.
    """
    tables = {kind.name: to_csv(kind) for kind in DATASETS}
    files = {f"{name}.csv": content for name, content in tables.items()}
    files |= {f"{kind.name}.json": to_json(kind) for kind in DATASETS}
    files["datapackage.json"] = package(tables)
    files["CITATION.txt"] = citation()
    files["NOTICES.txt"] = (DATA / "LICENCES.txt").read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    for stray in {path.name for path in folder.iterdir()} - files.keys():
        (folder / stray).unlink()
    changed = 0
    for name, content in files.items():
        path = folder / name
        # What is the same is left alone, so that a server that watches the folder stays quiet.
        if not path.is_file() or path.read_bytes() != content.encode():
            path.write_bytes(content.encode())
            changed += 1
    return changed


def main() -> int:
    """Write the files, and say how many changed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    changed = write(folder)
    records = sum(len(kind.rows) for kind in DATASETS)
    print(f"-- Data: {records} records of {len(DATASETS)} kinds in {folder}/, {changed} files changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
