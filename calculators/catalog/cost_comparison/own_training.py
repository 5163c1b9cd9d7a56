"""
What training on GPUs of one's own takes: the memory of each, how many, and how fast they get through.

What is shared out, what each GPU holds for itself, and what a trainer adds are `formulas.frozen_memory`,
`activation_memory` and `memory_per_gpu`, with the bytes of the trainer's record and of the guide's assumptions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final, NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.groups import Inputs
from calculators.catalog.cost_comparison.records import Records
from calculators.facts import Trainer
from calculators.formulas.units import BITS_PER_BYTE

AS_BEFORE: Final = "table"
"""Training as the first editions count it: LoRA, with the memory of a table."""

_FULL_BITS: Final = 2 * BITS_PER_BYTE
_TABLES: Final = 2
"""Tables of the vocabulary: one that reads tokens, one that scores them. [1]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """
    What is trained, and how.

    Attributes:
        parameters: Parameters of the model. [1]
        layers: Its layers. [1]
        width: Numbers that a layer hands on for each token. [1]
        vocabulary: Words of its vocabulary. [1]
        trainer: The program that trains.
        method: `full`, `lora` or `qlora`.
        tokens: Tokens of a step on one GPU. [token]
        narrow: Whether all weights are trained with everything in 16 bits.
        preference: Whether preferences are trained, two answers at a time (DPO).
        bits: Bits of a quantised weight. [1]
        rank: Rank of an adapter. [1]
        also_trained: Parameters trained beside an adapter. [1]
        checkpoints: Whether a layer's inner results are computed again on the way back, and not kept.
        state_bytes: Bytes of a trained weight, where they are not what the trainer's record says. [byte]
    """

    parameters: float
    layers: int
    width: float
    vocabulary: float
    trainer: Trainer
    method: str
    tokens: float
    narrow: bool = False
    preference: bool = False
    bits: float
    rank: float
    also_trained: float = 0.0
    checkpoints: bool = True
    state_bytes: float | None = None


class Memory(NamedTuple):
    """
    Memory of training. [byte]

    Attributes:
        weights: The model's weights.
        reference: A second copy of them that is not trained, to compare answers with.
        states: Gradients, and what the optimiser remembers; of an adapter its weights too.
        activations: What a step computes, on each GPU.
        spread: The same where the model is spread over GPUs, with what they gather from each other.
        fixed: What the trainer takes on each GPU besides.
        shards: Whether the trainer spreads a model over GPUs.
    """

    weights: float
    reference: float
    states: float
    activations: float
    spread: float
    fixed: float
    shards: bool

    @property
    def shared(self) -> float:
        """What can be shared out. [byte]"""
        return self.weights + self.reference + self.states

    def on_each(self, gpus: int) -> float:
        """Memory that each of so many GPUs needs: they share out what they can, unless that takes more. [byte]"""
        alone = formulas.memory_per_gpu(shared_bytes=self.shared, whole_bytes=self.activations + self.fixed)
        if gpus == 1 or not self.shards:
            return alone
        whole = self.spread + self.fixed
        return min(alone, formulas.memory_per_gpu(shared_bytes=self.shared, whole_bytes=whole, gpus=gpus))

    def fewest(self, room: float) -> int | None:
        """
        Fewest GPUs that it fits on; nothing where it fits on no number of them. [1]

        Args:
            room: Memory of one GPU. [byte]
        """
        if self.on_each(1) <= room:
            return 1
        left = room - self.spread - self.fixed
        if not self.shards or left <= 0:
            return None
        return int(formulas.gpus_for_memory(needed_bytes=self.shared, bytes_per_gpu=left))


