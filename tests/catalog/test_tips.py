"""
Tips: the nearest single number that changes the kind of first step, and only where a reader can make use of it.

Each is put back in as a reader would enter it, and the whole plan asked again: nothing is taken over from the search.
"""

from typing import Final

import pytest
from hypothesis import given

from calculators.calculator import Preset, Scenario
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import MOST_TIPS, Comparison
from calculators.catalog.cost_comparison.dimensions import ALONG, SHARED_HOURS, TOGETHER, in_groups, levers
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF
from calculators.catalog.cost_comparison.plan.course import Ending
from calculators.catalog.cost_comparison.plan.turning import Lever, Turn
from calculators.catalog.cost_comparison.report import figures, written
from calculators.catalog.cost_comparison.words import plain, tips, tips_together
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, put, scenarios
from tests.test_parts import LARGEST

REACH: Final = 3
ROUNDING: Final = 1e-9

FRAGILE: Final = (
    "must_change=task&narrow_task=classification&requests_per_month=10000000",
    "data_place=own&requests_per_month=10000000&fixed_tokens=4000&varying_tokens=300&output_tokens=100",
    "must_change=nothing&requests_per_month=40000&fixed_tokens=2000&varying_tokens=6000&output_tokens=500",
    "must_change=format&worth=9000",
    "open_passes=yes&requests_per_month=50000",
    "prompt_passes=yes",
)
"""Scenarios of which single numbers change the first step."""


def kind(scenario: Scenario) -> object:
    """The kind of first step, asked anew."""
    return answer(scenario).advice.kind


def moved(comparison: Comparison) -> dict[object, Lever]:
    """Everything that a tip may name."""
    groups = in_groups(comparison.evaluation, comparison.recorded, comparison.question)
    return {lever.cause: lever for group in groups for lever in group}


def assert_turns(scenario: Scenario, tip: Turn) -> None:
    """Check that the kind is another at a tip, that it names it, and that one step nearer it is not."""
    comparison = answer(scenario)
    lever = moved(comparison)[tip.cause]
    there = answer(put(scenario, tip.cause, tip.at))

    assert there.advice.kind == tip.to.kind != comparison.advice.kind
    assert tip.to.row == (there.advice.first.row if there.advice.first else None)
    assert lever.between(tip.at, nearer(lever, tip)) is None
    assert kind(put(scenario, tip.cause, nearer(lever, tip))) == comparison.advice.kind


def nearer(lever: Lever, tip: Turn) -> float:
    """One step from a tip towards where the input stands."""
    near = lever.value
    while (middle := lever.between(near, tip.at)) is not None:
        near = middle
    return near


def assert_of_use(comparison: Comparison) -> None:
    """Check that a reader can make use of each tip."""
    groups = in_groups(comparison.evaluation, comparison.recorded, comparison.question)
    order = [lever.cause for group in groups for lever in group]
    place = {lever.cause: number for number, group in enumerate(groups) for lever in group}
    found = comparison.tips

    assert len(found) <= MOST_TIPS
    assert len({tip.cause for tip in found}) == len(found)
    assert sorted(found, key=lambda tip: (place[tip.cause], tip.distance)) == list(found)
    for tip in found:
        lever = moved(comparison)[tip.cause]
        assert tip.cause in order
        assert tip.cause not in SHARED_HOURS
        in_its_range = bool(lever.range) and lever.range[0] <= tip.at <= lever.range[-1]
        assert in_its_range or tip.distance <= REACH * (1 + ROUNDING), f"{tip.cause}: {tip.value} → {tip.at}"


@bounded(60)
@given(scenario=scenarios(False, 8))
def test_a_tip_entered_turns_the_first_step(scenario: Scenario) -> None:
    """At its value the kind of first step is another, and one step nearer it is not."""
    for tip in answer(scenario).tips:
        assert_turns(scenario, tip)


@pytest.mark.parametrize("query", FRAGILE)
def test_a_tip_of_a_fragile_answer_turns_it(query: str) -> None:
    """The same where there surely are some."""
    found = answer(at(query)).tips

    assert found
    for tip in found:
        assert_turns(at(query), tip)


@bounded(60)
@given(scenario=scenarios())
def test_every_tip_is_of_use(scenario: Scenario) -> None:
    """None beyond three times or a third, none of hours that rows share, the few nearest, volume first."""
    assert_of_use(answer(scenario))


@pytest.mark.parametrize(
    ("query", "absurd"),
    [
        # The three that were found, each where it stood.
        ("must_change=task", "setup_own"),
        ("must_change=task", "setup_api"),
        ("data_place=own&requests_per_month=641000", "gpu_price"),
        ("must_change=nothing&today=few_shot&few_shot_passes=yes", "monthly_few_shot"),
        ("must_change=tone", "monthly_few_shot"),
        # More of their kind: what nobody plans by, or would act on.
        ("must_change=task", "labellers"),
        ("must_change=task", "validation_tokens"),
        ("must_change=documents", "overlap_tokens"),
        ("must_change=task", "refresh_share"),
        ("data_place=own", "overhead_share"),
    ],
)
def test_nobody_is_told_what_they_cannot_use(query: str, absurd: str) -> None:
    """Neither hours of one row alone, nor a GPU for a twentieth of its price, nor what nobody plans by."""
    comparison = answer(at(query))

    assert all(tip.cause != absurd for tip in comparison.tips)
    if absurd == "gpu_price":
        assert all(each.distance(value) <= REACH + ROUNDING for each in one(comparison, absurd) for value in ends(each))
    else:
        assert absurd not in moved(comparison)


