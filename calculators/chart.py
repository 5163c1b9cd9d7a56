"""
The pictures, as SVG text: dial, bars of the ranking, running total, a price's history, prices over the years.

Colour stands only in class names, so one drawing serves both palettes, print and forced colours. Each picture is drawn
for one of two widths, because one drawing scaled to both has illegible text. Everything is drawn anew on every
keystroke; hence plain strings, and coordinates to a tenth of a unit.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from operator import sub
from typing import Final, NamedTuple

from calculators.quantity import write_money, write_money_short, write_short

MOST_CROSSINGS: Final = 3
"""Crossings that the running total writes out."""

WIDE: Final = 620
"""Width of a wide drawing. [unit]"""
NARROW: Final = 340
"""Width of a narrow drawing. [unit]"""

SPARK_WIDTH: Final = 90
"""Width of a sparkline. [unit]"""
SPARK_HEIGHT: Final = 18
"""Height of a sparkline. [unit]"""

_LETTER: Final = 0.56
"""Width of an average letter; the reader's own font is not known here. [em]"""

_TEXTURED: Final = ("data", "training")
_PARTS: Final = ("people", "data", "training", "serving")
_BAR: Final = 198
_BAR_GAP: Final = 2
_THINNEST_PART: Final = 0.5

_EDGE: Final = 4.0
_BAND: Final = 9
_BAND_GAP: Final = 1.5
_NAME_GAP: Final = 16
_NEEDLE_ROOM: Final = 6
_TIP_ROOM: Final = 38
_LONGER: Final = (2, 3, 5)
_THREE: Final = 3
_ROUNDING: Final = 1e-9
_LABEL_ROOM: Final = 8
_ROOM_FOR_THREES: Final = 120
_ROOM_FOR_ALL_TICKS: Final = 80

_WIDE_NAMES: Final = 170.0
_NARROW_NAMES: Final = 82.0
_LEADER: Final = 15
_LABEL_STEP: Final = 31
_MOST_STEPS: Final = 5
_CENT: Final = 0.01
_MOST_TRIED: Final = 5
_TIGHT: Final = 0.4
_CIRCLE: Final = 4.5
_VISIBLE: Final = 3
_APART: Final = 4
_NOTE: Final = 30
_DISTANCES: Final = (14, 32, 56, 90, 130, 175)
_ON_GRID: Final = 25
_ACROSS: Final = 40
_SPARK_EDGE: Final = 2.5
_BOLD: Final = 1.12
_HEADROOM: Final = 12.0
_FOOTROOM: Final = 28.0
_STEPS: Final = ((1,), (1, 3), (1, 2, 3, 5, 7))
_FEWEST_LEVELS: Final = 3
_ALONG: Final = (0.5, 0.25, 0.75, 0.0, 1.0)
_DOT: Final = 3.5
_ASCENT: Final = 0.74
_DESCENT: Final = 0.2
_NEAR: Final = 10
_ASIDE: Final = 6
_REACHES: Final = (8, 16, 26, 38, 52, 68)
_BESIDE: Final = ((-10, -8), (10, 9), (-10, 9), (10, -8), (0, -12), (0, 13))


class DialBand(NamedTuple):
    """
    A stretch of the dial with one winner.

    Attributes:
        first: Where it begins.
        end: Where it ends.
        hue: Key of the approach's hue, or nothing for soft ink.
        name: Name of the winner.
        short: Its name where room is short.
    """

    first: float
    end: float
    hue: str | None
    name: str
    short: str


class Line(NamedTuple):
    """
    One row's running total.

    Attributes:
        hue: Key of the approach's hue, or nothing for soft ink.
        name: Name of the row.
        short: Its name where room is short.
        values: Total up to each month, from the set-up on; never falling. [USD]
        winner: Whether it costs least.
        reference: Whether it is there for reference only.
    """

    hue: str | None
    name: str
    short: str
    values: tuple[float, ...]
    winner: bool
    reference: bool


class DatedLine(NamedTuple):
    """
    One price over the years.

    Attributes:
        name: What it is the price of.
        short: The same where room is short.
        prices: Days and the price from that day on, in order of time; all above 0. [USD]
    """

    name: str
    short: str
    prices: tuple[tuple[date, float], ...]


class Drawing(NamedTuple):
    """
    A picture, and what it has no room to say.

    Attributes:
        svg: The picture.
        notes: Sentences to stand under it, one for each letter in it.
    """

    svg: str
    notes: tuple[str, ...]


type _Box = tuple[float, float, float, float]
"""Left, right, top and bottom of a text or a mark."""


class _Crossing(NamedTuple):
    """Where one line falls below another and stays there; the most telling sort first."""

    rank: tuple[bool, bool, int, int]
    month: float
    level: float
    ahead: Line
    behind: Line
    when: str

    def say(self, *, short: bool) -> tuple[str, str, str]:
        """The sentence, in the three pieces between which it may be broken."""
        ahead, behind = (self.ahead.short, self.behind.short) if short else (self.ahead.name, self.behind.name)
        return _in_words(ahead), f"undercuts {_in_words(behind)}", self.when


