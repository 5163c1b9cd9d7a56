"""Several tuned models of one base: what is paid for each, what is shared, and what adapters take."""

import math
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import Scenario, Value
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.breakdown import breakdown
from calculators.catalog.cost_comparison.cost.gpus import gpu_seconds
from calculators.catalog.cost_comparison.dimensions import names
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.report import figures
from calculators.catalog.cost_comparison.words.rows import said_of
from calculators.catalog.cost_comparison.words.sentences import plain
from calculators.facts import FACTS
from calculators.formulas.units import SECONDS_PER_HOUR
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, changed, evaluated, scenarios

TEN: Final = (
    "d=3&tuned_model=llama-3.1-8b&service=together-16b&examples=1000&tokens_per_example=1000&epochs=1&runs=1"
    "&training_price=89&data_source=have&tuned_models=10"
)
"""Ten customers, one adapter each, $89 a training, on a deployment at $5.49 an hour."""
TRAINED: Final = [row.key for row in ROWS if row.trained]
MOST: Final = int(FACTS.rule("most_tuned_models"))


def hosting(query: str, row: str = "api") -> float:
    """What keeping a row's models ready costs in the first month. [USD]"""
    running = evaluated(at(query)).row(row_of(row)).running
    return running.gpus[1] * running.gpu_month + running.per_month


def totals(scenario: Scenario) -> dict[str, float]:
    """The total of each row. [USD]"""
    return {row.approach.key: row.total for row in evaluated(scenario).rows}


def said(query: str, row: str) -> str:
    """What stands in a row, whatever stands in it alone."""
    found = answer(at(query))
    return " ".join(plain(each) for each in said_of(found)[row_of(row)])


def test_ten_adapters() -> None:
    """Ten trainings, and hosting once."""
    setup = evaluated(at(TEN)).row(row_of("api")).setup

    assert setup.compute == pytest.approx(890)
    assert hosting(TEN) == pytest.approx(4007.7)


@pytest.mark.parametrize(
    ("more", "row", "deployments"),
    [
        ("tuned_models=16", "api", 1),
        ("tuned_models=17", "api", 2),
        ("tuned_models=100&service=fireworks-16b", "api", 1),
        ("tuned_models=101&service=fireworks-16b", "api", 2),
        ("tuned_models=10&adapters_per_deployment=4", "api", 3),
        ("tuned_models=10&kept_as=merged", "api", 10),
        ("tuned_models=40", "own", 1),
        ("tuned_models=41", "own", 2),
        ("tuned_models=5&kept_as=merged", "own", 5),
        ("tuned_models=1&kept_as=merged", "own", 1),
    ],
)
def test_a_deployment_holds_what_is_on_record(more: str, row: str, deployments: int) -> None:
    """As many adapters as its seller says, then as many deployments as it takes; a merged model one of its own."""
    query = f"{TEN.removesuffix('&tuned_models=10')}&requests_per_month=1000"
    if "service" in more:
        query = query.replace("together", "fireworks")
    more = more.partition("&service")[0]

    assert hosting(f"{query}&{more}", row) == pytest.approx(deployments * hosting(query, row))


@pytest.mark.parametrize(("entered", "loss"), [("", 0.335), ("&adapter_loss=0", 0), ("&adapter_loss=0.5", 0.5)])
def test_adapters_take_throughput(entered: str, loss: float) -> None:
    """Each request is so much more work for the GPUs of tuned models, and none more for those of an untuned one."""
    query = f"d=3&tuned_model=llama-3.1-8b&requests_per_month=900000000&peak_to_mean=1&replicas=1{entered}"
    evaluation, alone = evaluated(at(f"{query}&tuned_models=2")), evaluated(at(query))

    assert gpus(evaluation, "own") == math.ceil(load(alone, "own") / (1 - loss))
    assert gpus(evaluation, "open") == gpus(alone, "open")
    assert gpus(evaluated(at(f"{query}&tuned_models=2&kept_as=merged")), "own") == gpus(alone, "own")


def gpus(evaluation: Evaluation, row: str) -> float:
    """GPUs of a row in the first month."""
    return evaluation.row(row_of(row)).running.gpus[1]


def load(evaluation: Evaluation, row: str) -> float:
    """GPUs that a row's requests keep busy, in parts."""
    fit, inputs = evaluation.records.fit, evaluation.inputs
    assert fit is not None
    seconds = gpu_seconds(evaluation.row(row_of(row)).held, fit) * inputs.workload.requests_per_month
    return seconds / (inputs.serving.hours_per_month * SECONDS_PER_HOUR * inputs.serving.usable_share)


@pytest.mark.parametrize(
    ("model", "service", "hosted"),
    [("nova-micro", "bedrock-nova-micro", 0), ("gpt-oss-20b", "foundry-gpt-oss-20b", 10)],
)
def test_what_is_billed_by_the_token_is_not_multiplied(model: str, service: str, hosted: int) -> None:
    """Hosting is, where a service hosts each model by itself; storage is, everywhere."""
    query = f"d=3&tuned_model={model}&service={service}&caching=no"
    one, ten = (evaluated(at(f"{query}{more}")) for more in ("", "&tuned_models=10"))
    api, prices = row_of("api"), one.parts.effective.service
    assert prices is not None
    storage, hosting_cost = prices.storage.value, prices.hosting.value * 730

    assert one.row(api).running.marginal() == ten.row(api).running.marginal()
    assert ten.row(api).running.per_month == pytest.approx(10 * storage + hosted * hosting_cost)


