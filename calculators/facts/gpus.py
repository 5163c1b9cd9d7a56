"""GPUs: what they can do, what renting them costs, how fast they serve and what tuning needs of them."""

from dataclasses import dataclass

from calculators.facts.quantities import (
    FlopsPerSecond,
    Parameters,
    SecondsPerTokenPair,
    TokenCount,
    TokensPerSecond,
    WholeCount,
)
from calculators.facts.record import Record, ordered, together
from calculators.vocabulary import Bytes, Seconds, UsdPerHour


@dataclass(frozen=True, kw_only=True)
class Gpu(Record):
    """
    What a GPU can do.

    Attributes:
        memory: Its memory.
        peak_flops: Its peak speed at 16-bit dense arithmetic.
    """

    memory: Bytes
    peak_flops: FlopsPerSecond


@dataclass(frozen=True, kw_only=True)
class GpuPrice(Record):
    """
    What renting a GPU costs.

    Attributes:
        gpu: Key of the GPU.
        cloud: `specialist` or `hyperscaler`.
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

    def __post_init__(self) -> None:
        super().__post_init__()
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
