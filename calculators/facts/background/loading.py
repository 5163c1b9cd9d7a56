"""The register of the kinds of records that pages show, and their loading."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from calculators.facts.background.disagreements import Disagreement
from calculators.facts.background.gpu_offers import GpuOffer
from calculators.facts.background.labels import LabelPrice
from calculators.facts.background.training import TrainingThroughput
from calculators.facts.checks import check_ledger
from calculators.facts.figures import Facts
from calculators.facts.gpus import Gpu
from calculators.facts.kinds import Kind, ledgers_of
from calculators.facts.ledger import Ledger
from calculators.facts.loading import DATA, FACTS
from calculators.facts.reading import Reader


@dataclass(frozen=True, kw_only=True)
class Background:
    """
    Records that pages show and no calculator uses. They are read when a page asks for them.

    Attributes:
        gpu_offers: What single providers charge for a GPU.
        training: How fast models were trained.
        labels: What training examples cost.
        disagreements: Figures on which data packages differ.
    """

    gpu_offers: Annotated[
        Ledger[GpuOffer], Kind(GpuOffer, ("gpu_offers.toml",), table="gpu_offer", noun="offer", timeless=True)
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
    labels: Annotated[Ledger[LabelPrice], Kind(LabelPrice, ("labels.toml",), table="label", noun="price")]
    disagreements: Annotated[
        tuple[Disagreement, ...],
        Kind(Disagreement, ("disagreements.toml",), table="disagreement", noun="disagreement"),
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
        check_ledger(kind, ledgers[name], facts.sources, {Gpu: facts.gpus})
    return Background(disagreements=read.records(Disagreement), **ledgers)


@cache
def background() -> Background:
    """Return this package's records that only pages show."""
    return load_background(FACTS)
