"""Every input that can be moved in search of a tip: where it stands, how far it goes, and the totals along it."""

from collections.abc import Iterator, Mapping
from typing import Final

from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.groups.inputs import NUMERIC
from calculators.catalog.cost_comparison.refusals import fewest_gpus
from calculators.catalog.cost_comparison.tipping import Dimension

_LESSER_PRICES: Final = frozenset(
    {
        *("batch_input_price", "batch_output_price", "small_input_price", "small_output_price"),
        *("storage_price", "job_minimum", "embedding_price", "rerank_price"),
        *("database_minimum", "storage_gb_price", "reads_price", "writes_price"),
    }
)
"""Prices that are moved in search of a tip only where they are the reader's: each is a small part of a row."""


def dimensions(evaluation: Evaluation, recorded: Mapping[str, float]) -> Iterator[Dimension]:
    """
    Give every input that may name another winner.

    Args:
        evaluation: The scenario's sums.
        recorded: What stands in for an optional number that is left empty.
    """
    for name in NUMERIC:
        if name in evaluation.parts.effective.changing:
            continue
        if evaluation.given(name) is None and (
            name not in recorded or name in _LESSER_PRICES or _varies(evaluation, name)
        ):
            continue
        if evaluation.matters(name):
            yield dimension(evaluation, recorded, name)


def dimension(evaluation: Evaluation, recorded: Mapping[str, float], name: str) -> Dimension:
    """Give one input, as `dimensions` gives it."""
    given, kind = evaluation.given(name), NUMERIC[name]
    minimum, maximum = _bounds(evaluation, name)
    return Dimension(
        name,
        float(recorded[name] if given is None else given),
        minimum,
        maximum,
        kind.whole,
        evaluation.totals,
        evaluation.moving(name),
    )


def _varies(evaluation: Evaluation, name: str) -> bool:
    """Whether what stands in for an empty input is another number in other months or rows."""
    return name == "cache_hit_share" and bool(evaluation.inputs.traffic.monthly_growth)


def _bounds(evaluation: Evaluation, name: str) -> tuple[float, float]:
    """Smallest and largest value that goes with the other inputs."""
    kind, retrieval = NUMERIC[name], evaluation.inputs.retrieval
    match name:
        case "chunk_tokens":
            return retrieval.overlap_tokens + 1, kind.maximum
        case "overlap_tokens":
            return kind.minimum, retrieval.chunk_tokens - 1
        case "gpus_per_replica":
            return max(kind.minimum, fewest_gpus(evaluation.records) or 0), kind.maximum
        case _:
            return kind.minimum, kind.maximum
