"""
Finding out, going live, keeping: a set-up in two, of which the first is spent on whatever is tried, and only once where
several rows need the same; the rest only on what is kept.
"""

import math
from typing import Final

import pytest
from hypothesis import assume, given

from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, SharedPart, row_of
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.cost.rows import RowCost
from calculators.catalog.cost_comparison.evaluation import Evaluation
from tests.catalog.scenarios import answer, at, bounded, changed, evaluated, scenarios

HOUR: Final = 100.0
HOURS: Final = (
    f"hourly_rate={HOUR:g}&eval_hours=24&find_out_prompt=16&find_out_few_shot=16&find_out_rag=40&find_out_tuned=96"
    "&harness_tier=4&harness_small=16&setup_prompt=40&setup_few_shot=56&setup_rag=140&setup_api=120&setup_own=240"
    "&setup_open=160&find_out_classifier=40&setup_classifier=80&model_life=120&examples=500&example_price=1"
)
"""Every hour as it is by default, at a round price."""
SORTING: Final = "must_change=task&narrow_task=classification"


def asked(query: str) -> Comparison:
    """The answer to a scenario."""
    return answer(at(query))


def needed(evaluation: Evaluation, approach: Approach) -> float:
    """What the shared parts come to that a row needs. [USD]"""
    finding_out = evaluation.parts.finding_out
    parts = dict(zip(SharedPart, finding_out.part_costs, strict=True))
    return sum(parts[part] for part in finding_out.needed(approach))


def beside(evaluation: Evaluation, approach: Approach) -> float:
    """What a row spends beside its set-up: the harness for another model, and GPUs on trial. [USD]"""
    finding_out, rate = evaluation.parts.finding_out, evaluation.inputs.people.hourly_rate
    harness = getattr(evaluation.inputs.finding_out, approach.hours.harness) if approach.hours.harness else 0.0
    trial = finding_out.trial if SharedPart.SERVING in finding_out.needed(approach) else 0.0
    return float(harness) * rate + trial


def room(evaluation: Evaluation, row: RowCost) -> bool:
    """Whether a row's hours to find out are within those of its set-up."""
    finding_out, people = evaluation.parts.finding_out, evaluation.parts.people
    shared = sum(finding_out.part(part).hours for part in finding_out.needed(row.approach))
    own = people.hours(row.approach.hours.find_out) if row.approach.hours.find_out else 0.0
    return shared + own <= people.setup_hours(row.approach)


@bounded(80)
@given(scenario=scenarios(today="nothing"))
def test_finding_out_going_live_and_keeping_are_the_total(scenario: Scenario) -> None:
    """For a row by itself, but for what it spends on trial beside its set-up; no hour is counted twice or left out."""
    evaluation = evaluated(changed(scenario, has_eval=False))
    assume(not evaluation.parts.given.nothing_changes)
    for row in evaluation.rows:
        found = needed(evaluation, row.approach) + row.alone + row.go_live + row.kept
        total = row.total + beside(evaluation, row.approach)
        if room(evaluation, row):
            assert math.isclose(found, total, rel_tol=1e-9, abs_tol=1e-6), row.approach.key
        else:
            # More hours to find out than the set-up has: they are spent, and nothing is left for going live.
            assert found >= total or math.isclose(found, total, rel_tol=1e-9), row.approach.key
        assert min(row.alone, row.go_live, row.kept) >= 0


@pytest.mark.parametrize(
    ("query", "key", "hours", "bills"),
    [
        ("must_change=tone", "prompt", 24 + 16, 0),
        ("must_change=tone", "few_shot", 24 + 16 + 16, 0),
        ("must_change=tone", "cheaper", 24 + 16 + 4, 0),
        ("must_change=tone", "small", 24 + 16 + 16, 0),
        ("must_change=tone&training_price=0&job_minimum=0", "api", 24 + 96, 500),
        (f"{SORTING}&classifier_training=10", "classifier", 24 + 40, 510),
        # Two days of one replica, which takes two GPUs here.
        ("must_change=tone&gpu_price=3&gpus_per_replica=2&trial_gpu_hours=48", "open", 24 + 16 + 16, 2 * 48 * 3),
        ("must_change=documents&embedding_price=0&writes_price=0", "rag", 24 + 16 + 40, 0),
        ("must_change=documents&embedding_price=0&writes_price=0", "few_shot", 24 + 16 + 40 + 16, 0),
        ("must_change=documents&embedding_price=0&writes_price=0", "small", 24 + 16 + 40 + 16, 0),
        # Pasted, nothing is looked up.
        ("must_change=documents&corpus_tokens=60000", "prompt", 24 + 16, 0),
    ],
)
def test_what_it_takes_to_find_out_about_one_row(query: str, key: str, hours: float, bills: float) -> None:
    """The eval, the prompt, and what the row needs beside them."""
    assert asked(f"{HOURS}&{query}").find_out(row_of(key)) == pytest.approx(hours * HOUR + bills)


