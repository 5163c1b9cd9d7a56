"""
Make Python's memory fit for an image. Runs in Python while the image is made, called by `warm_python.mjs`.

What is left in memory is what every reader downloads, so this takes out what was needed to get here but no answer
needs. Nothing that is taken out can fail quietly: importing it is a ModuleNotFoundError, and what still pointed to it
raises when it is used. What stays is changed only in the way in which any program may, by assigning: `__doc__`, which
`optimize=2` leaves out of our modules anyway; the types of arguments, which raise when they are read; and the code of
functions, in whose place comes the same code as it was before it ran. (Reaching into the dictionaries of types that let
nobody assign saved another 10 kB, and left Python's cache of attributes with pointers to freed memory.)
"""

import gc
import importlib
import linecache
import marshal
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import _lru_cache_wrapper
from types import CodeType, FunctionType, ModuleType
from typing import Never

import line_table

# Imported by functions that an answer may come to call, so they have to be there beforehand:
# nothing can be imported from an image.
_ALSO = ("encodings.ascii", "encodings.latin_1", "heapq", "traceback")

# Modules, with all that is below them, which were needed to read data files and to start.
_LEFT_OUT = (
    "_bz2",
    "_random",
    "_sha2",
    "bisect",
    "bz2",
    "fnmatch",
    "glob",
    "hashlib",
    "html.entities",
    "importlib.metadata",
    "importlib.resources",
    "ipaddress",
    "line_table",
    "lzma",
    "ntpath",
    "pathlib",
    "pkgutil",
    "random",
    "shutil",
    "site",
    "sysconfig",
    "tempfile",
    "tomllib",
    "zipfile",
    "zipimport",
    "zlib",
)

_OURS = "calculators"

# Types of these functions' arguments are read: they say what kind of number a term takes.
_TERMS = f"{_OURS}.formulas"


class _LeftOut:
    """Stands where a name pointed to something that the image leaves out."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return self()

    def __call__(self, *_arguments: object, **_named: object) -> object:
        raise RuntimeError(
            f"{self._name} is left out of the image. Use it while the module is imported, or"
            f" take it off the list in tools/image/clean_memory.py."
        )

    __contains__ = __getitem__ = __iter__ = __call__


class _Types(dict[str, object]):
    """Stands where the types of a function's arguments stood."""

    def _refuse(self, *_arguments: object) -> Never:
        raise RuntimeError(
            "The types of a function's arguments are left out of the image, but those that _mark_types in"
            " tools/image/clean_memory.py leaves alone."
        )

    __getitem__ = __iter__ = __len__ = __contains__ = _refuse
    get = keys = values = items = copy = _refuse


def load(scenarios: Iterable[str]) -> None:
    """
    Import everything an answer needs, and answer.

    Args:
        scenarios: What to answer, so that all data is read and all caches are filled.
    """
    for name in _ALSO:
        importlib.import_module(name)
    _answer(scenarios)


def clean(scenarios: Iterable[str]) -> None:
    """
    Take out what no answer needs, then answer again, so that what is missing shows here.

    Args:
        scenarios: What to answer; their regular expressions and caches stay in memory.
    """
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    for module in _modules():
        _forget_loader(module)
    _leave_out()
    _mark_types()
    linecache.clearcache()
    for cache in _caches():
        # Ours hold figures that were read from files, and there are no files any more.
        if not (cache.__module__ or "").startswith(_OURS):
            cache.cache_clear()
    # re keeps its own caches, which are plain dictionaries.
    importlib.import_module("re").purge()
    gc.collect()
    _answer(scenarios)
    for cache in _caches():
        # Those with a bound remember single answers, which no reader asked for yet.
        if cache.cache_parameters()["maxsize"] is not None:
            cache.cache_clear()
    _format_error()
    _forget_documentation()
    _renew_code()
    gc.collect()
    gc.collect()
    # The first full collection in a reader's browser then skips all that is here. Afterwards there is little to look
    # through, and an answer that is no longer wanted is soon found: memory that a page was once given it keeps.
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


_COLLECTED_AFTER = (1000, 5, 2)
"""How soon Python looks for what is no longer used: by generation, in new objects and in times of the one before."""


