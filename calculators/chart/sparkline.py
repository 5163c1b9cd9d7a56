"""A price's history, in a line of text."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from calculators.chart.svg import circle, path, point, tenth
from calculators.markup import NOTHING, Html

SPARK_WIDTH: Final = 90
"""Width of a sparkline, as in the stylesheet. [unit]"""

SPARK_HEIGHT: Final = 18
"""Height of a sparkline, as in the stylesheet: no more than a line of text has. [unit]"""

_EDGE: Final = 2.5
"""Margin on all sides: the radius of the dot at the end, and half a unit for its rounding. [unit]"""

_SPARKLINE: Final = Html(
    '<svg class="sparkline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true" '
    'focusable="false">{line}{end}</svg>'
)


def sparkline(series: Sequence[tuple[date, float]], first: date, last: date) -> Html:
    """
    Draw how one price went, in steps, no larger than a line of text; the table it stands in says the figures.

    The scale begins at 0, so that half the height is half the price; a price of the last day ends in a dot.

    Args:
        series: Days and the price from that day on, in order of time. What lies before the first day counts from it,
            and what lies after the last day is left out.
        first: Day at the left end, the same for all sparklines of a column.
        last: Day at the right end.

    Returns:
        The picture, for those who see it: it is hidden from a screen reader. Nothing if no price is known by the last
        day.
    """
    steps = {max((day - first).days, 0): price for day, price in series if day <= last}
    if not steps:
        return NOTHING
    right, bottom = SPARK_WIDTH - _EDGE, SPARK_HEIGHT - _EDGE
    day = (right - _EDGE) / max((last - first).days, 1)
    dollar = (bottom - _EDGE) / (max(steps.values()) or 1)
    corners = [(_EDGE + day * days, bottom - dollar * price) for days, price in steps.items()]
    start, level = point(*corners[0]), corners[-1][1]
    line = f"M{start}{''.join(f'H{tenth(x):g}V{tenth(y):g}' for x, y in corners[1:])}H{tenth(right):g}"
    return _SPARKLINE.fill(
        width=SPARK_WIDTH,
        height=SPARK_HEIGHT,
        line=path("sparkline__line", line),
        end=circle("sparkline__end", right, level, 2),
    )
