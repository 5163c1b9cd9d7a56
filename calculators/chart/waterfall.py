"""The bars of a waterfall: how one total becomes another, change by change, each in a row of a table that says it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from calculators.chart.svg import hued, tenth
from calculators.markup import Html

_WIDTH: Final = 198
"""Width of the scale; the view box has a unit more on each side, for half of an outline. [unit]"""

_THINNEST: Final = 1
"""Least width of a bar, so that a small change is seen. [unit]"""

_BAR: Final = Html(
    '<svg class="bar{}" viewBox="0 0 200 14" width="0" height="0" aria-hidden="true" focusable="false">'
    '<path class="waterfall__level" d="M{:g} {}V{}"/>'
    '<rect class="waterfall__{}" x="{:g}" y="1" width="{:g}" height="12"/></svg>'
)


def waterfall(levels: Sequence[float], hues: tuple[str | None, str | None]) -> list[Html]:
    """
    Draw a bar for the total that it begins with, one for each change, and one for the total that it ends with.

    What grows is drawn full, what falls is hollow; a line leads from where a bar ends down to the next.

    Args:
        levels: The totals, from the first to the last, with those after each change between. [USD]
        hues: Keys of the hues of the first and of the last, or nothing for soft ink.
    """
    low, high = min(0.0, *levels), max(0.0, *levels)
    unit = _WIDTH / (high - low) if high > low else 0.0
    first, last = hues
    changes = [
        ("more" if end > begin else "less", None, min(begin, end), max(begin, end), end)
        for begin, end in pairwise(levels)
    ]
    ends = [("whole", hue, min(0.0, end), max(0.0, end), end) for hue, end in ((first, levels[0]), (last, levels[-1]))]
    drawn: list[Html] = []
    for kind, hue, start, stop, end in (ends[0], *changes, ends[1]):
        leads = (13, 28) if len(drawn) <= len(changes) else (1, 13)
        x, wide = 1 + (start - low) * unit, max((stop - start) * unit, _THINNEST)
        level = tenth(1 + (end - low) * unit)
        drawn.append(_BAR.fill(hued(hue), level, *leads, kind, tenth(min(x, _WIDTH)), tenth(wide)))
    return drawn