def _modules() -> list[ModuleType]:
    return list(sys.modules.values())


def _functions() -> list[FunctionType]:
    return [each for each in gc.get_objects() if isinstance(each, FunctionType)]


def _caches() -> "list[_lru_cache_wrapper[object]]":
    return [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]


def _answer(scenarios: Iterable[str]) -> None:
    answer: Callable[[str], str] = importlib.import_module(f"{_OURS}.browser").answer
    for scenario in scenarios:
        answer(scenario)


def _format_error() -> None:
    """See that an error in the library can still be described, should a reader meet one."""
    try:
        importlib.import_module("json").loads("{")
    except ValueError:
        importlib.import_module("traceback").format_exc()


def _is_left_out(name: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in _LEFT_OUT)


def _forget_loader(module: ModuleType) -> None:
    # A module from a zip file remembers it, with a list of the 500 files in it.
    spec = vars(module).get("__spec__")
    if spec and type(spec.loader).__name__ in {"zipimporter", "SourcelessFileLoader"}:
        spec.loader = None
        module.__loader__ = None


def _forget_documentation() -> None:
    for module in _modules():
        module.__doc__ = None
    for kind in [each for each in gc.get_objects() if isinstance(each, type)]:
        if isinstance(vars(kind).get("__doc__"), str):
            try:
                kind.__doc__ = None
            except (AttributeError, TypeError):
                continue  # Written in C.


def _leave_out() -> None:
    """Take modules out, and let whatever still points to them, or to what they made, say so when it is used."""
    left_out = {name: module for name, module in sys.modules.items() if _is_left_out(name)}
    for name in left_out:
        del sys.modules[name]
    marked = _marking(left_out)
    for module in _modules():
        vars(module).update({name: mark for name, value in vars(module).items() if (mark := marked(value))})
    for function in _functions():
        defaults, named = function.__defaults__ or (), function.__kwdefaults__ or {}
        if any(map(marked, defaults)):
            function.__defaults__ = tuple(marked(value) or value for value in defaults)
        if any(map(marked, named.values())):
            function.__kwdefaults__ = named | {name: mark for name, value in named.items() if (mark := marked(value))}


def _marking(left_out: Mapping[str, ModuleType]) -> "Callable[[object], _LeftOut | None]":
    """Return what gives, for something of a module that is left out or made by one, that which stands for it."""
    tables = {
        id(value): f"{owner}.{name}"
        for owner, module in left_out.items()
        for name, value in vars(module).items()
        if isinstance(value, dict | list) and not name.startswith("__")
    }

    def marked(value: object) -> _LeftOut | None:
        match value:
            case ModuleType(__name__=owner):
                name = owner
            case FunctionType(__module__=owner, __qualname__=called) | type(__module__=owner, __qualname__=called):
                name = f"{owner}.{called}"
            case _:
                owner, called = type(value).__module__, type(value).__qualname__
                name = f"{owner}.{called}"
        return _LeftOut(name) if owner in left_out else _LeftOut(tables[id(value)]) if id(value) in tables else None

    return marked


def _mark_types() -> None:
    types = _Types()
    for function in _functions():
        if not (function.__module__ or "").startswith(_TERMS):
            function.__annotations__ = types


def _renew_code() -> None:
    """
    Give every function its code as it was before it ran.

    Where code has run, Python has noted in it what it met there; the first answer in a browser meets it anew.
    """
    functions = _functions()
    codes = [_with_short_lines(function.__code__) for function in functions]
    # All in one go, so that what they shared they still share.
    renewed: list[CodeType] = marshal.loads(marshal.dumps(codes))  # noqa: S302  # was written a moment ago
    for function, code in zip(functions, renewed, strict=True):
        function.__code__ = code
        if function.__qualname__ == code.co_qualname:
            function.__qualname__ = code.co_qualname


def _with_short_lines(code: CodeType) -> CodeType:
    # What dataclasses write, and what came with the engine, has no file and still has all lines and columns.
    return code.replace(co_linetable=line_table.one_line(code)) if code.co_filename.startswith("<") else code
