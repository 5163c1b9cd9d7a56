"""The wheel that the stock start loads: the package without what no browser runs or reads."""

import ast
import base64
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

import build_wheel
from calculators.browser import answer
from calculators.facts import DATA
from tests.golden.golden import GOLDENS

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
    asked = GOLDENS[0].scenario
    program = "import sys; from calculators.browser import answer; sys.stdout.write(answer(sys.argv[1]))"
    said = subprocess.run(
        [sys.executable, "-c", program, asked], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == answer(asked)


def test_all_that_is_left_out_is_there() -> None:
    """A name that moved would travel unseen."""
    there = [path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*")]

    assert [name for name in build_wheel.LEFT_OUT if name.rstrip("/") not in there] == []


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
    ]
    after = ["", "X = 1", "", "", "", "", "def f() -> str:", "", *before[8:11], "    ...", ""]

    assert "\n".join(after) == build_wheel._bare("\n".join([*before, ""]).encode()).decode()


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_runs_stays_on_its_line(path: Path) -> None:
    """A traceback from a browser leads to the line in the repository."""
    source = path.read_bytes()

    assert running(build_wheel._bare(source)) == running(source)


def running(source: bytes) -> list[str]:
    """Return the statements of a module that do something, each with its line."""
    return [
        f"{node.lineno}: {type(node).__name__}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
