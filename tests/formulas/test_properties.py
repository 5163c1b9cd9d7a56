"""What holds for any input: more never costs less, twice is twice, and every result is a number."""

import math
from collections.abc import Callable
from typing import Final, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import TERMS
from calculators.quantity import Quantity

MODEST: Final = settings(max_examples=50, derandomize=True, deadline=None, database=None)
LARGEST: Final = 1e6
MOST_THINGS: Final = 60
FASTEST_RISE: Final = 2.0
SMALLEST: Final = 1e-6

# For each term: the inputs that raise it, those that lower it, and those that do either, depending on the others.
# The test below asks for every input of every term to stand in exactly one of the three.
DIRECTIONS: Final[dict[str, tuple[str, str, str]]] = {
    "activation_memory": (
        "tokens layers width vocabulary bytes_kept bytes_worked bytes_per_logit bytes_gathered",
        "",
        "",
    ),
    "answer_seconds": ("output_tokens seconds_to_first_token", "tokens_per_second", ""),
    "base_model_changes": ("months", "model_life", ""),
    "batch_cost": ("cost batched_cost", "", "batch_share"),
    "bill": (
        (
            "training_cost data_cost people_cost embedding_cost storage_cost search_cost rerank_cost input_cost "
            "output_cost hosting_cost units periods"
        ),
        "",
        "",
    ),
    "break_even_accuracy": ("loss_per_failure severe_loss", "value_per_success", "severe_share"),
    "break_even_volume": (
        "units_per_marginal_cost",
        "",
        "fixed_cost marginal_cost other_marginal_cost other_fixed_cost",
    ),
    "cache_hit_share": ("requests_per_month minutes_to_live", "minutes_per_month", ""),
    "cache_read_seconds": ("cache_bytes weight_bytes", "memory bandwidth bandwidth_utilisation", ""),
    "cached_prompt_cost": ("fixed_tokens cached_input_price cache_write_price", "tokens_per_price_unit", "hit_share"),
    "cascade_cost": ("small_cost large_cost sent_on_share", "", ""),
    "charge_with_minimum": ("usage minimum periods", "", ""),
    "chunk_count": ("corpus_tokens overlap_tokens", "chunk_tokens", ""),
    "chunks_across_documents": ("documents tokens_per_document overlap_tokens", "chunk_tokens", ""),
    "chunks_by_document": ("documents tokens_per_document overlap_tokens", "chunk_tokens", ""),
    "compute_cost": ("operations price_per_hour", "peak_flops mfu", ""),
    "compute_time": ("operations", "peak_flops mfu seconds_per_unit", ""),
    "context_memory": ("tokens bytes_per_token bytes_per_text bits_per_value", "", ""),
    "corpus_tokens": ("documents tokens_per_document", "", ""),
    "cost_per_accepted_answer": ("marginal_cost loss_per_failure", "success_rate", "caught_share"),
    "cost_per_million_tokens": (
        "price_per_hour gpu_seconds gpus tokens_per_price_unit",
        "tokens sequences load",
        "",
    ),
    "deployments": ("models", "models_per_deployment", ""),
    "difference": ("amount", "other_amount", "periods"),
    "embedding_tokens": ("corpus_tokens overlap_tokens", "chunk_tokens", ""),
    "failure_cost": ("cases share_of_failures loss_per_failure", "accuracy", ""),
    "file_tokens": ("size", "characters_per_token bytes_per_character", ""),
    "fine_tuning_cost": (
        "examples tokens_per_example epochs price runs validation_tokens evaluations minimum_charge",
        "tokens_per_price_unit",
        "",
    ),
    "frozen_memory": ("parameters bits_per_weight bytes_per_embedding", "", "embedding_parameters"),
    "gpu_cost": ("gpus hours price_per_hour", "", ""),
    "gpu_hours": ("gpus hours runs", "", ""),
    "gpu_hours_from_flops": ("parameters tokens flops_per_parameter_token", "peak_flops mfu", ""),
    "gpu_hours_from_throughput": ("tokens", "tokens_per_second_per_gpu", ""),
    "gpu_seconds_per_request": (
        "input_tokens output_tokens prefill_seconds decode_seconds attention_seconds",
        "cached_tokens",
        "",
    ),
    "gpu_time_cost": ("price_per_hour gpu_seconds", "requests load", ""),
    "gpus_for_memory": ("needed_bytes", "bytes_per_gpu", ""),
    "hosting_cost": (
        "price_per_hour hours_per_month gpus_per_replica replicas months overhead_share storage_per_month",
        "",
        "",
    ),
    "hour_training_cost": (
        "hours price_per_hour runs grader_input_tokens grader_output_tokens grader_input_price grader_output_price",
        "tokens_per_price_unit",
        "",
    ),
    "hourly_cost": ("hours price_per_hour units", "", ""),
    "index_pass_cost": (
        (
            "corpus_tokens overlap_tokens document_tokens instruction_tokens output_tokens input_price output_price "
            "cached_input_price cache_write_price"
        ),
        "tokens_per_price_unit",
        "chunk_tokens",
    ),
    "key_value_cache": ("layers key_value_heads head_size tokens sequences bits_per_value", "", ""),
    "labelling_cost": ("examples price_per_label people_per_example", "automatic_share", ""),
    "long_prompt_multiple": ("multiple", "", "input_tokens threshold_tokens"),
    "long_prompt_request_cost": (
        (
            "output_tokens input_price output_price input_multiple output_multiple cached_input_price "
            "cache_write_price reasoning_tokens"
        ),
        "tokens_per_price_unit",
        "input_tokens cached_input_tokens cache_write_tokens threshold_tokens",
    ),
    "metered_window_cost": (
        "windows minutes_per_window price_per_unit_minute copies units_per_copy stored_models storage_per_model",
        "",
        "",
    ),
    "memory_per_gpu": ("shared_bytes whole_bytes", "gpus", ""),
    "monthly_rate": ("annual_rate", "", ""),
    "npv": ("monthly_saving", "setup_cost", "months discount_rate"),
    "overhead_cost": ("cost overhead_share units", "", ""),
    "owned_hardware_cost_per_month": (
        "purchase_price overhead_share kilowatts price_per_kilowatt_hour hours_per_month other_cost_per_month",
        "resale_value",
        "life_months",
    ),
    "padded_training_tokens": ("context_tokens batch_size steps runs", "", ""),
    "payback_months": ("setup_cost", "monthly_saving", ""),
    "payback_periods": ("setup_cost cost_after", "requests_per_period cost_before", ""),
    "people_cost": ("price_per_hour setup_hours hours_per_month months", "", ""),
    "present_value": ("amount", "", "months discount_rate"),
    "price_in_month": ("price change_per_year", "", "month"),
    "ratio": ("numerator", "denominator", ""),
    "recorded_request_cost": (
        (
            "prompt_tokens output_tokens input_price output_price cached_tokens_beside cached_input_price "
            "cache_write_tokens_beside cache_write_price reasoning_tokens_beside"
        ),
        "tokens_per_price_unit",
        "cached_tokens_inside cache_write_tokens_inside",
    ),
    "request_cost": (
        (
            "input_tokens output_tokens input_price output_price cached_input_tokens cached_input_price "
            "cache_write_tokens cache_write_price reasoning_tokens"
        ),
        "tokens_per_price_unit",
        "",
    ),
    "request_cost_with_multiples": (
        (
            "input_price input_tokens output_tokens output_price cached_input_tokens cached_input_multiple "
            "cache_write_tokens cache_write_multiple reasoning_tokens price_multiple"
        ),
        "tokens_per_price_unit",
        "",
    ),
    "requests_at_rate": ("requests_per_second hours", "", ""),
    "requests_at_once": ("requests_per_second seconds_per_request", "", ""),
    "requests_in_month": ("requests_per_month monthly_growth", "", "month"),
    "requests_over": ("requests_per_month monthly_growth months", "", ""),
    "requests_per_second": ("requests peak_to_mean", "hours", ""),
    "rerank_cost": ("queries price chunks_per_query", "chunks_per_search searches_per_price_unit", ""),
    "rerank_tokens": ("chunks_per_query chunk_tokens query_tokens", "", ""),
    "retried_cost": ("cost retry_share", "", ""),
    "retrieved_tokens": ("retrieved_chunks chunk_tokens", "", ""),
    "retrieved_tokens_cost": ("retrieved_chunks chunk_tokens input_price", "tokens_per_price_unit", ""),
    "service_cost": (
        (
            "input_tokens input_price cached_input_tokens cached_input_price output_tokens output_price "
            "training_tokens training_price hours price_per_hour"
        ),
        "tokens_per_price_unit",
        "",
    ),
    "serving_gpus": (
        "requests_per_month gpu_seconds_per_request peak_to_mean minimum_replicas requests_at_once",
        "usable_share seconds_per_month requests_per_replica",
        "gpus_per_replica",
    ),
    "serving_memory": ("parameters bits_per_weight headroom cache_bytes", "bytes_per_unit", ""),
    "shorter_prompt_payback": (
        "setup_cost tokens_after price_after output_price_after",
        "tokens_before price_before output_price_before",
        "output_tokens tokens_per_price_unit",
    ),
    "shorter_prompt_saving": (
        "tokens_before price_before output_price_before",
        "tokens_after price_after output_price_after",
        "output_tokens tokens_per_price_unit",
    ),
    "stages_cost": ("price_per_hour pretraining_hours context_extension_hours post_training_hours", "", ""),
    "stages_gpu_hours": ("pretraining_hours context_extension_hours post_training_hours", "", ""),
    "success_value": ("cases accuracy value_per_success", "", ""),
    "task_input_tokens": ("start_tokens added_tokens calls", "", ""),
    "texts_held": ("gpus bytes_per_gpu usable_share", "weights bytes_per_text copies", ""),
    "token_cost": ("tokens price", "tokens_per_price_unit", ""),
    "token_training_cost": ("tokens price minimum_charge jobs", "tokens_per_price_unit", ""),
    "tokens_per_second": ("tokens sequences", "seconds", ""),
    "tokens_served": ("tokens_per_second hours gpus usable_share", "tokens_per_unit", ""),
    "total_cost_of_ownership": (
        "setup_cost monthly_cost months marginal_cost requests cost_per_change changes exit_cost",
        "",
        "",
    ),
    "training_operations": ("parameters tokens flops_per_parameter_token", "", ""),
    "training_steps": ("examples epochs", "batch_size", ""),
    "training_tokens": (
        "examples tokens_per_example epochs runs validation_tokens evaluations",
        "",
        "",
    ),
    "tuned_prompt_tokens": ("fixed_tokens tuned_instruction_tokens", "instruction_tokens", ""),
    "unit_cost": ("cost units_per_price_unit", "units used_share", ""),
    "utilisation": ("requests_per_month gpu_seconds_per_request", "gpus seconds_per_month", ""),
    "value_of_accuracy": (
        "accuracy value_per_success",
        "loss_per_failure severe_loss",
        "cases severe_share",
    ),
    "vector_database_cost": (
        "stored_bytes storage_price reads read_price writes write_price other_cost minimum_per_month months",
        "bytes_per_price_unit operations_per_price_unit",
        "",
    ),
    "vector_storage": ("chunks dimensions bytes_per_dimension other_bytes_per_chunk copies", "", ""),
    "volume_cost": ("requests cost_per_request periods", "requests_per_price_unit", ""),
    "volume_saving": ("cost_before", "cost_after", "requests"),
    "weights_read_seconds": ("weight_bytes", "sequences bandwidth bandwidth_utilisation", ""),
    "word_tokens": ("words tokens_per_thousand_words", "", ""),
    "workload_cost": (
        (
            "requests input_tokens output_tokens input_price output_price cached_input_tokens cached_input_price "
            "cache_write_tokens cache_write_price reasoning_tokens share_of_requests periods"
        ),
        "tokens_per_price_unit",
        "",
    ),
}

