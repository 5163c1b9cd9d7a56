"""
Figures that decide: what answers are worth, what later amounts are worth today, and what people, machines of your own
and a whole horizon cost.

Where the honest answer is *never*, a formula returns `math.inf`.
"""

import math
from collections.abc import Iterable

from calculators.formulas.periods import monthly_rate
from calculators.vocabulary import Count, Horizon, Hours, Months, Number, Requests, Share, SignedUsd, Usd, UsdPerHour


def success_value(*, cases: Requests, accuracy: Share, value_per_success: Usd) -> Usd:
    """
    What the right answers are worth.

    Args:
        cases: Cases that are answered. [request]
        accuracy: Share answered rightly. [0–1]
        value_per_success: What a right answer is worth. [USD]

    Returns:
        Worth of all right answers. [USD]

    Sources:
        be-openai-accuracy: 1,000 cases, 81.5 % right, $20 each, are worth $16,300.

    >>> success_value(cases=1_000, accuracy=0.75, value_per_success=2)
    1500.0
    """
    return cases * accuracy * value_per_success


def failure_cost(*, cases: Requests, accuracy: Share, loss_per_failure: Usd, share_of_failures: Share = 1) -> Usd:
    """
    What the wrong answers cost, or one kind of them.

    Args:
        cases: Cases that are answered. [request]
        accuracy: Share answered rightly. [0–1]
        loss_per_failure: What a wrong answer of this kind costs. [USD]
        share_of_failures: Share of the wrong answers that is of this kind. [0–1]

    Returns:
        Cost of those wrong answers. [USD]

    Sources:
        be-openai-accuracy: 1,000 cases, 18.5 % wrong, 5 % of those at $1,000, cost $9,250.

    >>> failure_cost(cases=1_000, accuracy=0.75, loss_per_failure=8, share_of_failures=0.5)
    1000.0
    """
    return cases * (1 - accuracy) * share_of_failures * loss_per_failure


def value_of_accuracy(
    *,
    cases: Requests,
    accuracy: Share,
    value_per_success: Usd,
    loss_per_failure: Usd,
    severe_share: Share = 0,
    severe_loss: Usd = 0,
) -> SignedUsd:
    """
    What answers of a certain accuracy are worth, the wrong ones paid for.

    A share of the failures is severe and has a loss of its own, such as a customer who leaves.

    Args:
        cases: Cases that are answered. [request]
        accuracy: Share answered rightly. [0–1]
        value_per_success: What a right answer is worth. [USD]
        loss_per_failure: What an ordinary wrong answer costs. [USD]
        severe_share: Share of the wrong answers that is severe. [0–1]
        severe_loss: What a severe one costs. [USD]

    Returns:
        Worth of the right answers, less the cost of the wrong ones. [USD]

    Sources:
        be-openai-accuracy: $16,300 less $7,030 and $9,250 leaves $20.

    >>> value_of_accuracy(cases=1_000, accuracy=0.75, value_per_success=2, loss_per_failure=4)
    500.0
    """
    ordinary = failure_cost(
        cases=cases, accuracy=accuracy, loss_per_failure=loss_per_failure, share_of_failures=1 - severe_share
    )
    severe = failure_cost(cases=cases, accuracy=accuracy, loss_per_failure=severe_loss, share_of_failures=severe_share)
    return success_value(cases=cases, accuracy=accuracy, value_per_success=value_per_success) - ordinary - severe


def break_even_accuracy(
    *, value_per_success: Usd, loss_per_failure: Usd, severe_share: Share = 0, severe_loss: Usd = 0
) -> Share:
    """
    Accuracy at which right answers are worth what wrong ones cost.

    Args:
        value_per_success: What a right answer is worth. [USD]
        loss_per_failure: What an ordinary wrong answer costs. [USD]
        severe_share: Share of the wrong answers that is severe. [0–1]
        severe_loss: What a severe one costs. [USD]

    Returns:
        The accuracy; 0 where wrong answers cost nothing. [0–1]

    Sources:
        be-openai-accuracy: $20 a success against $40 and, in 5 % of failures, $1,000 break even at 81.5 %.

    >>> break_even_accuracy(value_per_success=1, loss_per_failure=3)
    0.75
    """
    loss = (1 - severe_share) * loss_per_failure + severe_share * severe_loss
    if loss == 0:
        return 0
    return loss / (value_per_success + loss)


