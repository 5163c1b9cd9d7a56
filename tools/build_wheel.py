"""
Build what the stock start needs: the calculators as a wheel in a lockfile of its own.

    python tools/build_wheel.py

Writes to `docs/assets/python/`: the wheel, `pyodide-lock.json`, and Pyodide's own files. Writes to
`build/runtime/` what `tools/image/build_image.mjs` makes the image from: the wheel unpacked, and the
slim library. Does nothing when its inputs are those of the last time.
"""

import argparse
import ast
import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import zopfli

import slim_library

ROOT = Path(__file__).resolve().parent.parent

# The files of the npm package that a browser loads. The lockfile is not among them: the one of
# the npm package lists 379 packages in 119 KB, and no page here needs any.
RUNTIME = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")

# What only a terminal or a type checker reads, or only the build, when it draws pages; and the records that only those
# pages show.
LEFT_OUT = (
    "calculators/__main__.py",
    "calculators/command_line/",
    "calculators/docstrings.py",
    "calculators/fence.py",
    "calculators/subjects.py",
    "calculators/py.typed",
    "calculators/working.py",
    "calculators/wrapping.py",
    "calculators/chart/dated_lines.py",
    "calculators/chart/sparkline.py",
    "calculators/catalog/cost_comparison/report.py",
    "calculators/data/chance_evidence.toml",
    "calculators/data/disagreements.toml",
    "calculators/data/gpu_offers.toml",
    "calculators/data/image_measurements.toml",
    "calculators/data/labels.toml",
    "calculators/data/price_floors.toml",
    "calculators/data/serving_runs.toml",
    "calculators/data/training.toml",
    "calculators/data/training_runs.toml",
    "calculators/data/worked_scenarios.json",
    "calculators/facts/background/",
    "calculators/html/form.py",
    "calculators/html/pages/",
)

# Words in data files that only pages show: of each file, the fields whose text stays behind.
ONLY_SHOWN = {
    "calculators/data/adapters.toml": {"note"},
    "calculators/data/assumptions.toml": {"name", "who", "why"},
    "calculators/data/availability.toml": {"name", "note", "quote", "tunes", "what"},
    "calculators/data/caching.toml": {"name", "note"},
    "calculators/data/gpus.toml": {"note"},
    "calculators/data/inference_prices.toml": {"note"},
    "calculators/data/labour.toml": {"name", "note"},
    "calculators/data/model_shapes.toml": {"note"},
    "calculators/data/places.toml": {"covers", "note"},
    "calculators/data/retrieval_prices.toml": {"note"},
    "calculators/data/rules.toml": {"name", "unit", "why"},
    "calculators/data/serving.toml": {"name", "note"},
    "calculators/data/sources.toml": {"licence", "published"},
    "calculators/data/tokens.toml": {"name", "note"},
    "calculators/data/trainers.toml": {"note"},
    "calculators/data/training_memory.toml": {"name", "note"},
    "calculators/data/vector_databases.toml": {"note"},
    "calculators/data/worked_examples.json": {
        "assumed",
        "date",
        "group",
        "label",
        "note",
        "quote",
        "source",
        "source_remark",
        "source_url",
    },
}
LEFT_WORDS = "left out"
"""What stands in place of such a text: a record without it would not be read."""

# Where records are whose sources only pages show, and what stands for all of theirs: without one none would be read.
CITED_ON_PAGES = (
    "calculators/data/model_shapes.toml",
    "calculators/data/tokens.toml",
    "calculators/data/trainers.toml",
)
STANDING_IN = ["genai-prices"]
SOURCES = "calculators/data/sources.toml"

# What stands in one file, for calculators/facts/reading.py to read: each file more is two headers with its name and a
# hash that does not pack, and what is alike packs better side by side.
DATA = "calculators/data/"
TOGETHER = f"{DATA}together.txt"

# The earliest date a zip file can show: a build must not depend on when it ran.
EPOCH = 315_532_800
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

_INDENT = 4
_TEXT = re.compile(r'(\w+) = "(?:[^"\\]|\\.)*"')


def main() -> None:
    """Build, unless the inputs are unchanged."""
    arguments = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    arguments.add_argument(
        "--project",
        type=Path,
        default=ROOT,
        help="folder of the pyproject.toml that builds the wheel (default: this repository)",
    )
    arguments.add_argument("--output", type=Path, default=ROOT, help="where docs/ and build/ are (default: as above)")
    options = arguments.parse_args()
    build(options.project.resolve(), options.output.resolve())