@pytest.mark.parametrize(
    ("query", "key", "hours"),
    [
        ("must_change=tone", "prompt", 24),
        ("must_change=tone", "few_shot", 24),
        ("must_change=tone", "api", 120 - 96),
        ("must_change=tone", "own", 240 - 96),
        ("must_change=tone", "open", 160 - 16),
        ("must_change=documents", "rag", 140 - 16 - 40),
        (SORTING, "classifier", 80 - 40),
        # What runs was wired in already, for whichever model takes its place; a classifier is none.
        ("must_change=tone&today=prompt", "cheaper", 0),
        ("must_change=tone&today=prompt", "api", 0),
        ("must_change=tone&today=prompt", "own", 240 - 96 - 24),
        (f"{SORTING}&today=prompt", "classifier", 80 - 40),
    ],
)
def test_the_rest_of_the_set_up_is_for_going_live(query: str, key: str, hours: float) -> None:
    """Serving, the pipeline, being on call: only for what is kept."""
    assert asked(f"{HOURS}&{query}").evaluation.row(row_of(key)).go_live == pytest.approx(hours * HOUR)


def test_a_part_that_several_rows_need_is_paid_once() -> None:
    """After a prompt that failed, few-shot takes its own hours and no others; a neighbouring model half a day."""
    steps = {ROWS[each.step.row].key: each.step for each in asked(f"{HOURS}&must_change=tone").advice.tries}

    assert steps["prompt"].find_out == pytest.approx((24 + 16) * HOUR)
    assert steps["dearer"].find_out == pytest.approx(4 * HOUR)
    assert steps["few_shot"].find_out == pytest.approx(16 * HOUR)


def test_a_part_that_was_paid_is_not_paid_again() -> None:
    """The labels of one tuned row are those of the other and of the classifier, and serving is there for both."""
    comparison = asked(f"{HOURS}&{SORTING}&api_passes=no")
    alone = asked(f"{HOURS}&{SORTING}")

    for key in ("own", "classifier"):
        assert alone.find_out(row_of(key)) - comparison.find_out(row_of(key)) == pytest.approx(24 * HOUR + 500)
    hosted = asked(f"{HOURS}&must_change=tone&open_passes=no&gpu_price=3&gpus_per_replica=1")
    assert asked(f"{HOURS}&must_change=tone&gpu_price=3&gpus_per_replica=1").find_out(row_of("own")) - hosted.find_out(
        row_of("own")
    ) == pytest.approx(24 * HOUR + 48 * 3)


@pytest.mark.parametrize(
    ("query", "key", "weeks"),
    [
        # 64 hours; 80; 164: of forty a week.
        ("must_change=tone", "prompt", 2),
        ("must_change=tone", "few_shot", 2),
        ("must_change=documents", "rag", 5),
        # 24 + 120 hours, and a week until labels are there.
        ("must_change=tone", "api", 5),
        # 24 + 240 hours, a week for labels and one for GPUs.
        ("must_change=tone", "own", 9),
        ("must_change=tone", "open", 6),
        # With an eval just a week; with a prompt that runs as well, what is left is the harness.
        ("must_change=tone&has_eval=yes", "prompt", 1),
        ("must_change=tone&today=prompt&has_eval=yes", "cheaper", 1),
        ("must_change=tone&today=prompt", "prompt", 1),
        ("must_change=tone&today=prompt&has_eval=yes", "prompt", 0),
        # 240 hours but for 24 of wiring, and a week for GPUs.
        ("must_change=tone&today=api&has_eval=yes", "own", 7),
    ],
)
def test_weeks_are_a_rows_hours_by_itself(query: str, key: str, weeks: int) -> None:
    """With what stands today paid, in weeks of forty hours, rounded up, and a wait where there is one to be had."""
    comparison = asked(f"{HOURS}&{query}")

    assert comparison.weeks(ROWS.index(row_of(key))) == weeks


@bounded(60)
@given(scenario=scenarios())
def test_what_is_to_be_found_out_never_costs_more_than_it_does_by_itself(scenario: Scenario) -> None:
    """In the plan every step takes what is not paid yet: at most what its row takes alone, and never less than 0."""
    comparison = answer(scenario)
    for each in comparison.advice.tries:
        alone = comparison.candidate(each.step.row).find_out + needed(comparison.evaluation, ROWS[each.step.row])

        assert -1e-9 <= each.step.find_out <= alone + 1e-6 + 1e-9 * alone


@bounded(40)
@given(scenario=scenarios())
def test_hours_that_cost_nothing_are_found_out_for_nothing(scenario: Scenario) -> None:
    """On paper: what is left are data, training and GPUs."""
    comparison = answer(changed(scenario, hourly_rate=0.0))
    for row in comparison.evaluation.rows:
        if not row.approach.trained and not row.approach.stays and not row.looks_up:
            assert comparison.find_out(row.approach) == 0, row.approach.key
