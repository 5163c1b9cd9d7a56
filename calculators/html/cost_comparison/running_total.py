"""The running total month by month, drawn and as a table."""

from calculators import chart
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import write_count, write_money


def running_total(slug: str, comparison: Comparison) -> Html:
    """Draw the running total, wide and narrow, with its table."""
    rows = [row for row in comparison.rows if _drawn(row)]
    if not rows:
        return NOTHING
    winner = comparison.winner
    lines = tuple(
        chart.Line(
            row.approach.hue,
            row.approach.title,
            row.approach.short,
            row.cumulative,
            winner=row is winner,
            reference=row.approach.another_model,
        )
        for row in rows
    )
    changes = sorted({month for row in rows for month in row.cost.changes})
    words = (
        f"Running total of {write_count(len(rows), 'row')} over {write_count(comparison.months, 'month')}; "
        "the table below has every figure."
    )
    wide, narrow = (
        chart.running_total(lines=lines, changes=changes, narrow=thin, sentence=words) for thin in (False, True)
    )
    return Html(
        '<h3 id="{slug}-running-total">Running total, month by month</h3>'
        '<div class="drawings">{wide}{narrow}{crossings}</div>{steps}{table}'
    ).fill(
        slug=slug,
        wide=wide.svg,
        narrow=narrow.svg,
        crossings=_crossings(narrow.notes),
        steps=_steps(changes),
        table=_month_table(slug, rows),
    )


def _drawn(row: Row) -> bool:
    """Whether a row has a line: one that only prompts another model has none until it is in the running."""
    return row.standing.ranked and (row.standing.in_the_running or not row.approach.another_model)


def _crossings(notes: tuple[str, ...]) -> Html:
    """Say under the narrow drawing what it has no room for."""
    if not notes:
        return NOTHING
    item = Html("<li>{}</li>")
    return Html('<ul class="chart__notes drawing--narrow">{}</ul>').fill(join(item.fill(note) for note in notes))


def _steps(changes: list[int]) -> Html:
    if not changes:
        return NOTHING
    return Html(
        '<p class="soft">The step after month {} is a new base model: evals again, data refreshed, retrained.</p>'
    ).fill(" and ".join(str(month) for month in changes))


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
