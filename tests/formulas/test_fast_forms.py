"""Fast forms: all months at once are the months one by one, to the last digit."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import (
    base_model_changes,
    change_months,
    npv,
    npv_of_payments,
    present_value,
    price_in_month,
    price_levels,
    requests_by_month,
    requests_in_month,
)

MODEST: Final = settings(max_examples=100, derandomize=True, deadline=None, database=None)
horizons: Final = st.integers(0, 60)
rates: Final = st.floats(0, 1)
payments: Final = st.floats(-1e9, 1e9)


@MODEST
@given(requests=st.floats(0, 1e9), growth=st.floats(-0.5, 1), months=horizons)
def test_requests_of_all_months(requests: float, growth: float, months: int) -> None:
    """Growth compounds by the same multiplications."""
    each = [
        requests_in_month(requests_per_month=requests, monthly_growth=growth, month=month)
        for month in range(1, months + 1)
    ]

    assert tuple(each) == requests_by_month(requests_per_month=requests, monthly_growth=growth, months=months)


@MODEST
@given(change=st.floats(-1, 1), months=horizons)
def test_price_levels_of_all_months(change: float, months: int) -> None:
    """A level is the price of what costs 1 in the first month."""
    each = [price_in_month(price=1, change_per_year=change, month=month) for month in range(1, months + 1)]

    assert tuple(each) == price_levels(change_per_year=change, months=months)


@MODEST
@given(life=st.integers(1, 120), months=horizons)
def test_changes_are_as_many_as_counted(life: int, months: int) -> None:
    """With none forced, there are as many as the term counts, one at each multiple of the model's life."""
    changes = change_months(model_life=life, forced=(), months=months)

    assert len(changes) == base_model_changes(months=months, model_life=life)
    assert changes == tuple(life * count for count in range(1, len(changes) + 1))


@MODEST
@given(life=st.integers(1, 120), forced=st.lists(st.integers(0, 80)), months=horizons)
def test_forced_changes_are_added_once(life: int, forced: list[int], months: int) -> None:
    """A retirement within the horizon is one more change, unless the model is changed in that month anyway."""
    planned = change_months(model_life=life, forced=(), months=months)
    changes = change_months(model_life=life, forced=forced, months=months)

    assert list(changes) == sorted({*planned, *(month for month in forced if month < months)})


@MODEST
@given(setup=st.floats(0, 1e9), saving=payments, months=horizons, rate=rates)
def test_like_payments_are_worth_what_the_term_says(setup: float, saving: float, months: int, rate: float) -> None:
    """A set-up and the same saving every month, one by one, have the net present value of the term."""
    worth = npv_of_payments(payments=(-setup, *[saving] * months), discount_rate=rate)
    expected = npv(setup_cost=setup, monthly_saving=saving, months=months, discount_rate=rate)

    assert worth == pytest.approx(expected, rel=1e-12, abs=1e-12 * (setup + abs(saving) * months))


@MODEST
@given(paid=st.lists(payments, max_size=37), rate=rates)
def test_each_payment_counts_in_its_month(paid: list[float], rate: float) -> None:
    """The first is paid at once, each of the others a month after the one before it."""
    total = 0.0
    for month, amount in enumerate(paid):
        total += present_value(amount=amount, months=month, discount_rate=rate)

    assert total == npv_of_payments(payments=paid, discount_rate=rate)
