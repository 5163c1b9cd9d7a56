"""The dial: what comes first along one input, and where the reader stands."""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from calculators.chart.svg import (
    LABEL_ROOM,
    NARROW,
    NARROW_TEXT,
    WIDE,
    WIDE_TEXT,
    drawing,
    hued,
    inside,
    label,
    path,
    point,
    spread,
    tenth,
    text_width,
)
from calculators.markup import Html
from calculators.quantity import write_short

_EDGE: Final = 4.0
"""Margin at both ends of the scale; the needle's knob would be cut off without it. [unit]"""

_BAND: Final = 9
"""Height of a band, and side of the square that stands before its name. [unit]"""

_BAND_GAP: Final = 1.5
"""Gap between two bands, which must differ where hues are not seen. [unit]"""

_SQUARE: Final = 14
"""How far a name begins after its square, the square included. [unit]"""

_NAME_GAP: Final = 16
"""Gap between a name and the next name's square: clearly more than between a square and its own name. [unit]"""

_NEEDLE_ROOM: Final = 6
"""How far names stay clear of the needle. [unit]"""

_TIP: Final = 5.5
"""Half the width of the triangle at the tip; wider than the margin, so it stays this far from the edges. [unit]"""

_TIP_ROOM: Final = 38
"""Least distance between the middle of the tip's label and that of another, so that the tip stands out. [unit]"""

_ROOM_FOR_ALL_TICKS: Final = 80
"""Width of a tenfold from which each step of it has a tick; below, they would run together. [unit]"""

_ROOM_FOR_THREES: Final = 120
"""Width of a tenfold from which its 3, about the middle on a logarithmic scale, is labelled too. [unit]"""

_LONGER: Final = (2, 3, 5)
"""Steps of a tenfold that have a longer tick than others; where room is short, the others have none."""

_THREE: Final = 3
"""Step of a tenfold that is labelled where there is room."""

_ROUNDING: Final = 1e-9
"""How far beyond an end a step may lie and still be the end itself, as a share: floats are not exact. [1]"""

_BAND_BOX: Final = Html('<rect class="dial__band{}" x="{:g}" y="{:g}" width="{:g}" height="{}"/>')
_NAMED: Final = Html(
    '<rect class="dial__square{}" x="{:g}" y="{:g}" width="{}" height="{}"/>'
    '<text class="dial__name" x="{:g}" y="{:g}">{}</text>'
)
_NEEDLE: Final = Html(
    '<g class="dial__needle"><path d="M{x:g} 16V{y:g}"/><circle cx="{x:g}" cy="{y:g}" r="3.5"/>{label}</g>'
)


class DialBand(NamedTuple):
    """
    A stretch of the dial in which one thing comes first.

    Attributes:
        first: Where it begins.
        end: Where it ends.
        hue: Key of the approach's hue, or nothing for soft ink.
        name: What comes first.
        short: Its name where room is short.
    """

    first: float
    end: float
    hue: str | None
    name: str
    short: str


class _Scale(NamedTuple):
    """
    A logarithmic scale.

    Attributes:
        first: Its left end.
        end: Its right end.
        unit: Width over which what it shows grows e-fold. [unit]
    """

    first: float
    end: float
    unit: float

    @property
    def tenfold(self) -> float:
        """Width of a tenfold."""
        return self.unit * math.log(10)

    def across(self, value: float) -> float:
        """How far to the right a value is."""
        return _EDGE + self.unit * math.log(value / self.first)

    def steps(self) -> list[tuple[int, float]]:
        """The steps of each tenfold, as far as there is room for ticks, with the values they stand for."""
        steps = range(1, 10) if self.tenfold >= _ROOM_FOR_ALL_TICKS else (1, *_LONGER)
        exponents = range(math.floor(math.log10(self.first)), math.ceil(math.log10(self.end)) + 1)
        powers = [10.0**exponent for exponent in exponents]
        low, high = self.first * (1 - _ROUNDING), self.end * (1 + _ROUNDING)
        return [(step, step * power) for power in powers for step in steps if low <= step * power <= high]


def dial(
    *,
    here: float,
    here_label: str,
    first: float,
    end: float,
    bands: Sequence[DialBand],
    tip: float | None,
    sentence: str,
    narrow: bool,
) -> Html:
    """
    Draw what comes first along one input, on a logarithmic scale.

    Args:
        here: Where the reader is. The needle stays on the scale.
        here_label: What stands above the needle.
        first: Left end of the scale, above 0.
        end: Right end.
        bands: What comes first, from left to right.
        tip: Where that changes next, or nothing if it does not.
        sentence: What the picture says, for those who do not see it.
        narrow: Whether it is the narrow drawing.
    """
    width, size, top = (NARROW, NARROW_TEXT, 28.0) if narrow else (WIDE, WIDE_TEXT, 44.0)
    scale = _Scale(first, end, (width - 2 * _EDGE) / math.log(end / first))
    needle = scale.across(min(max(here, first), end))
    drawn: list[Html] = []
    for band in bands:
        left, right = scale.across(band.first), scale.across(band.end)
        wide = max(right - left - (_BAND_GAP if band is not bands[-1] else 0), 1)
        drawn.append(_BAND_BOX.fill(hued(band.hue), tenth(left), top, tenth(wide), _BAND))
    steps = scale.steps()
    drawn.append(path("dial__tick", _ticks(steps, scale, top + 12)))
    marked = tip if tip is not None and first <= tip <= end else None
    if marked is not None:
        x = min(max(scale.across(marked), _TIP), width - _TIP)
        drawn.append(path("dial__tip", f"M{point(x, top + 11)}l{_TIP} 10h-{2 * _TIP:g}z"))
    drawn += _labels(steps, scale, marked, width, size, top + 40)
    height = top + 44
    if narrow:
        named, height = _names_below(bands, size, top + 62)
    else:
        named = _names_above(bands, [scale.across(band.first) for band in bands], needle, size, top - 8)
    drawn += named
    _, x, anchor = inside(needle, text_width(here_label, size), width)
    drawn.append(_NEEDLE.fill(x=tenth(needle), y=top + 24, label=label("dial__here", x, 11, here_label, anchor)))
    return drawing("dial", width, height, sentence, drawn)


