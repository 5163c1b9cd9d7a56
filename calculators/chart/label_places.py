"""Whether a place in a picture is empty, and what it is worth to a text: near what it tells of, not across lines."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

APART: Final = 4
"""How far a text stays clear of lines and of other texts. [unit]"""

ON_GRID: Final = 25
"""How much further away a text may be if it then does not lie on a line of the grid. [unit]"""

ACROSS: Final = 40
"""How much further away a text may be for each line that its pointer then does not run across. [unit]"""

type Box = tuple[float, float, float, float]
"""Left, right, top and bottom of a text or a mark."""


class Frame(NamedTuple):
    """
    Where the running total's lines are drawn.

    Attributes:
        left: Where the first month begins. [unit]
        right: Where the last month ends. [unit]
        bottom: Height of nothing. [unit]
        month: Width of a month. [unit]
        dollar: Height of a dollar. [unit]
        size: Size of text. [unit]
    """

    left: float
    right: float
    bottom: float
    month: float
    dollar: float
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
    """Whether a box lies on none of others."""
    left, right, top, bottom = box
    return all(right <= start or left >= end or bottom <= high or top >= low for start, end, high, low in taken)


def with_margin(box: Box) -> Box:
    """Widen the box of a text by what it stays clear of others."""
    left, right, top, bottom = box
    return left - APART, right + APART, top - APART, bottom + APART