class _Frame(NamedTuple):
    """Where the running total's lines are drawn, and how large a month, a dollar and a step of the grid are."""

    left: float
    right: float
    top: float
    bottom: float
    month: float
    dollar: float
    grid: float
    size: float

    def hits(self, path: Sequence[float], box: _Box) -> bool:
        """Whether a line, which never falls, runs through a box."""
        left, right, top, bottom = box
        return self.height(path, right) <= bottom and self.height(path, left) >= top

    def height(self, path: Sequence[float], x: float) -> float:
        """How far down a line is at a place."""
        at = (x - self.left) / self.month
        if at <= 0:
            return path[0]
        month = int(at)
        if month >= len(path) - 1:
            return path[-1]
        return path[month] + (path[month + 1] - path[month]) * (at - month)


# What all pictures share.


def _at(coordinate: float) -> str:
    return f"{round(coordinate, 1) + 0.0:g}"


def _width(text: str, size: float) -> float:
    return len(text) * size * _LETTER


def _hued(hue: str | None) -> str:
    return f" hue-{hue}" if hue else ""


def _open(kind: str, width: int, height: float, sentence: str) -> str:
    size = "narrow" if width == NARROW else "wide"
    return (
        f'<svg class="drawing drawing--{size} {kind}" viewBox="0 0 {width} {_at(height)}" role="img" '
        f'aria-label="{escape(sentence)}">'
    )


def _label(css_class: str, x: float, y: float, text: str, anchor: str = "") -> str:
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{css_class}" x="{_at(x)}" y="{_at(y)}"{anchored}>{escape(text)}</text>'


def _inside(x: float, width: float, end: float) -> tuple[float, float, str]:
    """Left edge, place and anchor of a text centred on a point, or set against the edge of the drawing it would cross."""
    if x < width / 2:
        return 0.0, 0.0, "start"
    if x > end - width / 2:
        return end - width, end, "end"
    return x - width / 2, x, "middle"


def _spread(wishes: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
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


def _in_words(name: str) -> str:
    """A name as it stands inside a sentence: `Fine-tuning, API` is `fine-tuning (API)` there."""
    name, comma, rest = name.partition(", ")
    begin = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return f"{begin} ({rest})" if comma else begin


def _apart(box: _Box, taken: Iterable[_Box]) -> bool:
    left, right, top, bottom = box
    return all(right <= start or left >= end or bottom <= high or top >= low for start, end, high, low in taken)


# Bars of the ranking, and their textures.


def textures() -> str:
    """Draw the textures once for all bars of a page: paper, laid over the hue of whoever uses them."""
    return (
        '<svg class="textures" aria-hidden="true" focusable="false"><defs>'
        '<pattern id="texture-data" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="2.8" height="5"/></pattern>'
        '<pattern id="texture-training" width="4" height="4" patternUnits="userSpaceOnUse">'
        '<path fill-rule="evenodd" d="M0 0h4v4H0zM2 .8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z"/></pattern>'
        "</defs></svg>"
    )


def key() -> str:
    """Write the key to the textures."""
    marks = (
        f'<li><svg class="key__mark" viewBox="0 0 20 10" aria-hidden="true" focusable="false">{_part(part, 1, 18, 8)}'
        f"</svg>{part}</li>"
        for part in _PARTS
    )
    return f'<ul class="key">{"".join(marks)}</ul>'


def bar(*, parts: Mapping[str, float], scale: float, hue: str | None) -> str:
    """
    Draw what one row's total is made of.

    Args:
        parts: Amount of each part: people, data, training, serving. [USD]
        scale: The amount that fills the whole width, the same for all rows. [USD]
        hue: Key of the approach's hue, or nothing for soft ink.
    """
    x = 1.0
    drawn = []
    for part in _PARTS:
        width = parts[part] / scale * _BAR if scale else 0.0
        if width >= _THINNEST_PART:
            drawn.append(_part(part, x, max(width - _BAR_GAP, _THINNEST_PART), 12))
        x += width
    return (
        f'<svg class="bar{_hued(hue)}" viewBox="0 0 200 14" aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'
    )


def _part(part: str, x: float, width: float, height: float) -> str:
    box = f'<rect class="bar__part part-{part}" x="{_at(x)}" y="1" width="{_at(width)}" height="{_at(height)}"/>'
    # The texture stays clear of the outline, half of which lies inside the box.
    inset = 0.6
    if part in _TEXTURED and width > 2 * inset:
        box += (
            f'<rect class="bar__texture" fill="url(#texture-{part})" x="{_at(x + inset)}" y="{_at(1 + inset)}" '
            f'width="{_at(width - 2 * inset)}" height="{_at(height - 2 * inset)}"/>'
        )
    return box


# The dial.


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
) -> str:
    """
    Draw who is cheapest along one input, on a logarithmic scale.

    Args:
        here: Where the reader is. The needle stays on the scale.
        here_label: What stands above the needle.
        first: Left end of the scale, above 0.
        end: Right end.
        bands: Winners from left to right.
        tip: Where the winner changes next, or nothing if it does not.
        sentence: What the picture says, for those who do not see it.
        narrow: Whether it is the narrow drawing.
    """
    width, size, top = (NARROW, 13.0, 28.0) if narrow else (WIDE, 12.5, 44.0)
    unit = (width - 2 * _EDGE) / math.log(end / first)

    def across(value: float) -> float:
        return _EDGE + unit * math.log(value / first)

    needle = across(min(max(here, first), end))
    drawn = []
    for band in bands:
        left, right = across(band.first), across(band.end)
        drawn.append(
            f'<rect class="dial__band{_hued(band.hue)}" x="{_at(left)}" y="{_at(top)}" '
            f'width="{_at(max(right - left - (_BAND_GAP if band is not bands[-1] else 0), 1))}" height="{_BAND}"/>'
        )
    marked = tip if tip is not None and first <= tip <= end else None
    ticks, labels = _scale(first, end, unit, marked, width, size)
    drawn.append(f'<path class="dial__tick" d="{"".join(f"M{_at(x)} {_at(top + 12)}v{long}" for x, long in ticks)}"/>')
    if marked is not None:
        # The triangle is wider than the margin.
        x = min(max(across(marked), 5.5), width - 5.5)
        drawn.append(f'<path class="dial__tip" d="M{_at(x)} {_at(top + 11)}l5.5 10h-11z"/>')
    drawn += [_label(css_class, x, top + 40, written, anchor) for css_class, x, written, anchor in labels]
    height = top + 44
    if narrow:
        named, height = _names_below(bands, size, top + 62)
    else:
        named = _names_above(bands, [across(band.first) for band in bands], needle, size, top - 8)
    drawn.append(named)
    _, x, anchor = _inside(needle, _width(here_label, size), width)
    drawn.append(
        f'<g class="dial__needle"><path d="M{_at(needle)} 16V{_at(top + 24)}"/>'
        f'<circle cx="{_at(needle)}" cy="{_at(top + 24)}" r="3.5"/>{_label("dial__here", x, 11, here_label, anchor)}</g>'
    )
    return f"{_open('dial', width, height, sentence)}{''.join(drawn)}</svg>"


