"""Bills as they are really run up: cases with what is right, and what holds of every scenario and model."""

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.words.rows import said_of
from calculators.catalog.cost_comparison.words.sentences import plain
from calculators.facts import FACTS
from calculators.quantity import write_money
from tests.catalog.scenarios import COST_COMPARISON, answer, bounded, changed, scenarios

HELD: Final = json.loads((Path(__file__).with_name("cases") / "bills.json").read_text(encoding="utf-8"))["cases"]
BILLS: Final = [
    pytest.param(f"d=3&as_of={case['prices_of']}&{bill['scenario']}", case["row"], bill["right"], id=case["case"])
    for case in HELD
    for bill in case["bills"]
]
MODELS: Final = tuple(
    key for key, price in FACTS.inference.items() if price.valid_from <= FACTS.today and price.valid_until is None
)
tokens: Final = st.integers(0, 60_000)
"""Beyond what most models cache, and short of where most charge more for long prompts."""


def marginals(query: str) -> dict[str, float]:
    """Cost of one more request in each row that pays by the token. [USD per request]"""
    scenario = COST_COMPARISON.decode(query)
    evaluation = Evaluation(scenario.groups)
    return {row.key: evaluation.row(row).running.marginal() for row in ROWS if evaluation.row(row).running.rates}


def totals(query: str) -> dict[str, float]:
    """What runs in each row that pays by the token, over the horizon. [USD]"""
    evaluation = Evaluation(COST_COMPARISON.decode(query).groups)
    return {row.key: evaluation.row(row).running_total for row in ROWS if evaluation.row(row).running.rates}


def answered(query: str) -> Comparison:
    """A scenario's answer."""
    found: Comparison = COST_COMPARISON.answer(COST_COMPARISON.decode(query))
    return found


@pytest.mark.parametrize(("query", "row", "right"), BILLS)
def test_a_bill_comes_out_as_it_should(query: str, row: str, right: float) -> None:
    """To the digits that are written."""
    digits = len(str(right).partition(".")[2])

    assert round(marginals(query)[row], digits) == pytest.approx(right, abs=1e-9)


def test_each_row_is_held_against_its_own_context() -> None:
    """A prompt that fits the prompted model does not fit the small one."""
    query = "d=3&prompted_model=claude-sonnet-4-5&fixed_tokens=150000&varying_tokens=10000"
    reasons = {row.approach.key: row.standing.reason for row in answered(query).rows}

    assert "160,000 tokens do not fit gpt-oss-20b’s context of 131,072" in reasons["small"]
    assert "context" not in reasons["prompt"]


def test_a_prompt_short_of_the_cache_is_padded_and_said_to_be() -> None:
    """What is counted stands in the row."""
    found = answered("d=3&fixed_tokens=1000&requests_per_month=1000000")
    said = " ".join(
        plain(each) for row in found.rows if row.approach.key == "prompt" for each in said_of(found)[row.approach]
    )

    assert "24 tokens short of what GPT-6.1 Terra caches, 1,024" in said


@bounded(80)
@given(
    scenario=scenarios(False, 6, caching=True, delay_cost=0.0, as_of=FACTS.today, calls_per_task=1, counted_by="same"),
    model=st.sampled_from(["gpt-6.1-terra", "claude-sonnet-4-5", "gemini-3.5-flash", "gpt-5.1"]),
    share=st.floats(0.3, 1, exclude_max=True),
    growth=st.sampled_from([0.0, 0.05, -0.05]),
    batch=st.sampled_from([0.0, 0.0, 0.3]),
)
def test_padding_changes_the_total_by_what_is_said(
    scenario: Scenario, model: str, share: float, growth: float, batch: float
) -> None:
    """Entered by hand, over the same months and growth, beside a prompt that is not cached."""
    least = float(FACTS.inference[model].cache_minimum_tokens or 1_024)
    fixed = float(int(least * share))
    short = changed(scenario, prompted_model=model, fixed_tokens=fixed, monthly_growth=growth, batch_share=batch)
    assume(not list(COST_COMPARISON.check(short.groups)))
    comparison, row = answer(short), row_of("prompt")
    [said] = [plain(words) for words in said_of(comparison)[row] if "padded" in plain(words)] or [""]
    assume(said)
    padded, plainly = (
        answer(changed(short, **more)).row(row).total for more in ({"fixed_tokens": least}, {"caching": False})
    )

    assert comparison.row(row).total <= min(padded, plainly) * (1 + 1e-9)
    assert f"{least - fixed:,.0f} tokens short" in said
    assert f"about {write_money(plainly - comparison.row(row).total)} in" in said
    if "where it is cheaper" not in said:
        assert padded == pytest.approx(comparison.row(row).total)


