"""
Sums of any kind: lines that add up, volumes, minimums, requests told in one figure, and how soon a set-up is paid back.

Where the honest answer is *never*, a formula returns `math.inf`.
"""

import math

from calculators.formulas.retrieval import retrieved_tokens
from calculators.formulas.tokens import long_prompt_multiple, request_cost, token_cost
from calculators.formulas.units import TOKENS_PER_MILLION
from calculators.vocabulary import (
    Count,
    Horizon,
    Hours,
    Number,
    PriceUnit,
    Rate,
    Requests,
    Share,
    SignedUsd,
    TokenPrice,
    Tokens,
    Usd,
    UsdPerHour,
)


def workload_cost(
    *,
    requests: Requests,
    input_tokens: Tokens,
    output_tokens: Tokens,
    input_price: TokenPrice,
    output_price: TokenPrice,
    cached_input_tokens: Tokens = 0,
    cached_input_price: TokenPrice = 0,
    cache_write_tokens: Tokens = 0,
    cache_write_price: TokenPrice = 0,
    reasoning_tokens: Tokens = 0,
    share_of_requests: Share = 1,
    periods: Number = 1,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Cost of many requests of the same size, over as many periods as wanted.

    Args:
        requests: Requests in one period: a day, a month, a batch of tickets. [request]
        input_tokens: Input tokens of one request, billed at the full price. [token]
        output_tokens: Tokens of one answer. [token]
        input_price: Price of input. [USD per price unit]
        output_price: Price of output. [USD per price unit]
        cached_input_tokens: Input tokens of one request read from the cache. [token]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        cache_write_tokens: Input tokens of one request written to the cache. [token]
        cache_write_price: Price of writing to the cache. [USD per price unit]
        reasoning_tokens: Hidden tokens of one answer, billed as output. [token]
        share_of_requests: Share of the requests that is meant, such as those answered wrongly. [0–1]
        periods: Periods that are paid. [1]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of the workload. [USD]

    Sources:
        api-ertas-short: a million queries of 300 tokens in and 200 out at $30 and $60 a million cost $21,000.

    >>> workload_cost(requests=1_000_000, input_tokens=300, output_tokens=200, input_price=30, output_price=60)
    21000.0
    """
    return (
        requests
        * share_of_requests
        * periods
        * request_cost(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            input_price=input_price,
            output_price=output_price,
            cached_input_tokens=cached_input_tokens,
            cached_input_price=cached_input_price,
            cache_write_tokens=cache_write_tokens,
            cache_write_price=cache_write_price,
            reasoning_tokens=reasoning_tokens,
            tokens_per_price_unit=tokens_per_price_unit,
        )
    )


def volume_cost(
    *, requests: Requests, cost_per_request: Usd, requests_per_price_unit: Number = 1, periods: Number = 1
) -> Usd:
    """
    Cost of a volume at a price per request, or per so many requests.

    Args:
        requests: Requests in one period: a day, a month. [request]
        cost_per_request: Price of a request. [USD per price unit]
        requests_per_price_unit: Requests that the price is for. [1]
        periods: Periods that are paid. [1]

    Returns:
        Cost of the volume. [USD]

    Raises:
        ValueError: If the price is for no request.

    Sources:
        api-nextgenailearn-1m-day: a million calls a day at $0.0054 cost $1.97M a year.

    >>> volume_cost(requests=50_000, cost_per_request=0.25, requests_per_price_unit=1_000, periods=30)
    375.0
    """
    if requests_per_price_unit == 0:
        raise ValueError("a price is for more than 0 requests")
    return requests * cost_per_request * periods / requests_per_price_unit


def service_cost(
    *,
    input_tokens: Tokens = 0,
    input_price: TokenPrice = 0,
    cached_input_tokens: Tokens = 0,
    cached_input_price: TokenPrice = 0,
    output_tokens: Tokens = 0,
    output_price: TokenPrice = 0,
    training_tokens: Tokens = 0,
    training_price: TokenPrice = 0,
    hours: Hours = 0,
    price_per_hour: UsdPerHour = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    One bill of a service with several meters: tokens read, cached, written and trained on, and time.

    Args:
        input_tokens: Input tokens billed at the full price. [token]
        input_price: Price of input. [USD per price unit]
        cached_input_tokens: Input tokens read from the cache. [token]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        output_tokens: Output tokens. [token]
        output_price: Price of output. [USD per price unit]
        training_tokens: Tokens trained on. [token]
        training_price: Price of training. [USD per price unit]
        hours: Hours of a session, of hosting, of a machine. [hour]
        price_per_hour: Price of an hour. [USD per hour]
        tokens_per_price_unit: Tokens that each price of tokens is for. [token]

    Returns:
        The bill. [USD]

    Sources:
        host-azure-o4mini-month: 720 hours at $1.70, 20M tokens in at $1.10 and 40M out at $4.40 come to $1,422.

    >>> service_cost(
    ...     input_tokens=50_000, input_price=5, output_tokens=15_000, output_price=25, hours=2, price_per_hour=1
    ... )
    2.625
    """
    tokens = (
        input_tokens * input_price
        + cached_input_tokens * cached_input_price
        + output_tokens * output_price
        + training_tokens * training_price
    )
    return tokens / tokens_per_price_unit + hours * price_per_hour


def bill(
    *,
    training_cost: Usd = 0,
    data_cost: Usd = 0,
    people_cost: Usd = 0,
    embedding_cost: Usd = 0,
    storage_cost: Usd = 0,
    search_cost: Usd = 0,
    rerank_cost: Usd = 0,
    input_cost: Usd = 0,
    output_cost: Usd = 0,
    hosting_cost: Usd = 0,
    units: Number = 1,
    periods: Number = 1,
) -> Usd:
    """
    What the lines of a bill add up to.

    The lines are those of one unit: of one query, or of a whole month. Lines that a bill does not have stay at 0.

    Args:
        training_cost: Training. [USD]
        data_cost: Data and labels. [USD]
        people_cost: People's time. [USD]
        embedding_cost: Embedding documents or queries. [USD]
        storage_cost: Storage and databases. [USD]
        search_cost: Searching. [USD]
        rerank_cost: Putting what was found in order. [USD]
        input_cost: What the model reads. [USD]
        output_cost: What the model writes. [USD]
        hosting_cost: Keeping a model ready. [USD]
        units: Units in one period, such as queries in a day. [1]
        periods: Periods that are paid. [1]

    Returns:
        The sum of the lines, times units, times periods. [USD]

    Sources:
        rag-hakaru-side-by-side: $0.53, $10.75, $1,050 and $1,200 add up to $2,261.28.

    >>> bill(embedding_cost=0.5, storage_cost=10, output_cost=1_000, periods=12)
    12126.0
    """
    lines = (
        training_cost
        + data_cost
        + people_cost
        + embedding_cost
        + storage_cost
        + search_cost
        + rerank_cost
        + input_cost
        + output_cost
        + hosting_cost
    )
    return lines * units * periods


def charge_with_minimum(*, usage: Usd, minimum: Usd, periods: Number = 1) -> Usd:
    """
    What a service with a minimum charges.

    The minimum is paid whole in every period, never in part.

    Args:
        usage: Usage in one period. [USD]
        minimum: Least that a period costs. [USD]
        periods: Periods that are paid. [1]

    Returns:
        The charge. [USD]

    Sources:
        rag-pinecone-min-100: usage of $100 above a minimum of $50 costs $100.

    >>> charge_with_minimum(usage=20, minimum=50, periods=12)
    600
    """
    return max(usage, minimum) * periods


def unit_cost(*, cost: Usd, units: Number, used_share: Number = 1, units_per_price_unit: Number = 1) -> Usd:
    """
    What one unit costs when a whole is paid: one answer of a month, a million tokens of a GPU, an hour of a run.

    Args:
        cost: Cost of the whole. [USD]
        units: Units that the whole could give. [1]
        used_share: Share of them that is used. [0–1]
        units_per_price_unit: Units that the answer is the price of. [1]

    Returns:
        Cost of so many units. [USD]

    Raises:
        ValueError: If no unit is used.

    Sources:
        serve-kshirol-util: $4,608 for 30 % of 8,935M tokens is $1.72 a million.

    >>> unit_cost(cost=300, units=1_000, used_share=0.5)
    0.6
    """
    used = units * used_share
    if used == 0:
        raise ValueError("with no unit used there is no cost per unit")
    return cost * units_per_price_unit / used


def ratio(*, numerator: Number, denominator: Number) -> Number:
    """
    How many times one amount is the other.

    Args:
        numerator: The amount that is measured. [1]
        denominator: The amount that it is measured by, in the same unit. [1]

    Returns:
        Their ratio. [1]

    Raises:
        ValueError: If it is measured by 0.

    Sources:
        spread-aipromptshub-30x: $2,812 is 312 times $9.

    >>> ratio(numerator=3, denominator=4)
    0.75
    """
    if denominator == 0:
        raise ValueError("nothing is a multiple of 0")
    return numerator / denominator


def difference(*, amount: Usd, other_amount: Usd, periods: Number = 1) -> SignedUsd:
    """
    How much more one amount is than the other, over as many periods as wanted.

    Args:
        amount: The amount, in one period. [USD]
        other_amount: The amount it is held against, in one period. [USD]
        periods: Periods. [1]

    Returns:
        The difference; below 0 if the first is the smaller one. [USD]

    Sources:
        rag-hakaru-side-by-side: $2,261.28 against $111.13 is $2,150.15 a month.

    >>> difference(amount=100, other_amount=75, periods=12)
    300
    """
    return (amount - other_amount) * periods


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


def retrieved_tokens_cost(
    *,
    retrieved_chunks: Count,
    chunk_tokens: Tokens,
    input_price: TokenPrice,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    What the retrieved chunks add to the cost of each request.

    They differ from request to request, so no cache makes them cheaper.

    Args:
        retrieved_chunks: Chunks put into the prompt. [1]
        chunk_tokens: Tokens of one chunk. [token]
        input_price: Price of input. [USD per price unit]
        tokens_per_price_unit: Tokens that the price is for. [token]

    Returns:
        Cost added to a request. [USD]

    Sources:
        rag-whattai-prompt-inflation: 2,500 tokens at $3 a million add $0.0075.

    >>> retrieved_tokens_cost(retrieved_chunks=5, chunk_tokens=500, input_price=3)
    0.0075
    """
    return token_cost(
        tokens=retrieved_tokens(retrieved_chunks=retrieved_chunks, chunk_tokens=chunk_tokens),
        price=input_price,
        tokens_per_price_unit=tokens_per_price_unit,
    )


def long_prompt_request_cost(
    *,
    input_tokens: Tokens,
    output_tokens: Tokens,
    input_price: TokenPrice,
    output_price: TokenPrice,
    threshold_tokens: Tokens,
    input_multiple: Number,
    output_multiple: Number,
    cached_input_tokens: Tokens = 0,
    cached_input_price: TokenPrice = 0,
    cache_write_tokens: Tokens = 0,
    cache_write_price: TokenPrice = 0,
    reasoning_tokens: Tokens = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Cost of one request to a model whose long prompts have a price of their own.

    Args:
        input_tokens: Input tokens billed at the full price. [token]
        output_tokens: Tokens of the answer. [token]
        input_price: Price of input in a prompt of ordinary length. [USD per price unit]
        output_price: Price of output after a prompt of ordinary length. [USD per price unit]
        threshold_tokens: Longest prompt at those prices, cached tokens counted. [token]
        input_multiple: Multiple on all input above it, reads and writes of the cache included. [1]
        output_multiple: Multiple on all output above it. [1]
        cached_input_tokens: Input tokens read from the cache. [token]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        cache_write_tokens: Input tokens written to the cache. [token]
        cache_write_price: Price of writing to the cache. [USD per price unit]
        reasoning_tokens: Hidden tokens, billed as output. [token]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of the request. [USD]

    >>> long_prompt_request_cost(
    ...     input_tokens=300_000,
    ...     output_tokens=1_000,
    ...     input_price=1,
    ...     output_price=10,
    ...     threshold_tokens=272_000,
    ...     input_multiple=2,
    ...     output_multiple=1.5,
    ... )
    0.615
    """
    prompt_tokens = input_tokens + cached_input_tokens + cache_write_tokens
    dearer_input = long_prompt_multiple(
        input_tokens=prompt_tokens, threshold_tokens=threshold_tokens, multiple=input_multiple
    )
    dearer_output = long_prompt_multiple(
        input_tokens=prompt_tokens, threshold_tokens=threshold_tokens, multiple=output_multiple
    )
    return request_cost(
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        input_price=input_price * dearer_input,
        output_price=output_price * dearer_output,
        cached_input_tokens=cached_input_tokens,
        cached_input_price=cached_input_price * dearer_input,
        cache_write_tokens=cache_write_tokens,
        cache_write_price=cache_write_price * dearer_input,
        reasoning_tokens=reasoning_tokens,
        tokens_per_price_unit=tokens_per_price_unit,
    )
