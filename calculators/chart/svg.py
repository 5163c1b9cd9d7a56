"""What all pictures share: coordinates, widths of text, the pieces that several have, and blocks pushed apart."""

from collections.abc import Iterable, Sequence
from typing import Final

from calculators.markup import Html, join

WIDE: Final = 620
"""Width of a wide drawing; the stylesheet shows it from 27rem on. [unit]"""

NARROW: Final = 340
"""Width of a narrow drawing, for a phone held upright; the stylesheet never shows it wider than 22rem. [unit]"""

WIDE_TEXT: Final = 12.5
"""Size of text in a wide drawing, as in the stylesheet. [unit]"""

NARROW_TEXT: Final = 13.0
"""Size of text in a narrow drawing, as in the stylesheet: a small phone shows the drawing smaller than it is. [unit]"""

LABEL_ROOM: Final = 8
"""Least distance between two labels of a scale, so that they do not read as one. [unit]"""

LEADER: Final = 15
"""Room between the end of a line and its name, for the line that leads from one to the other. [unit]"""

_LETTER: Final = 0.56
"""Width of an average letter; the reader's own font is not known here. [em]"""

type Box = tuple[float, float, float, float]
"""Left, right, top and bottom of a text or a mark. [unit]"""

LABEL_STEP: Final = 31
"""Height of a name with its amount below it, and of the gap to the next. [unit]"""

_DRAWING: Final = Html('<svg class="drawing drawing--{} {}" viewBox="0 0 {} {:g}" {}>{}</svg>')
_NAMED: Final = Html('role="img" aria-label="{}"')
_UNNAMED: Final = Html('width="0" height="0" aria-hidden="true" focusable="false"')
"""Where a text beside a drawing says the same; without a stylesheet only that is shown."""
_PATH: Final = Html('<path class="{}" d="{}"/>')
_CIRCLE: Final = Html('<circle class="{}" cx="{:g}" cy="{:g}" r="{}"/>')
_LABEL: Final = Html('<text class="{}" x="{:g}" y="{:g}">{}</text>')
_ANCHORED_LABEL: Final = Html('<text class="{}" x="{:g}" y="{:g}" text-anchor="{}">{}</text>')
_LEVEL: Final = Html(
    '<path class="{}" d="M{:g} {:g}H{:g}"/><text class="chart__label" x="{:g}" y="{:g}" text-anchor="end">{}</text>'
)
_BELOW: Final = Html('<text class="chart__label" x="{:g}" y="{:g}" text-anchor="middle">{}</text>')
_END: Final = Html(
    '<path class="chart__leader{}" d="{}"/><text class="chart__name{}" x="{:g}" y="{:g}">{}</text>'
    '<text class="chart__total" x="{:g}" y="{:g}">{}</text>'
)


def tenth(coordinate: float) -> float:
    """Round to a tenth of a unit, which nobody sees; and write no -0."""
    return round(coordinate, 1) + 0.0


def point(x: float, y: float) -> str:
    """
    Write a place as the data of a path has it.

    >>> point(-0.04, 12.345)
    '0 12.3'
    """
    return f"{round(x, 1) + 0.0:g} {round(y, 1) + 0.0:g}"


def text_width(text: str, size: float) -> float:
    """How wide a text may be expected to be, in letters of a size."""
    return len(text) * size * _LETTER


def hued(hue: str | None) -> str:
    """What follows a class to give it an approach's hue."""
    return f" hue-{hue}" if hue else ""


def drawing(kind: str, width: int, height: float, sentence: str, pieces: Iterable[Html]) -> Html:
    """Put pieces into a drawing, which says a sentence to those who do not see it; nothing if a text beside it does."""
    size = "narrow" if width == NARROW else "wide"
    named = _NAMED.fill(sentence) if sentence else _UNNAMED
    return _DRAWING.fill(size, kind, width, tenth(height), named, join(pieces))


def path(css_class: str, data: str) -> Html:
    """Draw a path."""
    return _PATH.fill(css_class, data)


def circle(css_class: str, x: float, y: float, radius: float) -> Html:
    """Draw a circle."""
    return _CIRCLE.fill(css_class, tenth(x), tenth(y), radius)


def label(css_class: str, x: float, y: float, text: str, anchor: str = "") -> Html:
    """Write a text that begins at a place, or is anchored there."""
    if anchor:
        return _ANCHORED_LABEL.fill(css_class, tenth(x), tenth(y), anchor, text)
    return _LABEL.fill(css_class, tenth(x), tenth(y), text)


def level(css_class: str, left: float, right: float, y: float, amount: str) -> Html:
    """Draw a level of the scale from left to right, and write its amount before it."""
    height = tenth(y)
    return _LEVEL.fill(css_class, tenth(left), height, tenth(right), tenth(left - 6), tenth(y + 4), amount)


def label_below(x: float, bottom: float, text: str) -> Html:
    """Write a label of the scale that runs along the bottom."""
    return _BELOW.fill(tenth(x), bottom + 18, text)


def inside(x: float, width: float, end: float) -> tuple[float, float, str]:
    """
    Left edge, place and anchor of a text centred on a point,
    or set against the edge of the drawing it would cross.
    """
    if x < width / 2:
        return 0.0, 0.0, "start"
    if x > end - width / 2:
        return end - width, end, "end"
    return x - width / 2, x, "middle"


def spread(wishes: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """
    Place blocks that fit between two ends in their order, as near as can be to where they wish to begin.

    >>> spread([0, 50, 54], [10, 10, 10], 0, 100)
    [0.0, 47.0, 57.0]
    """
    room = high - low - sum(sizes)
    groups: list[tuple[float, int]] = []
    offsets: list[float] = []
    offset = 0.0
    for wish, size in zip(wishes, sizes, strict=True):
        mean, count = wish - offset, 1
        offsets.append(offset)
        offset += size
        while groups and groups[-1][0] > mean:
            other, more = groups.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        groups.append((mean, count))
    starts = [min(max(mean, low), low + room) for mean, count in groups for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def apart(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a box lies on none of others."""
    left, right, top, bottom = box
    return all(right <= start or left >= end or bottom <= high or top >= low for start, end, high, low in taken)


def beside_ends(
    ends: Sequence[tuple[float, str | None, str, str]], right: float, bottom: float, aside: Sequence[bool] = ()
) -> Iterable[Html]:
    """
    Hue, name and amount beside the ends of lines, from the topmost down, pushed apart, each led back to its line.

    Args:
        ends: Height of each end, key of its hue, name and amount.
        right: Where the lines end.
        bottom: How far down the picture goes.
        aside: Which lines stand in the background; none if it is empty.
    """
    places = spread([end - 7 for end, *_ in ends], [LABEL_STEP] * len(ends), 1, bottom + 9)
    x = right + LEADER
    for (end, hue, name, amount), place, soft in zip(ends, places, aside or [False] * len(ends), strict=True):
        leader = f"M{point(right + 3, end)}L{point(x - 6, place + 7)}h3"
        begin = tenth(x)
        back = " chart__aside" if soft else ""
        yield _END.fill(
            f"{hued(hue)}{back}", leader, back, begin, tenth(place + 11), name, begin, tenth(place + 25), amount
        )
