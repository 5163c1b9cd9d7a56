"""
Where a text finds an empty place in a picture: near what it tells of, and rather not across lines.

The places in the running total are sought here; those of prices over the years, whose lines go in steps, in their file.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

APART: Final = 4
"""How far a text stays clear of lines and of other texts. [unit]"""

ON_GRID: Final = 25
"""How much further away a text may be if it then does not lie on a line of the grid. [unit]"""

ACROSS: Final = 40
"""How much further away a text may be for each line that its pointer then does not run across. [unit]"""

CIRCLE: Final = 4.5
"""Radius of the circle at a crossing: it shows on the thickest line. [unit]"""

_NOTE: Final = 30
"""Height of two rows of text. [unit]"""

_ABOVE: Final = 8
"""How far a text may stand out above the lines: there is nothing but margin. [unit]"""

_ASIDE: Final = 3
"""How far a pointer stays within the edge of its text. [unit]"""

_DISTANCES: Final = (14, 32, 56, 90, 130, 175)
"""Distances from a crossing at which a place is sought; the further, the less a little more of it matters. [unit]"""

type Box = tuple[float, float, float, float]
"""Left, right, top and bottom of a text or a mark."""


class Frame(NamedTuple):
    """
    Where the running total's lines are drawn.

    Attributes:
        left: Where the first month begins. [unit]
        right: Where the last month ends. [unit]
        top: Height of the highest level. [unit]
        bottom: Height of nothing. [unit]
        month: Width of a month. [unit]
        dollar: Height of a dollar. [unit]
        grid: Height of a step of the grid. [unit]
        size: Size of text. [unit]
    """

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


class Place(NamedTuple):
    """
    An empty place.

    Attributes:
        text: Where the text stands.
        pointer: Where the pointer from the text to its crossing runs.
        anchor: Which part of each row stands at a point: its `start`, `middle` or `end`.
        at: How far to the right that point is. [unit]
    """

    text: Box
    pointer: Box
    anchor: str
    at: float


class _Aside(NamedTuple):
    """
    How far to the left and the right a text may stand, how it is anchored,
    and how high each line is at both sides.
    """

    left: float
    right: float
    anchor: str
    at: float
    heights: list[tuple[float, float]]

    def is_empty(self, top: float, bottom: float, taken: Iterable[Box]) -> bool:
        """Whether neither a line nor anything else is there, between two heights."""
        _, _, high, low = around = with_margin((self.left, self.right, top, bottom))
        # A line that never falls stays between its heights at the two sides.
        return all(begin < high or end > low for begin, end in self.heights) and apart(around, taken)


def apart(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a box lies on none of others."""
    left, right, top, bottom = box
    return all(right <= start or left >= end or bottom <= high or top >= low for start, end, high, low in taken)


def with_margin(box: Box) -> Box:
    """Widen the box of a text by what it stays clear of others."""
    left, right, top, bottom = box
    return left - APART, right + APART, top - APART, bottom + APART


def free_place(
    x: float, y: float, width: float, taken: Sequence[Box], paths: Sequence[Sequence[float]], frame: Frame
) -> Place | None:
    """
    Find the best empty place for two rows of text above or below a crossing.

    Near is better than far, but not across another line, and rather not on a line of the grid.

    Args:
        x: How far to the right the crossing is. [unit]
        y: How far down it is. [unit]
        width: Width of the longer row. [unit]
        taken: Texts and marks that are there already.
        paths: How far down each line is after each month. [unit]
        frame: Where the lines are drawn.

    Returns:
        The place, or nothing if none is empty.
    """
    best, least = None, math.inf
    asides = list(_asides(x, width, paths, frame))
    here = [frame.height(path, x) for path in paths]
    for distance in _DISTANCES:
        if distance >= least:
            break
        for top in (y - distance - _NOTE, y + distance):
            bottom = top + _NOTE
            if top < frame.top - _ABOVE or bottom > frame.bottom - APART:
                continue
            high, low = (bottom, y - CIRCLE) if bottom < y else (y + CIRCLE, top)
            pointer = (x - 1, x + 1, high, low)
            on_grid = (frame.bottom - top) // frame.grid != (frame.bottom - bottom) // frame.grid
            worth = distance + ON_GRID * on_grid + ACROSS * sum(high <= line <= low for line in here)
            if worth >= least or not apart(pointer, taken):
                continue
            for aside in asides:
                if aside.is_empty(top, bottom, taken):
                    text = (aside.left, aside.right, top, bottom)
                    best, least = Place(text, pointer, aside.anchor, aside.at), worth
                    break
    return best


def _asides(x: float, width: float, paths: Sequence[Sequence[float]], frame: Frame) -> Iterable[_Aside]:
    """
    Before, behind and about a crossing, then at either edge;
    wherever the pointer still ends under or over the text.
    """
    first, last = frame.left + APART, frame.right
    for left, anchor, at in (
        (x + _ASIDE - width, "end", x + _ASIDE),
        (x - _ASIDE, "start", x - _ASIDE),
        (x - width / 2, "middle", x),
        (first, "end", first + width),
        (last - width, "start", last - width),
    ):
        right = left + width
        if first <= left <= x - _ASIDE and x + _ASIDE <= right <= last:
            heights = [(frame.height(path, left - APART), frame.height(path, right + APART)) for path in paths]
            yield _Aside(left, right, anchor, at, heights)
