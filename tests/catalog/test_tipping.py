"""Where a winner changes along one input: what the search for tips promises."""

import math
from collections.abc import Sequence
from typing import Final

import pytest

from calculators.catalog.cost_comparison.tipping import Tip, Totals, cheapest, nearest_tips
from tests.catalog.totals import (
    Row,
    able,
    assert_tips,
    between,
    counted,
    flat,
    line,
    moved,
    one_way,
    reordered,
    step,
    tips,
)

TENTH_OF_A_CENT: Final = 0.001


# Who wins.


@pytest.mark.parametrize(
    ("totals", "row"),
    [
        ((3.0, 2.0, 1.0), 2),
        ((2.0, 1.0, 1.0), 1),
        ((0.0, 0.0), 0),
        ((0.1 + 0.2 - 0.3, 0.0), 0),
        ((0.000001, 0.0), 1),
        # The same amounts added in another order.
        ((0.1 + 0.2 + 0.3, 0.1 + (0.2 + 0.3)), 0),
        ((1.0 + 9e-13, 1.0), 0),
        ((1.0 + 1.1e-12, 1.0), 1),
        ((1e9 + 0.0009, 1e9), 0),
        ((1e9 + 0.002, 1e9), 1),
        # Not next to each other.
        ((1.0 + 1e-13, 5.0, 1.0), 0),
        ((math.inf, 1.0), 1),
        ((7.0,), 0),
        ((math.inf, math.inf), None),
        ((), None),
    ],
)
def test_the_cheapest_is_the_first_of_equals(totals: Totals, row: int | None) -> None:
    """Equal but for rounding is equal; nobody wins where no row can do the job."""
    assert row == cheapest(totals)


# How far a tip is.


@pytest.mark.parametrize(
    ("value", "at", "upwards", "change", "distance"),
    [
        (4, 8, True, 1, 2),
        (4, 2, False, 0.5, 2),
        (-4, -2, True, 0.5, 2),
        (-4, -8, False, 1, 2),
        (-4, 4, True, 2, math.inf),
        (0, 3, True, math.inf, math.inf),
        (3, 0, False, 1, math.inf),
        (2, 2, False, 0, 1),
    ],
)
def test_twice_is_as_far_as_half(value: float, at: float, upwards: bool, change: float, distance: float) -> None:
    """A tip's distance is a factor; from 0, to 0 and across it there is none."""
    tip = Tip("input", value, at, 0)

    assert (upwards, change, distance) == (tip.upwards, tip.change, tip.distance)


