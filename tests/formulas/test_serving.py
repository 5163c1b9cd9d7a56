"""Serving: the time a request takes, the GPUs that a month needs, and what idle hours cost."""

import pytest

from calculators.formulas import (
    gpu_seconds_per_request,
    hosting_cost,
    key_value_cache,
    serving_gpus,
    serving_memory,
    utilisation,
)
from calculators.formulas.bills import cost_per_million_tokens, metered_window_cost


@pytest.mark.parametrize(("tokens_in", "tokens_out", "measured"), [(128, 128, 28_312), (500, 2_000, 17_660)])
def test_fitted_time_gives_back_the_measured_throughput(tokens_in: int, tokens_out: int, measured: float) -> None:
    """NVIDIA's rows for Llama 3.1 8B on one H100, in output tokens a second, come out within 6 %."""
    seconds = gpu_seconds_per_request(
        input_tokens=tokens_in,
        output_tokens=tokens_out,
        prefill_seconds=1.41e-5,
        decode_seconds=1.51e-5,
        attention_seconds=2.57e-8,
    )

    assert tokens_out / seconds == pytest.approx(measured, rel=0.06)


def test_no_output_has_nothing_to_look_back() -> None:
    """A request that is only read costs its prefill, however slow attention is."""
    seconds = gpu_seconds_per_request(
        input_tokens=1_000, output_tokens=0, prefill_seconds=2, decode_seconds=3, attention_seconds=5
    )

    assert seconds == 2_000


def gpus(requests: int, *, gpus_per_replica: int = 1) -> int:
    """Return the GPUs for some requests a month, where one GPU copes with 1,000 of them."""
    return serving_gpus(
        requests_per_month=requests,
        gpu_seconds_per_request=1,
        peak_to_mean=4,
        usable_share=0.5,
        minimum_replicas=2,
        gpus_per_replica=gpus_per_replica,
        seconds_per_month=8_000,
    )


@pytest.mark.parametrize(("requests", "needed"), [(0, 2), (2_000, 2), (2_001, 3), (3_000, 3), (3_001, 4)])
def test_capacity_is_bought_whole(requests: int, needed: int) -> None:
    """The minimum stands at no requests, a full replica is not yet too few, and one request more takes another."""
    assert needed == gpus(requests)


@pytest.mark.parametrize(("requests", "needed"), [(0, 8), (8_000, 8), (8_001, 12)])
def test_replica_of_four_gpus_is_bought_by_fours(requests: int, needed: int) -> None:
    """GPUs that hold one copy together are added together."""
    assert needed == gpus(requests, gpus_per_replica=4)


def test_utilisation_is_a_result() -> None:
    """Two GPUs for a load of a quarter are used to an eighth, and hosting costs the same at any load."""
    load = utilisation(requests_per_month=1_000, gpu_seconds_per_request=2, gpus=2, seconds_per_month=8_000)

    assert load == 0.125


@pytest.mark.parametrize(("price", "month"), [(1.70, 1_241), (7.00, 5_110)])
def test_hosting_is_paid_before_the_first_token(price: float, month: float) -> None:
    """A hosted tuned model at $1.70 an hour, a dedicated H100 at $7: a month of 730 hours, used or not."""
    assert hosting_cost(price_per_hour=price) == pytest.approx(month)


def test_storage_is_not_an_overhead() -> None:
    """The overhead share is on the rent alone; the fee for storage is added to each month."""
    cost = hosting_cost(
        price_per_hour=1, hours_per_month=100, replicas=2, months=3, overhead_share=0.5, storage_per_month=10
    )

    assert cost == 3 * (200 * 1.5 + 10)


def test_windows_decide_and_not_requests() -> None:
    """A window an hour costs a twelfth of twelve windows an hour; storage is paid beside it."""
    drained = metered_window_cost(windows=720, minutes_per_window=5, price_per_unit_minute=0.07144)
    spread = metered_window_cost(windows=720 * 12, minutes_per_window=5, price_per_unit_minute=0.07144)
    stored = metered_window_cost(
        windows=0, minutes_per_window=5, price_per_unit_minute=0.07144, stored_models=12, storage_per_model=1.95
    )

    assert spread == pytest.approx(12 * drained)
    assert stored == pytest.approx(23.4)


def test_tokens_are_twenty_times_as_dear_at_a_twentieth_of_the_load() -> None:
    """The bill is the same, so fewer tokens carry it."""
    full = cost_per_million_tokens(price_per_hour=3.6, gpu_seconds=1, tokens=15_000)
    idle = cost_per_million_tokens(price_per_hour=3.6, gpu_seconds=1, tokens=15_000, load=0.05)

    assert idle == pytest.approx(20 * full)


def test_memory_is_weights_and_cache() -> None:
    """Headroom is on the weights; keys and values, two of each, are counted as they are."""
    cache = key_value_cache(layers=32, key_value_heads=8, head_size=128, tokens=4_096, sequences=16, bits_per_value=16)
    memory = serving_memory(
        parameters=8e9, bits_per_weight=16, headroom=1.25, cache_bytes=cache, bytes_per_unit=1_000_000_000
    )

    assert cache == 2 * 2 * 32 * 8 * 128 * 4_096 * 16
    assert memory == pytest.approx(20 + cache / 1e9)
