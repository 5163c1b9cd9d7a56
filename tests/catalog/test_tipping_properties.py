"""What the search for tips promises, for any totals: lines, bends, steps, ties, and rows that cannot do the job."""

import math
from itertools import pairwise
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.tipping import (
    FRAGILE_CHANGE,
    Dimension,
    Tip,
    Totals,
    cheapest,
    dial,
    nearest_tips,
)
from calculators.facts import FACTS
from tests.catalog.totals import Row, able, line, moved, one_way, reordered, step

MODEST: Final = settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
EQUAL: Final = 0.0021
"""Two totals so close count as equal at a tip: a tenth of a cent on either side of where they cross. [USD]"""

FACTORS: Final = (1 + FRAGILE_CHANGE, *(FACTS.rule(key) for key in ("second_ring", "third_ring", "fourth_ring")))
LAST: Final = len(FACTORS)
"""The ring that ends at the bounds."""

QUARTERS: Final = st.integers(-80, 80).map(lambda number: number / 4)
VALUES: Final = st.one_of(st.integers(0, 40), st.integers(1, 4000).map(lambda number: number / 16))


def bend(knots: list[tuple[float, float]]) -> Row:
    """Straight from knot to knot, level outside."""

    def total(value: float) -> float:
        if value <= knots[0][0]:
            return knots[0][1]
        for (left, low), (right, high) in pairwise(knots):
            if value <= right:
                return low + (high - low) * (value - left) / (right - left)
        return knots[-1][1]

    return total


LINES: Final = st.builds(line, st.integers(0, 800).map(lambda number: number / 4), QUARTERS)
STEPS: Final = st.builds(step, VALUES, st.integers(1, 200), st.integers(1, 200))
BENDS: Final = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 200)), min_size=2, max_size=5, unique_by=lambda knot: knot[0]
).map(lambda knots: bend(sorted(knots)))


