"""What a plan is asked: what each row costs and how likely it passes, what is known, and what runs today."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from calculators.catalog.cost_comparison.plan.search import Candidate
from calculators.catalog.cost_comparison.plan.worlds import (
    Draws,
    Outlook,
    Remedy,
    found_out,
    independent,
    ladder,
    worlds,
)


class Belief(NamedTuple):
    """
    A share that nobody has measured. [1]

    Attributes:
        chance: As it is taken to be.
        low: As low as it may well be.
        high: As high as it may well be.
    """

    chance: float
    low: float
    high: float


class Prospect(NamedTuple):
    """
    A row before anything is tried.

    Attributes:
        candidate: What it costs where nothing runs that passes.
        beside_today: What it costs where what runs today passes, and runs on until this row is live; none where that
            would be after the end, so that it is not in play there.
        belief: That it passes.
        remedy: What makes it a remedy by its kind, if anything does.
        kind: What kind of first step it is.
    """

    candidate: Candidate
    beside_today: Candidate | None
    belief: Belief
    remedy: Remedy | None
    kind: Hashable


class Reading(Enum):
    """How outcomes are taken to hang together."""

    CURES = auto()
    """Weaker rows on a ladder, remedies that cure a share of the base row's failures."""
    LADDER = auto()
    """A likelier row passes wherever a less likely one does, whatever they are."""
    INDEPENDENT = auto()
    """No row says anything of another."""


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """
    What a plan is asked. Rows and parts are told apart by their place, sets of them are numbers with a bit for each.

    Attributes:
        prospects: The rows.
        parts: What each shared part costs. [USD]
        base: Place of the base row, unless what runs today passes: then it is that one.
        in_play: The rows that may be tried and kept. The others stay in the worlds.
        hard_core: Share of the base row's failures that nothing cures.
        day: What a day of the team costs. [USD]
        passed: The rows that were found to pass.
        failed: The rows that were found to fail.
        paid: The shared parts that are paid.
        today: Place of the row that runs today, which is in play; none where nothing runs. Where it was found neither
            to pass nor to fail, it is measured first.
        tuned: The rows that are tuned.
        worth: What a version that passes is worth over the horizon, where giving up is allowed. [USD]
        worth_it_above: What a change must save on average to be worth it, where the reader says so. [USD]
        order: Pairs of rows, a likelier and a less likely one, that keep their order when a chance moves.
        reading: How outcomes hang together.
    """

    prospects: tuple[Prospect, ...]
    parts: tuple[float, ...]
    base: int
    in_play: int
    hard_core: Belief
    day: float
    passed: int = 0
    failed: int = 0
    paid: int = 0
    today: int | None = None
    tuned: int = 0
    worth: float | None = None
    worth_it_above: float | None = None
    order: tuple[tuple[int, int], ...] = ()
    reading: Reading = Reading.CURES

    @property
    def today_passes(self) -> bool:
        """Whether what runs today was found to pass."""
        return self.today is not None and bool(self.passed >> self.today & 1)

    @property
    def today_untested(self) -> bool:
        """Whether something runs of which it is not known whether it passes."""
        return self.today is not None and not (self.passed | self.failed) >> self.today & 1

    @property
    def outlooks(self) -> list[Outlook]:
        """What is believed of each row."""
        return [Outlook(each.belief.chance, each.remedy) for each in self.prospects]

    def costs(self) -> tuple[list[Candidate], int]:
        """What each row costs, and the rows in play: both beside what runs today where that passes."""
        candidates, in_play = [each.candidate for each in self.prospects], self.in_play
        if self.today_passes:
            for row, each in enumerate(self.prospects):
                if each.beside_today is not None:
                    candidates[row] = each.beside_today
                elif row != self.today:
                    in_play &= ~(1 << row)
        return candidates, in_play

    def worlds(self) -> tuple[Draws, int]:
        """What may be by all that was found out, and the rows whose facts contradict the worlds."""
        base = self.today if self.today is not None and self.today_passes else self.base
        return _known_worlds(
            tuple(self.outlooks), base, self.hard_core.chance, self.reading, passed=self.passed, failed=self.failed
        )


@lru_cache(maxsize=2)
def _known_worlds(
    outlooks: tuple[Outlook, ...], base: int, hard_core: float, reading: Reading, *, passed: int, failed: int
) -> tuple[Draws, int]:
    """`PlanQuestion.worlds`, once for questions that differ in costs only."""
    if reading is Reading.LADDER:
        draws = ladder(outlooks)
    elif reading is Reading.INDEPENDENT:
        draws = independent(outlooks)
    else:
        draws = worlds(outlooks, base, hard_core=hard_core)
    return found_out(draws, passed=passed, failed=failed)
