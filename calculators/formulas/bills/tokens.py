"""Requests and texts as bills tell them: prices above a length, prices as multiples, files told by their size."""

from calculators.formulas.tokens import long_prompt_multiple, request_cost
from calculators.formulas.units import TOKENS_PER_MILLION, WORDS_PER_SAMPLE
from calculators.vocabulary import Number, PriceUnit, Requests, Share, TokenPrice, Tokens, Usd


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


def request_cost_with_multiples(
    *,
    input_price: TokenPrice,
    input_tokens: Tokens = 0,
    output_tokens: Tokens = 0,
    output_price: TokenPrice = 0,
    cached_input_tokens: Tokens = 0,
    cached_input_multiple: Number = 1,
    cache_write_tokens: Tokens = 0,
    cache_write_multiple: Number = 1,
    reasoning_tokens: Tokens = 0,
    price_multiple: Number = 1,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Cost of one request where the cache has no prices of its own, but multiples of the price of input.

    Lists of prices say "reads at a tenth, writes at one and a quarter". A region, a batch or a tier of service is a
    multiple of all prices.

    Args:
        input_price: Price of input. [USD per price unit]
        input_tokens: Input tokens billed at that price. [token]
        output_tokens: Tokens of the answer. [token]
        output_price: Price of output. [USD per price unit]
        cached_input_tokens: Input tokens read from the cache. [token]
        cached_input_multiple: Price of reading from the cache, as a multiple of that of input. [1]
        cache_write_tokens: Input tokens written to the cache. [token]
        cache_write_multiple: Price of writing to the cache, as a multiple of that of input. [1]
        reasoning_tokens: Hidden tokens, billed as output. [token]
        price_multiple: Multiple on all of it: of a region, a batch, a tier of service. [1]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of the request. [USD]

    >>> request_cost_with_multiples(input_price=5, cached_input_tokens=2_000, cached_input_multiple=0.5)
    0.005
    """
    return price_multiple * request_cost(
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        input_price=input_price,
        output_price=output_price,
        cached_input_tokens=cached_input_tokens,
        cached_input_price=input_price * cached_input_multiple,
        cache_write_tokens=cache_write_tokens,
        cache_write_price=input_price * cache_write_multiple,
        reasoning_tokens=reasoning_tokens,
        tokens_per_price_unit=tokens_per_price_unit,
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


def recorded_request_cost(
    *,
    prompt_tokens: Tokens,
    output_tokens: Tokens,
    input_price: TokenPrice,
    output_price: TokenPrice,
    cached_tokens_inside: Tokens = 0,
    cached_tokens_beside: Tokens = 0,
    cached_input_price: TokenPrice = 0,
    cache_write_tokens_inside: Tokens = 0,
    cache_write_tokens_beside: Tokens = 0,
    cache_write_price: TokenPrice = 0,
    reasoning_tokens_beside: Tokens = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Cost of one request, from the record of its usage.

    Some services count cached tokens inside the tokens of the prompt, others beside them: the service’s own reference
    says which, so enter them as the one or the other. Most count reasoning inside the answer, where nothing need be
    said of it.

    Args:
        prompt_tokens: Tokens of the prompt, as the record counts them. [token]
        output_tokens: Tokens of the answer, as the record counts them. [token]
        input_price: Price of input. [USD per price unit]
        output_price: Price of output. [USD per price unit]
        cached_tokens_inside: Tokens read from the cache that the prompt's count includes. [token]
        cached_tokens_beside: Tokens read from the cache that come on top of it. [token]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        cache_write_tokens_inside: Tokens written to the cache that the prompt's count includes. [token]
        cache_write_tokens_beside: Tokens written to the cache that come on top of it. [token]
        cache_write_price: Price of writing to the cache. [USD per price unit]
        reasoning_tokens_beside: Hidden tokens that come on top of the answer's count. [token]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of the request. [USD]

    Raises:
        ValueError: If the prompt includes more cached tokens than it has tokens.

    >>> recorded_request_cost(
    ...     prompt_tokens=3_000,
    ...     cached_tokens_inside=2_000,
    ...     output_tokens=500,
    ...     input_price=1,
    ...     cached_input_price=0.5,
    ...     output_price=4,
    ... )
    0.004
    """
    uncached_tokens = prompt_tokens - cached_tokens_inside - cache_write_tokens_inside
    if uncached_tokens < 0:
        raise ValueError("a prompt cannot include more cached tokens than it has: enter them as beside it")
    return request_cost(
        input_tokens=uncached_tokens,
        output_tokens=output_tokens,
        input_price=input_price,
        output_price=output_price,
        cached_input_tokens=cached_tokens_inside + cached_tokens_beside,
        cached_input_price=cached_input_price,
        cache_write_tokens=cache_write_tokens_inside + cache_write_tokens_beside,
        cache_write_price=cache_write_price,
        reasoning_tokens=reasoning_tokens_beside,
        tokens_per_price_unit=tokens_per_price_unit,
    )


def file_tokens(*, size: Number, characters_per_token: Number, bytes_per_character: Number = 1) -> Tokens:
    """
    Tokens of a file, from its size.

    Plain English has a byte for each character; other scripts have two to four. How many characters make a token
    depends on the model and on the text: count a sample.

    Args:
        size: Size of the text: in characters, or in bytes where the bytes of a character are given. [1]
        characters_per_token: Characters of one token. [1]
        bytes_per_character: Bytes of one character; 1 where the size is in characters. [byte]

    Returns:
        Tokens. [token]

    Raises:
        ValueError: If a token or a character has no length.

    >>> file_tokens(size=1_000_000, characters_per_token=4)
    250000.0
    """
    bytes_per_token = characters_per_token * bytes_per_character
    if bytes_per_token == 0:
        raise ValueError("tokens and characters without length never fill a file")
    return size / bytes_per_token


def word_tokens(*, words: Number, tokens_per_thousand_words: Number) -> Tokens:
    """
    Tokens of a text, from its words.

    Args:
        words: Words of the text. [1]
        tokens_per_thousand_words: Tokens of a thousand words, as counted on a sample. [token]

    Returns:
        Tokens. [token]

    >>> word_tokens(words=2_000, tokens_per_thousand_words=1_300)
    2600.0
    """
    return words * tokens_per_thousand_words / WORDS_PER_SAMPLE
