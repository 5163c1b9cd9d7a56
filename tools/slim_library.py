"""
The library that the image is made from.

It is never sent to a reader, but what is imported from it ends up in the image, and every byte of that travels. So
it is compiled without docstrings, asserts and columns; the standard library also with one line for each function
instead of one for each instruction, while a traceback still names the line of every calculator. And the modules that
are imported on the way, but that a page which only passes strings never uses, are replaced by the few names asked of
them.
"""

import hashlib
import importlib.util
import marshal
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import line_table

# The date a zip file shows when it has none. Fixed, so that equal input gives equal bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


# What compile() can leave out.
_WITHOUT_ASSERTS, _WITHOUT_DOCSTRINGS = 1, 2


class _Short(NamedTuple):
    """A short stand-in for a module, and the SHA-256 of the original it was written against."""

    original: str
    source: str


_SHORT = {
    # inspect imports these three to read source code, of which an image has none. It needs this one
    # table to be imported itself.
    "dis.py": _Short(
        "1852129bf55039f192d90174334fbe459d5f982cae33a04e700fe7cdb2748a51",
        """
COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED",
    2: "NEWLOCALS",
    4: "VARARGS",
    8: "VARKEYWORDS",
    16: "NESTED",
    32: "GENERATOR",
    64: "NOFREE",
    128: "COROUTINE",
    256: "ITERABLE_COROUTINE",
    512: "ASYNC_GENERATOR",
}
""",
    ),
    "ast.py": _Short("287a92c9f6d2658b71e93c4cc3881cb14f2181e56b4b16a6046fbdcf80495ab9", ""),
    "tokenize.py": _Short("1369f7f9e57c722d1627333b705aabfaf943c24680920942e773fd4e1776be2e", ""),
}


def write(stock: Path, target: Path) -> None:
    """
    Write the slim library.

    Args:
        stock: Pyodide's `python_stdlib.zip`, which holds sources.
        target: The zip file to write. Its members are stored, not deflated, so that Python does
            not have to import zlib into the image to read them.

    Raises:
        SystemExit: If Pyodide has changed a module that is replaced here.
    """
    with zipfile.ZipFile(stock) as sources, zipfile.ZipFile(target, "w") as library:
        for name in sorted(sources.namelist()):
            if not name.endswith(".py"):
                continue
            source = sources.read(name)
            if short := _SHORT.get(name):
                _check(name, source, short.original)
                source = short.source.encode()
            _add(library, name, _with_lines(_compiled(source, f"/lib/{name}"), line_table.one_line))
        own = Path(line_table.__file__)
        _add(library, own.name, _compiled(own.read_bytes(), own.name))


def _add(library: zipfile.ZipFile, name: str, code: CodeType) -> None:
    library.writestr(zipfile.ZipInfo(f"{name}c", _NO_DATE), _pyc(code))


def unpack(wheel: Path, target: Path) -> None:
    """
    Unpack a wheel with its modules compiled in the same way, but for their lines.

    Args:
        wheel: A pure wheel with sources, which has as many docstrings as are to stay.
        target: The folder to put its packages in, made anew.
    """
    shutil.rmtree(target, ignore_errors=True)
    with zipfile.ZipFile(wheel) as content:
        for name in content.namelist():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".py":
                code = _with_lines(_compiled(content.read(name), name, _WITHOUT_ASSERTS), line_table.each_line)
                path.with_suffix(".pyc").write_bytes(_pyc(code))
            else:
                path.write_bytes(content.read(name))


def _compiled(source: bytes, name: str, level: int = _WITHOUT_DOCSTRINGS) -> CodeType:
    return compile(source, name, "exec", dont_inherit=True, optimize=level)


def _pyc(code: CodeType) -> bytes:
    # An unchecked hash-based .pyc: its header holds no time stamp. The flag's value is 1.
    header = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)
    return header + marshal.dumps(code)


def _check(name: str, source: bytes, expected: str) -> None:
    actual = hashlib.sha256(source).hexdigest()
    if actual != expected:
        raise SystemExit(
            f"Pyodide's {name} is not the one that tools/slim_library.py replaces.\n"
            f"Read the new one, see that the replacement still answers all that Pyodide asks of"
            f" it, and set its hash to {actual}."
        )


def _with_lines(code: CodeType, table: Callable[[CodeType], bytes]) -> CodeType:
    constants = tuple(
        _with_lines(constant, table) if isinstance(constant, CodeType) else constant for constant in code.co_consts
    )
    return code.replace(co_linetable=table(code), co_consts=constants)
