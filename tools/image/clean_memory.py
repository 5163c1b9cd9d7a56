"""
Make Python's memory fit for an image. Runs in Python while the image is made, called by `warm_python.mjs`.

What is left in memory is what every reader downloads, so this takes out what was needed to get here but no answer
needs. Nothing that is taken out can fail quietly: importing it is a ModuleNotFoundError, and a name that still pointed
to it raises when it is used. Nothing that stays is changed but `__doc__`, which `optimize=2` leaves out of our modules
anyway, and that only in the way in which any program may: by assigning. (Reaching into the dictionaries of types that
let nobody assign saved another 10 kB, and left Python's cache of attributes with pointers to freed memory.)
"""

import gc
import importlib
import linecache
import sys
from collections.abc import Callable, Iterable
from functools import _lru_cache_wrapper
from types import FunctionType, ModuleType

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
    "lzma",
    "ntpath",
    "pathlib",
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
    left_out = {name for name in sys.modules if _is_left_out(name)}
    for name in left_out:
        del sys.modules[name]
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            _forget_loader(module)
            _mark_left_out(module, left_out)
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
    gc.collect()
    gc.collect()
    # The first full collection in a reader's browser then skips all that is here.
    gc.freeze()


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
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            module.__doc__ = None
    for kind in [each for each in gc.get_objects() if isinstance(each, type)]:
        if isinstance(vars(kind).get("__doc__"), str):
            try:
                kind.__doc__ = None
            except (AttributeError, TypeError):
                continue  # Written in C.


def _mark_left_out(module: ModuleType, left_out: set[str]) -> None:
    names = vars(module)
    for name, value in list(names.items()):
        if isinstance(value, ModuleType):
            owner = value.__name__
        elif isinstance(value, FunctionType | type):
            owner = value.__module__
        else:
            continue
        if owner in left_out:
            names[name] = _LeftOut(f"{owner}.{name}")
