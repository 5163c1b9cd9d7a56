"""Every input that can be moved: where it stands, how far it goes, and what a plan is asked along it."""

from collections.abc import Callable, Iterator, Mapping
from math import ceil, floor, inf
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.candidates import question
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF, JUDGED, MOVABLE, NUMERIC
from calculators.catalog.cost_comparison.plan.course import chance_of
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.robust import Moved
from calculators.catalog.cost_comparison.plan.turning import FRAGILE_CHANGE, Lever
from calculators.catalog.cost_comparison.refusals import fewest_gpus


class MovedInput(NamedTuple):
    """
    An input moved.

    Attributes:
        name: Its name; of hours that are moved together that of `TOGETHER`.
        value: Where it stands; 1 for hours that are moved together.
        to: Where it is moved.
    """

    name: str
    value: float
    to: float


TOGETHER: Final = {
    "find_out_hours": ("eval_hours", "find_out_", "harness_"),
    "setup_hours": ("setup_",),
    "monthly_hours": ("monthly_",),
    "change_hours": ("change_",),
}
"""Hours that are moved as one, as rows share them: by a name of their own, with how the names of the inputs begin."""

SHARED_HOURS: Final = {
    name: together
    for together, beginnings in TOGETHER.items()
    for name, kind in NUMERIC.items()
    if name.startswith(beginnings) and GROUP_OF[name] in ("people", "finding_out", "classifier")
}
"""The inputs that hold them, with the name under which they are moved."""

_IF_GIVEN: Final = frozenset(
    {
        "cache_hit_share",
        *("batch_input_price", "batch_output_price", "small_input_price", "small_output_price"),
        *("storage_price", "job_minimum", "embedding_price", "rerank_price"),
        *("database_minimum", "storage_gb_price", "reads_price", "writes_price"),
        *("requests_at_once", "longest_context", "weight_bits", "cache_bits"),
    }
)
"""
What is moved only where it is the reader's: prices that are a small part of a row each; the share of cache hits, of
which every row has its own where it follows from the traffic, as it has of what memory is asked with; and bits.
"""


_ONE: Final = "tuned_models"
"""What is not moved where it is one: a second is another job."""


def names(evaluation: Evaluation, recorded: Mapping[str, float]) -> Iterator[str]:
    """
    Name the numbers that can be moved, whatever rests on them.

    Args:
        evaluation: The scenario's sums.
        recorded: What stands in for an optional number that is left empty.
    """
    for name in NUMERIC:
        if name in evaluation.parts.effective.changing or (name == _ONE and evaluation.given(name) == 1):
            continue
        if evaluation.given(name) is None and (name not in recorded or name in _IF_GIVEN):
            continue
        yield name


def levers(evaluation: Evaluation, recorded: Mapping[str, float]) -> Iterator[Lever]:
    """
    Give everything but chances that can be moved and that a plan may rest on: hours that rows share as one.

    Args:
        evaluation: The scenario's sums.
        recorded: What stands in for an optional number that is left empty.
    """
    together: dict[str, list[str]] = {}
    for name in (*names(evaluation, recorded), *(name for name in JUDGED if evaluation.given(name) is not None)):
        if name in NUMERIC and not evaluation.matters_to_plan(name):
            continue
        if name not in SHARED_HOURS:
            yield lever(evaluation, recorded, name)
        elif evaluation.given(name):
            together.setdefault(SHARED_HOURS[name], []).append(name)
    for name, members in together.items():
        yield _hours(evaluation, name, members)


def lever(evaluation: Evaluation, recorded: Mapping[str, float], name: str) -> Lever:
    """Give one input, as `levers` gives it."""
    given = evaluation.given(name)
    return Lever(
        name,
        float(recorded[name] if given is None else given),
        *bounds(evaluation, name),
        _asked(evaluation, name),
        whole=MOVABLE[name].whole,
    )


def chances(evaluation: Evaluation, asked: PlanQuestion) -> Iterator[Lever]:
    """
    Give the chance of every row that it matters of and that was not tested.

    Args:
        evaluation: The scenario's sums.
        asked: What the plan is asked.
    """
    may_move = (asked.in_play | 1 << asked.base) & ~(asked.passed | asked.failed)
    for place, (row, prospect) in enumerate(zip(ROWS, asked.prospects, strict=True)):
        if may_move >> place & 1 and (place == asked.base or chance_of(asked, place) > 0):
            chance, low, high = prospect.belief
            name = row.asked.chance
            yield Lever(name, chance, 0.0, 1.0, _asked(evaluation, name), odds=True, range=(low, high))


