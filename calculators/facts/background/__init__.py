"""
Background: records that pages show and no calculator uses.

They are held to the same rules as the facts, and read when a page asks for them. A browser never does, so that none of
this travels to it.
"""

from calculators.facts.background.chances import Ground, Measurement, Statement
from calculators.facts.background.disagreements import Disagreement
from calculators.facts.background.gpu_offers import GpuOffer
from calculators.facts.background.images import MeasuredImage
from calculators.facts.background.labels import LabelPrice
from calculators.facts.background.loading import Background, background, load_background
from calculators.facts.background.price_floors import (
    PARTS_INPUT,
    Floor,
    FloorPrice,
    PriceFloors,
    load_price_floors,
    price_floors,
)
from calculators.facts.background.serving_runs import ServingRun
from calculators.facts.background.training import TrainingThroughput
from calculators.facts.background.training_memory import Fit, Peak, TrainingRun

__all__ = [
    "PARTS_INPUT",
    "Background",
    "Disagreement",
    "Fit",
    "Floor",
    "FloorPrice",
    "GpuOffer",
    "Ground",
    "LabelPrice",
    "MeasuredImage",
    "Measurement",
    "Peak",
    "PriceFloors",
    "ServingRun",
    "Statement",
    "TrainingRun",
    "TrainingThroughput",
    "background",
    "load_background",
    "load_price_floors",
    "price_floors",
]
