"""A term's docstring, taken apart: what its inputs are, what it refuses, when it never comes about, and its example."""

import ast
import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from calculators.formulas import Term

_SECTIONS: Final = ("Args", "Returns", "Raises", "Sources")
_SECTION: Final = re.compile(rf"^({'|'.join(_SECTIONS)}):\n((?:    .*\n|\n(?=    ))*)", re.MULTILINE)
_ENTRY: Final = re.compile(r"^([\w-]+): ((?:.|\n  )+)", re.MULTILINE)
_UNIT: Final = re.compile(r"\s*\[([^\]]+)\]$")
_NEVER: Final = re.compile(r"`math\.inf` if (.+?)\.(?: |$)")


@dataclass(frozen=True, slots=True)
class Description:
    """
    A docstring, taken apart.

    Attributes:
        prose: Paragraphs after the first line.
        inputs: What each input is, and its unit.
        gives: What is returned, and its unit.
        refuses: What is refused, in words; empty if nothing is.
        never: When it never comes about, in words; empty if it always does.
        sources: Published calculations that it gives, with what they say.
        example: Lines of its example, as a Python prompt shows them.
        call: The example's inputs.
    """

    prose: tuple[str, ...]
    inputs: dict[str, tuple[str, str]]
    gives: tuple[str, str]
    refuses: str
    never: str
    sources: dict[str, str]
    example: str
    call: dict[str, float]


def describe(name: str, term: Term) -> Description:
    """
    Take a term's docstring apart.

    Args:
        name: The term's name.
        term: The term.

    Raises:
        ValueError: If it has no example that calls it.
    """
    documentation = f"{inspect.getdoc(term) or ''}\n"
    sections = {found[1]: inspect.cleandoc(found[2]) for found in _SECTION.finditer(documentation)}
    words, _, example = _SECTION.sub("", documentation).partition("\n>>> ")
    _, *prose = re.split(r"\n\n+", words.strip())
    example = f">>> {example.strip()}"
    gives = _with_unit(sections["Returns"])
    never = _NEVER.search(gives[0])
    return Description(
        prose=tuple(paragraph.replace("\n", " ") for paragraph in prose),
        inputs={entry: _with_unit(said) for entry, said in _entries(sections["Args"])},
        gives=gives,
        refuses=sections.get("Raises", "").removeprefix("ValueError: ").replace("\n", " "),
        never=never[1] if never else "",
        sources=dict(_entries(sections.get("Sources", ""))),
        example=example,
        call=_call(name, example),
    )


def why_never(name: str, term: Term) -> str:
    """
    Say why a term's result has no end: `never`, and when that is so.

    >>> from calculators.formulas import TERMS
    >>> why_never("payback_months", TERMS["payback_months"])
    'never: nothing is saved'
    """
    return ": ".join(filter(None, ("never", describe(name, term).never)))


def _entries(section: str) -> Iterable[tuple[str, str]]:
    return ((found[1], re.sub(r"\s+", " ", found[2])) for found in _ENTRY.finditer(section))


def _with_unit(said: str) -> tuple[str, str]:
    words = re.sub(r"\s+", " ", said)
    unit = _UNIT.search(words)
    return (words[: unit.start()], unit[1]) if unit else (words, "")


def _call(name: str, example: str) -> dict[str, float]:
    """Read the inputs of the first call in an example."""
    first = re.split(r"\n(?!\.\.\. )", example)[0]
    lines = [line.removeprefix(">>> ").removeprefix("... ") for line in first.splitlines()]
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            return {each.arg: ast.literal_eval(each.value) for each in node.keywords if each.arg}
    raise ValueError(f"{name}: its docstring has no example that calls it")
