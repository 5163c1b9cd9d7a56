"""What each row is made of: lines that add up as they are written."""

import math
from functools import cache
from typing import Final

from calculators.catalog.cost_comparison.breakdown import Item, Sum, breakdown
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.formulas.rounding import whole_parts
from calculators.html.cost_comparison.hues import hue_class
from calculators.html.cost_comparison.saving import where_from
from calculators.html.elements import source_links
from calculators.markup import Html, join, text


def made_of(slug: str, comparison: Comparison, row: Row) -> Html:
    """Write what a row is made of, folded."""
    return Html(
        '<details class="made-of{hue}" id="{slug}-made-{key}"><summary>What it is made of: {title}</summary>'
        '<table class="ledger" aria-label="What {name} is made of">{figures}</table>{saving}</details>'
    ).fill(
        hue=hue_class(row.approach),
        slug=slug,
        key=row.approach.key,
        title=row.approach.title,
        name=row.approach.name,
        figures=join(_figure(slug, figure) for figure in breakdown(comparison, row).sums),
        saving=where_from(comparison, row),
    )


def _figure(slug: str, figure: Sum) -> Html:
    amounts, total = written_amounts(figure)
    return Html(
        '<tbody><tr class="ledger__part"><th colspan="2" scope="rowgroup">{title}</th></tr>{lines}'
        '<tr class="ledger__sum"><th scope="row">{sum_name}</th><td>{total}</td></tr></tbody>'
    ).fill(
        title=figure.title,
        lines=join(_item(slug, item, amount) for item, amount in zip(figure.items, amounts, strict=True)),
        sum_name=_sum_name(figure),
        total=total,
    )


def _sum_name(figure: Sum) -> str:
    return {
        "setup": "Set-up",
        "month": "A month",
        "request": "A request",
        "change": "A change",
        "total": "Total",
    }[figure.key]


def written_amounts(figure: Sum) -> tuple[list[str], str]:
    """
    Write a section's amounts, and their sum, so that they add up as written.

    To the cent; a single request to as many places as its sum needs.
    """
    places = 2
    if figure.key == "request" and figure.amount:
        places = max(2, 3 - math.floor(math.log10(figure.amount)))
    unit = float(f"1e{places}")
    whole = round(figure.amount * unit)
    parts = whole_parts([item.amount * unit for item in figure.items], whole)
    return [f"${amount / unit:,.{places}f}" for amount in parts], f"${whole / unit:,.{places}f}"


_ITEM: Final = Html('<tr><th scope="row">{}<span class="ledger__how">{}</span></th><td>{}</td></tr>')
_FORMULA: Final = Html("<code>{}</code>")
_DOT: Final = Html(" · ")


def _item(slug: str, item: Item, amount: str) -> Html:
    how = [text(item.part)] if item.part else []
    how.append(_FORMULA.fill(item.how) if any(map(str.isdigit, item.how)) else text(item.how))
    if item.note:
        how.append(text(item.note))
    if item.sources:
        how.append(source_links(item.sources))
    if item.inputs:
        how.append(_change(slug, item.inputs[0]))
    return _ITEM.fill(item.name, join(how, _DOT), amount)


@cache
def _change(slug: str, name: str) -> Html:
    return Html('<a href="#{}-{}">change it</a>').fill(slug, name)
