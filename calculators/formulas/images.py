"""
Tokens of an image, by the rule of whoever bills it.

No term: a rule is words and numbers, most of them left out in any one rule, and so comes as a whole.
"""

import math
from typing import Protocol

from calculators.formulas.units import EXACT_DIGITS


class ImageCounting(Protocol):
    """What must be known of a rule, as the records have it: see `calculators.facts.ImageRule`."""

    @property
    def rule(self) -> str: ...
    @property
    def patch_px(self) -> int | None: ...
    @property
    def multiplier(self) -> float | None: ...
    @property
    def budget_patches(self) -> int | None: ...
    @property
    def fit(self) -> str: ...
    @property
    def max_side_px(self) -> int | None: ...
    @property
    def short_side_px(self) -> int | None: ...
    @property
    def overhead_tokens(self) -> int: ...
    @property
    def tile_px(self) -> int | None: ...
    @property
    def base_tokens(self) -> int | None: ...
    @property
    def tile_tokens(self) -> int | None: ...
    @property
    def flat_tokens(self) -> int | None: ...


def image_tokens(rule: ImageCounting, *, width: int, height: int) -> int:
    """
    Tokens that an image is billed as.

    An image is shrunk to what the rule allows, and never enlarged.

    Args:
        rule: How a model counts an image. [rule]
        width: Width of the image. [pixel]
        height: Height of the image. [pixel]

    Returns:
        Tokens; where the rule is flat, the most there are. [token]

    Raises:
        ValueError: If the model takes no images.
    """
    if rule.rule == "none":
        raise ValueError("the model takes no images")
    if rule.flat_tokens is not None:
        return rule.flat_tokens
    scale = min(
        1.0,
        (rule.max_side_px or max(width, height)) / max(width, height),
        (rule.short_side_px or min(width, height)) / min(width, height),
    )
    across, down = width * scale, height * scale
    if rule.tile_px is not None:
        return (rule.base_tokens or 0) + (rule.tile_tokens or 0) * _covering(across, down, rule.tile_px)
    side = rule.patch_px or 1
    patches: float
    if rule.rule == "area":
        patches = across * down / side**2
    else:
        if rule.budget_patches is not None and _covering(across, down, side) > rule.budget_patches:
            fitted = _largest if rule.fit == "largest" else _whole_side
            shrunk = fitted(across / side, down / side, rule.budget_patches)
            across, down = across * shrunk, down * shrunk
        patches = _covering(across, down, side)
    return _up(patches * (rule.multiplier or 1)) + rule.overhead_tokens


def _up(number: float) -> int:
    """Round up what is no whole number: 10 patches of 1.1 tokens are 11, though a float of 1.1 is a little more."""
    return math.ceil(round(number, EXACT_DIGITS))


def _down(number: float) -> int:
    """Round down what is no whole number."""
    return math.floor(round(number, EXACT_DIGITS))


def _covering(across: float, down: float, side: int) -> int:
    """Return how many squares cover an image."""
    return _up(across / side) * _up(down / side)


def _whole_side(columns: float, rows: float, budget: int) -> float:
    """Return the scale to the area of so many patches, and on until one side is whole patches."""
    return min(
        math.isqrt(_down(budget * columns / rows)) / columns,
        math.isqrt(_down(budget * rows / columns)) / rows,
    )


def _largest(columns: float, rows: float, budget: int) -> float:
    """Return the largest scale within so many patches. One side is then whole patches, else it could be larger."""
    scales = [whole / side for side in (columns, rows) for whole in range(1, _up(side))]
    return max(scale for scale in scales if _covering(columns * scale, rows * scale, 1) <= budget)
