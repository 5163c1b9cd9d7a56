"""
Where along one input the kind of first step turns: the nearest such values, one input at a time.

Every input is moved both ways from where it stands, to three times and a third. Where the kind is another there, the
first of a quarter, of twice or half, and of three times or a third at which it is another is narrowed down, to three
digits. What that promises of each turn: at its value the kind is another, and one step nearer it is not; for whole
numbers one step is one.

And what it does not promise:

- A kind that comes and goes on the way to three times or a third is passed over, and so is one that comes and goes
  between two of the values looked at.
- Where the margin shows that costs there can turn nothing, nothing is solved.
- An input at 0 has no factor, and is not moved.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.course import Ending, FirstStep
from calculators.catalog.cost_comparison.plan.kinds import Kinds
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.facts import FACTS
from calculators.formulas.units import DECADE
from calculators.slices import Steps

FRAGILE_CHANGE: Final = FACTS.rule("fragile_change")
"""A change of any one input by less than this must not turn an answer that is robust. [share of the input]"""
_RINGS: Final = tuple(map(FACTS.rule, ("tip_ring", "tip_reach")))
_DIGITS: Final = int(FACTS.rule("tip_digits"))


@dataclass(frozen=True)
class Lever:
    """
    An input that can be moved.

    Attributes:
        cause: What it is called, for whoever asks.
        value: Where it stands.
        minimum: Its smallest value.
        maximum: Its largest value.
        asked: Begins to move it: gives the question as a function of its value.
        whole: Whether only whole numbers count.
        odds: Whether it is a chance, which is moved by its odds.
        range: As low and as high as it may well be: looked at though that is further than its odds are moved.
    """

    cause: Hashable
    value: float
    minimum: float
    maximum: float
    asked: Callable[[], Callable[[float], PlanQuestion]]
    whole: bool = False
    odds: bool = False
    range: tuple[float, ...] = ()

    def distance(self, at: float) -> float:
        """How far away a value is as a factor, the same both ways. [1]"""
        here, there = (value / (1 - value) if self.odds and value < 1 else value for value in (self.value, at))
        factor = there / here if here else inf
        return max(factor, 1 / factor) if factor > 0 else inf

    def stops(self) -> tuple[list[float], list[float]]:
        """Where to look, away from 0 and towards it, the nearest first."""
        away = (1 + FRAGILE_CHANGE, *_RINGS)
        towards = (1 - FRAGILE_CHANGE, *(1 / ring for ring in _RINGS))
        return self._along(away, away=True), self._along(towards, away=False)

    def between(self, near: float, far: float) -> float | None:
        """A value about half-way between two others, with few digits; none where there is none."""
        middle = (near + far) / 2
        if not self.whole or abs(middle) >= DECADE ** (_DIGITS - 1):
            middle = float(f"{middle:.{_DIGITS - 1 - self.odds}e}")
        if self.whole:
            middle = float(round(middle))
        return middle if min(near, far) < middle < max(near, far) else None

    def _along(self, factors: Iterable[float], *, away: bool) -> list[float]:
        values = [self._times(factor) for factor in factors]
        values += [value for value in self.range if (value > self.value) == away]
        if self.whole:
            values = [float(floor(value) if value > self.value else ceil(value)) for value in values]
        found = {min(max(value, self.minimum), self.maximum) for value in values} - {self.value}
        return sorted(found, key=lambda value: abs(value - self.value))

    def _times(self, factor: float) -> float:
        if self.odds:
            return self.value * factor / (1 + self.value * (factor - 1))
        return self.value * factor


class Turn(NamedTuple):
    """
    A value of one input at which the kind of first step is another.

    Attributes:
        cause: What the input is called.
        value: Where it stands.
        at: Where the kind is another: nearer it is not.
        to: What is tried first there.
        distance: How far away that is, as a factor. [1]
    """

    cause: Hashable
    value: float
    at: float
    to: FirstStep
    distance: float

    @property
    def upwards(self) -> bool:
        """Whether the input must grow to get there."""
        return self.at > self.value


def turns(
    question: PlanQuestion, groups: Iterable[Iterable[Lever]], most: int, *, making: int = 0
) -> Steps[tuple[Turn, ...]]:
    """
    Look for the nearest values that turn the kind, and tell after each look how many stages and worlds it took.

    Args:
        question: What is asked.
        groups: Inputs in groups, those first that are named first. A group is looked at only if those before it turn
            the kind less often than is wanted.
        most: How many to return at most.
        making: What it takes to make a question with an input moved, in the same measure.

    Returns:
        One for each input, group by group, the nearest first.
    """
    kinds = Kinds(question)
    yield kinds.work
    found: list[Turn] = []
    for group in groups:
        wanted = most - len(found)
        if wanted <= 0:
            break
        brackets: list[Bracket] = []
        for lever in group:
            moving = Moving(lever, kinds, making)
            for stops in lever.stops():
                brackets += yield from moving.brackets(stops)
        nearest: list[Turn] = []
        for bracket in sorted(brackets, key=lambda bracket: bracket.distance):
            if len(nearest) >= wanted and nearest[wanted - 1].distance <= bracket.distance:
                break
            turn = yield from bracket.moving.turn(bracket)
            if all(turn.cause != other.cause for other in nearest):
                nearest = sorted([*nearest, turn], key=lambda turn: turn.distance)
        found += nearest[:wanted]
    return tuple(found)


class Bracket(NamedTuple):
    """
    Two values of one input between which the kind of first step turns.

    Attributes:
        moving: The input, moved.
        near: Where the kind is the same, or the input stands.
        far: Where it is another.
    """

    moving: "Moving"
    near: float
    far: float

    @property
    def distance(self) -> float:
        """How far away the turn is at least, as a factor. [1]"""
        return self.moving.lever.distance(self.near)


class Moving:
    """
    One input moved: what is tried first at each value, looked up once.

    Attributes:
        lever: The input.
    """

    def __init__(self, lever: Lever, kinds: Kinds, making: int) -> None:
        """
        Move nothing yet.

        Args:
            lever: The input.
            kinds: What is tried first where it stands.
            making: What it takes to make a question with an input moved, in the measure of `kinds`.
        """
        self.lever = lever
        self._kinds = kinds
        self._making = making
        self._asked: Callable[[float], PlanQuestion] | None = None
        self._known = {lever.value: kinds.first}
        self._told = kinds.work

    def first(self, value: float) -> FirstStep:
        """What is tried first at a value."""
        if value not in self._known:
            self._known[value] = self._kinds.of(self._question(value))
        return self._known[value]

    def surely_the_same(self, value: float) -> bool:
        """Whether the kind surely is the same at a value; what is tried first there is known only where it is not."""
        changed = self._question(value)
        if self._kinds.surely_the_same(changed):
            return True
        self._known[value] = self._kinds.of(changed)
        return False

    def work(self) -> int:
        """How much was looked at since this was asked before."""
        told, self._told = self._told, self._kinds.work
        return self._told - told

    def brackets(self, stops: list[float]) -> Steps[list[Bracket]]:
        """Look where the kind turns on the way over some stops; nowhere where it is the same at the last."""
        before = self._kinds.first.kind
        self.work()
        if not stops or self.surely_the_same(stops[-1]) or self.first(stops[-1]).kind == before:
            yield self.work()
            return []
        near = self.lever.value
        for stop in stops:
            yield self.work()
            kind = self.first(stop).kind
            if self.lever.odds and stop > self.lever.value and kind is Ending.NOTHING:
                # More hope is no reason to give up: a likelier row that was found to fail says so of its neighbours.
                return []
            if kind != before:
                return [Bracket(self, near, stop)]
            near = stop
        return []

    def turn(self, bracket: Bracket) -> Steps[Turn]:
        """Narrow down where the kind turns."""
        self.work()
        lever = self.lever
        at = yield from self.border(bracket.near, bracket.far)
        return Turn(lever.cause, lever.value, at, self.first(at), lever.distance(at))

    def border(self, near: float, far: float) -> Steps[float]:
        """Narrow down where the kind at a value ends on the way to another: the first value beyond it."""
        before = self.first(near).kind
        while (middle := self.lever.between(near, far)) is not None:
            if self.first(middle).kind == before:
                near = middle
            else:
                far = middle
            yield self.work()
        return far

    def _question(self, value: float) -> PlanQuestion:
        if self._asked is None:
            self._asked = self.lever.asked()
        self._kinds.work += self._making
        return self._asked(value)
