"""How much memory training took, and what it fitted in, as others measured it."""

from dataclasses import dataclass

from calculators.facts.quantities import Bits, Gibibytes, Gigabytes, Parameters, WholeCount
from calculators.facts.record import Record
from calculators.vocabulary import Bytes, Tokens

Peak = tuple[Tokens, WholeCount, Gibibytes]
"""Tokens of a sequence, sequences of a step on each GPU, and the memory that one GPU held at most. [GiB]"""
Fit = tuple[Tokens, WholeCount, Gigabytes, bool]
"""Tokens of a sequence, sequences of a step, memory of one GPU as it is sold [GB], and whether that was enough."""

SPREADS = ("alone", "copies", "states", "all", "layers")
"""How several GPUs share a model: not, each a copy, what the optimiser remembers, everything, or some layers each."""


@dataclass(frozen=True, kw_only=True)
class TrainingRun(Record):
    """
    Runs of one model with one trainer.

    Attributes:
        parameters: Size of the model.
        layers: Its layers.
        width: Numbers that a layer hands on for each token.
        vocabulary: Words of its vocabulary.
        trainer: Key of the trainer.
        method: `full`, `lora` or `qlora`.
        preference: Whether preferences were trained, by DPO.
        narrow: Whether all weights were trained with everything in 16 bits.
        bits: Bits of a quantised weight, its constants included.
        rank: Rank of the adapter.
        tables_trained: Whether the tables of the vocabulary were trained beside the adapter.
        checkpoints: Whether inner results were computed again on the way back.
        state_bytes: Bytes of a trained weight where the optimiser was another than the trainer's record has.
        gpus: GPUs that trained together.
        spread: How they shared the model.
        peaks: What was measured; with `layers` of all GPUs together.
        fits: What was enough, and what was not.
        longest: Whether the sequences are the longest that fit, so that a quarter more does not.
        batch_stated: Whether the source says how many sequences a step had; one is taken where it does not.
    """

    parameters: Parameters
    layers: WholeCount
    width: WholeCount
    vocabulary: WholeCount
    trainer: str
    method: str
    preference: bool = False
    narrow: bool = False
    bits: Bits = 4.127
    rank: WholeCount = 16
    tables_trained: bool = False
    checkpoints: bool = True
    state_bytes: Bytes | None = None
    gpus: WholeCount = 1
    spread: str = "alone"
    peaks: tuple[Peak, ...] = ()
    fits: tuple[Fit, ...] = ()
    longest: bool = False
    batch_stated: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.method not in {"full", "lora", "qlora"}:
            raise ValueError(f"method {self.method} is none of full, lora, qlora")
        if self.spread not in SPREADS:
            raise ValueError(f"spread {self.spread} is none of {', '.join(SPREADS)}")
        if not self.peaks and not self.fits:
            raise ValueError("nothing was measured")
