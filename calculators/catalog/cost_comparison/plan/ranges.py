"""Chances moved within their ranges: one alone to an end, or all together; neighbours are pushed, never crossed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import count, islice
from math import sqrt
from typing import NamedTuple

from calculators.catalog.cost_comparison.plan.question import PlanQuestion


class ChanceEnd(NamedTuple):
    """
    The chance of a row at an end of its range. Rows that share its remedy go with it.

    Attributes:
        row: Its place: of rows that share a remedy the first.
        chance: How likely it passes there. [1]
        high: Whether it is the upper end.
    """

    row: int
    chance: float
    high: bool


def ends(question: PlanQuestion) -> list[ChanceEnd]:
    """Both ends of each range of rows that matter and were not tested, the nearest first; none that a chance is at."""
    found = []
    seen = set()
    # What was found out of a row stands: its chance is none any more.
    may_move = (question.in_play | 1 << question.base) & ~(question.passed | question.failed)
    for row, (*_, belief, remedy, _) in enumerate(question.prospects):
        if may_move >> row & 1 and remedy not in seen:
            seen |= {remedy} if remedy else set()
            if belief.low < belief.chance:
                found.append(ChanceEnd(row, belief.low, high=False))
            if belief.high > belief.chance:
                found.append(ChanceEnd(row, belief.high, high=True))
    return sorted(found, key=lambda end: abs(end.chance - question.prospects[end.row].belief.chance))


def at_end(question: PlanQuestion, end: ChanceEnd) -> PlanQuestion:
    """The same with the chance of one row at an end of its range, and of those that share its remedy at theirs."""
    remedy = question.prospects[end.row].remedy
    chances = _chances(question)
    for row, each in enumerate(question.prospects):
        if row == end.row or (remedy and each.remedy is remedy):
            chances[row] = each.belief.high if end.high else each.belief.low
    return _with(question, _in_order(question, chances, up=end.high))


def drawn(question: PlanQuestion, number: int) -> PlanQuestion:
    """
    The same with all chances drawn together, uniform in their ranges; rows that share a remedy stand at the same share.

    Where a draw has two rows change places, one of them is pushed: the likelier up in every other draw, else the less
    likely one down.

    Args:
        question: What is asked.
        number: Which draw. It is the same each time, and on every machine.
    """
    chances = []
    first: dict[object, float] = {}
    for row, (*_, belief, remedy, _) in enumerate(question.prospects):
        # Triangular numbers times the root of a prime, less what is whole: spread evenly (Weyl 1916), and no two rows
        # move as one.
        share = first.setdefault(remedy or row, ((number + 1) * (number + 2) / 2 * _root(row)) % 1)
        tested = (question.passed | question.failed) >> row & 1
        chances.append(belief.chance if tested else belief.low + share * (belief.high - belief.low))
    return _with(question, _in_order(question, chances, up=bool(number & 1)))


def _chances(question: PlanQuestion) -> list[float]:
    """The chance of each row."""
    return [each.belief.chance for each in question.prospects]


def _with(question: PlanQuestion, chances: Sequence[float]) -> PlanQuestion:
    """The same with other chances."""
    prospects = tuple(
        each._replace(belief=each.belief._replace(chance=chance))
        for each, chance in zip(question.prospects, chances, strict=True)
    )
    return replace(question, prospects=prospects)


def _in_order(question: PlanQuestion, chances: list[float], *, up: bool) -> list[float]:
    """Chances pushed up, or down, until all stand in the order that they had."""
    before = _chances(question)
    pairs = [(likelier, less) for likelier, less in question.order if before[likelier] >= before[less]]
    # Rows of one remedy that are as likely as each other stay so.
    pairs += [
        (row, other)
        for row, each in enumerate(question.prospects)
        for other, also in enumerate(question.prospects)
        if row != other and each.remedy and each.remedy is also.remedy and before[row] == before[other]
    ]
    crossed = True
    while crossed:
        crossed = False
        for likelier, less in pairs:
            if chances[likelier] < chances[less]:
                crossed = True
                if up:
                    chances[likelier] = chances[less]
                else:
                    chances[less] = chances[likelier]
    return chances


@cache
def _root(place: int) -> float:
    """The square root of a prime, another one for each place."""
    primes = (number for number in count(2) if all(number % divisor for divisor in range(2, number)))
    return sqrt(next(islice(primes, place, None)))