# Twice the input is twice the result, to the last digit: doubling a float is exact.
PROPORTIONAL: Final[dict[str, str]] = {
    "bill": "units periods",
    "cache_read_seconds": "cache_bytes",
    "charge_with_minimum": "periods",
    "chunks_by_document": "documents",
    "corpus_tokens": "documents tokens_per_document",
    "difference": "periods",
    "failure_cost": "cases loss_per_failure",
    "file_tokens": "size",
    "fine_tuning_cost": "runs",
    "gpu_cost": "gpus hours price_per_hour",
    "gpu_hours": "gpus hours runs",
    "gpu_hours_from_flops": "parameters tokens",
    "gpu_hours_from_throughput": "tokens",
    "gpu_time_cost": "price_per_hour gpu_seconds",
    "hosting_cost": "months",
    "hour_training_cost": "runs",
    "hourly_cost": "hours price_per_hour units",
    "key_value_cache": "tokens sequences",
    "labelling_cost": "examples price_per_label people_per_example",
    "people_cost": "price_per_hour",
    "request_cost_with_multiples": "price_multiple",
    "requests_at_once": "requests_per_second seconds_per_request",
    "requests_at_rate": "requests_per_second hours",
    "requests_in_month": "requests_per_month",
    "requests_over": "requests_per_month",
    "requests_per_second": "requests peak_to_mean",
    "retrieved_tokens_cost": "retrieved_chunks chunk_tokens input_price",
    "shorter_prompt_payback": "setup_cost",
    "success_value": "cases",
    "token_cost": "tokens price",
    "tokens_per_second": "tokens sequences",
    "training_tokens": "runs",
    "utilisation": "requests_per_month",
    "value_of_accuracy": "cases",
    "vector_database_cost": "months",
    "vector_storage": "chunks",
    "volume_cost": "requests periods",
    "volume_saving": "requests",
    "weights_read_seconds": "weight_bytes",
    "word_tokens": "words tokens_per_thousand_words",
    "workload_cost": "requests periods",
}


