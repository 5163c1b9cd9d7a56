"""
Charts as SVG, written by Python: the same at build time, live, in print and in a test.

Plain data in, text out. Colours are classes, text is text, and every drawing comes in two widths, because one that is
scaled has letters of the wrong size. Coordinates are rounded to a tenth.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from calculators.quantity import write_money_short, write_short

WIDE: Final = 620
"""Width of a wide drawing. [unit]"""
NARROW: Final = 340
"""Width of a narrow drawing. [unit]"""
PARTS: Final = ("people", "data", "training", "serving")
"""Parts of a cost, from left to right."""

_LETTER: Final = 6.9
"""Room that a letter of a drawing takes, with some to spare. [unit]"""
_BAR: Final = 198
_TIP_CLEARANCE: Final = 38
_MOST_CROSSINGS: Final = 3


class DialBand(NamedTuple):
    """
    A stretch of a dial with one winner.

    Attributes:
        first: Where it begins.
        end: Where it ends.
        hue: Whose colour it has; nothing for none.
        name: What the winner is called.
        short: The same where there is less room.
    """

    first: float
    end: float
    hue: str | None
    name: str
    short: str


class Line(NamedTuple):
    """
    One line of a running total.

    Attributes:
        hue: Whose colour it has; nothing for none.
        name: What it is called.
        short: The same where there is less room.
        values: Total up to each month, from month 0 on. [USD]
        winner: Whether it is the answer.
        reference: Whether it only stands beside the others.
    """

    hue: str | None
    name: str
    short: str
    values: tuple[float, ...]
    winner: bool
    reference: bool


class Drawing(NamedTuple):
    """
    A drawing and what is written under it.

    Attributes:
        svg: The drawing.
        notes: Sentences for marks that have no room for theirs.
    """

    svg: str
    notes: tuple[str, ...]


class _Place(NamedTuple):
    left: float
    right: float


def _n(number: float) -> str:
    """Write a coordinate to a tenth, without a trailing zero."""
    text = f"{number:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def _hue(hue: str | None) -> str:
    return f" hue-{hue}" if hue else ""


def _svg(kind: str, width: int, height: float, sentence: str, parts: Iterable[str]) -> str:
    size = "narrow" if width == NARROW else "wide"
    return (
        f'<svg class="drawing drawing--{size} {kind}" viewBox="0 0 {width} {_n(height)}" role="img" '
        f'aria-label="{escape(sentence)}">{"".join(parts)}</svg>'
    )


# Textures, key and bar.


def textures() -> str:
    """Define the textures that parts of a cost have: paper laid over a hue, so that one pattern serves all hues."""
    return (
        '<svg class="textures" aria-hidden="true" focusable="false"><defs>'
        '<pattern id="texture-data" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="2.8" height="5"/></pattern>'
        '<pattern id="texture-training" width="4" height="4" patternUnits="userSpaceOnUse">'
        '<path fill-rule="evenodd" d="M0 0h4v4H0zM2 .8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z"/></pattern>'
        "</defs></svg>"
    )


def _part(part: str, left: float, width: float, height: float) -> str:
    drawn = f'<rect class="bar__part part-{part}" x="{_n(left)}" y="1" width="{_n(width)}" height="{_n(height)}"/>'
    if part in ("data", "training"):
        drawn += (
            f'<rect class="bar__texture" fill="url(#texture-{part})" x="{_n(left + 0.6)}" y="1.6" '
            f'width="{_n(max(width - 1.2, 0))}" height="{_n(height - 1.2)}"/>'
        )
    return drawn


def key() -> str:
    """Say which texture stands for which part of a cost."""
    marks = "".join(
        f'<li><svg class="key__mark" viewBox="0 0 20 10" aria-hidden="true" focusable="false">'
        f"{_part(part, 1, 18, 8)}</svg>{part}</li>"
        for part in PARTS
    )
    return f'<ul class="key">{marks}</ul>'


def bar(*, parts: Mapping[str, float], scale: float, hue: str | None) -> str:
    """
    Draw one row's total, part by part.

    Args:
        parts: Amount of each part. [USD]
        scale: Amount that fills the whole width. [USD]
        hue: Whose colour it has; nothing for none.

    Returns:
        The drawing; parts too small to see are left out.
    """
    drawn, left = [], 1.0
    for part in PARTS:
        width = parts[part] / scale * _BAR if scale else 0.0
        if width > 1:
            drawn.append(_part(part, left, max(width - 2, 0.6), 12))
        left += width
    return (
        f'<svg class="bar{_hue(hue)}" viewBox="0 0 200 14" aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'
    )


# Dial.


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
        here: Where the reader is.
        here_label: What the needle says.
        first: Left end of the scale.
        end: Right end.
        bands: Winners from left to right.
        tip: The nearest change of winner; nothing if there is none.
        sentence: The same in words.
        narrow: Whether to draw it for a narrow place.

    Returns:
        The drawing.
    """
    width, top = (NARROW, 26) if narrow else (WIDE, 44)
    span = math.log(end / first)

    def x(value: float) -> float:
        return 2 + (width - 4) * math.log(min(max(value, first), end) / first) / span

    drawn = [
        f'<rect class="dial__band{_hue(band.hue)}" x="{_n(x(band.first))}" y="{top}" '
        f'width="{_n(max(x(band.end) - x(band.first) - 1.5, 1))}" height="9"/>'
        for band in bands
    ]
    drawn += _ticks(x, first, end, tip, top, narrow=narrow)
    needle = x(here)
    height = top + 44.0
    if narrow:
        names, height = _names_below(bands, width, top + 52)
    else:
        names = _names_above(bands, x, width, needle, here_label)
    drawn += names
    if tip is not None:
        at = x(tip)
        drawn.append(
            f'<path class="dial__tip" d="M{_n(at)} {top + 11}l5.5 10h-11zM{_n(at)} {top + 20}v5"/>'
            f'<text class="dial__tip" {_anchored(at, write_short(tip), width)} y="{top + 38}">{write_short(tip)}</text>'
        )
    drawn.append(
        f'<g class="dial__needle"><path d="M{_n(needle)} {top - 14}V{top + 26}"/>'
        f'<circle cx="{_n(needle)}" cy="{top + 26}" r="3.5"/>'
        f'<text {_anchored(needle, here_label, width)} y="{top - 18}">{escape(here_label)}</text></g>'
    )
    return _svg("dial", width, height, sentence, drawn)


