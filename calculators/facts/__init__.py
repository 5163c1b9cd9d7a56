"""
Facts: the dated, sourced figures that every answer rests on, read once from the TOML files in `data/`.

Three rules hold for each figure. It says where it was published and when that was checked; where nobody has
published it, it is an `Assumption` and says who assumes it and why. It holds from a date on, and a new figure is
appended as a further record of the same key: the old one stays, so an old link keeps its old answer. And what is
wrong in a file stops the package from loading, with the file and the key: no figure is ever guessed.
"""

from calculators.facts.bills import (
    BATCH_RULES,
    IMAGE_FITS,
    IMAGE_RULES,
    PLACE_KINDS,
    Adapters,
    BatchRule,
    CachingTerms,
    Counted,
    ImageRule,
    Place,
    Reasoning,
    TextTokens,
)
from calculators.facts.decided import CHANCE_NEEDS, CHANCE_ROWS, Assumption, Chance, Rule, chance_key
from calculators.facts.figures import Facts
from calculators.facts.gpus import RENT_TERMS, Gpu, GpuPrice, Roofline, ServingFit, Trainer, TrainingMemory
from calculators.facts.inference import RATES, TIERS, InferencePrice
from calculators.facts.kinds import FactsError
from calculators.facts.labour import Wage
from calculators.facts.ledger import Ledger, UnknownPriceError
from calculators.facts.loading import DATA, FACTS, default_model, load, prices_over
from calculators.facts.reading import text_of
from calculators.facts.record import Record, Source
from calculators.facts.retrieval import Embedding, Reranker, VectorDatabase
from calculators.facts.shapes import ModelShape
from calculators.facts.tuning import SOLD_TO, Availability, BaseModel, TuningService

__all__ = [
    "BATCH_RULES",
    "CHANCE_NEEDS",
    "CHANCE_ROWS",
    "DATA",
    "FACTS",
    "IMAGE_FITS",
    "IMAGE_RULES",
    "PLACE_KINDS",
    "RATES",
    "RENT_TERMS",
    "SOLD_TO",
    "TIERS",
    "Adapters",
    "Assumption",
    "Availability",
    "BaseModel",
    "BatchRule",
    "CachingTerms",
    "Chance",
    "Counted",
    "Embedding",
    "Facts",
    "FactsError",
    "Gpu",
    "GpuPrice",
    "ImageRule",
    "InferencePrice",
    "Ledger",
    "ModelShape",
    "Place",
    "Reasoning",
    "Record",
    "Reranker",
    "Roofline",
    "Rule",
    "ServingFit",
    "Source",
    "TextTokens",
    "Trainer",
    "TrainingMemory",
    "TuningService",
    "UnknownPriceError",
    "VectorDatabase",
    "Wage",
    "chance_key",
    "default_model",
    "load",
    "prices_over",
    "text_of",
]
