"""Who is cheapest along one input."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, cast

from calculators.catalog.cost_comparison.tipping.rings import nearest_tips
from calculators.catalog.cost_comparison.tipping.solver import Dimension, Tip, cheapest, leads, solve
from calculators.facts import FACTS
from calculators.formulas.units import DECADE

_REACH: Final = FACTS.rule("dial_reach")
_MARGIN: Final = FACTS.rule("dial_margin")
_STEPS_PER_DECADE: Final = int(FACTS.rule("dial_steps"))
_FURTHEST: Final = FACTS.rule("fourth_ring")
_DRAWN: Final = FACTS.rule("drawn_tolerance")
_MANTISSAS: Final = (1.0, FACTS.rule("dial_step"))
"""Where a dial may begin and end: at these times a power of ten, which its labels can write."""


@dataclass(frozen=True, slots=True)
class Band:
    """
    A stretch of the dial with one winner. Where no row can do the job there is none.

    One that wins at a single whole number may begin and end there.

    Attributes:
        first: Where it begins.
        end: Where it ends.
        row: Index of the row that is cheapest there.
    """

    first: float
    end: float
    row: int


@dataclass(frozen=True, slots=True)
class Dial:
    """
    Who is cheapest along one input, on a logarithmic scale.

    Attributes:
        name: The input.
        value: Where the reader is.
        first: Left end of the scale.
        end: Right end.
        bands: Winners from left to right.
        tip: The nearest change of winner along this input, or nothing up to its bounds.
    """

    name: str
    value: float
    first: float
    end: float
    bands: tuple[Band, ...]
    tip: Tip | None


def dial(dimension: Dimension) -> Dial:
    """
    Say who is cheapest along one input, about a factor of ten either side of where it stands.

    Args:
        dimension: The input. One that does not stand above 0 is looked at around 1, or where its values end before
            that.

    Returns:
        The dial. Its window is widened until the nearest tip lies inside. The scale has no 0: a tip there, below it, or
        very close to it is told, but lies outside.

    Raises:
        ValueError: If the input has no two values above 0.
    """
    tip = next(iter(nearest_tips((dimension,), 1)), None)
    first, end = _window(dimension, tip)
    bands = _bands(dimension, _points(dimension, first, end, tip), tip)
    return Dial(dimension.name, dimension.value, first, end, bands, tip)


def _window(dimension: Dimension, tip: Tip | None) -> tuple[float, float]:
    """Where the scale begins and ends."""
    here = dimension.value if dimension.value > 0 else min(1.0, dimension.maximum)
    if here > 0:
        inside = [here / _REACH, here * _REACH, *([tip.at / _MARGIN, tip.at * _MARGIN] if tip and tip.at > 0 else [])]
        lowest = 1.0 if dimension.whole else here / _FURTHEST
        first = max(_snap(max(min(inside), lowest), down=True), dimension.minimum)
        end = min(_snap(max(inside), down=False), dimension.maximum)
        if first < end:
            return first, end
    raise ValueError(f"{dimension.name} has no two values above 0")


def _points(dimension: Dimension, first: float, end: float, tip: Tip | None) -> list[float]:
    """Values to look at: evenly on the scale, where the input stands, and its tip."""
    decades = math.log10(end / first)
    count = math.ceil(decades * _STEPS_PER_DECADE)
    even = [first * DECADE ** (decades * step / count) for step in range(count)]
    if dimension.whole:
        even = [float(round(point)) for point in even]
    known = [dimension.value, *([tip.at] if tip else [])]
    return sorted({*even, *(value for value in known if first < value < end), end})


def _bands(dimension: Dimension, points: Sequence[float], tip: Tip | None) -> tuple[Band, ...]:
    """
    Who is cheapest from point to point;
    where the winner changes is exact at the nearest tip, else good for a drawing.
    """
    rows = _rows(dimension, points, tip)
    borders, winners = [points[0]], [rows[0]]
    for (left, right), (row, following) in zip(pairwise(points), pairwise(rows), strict=True):
        if row != following:
            borders.append(_border(dimension, left, right, row, following, tip))
            winners.append(following)
    borders.append(points[-1])
    return tuple(
        Band(first, end, row) for (first, end), row in zip(pairwise(borders), winners, strict=True) if row is not None
    )


def _rows(dimension: Dimension, points: Sequence[float], tip: Tip | None) -> list[int | None]:
    """Who wins at each point."""
    here = bisect_left(points, dimension.value)
    return [*reversed(_outwards(dimension, points[:here][::-1], tip)), *_outwards(dimension, points[here:], tip)]


def _outwards(dimension: Dimension, points: Sequence[float], tip: Tip | None) -> list[int | None]:
    """
    Who wins, from where the input stands to one side:
    as in the search for tips, a winner stays until it is beaten.
    """
    winner = cheapest(dimension.base)
    found = []
    for point in points:
        if tip and point == tip.at:
            winner = tip.row
        elif winner is None or not leads(dimension.totals(point), winner):
            winner = cheapest(dimension.totals(point))
        found.append(winner)
    return found


def _border(
    dimension: Dimension, left: float, right: float, row: int | None, following: int | None, tip: Tip | None
) -> float:
    """Where one row, or nobody, follows another between two points."""
    if tip and (tip.at, cheapest(dimension.base)) == ((right, row) if tip.upwards else (left, following)):
        return tip.at
    if row is not None and not leads(dimension.totals(right), row):
        return solve(dimension, left, right, row, close=_DRAWN)[0]
    # From the left nobody is beaten: there nobody wins, or the two tie on the right. Then somebody follows.
    last = solve(dimension, right, left, cast("int", following), close=_DRAWN)[0]
    return min(last + 1, right) if dimension.whole else last


def _snap(value: float, *, down: bool) -> float:
    """The next 1 or 3 times a power of ten, at or beyond a value."""
    exponent = math.floor(math.log10(value))
    steps = [float(f"{mantissa}e{power}") for power in (exponent, exponent + 1) for mantissa in _MANTISSAS]
    # A step that the value is but for rounding is the step.
    near = [step for step in steps if math.isclose(step, value)]
    if near:
        return near[0]
    return max(step for step in steps if step < value) if down else min(step for step in steps if step > value)
