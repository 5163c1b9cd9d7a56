"""The running total month by month, drawn and as a table."""

from calculators import chart
from calculators.catalog.cost_comparison.approaches import REFERENCES
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.html.cost_comparison.hues import HUED
from calculators.markup import text
from calculators.quantity import write_count, write_money


def running_total(slug: str, comparison: Comparison) -> str:
    """Draw the running total, wide and narrow, with its table."""
    rows = [row for row in comparison.rows if row.standing.ranked]
    if not rows:
        return ""
    winner = comparison.winner
    lines = tuple(
        chart.Line(
            row.approach.key if row.approach.key in HUED else None,
            row.approach.title,
            row.approach.short,
            row.cumulative,
            winner=row is winner,
            reference=row.approach in REFERENCES,
        )
        for row in rows
    )
    changes = sorted({month for row in rows for month in row.cost.changes})
    words = (
        f"Running total of {write_count(len(rows), 'row')} over {write_count(comparison.months, 'month')}; the table below "
        "has every figure."
    )
    wide, narrow = (
        chart.running_total(lines=lines, changes=changes, narrow=thin, sentence=words) for thin in (False, True)
    )
    notes = "".join(f"<li>{text(note)}</li>" for note in narrow.notes)
    crossings = f'<ul class="chart__notes drawing--narrow">{notes}</ul>' if notes else ""
    step = ""
    if changes:
        months = " and ".join(str(month) for month in changes)
        step = f'<p class="soft">The step after month {months} is a new base model: evals again, data refreshed, retrained.</p>'
    return (
        f'<h3 id="{slug}-running-total">Running total, month by month</h3>'
        f'<div class="drawings">{wide.svg}{narrow.svg}{crossings}</div>{step}{_month_table(slug, rows)}'
    )


def _month_table(slug: str, rows: list[Row]) -> str:
    head = "".join(f'<th scope="col">{text(row.approach.title)}</th>' for row in rows)
    body = "".join(
        f'<tr><th scope="row">{month or "start"}</th>'
        f"{''.join(f'<td>{write_money(row.cumulative[month])}</td>' for row in rows)}</tr>"
        for month in range(rows[0].cost.months + 1)
    )
    return (
        f'<details class="made-of" id="{slug}-months"><summary>Show as a table</summary>'
        f'<div class="scroll-box" tabindex="0" role="region" aria-label="Running total by month">'
        f'<table class="data-table"><thead><tr><th scope="col">Month</th>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div></details>"
    )
