"""Whether the kind of first step stands when what it rests on moves, and what turns it: at one go or in slices."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from math import inf
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.course import Course, FirstStep, settled
from calculators.catalog.cost_comparison.plan.margin import Margin
from calculators.catalog.cost_comparison.plan.question import PlanQuestion, Reading
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd, at_end, drawn, ends
from calculators.facts import FACTS

_DRAWS: Final = int(FACTS.rule("joint_draws"))
_MUST_AGREE: Final = int(FACTS.rule("joint_draws_that_agree"))


class HardCoreEnd(NamedTuple):
    """
    The hard core at an end of its range.

    Attributes:
        share: Of the base row's failures that nothing cures. [1]
    """

    share: float


class JointDraws(NamedTuple):
    """
    Too many draws of all chances together.

    Attributes:
        against: How many turned the kind.
        of: Of how many, when it was enough.
    """

    against: int
    of: int


class Moved(NamedTuple):
    """
    Another input moved by as much as robust asks.

    Attributes:
        cause: What it is called, for whoever asks.
        question: The question then, made when it is needed.
    """

    cause: Hashable
    question: Callable[[], PlanQuestion]


type Cause = ChanceEnd | Reading | HardCoreEnd | JointDraws | Moved


class Robustness(NamedTuple):
    """
    Whether the kind of first step is robust.

    Attributes:
        turned_by: The nearest that turns it; none where nothing does.
        to: What is tried first then.
    """

    turned_by: Cause | None
    to: FirstStep | None

    @property
    def robust(self) -> bool:
        """Whether nothing turns it."""
        return self.turned_by is None


class Reached(NamedTuple):
    """
    How far the checks have come.

    Attributes:
        check: The check to go on with.
        against: How many joint draws before it turned the kind.
    """

    check: int
    against: int


class Checked(NamedTuple):
    """
    Some of the checks.

    Attributes:
        verdict: What all checks come to, once that is known.
        then: Where to go on; none where the verdict is known.
    """

    verdict: Robustness | None
    then: Reached | None


OUTSET: Final = Reached(0, 0)


def check(
    question: PlanQuestion,
    moved: Sequence[Moved] = (),
    *,
    start: Reached = OUTSET,
    work: float = inf,
    making: float = 0.0,
) -> Checked:
    """
    Say whether the kind of first step stands, or work on it for a while.

    In this order, and up to the first that turns it: each chance alone at the ends of its range, the nearest end first;
    the two other readings of how outcomes hang together; the hard core at the ends of its range; other inputs moved;
    and all chances drawn together, of which nearly all must agree.

    Args:
        question: What is asked.
        moved: Other inputs moved, the nearest first.
        start: Where to begin.
        work: How much to do, in worlds and stages looked at: what they come to is the same on every machine. At least
            one check is done.
        making: What it takes to make a moved question, in the same measure.

    Returns:
        The verdict, or where to go on. Slices come to the same as one go.
    """
    checks = _Checks(question, moved)
    reached = start
    while True:
        cause = checks.cause(reached.check)
        if cause is None:
            return Checked(Robustness(None, None), None)
        if reached != start and checks.work >= work:
            return Checked(None, reached)
        to = checks.turned(cause, making)
        against = reached.against
        if isinstance(cause, JointDraws):
            against += to is not None
            cause, to = cause._replace(against=against), to if against > _DRAWS - _MUST_AGREE else None
        if to is not None:
            return Checked(Robustness(cause, to), None)
        reached = Reached(reached.check + 1, against)


class _Checks:
    """
    The checks in their order, each made when its turn comes.

    Attributes:
        work: Worlds and stages looked at so far.
    """

    def __init__(self, question: PlanQuestion, moved: Sequence[Moved]) -> None:
        """Solve the question as it stands."""
        core = question.hard_core
        self._question = question
        self._before: list[Cause] = [
            *ends(question),
            *(reading for reading in Reading if reading is not question.reading),
            *(HardCoreEnd(share) for share in (core.low, core.high) if share != core.chance),
            *moved,
        ]
        self.work = 0.0
        self._first = self._solved(question)
        self._margin: Margin | None = None

    def cause(self, number: int) -> Cause | None:
        """The cause of a check, if there is one of that number."""
        if number < len(self._before):
            return self._before[number]
        draw = number - len(self._before)
        return JointDraws(0, draw + 1) if draw < _DRAWS else None

    def turned(self, cause: Cause, making: float) -> FirstStep | None:
        """What is tried first where a cause turns the kind."""
        if isinstance(cause, Moved):
            self.work += making
            changed = cause.question()
            if self._too_small(changed):
                return None
        elif isinstance(cause, ChanceEnd):
            changed = at_end(self._question, cause)
        elif isinstance(cause, Reading):
            changed = replace(self._question, reading=cause)
        elif isinstance(cause, HardCoreEnd):
            changed = replace(self._question, hard_core=self._question.hard_core._replace(chance=cause.share))
        else:
            changed = drawn(self._question, cause.of - 1)
        found = self._solved(changed)
        return found if found.kind != self._first.kind else None

    def _solved(self, question: PlanQuestion) -> FirstStep:
        """What is tried first."""
        question = settled(question)
        if question.today is not None and question.today_untested:
            return FirstStep(question.prospects[question.today].kind, question.today)
        course = Course(question)
        first = course.first_step
        self.work += course.search.looked_at
        return first

    def _too_small(self, changed: PlanQuestion) -> bool:
        """Whether other costs surely cannot turn the kind."""
        question = settled(self._question)
        if question.today_untested:
            return False
        if self._margin is None:
            course = Course(question)
            self._margin = Margin(course)
            self.work += course.search.looked_at
        return self._margin.holds_for(settled(changed))