def quantities(term: Callable[..., float]) -> dict[str, Quantity]:
    """Return the quantity of each input of a term."""
    hints = get_type_hints(term, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if name != "return"}


def values(quantity: Quantity) -> st.SearchStrategy[float]:
    """Return values that a quantity allows, 0 and its other bounds among them, within the sizes that occur."""
    if quantity.whole:
        return st.integers(int(quantity.minimum), int(min(quantity.maximum, MOST_THINGS)))
    if quantity.share and quantity.maximum > 1:
        return st.floats(quantity.minimum, FASTEST_RISE)
    largest = min(quantity.maximum, LARGEST)
    above = st.floats(max(quantity.minimum, SMALLEST), largest)
    if quantity.minimum < 0:
        return st.floats(-largest, -SMALLEST) | st.just(0.0) | above
    return st.just(quantity.minimum) | above if quantity.minimum == 0 else above


def arguments(term: Callable[..., float]) -> st.SearchStrategy[dict[str, float]]:
    """Return complete sets of inputs for a term."""
    return st.fixed_dictionaries({name: values(quantity) for name, quantity in quantities(term).items()})


def answer_to(term: Callable[..., float], inputs: dict[str, float]) -> float | None:
    """Return the result of a term, or nothing where it refuses its inputs."""
    try:
        return term(**inputs)
    except ValueError:
        return None


