"""Prices over the years: lines in steps on a logarithmic scale, each told by its name and its price."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise, product
from typing import Final, NamedTuple

from calculators.chart.svg import (
    LEADER,
    NARROW,
    NARROW_TEXT,
    WIDE,
    WIDE_TEXT,
    Box,
    apart,
    beside_ends,
    circle,
    drawing,
    label,
    label_below,
    level,
    path,
    point,
    tenth,
    text_width,
)
from calculators.markup import Html
from calculators.quantity import write_money

_APART: Final = 4
"""How far a text stays clear of lines and of other texts. [unit]"""

_ON_GRID: Final = 25
"""How much further away a text may be if it then does not lie on a line of the grid. [unit]"""

_ACROSS: Final = 40
"""How much further away a text may be for each line that its pointer then does not run across. [unit]"""

_BOLD: Final = 1.12
"""Width of bold text, in which names stand, to that of the same in normal weight. [1]"""

_HEADROOM: Final = 12.0
"""Room above the highest price, for a figure there. [unit]"""

_FOOTROOM: Final = 28.0
"""Room below the lowest price, for a figure there that stays clear of the axis. [unit]"""

_STEPS: Final = ((1,), (1, 3), (1, 2, 3, 5, 7))
"""Steps of a tenfold that the grid may show, the fewest first; with the last, any tenfold has levels enough."""

_FEWEST_LEVELS: Final = 3
"""Least number of levels of the grid: with fewer, a logarithmic scale is not seen to be one. [1]"""

_ALONG: Final = (0.5, 0.25, 0.75, 0.0, 1.0)
"""Where on the stretch at a line's lowest price its mark may stand, the best first. [1]"""

_DOT: Final = 3.5
"""Radius of a mark: it shows on a line. [unit]"""

_ASCENT: Final = 0.74
"""How far letters rise above the line they stand on. [em]"""

_DESCENT: Final = 0.2
"""How far letters fall below the line they stand on. [em]"""

_NEAR: Final = 10
"""Distance up to which a text is seen to belong to its mark without a pointer. [unit]"""

_ASIDE: Final = 6
"""Gap between a mark and a text beside it: more than the mark's radius. [unit]"""

_REACHES: Final = (8, 16, 26, 38, 52, 68)
"""Distances from a mark at which a place is sought, the further, the less a little more of it matters. [unit]"""


class DatedLine(NamedTuple):
    """
    One price over the years.

    Attributes:
        name: What it is the price of.
        short: The same where room is short.
        prices: Days and the price from that day on, in order of time; all above 0. [USD]
    """

    name: str
    short: str
    prices: tuple[tuple[date, float], ...]


class _Years(NamedTuple):
    """
    Where dated lines are drawn: a day is as wide as another, and a doubling as high as another.

    Attributes:
        left: Where the first day begins. [unit]
        right: Where the last day is. [unit]
        bottom: Where the scale begins. [unit]
        first: The first day.
        day: Width of a day. [unit]
        least: Price at the bottom. [USD]
        unit: Height over which a price grows e-fold. [unit]
        size: Size of text. [unit]
        grid: Heights of the levels of the grid. [unit]
    """

    left: float
    right: float
    bottom: float
    first: date
    day: float
    least: float
    unit: float
    size: float
    grid: tuple[float, ...]

    def across(self, day: date) -> float:
        """How far to the right a day is."""
        return self.left + self.day * (day - self.first).days

    def height(self, price: float) -> float:
        """How far down a price is."""
        return self.bottom - self.unit * math.log(price / self.least)


class _Mark(NamedTuple):
    """
    A point of a line that is told by name and price.

    Attributes:
        y: How far down it is. [unit]
        places: Where along its line it may be marked, the best first. [unit]
        text: What is told.
        short: The same where room is short.
        turn: Whether the line rises from there.
    """

    y: float
    places: tuple[float, ...]
    text: str
    short: str
    turn: bool


