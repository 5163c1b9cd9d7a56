"""
Plain maths: every term of the cost model, one pure function each.

A formula takes keywords annotated with a quantity of the vocabulary and returns one number. It knows no provider, no
price and no default of a calculator: what differs between services is an argument. It does not check its arguments
either, so that a solver can call it many thousand times a second: whoever reads them from outside reads them through
their quantities, and a `ValueError` is left for what has no answer, such as a price per token where no token is served.

`TERMS` holds all of them by name. Those that the comparison computes with are also names of this package; those that
only the bills of others need are names of `bills`. Where a solver would call a term month by month, a fast form beside
it gives all months at once; it agrees with its term and is none itself.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from calculators.formulas import bills
from calculators.formulas.data import labelling_cost
from calculators.formulas.decisions import (
    break_even_accuracy,
    cost_per_accepted_answer,
    failure_cost,
    npv,
    npv_of_payments,
    overhead_cost,
    owned_hardware_cost_per_month,
    people_cost,
    present_value,
    success_value,
    total_cost_of_ownership,
    value_of_accuracy,
)
from calculators.formulas.periods import (
    base_model_changes,
    change_months,
    monthly_rate,
    price_in_month,
    price_levels,
    requests_by_month,
    requests_in_month,
    requests_per_second,
)
from calculators.formulas.retrieval import (
    chunk_count,
    embedding_tokens,
    index_pass_cost,
    rerank_cost,
    rerank_tokens,
    retrieved_tokens,
    vector_database_cost,
    vector_storage,
)
from calculators.formulas.serving import (
    answer_seconds,
    cache_read_seconds,
    context_memory,
    deployments,
    gpu_seconds_per_request,
    hosting_cost,
    key_value_cache,
    requests_at_once,
    serving_gpus,
    serving_memory,
    texts_held,
    utilisation,
    weights_read_seconds,
)
from calculators.formulas.tokens import (
    batch_cost,
    cache_hit_share,
    cached_prompt_cost,
    cascade_cost,
    long_prompt_multiple,
    request_cost,
    retried_cost,
    task_input_tokens,
    token_cost,
    tuned_prompt_tokens,
)
from calculators.formulas.training import (
    activation_memory,
    compute_time,
    frozen_memory,
    gpu_cost,
    gpu_hours_from_flops,
    gpus_for_memory,
    hourly_cost,
    memory_per_gpu,
    token_training_cost,
    training_operations,
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

    >>> list(by_name([token_cost, npv, gpu_cost]))
    ['gpu_cost', 'npv', 'token_cost']
    """
    terms: dict[str, Term] = {}
    for formula in sorted(formulas, key=lambda formula: formula.__name__):
        if formula.__name__ in terms:
            raise ValueError(f"two formulas are called {formula.__name__}: rename one of them")
        terms[formula.__name__] = formula
    return MappingProxyType(terms)


TERMS: Final = by_name(
    [
        labelling_cost,
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
        price_in_month,
        requests_per_second,
        base_model_changes,
        chunk_count,
        embedding_tokens,
        index_pass_cost,
        vector_storage,
        vector_database_cost,
        retrieved_tokens,
        rerank_cost,
        rerank_tokens,
        serving_memory,
        key_value_cache,
        context_memory,
        texts_held,
        gpu_seconds_per_request,
        weights_read_seconds,
        cache_read_seconds,
        answer_seconds,
        requests_at_once,
        serving_gpus,
        deployments,
        utilisation,
        hosting_cost,
        token_cost,
        request_cost,
        long_prompt_multiple,
        cache_hit_share,
        cached_prompt_cost,
        tuned_prompt_tokens,
        batch_cost,
        cascade_cost,
        retried_cost,
        task_input_tokens,
        training_tokens,
        token_training_cost,
        hourly_cost,
        gpu_cost,
        training_operations,
        compute_time,
        gpu_hours_from_flops,
        gpus_for_memory,
        frozen_memory,
        activation_memory,
        memory_per_gpu,
        *(getattr(bills, name) for name in bills.__all__),
    ]
)
"""Every term of the cost model, by name."""

__all__ = [
    "TERMS",
    "Term",
    "activation_memory",
    "answer_seconds",
    "base_model_changes",
    "batch_cost",
    "bills",
    "break_even_accuracy",
    "by_name",
    "cache_hit_share",
    "cache_read_seconds",
    "cached_prompt_cost",
    "cascade_cost",
    "change_months",
    "chunk_count",
    "compute_time",
    "context_memory",
    "cost_per_accepted_answer",
    "deployments",
    "embedding_tokens",
    "failure_cost",
    "frozen_memory",
    "gpu_cost",
    "gpu_hours_from_flops",
    "gpu_seconds_per_request",
    "gpus_for_memory",
    "hosting_cost",
    "hourly_cost",
    "index_pass_cost",
    "key_value_cache",
    "labelling_cost",
    "long_prompt_multiple",
    "memory_per_gpu",
    "monthly_rate",
    "npv",
    "npv_of_payments",
    "overhead_cost",
    "owned_hardware_cost_per_month",
    "people_cost",
    "present_value",
    "price_in_month",
    "price_levels",
    "request_cost",
    "requests_at_once",
    "requests_by_month",
    "requests_in_month",
    "requests_per_second",
    "rerank_cost",
    "rerank_tokens",
    "retried_cost",
    "retrieved_tokens",
    "serving_gpus",
    "serving_memory",
    "success_value",
    "task_input_tokens",
    "texts_held",
    "token_cost",
    "token_training_cost",
    "total_cost_of_ownership",
    "training_operations",
    "training_tokens",
    "tuned_prompt_tokens",
    "utilisation",
    "value_of_accuracy",
    "vector_database_cost",
    "vector_storage",
    "weights_read_seconds",
]
