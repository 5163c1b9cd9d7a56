"""Who is cheapest along one input, drawn: what the dial promises."""

import math

import pytest

from calculators.catalog.cost_comparison.tipping import Dimension, dial, nearest_tips
from tests.catalog.totals import able, between, counted, flat, line, moved, reordered, step


def window(dimension: Dimension) -> tuple[float, float]:
    """Where the scale begins and ends."""
    found = dial(dimension)
    return found.first, found.end


def bands(dimension: Dimension) -> list[tuple[float, float, int]]:
    """Winners along the scale."""
    return [(band.first, band.end, band.row) for band in dial(dimension).bands]


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "whole", "expected"),
    [
        # About ten times either side, between 1 and 3 times powers of ten.
        (50_000, 0, 1e9, True, (3_000, 1_000_000)),
        (10_000, 0, 1e9, True, (1_000, 100_000)),
        (30_000, 0, 1e9, True, (3_000, 300_000)),
        (0.03, 0, 1e5, False, (0.003, 0.3)),
        (2, 0, 1e5, False, (0.1, 30)),
        # Whole numbers begin at 1.
        (1, 0, 1e9, True, (1, 10)),
        (2, 0, 1e9, True, (1, 30)),
        (0, 0, 1e9, True, (1, 10)),
        # From 0, and from below, around 1.
        (0, 0, 1e5, False, (0.1, 10)),
        (-0.2, -0.5, 20, False, (0.1, 10)),
        # No further than the input may go.
        (12, 1, 36, True, (1, 36)),
        (60, 51, 1_000, True, (51, 1_000)),
        (5e8, 0, 1e9, True, (3e7, 1e9)),
        (0.3, 0, 0.9, False, (0.03, 0.9)),
        (0, 0, 0.5, False, (0.03, 0.5)),
        (-0.2, -0.5, 0.25, False, (0.01, 0.25)),
        (0.25, 0, 0.25, False, (0.01, 0.25)),
        (0, 0, 2, True, (1, 2)),
    ],
)
def test_a_dial_shows_a_decade_either_side(
    value: float, minimum: float, maximum: float, whole: bool, expected: tuple[float, float]
) -> None:
    """Wherever the input stands."""
    dimension = moved(flat(10), flat(20), value=value, minimum=minimum, maximum=maximum, whole=whole)
    first, end = expected

    assert expected == window(dimension)
    assert [(first, end, 0)] == bands(dimension)


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "whole"),
    [
        (0, 0, 0, False),
        (-0.2, -0.5, 0, False),
        (-3, -5, -1, True),
        (0, 0, 1, True),
        (0, 0, 0.5, True),
        (4, 4, 4, False),
    ],
)
def test_no_dial_without_two_values_above_nought(value: float, minimum: float, maximum: float, whole: bool) -> None:
    """A logarithmic scale has no 0, and needs two ends."""
    with pytest.raises(ValueError, match="input has no two values above 0"):
        dial(moved(flat(10), value=value, minimum=minimum, maximum=maximum, whole=whole))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # Inside already; just inside, and just not.
        (9_000, (300, 30_000)),
        (19_000, (300, 30_000)),
        (21_000, (300, 100_000)),
        (2_000_000, (300, 3_000_000)),
        (500, (300, 30_000)),
        (440, (100, 30_000)),
        (2, (1, 30_000)),
        (1, (1, 30_000)),
    ],
)
def test_a_dial_is_widened_until_its_tip_lies_inside(at: float, expected: tuple[float, float]) -> None:
    """With room for its label beyond."""
    above = at > 3_000
    rival = step(at, 20, 5) if above else step(at + 1, 5, 20)
    dimension = moved(flat(10), rival, value=3_000, maximum=1e9, whole=True)
    tip, (first, end) = dial(dimension).tip, expected
    drawn = [(first, at, 0 if above else 1), (at, end, 1 if above else 0)]

    assert tip is not None
    assert (at, expected) == (tip.at, window(dimension))
    assert drawn == bands(dimension)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("value", [4, 3_000])
