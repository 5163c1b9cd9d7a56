"""
Where along one input the winner changes.

Everything here runs on totals: what they are of is not known.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from calculators.facts import FACTS

type Totals = tuple[float, ...]
"""Total of every row; infinite for one that cannot do the job. [USD]"""

type Evaluate = Callable[[float], Totals]
"""Totals with one input set to a value."""

_DETOURS: Final = int(FACTS.rule("straight_steps"))
_HALVINGS: Final = int(FACTS.rule("halving_steps"))
_CLOSE: Final = FACTS.rule("tip_tolerance")
_BORDER: Final = FACTS.rule("drawn_tolerance")
_ROUNDING: Final = FACTS.rule("rounding_tolerance")


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    An input that can be moved.

    Attributes:
        name: Its name.
        value: Where it stands.
        minimum: Smallest value, finite.
        maximum: Largest value, finite.
        whole: Whether only whole numbers count.
        base: Totals with the input where it stands.
        evaluate: Totals with this input set to a value.
        known: Totals at the values looked at so far.
    """

    name: str
    value: float
    minimum: float
    maximum: float
    whole: bool
    base: Totals
    evaluate: Evaluate
    known: dict[float, Totals] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.known[self.value] = self.base

    def totals(self, value: float) -> Totals:
        """Totals with this input set to a value, computed once for each value. [USD]"""
        if value not in self.known:
            self.known[value] = self.evaluate(value)
        return self.known[value]


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
        factor = self.at / self.value if self.value else 0.0
        return max(factor, 1 / factor) if factor > 0 else math.inf


def cheapest(totals: Totals) -> int | None:
    """Index of the smallest total; the first of those equal but for rounding; nothing where none is finite."""
    return next((row for row in range(len(totals)) if leads(totals, row)), None)


def leads(totals: Totals, row: int) -> bool:
    """Whether no other row costs less than this one but for rounding: a tie is no change of winner."""
    least = min(totals)
    return least < math.inf and totals[row] - least <= rounding(least)


def rounding(total: float) -> float:
    """How far the same amounts, added in another order, may lie from a total, or from what adds up to nothing. [USD]"""
    return _ROUNDING * max(abs(total), 1.0)


def solve(
    dimension: Dimension, same: float, other: float, winner: int, *, close: float = 0.0
) -> tuple[float, int | None]:
    """
    Narrow down where a winner is beaten, between a value where it leads and one where it does not.

    Straight lines first (most inputs are), halving where a step, a bend or a tie defeats them. The lead is measured
    against the row that is cheapest on the far side: against the nearest it would be nothing for as long as two tie.

    Args:
        dimension: The input.
        same: A value where the winner leads.
        other: A value where it does not.
        winner: Index of the winner.
        close: How close to each other two values end the search, as a share of themselves. [1]

    Returns:
        Where two totals are equal to a tenth of a cent; at a step the first value beyond, as near as halving goes, and
        for whole numbers exactly. And the row that takes over there; nothing if none is finite.
    """
    low, high = same, other
    detours = _DETOURS
    for step in range(_DETOURS + _HALVINGS):
        if abs(high - low) <= close * abs(low):
            break
        middle = _between(dimension, low, high, _share(dimension, low, high, winner) if step < detours else None)
        if middle in (low, high):
            break
        if leads(dimension.totals(middle), winner):
            low = middle
        else:
            high = middle
        if dimension.whole or not _meet(dimension, middle, high, winner):
            continue
        # Equal totals are a tip only if the winner is beaten there or a little further on; else two rows tie awhile.
        further = _further(dimension, low, high, winner)
        if leads(dimension.totals(further), winner):
            low, detours = further, 0
        elif _meet(dimension, middle, further, winner):
            return middle, cheapest(dimension.totals(further))
        else:
            high = further
    return high, cheapest(dimension.totals(high))


def last_able(dimension: Dimension, able: float, unable: float, row: int) -> float:
    """
    Find where a row can do the job for the last time on the way from a value where it can to one where it cannot.

    Args:
        dimension: The input.
        able: A value where it can.
        unable: A value where it cannot.
        row: Index of the row.

    Returns:
        The value; for a number that is not whole, one no further before it than a drawing would show.
    """
    for _ in range(_HALVINGS):
        if abs(able - unable) <= max(dimension.whole, _BORDER * abs(able)):
            break
        middle = (able + unable) / 2
        if dimension.whole:
            middle = float(math.floor(middle))
        if math.isfinite(dimension.totals(middle)[row]):
            able = middle
        else:
            unable = middle
    return able


def _between(dimension: Dimension, low: float, high: float, share: float | None) -> float:
    """A value between two: after a share of the way, else in the middle. One of the two if there is none between."""
    half = (low + high) / 2
    middle = half if share is None else low + (high - low) * share
    if dimension.whole:
        middle, onwards = math.floor(middle), 1 if high > low else -1
        return low + onwards if middle == low else high - onwards if middle == high else middle
    return half if middle in (low, high) else middle


def _leads_by(dimension: Dimension, low: float, high: float, winner: int) -> tuple[float, float]:
    """By how much the winner leads at two values the row that is cheapest at the second. [USD]"""
    before, after = dimension.totals(low), dimension.totals(high)
    taker = cheapest(after)
    if taker is None:
        return math.inf, math.inf
    return before[taker] - before[winner], after[taker] - after[winner]


def _share(dimension: Dimension, low: float, high: float, winner: int) -> float | None:
    """After which share of the way a straight line is at nought; nothing where the two lie on none, or tie."""
    ahead, behind = _leads_by(dimension, low, high, winner)
    tie = ahead <= rounding(dimension.totals(low)[winner])
    return None if tie or math.isinf(ahead) or math.isinf(behind) else ahead / (ahead - behind)


def _meet(dimension: Dimension, value: float, beyond: float, winner: int) -> bool:
    """Whether at a value the winner and the row that is cheapest beyond are equal to a tenth of a cent."""
    lead, _ = _leads_by(dimension, value, beyond, winner)
    return abs(lead) < _slack(dimension.totals(value)[winner])


def _further(dimension: Dimension, low: float, high: float, winner: int) -> float:
    """Where a straight line has the winner clearly beaten, on the way to a value where it is."""
    ahead, behind = _leads_by(dimension, low, high, winner)
    ahead = max(ahead, 0.0)
    share = (ahead + 2 * _slack(dimension.totals(low)[winner])) / (ahead - behind)
    return high if share >= 1 else low + (high - low) * share


def _slack(total: float) -> float:
    """How equal two totals are at a tip: to a tenth of a cent, or but for rounding where that is more. [USD]"""
    return max(_CLOSE, rounding(total))