def dated_lines(*, lines: Sequence[DatedLine], narrow: bool, sentence: str) -> Html:
    """
    Draw prices over the years in steps, on a logarithmic scale.

    A line is told by its pattern, and by its name and price where it begins, where it was lowest before it rose again,
    and at its end. A figure that finds no empty place is left out: the table under the picture has them all.

    Args:
        lines: At most four, which all go on to the last day that any of them names.
        narrow: Whether it is the narrow drawing.
        sentence: What the picture says, for those who do not see it.
    """
    width, size, top, bottom = (NARROW, NARROW_TEXT, 10.0, 320.0) if narrow else (WIDE, WIDE_TEXT, 10.0, 330.0)
    prices = [price for line in lines for _, price in line.prices]
    days = [day for line in lines for day, _ in line.prices]
    first, last = min(days), max(days)
    # At least a tenfold, with room for a figure above the highest price and below the lowest.
    unit = (bottom - top - _HEADROOM - _FOOTROOM) / max(math.log(max(prices) / min(prices)), math.log(10))
    least = min(prices) / math.exp(_FOOTROOM / unit)
    most = least * math.exp((bottom - top) / unit)
    levels = _decades(least, most)
    ends = [write_money(line.prices[-1][1]) for line in lines]
    names = [line.short if narrow else line.name for line in lines]
    right = width - LEADER - max(text_width(text, size) * _BOLD for text in (*names, *ends))
    left = 8 + max(text_width(write_money(price), size) for price in levels)
    grid = tuple(bottom - unit * math.log(price / least) for price in levels)
    day = (right - left) / max((last - first).days, 1)
    frame = _Years(left, right, bottom, first, day, least, unit, size, grid)
    drawn = [level("chart__grid", left, right, y, write_money(price)) for price, y in zip(levels, grid, strict=True)]
    drawn.append(path("chart__axis", f"M{point(left, bottom)}H{tenth(right):g}"))
    drawn += _calendar(first, last, frame)
    paths = [_corners(line, frame) for line in lines]
    drawn += [
        path(f"chart__line chart__line--pattern-{pattern}", _stairs(corners)) for pattern, corners in enumerate(paths)
    ]
    labelled = sorted(zip(lines, names, ends, strict=True), key=lambda labels: -labels[0].prices[-1][1])
    drawn += beside_ends(
        [(frame.height(line.prices[-1][1]), None, name, end) for line, name, end in labelled], right, bottom
    )
    drawn += _told([mark for line in lines for mark in _marks(line, frame)], paths, frame)
    return drawing("chart", width, bottom + 24, sentence, drawn)


def _decades(least: float, most: float) -> list[float]:
    """Round amounts between two others: powers of ten, and steps between them where those alone would be too few."""
    exponents = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    scales = ([float(f"{step}e{exponent}") for exponent in exponents for step in steps] for steps in _STEPS)
    shown = ([price for price in scale if least < price < most] for scale in scales)
    return next(levels for levels in shown if len(levels) >= _FEWEST_LEVELS)


def _calendar(first: date, last: date, frame: _Years) -> list[Html]:
    """A tick at the beginning of each year, and its number in the middle of what is shown of it, if it fits."""
    begins = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    edges = [frame.left, *(frame.across(day) for day in begins), frame.right]
    ticks = "".join(f"M{point(x, frame.bottom)}v6" for x in edges)
    labels = [
        label_below((start + end) / 2, frame.bottom, str(year))
        for year, start, end in zip(range(first.year, last.year + 1), edges, edges[1:], strict=False)
        if end - start >= text_width(str(year), frame.size)
    ]
    return [path("chart__tick", ticks), *labels]


def _corners(line: DatedLine, frame: _Years) -> list[tuple[float, float]]:
    """Where a line begins and each place where it takes another height, the end of the picture last."""
    corners: list[tuple[float, float]] = []
    for day, price in line.prices:
        y = frame.height(price)
        if not corners or y != corners[-1][1]:
            corners.append((frame.across(day), y))
    return [*corners, (frame.right, corners[-1][1])]


def _stairs(corners: Sequence[tuple[float, float]]) -> str:
    """The steps through corners, as the data of a path."""
    start, *steps, (end, _) = corners
    return f"M{point(*start)}{''.join(f'H{tenth(x):g}V{tenth(y):g}' for x, y in steps)}H{tenth(end):g}"


