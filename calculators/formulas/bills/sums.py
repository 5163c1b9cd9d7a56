"""Sums of any kind: lines that add up, volumes, minimums, shares of a whole, and one amount held against another."""

from calculators.formulas.units import TOKENS_PER_MILLION
from calculators.vocabulary import Hours, Number, PriceUnit, Requests, SignedUsd, TokenPrice, Tokens, Usd, UsdPerHour


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
