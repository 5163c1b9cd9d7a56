"""
One evaluation, and the same with one input moved:
what a row rests on is known, and nothing else is worked out anew.
"""

import math
from dataclasses import replace
from typing import Final

import pytest

from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.candidates import question
from calculators.catalog.cost_comparison.comparison import compare
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF, KINDS, NUMERIC, OPTIONAL
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.quantity import Quantity
from tests.catalog.scenarios import COST_COMPARISON, answer, at, changed, evaluated, inputs, scenario_value

CONTEXTS: Final = {
    "plain": "must_change=tone&fixed_tokens=5000&cached_price=0.5&cache_write_price=3",
    "documents": (
        "must_change=documents&corpus_tokens=60000&indexing_pass=yes&rewriting=yes&reranker=cohere-rerank-v3.5"
        "&batch_share=0.25&model_life=5&delay_cost=1000&monthly_growth=0.02&database_minimum=0"
        "&other_units=3&other_price=2&validation_tokens=100000&retried_share=0.1&price_change=-0.2"
        "&labellers=2&automatic_share=0.1"
    ),
    "rented": (
        "must_change=private&model_life=5&requests_per_month=300000000"
        "&gpu_price=3&overhead_share=0.1&gpus_per_replica=2"
    ),
    "carried": "must_change=documents&requests_per_month=300000000&gpus_per_replica=1&retrieved_chunks=20",
    "few-gpus": "must_change=private&gpus_per_replica=3",
    "bought": "must_change=private&model_life=5&requests_per_month=300000000&owned=yes",
    "paid-at-least": (
        "must_change=tone&job_minimum=1000&storage_price=5&hosting_price=2&tuned_input_price=1&tuned_output_price=2"
    ),
    "small": "must_change=private&small_input_price=1&small_output_price=2&shots=3",
    "batched": (
        "must_change=format&batch_share=0.5&batch_input_price=1&batch_output_price=2&input_price=3&output_price=9"
    ),
    "searched": (
        "must_change=documents&reranker=voyage-rerank-3&rerank_price=2&embedding_price=1"
        "&storage_gb_price=9&reads_price=8&writes_price=7&database_minimum=0"
    ),
    "answers": (
        "must_change=task&narrow_task=classification&prompt_success=0.9&api_success=0.8&wrong_cost=0.01"
        "&monthly_growth=0.02&model_life=5"
    ),
    "running": "must_change=nothing&today=rag&delay_cost=500&failures=retried&prompt_success=0.9",
    "agent": "must_change=nothing&today=rag&delay_cost=500&calls_per_task=20&added_tokens=2000",
    "pictures": "must_change=tone&prompted_model=gpt-5.4&images_per_request=2&image_width=1500&image_height=700",
    "measured": "must_change=tone&images_per_request=2&image_tokens=700&requests_per_month=300000000&gpu_price=3",
    "counted": (
        "must_change=private&cheaper_reasoning=100&dearer_reasoning=200&small_reasoning=300"
        "&cheaper_multiple=1.1&dearer_multiple=1.2&small_multiple=1.3&requests_per_month=300000000&gpu_price=3"
    ),
    "reference": "must_change=private&fixed_tokens=5000&instruction_tokens=1000&requests_per_month=300000000",
    "memory": (
        "d=4&requests_come=even&must_change=private&tuned_model=llama-3.3-70b&requests_at_once=5&longest_context=131072&weight_bits=8"
        "&cache_bits=16"
    ),
    "minimum": "must_change=documents&database_minimum=500&training_price=9&cache_hit_share=0.4",
    "own-model": (
        "d=4&requests_come=even&must_change=private&tuned_model=own&own_active=3&requests_per_month=300000000&gpu_price=3"
        "&longest_context=131072&requests_at_once=50&replicas=1"
    ),
    "several": (
        "d=4&requests_come=even&must_change=tone&tuned_model=llama-3.1-8b&service=fireworks-16b&tuned_models=50"
        "&adapters_per_deployment=9&adapter_loss=0.3"
    ),
    "several-busy": (
        "d=4&requests_come=even&must_change=tone&tuned_model=llama-3.1-8b&service=fireworks-16b&tuned_models=50"
        "&adapters_per_deployment=9&adapter_loss=0.3&requests_per_month=300000000"
    ),
    "trained": "d=4&requests_come=even&must_change=private&tuned_model=llama-3.1-8b&tokens_per_example=12000",
    "spread": "d=4&requests_come=even&must_change=private&tuned_model=llama-3.1-8b&tokens_per_example=36000",
}
"""Scenarios in which, between them, every number plays a part."""

READ_IN_VAIN: Final = {
    ("price_change", CONTEXTS["documents"]),
    ("price_change", CONTEXTS["running"]),
    ("price_change", CONTEXTS["agent"]),
    ("monthly_growth", CONTEXTS["documents"]),
}
"""
Waiting for a row pays for months of prompting at the price of the first: its change is read there, and is none yet.
And what runs on a server costs the same for any number of requests.
"""

COSTS_NOTHING: Final = {
    "discount_rate": "changes the present value alone",
    "own_context": "says how long a context may be, and nothing of what it costs",
}
FINDS_OUT: Final = tuple(
    name for name in NUMERIC if name.startswith(("find_out_", "harness_")) or name == "trial_gpu_hours"
)
"""A part of the set-up, or spent on trial beside it: a plan rests on them, and no total does."""


