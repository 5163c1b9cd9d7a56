"""The price of the trap: what it costs on average to tune first, and below which chance that would be right."""

from dataclasses import replace
from math import sqrt
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.course import Course
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.search import Trial, same
from calculators.catalog.cost_comparison.plan.sets import places
from calculators.facts import FACTS
from calculators.slices import Steps, at_once

_LEAST_CHANCE: Final = FACTS.rule("least_right_below")
_HALVINGS: Final = int(FACTS.rule("right_below_halvings"))


class Trap(NamedTuple):
    """
    Tuning first.

    Attributes:
        row: Place of the better tuned row to begin with.
        more: What it costs on average above the best plan, although the others may be tried after it. [USD]
    """

    row: int
    more: float


class RightBelow(NamedTuple):
    """
    When tuning first would be right.

    Attributes:
        row: Place of the row that is tried first.
        chance: How seldom it would have to pass, all other untuned rows but today's made rarer alike; none where not
            even that would do. [1]
    """

    row: int
    chance: float | None


def trap(course: Course, *, measured: int | None = None) -> Trap | None:
    """
    Return what it costs on average to tune first, afterwards both plans with the same rights.

    Args:
        course: The question solved.
        measured: Place of the row that runs today, where it is measured first and so stands in the course as one that
            may be tried: tuning first is held against that.

    Returns:
        The better tuned row and its price; none where tuning cannot, is first, or has passed, and where what runs is
        tuned.
    """
    question, search = course.question, course.search
    if question.tuned & question.passed:
        return None
    if measured is None:
        first, least = course.first_step.row, search.value(search.outset)
    else:
        first, least = measured, search.with_trial(search.trial(search.outset, measured))
    begun = _tuning_first(course)
    if begun is None or any(row is not None and question.tuned >> row & 1 for row in (first, question.today)):
        return None
    return Trap(begun.row, max(search.with_trial(begun) - least, 0.0))


def right_below(question: PlanQuestion) -> RightBelow | None:
    """Say when tuning first would be right, at one go."""
    return at_once(looked_below(question))


def looked_below(question: PlanQuestion) -> Steps[RightBelow | None]:
    """
    Look for the chance of the first row below which tuning first would be right.

    All untuned rows but today's and those that were tested are lowered by one factor: what makes prompting fail seldom
    spares the examples. After
    each factor it tells how many stages were looked at.

    Returns:
        The row and its chance; none where tuning cannot, where it is first, and where no untuned row is.
    """
    if question.today_untested:
        return None
    course = Course(question)
    row = course.first_step.row
    if row is None or question.tuned >> row & 1 or _tuning_first(course) is None:
        return None
    yield course.search.looked_at
    chance = course.search.trial(course.search.outset, row).chance
    right, wrong, found = _LEAST_CHANCE / chance, 1.0, None
    if right < wrong:
        found, looked_at = _chance_if_right(question, row, right)
        yield looked_at
    if found is not None:
        for _ in range(_HALVINGS):
            factor = sqrt(right * wrong)
            better, looked_at = _chance_if_right(question, row, factor)
            if better is None:
                wrong = factor
            else:
                right, found = factor, better
            yield looked_at
    # After a test the chance falls faster than by the factor.
    return RightBelow(row, None if found is not None and found < _LEAST_CHANCE else found)


def _tuning_first(course: Course) -> Trial | None:
    """The better of the tuned rows to begin with, if one can pass and is not known to."""
    question, search = course.question, course.search
    outset = search.outset
    tuned = sum(
        1 << row
        for row in places(question.tuned & outset.left & ~question.passed)
        if search.trial(outset, row).chance > 0
    )
    return search.beginning_with(tuned) if tuned else None


def _chance_if_right(question: PlanQuestion, row: int, factor: float) -> tuple[float | None, int]:
    """
    How likely a row passes once the untuned rows are lowered by a factor, if tuning first is right then; and how many
    stages were looked at. [1]
    """
    lowered = [
        each
        if place == question.today or (question.tuned | question.passed | question.failed) >> place & 1
        else each._replace(belief=each.belief._replace(chance=each.belief.chance * factor))
        for place, each in enumerate(question.prospects)
    ]
    course = Course(replace(question, prospects=tuple(lowered)))
    search, begun = course.search, _tuning_first(course)
    right = begun is not None and same(search.with_trial(begun), search.value(search.outset))
    return search.trial(search.outset, row).chance if right else None, search.looked_at
