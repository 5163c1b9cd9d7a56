"""When tuning first would be right."""

from dataclasses import replace

import pytest
from hypothesis import given

from calculators.catalog.cost_comparison.plan.course import Course, settled
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.search import same
from calculators.catalog.cost_comparison.plan.trap import right_below
from tests.catalog.plan.made_up import MODEST, TUNING
from tests.catalog.plan.questions import prospect, question, questions


def workshop(tuning: float) -> PlanQuestion:
    """A prompt, examples, and a tuned row that costs so much to find out; all need the same eval."""
    return question(
        prospect(0.5, 16.0, 60.0, parts=1),
        prospect(0.58, 24.0, 80.0, parts=1, kind="few-shot"),
        prospect(0.6, tuning, 40.0, parts=1, remedy=TUNING, kind="tune"),
        parts=(24.0,),
    )


def lowered(asked: PlanQuestion, factor: float) -> PlanQuestion:
    """The same with all untuned rows but today's less likely."""
    return replace(
        asked,
        prospects=tuple(
            each
            if asked.tuned >> row & 1 or row == asked.today
            else each._replace(belief=each.belief._replace(chance=each.belief.chance * factor))
            for row, each in enumerate(asked.prospects)
        ),
    )


def tuning_first_is_right(asked: PlanQuestion) -> bool:
    """Whether no plan is better than the best of those that begin with a tuned row that can pass."""
    search = Course(asked).search
    begun = [search.trial(search.outset, row) for row in range(len(asked.prospects)) if asked.tuned >> row & 1]
    return any(each.chance and same(search.with_trial(each), search.value(search.outset)) for each in begun)


def test_the_chance_below_which_tuning_first_is_right() -> None:
    """Just below it it is right, just above it is not."""
    found = right_below(workshop(60.0))

    assert found is not None
    assert found.chance is not None
    assert 0 == found.row
    assert tuning_first_is_right(lowered(workshop(60.0), found.chance / 0.5))
    assert not tuning_first_is_right(lowered(workshop(60.0), found.chance / 0.5 * 1.04))


def test_not_even_if_the_others_hardly_ever_passed() -> None:
    """Where tuning costs so much that even a prompt that passes one time in fifty goes first."""
    found = right_below(workshop(4000.0))

    assert found is not None
    assert (0, None) == found


def test_a_first_row_that_hardly_passes_already() -> None:
    """Below one in fifty nothing is looked for."""
    found = right_below(question(prospect(0.01, 0.1, 60.0), prospect(0.6, 90.0, 40.0, remedy=TUNING)))

    assert (0, None) == found


@pytest.mark.parametrize(
    "asked",
    [
        # Tuning is first.
        workshop(1.0),
        # It cannot pass, was found to, or may not run.
        replace(workshop(60.0), failed=0b100),
        replace(workshop(60.0), passed=0b100),
        replace(workshop(60.0), in_play=0b011),
        # Nothing is tried.
        replace(workshop(60.0), in_play=0),
        replace(workshop(60.0), today=0, passed=0b1, worth_it_above=1e9),
        # What runs is measured first.
        replace(workshop(60.0), today=0),
    ],
)
def test_no_sentence(asked: PlanQuestion) -> None:
    """Where tuning cannot or is first, and where no untuned row is."""
    assert right_below(asked) is None


def test_said_as_it_stands_after_what_was_found_out() -> None:
    """The chance is that of the first step as it is shown: here, of the examples once the prompt has failed."""
    asked = replace(workshop(60.0), failed=0b1, paid=1)
    found = right_below(asked)

    assert found is not None
    assert 1 == found.row
    assert found.chance is not None
    assert found.chance < 0.16


@given(questions(5, least_rows=2))
@MODEST
def test_where_it_is_said_it_is_so(asked: PlanQuestion) -> None:
    """With the untuned rows lowered until the first is as rare as said, tuning first is right."""
    asked = settled(asked)
    found = right_below(asked)

    if found is not None:
        assert not asked.tuned >> found.row & 1
        assert not tuning_first_is_right(asked) or Course(asked).first_step.row == found.row
        if found.chance is not None and not asked.passed | asked.failed:
            assert 0.0199 < found.chance <= asked.prospects[found.row].belief.chance
            factor = found.chance / asked.prospects[found.row].belief.chance
            assert tuning_first_is_right(lowered(asked, factor * (1 - 1e-6))) or tuning_first_is_right(
                lowered(asked, factor)
            )
