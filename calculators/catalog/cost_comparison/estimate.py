"""How fast a model is served where nobody has measured it: from a GPU’s data sheet and the shape of the model."""

from functools import lru_cache
from typing import Final, NamedTuple

from calculators import formulas
from calculators.facts import FACTS, Gpu, ModelShape, Roofline, ServingFit
from calculators.formulas.units import BITS_PER_BYTE

_REMEMBERED: Final = int(FACTS.rule("remembered_scenarios"))
_MACHINE: Final = int(FACTS.rule("gpus_per_machine"))
_MOST: Final = int(FACTS.rule("most_gpus_per_replica"))


class Speed(NamedTuple):
    """
    GPU-seconds that one request costs, as a `ServingFit` has them, but estimated.

    Attributes:
        prefill_seconds: GPU-seconds for one input token.
        decode_seconds: GPU-seconds for one output token.
        attention_seconds: GPU-seconds for one output token to look back at one token.
        gpu: Key of the GPU.
        gpus_per_replica: GPUs that hold one copy.
        weight_bits: Bits of one weight.
        sources: Ids of the sources of GPU, shape and estimate, and of a measurement that it starts from.
        measured_bits: Bits of a weight in the measurement that it starts from; nothing where there is none.
        prefix_hits: Whether a prefix cache is counted already.
        saturation: Whether only a share of it is usable by people who wait.
    """

    prefill_seconds: float
    decode_seconds: float
    attention_seconds: float
    gpu: str
    gpus_per_replica: int
    weight_bits: float
    sources: tuple[str, ...]
    measured_bits: float | None = None
    prefix_hits: bool | None = False
    saturation: bool = True


def estimate(
    shape: ModelShape,
    card: Gpu,
    roofline: Roofline,
    *,
    gpus: int,
    memory: float,
    weight_bits: float,
    cache_bits: float,
) -> Speed | None:
    """
    Estimate how fast a model is served; nothing where the GPU has no bandwidth on record, or too little memory.

    Args:
        shape: The model.
        card: The GPU.
        roofline: How much of its data sheet is used.
        gpus: GPUs that hold one copy of the model. [1]
        memory: Memory that serving software takes on them, all together. [byte]
        weight_bits: Bits of one weight. [bit]
        cache_bits: Bits of one key or value. [bit]
    """
    weights = formulas.serving_memory(parameters=shape.parameters, bits_per_weight=weight_bits)
    if card.bandwidth is None or memory <= weights:
        return None
    bandwidth, used = card.bandwidth, roofline.bandwidth_utilisation
    # The cache of a shape is that in 16 bits, which are two bytes.
    kept = cache_bits / (2 * BITS_PER_BYTE)

    def looking_back(cache_bytes: float) -> float:
        return formulas.cache_read_seconds(
            cache_bytes=cache_bytes * kept,
            weight_bytes=weights,
            memory=memory,
            bandwidth=bandwidth,
            bandwidth_utilisation=used,
        )

    computing = formulas.compute_time(
        operations=2 * shape.active,
        peak_flops=card.flops(weight_bits, published_in=shape.weight_bits),
        mfu=roofline.mfu,
        seconds_per_unit=1,
    )
    reading = formulas.weights_read_seconds(
        weight_bytes=weights, sequences=roofline.sequences, bandwidth=bandwidth, bandwidth_utilisation=used
    )
    return Speed(
        computing,
        computing + reading + looking_back(shape.cache_bytes_per_sequence),
        looking_back(shape.cache_bytes_per_token),
        card.key,
        gpus,
        weight_bits,
        tuple(dict.fromkeys((*card.sources, *shape.sources, *roofline.sources))),
    )


def in_other_bits(fit: ServingFit, measured: Speed, wanted: Speed) -> Speed:
    """
    A measurement carried over to weights of other bits: by as much as the estimate changes.

    Args:
        fit: The measurement.
        measured: The estimate in its bits.
        wanted: The estimate in the others.
    """
    return wanted._replace(
        prefill_seconds=fit.prefill_seconds * wanted.prefill_seconds / measured.prefill_seconds,
        decode_seconds=fit.decode_seconds * wanted.decode_seconds / measured.decode_seconds,
        attention_seconds=fit.attention_seconds * wanted.attention_seconds / measured.attention_seconds,
        sources=tuple(dict.fromkeys((*fit.sources, *wanted.sources))),
        measured_bits=fit.weight_bits,
        prefix_hits=fit.prefix_hits,
        saturation=fit.saturation,
    )


@lru_cache(maxsize=_REMEMBERED)
def spread(query_heads: int, key_value_heads: int, least: int = 1) -> tuple[int, ...]:
    """
    Over how many GPUs one copy of a model may be spread, fewest first: what divides its heads, then whole machines.

    Args:
        query_heads: Heads that ask. [1]
        key_value_heads: Heads whose keys and values are kept. [1]
        least: Fewest GPUs. [1]

    >>> spread(64, 8)[:6], spread(40, 10)[:4]
    ((1, 2, 4, 8, 16, 24), (1, 2, 8, 16))
    """
    found, size = [], 1
    while size < _MACHINE:
        if not (query_heads % size or (key_value_heads % size and size % key_value_heads)):
            found.append(size)
        size *= 2
    return tuple(size for size in (*found, *range(_MACHINE, _MOST + 1, _MACHINE)) if size >= least)


def fewest_spread(shape: ModelShape, weights: float, usable: float) -> int:
    """
    Fewest GPUs that one copy of a model may be spread over and that hold it, if nothing else. [1]

    Args:
        shape: The model.
        weights: What it takes up. [byte]
        usable: Memory of a GPU that is used. [byte]
    """
    fewest = int(formulas.gpus_for_memory(needed_bytes=weights, bytes_per_gpu=usable))
    return next(iter(spread(shape.query_heads, shape.key_value_heads, fewest)), fewest)
