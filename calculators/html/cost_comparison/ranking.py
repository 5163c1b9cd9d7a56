"""The table of rows, cheapest first, each with what the reader's eval found and what is to be known of it."""

import math
from typing import Final

from calculators import chart, formulas
from calculators.catalog.cost_comparison.believing import circumstances
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words import Sentence, model, paid_at_the_start, paid_in, said_of
from calculators.html.cost_comparison.sentences import hue_class, remark
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_count, write_money, write_money_short, write_share


def ranking(slug: str, comparison: Comparison) -> Html:
    """Write the table, and what is to be said under it."""
    columns, said = _figure_columns(comparison), said_of(comparison)
    scale = max(row.total for row in comparison.rows if row.standing.ranked or not row.approach.another_model)
    return Html(
        '<h3 id="{slug}-ranking">Each row, if it passes</h3>'
        '<p class="ranking__about">An <dfn>eval</dfn> is a set of real cases, each with what a good answer to it says, '
        "and a bar set before anybody looks. Say what yours found, or how likely you think a row is to pass: the plan "
        "goes on from there, and so does its link.</p>"
        '<div class="ranking__head">{key}</div>'
        '<table class="ranking" role="table" aria-labelledby="{slug}-ranking"><thead role="rowgroup"><tr role="row">'
        "{headings}</tr></thead>{rows}</table>{present_values}{worth}"
    ).fill(
        slug=slug,
        key=chart.key(_parts(comparison)),
        headings=_headings(comparison, columns),
        rows=join(_row(slug, comparison, row, scale, columns, said[row.approach]) for row in comparison.rows),
        present_values=_present_values(comparison),
        worth=_worth(comparison),
    )


def _parts(comparison: Comparison) -> tuple[str, ...]:
    """The parts that any total has: wrong answers only where somebody says how often answers are right."""
    parts = tuple(comparison.rows[0].parts)
    return parts if any(row.wrong for row in comparison.rows) else parts[:-1]


def _figure_columns(comparison: Comparison) -> tuple[str, ...]:
    """The figures before the total; that of a right answer only where somebody gave a rate of success."""
    accepted = any(row.accepted is not None for row in comparison.rows)
    right = ("A right answer",) if accepted else ()
    return ("Find out", "Go live", "Keep", *right)


def _headings(comparison: Comparison, columns: tuple[str, ...]) -> Html:
    plain = Html('<th scope="col" role="columnheader">{}</th>')
    figure = Html('<th class="figure-cell" scope="col" role="columnheader">{}</th>')
    return join(
        (
            plain.fill("Approach"),
            plain.fill(f"Total, {write_count(comparison.months, 'month')}"),
            *(figure.fill(column) for column in columns),
            figure.fill("Chance"),
            figure.fill("Price of a success"),
        )
    )


def _row(
    slug: str, comparison: Comparison, row: Row, scale: float, columns: tuple[str, ...], said: tuple[Sentence, ...]
) -> Html:
    cells = _figures(slug, comparison, row, scale, columns) if row.standing.shown else _unknown(row, columns)
    return Html(
        '<tbody class="row{hue}{state}" role="rowgroup"><tr role="row"><th scope="row" role="rowheader">'
        '<span class="row__name">{name}</span></th>{cells}</tr>'
        '<tr class="row__below" role="row"><td role="cell" colspan="{span}">{below}</td></tr></tbody>'
    ).fill(
        hue=hue_class(row.approach),
        state=_state(row),
        name=row.approach.title,
        cells=cells,
        span=len(columns) + 4,
        below=_below(slug, comparison, row, said),
    )


def _state(row: Row) -> str:
    """The class of a row that is out of the running, behind another class; and of one without a hue of its own."""
    hollow = " row--hollow" if row.approach.sorts else ""
    if row.standing.ranked:
        return hollow
    return hollow + (" row--failed" if row.standing.passes == "no" else " row--cannot")


