"""
What must always hold in the cost comparison, for whatever a reader enters.

One thing makes *more* cheaper, and is no fault. With the derived share of cache hits more requests may thin out the
misses, and a prompt that grows past a cache's minimum (1,024 tokens, where nobody states another) is suddenly read
from it: where tokens or requests grow, caching is off or its share fixed.
"""

import json
import math
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.calculator import Choice, Scenario, Several, Value
from calculators.catalog.cost_comparison.approaches import ROW_KEYS, ROWS, row_of
from calculators.catalog.cost_comparison.breakdown import breakdown
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.cost.shape import Cost
from calculators.catalog.cost_comparison.dimensions import levers
from calculators.catalog.cost_comparison.groups.inputs import NUMERIC
from calculators.catalog.cost_comparison.report import figures, written
from calculators.catalog.cost_comparison.standing import Can
from calculators.quantity import Quantity
from tests.catalog.scenarios import (
    COST_COMPARISON,
    answer,
    at,
    bounded,
    changed,
    evaluated,
    number,
    scenario_value,
    scenarios,
)


def rows(scenario: Scenario) -> dict[str, Cost]:
    """What each row costs."""
    return {row.approach.key: row.cost for row in evaluated(scenario).rows}


def paid(scenario: Scenario) -> dict[str, float]:
    """The total of each row."""
    return {key: cost.until(cost.months) for key, cost in rows(scenario).items()}