def cost_per_accepted_answer(
    *, marginal_cost: Usd, success_rate: Share, loss_per_failure: Usd = 0, caught_share: Share = 0
) -> Usd:
    """
    Cost of an answer, the failures counted.

    A failure is either caught, and then the request is sent again, or it is shipped, and then its loss is paid.
    With none caught this is the marginal cost + (1 − success rate) × loss; with all caught, the marginal cost ÷
    success rate.

    Args:
        marginal_cost: Cost of one request. [USD]
        success_rate: Share of answers that are right. [0–1]
        loss_per_failure: Loss when a wrong answer is shipped. [USD]
        caught_share: Share of wrong answers that are caught and sent again. [0–1]

    Returns:
        Cost per answer. `math.inf` if all are wrong and all are caught: none is ever accepted. [USD]

    >>> cost_per_accepted_answer(marginal_cost=3, success_rate=0.75, loss_per_failure=8)
    5.0
    >>> cost_per_accepted_answer(marginal_cost=3, success_rate=0.75, caught_share=1)
    4.0
    """
    failure_rate = 1 - success_rate
    settled_share = 1 - failure_rate * caught_share
    if settled_share == 0:
        return math.inf
    return (marginal_cost + failure_rate * (1 - caught_share) * loss_per_failure) / settled_share


def present_value(*, amount: SignedUsd, months: Horizon, discount_rate: Share) -> SignedUsd:
    """
    What an amount of a later month is worth today.

    Args:
        amount: The amount. [USD]
        months: Months until it is paid or received. [month]
        discount_rate: Discount for a year, as a fraction. [0–1]

    Returns:
        Its worth at month 0. [USD]

    >>> round(present_value(amount=110, months=12, discount_rate=0.1), 6)
    100.0
    """
    factor = 1 + monthly_rate(annual_rate=discount_rate)
    for _ in range(int(months)):
        amount /= factor
    return amount


def npv(*, setup_cost: Usd, monthly_saving: SignedUsd, months: Horizon, discount_rate: Share) -> SignedUsd:
    """
    Net present value of a set-up that saves the same every month.

    The set-up is paid at month 0, each month's saving comes at the month's end.

    Args:
        setup_cost: What is paid once. [USD]
        monthly_saving: What each month saves; below 0 where it costs more. [USD]
        months: Months of the horizon. [month]
        discount_rate: Discount for a year, as a fraction. [0–1]

    Returns:
        Savings less set-up, at month 0. [USD]

    >>> npv(setup_cost=1_000, monthly_saving=100, months=12, discount_rate=0)
    200.0
    """
    factor = 1 + monthly_rate(annual_rate=discount_rate)
    worth = monthly_saving
    total: float = 0
    for _ in range(int(months)):
        worth /= factor
        total += worth
    return total - setup_cost


def npv_of_payments(*, payments: Iterable[float], discount_rate: float) -> float:
    """
    Net present value of payments that differ from month to month: `npv`, where no two months need be alike.

    Args:
        payments: What is paid at month 0, at the end of the first month, and so on. [USD]
        discount_rate: Discount for a year, as a fraction. [0–1]

    Returns:
        What all of them are worth at month 0. [USD]

    >>> npv_of_payments(payments=(-1_000, 600, 500), discount_rate=0)
    100.0
    """
    factor = 1 + monthly_rate(annual_rate=discount_rate)
    total = 0.0
    for month, payment in enumerate(payments):
        amount = payment
        for _ in range(month):
            amount /= factor
        total += amount
    return total


