"""
The library that the memory snapshot is made from.

It is never sent to a reader, but what is imported from it ends up in the snapshot, and every byte of that travels. So
it is compiled without docstrings and asserts (`optimize=2`), the standard library also with one line for each function
instead of one for each instruction; a traceback still names the line of every calculator. And the modules that are
imported on the way, but that a page which only passes strings never uses, are replaced by the few names asked of them.
"""

import hashlib
import importlib.util
import marshal
import shutil
import zipfile
from pathlib import Path
from types import CodeType
from typing import NamedTuple

# The date a zip file shows when it has none. Fixed, so that equal input gives equal bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class _Short(NamedTuple):
    """A short stand-in for a module, and the SHA-256 of the original it was written against."""

    original: str
    source: str


_SHORT = {
    # Pyodide keeps a table of JavaScript objects in the order in which Python first met them, and
    # refuses a snapshot whose table begins differently. The original meets this one by way of its
    # event loop, which would bring asyncio, sockets and subprocesses along.
    "pyodide/__init__.py": _Short(
        "232f842a739ed342bf90cc6eaa303fb670b5617749b7bcd88a21c481dd1d974b",
        "from pyodide_js._api import scheduleCallback\n",
    ),
    "pyodide/code.py": _Short(
        "dbd497a03283d22e523bccbff795146ac3760799aeab37960924de7ee114daad",
        "from _pyodide._base import eval_code\n",
    ),
    # The original unpacks wheels; the snapshot is made with the only one unpacked already.
    # Pyodide's JavaScript calls str() on the folders itself, so they cannot be plain strings.
    "pyodide/_package_loader.py": _Short(
        "6c82aaf31cfe06b42edafc0c9d989abe1760d5945f332d7b3f83beb517e91de9",
        """
from pyodide_js import loadedPackages


class _Folder:
    def __init__(self, path):
        self.path = path

    def __str__(self):
        return self.path


SITE_PACKAGES = _Folder("/lib/python3.13/site-packages")
DSO_DIR = _Folder("/usr/lib")


def init_loaded_packages():
    pass
""",
    ),
    # The original splits a program into statements and a last expression, with the help of ast. What
    # Pyodide runs while it starts is an expression, with or without an import before it.
    "_pyodide/_base.py": _Short(
        "30f2cbd385ce02fe1e7868255e35b012145bb53b9fed7bfb4e180982a4f24bc6",
        """
from importlib import import_module


def eval_code(source, globals=None, locals=None):
    statements, _, expression = source.rpartition(";")
    exec(statements, globals, locals)
    return eval(expression.strip(), globals, locals)


def pyimport_impl(path):
    return import_module(path)
""",
    ),
    # inspect imports these three to read source code, of which a snapshot has none. It needs this one
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
    # Looked up once by Pyodide's C code, and called only when a coroutine meets JavaScript.
    "asyncio/__init__.py": _Short(
        "61102f2b5f8fb832f0558cb66391f227970b3dd34ea2a621455587b4295e89a1",
        """
def get_event_loop():
    raise RuntimeError("the snapshot has no event loop: calculators are plain functions")
""",
    ),
}


def write(stock: Path, target: Path) -> None:
    """
    Write the slim library.

    Args:
        stock: Pyodide's `python_stdlib.zip`, which holds sources.
        target: The zip file to write. Its members are stored, not deflated, so that Python does
            not have to import zlib into the snapshot to read them.

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
            code = _with_one_line(_compiled(source, f"/lib/{name}"))
            library.writestr(zipfile.ZipInfo(f"{name}c", _NO_DATE), _pyc(code))


def unpack(wheel: Path, target: Path) -> None:
    """
    Unpack a wheel with its modules compiled in the same way, but for their lines.

    Args:
        wheel: A pure wheel with sources.
        target: The folder to put its packages in, made anew.
    """
    shutil.rmtree(target, ignore_errors=True)
    with zipfile.ZipFile(wheel) as content:
        for name in content.namelist():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".py":
                path.with_suffix(".pyc").write_bytes(_pyc(_compiled(content.read(name), name)))
            else:
                path.write_bytes(content.read(name))


def _compiled(source: bytes, name: str) -> CodeType:
    return compile(source, name, "exec", dont_inherit=True, optimize=2)


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


def _with_one_line(code: CodeType) -> CodeType:
    """Say of every instruction that it is on the line where its function begins."""
    constants = tuple(
        _with_one_line(constant) if isinstance(constant, CodeType) else constant for constant in code.co_consts
    )
    # CPython's Objects/locations.md: an entry of kind 13 has a line and no columns, covers up to
    # eight code units (of two bytes), and is followed by the distance to the line before. An empty
    # table would be shorter, but traceback stumbles over it.
    units = len(code.co_code) // 2
    table = bytearray()
    while units > 0:
        covered = min(units, 8)
        table += bytes([0x80 | 13 << 3 | covered - 1, 0])
        units -= covered
    return code.replace(co_linetable=bytes(table), co_consts=constants)