def _marks(line: DatedLine, frame: _Years) -> Iterable[_Mark]:
    """Where a line was lowest, if it rose again, and where it begins, if that is another place."""
    amounts = [price for _, price in line.prices]
    lowest = min(amounts)
    at = amounts.index(lowest)
    if lowest < amounts[-1]:
        rises = next(day for day, price in line.prices[at:] if price > lowest)
        start, end = frame.across(line.prices[at][0]), frame.across(rises)
        money = write_money(lowest)
        places = tuple(start + (end - start) * share for share in _ALONG)
        yield _Mark(frame.height(lowest), places, f"{line.short} {money}", money, turn=True)
    if at or lowest == amounts[-1]:
        money = write_money(amounts[0])
        begin = (frame.across(line.prices[0][0]),)
        yield _Mark(frame.height(amounts[0]), begin, f"{line.short} {money}", money, turn=False)


def _told(marks: Iterable[_Mark], paths: Sequence[Sequence[tuple[float, float]]], frame: _Years) -> list[Html]:
    """Circles at the turns and dots at the beginnings, each with its name and price where the picture is empty."""
    lines = [step for corners in paths for ends in pairwise(corners) for step in _step(*ends)]
    taken: list[Box] = []
    drawn: list[Html] = []
    # Turns first: a beginning has more room around it.
    for mark in sorted(marks, key=lambda mark: not mark.turn):
        for text in (mark.text, mark.short):
            found = _beside(mark, text_width(text, frame.size), lines, taken, frame)
            if found is None:
                continue
            x, box, pointer = found
            taken += [box, pointer]
            if pointer[3] - pointer[2] > _NEAR:
                drawn.append(path("chart__pointer", f"M{point(x, pointer[2])}V{tenth(pointer[3]):g}"))
            drawn += [
                circle("chart__crossing" if mark.turn else "chart__start", x, mark.y, _DOT),
                label("chart__note", box[0], box[3] - _DESCENT * frame.size, text),
            ]
            break
    return drawn


def _step(start: tuple[float, float], end: tuple[float, float]) -> tuple[Box, Box]:
    """The two boxes, without any width, of a step: along at its first height, then up or down."""
    (x1, y1), (x2, y2) = start, end
    return (x1, x2, y1, y1), (x2, x2, min(y1, y2), max(y1, y2))


def _beside(
    mark: _Mark, width: float, lines: Sequence[Box], taken: Sequence[Box], frame: _Years
) -> tuple[float, Box, Box] | None:
    """
    The best empty place for a text above or below a mark: where the mark stands then, the text and the way between.

    Near is better than far, but rather not across a line, nor on a line of the grid.
    """
    best, least = None, math.inf
    height = (_ASCENT + _DESCENT) * frame.size
    for x, reach, above in product(mark.places, _REACHES, (True, False)):
        top = mark.y - reach - height if above else mark.y + reach
        bottom = top + height
        if top < 0 or bottom > frame.bottom - _APART:
            continue
        high, low = (bottom, mark.y - _DOT) if bottom < mark.y else (mark.y + _DOT, top)
        pointer = (x - 1, x + 1, high, low)
        met = [line for line in lines if not apart(pointer, [line])]
        worth = reach + _ON_GRID * any(top < y < bottom for y in frame.grid) + _ACROSS * len(met)
        # A pointer along a line would be taken for a part of it; without one, the text may stand aside.
        near = low - high <= _NEAR
        if worth >= least or not apart(pointer, taken) or not (near or all(line[0] < line[1] for line in met)):
            continue
        asides = (x - width / 2, x, x - width, x + _ASIDE, x - _ASIDE - width)
        for left in asides if near else asides[:3]:
            text = (left, left + width, top, bottom)
            inside = frame.left <= left and left + width <= frame.right
            if inside and apart(_with_margin(text), lines) and apart(_with_margin(text), taken):
                best, least = (x, text, pointer), worth
                break
    return best


def _with_margin(box: Box) -> Box:
    """Widen the box of a text by what it stays clear of others."""
    left, right, top, bottom = box
    return left - _APART, right + _APART, top - _APART, bottom + _APART
