"""The register of the kinds of records that pages show, and their loading."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Annotated

from calculators.facts.background.chances import Ground, Measurement, Statement
from calculators.facts.background.disagreements import Disagreement
from calculators.facts.background.gpu_offers import GpuOffer
from calculators.facts.background.images import MeasuredImage
from calculators.facts.background.labels import LabelPrice
from calculators.facts.background.serving_runs import ServingRun
from calculators.facts.background.training import TrainingThroughput
from calculators.facts.background.training_memory import TrainingRun
from calculators.facts.checks import check_ledger, check_records
from calculators.facts.figures import Facts
from calculators.facts.gpus import Gpu, Trainer
from calculators.facts.inference import InferencePrice
from calculators.facts.kinds import FactsError, Kind, kinds_of, ledgers_of
from calculators.facts.ledger import Ledger
from calculators.facts.loading import DATA, FACTS
from calculators.facts.reading import Reader
from calculators.facts.record import listed
from calculators.facts.shapes import ModelShape


@dataclass(frozen=True, kw_only=True)
class Background:
    """
    Records that pages show and no calculator uses. They are read when a page asks for them.

    Attributes:
        gpu_offers: What single providers charge for a GPU.
        serving_runs: How fast models were served, to judge the estimate by.
        training: How fast models were trained.
        training_runs: How much memory training took, and what it fitted in.
        labels: What training examples cost.
        images: What images were billed, as measured.
        disagreements: Figures on which data packages differ.
        measurements: What was measured of how approaches compare, by its id.
        grounds: Why chances, and assumptions about them, are what they are, by the key of each.
        statements: What measurements say of chances taken together, and what nobody has measured.
    """

    gpu_offers: Annotated[
        Ledger[GpuOffer], Kind(GpuOffer, ("gpu_offers.toml",), table="gpu_offer", noun="offer", timeless=True)
    ]
    serving_runs: Annotated[
        Ledger[ServingRun],
        Kind(
            ServingRun,
            ("serving_runs.toml",),
            table="run",
            noun="run",
            timeless=True,
            refers={"shape": ModelShape, "gpu": Gpu},
        ),
    ]
    training: Annotated[
        Ledger[TrainingThroughput],
        Kind(
            TrainingThroughput,
            ("training.toml",),
            table="training",
            noun="throughput",
            timeless=True,
            refers={"gpu": Gpu},
        ),
    ]
    training_runs: Annotated[
        Ledger[TrainingRun],
        Kind(
            TrainingRun,
            ("training_runs.toml",),
            table="training_run",
            noun="run",
            timeless=True,
            refers={"trainer": Trainer},
        ),
    ]
    labels: Annotated[Ledger[LabelPrice], Kind(LabelPrice, ("labels.toml",), table="label", noun="price")]
    images: Annotated[
        tuple[MeasuredImage, ...],
        Kind(
            MeasuredImage,
            ("image_measurements.toml",),
            table="measured",
            noun="image",
            called_by=("model", "width", "height"),
            refers={"model": InferencePrice},
        ),
    ]
    disagreements: Annotated[
        tuple[Disagreement, ...],
        Kind(Disagreement, ("disagreements.toml",), table="disagreement", noun="disagreement"),
    ]
    measurements: Annotated[
        Mapping[str, Measurement],
        Kind(Measurement, ("chance_evidence.toml",), table="measurement", noun="measurement"),
    ]
    grounds: Annotated[
        Mapping[str, Ground],
        Kind(
            Ground,
            ("chance_evidence.toml",),
            table="ground",
            noun="ground",
            called_by=("about",),
            refers={"rests_on": Measurement},
        ),
    ]
    statements: Annotated[
        tuple[Statement, ...],
        Kind(
            Statement,
            ("chance_evidence.toml",),
            table="statement",
            noun="statement",
            called_by=("what",),
            refers={"rests_on": Measurement},
        ),
    ]


def load_background(facts: Facts, directory: Path = DATA) -> Background:
    """
    Read the records that only pages show, and refuse them all if one cannot be trusted.

    Args:
        facts: The figures that calculators use: a record here may name a source or a GPU there.
        directory: Where the TOML files stand.

    Raises:
        FactsError: As `load`.
    """
    read = Reader(directory, Background)
    ledgers = read.ledgers(facts.today)
    for name, kind in ledgers_of(Background).items():
        check_ledger(
            kind,
            ledgers[name],
            facts.sources,
            {Gpu: facts.gpus, ModelShape: facts.shapes, Trainer: facts.trainers},
        )
    found = Background(
        images=read.records(MeasuredImage),
        disagreements=read.records(Disagreement),
        measurements=read.by_name(Measurement),
        grounds=read.by_name(Ground),
        statements=read.records(Statement),
        **ledgers,
    )
    check_records(kinds_of(Background)["images"], found.images, facts.sources, {InferencePrice: facts.inference})
    _check_chances(found, facts)
    return found


def _check_chances(found: Background, facts: Facts) -> None:
    """Refuse grounds of nothing, chances without any, measurements that do not exist, and those that nothing needs."""
    kinds = kinds_of(Background)
    keys: Mapping[type, Container[str]] = {Measurement: found.measurements}
    check_records(kinds["grounds"], found.grounds.values(), facts.sources, keys)
    check_records(kinds["statements"], found.statements, facts.sources, keys)
    chances = tuple(facts.chances.records())
    for ground in found.grounds.values():
        if ground.about not in facts.chances and ground.about not in facts.assumptions:
            raise kinds["grounds"].fault(ground, "about: no chance and no assumption has this key")
    for chance in chances:
        if chance.key not in found.grounds:
            raise FactsError(f"chance_evidence.toml: no [[ground]] says why {chance.key} is what it is")
        if unknown := set(chance.rests_on) - found.measurements.keys():
            raise FactsError(f"chances.toml: {chance.key}: rests_on: there is no {listed(unknown)}")
    named = [each.rests_on for each in chances] + [each.rests_on for each in found.statements]
    named += [each.rests_on for each in found.grounds.values()]
    if idle := found.measurements.keys() - set(chain.from_iterable(named)):
        raise FactsError(f"chance_evidence.toml: nothing rests on {listed(idle)}: name it somewhere, or take it out")


@cache
def background() -> Background:
    """Return this package's records that only pages show."""
    return load_background(FACTS)
