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
"""Total of every row in the running; infinite for one that is not. [USD]"""

type Evaluate = Callable[[float], Totals]
"""Totals with one input set to a value."""

_DETOURS: Final = int(FACTS.rule("straight_steps"))
_HALVINGS: Final = int(FACTS.rule("halving_steps"))
_EQUAL: Final = FACTS.rule("tip_tolerance")


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
        if self.value == 0 or self.at == 0:
            return math.inf
        factor = self.at / self.value
        return max(factor, 1 / factor) if factor > 0 else math.inf


def cheapest(totals: Totals) -> int:
    """Index of the smallest total; the first of equals."""
    return totals.index(min(totals))


def lead(totals: Totals, winner: int) -> float:
    """How much less the winner costs than the cheapest of the others; infinite if there is no other. [USD]"""
    return min((total for row, total in enumerate(totals) if row != winner), default=math.inf) - totals[winner]


def solve(dimension: Dimension, same: float, other: float, winner: int, *, close: float = 0.0) -> tuple[float, int]:
    """
    Narrow down where the winner changes, between a value where it has not and one where it has.

    Straight lines first (most inputs are), halving where a step or a bend defeats them. It ends early where the two
    values are as close to each other, as a share of themselves, as is asked.
    """
    low, low_lead = same, lead(dimension.totals(same), winner)
    high_totals = dimension.totals(other)
    high, high_lead = other, lead(high_totals, winner)
    for step in range(_DETOURS + _HALVINGS):
        if abs(high - low) <= max(dimension.whole, close * abs(low)):
            break
        straight = step < _DETOURS and math.isfinite(low_lead) and math.isfinite(high_lead) and low_lead > high_lead
        middle = low + (high - low) * (low_lead / (low_lead - high_lead)) if straight else (low + high) / 2
        if dimension.whole:
            middle, onwards = math.floor(middle), 1 if high > low else -1
            middle = low + onwards if middle == low else high - onwards if middle == high else middle
        elif middle in (low, high):
            middle = (low + high) / 2
            if middle in (low, high):
                break
        totals = dimension.totals(middle)
        middle_lead = lead(totals, winner)
        if cheapest(totals) == winner:
            low, low_lead = middle, middle_lead
        else:
            high, high_lead, high_totals = middle, middle_lead, totals
        if not dimension.whole and abs(middle_lead) < _EQUAL:
            high, high_totals = middle, totals if cheapest(totals) != winner else high_totals
            break
    rivals = tuple(math.inf if row == winner else total for row, total in enumerate(high_totals))
    return high, cheapest(rivals)