def _scale(
    first: float, end: float, unit: float, tip: float | None, width: int, size: float
) -> tuple[list[tuple[float, int]], list[tuple[str, float, str, str]]]:
    """Ticks with their lengths, and labels where there is room: the tip first, then decades, ends and threes."""
    decade = unit * math.log(10)
    steps = range(1, 10) if decade >= _ROOM_FOR_ALL_TICKS else (1, 2, 3, 5)
    values = [
        (step, step * 10.0**exponent)
        for exponent in range(math.floor(math.log10(first)), math.ceil(math.log10(end)) + 1)
        for step in steps
        if first * (1 - _ROUNDING) <= step * 10.0**exponent <= end * (1 + _ROUNDING)
    ]
    ticks = [
        (_EDGE + unit * math.log(value / first), 14 if step == 1 else 10 if step in _LONGER else 6)
        for step, value in values
    ]
    wanted = [] if tip is None else [tip]
    wanted += [value for step, value in values if step == 1]
    wanted += [first, end]
    if decade >= _ROOM_FOR_THREES:
        wanted += [value for step, value in values if step == _THREE]
    labels: list[tuple[str, float, str, str]] = []
    taken: list[tuple[float, float]] = []
    for value in wanted:
        middle, written = _EDGE + unit * math.log(value / first), write_short(value)
        long = _width(written, size)
        left, x, anchor = _inside(middle, long, width)
        # The tip's own label comes first; others keep their distance from it.
        if tip is not None and taken and abs(left + long / 2 - sum(taken[0]) / 2) < _TIP_ROOM:
            continue
        if all(left - _LABEL_ROOM >= right or left + long + _LABEL_ROOM <= start for start, right in taken):
            taken.append((left, left + long))
            labels.append(("dial__tip" if value == tip else "dial__label", x, written, anchor))
    return ticks, labels


def _widest(bands: Sequence[DialBand]) -> list[int]:
    """Each winner's widest band, from left to right: a winner that comes back is named once."""
    best: dict[str, int] = {}
    for index, band in enumerate(bands):
        known = best.get(band.name)
        if known is None or band.end / band.first > bands[known].end / bands[known].first:
            best[band.name] = index
    return sorted(best.values())


def _named(band: DialBand, x: float, y: float, text: str) -> str:
    return f'<rect class="dial__square{_hued(band.hue)}" x="{_at(x)}" y="{_at(y - 9)}" width="9" height="9"/>' + _label(
        "dial__name", x + 14, y, text
    )


def _names_below(bands: Sequence[DialBand], size: float, y: float) -> tuple[str, float]:
    x = _EDGE
    drawn = []
    for index in _widest(bands):
        band = bands[index]
        long = 14 + _width(band.short, size)
        if index and x + long > NARROW:
            x, y = _EDGE, y + 19
        drawn.append(_named(band, x, y, band.short))
        x += long + _NAME_GAP
    return "".join(drawn), y + 6


