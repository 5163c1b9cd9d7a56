"""The path of a plan: of 100 jobs, how many pass at each step, and what becomes of the rest."""

from collections.abc import Iterable, Sequence
from math import ceil, sqrt
from typing import Final, NamedTuple

from calculators.chart.svg import WIDE, WIDE_TEXT, drawing, hued, label, path, point, tenth, text_width
from calculators.markup import Html

JOBS: Final = 100
"""Jobs that set out. [job]"""

_JOB: Final = 0.7
"""Height of a job. [unit]"""

_THINNEST: Final = 1.5
"""Least height of what is not nothing, so that it is seen. [unit]"""

_MOST_ACROSS: Final = 4
"""Steps side by side; with more, each would have too little room for its words, so they go on in another row."""

_WIDEST: Final = 200.0
"""Most room for a step: with few, the words would stand too far from each other. [unit]"""

_TAIL: Final = 70
"""Room behind the last step, for what is left in the end. [unit]"""

_EDGE: Final = 2.0
"""Margin for half of an outline. [unit]"""

_BLOCK: Final = 22
"""Width of a step. [unit]"""

_BEND: Final = 8
"""Radius of the inner bend of what passes; the outer one is wider by as much as passes. [unit]"""

_DROP: Final = 30
"""How far what passes goes down, the bend apart. [unit]"""

_LINE: Final = 16
"""Height of a line of text. [unit]"""

_APART: Final = 8
"""Room between words and what stands beside or below them. [unit]"""

_RING: Final = 4.5
"""Radius of the ends of a loop. [unit]"""

_POINT: Final = 7
"""Length of the point in which a band ends that goes on in the next row. [unit]"""

_BOLD: Final = 1.2
"""How much wider bold text is. [1]"""

_BAR: Final = Html(
    '<svg class="path__bar{}" viewBox="0 0 100 8" width="0" height="0" preserveAspectRatio="none" aria-hidden="true" '
    'focusable="false"><path class="path__fails{}" d="M{:g} 0H{:g}V8H{:g}z"/>'
    '<path class="path__passes{}" d="M0 0H{:g}V8H0z"/></svg>'
)


class PathLoop(NamedTuple):
    """
    Another row that is tried although a step passed.

    Attributes:
        hue: Key of its hue, or nothing for soft ink.
        words: What is said of it.
    """

    hue: str | None
    words: str


class PathStep(NamedTuple):
    """
    A step of the path.

    Attributes:
        hue: Key of the approach's hue, or nothing for soft ink.
        hollow: Whether its mark is hollow: it shares soft ink with others and is told from them by that.
        dashed: Whether it, and what follows it, is for few.
        name: What is tried.
        takes: What that takes, in lines that may be broken.
        passes: How many pass. [job]
        fails: How many fail. [job]
        passed: How many pass and what that takes, in lines that may be broken.
        keep: What it is to keep what passes.
        failed: How many fail, in words.
        loop: What is tried next although this passed, if anything is.
    """

    hue: str | None
    hollow: bool
    dashed: bool
    name: str
    takes: tuple[str, ...]
    passes: float
    fails: float
    passed: tuple[str, ...]
    keep: str
    failed: str
    loop: PathLoop | None


class PathEnd(NamedTuple):
    """
    What becomes of those that fail at every step.

    Attributes:
        jobs: How many there are, in words.
        words: What becomes of them.
    """

    jobs: str
    words: str


def plan_path(steps: Sequence[PathStep], end: PathEnd | None) -> Html:
    """
    Draw the path, wide; a list beside it has to say the same, so it says nothing to those who do not see it.

    Args:
        steps: The steps, in the order of failures; at least one.
        end: What becomes of the rest; nothing where none is left.
    """
    across = ceil(len(steps) / ceil(len(steps) / _MOST_ACROSS))
    column = min((WIDE - 2 * _EDGE - _TAIL) / across, _WIDEST)
    drawn: list[Html] = []
    y = 0.0
    for first in range(0, len(steps), across):
        row = steps[first : first + across]
        heads = [
            _lines(f"{place} {step.name}", step.takes, column - _APART)
            for place, step in enumerate(row, start=first + 1)
        ]
        lines = max(map(len, heads))
        for place, head in enumerate(heads):
            drawn += _written(head, _EDGE + place * column, y + _LINE * (lines - len(head)))
        above = not all(_room_below(step, column) for step in row)
        top = y + _LINE * (lines + above) + _APART
        bottom = top + _height(row[0].passes) + _height(row[0].fails) + _DROP
        y = bottom
        for place, step in enumerate(row):
            x = _EDGE + place * column
            last = first + place == len(steps) - 1
            if step.fails:
                stop = x + column + (_TAIL if last or place == across - 1 else 0)
                drawn += _failing(
                    step, x + _BLOCK, stop, top, end if last else None, on=place == across - 1, above=above
                )
            drawn.append(path(f"path__passes{_kind(step)}{hued(step.hue)}", _passing(step, x, top, bottom)))
            if step.passes:
                begin = x + _BLOCK + _BEND
                room = (WIDE if place == across - 1 else begin + column - 2 * _APART) - begin
                kept = _lines(step.keep, (*step.passed, *([step.loop.words] if step.loop else [])), room)
                drawn += _written(kept, begin, bottom)
                y = max(y, bottom + _LINE * len(kept))
                if step.loop:
                    far = len(kept) - len(list(_broken(step.loop.words, room)))
                    drawn.append(path(f"path__loop{hued(step.loop.hue)}", _ring(begin - _RING, bottom, far)))
        y += 2 * _APART
    return drawing("path__drawing", WIDE, y, "", drawn)


