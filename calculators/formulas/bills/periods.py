"""Volumes as bills tell them: over a whole horizon, and by the second."""

from calculators.formulas.units import HOURS_PER_MONTH, SECONDS_PER_HOUR
from calculators.vocabulary import Horizon, Hours, Number, Rate, Requests


def requests_over(*, requests_per_month: Requests, monthly_growth: Rate, months: Horizon) -> Requests:
    """
    Requests in all months of a horizon.

    Args:
        requests_per_month: Requests in the first month. [request]
        monthly_growth: Change from each month to the next, as a fraction. [1]
        months: Months of the horizon. [month]

    Returns:
        Requests in all of them. [request]

    >>> requests_over(requests_per_month=1_000, monthly_growth=0.5, months=3)
    4750.0
    """
    requests = requests_per_month
    total: float = 0
    for _ in range(int(months)):
        total += requests
        requests *= 1 + monthly_growth
    return total


def requests_at_rate(*, requests_per_second: Number, hours: Hours = HOURS_PER_MONTH) -> Requests:
    """
    A rate as a volume.

    Args:
        requests_per_second: Mean rate. [request per second]
        hours: Length of the time: a month where none is given. [hour]

    Returns:
        Requests in that time. [request]

    >>> requests_at_rate(requests_per_second=2, hours=1)
    7200
    """
    return requests_per_second * hours * SECONDS_PER_HOUR
