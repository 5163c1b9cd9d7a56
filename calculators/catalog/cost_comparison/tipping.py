"""
Where the answer tips: the nearest single input that would change the winner, and the dial along one input.

Everything here runs on totals. An input is moved outwards from where it stands, all inputs alike, until one of them
names another winner; then that one point is solved for.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from calculators.facts import FACTS
from calculators.formulas.units import DECADE

type Totals = tuple[float, ...]
"""Total of every row in the running; infinite for one that is not. [USD]"""

type Evaluate = Callable[[float], Totals]
"""Totals with one input set to a value."""

FRAGILE_CHANGE: Final = FACTS.rule("fragile_change")
"""A change of any one input by less than this makes an answer fragile. [share of the input]"""

_RINGS: Final = (1 + FRAGILE_CHANGE, *map(FACTS.rule, ("second_ring", "third_ring", "fourth_ring")))
_DETOURS: Final = int(FACTS.rule("straight_steps"))
_HALVINGS: Final = int(FACTS.rule("halving_steps"))
_EQUAL: Final = FACTS.rule("tip_tolerance")
_REACH: Final = FACTS.rule("dial_reach")
_MARGIN: Final = FACTS.rule("dial_margin")
_STEPS_PER_DECADE: Final = int(FACTS.rule("dial_steps"))
_DRAWN: Final = FACTS.rule("drawn_tolerance")
_MANTISSAS: Final = (1.0, FACTS.rule("dial_step"))
"""Where a dial may begin and end: at these times a power of ten, which its labels can write."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    An input that can be moved.

    Attributes:
        name: Its name.
        value: Where it stands.
        minimum: Smallest value.
        maximum: Largest value.
        whole: Whether only whole numbers count.
        base: Totals with the input where it stands.
        evaluate: Totals with this input set to a value.
    """

    name: str
    value: float
    minimum: float
    maximum: float
    whole: bool
    base: Totals
    evaluate: Evaluate


@dataclass(frozen=True, slots=True)
class Tip:
    """
    A value of one input at which another row becomes the cheapest.

    Attributes:
        name: The input.
        value: Where it stands.
        at: Where two totals are equal. For whole numbers the first value at which the other row is cheaper.
        row: Index of the row that takes over.
    """

    name: str
    value: float
    at: float
    row: int

    @property
    def upwards(self) -> bool:
        """Whether the input must grow to get there."""
        return self.at > self.value

    @property
    def change(self) -> float:
        """How far away it is, as a share of the input as it stands. Infinite from 0. [1]"""
        return abs(self.at - self.value) / abs(self.value) if self.value else math.inf

    @property
    def distance(self) -> float:
        """How far away it is as a factor, the same up and down: twice as much is as far as half. [1]"""
        if self.value == 0 or self.at == 0:
            return math.inf
        factor = self.at / self.value
        return max(factor, 1 / factor) if factor > 0 else math.inf


def cheapest(totals: Totals) -> int:
    """Index of the smallest total; the first of equals."""
    return totals.index(min(totals))


def _lead(totals: Totals, winner: int) -> float:
    """How much less the winner costs than the cheapest of the others; infinite if there is no other. [USD]"""
    return min((total for row, total in enumerate(totals) if row != winner), default=math.inf) - totals[winner]


def nearest_tips(dimensions: Iterable[Dimension], most: int) -> tuple[Tip, ...]:
    """
    Find the nearest values of single inputs that change the winner.

    Args:
        dimensions: Inputs that can be moved.
        most: How many to return at most.

    Returns:
        The nearest first, at most one for each input and direction.
    """
    edges = [_Edge(dimension, upwards) for dimension in dimensions for upwards in (True, False)]
    tips: list[Tip] = []
    for ring in (*_RINGS, math.inf):
        edges = [edge for edge in edges if edge.open]
        tips += [tip for edge in edges if (tip := edge.push(ring)) is not None]
        if tips:
            break
    return tuple(sorted(tips, key=lambda tip: (tip.distance, tip.change))[:most])


class _Edge:
    """How far one input has been moved one way without the winner changing."""

    def __init__(self, dimension: Dimension, upwards: bool) -> None:
        self.dimension = dimension
        self.upwards = upwards
        self.at = dimension.value
        self.open = True
        self.winner = cheapest(dimension.base)

    def push(self, ring: float) -> Tip | None:
        dimension = self.dimension
        target = self._target(ring)
        if target == self.at:
            self.open = target != self._limit()
            return None
        totals = dimension.evaluate(target)
        if cheapest(totals) == self.winner:
            helps = self.at == dimension.value and self._only_helps(totals)
            self.at = target
            self.open = not helps and target != self._limit()
            return None
        self.open = False
        at, row = _solve(dimension, self.at, target, self.winner)
        return Tip(dimension.name, dimension.value, at, row)

    def _only_helps(self, totals: Totals) -> bool:
        """
        Whether moving on only helps the winner, or moves nothing: its lead has not shrunk, and is no smaller at the
        far end. A level stretch alone says nothing: it may end in a step.
        """
        lead = _lead(totals, self.winner)
        if lead < _lead(self.dimension.base, self.winner):
            return False
        far = self.dimension.evaluate(self._limit())
        return cheapest(far) == self.winner and _lead(far, self.winner) >= lead

    def _limit(self) -> float:
        return self.dimension.maximum if self.upwards else self.dimension.minimum

    def _target(self, ring: float) -> float:
        value, limit = self.dimension.value, self._limit()
        if ring == math.inf or value == 0 or limit == math.inf:
            return limit if ring == math.inf else self.at
        moved = value * ring if (value > 0) == self.upwards else value / ring
        if ring == _RINGS[0] and (value > 0) != self.upwards:
            moved = value * (1 - FRAGILE_CHANGE)
        if self.dimension.whole:
            moved = math.ceil(moved) if self.upwards else math.floor(moved)
        return min(moved, limit) if self.upwards else max(moved, limit)


def _solve(dimension: Dimension, same: float, other: float, winner: int, *, close: float = 0.0) -> tuple[float, int]:
    """
    Narrow down where the winner changes, between a value where it has not and one where it has.

    Straight lines first (most inputs are), halving where a step or a bend defeats them. It ends early where the two
    values are as close to each other, as a share of themselves, as is asked.
    """
    low, low_lead = same, _lead(dimension.evaluate(same), winner)
    high_totals = dimension.evaluate(other)
    high, high_lead = other, _lead(high_totals, winner)
    for step in range(_DETOURS + _HALVINGS):
        if abs(high - low) <= max(dimension.whole, close * abs(low)):
            break
        straight = step < _DETOURS and math.isfinite(low_lead) and math.isfinite(high_lead) and low_lead > high_lead
        middle = low + (high - low) * (low_lead / (low_lead - high_lead)) if straight else (low + high) / 2
        if dimension.whole:
            middle = math.floor(middle)
            if middle in (low, high):
                middle = low + (1 if high > low else -1)
        elif middle in (low, high):
            middle = (low + high) / 2
            if middle in (low, high):
                break
        totals = dimension.evaluate(middle)
        middle_lead = _lead(totals, winner)
        if cheapest(totals) == winner:
            low, low_lead = middle, middle_lead
        else:
            high, high_lead, high_totals = middle, middle_lead, totals
        if not dimension.whole and abs(middle_lead) < _EQUAL:
            high, high_totals = middle, totals if cheapest(totals) != winner else high_totals
            break
    rivals = tuple(math.inf if row == winner else total for row, total in enumerate(high_totals))
    return high, cheapest(rivals)


@dataclass(frozen=True, slots=True)
class Band:
    """
    A stretch of the dial with one winner.

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
    bands: list[Band] = []
    start, known = points[0], points[0]
    row = cheapest(dimension.evaluate(known))
    for point in points[1:]:
        found = cheapest(dimension.evaluate(point))
        if found != row:
            at_tip = tip is not None and known <= tip.at <= point
            border = tip.at if tip and at_tip else _solve(dimension, known, point, row, close=_DRAWN)[0]
            bands.append(Band(start, border, row))
            start, row = border, found
        known = point
    bands.append(Band(start, points[-1], row))
    return tuple(bands)


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
