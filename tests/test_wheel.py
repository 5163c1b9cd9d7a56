"""The wheel that the stock start loads: the package without what no browser runs or reads."""

import ast
import base64
import hashlib
import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Final

import pytest

import build_wheel
from calculators.browser import QUESTIONS, answer
from calculators.facts import DATA, text_of
from tests.golden.golden import GOLDENS, conversation

PACKAGE: Final = DATA.parent
RECORD: Final = "fine_tuning_calculators-0.dist-info/RECORD"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pack the package as the build does, without building it."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(folder / "whole.whl", "w") as whole:
        for path in PACKAGE.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                whole.write(path, path.relative_to(PACKAGE.parent).as_posix())
        whole.writestr(RECORD, "")
    build_wheel._repack(folder / "whole.whl", folder / "packed.whl")
    return folder / "packed.whl"


def test_the_package_answers_without_what_is_left_out(wheel: Path, tmp_path: Path) -> None:
    """What only pages show, and what documentation says, no answer needs."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    requests = [*QUESTIONS, *(request for golden in GOLDENS for request, _ in conversation(golden.scenario, answer))]
    program = (
        "import json, sys; from calculators.browser import answer; "
        "json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        input=json.dumps(requests),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stderr) == (0, "")
    for request, reply in zip(requests, json.loads(said.stdout), strict=True):
        assert answer(request) == reply, request


def test_all_that_is_left_out_is_there() -> None:
    """A name that moved would travel unseen."""
    there = [path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*")]

    assert [name for name in build_wheel.LEFT_OUT if name.rstrip("/") not in there] == []


@pytest.mark.parametrize("name", build_wheel.ONLY_SHOWN)
def test_each_text_that_is_left_out_is_there(name: str) -> None:
    """A field that was renamed would travel unseen."""
    content = (PACKAGE.parent / name).read_text(encoding="utf-8")
    said = json.loads(content) if name.endswith(".json") else tomllib.loads(content)

    assert build_wheel.ONLY_SHOWN[name] == texts(said) & build_wheel.ONLY_SHOWN[name]


def texts(value: object) -> set[str]:
    """Return the names of the fields that hold a text, wherever they stand in a data file."""
    match value:
        case dict():
            return {name for name, each in value.items() if isinstance(each, str)}.union(*map(texts, value.values()))
        case list():
            return set().union(*map(texts, value))
        case _:
            return set()


def test_a_table_keeps_what_is_not_listed() -> None:
    """Comments go, spaces too, and a listed text makes room; a figure of that name does not."""
    name = "calculators/data/rules.toml"
    before = '# Rules.\n\n[[rule]]\nkey = "a # b"\nwhy = "Prices are \\"guesses\\"."\nvalue = 3 # months\n'
    after = '[[rule]]\nkey="a # b"\nwhy="left out"\nvalue=3 # months\n'

    assert build_wheel._bare_table(name, before.encode()).decode() == after


def test_what_the_data_say_stands_in_one_file(wheel: Path, tmp_path: Path) -> None:
    """Each is read from it under its own name, the same to the letter."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    data = tmp_path / "calculators" / "data"
    shipped = [path for path in sorted(DATA.glob("*.*")) if path.suffix in {".toml", ".json"} and not left_out(path)]

    assert sorted(path.name for path in data.iterdir()) == ["LICENCES.txt", "together.txt"]
    for path in shipped:
        name = f"calculators/data/{path.name}"
        if name != build_wheel.SOURCES:
            assert text_of(data / path.name) == build_wheel._lean(name, path.read_bytes()).decode(), name
    cited = tomllib.loads(text_of(data / "sources.toml"))["source"]
    assert 0 < len(cited) < len(tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))["source"])


def left_out(path: Path) -> bool:
    """Whether a file of the package stays behind."""
    return path.relative_to(PACKAGE.parent).as_posix() in build_wheel.LEFT_OUT


@pytest.mark.parametrize("before", ['why = """\n# one\n"""\n', "why = 'so'\n"])
def test_a_table_written_another_way_stops_the_build(before: str) -> None:
    """What is read by its lines is held against what TOML says."""
    with pytest.raises(SystemExit, match=r"rules\.toml is not written as"):
        build_wheel._bare_table("calculators/data/rules.toml", before.encode())


def test_the_record_says_what_is_inside(wheel: Path) -> None:
    """Each file with its own hash and size, as whoever installs a wheel may check."""
    with zipfile.ZipFile(wheel) as packed:
        lines = packed.read(RECORD).decode().splitlines()
        said = {name: (digest, size) for name, digest, size in (line.split(",") for line in lines)}
        assert list(said) == packed.namelist()
        for name, (digest, size) in said.items():
            content = packed.read(name)
            found = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            assert name == RECORD or (digest, size) == (f"sha256={found}", f"{len(content)}"), name


def test_docstrings_and_comments_stay_behind() -> None:
    """Nothing else changes: not a text that is used, and not a line that something stands on."""
    before = [
        '"""What it is, in “words”."""',
        "X = 1  # why",
        '"""',
        "What X is.",
        '"""',
        "# Of its own.",
        "def f() -> str:",
        '    """A."""',
        '    return """b',
        '# c"""',
        "class E(Exception):",
        '    """Only said."""',
        "@dataclass(frozen=True)",
        "class D:",
        '    """',
        "    Would get another.",
        '    """',
        "    x: int",
        '    """Of its own."""',
    ]
    after = ["", "X = 1", "", "", "", "", "def f() -> str:", "", *before[8:11], "    ..."]
    after += [*before[12:14], '    "."', "", "", "    x: int", "", ""]

    assert "\n".join(after) == build_wheel._bare("\n".join([*before, ""]).encode()).decode()


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_runs_stays_on_its_line(path: Path) -> None:
    """A traceback from a browser leads to the line in the repository."""
    source = path.read_bytes()

    assert running(build_wheel._bare(source)) == running(source)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_less_space_at_the_start_of_a_line_says_the_same(path: Path) -> None:
    """No text is another, not even one of several lines, and none stands on another line."""
    source = path.read_bytes()
    shipped = build_wheel._outdented(source)

    assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(shipped))
    assert source.count(b"\n") == shipped.count(b"\n")


def test_a_text_of_several_lines_keeps_its_spaces() -> None:
    """Only code stands further left."""
    text = ['f"""', "    {x}", '        b"""']
    before = ["def f(x):", "    if x:", f"        return {text[0]}", *text[1:], "    return (", '        "."', "    )"]
    after = ["def f(x):", " if x:", f"  return {text[0]}", *text[1:], " return (", '  "."', " )"]

    assert "\n".join(after) == build_wheel._outdented("\n".join(before).encode()).decode()


def running(source: bytes) -> list[str]:
    """Return the statements of a module that do something, each with its line."""
    return [
        f"{node.lineno}: {type(node).__name__}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