def _anchored(at: float, label: str, width: int) -> str:
    """Place a label around a point, inside the drawing."""
    half = len(label) * _LETTER / 2
    if at < half:
        return 'x="0" text-anchor="start"'
    if at > width - half:
        return f'x="{width}" text-anchor="end"'
    return f'x="{_n(at)}" text-anchor="middle"'


def _ticks(x, first: float, end: float, tip: float | None, top: int, *, narrow: bool) -> list[str]:  # type: ignore[no-untyped-def]
    drawn: list[str] = []
    taken: list[_Place] = []
    power = float(f"1e{math.floor(math.log10(first))}")
    marks = []
    while power <= end:
        marks += [(mantissa, mantissa * power) for mantissa in range(1, 10) if first <= mantissa * power <= end]
        power *= 10
    labelled = []
    for mantissa, value in marks:
        length = 14 if mantissa == 1 else 10 if mantissa in (2, 3, 5) else 6
        drawn.append(f'<path class="dial__tick" d="M{_n(x(value))} {top + 12}v{length}"/>')
        if mantissa == 1 or value in (first, end):
            labelled.insert(0, value)
        elif mantissa == 3 and not narrow:
            labelled.append(value)
    width = NARROW if narrow else WIDE
    for value in sorted(labelled, key=lambda mark: (f"{mark:.0e}"[0] != "1", mark)):
        at, label = x(value), write_short(value)
        place = _place(at, label, width)
        near_tip = tip is not None and abs(at - x(tip)) < _TIP_CLEARANCE
        if near_tip or any(place.left < other.right and other.left < place.right for other in taken):
            continue
        taken.append(place)
        drawn.append(f'<text class="dial__label" {_anchored(at, label, width)} y="{top + 38}">{label}</text>')
    return drawn


