"""The best plan written out: steps, what follows each, and the price of a success."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given

from calculators.catalog.cost_comparison.plan.search import Candidate, same
from calculators.catalog.cost_comparison.plan.sets import places
from calculators.catalog.cost_comparison.plan.steps import Step, plan
from calculators.catalog.cost_comparison.plan.worlds import Outlook, independent, worlds
from tests.catalog.plan.made_up import CORE, MODEST, TUNING, Case, any_case, case, everything, likely_case, walked

EVAL, DATA = 1, 2


def workshop() -> Case:
    """A prompt, a cheaper model with the same prompt, and a tuned one, which all need the eval."""
    believed = [Outlook(0.5), Outlook(0.2), Outlook(0.6, TUNING)]
    rows = (
        Candidate(find_out=10_000.0, parts=EVAL, go_live=0.0, keep=39_000.0),
        Candidate(find_out=5_000.0, parts=EVAL, go_live=100.0, keep=22_900.0),
        Candidate(find_out=9_000.0, parts=EVAL | DATA, go_live=3_000.0, keep=50_000.0),
    )
    return Case(rows, (2_000.0, 3_000.0), worlds(believed, 0, hard_core=CORE), everything(rows))


def test_steps_in_the_order_of_failures() -> None:
    """The eval is paid once, and chances follow from what failed before: the cheaper model is out with the prompt."""
    prompt, tuned = workshop().plan.steps

    assert (0, 2) == (prompt.row, tuned.row)
    assert (12_000, 12_000) == (prompt.find_out, tuned.find_out)
    assert (0.5, 0.26) == pytest.approx((prompt.chance, tuned.chance))
    assert (3_000, 50_000, 53_000) == (tuned.go_live, tuned.keep, tuned.once_passed)
    assert (tuned.in_hand, tuned.passed, tuned.failed, tuned.once_failed) == (None, None, None, 0)


def test_a_step_down() -> None:
    """Once the prompt has passed, the cheaper model is tested beside it."""
    prompt, _ = workshop().plan.steps
    down = prompt.passed

    assert down is not None
    assert (1, 0, 5_000) == (down.row, down.in_hand, down.find_out)
    assert 0.4 == pytest.approx(down.chance)
    assert (23_000, 39_000) == (down.once_passed, down.once_failed)
    assert (down.passed, down.failed, down.ends_without) == (None, None, 0)
    assert prompt.once_passed == pytest.approx(5_000 + 0.4 * 23_000 + 0.6 * 39_000)


def test_the_price_of_a_success() -> None:
    """Find out ÷ chance, and what the plan comes to once it has passed, its step down counted."""
    prompt, tuned = workshop().plan.steps

    assert prompt.price_of_a_success == pytest.approx(12_000 / 0.5 + 37_600)
    assert tuned.price_of_a_success == pytest.approx(12_000 / 0.26 + 53_000)


@pytest.mark.parametrize(("above", "tried"), [(-1.0, False), (1.0, True)])
def test_above_its_price_the_last_step_pays(above: float, tried: bool) -> None:
    """Going on with what is tried last pays if and only if a version that passes is worth more than its price."""
    *_, tuned = workshop().plan.steps
    rows = [step.row for step in plan(replace(workshop(), worth=tuned.price_of_a_success + above).search).steps]

    assert tried == (tuned.row in rows)


def test_tuning_first() -> None:
    """The tuned row is tried first and the others after it, with the same rights; then it costs more on average."""
    search = workshop().search
    forced = plan(search, first=2)
    first, *others = forced.steps
    trial = search.beginning_with(0b100)

    assert (2, 14_000) == (first.row, first.find_out)
    assert others
    assert forced.expected == pytest.approx(search.with_trial(trial))
    assert search.dearer_by(trial) == pytest.approx(forced.expected - plan(search).expected)
    assert search.dearer_by(trial) > 0


def test_a_row_that_cannot_pass_can_still_be_forced() -> None:
    """It costs what it costs, and the price of a success is infinite."""
    asked = case([(5.0, 10.0), (3.0, 20.0)], independent([Outlook(0.0), Outlook(1.0)]))
    forced = plan(asked.search, first=0)
    first, then = forced.steps

    assert (0.0, inf, None) == (first.chance, first.price_of_a_success, first.passed)
    assert (1, 1.0, None) == (then.row, then.chance, then.failed)
    assert (28.0, 0.0) == (forced.expected, forced.ends_without)


def test_a_plan_without_steps() -> None:
    """Nothing can pass; or something passes, and nothing is cheaper."""
    hopeless = case([(5.0, 10.0)], independent([Outlook(0.0)])).plan
    settled = case([(5.0, 10.0), (1.0, 10.0)], independent([Outlook(0.5), Outlook(0.5)]), passed=0b1).plan

    assert (None, None, 0.0, 1.0) == (hopeless.in_hand, hopeless.first, hopeless.expected, hopeless.ends_without)
    assert (0, None, 10.0, 0.0) == (settled.in_hand, settled.first, settled.expected, settled.ends_without)


def every(step: Step | None) -> list[Step]:
    """A step and all that can follow it."""
    return [step, *every(step.passed), *every(step.failed)] if step else []


@given(any_case(5))
@MODEST
def test_what_every_step_says(asked: Case) -> None:
    """What is in hand, and what a step costs, follow from the steps before it; no step is worse than to stop."""

    def follow(step: Step | None, paid: int, hand: int | None) -> None:
        if step is None:
            return
        candidate = asked.candidates[step.row]
        bill = candidate.find_out + sum(asked.parts[part] for part in places(candidate.parts & ~paid))
        stop = after[hand] if hand is not None else inf if asked.worth is None else asked.worth

        assert (hand, candidate.go_live, candidate.keep) == (step.in_hand, step.go_live, step.keep)
        assert step.find_out == pytest.approx(bill)
        assert 0 < step.chance <= 1
        assert after[step.row] < stop
        assert step.expected < stop
        assert step.price_of_a_success >= after[step.row] - 1e-9 or step.passed
        follow(step.passed, paid | candidate.parts, step.row)
        follow(step.failed, paid | candidate.parts, hand)

    after = [each.go_live + each.keep for each in asked.candidates]
    follow(asked.plan.first, asked.paid, asked.plan.in_hand)


@given(likely_case())
@MODEST
def test_a_forced_plan_goes_on_as_well_as_can_be(asked: Case) -> None:
    """After a row tried first the plan does what is best, and keeps that row only if it is the cheapest that passes."""
    search = asked.search
    for row in places(asked.in_play):
        forced = plan(search, first=row)

        assert forced.first is not None
        assert forced.first.row == row
        assert same(forced.expected, search.with_trial(search.trial(search.outset, row)))
        assert walked(asked, forced) == pytest.approx((forced.expected, forced.ends_without), abs=1e-7)
        assert all(step.expected < search.stop(search.outset) for step in every(forced.first.failed))