def one(comparison: Comparison, cause: str) -> list[Lever]:
    """The lever of an input, if a tip may name it."""
    return [lever for name, lever in moved(comparison).items() if name == cause]


def ends(lever: Lever) -> list[float]:
    """As far as it is moved."""
    return [stops[-1] for stops in lever.stops() if stops]


def test_hours_that_rows_share_move_together() -> None:
    """All hours to find out, to set up, in a month and at a change of model: each kind is scaled as one."""
    comparison = answer(at("must_change=documents"))
    found = {lever.cause: lever for lever in levers(comparison.evaluation, comparison.recorded)}

    assert not set(SHARED_HOURS) & set(found)
    assert set(TOGETHER) <= set(found)
    assert set(TOGETHER) == set(SHARED_HOURS.values())
    for name in TOGETHER:
        doubled = found[name].asked()(2.0)
        entered = answer(put(at("must_change=documents"), name, 2.0)).question
        assert [each.candidate for each in doubled.prospects] == [each.candidate for each in entered.prospects]
        assert doubled.parts == entered.parts


def test_volume_tokens_chances_and_prices_come_first() -> None:
    """What tips may name stands in groups; every group but the last holds what its name says."""
    comparison = answer(at("must_change=documents"))
    groups = in_groups(comparison.evaluation, comparison.recorded, comparison.question)
    volume, tokens, chances, prices, others = ([str(lever.cause) for lever in group] for group in groups)

    assert [ALONG] == volume
    assert {GROUP_OF[name] for name in tokens} == {"workload", "calls"}
    assert set(chances) <= {row.asked.chance for row in ROWS}
    assert all(name.endswith("_price") for name in prices)
    assert {"hourly_rate", "horizon_months", *TOGETHER} <= set(others)


@pytest.mark.parametrize("preset", COST_COMPARISON.presets, ids=lambda preset: preset.key)
def test_what_is_said_names_what_was_found(preset: Preset) -> None:
    """A sentence a tip; where there is none within reach, that is said instead."""
    comparison = answer(at(preset.query))
    said = [plain(sentence) for sentence in tips(comparison)]

    assert len(said) == max(len(comparison.tips), comparison.something_passes)
    assert all(sentence in written(comparison) for sentence in said)


@pytest.mark.parametrize("query", FRAGILE)
def test_a_page_says_once_what_would_come_first(query: str) -> None:
    """Every condition stands there, and those that lead to the same first step stand in one sentence."""
    comparison = answer(at(query))
    together = plain(tips_together(comparison))
    conditions = [plain(sentence).split(" (")[0][1:] for sentence in tips(comparison) if " (" in plain(sentence)]

    assert all(condition in together for condition in conditions)
    assert len({tip.to for tip in comparison.tips}) == together.count("would c") + together.count("would be ")


def test_nothing_changes_that_what_runs_is_measured_first() -> None:
    """No number is looked for that would."""
    comparison = answer(at("today=prompt"))

    assert comparison.advice.measured_first
    assert () == comparison.tips
    assert 1 == len(tips(comparison))


def test_more_hope_is_no_reason_to_give_up() -> None:
    """
    Where a likelier row has failed, one that is as likely would have failed too: no tip says so.

    Entered, the chance has that effect: it says how likely the row was before anything was tested.
    """
    scenario = at("data_place=own&prompt_passes=no")

    assert kind(put(scenario, "open_chance", 0.9)) is Ending.NOTHING
    assert all(tip.to.kind is not Ending.NOTHING for tip in answer(scenario).tips)


def test_programs_read_tips_under_names_that_stay() -> None:
    """Input, where it stands, where it turns, and what is first there."""
    for query in FRAGILE:
        told = figures(answer(at(query)))["tips"]
        assert isinstance(told, list)
        for tip in told:
            assert ["input", "value", "at", "upwards", "first", "kind"] == list(tip)
            assert tip["upwards"] == (tip["at"] > tip["value"])


def test_slices_find_what_one_go_finds() -> None:
    """Asked for slice by slice, tips and dial are the same."""
    query = LARGEST.partition("?")[2]
    whole, sliced = answer(at(query)), answer(at(query))
    slices = 1
    while not (sliced.search.ends_within(slices) and sliced.drawing.ends_within(slices)):
        slices += 1

    assert slices > 1
    assert whole.tips == sliced.tips
    assert whole.dial == sliced.dial
