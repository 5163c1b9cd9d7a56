"""Training on GPUs of one's own: what fits where, how fast it gets through, and what is said of it."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import RefusedScenarioError
from calculators.catalog.cost_comparison.approaches import Tunes
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.own_training import Memory, Setup, derived_width, memory
from calculators.catalog.cost_comparison.words.rows import said_of
from calculators.facts import FACTS
from calculators.formulas.units import BYTES_PER_GIGABYTE
from tests.catalog.scenarios import answer, at, bounded

ASSUMED: Final = {key: FACTS.assume(key) for key in FACTS.assumptions}
GB: Final = BYTES_PER_GIGABYTE
OWN: Final = "d=4&must_change=task&data_place=own"

SEVENTY: Final = FACTS.shapes["llama-3.3-70b"]
SEVEN: Final = Setup(
    parameters=7e9,
    layers=32,
    width=4_096,
    vocabulary=32_000,
    trainer=FACTS.trainers["fsdp"],
    method="lora",
    tokens=600,
    bits=ASSUMED["qlora_bits"],
    rank=ASSUMED["adapter_rank"],
)


def seventy(trainer: str, method: str, tokens: float) -> Memory:
    """The memory of training a Llama 70B."""
    return memory(
        replace(
            SEVEN,
            parameters=SEVENTY.parameters,
            layers=SEVENTY.layers,
            width=float(SEVENTY.width or 0),
            vocabulary=float(SEVENTY.vocabulary or 0),
            trainer=FACTS.trainers[trainer],
            method=method,
            tokens=tokens,
        ),
        ASSUMED,
    )


def trained_here(comparison: Comparison) -> Row:
    """The row that is tuned on GPUs of one's own."""
    return next(row for row in comparison.rows if row.approach.tunes is Tunes.OWN_GPUS)


def said(comparison: Comparison) -> str:
    """What is said of training in that row."""
    sentences = said_of(comparison)[trained_here(comparison).approach]
    written = ["".join(str(getattr(part, "text", part)) for part in each) for each in sentences]
    return next((each for each in written if each.startswith("Training takes")), "")


# Cases of bills.


@pytest.mark.parametrize(("trainer", "tokens"), [("deepspeed", 256), ("fsdp", 4_096), ("ms-swift", 2_048)])
def test_a_70b_does_not_fit_sixteen_cards_of_23_gb_even_as_lora(trainer: str, tokens: float) -> None:
    """In practice it did not, and a table says that 160 GB are enough."""
    assert seventy(trainer, "lora", tokens).on_each(16) > 23 * GB


@pytest.mark.parametrize("trainer", ["fsdp", "deepspeed"])
def test_all_weights_of_a_70b_do_not_fit_eight_cards_of_80_gb(trainer: str) -> None:
    """16 bytes a parameter, before anything is computed; 32 cards were used in practice."""
    need = seventy(trainer, "full", 600)

    assert need.on_each(8) > 80 * GB
    assert 16 <= (need.fewest(80 * GB) or 0) <= 32


@pytest.mark.parametrize(("trainer", "fewest"), [("fsdp", 16), ("deepspeed", 21)])
def test_the_answer_takes_as_many_gpus_as_all_weights_of_a_70b_need(trainer: str, fewest: int) -> None:
    """Sixteen are the fewest that anybody names, with FSDP; gradients in 32 bits take more."""
    asked = f"{OWN}&tuned_model=llama-3.3-70b&training_method=full&trainer={trainer}"

    assert answer(at(asked)).evaluation.parts.training.own_gpus == fewest
    with pytest.raises(RefusedScenarioError, match=f"enter {fewest} or more"):
        at(f"{asked}&training_gpus=8")


@pytest.mark.parametrize(
    ("asked", "needs"),
    [
        # Cards of 24 GB, a little larger than those that did not hold it.
        ("gpu=A10&training_gpus=16", "27 GB on each of 16 × NVIDIA A10, 24 GB: enter 23 or more"),
        ("gpu=A10&training_gpus=16&trainer=fsdp&sequence_tokens=4096", "27 GB on each of 16 × NVIDIA A10"),
        ("gpu=A10&training_gpus=16&trainer=ms-swift&sequence_tokens=2048", "25 GB on each of 16 × NVIDIA A10"),
        ("gpu=A100-80&training_method=full&training_gpus=8", "enter 21 or more"),
        ("gpu=A100-80&training_method=full&training_gpus=8&trainer=fsdp", "enter 16 or more"),
        ("gpu=A100-80&training_method=full&training_gpus=1", "on one NVIDIA A100, 80 GB"),
    ],
)
def test_a_70b_that_does_not_fit_is_refused(asked: str, needs: str) -> None:
    """Asked as a reader does: what it needs on each, and how many to enter."""
    with pytest.raises(RefusedScenarioError, match=needs):
        at(f"{OWN}&tuned_model=llama-3.3-70b&{asked}")


def test_a_frozen_reference_is_counted_in_the_answer() -> None:
    """A 7B of the reader's own, all weights, with preferences: 14 GB more, and the row says what for."""
    asked = f"{OWN}&tuned_model=own&own_parameters=7&gpu=A100-80&training_method=full&preference="
    plainly, preferred = (answer(at(f"{asked}{each}")) for each in ("no", "yes"))
    without, beside = (each.evaluation.parts.training.own_memory for each in (plainly, preferred))
    assert without is not None
    assert beside is not None

    assert beside.shared - without.shared == 14 * GB
    assert "a frozen copy to compare with" in said(preferred)
    assert "a frozen copy" not in said(plainly)


