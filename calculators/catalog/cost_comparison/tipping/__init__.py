"""
Where the answer tips: the nearest single input that would change the winner, and the dial along one input.

Nothing here knows of rows, prices or people: an input is a number with bounds, and what it does is a function from its
value to the totals.
"""

from calculators.catalog.cost_comparison.tipping.bands import Band, Dial, dial
from calculators.catalog.cost_comparison.tipping.rings import FRAGILE_CHANGE, nearest_tips, search
from calculators.catalog.cost_comparison.tipping.solver import Dimension, Evaluate, Tip, Totals, cheapest

__all__ = [
    "FRAGILE_CHANGE",
    "Band",
    "Dial",
    "Dimension",
    "Evaluate",
    "Tip",
    "Totals",
    "cheapest",
    "dial",
    "nearest_tips",
    "search",
]
