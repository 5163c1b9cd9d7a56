"""How fast models were trained."""

from dataclasses import dataclass

from calculators.facts.quantities import Parameters, TokenCount, TokensPerSecond, WholeCount
from calculators.facts.record import Record


@dataclass(frozen=True, kw_only=True)
class TrainingThroughput(Record):
    """
    How fast a model was trained.

    Attributes:
        parameters: Size of the model.
        method: `full`, `lora` or `qlora`.
        gpu: Key of the GPU.
        gpus: GPUs that trained together.
        sequence_tokens: Tokens of one training sequence.
        tokens_per_second: Speed of one of the GPUs.
    """

    parameters: Parameters
    method: str
    gpu: str
    gpus: WholeCount
    sequence_tokens: TokenCount
    tokens_per_second: TokensPerSecond

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.method not in {"full", "lora", "qlora"}:
            raise ValueError(f"method {self.method} is none of full, lora, qlora")
