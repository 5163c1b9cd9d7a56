"""Where a text finds an empty place in the running total: near what it tells of, and rather not across lines."""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

APART: Final = 4
"""How far a text stays clear of lines and of other texts. [unit]"""

ON_GRID: Final = 25
"""How much further away a place may be that spares a text from lying on a line of the grid. [unit]"""

ACROSS: Final = 40
"""How much further away a place may be that spares a pointer from running across a line. [unit]"""

CIRCLE: Final = 4.5
"""Radius of the circle at a crossing: larger than the thickest line. [unit]"""

_NOTE: Final = 30
"""Height of two rows of text. [unit]"""

_DISTANCES: Final = (14, 32, 56, 90, 130, 175)
"""Distances from a crossing at which a place is sought, growing because near ones differ more to the eye. [unit]"""


type Box = tuple[float, float, float, float]
"""Left, right, top and bottom of a text or a mark."""


class Frame(NamedTuple):
    """Where the running total's lines are drawn, and how large a month, a dollar and a step of the grid are."""

    left: float
    right: float
    top: float
    bottom: float
    month: float
    dollar: float
    grid: float
    size: float

    def hits(self, path: Sequence[float], box: Box) -> bool:
        """Whether a line, which never falls, runs through a box."""
        left, right, top, bottom = box
        return self.height(path, right) <= bottom and self.height(path, left) >= top

    def height(self, path: Sequence[float], x: float) -> float:
        """How far down a line is at a place."""
        at = (x - self.left) / self.month
        if at <= 0:
            return path[0]
        month = int(at)
        if month >= len(path) - 1:
            return path[-1]
        return path[month] + (path[month + 1] - path[month]) * (at - month)


def apart(box: Box, taken: Iterable[Box]) -> bool:
    left, right, top, bottom = box
    return all(right <= start or left >= end or bottom <= high or top >= low for start, end, high, low in taken)


def free_place(
    x: float, y: float, width: float, taken: Sequence[Box], paths: Sequence[Sequence[float]], frame: Frame
) -> tuple[Box, Box, str, float] | None:
    """
    The best empty place for two rows of text above or below a crossing: text, pointer, and how the text is anchored.

    Near is better than far, but not across another line, and rather not on a line of the grid.
    """
    best, least = None, math.inf
    first, last = frame.left + 4, frame.right
    asides = [
        (
            left,
            anchor,
            at,
            [(frame.height(path, left - APART), frame.height(path, left + width + APART)) for path in paths],
        )
        for left, anchor, at in (
            (x + 3 - width, "end", x + 3),
            (x - 3, "start", x - 3),
            (x - width / 2, "middle", x),
            (first, "end", first + width),
            (last - width, "start", last - width),
        )
        if first <= left <= x - 3 and x + 3 <= left + width <= last
    ]
    here = [frame.height(path, x) for path in paths]
    for distance in _DISTANCES:
        if distance >= least:
            break
        for top in (y - distance - _NOTE, y + distance):
            bottom = top + _NOTE
            if top < frame.top - 8 or bottom > frame.bottom - 4:
                continue
            high, low = (bottom, y - CIRCLE) if bottom < y else (y + CIRCLE, top)
            pointer = (x - 1, x + 1, high, low)
            on_grid = (frame.bottom - top) // frame.grid != (frame.bottom - bottom) // frame.grid
            worth = distance + ON_GRID * on_grid
            if worth >= least:
                continue
            worth += ACROSS * sum([high <= line <= low for line in here])
            if worth >= least or not apart(pointer, taken):
                continue
            for left, anchor, at, spans in asides:
                # A line that never falls stays between its heights at the two sides of the text.
                if all(begin < top - APART or end > bottom + APART for begin, end in spans) and apart(
                    (left - APART, left + width + APART, top - APART, bottom + APART), taken
                ):
                    best, least = ((left, left + width, top, bottom), pointer, anchor, at), worth
                    break
    return best
