"""Bills as they are really run up: cases with what is right, and what holds of every scenario and model."""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.calculator import Scenario, Value
from calculators.catalog.cost_comparison.approaches import ROWS, Runs, row_of
from calculators.catalog.cost_comparison.breakdown.requests import cache_storage
from calculators.catalog.cost_comparison.breakdown.taken import Taken
from calculators.catalog.cost_comparison.cost.shape import Running
from calculators.catalog.cost_comparison.groups.bounds import ANYWHERE, STORAGE
from calculators.catalog.cost_comparison.words.rows import said_of
from calculators.catalog.cost_comparison.words.sentences import plain
from calculators.facts import FACTS
from calculators.quantity import write_money
from tests.catalog.scenarios import (
    COST_COMPARISON,
    answer,
    at,
    bounded,
    changed,
    evaluated,
    number,
    on_any_model,
    scenario_value,
    scenarios,
)

HELD: Final = json.loads((Path(__file__).with_name("cases") / "bills.json").read_text(encoding="utf-8"))["cases"]
BILLS: Final = [
    pytest.param(f"d=3&as_of={case['prices_of']}&{bill['scenario']}", case["row"], bill["right"], id=case["case"])
    for case in HELD
    for bill in case["bills"]
]
PROMPTED: Final = (Runs.PROMPTED, Runs.CHEAPER, Runs.DEARER, Runs.SMALL)
MOST_TOKENS: Final = int(FACTS.rule("most_part_tokens"))


def marginals(query: str) -> dict[str, float]:
    """Cost of one more request in each row that pays by the token. [USD per request]"""
    evaluation = evaluated(at(query))
    return {row.key: evaluation.row(row).running.marginal() for row in ROWS if evaluation.row(row).running.rates}


@pytest.mark.parametrize(("query", "row", "right"), BILLS)
def test_a_bill_comes_out_as_it_should(query: str, row: str, right: float) -> None:
    """To the digits that are written."""
    digits = len(str(right).partition(".")[2])

    assert round(marginals(query)[row], digits) == pytest.approx(right, abs=1e-9)


def test_each_row_is_held_against_its_own_context() -> None:
    """A prompt that fits the prompted model does not fit the small one."""
    query = "d=3&prompted_model=claude-sonnet-4-5&fixed_tokens=150000&varying_tokens=10000"
    reasons = {row.approach.key: row.standing.reason for row in answer(at(query)).rows}

    assert "160,000 tokens do not fit gpt-oss-20b’s context of 131,072" in reasons["small"]
    assert "context" not in reasons["prompt"]


def test_a_prompt_short_of_the_cache_is_padded_and_said_to_be() -> None:
    """What is counted stands in the row."""
    found = answer(at("d=3&fixed_tokens=1000&requests_per_month=1000000"))
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
    assert f"{least - fixed:,.0f} token{'' if least - fixed == 1 else 's'} short" in said
    assert f"about {write_money(plainly - comparison.row(row).total)} in" in said
    if "where it is cheaper" not in said:
        assert padded == pytest.approx(comparison.row(row).total)


def test_a_share_of_hits_that_cannot_apply_is_answered_in_words() -> None:
    """It is not dropped in silence."""
    found = answer(at("d=3&fixed_tokens=200&cache_hit_share=0.1"))
    said = " ".join(
        plain(each) for row in found.rows if row.approach.key == "prompt" for each in said_of(found)[row.approach]
    )

    assert "does not count here: GPT-6.1 Terra caches from 1,024 tokens" in said


@pytest.mark.parametrize(("volume", "padded"), [(100, False), (500_000, True)])
def test_a_prompt_is_padded_to_be_stored_where_that_pays(volume: int, padded: bool) -> None:
    """Storage is paid by the hour: below the least that is cached it is taken for many requests, and left for few."""
    query = f"d=3&prompted_model=gemini-3.1-pro-preview&cache_lifetime=storage&requests_per_month={volume}"
    short, least = (bills(at(f"{query}&fixed_tokens={fixed}"))["prompt"] for fixed in (4_095, 4_096))
    found = answer(at(f"{query}&fixed_tokens=4095"))
    [row] = (row for row in found.rows if row.approach.key == "prompt")
    made_of = sum(item.amount for item in cache_storage(Taken(found, row)))

    assert ("1 token short" in " ".join(plain(each) for each in said_of(found)[row.approach])) is padded
    assert (made_of > 0) is padded
    assert (short == pytest.approx(least)) is padded
    assert short <= least * (1 + 1e-9)


# What holds of every scenario and every model on record.

OURS: Final = dict.fromkeys(
    "input_price output_price cached_price cache_write_price batch_input_price batch_output_price small_input_price "
    "small_output_price tuned_input_price tuned_output_price".split()
)
"""Prices of tokens that are left to the records: the reader's own may be nothing."""


