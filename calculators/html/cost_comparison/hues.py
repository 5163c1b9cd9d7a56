"""Which rows have a colour of their own."""

from calculators.catalog.cost_comparison.approaches import FIVE

HUED = frozenset(approach.key for approach in FIVE)
"""Rows that have a colour of their own."""


def hue_class(key: str) -> str:
    """The class of a row's colour behind another class, or nothing."""
    return f" hue-{key}" if key in HUED else ""
