"""The answer of the cost comparison, a module for each part of the page."""

from calculators.html.cost_comparison.answer import answer
from calculators.html.cost_comparison.brief import bar, says, teaser
from calculators.html.cost_comparison.details import details
from calculators.html.cost_comparison.notes import notes

__all__ = ["answer", "bar", "details", "notes", "says", "teaser"]