def _names_above(bands: Sequence[DialBand], lefts: Sequence[float], needle: float, size: float, y: float) -> str:
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
        sizes = [14 + _width(names[index], size) + _NAME_GAP for index in kept]
        places = _around([lefts[index] for index in kept], sizes, needle)
        if places is not None:
            return "".join(_named(bands[index], x, y, names[index]) for index, x in zip(kept, places, strict=True))
        index, shorten = given_up
        if shorten:
            names[index] = bands[index].short
        else:
            del names[index]
    return ""


def _around(wishes: Sequence[float], sizes: Sequence[float], needle: float) -> list[float] | None:
    """Places in the two stretches that the needle leaves, with the least shifting; nothing if there are none."""
    best: list[float] | None = None
    least = math.inf
    # The gap after a name may hang over the end of its stretch.
    stop, end = needle - _NEEDLE_ROOM + _NAME_GAP, WIDE + _NAME_GAP
    for split in range(len(wishes) + 1):
        if sum(sizes[:split]) > stop - _EDGE or sum(sizes[split:]) > end - needle - _NEEDLE_ROOM:
            continue
        places = _spread(wishes[:split], sizes[:split], _EDGE, stop)
        places += _spread(wishes[split:], sizes[split:], needle + _NEEDLE_ROOM, end)
        shift = sum(abs(place - wish) for place, wish in zip(places, wishes, strict=True))
        if shift < least:
            best, least = places, shift
    return best


# The running total.


def running_total(*, lines: Sequence[Line], changes: Sequence[int] = (), narrow: bool, sentence: str) -> Drawing:
    """
    Draw what each row has cost up to each month.

    Args:
        lines: The rows, at most seven, all over the same months.
        changes: Months after which a new base model arrives.
        narrow: Whether it is the narrow drawing.
        sentence: What the picture says, for those who do not see it.

    Returns:
        The picture. The narrow one marks crossings with letters, and its notes explain them.
    """
    width, size, top, bottom = (NARROW, 13.0, 10.0, 238.0) if narrow else (WIDE, 12.5, 12.0, 300.0)
    room = _NARROW_NAMES if narrow else _WIDE_NAMES
    names = [line.short if narrow or _width(line.name, size) > room else line.name for line in lines]
    right = width - _LEADER - max(room, *(_width(name, size) for name in names))
    levels = _levels(max(line.values[-1] for line in lines))
    written = [write_money_short(level) if level else "0" for level in levels]
    left = 6 + max(32.0, *(_width(label, size) for label in written))
    months, dollar = len(lines[0].values) - 1, (bottom - top) / levels[-1]
    frame = _Frame(left, right, top, bottom, (right - left) / months, dollar, dollar * levels[1], size)
    paths = [[bottom - dollar * value for value in line.values] for line in lines]

    drawn = [
        f'<path class="chart__{"grid" if level else "axis"}" d="M{_at(left)} {_at(bottom - dollar * level)}'
        f'H{_at(right)}"/>{_label("chart__label", left - 6, bottom - dollar * level + 4, label, "end")}'
        for level, label in zip(levels, written, strict=True)
    ]
    drawn += [
        f'<path class="chart__grid" d="M{_at(left + frame.month * month)} {_at(bottom)}V{_at(top)}"/>'
        for month in changes
        if 0 < month < months
    ]
    drawn.append(_months(months, frame, narrow=narrow))
    # The winner last, so that it lies on top.
    for line, path in sorted(zip(lines, paths, strict=True), key=lambda pair: pair[0].winner):
        kind = f"{' chart__line--winner' if line.winner else ''}{' chart__line--reference' if line.reference else ''}"
        drawn.append(f'<path class="chart__line{kind}{_hued(line.hue)}" d="{_polyline(path, frame)}"/>')
    drawn += _end_labels(lines, names, frame)
    crossings = sorted(_crossings(lines, frame), key=lambda crossing: crossing.rank)[:_MOST_TRIED]
    marks, notes = _lettered(crossings, paths, frame) if narrow else (_written(crossings, paths, frame), ())
    return Drawing(f"{_open('chart', width, bottom + 24, sentence)}{''.join(drawn)}{marks}</svg>", notes)


def _levels(most: float) -> list[float]:
    """Round amounts from 0 to just above the largest, in at most five steps."""
    if most < _CENT:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(most / _MOST_STEPS))
    step = next(step for step in (power, 2 * power, 2.5 * power, 5 * power, 10 * power) if step * _MOST_STEPS >= most)
    return [step * count for count in range(math.ceil(most / step - 1e-9) + 1)]


def _months(months: int, frame: _Frame, *, narrow: bool) -> str:
    step = next((step for upto, step in ((6, 1), (18, 3), (36, 6)) if months <= upto), 12)
    last = str(months) if narrow else f"month {months}"
    last_left = frame.right - _width(last, frame.size) / 2
    ticks, labels = [], []
    for month in (*range(0, months, step), months):
        x = frame.left + frame.month * month
        text = "start" if month == 0 else last if month == months else str(month)
        if month != months and x + _width(text, frame.size) / 2 + _LABEL_ROOM > last_left:
            continue
        ticks.append(f"M{_at(x)} {_at(frame.bottom)}v4")
        labels.append(_label("chart__label", x, frame.bottom + 18, text, "middle"))
    return f'<path class="chart__tick" d="{"".join(ticks)}"/>{"".join(labels)}'


