"""Whether the kind of first step stands when what it rests on moves, and what turns it: at one go or in slices."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.course import Ending, FirstStep
from calculators.catalog.cost_comparison.plan.kinds import Kinds
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


def robust(question: PlanQuestion, moved: Iterable[Moved] = ()) -> Robustness:
    """Say whether the kind of first step stands, at one go."""
    return at_once(checked(question, moved))


def checked(question: PlanQuestion, moved: Iterable[Moved] = (), *, making: int = 0) -> Steps[Robustness]:
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
    """The checks in their order, each made when its turn comes."""

    def __init__(self, question: PlanQuestion, moved: Iterable[Moved]) -> None:
        """Solve the question as it stands."""
        core = question.hard_core
        self._kinds = Kinds(question)
        self._before: list[Cause] = [
            *ends(question),
            *(reading for reading in Reading if reading is not question.reading),
            *(HardCoreEnd(share) for share in (core.low, core.high) if share != core.chance),
        ]
        self._moved = moved

    @property
    def work(self) -> int:
        """Worlds and stages looked at so far."""
        return self._kinds.work

    def causes(self) -> Iterator[Cause]:
        """What may turn it, in the order in which it is looked at."""
        yield from self._before
        yield from self._moved
        yield from (JointDraws(0, draw) for draw in range(1, _DRAWS + 1))

    def turned(self, cause: Cause, making: int) -> FirstStep | None:
        """What is tried first where a cause turns the kind."""
        kinds, question = self._kinds, self._kinds.question
        if isinstance(cause, Moved):
            kinds.work += making
            changed = cause.question()
            if kinds.surely_the_same(changed):
                return None
        elif isinstance(cause, ChanceEnd):
            changed = at_end(question, cause)
        elif isinstance(cause, Reading):
            changed = replace(question, reading=cause)
        elif isinstance(cause, HardCoreEnd):
            changed = replace(question, hard_core=question.hard_core._replace(chance=cause.share))
        else:
            changed = drawn(question, cause.of - 1)
        found = kinds.of(changed)
        if isinstance(cause, ChanceEnd) and cause.high and found.kind is Ending.NOTHING:
            # More hope is no reason to give up: a likelier row beside one that failed says that it fails, too.
            return None
        return found if found.kind != kinds.first.kind else None