def test_a_tip_at_nought_is_told_and_not_drawn(value: float, whole: bool) -> None:
    """It is no reason to begin the scale further down."""
    dimension = moved(flat(10), lambda value: 20 if value else 5, value=value, maximum=1e9, whole=whole)
    found = dial(dimension)

    assert found.tip is not None
    assert 0 == found.tip.at
    assert (300 if value > 4 else 1 if whole else 0.3) == found.first
    assert [0] == [band.row for band in found.bands]


def test_a_tip_next_to_nought_is_not_drawn_either() -> None:
    """The scale goes down to a thousandth of what the input is."""
    tiny = moved(flat(10), step(1e-12, 5, 20), value=4)
    small = moved(flat(10), step(0.005, 5, 20), value=4)

    assert (0.003, 100) == window(tiny)
    assert [0] == [row for _, _, row in bands(tiny)]
    assert (0.003, 100) == window(small)
    assert [1, 0] == [row for _, _, row in bands(small)]


def test_a_dial_below_nought_shows_the_part_above() -> None:
    """The tip lies below 0; from there on to the end of the scale the other row wins or does not."""
    falling = moved(flat(10), line(8, -10), value=0.1, minimum=-0.5, maximum=1)
    rising = moved(flat(10), line(12.5, 10), value=0.4, minimum=-0.5, maximum=1)

    assert [(0.01, 1, 1)] == bands(falling)
    assert [(0.03, 1, 0)] == bands(rising)
    tip = dial(rising).tip
    assert tip is not None
    assert -0.25 == pytest.approx(tip.at)


def test_borders_are_exact_at_the_tip_and_drawn_elsewhere() -> None:
    """Half a per cent is less than a pixel."""
    rows = (flat(10), line(0, 0.01), line(120, -0.02))
    [left, middle, right] = bands(moved(*rows, value=4_000, maximum=1e9))

    assert (300, 1) == left[::2]
    assert 1_000 == pytest.approx(left[1], rel=0.005)
    assert (left[1], 5_500, 0) == pytest.approx(middle)
    assert (middle[1], 100_000, 2) == right


def test_where_the_reader_stands_the_winner_is_drawn() -> None:
    """However narrow its band: the points looked at lie wider apart."""
    narrow = moved(flat(10), step(3_990, 5, 20), step(4_010, 20, 5), value=4_000, maximum=1e9, whole=True)

    left, middle, right = bands(narrow)
    assert [1, 0, 2] == [left[2], middle[2], right[2]]
    assert 3_990 == pytest.approx(middle[0], rel=0.005)
    assert middle[0] <= 4_000
    assert (4_010, 100_000) == right[:2]


def test_the_band_beyond_the_tip_is_of_the_row_that_takes_over() -> None:
    """Even if a third takes over soon after, or the first comes back."""
    third = moved(flat(10), step(4_900, 20, 5), step(5_100, 20, 4), value=4_000, maximum=1e9, whole=True)
    back = moved(flat(10), able(4_900, 5_050, flat(5)), line(20, -1 / 1e5), value=4_000, maximum=1e9, whole=True)
    below = moved(flat(10), step(3_700, 5, 20), step(3_500, 4, 20), value=4_000, maximum=1e9, whole=True)

    (_, first, _), (_, second, row), _ = bands(third)
    assert (4_900, 1) == (first, row)
    assert 5_100 == pytest.approx(second, rel=0.005)
    (_, first, _), (_, second, row), (_, _, last) = bands(back)
    assert (4_900, 1, 0) == (first, row, last)
    assert 5_050 == pytest.approx(second, rel=0.005)
    (_, first, _), (_, second, row), _ = bands(below)
    assert (3_699, 1) == (second, row)
    assert 3_500 == pytest.approx(first, rel=0.005)