# One change.


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # In the first ring, in each of the further ones, and in the last.
        ((flat(10), line(14.5, -1)), [(4.5, 1)]),
        ((flat(10), line(20, -1)), [(10, 1)]),
        ((flat(10), line(50, -1)), [(40, 1)]),
        ((flat(10), line(500, -1)), [(490, 1)]),
        ((flat(10), line(6.5, 1)), [(3.5, 1)]),
        ((flat(10), line(8, 1)), [(2, 1)]),
        ((flat(10), line(9.5, 1)), [(0.5, 1)]),
        ((flat(10), line(9.75, 8)), [(0.03125, 1)]),
        ((flat(10), line(9.75, 80)), [(0.003125, 1)]),
        # Both ways.
        ((flat(10), line(8, 1), line(18, -1)), [(2, 1), (8, 2)]),
        # Never.
        ((flat(10), flat(20)), []),
        ((flat(10), line(20, 1)), []),
        ((flat(10), line(1010.5, -1)), []),
    ],
)
def test_straight_lines_meet(rows: Sequence[Row], expected: list[tuple[float, int]]) -> None:
    """Where two lines cross is where the other takes over."""
    assert_tips(expected, moved(*rows))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A step, up and down.
        ((flat(10), step(8, 20, 5)), [(8, 1)]),
        ((step(7.3, 10, 30), flat(20)), [(7.3, 1)]),
        ((step(2.5, 30, 10), flat(20)), [(math.nextafter(2.5, 0), 1)]),
        # After a stretch on which nothing moves, and at a bound.
        ((flat(10), step(900, 20, 5)), [(900, 1)]),
        ((flat(10), step(1000, 20, 5)), [(1000, 1)]),
        ((flat(10), lambda value: 5 if value == 0 else 20), [(0, 1)]),
        # In the middle of a line.
        ((line(0, 1), step(8, 100, 3)), [(8, 1)]),
        # So high that a straight line gets nowhere.
        ((step(8, 10, 1e30), flat(11)), [(8, 1)]),
        # Two at once: the cheaper takes over.
        ((flat(10), step(8, 20, 5), step(8, 20, 4)), [(8, 2)]),
    ],
)
def test_at_a_step_the_tip_is_the_first_number_beyond(rows: Sequence[Row], expected: list[tuple[float, int]]) -> None:
    """To the last digit: the winner wins at the number before."""
    dimension = moved(*rows)

    assert expected == tips(dimension)
    for at, row in expected:
        assert 0 == cheapest(dimension.evaluate(math.nextafter(at, dimension.value)))
        assert row == cheapest(dimension.evaluate(at))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Two lines meet at 8, and at 2: there they tie.
        ((flat(10), line(18, -1)), [(9, 1)]),
        ((flat(10), line(8, 1)), [(1, 1)]),
        # Between two numbers.
        ((flat(10), line(18.5, -1)), [(9, 1)]),
        ((flat(10), line(7.5, 1)), [(2, 1)]),
        # Next to where the input stands, and only there.
        ((flat(10), step(5, 20, 5)), [(5, 1)]),
        ((flat(10), between(5, 6, flat(5), flat(20))), [(5, 1)]),
        ((flat(10), between(3, 4, flat(5), flat(20))), [(3, 1)]),
        ((flat(10), step(4, 5, 20)), [(3, 1)]),
        # Far away, on a line and at a step.
        ((flat(10), line(110.5, -0.125)), [(805, 1)]),
        ((flat(10), step(777, 20, 5)), [(777, 1)]),
        # At a bound.
        ((flat(10), step(1000, 20, 5)), [(1000, 1)]),
        ((flat(10), step(1, 5, 20)), [(0, 1)]),
        # Both ways.
        ((flat(10), between(3, 6, flat(20), flat(5))), [(2, 1), (6, 1)]),
    ],
)
def test_whole_numbers_tip_between_neighbours(rows: Sequence[Row], expected: list[tuple[float, int]]) -> None:
    """The tip is the first whole number at which the winner is beaten."""
    dimension = moved(*rows, whole=True)

    assert expected == tips(dimension)
    for at, row in expected:
        back = 1 if at < dimension.value else -1
        assert 0 == cheapest(dimension.evaluate(at + back))
        assert row == cheapest(dimension.evaluate(at))


def test_whole_numbers_are_moved_at_least_to_the_next() -> None:
    """A quarter more than 3 is 4, a quarter less is 2."""
    assert [(2, 1), (4, 1)] == tips(moved(flat(10), lambda value: 5 if value in (2, 4) else 20, value=3, whole=True))


def test_a_bend_is_found_to_a_tenth_of_a_cent() -> None:
    """Where straight lines miss again and again, halving does not."""
    bent = moved(flat(10), lambda value: 10 + (10 - value) ** 3, value=4)
    steep = moved(flat(10), lambda value: 1e9 - math.exp(value / 25) if value > 4 else 1e9)

    assert_tips([(10, 1)], bent, within=0.2)
    [(at, _)] = tips(bent)
    assert abs(bent.evaluate(at)[0] - bent.evaluate(at)[1]) < TENTH_OF_A_CENT
    assert_tips([(25 * math.log(1e9 - 10), 1)], steep)


# Who takes over.


def test_the_row_that_takes_over_is_named_and_not_the_one_further_on() -> None:
    """The second row is cheapest right beyond the tip, the third where the ring ends."""
    dimension = moved(line(0, 10), flat(60), line(130, -10), value=4)

    assert_tips([(6, 1)], dimension)
    assert 2 == cheapest(dimension.evaluate(12))


