"""
Sentences: tuples of plain text, names of approaches and amounts.

A page can mark them up and a terminal can print them; both say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from calculators.catalog.cost_comparison.approaches import Approach


@dataclass(frozen=True, slots=True)
class Name:
    """
    An approach in a sentence.

    Attributes:
        approach: Which one.
        text: Its name there.
    """

    approach: Approach
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """
    A figure in a sentence, not to be broken over lines.

    Attributes:
        text: The figure, as written.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """
    A link to where a figure was published.

    Attributes:
        key: Id of the source among the facts.
    """

    key: str


@dataclass(frozen=True, slots=True)
class Way:
    """
    A way on from a sentence: inputs that one press sets.

    Attributes:
        text: What it says.
        sets: The inputs and their values, as a link carries them.
    """

    text: str
    sets: tuple[tuple[str, str], ...]


type Part = str | Name | Amount | Cited | Way
"""What a sentence is made of."""

type Sentence = tuple[Part, ...]
"""A sentence, or a few that belong together."""


def plain(sentence: Sentence) -> str:
    """
    Write a sentence as plain text.

    >>> from calculators.catalog.cost_comparison.approaches import UNTUNED_API
    >>> plain((Name(UNTUNED_API, "The small model"), " costs ", Amount("$5"), "."))
    'The small model costs $5.'
    """
    return "".join(
        part if isinstance(part, str) else "" if isinstance(part, Cited | Way) else part.text for part in sentence
    )


def capital(sentence: Sentence) -> Sentence:
    """Return a sentence with its first letter as a capital."""
    if not sentence:
        return sentence
    first, *rest = sentence
    if isinstance(first, str):
        return (f"{first[:1].upper()}{first[1:]}", *rest)
    if isinstance(first, Name):
        return (Name(first.approach, f"{first.text[:1].upper()}{first.text[1:]}"), *rest)
    return sentence


def listed(names: Sequence[Sentence], *, last: str = " and ") -> Sentence:
    """Return names as a list in words: `a, b and c`."""
    parts: list[Part] = []
    for number, name in enumerate(names):
        parts += ["" if number == 0 else last if number == len(names) - 1 else ", ", *name]
    return tuple(part for part in parts if part)
