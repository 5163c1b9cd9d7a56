"""Machines and training runs, told by their throughput, their meter or their stages."""

from calculators.formulas.rounding import round_up
from calculators.formulas.training import compute_time, token_training_cost, training_tokens
from calculators.formulas.units import BITS_PER_BYTE, SECONDS_PER_HOUR, TOKENS_PER_MILLION
from calculators.vocabulary import (
    Bytes,
    Count,
    Hours,
    Number,
    Operations,
    OperationsPerSecond,
    PriceUnit,
    Requests,
    Seconds,
    Share,
    TokenPrice,
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


def training_steps(*, examples: Count, batch_size: Count, epochs: Count) -> Count:
    """
    Steps of one training run.

    The last batch of an epoch may be smaller; it is a step all the same.

    Args:
        examples: Training examples in the file. [1]
        batch_size: Examples of one step. [1]
        epochs: Passes over the file. [1]

    Returns:
        Steps. [1]

    Raises:
        ValueError: If a batch holds no example.

    >>> training_steps(examples=500, batch_size=64, epochs=3)
    24
    """
    if batch_size == 0:
        raise ValueError("batches of 0 examples never get through a file")
    return epochs * round_up(examples / batch_size, endless="the file never ends")


def padded_training_tokens(*, context_tokens: Tokens, batch_size: Count, steps: Count, runs: Count = 1) -> Tokens:
    """
    Tokens billed where a service pads every example to the full context.

    Short examples then cost as much as long ones: the file's own length does not matter.

    Args:
        context_tokens: Length that every example is padded to. [token]
        batch_size: Examples of one step. [1]
        steps: Steps of one run. [1]
        runs: Runs until one is kept, that one included. [1]

    Returns:
        Billed training tokens. [token]

    >>> padded_training_tokens(context_tokens=4_096, batch_size=8, steps=100)
    3276800
    """
    return context_tokens * batch_size * steps * runs


def fine_tuning_cost(
    *,
    examples: Count,
    tokens_per_example: Tokens,
    epochs: Count,
    price: TokenPrice,
    runs: Count = 1,
    validation_tokens: Tokens = 0,
    evaluations: Count = 1,
    minimum_charge: Usd = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    What a service charges for training by the token, from the file to the bill.

    Args:
        examples: Training examples in the file. [1]
        tokens_per_example: Mean tokens of one example, both sides. [token]
        epochs: Passes over the file in one run. [1]
        price: Price of training. [USD per price unit]
        runs: Runs until one is kept, that one included. [1]
        validation_tokens: Tokens of the validation file, where they are billed. [token]
        evaluations: Passes over the validation file in one run. [1]
        minimum_charge: Least that one run costs. [USD]
        tokens_per_price_unit: Tokens that the price is for. [token]

    Returns:
        Cost of training. [USD]

    Sources:
        train-openai-100k-3ep: 100,000 tokens over 3 epochs at $0.008 a thousand cost $2.40.

    >>> fine_tuning_cost(examples=1_000, tokens_per_example=100, epochs=3, price=8)
    2.4
    """
    return token_training_cost(
        tokens=training_tokens(
            examples=examples,
            tokens_per_example=tokens_per_example,
            epochs=epochs,
            runs=runs,
            validation_tokens=validation_tokens,
            evaluations=evaluations,
        ),
        price=price,
        tokens_per_price_unit=tokens_per_price_unit,
        minimum_charge=minimum_charge,
        jobs=runs,
    )


def hour_training_cost(
    *,
    hours: Hours,
    price_per_hour: UsdPerHour,
    runs: Count = 1,
    grader_input_tokens: Tokens = 0,
    grader_output_tokens: Tokens = 0,
    grader_input_price: TokenPrice = 0,
    grader_output_price: TokenPrice = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    What a service charges for training by the hour, with the model that grades the answers where there is one.

    Args:
        hours: Billed hours of one run: training, not the queue before it. [hour]
        price_per_hour: Price of an hour of training. [USD per hour]
        runs: Runs until one is kept, that one included. [1]
        grader_input_tokens: Tokens that the grader reads in one run. [token]
        grader_output_tokens: Tokens that the grader writes in one run. [token]
        grader_input_price: Price of what the grader reads. [USD per price unit]
        grader_output_price: Price of what the grader writes. [USD per price unit]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of training. [USD]

    Sources:
        train-azure-rft-no-grader: 4 hours at $100 cost $400.

    >>> hour_training_cost(hours=4, price_per_hour=100)
    400.0
    """
    grading = grader_input_tokens * grader_input_price + grader_output_tokens * grader_output_price
    return runs * (hours * price_per_hour + grading / tokens_per_price_unit)


def stages_gpu_hours(
    *, pretraining_hours: Hours = 0, context_extension_hours: Hours = 0, post_training_hours: Hours = 0
) -> Hours:
    """
    GPU-hours of a model that is trained in stages.

    Args:
        pretraining_hours: GPU-hours of the first training. [hour]
        context_extension_hours: GPU-hours for getting used to longer contexts. [hour]
        post_training_hours: GPU-hours of tuning, preferences and rewards. [hour]

    Returns:
        GPU-hours of all stages. [hour]

    Sources:
        gpu-deepseek-v3: 2,664K, 119K and 5K hours are 2,788K.

    >>> stages_gpu_hours(pretraining_hours=2_664_000, context_extension_hours=119_000, post_training_hours=5_000)
    2788000
    """
    return pretraining_hours + context_extension_hours + post_training_hours


def stages_cost(
    *,
    price_per_hour: UsdPerHour,
    pretraining_hours: Hours = 0,
    context_extension_hours: Hours = 0,
    post_training_hours: Hours = 0,
) -> Usd:
    """
    Rent of the GPUs for a model that is trained in stages.

    Experiments that led to the final run are not in it, and neither are people and data.

    Args:
        price_per_hour: Price of a GPU. [USD per hour]
        pretraining_hours: GPU-hours of the first training. [hour]
        context_extension_hours: GPU-hours for getting used to longer contexts. [hour]
        post_training_hours: GPU-hours of tuning, preferences and rewards. [hour]

    Returns:
        Rent of all stages. [USD]

    Sources:
        gpu-deepseek-v3: 2.788M hours at $2 cost $5.576M.

    >>> stages_cost(price_per_hour=2, pretraining_hours=100, post_training_hours=5)
    210
    """
    return price_per_hour * stages_gpu_hours(
        pretraining_hours=pretraining_hours,
        context_extension_hours=context_extension_hours,
        post_training_hours=post_training_hours,
    )


def gpu_hours_from_throughput(*, tokens: Tokens, tokens_per_second_per_gpu: Number) -> Hours:
    """
    GPU-hours of a training, from a speed that somebody has measured.

    Args:
        tokens: Tokens that are trained on, every epoch and run counted. [token]
        tokens_per_second_per_gpu: Measured speed of one GPU. [token per second]

    Returns:
        GPU-hours: hours, times GPUs that work side by side. [hour]

    Raises:
        ValueError: If the speed is 0.

    >>> gpu_hours_from_throughput(tokens=36_000_000, tokens_per_second_per_gpu=10_000)
    1.0
    """
    if tokens_per_second_per_gpu == 0:
        raise ValueError("at 0 tokens a second, training never ends")
    return tokens / tokens_per_second_per_gpu / SECONDS_PER_HOUR


def compute_cost(
    *, operations: Operations, peak_flops: OperationsPerSecond, price_per_hour: UsdPerHour, mfu: Share = 1
) -> Usd:
    """
    Rent of processors for an amount of computing.

    Args:
        operations: Amount of computing. [floating-point operation]
        peak_flops: Peak speed of one processor. [floating-point operation per second]
        price_per_hour: Price of one processor. [USD per hour]
        mfu: Share of the peak that is reached. [0–1]

    Returns:
        Rent. [USD]

    Raises:
        ValueError: If the speed or the share reached is 0.

    Sources:
        gpu-gpt3-lambda: 3.114e23 operations at 28 TFLOP/s and $1.50 an hour cost $4.6M.

    >>> compute_cost(operations=3.6e15, peak_flops=1e12, price_per_hour=3, mfu=0.5)
    6.0
    """
    return price_per_hour * compute_time(operations=operations, peak_flops=peak_flops, mfu=mfu)
