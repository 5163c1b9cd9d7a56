"""
Serving a model on GPUs: how much memory and time it takes, how many GPUs that makes, and what they cost.

A rented GPU costs its full price at any load. Load therefore never multiplies a bill; it only says how much work the
bill is spread over.
"""

from calculators.formulas.rounding import round_down, round_up
from calculators.formulas.units import BITS_PER_BYTE, HOURS_PER_MONTH, SECONDS_PER_MONTH
from calculators.vocabulary import (
    Bytes,
    Count,
    Hours,
    Months,
    Number,
    Requests,
    RequestsPerSecond,
    Seconds,
    Share,
    Tokens,
    Usd,
    UsdPerHour,
)


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


def gpu_seconds_per_request(
    *,
    input_tokens: Tokens,
    output_tokens: Tokens,
    prefill_seconds: Seconds,
    decode_seconds: Seconds,
    attention_seconds: Seconds,
    cached_tokens: Tokens = 0,
) -> Seconds:
    """
    GPU time of one request at saturation.

    Reading is paid by the input token, writing by the output token; and each output token looks back at all that
    came before it, which is the whole input and, in the mean, half of the output. What is in memory from an earlier
    request is not read again, but still looked back at.

    The three coefficients belong to one model on one kind of GPU and are fitted to measured rows. Outside those rows
    the result is an extrapolation.

    Args:
        input_tokens: Input tokens of the request. [token]
        output_tokens: Output tokens of the request, hidden ones included. [token]
        prefill_seconds: GPU time to read one token. [second]
        decode_seconds: GPU time to write one token. [second]
        attention_seconds: GPU time for one token to look back at one other. [second]
        cached_tokens: Input tokens that are in memory already; no more than there are count. [token]

    Returns:
        GPU time: seconds, times GPUs that work side by side. [second]

    >>> gpu_seconds_per_request(
    ...     input_tokens=100, output_tokens=20, prefill_seconds=1, decode_seconds=2, attention_seconds=0.5
    ... )
    1240.0
    """
    looked_back_at = input_tokens + output_tokens / 2
    return (
        prefill_seconds * (input_tokens - min(cached_tokens, input_tokens))
        + decode_seconds * output_tokens
        + attention_seconds * output_tokens * looked_back_at
    )


def weights_read_seconds(
    *, weight_bytes: Bytes, sequences: Number, bandwidth: Number, bandwidth_utilisation: Share
) -> Seconds:
    """
    GPU time to read a model's weights once, shared by the requests that are worked on together.

    Args:
        weight_bytes: Weights of the model. [byte]
        sequences: Requests that are worked on together, each of which is a token further then. [1]
        bandwidth: How fast a GPU reads its memory, by its data sheet. [byte per second]
        bandwidth_utilisation: Part of the bandwidth that is reached. [0–1]

    Returns:
        GPU time for one output token. [second]

    Raises:
        ValueError: If nothing is read in any time, or for no request.

    >>> weights_read_seconds(weight_bytes=8e9, sequences=4, bandwidth=2e12, bandwidth_utilisation=0.5)
    0.002
    """
    read = sequences * bandwidth * bandwidth_utilisation
    if read == 0:
        raise ValueError("with no bandwidth or no request, weights are never read")
    return weight_bytes / read


def cache_read_seconds(
    *, cache_bytes: Bytes, weight_bytes: Bytes, memory: Bytes, bandwidth: Number, bandwidth_utilisation: Share
) -> Seconds:
    """
    GPU time for one output token to look back at what is remembered of its text.

    What is remembered is read, and it takes up room: the larger it is, the fewer requests fit beside the weights, and
    the larger is each one's part of reading those. Both grow evenly with it, so that one number holds them.

    Args:
        cache_bytes: Keys and values that are looked back at. [byte]
        weight_bytes: Weights of the model. [byte]
        memory: Memory that holds one copy of it, over all of its GPUs. [byte]
        bandwidth: How fast one GPU reads its memory, by its data sheet. [byte per second]
        bandwidth_utilisation: Part of the bandwidth that is reached. [0–1]

    Returns:
        GPU time. [second]

    Raises:
        ValueError: If there is no bandwidth, or no memory is left beside the weights.

    >>> cache_read_seconds(
    ...     cache_bytes=1e6, weight_bytes=60e9, memory=80e9, bandwidth=2e12, bandwidth_utilisation=0.5
    ... )
    4e-06
    """
    read = bandwidth * bandwidth_utilisation
    if read == 0 or memory <= weight_bytes:
        raise ValueError("with no bandwidth, or no memory beside the weights, nothing is looked back at")
    return cache_bytes / read * memory / (memory - weight_bytes)


