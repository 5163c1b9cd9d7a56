"""The estimate of GPU-seconds: how near it comes to what was measured, and what must hold for any model and GPU."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import formulas
from calculators.catalog.cost_comparison.estimate import Speed, estimate
from calculators.facts import FACTS, Gpu, ModelShape
from calculators.facts.background import background
from calculators.html.pages.estimate import ROOFLINE, cases, fitted, left_out_in_turn

MODEST = settings(max_examples=60, derandomize=True, deadline=None, database=None)
OFFERED = [gpu for gpu in FACTS.gpus.values() if gpu.bandwidth is not None]


def test_the_estimate_is_fitted_to_its_measurements() -> None:
    """Anyone who changes a measurement, a shape or a data sheet must fit again."""
    found = fitted(cases())

    assert found.mfu == pytest.approx(ROOFLINE.mfu, abs=0.0006)
    assert found.bandwidth_utilisation == pytest.approx(ROOFLINE.bandwidth_utilisation, abs=0.0006)
    assert found.sequences == pytest.approx(ROOFLINE.sequences, abs=0.6)
    assert len(cases()) == ROOFLINE.cases


def test_each_measurement_is_met_by_a_fit_to_all_others() -> None:
    """At least eight of ten within a factor of 1.5, none beyond 2.5, and the record says what it is."""
    off = [judged.off for judged in left_out_in_turn()]
    near = sum(each <= ROOFLINE.factor for each in off) / len(off)

    assert near == pytest.approx(ROOFLINE.within, abs=0.0006)
    assert max(off) == pytest.approx(ROOFLINE.worst, abs=0.006)
    assert ROOFLINE.factor == 1.5
    assert ROOFLINE.within >= 0.8
    assert ROOFLINE.worst <= 2.5


def test_a_new_model_or_a_new_card_is_met_as_well() -> None:
    """What is asked of an estimate has no row of its own: all rows of a model, or of a card, are left out together."""
    for name in ("shape", "gpu"):
        off = []
        for left in {getattr(case.run, name) for case in cases()}:
            line = fitted([case for case in cases() if getattr(case.run, name) != left])
            for case in cases():
                if getattr(case.run, name) == left:
                    one, two, three = case.parts
                    shared = three / line.sequences
                    ratio = (one / line.mfu + (two + shared) / line.bandwidth_utilisation) / case.measured
                    off.append(max(ratio, 1 / ratio))

        assert sum(each <= ROOFLINE.factor for each in off) / len(off) >= 0.9, name
        assert max(off) <= 1.9, name


def test_every_measurement_of_a_fit_is_judged() -> None:
    """No row that an answer rests on is left out of the table."""
    runs = background().serving_runs

    assert set(FACTS.serving) <= {key for key, run in runs.items() if run.fitted}


def speed(shape: ModelShape, card: Gpu, gpus: int = 8, weight_bits: float = 8, cache_bits: float = 8) -> Speed:
    """Return an estimate that there must be."""
    memory = gpus * card.memory * ROOFLINE.memory_share
    found = estimate(shape, card, ROOFLINE, gpus=gpus, memory=memory, weight_bits=weight_bits, cache_bits=cache_bits)
    assert found is not None
    return found


def seconds(found: Speed, tokens_in: int = 1000, tokens_out: int = 300) -> float:
    """Return the GPU-seconds of a request."""
    return formulas.gpu_seconds_per_request(
        input_tokens=tokens_in,
        output_tokens=tokens_out,
        prefill_seconds=found.prefill_seconds,
        decode_seconds=found.decode_seconds,
        attention_seconds=found.attention_seconds,
    )


small_shapes = st.sampled_from([shape for shape in FACTS.shapes.values() if shape.parameters < 80e9])
cards = st.sampled_from(OFFERED)
times = st.floats(1, 4)
widths = st.sampled_from([4.0, 8.0, 16.0])


@MODEST
@given(shape=small_shapes, card=cards, flops=times, bandwidth=times, memory=times, bits=widths)
def test_a_faster_card_never_costs_more(
    shape: ModelShape, card: Gpu, flops: float, bandwidth: float, memory: float, bits: float
) -> None:
    """More arithmetic, more bandwidth or more memory never costs more GPU-seconds."""
    faster = replace(
        card,
        peak_flops=card.peak_flops * flops,
        bandwidth=(card.bandwidth or math.nan) * bandwidth,
        memory=card.memory * memory,
    )

    assert seconds(speed(shape, faster, weight_bits=bits)) <= seconds(speed(shape, card, weight_bits=bits)) * (1 + 1e-9)


@MODEST
@given(shape=small_shapes, card=cards, parameters=times, cache=times, bits=widths)
def test_a_bigger_model_never_costs_less(
    shape: ModelShape, card: Gpu, parameters: float, cache: float, bits: float
) -> None:
    """More parameters, or more that is remembered of a text, never costs fewer GPU-seconds on as many GPUs."""
    bigger = replace(
        shape,
        parameters=shape.parameters * parameters,
        active_parameters=shape.active * parameters,
        cache_bytes_per_token=shape.cache_bytes_per_token * cache,
    )
    found = estimate(bigger, card, ROOFLINE, gpus=8, memory=8 * card.memory, weight_bits=bits, cache_bits=8)
    plain = estimate(shape, card, ROOFLINE, gpus=8, memory=8 * card.memory, weight_bits=bits, cache_bits=8)

    assert plain is not None
    assert found is None or seconds(found) >= seconds(plain) * (1 - 1e-9)


@MODEST
@given(shape=small_shapes, card=cards, bits=widths, gpus=st.integers(8, 16))
def test_fewer_bits_of_the_cache_and_more_cards_never_cost_more(
    shape: ModelShape, card: Gpu, bits: float, gpus: int
) -> None:
    """Less to read, and more room for requests beside the weights."""
    plain = seconds(speed(shape, card, weight_bits=bits, cache_bits=16))

    assert seconds(speed(shape, card, weight_bits=bits, cache_bits=8)) <= plain * (1 + 1e-9)
    assert seconds(speed(shape, card, gpus=gpus, weight_bits=bits, cache_bits=16)) <= plain * (1 + 1e-9)


def test_what_does_not_fit_has_no_speed() -> None:
    """Weights of 141 GB do not fit into 24 GB, and a GPU without a bandwidth on record has no estimate."""
    large, small = FACTS.shapes["llama-3.3-70b"], FACTS.shapes["llama-3.1-8b"]

    for shape, card in ((large, FACTS.gpus["L4"]), (small, FACTS.gpus["MI300X"])):
        found = estimate(shape, card, ROOFLINE, gpus=1, memory=card.memory, weight_bits=16, cache_bits=16)

        assert found is None


def test_a_card_computes_in_as_few_bits_as_it_can() -> None:
    """Fewer bits than a card computes in are computed in more; what is published so is unpacked to 16."""
    cards = {key: FACTS.gpus[key] for key in ("A100-80", "H100", "B200")}
    reduced = {
        key: [card.flops(bits, published_in=16) / card.peak_flops for bits in (16, 8, 4)] for key, card in cards.items()
    }
    packed = {key: card.flops(4.25, published_in=4.25) / card.peak_flops for key, card in cards.items()}

    assert reduced == {
        "A100-80": [1, 1, 1],
        "H100": [1, pytest.approx(2, rel=0.01), pytest.approx(2, rel=0.01)],
        "B200": [1, 2, 4],
    }
    assert packed == {"A100-80": 1, "H100": 1, "B200": 4}


@MODEST
@given(shape=small_shapes, card=cards, low=st.floats(1, 32), high=st.floats(1, 32))
def test_more_bits_never_cost_less(shape: ModelShape, card: Gpu, low: float, high: float) -> None:
    """Weights of more bits are more to read, and computed no faster."""
    fewer, more = sorted((low, high))
    plain = seconds(speed(shape, card, gpus=16, weight_bits=fewer))

    assert seconds(speed(shape, card, gpus=16, weight_bits=more)) >= plain * (1 - 1e-9)
