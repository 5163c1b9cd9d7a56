"""GPUs: what they can do, what renting them costs, how fast they serve and what tuning needs of them."""

from dataclasses import dataclass
from typing import Final

from calculators.facts.quantities import (
    Bits,
    BytesPerSecond,
    FlopsPerSecond,
    Multiple,
    Parameters,
    SecondsPerTokenPair,
    TokenCount,
    TokensPerSecond,
    WholeCount,
)
from calculators.facts.record import Record, ordered, together
from calculators.vocabulary import Bytes, Seconds, Share, UsdPerHour


@dataclass(frozen=True, kw_only=True)
class Gpu(Record):
    """
    What a GPU can do.

    Attributes:
        memory: Its memory.
        peak_flops: Its peak speed at 16-bit dense arithmetic.
        fp8_flops: The same in 8 bits; `None` where it computes in no fewer than 16.
        fp4_flops: The same in 4 bits; `None` where it does not compute in 4.
        bandwidth: How fast it reads its memory; `None` where no speed of serving is estimated for it.
    """

    memory: Bytes
    peak_flops: FlopsPerSecond
    fp8_flops: FlopsPerSecond | None = None
    fp4_flops: FlopsPerSecond | None = None
    bandwidth: BytesPerSecond | None = None

    def flops(self, bits_per_weight: float, *, published_in: float) -> float:
        """
        Return its peak speed with weights of some bits.

        What is published in fewer than 8 bits is unpacked to 16 where it does not compute in 4; what was made smaller
        later is computed in 8 where it can.

        Args:
            bits_per_weight: Bits of a weight. [bit]
            published_in: Bits in which the weights are published. [bit]
        """
        if published_in < _BYTE:
            return self.fp4_flops or self.peak_flops
        if bits_per_weight > _BYTE:
            return self.peak_flops
        eight = self.fp8_flops or self.peak_flops
        return self.fp4_flops or eight if bits_per_weight <= _HALF_BYTE else eight


_BYTE: Final = 8.0
_HALF_BYTE: Final = 4.0


RENT_TERMS: Final = ("on-demand", "reserved", "interruptible")
"""How a GPU is rented: by the hour, for a year or more, or until somebody else wants it."""


@dataclass(frozen=True, kw_only=True)
class GpuPrice(Record):
    """
    What renting a GPU costs.

    Attributes:
        gpu: Key of the GPU.
        cloud: `specialist` or `hyperscaler`.
        terms: How it is rented, one of `RENT_TERMS`.
        price: Price that a form starts from, per GPU-hour.
        low: Lowest price found.
        high: Highest price found.
        count: Prices that it summarises.
    """

    gpu: str
    cloud: str
    price: UsdPerHour
    low: UsdPerHour
    high: UsdPerHour
    count: WholeCount
    terms: str = RENT_TERMS[0]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.terms not in RENT_TERMS:
            raise ValueError(f"terms {self.terms} are none of {', '.join(RENT_TERMS)}")
        if self.cloud not in {"specialist", "hyperscaler"}:
            raise ValueError(f"cloud {self.cloud} is neither specialist nor hyperscaler")
        ordered(self.low, self.price, self.high)


ServingRow = tuple[TokenCount, TokenCount, TokensPerSecond]