def test_one_model_is_tried_and_the_others_are_paid_for_when_it_goes_live() -> None:
    """Finding out takes one model's examples and training; the set-up is that of all."""
    query = "d=3&must_change=task&narrow_task=classification"
    one, ten = (evaluated(at(f"{query}{more}")) for more in ("", "&tuned_models=10"))
    for key in TRAINED:
        before, after = one.row(row_of(key)), ten.row(row_of(key))
        others = 9 * (before.setup.data + before.setup.compute)

        assert after.alone == before.alone, key
        assert after.go_live == pytest.approx(before.go_live + others), key
        assert after.setup.total == pytest.approx(before.setup.total + others), key
        assert after.change.data == pytest.approx(10 * before.change.data), key
    assert one.parts.finding_out.part_costs == ten.parts.finding_out.part_costs


@pytest.mark.parametrize(
    ("query", "row", "words"),
    [
        (TEN, "api", "10 tuned models share 1 deployment as adapters; one holds up to 16."),
        (TEN, "api", "they take 34% of its throughput, as measured with vLLM on A100, end of 2024"),
        (TEN, "own", "with vLLM on TPU v6e, July 2025: 8.4% to 24%"),
        (f"{TEN}&adapter_loss=0.1&adapters_per_deployment=3", "own", "share 4 deployments as adapters"),
        (f"{TEN}&adapter_loss=0.1&adapters_per_deployment=3", "own", "up to 3, as you say."),
        (f"{TEN}&adapter_loss=0.1", "own", "10% of its throughput, as you say."),
        (f"{TEN}&kept_as=merged", "api", "take 10 deployments. Merged, so nothing is lost"),
        ("d=3&tuned_models=10", "api", "10 tuned models take 10 deployments. This service hosts each by itself"),
        ("d=3&tuned_models=10&tuned_model=nova-micro", "api", "billed by the token as one would be"),
        ("d=3&tuned_models=10&must_change=task&narrow_task=classification", "classifier", "10 classifiers"),
    ],
)
def test_a_row_says_how_its_models_are_kept(query: str, row: str, words: str) -> None:
    """How many deployments, which way, and what adapters cost, with its source or as the reader says."""
    assert words in said(query, row)


def test_programs_read_how_models_are_kept() -> None:
    """Only where there are several, so that an answer for one is what it was."""
    rows = {row["approach"]: row for row in _rows(TEN)}

    assert rows["api"]["tuned_models"] == {
        "models": 10,
        "deployments": 1,
        "adapters": True,
        "work": pytest.approx(1 / 0.665),
    }
    assert "tuned_models" not in rows["open"]
    assert all("tuned_models" not in row and "sent_on" not in row for row in _rows("d=3"))


def _rows(query: str) -> list[dict[str, Any]]:
    found = figures(answer(at(query)))["rows"]
    assert isinstance(found, list)
    return found


def test_the_breakdown_says_how_often_each_is_paid() -> None:
    """The number of models stands in the formulas of examples and training."""
    found = answer(at(TEN.replace("have", "label")))
    items = breakdown(found, found.row(row_of("api"))).sum("setup").items
    how = {item.part: item for item in items}

    assert how["data"].how.startswith("10 models × 1,000 examples")
    assert how["training"].how.startswith("10 models × 1,000 × 1,000 tokens")
    assert "tuned_models" in how["training"].inputs


# What always holds.


@bounded(60)
@given(
    scenario=scenarios(), models=st.tuples(*[st.integers(1, MOST)] * 2), kept_as=st.sampled_from(["adapters", "merged"])
)
def test_more_models_never_cost_less(scenario: Scenario, models: tuple[int, int], kept_as: str) -> None:
    """In no row; and nothing more in rows that are not trained."""
    kept: dict[str, Value] = {"kept_as": kept_as, "caching": False}
    less, more = (totals(changed(scenario, tuned_models=each, **kept)) for each in sorted(models))
    for key, total in less.items():
        assert total <= more[key] * (1 + 1e-9), key
        assert key in TRAINED or total == more[key]


@bounded(40)
@given(
    scenario=scenarios(tuned_models=1),
    most=st.one_of(st.none(), st.integers(1, MOST)),
    loss=st.one_of(st.none(), st.floats(0, 0.9)),
)
def test_one_model_is_as_it_was(scenario: Scenario, most: int | None, loss: float | None) -> None:
    """One alone is merged, whatever is said of adapters, to the last digit."""
    as_adapters = changed(scenario, kept_as="adapters", adapters_per_deployment=most, adapter_loss=loss)

    assert totals(as_adapters) == totals(changed(scenario, kept_as="merged"))
    assert figures(answer(as_adapters))["recorded"] == figures(answer(scenario))["recorded"]


@bounded(40)
@given(scenario=scenarios(kept_as="adapters"), models=st.integers(2, MOST), most=st.tuples(*[st.integers(1, MOST)] * 2))
def test_a_deployment_that_holds_more_never_costs_more(scenario: Scenario, models: int, most: tuple[int, int]) -> None:
    """Fewer deployments hold as many."""
    fewer, more = (
        totals(changed(scenario, tuned_models=models, adapters_per_deployment=each)) for each in sorted(most)
    )

    assert all(more[key] <= total * (1 + 1e-9) for key, total in fewer.items())


def test_one_model_is_not_moved_to_two() -> None:
    """Whether an answer is robust is not asked of a second model where there is one."""
    found = answer(at("d=3"))
    several = answer(at("d=3&tuned_models=8"))

    assert "tuned_models" not in set(names(found.evaluation, found.recorded))
    assert "tuned_models" in set(names(several.evaluation, several.recorded))


def test_a_link_for_one_model_says_nothing_of_it() -> None:
    """What a scenario does not use stands in no link."""
    link = COST_COMPARISON.encode(at("d=3&shots=9"))

    assert all(name not in link for name in ("tuned_models", "kept_as", "adapter", "sent_on", "within"))
