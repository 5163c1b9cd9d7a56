"""
Serving a model on GPUs: how much memory and time it takes, how many GPUs that makes, and what they cost.

A rented GPU costs its full price at any load. Load therefore never multiplies a bill; it only says how much work the
bill is spread over.
"""

from calculators.formulas.rounding import round_up
from calculators.formulas.units import (
    BITS_PER_BYTE,
    HOURS_PER_MONTH,
    SECONDS_PER_HOUR,
    SECONDS_PER_MONTH,
    TOKENS_PER_MILLION,
)
from calculators.vocabulary import (
    Bytes,
    Count,
    Hours,
    Months,
    Number,
    PriceUnit,
    Requests,
    Seconds,
    Share,
    Tokens,
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


def serving_memory(
    *,
    parameters: Number,
    bits_per_weight: Number,
    headroom: Number = 1,
    cache_bytes: Bytes = 0,
    bytes_per_unit: Number = 1,
) -> Number:
    """
    Memory for serving a model.

    Args:
        parameters: Parameters of the model. [1]
        bits_per_weight: Bits of one weight: 16, or fewer where it is quantised. [bit]
        headroom: Multiple of the weights that activations and the engine need. [1]
        cache_bytes: Memory for keys and values; see `key_value_cache`. [byte]
        bytes_per_unit: Unit of the answer: 1 for bytes, 1,000,000,000 for gigabytes. [byte]

    Returns:
        Memory, in that unit. [byte]

    Raises:
        ValueError: If the unit is 0.

    Sources:
        serve-llmtco-vram-70b: 70B parameters at 4 bits and a headroom of 1.2 need 42 GB.

    >>> serving_memory(parameters=8e9, bits_per_weight=16, headroom=1.25)
    20000000000.0
    """
    if bytes_per_unit == 0:
        raise ValueError("memory cannot be counted in units of 0 bytes")
    return (parameters * bits_per_weight / BITS_PER_BYTE * headroom + cache_bytes) / bytes_per_unit


def gpu_seconds_per_request(
    *,
    input_tokens: Tokens,
    output_tokens: Tokens,
    prefill_seconds: Seconds,
    decode_seconds: Seconds,
    attention_seconds: Seconds,
) -> Seconds:
    """
    GPU time of one request at saturation.

    Reading is paid by the input token, writing by the output token; and each output token looks back at all that
    came before it, which is the whole input and, in the mean, half of the output.

    The three coefficients belong to one model on one kind of GPU and are fitted to measured rows. Outside those rows
    the result is an extrapolation.

    Args:
        input_tokens: Input tokens of the request. [token]
        output_tokens: Output tokens of the request, hidden ones included. [token]
        prefill_seconds: GPU time to read one token. [second]
        decode_seconds: GPU time to write one token. [second]
        attention_seconds: GPU time for one token to look back at one other. [second]

    Returns:
        GPU time: seconds, times GPUs that work side by side. [second]

    >>> gpu_seconds_per_request(
    ...     input_tokens=100, output_tokens=20, prefill_seconds=1, decode_seconds=2, attention_seconds=0.5
    ... )
    1240.0
    """
    looked_back_at = input_tokens + output_tokens / 2
    return (
        prefill_seconds * input_tokens
        + decode_seconds * output_tokens
        + attention_seconds * output_tokens * looked_back_at
    )


def serving_gpus(
    *,
    requests_per_month: Requests,
    gpu_seconds_per_request: Seconds,
    peak_to_mean: Number,
    usable_share: Share,
    minimum_replicas: Count,
    gpus_per_replica: Count,
    seconds_per_month: Seconds = SECONDS_PER_MONTH,
) -> Count:
    """
    GPUs that a month's requests need.

    Enough whole replicas for the peak, and never fewer than the minimum, however quiet the month.

    Args:
        requests_per_month: Requests in the month. [request]
        gpu_seconds_per_request: GPU time of one request. [second]
        peak_to_mean: Load at the peak as a multiple of the mean load. [1]
        usable_share: Share of the published throughput that is left under a limit on waiting. [0–1]
        minimum_replicas: Replicas at least; one is not production. [1]
        gpus_per_replica: GPUs that hold one copy of the model. [1]
        seconds_per_month: Length of the month. [second]

    Returns:
        Whole GPUs, in whole replicas. [1]

    Raises:
        ValueError: If the usable share, the GPUs of a replica or the month is 0.

    >>> serving_gpus(
    ...     requests_per_month=2_628_000,
    ...     gpu_seconds_per_request=0.75,
    ...     peak_to_mean=4,
    ...     usable_share=0.5,
    ...     minimum_replicas=2,
    ...     gpus_per_replica=4,
    ... )
    8
    """
    seconds_per_replica = seconds_per_month * usable_share * gpus_per_replica
    if seconds_per_replica == 0:
        raise ValueError("replicas with no usable share, no GPUs or no time serve nothing, however many there are")
    replicas = round_up(
        requests_per_month * gpu_seconds_per_request * peak_to_mean / seconds_per_replica,
        endless="replicas with that small a usable share serve nothing",
    )
    return gpus_per_replica * max(minimum_replicas, replicas)


def utilisation(
    *,
    requests_per_month: Requests,
    gpu_seconds_per_request: Seconds,
    gpus: Count,
    seconds_per_month: Seconds = SECONDS_PER_MONTH,
) -> Number:
    """
    Share of the paid GPU time that does work.

    A result, not a saving: the bill is the same at any load.

    Args:
        requests_per_month: Requests in the month. [request]
        gpu_seconds_per_request: GPU time of one request. [second]
        gpus: GPUs that are paid for. [1]
        seconds_per_month: Length of the month. [second]

    Returns:
        Mean load ÷ paid capacity. Above 1, the GPUs are too few. [1]

    Raises:
        ValueError: If no GPU time is paid for.

    >>> utilisation(requests_per_month=2_628_000, gpu_seconds_per_request=0.5, gpus=2)
    0.25
    """
    paid_seconds = gpus * seconds_per_month
    if paid_seconds == 0:
        raise ValueError("no GPU time is paid for that could be utilised")
    return requests_per_month * gpu_seconds_per_request / paid_seconds


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


def hosting_cost(
    *,
    price_per_hour: UsdPerHour,
    hours_per_month: Hours = HOURS_PER_MONTH,
    gpus_per_replica: Count = 1,
    replicas: Count = 1,
    months: Months = 1,
    overhead_share: Share = 0,
    storage_per_month: Usd = 0,
) -> Usd:
    """
    What it costs to keep a model ready, used or not.

    Args:
        price_per_hour: Price of one GPU, or of a hosted deployment. [USD per hour]
        hours_per_month: Hours that it runs in a month. [hour]
        gpus_per_replica: GPUs that hold one copy of the model. [1]
        replicas: Copies. [1]
        months: Months that are paid. [month]
        overhead_share: Network, disks and monitoring, as a share of the rent. [0–1]
        storage_per_month: Fee for storing the model. [USD]

    Returns:
        Cost of hosting. [USD]

    Sources:
        serve-induwara-api: $1.19 an hour for 729.6 hours and 15 % overhead come to $998.46.

    >>> hosting_cost(price_per_hour=2, gpus_per_replica=2, replicas=2)
    5840
    """
    rent = price_per_hour * hours_per_month * gpus_per_replica * replicas
    return months * (rent * (1 + overhead_share) + storage_per_month)


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