def build(project: Path, output: Path) -> None:
    """
    Build the wheel, its lockfile and the slim library, and copy Pyodide's files.

    Args:
        project: The folder with the `pyproject.toml` of the calculators.
        output: The folder that holds `docs/assets/python/` and `build/runtime/`.
    """
    pyodide = ROOT / "node_modules" / "pyodide"
    if not (pyodide / "package.json").is_file():
        raise SystemExit("node_modules/pyodide is missing. Run `make setup`, or `npm ci`.")
    served = output / "docs" / "assets" / "python"
    made = output / "build" / "runtime"
    served.mkdir(parents=True, exist_ok=True)
    made.mkdir(parents=True, exist_ok=True)

    _copy_runtime(pyodide, served)
    _write_library(pyodide, made)
    _write_wheel(project, pyodide, served, made)


def _copy_runtime(pyodide: Path, served: Path) -> None:
    for name in RUNTIME:
        source, target = pyodide / name, served / name
        if not target.exists() or _digest([source]) != _digest([target]):
            shutil.copyfile(source, target)
            print(f"runtime: copied {name}")


def _write_library(pyodide: Path, made: Path) -> None:
    stock, target = pyodide / "python_stdlib.zip", made / "library.zip"
    inputs = _digest([stock, Path(slim_library.__file__)], note=sys.version)
    stamp = made / "library.stamp"
    if target.exists() and _read(stamp) == inputs:
        return
    print("runtime: compiling the standard library for the image")
    slim_library.write(stock, target)
    stamp.write_text(inputs, encoding="ascii")


def _write_wheel(project: Path, pyodide: Path, served: Path, made: Path) -> None:
    inputs = _digest(
        [*_sources(project), pyodide / "package.json", Path(__file__), Path(slim_library.__file__)], note=sys.version
    )
    stamp = made / "wheel.stamp"
    lockfile = served / "pyodide-lock.json"
    if _read(stamp) == inputs and lockfile.exists() and len(list(served.glob("*.whl"))) == 1:
        print("runtime: the wheel is up to date")
        return

    print("runtime: building the calculators' wheel")
    for old in served.glob("*.whl"):
        old.unlink()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run("build", "--wheel", "--no-isolation", "--outdir", name, str(project))
        whole = _only_wheel(folder)
        wheel = served / whole.name
        _repack(whole, wheel)
        slim_library.unpack(wheel, made / "site-packages")

        # Pyodide asks its lockfile which interpreter it was made for; that block is all it needs.
        complete = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
        empty = folder / "empty-lock.json"
        empty.write_text(json.dumps({"info": complete["info"], "packages": {}}), encoding="utf-8")
        _run(
            "pyodide_cli",
            "lockfile",
            "add-wheels",
            *("--input", str(empty)),
            *("--output", str(lockfile)),
            *("--base-path", str(served)),
            str(wheel),
        )
    locked = json.loads(lockfile.read_text(encoding="utf-8"))["packages"]
    if [package["file_name"] for package in locked.values()] != [wheel.name]:
        raise SystemExit(f"{lockfile} should list {wheel.name} and nothing else.")
    stamp.write_text(inputs, encoding="ascii")
    print(f"runtime: {wheel.name}, {wheel.stat().st_size / 1000:.0f} kB, locked with its hash")


