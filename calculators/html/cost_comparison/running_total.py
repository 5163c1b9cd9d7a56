"""The running total month by month, drawn and as a table."""

from calculators import chart
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import write_count, write_money


def running_total(slug: str, comparison: Comparison, without: str = "") -> dict[str, Html]:
    """
    Draw the running total, wide and narrow, with its table; rows of the plan before the others.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.
        without: Keys, joined by commas, of rows that a reader has taken out of the picture, on whose scale the others
            lay flat. One may have been in another answer's picture only. The table keeps every row.
    """
    first, planned = _plan(comparison)
    every = [
        row for row in comparison.rows if row in planned or (row.standing.ranked and not row.approach.another_model)
    ]
    if not every:
        return {"running-total": NOTHING}
    # Somebody may have taken out all that this answer has: a picture shows something.
    rows = [row for row in every if row.approach.key not in without.split(",")] or every
    hidden = "; ".join(row.approach.title for row in every if row not in rows)
    left_out = f" Not in the picture: {hidden}." if hidden else ""
    lines = tuple(
        chart.Line(
            row.approach.hue if row in planned else None,
            row.approach.title,
            row.approach.short,
            row.cumulative,
            planned=row in planned,
            first=row is first,
            reference=row.approach.another_model,
        )
        for row in rows
    )
    changes = sorted({month for row in rows for month in row.cost.changes})
    words = (
        f"Running total of {write_count(len(rows), 'row')} over {write_count(comparison.months, 'month')}; "
        f"the table below has every figure.{left_out}"
    )
    narrow = chart.running_total(lines=lines, changes=changes, narrow=True, sentence=words)
    wide = chart.running_total(lines=lines, changes=changes, narrow=False, sentence=words, same=narrow.notes)
    item = Html("<li>{}</li>")
    drawn = Html(
        '<h3 id="{slug}-running-total">Running total, month by month</h3>{boxes}'
        '<div class="drawings">{wide}{narrow}</div>'
        '{crossings}<p class="soft">{which}{left_out}{steps}</p>{table}'
    ).fill(
        slug=slug,
        boxes=_boxes(slug, every, rows) if len(every) > 1 else NOTHING,
        wide=wide.svg,
        narrow=narrow.svg,
        crossings=Html('<ol class="chart__notes" type="a">{}</ol>').fill(join(map(item.fill, narrow.notes)))
        if narrow.notes
        else NOTHING,
        which=_which(rows, first, planned),
        left_out=left_out,
        steps=_steps(changes),
        table=_month_table(slug, every),
    )
    return {"running-total": drawn}


def _plan(comparison: Comparison) -> tuple[Row | None, list[Row]]:
    """What the plan begins with, and all that is in it: what is in hand, what is tried, and what after a success."""
    advice = comparison.advice
    places = [advice.in_hand, *(place for each in advice.tries for place in (each.step.row, each.then))]
    planned = [comparison.row(ROWS[place]) for place in dict.fromkeys(places) if place is not None]
    begins = advice.first.row if advice.first else advice.in_hand
    return None if begins is None else comparison.row(ROWS[begins]), planned


def _boxes(slug: str, every: list[Row], rows: list[Row]) -> Html:
    """Write a box for each row, ticked where it is in the picture; the last that is stays there."""
    box = Html(
        '<label class="shows__row"><input type="checkbox" id="{slug}-shows-{key}" data-shows="{key}"{state}> '
        "{name}</label>"
    )
    alone = Html(" checked disabled") if len(rows) == 1 else Html(" checked")
    return Html('<fieldset class="shows"><legend>In the picture</legend>{}</fieldset>').fill(
        join(
            box.fill(slug=slug, key=row.approach.key, state=alone if row in rows else NOTHING, name=row.approach.title)
            for row in every
        )
    )


def _which(rows: list[Row], first: Row | None, planned: list[Row]) -> str:
    """Say which lines are which."""
    if first is None:
        return "Nothing here is in a plan."
    begins = f"Thickest: {first.approach.title}, which {'the plan begins with' if len(planned) > 1 else 'is kept'}."
    said = [
        *([begins] if first in rows else []),
        *(["Full: the rest of the plan."] if any(row in planned and row is not first for row in rows) else []),
        *(["Thin and soft: not in it."] if any(row not in planned for row in rows) else []),
    ]
    return " ".join(said)


def _steps(changes: list[int]) -> str:
    if not changes:
        return ""
    after = " and ".join(str(month) for month in changes)
    return f" The step after month {after} is a new base model: evals again, data refreshed, retrained."


def _month_table(slug: str, rows: list[Row]) -> Html:
    heading = Html('<th scope="col">{}</th>')
    return Html(
        '<details class="made-of" id="{slug}-months"><summary>Show as a table</summary>'
        '<div class="scroll-box" tabindex="0" role="region" aria-label="Running total by month">'
        '<table class="data-table"><thead><tr><th scope="col">Month</th>{head}</tr></thead>'
        "<tbody>{body}</tbody></table></div></details>"
    ).fill(
        slug=slug,
        head=join(heading.fill(row.approach.title) for row in rows),
        body=join(_month(month, rows) for month in range(rows[0].cost.months + 1)),
    )


def _month(month: int, rows: list[Row]) -> Html:
    cells = join((text(write_money(row.cumulative[month])) for row in rows), Html("</td><td>"))
    return Html('<tr><th scope="row">{}</th><td>{}</td></tr>').fill(month or "start", cells)
