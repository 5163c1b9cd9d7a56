"""Serving as bills tell it: by throughput, by the second, by the meter."""

from calculators.formulas.units import BITS_PER_BYTE, SECONDS_PER_HOUR, TOKENS_PER_MILLION
from calculators.vocabulary import (
    Bytes,
    Count,
    Hours,
    Number,
    PriceUnit,
    Requests,
    Seconds,
    Share,
    Tokens,
    TokensPerSecond,
    Usd,
    UsdPerHour,
)


def key_value_cache(
    *,
    layers: Count,
    key_value_heads: Count,
    head_size: Count,
    tokens: Tokens,
    sequences: Count,
    bits_per_value: Number,
) -> Bytes:
    """
    Memory for what the model remembers of the contexts it is working on.

    Args:
        layers: Layers of the model. [1]
        key_value_heads: Heads that keep keys and values, fewer than the attention heads in most models. [1]
        head_size: Dimensions of one head. [1]
        tokens: Longest context, input and output together. [token]
        sequences: Requests worked on at the same time. [1]
        bits_per_value: Bits of one key or value. [bit]

    Returns:
        Memory, for keys and values. [byte]

    >>> key_value_cache(layers=32, key_value_heads=8, head_size=128, tokens=1_000, sequences=10, bits_per_value=16)
    1310720000.0
    """
    return 2 * layers * key_value_heads * head_size * tokens * sequences * bits_per_value / BITS_PER_BYTE


def tokens_served(
    *,
    tokens_per_second: Number,
    hours: Hours,
    gpus: Count = 1,
    usable_share: Share = 1,
    tokens_per_unit: PriceUnit = 1,
) -> Number:
    """
    Tokens that GPUs can serve in a time: the ceiling of a self-hosted month.

    Args:
        tokens_per_second: Throughput of one GPU, or of all where `gpus` is 1. [token per second]
        hours: Hours that they run. [hour]
        gpus: GPUs. [1]
        usable_share: Share of the throughput that can be used. [0–1]
        tokens_per_unit: Unit of the answer: 1 for tokens, 1,000,000 for millions. [token]

    Returns:
        Tokens, in that unit. [token]

    Sources:
        serve-induwara-breakeven: 2,500 tokens a second over 729.6 hours are 6.57 billion.

    >>> tokens_served(tokens_per_second=1_000, hours=1)
    3600000.0
    """
    return tokens_per_second * SECONDS_PER_HOUR * hours * gpus * usable_share / tokens_per_unit


def metered_window_cost(
    *,
    windows: Count,
    minutes_per_window: Number,
    price_per_unit_minute: Usd,
    copies: Count = 1,
    units_per_copy: Count = 1,
    stored_models: Count = 0,
    storage_per_model: Usd = 0,
) -> Usd:
    """
    Cost of a model that is billed by windows of time, started by the first request and paid whole.

    The number of windows that requests fall into decides, not the number of requests: work saved up for one window
    an hour costs a twelfth of the same work spread evenly over windows of five minutes.

    Args:
        windows: Windows started. [1]
        minutes_per_window: Length of a window. [minute]
        price_per_unit_minute: Price of one unit. [USD per minute]
        copies: Copies of the model that run in a window. [1]
        units_per_copy: Units that one copy takes up. [1]
        stored_models: Models kept in store, times months that they are kept. [1]
        storage_per_model: Fee for storing a model for a month. [USD]

    Returns:
        Cost of the windows, and of storage. [USD]

    Sources:
        host-bedrock-cmu-window: one window of 5 minutes of a copy of two units costs $0.785.

    >>> metered_window_cost(windows=1, minutes_per_window=5, price_per_unit_minute=0.0785, units_per_copy=2)
    0.785
    """
    return copies * units_per_copy * windows * minutes_per_window * price_per_unit_minute + (
        stored_models * storage_per_model
    )


def cost_per_million_tokens(
    *,
    price_per_hour: UsdPerHour,
    gpu_seconds: Seconds,
    tokens: Tokens,
    gpus: Count = 1,
    sequences: Count = 1,
    load: Share = 1,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Price of tokens from your own GPUs, to hold against a provider's.

    For a throughput of some tokens a second, give those tokens and 1 second.

    Args:
        price_per_hour: Price of one GPU. [USD per hour]
        gpu_seconds: Time that one GPU takes. [second]
        tokens: Tokens of one sequence in that time. [token]
        gpus: GPUs that work side by side for that time. [1]
        sequences: Requests that they work on together. [1]
        load: Share of the paid time in which there is work. [0–1]
        tokens_per_price_unit: Tokens that the price is for. [token]

    Returns:
        Price of that many tokens. [USD per price unit]

    Raises:
        ValueError: If no token is served.

    Sources:
        serve-llmtco-2000tps: $1.50 an hour at 2,000 tokens a second is about $0.21 a million.

    >>> cost_per_million_tokens(price_per_hour=3.6, gpu_seconds=1, tokens=2_000)
    0.5
    """
    served = tokens * sequences * load
    if served == 0:
        raise ValueError("with no token served there is no price per token")
    return gpus * price_per_hour / SECONDS_PER_HOUR * gpu_seconds * tokens_per_price_unit / served


def gpu_time_cost(*, price_per_hour: UsdPerHour, gpu_seconds: Seconds, requests: Requests = 1, load: Share = 1) -> Usd:
    """
    Cost of one request on your own GPUs, from the GPU time of one or of many.

    Args:
        price_per_hour: Price of one GPU. [USD per hour]
        gpu_seconds: GPU time that the requests take. [second]
        requests: Requests in that time. [request]
        load: Share of the paid time in which there is work. [0–1]

    Returns:
        Cost of one request. [USD]

    Raises:
        ValueError: If no request is served.

    Sources:
        serve-nextgen-per-call: $2 an hour at 120 requests a second is $0.0000046 a request.

    >>> gpu_time_cost(price_per_hour=3.6, gpu_seconds=0.5)
    0.0005
    """
    served = requests * load
    if served == 0:
        raise ValueError("with no request served there is no cost per request")
    return price_per_hour / SECONDS_PER_HOUR * gpu_seconds / served


def tokens_per_second(*, tokens: Tokens, seconds: Seconds, sequences: Number = 1) -> TokensPerSecond:
    """
    Speed, from the tokens of a time.

    It is that of one request, or of a whole machine: of what the tokens and the seconds are.

    Args:
        tokens: Tokens of one sequence in that time. [token]
        seconds: The time. [second]
        sequences: Sequences that are written together. [1]

    Returns:
        Speed. [token per second]

    Raises:
        ValueError: If it takes no time.

    >>> tokens_per_second(tokens=512, seconds=32, sequences=8)
    128.0
    """
    if seconds == 0:
        raise ValueError("what takes 0 seconds has no speed")
    return tokens * sequences / seconds
