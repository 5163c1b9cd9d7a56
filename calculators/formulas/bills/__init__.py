"""
Terms for the bills of others.

Published calculations are told in many ways: by the day or by the unit, as a list of lines, as a payback, from the
speed of a machine. Each term here reads one such way, so that the proof works a bill out of the very inputs that its
source states. The comparison computes with none of them.
"""

from calculators.formulas.bills.machines import (
    compute_cost,
    cost_per_million_tokens,
    fine_tuning_cost,
    gpu_hours_from_throughput,
    gpu_time_cost,
    hour_training_cost,
    key_value_cache,
    metered_window_cost,
    padded_training_tokens,
    stages_cost,
    stages_gpu_hours,
    tokens_served,
    training_steps,
)
from calculators.formulas.bills.sums import (
    bill,
    break_even_volume,
    charge_with_minimum,
    difference,
    long_prompt_request_cost,
    payback_months,
    payback_periods,
    ratio,
    requests_over,
    retrieved_tokens_cost,
    service_cost,
    unit_cost,
    volume_cost,
    volume_saving,
    workload_cost,
)

__all__ = [
    "bill",
    "break_even_volume",
    "charge_with_minimum",
    "compute_cost",
    "cost_per_million_tokens",
    "difference",
    "fine_tuning_cost",
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
    "requests_over",
    "retrieved_tokens_cost",
    "service_cost",
    "stages_cost",
    "stages_gpu_hours",
    "tokens_served",
    "training_steps",
    "unit_cost",
    "volume_cost",
    "volume_saving",
    "workload_cost",
]