def test_where_nobody_can_do_the_job_there_is_no_band() -> None:
    """A gap is left; beyond it whoever can is drawn, though no tip is named."""
    gap = moved(able(0, 9_000, flat(10)), able(20_000, 1e10, flat(20)), value=4_000, maximum=1e9, whole=True)
    before = moved(able(2_000, 1e10, flat(10)), able(0, 1_000, flat(5)), value=4_000, maximum=1e9, whole=True)
    nobody = moved(able(0, 1, flat(10)), able(0, 1, flat(10)), value=4_000, maximum=1e9, whole=True)
    here = moved(able(0, 2_000, flat(10)), able(6_000, 1e10, flat(20)), value=4_000, maximum=1e9, whole=True)

    for dimension, ends in {gap: (300, 9_000, 20_000, 100_000), before: (300, 1_000, 2_000, 100_000)}.items():
        found = bands(dimension)
        assert ends == pytest.approx([value for first, end, _ in found for value in (first, end)], rel=0.005)
        assert dial(dimension).tip is None
    assert [] == bands(nobody)
    assert [(1, 8, 0), (12, 100, 0)] == bands(moved(between(8, 12, flat(math.inf), flat(10)), whole=True))
    assert [(1, 3, 0), (4, 100, 0)] == bands(moved(between(3, 4, flat(math.inf), flat(10)), whole=True))
    (_, end, _), (first, _, _) = bands(moved(between(0.5, 1.5, flat(math.inf), flat(10))))
    assert (0.5, 1.5) == pytest.approx((end, first), rel=0.005)
    assert [0, 1] == [row for _, _, row in bands(here)]


def test_a_tie_is_drawn_for_the_winner() -> None:
    """The dial changes its colour where the search says that the winner changes, and nowhere else."""
    for other in (step(5_000, 20, 10), step(3_000, 10, 20), lambda value: 10 + max(5_000 - value, 0)):
        assert [(300, 100_000, 0)] == bands(moved(flat(10), other, value=4_000, maximum=1e9))
        assert [(300, 100_000, 1)] == bands(moved(other, flat(10), value=4_000, maximum=1e9))
    rows = (flat(10), step(2_000, 5, 10), step(4_100, 20, 1))
    (first, end, row), (_, _, winner), (tip, _, _) = bands(moved(*rows, value=4_000, maximum=1e9))
    assert (300, 1, 0, 4_100) == (first, row, winner, tip)
    assert 2_000 == pytest.approx(end, rel=0.005)


def test_rows_that_differ_by_rounding_share_no_dial() -> None:
    """Or it would be striped."""
    rows = (line(0.6, 0.1), reordered(line(0.6, 0.1)))

    assert [(300, 100_000, 0)] == bands(moved(*rows, value=4_000, maximum=1e9, whole=True))


def test_a_border_is_looked_at_no_closer_than_it_is_drawn() -> None:
    """A dozen looks between two points are enough for half a per cent."""
    there, seen = counted(moved(flat(10), step(5_500, 20, 5), step(77_777, 20, 1), value=4_000, maximum=1e9))
    without, fewer = counted(moved(flat(10), step(5_500, 20, 5), step(177_777, 20, 1), value=4_000, maximum=1e9))

    assert [0, 1, 2] == [row for _, _, row in bands(there)]
    assert [0, 1] == [row for _, _, row in bands(without)]
    assert len(fewer) < len(seen) <= len(fewer) + 12


def test_a_dial_looks_at_nothing_twice() -> None:
    """What the search for tips has looked at is known, also where points of the scale fall together."""
    dimension, seen = counted(moved(flat(10), line(14, -0.5), value=4, maximum=1e9, whole=True))
    nearest_tips((dimension,), 3)
    searched = len(seen)
    dial(dimension)

    assert len(seen) == len(set(seen))
    assert searched < len(seen) < 40
    assert 4 not in seen
