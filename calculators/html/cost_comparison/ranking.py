"""The table of rows, cheapest first."""

import math

from calculators import chart, formulas
from calculators.catalog.cost_comparison.approaches import FIVE, OPEN, REFERENCES
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.standing import Can
from calculators.html.cost_comparison.hues import HUED, hue_class
from calculators.markup import text
from calculators.quantity import write_count, write_money, write_money_short, write_share


def ranking(slug: str, comparison: Comparison) -> str:
    """Write the table, and what is to be said under it."""
    scale = max(row.total for row in comparison.rows if row.approach in FIVE or row.standing.ranked)
    ranked = [row for row in comparison.rows if not _is_reference(row)]
    references = [row for row in comparison.rows if _is_reference(row)]
    months = write_count(comparison.months, "month")
    accepted = any(row.accepted is not None for row in comparison.rows)
    head = "".join(
        f'<th class="{cls}" scope="col" role="columnheader">{name}</th>'
        for cls, name in (
            ("", "Approach"),
            ("", f"Total over {months}"),
            ("figure-cell", "Set-up"),
            ("figure-cell", "A month"),
            ("figure-cell", "A request"),
            *((("figure-cell", "A right answer"),) if accepted else ()),
            ("wide-cell", "Live in"),
            ("wide-cell", "To leave it"),
        )
    ).replace('class="" ', "")
    body = "".join(_row(slug, row, scale, accepted=accepted) for row in ranked)
    reference = "".join(_row(slug, row, scale, accepted=accepted) for row in references)
    if reference:
        reference = (
            '<tbody class="ranking__reference" role="rowgroup"><tr role="row">'
            f'<th class="ranking__note" scope="rowgroup" role="rowheader" colspan="{7 + accepted}">'
            f"The same without tuning, for reference</th></tr>{reference}</tbody>"
        )
    return (
        f'<div class="ranking__head"><p id="{slug}-ranking">Cheapest first. Tick what passes your eval, untick what '
        f"fails it.</p>{chart.key()}</div>"
        f'<table class="ranking" role="table" aria-labelledby="{slug}-ranking"><thead role="rowgroup"><tr role="row">'
        f'{head}</tr></thead><tbody role="rowgroup">{body}</tbody>{reference}</table>'
        f"{_present_values(comparison)}{_worth(comparison)}"
    )


def _is_reference(row: Row) -> bool:
    return row.approach in REFERENCES and not row.standing.ranked and row.standing.passes != "no"


def _row(slug: str, row: Row, scale: float, *, accepted: bool) -> str:
    key = row.approach.key
    hue = hue_class(key)
    state = "" if row.standing.ranked else " row--failed" if row.standing.passes == "no" else " row--cannot"
    if row.standing.can is Can.REFERENCE:
        state = ""
    made = f"#{slug}-made-{key}"

    def figure(shown: str, label: str) -> str:
        return (
            f'<td class="figure-cell" role="cell" data-label="{label}"><a class="figure" href="{made}">{shown}</a></td>'
        )

    if not row.standing.priced:
        unknown = "".join(
            f'<td class="figure-cell" role="cell" data-label="{label}">not known</td>'
            for label in ("set-up", "a month", "a request", *(("a right answer",) if accepted else ()))
        )
        return (
            f'<tr class="row{hue}{state}" role="row"><th scope="row" role="rowheader">{_row_name(slug, row)}</th>'
            f'<td class="total-cell" role="cell"><span class="row__total">not known</span></td>{unknown}'
            f'<td class="wide-cell" role="cell">{row.approach.live_in}</td>'
            f'<td class="wide-cell" role="cell">{row.approach.portability}</td></tr>'
        )
    right = figure(_accepted(row), "a right answer") if accepted else ""
    return (
        f'<tr class="row{hue}{state}" role="row"><th scope="row" role="rowheader">{_row_name(slug, row)}</th>'
        f'<td class="total-cell" role="cell"><span class="row__total"><a class="figure" href="{made}">'
        f"{write_money_short(row.total)}</a></span> "
        f'<span class="row__split">{_whose(row)}{write_money_short(row.bills)} bills · {write_money_short(row.people)} people</span>'
        f"{chart.bar(parts=row.parts, scale=max(scale, row.total), hue=key if key in HUED else None)}</td>"
        f"{figure(write_money_short(row.setup), 'set-up')}{figure(write_money_short(row.month), 'a month')}"
        f"{figure(write_money(row.marginal), 'a request')}{right}"
        f'<td class="wide-cell" role="cell">{row.approach.live_in}</td>'
        f'<td class="wide-cell" role="cell">{row.approach.portability}</td></tr>'
    )


