"""Who is cheapest along one input."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from calculators.catalog.cost_comparison.tipping.rings import nearest_tips
from calculators.catalog.cost_comparison.tipping.solver import Dimension, Tip, cheapest, solve
from calculators.facts import FACTS
from calculators.formulas.units import DECADE

_REACH: Final = FACTS.rule("dial_reach")
_MARGIN: Final = FACTS.rule("dial_margin")
_STEPS_PER_DECADE: Final = int(FACTS.rule("dial_steps"))
_DRAWN: Final = FACTS.rule("drawn_tolerance")
_MANTISSAS: Final = (1.0, FACTS.rule("dial_step"))
"""Where a dial may begin and end: at these times a power of ten, which its labels can write."""


@dataclass(frozen=True, slots=True)
class Band:
    """
    A stretch of the dial with one winner. Where no row can do the job there is none.

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
        dimension: The input. One that stands at 0 is looked at from 1 on.

    Returns:
        The dial; its window is widened until the nearest tip lies inside.
    """
    tip = next(iter(nearest_tips((dimension,), 1)), None)
    here = max(dimension.value, 1.0)
    inside = [here / _REACH, here * _REACH, *([tip.at / _MARGIN, tip.at * _MARGIN] if tip and tip.at > 0 else [])]
    first = max(_snap(min(inside), down=True), 1.0)
    end = min(_snap(max(inside), down=False), dimension.maximum)
    decades = math.log10(end / first)
    count = math.ceil(decades * _STEPS_PER_DECADE)
    points = [float(round(first * DECADE ** (decades * step / count))) for step in range(count + 1)]
    points[-1] = end
    return Dial(dimension.name, dimension.value, first, end, _bands(dimension, points, tip), tip)


def _bands(dimension: Dimension, points: Sequence[float], tip: Tip | None) -> tuple[Band, ...]:
    """Who is cheapest from point to point; where the winner changes is exact at the nearest tip, else good for a drawing."""
    rows = [cheapest(dimension.totals(point)) for point in points]
    borders = [points[0]]
    winners = [rows[0]]
    for (left, right), (row, following) in zip(pairwise(points), pairwise(rows), strict=True):
        if row != following:
            at_tip = tip is not None and left <= tip.at <= right
            borders.append(tip.at if tip and at_tip else _border(dimension, left, right, row, following))
            winners.append(following)
    borders.append(points[-1])
    return tuple(
        Band(first, end, row) for (first, end), row in zip(pairwise(borders), winners, strict=True) if row is not None
    )


def _border(dimension: Dimension, left: float, right: float, row: int | None, following: int | None) -> float:
    """Where one winner follows another, or nobody; good for a drawing."""
    if row is not None:
        return solve(dimension, left, right, row, close=_DRAWN)[0]
    return left if following is None else solve(dimension, right, left, following, close=_DRAWN)[0]


def _decade(exponent: int) -> float:
    """A power of ten."""
    return float(f"1e{exponent}")


def _snap(value: float, *, down: bool) -> float:
    """The next 1 or 3 times a power of ten, at or beyond a value."""
    exponent = math.floor(math.log10(value))
    steps = [mantissa * _decade(power) for power in (exponent - 1, exponent, exponent + 1) for mantissa in _MANTISSAS]
    # A step that the value is but for rounding is the step.
    near = [step for step in steps if math.isclose(step, value)]
    if near:
        return near[0]
    return max(step for step in steps if step < value) if down else min(step for step in steps if step > value)
