"""What each figure of a row is made of."""

from calculators.catalog.cost_comparison.breakdown.shape import Breakdown, Item, Sum
from calculators.catalog.cost_comparison.breakdown.sums import breakdown

__all__ = ["Breakdown", "Item", "Sum", "breakdown"]