def memory(setup: Setup, assumed: Mapping[str, float]) -> Memory:
    """
    Work out the memory of training.

    Args:
        setup: What is trained, and how.
        assumed: The guide's assumptions. Unit: as the assumption states.
    """
    trainer, full, quantised = setup.trainer, setup.method == "full", setup.method == "qlora"
    tables = min(_TABLES * setup.vocabulary * setup.width, setup.parameters)
    bits = setup.bits if quantised else _FULL_BITS
    two_bytes = _FULL_BITS / BITS_PER_BYTE
    weights = formulas.frozen_memory(
        parameters=setup.parameters,
        bits_per_weight=bits,
        embedding_parameters=tables,
        bytes_per_embedding=trainer.embedding_bytes if quantised else two_bytes,
    )
    if full:
        each = trainer.narrow_bytes if setup.narrow else trainer.mixed_bytes
        states = setup.parameters * ((each if setup.state_bytes is None else setup.state_bytes) - two_bytes)
    else:
        adapter = assumed["adapter_matrices"] * setup.rank * setup.layers * setup.width
        states = (adapter + setup.also_trained) * trainer.adapter_bytes
    layer = formulas.frozen_memory(parameters=(setup.parameters - tables) / setup.layers, bits_per_weight=bits)

    def computed(gathered: float) -> float:
        return formulas.activation_memory(
            tokens=setup.tokens * (2 if setup.preference else 1),
            layers=setup.layers,
            width=setup.width,
            vocabulary=setup.vocabulary,
            bytes_kept=assumed["layer_kept"] * trainer.kept_share if setup.checkpoints else assumed["layer_all"],
            bytes_worked=assumed["layer_worked"] if setup.checkpoints else 0.0,
            bytes_per_logit=trainer.logit_bytes,
            bytes_gathered=gathered,
        )

    return Memory(
        weights=weights,
        reference=setup.parameters * two_bytes if full and setup.preference else 0.0,
        states=states,
        activations=computed(0.0) + (trainer.buffers if full else 0.0),
        spread=computed(assumed["layers_gathered"] * layer) + tables * two_bytes + trainer.buffers,
        fixed=trainer.overhead,
        shards=trainer.shards,
    )


def own_memory(inputs: Inputs, records: Records) -> Memory | None:
    """
    The memory of training in a scenario; nothing where the weights are not for download, or a table says it.

    Args:
        inputs: The scenario.
        records: The records that it names.
    """
    own, shape, assumed = inputs.own_training, records.shape, records.assumed
    if own.training_method == AS_BEFORE or shape is None:
        return None
    sequence = inputs.tuning.tokens_per_example if own.sequence_tokens is None else own.sequence_tokens
    return memory(
        Setup(
            parameters=shape.parameters,
            layers=shape.layers,
            width=shape.width or derived_width(shape.active, shape.layers, assumed),
            vocabulary=shape.vocabulary or assumed["vocabulary"],
            trainer=records.trainer,
            method=own.training_method,
            tokens=sequence * own.training_batch,
            narrow=own.optimizer == "narrow",
            preference=own.preference,
            bits=assumed["qlora_bits"],
            rank=assumed["adapter_rank"],
        ),
        assumed,
    )


def derived_width(active: float, layers: int, assumed: Mapping[str, float]) -> float:
    """
    The width of a model of which only the size is known, never below what it is. [1]

    Args:
        active: Parameters that take part in each token. [1]
        layers: Layers. [1]
        assumed: The guide's assumptions.
    """
    return sqrt(active / (assumed["layer_squares"] * layers))


class TrainingSpeed(NamedTuple):
    """
    How fast training gets through.

    Attributes:
        operations: Operations for each parameter and token.
        mfu: Share of a GPU's peak speed that is reached.
        copies: How often each example is gone through in a step: twice where two answers are compared.
    """

    operations: float
    mfu: float
    copies: float


def own_speed(inputs: Inputs, records: Records, gpus: int | None) -> TrainingSpeed:
    """
    How fast training gets through in a scenario.

    Args:
        inputs: The scenario.
        records: The records that it names.
        gpus: GPUs that the model is spread over; nothing where a table says it. [1]
    """
    assumed, method = records.assumed, inputs.own_training.training_method
    if method == AS_BEFORE:
        return TrainingSpeed(assumed["lora_operations"], assumed["training_mfu"], 1.0)
    operations = assumed["full_operations" if method == "full" else "lora_operations"]
    compared = inputs.own_training.preference
    mfu = assumed["mfu_experts" if records.base.active_parameters else f"mfu_{method}"]
    return TrainingSpeed(
        operations + (assumed["reference_operations"] if compared else 0.0),
        mfu * (1 - (assumed["spread_loss"] if gpus != 1 else 0.0)),
        2.0 if compared else 1.0,
    )
