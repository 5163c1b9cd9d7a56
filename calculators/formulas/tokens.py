"""
Requests paid by the token: what one costs, what caching, retries and batches do to it, what many of them come to.

Every price is for `tokens_per_price_unit` tokens. A thousand is as good as a million, as long as all prices of a call
agree.
"""

import math

from calculators.formulas.units import MINUTES_PER_MONTH, TOKENS_PER_MILLION
from calculators.vocabulary import Count, Number, PriceUnit, Requests, Share, TokenPrice, Tokens, Usd


def token_cost(*, tokens: Tokens, price: TokenPrice, tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION) -> Usd:
    """
    Price of a number of tokens of one kind.

    Args:
        tokens: Tokens of that kind. [token]
        price: Price of that kind. [USD per price unit]
        tokens_per_price_unit: Tokens that the price is for. [token]

    Returns:
        Their price. [USD]

    Sources:
        api-anthropic-session-uncached: 50,000 input tokens at $5 a million cost $0.25.

    >>> token_cost(tokens=50_000, price=5)
    0.25
    """
    return tokens * price / tokens_per_price_unit


def request_cost(
    *,
    input_tokens: Tokens,
    output_tokens: Tokens,
    input_price: TokenPrice,
    output_price: TokenPrice,
    cached_input_tokens: Tokens = 0,
    cached_input_price: TokenPrice = 0,
    cache_write_tokens: Tokens = 0,
    cache_write_price: TokenPrice = 0,
    reasoning_tokens: Tokens = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Cost of one request.

    Each input token is counted in one place only: read from the cache, written to it, or billed in full.

    Args:
        input_tokens: Input tokens billed at the full price. [token]
        output_tokens: Tokens of the answer. [token]
        input_price: Price of input. [USD per price unit]
        output_price: Price of output. [USD per price unit]
        cached_input_tokens: Input tokens read from the cache. [token]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        cache_write_tokens: Input tokens written to the cache. [token]
        cache_write_price: Price of writing to the cache. [USD per price unit]
        reasoning_tokens: Tokens the model thinks in and does not show, billed as output. [token]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of the request. [USD]

    Sources:
        api-wearemicro-gpt35: 500 tokens in at $0.50 and 200 out at $1.50 a million cost $0.00055.

    >>> request_cost(input_tokens=500, output_tokens=200, input_price=0.5, output_price=1.5)
    0.00055
    """
    return (
        input_tokens * input_price
        + cached_input_tokens * cached_input_price
        + cache_write_tokens * cache_write_price
        + (output_tokens + reasoning_tokens) * output_price
    ) / tokens_per_price_unit


def long_prompt_multiple(*, input_tokens: Tokens, threshold_tokens: Tokens, multiple: Number) -> Number:
    """
    Multiple of the price that a prompt of this length pays.

    A prompt exactly at the threshold still pays the plain price. One token more, and every token of the request is
    dearer, not only those above the threshold.

    Args:
        input_tokens: All input tokens of the request, cached ones included. [token]
        threshold_tokens: Longest prompt at the plain price. [token]
        multiple: Multiple of the price above it. [1]

    Returns:
        The multiple, or 1 up to the threshold. [1]

    >>> long_prompt_multiple(input_tokens=272_001, threshold_tokens=272_000, multiple=2)
    2
    """
    return multiple if input_tokens > threshold_tokens else 1


def cache_hit_share(
    *, requests_per_month: Requests, minutes_to_live: Number, minutes_per_month: Number = MINUTES_PER_MONTH
) -> Share:
    """
    Share of requests that find the fixed part of their prompt in the cache.

    Requests are taken to come at random over the whole month, and each one renews the entry. Traffic that comes in
    bursts or in office hours finds the entry more often than this says.

    This is the one formula with an exponential: its last digit may differ between two machines.

    Args:
        requests_per_month: Requests in a month. [request]
        minutes_to_live: How long an entry stays after it was last used. [minute]
        minutes_per_month: Length of the month. [minute]

    Returns:
        Share of hits. [0–1]

    Raises:
        ValueError: If the month has no length.

    >>> round(cache_hit_share(requests_per_month=5_000, minutes_to_live=5), 2)
    0.43
    """
    if minutes_per_month == 0:
        raise ValueError("a month of 0 minutes has no requests a minute")
    return 1 - math.exp(-requests_per_month / minutes_per_month * minutes_to_live)


def cached_prompt_cost(
    *,
    fixed_tokens: Tokens,
    hit_share: Share,
    cached_input_price: TokenPrice,
    cache_write_price: TokenPrice,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Mean cost, for one request, of the part of the prompt that never changes.

    A hit reads it from the cache, a miss writes it there. Where writing has no price of its own, give the price of
    input as the price of writing.

    Args:
        fixed_tokens: Tokens that are the same in every request. [token]
        hit_share: Share of requests that find them in the cache. [0–1]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        cache_write_price: Price of writing to the cache. [USD per price unit]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Mean cost per request. [USD]

    >>> cached_prompt_cost(fixed_tokens=3_000, hit_share=0.5, cached_input_price=0.5, cache_write_price=5.5)
    0.009
    """
    return fixed_tokens * (hit_share * cached_input_price + (1 - hit_share) * cache_write_price) / tokens_per_price_unit


def task_input_tokens(*, start_tokens: Tokens, added_tokens: Tokens, calls: Count) -> Tokens:
    """
    Input tokens of a task of several calls, each of which sends again what those before it added.

    So the first call holds what the task starts with, and each later one what the one before held and what was added.

    Args:
        start_tokens: Input of the first call. [token]
        added_tokens: Input that each later call holds beside that of the one before. [token]
        calls: Calls of the task. [1]

    Returns:
        Input of all calls. [token]

    >>> task_input_tokens(start_tokens=800, added_tokens=350, calls=6)
    10050.0

    With a cache each call reads what the one before it held, and writes the rest:

    >>> tokens = task_input_tokens(start_tokens=5_000, added_tokens=2_000, calls=20)
    >>> read = task_input_tokens(start_tokens=5_000, added_tokens=2_000, calls=19)
    >>> cost = request_cost(
    ...     input_tokens=0,
    ...     cached_input_tokens=read,
    ...     cache_write_tokens=tokens - read,
    ...     output_tokens=20 * 500,
    ...     input_price=3,
    ...     cached_input_price=0.3,
    ...     cache_write_price=3.75,
    ...     output_price=15,
    ... )
    >>> tokens, read, round(cost, 5)
    (480000.0, 437000.0, 0.44235)
    """
    return calls * (start_tokens + added_tokens * (calls - 1) / 2)


def tuned_prompt_tokens(
    *, fixed_tokens: Tokens, instruction_tokens: Tokens, tuned_instruction_tokens: Tokens
) -> Tokens:
    """
    Fixed prompt of a request to a tuned model.

    Examples teach a pattern, not a text: training takes instructions out of the prompt, while reference text stays.

    Args:
        fixed_tokens: Fixed prompt before tuning. [token]
        instruction_tokens: How many of these are instructions; all of them if it is more than there are. [token]
        tuned_instruction_tokens: What is left of the instructions after tuning. [token]

    Returns:
        Fixed prompt after tuning. [token]

    >>> tuned_prompt_tokens(fixed_tokens=9_000, instruction_tokens=2_000, tuned_instruction_tokens=100)
    7100
    """
    return max(fixed_tokens - instruction_tokens, 0) + tuned_instruction_tokens


def batch_cost(*, cost: Usd, batched_cost: Usd, batch_share: Share) -> Usd:
    """
    Cost when a share of the requests can wait and is sent as a batch.

    Input and output of a batch have prices of their own, so what it costs is an argument and no discount.

    Args:
        cost: Cost with none of them in a batch. [USD]
        batched_cost: Cost with all of them in one. [USD]
        batch_share: Share that can wait. [0–1]

    Returns:
        Cost with that share in a batch. [USD]

    >>> batch_cost(cost=1_000, batched_cost=500, batch_share=0.5)
    750.0
    """
    return cost * (1 - batch_share) + batched_cost * batch_share


def cascade_cost(*, small_cost: Usd, large_cost: Usd, sent_on_share: Share) -> Usd:
    """
    Cost of a request where a small model sends what is hard for it on to a large one.

    The large model sees the whole request again, so that one sent on costs both.

    Args:
        small_cost: Cost of the request with the small model. [USD]
        large_cost: Cost of it with the large one. [USD]
        sent_on_share: Share of requests that are sent on. [0–1]

    Returns:
        Cost of a request in the mean. [USD]

    >>> cascade_cost(small_cost=1, large_cost=24, sent_on_share=0.25)
    7.0
    """
    return small_cost + sent_on_share * large_cost


def retried_cost(*, cost: Usd, retry_share: Share) -> Usd:
    """
    Cost when failed calls are billed and sent again until one succeeds.

    Repeats fail as often as first attempts, so one request takes 1 ÷ (1 − share) calls in the mean.

    Args:
        cost: Cost if every call succeeded. [USD]
        retry_share: Share of calls that fail. [0–1]

    Returns:
        Cost with the failed calls. `math.inf` if all of them fail: it is never done. [USD]

    >>> retried_cost(cost=100, retry_share=0.2)
    125.0
    """
    if retry_share == 1:
        return math.inf
    return cost / (1 - retry_share)
