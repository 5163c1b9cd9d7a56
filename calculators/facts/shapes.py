"""Shapes of open models: how large their weights are, and how much memory what they remember of a text takes."""

from dataclasses import dataclass

from calculators.facts.quantities import Bits, Parameters, TokenCount, WholeCount
from calculators.facts.record import Record
from calculators.vocabulary import Bytes


@dataclass(frozen=True, kw_only=True)
class ModelShape(Record):
    """
    What an open model is made of.

    Attributes:
        parameters: Parameters in all.
        active_parameters: Parameters that take part in each token, where only some do.
        layers: All its layers.
        full_attention_layers: Layers that look back at all of a text; the others slide along it, or keep a state.
        query_heads: Heads that ask, in a layer with full attention; a model is spread over a number that divides them.
        key_value_heads: Heads whose keys and values are kept; 1 where all share what is kept.
        head_dimension: Numbers in one of them.
        context: Most tokens of a text, as published.
        weight_bits: Bits of a parameter as published, on average where parts differ.
        cache_bytes_per_token: What keys and values of one token take in 16 bits.
        cache_bytes_per_sequence: What a text takes beside, however long it is, in 16 bits: sliding layers, or a state.
        width: Numbers that a layer hands on for each token, where that is on record.
        vocabulary: Words of its vocabulary as its tables hold them, where that is on record.
    """

    parameters: Parameters
    active_parameters: Parameters | None = None
    layers: WholeCount
    full_attention_layers: WholeCount
    query_heads: WholeCount
    key_value_heads: WholeCount
    head_dimension: WholeCount
    context: TokenCount
    weight_bits: Bits
    cache_bytes_per_token: Bytes
    cache_bytes_per_sequence: Bytes = 0.0
    width: WholeCount | None = None
    vocabulary: WholeCount | None = None

    @property
    def active(self) -> float:
        """Parameters that take part in each token."""
        return self.parameters if self.active_parameters is None else self.active_parameters
