"""The answer of the cost comparison, a module for each part of the page."""

from typing import Final

from calculators.catalog.cost_comparison.matters import ALWAYS
from calculators.html.cost_comparison.answer import first
from calculators.html.cost_comparison.brief import says, teaser
from calculators.html.cost_comparison.notes import notes
from calculators.html.cost_comparison.parts import PARTS

SLOTS: Final = (
    "answer",
    "robust",
    "trap",
    "right-below",
    "staying",
    "path",
    "tips",
    "dial",
    "ranking",
    "running-total",
)

__all__ = ["ALWAYS", "PARTS", "SLOTS", "first", "notes", "says", "teaser"]