@dataclass(frozen=True, kw_only=True)
class ServingFit(Record):
    """
    GPU-seconds that one request costs on one kind of GPU, fitted to published measurements.

    GPU-seconds = prefill · input + decode · output + attention · output · (input + output / 2). A request that keeps
    two GPUs busy for a second costs two GPU-seconds.

    Attributes:
        base_model: Key of the model served.
        gpu: Key of the GPU.
        gpus_per_replica: GPUs that one copy of the model was spread over.
        prefill_seconds: GPU-seconds for one input token.
        decode_seconds: GPU-seconds for one output token.
        attention_seconds: GPU-seconds for one output token to look back at one token.
        weight_bits: Bits in which the weights were held.
        prefix_hits: Whether prompts began alike, so that a prefix cache read their beginnings; `None` where nobody
            says.
        saturation: Whether the rows are saturation records, of which only a share is usable by people who wait; rows
            measured at a latency limit are used as they are.
        first_token_seconds: Limit on the first token that they kept, 99 times in 100; `None` at saturation.
        tokens_per_second: Speed of one answer that they kept, half of the time; `None` likewise.
        rows: Measurements fitted to: input tokens, output tokens, output tokens a second of the whole replica.
        held_out: Measurements not fitted to, kept to judge the fit.
    """

    base_model: str
    gpu: str
    gpus_per_replica: WholeCount
    prefill_seconds: Seconds
    decode_seconds: Seconds
    attention_seconds: SecondsPerTokenPair
    weight_bits: Bits
    prefix_hits: bool | None = None
    saturation: bool
    first_token_seconds: Seconds | None = None
    tokens_per_second: TokensPerSecond | None = None
    rows: tuple[ServingRow, ...]
    held_out: tuple[ServingRow, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.key != f"{self.base_model}-{self.gpu}":
            raise ValueError(f"the key of this fit is {self.base_model}-{self.gpu}")
        together(self, "first_token_seconds", "tokens_per_second")
        if len(self.rows) < sum(c > 0 for c in (self.prefill_seconds, self.decode_seconds, self.attention_seconds)):
            raise ValueError("fewer rows than coefficients")

    def error(self, row: ServingRow) -> float:
        """Return by what share the fit is above a measurement, or below it where negative."""
        tokens_in, tokens_out, tokens_per_second = row
        fitted = (
            self.prefill_seconds * tokens_in
            + self.decode_seconds * tokens_out
            + self.attention_seconds * tokens_out * (tokens_in + tokens_out / 2)
        )
        return fitted / (tokens_out * self.gpus_per_replica / tokens_per_second) - 1

    @property
    def validated(self) -> bool:
        """Whether there are more rows than coefficients, so that the worst error says anything."""
        return len(self.rows) > sum(c > 0 for c in (self.prefill_seconds, self.decode_seconds, self.attention_seconds))

    @property
    def worst_error(self) -> float | None:
        """Largest error over the rows it was fitted to, as a positive share; `None` where it passes through them."""
        return max(abs(self.error(row)) for row in self.rows) if self.validated else None

    @property
    def input_range(self) -> tuple[int, int]:
        """Fewest and most input tokens measured. Outside, the fit is an extrapolation."""
        return min(row[0] for row in self.rows), max(row[0] for row in self.rows)

    @property
    def output_range(self) -> tuple[int, int]:
        """Fewest and most output tokens measured. Outside, the fit is an extrapolation."""
        return min(row[1] for row in self.rows), max(row[1] for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Roofline(Record):
    """
    How much of what a GPU's data sheet says is used when a model is served: few numbers, fitted to all measurements.

    Attributes:
        mfu: Part of the peak speed at which tokens are computed.
        bandwidth_utilisation: Part of the bandwidth at which weights, keys and values are read.
        sequences: Requests that are worked on together where memory sets no limit; they share the reading of weights.
        memory_share: Part of the memory that serving software takes.
        cases: Measurements fitted to.
        factor: What is called near: an estimate is this many times too high or too low at most.
        within: Share of the measurements that are near, each left out of the fit in turn.
        worst: How many times too high or too low the worst of them is.
    """

    mfu: Share
    bandwidth_utilisation: Share
    sequences: Multiple
    memory_share: Share
    cases: WholeCount
    factor: Multiple
    within: Share
    worst: Multiple


@dataclass(frozen=True, kw_only=True)
class TrainingMemory(Record):
    """
    GPU memory that one way of tuning needs, over all GPUs together.

    Attributes:
        parameters: Sizes of model that the table lists, smallest first.
        memory: Memory for each of them.
    """

    parameters: tuple[Parameters, ...]
    memory: tuple[Bytes, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.parameters) != len(self.memory) or list(self.parameters) != sorted(self.parameters):
            raise ValueError("parameters must rise, with one memory for each")

    def needed(self, parameters: float) -> float | None:
        """Return the bytes listed for the next size up; `None` above the largest size listed."""
        return next((room for size, room in zip(self.parameters, self.memory, strict=True) if parameters <= size), None)


@dataclass(frozen=True, kw_only=True)
class Trainer(Record):
    """
    What a program that tunes holds on a GPU beside the weights.

    Attributes:
        logit_bytes: Bytes for each token of a step and each word of the vocabulary, where it holds their scores.
        kept_share: Share of what layers hand on that it keeps on the GPU until the way back.
        embedding_bytes: Bytes of a weight of the vocabulary's tables where the others are quantised.
        adapter_bytes: Bytes of an adapter's weight, with its gradient and what the optimiser remembers.
        mixed_bytes: Bytes of a weight when all are trained with an optimiser of 32 bits, all that it takes together.
        narrow_bytes: Likewise with everything in 16 bits.
        buffers: What it sets aside on each GPU where all weights are trained, or the model is spread over several.
        overhead: What it takes in any case.
        shards: Whether it spreads one model over several GPUs, as far as anybody has measured.
    """

    logit_bytes: Bytes
    kept_share: Share
    embedding_bytes: Bytes
    adapter_bytes: Bytes
    mixed_bytes: Bytes
    narrow_bytes: Bytes
    buffers: Bytes = 0.0
    overhead: Bytes
    shards: bool
