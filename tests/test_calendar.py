"""Days and months: which day a month begins on, and how many whole months lie between two days."""

from datetime import date, timedelta

import pytest

from calculators.calendar import month_after, months_between


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 24), 1, date(2026, 12, 24)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 10, 31), 14, date(2027, 12, 31)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start: date, months: int, expected: date) -> None:
    """Counting from the start each time: a short month does not move the days after it."""
    assert month_after(start, months) == expected


@pytest.mark.parametrize("start", [date(2026, 11, 24), date(2026, 10, 31), date(2028, 2, 29)])
def test_months_between_counts_back_what_month_after_counted(start: date) -> None:
    """A month is whole on the day on which the next one begins, and not on the day before."""
    for months in range(1, 40):
        day = month_after(start, months)
        if day.day == start.day:
            assert months_between(start, day) == months
        assert months_between(start, day - timedelta(days=1)) == months - 1