def _sources(project: Path) -> Iterator[Path]:
    yield project / "pyproject.toml"
    for path in sorted((project / "calculators").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _only_wheel(folder: Path) -> Path:
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise SystemExit(f"Expected one wheel in {folder}, found {[each.name for each in wheels]}.")
    return wheels[0]


def _repack(wheel: Path, target: Path) -> None:
    """
    Copy a wheel without what no browser runs or reads, and without the dates that say when it was built.

    The sources stay sources: compiled they are more than twice as many bytes (docs/decisions/).
    """
    with zipfile.ZipFile(wheel) as source:
        kept = {name: source.read(name) for name in sorted(source.namelist()) if not name.startswith(LEFT_OUT)}
    kept = {name: _lean(name, content) for name, content in kept.items()}
    if SOURCES in kept:
        kept[SOURCES] = _cited(kept)
    kept = _together(kept)
    [record] = [name for name in kept if name.endswith(".dist-info/RECORD")]
    kept[record] = "".join(f"{name},{_entry(kept[name]) if name != record else ','}\n" for name in kept).encode()
    # Zopfli packs what any unpacker reads, in a fiftieth fewer bytes than zlib at its best.
    with zopfli.ZipFile(target, "w") as copy:
        for name, content in kept.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(entry, content)


def _lean(name: str, content: bytes) -> bytes:
    """Return a file without what no browser reads."""
    match Path(name).suffix:
        case ".py":
            return _outdented(_bare(content))
        case ".toml":
            return _bare_table(name, content)
        case ".json":
            said = json.loads(content)
            return json.dumps(_without(ONLY_SHOWN.get(name, set()), said), separators=(",", ":")).encode()
        case _ if name.endswith(".dist-info/METADATA"):
            # Behind the first empty line stands the README.
            return content.partition(b"\n\n")[0] + b"\n"
        case _:
            return content


def _cited(kept: dict[str, bytes]) -> bytes:
    """Return the sources that any other file names."""
    others = b"".join(content for name, content in kept.items() if name != SOURCES)
    first, *blocks = re.split(r"(?=^\[\[source\]\]$)", kept[SOURCES].decode(), flags=re.MULTILINE)
    cited = (block for block in blocks if f'"{tomllib.loads(block)["source"][0]["id"]}"'.encode() in others)
    return "".join((first, *cited)).encode()


def _together(kept: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files with those of the data as one, in which each stands behind a line with its name."""
    said = {name: kept[name] for name in kept if name.startswith(DATA) and name.endswith((".toml", ".json"))}
    # A file that repeats itself packs well wherever it stands, so those that do not come first.
    parts = sorted(said, key=lambda name: -_own_lines(said[name]))
    whole = b"".join(f"\n# {Path(name).name}\n".encode() + said[name] for name in parts)
    return dict(sorted({**{name: kept[name] for name in kept if name not in said}, TOGETHER: whole}.items()))


def _own_lines(content: bytes) -> float:
    """Return what share of the lines of a file are unlike each other."""
    lines = content.splitlines()
    return len(set(lines)) / len(lines)


def _bare_table(name: str, content: bytes) -> bytes:
    """Return a TOML file without its comments and the words that only pages show."""
    fields = ONLY_SHOWN.get(name, set())
    lines = [
        f'{match[1]} = "{LEFT_WORDS}"' if (match := _TEXT.fullmatch(line)) and match[1] in fields else line
        for line in content.decode().splitlines()
        if line and not line.startswith("#")
    ]
    told = _without(fields, tomllib.loads(content.decode()))
    if name in CITED_ON_PAGES:
        lines = [f"sources = {json.dumps(STANDING_IN)}" if line.startswith("sources = [") else line for line in lines]
        told = _stood_in(told)
    bare = "\n".join([*(line.replace(" = ", "=", 1) for line in lines), ""])
    if tomllib.loads(bare) != told:
        raise SystemExit(f"{name} is not written as tools/build_wheel.py reads it: a comment or a text on a line each.")
    return bare.encode()


def _stood_in(value: object) -> object:
    """Return what a data file says, with one source for all."""
    match value:
        case dict():
            return {name: STANDING_IN if name == "sources" else _stood_in(each) for name, each in value.items()}
        case list():
            return [_stood_in(each) for each in value]
        case _:
            return value


def _without(fields: set[str], value: object) -> object:
    """Return what a data file says, with other words in some fields."""
    match value:
        case dict():
            return {
                name: LEFT_WORDS if name in fields and isinstance(each, str) else _without(fields, each)
                for name, each in value.items()
            }
        case list():
            return [_without(fields, each) for each in value]
        case _:
            return value


def _bare(source: bytes) -> bytes:
    """
    Return a module without its docstrings and comments.

    All else stays on the line that it is on, so that a traceback leads to it in the repository too. A dataclass keeps
    one character: without any it would write a docstring of its own at import, from all its fields and defaults.
    """
    lines = source.splitlines(keepends=True)
    for token in reversed(list(tokenize.tokenize(io.BytesIO(source).readline))):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            text = lines[row - 1].decode()
            lines[row - 1] = f"{text[:column].rstrip()}\n".encode()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", [])
        for statement in body if isinstance(body, list) else []:
            match statement:
                case ast.Expr(value=ast.Constant(value=str()), lineno=first, end_lineno=int(last)):
                    # A body must hold something.
                    kept = b'"."' if _is_dataclass(node) and statement is body[0] else b"..." if len(body) == 1 else b""
                    left = b" " * statement.col_offset + kept + b"\n" if kept else b"\n"
                    lines[first - 1 : last] = [left, *[b"\n"] * (last - first)]
    return b"".join(lines)


def _outdented(source: bytes) -> bytes:
    """Return a module with one space for each four at the start of a line, where that is none of a text."""
    lines = source.splitlines(keepends=True)
    texts = {
        row
        for token in tokenize.tokenize(io.BytesIO(source).readline)
        if token.type in (tokenize.STRING, tokenize.FSTRING_MIDDLE)
        for row in range(token.start[0], token.end[0])
    }
    for row, line in enumerate(lines):
        if row not in texts:
            spaces = len(line) - len(line.lstrip(b" "))
            lines[row] = b" " * (spaces // _INDENT) + line[spaces:]
    return b"".join(lines)


def _is_dataclass(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(each) for each in node.decorator_list)


def _entry(content: bytes) -> str:
    """Return what a wheel's RECORD says of a file."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    return f"sha256={digest},{len(content)}"


def _run(module: str, *arguments: str) -> None:
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONHASHSEED": "0"}
    result = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        shown = " ".join(["python", "-m", module, *arguments])
        raise SystemExit(f"{shown} failed:\n{result.stdout}{result.stderr}")


def _digest(paths: list[Path], note: str = "") -> str:
    digest = hashlib.sha256(note.encode())
    for path in paths:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""


if __name__ == "__main__":
    main()