def close(one: float, other: float) -> bool:
    """Whether two amounts are equal to the cent, or up to the rounding of floats where they are huge."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=0.005)


# More never costs less.

MORE: Final = (
    "requests_per_month varying_tokens output_tokens reasoning_tokens fixed_tokens horizon_months monthly_growth "
    "peak_to_mean price_change retried_share shots tokens_per_shot corpus_tokens changed_share "
    "retrieved_chunks other_units other_price examples example_price labellers tokens_per_example epochs "
    "runs validation_tokens tuned_prompt refresh_share gpu_price replicas gpu_bought "
    "overhead_share hourly_rate eval_hours setup_prompt setup_few_shot setup_rag "
    "setup_api setup_own setup_open monthly_prompt monthly_few_shot monthly_rag "
    "monthly_api monthly_own change_prompt change_few_shot change_rag change_api "
    "change_own delay_cost input_price output_price cached_price cache_write_price tuned_input_price "
    "tuned_output_price training_price hosting_price batch_input_price batch_output_price small_input_price "
    "small_output_price storage_price job_minimum embedding_price rerank_price database_minimum storage_gb_price "
    "reads_price writes_price setup_classifier monthly_classifier change_classifier classifier_training "
    "classifier_server wrong_cost calls_per_task added_tokens images_per_request image_tokens cheaper_reasoning "
    "dearer_reasoning small_reasoning cheaper_multiple dearer_multiple small_multiple "
    "sequence_tokens training_batch requests_at_once longest_context weight_bits cache_bits "
    "sent_on_share tuned_models adapter_loss"
).split()
LESS: Final = (
    "automatic_share usable_share usable_memory hardware_life model_life instruction_tokens adapters_per_deployment"
).split()
EITHER: Final = {
    "batch_share": "a batched request gets no discount from the cache",
    "cache_hit_share": "a reader's price for cached tokens may lie above that for others",
    "chunk_tokens": "longer chunks are fewer",
    "hours_per_month": "in a longer month the same requests are less load",
    "overlap_tokens": "more chunks: tested with the formulas",
    **dict.fromkeys(
        "own_parameters own_layers own_heads own_head_dimension".split(),
        "a larger model is held by more GPUs, which leave more room: tested with the estimate",
    ),
    "own_active": "as much as is left is computed",
    "own_context": "says what fits, not what it costs",
    "gpus_per_replica": "larger replicas round up otherwise",
    "training_gpus": "as many GPUs, as many fewer hours, but a little slower than on one",
    "discount_rate": "changes the present value alone",
    "image_width": "an image that is shrunk to what a rule allows may be fewer patches",
    "image_height": "an image that is shrunk to what a rule allows may be fewer patches",
    **dict.fromkeys(
        "find_out_prompt find_out_few_shot find_out_rag find_out_tuned find_out_classifier".split(),
        "which part of the set-up, and not how much of it",
    ),
    **dict.fromkeys("harness_tier harness_small trial_gpu_hours".split(), "spent on trial, beside every total"),
}


def test_every_number_has_a_direction() -> None:
    """A new input is placed in one of the lists, so that it is tested."""
    assert sorted(NUMERIC) == sorted([*MORE, *LESS, *EITHER])


@pytest.mark.parametrize("name", [*MORE, *LESS])
def test_more_never_costs_less(name: str) -> None:
    """More tokens, requests, people, months or dollars never cost less, in any row."""
    item = COST_COMPARISON.inputs[name]
    kind = item.kind
    assert isinstance(kind, Quantity)
    grows_with_cache = name in {"requests_per_month", "monthly_growth", "horizon_months"}
    fixed: dict[str, Value] = {"cache_hit_share": 0.9} if grows_with_cache else {"caching": False}
    if name in {"cached_price", "cache_write_price"}:
        fixed = {"caching": True}
    if name == "horizon_months":
        # For longer another model may be the one that lasts.
        fixed |= {"cheaper_model": "none", "dearer_model": "none"}

    @bounded(25)
    @given(scenario=scenarios(**fixed), data=st.data())
    def promise(scenario: Scenario, data: st.DataObject) -> None:
        numbers = (
            st.integers(int(kind.minimum), int(kind.maximum)) if kind.whole else st.floats(kind.minimum, kind.maximum)
        )
        low, high = sorted((data.draw(numbers), data.draw(numbers)))
        less, more = paid(changed(scenario, **{name: low})), paid(changed(scenario, **{name: high}))
        if name in LESS:
            less, more = more, less
        for key in ROW_KEYS:
            assert less[key] <= more[key] or close(less[key], more[key]), key

    promise()


@bounded(60)
@given(scenario=scenarios())
def test_no_month_costs_less_than_nothing(scenario: Scenario) -> None:
    """The running total never falls: each month is paid at its end, and nothing is paid back."""
    for cost in rows(scenario).values():
        running = [cost.until(month) for month in range(cost.months + 1)]
        assert all(before <= after or close(before, after) for before, after in pairwise(running))


# Twice the volume.


@bounded(80)
@given(
    scenario=scenarios(cache_hit_share=0.8, delay_cost=0.0, vector_database="none", database_minimum=None),
    volume=st.integers(1, 400_000_000),
)
def test_twice_the_volume_costs_twice_the_marginal_part(scenario: Scenario, volume: int) -> None:
    """Where no minimum and no step intervenes, what is not fixed doubles with the volume."""
    none, once, twice = (rows(changed(scenario, requests_per_month=float(times * volume))) for times in range(3))
    for key in ROW_KEYS:
        if not none[key].running.gpus:
            months = none[key].months
            fixed = none[key].until(months)
            added, rounding = once[key].until(months) - fixed, 1e-12 * fixed
            assert math.isclose(2 * added, twice[key].until(months) - fixed, rel_tol=1e-9, abs_tol=1e-9 + rounding), key


@bounded(60)
@given(
    scenario=scenarios(
        cache_hit_share=0.5,
        monthly_growth=0.0,
        price_change=0.0,
        delay_cost=0.0,
        vector_database="none",
        database_minimum=None,
        reads_price=None,
    )
)
def test_one_more_request_costs_what_the_row_says(scenario: Scenario) -> None:
    """The figure *one more request* is the difference that one more request makes to the first month."""
    volume = number(scenario, "requests_per_month")
    assume(1_000 <= volume < 1e8)
    before, after = rows(scenario), rows(changed(scenario, requests_per_month=volume + 1_000))
    for key in ROW_KEYS:
        if not before[key].running.gpus:
            month = before[key].running.until(1)
            added = after[key].running.until(1) - month
            # What is left of two large sums when one is taken from the other is known no better than this.
            rounding = 1e-9 + 1e-12 * month
            assert math.isclose(1_000 * before[key].running.marginal(), added, rel_tol=1e-9, abs_tol=rounding), key


# One approach, its own terms.

OWN_TERMS: Final = {
    "few_shot": "shots tokens_per_shot setup_few_shot monthly_few_shot change_few_shot",
    "rag": "retrieved_chunks corpus_tokens changed_share other_units setup_rag monthly_rag change_rag",
    "api": "training_price setup_api monthly_api change_api",
    "own": "setup_own change_own",
    "open": "setup_open",
    "own open": "replicas gpu_price peak_to_mean usable_share overhead_share monthly_own",
    "api own": "tokens_per_example epochs runs tuned_prompt instruction_tokens",
    "api own classifier": "examples example_price labellers refresh_share tuned_models",
    "api own small open classifier": "sent_on_share",
    "classifier": "setup_classifier monthly_classifier change_classifier classifier_training classifier_server",
    "prompt small cheaper dearer": "setup_prompt monthly_prompt",
    "prompt small open cheaper dearer": "change_prompt",
}


@pytest.mark.parametrize(
    ("keys", "name"), [(keys, name) for keys, names in OWN_TERMS.items() for name in names.split()]
)
def test_an_approach_changes_only_its_own_terms(keys: str, name: str) -> None:
    """What belongs to one approach leaves every other row as it was, to the last digit."""
    scenario = at(
        "must_change=tone&model_life=6&requests_per_month=300000000&gpu_price=3&training_price=1&other_price=1"
    )
    value = number(scenario, name)
    # As many replicas as make a difference at this volume.
    more = {
        "usable_share": 0.25,
        "changed_share": 0.5,
        "refresh_share": 0.5,
        "replicas": 5_000,
        "instruction_tokens": 500,
        "sent_on_share": 0.5,
    }.get(name, value * 2 + 1)
    before, after = rows(scenario), rows(changed(scenario, **{name: int(more) if isinstance(value, int) else more}))

    assert set(keys.split()) == {key for key in ROW_KEYS if before[key] != after[key]}


@bounded(60)
@given(scenario=scenarios(), hours=st.floats(0, 1e5))
def test_common_work_is_in_every_row(scenario: Scenario, hours: float) -> None:
    """The eval set costs every row the same, once."""
    none, some = rows(changed(scenario, eval_hours=0.0)), rows(changed(scenario, eval_hours=hours))
    for key in ROW_KEYS:
        assert close(some[key].setup.people - none[key].setup.people, hours * number(scenario, "hourly_rate"))
        assert some[key].setup._replace(people=0) == none[key].setup._replace(people=0)
        assert some[key]._replace(setup=none[key].setup) == none[key]


JOBS_WITHOUT_DOCUMENTS: Final = ["format", "tone", "task", "nothing", "format,tone", "tone,task"]
NOT_MEASURED: Final[dict[str, Value]] = dict.fromkeys([row.asked.success for row in ROWS])


@bounded(40)
@given(scenario=scenarios(), job=st.sampled_from(JOBS_WITHOUT_DOCUMENTS))
def test_what_must_change_decides_who_can_and_not_what_it_costs(scenario: Scenario, job: str) -> None:
    """Unless documents are looked up, the same workload costs the same, whatever it is for."""
    assert paid(changed(scenario, must_change="")) == paid(changed(scenario, must_change=job))


@bounded(40)
@given(
    scenario=scenarios(**NOT_MEASURED),
    place=st.sampled_from(["region", "own"]),
    job=st.sampled_from(["", "documents", *JOBS_WITHOUT_DOCUMENTS]),
)
def test_where_data_may_go_decides_who_may_and_not_what_it_costs(scenario: Scenario, place: str, job: str) -> None:
    """The same job costs the same in each row, wherever its data may go, if nothing is sent on to a seller."""
    asked = changed(scenario, must_change=job, sent_on_share=0.0)

    assert paid(changed(asked, data_place="anywhere")) == paid(changed(asked, data_place=place))


# Nought.


@bounded(60)
@given(scenario=scenarios(requests_per_month=0.0))
def test_zero_requests_still_cost_set_up_and_hosting(scenario: Scenario) -> None:
    """Nothing asked is not nothing paid: set-up, people and GPUs that wait are paid in full."""
    found, some = rows(scenario), rows(changed(scenario, requests_per_month=1_000.0))
    for key, cost in found.items():
        by_the_token = cost.running.rates or cost.running.sent_on
        assert cost.running.marginal() <= some[key].running.marginal() or by_the_token, key
        assert close(cost.people(cost.months), some[key].people(cost.months))
        assert cost.setup.data == some[key].setup.data
    for key in ("own", "open"):
        cost = found[key]
        if cost.running.gpus:
            replica = number(scenario, "gpus_per_replica") if scenario_value(scenario, "gpus_per_replica") else None
            assert cost.running.gpus[cost.months] >= number(scenario, "replicas") * (replica or 1) * cost.months
    assert close(found["prompt"].running.until(1), 0.0) or scenario_value(scenario, "must_change") == "documents"


NOUGHTS: Final = (
    "input_price output_price cached_price cache_write_price cache_hit_share tuned_input_price "
    "tuned_output_price training_price hosting_price gpu_price"
).split()


@pytest.mark.parametrize("name", NOUGHTS)
def test_nought_is_not_an_empty_field(name: str) -> None:
    """A reader who enters 0 means 0: it counts, and differs from leaving the field empty."""
    scenario = at("horizon_months=12&fixed_tokens=2000")
    empty, nought = paid(scenario), paid(at(f"horizon_months=12&fixed_tokens=2000&{name}=0"))

    assert empty != nought
    if name != "cache_hit_share":
        assert all(nought[key] <= empty[key] for key in ROW_KEYS)


@pytest.mark.parametrize("name", [name for name, kind in NUMERIC.items() if kind.minimum == 0])
def test_nought_is_a_value_of_every_input_that_allows_it(name: str) -> None:
    """No input turns 0 into its default, in the answer or on the way back into a link."""
    scenario = at(f"{name}=0")
    again = at(COST_COMPARISON.encode(scenario))

    assert scenario_value(scenario, name) == 0 == scenario_value(again, name)
    assert scenario_value(scenario, name) is not None


# Finite, everywhere.


@bounded(60)
@given(scenario=scenarios(True, 20))
def test_every_result_is_finite(scenario: Scenario) -> None:
    """Whatever a reader may enter, each figure is a number, and the answer can be written."""
    comparison = answer(scenario)

    json.dumps(figures(comparison), allow_nan=False)
    assert written(comparison)
    for row in comparison.rows:
        assert all(
            math.isfinite(amount) and amount >= 0 for amount in (*row.cumulative, row.setup, row.month, row.marginal)
        )


# The answer.


@bounded(60)
@given(scenario=scenarios())
def test_a_row_that_cannot_do_the_job_never_wins(scenario: Scenario) -> None:
    """The winner is the cheapest of those that can and did not fail the reader's eval."""
    comparison = answer(scenario)
    able = [row for row in comparison.rows if row.standing.in_the_running]

    assert comparison.winner == min(able, key=lambda row: row.total, default=None)
    for row in able:
        assert row.standing.can is Can.YES or (row.standing.can is Can.UNPROVEN and row.standing.passes == "yes")
        assert row.standing.passes != "no"
    if comparison.dial:
        assert {ROWS[band.to.row] for band in comparison.dial.bands if band.to.row is not None} <= {
            row.approach for row in comparison.rows if row.standing.priced
        }