def _ticks(steps: Iterable[tuple[int, float]], scale: _Scale, y: float) -> str:
    """Ticks below the bands as the data of a path, the longest at powers of ten."""
    lengths = {1: 14, **dict.fromkeys(_LONGER, 10)}
    across, below = scale.across, f"{y:g}v"
    return "".join([f"M{round(across(value), 1):g} {below}{lengths.get(step, 6)}" for step, value in steps])


def _labels(
    steps: Sequence[tuple[int, float]], scale: _Scale, tip: float | None, width: int, size: float, y: float
) -> Iterable[Html]:
    """Labels where there is room: the tip first, then powers of ten, ends and threes."""
    wanted = [] if tip is None else [tip]
    wanted += [value for step, value in steps if step == 1]
    wanted += [scale.first, scale.end]
    if scale.tenfold >= _ROOM_FOR_THREES:
        wanted += [value for step, value in steps if step == _THREE]
    taken: list[tuple[float, float]] = []
    for value in wanted:
        written = write_short(value)
        long = text_width(written, size)
        left, x, anchor = inside(scale.across(value), long, width)
        right = left + long
        # The tip's own label comes first; others keep their distance from it.
        if tip is not None and taken and abs(left + long / 2 - sum(taken[0]) / 2) < _TIP_ROOM:
            continue
        if all(left - LABEL_ROOM >= stop or right + LABEL_ROOM <= start for start, stop in taken):
            taken.append((left, right))
            yield label("dial__tip" if value == tip else "dial__label", x, y, written, anchor)


def _widest(bands: Sequence[DialBand]) -> list[int]:
    """Each name's widest band, from left to right: what comes back is named once."""
    best: dict[str, int] = {}
    for index, band in enumerate(bands):
        known = best.get(band.name)
        if known is None or band.end / band.first > bands[known].end / bands[known].first:
            best[band.name] = index
    return sorted(best.values())


def _named(band: DialBand, x: float, y: float, text: str) -> Html:
    """A square in a band's hue, and its name."""
    return _NAMED.fill(hued(band.hue), tenth(x), y - _BAND, _BAND, _BAND, tenth(x + _SQUARE), y, text)


def _names_below(bands: Sequence[DialBand], size: float, y: float) -> tuple[list[Html], float]:
    """Names in rows below the scale, and where the drawing ends below them."""
    x = _EDGE
    drawn: list[Html] = []
    for index in _widest(bands):
        band = bands[index]
        long = _SQUARE + text_width(band.short, size)
        if index and x + long > NARROW:
            x, y = _EDGE, y + 19
        drawn.append(_named(band, x, y, band.short))
        x += long + _NAME_GAP
    return drawn, y + 6


def _names_above(bands: Sequence[DialBand], lefts: Sequence[float], needle: float, size: float, y: float) -> list[Html]:
    """
    Names over their bands, clear of each other and of the needle.

    Where they do not fit, the narrowest bands give way first: to their short names, then altogether, since the row
    above the picture names them too.
    """
    chosen = _widest(bands)
    names = {index: bands[index].name for index in chosen}
    by_size = sorted(chosen, key=lambda index: bands[index].end / bands[index].first)
    for given_up in (*((index, True) for index in by_size), *((index, False) for index in by_size)):
        kept = sorted(names)
        sizes = [_SQUARE + text_width(names[index], size) + _NAME_GAP for index in kept]
        places = _around([lefts[index] for index in kept], sizes, needle)
        if places is not None:
            return [_named(bands[index], x, y, names[index]) for index, x in zip(kept, places, strict=True)]
        index, shorten = given_up
        if shorten:
            names[index] = bands[index].short
        else:
            del names[index]
    return []


def _around(wishes: Sequence[float], sizes: Sequence[float], needle: float) -> list[float] | None:
    """Places in the two stretches that the needle leaves, with the least shifting; nothing if there are none."""
    best: list[float] | None = None
    least = math.inf
    # The gap after a name may hang over the end of its stretch.
    stop, end = needle - _NEEDLE_ROOM + _NAME_GAP, WIDE + _NAME_GAP
    for split in range(len(wishes) + 1):
        if sum(sizes[:split]) > stop - _EDGE or sum(sizes[split:]) > end - needle - _NEEDLE_ROOM:
            continue
        places = spread(wishes[:split], sizes[:split], _EDGE, stop)
        places += spread(wishes[split:], sizes[split:], needle + _NEEDLE_ROOM, end)
        shift = sum(abs(place - wish) for place, wish in zip(places, wishes, strict=True))
        if shift < least:
            best, least = places, shift
    return best
