"""Which rows have a colour of their own."""

from calculators.catalog.cost_comparison.approaches import Approach


def hue_class(approach: Approach) -> str:
    """The class of a row's colour behind another class, or nothing for soft ink."""
    return f" hue-{approach.hue}" if approach.hue else ""
