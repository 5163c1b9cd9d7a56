"""What a reader is told: what to try first, what follows, what else was weighed, and what tuning first would cost."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.course import Course, settled
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.sets import places
from calculators.catalog.cost_comparison.plan.steps import Plan, Step, plan
from calculators.catalog.cost_comparison.plan.trap import Trap, trap
from calculators.facts import FACTS

_CLOSE: Final = FACTS.rule("close_gap")
_DEAR: Final = FACTS.rule("dear_success")
_LONG_SHOT: Final = FACTS.rule("long_shot")


class Try(NamedTuple):
    """
    A step as it is shown, in the order of failures.

    Attributes:
        step: What is tried, and what follows.
        dashed: Whether it and all after it are for those only to whom a version that passes is worth its price.
    """

    step: Step
    dashed: bool

    @property
    def then(self) -> int | None:
        """Place of the row that is tried next although this one passed, if any."""
        return self.step.passed.row if self.step.passed else None


class Refused(NamedTuple):
    """
    The nearest change, where none is advised.

    Attributes:
        row: Place of the row.
        saves: What to try it, and then to do what is advised, saves on average; below 0, what it costs more. [USD]
        least: What it would have to save. [USD]
    """

    row: int
    saves: float
    least: float


class Rival(NamedTuple):
    """
    The best first step of another kind.

    Attributes:
        row: Place of the row; none where it is to stop at once.
        more: What it costs more on average. [USD]
    """

    row: int | None
    more: float


class BeforeDashed(NamedTuple):
    """
    A plan as far as it is advised to anybody.

    Attributes:
        expected: What it comes to on average. [USD]
        ends_without: The chance that it ends without a row that passes. [1]
    """

    expected: float
    ends_without: float


@dataclass(frozen=True, slots=True)
class Advice:
    """
    What a reader is told.

    Attributes:
        plan: What to try first, and when to stop, without changes that save too little: all sums are of this plan.
        kind: The kind of the first step.
        tries: The steps in the order of failures.
        measured_first: Whether the first step is to measure what runs today.
        nothing_passes: The chance that nothing listed passes. [1]
        contradicted: The rows whose facts contradict each other, as far as is believed.
        refused: The nearest change, where none is advised and one could be tried.
        either: Place of another row of the same kind that may as well be tried first, if there is one.
        rival: The best first step of another kind, if there is one; none where what runs is measured first.
        trap: What tuning first costs.
        today_above_worth: Whether what runs today costs more than a version that passes is worth.
    """

    plan: Plan
    kind: Hashable
    tries: tuple[Try, ...]
    measured_first: bool
    nothing_passes: float
    contradicted: int
    refused: Refused | None
    either: int | None
    rival: Rival | None
    trap: Trap | None
    today_above_worth: bool

    @property
    def first(self) -> Step | None:
        """What to try first; none where it is best to keep what is in hand, or not to start."""
        return self.plan.first

    @property
    def in_hand(self) -> int | None:
        """Place of the row that passes already and is kept, if there is one."""
        return self.plan.in_hand

    @property
    def before_dashed(self) -> BeforeDashed:
        """The plan without the steps that are for few: what whoever stops there pays, and risks."""
        told = [each.step for each in self.tries if not each.dashed]
        if self.first is None or len(told) == len(self.tries) or not told:
            return BeforeDashed(self.plan.expected, self.plan.ends_without)
        expected, ends_without = 0.0, 1.0
        for step in reversed(told):
            passed = step.passed.ends_without if step.passed else 0.0
            expected = step.find_out + step.chance * step.once_passed + (1 - step.chance) * expected
            ends_without = step.chance * passed + (1 - step.chance) * ends_without
        return BeforeDashed(expected, ends_without)

    @property
    def expected(self) -> float:
        """What the plan comes to on average, to be told beside the chance that nothing passes. [USD]"""
        return self.plan.expected

    @property
    def ends_without(self) -> float:
        """The chance that the plan ends without a row that passes. [1]"""
        return self.plan.ends_without


def advise(question: PlanQuestion) -> Advice:
    """
    Say what to try first, and when to stop.

    What runs today and is untested is measured first, unless it can pass in no world.
    """
    question = settled(question)
    if question.today is not None and question.today_untested:
        return _measured_first(question, question.today)
    course = Course(question)
    return Advice(
        plan=course.advised,
        kind=course.first_step.kind,
        tries=tuple(_tries(course.advised, question)),
        measured_first=False,
        nothing_passes=course.nothing_passes,
        contradicted=course.contradicted,
        refused=_refused(course) if course.advised.first is None else None,
        either=_either(course),
        rival=_rival(course),
        trap=trap(course),
        today_above_worth=_today_above_worth(question),
    )


def _measured_first(question: PlanQuestion, today: int) -> Advice:
    """What a reader is told who has not measured what runs."""
    as_given = Course(replace(question, today=None))
    search = as_given.search
    trial = search.trial(search.outset, today)
    told = replace(question, paid=trial.passed.paid)
    passes = Course(replace(told, passed=told.passed | 1 << today)).advised
    fails = Course(replace(told, failed=told.failed | 1 << today)).advised
    prospect = question.prospects[today]
    candidate = prospect.beside_today or prospect.candidate
    first = Step(
        row=today,
        in_hand=search.in_hand(search.outset),
        find_out=trial.find_out,
        go_live=candidate.go_live,
        keep=candidate.keep,
        chance=trial.chance,
        once_passed=passes.expected,
        once_failed=fails.expected if trial.chance < 1 else 0.0,
        passed=passes.first,
        failed=fails.first if trial.chance < 1 else None,
        ends_without=trial.chance * passes.ends_without + (1 - trial.chance) * fails.ends_without,
    )
    measured = Plan(first.in_hand, first, first.expected, first.ends_without)
    return Advice(
        plan=measured,
        kind=prospect.kind,
        tries=tuple(_tries(measured, question)),
        measured_first=True,
        nothing_passes=as_given.nothing_passes,
        contradicted=as_given.contradicted,
        refused=None,
        either=None,
        rival=None,
        trap=trap(as_given, measured=today),
        today_above_worth=_today_above_worth(question),
    )


def _tries(advised: Plan, question: PlanQuestion) -> Iterator[Try]:
    """
    The steps in the order of failures.

    A long shot is told by its chance as it is shown, once in a whole number of times. Where a worth is given, it
    decides; where something is in hand, nobody needs a success.
    """
    dashed = False
    for step in advised.steps:
        if question.worth is None and advised.first is not None and step.in_hand is None:
            dear = step.price_of_a_success > _DEAR * advised.first.price_of_a_success
            dashed = dashed or dear or step.chance * (_LONG_SHOT + 1 / 2) < 1
        yield Try(step, dashed)


def _refused(course: Course) -> Refused | None:
    """The nearest change from what is kept, or from not starting."""
    search = course.search
    rows = search.open_to(search.outset)
    kept, hand = course.advised.in_hand, search.in_hand(search.outset)
    if kept is not None and hand is not None and kept != hand:
        # Another row was found to pass and costs a little less.
        least = course.least_saving(search.candidates[kept], 0.0)
        return Refused(hand, course.advised.expected - search.stop(search.outset), least)
    if not rows:
        return None
    row = search.beginning_with(rows).row
    forced = plan(search, first=row, least_saving=course.least_saving)
    find_out = search.trial(search.outset, row).find_out
    least = 0.0 if kept is None else course.least_saving(search.candidates[kept], find_out)
    return Refused(row, course.advised.expected - forced.expected, least)


def _either(course: Course) -> int | None:
    """Another row of the kind of the first, if to begin with it costs hardly more: a tenth of a day of the team."""
    question, search = course.question, course.search
    first = course.first_step.row
    if first is None:
        return None
    close = [
        (search.dearer_by(search.trial(search.outset, row)), row)
        for row in places(search.open_to(search.outset))
        if row != first and question.prospects[row].kind == course.first_step.kind
    ]
    more, row = min(close, default=(inf, first))
    return row if more < _CLOSE * question.day else None


def _rival(course: Course) -> Rival | None:
    """The best first step of another kind than the one that is advised."""
    question, search = course.question, course.search
    outset, kind = search.outset, course.first_step.kind
    stop = search.stop(outset)
    ways: list[tuple[float, int | None]] = [
        (search.with_trial(search.trial(outset, row)), row)
        for row in places(search.open_to(outset))
        if question.prospects[row].kind != kind
    ]
    if course.first_step.row is not None and stop < inf:
        ways.append((stop, None))
    if not ways:
        return None
    least, row = min(ways, key=lambda way: way[0])
    advised = stop if course.first_step.row is None else search.value(outset)
    return Rival(row, max(least - advised, 0.0))


def _today_above_worth(question: PlanQuestion) -> bool:
    """Whether what runs today, which passes or may yet, costs more than a version that passes is worth."""
    if question.today is None or question.worth is None or question.failed >> question.today & 1:
        return False
    prospect = question.prospects[question.today]
    candidate = prospect.beside_today or prospect.candidate
    return candidate.after > question.worth
