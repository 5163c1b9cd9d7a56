"""
Break-evens as bills tell them: at which volume, after how many months, days or requests.

Where the honest answer is *never*, a formula returns `math.inf`.
"""

import math

from calculators.formulas.tokens import request_cost
from calculators.formulas.units import TOKENS_PER_MILLION
from calculators.vocabulary import Number, PriceUnit, Requests, SignedUsd, TokenPrice, Tokens, Usd


def break_even_volume(
    *,
    fixed_cost: Usd,
    marginal_cost: Usd,
    other_marginal_cost: Usd,
    other_fixed_cost: Usd = 0,
    units_per_marginal_cost: Number = 1,
) -> Number:
    """
    Volume at which two options cost the same.

    Below it, the option with less fixed cost is the cheaper one; above it, the option with less cost at the margin.

    Args:
        fixed_cost: What one option costs at no volume at all. [USD]
        marginal_cost: What that option costs per unit of volume. [USD]
        other_marginal_cost: What the other option costs per unit of volume. [USD]
        other_fixed_cost: What the other option costs at no volume at all. [USD]
        units_per_marginal_cost: Units that both marginal costs are for, such as a million tokens. [1]

    Returns:
        The volume, in the unit of the marginal costs. 0 if the fixed costs are the same; `math.inf` if one option is
        cheaper at every volume. [1]

    Sources:
        be-agentbeck-68558: $100 of training against $0.01 and $0.001 a call break even at some 11,000 calls.

    >>> break_even_volume(fixed_cost=100, marginal_cost=0.25, other_marginal_cost=0.5)
    400.0
    """
    fixed_difference = fixed_cost - other_fixed_cost
    if fixed_difference == 0:
        return 0
    marginal_difference = other_marginal_cost - marginal_cost
    if marginal_difference == 0 or (fixed_difference > 0) != (marginal_difference > 0):
        return math.inf
    return fixed_difference / marginal_difference * units_per_marginal_cost


def payback_months(*, setup_cost: Usd, monthly_saving: SignedUsd) -> Number:
    """
    Months until savings equal the set-up.

    Args:
        setup_cost: What is paid once. [USD]
        monthly_saving: What is saved in each month after it. [USD]

    Returns:
        Months, not rounded. 0 if nothing is paid; `math.inf` if nothing is saved. [month]

    Sources:
        be-calcintel-payback: $2,000 at $500 a month takes 4 months.

    >>> payback_months(setup_cost=2_000, monthly_saving=500)
    4.0
    """
    if setup_cost == 0:
        return 0
    if monthly_saving <= 0:
        return math.inf
    return setup_cost / monthly_saving


def volume_saving(*, requests: Requests, cost_before: Usd, cost_after: Usd) -> SignedUsd:
    """
    What a cheaper request saves at a volume.

    Args:
        requests: Requests in a period. [request]
        cost_before: Cost of a request before. [USD]
        cost_after: Cost of a request after. [USD]

    Returns:
        Saving in the period; below 0 where requests have become dearer. [USD]

    Sources:
        be-agentbeck-31639: 100,000 calls at $0.00075 in place of $0.0075 save $675 a day.

    >>> volume_saving(requests=1_000, cost_before=0.5, cost_after=0.25)
    250.0
    """
    return requests * (cost_before - cost_after)


def payback_periods(*, setup_cost: Usd, requests_per_period: Requests, cost_before: Usd, cost_after: Usd) -> Number:
    """
    Periods until cheaper requests have paid for a set-up.

    Args:
        setup_cost: What is paid once. [USD]
        requests_per_period: Requests in a period: a day, a month. [request]
        cost_before: Cost of a request before. [USD]
        cost_after: Cost of a request after. [USD]

    Returns:
        Periods, not rounded. 0 if nothing is paid; `math.inf` if nothing is saved. [1]

    Sources:
        be-tendril-quiz: $5,000 against $0.0015 a call at 10,000 calls a day takes 333 days.

    >>> payback_periods(setup_cost=1_000, requests_per_period=1_000, cost_before=0.5, cost_after=0.25)
    4.0
    """
    return payback_months(
        setup_cost=setup_cost,
        monthly_saving=volume_saving(requests=requests_per_period, cost_before=cost_before, cost_after=cost_after),
    )


def shorter_prompt_saving(
    *,
    tokens_before: Tokens,
    price_before: TokenPrice,
    tokens_after: Tokens,
    price_after: TokenPrice,
    output_tokens: Tokens = 0,
    output_price_before: TokenPrice = 0,
    output_price_after: TokenPrice = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> SignedUsd:
    """
    What a request saves with a prompt of another length, at another price.

    Tuning shortens the prompt and raises the price of what is left of it, and of every token of the answer: leave the
    answer out only where its price stays.

    Args:
        tokens_before: Tokens of the prompt before. [token]
        price_before: Price of input before. [USD per price unit]
        tokens_after: Tokens of the prompt after. [token]
        price_after: Price of input after. [USD per price unit]
        output_tokens: Tokens of the answer, before and after. [token]
        output_price_before: Price of output before. [USD per price unit]
        output_price_after: Price of output after. [USD per price unit]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Saving per request; below 0 where it has become dearer. [USD]

    >>> shorter_prompt_saving(tokens_before=3_000, price_before=1, tokens_after=500, price_after=2)
    0.002
    """
    before = request_cost(
        input_tokens=tokens_before,
        output_tokens=output_tokens,
        input_price=price_before,
        output_price=output_price_before,
        tokens_per_price_unit=tokens_per_price_unit,
    )
    after = request_cost(
        input_tokens=tokens_after,
        output_tokens=output_tokens,
        input_price=price_after,
        output_price=output_price_after,
        tokens_per_price_unit=tokens_per_price_unit,
    )
    return before - after


def shorter_prompt_payback(
    *,
    setup_cost: Usd,
    tokens_before: Tokens,
    price_before: TokenPrice,
    tokens_after: Tokens,
    price_after: TokenPrice,
    output_tokens: Tokens = 0,
    output_price_before: TokenPrice = 0,
    output_price_after: TokenPrice = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Requests:
    """
    Requests until a prompt of another length, at another price, has paid for what it took to get there.

    Args:
        setup_cost: What is paid once, such as the training. [USD]
        tokens_before: Tokens of the prompt before. [token]
        price_before: Price of input before. [USD per price unit]
        tokens_after: Tokens of the prompt after. [token]
        price_after: Price of input after. [USD per price unit]
        output_tokens: Tokens of the answer, before and after. [token]
        output_price_before: Price of output before. [USD per price unit]
        output_price_after: Price of output after. [USD per price unit]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Requests, not rounded. 0 if nothing is paid; `math.inf` if nothing is saved. [request]

    >>> shorter_prompt_payback(setup_cost=100, tokens_before=3_000, price_before=1, tokens_after=500, price_after=2)
    50000.0
    """
    return payback_months(
        setup_cost=setup_cost,
        monthly_saving=shorter_prompt_saving(
            tokens_before=tokens_before,
            price_before=price_before,
            tokens_after=tokens_after,
            price_after=price_after,
            output_tokens=output_tokens,
            output_price_before=output_price_before,
            output_price_after=output_price_after,
            tokens_per_price_unit=tokens_per_price_unit,
        ),
    )
