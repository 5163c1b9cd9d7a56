"""The bars of the ranking: what a row's total is made of, the textures of its parts, and their key."""

from collections.abc import Iterable, Mapping
from typing import Final

from calculators.chart.svg import hued, tenth
from calculators.markup import Html, join

_PARTS: Final = {
    "people": "people",
    "data": "data",
    "training": "training",
    "serving": "serving",
    "wrong": "wrong answers",
}
"""The parts of a total, in the order in which they are drawn, and what the key calls them."""

_TEXTURED: Final = ("data", "training")
"""Parts with a texture; the stylesheet fills the others, people with the hue and serving with paper."""

_WIDTH: Final = 198
"""Width of a whole bar; its view box has a unit more on each side, for half of an outline. [unit]"""

_GAP: Final = 2
"""Gap between two parts, wide enough to be seen between their outlines. [unit]"""

_THINNEST: Final = 0.5
"""Least width of a part: what is thinner is not drawn, and what the gap leaves is never less. [unit]"""

_INSET: Final = 0.6
"""How far a texture stays clear of the outline, half of which lies inside the box. [unit]"""

_TEXTURES: Final = Html(
    '<svg class="textures" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="texture-data" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="2.8" height="5"/></pattern>'
    '<pattern id="texture-training" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<path fill-rule="evenodd" d="M0 0h4v4H0zM2 .8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z"/></pattern>'
    "</defs></svg>"
)
_KEY: Final = Html('<ul class="key">{}</ul>')
_MARK: Final = Html(
    '<li><svg class="key__mark" viewBox="0 0 20 10" aria-hidden="true" focusable="false">{}</svg>{}</li>'
)
_BAR: Final = Html('<svg class="bar{}" viewBox="0 0 200 14" aria-hidden="true" focusable="false">{}</svg>')
_PART: Final = Html('<rect class="bar__part part-{}" x="{:g}" y="1" width="{:g}" height="{:g}"/>')
_TEXTURE: Final = Html(
    '<rect class="bar__texture" fill="url(#texture-{})" x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>'
)


def textures() -> Html:
    """Draw the textures once for all bars of a page: paper, laid over the hue of whoever uses them."""
    return _TEXTURES


def key(used: Iterable[str]) -> Html:
    """
    Write the key to the textures.

    Args:
        used: The parts that any bar has.
    """
    return _KEY.fill(join(_MARK.fill(join(_part(part, 1, 18, 8)), _PARTS[part]) for part in _PARTS if part in used))


def bar(*, parts: Mapping[str, float], scale: float, hue: str | None) -> Html:
    """
    Draw what one row's total is made of.

    Args:
        parts: Amount of each part: people, data, training, serving, wrong answers. [USD]
        scale: The amount that fills the whole width, the same for all rows. [USD]
        hue: Key of the approach's hue, or nothing for soft ink.
    """
    x = 1.0
    drawn: list[Html] = []
    for part in _PARTS:
        width = parts[part] / scale * _WIDTH if scale else 0.0
        if width >= _THINNEST:
            drawn += _part(part, x, max(width - _GAP, _THINNEST), 12)
        x += width
    return _BAR.fill(hued(hue), join(drawn))


def _part(part: str, x: float, width: float, height: float) -> Iterable[Html]:
    """The box of a part, and its texture if it has one and is wide enough to show it."""
    yield _PART.fill(part, tenth(x), tenth(width), height)
    if part in _TEXTURED and width > 2 * _INSET:
        yield _TEXTURE.fill(part, tenth(x + _INSET), 1 + _INSET, tenth(width - 2 * _INSET), height - 2 * _INSET)
