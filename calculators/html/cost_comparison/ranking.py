"""The table of rows, cheapest first."""

import math

from calculators import chart, formulas
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words import model
from calculators.html.cost_comparison.hues import hue_class
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_count, write_money, write_money_short, write_share


def ranking(slug: str, comparison: Comparison) -> Html:
    """Write the table, and what is to be said under it."""
    columns = _figure_columns(comparison)
    scale = max(row.total for row in comparison.rows if row.standing.ranked or not row.approach.another_model)
    return Html(
        '<div class="ranking__head"><p id="{slug}-ranking">Each row, if it passes, cheapest first. Tick what passes '
        "your eval, untick what fails it.</p>{key}</div>"
        '<table class="ranking" role="table" aria-labelledby="{slug}-ranking"><thead role="rowgroup"><tr role="row">'
        '{headings}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>{present_values}{worth}'
    ).fill(
        slug=slug,
        key=chart.key(_parts(comparison)),
        headings=_headings(comparison, columns),
        rows=join(_row(slug, comparison, row, scale, columns) for row in comparison.rows),
        present_values=_present_values(comparison),
        worth=_worth(comparison),
    )


def _parts(comparison: Comparison) -> tuple[str, ...]:
    """The parts that any total has: wrong answers only where somebody says how often answers are right."""
    parts = tuple(comparison.rows[0].parts)
    return parts if any(row.wrong for row in comparison.rows) else parts[:-1]


def _figure_columns(comparison: Comparison) -> tuple[str, ...]:
    """The figures that follow the total; that of a right answer only where somebody gave a rate of success."""
    accepted = any(row.accepted is not None for row in comparison.rows)
    right = ("A right answer",) if accepted else ()
    return ("Find out", "Go live", "Keep", "Chance", *right)


def _headings(comparison: Comparison, columns: tuple[str, ...]) -> Html:
    plain = Html('<th scope="col" role="columnheader">{}</th>')
    figure = Html('<th class="figure-cell" scope="col" role="columnheader">{}</th>')
    wide = Html('<th class="wide-cell" scope="col" role="columnheader">{}</th>')
    return join(
        (
            plain.fill("Approach"),
            plain.fill(f"From nothing, {write_count(comparison.months, 'month')}"),
            *(figure.fill(column) for column in columns),
            wide.fill("A month"),
            wide.fill("A request"),
            wide.fill("Live in"),
            wide.fill("To leave it"),
        )
    )


def _row(slug: str, comparison: Comparison, row: Row, scale: float, columns: tuple[str, ...]) -> Html:
    cells = _figures(slug, comparison, row, scale, columns) if row.standing.priced else _unknown(columns)
    return Html(
        '<tr class="row{hue}{state}" role="row"><th scope="row" role="rowheader">{name}</th>{cells}'
        '<td class="wide-cell" role="cell">{month}</td><td class="wide-cell" role="cell">{request}</td>'
        '<td class="wide-cell" role="cell">{live_in}</td><td class="wide-cell" role="cell">{portability}</td></tr>'
    ).fill(
        hue=hue_class(row.approach),
        state=_state(row),
        name=_row_name(slug, comparison, row),
        cells=cells,
        month=write_money_short(row.month) if row.standing.priced else "not known",
        request=write_money(row.marginal) if row.standing.priced else "not known",
        live_in=row.approach.live_in,
        portability=row.approach.portability,
    )


def _state(row: Row) -> str:
    """The class of a row that is out of the running, behind another class."""
    if row.standing.ranked:
        return ""
    return " row--failed" if row.standing.passes == "no" else " row--cannot"


def _figures(slug: str, comparison: Comparison, row: Row, scale: float, columns: tuple[str, ...]) -> Html:
    """Write a row's total and the figures that follow it, each a link to what it is made of."""
    made = f"#{slug}-made-{row.approach.key}"
    total = Html(
        '<td class="total-cell" role="cell">'
        '<span class="row__total"><a class="figure" href="{made}">{total}</a></span> '
        '<span class="row__split">{whose}{bills} bills · {people} people{wrong}</span>{bar}</td>'
    ).fill(
        made=made,
        total=write_money_short(row.total),
        whose=_whose(row),
        bills=write_money_short(row.bills),
        people=write_money_short(row.people),
        wrong=f" · {write_money_short(row.wrong)} wrong answers" if row.wrong else "",
        bar=chart.bar(parts=row.parts, scale=max(scale, row.total), hue=row.approach.hue),
    )
    cell = Html('<td class="figure-cell" role="cell" data-label="{}"><a class="figure" href="{}">{}</a></td>')
    candidate = comparison.candidate_of(row.approach)
    shown = (
        write_money_short(comparison.find_out(row.approach)),
        write_money_short(candidate.go_live),
        write_money_short(candidate.keep),
        _chance(comparison, row),
        _accepted(row),
    )
    return total + join(
        # The last figure may have no column.
        cell.fill(column.lower(), made, figure)
        for column, figure in zip(columns, shown, strict=False)
    )


