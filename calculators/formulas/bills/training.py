"""Training as bills tell it: by the file, the step, the stage, the hour and the speed."""

from calculators.formulas.rounding import round_up
from calculators.formulas.training import compute_time, token_training_cost, training_tokens
from calculators.formulas.units import SECONDS_PER_HOUR, TOKENS_PER_MILLION
from calculators.vocabulary import (
    Count,
    GpuHours,
    Hours,
    Number,
    Operations,
    OperationsPerSecond,
    PriceUnit,
    Share,
    TokenPrice,
    Tokens,
    Usd,
    UsdPerHour,
)


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
) -> GpuHours:
    """
    GPU-hours of a model that is trained in stages.

    Args:
        pretraining_hours: GPU-hours of the first training. [hour]
        context_extension_hours: GPU-hours for getting used to longer contexts. [hour]
        post_training_hours: GPU-hours of tuning, preferences and rewards. [hour]

    Returns:
        GPU-hours of all stages. [GPU-hour]

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


def gpu_hours_from_throughput(*, tokens: Tokens, tokens_per_second_per_gpu: Number) -> GpuHours:
    """
    GPU-hours of a training, from a speed that somebody has measured.

    Args:
        tokens: Tokens that are trained on, every epoch and run counted. [token]
        tokens_per_second_per_gpu: Measured speed of one GPU. [token per second]

    Returns:
        GPU-hours: hours, times GPUs that work side by side. [GPU-hour]

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


def gpu_hours(*, gpus: Count, hours: Hours, runs: Count = 1) -> GpuHours:
    """
    GPU-hours of GPUs that work side by side.

    They are what a meter counts, not what it charges: `gpu_cost` gives the rent.

    Args:
        gpus: GPUs. [1]
        hours: Hours of one run, by the clock. [hour]
        runs: Runs, the failed ones included. [1]

    Returns:
        GPU-hours. [GPU-hour]

    >>> gpu_hours(gpus=8, hours=2.5)
    20.0
    """
    return gpus * hours * runs
