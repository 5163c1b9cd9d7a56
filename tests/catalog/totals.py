"""Totals made up for the tests of tips and dial: rows as functions of one input, the input, and where it tips."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from calculators.catalog.cost_comparison.tipping import Dimension, Totals, nearest_tips

type Row = Callable[[float], float]
"""Total of one row as a function of the input."""


def line(start: float, slope: float) -> Row:
    """A straight line."""
    return lambda value: start + slope * value


def flat(total: float) -> Row:
    """The same everywhere."""
    return lambda _: total


def step(at: float, before: float, then: float) -> Row:
    """One total before a value, another from it on."""
    return lambda value: before if value < at else then


def between(low: float, high: float, inside: Row, outside: Row) -> Row:
    """One row from a value up to another, exclusive, and another row elsewhere."""
    return lambda value: inside(value) if low <= value < high else outside(value)


def able(low: float, high: float, row: Row) -> Row:
    """A row that can do the job only from a value up to another, exclusive."""
    return between(low, high, row, flat(math.inf))


def reordered(row: Row) -> Row:
    """The same row, its parts added in another order."""
    return lambda value: 0.1 + (0.2 + (row(value) - 0.3))


def moved(
    *rows: Row, value: float = 4, minimum: float = 0, maximum: float = 1000, whole: bool = False, name: str = "input"
) -> Dimension:
    """An input that stands at a value, and what it does to rows."""

    def evaluate(value: float) -> Totals:
        return tuple(row(value) for row in rows)

    return Dimension(name, value, minimum, maximum, whole, evaluate(value), evaluate)


def one_way(dimension: Dimension, *, upwards: bool) -> Dimension:
    """The same input, which can be moved only up or only down."""
    here = dimension.value
    return replace(dimension, minimum=here) if upwards else replace(dimension, maximum=here)


def counted(dimension: Dimension) -> tuple[Dimension, list[float]]:
    """An input, and the values it is moved to from now on."""
    seen: list[float] = []

    def evaluate(value: float) -> Totals:
        seen.append(value)
        return dimension.evaluate(value)

    return replace(dimension, evaluate=evaluate), seen


def tips(dimension: Dimension) -> list[tuple[float, int]]:
    """Where the winner changes below and above an input, and who takes over."""
    found = [tip for upwards in (False, True) for tip in nearest_tips((one_way(dimension, upwards=upwards),), 2)]
    return [(tip.at, tip.row) for tip in found]


def assert_tips(expected: Sequence[tuple[float, int]], dimension: Dimension, within: float = 1e-6) -> None:
    """The same rows take over, each at about the same value."""
    found = tips(dimension)

    assert [row for _, row in expected] == [row for _, row in found]
    assert [at for at, _ in expected] == pytest.approx([at for at, _ in found], abs=within)
