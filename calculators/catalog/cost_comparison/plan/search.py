"""
The order of trials that costs least on average, exactly: dynamic programming over what is paid and what is known.

Where a plan stands is told by sets of parts, rows and worlds. What can no longer matter is taken out of them, so that
many ways there meet; and no trial is followed up that would not pay even if all that comes after it were known for
nothing.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from math import inf, isclose
from typing import NamedTuple

from calculators.catalog.cost_comparison.plan.sets import places, sums, unions
from calculators.catalog.cost_comparison.plan.worlds import Draws


class Candidate(NamedTuple):
    """
    What a row costs.

    Attributes:
        find_out: What is spent until it is known whether it passes, shared parts apart. [USD]
        parts: The shared parts that it takes to find out: each is paid once, whoever else needs it.
        go_live: What is spent on it only if it is kept. [USD]
        keep: What it costs after that over the horizon. [USD]
    """

    find_out: float
    parts: int
    go_live: float
    keep: float

    @property
    def after(self) -> float:
        """What it comes to once it has passed: going live and keeping. [USD]"""
        return self.go_live + self.keep


class Stage(NamedTuple):
    """
    Where a plan stands.

    Attributes:
        paid: The shared parts that are paid.
        left: The rows that may be tried.
        alive: The worlds that may still be.
        hand: Place of the cheapest row that is known to pass; the place after all rows where none is, or where giving
            up costs less.
    """

    paid: int
    left: int
    alive: int
    hand: int


class Trial(NamedTuple):
    """
    A row tried.

    Attributes:
        row: Its place.
        find_out: What is spent until it is known whether it passes, with the shared parts not yet paid. [USD]
        chance: That it passes, by what is known before. [1]
        passed: Where the plan stands if it passes.
        failed: Where the plan stands if it fails.
    """

    row: int
    find_out: float
    chance: float
    passed: Stage
    failed: Stage


class _Known:
    """
    The worlds of all draws side by side, as sets of numbers. They are the same whatever anything costs.

    Attributes:
        worlds: How many there are.
        passing: For each row the worlds in which it passes.
        drawn_with: For each row the worlds of its draw.
        able: What passes in any of some worlds.
        telling: The worlds that tell of any of some rows.
        split: What a trial of a row tells, in some worlds: the chance that it passes, and of the worlds that tell of
            it those in which it passes and those in which it fails.
    """

    def __init__(self, rows: int, draws: Draws, in_play: int) -> None:
        """Number the worlds."""
        worlds = [world for draw in draws for world in draw.worlds]
        passing, drawn_with = [0] * rows, [0] * rows
        for place, world in enumerate(worlds):
            for row in places(world.passing & in_play):
                passing[row] |= 1 << place
        first = 1
        for draw in draws:
            end = first << len(draw.worlds)
            for row in places(draw.rows & in_play):
                drawn_with[row] = end - first
            first = end
        weight = sums([world.weight for world in worlds])

        @cache
        def split(row: int, alive: int) -> tuple[float, int, int]:
            drawn = alive & drawn_with[row]
            passes = drawn & passing[row]
            return weight(passes) / weight(drawn) if drawn else 0.0, passes, drawn ^ passes

        self.worlds = len(worlds)
        self.passing = passing
        self.able = unions([world.passing for world in worlds])
        self.telling = unions(drawn_with)
        self.split = split


_known = lru_cache(maxsize=2)(_Known)
"""Worlds are laid out once where only costs differ from question to question."""


class Search:
    """
    The best plan from any stage, each worked out once.

    A plan tries one row after another, and keeps the cheapest that passed. It may stop where a row is in hand; where a
    worth is given, it may also give up, which costs that sum. It must stop where nothing that may be tried can pass:
    without a worth, that costs nothing. A row is tried only if its go live + keep is below what stopping costs.

    Attributes:
        candidates: What each row costs.
        outset: Where the plan begins.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        parts: Sequence[float],
        draws: Draws,
        *,
        in_play: int,
        paid: int = 0,
        passed: int = 0,
        worth: float | None = None,
    ) -> None:
        """
        Lay the worlds of all draws side by side.

        Args:
            candidates: What each row costs.
            parts: What each shared part costs. [USD]
            draws: What passes with what, by all that has been found out.
            in_play: The rows that may be tried and kept. The others stay in the worlds.
            paid: The shared parts that are paid already.
            passed: The rows that were found to pass.
            worth: What a version that passes is worth over the horizon, where giving up is allowed. [USD]
        """
        after = [each.after for each in candidates]
        nothing = len(candidates)
        hand = min(places(passed & in_play), key=after.__getitem__, default=nothing)
        if worth is not None and hand != nothing and worth < after[hand]:
            hand = nothing
        after.append(inf if worth is None else worth)

        known = _known(len(candidates), draws, in_play)
        self.candidates = candidates
        self.outset = Stage(paid, in_play, (1 << known.worlds) - 1, hand)
        self._after = after
        self._rising = sorted(places(in_play), key=after.__getitem__)
        self._cheaper = [sum([1 << row for row in self._rising if after[row] < most]) for most in after]
        self._worlds = known.worlds
        self._passing = known.passing
        self._able = known.able
        self._telling = known.telling
        self._split = known.split
        self._cost = sums(parts)
        self._needed = unions([each.parts for each in candidates])
        self._bounds: dict[tuple[int, int], float] = {}
        self._values: dict[tuple[int, int, int, int], float] = {}

    @property
    def looked_at(self) -> int:
        """How many worlds there are and stages were valued: a measure of the work, the same on every machine."""
        return self._worlds + len(self._values)

    def value(self, stage: Stage) -> float:
        """What the best plan from a stage comes to on average: trials, go live and keep. [USD]"""
        return self._value(*stage)

    def stop(self, stage: Stage) -> float:
        """What it comes to if the plan stops there; infinite where it may not. [USD]"""
        return self._after[stage.hand]

    def in_hand(self, stage: Stage) -> int | None:
        """Place of the row that is kept if the plan stops there, if there is one."""
        return stage.hand if stage.hand < len(self.candidates) else None

    def at_the_end(self, stage: Stage) -> float:
        """What is still to pay if the plan ends there: go live and keep, what giving up costs, or nothing. [USD]"""
        stop = self._after[stage.hand]
        return stop if stop < inf else 0.0

    def open_to(self, stage: Stage) -> int:
        """The rows that may be tried there, as they can pass and would be kept."""
        return stage.left & self._cheaper[stage.hand] & self._able(stage.alive)

    def trial(self, stage: Stage, row: int) -> Trial:
        """A row tried, whether that is wise or not."""
        paid, left, alive, hand = stage
        candidate = self.candidates[row]
        find_out = candidate.find_out + self._cost(candidate.parts & ~paid)
        chance, passes, fails = self._split(row, alive)
        kept = row if self._after[row] < self._after[hand] else hand
        paid, left = paid | candidate.parts, left & ~(1 << row)
        passed = Stage(paid, left, alive ^ fails, kept)
        return Trial(row, find_out, chance, passed, Stage(paid, left, alive ^ passes, hand))

    def with_trial(self, trial: Trial) -> float:
        """What it comes to on average to begin with a trial, and then to do what is best. [USD]"""
        passed = trial.chance * self.value(trial.passed) if trial.chance > 0 else 0.0
        failed = (1 - trial.chance) * self.value(trial.failed) if trial.chance < 1 else 0.0
        return trial.find_out + passed + failed

    def best(self, stage: Stage) -> Trial | None:
        """
        The trial that the best plan begins with; none where it is as well to stop.

        Of equals it is the one whose success costs least, then the first row: where trials cost nothing, their order
        makes no difference, and the cheapest that may do is looked at first.
        """
        least = self.value(stage)
        if same(self.stop(stage), least):
            return None
        bound = self._at_least(stage.alive, stage.hand)
        found: Trial | None = None
        for row in places(self.open_to(stage)):
            trial = self.trial(stage, row)
            lowest = trial.find_out + bound
            if (
                (lowest < least or same(lowest, least))
                and same(self.with_trial(trial), least)
                and (found is None or self._index(trial) < self._index(found))
            ):
                found = trial
        return found

    def _index(self, trial: Trial) -> float:
        """What a success of a trial costs, were nothing shared and every row by itself. [USD]"""
        return trial.find_out / trial.chance + self._after[trial.row]

    def beginning_with(self, rows: int) -> Trial:
        """The best trial to begin a plan with, if it must begin with one of some rows: of equals the first."""
        trials = [self.trial(self.outset, row) for row in places(rows)]
        least = min(self.with_trial(trial) for trial in trials)
        return next(trial for trial in trials if same(self.with_trial(trial), least))

    def dearer_by(self, trial: Trial) -> float:
        """
        What it costs on average to begin with a trial, above the best plan. [USD]

        Never below nothing. To try a row that would not be kept can save by what it tells of others, but no plan does
        so.
        """
        return max(self.with_trial(trial) - self.value(self.outset), 0.0)

    def _value(self, paid: int, left: int, alive: int, hand: int) -> float:
        """`value`, without a tuple for each time it is asked."""
        left &= self._cheaper[hand] & self._able(alive)
        least = self._after[hand]
        if not left:
            return least if least < inf else 0.0
        paid &= self._needed(left)
        alive &= self._telling(left)
        known = self._values.get((paid, left, alive, hand))
        if known is not None:
            return known
        bound = self._at_least(alive, hand)
        trials = []
        for row in self._rising:
            if left >> row & 1:
                find_out, parts, *_ = self.candidates[row]
                find_out += self._cost(parts & ~paid)
                if find_out + bound < least:
                    chance, passes, fails = self._split(row, alive)
                    # Were nothing shared and every row by itself, the best would come first.
                    index = find_out / chance + self._after[row]
                    trials.append((index, row, paid | parts, find_out, chance, passes, fails))
        trials.sort()
        for _, row, then, find_out, chance, passes, fails in trials:
            if find_out + bound < least:
                rest = left ^ 1 << row
                total = find_out + chance * self._value(then, rest, alive ^ fails, row)
                if fails and total < least:
                    total += (1 - chance) * self._value(then, rest, alive ^ passes, hand)
                least = min(total, least)
        self._values[paid, left, alive, hand] = least
        return least

    def _at_least(self, alive: int, hand: int) -> float:
        """What would be kept on average if all were known for nothing: no plan comes to less, trials apart. [USD]"""
        found = self._bounds.get((alive, hand))
        if found is None:
            stop = self._after[hand]
            found, none_yet, left = 0.0, 1.0, alive
            for row in self._rising:
                if self._after[row] >= stop:
                    break
                if left & self._passing[row]:
                    share, passes, _ = self._split(row, left)
                    found += none_yet * share * self._after[row]
                    none_yet *= 1 - share
                    left ^= passes
            if stop < inf:
                found += none_yet * stop
            self._bounds[alive, hand] = found
        return found


def same(value: float, other: float) -> bool:
    """Whether two averages are equal but for rounding: to a thousand-millionth of themselves and a dollar. [USD]"""
    return isclose(1 + value, 1 + other)
