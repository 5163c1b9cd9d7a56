"""Streams: what was passed in, and what is written to a terminal or a file, in whatever characters it knows."""

import codecs
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, TextIO

from calculators.echo import echo

_ALIKE: Final = {
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—−", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f", " "),
    "…": "...",
    "×": "x",
    "÷": "/",
    "%": " per cent",
}
"""Characters of ours, as they are written where they are not known: one of DOS's encodings lacks even the last."""
_SPELT_OUT: Final = "calculators.spelt_out"
"""Name of the way in which characters are written that a stream does not know."""
_GARBAGE: Final = re.compile("[\ud800-\udfff]")
"""Lone surrogates: what is passed of bytes that were not text. Nothing can encode them."""


def garbled(arguments: Iterable[str]) -> Iterable[str]:
    """Tell arguments that are not text."""
    for argument in arguments:
        if garbage := "".join(dict.fromkeys(_GARBAGE.findall(argument))):
            encoding = sys.getfilesystemencoding().upper()
            yield f"“{echo(argument)}” is not text in {encoding}: enter it without “{echo(garbage)}”"


def exactly(reply: dict[str, object]) -> str:
    """Write a reply as JSON."""
    # JSON is UTF-8: in any other encoding it keeps to characters that are the same in all of them.
    plain = sys.stdout is None or codecs.lookup(sys.stdout.encoding or "utf-8").name != "utf-8"
    return json.dumps(reply, ensure_ascii=plain, allow_nan=False, indent=2)


def write(text: str, stream: TextIO | None) -> None:
    """
    Write a text and a line's end to a stream, in characters that it knows; to a closed one, nothing.

    Raises:
        OSError: If it cannot be written, other than because nobody reads it.
    """
    if not text or stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        print(text.encode(encoding, _SPELT_OUT).decode(encoding), file=stream, flush=True)
    except OSError as error:
        # What is left of it is let go: else Python tries again when it ends, and complains.
        with suppress(OSError):
            stream.close()
        if not isinstance(error, BrokenPipeError):
            raise


def _spell_out(fault: UnicodeError) -> tuple[str, int]:
    """Write characters that an encoding lacks: alike, without accents, or by number."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return "".join(map(_spelt_out, fault.object[fault.start : fault.end])), fault.end


def _spelt_out(character: str) -> str:
    bare = "".join(each for each in unicodedata.normalize("NFD", character) if not unicodedata.combining(each))
    alike = _ALIKE.get(character, bare)
    return alike if alike and alike.isascii() else character.encode("unicode_escape").decode("ascii")


codecs.register_error(_SPELT_OUT, _spell_out)
