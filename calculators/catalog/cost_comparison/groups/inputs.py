"""All groups as one value, and what is known of each input by its name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, get_args, get_type_hints

from calculators.calculator import Choice, Day, Several
from calculators.catalog.cost_comparison.groups.finding_out import Classifier, FindingOut
from calculators.catalog.cost_comparison.groups.judgement import Judgement, Quality
from calculators.catalog.cost_comparison.groups.people import ModelLife, People
from calculators.catalog.cost_comparison.groups.prompting import FewShot, Prices
from calculators.catalog.cost_comparison.groups.retrieval import Retrieval
from calculators.catalog.cost_comparison.groups.tuning import OwnTraining, Serving, Tuning, Variants
from calculators.catalog.cost_comparison.groups.workload import (
    Calls,
    Counts,
    Images,
    Job,
    Limits,
    Models,
    OwnModel,
    Traffic,
    Workload,
)
from calculators.currency import Dollar
from calculators.quantity import Quantity


class Inputs(NamedTuple):
    """
    Everything that a reader enters.

    Attributes:
        job: What must change, for how long, at the prices of which day.
        workload: Requests and their size.
        calls: Tasks of several calls.
        counts: Tokens of reasoning and text, model by model.
        images: Images in a request.
        models: The model that is prompted and the one that is tuned.
        own_model: A tuned model that is on no list.
        traffic: How requests are spread over months and days.
        limits: How soon an answer must come.
        prices: Caching, retries and the reader's own prices.
        few_shot: Examples in the prompt.
        retrieval: Documents looked up.
        tuning: Data and training.
        variants: Several models tuned from one base.
        serving: Own GPUs.
        own_training: Training on own GPUs.
        people: Hours and their rate.
        life: How long a base model lasts.
        finding_out: What it takes to find out whether a row passes.
        classifier: A small classifier of the reader's own.
        judgement: What the reader knows of each approach.
        quality: Success rates and what they are worth.
    """

    job: Job
    workload: Workload
    calls: Calls
    counts: Counts
    images: Images
    models: Models
    own_model: OwnModel
    traffic: Traffic
    limits: Limits
    prices: Prices
    few_shot: FewShot
    retrieval: Retrieval
    tuning: Tuning
    variants: Variants
    serving: Serving
    own_training: OwnTraining
    people: People
    life: ModelLife
    finding_out: FindingOut
    classifier: Classifier
    judgement: Judgement
    quality: Quality


def _may_stay_empty(annotation: object) -> bool:
    """Whether nothing at all is a value of an input, too."""
    return type(None) in get_args(get_args(annotation)[0])


def _places() -> Mapping[str, tuple[str, Quantity | Choice | Several | Day | Dollar]]:
    found = {}
    for group, type_of_group in get_type_hints(Inputs).items():
        for name, annotation in get_type_hints(type_of_group, include_extras=True).items():
            for note in get_args(annotation):
                if isinstance(note, Quantity | Choice | Several | Day | Dollar):
                    found[name] = (group, note)
    return MappingProxyType(found)


_PLACES: Final = _places()

KINDS: Final = MappingProxyType({name: kind for name, (_, kind) in _PLACES.items()})
"""What each input is, by its name."""

GROUP_OF: Final = MappingProxyType({name: group for name, (group, _) in _PLACES.items()})
"""The group in which each input stands, by its name."""

NUMERIC: Final = MappingProxyType(
    {
        name: kind
        for name, (group, kind) in _PLACES.items()
        if isinstance(kind, Quantity)
        and (group not in {"judgement", "quality", "limits"} or name == "wrong_cost")
        and name not in {"worth", "worth_it_above"}
    }
)
"""Every number that costs anything, by its name: chances, rates and what a success is worth stand beside the costs."""

JUDGED: Final = MappingProxyType(
    {
        name: kind
        for name, (group, kind) in _PLACES.items()
        if isinstance(kind, Quantity) and name not in NUMERIC and not name.endswith("_chance")
    }
)
"""Every other number but chances: rates, the bar, limits of time, and what a success and a change are worth."""

MOVABLE: Final = MappingProxyType({**NUMERIC, **JUDGED})
"""Every number but chances, by its name."""

OPTIONAL: Final = tuple(
    name
    for group in get_type_hints(Inputs).values()
    for name, annotation in get_type_hints(group, include_extras=True).items()
    if name in NUMERIC and _may_stay_empty(annotation)
)
"""Numbers that may stay empty, since a record holds them or the others give them, by name."""
