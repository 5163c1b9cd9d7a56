"""What single fields cannot know: choices that do not go together, and rows for which there is no price."""

from collections.abc import Iterable
from typing import Final

from calculators import formulas
from calculators.calculator import Refusal
from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, Runs, Tunes, must_do, running_today
from calculators.catalog.cost_comparison.groups import AUTOMATIC, Inputs, Quality
from calculators.catalog.cost_comparison.groups.inputs import KINDS
from calculators.catalog.cost_comparison.groups.workload import needs, nothing_changes
from calculators.catalog.cost_comparison.records import HOSTED_ON, Records, resolve, sellers
from calculators.facts import FACTS, Facts, UnknownPriceError
from calculators.formulas.units import BYTES_PER_GIGABYTE
from calculators.quantity import write_number


def refusals(inputs: Inputs, facts: Facts = FACTS) -> list[Refusal]:
    """
    Say which choices do not go together, and what would.

    Args:
        inputs: The scenario.
        facts: The figures that it is to be answered from.
    """
    try:
        records = resolve(inputs, facts)
    except UnknownPriceError as error:
        return [Refusal("as_of", "Prices of", str(error))]
    tuning, retrieval = inputs.tuning, inputs.retrieval
    found = []
    if tuning.service != AUTOMATIC and records.service is None:
        found.append(Refusal("service", "Tuning service", _not_tuned_there(inputs, records, facts)))
    if retrieval.overlap_tokens >= retrieval.chunk_tokens:
        found.append(
            Refusal(
                "overlap_tokens",
                "Overlap",
                f"{write_number(retrieval.overlap_tokens)} is not below a chunk: enter fewer than "
                f"{write_number(retrieval.chunk_tokens)} tokens",
            )
        )
    return [
        *found,
        *_memory_refusals(inputs, records, facts),
        *_judgement_refusals(inputs, records),
        *_rate_refusals(inputs.quality),
    ]


def _not_tuned_there(inputs: Inputs, records: Records, facts: Facts) -> str:
    job, base, service = inputs.job, records.base, facts.tuning[inputs.tuning.service]
    if base.key in service.base_models:
        return f"no price of {service.name} is known for {say_date(job.as_of)}: enter {AUTOMATIC} or another day"
    sold = sellers(base, job.as_of, job.horizon_months, facts)
    others = " or ".join(each.key for each in sold) or "a model that a service tunes"
    names = " or ".join(facts.base_models[tuned].name for tuned in service.base_models)
    return (
        f"{service.name} does not tune {base.name}: enter {AUTOMATIC} or {others}, or choose {names} as the tuned model"
    )


def no_price(approach: Approach, inputs: Inputs, records: Records) -> str:
    """Say why there is no price for a row, so that it cannot be judged into the running; empty where there is one."""
    missing, job = records.missing, inputs.job
    if approach.tunes is Tunes.SERVICE:
        if records.service is None:
            return f"no service we know tuned this model on {say_date(job.as_of)}"
        if records.service.hosting_is_per_gpu and records.hosted_fit is None:
            return f"it was not measured on the {HOSTED_ON}s that the service hosts it on"
    if approach.runs is Runs.OWN_GPUS:
        if records.fit is None:
            return f"the weights of {records.base.name} are not for download"
        if "gpu" in missing and inputs.serving.gpu_price is None and not inputs.serving.owned:
            return missing["gpu"]
    nothing = nothing_changes(job.must_change)
    asked = must_do(needs(job.must_change), running_today(job.today, nothing_changes=nothing), nothing_changes=nothing)
    if approach.looks_up(documents="documents" in asked):
        looked_up = [missing[name] for name in ("embedding", "reranker", "vector_database") if name in missing]
        if looked_up:
            return looked_up[0]
    return _not_sold(approach, records)


