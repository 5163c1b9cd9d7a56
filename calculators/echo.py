"""
Echoes: what a reader typed, or a link carried, as a message repeats it.

A message stands on one line of a terminal or of a page. What was typed may hold characters that move the cursor, colour
the screen, begin a line, turn the direction of reading or show nothing at all: these are written out, so that a reader
sees why a text that looks right is not.
"""

import unicodedata
from typing import Final

_WRITTEN_OUT: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of controls, formats, lone surrogates, and separators of lines and of paragraphs."""
_JOINERS: Final = "\u200c\u200d"
"""Formats that belong to words of some languages, and to emoji."""
_BYTES: Final = range(0xDC80, 0xDD00)
"""Lone surrogates that stand for bytes which are not text, in what an operating system passed."""


def echo(text: str, *, longest: int = 40, kept: int = 20) -> str:
    r"""
    Write a text as a message repeats it: on one line, with nothing hidden in it, and shortened.

    Args:
        text: What was typed.
        longest: Longest text that is repeated whole. [characters]
        kept: What is left of a longer one. [characters]

    >>> echo("50,000")
    '50,000'
    >>> print(echo("8\x1b[31m\u202e\udcff"))
    8\x1b[31m\u202e\xff
    >>> echo("9" * 50)
    '99999999999999999999…'
    """
    # A flood is not gone through: what lies behind this is not shown.
    begun = text[: max(longest, kept) + 1]
    if begun.isprintable():
        return begun if len(begun) <= longest else f"{begun[:kept]}…"
    written = [_written(character) for character in begun]
    if sum(map(len, written)) <= longest:
        return "".join(written)
    shortened = ""
    for part in written:
        if len(shortened) + len(part) > kept:
            break
        shortened += part
    return f"{shortened}…"


def _written(character: str) -> str:
    if unicodedata.category(character) not in _WRITTEN_OUT or character in _JOINERS:
        return character
    code = ord(character)
    if code in _BYTES:
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")
