"""
The kind of first step along one input: the dial.

The input is looked at evenly on a logarithmic scale, where it stands, and where a search for turns would look. Between
two neighbours of one kind that kind is taken to stand: a band so narrow that it begins and ends between them is not
seen. Between two of different kinds where one ends is narrowed down, and the other is taken to begin there.
"""

import math
from bisect import bisect_left
from collections.abc import Hashable
from itertools import pairwise
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.course import FirstStep
from calculators.catalog.cost_comparison.plan.kinds import Kinds
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.turning import Lever, Moving
from calculators.facts import FACTS
from calculators.formulas.units import DECADE
from calculators.slices import Steps

_REACH: Final = FACTS.rule("dial_reach")
_STEPS_PER_DECADE: Final = int(FACTS.rule("dial_steps"))
_MANTISSAS: Final = (1.0, FACTS.rule("dial_step"))
"""Where a dial may begin and end: at these times a power of ten, which its labels can write."""


class Band(NamedTuple):
    """
    A stretch of the dial with one kind of first step.

    Attributes:
        first: Where it begins.
        end: Where it ends.
        to: What is tried first there: of several rows of the kind, that nearest to where the input stands.
    """

    first: float
    end: float
    to: FirstStep


class Dial(NamedTuple):
    """
    The kind of first step along one input, on a logarithmic scale.

    Attributes:
        cause: What the input is called.
        value: Where the reader is.
        first: Left end of the scale.
        end: Right end.
        bands: From left to right. Two neighbours differ in kind.
    """

    cause: Hashable
    value: float
    first: float
    end: float
    bands: tuple[Band, ...]

    @property
    def turn(self) -> float | None:
        """The nearest value, by its factor, at which the kind turns; none where it is the same all along."""
        here = max(self.value, self.first)
        return min((band.first for band in self.bands[1:]), key=lambda at: abs(math.log(at / here)), default=None)


def dial(question: PlanQuestion, lever: Lever, *, making: int = 0) -> Steps[Dial]:
    """
    Say what is tried first along one input, and tell after each look how many stages and worlds it took.

    Args:
        question: What is asked.
        lever: The input, which may be above 0. One that stands at 0 is looked at around 1.
        making: What it takes to make a question with the input moved, in the same measure.

    Returns:
        The dial, about a factor of ten either side of where the input stands.
    """
    kinds = Kinds(question)
    moving = Moving(lever, kinds, making)
    yield kinds.work
    first, end = _window(lever)
    points = _points(lever, first, end)
    firsts = []
    for point in points:
        # Where the kind surely is the same, so is the row, as far as a dial tells.
        same = point != lever.value and moving.surely_the_same(point)
        firsts.append(kinds.first if same else moving.first(point))
        yield moving.work()
    here = bisect_left(points, lever.value)
    borders, found = [first], [firsts[0]]
    for place, ((left, right), (before, after)) in enumerate(zip(pairwise(points), pairwise(firsts), strict=True)):
        if before.kind != after.kind:
            # From where the input stands outwards, as a search for turns goes.
            outwards = place >= here
            borders.append((yield from moving.border(*((left, right) if outwards else (right, left)))))
            found.append(after)
        elif place < here:
            found[-1] = after
    borders.append(end)
    bands = tuple(Band(left, right, to) for (left, right), to in zip(pairwise(borders), found, strict=True))
    return Dial(lever.cause, lever.value, first, end, bands)


def _window(lever: Lever) -> tuple[float, float]:
    """Where the scale begins and ends."""
    here = lever.value if lever.value > 0 else 1.0
    lowest = 1.0 if lever.whole else 0.0
    first = _snap(max(here / _REACH, lowest), down=True)
    return max(first, lever.minimum), min(_snap(here * _REACH, down=False), lever.maximum)


def _points(lever: Lever, first: float, end: float) -> list[float]:
    """Values to look at: evenly on the scale, where the input stands, and where a search for turns would look."""
    decades = math.log10(end / first)
    count = math.ceil(decades * _STEPS_PER_DECADE)
    even = [first * DECADE ** (decades * step / count) for step in range(count)]
    if lever.whole:
        even = [float(round(point)) for point in even]
    away, towards = lever.stops()
    return sorted({*even, *(value for value in (lever.value, *away, *towards) if first < value < end), first, end})


def _snap(value: float, *, down: bool) -> float:
    """The next 1 or 3 times a power of ten, at or beyond a value."""
    exponent = math.floor(math.log10(value))
    steps = [float(f"{mantissa}e{power}") for power in (exponent, exponent + 1) for mantissa in _MANTISSAS]
    # A step that the value is but for rounding is the step.
    near = [step for step in steps if math.isclose(step, value)]
    if near:
        return near[0]
    return max(step for step in steps if step < value) if down else min(step for step in steps if step > value)
