"""The reference of terms: what each asks for, what it gives and what it refuses, read from the formula itself."""

import re
from collections.abc import Iterable
from typing import Final

from calculators.docstrings import Description, describe
from calculators.formulas import TERMS, Term
from calculators.markup import Html, join, text
from calculators.quantity import Quantity, write_entry
from calculators.subjects import Subject, subjects
from calculators.terms import TermInput, asked, command, result, summary

_CODE: Final = re.compile(r"`([^`]+)`")
_LARGEST: Final = Quantity().maximum


def link_to_term(name: str) -> Html:
    """Link to a term from another page of the reference."""
    return Html('<a href="../terms/#term-{}"><code>{}</code></a>').fill(name, name)


def command_line(line: str) -> Html:
    """Write a line for a terminal. It may wrap between its words, and not after a hyphen."""
    words, _, switch = line.rpartition(" ")
    return Html('<p><code class="command">{} <span>{}</span></code></p>').fill(words, switch)


def write() -> Html:
    """Write the page."""
    return Html(
        '<div class="terms"><nav class="terms__index" aria-label="Subjects"><ul>{}</ul></nav>'
        '<div data-entries="terms">{}</div></div>'
    ).fill(join(map(_entry, subjects())), join(map(_part, subjects())))


def _entry(subject: Subject) -> Html:
    return Html('<li><a href="#terms-{}">{}</a> {}</li>').fill(subject.key, subject.title, len(subject.terms))


def _part(subject: Subject) -> Html:
    links = join((Html('<a href="#term-{}">{}</a>').fill(name, name) for name in subject.terms), Html(", "))
    return Html(
        '<div class="terms__subject" data-entry-group><h2 id="terms-{key}">{title}</h2>'
        '<div data-of-all>{prose}<p class="terms__names">{links}</p></div>{terms}</div>'
    ).fill(
        key=subject.key,
        title=subject.title,
        prose=_paragraphs(subject.prose),
        links=links,
        terms=join(map(_term, subject.terms)),
    )


_TERM: Final = Html(
    '<section class="terms__term" data-entry aria-labelledby="term-{name}">'
    '<h3 id="term-{name}"><code>{name}</code></h3>{prose}'
    '<table class="stacks" data-search-exclude><thead><tr><th scope="col">Input</th><th scope="col">What it is</th>'
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
    '<td data-label="Unit">{unit}</td><td data-label="Allowed">{bounds}</td>'
    '<td data-label="If left out">{default}</td></tr>'
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
