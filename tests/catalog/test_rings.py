"""How far the search for tips looks, in which order, and what it leaves out."""

import math
from collections.abc import Sequence

import pytest

from calculators.catalog.cost_comparison.tipping import cheapest, nearest_tips, search
from tests.catalog.totals import Row, able, assert_tips, between, counted, flat, line, moved, one_way, step, tips

# Several inputs.


def test_the_nearest_comes_first() -> None:
    """By factor, whichever way; of as many as were asked for."""
    inputs = [
        moved(flat(10), step(at, 20, 5) if at > 4 else step(at, 5, 20), name=name)
        for name, at in {"third": 4.8, "first": 3.7, "fourth": 3.2, "second": 4.5}.items()
    ]
    found = nearest_tips(inputs, 9)

    assert ["first", "second", "third", "fourth"] == [tip.name for tip in found]
    assert found[:2] == nearest_tips(inputs, 2)
    assert () == nearest_tips(inputs, 0)
    assert () == nearest_tips((), 3)


def test_each_step_tells_how_often_it_moved_an_input() -> None:
    """One for each input that is taken up, then as many as there are evaluations: that is what slices are cut by."""
    inputs = [counted(moved(flat(10), step(at, 20, 5))) for at in (4.8, 9, 900)]
    steps = search([dimension for dimension, _ in inputs], 3)
    taken = [next(steps) for _ in inputs]
    before = 0
    for told in steps:
        moves = sum(len(seen) for _, seen in inputs)
        assert told == moves - before
        before = moves

    assert taken == [1, 1, 1]
    assert before > len(inputs)


def test_a_ring_is_looked_at_whole_and_none_beyond() -> None:
    """Every tip of the first ring that has one is found; one in the next is not."""
    rings = {"first": 4.8, "also first": 3.2, "second": 11, "last": 900}
    found = nearest_tips(
        [
            moved(flat(10), step(at, 20, 5) if at > 4 else step(at, 5, 20), name=name)
            for name, at in reversed(rings.items())
        ],
        9,
    )

    assert ["first", "also first"] == [tip.name for tip in found]


def test_one_input_can_tip_both_ways() -> None:
    """At most one tip each way."""
    found = nearest_tips([moved(flat(10), between(3.3, 4.5, flat(20), flat(5)))], 9)

    assert [4.5, math.nextafter(3.3, 0)] == [tip.at for tip in found]


# What the search leaves out.


def test_a_winner_that_comes_and_goes_within_a_ring_is_passed_over() -> None:
    """Only the ends of rings are looked at; what is cheaper at one of them is found."""
    assert [] == tips(moved(flat(10), between(6, 11, flat(5), line(20, -0.001))))
    assert [(6, 1)] == tips(moved(flat(10), between(6, 13, flat(5), line(20, -0.001))))


def test_a_row_that_comes_no_nearer_is_not_followed() -> None:
    """The first ring and the bound show no row nearer to the winner: what lies between is not looked at."""
    assert [] == tips(moved(flat(10), between(6, 13, flat(5), flat(20))))
    assert [] == tips(moved(flat(10), flat(11), between(6, 13, flat(5), line(20, 1))))


def test_a_row_that_comes_nearer_is_followed_whatever_the_others_do() -> None:
    """A tie with the winner does not hide that a third row comes nearer; nor does a row that is nearer still."""
    comes = between(6, 13, flat(5), line(20, -0.001))

    assert [(6, 2)] == tips(moved(flat(10), flat(10), comes))
    assert [(6, 2)] == tips(moved(flat(10), line(11, 1), comes))


def test_a_row_that_came_nearer_is_followed_when_it_recedes() -> None:
    """Whether to go on is decided once, at the first ring."""
    comes = between(5, 6, flat(15), between(50, 90, flat(5), flat(20)))

    assert [(50, 1)] == tips(moved(flat(10), comes))


def test_a_level_stretch_may_end_in_a_step() -> None:
    """Nothing moves in the first ring: the bound is looked at before an input is dropped."""
    assert [(6, 1)] == tips(moved(flat(10), step(6, 20, 5)))
    assert [(6, 1)] == tips(moved(flat(10), between(6, 13, flat(5), step(13, 20, 19))))