def moved(evaluation: Evaluation, recorded: Mapping[str, float]) -> Iterator[Moved]:
    """
    Give every lever moved by as much as robust asks: up, and down, or to its limit.

    Args:
        evaluation: The scenario's sums.
        recorded: What stands in for an optional number that is left empty.
    """
    for each in levers(evaluation, recorded):
        put: Callable[[float], PlanQuestion] | None = None
        for share in (FRAGILE_CHANGE, -FRAGILE_CHANGE):
            to = each.value + abs(each.value) * share
            if each.whole:
                to = ceil(to) if share > 0 else floor(to)
            to = min(max(to, each.minimum), each.maximum)
            if to != each.value:
                put = put or each.asked()
                yield Moved(MovedInput(str(each.cause), each.value, to), _at(put, to))


def _at(put: Callable[[float], PlanQuestion], to: float) -> Callable[[], PlanQuestion]:
    return lambda: put(to)


def _asked(evaluation: Evaluation, name: str) -> Callable[[], Callable[[float], PlanQuestion]]:
    """Begin to move one input."""

    def asked() -> Callable[[float], PlanQuestion]:
        put = evaluation.moved(name)
        return lambda value: question(*put(value))

    return asked


def _hours(evaluation: Evaluation, name: str, members: list[str]) -> Lever:
    """Hours that are moved together, in times of what each is."""
    stand = [float(evaluation.given(member) or 0) for member in members]
    most = min((MOVABLE[member].maximum / hours for member, hours in zip(members, stand, strict=True)), default=inf)

    def asked() -> Callable[[float], PlanQuestion]:
        put = evaluation.moved(*members)
        return lambda times: question(*put(*(hours * times for hours in stand)))

    return Lever(name, 1.0, 0.0, most, asked)


def bounds(evaluation: Evaluation, name: str) -> tuple[float, float]:
    """Smallest and largest value that goes with the other inputs."""
    kind, retrieval = MOVABLE[name], evaluation.inputs.retrieval
    match name:
        case "chunk_tokens":
            return retrieval.overlap_tokens + 1, kind.maximum
        case "overlap_tokens":
            return kind.minimum, retrieval.chunk_tokens - 1
        case "gpus_per_replica":
            return max(kind.minimum, fewest_gpus(evaluation.inputs, evaluation.records) or 0), kind.maximum
        case "longest_context" if shape := evaluation.records.shape:
            return kind.minimum, shape.context
        case _:
            return kind.minimum, kind.maximum


def in_groups(evaluation: Evaluation, recorded: Mapping[str, float], asked: PlanQuestion) -> tuple[list[Lever], ...]:
    """
    Give what a tip may name, in groups, in the order in which tips are named.

    Volume, tokens, chances and prices come first, then a few other numbers that a team may plan otherwise.

    Args:
        evaluation: The scenario's sums.
        recorded: What stands in for an optional number that is left empty.
        asked: What the plan is asked.
    """
    volume: list[Lever] = []
    tokens: list[Lever] = []
    prices: list[Lever] = []
    others: list[Lever] = []
    for each in levers(evaluation, recorded):
        name = str(each.cause)
        if name in TOGETHER or name in _WELL_KNOWN:
            others.append(each)
        elif GROUP_OF[name] in ("workload", "calls"):
            (volume if name == ALONG else tokens).append(each)
        elif name.endswith("_price"):
            prices.append(each)
    return volume, tokens, list(chances(evaluation, asked)), prices, others


_WELL_KNOWN: Final = frozenset(
    {
        *("horizon_months", "hourly_rate", "examples", "worth", "worth_it_above", "wrong_cost", "delay_cost"),
        *("monthly_growth", "peak_to_mean", "batch_share", "cache_hit_share", "model_life"),
    }
)
"""What a tip may name beside volume, tokens, chances and prices."""

ALONG: Final = "requests_per_month"
"""The volume; the input that the dial goes along."""
