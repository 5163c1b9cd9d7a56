"""Months: growth, drift and change compound the way the model says."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import base_model_changes, monthly_rate, price_in_month, requests_in_month
from calculators.formulas.bills import requests_over

MODEST: Final = settings(max_examples=50, derandomize=True, deadline=None, database=None)


@MODEST
@given(annual=st.floats(-0.999, 50))
def test_twelve_months_make_the_year(annual: float) -> None:
    """The monthly rate, compounded twelve times, is the annual rate."""
    factor = 1.0
    for _ in range(12):
        factor *= 1 + monthly_rate(annual_rate=annual)

    assert factor == pytest.approx(1 + annual, rel=1e-10)


@pytest.mark.parametrize("rate", [0, -1])
def test_no_change_and_loss_of_all_are_exact(rate: float) -> None:
    """Nothing becomes nothing at once, and a rate of 0 leaves every digit alone."""
    assert rate == monthly_rate(annual_rate=rate)


def test_first_month_is_the_volume_as_entered() -> None:
    """Growth begins after the first month."""
    assert requests_in_month(requests_per_month=50_000, monthly_growth=0.1, month=1) == 50_000
    assert requests_in_month(requests_per_month=50_000, monthly_growth=0.1, month=2) == pytest.approx(55_000)


@MODEST
@given(growth=st.floats(-1, 1), months=st.integers(0, 60))
def test_horizon_is_the_sum_of_its_months(growth: float, months: int) -> None:
    """The total and the months that a table shows cannot disagree."""
    total = sum(
        requests_in_month(requests_per_month=1_000, monthly_growth=growth, month=month)
        for month in range(1, months + 1)
    )

    assert requests_over(requests_per_month=1_000, monthly_growth=growth, months=months) == pytest.approx(
        total, rel=1e-12
    )


def test_price_falls_to_half_in_a_year() -> None:
    """At −50 % a year the thirteenth month is at half the price, and the first at all of it."""
    assert price_in_month(price=8, change_per_year=-0.5, month=1) == 8
    assert price_in_month(price=8, change_per_year=-0.5, month=13) == pytest.approx(4)


@pytest.mark.parametrize(
    ("months", "life", "changes"), [(0, 6, 0), (12, 9, 1), (12, 12, 0), (13, 12, 1), (24, 9, 2), (36, 12, 2), (3, 1, 2)]
)
def test_change_on_the_last_day_is_not_paid(months: int, life: int, changes: int) -> None:
    """Only changes strictly before the end of the horizon count."""
    assert changes == base_model_changes(months=months, model_life=life)
