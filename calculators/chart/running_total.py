"""The running total: what each row has cost up to each month."""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from calculators.chart.crossings import Frame, Line, mark_crossings
from calculators.chart.svg import (
    LABEL_ROOM,
    LABEL_STEP,
    LEADER,
    NARROW,
    NARROW_TEXT,
    WIDE,
    WIDE_TEXT,
    beside_ends,
    drawing,
    hued,
    label_below,
    level,
    path,
    point,
    tenth,
    text_width,
)
from calculators.markup import Html
from calculators.quantity import shown, write_money_short

_WIDE_NAMES: Final = 170.0
"""Room for names beside the lines in the wide drawing; a longer name gives way to the row's short one. [unit]"""

_NARROW_NAMES: Final = 82.0
"""Room for names beside the lines in the narrow drawing, which has only short ones. [unit]"""

_MOST_STEPS: Final = 5
"""Steps of the grid; more would have to be read rather than seen."""

_ROUNDING: Final = 1e-9
"""How far above a level the largest total may lie and still be on it, in steps: floats are not exact. [1]"""

_MONTHS_APART: Final = ((6, 1), (18, 3), (36, 6), (math.inf, 12))
"""
How far labels of the scale are apart, up to a number of months: seven of them have room in the narrow drawing.
[month]
"""

_CENT: Final = 0.01
"""What is less than this is nothing. [USD]"""

_TIGHT: Final = 0.4
"""How far a drawn line may leave its points: less than half of its width, so it is not seen. [unit]"""


class Drawing(NamedTuple):
    """
    A picture, and what it has no room to say.

    Attributes:
        svg: The picture.
        notes: Sentences to stand under it, one for each letter in it.
    """

    svg: Html
    notes: tuple[str, ...]


def running_total(
    *,
    lines: Sequence[Line],
    changes: Sequence[int] = (),
    narrow: bool,
    sentence: str,
    same: Sequence[str] | None = None,
) -> Drawing:
    """
    Draw what each row has cost up to each month.

    Args:
        lines: The rows, all over the same months; the picture is as high as their names need.
        changes: Months after which a new base model arrives.
        narrow: Whether it is the narrow drawing.
        sentence: What the picture says, for those who do not see it.
        same: The notes of the narrow drawing, so that the wide one marks the same.

    Returns:
        The picture, which marks crossings with letters, and notes that explain them in the order of the letters.
    """
    width, size, top, bottom = (NARROW, NARROW_TEXT, 12.0, 240.0) if narrow else (WIDE, WIDE_TEXT, 12.0, 300.0)
    bottom = max(bottom, float(LABEL_STEP * len(lines)))
    room = _NARROW_NAMES if narrow else _WIDE_NAMES
    names = [line.short if narrow or text_width(line.name, size) > room else line.name for line in lines]
    right = width - LEADER - max(room, *(text_width(name, size) for name in names))
    # Round in the currency that is shown.
    rate = shown().rate
    levels = [amount / rate for amount in _levels(rate * max(line.values[-1] for line in lines))]
    written = [write_money_short(value) if value else "0" for value in levels]
    left = 6 + max(32.0, *(text_width(amount, size) for amount in written))
    months, dollar = len(lines[0].values) - 1, (bottom - top) / levels[-1]
    frame = Frame(left, right, bottom, (right - left) / months, dollar, size)
    paths = [[bottom - dollar * value for value in line.values] for line in lines]

    drawn = [
        level("chart__grid" if value else "chart__axis", left, right, bottom - dollar * value, amount)
        for value, amount in zip(levels, written, strict=True)
    ]
    drawn += [
        path("chart__grid", f"M{point(left + frame.month * month, bottom)}V{tenth(top):g}")
        for month in changes
        if 0 < month < months
    ]
    drawn += _months(months, frame, narrow=narrow)
    # What the plan begins with last, so that it lies on top.
    for line, heights in sorted(zip(lines, paths, strict=True), key=lambda pair: (pair[0].planned, pair[0].first)):
        kind = "" if line.planned else " chart__aside"
        kind += f"{' chart__line--first' if line.first else ''}{' chart__line--reference' if line.reference else ''}"
        drawn.append(path(f"chart__line{kind}{hued(line.hue)}", _polyline(heights, frame)))
    drawn += _end_labels(lines, names, frame)
    marks, notes = mark_crossings(lines, paths, frame, same)
    return Drawing(drawing("chart", width, bottom + 24, sentence, [*drawn, *marks]), notes)


def _levels(most: float) -> list[float]:
    """Round amounts from 0 to just above the largest, in at most five steps."""
    if most < _CENT:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(most / _MOST_STEPS))
    step = next(step for step in (power, 2 * power, 2.5 * power, 5 * power, 10 * power) if step * _MOST_STEPS >= most)
    return [step * count for count in range(math.ceil(most / step - _ROUNDING) + 1)]


def _months(months: int, frame: Frame, *, narrow: bool) -> list[Html]:
    """A tick at the first and the last month and at round ones between, each labelled where there is room."""
    step = next(step for upto, step in _MONTHS_APART if months <= upto)
    last = str(months) if narrow else f"month {months}"
    last_left = frame.right - text_width(last, frame.size) / 2
    begin = f"{tenth(frame.bottom):g}v4"
    ticks, labels = [], []
    for month in (*range(0, months, step), months):
        x = frame.left + frame.month * month
        text = "start" if month == 0 else last if month == months else str(month)
        if month != months and x + text_width(text, frame.size) / 2 + LABEL_ROOM > last_left:
            continue
        ticks.append(f"M{tenth(x):g} {begin}")
        labels.append(label_below(x, frame.bottom, text))
    return [path("chart__tick", "".join(ticks)), *labels]


def _polyline(heights: Sequence[float], frame: Frame) -> str:
    """The line without the points that lie on the straight line between their neighbours."""
    kept = [0]
    corner, begin = 0, heights[0]
    steepest, flattest = math.inf, -math.inf
    for month, height in enumerate(heights[1:], 1):
        run, rise = month - corner, height - begin
        if not flattest <= rise / run <= steepest:
            corner, begin = month - 1, heights[month - 1]
            kept.append(corner)
            run, rise, steepest, flattest = 1, height - begin, math.inf, -math.inf
        if (up := (rise + _TIGHT) / run) < steepest:
            steepest = up
        if (down := (rise - _TIGHT) / run) > flattest:
            flattest = down
    kept.append(len(heights) - 1)
    left, wide = frame.left, frame.month
    return "M" + "L".join([point(left + wide * month, heights[month]) for month in kept])


def _end_labels(lines: Sequence[Line], names: Sequence[str], frame: Frame) -> Iterable[Html]:
    """Name and total beside the end of each line."""
    labelled = sorted(zip(lines, names, strict=True), key=lambda pair: (-pair[0].values[-1], pair[0].first))
    return beside_ends(
        [
            (frame.bottom - frame.dollar * line.values[-1], line.hue, name, write_money_short(line.values[-1]))
            for line, name in labelled
        ],
        frame.right,
        frame.bottom,
        [not line.planned for line, _ in labelled],
    )