def _polyline(path: Sequence[float], frame: _Frame) -> str:
    """The line without the points that lie on the straight line between their neighbours."""
    kept = [0]
    steepest, flattest = math.inf, -math.inf
    for month in range(1, len(path)):
        run, rise = month - kept[-1], path[month] - path[kept[-1]]
        if not flattest <= rise / run <= steepest:
            kept.append(month - 1)
            rise = path[month] - path[month - 1]
            run, steepest, flattest = 1, math.inf, -math.inf
        steepest = min(steepest, (rise + _TIGHT) / run)
        flattest = max(flattest, (rise - _TIGHT) / run)
    kept.append(len(path) - 1)
    return f"M{'L'.join(f'{_at(frame.left + frame.month * month)} {_at(path[month])}' for month in kept)}"


def _end_labels(lines: Sequence[Line], names: Sequence[str], frame: _Frame) -> Iterable[str]:
    """Name and total beside the end of each line."""
    labelled = sorted(zip(lines, names, strict=True), key=lambda pair: (-pair[0].values[-1], pair[0].winner))
    return _beside_ends(
        [
            (frame.bottom - frame.dollar * line.values[-1], line.hue, name, write_money_short(line.values[-1]))
            for line, name in labelled
        ],
        frame.right,
        frame.bottom,
    )


def _beside_ends(ends: Sequence[tuple[float, str | None, str, str]], right: float, bottom: float) -> Iterable[str]:
    """Hue, name and amount beside the ends of lines, from the topmost down, pushed apart, each led back to its line."""
    places = _spread([end - 7 for end, *_ in ends], [_LABEL_STEP] * len(ends), 1, bottom + 9)
    x = right + _LEADER
    for (end, hue, name, amount), place in zip(ends, places, strict=True):
        yield (
            f'<path class="chart__leader{_hued(hue)}" d="M{_at(right + 3)} {_at(end)}L{_at(x - 6)} {_at(place + 7)}h3"/>'
            + _label("chart__name", x, place + 11, name)
            + _label("chart__total", x, place + 25, amount)
        )


def _crossings(lines: Sequence[Line], frame: _Frame) -> Iterable[_Crossing]:
    """Where two lines change their order for good, as far as it can be seen."""
    ranked = sorted(lines, key=lambda line: (line.values[-1], not line.winner))
    for place, behind in enumerate(ranked):
        for better, ahead in enumerate(ranked[:place]):
            leads = list(map(sub, behind.values, ahead.values))
            least = min(leads)
            if least >= 0 or leads[-1] <= 0:
                continue
            month = len(leads) - 1
            while leads[month] >= 0:
                month -= 1
            if -least * frame.dollar < _VISIBLE or max(leads[month:]) * frame.dollar < _VISIBLE:
                continue
            share = leads[month] / (leads[month] - leads[month + 1])
            level = ahead.values[month] + (ahead.values[month + 1] - ahead.values[month]) * share
            again = any(lead > 0 for lead in leads[:month])
            first = next(later for later in range(month + 1, len(leads)) if leads[later] > 0)
            yield _Crossing(
                (not (ahead.winner or behind.winner), ahead.reference or behind.reference, place, better),
                month + share,
                level,
                ahead,
                behind,
                f"for good in month {first}" if again else f"in month {first}",
            )


def _written(crossings: Sequence[_Crossing], paths: Sequence[Sequence[float]], frame: _Frame) -> str:
    """Circles, each with its sentence where the picture is empty; those that find no such place are left out."""
    drawn: list[str] = []
    taken: list[_Box] = []
    for crossing in crossings:
        x, y, circle = _circle(crossing, frame)
        if not _apart(circle, taken):
            continue
        # Short names only where the names that stand beside the lines find no place.
        for short in (False, True):
            first, second, third = crossing.say(short=short)
            rows = min((f"{first} {second}", third), (first, f"{second} {third}"), key=lambda pair: max(map(len, pair)))
            place = _free_place(x, y, max(_width(row, frame.size) for row in rows), taken, paths, frame)
            if place is None:
                continue
            box, pointer, anchor, at = place
            taken += [circle, box, pointer]
            drawn.append(
                f'<path class="chart__pointer" d="M{_at(x)} {_at(pointer[2])}V{_at(pointer[3])}"/>'
                f'<circle class="chart__crossing" cx="{_at(x)}" cy="{_at(y)}" r="{_CIRCLE}"/>'
                + _label("chart__note", at, box[2] + 12, rows[0], anchor)
                + _label("chart__note", at, box[2] + 26, rows[1], anchor)
            )
            break
        if len(drawn) == MOST_CROSSINGS:
            break
    return "".join(drawn)


