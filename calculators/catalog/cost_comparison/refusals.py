"""What single fields cannot know: choices that do not go together, and rows for which there is no price."""

from collections.abc import Iterable
from typing import Final

from calculators import formulas
from calculators.calculator import Refusal
from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, Runs, Tunes, must_do, running_today
from calculators.catalog.cost_comparison.groups import AUTOMATIC, OWNED, Inputs, Quality, Serving
from calculators.catalog.cost_comparison.groups.inputs import KINDS
from calculators.catalog.cost_comparison.groups.workload import needs, nothing_changes
from calculators.catalog.cost_comparison.own_training import own_memory
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
    if approach.runs is Runs.OWN_GPUS and (reason := _not_hosted(approach, inputs, records)):
        return reason
    nothing = nothing_changes(job.must_change)
    asked = must_do(needs(job.must_change), running_today(job.today, nothing_changes=nothing), nothing_changes=nothing)
    if approach.looks_up(documents="documents" in asked):
        looked_up = [missing[name] for name in ("embedding", "reranker", "vector_database") if name in missing]
        if looked_up:
            return looked_up[0]
    return _not_sold(approach, inputs, records)


def _not_hosted(approach: Approach, inputs: Inputs, records: Records) -> str:
    """Say why there is no price of GPUs of one's own; empty where there is one."""
    serving, card = inputs.serving, records.card
    if records.shape is None:
        return f"the weights of {records.base.name} are not for download"
    if serving.hardware == OWNED:
        if serving.gpu_bought is None and records.gpu_bought is None:
            return f"what {card.name} costs to buy is not on record: enter your price under “Self-hosting”"
    elif serving.gpu_price is None and "gpu" in records.missing:
        return records.missing["gpu"]
    return _too_large(inputs, records) if approach.tunes is Tunes.OWN_GPUS else ""


def _not_sold(approach: Approach, inputs: Inputs, records: Records) -> str:
    """Say why there is no price of a model beside the one that is prompted; empty where one is, or none is needed."""
    if approach.runs in _NEIGHBOURS and not records.sold_for(approach.runs):
        return _NEIGHBOURS[approach.runs]
    entered = (inputs.prices.small_input_price, inputs.prices.small_output_price)
    if approach.runs is not Runs.SMALL or (records.unsold and None not in entered):
        return ""
    return records.missing.get("tuned_model", "")


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
    usable = inputs.serving.usable_memory if _weighed(inputs.serving, records) else 1.0
    needed = _serving_memory(inputs, records)
    return int(formulas.gpus_for_memory(needed_bytes=needed, bytes_per_gpu=records.card.memory * usable))


def _serving_memory(inputs: Inputs, records: Records) -> float:
    """Memory that one copy of the model takes up, without what it works on. [byte]"""
    base, shape = records.base, records.shape
    if shape and _weighed(inputs.serving, records):
        return formulas.serving_memory(parameters=shape.parameters, bits_per_weight=records.weight_bits(inputs.serving))
    return formulas.serving_memory(
        parameters=base.parameters or 0.0,
        bits_per_weight=base.bits_per_weight,
        headroom=records.assumed["memory_headroom"],
    )


def _weighed(serving: Serving, records: Records) -> bool:
    """Whether one copy is what its weights take up: where memory is asked, or speed is not as it was measured."""
    fit = records.fit
    return serving.sized_by == "memory" or fit is None or fit.weight_bits != records.weight_bits(serving)


def _memory_refusals(inputs: Inputs, records: Records, facts: Facts) -> Iterable[Refusal]:
    """Say where a model does not fit, and what it would fit in."""
    base, card, serving, shape = records.base, records.card, inputs.serving, records.shape
    fewest, asked = fewest_gpus(inputs, records), serving.longest_context
    if shape and asked is not None and asked > shape.context and serving.sized_by == "memory":
        most = f"{shape.context:,}"
        yield Refusal(
            "longest_context", "Longest context", f"{base.name} reads {most} tokens at most: enter {most} or fewer"
        )
    if base.parameters is None or fewest is None:
        return
    if serving.gpus_per_replica is not None and serving.gpus_per_replica < fewest:
        yield Refusal(
            "gpus_per_replica",
            "GPUs per replica",
            f"{base.name} needs {_serving_memory(inputs, records) / BYTES_PER_GIGABYTE:.0f} GB and does not fit in "
            f"{serving.gpus_per_replica} × {card.name}: enter {fewest} or more",
        )
    yield from _training_refusals(inputs, records, facts)


def _training_refusals(inputs: Inputs, records: Records, facts: Facts) -> Iterable[Refusal]:
    """Say where what is tuned does not fit on the GPUs that it is given, and what it would fit in."""
    base, card, gpus = records.base, records.card, inputs.own_training.training_gpus
    need = own_memory(inputs, records)
    fewest, each = None, ""
    if gpus is None:
        return
    if need is not None:
        fewest, held = need.fewest(card.memory), need.on_each(gpus)
        each = f" on {'one' if gpus == 1 else f'each of {gpus:,} ×'} {card.name}"
    elif held := facts.training_memory.known("lora-16", inputs.job.as_of).needed(base.parameters or 0.0) or 0.0:
        fewest = int(formulas.gpus_for_memory(needed_bytes=held, bytes_per_gpu=card.memory))
    if fewest is not None and gpus < fewest:
        yield Refusal(
            "training_gpus",
            "Training GPUs",
            f"tuning {base.name} needs {held / BYTES_PER_GIGABYTE:.0f} GB{each}: enter {fewest} or more",
        )


def _too_large(inputs: Inputs, records: Records) -> str:
    """Say why no number of GPUs makes room for tuning; empty where some do."""
    need, card = own_memory(inputs, records), records.card
    if need is None or need.fewest(card.memory) is not None:
        return ""
    if not need.shards:
        return (
            f"{records.trainer.name} needs {need.on_each(1) / BYTES_PER_GIGABYTE:.0f} GB on one {card.name}, "
            "and was not measured on more"
        )
    step = (need.spread + need.fixed) / BYTES_PER_GIGABYTE
    return f"a step of training takes {step:.0f} GB on each {card.name}, however many there are"