@st.composite
def totals(draw: st.DrawFn, kinds: st.SearchStrategy[Row], *, unable: bool) -> list[Row]:
    """Two to seven rows; some of them another one again, some of them only where they can do the job."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(2, 7))):
        copied = bool(rows) and draw(st.integers(0, 3)) == 0
        row = draw(st.sampled_from(rows)) if copied else draw(kinds)
        row = reordered(row) if copied and draw(st.booleans()) else row
        if unable and draw(st.integers(0, 2)) == 0:
            low, high = sorted((draw(VALUES), draw(VALUES)))
            row = able(low, high, row) if draw(st.booleans()) else able(low, 1e9, row)
        rows.append(row)
    return rows


@st.composite
def dimensions(
    draw: st.DrawFn, kinds: st.SearchStrategy[Row] = LINES | STEPS | BENDS, *, unable: bool = True
) -> Dimension:
    """An input and what it does."""
    whole = draw(st.booleans())
    minimum = draw(st.sampled_from([0, 0, 1, -50]))
    maximum = draw(st.sampled_from([60, 300, 5000]))
    value = draw(st.integers(minimum, 50) if whole else st.integers(minimum * 16, 800).map(lambda number: number / 16))
    rows = draw(totals(kinds, unable=unable))
    return moved(*rows, value=value, minimum=minimum, maximum=maximum, whole=whole)


def beaten(found: Totals, winner: int, by: float = 0.0) -> bool:
    """Whether a row costs more than another by more than rounding, and more than so much; or nobody can do the job."""
    least = min(found)
    return math.isinf(least) or found[winner] > least + max(by, 1e-12 * max(abs(least), 1))


def ends(dimension: Dimension, *, upwards: bool) -> list[float]:
    """Where the rings end on one side, the first of them first."""
    value, limit = dimension.value, dimension.maximum if upwards else dimension.minimum
    outwards = (value > 0) == upwards
    found = []
    for factor in FACTORS if value else ():
        less = value * (1 - FRAGILE_CHANGE) if factor == FACTORS[0] else value / factor
        end = value * factor if outwards else less
        if dimension.whole:
            end = math.ceil(end) if upwards else math.floor(end)
        found.append(min(end, limit) if upwards else max(end, limit))
    return [*found, limit]


def grid(dimension: Dimension, end: float) -> list[float]:
    """Values from where an input stands to an end, nearest first, both exclusive."""
    value, points = dimension.value, 150
    found = [value + (end - value) * step / points for step in range(1, points)]
    found += [value + (end - value) * 2.0**-step for step in range(1, 40)]
    if dimension.whole:
        found = [float(round(point)) for point in found]
    return sorted({point for point in found if point not in (value, end)}, reverse=end < value)


def sides(dimension: Dimension) -> list[tuple[bool, Tip | None]]:
    """Where the winner changes on each side, or nothing."""
    return [
        (upwards, next(iter(nearest_tips((one_way(dimension, upwards=upwards),), 1)), None))
        for upwards in (True, False)
    ]


@MODEST
@given(dimension=dimensions())
def test_a_tip_put_back_in_is_one(dimension: Dimension) -> None:
    """There the row named is the cheapest and right before it the old winner was, but for a tenth of a cent."""
    winner = cheapest(dimension.base)
    for upwards, tip in sides(dimension):
        if tip is None:
            continue
        assert winner is not None
        assert winner != tip.row
        assert upwards == tip.upwards
        assert dimension.minimum <= tip.at <= dimension.maximum
        here, back = dimension.evaluate(tip.at), 1 if tip.at < dimension.value else -1
        assert not beaten(here, tip.row, by=EQUAL)
        if dimension.whole:
            assert cheapest(here) == tip.row
            assert not beaten(dimension.evaluate(tip.at + back), winner)
        else:
            # As near as halving goes: next to 0 there are more numbers than it has steps.
            before = tip.at + back * max(math.ulp(tip.at), 2.0**-64)
            assert not beaten(dimension.evaluate(before), winner, by=EQUAL)
            assert beaten(here, winner) or takes_over(dimension, tip, winner)


def takes_over(dimension: Dimension, tip: Tip, winner: int) -> bool:
    """
    Whether the winner is beaten, and the row named is cheapest,
    a little beyond a tip at which both cost the same.
    """
    limit = dimension.maximum if tip.upwards else dimension.minimum
    beyond = [tip.at + (limit - tip.at) * 2.0**-step for step in range(60)]
    return any(
        beaten(found, winner) and cheapest(found) == tip.row
        for found in (dimension.evaluate(value) for value in beyond)
    )


@MODEST
@given(dimension=dimensions())
def test_nothing_is_passed_over_that_shows_where_a_ring_ends(dimension: Dimension) -> None:
    """Up to the ring of a tip the winner wins wherever one ends; without a tip everywhere, or until nobody can."""
    winner = cheapest(dimension.base)
    for upwards, tip in sides(dimension):
        if winner is None:
            assert tip is None
            continue
        rings = ends(dimension, upwards=upwards)
        lost = next((end for end in rings if beaten(dimension.evaluate(end), winner)), None)
        if tip is not None:
            reach = abs(tip.at - dimension.value)
            assert lost is None or reach <= abs(lost - dimension.value)
            nearer = [end for end in rings if abs(end - dimension.value) < reach]
            assert [] == [end for end in nearer if beaten(dimension.evaluate(end), winner)]
        elif lost is not None and not dropped(dimension, winner, rings):
            assert any(math.isinf(min(dimension.evaluate(value))) for value in [*grid(dimension, lost), lost])


def dropped(dimension: Dimension, winner: int, rings: list[float]) -> bool:
    """Whether no row comes nearer to the winner, neither in the first ring nor from there to the bound."""
    here, far = dimension.evaluate(rings[0]), dimension.evaluate(rings[-1])
    return (
        rings[0] != dimension.value
        and not beaten(far, winner)
        and not any(
            after[row] - after[winner] < before[row] - before[winner] - 1e-9
            for before, after in ((dimension.base, here), (here, far))
            for row in range(len(here))
            if math.isfinite(after[row])
        )
    )


@MODEST
@given(dimension=dimensions())
def test_a_change_for_good_is_found(dimension: Dimension) -> None:
    """Where the old winner is beaten from some value on, there is a tip, unless nobody can go on there."""
    winner = cheapest(dimension.base)
    for upwards, tip in sides(dimension):
        limit = dimension.maximum if upwards else dimension.minimum
        values = [dimension.value, *grid(dimension, limit), limit]
        lost = [winner is None or beaten(dimension.evaluate(value), winner) for value in values]
        if tip is None and lost == sorted(lost) and lost[0] != lost[-1]:
            last, first = values[lost.index(True) - 1], values[lost.index(True)]
            between = [last + (first - last) * step / 100 for step in range(101)]
            assert any(math.isinf(min(dimension.evaluate(value))) for value in between)


@MODEST
@given(dimension=dimensions(LINES, unable=False))
def test_straight_lines_change_the_winner_no_sooner(dimension: Dimension) -> None:
    """On the way to the tip, or to the bound where there is none, nobody is cheaper by a tenth of a cent."""
    winner = cheapest(dimension.base)
    assert winner is not None
    for upwards, tip in sides(dimension):
        end = tip.at if tip else dimension.maximum if upwards else dimension.minimum
        values = grid(dimension, end) if tip else [*grid(dimension, end), end]
        assert [] == [value for value in values if beaten(dimension.evaluate(value), winner, by=EQUAL)]


@MODEST
@given(found=st.lists(dimensions(), min_size=1, max_size=5), most=st.integers(0, 6))
def test_tips_are_sorted_by_distance(found: list[Dimension], most: int) -> None:
    """Those of the first ring in which any input has one, the nearest first."""
    tips = nearest_tips(found, most)
    each = [(ring(dimension, tip), tip) for dimension in found for _, tip in sides(dimension) if tip]
    first = min((number for number, _ in each), default=LAST)
    expected = sorted((tip for number, tip in each if number == first), key=lambda tip: (tip.distance, tip.change))

    assert [tip.distance for tip in expected[:most]] == [tip.distance for tip in tips]
    assert {(tip.at, tip.row) for tip in tips} <= {(tip.at, tip.row) for tip in expected}


def ring(dimension: Dimension, tip: Tip) -> int:
    """The ring in which a tip was found: the first that reaches as far."""
    rings = ends(dimension, upwards=tip.upwards)
    reach = abs(tip.at - dimension.value)
    place = next(place for place, end in enumerate(rings) if abs(end - dimension.value) >= reach)
    return place + LAST + 1 - len(rings)


@MODEST
@given(dimension=dimensions())
def test_a_dial_says_what_the_search_says(dimension: Dimension) -> None:
    """Its bands lie in order, name who is cheapest, and meet at the tip; a gap is where nobody can do the job."""
    found = dial(dimension)
    winner = cheapest(dimension.base)

    assert 0 < found.first < found.end <= dimension.maximum
    assert all(found.first <= band.first <= band.end <= found.end for band in found.bands)
    for left, right in pairwise(found.bands):
        assert left.end <= right.first
        assert left.row != right.row or left.end < right.first or math.isinf(min(dimension.evaluate(left.end)))
    here = next((band for band in found.bands if band.first < dimension.value < band.end), None)
    assert here is None or here.row == winner
    tip = found.tip
    if here and tip and tip.upwards and tip.at < found.end and here.end >= tip.at:
        assert [(tip.at, tip.row)] == [(band.first, band.row) for band in found.bands if band.first == here.end]
    if here and tip and not tip.upwards and tip.at > found.first and here.first <= tip.at and not dimension.whole:
        assert [(tip.at, tip.row)] == [(band.end, band.row) for band in found.bands if band.end == here.first]
