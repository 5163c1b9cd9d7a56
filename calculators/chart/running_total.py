"""The running total: what each row has cost up to each month."""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from calculators.chart.crossings import Line, mark_crossings
from calculators.chart.label_places import Frame
from calculators.chart.svg import LABEL_ROOM, LEADER, NARROW, WIDE, beside_ends, hued, label, opening, tenth, text_width
from calculators.quantity import write_money_short

_WIDE_NAMES: Final = 170.0
"""Room for names beside the lines in the wide drawing; a longer name gives way to the row's short one. [unit]"""

_NARROW_NAMES: Final = 82.0
"""Room for names beside the lines in the narrow drawing, which has only short ones. [unit]"""

_MOST_STEPS: Final = 5
"""Steps of the grid; more would have to be read rather than seen."""

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

    svg: str
    notes: tuple[str, ...]


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
    names = [line.short if narrow or text_width(line.name, size) > room else line.name for line in lines]
    right = width - LEADER - max(room, *(text_width(name, size) for name in names))
    levels = _levels(max(line.values[-1] for line in lines))
    written = [write_money_short(level) if level else "0" for level in levels]
    left = 6 + max(32.0, *(text_width(amount, size) for amount in written))
    months, dollar = len(lines[0].values) - 1, (bottom - top) / levels[-1]
    frame = Frame(left, right, top, bottom, (right - left) / months, dollar, dollar * levels[1], size)
    paths = [[bottom - dollar * value for value in line.values] for line in lines]

    drawn = [
        f'<path class="chart__{"grid" if level else "axis"}" d="M{tenth(left)} {tenth(bottom - dollar * level)}'
        f'H{tenth(right)}"/>{label("chart__label", left - 6, bottom - dollar * level + 4, amount, "end")}'
        for level, amount in zip(levels, written, strict=True)
    ]
    drawn += [
        f'<path class="chart__grid" d="M{tenth(left + frame.month * month)} {tenth(bottom)}V{tenth(top)}"/>'
        for month in changes
        if 0 < month < months
    ]
    drawn.append(_months(months, frame, narrow=narrow))
    # The winner last, so that it lies on top.
    for line, path in sorted(zip(lines, paths, strict=True), key=lambda pair: pair[0].winner):
        kind = f"{' chart__line--winner' if line.winner else ''}{' chart__line--reference' if line.reference else ''}"
        drawn.append(f'<path class="chart__line{kind}{hued(line.hue)}" d="{_polyline(path, frame)}"/>')
    drawn += _end_labels(lines, names, frame)
    marks, notes = mark_crossings(lines, paths, frame, narrow=narrow)
    return Drawing(f"{opening('chart', width, bottom + 24, sentence)}{''.join(drawn)}{marks}</svg>", notes)


def _levels(most: float) -> list[float]:
    """Round amounts from 0 to just above the largest, in at most five steps."""
    if most < _CENT:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(most / _MOST_STEPS))
    step = next(step for step in (power, 2 * power, 2.5 * power, 5 * power, 10 * power) if step * _MOST_STEPS >= most)
    return [step * count for count in range(math.ceil(most / step - 1e-9) + 1)]


def _months(months: int, frame: Frame, *, narrow: bool) -> str:
    step = next((step for upto, step in ((6, 1), (18, 3), (36, 6)) if months <= upto), 12)
    last = str(months) if narrow else f"month {months}"
    last_left = frame.right - text_width(last, frame.size) / 2
    ticks, labels = [], []
    for month in (*range(0, months, step), months):
        x = frame.left + frame.month * month
        text = "start" if month == 0 else last if month == months else str(month)
        if month != months and x + text_width(text, frame.size) / 2 + LABEL_ROOM > last_left:
            continue
        ticks.append(f"M{tenth(x)} {tenth(frame.bottom)}v4")
        labels.append(label("chart__label", x, frame.bottom + 18, text, "middle"))
    return f'<path class="chart__tick" d="{"".join(ticks)}"/>{"".join(labels)}'


def _polyline(path: Sequence[float], frame: Frame) -> str:
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
    return f"M{'L'.join(f'{tenth(frame.left + frame.month * month)} {tenth(path[month])}' for month in kept)}"


def _end_labels(lines: Sequence[Line], names: Sequence[str], frame: Frame) -> Iterable[str]:
    """Name and total beside the end of each line."""
    labelled = sorted(zip(lines, names, strict=True), key=lambda pair: (-pair[0].values[-1], pair[0].winner))
    return beside_ends(
        [
            (frame.bottom - frame.dollar * line.values[-1], line.hue, name, write_money_short(line.values[-1]))
            for line, name in labelled
        ],
        frame.right,
        frame.bottom,
    )