def _figures(slug: str, comparison: Comparison, row: Row, scale: float, columns: tuple[str, ...]) -> Html:
    """Write a row's total and the figures that follow it, each a link to what it is made of."""
    start = paid_at_the_start(comparison, row)
    made, in_all = f"#{slug}-made-{row.approach.key}", comparison.in_all(row.approach)
    total = Html(
        '<td class="total-cell" role="cell">'
        '<span class="row__total"><a class="figure" href="{made}">{total}</a></span> '
        '<span class="row__split">{whose}{nothing}{bills} bills · {people} people{wrong}{start}</span>{bar}</td>'
    ).fill(
        made=made,
        total=write_money_short(in_all),
        nothing="" if round(in_all) == round(row.total) else "from nothing: ",
        whose=_whose(row),
        bills=write_money_short(row.bills),
        people=write_money_short(row.people),
        start=f" · {write_money_short(start)} paid at the start" if start else "",
        wrong=f" · {write_money_short(row.wrong)} wrong answers" if row.wrong else "",
        bar=chart.bar(parts=row.parts, scale=max(scale, row.total), hue=row.approach.hue),
    )
    cell = Html('<td class="figure-cell" role="cell" data-label="{}"><a class="figure" href="{}">{}</a></td>')
    candidate = comparison.candidate_of(row.approach)
    shown = (
        write_money_short(comparison.find_out(row.approach)),
        write_money_short(candidate.go_live),
        write_money_short(candidate.keep),
        _accepted(comparison, row),
    )
    figures = join(
        # The last figure may have no column.
        cell.fill(column.lower(), made, figure)
        for column, figure in zip(columns, shown, strict=False)
    )
    return total + figures + _chance(slug, comparison, row) + _success(comparison, row)


def _unknown(row: Row, columns: tuple[str, ...]) -> Html:
    """Write the cells of a row without figures, for want of a price or of room in its model's context."""
    words = "not known" if not row.standing.priced else "does not fit"
    total = Html('<td class="total-cell" role="cell"><span class="row__total">{}</span></td>').fill(words)
    cell = Html('<td class="figure-cell" role="cell" data-label="{}">–</td>')
    return total + join(cell.fill(column.lower()) for column in (*columns, "Chance", "A success"))


def _whose(row: Row) -> str:
    """Say whose the figures are, where they are not everybody's."""
    return f"{row.standing.figures}: " if row.standing.figures else ""


def _chance(slug: str, comparison: Comparison, row: Row) -> Html:
    """
    Write how likely a row is to pass: a field where that is open, which stays empty while the chance is ours.

    What was found out of other rows moves a chance; the field holds what it was before, and what it is now stands
    beside it.
    """
    name, now = row.approach.asked.chance, comparison.chance(row.approach)
    if now is None or row.standing.passes != "untested":
        return Html('<td class="figure-cell chance-cell" role="cell" data-label="chance">–</td>')
    believed = comparison.evaluation.row(row.approach).belief
    before = believed.chance if believed else now
    given, moved = comparison.given_chance(row.approach), round(now, 2) != round(before, 2)
    return Html(
        '<td class="figure-cell chance-cell" role="cell" data-label="chance">'
        '<input class="chance" type="text" id="{ident}" data-sets="{name}" value="{value}" placeholder="{ours}" '
        'autocomplete="off" aria-label="Chance that {row} passes" aria-describedby="{ident}-whose">'
        '<p class="field__error" data-error-for="{name}" hidden></p>'
        '<span class="chance__whose" id="{ident}-whose">{whose}{now}</span></td>'
    ).fill(
        ident=f"{slug}-chance-{row.approach.key}",
        name=name,
        value=write_share(before) if given else "",
        ours=write_share(round(before, 2)),
        row=row.approach.name,
        whose=_YOURS if given else _OURS.fill(_evidence(comparison, row)),
        now=Html(' <span class="chance__now">now {}</span>').fill(write_share(round(now, 2))) if moved else NOTHING,
    )


_YOURS: Final = Html('<span class="yours">yours</span>')
_OURS: Final = Html('<a href="{}">ours: why</a>')