def total_cost_of_ownership(
    *,
    setup_cost: Usd,
    monthly_cost: Usd,
    months: Months,
    marginal_cost: Usd = 0,
    requests: Requests = 0,
    cost_per_change: Usd = 0,
    changes: Count = 0,
    exit_cost: Usd = 0,
) -> Usd:
    """
    What an option costs over a horizon.

    Args:
        setup_cost: What is paid once, at the start. [USD]
        monthly_cost: What is paid in every month, used or not. [USD]
        months: Months of the horizon. [month]
        marginal_cost: What one request adds. [USD]
        requests: Requests in the whole horizon. [request]
        cost_per_change: What one change of the base model costs. [USD]
        changes: Changes of the base model within the horizon. [1]
        exit_cost: What leaving costs, where it is to be counted. [USD]

    Returns:
        Total over the horizon. [USD]

    >>> total_cost_of_ownership(
    ...     setup_cost=5_000,
    ...     monthly_cost=100,
    ...     months=12,
    ...     marginal_cost=0.5,
    ...     requests=1_000,
    ...     cost_per_change=300,
    ...     changes=1,
    ... )
    7000.0
    """
    return setup_cost + monthly_cost * months + marginal_cost * requests + cost_per_change * changes + exit_cost


def people_cost(
    *, price_per_hour: UsdPerHour, setup_hours: Hours = 0, hours_per_month: Hours = 0, months: Months = 0
) -> Usd:
    """
    What your team's time costs.

    Args:
        price_per_hour: Cost of an hour to the employer. [USD per hour]
        setup_hours: Hours spent once. [hour]
        hours_per_month: Hours spent in every month. [hour]
        months: Months of the horizon. [month]

    Returns:
        Cost of the time. [USD]

    >>> people_cost(price_per_hour=50, setup_hours=40, hours_per_month=4, months=12)
    4400
    """
    return price_per_hour * (setup_hours + hours_per_month * months)


def overhead_cost(*, cost: Usd, overhead_share: Share, units: Number = 1) -> Usd:
    """
    What comes on top of a cost: network, disks, monitoring, administration.

    Args:
        cost: The cost that it comes on top of, or the cost of one unit. [USD]
        overhead_share: Overhead as a share of that cost. [0–1]
        units: Units of it, such as hours at an hourly price. [1]

    Returns:
        The overhead alone. [USD]

    Sources:
        serve-induwara-api: 15 % on $1.19 an hour over 729.6 hours is $130.23.

    >>> overhead_cost(cost=200, overhead_share=0.25)
    50.0
    """
    return cost * units * overhead_share


def owned_hardware_cost_per_month(
    *,
    purchase_price: Usd,
    life_months: Months,
    resale_value: Usd = 0,
    overhead_share: Share = 0,
    kilowatts: Number = 0,
    price_per_kilowatt_hour: Usd = 0,
    hours_per_month: Hours = 0,
    other_cost_per_month: Usd = 0,
) -> SignedUsd:
    """
    What a machine of your own costs in a month.

    Args:
        purchase_price: Price of the machine. [USD]
        life_months: Months that it is used. [month]
        resale_value: What it brings afterwards. [USD]
        overhead_share: Space, network and repairs, as a share of the price. [0–1]
        kilowatts: Power that it draws, cooling included. [kilowatt]
        price_per_kilowatt_hour: Price of electricity. [USD per kilowatt-hour]
        hours_per_month: Hours that it draws power. [hour]
        other_cost_per_month: Anything else that falls due every month. [USD]

    Returns:
        Cost in a month; below 0 only if it sells for more than it cost. [USD]

    Raises:
        ValueError: If it is not used at all.

    >>> owned_hardware_cost_per_month(purchase_price=36_000, life_months=36, overhead_share=0.25)
    1250.0
    """
    if life_months == 0:
        raise ValueError("a machine that is used for 0 months has no monthly cost")
    return (
        (purchase_price * (1 + overhead_share) - resale_value) / life_months
        + kilowatts * hours_per_month * price_per_kilowatt_hour
        + other_cost_per_month
    )
