"""Requests paid by the token: worked examples and the places where a price changes."""

import math
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import (
    batch_cost,
    cache_hit_share,
    cached_prompt_cost,
    long_prompt_multiple,
    request_cost,
    retried_cost,
    token_cost,
)
from calculators.formulas.bills import long_prompt_request_cost, workload_cost

MODEST: Final = settings(max_examples=50, derandomize=True, deadline=None, database=None)
lengths: Final = st.integers(0, 500_000)


def test_price_per_thousand_and_per_million_agree() -> None:
    """Old price lists are per thousand tokens, new ones per million: the bill is the same."""
    per_million = token_cost(tokens=11_000, price=8)
    per_thousand = token_cost(tokens=11_000, price=0.008, tokens_per_price_unit=1_000)

    assert per_million == pytest.approx(per_thousand)


def test_reasoning_more_than_doubles_a_small_request() -> None:
    """500 hidden tokens cost more than the 1,000 read and the 200 shown."""
    shown = request_cost(input_tokens=1_000, output_tokens=200, input_price=0.1, output_price=0.5)
    thought = request_cost(
        input_tokens=1_000, output_tokens=200, input_price=0.1, output_price=0.5, reasoning_tokens=500
    )

    assert shown == pytest.approx(0.0002)
    assert thought == pytest.approx(0.00045)


def test_each_kind_of_token_has_its_own_price() -> None:
    """Read from the cache, written to it, billed in full, shown and hidden: nothing is counted twice or left out."""
    cost = request_cost(
        input_tokens=1,
        output_tokens=10,
        input_price=1,
        output_price=1,
        cached_input_tokens=100,
        cached_input_price=1,
        cache_write_tokens=1_000,
        cache_write_price=1,
        reasoning_tokens=10_000,
        tokens_per_price_unit=1,
    )

    assert cost == 11_111


def test_workload_is_its_requests() -> None:
    """A share of the requests, over some periods, costs what so many single requests cost."""
    one = request_cost(input_tokens=3_000, output_tokens=200, input_price=2, output_price=8)
    many = workload_cost(
        requests=1_000,
        input_tokens=3_000,
        output_tokens=200,
        input_price=2,
        output_price=8,
        share_of_requests=0.25,
        periods=12,
    )

    assert many == pytest.approx(3_000 * one)


@pytest.mark.parametrize(("requests", "share"), [(0, 0), (1_000, 0.11), (5_000, 0.43), (20_000, 0.9), (50_000, 0.997)])
def test_cache_hits_grow_with_traffic(requests: int, share: float) -> None:
    """At five minutes to live, a thousand requests a month nearly always miss and fifty thousand nearly always hit."""
    hits = cache_hit_share(requests_per_month=requests, minutes_to_live=5)

    assert hits == pytest.approx(share, abs=0.005)


def test_all_hits_cost_reads_and_all_misses_cost_writes() -> None:
    """The share weighs two prices and invents none."""
    reads = cached_prompt_cost(fixed_tokens=1_000_000, hit_share=1, cached_input_price=0.3, cache_write_price=3.75)
    writes = cached_prompt_cost(fixed_tokens=1_000_000, hit_share=0, cached_input_price=0.3, cache_write_price=3.75)

    assert (reads, writes) == (0.3, 3.75)


@pytest.mark.parametrize(("length", "multiple"), [(0, 1), (271_999, 1), (272_000, 1), (272_001, 2)])
def test_prompt_at_the_threshold_pays_the_plain_price(length: int, multiple: float) -> None:
    """Only a prompt longer than the threshold is long."""
    assert multiple == long_prompt_multiple(input_tokens=length, threshold_tokens=272_000, multiple=2)


def test_cached_tokens_make_a_prompt_long_too() -> None:
    """The whole prompt is measured, and the whole request is dearer: reads, writes and output included."""
    plain = request_cost(
        input_tokens=50_000,
        output_tokens=1_000,
        input_price=2,
        output_price=6,
        cached_input_tokens=40_000,
        cached_input_price=0.2,
        cache_write_tokens=20_000,
        cache_write_price=2.5,
    )
    long = long_prompt_request_cost(
        input_tokens=50_000,
        output_tokens=1_000,
        input_price=2,
        output_price=6,
        cached_input_tokens=40_000,
        cached_input_price=0.2,
        cache_write_tokens=20_000,
        cache_write_price=2.5,
        threshold_tokens=100_000,
        input_multiple=5,
        output_multiple=5,
    )

    assert long == pytest.approx(5 * plain)


@MODEST
@given(shorter=lengths, longer=lengths, multiple=st.floats(1, 5))
def test_longer_prompt_never_costs_less(shorter: int, longer: int, multiple: float) -> None:
    """Crossing the threshold is a step up, wherever the two lengths lie."""
    lower, higher = (
        long_prompt_request_cost(
            input_tokens=length,
            output_tokens=200,
            input_price=2,
            output_price=6,
            threshold_tokens=272_000,
            input_multiple=multiple,
            output_multiple=multiple,
        )
        for length in sorted((shorter, longer))
    )

    assert lower <= higher


@pytest.mark.parametrize(("share", "cost"), [(0, 80), (0.25, 70), (1, 40)])
def test_batch_price_reaches_only_what_can_wait(share: float, cost: float) -> None:
    """Nothing waits: full price. All waits: the whole of the batch price."""
    assert cost == batch_cost(cost=80, batched_cost=40, batch_share=share)


def test_calls_that_always_fail_are_never_done() -> None:
    """Retrying for ever has no price, not even where a call is free."""
    assert retried_cost(cost=80, retry_share=0) == 80
    assert retried_cost(cost=0, retry_share=1) == math.inf
