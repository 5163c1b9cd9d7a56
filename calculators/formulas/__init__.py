"""
Plain maths: every term of the cost model, one pure function each.

A formula takes keywords annotated with a quantity of the vocabulary and returns one number. It knows no provider, no
price and no default of a calculator: what differs between services is an argument. It does not check its arguments
either, so that a solver can call it many thousand times a second: whoever reads them from outside reads them through
their quantities, and a `ValueError` is left for what has no answer, such as a price per token where no token is served.

`TERMS` holds all of them by name.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from calculators.formulas.amounts import (
    bill,
    charge_with_minimum,
    difference,
    hourly_cost,
    ratio,
    service_cost,
    unit_cost,
    volume_cost,
)
from calculators.formulas.data import (
    labelling_cost,
)
from calculators.formulas.decisions import (
    break_even_accuracy,
    break_even_volume,
    cost_per_accepted_answer,
    failure_cost,
    npv,
    overhead_cost,
    owned_hardware_cost_per_month,
    payback_months,
    payback_periods,
    people_cost,
    present_value,
    success_value,
    total_cost_of_ownership,
    value_of_accuracy,
    volume_saving,
)
from calculators.formulas.periods import (
    base_model_changes,
    monthly_rate,
    price_in_month,
    requests_in_month,
    requests_over,
)
from calculators.formulas.retrieval import (
    changed_tokens,
    chunk_count,
    embedding_tokens,
    index_pass_cost,
    rerank_cost,
    rerank_tokens,
    retrieved_tokens,
    retrieved_tokens_cost,
    vector_database_cost,
    vector_storage,
)
from calculators.formulas.serving import (
    cost_per_million_tokens,
    gpu_seconds_per_request,
    gpu_time_cost,
    hosting_cost,
    key_value_cache,
    metered_window_cost,
    serving_gpus,
    serving_memory,
    tokens_served,
    utilisation,
)
from calculators.formulas.tokens import (
    batch_cost,
    cache_hit_share,
    cached_prompt_cost,
    long_prompt_multiple,
    long_prompt_request_cost,
    request_cost,
    retried_cost,
    token_cost,
    workload_cost,
)
from calculators.formulas.training import (
    compute_cost,
    compute_time,
    fine_tuning_cost,
    gpu_cost,
    gpu_hours_from_flops,
    gpu_hours_from_throughput,
    gpus_for_memory,
    hour_training_cost,
    padded_training_tokens,
    stages_cost,
    stages_gpu_hours,
    token_training_cost,
    training_operations,
    training_steps,
    training_tokens,
)

type Term = Callable[..., float]
"""A formula that can be called by name, with keywords."""


def by_name(formulas: Iterable[Term]) -> Mapping[str, Term]:
    """
    Sort formulas under their names.

    Args:
        formulas: The formulas, in any order. [1]

    Returns:
        A mapping that cannot be changed, sorted by name. [1]

    Raises:
        ValueError: If two formulas have the same name.

    >>> list(by_name([npv, ratio, difference]))
    ['difference', 'npv', 'ratio']
    """
    terms: dict[str, Term] = {}
    for formula in sorted(formulas, key=lambda formula: formula.__name__):
        if formula.__name__ in terms:
            raise ValueError(f"two formulas are called {formula.__name__}: rename one of them")
        terms[formula.__name__] = formula
    return MappingProxyType(terms)


TERMS: Final = by_name(
    [
        volume_cost,
        hourly_cost,
        service_cost,
        bill,
        charge_with_minimum,
        unit_cost,
        ratio,
        difference,
        labelling_cost,
        break_even_volume,
        payback_months,
        volume_saving,
        payback_periods,
        success_value,
        failure_cost,
        value_of_accuracy,
        break_even_accuracy,
        cost_per_accepted_answer,
        present_value,
        npv,
        total_cost_of_ownership,
        people_cost,
        overhead_cost,
        owned_hardware_cost_per_month,
        monthly_rate,
        requests_in_month,
        requests_over,
        price_in_month,
        base_model_changes,
        chunk_count,
        embedding_tokens,
        changed_tokens,
        index_pass_cost,
        vector_storage,
        vector_database_cost,
        retrieved_tokens,
        retrieved_tokens_cost,
        rerank_cost,
        rerank_tokens,
        key_value_cache,
        serving_memory,
        gpu_seconds_per_request,
        serving_gpus,
        utilisation,
        tokens_served,
        hosting_cost,
        metered_window_cost,
        cost_per_million_tokens,
        gpu_time_cost,
        token_cost,
        request_cost,
        workload_cost,
        long_prompt_multiple,
        long_prompt_request_cost,
        cache_hit_share,
        cached_prompt_cost,
        batch_cost,
        retried_cost,
        training_tokens,
        training_steps,
        padded_training_tokens,
        token_training_cost,
        fine_tuning_cost,
        hour_training_cost,
        gpu_cost,
        stages_gpu_hours,
        stages_cost,
        gpu_hours_from_throughput,
        training_operations,
        compute_time,
        compute_cost,
        gpu_hours_from_flops,
        gpus_for_memory,
    ]
)
"""Every term of the cost model, by name."""

__all__ = [
    "TERMS",
    "Term",
    "base_model_changes",
    "batch_cost",
    "bill",
    "break_even_accuracy",
    "break_even_volume",
    "by_name",
    "cache_hit_share",
    "cached_prompt_cost",
    "changed_tokens",
    "charge_with_minimum",
    "chunk_count",
    "compute_cost",
    "compute_time",
    "cost_per_accepted_answer",
    "cost_per_million_tokens",
    "difference",
    "embedding_tokens",
    "failure_cost",
    "fine_tuning_cost",
    "gpu_cost",
    "gpu_hours_from_flops",
    "gpu_hours_from_throughput",
    "gpu_seconds_per_request",
    "gpu_time_cost",
    "gpus_for_memory",
    "hosting_cost",
    "hour_training_cost",
    "hourly_cost",
    "index_pass_cost",
    "key_value_cache",
    "labelling_cost",
    "long_prompt_multiple",
    "long_prompt_request_cost",
    "metered_window_cost",
    "monthly_rate",
    "npv",
    "overhead_cost",
    "owned_hardware_cost_per_month",
    "padded_training_tokens",
    "payback_months",
    "payback_periods",
    "people_cost",
    "present_value",
    "price_in_month",
    "ratio",
    "request_cost",
    "requests_in_month",
    "requests_over",
    "rerank_cost",
    "rerank_tokens",
    "retried_cost",
    "retrieved_tokens",
    "retrieved_tokens_cost",
    "service_cost",
    "serving_gpus",
    "serving_memory",
    "stages_cost",
    "stages_gpu_hours",
    "success_value",
    "token_cost",
    "token_training_cost",
    "tokens_served",
    "total_cost_of_ownership",
    "training_operations",
    "training_steps",
    "training_tokens",
    "unit_cost",
    "utilisation",
    "value_of_accuracy",
    "vector_database_cost",
    "vector_storage",
    "volume_cost",
    "volume_saving",
    "workload_cost",
]