def _whose(row: Row) -> str:
    """Say whose the figures are, where they are not everybody's."""
    return f"{text(row.standing.figures)}: " if row.standing.figures else ""


def _accepted(row: Row) -> str:
    if row.accepted is None:
        return "not given"
    return write_money(row.accepted) if math.isfinite(row.accepted) else "never"


def _row_name(slug: str, row: Row) -> str:
    key, standing = row.approach.key, row.standing
    name = f'<span class="row__name">{text(row.approach.title)}</span>'
    aside = f'<span class="row__aside">live in {row.approach.live_in} · {row.approach.portability}</span>'
    evidence = f' <a href="#claim-{standing.claim}">evidence</a>' if standing.claim else ""
    reason = f'<span class="row__reason">{text(_standing_words(row))}{evidence}</span>'
    if row.approach in REFERENCES and row.approach is not OPEN:
        return f"<span>{name}{aside}</span>"
    if standing.can is Can.REFERENCE:
        return f"<span>{name}{aside}</span>"
    if not standing.priced:
        return f"<span>{name}{reason}</span>"
    if not standing.ranked and standing.passes != "no":
        return (
            f"<span>{name}{reason}"
            f'<button type="button" class="text-button" id="{slug}-count-{key}" data-sets="{key}_can" '
            f'data-value="can" aria-label="Count it anyway: {text(row.approach.name)}">Count it anyway</button></span>'
        )
    checked = " checked" if standing.passes == "yes" else ""
    mixed = " data-mixed" if standing.passes == "untested" else ""
    return (
        f'<label class="tick" for="{slug}-tick-{key}"><input type="checkbox" id="{slug}-tick-{key}" '
        f'data-sets="{key}_passes"{checked}{mixed}>{name}{aside}{reason}</label>{_undo_judgement(slug, row)}'
    )


def _undo_judgement(slug: str, row: Row) -> str:
    if not row.standing.judged:
        return ""
    key = row.approach.key
    return (
        f'<button type="button" class="text-button" id="{slug}-count-{key}" data-sets="{key}_can" '
        f'data-value="table" aria-label="Back to the guide’s standing: {text(row.approach.name)}">'
        "Back to the guide’s standing</button>"
    )


def _standing_words(row: Row) -> str:
    standing = row.standing
    tested = {"yes": " · passes your eval", "no": " · fails your eval", "untested": " · not tested"}[standing.passes]
    if standing.can is Can.NO:
        return standing.reason if standing.judged else f"cannot: {standing.reason}"
    if standing.can is Can.CLOSED:
        return standing.reason
    if standing.can is Can.NOT_NEEDED:
        return f"not needed: {standing.reason}"
    if standing.can is Can.UNPROVEN:
        return f"unproven: {standing.reason}{tested}"
    return f"{standing.reason}{tested}"


def _present_values(comparison: Comparison) -> str:
    rows = [row for row in comparison.rows if row.present is not None and row.standing.ranked]
    if not rows:
        return ""
    rate = write_share(comparison.inputs.life.discount_rate)
    values = " · ".join(
        f"{text(row.approach.title)} {write_money(row.present)}" for row in rows if row.present is not None
    )
    return f'<p class="soft">Net present value at {rate} a year: {values}.</p>'


def _worth(comparison: Comparison) -> str:
    """Say what an answer brings in, where success rates and the value of a right answer are given."""
    quality = comparison.quality
    rates = quality.rates()
    if not rates or not quality.right_value:
        return ""
    worth = []
    for row in comparison.rows:
        if (rate := rates.get(row.approach.key)) is None or not row.standing.ranked:
            continue
        value_of_one = formulas.value_of_accuracy(
            cases=1, accuracy=rate, value_per_success=quality.right_value, loss_per_failure=quality.wrong_cost
        )
        worth.append(f"{text(row.approach.title)} {write_money(value_of_one - row.marginal)}")
    least = formulas.break_even_accuracy(value_per_success=quality.right_value, loss_per_failure=quality.wrong_cost)
    return (
        f'<p class="soft">An answer brings in, its own cost taken off: {" · ".join(worth)}. Below {write_share(least)} of '
        "answers right it costs more than it brings.</p>"
    )