@bounded(40)
@given(scenario=scenarios(prompt_can="can", prompt_passes="untested", own_can="cannot"))
def test_the_readers_judgement_holds_and_is_marked(scenario: Scenario) -> None:
    """A reader may overrule the table, both ways; the row then says that it is their judgement."""
    comparison = answer(scenario)
    prompt, own = comparison.row(row_of("prompt")), comparison.row(row_of("own"))

    unjudged = answer(changed(scenario, prompt_can="table", own_can="table"))
    assert prompt.standing.in_the_running
    assert prompt.standing.judged == (unjudged.row(row_of("prompt")).standing.can is not Can.YES)
    assert own.standing.judged == (unjudged.row(row_of("own")).standing.can is not Can.NO)
    assert comparison.winner is not None
    assert comparison.winner.total <= prompt.total
    assert comparison.winner is not own


def test_overruling_the_table_can_make_a_row_win() -> None:
    """For data that must stay, prompting cannot win; a reader who says it can sees it win, as their judgement."""
    before, after = answer(at("must_change=private")), answer(at("must_change=private&prompt_can=can"))

    assert before.winner is not None
    assert before.winner.approach.key != "prompt"
    assert after.winner is not None
    assert after.winner.approach.key == "prompt"
    assert after.winner.standing.judged
    assert before.row(row_of("prompt")).total == after.winner.total


