"""A price's history in a line of text: in its days, from 0 up, and inside its frame."""

from datetime import date, timedelta
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from calculators.chart.sparkline import sparkline
from tests.chart.pictures import MODEST, outside, parsed, points

FIRST: Final = date(2024, 1, 1)
LAST: Final = date(2026, 1, 1)


def test_a_sparkline_halves_its_height_for_half_the_price() -> None:
    """Steps in their days, from 0 to the highest price, with a dot at the last one; a screen reader passes over it."""
    svg = sparkline([(FIRST, 4.0), (date(2025, 1, 1), 2.0)], FIRST, LAST)
    picture = parsed(svg)
    path = next(picture.iter("path")).attrib["d"]
    dot = next(picture.iter("circle"))

    assert [(2.5, 2.5), (45.1, 2.5), (45.1, 9.0), (87.5, 9.0)] == list(points(path))
    assert ("87.5", "9") == (dot.attrib["cx"], dot.attrib["cy"])
    assert "true" == picture.attrib["aria-hidden"]
    assert [] == outside(svg)


def test_a_sparkline_keeps_to_its_days() -> None:
    """What held on the first day holds from the left end, however old; what is announced for later is not drawn."""
    whole = sparkline([(FIRST, 4.0), (date(2025, 1, 1), 2.0)], FIRST, LAST)
    history = [(date(2020, 1, 1), 9.0), (date(2023, 1, 1), 4.0), (date(2025, 1, 1), 2.0), (date(2026, 1, 2), 8.0)]

    assert whole == sparkline(history, FIRST, LAST)


def test_a_sparkline_of_nothing_is_nothing() -> None:
    """A price that only begins later has no history yet; one that is free lies at the bottom."""
    assert "" == sparkline([(date(2026, 1, 2), 8.0)], FIRST, LAST)
    assert "M2.5 15.5H87.5" in sparkline([(FIRST, 0.0)], FIRST, LAST)


@MODEST
@given(
    series=st.dictionaries(st.integers(-400, 900), st.floats(0, 1000), min_size=1, max_size=12),
    days=st.integers(0, 800),
)
def test_any_sparkline_stays_in_its_line(series: dict[int, float], days: int) -> None:
    """Nothing leaves the frame."""
    steps = [(FIRST + timedelta(day), price) for day, price in sorted(series.items())]

    svg = sparkline(steps, FIRST, FIRST + timedelta(days))
    assert not svg or [] == outside(svg)
