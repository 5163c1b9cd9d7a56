"""Texts that a terminal would act on, or not show: what a message must not repeat as they are."""

import unicodedata
from typing import Final

HOSTILE: Final = {
    "null": "\x00",
    "escape": "\x1b[31m",
    "backspace": "\b",
    "line feed": "\n",
    "carriage return": "\r",
    "delete": "\x7f",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right-to-left override": "\u202e",
    "right-to-left isolate": "\u2067",
    "zero-width space": "\u200b",
    "byte-order mark": "\ufeff",
    "tag": "\U000e0041",
    "byte that is no text": "\udcff",
    "lone surrogate": "\ud800",
}
"""Some of every kind, by name."""


def hidden(text: str) -> list[str]:
    """Characters of a text that a terminal acts on, or does not show."""
    return [
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\u200c\u200d"
    ]
