"""What each row is made of, and where the difference to one that is not tuned comes from: lines that add up."""

import math
import sys
from functools import cache
from itertools import accumulate, pairwise
from typing import Final

from calculators.catalog.cost_comparison.approaches import UNTUNED_API
from calculators.catalog.cost_comparison.breakdown import Item, Sum, breakdown
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.words import model, paid_in, tried
from calculators.chart.waterfall import waterfall
from calculators.formulas.rounding import whole_parts
from calculators.html.cost_comparison.sentences import hue_class
from calculators.html.elements import source_links
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import shown, write_money


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
        figures=join(_figure(slug, comparison, row, figure) for figure in breakdown(comparison, row).sums),
        saving=_where_from(comparison, row),
    )


def _figure(slug: str, comparison: Comparison, row: Row, figure: Sum) -> Html:
    amounts, total = written_amounts(figure)
    if figure.key == "request" and (words := paid_in(comparison, row)):
        amounts, total = [words] * len(amounts), words
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
        "month": "The first month",
        "request": figure.title.replace("One more", "A"),
        "change": "A change",
        "total": "Total",
    }[figure.key]


def written_amounts(figure: Sum) -> tuple[list[str], str]:
    """
    Write a section's amounts, and their sum, so that they add up as written.

    To the cent; a single request to as many places as its sum needs, and a float has.
    """
    money, places = shown(), 2
    if figure.key == "request" and figure.amount:
        needed = 3 - math.floor(math.log10(figure.amount * money.rate))
        places = min(max(2, needed), sys.float_info.dig)
    unit = float(f"1e{places}")
    in_units = money.rate * unit
    whole = round(figure.amount * in_units)
    parts = whole_parts([item.amount * in_units for item in figure.items], whole)
    return [money.cents(amount / unit, places) for amount in parts], money.cents(whole / unit, places)


_ITEM: Final = Html('<tr><th scope="row">{}<span class="ledger__how">{}</span></th><td>{}</td></tr>')
_FORMULA: Final = Html("<code>{}</code>")
_DOT: Final = Html(" · ")


def _item(slug: str, item: Item, amount: str) -> Html:
    how = [text(item.part)] if item.part else []
    how.append(_FORMULA.fill(item.how) if any(map(str.isdigit, item.how)) else text(item.how))
    if item.note:
        how.append(text(item.note))
    if item.sources:
        how.append(source_links(item.sources, item.seller))
    if item.inputs:
        how.append(_change(slug, item.inputs[0]))
    return _ITEM.fill(item.name, join(how, _DOT), amount)


@cache
def _change(slug: str, name: str) -> Html:
    return Html('<a href="#{}-{}">change it</a>').fill(slug, name)


_CENTS: Final = 100

_LINE: Final = Html('<tr><th scope="row">{}{}</th><td>{}</td></tr>')
_END: Final = Html(
    '<tr class="ledger__subtotal"><th scope="row">{}<span class="ledger__how">{}</span>{}</th><td>{}</td></tr>'
)


def _where_from(comparison: Comparison, row: Row) -> Html:
    """
    Take apart what a tuned row costs less or more than the same job without tuning; nothing for any other row.

    Amounts are differences of totals rounded to the cent, so they add up as they are written.
    """
    if not (row.approach.tuned and row.standing.ranked):
        return NOTHING
    saving = comparison.saving_of(row)
    against = comparison.row(saving.baseline)
    saved = accumulate((step.amount for step in saving.steps), initial=0.0)
    cents = [round((against.total - so_far) * shown().rate * _CENTS) for so_far in saved]
    changes = [end - begin for begin, end in pairwise(cents)]
    steps = [(step, change, end) for step, change, end in zip(saving.steps, changes, cents[1:], strict=True) if change]
    levels = [cents[0], *(end for _, _, end in steps)]
    first, *bars, last = waterfall(levels, (against.approach.hue, row.approach.hue))

    def total(one: Row, bar: Html, amount: int) -> Html:
        name, runs = tried(comparison, one.approach).text, model(comparison, one.approach)
        return _END.fill(_capital(name), "" if runs in name else runs, bar, shown().cents(amount / _CENTS))

    return Html(
        '<div class="saving"><h4>Against {against}: where the difference comes from</h4>'
        '<table class="ledger waterfall" aria-label="How {name} comes to cost {what}"><tbody>{lines}</tbody></table>'
        "{small}</div>"
    ).fill(
        against=tried(comparison, against.approach).text,
        name=row.approach.name,
        what="less" if cents[-1] < cents[0] else "more",
        lines=join(
            (
                total(against, first, cents[0]),
                *(
                    _LINE.fill(_capital(step.name), bar, _signed(change))
                    for (step, change, _), bar in zip(steps, bars, strict=True)
                ),
                total(row, last, cents[-1]),
            )
        ),
        small=_small(comparison) if not against.approach.another_model else NOTHING,
    )


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _signed(cents: int) -> str:
    written = shown().cents(cents / _CENTS)
    return f"+{written}" if cents > 0 else written


def _small(comparison: Comparison) -> Html:
    """Say what the same small model costs untuned: what comes from the model needs no tuning."""
    small = comparison.row(UNTUNED_API)
    if not small.standing.priced:
        return NOTHING
    return Html('<p class="soft">{} without tuning would cost <span class="amount">{}</span>, if it passes.</p>').fill(
        model(comparison, UNTUNED_API), write_money(small.total)
    )