def _not_sold(approach: Approach, records: Records) -> str:
    """Say why there is no price of a model beside the one that is prompted; empty where one is, or none is needed."""
    if approach.runs in _NEIGHBOURS and not records.sold_for(approach.runs):
        return _NEIGHBOURS[approach.runs]
    return records.missing.get("tuned_model", "") if approach.runs is Runs.SMALL else ""


_NEIGHBOURS: Final = {
    Runs.CHEAPER: "no cheaper model of the same seller is on record for that day: choose one",
    Runs.DEARER: "no dearer model of the same seller is on record for that day: choose one",
}
"""What there may be none of, in words."""


def _judgement_refusals(inputs: Inputs, records: Records) -> Iterable[Refusal]:
    for row in ROWS:
        name = row.asked.can
        if getattr(inputs.judgement, name) == "can" and (reason := no_price(row, inputs, records)):
            yield Refusal(
                name,
                KINDS[name].label,
                f"it has no price here ({reason}): choose what has one, or leave it out",
            )


def _rate_refusals(quality: Quality) -> Iterable[Refusal]:
    """Say which rows would be asked for ever: a wrong answer is asked again until one is right."""
    if quality.failures != "retried":
        return
    for name, rate in quality.rates().items():
        # A rate may be so low that it is none in what is computed with it.
        if 1 - rate == 1:
            yield Refusal(
                name,
                KINDS[name].label,
                "no answer is ever right: choose that wrong answers are shipped, or enter more than 0%",
            )


def fewest_gpus(inputs: Inputs, records: Records) -> int | None:
    """Fewest GPUs that hold one copy of the model; nothing where its size is not published. [1]"""
    if records.base.parameters is None:
        return None
    usable = inputs.serving.usable_memory if inputs.serving.sized_by == "memory" else 1.0
    needed = _serving_memory(inputs, records)
    return int(formulas.gpus_for_memory(needed_bytes=needed, bytes_per_gpu=records.card.memory * usable))


def _serving_memory(inputs: Inputs, records: Records) -> float:
    """Memory that one copy of the model takes up, without what it works on. [byte]"""
    base, bits, fit, shape = records.base, inputs.serving.weight_bits, records.fit, records.shape
    if inputs.serving.sized_by == "memory" and fit and shape:
        return formulas.serving_memory(
            parameters=shape.parameters, bits_per_weight=fit.weight_bits if bits is None else bits
        )
    return formulas.serving_memory(
        parameters=base.parameters or 0.0,
        bits_per_weight=base.bits_per_weight,
        headroom=records.assumed["memory_headroom"],
    )


def _memory_refusals(inputs: Inputs, records: Records, facts: Facts) -> Iterable[Refusal]:
    """Say where a model does not fit, and what it would fit in."""
    base, card, serving = records.base, records.card, inputs.serving
    fewest = fewest_gpus(inputs, records)
    if base.parameters is None or fewest is None:
        return
    if records.fit is None:
        measured = " or ".join(
            fit.gpu for fit in facts.serving.values() if fit.base_model == (base.served_as or base.key)
        )
        yield Refusal("gpu", "GPU", f"{base.name} was not measured on {serving.gpu}: enter {measured}")
        return
    if serving.gpus_per_replica is not None and serving.gpus_per_replica < fewest:
        yield Refusal(
            "gpus_per_replica",
            "GPUs per replica",
            f"{base.name} needs {_serving_memory(inputs, records) / BYTES_PER_GIGABYTE:.0f} GB and does not fit in "
            f"{serving.gpus_per_replica} × {card.name}: enter {fewest} or more",
        )
    memory = facts.training_memory.known("lora-16", inputs.job.as_of).needed(base.parameters)
    if memory is not None and serving.training_gpus is not None:
        fewest = int(formulas.gpus_for_memory(needed_bytes=memory, bytes_per_gpu=card.memory))
        if serving.training_gpus < fewest:
            yield Refusal(
                "training_gpus",
                "Training GPUs",
                f"tuning {base.name} needs {memory / BYTES_PER_GIGABYTE:.0f} GB: enter {fewest} or more",
            )
