"""Every input that can be moved in search of a tip: where it stands, how far it goes, and the totals along it."""

from collections.abc import Callable, Iterator, Mapping
from math import ceil, floor
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.candidates import question
from calculators.catalog.cost_comparison.cost.rows import Parts
from calculators.catalog.cost_comparison.evaluation import EvaluatedRow, Evaluation
from calculators.catalog.cost_comparison.groups.inputs import JUDGED, MOVABLE, NUMERIC
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.robust import Moved
from calculators.catalog.cost_comparison.refusals import fewest_gpus
from calculators.catalog.cost_comparison.tipping import FRAGILE_CHANGE, Dimension


class MovedInput(NamedTuple):
    """
    An input moved.

    Attributes:
        name: Its name.
        value: Where it stands.
        to: Where it is moved.
    """

    name: str
    value: float
    to: float


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
    for name in names(evaluation, recorded):
        if evaluation.matters(name):
            yield dimension(evaluation, recorded, name)


def names(evaluation: Evaluation, recorded: Mapping[str, float]) -> Iterator[str]:
    """
    Name the numbers that can be moved, whatever rests on them.

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
        yield name


def moved(evaluation: Evaluation, recorded: Mapping[str, float]) -> Iterator[Moved]:
    """
    Give every input that a plan may rest on, moved by as much as robust asks: up, and down, or to its limit.

    Args:
        evaluation: The scenario's sums.
        recorded: What stands in for an optional number that is left empty.
    """
    costing = [name for name in names(evaluation, recorded) if evaluation.matters_to_plan(name)]
    for name in (*costing, *(name for name in JUDGED if evaluation.given(name) is not None)):
        given, kind = evaluation.given(name), MOVABLE[name]
        value = float(recorded[name] if given is None else given)
        minimum, maximum = bounds(evaluation, name)
        put = evaluation.moved(name)
        for share in (FRAGILE_CHANGE, -FRAGILE_CHANGE):
            to = value + abs(value) * share
            if kind.whole:
                to = ceil(to) if share > 0 else floor(to)
            to = min(max(to, minimum), maximum)
            if to != value:
                yield Moved(MovedInput(name, value, to), _asked(put, to))


def _asked(put: Callable[[float], tuple[tuple[EvaluatedRow, ...], Parts]], to: float) -> Callable[[], PlanQuestion]:
    return lambda: question(*put(to))


def dimension(evaluation: Evaluation, recorded: Mapping[str, float], name: str) -> Dimension:
    """Give one input, as `dimensions` gives it."""
    given, kind = evaluation.given(name), NUMERIC[name]
    minimum, maximum = bounds(evaluation, name)
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


def bounds(evaluation: Evaluation, name: str) -> tuple[float, float]:
    """Smallest and largest value that goes with the other inputs."""
    kind, retrieval = MOVABLE[name], evaluation.inputs.retrieval
    match name:
        case "chunk_tokens":
            return retrieval.overlap_tokens + 1, kind.maximum
        case "overlap_tokens":
            return kind.minimum, retrieval.chunk_tokens - 1
        case "gpus_per_replica":
            return max(kind.minimum, fewest_gpus(evaluation.records) or 0), kind.maximum
        case _:
            return kind.minimum, kind.maximum