def serving_gpus(
    *,
    requests_per_month: Requests,
    gpu_seconds_per_request: Seconds,
    peak_to_mean: Number,
    usable_share: Share,
    minimum_replicas: Count,
    gpus_per_replica: Count,
    seconds_per_month: Seconds = SECONDS_PER_MONTH,
    requests_at_once: Number = 0,
    requests_per_replica: Count = 1,
) -> Count:
    """
    GPUs that a month's requests need.

    Enough whole replicas for the work of the peak, enough to hold all requests that are worked on at once, and never
    fewer than the minimum, however quiet the month.

    Args:
        requests_per_month: Requests in the month. [request]
        gpu_seconds_per_request: GPU time of one request. [second]
        peak_to_mean: Load at the peak as a multiple of the mean load. [1]
        usable_share: Share of the published throughput that is left under a limit on waiting. [0–1]
        minimum_replicas: Replicas at least; one is not production. [1]
        gpus_per_replica: GPUs that hold one copy of the model. [1]
        seconds_per_month: Length of the month. [second]
        requests_at_once: Requests that are worked on at the same time at the peak; see `requests_at_once`. [1]
        requests_per_replica: Requests that the memory of one replica holds; see `texts_held`. [1]

    Returns:
        Whole GPUs, in whole replicas. [1]

    Raises:
        ValueError: If the usable share, the GPUs of a replica or the month is 0, or if a replica holds no request.

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
    if seconds_per_replica == 0 or requests_per_replica == 0:
        raise ValueError("replicas with no share, GPUs, time or room to use serve nothing, however many there are")
    replicas = round_up(
        requests_per_month * gpu_seconds_per_request * peak_to_mean / seconds_per_replica,
        endless="replicas with that small a usable share serve nothing",
    )
    holding = round_up(requests_at_once / requests_per_replica, endless="no number of replicas holds that much at once")
    return gpus_per_replica * max(minimum_replicas, replicas, holding)


def requests_at_once(*, requests_per_second: RequestsPerSecond, seconds_per_request: Seconds) -> Number:
    """
    Requests that are worked on at the same time, by Little's law.

    Args:
        requests_per_second: Rate at which they come: that of the peak, for the most there are at once.
            [request per second]
        seconds_per_request: Time from a request to the end of its answer; see `answer_seconds`. [second]

    Returns:
        Requests, on average over the time in which they come at that rate. [1]

    >>> requests_at_once(requests_per_second=2, seconds_per_request=15)
    30
    """
    return requests_per_second * seconds_per_request


def context_memory(
    *, tokens: Tokens, bytes_per_token: Bytes, bytes_per_text: Bytes = 0, bits_per_value: Number = 2 * BITS_PER_BYTE
) -> Bytes:
    """
    Memory for what a model remembers of one text that it is working on.

    Args:
        tokens: Tokens of the text, input and output together. [token]
        bytes_per_token: Keys and values of one token in 16 bits; see `key_value_cache`. [byte]
        bytes_per_text: What a text takes beside, however long it is, in 16 bits: layers that look back only so far.
            [byte]
        bits_per_value: Bits in which each of these numbers is kept. [bit]

    Returns:
        Memory. [byte]

    >>> context_memory(tokens=1_000, bytes_per_token=131_072)
    131072000.0
    """
    return (tokens * bytes_per_token + bytes_per_text) * bits_per_value / (2 * BITS_PER_BYTE)


def texts_held(
    *,
    gpus: Count,
    bytes_per_gpu: Bytes,
    weights: Bytes,
    bytes_per_text: Bytes,
    usable_share: Share = 1,
    copies: Number = 1,
) -> Count:
    """
    Texts that GPUs can work on at the same time, by their memory.

    Args:
        gpus: GPUs that hold one copy of the model together. [1]
        bytes_per_gpu: Memory of one. [byte]
        weights: Memory that the model takes up; see `serving_memory`. [byte]
        bytes_per_text: Memory that a text takes up; see `context_memory`. [byte]
        usable_share: Share of the GPUs' memory that the serving software uses. [0–1]
        copies: How often a text is kept: more than once where a model is spread over more GPUs than it has heads to
            keep. [1]

    Returns:
        Whole texts; none where the weights alone do not fit. [1]

    Raises:
        ValueError: If a text takes up nothing.

    >>> texts_held(gpus=4, bytes_per_gpu=80e9, usable_share=0.9, weights=70e9, bytes_per_text=40e9)
    5
    """
    each = bytes_per_text * copies
    if each == 0:
        raise ValueError("of texts that take up no memory, there is no end")
    room = gpus * bytes_per_gpu * usable_share - weights
    return max(0, round_down(room / each, endless="of texts that take up that little memory, there is no end"))


def deployments(*, models: Count, models_per_deployment: Count) -> Count:
    """
    Deployments that hold several models tuned from one base.

    Args:
        models: Tuned models. [1]
        models_per_deployment: How many a deployment holds: adapters, or 1 where they are merged. [1]

    Returns:
        Whole deployments. [1]

    Raises:
        ValueError: If a deployment holds none.

    >>> deployments(models=40, models_per_deployment=16)
    3
    """
    if models_per_deployment == 0:
        raise ValueError("deployments that hold no model hold none, however many there are")
    return round_up(models / models_per_deployment, endless="that many models fit into no number of deployments")


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


def answer_seconds(*, output_tokens: Tokens, tokens_per_second: Number, seconds_to_first_token: Seconds = 0) -> Seconds:
    """
    Time until an answer is complete, from a speed.

    Args:
        output_tokens: Tokens of the answer, hidden ones included. [token]
        tokens_per_second: Speed at which one answer is written. [token per second]
        seconds_to_first_token: Time before the first of them: waiting and reading. [second]

    Returns:
        Time. [second]

    Raises:
        ValueError: If the speed is 0.

    >>> answer_seconds(output_tokens=300, tokens_per_second=60, seconds_to_first_token=0.5)
    5.5
    """
    if tokens_per_second == 0:
        raise ValueError("at 0 tokens a second, no answer is ever complete")
    return seconds_to_first_token + output_tokens / tokens_per_second