def other_values(evaluation: Evaluation, name: str) -> list[float]:
    """Two other values of an input, within its bounds."""
    kind = NUMERIC[name]
    given = evaluation.given(name)
    here = 0.0 if given is None else given
    low = {"chunk_tokens": evaluation.inputs.retrieval.overlap_tokens + 1}.get(name, kind.minimum)
    high = {"overlap_tokens": evaluation.inputs.retrieval.chunk_tokens - 1}.get(name, kind.maximum)
    wanted = [here * 1.5 + 1, here * 0.6]
    if kind.whole:
        wanted = [float(math.ceil(value)) for value in wanted]
    return [min(max(value, low), high) for value in wanted]


def told_apart(asked: PlanQuestion) -> tuple[PlanQuestion, list[float | None]]:
    """A question, and its remedies by how often they slip: two that are made alike are two all the same."""
    slips = [each.remedy.slip if each.remedy else None for each in asked.prospects]
    return replace(asked, prospects=tuple(each._replace(remedy=None) for each in asked.prospects)), slips


@pytest.mark.parametrize("name", NUMERIC)
@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_an_input_moved_is_an_input_entered(context: str, name: str) -> None:
    """
    What a plan is asked with one input moved is what it is asked in a scenario that has it so, to the last digit, one
    after the other.
    """
    scenario = at(context)
    evaluation = evaluated(scenario)
    moved, whole = evaluation.moved(name), COST_COMPARISON.inputs[name].integer
    before = told_apart(question(evaluation.rows, evaluation.parts))
    for value in other_values(evaluation, name):
        entered = evaluated(changed(scenario, **{name: int(value) if whole else value}))
        asked = told_apart(question(entered.rows, entered.parts))

        for row, other in zip(evaluation.rows, entered.rows, strict=True):
            assert evaluation.rests_on(row.approach, name) or row.total == other.total, row.approach.key
        assert asked == told_apart(question(*moved(value)))
        assert evaluation.matters_to_plan(name) or asked == before


@pytest.mark.parametrize("name", [name for name in NUMERIC if name not in {*COSTS_NOTHING, *FINDS_OUT}])
def test_what_a_total_rests_on_moves_it(name: str) -> None:
    """Where a row says that it rests on a number, there is a scenario in which that number moves its total."""
    rests, moves = set(), set()
    for context in CONTEXTS.values():
        scenario = at(context)
        evaluation = evaluated(scenario)
        for value in other_values(evaluation, name):
            whole = COST_COMPARISON.inputs[name].integer
            entered = evaluated(changed(scenario, **{name: int(value) if whole else value}))
            for row, other in zip(evaluation.rows, entered.rows, strict=True):
                if evaluation.rests_on(row.approach, name) and (name, context) not in READ_IN_VAIN:
                    rests.add(row.approach.key)
                if row.total != other.total:
                    moves.add(row.approach.key)

    # A model of the reader's own is one of the records, which every row reads as a whole.
    assert moves <= rests if GROUP_OF[name] == "own_model" else moves == rests
    assert moves


def test_numbers_that_cost_nothing_are_rested_on_by_nobody() -> None:
    """They are told apart by a reason, and no total reads them."""
    for context in CONTEXTS.values():
        evaluation = evaluated(at(context))
        free = [name for name in COSTS_NOTHING if GROUP_OF[name] != "own_model"]
        assert not any(evaluation.rests_on(row, name) for row in ROWS for name in (*free, *FINDS_OUT))
        assert not any(evaluation.matters_to_plan(name) for name in free)


@pytest.mark.parametrize("name", [name for name in NUMERIC if name not in COSTS_NOTHING])
def test_what_a_plan_rests_on_moves_it(name: str) -> None:
    """For every number that costs anything there is a scenario in which a plan is asked something else by it."""
    for context in CONTEXTS.values():
        scenario = at(context)
        evaluation = evaluated(scenario)
        before = told_apart(question(evaluation.rows, evaluation.parts))
        if evaluation.matters_to_plan(name) and any(
            told_apart(question(*evaluation.moved(name)(value))) != before for value in other_values(evaluation, name)
        ):
            return
    pytest.fail(f"no scenario here is planned otherwise with another {name}")


def test_every_row_names_inputs_that_there_are() -> None:
    """What a row's record says of inputs holds: hours are numbers, and what is asked are choices and shares."""
    for row in ROWS:
        for name in (row.hours.setup, row.hours.monthly, row.hours.change):
            assert name in NUMERIC
        for name in (row.hours.find_out, row.hours.harness):
            assert not name or name in FINDS_OUT
        for name in (row.asked.can, row.asked.passes):
            assert not isinstance(KINDS[name], Quantity)
        for name in (row.asked.success, row.asked.chance):
            assert isinstance(KINDS[name], Quantity)
        assert row.wait in evaluated(at("")).records.assumed
        assert not row.untuned or not row_of(row.untuned).tuned


def test_optional_numbers_are_those_that_may_stay_empty() -> None:
    """The list is read from the groups."""
    assert set(OPTIONAL) == {name for name, item in COST_COMPARISON.inputs.items() if item.optional and name in NUMERIC}


# Other facts than those on disk.


def test_the_comparison_answers_from_other_facts() -> None:
    """A dearer model in other facts makes its rows dearer, and nothing else; the form's own facts stay as they are."""
    given = at("must_change=format&caching=no")
    ours = answer(given)
    facts = ours.facts
    record = facts.inference[str(scenario_value(given, "prompted_model"))]
    dearer = facts.replacing(
        type(record)(
            **{**{name: getattr(record, name) for name in record.__dataclass_fields__}, "output": record.output * 2}
        )
    )
    theirs = compare(inputs(given), facts=dearer)

    for row in ROWS:
        before, after = ours.row(row), theirs.row(row)
        output = 250 * 50_000 * 12 * record.output / 1_000_000
        if row.runs.name == "PROMPTED":
            assert after.total == pytest.approx(before.total + output)
        else:
            assert after.total == before.total
    assert theirs.facts is dearer
    assert answer(given) == ours