def test_another_step_right_beyond_the_tip_is_not_the_tip() -> None:
    """The second row takes over where the lines cross, the third one so soon after that the search sees it first."""
    assert_tips([(8, 1)], moved(flat(10), line(18, -1), step(8.0001, 20, 5)), within=TENTH_OF_A_CENT)
    assert_tips([(8, 1)], moved(flat(10), line(18, -1), able(8.0001, 8.01, flat(5))), within=TENTH_OF_A_CENT)


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1), (2, 0, 1)])
def test_the_order_of_the_rows_decides_nothing(order: tuple[int, ...]) -> None:
    """But which of equals is named."""
    rows = (line(0, 10), line(25, 5), line(130, -10))

    assert_tips([(5, order.index(1))], moved(*(rows[place] for place in order), value=3))


# Ties.


@pytest.mark.parametrize("twin", [line(0, 2), reordered(line(0, 2))], ids=["exact", "but for rounding"])
@pytest.mark.parametrize("first", [True, False], ids=["twin first", "twin second"])
@pytest.mark.parametrize(
    ("rival", "expected"),
    [
        # What prompting and few-shot prompting do without shots: the third row takes over far beyond.
        (flat(60), [30]),
        (flat(9), [4.5]),
        (line(100, -2), [25]),
        (line(6, 0.9), [60 / 11]),
        (step(40, 500, 1), [40]),
        (flat(5000), []),
        (line(1, 2), []),
    ],
)
def test_a_tie_does_not_hide_who_takes_over(twin: Row, first: bool, rival: Row, expected: list[float]) -> None:
    """Two rows cost the same all along. That is no tip; where a third is cheaper is one."""
    pair = (twin, line(0, 2)) if first else (line(0, 2), twin)

    assert_tips([(at, 2) for at in expected], moved(*pair, rival))


@pytest.mark.parametrize(
    "other",
    [
        step(6, 20, 10),
        step(2, 10, 20),
        lambda value: 10 + max(6 - value, 0),
        lambda value: 10 + max(value - 2, 0),
        lambda value: 10 + abs(value - 8),
        lambda value: 10 + abs(value - 2),
    ],
)
def test_a_tie_that_begins_is_no_tip(other: Row) -> None:
    """Nor are two totals that touch. It does not matter which of the two rows comes first."""
    assert [] == tips(moved(flat(10), other))
    assert [] == tips(moved(other, flat(10)))


@pytest.mark.parametrize(
    "other",
    [step(6, 10, 20), step(2, 20, 10), between(3, 6, flat(10), flat(20)), lambda value: 10 + max(value - 6, 0)],
)
def test_a_tie_that_ends_with_the_winner_ahead_is_no_tip(other: Row) -> None:
    """The first of two equals wins where the input stands, and still does where the other one costs more."""
    assert [] == tips(moved(flat(10), other))


@pytest.mark.parametrize(
    ("other", "at"),
    [
        (lambda value: 10 + min(8 - value, 0), 8),
        (lambda value: 10 + min(1000 * (8 - value), 0), 8),
        (lambda value: 10 + max(6 - value, 0) - max(value - 100, 0), 100),
        (step(8, 10, 9), 8),
        (lambda value: 10 + min(value - 2, 0), 2),
    ],
)
def test_a_tip_is_where_a_tie_ends(other: Row, at: float) -> None:
    """The winner stays for as long as no row is cheaper, also where a straight line hits the tie."""
    assert_tips([(at, 1)], moved(flat(10), other), within=2 * TENTH_OF_A_CENT)


def test_a_tie_where_the_input_stands_ends_at_once() -> None:
    """The first of two equals wins; as little as can be told apart on one side makes the other one cheaper."""
    [(at, row)] = tips(moved(line(0, 2), line(4, 1)))

    assert 4 < at < 4 + TENTH_OF_A_CENT
    assert 1 == row
    assert [(5, 1)] == tips(moved(line(0, 2), line(4, 1), whole=True))


def test_a_tie_at_the_end_of_a_ring_is_passed() -> None:
    """Where the first ring ends, the two cost the same: the tip is there, and the third row is not it."""
    rows = (line(0, 10), line(25, 5), line(130, -10))

    assert_tips([(5, 1)], moved(*rows, value=4), within=TENTH_OF_A_CENT)


