"""What all pictures share: coordinates, widths of text, the opening tag, labels, and blocks pushed apart."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

WIDE: Final = 620
"""Width of a wide drawing; the stylesheet shows it from 27rem on. [unit]"""

NARROW: Final = 340
"""Width of a narrow drawing, for a phone held upright; the stylesheet never shows it wider than 22rem. [unit]"""

LABEL_ROOM: Final = 8
"""Least distance between two labels of a scale, so that they do not read as one. [unit]"""

LEADER: Final = 15
"""Room between the end of a line and its name, for the line that leads from one to the other. [unit]"""

_LETTER: Final = 0.56
"""Width of an average letter; the reader's own font is not known here. [em]"""

_LABEL_STEP: Final = 31
"""Height of a name with its amount below it, and of the gap to the next. [unit]"""


def tenth(coordinate: float) -> str:
    return f"{round(coordinate, 1) + 0.0:g}"


def text_width(text: str, size: float) -> float:
    return len(text) * size * _LETTER


def hued(hue: str | None) -> str:
    return f" hue-{hue}" if hue else ""


def opening(kind: str, width: int, height: float, sentence: str) -> str:
    size = "narrow" if width == NARROW else "wide"
    return (
        f'<svg class="drawing drawing--{size} {kind}" viewBox="0 0 {width} {tenth(height)}" role="img" '
        f'aria-label="{escape(sentence)}">'
    )


def label(css_class: str, x: float, y: float, text: str, anchor: str = "") -> str:
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{css_class}" x="{tenth(x)}" y="{tenth(y)}"{anchored}>{escape(text)}</text>'


def inside(x: float, width: float, end: float) -> tuple[float, float, str]:
    """Left edge, place and anchor of a text centred on a point, or set against the edge of the drawing it would cross."""
    if x < width / 2:
        return 0.0, 0.0, "start"
    if x > end - width / 2:
        return end - width, end, "end"
    return x - width / 2, x, "middle"


def spread(wishes: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Place blocks that fit between two ends in their order, as near as can be to where they wish to begin."""
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


def beside_ends(ends: Sequence[tuple[float, str | None, str, str]], right: float, bottom: float) -> Iterable[str]:
    """Hue, name and amount beside the ends of lines, from the topmost down, pushed apart, each led back to its line."""
    places = spread([end - 7 for end, *_ in ends], [_LABEL_STEP] * len(ends), 1, bottom + 9)
    x = right + LEADER
    for (end, hue, name, amount), place in zip(ends, places, strict=True):
        yield (
            f'<path class="chart__leader{hued(hue)}" d="M{tenth(right + 3)} {tenth(end)}L{tenth(x - 6)} {tenth(place + 7)}h3"/>'
            + label("chart__name", x, place + 11, name)
            + label("chart__total", x, place + 25, amount)
        )