def test_a_share_of_hits_that_cannot_apply_is_answered_in_words() -> None:
    """It is not dropped in silence."""
    found = answered("d=3&fixed_tokens=200&cache_hit_share=0.1")
    said = " ".join(
        plain(each) for row in found.rows if row.approach.key == "prompt" for each in said_of(found)[row.approach]
    )

    assert "does not count here: GPT-6.1 Terra caches from 1,024 tokens" in said


@bounded(60)
@given(
    model=st.sampled_from(MODELS),
    fixed=tokens,
    varying=tokens,
    calls=st.sampled_from([1, 1, 3, 20]),
    share=st.floats(0, 1),
    hits=st.one_of(st.none(), st.floats(0, 1)),
    growth=st.sampled_from([0, 0.3, -0.3]),
)
def test_what_can_wait_never_costs_more(
    model: str, fixed: int, varying: int, calls: int, share: float, hits: float | None, growth: float
) -> None:
    """A request that can wait may always be sent at once."""
    query = (
        f"d=3&prompted_model={model}&fixed_tokens={fixed}&varying_tokens={varying}&calls_per_task={calls}"
        f"&added_tokens=900&cache_hit_share={'' if hits is None else hits}&monthly_growth={growth}"
    )
    live, waiting = totals(query), totals(f"{query}&batch_share={share}")

    assert dict.fromkeys(live, True) == {key: waiting[key] <= live[key] * (1 + 1e-9) for key in live}


@bounded(60)
@given(
    model=st.sampled_from(MODELS),
    fixed=st.integers(0, 20_000),
    calls=st.sampled_from([1, 1, 4, 20]),
    batch=st.sampled_from([0, 0.5, 1]),
    hits=st.one_of(st.none(), st.floats(0, 1)),
)
def test_one_token_more_never_makes_a_bill_smaller(
    model: str, fixed: int, calls: int, batch: float, hits: float | None
) -> None:
    """Within a price tier; the least that is cached is tried from both sides."""
    least = int(FACTS.inference[model].cache_minimum_tokens or 0)
    end = f"&calls_per_task={calls}&added_tokens=700&batch_share={batch}&cache_hit_share={'' if hits is None else hits}"
    for start in (fixed, max(least - 1, 0)):
        shorter, longer = (
            totals(f"d=3&prompted_model={model}&fixed_tokens={start + more}{end}")["prompt"] for more in (0, 1)
        )

        assert longer >= shorter * (1 - 1e-9)


@bounded(30)
@given(model=st.sampled_from(MODELS), calls=st.integers(2, 40), added=st.integers(1, 5_000))
def test_history_is_never_free(model: str, calls: int, added: int) -> None:
    """In every row that pays by the token for its input, what is sent again costs something."""
    query = f"d=3&prompted_model={model}&calls_per_task={calls}"
    without, with_history = totals(f"{query}&added_tokens=0"), totals(f"{query}&added_tokens={added}")

    assert dict.fromkeys(without, True) == {key: with_history[key] > without[key] for key in without}


@pytest.mark.parametrize("key", FACTS.places)
def test_a_place_multiplies_exactly(key: str) -> None:
    """All that a row pays for tokens there, and nothing of rows that are billed elsewhere."""
    place = FACTS.places[key]
    for model in place.models:
        query = f"d=3&as_of={FACTS.today}&prompted_model={model}&caching=no"
        plain_bill, there = marginals(query), marginals(f"{query}&place={key}")

        assert there["prompt"] == pytest.approx(plain_bill["prompt"] * place.multiple, rel=1e-12)
