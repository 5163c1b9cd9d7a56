"""The best plan written out: what is tried, what follows if it passes and if it fails, and what that comes to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

from calculators.catalog.cost_comparison.plan.search import Candidate, Search, Stage, Trial


@dataclass(frozen=True, slots=True)
class Step:
    """
    A row tried, and what follows.

    Attributes:
        row: Its place.
        in_hand: Place of the row that is kept if the plan stops before this step; none where nothing is.
        find_out: What is spent until it is known whether it passes, with the shared parts not yet paid. [USD]
        go_live: What is spent on it only if it is kept. [USD]
        keep: What it costs after that over the horizon. [USD]
        chance: That it passes, by what is known at that point. [1]
        once_passed: What the plan comes to on average from there once it has passed. [USD]
        once_failed: What the plan comes to on average from there once it has failed. [USD]
        passed: The step that is taken although it passed; none where the plan then stops.
        failed: The step that is taken if it fails; none where the plan then stops.
        ends_without: The chance that the plan, from here, ends without a row that passes. [1]
    """

    row: int
    in_hand: int | None
    find_out: float
    go_live: float
    keep: float
    chance: float
    once_passed: float
    once_failed: float
    passed: "Step | None"
    failed: "Step | None"
    ends_without: float

    @property
    def after(self) -> float:
        """What it comes to once it has passed, if it is kept: going live and keeping. [USD]"""
        return self.go_live + self.keep

    @property
    def in_all(self) -> float:
        """What it comes to if it passes and is kept, finding out included. [USD]"""
        return self.find_out + self.after

    @property
    def expected(self) -> float:
        """What the plan comes to on average from here. [USD]"""
        return self.find_out + self.chance * self.once_passed + (1 - self.chance) * self.once_failed

    @property
    def price_of_a_success(self) -> float:
        """What a version that passes must be worth for this step to pay; infinite where it cannot pass. [USD]"""
        return self.find_out / self.chance + self.once_passed if self.chance else inf


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What to try first, and when to stop.

    Attributes:
        in_hand: Place of the row that passes already and would be kept; none where nothing is.
        first: The first step; none where it is as well to stop at once.
        expected: What it comes to on average: trials, go live and keep, or what giving up costs. [USD]
        ends_without: The chance that it ends without a row that passes. [1]
    """

    in_hand: int | None
    first: Step | None
    expected: float
    ends_without: float

    @property
    def steps(self) -> Iterator[Step]:
        """The steps in the order of failures."""
        step = self.first
        while step is not None:
            yield step
            step = step.failed


type LeastSaving = Callable[[Candidate, float], float]
"""What a change must save on average to be advised, by what is in hand and what finding out costs. [USD]"""


def plan(search: Search, *, first: int | None = None, least_saving: LeastSaving | None = None) -> Plan:
    """
    Write a plan out.

    Args:
        search: What the rows cost, and what is known of them.
        first: Place of a row that is tried first, whether that is wise or not; the plan does what is best after it.
        least_saving: Above what a change from a row in hand is advised. Where it saves no more, the plan stops there,
            and what comes before is advised by what is left of it. All sums are those of the plan so cut.

    Returns:
        The best plan, or the best of those that begin so.
    """
    nothing = len(search.candidates)
    written: dict[Stage, Step | None] = {}

    def step_from(stage: Stage) -> Step | None:
        if stage not in written:
            trial = search.best(stage)
            begun = step(stage, trial) if trial else None
            written[stage] = begun if begun and (least_saving is None or pays(stage, begun, least_saving)) else None
        return written[stage]

    def pays(stage: Stage, begun: Step, least: LeastSaving) -> bool:
        saving = search.stop(stage) - begun.expected
        return saving > (0.0 if stage.hand == nothing else least(search.candidates[stage.hand], begun.find_out))

    def without(stage: Stage, then: Step | None) -> float:
        return then.ends_without if then else float(stage.hand == nothing)

    def step(stage: Stage, trial: Trial) -> Step:
        candidate = search.candidates[trial.row]
        passed = step_from(trial.passed) if trial.chance > 0 else None
        failed = step_from(trial.failed) if trial.chance < 1 else None
        return Step(
            row=trial.row,
            in_hand=search.in_hand(stage),
            find_out=trial.find_out,
            go_live=candidate.go_live,
            keep=candidate.keep,
            chance=trial.chance,
            once_passed=passed.expected if passed else search.at_the_end(trial.passed),
            once_failed=failed.expected if failed else search.at_the_end(trial.failed),
            passed=passed,
            failed=failed,
            ends_without=trial.chance * without(trial.passed, passed)
            + (1 - trial.chance) * without(trial.failed, failed),
        )

    outset = search.outset
    begun = step_from(outset) if first is None else step(outset, search.trial(outset, first))
    expected = begun.expected if begun else search.at_the_end(outset)
    return Plan(search.in_hand(outset), begun, expected, without(outset, begun))
