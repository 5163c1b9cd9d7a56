"""
Months and rates: volumes that grow, prices that change, base models that are replaced.

Powers are repeated multiplication and roots are found by Newton's steps, so that every machine gives the same last
digit.
"""

from collections.abc import Iterable

from calculators.formulas.rounding import round_up
from calculators.formulas.units import HOURS_PER_MONTH, MONTHS_PER_YEAR, SECONDS_PER_HOUR
from calculators.vocabulary import Horizon, Hours, Months, Number, Rate, Requests, RequestsPerSecond, Usd


def monthly_rate(*, annual_rate: Rate) -> Rate:
    """
    Rate per month that compounds to a rate per year: (1 + rate)^(1/12) − 1.

    Args:
        annual_rate: Change in a year, as a fraction; −1 is a fall to nothing. [1]

    Returns:
        Change in a month, as a fraction. [1]

    >>> round(monthly_rate(annual_rate=0.1), 6)
    0.007974
    """
    factor = 1 + annual_rate
    # No twelfth root of a number above 0 lies above this start, and each of Newton's steps from above stays above:
    # the steps end when rounding stops them from falling.
    root = 1 + annual_rate / MONTHS_PER_YEAR
    while True:
        power = root
        for _ in range(MONTHS_PER_YEAR - 2):
            power *= root
        closer = root + (factor / power - root) / MONTHS_PER_YEAR
        if factor == 0 or closer >= root:
            return root - 1 if factor else -1
        root = closer


def requests_in_month(*, requests_per_month: Requests, monthly_growth: Rate, month: Horizon) -> Requests:
    """
    Requests in one month of a volume that grows or shrinks.

    Args:
        requests_per_month: Requests in the first month. [request]
        monthly_growth: Change from each month to the next, as a fraction. [1]
        month: Which month; the first is 1. [month]

    Returns:
        Requests in that month. [request]

    >>> requests_in_month(requests_per_month=1_000, monthly_growth=0.5, month=3)
    2250.0
    """
    requests = requests_per_month
    for _ in range(1, int(month)):
        requests *= 1 + monthly_growth
    return requests


def requests_by_month(*, requests_per_month: float, monthly_growth: float, months: int) -> tuple[float, ...]:
    """
    Requests in each month: `requests_in_month` for all of them.

    Args:
        requests_per_month: Requests in the first month. [request]
        monthly_growth: Change from each month to the next, as a fraction. [1]
        months: Months of the horizon. [month]

    Returns:
        Requests in each month. [request]

    >>> requests_by_month(requests_per_month=1_000, monthly_growth=0.5, months=3)
    (1000, 1500.0, 2250.0)
    """
    volumes = []
    volume = requests_per_month
    for _ in range(months):
        volumes.append(volume)
        volume *= 1 + monthly_growth
    return tuple(volumes)


def price_in_month(*, price: Usd, change_per_year: Rate, month: Horizon) -> Usd:
    """
    Price in one month of a price that drifts.

    Args:
        price: Price in the first month, for whatever unit it is for. [USD]
        change_per_year: Change in a year, as a fraction; −0.5 halves it. [1]
        month: Which month; the first is 1. [month]

    Returns:
        Price in that month, for the same unit. [USD]

    >>> round(price_in_month(price=10, change_per_year=-0.5, month=13), 6)
    5.0
    """
    factor = 1 + monthly_rate(annual_rate=change_per_year)
    for _ in range(1, int(month)):
        price *= factor
    return price


def price_levels(*, change_per_year: float, months: int) -> tuple[float, ...]:
    """
    Level of prices in each month, that of the first being 1: `price_in_month` for all of them.

    Args:
        change_per_year: Change in a year, as a fraction; −0.5 halves it. [1]
        months: Months of the horizon. [month]

    Returns:
        The level of each month. [1]

    >>> price_levels(change_per_year=0, months=3)
    (1.0, 1.0, 1.0)
    """
    change = 1 + monthly_rate(annual_rate=change_per_year)
    levels = []
    level = 1.0
    for _ in range(months):
        levels.append(level)
        level *= change
    return tuple(levels)


def base_model_changes(*, months: Months, model_life: Months) -> Months:
    """
    Changes of the base model within a horizon.

    One falls due at each multiple of the model's life. What falls on the last day of the horizon is not paid any more.

    Args:
        months: Months of the horizon. [month]
        model_life: Months that a base model is kept. [month]

    Returns:
        Changes strictly before the end. [1]

    Raises:
        ValueError: If a model is not kept at all.

    >>> base_model_changes(months=12, model_life=9), base_model_changes(months=12, model_life=12)
    (1, 0)
    """
    if model_life == 0:
        raise ValueError("a model that is kept for 0 months is changed without end")
    return max(0, round_up(months / model_life, endless="models follow each other without end") - 1)


def change_months(*, model_life: int, forced: Iterable[int], months: int) -> tuple[int, ...]:
    """
    Months after which the base model is changed: those that `base_model_changes` counts, and those that are forced.

    Args:
        model_life: Months that a base model is kept. [month]
        forced: Months after which a retirement forces a change. [month]
        months: Months of the horizon. [month]

    Returns:
        The months, in order, all before the end; two changes in one month are one. [month]

    >>> change_months(model_life=9, forced=(), months=12), change_months(model_life=12, forced=(5,), months=24)
    ((9,), (5, 12))
    """
    planned = set(range(model_life, months, model_life))
    return tuple(sorted(planned | {month for month in forced if month < months}))


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