@bounded(60)
@given(scenario=scenarios())
def test_the_order_is_that_of_the_table(scenario: Scenario) -> None:
    """Ranked rows come first, cheapest first; every row is there once."""
    found = answer(scenario).rows
    ranked = [row.total for row in found if row.standing.ranked]

    assert sorted(ROW_KEYS) == sorted(row.approach.key for row in found)
    assert sorted(ranked) == ranked
    assert [row.standing.ranked for row in found] == sorted((row.standing.ranked for row in found), reverse=True)


# Two layers, one sum.

JOBS: Final = COST_COMPARISON.inputs["must_change"].kind
TUNED: Final = COST_COMPARISON.inputs["tuned_model"].kind
assert isinstance(JOBS, Several)
assert isinstance(TUNED, Choice)


@bounded(60)
@given(scenario=scenarios())
def test_the_fast_totals_are_those_of_the_answer(scenario: Scenario) -> None:
    """The solver and the page run on the same numbers, and people and bills make up the total."""
    comparison = answer(scenario)
    fast = {row.approach: row.total for row in evaluated(scenario).rows}
    for row in comparison.rows:
        assert close(fast[row.approach], row.total)
        assert close(row.cumulative[-1], row.total)
        assert close(row.cumulative[0], row.setup)
        assert close(sum(row.parts.values()), row.total)
        assert close(row.bills + row.people + row.wrong, row.total)


