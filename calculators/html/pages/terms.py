"""The reference of terms: what each asks for, what it gives and what it refuses, read from the formula itself."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from calculators import formulas
from calculators.formulas import TERMS, Term
from calculators.markup import Html, join, text
from calculators.quantity import Quantity, write_entry
from calculators.terms import TermInput, asked, command, result, summary

_SECTIONS: Final = ("Args", "Returns", "Raises", "Sources")
_SECTION: Final = re.compile(rf"^({'|'.join(_SECTIONS)}):\n((?:    .*\n|\n(?=    ))*)", re.MULTILINE)
_ENTRY: Final = re.compile(r"^([\w-]+): ((?:.|\n  )+)", re.MULTILINE)
_UNIT: Final = re.compile(r"\s*\[([^\]]+)\]$")
_CODE: Final = re.compile(r"`([^`]+)`")
_LARGEST: Final = Quantity().maximum


@dataclass(frozen=True, slots=True)
class Description:
    """
    A docstring, taken apart.

    Attributes:
        prose: Paragraphs after the first line.
        inputs: What each input is, and its unit.
        gives: What is returned, and its unit.
        refuses: What is refused, in words; empty if nothing is.
        sources: Published calculations that it gives, with what they say.
        example: Lines of its example, as a Python prompt shows them.
        call: The example's inputs.
    """

    prose: tuple[str, ...]
    inputs: dict[str, tuple[str, str]]
    gives: tuple[str, str]
    refuses: str
    sources: dict[str, str]
    example: str
    call: dict[str, float]


def link_to_term(name: str) -> Html:
    """Link to a term from another page of the reference."""
    return Html('<a href="../terms/#term-{}"><code>{}</code></a>').fill(name, name)


def command_line(line: str) -> Html:
    """Write a line for a terminal. It may wrap between its words, and not after a hyphen."""
    words, _, switch = line.rpartition(" ")
    return Html('<p><code class="command">{} <span>{}</span></code></p>').fill(words, switch)


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
    return Description(
        prose=tuple(paragraph.replace("\n", " ") for paragraph in prose),
        inputs={entry: _with_unit(said) for entry, said in _entries(sections["Args"])},
        gives=_with_unit(sections["Returns"]),
        refuses=sections.get("Raises", "").removeprefix("ValueError: ").replace("\n", " "),
        sources=dict(_entries(sections.get("Sources", ""))),
        example=example,
        call=_call(name, example),
    )


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


def write() -> Html:
    """Write the page."""
    modules = dict.fromkeys(term.__module__ for term in TERMS.values())
    parts = {
        module: [name for name, term in TERMS.items() if term.__module__ == module]
        for module in sorted(modules, key=_place)
    }
    return Html('<div class="terms"><nav aria-label="All terms"><dl class="terms__index">{}</dl></nav>{}</div>').fill(
        join(_entry(module, names) for module, names in parts.items()),
        join(_part(module, names) for module, names in parts.items()),
    )


def _entry(module: str, names: Iterable[str]) -> Html:
    links = join((Html('<a href="#term-{}">{}</a>').fill(name, name) for name in names), Html(", "))
    return Html('<dt><a href="#{}">{}</a></dt><dd>{}</dd>').fill(_anchor(module), _title(module), links)


def _anchor(module: str) -> str:
    return f"terms-{module.rpartition('.')[2]}"


def _place(module: str) -> tuple[int, str]:
    """Where a module stands on the page: the terms for the bills of others stand behind those of the comparison."""
    return module.count("."), module


def _title(module: str) -> str:
    return module.removeprefix(f"{formulas.__name__}.").replace(".", ": ").capitalize()


def _part(module: str, names: Iterable[str]) -> Html:
    documentation = inspect.getdoc(importlib.import_module(module)) or ""
    return Html('<h2 id="{}">{}</h2>{}{}').fill(
        _anchor(module),
        _title(module),
        _paragraphs(re.split(r"\n\n+", documentation)),
        join(_term(name) for name in names),
    )


_TERM: Final = Html(
    '<section class="terms__term" aria-labelledby="term-{name}"><h3 id="term-{name}"><code>{name}</code></h3>{prose}'
    '<table class="stacks"><thead><tr><th scope="col">Input</th><th scope="col">What it is</th>'
    '<th scope="col">Unit</th><th scope="col">Allowed</th><th scope="col">If left out</th></tr></thead>'
    '<tbody>{inputs}</tbody></table><dl class="terms__facts">{facts}</dl>'
    '<div data-search-exclude><pre class="terms__example"><code>{example}</code></pre>{command}</div></section>'
)


def _term(name: str) -> Html:
    term = TERMS[name]
    said = describe(name, term)
    return _TERM.fill(
        name=name,
        prose=_paragraphs((summary(term), *said.prose)),
        inputs=join(_input(each, *said.inputs[each.name]) for each in asked(term)),
        facts=join(Html("<dt>{}</dt><dd>{}</dd>").fill(what, told) for what, told in _facts(term, said)),
        example=said.example,
        command=command_line(command(name, said.call)),
    )


def _facts(term: Term, said: Description) -> Iterable[tuple[str, Html]]:
    """Say what a term gives, what it refuses and what was published of it, each under its heading."""
    words, unit = said.gives
    yield "Gives", Html('{} <span class="terms__unit">{}</span>').fill(_prose(words), _unit(unit, result(term)))
    if said.refuses:
        yield "Refuses", _prose(said.refuses)
    if said.sources:
        proofs = (Html('<a href="../proof/#proof-{}">{}</a>').fill(key, told) for key, told in said.sources.items())
        yield "Published", join(proofs, Html("; "))


_INPUT: Final = Html(
    '<tr><th scope="row"><code>{name}</code></th><td data-label="What it is">{words}</td>'
    '<td data-label="Unit" data-search-exclude>{unit}</td>'
    '<td data-label="Allowed" data-search-exclude>{bounds}</td>'
    '<td data-label="If left out" data-search-exclude>{default}</td></tr>'
)


def _input(given: TermInput, words: str, unit: str) -> Html:
    return _INPUT.fill(
        name=given.name,
        words=_prose(words),
        unit=_unit(unit, given.quantity),
        bounds=_bounds(given.quantity),
        default="must be given" if given.default is None else write_entry(given.default, given.quantity),
    )


def _unit(unit: str, quantity: Quantity) -> str:
    """Write a unit as the page says it: a pure number has none."""
    return {"1": "whole number" if quantity.whole else "number", "0–1": "share"}.get(unit, unit)


def _bounds(quantity: Quantity) -> str:
    """Say which values a quantity allows; the largest of all is said once, at the top of the page."""
    if quantity.maximum < _LARGEST:
        return quantity.range
    if quantity.minimum == -_LARGEST:
        return "any amount"
    return f"{write_entry(quantity.minimum, quantity)} or more"


def _paragraphs(prose: Iterable[str]) -> Html:
    return join(Html("<p>{}</p>").fill(_prose(paragraph)) for paragraph in prose)


def _prose(words: str) -> Html:
    """Write a docstring's words, code as code."""
    first, *pieces = _CODE.split(words.replace("\n", " "))
    return text(first) + join(
        Html("<code>{}</code>{}").fill(code, after) for code, after in zip(pieces[::2], pieces[1::2], strict=True)
    )
