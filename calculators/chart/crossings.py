"""Where lines of the running total cross for good, and how picture and text tell it."""

from collections.abc import Iterable, Sequence
from operator import sub
from typing import Final, NamedTuple

from calculators.chart.svg import Box, apart, circle, label
from calculators.markup import Html

MOST_CROSSINGS: Final = 3
"""Crossings that the running total marks and says."""

_CIRCLE: Final = 4.5
"""Radius of the circle at a crossing: it shows on the thickest line. [unit]"""

_VISIBLE: Final = 3
"""How far apart two lines must be before and after they cross for it to be seen: the width of the thickest. [unit]"""

_BESIDE: Final = ((-10, -8), (10, 9), (-10, 9), (10, -8), (0, -12), (0, 13))
"""
Places of a letter beside its circle, across and down, the best first: lines never fall, so they run from the lower left
of a circle to its upper right. [unit]
"""


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


class Line(NamedTuple):
    """
    One row's running total.

    Attributes:
        hue: Key of the approach's hue, or nothing for soft ink.
        name: Name of the row.
        short: Its name where room is short.
        values: Total up to each month, from the set-up on; never falling. [USD]
        planned: Whether it is in the plan; the others stand in the background, and no crossing of theirs is told.
        first: Whether it is what the plan begins with.
        reference: Whether it only prompts another model.
    """

    hue: str | None
    name: str
    short: str
    values: tuple[float, ...]
    planned: bool
    first: bool
    reference: bool


class _Crossing(NamedTuple):
    """Where one line falls below another and stays there; the most telling sort first."""

    rank: tuple[bool, bool, int, int]
    month: float
    level: float
    ahead: Line
    behind: Line
    when: str

    @property
    def told(self) -> str:
        """What is said of it."""
        return f"{_in_words(self.ahead.name)} undercuts {_in_words(self.behind.name)} {self.when}"


def mark_crossings(
    lines: Sequence[Line], paths: Sequence[Sequence[float]], frame: Frame, same: Sequence[str] | None
) -> tuple[list[Html], tuple[str, ...]]:
    """
    Draw a circle with a letter at each of the most telling crossings of what is planned, from left to right.

    Args:
        lines: The lines.
        paths: How far down each line is after each month. [unit]
        frame: Where they are drawn.
        same: What another drawing of the same lines says, to mark the same; else as many as have room.

    Returns:
        The circles with their letters, and what these stand for, in their order.
    """
    found = sorted(_crossings([line for line in lines if line.planned], frame), key=lambda crossing: crossing.rank)
    chosen: list[_Crossing] = []
    for crossing in found:
        if same is None:
            circles = [_circled(each, frame)[2] for each in (*chosen, crossing)]
            fits = apart(circles[-1], circles[:-1]) and not any(
                crowded for crowded, _ in _letters(circles, paths, frame)
            )
        else:
            fits = crossing.told in same
        if fits:
            chosen.append(crossing)
        if len(chosen) == MOST_CROSSINGS:
            break
    chosen.sort(key=lambda crossing: crossing.month)
    letters = _letters([_circled(crossing, frame)[2] for crossing in chosen], paths, frame)
    drawn: list[Html] = []
    for letter, crossing, (_, (left, right, _, low)) in zip("abc"[: len(chosen)], chosen, letters, strict=True):
        x, y, _ = _circled(crossing, frame)
        drawn += [
            circle("chart__crossing", x, y, _CIRCLE),
            label("chart__name", (left + right) / 2, low - 2, letter, "middle"),
        ]
    return drawn, tuple(crossing.told for crossing in chosen)


def _letters(circles: Sequence[Box], paths: Sequence[Sequence[float]], frame: Frame) -> list[tuple[bool, Box]]:
    """The best place of a letter beside each circle, and whether something else is there."""
    found: list[tuple[bool, Box]] = []
    for left, right, top, bottom in circles:
        x, y = (left + right) / 2, (top + bottom) / 2
        beside = [(x + aside - 4, x + aside + 4, y + down - 8, y + down + 5) for aside, down in _BESIDE]
        taken = [*circles, *(box for _, box in found)]
        # Clear of the labels of both axes and of the names.
        crowded, _, _, box = min(
            (not apart(box, taken), sum(frame.hits(heights, box) for heights in paths), place, box)
            for place, box in enumerate(beside)
            if box[0] >= frame.left - 4 and box[1] <= frame.right + 8 and box[2] >= 0 and box[3] <= frame.bottom + 5
        )
        found.append((crowded, box))
    return found


def _crossings(lines: Sequence[Line], frame: Frame) -> Iterable[_Crossing]:
    """Where two lines change their order for good, as far as it can be seen."""
    ranked = sorted(lines, key=lambda line: (line.values[-1], not line.first))
    for place, behind in enumerate(ranked):
        for better, ahead in enumerate(ranked[:place]):
            leads = list(map(sub, behind.values, ahead.values))
            least = min(leads)
            if least >= 0 or leads[-1] <= 0:
                continue
            month = len(leads) - 1
            while leads[month] >= 0:
                month -= 1
            if -least * frame.dollar < _VISIBLE or max(leads[month:]) * frame.dollar < _VISIBLE:
                continue
            share = leads[month] / (leads[month] - leads[month + 1])
            level = ahead.values[month] + (ahead.values[month + 1] - ahead.values[month]) * share
            again = any(lead > 0 for lead in leads[:month])
            first = next(later for later in range(month + 1, len(leads)) if leads[later] > 0)
            yield _Crossing(
                (not (ahead.first or behind.first), ahead.reference or behind.reference, place, better),
                month + share,
                level,
                ahead,
                behind,
                f"for good in month {first}" if again else f"in month {first}",
            )


def _circled(crossing: _Crossing, frame: Frame) -> tuple[float, float, Box]:
    """Where a crossing is, across and down, and the box that its circle takes."""
    x, y = frame.left + frame.month * crossing.month, frame.bottom - frame.dollar * crossing.level
    around = _CIRCLE + 1
    return x, y, (x - around, x + around, y - around, y + around)


def _in_words(name: str) -> str:
    """A name as it stands inside a sentence: `Fine-tuning, API` is `fine-tuning (API)` there."""
    name, comma, rest = name.partition(", ")
    begin = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return f"{begin} ({rest})" if comma else begin
