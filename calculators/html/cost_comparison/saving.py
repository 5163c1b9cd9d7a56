"""Where the difference between a tuned row and one that is not comes from, as a small waterfall."""

from itertools import accumulate, pairwise
from typing import Final

from calculators.catalog.cost_comparison.approaches import UNTUNED_API
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.words import model, months_in_words, tried
from calculators.chart.waterfall import waterfall
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_cents, write_money

_CENTS: Final = 100

_LINE: Final = Html('<tr><th scope="row">{}{}</th><td>{}</td></tr>')
_END: Final = Html(
    '<tr class="ledger__subtotal"><th scope="row">{}<span class="ledger__how">{}, over {}</span>{}</th><td>{}</td></tr>'
)


def where_from(comparison: Comparison, row: Row) -> Html:
    """
    Take apart what a tuned row costs less or more than the same job without tuning; nothing for any other row.

    Amounts are differences of totals rounded to the cent, so they add up as they are written.
    """
    if not (row.approach.tuned and row.standing.ranked):
        return NOTHING
    saving = comparison.saving_of(row)
    against = comparison.row(saving.baseline)
    saved = accumulate((step.amount for step in saving.steps), initial=0.0)
    cents = [round((against.total - so_far) * _CENTS) for so_far in saved]
    changes = [end - begin for begin, end in pairwise(cents)]
    steps = [(step, change, end) for step, change, end in zip(saving.steps, changes, cents[1:], strict=True) if change]
    levels = [cents[0], *(end for _, _, end in steps)]
    first, *bars, last = waterfall(levels, (against.approach.hue, row.approach.hue))
    over = months_in_words(comparison.months)

    def total(one: Row, bar: Html, amount: int) -> Html:
        words = tried(comparison, one.approach).text
        named = f"{words[:1].upper()}{words[1:]}"
        return _END.fill(named, model(comparison, one.approach), over, bar, write_cents(amount / _CENTS))

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
                    _LINE.fill(f"{step.name[:1].upper()}{step.name[1:]}", bar, _signed(change))
                    for (step, change, _), bar in zip(steps, bars, strict=True)
                ),
                total(row, last, cents[-1]),
            )
        ),
        small=_small(comparison) if not against.approach.another_model else NOTHING,
    )


def _signed(cents: int) -> str:
    written = write_cents(cents / _CENTS)
    return f"+{written}" if cents > 0 else written


def _small(comparison: Comparison) -> Html:
    """Say what the same small model costs untuned: what comes from the model needs no tuning."""
    small = comparison.row(UNTUNED_API)
    if not small.standing.priced:
        return NOTHING
    return Html('<p class="soft">{} without tuning would cost <span class="amount">{}</span>, if it passes.</p>').fill(
        model(comparison, UNTUNED_API), write_money(small.total)
    )