def _place(at: float, label: str, width: int) -> _Place:
    room = len(label) * _LETTER
    left = min(max(at - room / 2, 0), width - room)
    return _Place(left - 4, left + room + 4)


def _names_above(bands: Sequence[DialBand], x, width: int, needle: float, here_label: str) -> list[str]:  # type: ignore[no-untyped-def]
    """Name the bands in the line above them, each near its band; one without room is left to the text."""
    del here_label
    drawn: list[str] = []
    taken = [_Place(needle - 6, needle + 6)]
    seen = set()
    for band in sorted(bands, key=lambda band: x(band.first) - x(band.end)):
        if band.name in seen:
            continue
        room = 16 + len(band.name) * _LETTER
        starts = [x(band.first), x(band.end) - room, needle + 8, needle - 8 - room, 2.0, width - 2 - room]
        for start in starts:
            place = _Place(start, start + room)
            inside = start >= 0 and place.right <= width
            beside = place.left <= x(band.end) and place.right >= x(band.first)
            if inside and beside and not any(place.left < other.right and other.left < place.right for other in taken):
                taken.append(_Place(start - 8, place.right + 8))
                seen.add(band.name)
                drawn.append(
                    f'<rect class="dial__square{_hue(band.hue)}" x="{_n(start)}" y="27" width="9" height="9"/>'
                    f'<text class="dial__name" x="{_n(start + 14)}" y="36">{escape(band.name)}</text>'
                )
                break
    return drawn


def _names_below(bands: Sequence[DialBand], width: int, top: float) -> tuple[list[str], float]:
    """Name the bands in lines under the scale, in their order."""
    drawn: list[str] = []
    left, line = 2.0, top
    for band in {band.short: band for band in bands}.values():
        room = 15 + len(band.short) * _LETTER
        if left > 2 and left + room > width:
            left, line = 2.0, line + 18
        drawn.append(
            f'<rect class="dial__square{_hue(band.hue)}" x="{_n(left)}" y="{_n(line)}" width="10" height="10"/>'
            f'<text class="dial__name" x="{_n(left + 15)}" y="{_n(line + 10)}">{escape(band.short)}</text>'
        )
        left += room + 14
    return drawn, line + 16


# Running total.


class _Frame(NamedTuple):
    left: float
    right: float
    top: float
    bottom: float
    months: int
    most: float

    def x(self, month: float) -> float:
        return self.left + (self.right - self.left) * month / self.months

    def y(self, amount: float) -> float:
        return self.bottom - (self.bottom - self.top) * amount / self.most


class _Crossing(NamedTuple):
    month: int
    amount: float
    words: str


def running_total(*, lines: Sequence[Line], changes: Sequence[int] = (), narrow: bool, sentence: str) -> Drawing:
    """
    Draw totals month by month, each line named at its end.

    Args:
        lines: The lines, the winner among them.
        narrow: Whether to draw it for a narrow place.
        sentence: What the drawing shows, in words.

    Returns:
        The drawing, and the sentences of its crossings where it is narrow.
    """
    months = len(lines[0].values) - 1
    step = _nice_step(max(max(line.values) for line in lines) or 1)
    most = step * math.ceil((max(max(line.values) for line in lines) or 1) / step)
    height = max(330 if not narrow else 270, 60 + 31 * len(lines))
    frame = (
        _Frame(46, NARROW - 108, 12, height - 32, months, most)
        if narrow
        else _Frame(50, WIDE - 196, 14, height - 30, months, most)
    )
    drawn = _axes(frame, step)
    # The winner is drawn last, above the others.
    for line in sorted(lines, key=lambda line: line.winner):
        points = "L".join(f"{_n(frame.x(month))} {_n(frame.y(value))}" for month, value in enumerate(line.values))
        kind = " chart__line--winner" if line.winner else " chart__line--reference" if line.reference else ""
        drawn.append(f'<path class="chart__line{_hue(line.hue)}{kind}" d="M{points}"/>')
    drawn += _ends(lines, frame, narrow=narrow)
    crossings = _crossings(lines, months)
    notes = []
    for letter, crossing in zip("abc", crossings, strict=False):
        x, y = frame.x(crossing.month), frame.y(crossing.amount)
        drawn.append(f'<circle class="chart__crossing" cx="{_n(x)}" cy="{_n(y)}" r="4.5"/>')
        drawn.append(
            f'<text class="chart__name" x="{_n(max(x - 12, frame.left))}" y="{_n(max(y - 9, 12))}">{letter}</text>'
        )
        notes.append(f"{letter}: {crossing.words}")
    return Drawing(_svg("chart", NARROW if narrow else WIDE, height, sentence, drawn), tuple(notes))


