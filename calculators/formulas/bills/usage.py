"""One request by its usage record, however its vendor counts."""

from calculators.formulas.tokens import request_cost
from calculators.formulas.units import TOKENS_PER_MILLION
from calculators.vocabulary import PriceUnit, Switch, TokenPrice, Tokens, Usd


def usage_cost(
    *,
    prompt_tokens: Tokens,
    output_tokens: Tokens,
    input_price: TokenPrice,
    output_price: TokenPrice,
    cached_input_tokens: Tokens = 0,
    cached_input_price: TokenPrice = 0,
    cache_write_tokens: Tokens = 0,
    cache_write_price: TokenPrice = 0,
    cached_inside: Switch = 1,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Cost of one request from its usage record, where cached tokens may be inside the prompt's count or beside it.

    OpenAI, Google and DeepSeek count them inside, Anthropic and Amazon Bedrock beside.

    Args:
        prompt_tokens: Tokens of the prompt, as the record counts them. [token]
        output_tokens: Tokens of the answer, hidden reasoning included. [token]
        input_price: Price of input. [USD per price unit]
        output_price: Price of output. [USD per price unit]
        cached_input_tokens: Tokens read from the cache. [token]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        cache_write_tokens: Tokens written to the cache. [token]
        cache_write_price: Price of writing to the cache. [USD per price unit]
        cached_inside: 1 where the prompt's count holds what was read and written, 0 where it does not. [1]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of the request. [USD]

    Raises:
        ValueError: If the prompt's count holds fewer tokens than are said to be inside it.

    >>> usage_cost(
    ...     prompt_tokens=6_000,
    ...     cached_input_tokens=5_000,
    ...     output_tokens=100,
    ...     input_price=3,
    ...     cached_input_price=0.3,
    ...     output_price=15,
    ... )
    0.006
    """
    plain = prompt_tokens - cached_inside * (cached_input_tokens + cache_write_tokens)
    if plain < 0:
        raise ValueError("a prompt holds no more cached tokens than it has: with cached_inside=0 they stand beside it")
    return request_cost(
        input_tokens=plain,
        output_tokens=output_tokens,
        input_price=input_price,
        output_price=output_price,
        cached_input_tokens=cached_input_tokens,
        cached_input_price=cached_input_price,
        cache_write_tokens=cache_write_tokens,
        cache_write_price=cache_write_price,
        tokens_per_price_unit=tokens_per_price_unit,
    )
