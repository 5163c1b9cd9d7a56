"""Whether the kind of first step stands when what it rests on moves, and what turns it: at one go or in slices."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.course import Course, FirstStep, settled
from calculators.catalog.cost_comparison.plan.margin import Margin
from calculators.catalog.cost_comparison.plan.question import PlanQuestion, Reading
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd, at_end, drawn, ends
from calculators.facts import FACTS
from calculators.slices import Steps, at_once

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


def robust(question: PlanQuestion, moved: Sequence[Moved] = ()) -> Robustness:
    """Say whether the kind of first step stands, at one go."""
    return at_once(checked(question, moved))


def checked(question: PlanQuestion, moved: Sequence[Moved] = (), *, making: int = 0) -> Steps[Robustness]:
    """
    Check whether the kind of first step stands, and tell after each check how many stages and worlds were looked at.

    In this order, and up to the first that turns it: each chance alone at the ends of its range, the nearest end first;
    the two other readings of how outcomes hang together; the hard core at the ends of its range; other inputs moved;
    and all chances drawn together, of which nearly all must agree.

    Args:
        question: What is asked.
        moved: Other inputs moved, the nearest first.
        making: What it takes to make a moved question, in the same measure.

    Returns:
        What all checks come to.
    """
    checks = _Checks(question, moved)
    against = 0
    for cause in checks.causes():
        before = checks.work
        to = checks.turned(cause, making)
        yield checks.work - before
        if isinstance(cause, JointDraws):
            against += to is not None
            if against <= _DRAWS - _MUST_AGREE:
                continue
            return Robustness(cause._replace(against=against), to)
        if to is not None:
            return Robustness(cause, to)
    return Robustness(None, None)


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
        self.work = 0
        self._margin: Margin | None = None
        self._first, self._course = self._solved(question)

    def causes(self) -> Iterator[Cause]:
        """What may turn it, in the order in which it is looked at."""
        yield from self._before
        yield from (JointDraws(0, draw) for draw in range(1, _DRAWS + 1))

    def turned(self, cause: Cause, making: int) -> FirstStep | None:
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
        found, _ = self._solved(changed)
        return found if found.kind != self._first.kind else None

    def _solved(self, question: PlanQuestion) -> tuple[FirstStep, Course | None]:
        """What is tried first, and how it was found; that is none where what runs today is measured first."""
        question = settled(question)
        if question.today is not None and question.today_untested:
            return FirstStep(question.prospects[question.today].kind, question.today), None
        course = Course(question)
        first = course.first_step
        self.work += course.search.looked_at
        return first, course

    def _too_small(self, changed: PlanQuestion) -> bool:
        """Whether other costs surely cannot turn the kind."""
        if self._margin is None:
            if self._course is None:
                return False
            self.work -= self._course.search.looked_at
            self._margin = Margin(self._course)
            self.work += self._course.search.looked_at
        return self._margin.holds_for(settled(changed))
