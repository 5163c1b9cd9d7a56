"""Bills of any kind: each line counts once, and what has no answer is refused in words."""

import pytest

from calculators.formulas import TERMS, bill, charge_with_minimum, difference, service_cost


def test_each_line_of_a_bill_counts_once() -> None:
    """No line is left out and none is added twice."""
    lines = {
        "training_cost": 1,
        "data_cost": 2,
        "people_cost": 4,
        "embedding_cost": 8,
        "storage_cost": 16,
        "search_cost": 32,
        "rerank_cost": 64,
        "input_cost": 128,
        "output_cost": 256,
        "hosting_cost": 512,
    }

    assert bill(**lines) == 1_023
    assert bill(**lines, units=2, periods=3) == 6 * 1_023
    assert bill() == 0


def test_each_meter_of_a_service_has_its_price() -> None:
    """Tokens by their price unit, hours by the hour."""
    cost = service_cost(
        input_tokens=1_000,
        input_price=1,
        cached_input_tokens=1_000,
        cached_input_price=2,
        output_tokens=1_000,
        output_price=4,
        training_tokens=1_000,
        training_price=8,
        hours=2,
        price_per_hour=16,
        tokens_per_price_unit=1_000,
    )

    assert cost == 1 + 2 + 4 + 8 + 32


@pytest.mark.parametrize(("usage", "charge"), [(0, 600), (50, 600), (50.5, 606)])
def test_minimum_is_never_paid_in_part(usage: float, charge: float) -> None:
    """Twelve quiet periods cost twelve minimums."""
    assert charge == charge_with_minimum(usage=usage, minimum=50, periods=12)


def test_difference_has_a_sign() -> None:
    """Costing less is a difference too."""
    assert difference(amount=75, other_amount=100, periods=2) == -50


@pytest.mark.parametrize(
    ("term", "inputs", "said"),
    [
        ("base_model_changes", {"months": 12, "model_life": 0}, "changed without end"),
        ("cache_hit_share", {"requests_per_month": 1, "minutes_to_live": 5, "minutes_per_month": 0}, "0 minutes"),
        ("compute_time", {"operations": 1, "peak_flops": 1, "mfu": 0}, "nothing is ever computed"),
        ("cost_per_million_tokens", {"price_per_hour": 1, "gpu_seconds": 1, "tokens": 0}, "no price per token"),
        ("gpu_hours_from_throughput", {"tokens": 1, "tokens_per_second_per_gpu": 0}, "never ends"),
        ("gpu_time_cost", {"price_per_hour": 1, "gpu_seconds": 1, "requests": 0}, "no cost per request"),
        ("gpus_for_memory", {"needed_bytes": 1, "bytes_per_gpu": 0}, "without memory"),
        ("gpus_for_memory", {"needed_bytes": 1, "bytes_per_gpu": 5e-324}, "that little memory"),
        (
            "index_pass_cost",
            {
                "corpus_tokens": 1,
                "document_tokens": 1,
                "chunk_tokens": 0,
                "instruction_tokens": 1,
                "output_tokens": 1,
                "input_price": 1,
                "output_price": 1,
                "cached_input_price": 1,
            },
            "0 tokens",
        ),
        ("owned_hardware_cost_per_month", {"purchase_price": 1, "life_months": 0}, "no monthly cost"),
        ("ratio", {"numerator": 1, "denominator": 0}, "multiple of 0"),
        ("rerank_cost", {"queries": 1, "price": 1, "chunks_per_search": 0}, "at least one chunk"),
        ("serving_memory", {"parameters": 1, "bits_per_weight": 1, "bytes_per_unit": 0}, "0 bytes"),
        (
            "serving_gpus",
            {
                "requests_per_month": 1,
                "gpu_seconds_per_request": 1,
                "peak_to_mean": 1,
                "usable_share": 0,
                "minimum_replicas": 1,
                "gpus_per_replica": 1,
            },
            "serve nothing",
        ),
        ("training_steps", {"examples": 1, "batch_size": 0, "epochs": 1}, "0 examples"),
        ("unit_cost", {"cost": 1, "units": 1, "used_share": 0}, "no cost per unit"),
        ("utilisation", {"requests_per_month": 1, "gpu_seconds_per_request": 1, "gpus": 0}, "no GPU time"),
        ("vector_database_cost", {"bytes_per_price_unit": 0}, "0 bytes"),
        ("volume_cost", {"requests": 1, "cost_per_request": 1, "requests_per_price_unit": 0}, "0 requests"),
    ],
)
def test_what_has_no_answer_is_said_in_words(term: str, inputs: dict[str, float], said: str) -> None:
    """Dividing by nothing is a sentence about the thing that is missing, not an arithmetic error."""
    with pytest.raises(ValueError, match=said):
        TERMS[term](**inputs)