def test_a_frozen_reference_of_a_7b_takes_14_gb() -> None:
    """Preferences compare with the model as it was, in 16 bits; an adapter is switched off for that."""
    full, preferred = (memory(replace(SEVEN, method="full", preference=each), ASSUMED) for each in (False, True))

    assert preferred.shared - full.shared == 14e9
    assert memory(replace(SEVEN, preference=True), ASSUMED).reference == 0


# Properties.


def setups() -> st.SearchStrategy[Setup]:
    """Any model of these sizes, trained in any way."""
    return st.builds(
        Setup,
        parameters=st.floats(1e9, 5e11),
        layers=st.integers(16, 128),
        width=st.floats(1_024, 16_384),
        vocabulary=st.floats(32_000, 262_144),
        trainer=st.sampled_from(list(FACTS.trainers.values())),
        method=st.sampled_from(["full", "lora", "qlora"]),
        tokens=st.floats(1, 1e6),
        narrow=st.booleans(),
        preference=st.booleans(),
        bits=st.floats(4, 8),
        rank=st.floats(1, 64),
    ).filter(lambda setup: setup.parameters > 4 * setup.vocabulary * setup.width)


@bounded(60)
@given(setups(), st.floats(1, 10), st.integers(1, 64))
def test_more_never_needs_less(setup: Setup, times: float, gpus: int) -> None:
    """Longer sequences or bigger batches, more bits, higher ranks, a second answer."""
    least = memory(setup, ASSUMED).on_each(gpus)
    grown: dict[str, Any] = {
        "tokens": setup.tokens * times,
        "bits": setup.bits * times,
        "rank": setup.rank * times,
        "preference": True,
        "narrow": False,
        "also_trained": times,
    }

    for name, value in grown.items():
        assert memory(replace(setup, **{name: value}), ASSUMED).on_each(gpus) >= least * (1 - 1e-12), name


@bounded(60)
@given(setups(), st.integers(1, 64))
def test_methods_stand_in_order(setup: Setup, gpus: int) -> None:
    """QLoRA never needs more than LoRA, and LoRA never more than all weights."""
    each = [memory(replace(setup, method=way, bits=4.127), ASSUMED).on_each(gpus) for way in ("qlora", "lora", "full")]

    assert each[0] <= each[1] * (1 + 1e-12)
    assert each[1] <= each[2] * (1 + 1e-12)


@bounded(60)
@given(setups(), st.integers(1, 64), st.integers(1, 64), st.floats(8e9, 2e11))
def test_more_gpus_never_need_more_on_each(setup: Setup, few: int, more: int, room: float) -> None:
    """And the fewest that are named are enough, while one less is not."""
    need = memory(setup, ASSUMED)
    fewest = need.fewest(room)

    assert need.on_each(few + more) <= need.on_each(few)
    if fewest is None:
        assert need.on_each(10**6) > room
    else:
        assert need.on_each(fewest) <= room * (1 + 1e-9)
        assert fewest == 1 or need.on_each(fewest - 1) > room


# What is not on record.


def test_a_derived_width_is_never_below_that_on_record() -> None:
    """Memory then comes out too large, by as much as the assumption says."""
    known = [shape for shape in FACTS.shapes.values() if shape.width]
    over = [derived_width(shape.active, shape.layers, ASSUMED) / float(shape.width or 0) - 1 for shape in known]

    assert len(known) >= 20
    assert min(over) >= 0
    assert max(over) <= 0.29


def test_each_open_model_has_a_shape_and_fits_somewhere() -> None:
    """Else its row on GPUs of one's own would have no memory to go by."""
    for key, base in FACTS.base_models.items():
        assert (base.parameters is not None) == (key in FACTS.shapes)


# The answer.


def test_the_first_editions_count_as_they_did() -> None:
    """LoRA by a table, at 40% of the peak, however the new questions are answered."""
    before = answer(at("must_change=task"))
    training = before.evaluation.parts.training

    assert training.own_memory is None
    assert training.own_speed.mfu == FACTS.assume("training_mfu", date(2026, 11, 24))
    assert said(before) == ""
    for asked in (
        "preference=yes",
        "sequence_tokens=100000",
        "training_batch=8",
        "trainer=fsdp",
        "optimizer=narrow",
    ):
        assert answer(at(f"must_change=task&{asked}")).evaluation.parts.training.gpu_hours == training.gpu_hours


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("training_method=full", 1.05, 1.25),
        ("training_method=qlora", 1.2, 1.5),
        ("preference=yes", 2.9, 3.1),
        ("training_method=full&training_gpus=4", 1.05, 1.25),
        ("training_gpus=2", 1.1, 1.12),
    ],
)
def test_methods_take_their_time(asked: str, least: float, most: float) -> None:
    """LoRA is 10 to 15% faster than all weights; QLoRA slower; two answers and their reference take three times."""
    one, other = (
        answer(at(f"{OWN}&tuned_model=llama-3.1-8b{more}")).evaluation.parts.training.gpu_hours
        for more in ("", f"&{asked}")
    )

    assert least <= other / one <= most


def test_the_row_says_why_and_what_a_seller_takes() -> None:
    """How many GPUs, what each holds, how long, and both amounts."""
    words = said(answer(at(f"{OWN}&tuned_model=llama-3.3-70b")))

    assert "Training takes 3 H100s that share it" in words
    assert "GPU-hours, $" in words
    assert "for the same examples" in words


def test_what_fits_nowhere_leaves_only_its_row_without_figures() -> None:
    """A trainer that spreads nothing, or a step that no number of GPUs makes room for."""
    for asked, reason in (
        ("tuned_model=llama-3.3-70b&trainer=unsloth", "was not measured on more"),
        ("sequence_tokens=500000", "however many there are"),
    ):
        comparison = answer(at(f"{OWN}&{asked}"))
        standing = trained_here(comparison).standing

        assert reason in standing.reason
        assert not standing.priced
        assert comparison.at_service.standing.priced