def at_least(more: float, less: float) -> bool:
    """Say whether one result is no less than another, up to rounding in the last digits."""
    return more >= less or math.isclose(more, less, rel_tol=1e-9)


def test_every_input_has_a_direction() -> None:
    """A new input says here what more of it does, or the properties below would not know it."""
    assert sorted(TERMS) == sorted(DIRECTIONS)
    for name, term in TERMS.items():
        assert sorted(quantities(term)) == sorted(" ".join(DIRECTIONS[name]).split()), name


@pytest.mark.parametrize("name", TERMS)
@MODEST
@given(data=st.data())
def test_every_result_is_a_number(name: str, data: st.DataObject) -> None:
    """Whatever is entered within bounds, the answer is a finite number, a documented *never*, or a plain refusal."""
    term = TERMS[name]
    documentation = term.__doc__ or ""
    answer = answer_to(term, data.draw(arguments(term)))

    if answer is None:
        assert "Raises:" in documentation
    else:
        assert math.isfinite(answer) or (answer == math.inf and "math.inf" in documentation)


@pytest.mark.parametrize("name", TERMS)
@MODEST
@given(data=st.data())
def test_more_never_goes_the_other_way(name: str, data: st.DataObject) -> None:
    """More tokens, requests, people or months never cost less; more of what saves never costs more."""
    term = TERMS[name]
    inputs, others = data.draw(arguments(term)), data.draw(arguments(term))
    raising, lowering, _ = DIRECTIONS[name]
    for varied in (raising + " " + lowering).split():
        first, second = (
            answer_to(term, inputs | {varied: value}) for value in sorted((inputs[varied], others[varied]))
        )
        if first is not None and second is not None:
            assert at_least(second, first) if varied in raising.split() else at_least(first, second), varied


@pytest.mark.parametrize("name", PROPORTIONAL)
@MODEST
@given(data=st.data())
def test_twice_as_much_is_twice_as_much(name: str, data: st.DataObject) -> None:
    """Where no step and no minimum comes between, twice the volume costs twice as much."""
    term = TERMS[name]
    inputs = data.draw(arguments(term))
    once = answer_to(term, inputs)
    for varied in PROPORTIONAL[name].split():
        if once is not None:
            assert term(**inputs | {varied: 2 * inputs[varied]}) == pytest.approx(2 * once, rel=1e-12, abs=0), varied
