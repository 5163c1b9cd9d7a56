"""Volumes as bills tell them: over a whole horizon, and by the second."""

from calculators.formulas.units import HOURS_PER_MONTH, SECONDS_PER_HOUR
from calculators.vocabulary import Horizon, Hours, Number, Rate, Requests, RequestsPerSecond


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


def requests_per_second(
    *, requests: Requests, hours: Hours = HOURS_PER_MONTH, peak_to_mean: Number = 1
) -> RequestsPerSecond:
    """
    A volume as a rate.

    Args:
        requests: Requests in that time. [request]
        hours: Length of the time: a month where none is given. [hour]
        peak_to_mean: Load at the peak as a multiple of the mean, where the rate at the peak is wanted. [1]

    Returns:
        Rate. [request per second]

    Raises:
        ValueError: If the time has no length.

    >>> requests_per_second(requests=7_200, hours=1, peak_to_mean=3)
    6.0
    """
    if hours == 0:
        raise ValueError("in 0 hours there is no rate")
    return requests / (hours * SECONDS_PER_HOUR) * peak_to_mean


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