def _evidence(comparison: Comparison, row: Row) -> str:
    """Where the reference says why a chance is what it is: by what must change, where that is one thing."""
    columns = circumstances(row.approach, comparison.evaluation.parts.given).columns
    one = len(columns) == 1 and not row.approach.sorts
    return f"reference/chances/#need-{columns[0]}" if one else "reference/chances/#how-taken"


def _success(comparison: Comparison, row: Row) -> Html:
    """Write what a success costs by this row alone."""
    price = comparison.price_of_a_success(row.approach)
    shown = "–" if price is None else write_money_short(price) if math.isfinite(price) else "never"
    return Html('<td class="figure-cell" role="cell" data-label="a success">{}</td>').fill(shown)


def _accepted(comparison: Comparison, row: Row) -> str:
    if row.accepted is None:
        return "not given"
    if not row.accepted and (words := paid_in(comparison, row)):
        return words
    return write_money(row.accepted) if math.isfinite(row.accepted) else "never"


def _aside(comparison: Comparison, row: Row) -> Html:
    """Write the model that a row runs, how soon it is live, and what leaving it takes."""
    approach = row.approach
    named = "" if approach.sorts else f"{model(comparison, approach)} · "
    return Html('<span class="row__aside">{}live in {} · {}</span>').fill(named, approach.live_in, approach.portability)


def _below(slug: str, comparison: Comparison, row: Row, said: tuple[Sentence, ...]) -> Html:
    """Write what stands under a row's figures: what the reader's eval found, where it stands, what is to be known."""
    standing = row.standing
    asked = standing.shown and (standing.ranked or standing.passes == "no")
    judge = NOTHING
    if standing.judged:
        judge = _judge(slug, row, "table", "Back to the guide’s standing")
    elif standing.shown and not asked:
        judge = _judge(slug, row, "can", "Count it anyway")
    control = _tested(slug, row) if asked else NOTHING
    return join((control, _aside(comparison, row), _reason(row), judge, _said(slug, row, said)))


def _tested(slug: str, row: Row) -> Html:
    """Write the three answers to what the reader's eval found of a row."""
    option = Html(
        '<label class="tested__one"><input type="radio" id="{slug}-{key}-{value}" name="{slug}-tested-{key}" '
        'value="{value}" data-sets="{sets}"{checked}> {words}</label>'
    )
    return Html('<fieldset class="tested"><legend>{name} in your eval</legend>{options}</fieldset>').fill(
        name=row.approach.title,
        options=join(
            option.fill(
                slug=slug,
                key=row.approach.key,
                value=value,
                sets=row.approach.asked.passes,
                checked=Html(" checked") if row.standing.passes == value else NOTHING,
                words=words,
            )
            for value, words in _FOUND
        ),
    )


_FOUND: Final = (("untested", "not tested"), ("yes", "passes"), ("no", "fails"))


def _reason(row: Row) -> Html:
    claim = row.standing.claim
    evidence = Html(' <a href="#claim-{}">evidence</a>').fill(claim) if claim else NOTHING
    return Html('<span class="row__reason">{}{}</span>').fill(standing_words(row), evidence)


def _said(slug: str, row: Row, said: tuple[Sentence, ...]) -> Html:
    """Write what is to be known of a row, each with the ways on from it."""
    item = Html("<li>{}</li>")
    items = join(
        item.fill(remark(f"{slug}-way-{row.approach.key}-{number}", words)) for number, words in enumerate(said)
    )
    return Html('<ul class="row__said">{}</ul>').fill(items) if said else NOTHING


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


def standing_words(row: Row) -> str:
    """Say where a row stands, and why, where it is out of the running."""
    standing = row.standing
    if standing.can is Can.NO:
        return standing.reason if standing.judged else f"cannot: {standing.reason}"
    if standing.can is Can.CLOSED:
        return standing.reason
    if standing.can is Can.NOT_NEEDED:
        return f"not needed: {standing.reason}"
    if standing.can is Can.UNPROVEN:
        return f"unproven: {standing.reason}"
    return standing.reason


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