def _free_place(
    x: float, y: float, width: float, taken: Sequence[_Box], paths: Sequence[Sequence[float]], frame: _Frame
) -> tuple[_Box, _Box, str, float] | None:
    """
    The best empty place for two rows of text above or below a crossing: text, pointer, and how the text is anchored.

    Near is better than far, but not across another line, and rather not on a line of the grid.
    """
    best, least = None, math.inf
    first, last = frame.left + 4, frame.right
    asides = [
        (
            left,
            anchor,
            at,
            [(frame.height(path, left - _APART), frame.height(path, left + width + _APART)) for path in paths],
        )
        for left, anchor, at in (
            (x + 3 - width, "end", x + 3),
            (x - 3, "start", x - 3),
            (x - width / 2, "middle", x),
            (first, "end", first + width),
            (last - width, "start", last - width),
        )
        if first <= left <= x - 3 and x + 3 <= left + width <= last
    ]
    here = [frame.height(path, x) for path in paths]
    for distance in _DISTANCES:
        if distance >= least:
            break
        for top in (y - distance - _NOTE, y + distance):
            bottom = top + _NOTE
            if top < frame.top - 8 or bottom > frame.bottom - 4:
                continue
            high, low = (bottom, y - _CIRCLE) if bottom < y else (y + _CIRCLE, top)
            pointer = (x - 1, x + 1, high, low)
            on_grid = (frame.bottom - top) // frame.grid != (frame.bottom - bottom) // frame.grid
            worth = distance + _ON_GRID * on_grid
            if worth >= least:
                continue
            worth += _ACROSS * sum([high <= line <= low for line in here])
            if worth >= least or not _apart(pointer, taken):
                continue
            for left, anchor, at, spans in asides:
                # A line that never falls stays between its heights at the two sides of the text.
                if all(begin < top - _APART or end > bottom + _APART for begin, end in spans) and _apart(
                    (left - _APART, left + width + _APART, top - _APART, bottom + _APART), taken
                ):
                    best, least = ((left, left + width, top, bottom), pointer, anchor, at), worth
                    break
    return best


def _lettered(
    crossings: Sequence[_Crossing], paths: Sequence[Sequence[float]], frame: _Frame
) -> tuple[str, tuple[str, ...]]:
    """Circles with a letter each, from left to right, and what the letters stand for."""
    chosen: list[_Crossing] = []
    taken: list[_Box] = []
    for crossing in crossings:
        circle = _circle(crossing, frame)[2]
        if _apart(circle, taken):
            taken.append(circle)
            chosen.append(crossing)
        if len(chosen) == MOST_CROSSINGS:
            break
    chosen.sort(key=lambda crossing: crossing.month)
    drawn, notes = [], []
    for letter, crossing in zip("abc"[: len(chosen)], chosen, strict=True):
        x, y, _ = _circle(crossing, frame)
        beside = [(x + aside - 4, x + aside + 4, y + down - 8, y + down + 5) for aside, down in _BESIDE]
        # Clear of the labels of both axes and of the names.
        boxes = [
            box
            for box in beside
            if box[0] >= frame.left - 4 and box[1] <= frame.right + 8 and box[2] >= 0 and box[3] <= frame.bottom + 5
        ]
        box = min(boxes, key=lambda box: (not _apart(box, taken), sum(frame.hits(path, box) for path in paths)))
        taken.append(box)
        drawn.append(
            f'<circle class="chart__crossing" cx="{_at(x)}" cy="{_at(y)}" r="{_CIRCLE}"/>'
            + _label("chart__name", (box[0] + box[1]) / 2, box[3] - 2, letter, "middle")
        )
        notes.append(f"{letter}: {' '.join(crossing.say(short=False))}")
    return "".join(drawn), tuple(notes)


def _circle(crossing: _Crossing, frame: _Frame) -> tuple[float, float, _Box]:
    x, y = frame.left + frame.month * crossing.month, frame.bottom - frame.dollar * crossing.level
    around = _CIRCLE + 1
    return x, y, (x - around, x + around, y - around, y + around)


# Prices over the years.


class _Years(NamedTuple):
    """Where dated lines are drawn: a day is as wide as another, and a doubling as high as another."""

    left: float
    right: float
    top: float
    bottom: float
    first: date
    day: float
    least: float
    unit: float
    size: float
    grid: tuple[float, ...]

    def across(self, day: date) -> float:
        """How far to the right a day is."""
        return self.left + self.day * (day - self.first).days

    def height(self, price: float) -> float:
        """How far down a price is."""
        return self.bottom - self.unit * math.log(price / self.least)


class _Mark(NamedTuple):
    """A point of a line that is told by name and price, and the stretch of days on which its line stays there."""

    y: float
    places: tuple[float, ...]
    text: str
    short: str
    turn: bool