@bounded(60)
@given(scenario=scenarios())
def test_every_figure_is_the_sum_of_its_lines(scenario: Scenario) -> None:
    """What a figure is made of sums to it: nothing is hidden and nothing counted twice."""
    comparison = answer(scenario)
    for row in comparison.rows:
        assert_sums(comparison, row)


@pytest.mark.parametrize("model", [option.value for option in TUNED.options], ids=str)
@pytest.mark.parametrize("job", [*(option.value for option in JOBS.options), "", "documents,format,tone,task"], ids=str)
def test_every_job_with_every_model_can_be_taken_apart(job: str, model: str) -> None:
    """Also where nobody sells tuning of the model, or nobody may run it."""
    comparison = answer(at(f"must_change={job}&tuned_model={model}"))
    for row in comparison.rows:
        assert_sums(comparison, row)
    assert written(comparison)


def assert_sums(comparison: Comparison, row: Row) -> None:
    """Check the ledger of one row."""
    taken_apart, cost = breakdown(comparison, row), row.cost
    expected = {
        "setup": row.setup,
        "month": row.month,
        "request": row.marginal,
        "change": cost.change.total,
        "total": row.total,
    }
    for figure in taken_apart.sums:
        assert close(expected[figure.key], figure.amount), f"{row.approach.key}: {figure.key}"
    assert {"setup", "month", "request", "total"} <= {figure.key for figure in taken_apart.sums}
    assert bool(cost.changes) == any(figure.key == "change" for figure in taken_apart.sums)


@bounded(40)
@given(scenario=scenarios())
def test_the_parts_of_a_saving_are_the_saving(scenario: Scenario) -> None:
    """A saving taken apart, in its fixed order, adds up to the difference of the two totals."""
    comparison = answer(scenario)
    if comparison.saving and comparison.tuned:
        told = figures(comparison)["saving"]
        assert isinstance(told, dict)
        assert [step["amount"] for step in told["steps"]] == [step.amount for step in comparison.saving.steps]
        steps, against = (
            sum(step.amount for step in comparison.saving.steps),
            comparison.row(comparison.saving.baseline),
        )
        assert math.isclose(
            against.total - comparison.tuned.total,
            steps,
            rel_tol=1e-9,
            abs_tol=max(1e-6, comparison.tuned.total * 1e-12, against.total * 1e-12),
        )


@bounded(40)
@given(scenario=scenarios())
def test_an_input_where_it_stands_changes_nothing(scenario: Scenario) -> None:
    """A search starts from what the plan is asked, whichever input it moves."""
    comparison = answer(scenario)
    for lever in levers(comparison.evaluation, comparison.recorded):
        moved = lever.asked()(lever.value)
        for here, there in zip(comparison.question.prospects, moved.prospects, strict=True):
            assert all(map(close, here.candidate, there.candidate)), lever.cause
