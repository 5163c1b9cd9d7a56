"""Days and months: when a month later is, how many months lie between two days, and how a sentence says a date."""

from datetime import date, timedelta
from typing import Final

MONTHS_PER_YEAR: Final = 12


def month_after(start: date, months: int) -> date:
    """
    Return the same day a number of months later, or the last day of that month where it is shorter.

    >>> month_after(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(start.year * MONTHS_PER_YEAR + start.month - 1 + months, MONTHS_PER_YEAR)
    next_year, next_month = divmod(year * MONTHS_PER_YEAR + month + 1, MONTHS_PER_YEAR)
    last_day = (date(next_year, next_month + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last_day))


def months_between(start: date, end: date) -> int:
    """
    Return how many whole months lie between two days. [month]

    >>> months_between(date(2026, 11, 24), date(2027, 1, 23))
    1
    """
    months = (end.year - start.year) * MONTHS_PER_YEAR + end.month - start.month
    return months - 1 if end.day < start.day else months


def say_month(day: date) -> str:
    """
    Write the month of a day as a sentence says it.

    >>> say_month(date(2026, 11, 24))
    'November 2026'
    """
    return f"{day:%B} {day.year}"


def say_date(day: date) -> str:
    """
    Write a date as a sentence says it.

    >>> say_date(date(2026, 11, 24))
    '24 November 2026'
    """
    return f"{day.day} {say_month(day)}"
