"""Which rows have a colour of their own."""

from typing import Final

from calculators.catalog.cost_comparison.approaches import FIVE

HUED: Final = frozenset(approach.key for approach in FIVE)
"""Rows that have a colour of their own."""


def hue(key: str) -> str | None:
    """A row's colour, which is named as the row is, or nothing for soft ink."""
    return key if key in HUED else None


def hue_class(key: str) -> str:
    """The class of a row's colour behind another class, or nothing."""
    return f" hue-{key}" if key in HUED else ""