def test_rounding_changes_no_winner() -> None:
    """Two rows that differ by the order of addition change places all the time: none of it is a tip."""
    rows = (line(0.6, 0.1), reordered(line(0.6, 0.1)), lambda value: 0.2 + (0.4 + value * 0.1))

    for whole in (True, False):
        assert [] == tips(moved(*rows, whole=whole))


def test_large_totals_are_equal_to_their_last_digits() -> None:
    """Where a tenth of a cent is less than rounding, the search ends as soon."""
    dimension, seen = counted(one_way(moved(line(0, 1e13), line(3.3e13, 2.5e12)), upwards=True))

    assert_tips([(4.4, 1)], dimension)
    assert len(seen) <= 4


# Rows that cannot do the job.


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The winner cannot do it any longer: the next cheapest that can takes over.
        ((able(0, 8, flat(10)), flat(20)), [(8, 1)]),
        ((able(0, 8, flat(10)), flat(30), flat(20)), [(8, 2)]),
        ((able(0, 8, flat(10)), able(0, 8, flat(15)), flat(20)), [(8, 2)]),
        # Another one can from there on: a cheaper one takes over, a dearer one does not.
        ((flat(10), able(8, 2000, flat(5))), [(8, 1)]),
        ((flat(10), able(8, 2000, flat(15))), []),
        ((flat(10), able(8, 2000, flat(15)), able(500, 2000, flat(9))), [(500, 2)]),
        # It comes into the running, and is cheaper only later.
        ((flat(10), able(8, 2000, line(60.5, -1))), [(50.5, 1)]),
        # It cannot at first, nor can it later, and in between it costs less: that is within a ring.
        ((flat(10), able(5, 12, flat(5))), [(5, 1)]),
        # One row after the other, each cheaper than the next: the first tip is named.
        ((able(0, 6, flat(1)), able(6, 7, flat(2)), able(7, 2000, flat(3))), [(6, 1)]),
        # It is beaten before it cannot any longer.
        ((able(0, 11, line(0, 2)), flat(16.5)), [(8.25, 1)]),
    ],
)
def test_who_cannot_do_the_job_is_no_rival(rows: Sequence[Row], expected: list[tuple[float, int]], whole: bool) -> None:
    """A row comes into the running where it can do the job, and leaves it where it cannot."""
    dimension = moved(*rows, whole=whole)

    assert_tips([(math.ceil(at) if whole else at, row) for at, row in expected], dimension)
    for at, row in tips(dimension):
        assert math.isfinite(dimension.evaluate(at)[row])


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    "rows",
    [
        (able(0, 8, flat(10)), able(0, 8, flat(20))),
        (able(0, 8, flat(10)), able(0, 5, flat(20))),
        # Beyond a stretch where nobody can, nobody is looked for.
        (able(0, 8, flat(10)), able(9, 2000, flat(5))),
        (able(0, 8, flat(10)), able(20, 2000, flat(5))),
        (able(3, 8, flat(10)), able(3, 8, flat(10))),
        # Neither are those who could again, even if the old winner is among them.
        (between(4.5, 5.5, flat(math.inf), flat(10)), between(4.5, 5.5, flat(math.inf), line(18, -1))),
        # Nobody can where the input stands.
        (able(8, 2000, flat(10)), able(0, 2, flat(20))),
    ],
)
def test_where_nobody_can_do_the_job_nobody_takes_over(rows: Sequence[Row], whole: bool) -> None:
    """No tip is named into such a stretch, and the search on that side ends there."""
    assert [] == tips(moved(*rows, whole=whole))


@pytest.mark.parametrize("whole", [True, False])
def test_a_winner_before_nobody_is_found(whole: bool) -> None:
    """The first ring ends where nobody can do the job; on the way there the second row took over."""
    rows = (able(0, 6, flat(10)), able(0, 8, flat(20)))

    assert [(6, 1)] == tips(moved(*rows, whole=whole))


# Nought, bounds and signs.


