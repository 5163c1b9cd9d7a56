"""What each row is made of: lines that add up as they are written."""

import math
from functools import cache
from typing import Final

from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.ledger import Line, Section, ledger
from calculators.html.cost_comparison.hues import hue_class
from calculators.html.elements import source_links
from calculators.markup import Html, join, text


def made_of(slug: str, comparison: Comparison, row: Row) -> Html:
    """Write what a row is made of, folded."""
    return Html(
        '<details class="made-of{hue}" id="{slug}-made-{key}"><summary>What it is made of: {title}</summary>'
        '<table class="ledger" aria-label="What {name} is made of">{sections}</table></details>'
    ).fill(
        hue=hue_class(row.approach.key),
        slug=slug,
        key=row.approach.key,
        title=row.approach.title,
        name=row.approach.name,
        sections=join(_section(slug, section) for section in ledger(comparison, row).sections),
    )


def _section(slug: str, section: Section) -> Html:
    amounts, total = written_amounts(section)
    return Html(
        '<tbody><tr class="ledger__part"><th colspan="2" scope="rowgroup">{title}</th></tr>{lines}'
        '<tr class="ledger__sum"><th scope="row">{sum_name}</th><td>{total}</td></tr></tbody>'
    ).fill(
        title=section.title,
        lines=join(_line(slug, line, amount) for line, amount in zip(section.lines, amounts, strict=True)),
        sum_name=_sum_name(section),
        total=total,
    )


def _sum_name(section: Section) -> str:
    return {
        "setup": "Set-up",
        "month": "A month",
        "request": "A request",
        "change": "A change",
        "total": "Total",
    }[section.key]


def written_amounts(section: Section) -> tuple[list[str], str]:
    """
    Write a section's amounts, and their sum, so that they add up as written.

    To the cent; a single request to as many places as its sum needs. Each amount is rounded down, and what is left
    goes to the lines with the largest remainders.
    """
    places = 2
    if section.key == "request" and section.amount:
        places = max(2, 3 - math.floor(math.log10(section.amount)))
    unit = float(f"1e{places}")
    exact = [line.amount * unit for line in section.lines]
    whole = [math.floor(amount) for amount in exact]
    left = round(section.amount * unit) - sum(whole)
    order = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in order[: max(left, 0)]:
        whole[index] += 1
    return [f"${amount / unit:,.{places}f}" for amount in whole], f"${round(section.amount * unit) / unit:,.{places}f}"


_LINE: Final = Html('<tr><th scope="row">{}<span class="ledger__how">{}</span></th><td>{}</td></tr>')
_FORMULA: Final = Html("<code>{}</code>")
_DOT: Final = Html(" · ")


def _line(slug: str, line: Line, amount: str) -> Html:
    how = [text(line.part)] if line.part else []
    how.append(_FORMULA.fill(line.how) if any(map(str.isdigit, line.how)) else text(line.how))
    if line.note:
        how.append(text(line.note))
    if line.sources:
        how.append(source_links(line.sources))
    if line.inputs:
        how.append(_change(slug, line.inputs[0]))
    return _LINE.fill(line.name, join(how, _DOT), amount)


@cache
def _change(slug: str, name: str) -> Html:
    return Html('<a href="#{}-{}">change it</a>').fill(slug, name)