# What it costs.


def test_each_value_is_looked_at_once_and_within_bounds() -> None:
    """Where the input stands is known; what a tip needed, the next search has."""
    dimension, seen = counted(moved(flat(10), line(110, -1.0), value=4, maximum=300))
    found = nearest_tips((dimension,), 2)
    first = len(seen)

    assert [100] == pytest.approx([tip.at for tip in found])
    assert len(seen) == len(set(seen))
    assert 4 not in seen
    assert all(0 <= value <= 300 for value in seen)
    assert found == nearest_tips((dimension,), 2)
    assert first == len(seen)


@pytest.mark.parametrize("start", [0.3, 0.1, 0.7, 1.1, 1.3, 1.7, 1.9, 2.3])
def test_a_straight_line_takes_two_looks(start: float) -> None:
    """Where it crosses and, unless the other one is ahead there already, a little further on."""
    dimension, seen = counted(one_way(moved(line(start, 0.7), flat(7.77)), upwards=True))

    [tip] = nearest_tips((dimension,), 1)
    assert (7.77 - start) / 0.7 == pytest.approx(tip.at)
    # Two rings and the bound come first.
    looks = seen[3:] if 1000 in seen else seen[2:]
    assert looks[0] == tip.at
    assert (len(looks) == 1) == (cheapest(dimension.evaluate(tip.at)) == 1)
    assert len(looks) <= 2


@pytest.mark.parametrize(
    ("rows", "most"),
    [
        # A line up and down.
        ((flat(10), line(80.5, -1)), 6),
        ((flat(1000), line(992.9, 1)), 7),
        ((line(0, 1), flat(69.5)), 6),
        # A tie and a step, halved.
        ((flat(10), step(51, 10, 5)), 13),
        ((flat(10), able(51, 2000, flat(5))), 13),
        ((able(0, 77, flat(10)), flat(20)), 13),
    ],
)
def test_whole_numbers_take_few_looks(rows: Sequence[Row], most: int) -> None:
    """The neighbour of where a line crosses is looked at, on the side where the winner may be another."""
    dimension, seen = counted(moved(*rows, value=40, whole=True))
    [tip] = nearest_tips((dimension,), 1)

    assert abs(tip.at - 40) > 5
    assert len(seen) <= most
    assert all(0 <= value <= 1000 for value in seen)


def test_nothing_is_looked_at_beyond_a_bound() -> None:
    """Not even where the lead at the bound is less than a tenth of a cent."""
    for slope in (1e-4, 3e-3):
        dimension, seen = counted(moved(line(0, slope), flat(4.5 * slope), value=3, maximum=5))

        assert_tips([(4.5, 1)], dimension)
        assert max(seen) == 5


def test_nothing_is_looked_at_on_the_other_side() -> None:
    """A rival that is ahead by no more than rounding is not looked for behind the input."""
    dimension, seen = counted(one_way(moved(flat(0.1 + 0.2), step(51, 0.3, 0.1), value=40, whole=True), upwards=True))

    assert [(51, 1)] == tips(dimension)
    assert min(seen) > 40


def test_bounds_are_not_looked_at_where_the_first_ring_tips() -> None:
    """They would only say whether to go on."""
    dimension, seen = counted(moved(flat(10), line(20, 1), name="other"))
    nearest_tips((dimension, moved(flat(10), line(14.5, -1))), 1)

    assert [5, 3] == seen


def test_a_single_row_is_not_looked_at() -> None:
    """Nobody is there to take over."""
    dimension, seen = counted(moved(line(10, 1)))

    assert () == nearest_tips((dimension,), 1)
    assert [] == seen


def test_whole_numbers_are_given_whole() -> None:
    """No input that counts things is asked about a part of one."""
    dimension, seen = counted(moved(line(0, 0.7), line(3, 0.3), able(6, 90, flat(1)), value=3, whole=True))

    assert [(6, 2)] == tips(dimension)
    assert all(value == math.floor(value) for value in seen)