def _nice_step(most: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that cuts an amount into four to six parts."""
    power = float(f"1e{math.floor(math.log10(most / 4))}")
    return next(factor * power for factor in (1, 2, 5, 10) if most / (factor * power) <= 5)


def _axes(frame: _Frame, step: float) -> list[str]:
    drawn = []
    for count in range(round(frame.most / step) + 1):
        amount = count * step
        kind = "grid" if count else "axis"
        drawn.append(
            f'<path class="chart__{kind}" d="M{_n(frame.left)} {_n(frame.y(amount))}H{_n(frame.right)}"/>'
            f'<text class="chart__label" x="{_n(frame.left - 6)}" y="{_n(frame.y(amount) + 4)}" text-anchor="end">'
            f"{write_money_short(amount)}</text>"
        )
    every = next(every for every in (1, 2, 3, 6, 12) if frame.months / every <= 6)
    for month in range(0, frame.months + 1, every):
        label = "start" if month == 0 else f"month {month}" if month + every > frame.months else str(month)
        drawn.append(
            f'<text class="chart__label" x="{_n(frame.x(month))}" y="{_n(frame.bottom + 18)}" text-anchor="middle">'
            f"{label}</text>"
        )
    return drawn


def _ends(lines: Sequence[Line], frame: _Frame, *, narrow: bool) -> list[str]:
    """Name each line at its end; names are pushed apart and led to their line."""
    ordered = sorted(lines, key=lambda line: -line.values[-1])
    wanted = [frame.y(line.values[-1]) for line in ordered]
    places = _pushed_apart(wanted, frame.top + 10, frame.bottom - 2)
    drawn = []
    for line, at, place in zip(ordered, wanted, places, strict=True):
        x = frame.right
        drawn.append(
            f'<path class="chart__leader{_hue(line.hue)}" d="M{_n(x + 3)} {_n(at)}L{_n(x + 11)} {_n(place)}h3"/>'
            f'<text class="chart__name" x="{_n(x + 17)}" y="{_n(place)}">{escape(line.short if narrow else line.name)}</text>'
            f'<text class="chart__total" x="{_n(x + 17)}" y="{_n(place + 14)}">{write_money_short(line.values[-1])}</text>'
        )
    return drawn


def _pushed_apart(wanted: list[float], top: float, bottom: float, gap: float = 31) -> list[float]:
    """Move places, given from top to bottom, until no two are nearer than a gap and all are inside."""
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + gap if places else top))
    over = places[-1] - bottom
    if over > 0:
        limit = bottom
        for index in range(len(places) - 1, -1, -1):
            places[index] = min(places[index], limit)
            limit = places[index] - gap
    return places


def _crossings(lines: Sequence[Line], months: int) -> list[_Crossing]:
    """Where one line passes another for good; those of the lines that end cheapest first."""
    ordered = sorted(lines, key=lambda line: line.values[-1])
    found = []
    for index, cheap in enumerate(ordered):
        for dear in ordered[index + 1 :]:
            above = [month for month in range(months + 1) if cheap.values[month] > dear.values[month]]
            if above and above[-1] < months:
                month = above[-1] + 1
                often = len({month - above.index(month) for month in above}) > 1 or above[0] > 0
                words = f"{cheap.name} passes {dear.name} {'for good ' if often else ''}in month {month}"
                found.append(_Crossing(month, cheap.values[month], words))
    return sorted(found[:_MOST_CROSSINGS], key=lambda crossing: crossing.month)
