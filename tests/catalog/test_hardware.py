"""Cards, rents and models that people have: what is measured, what is estimated, and what nobody knows is asked."""

import json
import re
from typing import Final

import pytest

from calculators.catalog.cost_comparison.estimate import Speed
from calculators.catalog.cost_comparison.groups.options import GPUS
from calculators.catalog.cost_comparison.refusals import refusals
from calculators.catalog.cost_comparison.report import figures
from calculators.catalog.cost_comparison.standing import Can
from calculators.facts import FACTS, RENT_TERMS, ServingFit
from calculators.html.reply import whole
from tests.catalog.scenarios import COST_COMPARISON, answer, at, evaluated, inputs

NEWEST: Final = f"d={len(COST_COMPARISON.starts)}&data_place=own&must_change="
MODELS: Final = tuple(option.value for option in COST_COMPARISON.inputs["tuned_model"].kind.options)  # type: ignore[union-attr]
OPEN: Final = tuple(key for key in MODELS if key not in FACTS.base_models or FACTS.base_models[key].parameters)


def own(query: str) -> tuple[float, str]:
    """What the untuned model on own GPUs costs for what runs, and why there is no price of it where there is none."""
    [row] = [row for row in evaluated(at(f"{NEWEST}&{query}")).rows if row.approach.key == "open"]
    return row.cost.running.until(12), "" if row.standing.can is Can.YES else row.standing.reason


def said(query: str) -> str:
    """What is said of the rows."""
    rows = figures(answer(at(f"{NEWEST}&{query}")))["rows"]
    return json.dumps(rows, ensure_ascii=False)


def note(name: str, query: str) -> str:
    """What stands under a field, in plain text."""
    patches = json.loads(whole(f"cost-comparison?{NEWEST}&{query}"))["patches"]
    return re.sub("<[^>]*>", "", patches[f"note-{name}"])


def test_about_twenty_open_models_and_all_cards_are_offered() -> None:
    """Those that people ask for, and one of their own."""
    assert {"A100-80", "A100-40", "L40S", "L4", "A10", "RTX4090", "RTX5090", "RTX-PRO-6000"} < set(GPUS)
    assert GPUS[:3] == ("H100", "H200", "B200")
    assert len(OPEN) >= 20
    assert MODELS[-1] == "own"
    for family in ("qwen3-", "gemma-3-", "phi-4", "mistral-", "llama-3", "gpt-oss-"):
        assert any(key.startswith(family) for key in OPEN), family


@pytest.mark.parametrize("gpu", GPUS)
def test_every_open_model_is_answered_on_every_card(gpu: str) -> None:
    """Nothing is refused for want of a measurement, and every one has a speed."""
    for model in OPEN:
        scenario = at(f"{NEWEST}&tuned_model={model}&gpu={gpu}")

        assert [] == list(refusals(inputs(scenario))), model
        assert evaluated(scenario).parts.effective.speed is not None, model


def test_a_measurement_is_taken_where_there_is_one() -> None:
    """In the bits that it was made in; in others it is carried over, and elsewhere there is an estimate."""
    measured = evaluated(at(f"{NEWEST}&tuned_model=llama-3.1-8b&gpu=H100")).parts.effective.speed
    carried = evaluated(at(f"{NEWEST}&tuned_model=llama-3.1-8b&gpu=H100&weight_bits=16")).parts.effective.speed
    estimated = evaluated(at(f"{NEWEST}&tuned_model=llama-3.1-8b&gpu=L40S")).parts.effective.speed

    assert isinstance(measured, ServingFit)
    assert isinstance(carried, Speed)
    assert isinstance(estimated, Speed)
    assert (carried.measured_bits, estimated.measured_bits) == (8, None)
    assert carried.prefill_seconds == pytest.approx(measured.prefill_seconds * 2, rel=0.01)
    assert carried.decode_seconds > measured.decode_seconds