def path_bar(step: PathStep) -> Html:
    """Draw how many of those that come to a step pass, and how many fail, on a scale that all steps share."""
    comes = step.passes + step.fails
    kind = _kind(step)
    return _BAR.fill(
        hued(step.hue),
        " path--dashed" if step.dashed else "",
        tenth(step.passes),
        tenth(comes),
        tenth(step.passes),
        kind,
        tenth(max(step.passes, min(comes, 1))),
    )


def _kind(step: PathStep) -> str:
    """What follows the class of a step that is not drawn full."""
    return f"{' path--hollow' if step.hollow else ''}{' path--dashed' if step.dashed else ''}"


def _height(jobs: float) -> float:
    return max(jobs * _JOB, _THINNEST) if jobs else 0.0


def _lines(name: str, words: Iterable[str], room: float) -> list[tuple[str, str]]:
    """A name and what stands below it, line by line, each with its class."""
    bold = [("chart__name", line) for line in _broken(name, room / _BOLD)]
    return bold + [("chart__label", line) for each in words for line in _broken(each, room)]


def _broken(words: str, room: float) -> Iterable[str]:
    """Break a text into lines that have room."""
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, WIDE_TEXT) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def _written(lines: Iterable[tuple[str, str]], x: float, y: float) -> Iterable[Html]:
    for number, (css_class, line) in enumerate(lines, start=1):
        yield label(css_class, x, y + _LINE * number - 2, line)


def _passing(step: PathStep, x: float, top: float, bottom: float) -> str:
    """A step, and what passes on its way down, as the data of one path."""
    right, high = x + _BLOCK, top + _height(step.fails)
    wide = _height(step.passes)
    low = high + wide
    if not wide:
        return f"M{point(x, top)}H{tenth(right):g}V{tenth(high):g}H{tenth(x):g}z"
    inner, around = right + _BEND, tenth(wide + _BEND)
    return (
        f"M{point(x, top)}H{tenth(right):g}V{tenth(high):g}A{around:g} {around:g} 0 0 1 "
        f"{point(right + around, high + around)}V{tenth(bottom):g}H{tenth(inner):g}V{tenth(low + _BEND):g}"
        f"A{_BEND} {_BEND} 0 0 0 {point(right, low)}H{tenth(x):g}z"
    )


def _room_below(step: PathStep, column: float) -> bool:
    """Whether how many fail can stand under their band, clear of what passes, which comes down in a quarter circle."""
    radius = _height(step.passes) + _BEND
    deep = min(_LINE + _LINE / 4, radius)
    return _BLOCK + sqrt(deep * (2 * radius - deep)) + text_width(step.failed, WIDE_TEXT) + _APART <= column


def _failing(
    step: PathStep, x: float, stop: float, top: float, end: PathEnd | None, *, on: bool, above: bool
) -> Iterable[Html]:
    """What fails on its way to the next step, to the next row, or to the end; its words above the band or below."""
    low = top + _height(step.fails)
    tip = f"L{point(stop, (top + low) / 2)}L{point(stop - _POINT, low)}" if on and not end else f"V{tenth(low):g}"
    right = stop - (_POINT if on and not end else 0)
    kind = " path--dashed" if step.dashed else ""
    yield path(f"path__fails{kind}", f"M{point(x, top)}H{tenth(right):g}{tip}H{tenth(x):g}z")
    if end:
        yield path("path__stop", f"M{point(stop, top - 1)}V{tenth(low + 1):g}")
        yield label("chart__name", stop, top - _APART, end.jobs, "end")
        yield label("chart__label", stop, low + _LINE, end.words, "end")
    else:
        yield label("chart__label", stop - _APART, top - _APART if above else low + _LINE, step.failed, "end")


def _ring(right: float, top: float, lines: int) -> str:
    """A loop from what is kept to what is tried beside it, some lines further down, and back, as a path's data."""
    left, middle = right - 2 * _RING, top + _LINE * (lines + 1) / 2
    high, low = top + _LINE / 2 + _RING, top + _LINE * (lines + 1 / 2) - _RING
    turn, tip = f"{_RING} {_RING} 0 0 1", _RING * 2 / 3
    return (
        f"M{point(right, high)}V{tenth(low):g}A{turn} {point(left, low)}V{tenth(high):g}A{turn} {point(right, high)}"
        f"M{point(left - tip, middle + tip)}L{point(left, middle - tip)}L{point(left + tip, middle + tip)}"
        f"M{point(right - tip, middle - tip)}L{point(right, middle + tip)}L{point(right + tip, middle - tip)}"
    )
