"""Training: what is billed, how long it takes, and what memory it needs."""

from functools import partial

import pytest

from calculators.formulas import (
    activation_memory,
    frozen_memory,
    gpu_hours_from_flops,
    gpus_for_memory,
    memory_per_gpu,
    token_training_cost,
    training_operations,
    training_tokens,
)
from calculators.formulas.bills import (
    fine_tuning_cost,
    gpu_hours_from_throughput,
    hour_training_cost,
    padded_training_tokens,
    training_steps,
)


def test_failed_runs_are_billed() -> None:
    """Three runs until one is kept are paid three times, validation included."""
    tokens = training_tokens(
        examples=500, tokens_per_example=1_000, epochs=3, runs=3, validation_tokens=50_000, evaluations=2
    )

    assert tokens == 3 * (1_500_000 + 100_000)


def test_small_model_is_cheap_to_tune() -> None:
    """3M tokens at the price of a LoRA on up to 16B parameters are the price of a coffee."""
    assert token_training_cost(tokens=3_000_000, price=0.48) == pytest.approx(1.44)


@pytest.mark.parametrize(("tokens", "cost"), [(0, 12), (23_999_999, 12), (24_000_000, 12), (48_000_000, 24)])
def test_minimum_is_charged_for_each_job(tokens: int, cost: float) -> None:
    """Three jobs below the minimum cost three minimums; from the minimum on, tokens count."""
    charged = token_training_cost(tokens=tokens, price=0.5, minimum_charge=4, jobs=3)

    assert charged == pytest.approx(cost)


def test_minimum_is_charged_for_each_run_of_a_file() -> None:
    """From the file to the bill, each run is a job of its own."""
    cost = fine_tuning_cost(examples=100, tokens_per_example=500, epochs=3, price=0.5, runs=3, minimum_charge=4)

    assert cost == 12


@pytest.mark.parametrize(("examples", "steps"), [(0, 0), (1, 1), (64, 1), (65, 2), (128, 2)])
def test_last_batch_is_a_step(examples: int, steps: int) -> None:
    """A batch that is not full is worked through all the same."""
    assert steps == training_steps(examples=examples, batch_size=64, epochs=1)


def test_padding_ignores_the_length_of_the_file() -> None:
    """100 examples of any length, in batches of 10 over 2 epochs, are billed as 200 full contexts."""
    steps = training_steps(examples=100, batch_size=10, epochs=2)

    assert padded_training_tokens(context_tokens=8_192, batch_size=10, steps=steps) == 200 * 8_192


def test_grader_is_paid_in_each_run() -> None:
    """Training by the hour pays hours and, where a model grades, its tokens at its own prices."""
    cost = hour_training_cost(
        hours=4,
        price_per_hour=100,
        runs=2,
        grader_input_tokens=5_000_000,
        grader_output_tokens=1_000_000,
        grader_input_price=2,
        grader_output_price=8,
    )

    assert cost == 2 * (400 + 10 + 8)


def test_full_tuning_takes_half_as_much_again_as_lora() -> None:
    """LoRA skips the gradient of the frozen weights: 4 operations where full tuning takes 6."""
    full = training_operations(parameters=8e9, tokens=3e6, flops_per_parameter_token=6)
    lora = training_operations(parameters=8e9, tokens=3e6, flops_per_parameter_token=4)

    assert full == 1.5 * lora


def test_measured_and_derived_hours_agree() -> None:
    """The speed that a peak and a utilisation imply gives the same hours as that speed measured."""
    implied = 9.89e14 * 0.4 / (4 * 8e9)
    measured = gpu_hours_from_throughput(tokens=3e6, tokens_per_second_per_gpu=implied)
    derived = gpu_hours_from_flops(parameters=8e9, tokens=3e6, flops_per_parameter_token=4, peak_flops=9.89e14, mfu=0.4)

    assert derived == pytest.approx(measured)


@pytest.mark.parametrize(("gigabytes", "gpus"), [(0, 0), (6, 1), (80, 1), (80.1, 2), (160, 2)])
def test_memory_fits_up_to_the_last_byte(gigabytes: float, gpus: int) -> None:
    """A model that needs exactly what the GPUs have still fits."""
    assert gpus == gpus_for_memory(needed_bytes=gigabytes * 1e9, bytes_per_gpu=80e9)


def test_states_shared_out_are_what_zero_counts() -> None:
    """16 bytes of each of 7.5B parameters over 64 GPUs leave 1.9 GB on each; 120 GB on one (ZeRO, figure 1)."""
    assert memory_per_gpu(shared_bytes=16 * 7.5e9, whole_bytes=0, gpus=64) == 1.875e9
    assert memory_per_gpu(shared_bytes=16 * 7.5e9, whole_bytes=0) == 120e9


def test_tables_of_the_vocabulary_are_not_quantised() -> None:
    """4 bits of all but the two tables of a Llama 3.1 8B, which keep two bytes."""
    tables = 2 * 128_256 * 4_096
    held = frozen_memory(parameters=8.03e9, bits_per_weight=4, embedding_parameters=tables, bytes_per_embedding=2)

    assert held == pytest.approx((8.03e9 - tables) / 2 + 2 * tables)


def test_a_step_holds_a_layer_or_the_scores() -> None:
    """What is larger counts, and what is gathered stands beside the layer alone."""
    step = partial(
        activation_memory, tokens=2, layers=3, width=5, vocabulary=7, bytes_kept=2, bytes_worked=10, bytes_per_logit=1
    )

    assert step() == 2 * 3 * 5 * 2 + 2 * 5 * 10
    assert step(bytes_gathered=50) == step() + 50
    assert step(bytes_per_logit=100, bytes_gathered=50) == 2 * 3 * 5 * 2 + 2 * 7 * 100
