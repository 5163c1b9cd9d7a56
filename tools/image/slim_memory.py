"""
Make Python's memory smaller, after `snapshot_memory.py` has made it fit. Runs in Python while the image is made.

Nothing that an answer could read is touched but `__doc__`, which `optimize=2` leaves out of our modules anyway; and
only in the way that any program may: by assigning. (Reaching into the dictionaries of types that let nobody assign
saved another 10 kB, and left Python's cache of attributes with pointers to freed memory.)
"""

import gc
import sys
from types import ModuleType


def slim() -> None:
    """Take out documentation where Python lets one."""
    gc.unfreeze()
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            module.__doc__ = None
    for kind in [each for each in gc.get_objects() if isinstance(each, type)]:
        if isinstance(vars(kind).get("__doc__"), str):
            try:
                kind.__doc__ = None
            except (AttributeError, TypeError):
                continue  # Written in C.
    gc.collect()
    gc.collect()
    gc.freeze()
