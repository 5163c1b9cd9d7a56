"""
Terms for the bills of others.

Published calculations are told in many ways: by the day or by the unit, as a list of lines, as a payback, from the
speed of a machine. Each term here reads one such way, so that the proof works a bill out of the very inputs that its
source states. The comparison computes with none of them. A module here has the name of the subject that it adds to.
"""

from calculators.formulas.bills.decisions import (
    break_even_volume,
    payback_months,
    payback_periods,
    shorter_prompt_payback,
    shorter_prompt_saving,
    volume_saving,
)
from calculators.formulas.bills.periods import (
    requests_at_rate,
    requests_over,
    requests_per_second,
)
from calculators.formulas.bills.retrieval import (
    chunks_across_documents,
    chunks_by_document,
    corpus_tokens,
    retrieved_tokens_cost,
)
from calculators.formulas.bills.serving import (
    cost_per_million_tokens,
    gpu_time_cost,
    key_value_cache,
    metered_window_cost,
    tokens_per_second,
    tokens_served,
)
from calculators.formulas.bills.sums import (
    bill,
    charge_with_minimum,
    difference,
    ratio,
    service_cost,
    unit_cost,
    volume_cost,
)
from calculators.formulas.bills.tokens import (
    file_tokens,
    long_prompt_request_cost,
    recorded_request_cost,
    request_cost_with_multiples,
    word_tokens,
    workload_cost,
)
from calculators.formulas.bills.training import (
    compute_cost,
    fine_tuning_cost,
    gpu_hours,
    gpu_hours_from_throughput,
    hour_training_cost,
    padded_training_tokens,
    stages_cost,
    stages_gpu_hours,
    training_steps,
)

__all__ = [
    "bill",
    "break_even_volume",
    "charge_with_minimum",
    "chunks_across_documents",
    "chunks_by_document",
    "compute_cost",
    "corpus_tokens",
    "cost_per_million_tokens",
    "difference",
    "file_tokens",
    "fine_tuning_cost",
    "gpu_hours",
    "gpu_hours_from_throughput",
    "gpu_time_cost",
    "hour_training_cost",
    "key_value_cache",
    "long_prompt_request_cost",
    "metered_window_cost",
    "padded_training_tokens",
    "payback_months",
    "payback_periods",
    "ratio",
    "recorded_request_cost",
    "request_cost_with_multiples",
    "requests_at_rate",
    "requests_over",
    "requests_per_second",
    "retrieved_tokens_cost",
    "service_cost",
    "shorter_prompt_payback",
    "shorter_prompt_saving",
    "stages_cost",
    "stages_gpu_hours",
    "tokens_per_second",
    "tokens_served",
    "training_steps",
    "unit_cost",
    "volume_cost",
    "volume_saving",
    "word_tokens",
    "workload_cost",
]
