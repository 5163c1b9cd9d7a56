"""
The plan of a scenario: robust asked again from scratch, no step in vain, and the figures that programs read.

What is said of a plan is tested on questions made up for it; here the whole way is gone, from what a reader enters.
"""

import json
import math
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import assume, given

from calculators.calculator import Preset, Scenario
from calculators.catalog.cost_comparison.approaches import ROW_KEYS, ROWS, StepKind, row_of
from calculators.catalog.cost_comparison.dimensions import MovedInput, levers
from calculators.catalog.cost_comparison.plan.advice import advise
from calculators.catalog.cost_comparison.plan.course import Ending
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd, at_end, ends
from calculators.catalog.cost_comparison.plan.robust import Moved
from calculators.catalog.cost_comparison.plan.turning import Lever
from calculators.catalog.cost_comparison.report import figures, first_key
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, changed, put, scenarios

A_QUARTER: Final = 0.25


def kind(asked: PlanQuestion) -> object:
    """The kind of first step of a question, asked as a reader's would be."""
    return advise(asked).kind


# Robust.


@bounded(20)
@given(scenario=scenarios(False, 8))
def test_where_the_answer_says_robust_no_input_moved_turns_it(scenario: Scenario) -> None:
    """Each number a quarter up and down, or to its limit, entered as a reader would, and all worked out anew."""
    comparison = answer(scenario)
    assume(comparison.question.in_play and comparison.robust.robust)
    first = kind(comparison.question)
    for lever in levers(comparison.evaluation, comparison.recorded):
        for value in a_quarter_off(lever):
            moved = put(scenario, lever.cause, value)
            assert kind(answer(moved).question) == first, f"{lever.cause}={value}"


def a_quarter_off(lever: Lever) -> list[float]:
    """A number a quarter up and down, as far as its bounds let it, and whole where it is."""
    found = []
    for share in (A_QUARTER, -A_QUARTER):
        value = lever.value + abs(lever.value) * share
        if lever.whole:
            value = math.ceil(value) if share > 0 else math.floor(value)
        found.append(min(max(value, lever.minimum), lever.maximum))
    return [value for value in found if value != lever.value]


@bounded(25)
@given(scenario=scenarios())
def test_where_the_answer_says_robust_no_chance_at_an_end_of_its_range_turns_it(scenario: Scenario) -> None:
    """Each alone, the others as they are unless they would be crossed, and the plan asked again as a reader's."""
    comparison = answer(scenario)
    asked = comparison.question
    assume(asked.in_play and comparison.robust.robust)
    first = kind(asked)
    for end in ends(asked):
        assert kind(at_end(asked, end)) == first, f"{ROW_KEYS[end.row]}: {end.chance}"


@pytest.mark.parametrize("preset", COST_COMPARISON.presets, ids=lambda preset: preset.key)
def test_the_nearest_that_turns_a_fragile_answer_turns_it(preset: Preset) -> None:
    """Where an input or a chance is named, another kind of step comes first there; entered, not only moved."""
    query = preset.query
    comparison = answer(at(query))
    cause, first = comparison.robust.turned_by, kind(comparison.question)
    if isinstance(cause, Moved) and isinstance(cause.cause, MovedInput):
        assert kind(answer(put(at(query), cause.cause.name, cause.cause.to)).question) != first
    elif isinstance(cause, ChanceEnd):
        assert kind(at_end(comparison.question, cause)) != first
    assert (cause is None) == comparison.robust.robust


def test_every_kind_is_that_of_some_row() -> None:
    """Looking up is a kind where documents must be known; keeping what runs is none of a row's own."""
    kinds = {row.kind_of_step(documents=documents) for row in ROWS for documents in (False, True)}

    assert kinds == set(StepKind) - {StepKind.KEEP}
    assert kind(answer(at("must_change=nothing")).question) in (StepKind.KEEP, Ending.KEEP)


# No step in vain.


@bounded(60)
@given(scenario=scenarios())
def test_no_row_is_tried_that_cannot_pass(scenario: Scenario) -> None:
    """Each step may run, was not found to fail, has a chance, and costs less than what is in hand."""
    comparison = answer(scenario)
    asked = comparison.question
    for each in comparison.advice.tries:
        step, row = each.step, ROWS[each.step.row]
        assert asked.in_play >> step.row & 1, row.key
        assert not (asked.failed | asked.passed) >> step.row & 1, row.key
        assert 0 < step.chance <= 1 + 1e-12, row.key
        # What runs may be measured first, though the job asks for nothing that it adds.
        assert comparison.row(row).standing.ranked or comparison.advice.measured_first
        if step.in_hand is not None and not comparison.advice.measured_first:
            hand = comparison.candidate(step.in_hand)
            assert step.go_live + step.keep < hand.go_live + hand.keep


@bounded(40)
@given(scenario=scenarios())
def test_a_row_that_failed_is_not_in_the_plan(scenario: Scenario) -> None:
    """The first step fails: it is gone, and the plan goes on as it said it would."""
    comparison = answer(scenario)
    first = comparison.advice.first
    assume(first is not None and not comparison.advice.measured_first and first.in_hand is None)
    assert first is not None
    # What is sure to pass does not fail: whoever says both is told so, and another plan begins there.
    assume(first.chance < 1 - 1e-9)
    after = answer(changed(scenario, **{ROWS[first.row].asked.passes: "no"})).advice

    assert first.row not in [each.step.row for each in after.tries]
    if comparison.question.worth is None:
        assert [each.step.row for each in comparison.advice.tries[1:]] == [each.step.row for each in after.tries]


