"""Lines for a terminal: no wider than it shows whole, and broken where nothing is torn apart."""

import re
import textwrap
from typing import Final

WIDEST: Final = 100
"""Widest line that is written for people, where it can be broken. [characters]"""
_HELD: Final = re.compile(r"(?<=\d) (?=[A-Z]?[a-z]+ \d{4}\b)|(?<=[a-z]) (?=\d{4}\b)")
"""Spaces within a day: it is not broken over two lines."""


def wrapped(line: str, *, indent: str = "", further: str = "  ") -> str:
    """
    Break a line into several that a terminal shows whole.

    Args:
        line: The line.
        indent: What stands before it.
        further: What stands before each line but the first, beside the indent.
    """
    return textwrap.fill(
        _HELD.sub("\u00a0", line),
        WIDEST,
        initial_indent=indent,
        subsequent_indent=indent + further,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\u00a0", " ")
