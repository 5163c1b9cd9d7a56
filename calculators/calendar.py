"""Days and months: how many lie between two days, which day it is some months later, and how a sentence says one."""

from datetime import date, timedelta
from typing import Final

_MONTHS: Final = 12
"""Months of a year."""


def month_after(start: date, months: int) -> date:
    """
    Return the same day a number of months later, or the last day of that month where it is shorter.

    >>> month_after(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    next_year, next_month = divmod(year * _MONTHS + month + 1, _MONTHS)
    last_day = (date(next_year, next_month + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last_day))


def months_between(start: date, end: date) -> int:
    """
    Whole months from one day to another. [month]

    >>> months_between(date(2026, 11, 24), date(2027, 2, 23)), months_between(date(2026, 11, 24), date(2027, 2, 24))
    (2, 3)
    """
    months = (end.year - start.year) * _MONTHS + end.month - start.month
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