def dated_lines(*, lines: Sequence[DatedLine], narrow: bool, sentence: str) -> str:
    """
    Draw prices over the years in steps, on a logarithmic scale.

    A line is told by its pattern, and by its name and price where it begins, where it was lowest before it rose again,
    and at its end. A figure that finds no empty place is left out: the table under the picture has them all.

    Args:
        lines: At most four, which all go on to the last day that any of them names.
        narrow: Whether it is the narrow drawing.
        sentence: What the picture says, for those who do not see it.
    """
    width, size, top, bottom = (NARROW, 13.0, 10.0, 320.0) if narrow else (WIDE, 12.5, 10.0, 330.0)
    prices = [price for line in lines for _, price in line.prices]
    days = [day for line in lines for day, _ in line.prices]
    first, last = min(days), max(days)
    # At least a tenfold, with room for a figure above the highest price and below the lowest.
    unit = (bottom - top - _HEADROOM - _FOOTROOM) / max(math.log(max(prices) / min(prices)), math.log(10))
    least = min(prices) / math.exp(_FOOTROOM / unit)
    most = least * math.exp((bottom - top) / unit)
    levels = _decades(least, most)
    ends = [write_money(line.prices[-1][1]) for line in lines]
    names = [line.short if narrow else line.name for line in lines]
    right = width - _LEADER - max(_width(text, size) * _BOLD for text in (*names, *ends))
    left = 8 + max(_width(write_money(level), size) for level in levels)
    grid = tuple(bottom - unit * math.log(level / least) for level in levels)
    day = (right - left) / max((last - first).days, 1)
    frame = _Years(left, right, top, bottom, first, day, least, unit, size, grid)
    drawn = [
        f'<path class="chart__grid" d="M{_at(left)} {_at(y)}H{_at(right)}"/>'
        + _label("chart__label", left - 6, y + 4, write_money(level), "end")
        for level, y in zip(levels, grid, strict=True)
    ]
    drawn.append(f'<path class="chart__axis" d="M{_at(left)} {_at(bottom)}H{_at(right)}"/>')
    drawn.append(_calendar(first, last, frame))
    paths = [_corners(line, frame) for line in lines]
    drawn += [
        f'<path class="chart__line chart__line--pattern-{pattern}" d="{_stairs(path)}"/>'
        for pattern, path in enumerate(paths)
    ]
    labelled = sorted(zip(lines, names, ends, strict=True), key=lambda labels: -labels[0].prices[-1][1])
    drawn += _beside_ends(
        [(frame.height(line.prices[-1][1]), None, name, end) for line, name, end in labelled], right, bottom
    )
    drawn.append(_told([mark for line in lines for mark in _marks(line, frame)], paths, frame))
    return f"{_open('chart', width, bottom + 24, sentence)}{''.join(drawn)}</svg>"


def _decades(least: float, most: float) -> list[float]:
    """Round amounts between two others: powers of ten, and steps between them where those alone would be too few."""
    exponents = range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
    levels: list[float] = []
    for steps in _STEPS:
        levels = [float(f"{step}e{exponent}") for exponent in exponents for step in steps]
        levels = [level for level in levels if least < level < most]
        if len(levels) >= _FEWEST_LEVELS:
            break
    return levels


def _calendar(first: date, last: date, frame: _Years) -> str:
    """A tick at the beginning of each year, and its number in the middle of what is shown of it, if it fits."""
    begins = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    edges = [frame.left, *(frame.across(day) for day in begins), frame.right]
    ticks = "".join(f"M{_at(x)} {_at(frame.bottom)}v6" for x in edges)
    labels = [
        _label("chart__label", (start + end) / 2, frame.bottom + 18, str(year), "middle")
        for year, start, end in zip(range(first.year, last.year + 1), edges, edges[1:], strict=False)
        if end - start >= _width(str(year), frame.size)
    ]
    return f'<path class="chart__tick" d="{ticks}"/>{"".join(labels)}'


def _corners(line: DatedLine, frame: _Years) -> list[tuple[float, float]]:
    """Where a line begins and each place where it takes another height, the end of the picture last."""
    corners: list[tuple[float, float]] = []
    for day, price in line.prices:
        y = frame.height(price)
        if not corners or y != corners[-1][1]:
            corners.append((frame.across(day), y))
    return [*corners, (frame.right, corners[-1][1])]


def _stairs(corners: Sequence[tuple[float, float]]) -> str:
    (x, y), *rest = corners
    return f"M{_at(x)} {_at(y)}" + "".join(f"H{_at(x)}V{_at(y)}" for x, y in rest[:-1]) + f"H{_at(rest[-1][0])}"


def _marks(line: DatedLine, frame: _Years) -> Iterable[_Mark]:
    """Where a line was lowest, if it rose again, and where it begins, if that is another place."""
    amounts = [price for _, price in line.prices]
    lowest = min(amounts)
    at = amounts.index(lowest)
    if lowest < amounts[-1]:
        rises = next(day for day, price in line.prices[at:] if price > lowest)
        start, end = frame.across(line.prices[at][0]), frame.across(rises)
        money = write_money(lowest)
        places = tuple(start + (end - start) * share for share in _ALONG)
        yield _Mark(frame.height(lowest), places, f"{line.short} {money}", money, turn=True)
    if at or lowest == amounts[-1]:
        money = write_money(amounts[0])
        begin = (frame.across(line.prices[0][0]),)
        yield _Mark(frame.height(amounts[0]), begin, f"{line.short} {money}", money, turn=False)


