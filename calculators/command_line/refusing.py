"""Refusals: every mistake of a command, each on a line, with the name that was meant where one is near."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from calculators.echo import echo

BAD_INPUT: Final = 2
"""Exit status where anything was refused, or the answer could not be written."""

_LONGEST: Final = 60
"""Longest word that is held against the names there are. [characters]"""
_MOST: Final = 3
"""Most names that are suggested for one."""
_MISTAKES: Final = 20
"""Most mistakes of one kind for which names are suggested: to compare words takes time."""


class RefusedCommandError(ValueError):
    """
    A command that cannot be carried out; it knows every reason.

    Attributes:
        faults: What is wrong and what to enter instead, one line each.
        reply: What there is for programs beside them.
    """

    def __init__(self, faults: Iterable[str], reply: Mapping[str, object] = MappingProxyType({})) -> None:
        self.faults = tuple(faults)
        self.reply = reply
        super().__init__("\n".join(self.faults))


def refuse(faults: Iterable[str]) -> None:
    """
    Refuse a command if there is anything to refuse.

    Raises:
        RefusedCommandError: If there is.
    """
    if found := tuple(faults):
        raise RefusedCommandError(found)


def pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    """
    Take `input=value` apart.

    Raises:
        RefusedCommandError: If a word has no `=`.
    """
    words = list(words)
    refuse(f"“{echo(word)}” has no value: enter input=value" for word in words if "=" not in word)
    return [(name, text) for name, _, text in (word.partition("=") for word in words)]


def twice(given: Iterable[tuple[str, str]]) -> list[str]:
    """Tell the inputs that are given more than once: each comes with the name it was given under."""
    names: dict[str, list[str]] = {}
    for name, written in given:
        names.setdefault(name, []).append(written)
    return [
        f"“{echo(name)}” is given more than once{_also(each for each in written if each != name)}: give it once"
        for name, written in names.items()
        if len(written) > 1
    ]


def _also(names: Iterable[str]) -> str:
    others = " and ".join(f"“{echo(name)}”" for name in dict.fromkeys(names))
    return f", also as {others}" if others else ""


def unknown(words: Iterable[str], known: Collection[str], *, what: str, otherwise: str) -> list[str]:
    """
    Tell words that are no names, each once.

    Args:
        words: The words.
        known: The names there are.
        what: What they are not: “an input of cost-comparison”.
        otherwise: What to enter instead, or where to look.
    """
    return [
        f"“{echo(word)}” is not {what}: {_asked(meant(word, known) if place < _MISTAKES else '', otherwise)}"
        for place, word in enumerate(dict.fromkeys(words))
    ]


def _asked(question: str, otherwise: str) -> str:
    return f"{question}{otherwise[0].upper()}{otherwise[1:]}" if question else otherwise


def meant(word: str, known: Iterable[str]) -> str:
    """
    Ask whether one of the names near a word was meant; say nothing if none is near.

    >>> meant("shot", ["shots", "tokens_per_shot", "corpus_tokens"])
    'did you mean shots or tokens_per_shot? '
    """
    names = nearest(word, known)
    return f"did you mean {' or '.join(filter(None, (', '.join(names[:-1]), names[-1])))}? " if names else ""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return names that a word may have meant, the nearest first."""
    if not word or len(word) > _LONGEST:
        return []
    plain = {_plain(name): name for name in known}
    asked = _plain(word)
    near = difflib.get_close_matches(asked, plain, n=_MOST)
    # A part of a name is as good: `shot` for `tokens_per_shot`.
    near += [name for name in plain if asked in name.split("-") and name not in near]
    return [plain[name] for name in near[:_MOST]]


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").replace(" ", "-")