@pytest.mark.parametrize("gpu", ["L40S", "A100-80"])
def test_an_8b_on_one_small_card_is_an_estimate_and_says_so(gpu: str) -> None:
    """The case of a small GPU: an answer, marked in the row, under the field, in the breakdown and in JSON."""
    query = f"tuned_model=llama-3.1-8b&gpu={gpu}&replicas=1"
    rows = figures(answer(at(f"{NEWEST}&{query}")))["rows"]
    assert isinstance(rows, list)
    [row] = [row for row in rows if row["approach"] == "open"]
    within = "within a factor of 1.5 in 93%"

    assert "Estimated from the data sheet" in said(query)
    assert within in said(query)
    assert (row["gpus"]["speed"], row["gpus"]["gpus"], row["gpus"]["sizing"]["by_memory"]) == ("estimated", 1, 1)
    assert within in note("gpu", query)
    assert "estimated from the GPU’s data sheet" in whole(f"cost-comparison?{NEWEST}&{query}")
    assert own(query)[0] > 0
    assert "Estimated" not in said("tuned_model=llama-3.1-8b&gpu=H100")


def test_a_rent_that_nobody_publishes_is_asked_for() -> None:
    """No price of a reserved GPU is on record: the row says so, and takes the reader's own."""
    unknown, why = own("hardware=reserved")
    known, _ = own("hardware=reserved&gpu_price=2")
    same, _ = own("gpu_price=2")

    assert why.startswith("no reserved rent is known for H100 there")
    assert why.endswith("enter your price of an hour")
    assert unknown < known
    assert known == same


def test_what_can_be_taken_away_is_rented_for_less() -> None:
    """And what that means stands beside it."""
    plain, _ = own("gpu=A100-80")
    less, why = own("gpu=A100-80&hardware=interruptible")

    assert why == ""
    assert less < plain
    assert "taken away at any moment" in said("gpu=A100-80&hardware=interruptible")
    assert "taken away at any moment" not in said("gpu=A100-80")


def test_what_a_card_costs_to_buy_is_asked_for_where_nobody_says() -> None:
    """The assumption is about an H100; of others the reader's price is asked."""
    assumed, none = own("hardware=owned")
    entered, _ = own(f"hardware=owned&gpu_bought={FACTS.assume('gpu_bought'):.0f}")
    _, why = own("hardware=owned&gpu=RTX4090")
    small, still = own("hardware=owned&gpu=RTX4090&gpu_bought=2000")

    assert none == still == ""
    assert assumed == entered
    assert why == ("what NVIDIA RTX 4090, 24 GB costs to buy is not on record: enter your price under “Self-hosting”")
    assert 0 < small < assumed


def test_old_links_say_owned_as_they_did() -> None:
    """Whether hardware was bought has become one of four ways to pay for it."""
    for written, means in (("yes", "owned"), ("no", "on-demand")):
        scenario = at(f"owned={written}")

        assert inputs(scenario).serving.hardware == means
        assert inputs(scenario).serving.gpu_bought == 35_000
    assert RENT_TERMS[0] == "on-demand"


def test_a_model_of_ones_own_is_what_its_numbers_say() -> None:
    """With the numbers of a listed model it is that model, but for its name and for the price of prompting it."""
    like = FACTS.shapes["mistral-7b"]
    query = (
        f"tuned_model=own&own_parameters={like.parameters / 1e9}&own_layers={like.layers}&own_context={like.context}"
        f"&own_heads={like.key_value_heads}&own_head_dimension={like.head_dimension}&gpu=RTX4090"
    )

    assert own(query) == own("tuned_model=mistral-7b&gpu=RTX4090")
    assert own(f"{query}&own_active=1")[0] <= own(query)[0]


def test_a_model_of_ones_own_is_of_no_account_where_another_is_tuned() -> None:
    """Nothing rests on numbers that are not asked for."""
    assert own("own_parameters=900&own_layers=200") == own("")


def test_a_model_that_nobody_sells_has_no_price_until_one_is_entered() -> None:
    """Neither prompted nor tuned by a service; on own GPUs it is answered."""
    found = {row.approach.key: row.standing.reason for row in evaluated(at(f"{NEWEST}&tuned_model=phi-4")).rows}

    assert "nobody’s price of Phi-4 is on record" in found["small"]
    assert "no service we know tuned this model" in found["api"]
    assert own("tuned_model=phi-4")[1] == ""
    entered = "small_input_price=0.1&small_output_price=0.4"
    [priced] = [row for row in evaluated(at(f"d=4&tuned_model=phi-4&{entered}")).rows if row.approach.key == "small"]
    assert "on record" not in priced.standing.reason
    assert priced.cost.running.until(12) > 0


def test_a_prompt_longer_than_the_context_of_ones_own_model_does_not_fit() -> None:
    """Its context is held against what a request has."""
    _, why = own("tuned_model=own&own_context=500")

    assert "do not fit your model’s context of 500" in why