@pytest.mark.parametrize("whole", [True, False])
def test_an_input_at_nought_is_moved_to_its_bounds(whole: bool) -> None:
    """No factor leads from 0 anywhere; from its bound the tip is found as anywhere."""
    up = (flat(10), line(18.5, -1))

    assert_tips([(9 if whole else 8.5, 1)], moved(*up, value=0, whole=whole))
    assert [] == tips(moved(flat(10), between(5, 500, flat(1), flat(20)), value=0, whole=whole))
    assert_tips(
        [(-9 if whole else -8.5, 1)], moved(flat(10), line(18.5, 1), value=0, minimum=-50, maximum=0, whole=whole)
    )


@pytest.mark.parametrize("whole", [True, False])
def test_an_input_can_tip_at_nought(whole: bool) -> None:
    """A tip at 0 is named like any other, as further away than any."""
    at_nought = moved(flat(10), lambda value: 20 if value else 5, whole=whole)

    assert [(0, 1)] == tips(at_nought)
    [tip] = nearest_tips((at_nought,), 3)
    assert (False, 1, math.inf) == (tip.upwards, tip.change, tip.distance)


@pytest.mark.parametrize(
    ("value", "rows", "expected"),
    [
        (-0.4, (flat(10), line(13, 10)), [(-0.3, 0)]),
        (-0.2, (flat(10), line(13, 10)), [(-0.3, 1)]),
        (-0.4, (flat(10), line(9, -10)), [(-0.1, 1)]),
        (-0.4, (flat(10), line(13, -10)), [(0.3, 1)]),
        (-0.4, (flat(10), line(10, -10)), [(0, 1)]),
        (0.4, (flat(10), line(12.5, 10)), [(-0.25, 1)]),
        (0.4, (flat(10), line(10, 10)), [(0, 1)]),
        (0.4, (flat(10), line(18, -10)), [(0.8, 1)]),
        (0, (flat(10), line(12.5, 10), line(15, -10)), [(-0.25, 1), (0.5, 2)]),
        (-0.5, (flat(10), line(13, -10)), [(0.3, 1)]),
        (1, (flat(10), line(12, 10)), [(-0.2, 1)]),
    ],
)
def test_a_range_may_reach_below_nought(value: float, rows: Sequence[Row], expected: list[tuple[float, int]]) -> None:
    """Growth and changes of price fall as well as rise."""
    assert_tips(expected, moved(*rows, value=value, minimum=-0.5, maximum=1), within=1e-4)


@pytest.mark.parametrize("value", [4.0, -4.0])
def test_rings_are_factors_either_side_of_nought(value: float) -> None:
    """A quarter more is further from 0 and a quarter less closer to it, then come the factors, then the bounds."""
    dimension, seen = counted(
        moved(flat(10), lambda value: 20 - abs(value) / 1e6, value=value, minimum=-1e6, maximum=1e6)
    )
    nearest_tips((dimension,), 1)
    sides = sorted(abs(number) for number in seen)

    assert [4e-3, 0.2, 4 / 3, 3, 5, 12, 80, 4000, 1e6, 1e6] == sides


@pytest.mark.parametrize("whole", [True, False])
def test_an_input_with_one_value_cannot_move(whole: bool) -> None:
    """Where both bounds are where it stands nothing is looked at."""
    dimension, seen = counted(moved(flat(10), line(9, 1), minimum=4, maximum=4, whole=whole))

    assert () == nearest_tips((dimension,), 1)
    assert [] == seen


def test_tips_at_bounds() -> None:
    """The bound itself may be the tip; beyond it nothing is looked at."""
    assert_tips([(5.75, 1)], moved(flat(10), line(15.75, -1), maximum=5.76))
    assert [] == tips(moved(flat(10), line(15.1, -1), maximum=5))
    assert [(5, 1)] == tips(moved(flat(10), line(14.5, -1), maximum=5, whole=True))
    assert [(1, 1)] == tips(moved(flat(10), step(1.5, 5, 20), minimum=1, whole=True))
    assert [] == tips(moved(flat(10), step(1, 5, 20), minimum=1, whole=True))
    assert [(36, 1)] == tips(moved(flat(10), step(36, 20, 5), value=12, minimum=1, maximum=36, whole=True))
