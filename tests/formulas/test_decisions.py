"""Figures that decide: break-evens are where two costs are really equal, and never is said where it is never."""

import math
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calculators.formulas import (
    break_even_accuracy,
    cost_per_accepted_answer,
    npv,
    owned_hardware_cost_per_month,
    people_cost,
    present_value,
    total_cost_of_ownership,
    value_of_accuracy,
)
from calculators.formulas.bills import break_even_volume, payback_months, payback_periods

MODEST: Final = settings(max_examples=100, derandomize=True, deadline=None, database=None)
amounts: Final = st.floats(0.01, 100_000)
prices: Final = st.floats(0.000_01, 1)


@MODEST
@given(fixed=amounts, other_fixed=amounts, marginal=prices, other_marginal=prices)
def test_costs_are_equal_at_the_break_even_volume(
    fixed: float, other_fixed: float, marginal: float, other_marginal: float
) -> None:
    """Put back in, the volume makes both options cost the same."""
    volume = break_even_volume(
        fixed_cost=fixed, marginal_cost=marginal, other_fixed_cost=other_fixed, other_marginal_cost=other_marginal
    )
    assume(volume < 1e12)
    cost, other_cost = (
        total_cost_of_ownership(setup_cost=setup, monthly_cost=0, months=0, marginal_cost=request, requests=volume)
        for setup, request in ((fixed, marginal), (other_fixed, other_marginal))
    )

    assert cost == pytest.approx(other_cost, rel=1e-9)


@MODEST
@given(fixed=amounts, other_fixed=amounts, marginal=prices, other_marginal=prices, volume=st.floats(0, 1e9))
def test_never_means_at_no_volume(
    fixed: float, other_fixed: float, marginal: float, other_marginal: float, volume: float
) -> None:
    """Where no volume is given, one option is the cheaper one everywhere."""
    assume(
        break_even_volume(
            fixed_cost=fixed, marginal_cost=marginal, other_fixed_cost=other_fixed, other_marginal_cost=other_marginal
        )
        == math.inf
    )

    assert (fixed < other_fixed) == (fixed + marginal * volume < other_fixed + other_marginal * volume)


def test_same_fixed_cost_breaks_even_at_nothing() -> None:
    """Two options that start level part at once, or never part."""
    assert break_even_volume(fixed_cost=5, marginal_cost=1, other_fixed_cost=5, other_marginal_cost=2) == 0
    assert break_even_volume(fixed_cost=5, marginal_cost=1, other_fixed_cost=5, other_marginal_cost=1) == 0
    assert break_even_volume(fixed_cost=5, marginal_cost=1, other_fixed_cost=4, other_marginal_cost=1) == math.inf


@pytest.mark.parametrize(
    ("setup", "saving", "months"), [(0, 0, 0), (0, -5, 0), (100, 0, math.inf), (100, -5, math.inf), (100, 8, 12.5)]
)
def test_payback_says_never(setup: float, saving: float, months: float) -> None:
    """Nothing paid is paid back at once; nothing saved never pays back."""
    assert months == payback_months(setup_cost=setup, monthly_saving=saving)


def test_payback_without_requests_is_never() -> None:
    """No saving per request helps where there are no requests."""
    assert math.inf == payback_periods(setup_cost=100, requests_per_period=0, cost_before=2, cost_after=1)


@MODEST
@given(value=amounts, loss=amounts, severe=amounts, share=st.floats(0, 1))
def test_answers_are_worth_nothing_at_the_break_even_accuracy(
    value: float, loss: float, severe: float, share: float
) -> None:
    """Put back in, the accuracy makes right answers worth what wrong ones cost."""
    accuracy = break_even_accuracy(
        value_per_success=value, loss_per_failure=loss, severe_share=share, severe_loss=severe
    )
    worth = value_of_accuracy(
        cases=1,
        accuracy=accuracy,
        value_per_success=value,
        loss_per_failure=loss,
        severe_share=share,
        severe_loss=severe,
    )

    assert worth == pytest.approx(0, abs=1e-9 * (value + loss + severe))


def test_harmless_failures_break_even_at_no_accuracy() -> None:
    """Where a wrong answer costs nothing, any right one is a gain."""
    assert break_even_accuracy(value_per_success=0, loss_per_failure=0) == 0


@pytest.mark.parametrize(
    ("success", "caught", "cost"), [(1, 0, 2), (0.8, 0, 4), (0.8, 1, 2.5), (0, 0, 12), (0, 1, math.inf), (1, 1, 2)]
)
def test_failures_are_shipped_or_sent_again(success: float, caught: float, cost: float) -> None:
    """Shipped: the request and its share of a loss of 10. Caught: as many requests as it takes. All wrong: never."""
    answer = cost_per_accepted_answer(marginal_cost=2, success_rate=success, loss_per_failure=10, caught_share=caught)

    assert answer == pytest.approx(cost)


def test_set_up_is_paid_today_and_savings_come_later() -> None:
    """Undiscounted, a year of savings is its sum; discounted, each month is worth its present value."""
    plain = npv(setup_cost=1_000, monthly_saving=100, months=12, discount_rate=0)
    discounted = npv(setup_cost=1_000, monthly_saving=100, months=12, discount_rate=0.1)
    months = (present_value(amount=100, months=month, discount_rate=0.1) for month in range(1, 13))

    assert plain == 200
    assert discounted == pytest.approx(sum(months) - 1_000)
    assert discounted < plain


def test_empty_horizon_still_costs_its_set_up() -> None:
    """No month, no request: what was paid once stays paid."""
    assert total_cost_of_ownership(setup_cost=5_000, monthly_cost=100, months=0) == 5_000
    assert people_cost(price_per_hour=93.39, setup_hours=40) == pytest.approx(3_735.6)


def test_every_line_of_ownership_counts() -> None:
    """Set-up, months, requests, changes and leaving are added once each."""
    total = total_cost_of_ownership(
        setup_cost=1,
        monthly_cost=10,
        months=2,
        marginal_cost=100,
        requests=3,
        cost_per_change=1_000,
        changes=4,
        exit_cost=50_000,
    )

    assert total == 54_321


def test_owned_machine_is_its_wear_its_upkeep_and_its_power() -> None:
    """
    What it loses in value and a share of its price for upkeep, spread over its life;
    and the electricity it draws.
    """
    month = owned_hardware_cost_per_month(
        purchase_price=36_000,
        life_months=30,
        resale_value=6_000,
        overhead_share=0.1,
        kilowatts=2,
        price_per_kilowatt_hour=0.25,
        hours_per_month=730,
        other_cost_per_month=35,
    )

    assert month == pytest.approx(1_000 + 120 + 365 + 35)
