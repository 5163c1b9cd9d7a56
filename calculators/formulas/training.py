"""
Training: the tokens that are billed, the hours, the GPUs, and what they cost.

Every run is paid, the failed ones too. Services differ in what else they bill (validation, padding, a minimum, the
grader), so each of these is an argument that is 0, or 1, where a service does not.
"""

from calculators.formulas.rounding import round_up
from calculators.formulas.units import BITS_PER_BYTE, SECONDS_PER_HOUR, TOKENS_PER_MILLION
from calculators.vocabulary import (
    Bytes,
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


def training_tokens(
    *,
    examples: Count,
    tokens_per_example: Tokens,
    epochs: Count,
    runs: Count = 1,
    validation_tokens: Tokens = 0,
    evaluations: Count = 1,
) -> Tokens:
    """
    Tokens a provider bills for fine-tuning.

    Failed runs are billed too, so count every run you expect, not only the last. Leave the validation tokens at 0
    where the service does not bill them.

    Args:
        examples: Training examples in the file. [1]
        tokens_per_example: Mean tokens of one example, both sides. [token]
        epochs: Passes over the file in one run. [1]
        runs: Runs until one is kept, that one included. [1]
        validation_tokens: Tokens of the validation file, where they are billed. [token]
        evaluations: Passes over the validation file in one run. [1]

    Returns:
        Billed training tokens. [token]

    Sources:
        train-ori-5m-3ep-val: 5M tokens over 3 epochs and 1M validation tokens bill 16M.

    >>> training_tokens(examples=1_000, tokens_per_example=100, epochs=3)
    300000
    """
    return runs * (examples * tokens_per_example * epochs + validation_tokens * evaluations)


def token_training_cost(
    *,
    tokens: Tokens,
    price: TokenPrice,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
    minimum_charge: Usd = 0,
    jobs: Count = 1,
) -> Usd:
    """
    What a service charges for training by the token.

    The jobs are taken to be of equal size, so that all of them or none are below the minimum.

    Args:
        tokens: Billed tokens of all jobs together. [token]
        price: Price of training. [USD per price unit]
        tokens_per_price_unit: Tokens that the price is for. [token]
        minimum_charge: Least that one job costs. [USD]
        jobs: Jobs that the tokens are spread over. [1]

    Returns:
        Cost of training. [USD]

    Sources:
        train-agentbeck-80m: 80M tokens at $25 a million cost $2,000.

    >>> token_training_cost(tokens=80_000_000, price=25)
    2000.0
    >>> token_training_cost(tokens=300_000, price=0.5, minimum_charge=4, jobs=3)
    12
    """
    return max(tokens * price / tokens_per_price_unit, minimum_charge * jobs)


def hourly_cost(*, hours: Hours, price_per_hour: UsdPerHour, units: Number = 1) -> Usd:
    """
    Cost of anything paid by the hour.

    Args:
        hours: Hours. [hour]
        price_per_hour: Price of an hour of one unit. [USD per hour]
        units: Units side by side: machines, sessions, people. [1]

    Returns:
        Cost of the time. [USD]

    Sources:
        gpu-philschmid-15k: 4:14:36 hours at $1.21 cost $5.13.

    >>> hourly_cost(hours=10, price_per_hour=0.25, units=2)
    5.0
    """
    return hours * price_per_hour * units


def gpu_cost(*, gpus: Count, hours: Hours, price_per_hour: UsdPerHour) -> Usd:
    """
    Rent of GPUs for a time.

    Args:
        gpus: GPUs, or whole machines where the price is a machine's. [1]
        hours: Hours that they are rented for. [hour]
        price_per_hour: Price of one of them. [USD per hour]

    Returns:
        Rent. [USD]

    Sources:
        gpu-finlora-lora: four A5000 for 14.9 hours at $0.26 cost $15.50.

    >>> gpu_cost(gpus=2, hours=10, price_per_hour=0.25)
    5.0
    """
    return hourly_cost(hours=hours, price_per_hour=price_per_hour, units=gpus)


def training_operations(*, parameters: Number, tokens: Tokens, flops_per_parameter_token: Number) -> Operations:
    """
    Amount of computing in a training.

    Training every weight takes 6 operations per parameter and token, LoRA and QLoRA 4, because the gradient of the
    frozen weights is never computed. Recomputing activations to save memory adds 2 to either.

    Args:
        parameters: Parameters of the whole model, frozen ones included. [1]
        tokens: Tokens that are trained on. [token]
        flops_per_parameter_token: Operations per parameter and token. [floating-point operation]

    Returns:
        Amount of computing. [floating-point operation]

    >>> training_operations(parameters=8e9, tokens=3e6, flops_per_parameter_token=4)
    9.6e+16
    """
    return flops_per_parameter_token * parameters * tokens


def compute_time(
    *,
    operations: Operations,
    peak_flops: OperationsPerSecond,
    mfu: Share = 1,
    seconds_per_unit: Number = SECONDS_PER_HOUR,
) -> Number:
    """
    Time that one processor takes for an amount of computing.

    Args:
        operations: Amount of computing. [floating-point operation]
        peak_flops: Peak speed of the processor. [floating-point operation per second]
        mfu: Share of the peak that is reached. [0–1]
        seconds_per_unit: Unit of the answer: 3,600 for hours, which is taken where none is given. [second]

    Returns:
        Time, in that unit. [hour]

    Raises:
        ValueError: If the speed, the share reached or the unit is 0.

    Sources:
        gpu-gpt3-lambda: 3.114e23 operations at 28 TFLOP/s take some 352 years.

    >>> compute_time(operations=3.6e15, peak_flops=1e12, mfu=0.5)
    2.0
    """
    reached = peak_flops * mfu * seconds_per_unit
    if reached == 0:
        raise ValueError("nothing is ever computed at 0 operations a second, nor counted in units of 0 seconds")
    return operations / reached


def gpu_hours_from_flops(
    *,
    parameters: Number,
    tokens: Tokens,
    flops_per_parameter_token: Number,
    peak_flops: OperationsPerSecond,
    mfu: Share,
) -> GpuHours:
    """
    GPU-hours of a training, from the amount of computing, where no measured speed fits.

    Args:
        parameters: Parameters of the whole model, frozen ones included. [1]
        tokens: Tokens that are trained on, every epoch and run counted. [token]
        flops_per_parameter_token: Operations per parameter and token; see `training_operations`.
            [floating-point operation]
        peak_flops: Peak speed of one GPU at the precision used. [floating-point operation per second]
        mfu: Share of the peak that is reached. [0–1]

    Returns:
        GPU-hours: hours, times GPUs that work side by side. [GPU-hour]

    Raises:
        ValueError: If the speed or the share reached is 0.

    >>> gpu_hours_from_flops(parameters=9e9, tokens=4e6, flops_per_parameter_token=4, peak_flops=1e14, mfu=0.4)
    1.0
    """
    return compute_time(
        operations=training_operations(
            parameters=parameters, tokens=tokens, flops_per_parameter_token=flops_per_parameter_token
        ),
        peak_flops=peak_flops,
        mfu=mfu,
    )


def gpus_for_memory(*, needed_bytes: Bytes, bytes_per_gpu: Bytes) -> Count:
    """
    GPUs that together have the memory a model needs, to train it or to serve it.

    Args:
        needed_bytes: Memory that is needed. [byte]
        bytes_per_gpu: Memory of one GPU. [byte]

    Returns:
        Whole GPUs. [1]

    Raises:
        ValueError: If a GPU has no memory.

    >>> gpus_for_memory(needed_bytes=160e9, bytes_per_gpu=80e9)
    2
    """
    if bytes_per_gpu == 0:
        raise ValueError("GPUs without memory hold no model, however many there are")
    return round_up(needed_bytes / bytes_per_gpu, endless="GPUs with that little memory hold no model")


def frozen_memory(
    *, parameters: Number, bits_per_weight: Number, embedding_parameters: Number = 0, bytes_per_embedding: Number = 0
) -> Bytes:
    """
    Memory of weights that training reads and does not change.

    Quantisation leaves the tables of the vocabulary as they were, and some trainers hold them in 32 bits.

    Args:
        parameters: Parameters of the whole model. [1]
        bits_per_weight: Bits of a weight, what its quantisation adds included. [1]
        embedding_parameters: Those of them that are not quantised. [1]
        bytes_per_embedding: Bytes of each of those. [byte]

    Returns:
        Memory over all GPUs. [byte]

    Raises:
        ValueError: If more parameters are not quantised than there are.

    >>> frozen_memory(parameters=7e9, bits_per_weight=16)
    14000000000.0
    >>> frozen_memory(parameters=8e9, bits_per_weight=4, embedding_parameters=1e9, bytes_per_embedding=2)
    5500000000.0
    """
    if embedding_parameters > parameters:
        raise ValueError("a model has no more parameters in its tables than in all")
    quantised = (parameters - embedding_parameters) * bits_per_weight / BITS_PER_BYTE
    return quantised + embedding_parameters * bytes_per_embedding


def activation_memory(
    *,
    tokens: Tokens,
    layers: Count,
    width: Number,
    vocabulary: Number,
    bytes_kept: Number,
    bytes_worked: Number,
    bytes_per_logit: Number,
    bytes_gathered: Bytes = 0,
) -> Bytes:
    """
    Memory of what a step of training computes on one GPU, at its peak.

    What layers hand on is kept until the way back. Beside it stands either the one layer that is worked on, with what
    is gathered for it from other GPUs, or the scores of all words of the vocabulary: never both.

    Args:
        tokens: Tokens of a step on one GPU: sequence times examples. [token]
        layers: Layers. [1]
        width: Numbers that a layer hands on for each token. [1]
        vocabulary: Words of the vocabulary. [1]
        bytes_kept: Kept for each token, layer and number of the width. [byte]
        bytes_worked: Held by the layer worked on, for each token and number of its width. [byte]
        bytes_per_logit: Held for each token and word of the vocabulary. [byte]
        bytes_gathered: Weights of the layers at work where the model is spread over GPUs. [byte]

    Returns:
        Memory on each GPU. [byte]

    >>> activation_memory(
    ...     tokens=1_000, layers=2, width=100, vocabulary=1_000, bytes_kept=2, bytes_worked=50, bytes_per_logit=16
    ... )
    16400000
    """
    at_work = tokens * width * bytes_worked + bytes_gathered
    return tokens * layers * width * bytes_kept + max(at_work, tokens * vocabulary * bytes_per_logit)


def memory_per_gpu(*, shared_bytes: Bytes, whole_bytes: Bytes, gpus: Count = 1) -> Bytes:
    """
    Memory that each of several GPUs needs, where they share out what they can.

    Args:
        shared_bytes: Weights, gradients and what the optimiser remembers: shared out evenly. [byte]
        whole_bytes: What each GPU holds for itself, however many there are. [byte]
        gpus: GPUs. [1]

    Returns:
        Memory of each. [byte]

    Raises:
        ValueError: If there is no GPU.

    >>> memory_per_gpu(shared_bytes=120e9, whole_bytes=10e9, gpus=8)
    25000000000.0
    """
    if gpus == 0:
        raise ValueError("without a GPU nothing is held anywhere")
    return shared_bytes / gpus + whole_bytes