def _told(marks: Iterable[_Mark], paths: Sequence[Sequence[tuple[float, float]]], frame: _Years) -> str:
    """Circles at the turns and dots at the beginnings, each with its name and price where the picture is empty."""
    lines = [step for path in paths for ends in pairwise(path) for step in _step(*ends)]
    taken: list[_Box] = []
    drawn: list[str] = []
    # Turns first: a beginning has more room around it.
    for mark in sorted(marks, key=lambda mark: not mark.turn):
        for text in (mark.text, mark.short):
            found = _beside(mark, _width(text, frame.size), lines, taken, frame)
            if found is None:
                continue
            x, box, pointer = found
            taken += [box, pointer]
            if pointer[3] - pointer[2] > _NEAR:
                drawn.append(f'<path class="chart__pointer" d="M{_at(x)} {_at(pointer[2])}V{_at(pointer[3])}"/>')
            kind = "crossing" if mark.turn else "start"
            drawn.append(
                f'<circle class="chart__{kind}" cx="{_at(x)}" cy="{_at(mark.y)}" r="{_DOT}"/>'
                + _label("chart__note", box[0], box[3] - _DESCENT * frame.size, text)
            )
            break
    return "".join(drawn)


def _step(start: tuple[float, float], end: tuple[float, float]) -> tuple[_Box, _Box]:
    """The two boxes, without any width, of a step: along at its first height, then up or down."""
    (x1, y1), (x2, y2) = start, end
    return (x1, x2, y1, y1), (x2, x2, min(y1, y2), max(y1, y2))


def _beside(
    mark: _Mark, width: float, lines: Sequence[_Box], taken: Sequence[_Box], frame: _Years
) -> tuple[float, _Box, _Box] | None:
    """
    The best empty place for a text above or below a mark: where the mark stands then, the text and the way between.

    Near is better than far, but rather not across a line, nor on a line of the grid.
    """
    best, least = None, math.inf
    height = (_ASCENT + _DESCENT) * frame.size
    for x in mark.places:
        for reach in _REACHES:
            for top in (mark.y - reach - height, mark.y + reach):
                bottom = top + height
                if top < 0 or bottom > frame.bottom - _APART:
                    continue
                high, low = (bottom, mark.y - _DOT) if bottom < mark.y else (mark.y + _DOT, top)
                pointer = (x - 1, x + 1, high, low)
                met = [line for line in lines if not _apart(pointer, [line])]
                worth = reach + _ON_GRID * any(top < y < bottom for y in frame.grid) + _ACROSS * len(met)
                # A pointer along a line would be taken for a part of it; without one, the text may stand aside.
                near = low - high <= _NEAR
                if worth >= least or not _apart(pointer, taken) or not (near or all(line[0] < line[1] for line in met)):
                    continue
                asides = (x - width / 2, x, x - width, x + _ASIDE, x - _ASIDE - width)
                for left in asides if near else asides[:3]:
                    around = (left - _APART, left + width + _APART, top - _APART, bottom + _APART)
                    inside = frame.left <= left and left + width <= frame.right
                    if inside and _apart(around, lines) and _apart(around, taken):
                        best, least = (x, (left, left + width, top, bottom), pointer), worth
                        break
    return best


# A price's history, in a line of text.


def sparkline(series: Sequence[tuple[date, float]], first: date, last: date) -> str:
    """
    Draw how one price went, in steps, no larger than a line of text; the table it stands in says the figures.

    The scale begins at 0, so that half the height is half the price; a price of the last day ends in a dot.

    Args:
        series: Days and the price from that day on, in order of time. What lies before the first day counts from it,
            and what lies after the last day is left out.
        first: Day at the left end, the same for all sparklines of a column.
        last: Day at the right end.

    Returns:
        The picture, for those who see it: it is hidden from a screen reader. Nothing if no price is known by the last
        day.
    """
    steps = {max((day - first).days, 0): price for day, price in series if day <= last}
    if not steps:
        return ""
    right, bottom = SPARK_WIDTH - _SPARK_EDGE, SPARK_HEIGHT - _SPARK_EDGE
    day = (right - _SPARK_EDGE) / max((last - first).days, 1)
    dollar = (bottom - _SPARK_EDGE) / (max(steps.values()) or 1)
    path, level = "", math.nan
    for days, price in steps.items():
        x, y = _at(_SPARK_EDGE + day * days), _at(bottom - dollar * price)
        path += f"H{x}V{y}" if path else f"M{x} {y}"
        level = bottom - dollar * price
    return (
        f'<svg class="sparkline" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" width="{SPARK_WIDTH}" '
        f'height="{SPARK_HEIGHT}" aria-hidden="true" focusable="false"><path class="sparkline__line" '
        f'd="{path}H{_at(right)}"/><circle class="sparkline__end" cx="{_at(right)}" cy="{_at(level)}" r="2"/></svg>'
    )