@bounded(60)
@given(scenario=scenarios())
def test_chances_are_chances(scenario: Scenario) -> None:
    """Of each row, of nothing passing, of ending without; and an average is no less than nothing."""
    comparison = answer(scenario)
    advice = comparison.advice

    assert all(
        0 <= row.belief.low <= row.belief.chance <= row.belief.high <= 1
        for row in comparison.evaluation.rows
        if row.belief
    )
    assert -1e-12 <= advice.nothing_passes <= 1 + 1e-12
    assert advice.nothing_passes <= advice.ends_without + 1e-9 or advice.in_hand is not None
    assert advice.expected >= 0
    if advice.trap is not None:
        assert advice.trap.more >= 0


def test_a_row_without_a_chance_changes_nothing() -> None:
    """Nobody can say that a plan without it would have been another."""
    never, ruled_out = answer(at("must_change=task&small_chance=0")), answer(at("must_change=task&small_can=cannot"))
    tried = [each.step.row for each in never.advice.tries]

    assert tried == [each.step.row for each in ruled_out.advice.tries]
    assert ROWS.index(row_of("small")) not in tried
    assert never.advice.expected == pytest.approx(ruled_out.advice.expected)
    assert never.advice.nothing_passes == pytest.approx(ruled_out.advice.nothing_passes)


# In JSON.

PLAN: Final = {
    "first",
    "in_hand",
    "steps",
    "expected",
    "nothing_passes",
    "ends_without",
    "tuning_first",
    "tuning_first_reason",
    "robust",
    "staying",
    "turned_by",
    "turned_to",
}
STEP: Final = {
    "approach",
    "find_out",
    "go_live",
    "keep",
    "chance",
    "weeks",
    "price_of_a_success",
    "price_of_a_success_reason",
    "dashed",
    "then",
}


@bounded(15)
@given(scenario=scenarios())
def test_programs_read_the_plan_under_names_that_stay(scenario: Scenario) -> None:
    """Steps in the order of failures; rows by their keys, or nothing; every figure a number."""
    comparison = answer(scenario)
    plan = json.loads(json.dumps(figures(comparison), allow_nan=False))["plan"]
    keys = {None, *ROW_KEYS}

    assert set(plan) == PLAN
    assert plan["first"] == first_key(comparison)
    assert plan["first"] in keys | {"stay"}
    assert plan["in_hand"] in keys
    for step, each in zip(plan["steps"], comparison.advice.tries, strict=True):
        assert set(step) == STEP
        assert step["approach"] == ROW_KEYS[each.step.row]
        assert step["then"] in keys
        assert isinstance(step["weeks"], int)
        assert isinstance(step["dashed"], bool)
        assert all(isinstance(step[name], int | float) for name in ("find_out", "go_live", "keep", "chance"))
    assert isinstance(plan["robust"], bool)
    assert (plan["turned_by"] is None) == plan["robust"]
    if plan["tuning_first"] is not None:
        assert set(plan["tuning_first"]) == {"approach", "more", "right_below", "right_below_reason"}
        assert plan["tuning_first"]["approach"] in ("api", "own")


@pytest.mark.parametrize(
    ("query", "first", "in_hand"),
    [
        ("must_change=tone", "prompt", None),
        ("must_change=documents&corpus_tokens=60000&requests_per_month=2000", "prompt", None),
        ("must_change=documents", "rag", None),
        ("must_change=nothing", "stay", "prompt"),
        ("must_change=nothing&requests_per_month=3000000&prompted_model=gpt-6.1-sol", "cheaper", "prompt"),
        ("must_change=tone&prompt_passes=yes", "stay", "prompt"),
        ("must_change=tone&today=prompt", "prompt", None),
        # Nothing listed can do it.
        ("must_change=tone&data_place=own&own_can=cannot&open_can=cannot", None, None),
    ],
)
def test_the_first_step_by_its_key(query: str, first: str | None, in_hand: str | None) -> None:
    """`stay` where nothing is worth trying beside what passes or runs; nothing where nothing listed can pass."""
    plan = figures(answer(at(query)))["plan"]
    assert isinstance(plan, dict)

    assert (first, in_hand) == (plan["first"], plan["in_hand"])


def test_the_price_of_the_trap() -> None:
    """Tuning first costs so much more on average; where no tuned row can, nothing is said of it."""
    comparison = answer(at("must_change=tone"))
    trap = comparison.advice.trap
    assert trap is not None

    assert ROWS[trap.row].key == "api"
    assert trap.more > comparison.question.day
    assert answer(at("must_change=tone&data_place=own&own_can=cannot")).advice.trap is None


def test_a_plan_is_asked_of_what_is_entered_and_of_nothing_else() -> None:
    """The same scenario asks the same, whatever was asked before it."""
    before = answer(at("must_change=tone")).question
    _ = answer(at("must_change=documents,tone&today=rag&worth=1000")).advice
    after = answer(at("must_change=tone")).question

    assert replace(before, prospects=()) == replace(after, prospects=())
    assert [each.candidate for each in before.prospects] == [each.candidate for each in after.prospects]
    assert row_of("prompt") is ROWS[before.base]
