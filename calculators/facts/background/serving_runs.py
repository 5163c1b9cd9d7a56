"""How fast models were served, to judge the estimate by."""

from dataclasses import dataclass

from calculators.facts.gpus import ServingRow
from calculators.facts.quantities import Bits, WholeCount
from calculators.facts.record import Record


@dataclass(frozen=True, kw_only=True)
class ServingRun(Record):
    """
    How fast a model was served on a kind of GPU.

    Attributes:
        shape: Key of the model's shape.
        gpu: Key of the GPU.
        gpus: GPUs that one copy of the model was spread over.
        weight_bits: Bits of one weight.
        cache_bits: Bits of one key or value.
        engine: The software that served it.
        fitted: Whether the measurements are those of the fit of the same key.
        rows: Measurements: input tokens, output tokens, output tokens a second of all GPUs together.
        at_once: Requests that ran at the same time, measurement by measurement; empty where all were queued.
    """

    shape: str
    gpu: str
    gpus: WholeCount
    weight_bits: Bits
    cache_bits: Bits
    engine: str
    fitted: bool = False
    rows: tuple[ServingRow, ...] = ()
    at_once: tuple[WholeCount, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.fitted == bool(self.rows):
            raise ValueError("rows stand here, or with the fit of the same key")
        if self.rows and self.at_once and len(self.rows) != len(self.at_once):
            raise ValueError("at_once must say how many for each row")