def _unknown(columns: tuple[str, ...]) -> Html:
    total = Html('<td class="total-cell" role="cell"><span class="row__total">not known</span></td>')
    cell = Html('<td class="figure-cell" role="cell" data-label="{}">not known</td>')
    return total + join(cell.fill(column.lower()) for column in columns)


def _whose(row: Row) -> str:
    """Say whose the figures are, where they are not everybody's."""
    return f"{row.standing.figures}: " if row.standing.figures else ""


def _chance(comparison: Comparison, row: Row) -> str:
    """How likely a row is to pass, by all that was found out; a dash where it cannot be tried."""
    chance = comparison.chance(row.approach)
    return "–" if chance is None else write_share(round(chance, 2))


def _accepted(row: Row) -> str:
    if row.accepted is None:
        return "not given"
    return write_money(row.accepted) if math.isfinite(row.accepted) else "never"


def _row_name(slug: str, comparison: Comparison, row: Row) -> Html:
    """
    Write a row's name with what is said of its standing:
    to tick where it is the reader's to say whether it passes.
    """
    approach, standing = row.approach, row.standing
    name = Html('<span class="row__name">{}</span>').fill(approach.title)
    named = "" if approach.sorts else f"{model(comparison, approach)} · "
    aside = Html('<span class="row__aside">{}live in {} · {}</span>').fill(
        named, approach.live_in, approach.portability
    )
    reason = _reason(row)
    if not standing.priced:
        return Html("<span>{}{}</span>").fill(name, reason)
    if not standing.ranked and standing.passes != "no":
        return Html("<span>{}{}{}</span>").fill(name, reason, _judge(slug, row, "can", "Count it anyway"))
    back = _judge(slug, row, "table", "Back to the guide’s standing") if standing.judged else NOTHING
    return _tick(slug, row, join((name, aside, reason))) + back


def _reason(row: Row) -> Html:
    claim = row.standing.claim
    evidence = Html(' <a href="#claim-{}">evidence</a>').fill(claim) if claim else NOTHING
    return Html('<span class="row__reason">{}{}</span>').fill(_standing_words(row), evidence)


def _tick(slug: str, row: Row, words: Html) -> Html:
    """Write the box that says whether a row passes the reader's eval."""
    passes = row.standing.passes
    return Html(
        '<label class="tick" for="{slug}-tick-{key}"><input type="checkbox" id="{slug}-tick-{key}" '
        'data-sets="{sets}"{checked}{mixed}>{words}</label>'
    ).fill(
        slug=slug,
        key=row.approach.key,
        sets=row.approach.asked.passes,
        checked=Html(" checked") if passes == "yes" else NOTHING,
        mixed=Html(" data-mixed") if passes == "untested" else NOTHING,
        words=words,
    )


def _judge(slug: str, row: Row, can: str, words: str) -> Html:
    """Write the button with which a reader overrules the guide's standing of a row, or returns to it."""
    return Html(
        '<button type="button" class="text-button" id="{slug}-count-{key}" data-sets="{sets}" data-value="{can}" '
        'aria-label="{words}: {name}">{words}</button>'
    ).fill(
        slug=slug,
        key=row.approach.key,
        sets=row.approach.asked.can,
        can=can,
        words=words,
        name=row.approach.name,
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


def _present_values(comparison: Comparison) -> Html:
    values = [
        f"{row.approach.title} {write_money(row.present)}"
        for row in comparison.rows
        if row.present is not None and row.standing.ranked
    ]
    if not values:
        return NOTHING
    return Html('<p class="soft">Net present value at {} a year: {}.</p>').fill(
        write_share(comparison.inputs.life.discount_rate), " · ".join(values)
    )


def _worth(comparison: Comparison) -> Html:
    """Say what an answer brings in, where success rates and the value of a right answer are given."""
    quality = comparison.inputs.quality
    rates = quality.rates()
    if not rates or not quality.right_value:
        return NOTHING
    worth = []
    for row in comparison.rows:
        if (rate := rates.get(row.approach.asked.success)) is None or not row.standing.ranked:
            continue
        value_of_one = formulas.value_of_accuracy(
            cases=1, accuracy=rate, value_per_success=quality.right_value, loss_per_failure=quality.wrong_cost
        )
        worth.append(f"{row.approach.title} {write_money(value_of_one - row.marginal)}")
    least = formulas.break_even_accuracy(value_per_success=quality.right_value, loss_per_failure=quality.wrong_cost)
    return Html(
        '<p class="soft">An answer brings in, its own cost taken off: {}. Below {} of answers right it costs more than '
        "it brings.</p>"
    ).fill(" · ".join(worth), write_share(least))
