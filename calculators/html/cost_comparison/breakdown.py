"""What each row is made of: lines that add up as they are written."""

import math

from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.ledger import Ledger, Line, Section, ledger
from calculators.html.cost_comparison.hues import hue_class
from calculators.html.elements import source_links
from calculators.markup import text


def made_of(slug: str, comparison: Comparison, row: Row) -> str:
    """Write what a row is made of, folded."""
    key = row.approach.key
    hue = hue_class(key)
    taken_apart = ledger(comparison, row)
    return (
        f'<details class="made-of{hue}" id="{slug}-made-{key}"><summary>What it is made of: '
        f'{text(row.approach.title)}</summary><table class="ledger" aria-label="What {text(row.approach.name)} is made of">'
        f"{_sections(slug, taken_apart)}</table></details>"
    )


def _sections(slug: str, taken_apart: Ledger) -> str:
    parts = []
    for section in taken_apart.sections:
        amounts, total = written_amounts(section)
        lines = "".join(_line(slug, line, amount) for line, amount in zip(section.lines, amounts, strict=True))
        parts.append(
            f'<tbody><tr class="ledger__part"><th colspan="2" scope="rowgroup">{text(section.title)}</th></tr>{lines}'
            f'<tr class="ledger__sum"><th scope="row">{_sum_name(section)}</th><td>{total}</td></tr></tbody>'
        )
    return "".join(parts)


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


def _line(slug: str, line: Line, amount: str) -> str:
    formula: str = text(line.how)
    if any(character.isdigit() for character in line.how):
        formula = f"<code>{formula}</code>"
    how = [*([line.part] if line.part else []), formula]
    if line.note:
        how.append(text(line.note))
    if line.sources:
        how.append(source_links(line.sources))
    if line.inputs:
        how.append(f'<a href="#{slug}-{line.inputs[0]}">change it</a>')
    return (
        f'<tr><th scope="row">{text(line.name)}<span class="ledger__how">{" · ".join(how)}</span></th>'
        f"<td>{amount}</td></tr>"
    )