def running(scenario: Scenario) -> dict[str, Running]:
    """What runs in each row."""
    return {row.approach.key: row.running for row in evaluated(scenario).rows}


def bills(scenario: Scenario) -> dict[str, float]:
    """What runs in each row, over the horizon. [USD]"""
    months = int(number(scenario, "horizon_months"))
    return {key: each.until(months) for key, each in running(scenario).items()}


def steps_over_the_minimum(scenario: Scenario) -> Iterable[float]:
    """Fixed prompts that are less than one token short of what the model of some row caches. [token]"""
    found = evaluated(scenario)
    effective, fixed = found.parts.effective, number(scenario, "fixed_tokens")
    for row in found.rows:
        if row.running.rates:
            at_service = row.approach.runs is Runs.SERVICE and effective.service
            prices = at_service.tokens if at_service else effective.sold_for(row.approach.runs)[0].prices
            short = (prices.cache_minimum_tokens - row.held.fixed) / found.parts.counting.multiple(row.approach.runs)
            yield min(max(math.ceil(fixed + short) - 1, 0), MOST_TOKENS - 1)


def none_smaller(before: dict[str, float], after: dict[str, float]) -> None:
    """No bill is smaller than it was, but for the rounding of floats."""
    assert {} == {key: (before[key], after[key]) for key in before if after[key] < before[key] * (1 - 1e-9) - 1e-9}


@bounded(150)
@given(scenario=on_any_model(), shares=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_what_can_wait_never_costs_more(scenario: Scenario, shares: tuple[float, float]) -> None:
    """A request that can wait may always be sent at once: the more can, the less a row's bills come to."""
    less, more = sorted(shares)

    none_smaller(*(bills(changed(scenario, batch_share=share)) for share in (more, less)))


@bounded(100)
@given(scenario=on_any_model(), fixed=st.integers(0, MOST_TOKENS - 1))
def test_one_token_more_never_makes_a_bill_smaller(scenario: Scenario, fixed: int) -> None:
    """In no row, wherever the prompt stands; and from just below what each row's model caches to just above it."""
    for start in {fixed, *steps_over_the_minimum(scenario)}:
        none_smaller(*(bills(changed(scenario, fixed_tokens=float(start + more))) for more in (0, 1)))


@bounded(100)
@given(scenario=on_any_model(**OURS), calls=st.integers(2, 1_000), added=st.integers(1, 100_000))
def test_history_is_never_free(scenario: Scenario, calls: int, added: int) -> None:
    """In every row that pays by the token for its input, what is sent again costs something."""
    without, with_history = (
        running(changed(scenario, calls_per_task=calls, added_tokens=float(tokens))) for tokens in (0, added)
    )
    priced = {row.approach.key for row in evaluated(scenario).rows if row.standing.priced}
    for key, each in without.items():
        if each.rates and key in priced:
            assert with_history[key].marginal() > each.marginal(), key


@bounded(120)
@given(data=st.data())
def test_a_place_multiplies_exactly(data: st.DataObject) -> None:
    """All that a row pays for tokens there, in every scenario; and nothing of rows that are billed elsewhere."""
    place = FACTS.places[data.draw(st.sampled_from(list(FACTS.places)))]
    fixed: dict[str, Value] = {"as_of": FACTS.today, "place": ANYWHERE}
    # Where it does not count for tokens that are cached or wait, or the seller does not say so, there are none.
    if not place.with_cache:
        fixed["caching"] = False
    if not place.with_batch:
        fixed["batch_share"] = 0.0
    elsewhere = data.draw(on_any_model(place.models, **OURS, **fixed))
    # What storing a prompt costs is not multiplied: there another way may be the cheapest.
    assume(scenario_value(elsewhere, "cache_lifetime") != STORAGE)
    plainly, there = evaluated(elsewhere), evaluated(changed(elsewhere, place=place.key))
    for row, moved in zip(plainly.rows, there.rows, strict=True):
        sold = plainly.records.sold_for(row.approach.runs) if row.approach.runs in PROMPTED else ()
        times = place.multiple if any(each.record.key in place.models for each in sold) else 1.0
        for before, after in zip(row.running.rates, moved.running.rates, strict=True):
            assert (after.first, after.end) == (before.first, before.end)
            assert after.missed == pytest.approx(before.missed * times, rel=1e-12)
            assert after.saved == pytest.approx(before.saved * times, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("key", FACTS.places)
def test_every_place_multiplies_every_model_there(key: str) -> None:
    """To the digits of a float, where nothing is cached."""
    place = FACTS.places[key]
    for model in place.models:
        query = f"d=3&as_of={FACTS.today}&prompted_model={model}&caching=no"
        plain_bill, there = marginals(query), marginals(f"{query}&place={key}")

        assert there["prompt"] == pytest.approx(plain_bill["prompt"] * place.multiple, rel=1e-12)
