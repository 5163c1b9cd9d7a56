"""The records that a scenario rests on: resolved once, before anything is computed."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from calculators import formulas
from calculators.calculator import Refusal
from calculators.catalog.cost_comparison.groups import (
    AUTOMATIC,
    LONGEST_HORIZON,
    Job,
    Judgement,
    Models,
    Retrieval,
    Serving,
    Tuning,
)
from calculators.facts import (
    FACTS,
    BaseModel,
    Embedding,
    Gpu,
    GpuPrice,
    InferencePrice,
    Reranker,
    ServingFit,
    TuningService,
    UnknownPriceError,
    VectorDatabase,
    prices_over,
    say_date,
)
from calculators.formulas.units import BYTES_PER_GIGABYTE
from calculators.quantity import write_number

HOSTED_ON: Final = "H100"
"""The GPU whose hour the services' hosting prices are for."""


class Period(NamedTuple):
    """
    A price and the months in which it is in force.

    Attributes:
        first: First month, from 0.
        record: The price.
    """

    first: int
    record: InferencePrice


@dataclass(frozen=True, slots=True)
class Records:
    """
    What the chosen names stand for on the chosen day.

    Attributes:
        prompted: The prompted model's prices, period after period, as far as the longest horizon.
        small: The tuned model's prices without tuning.
        base: The model that is tuned.
        service: Who tunes it, or nothing if nobody sells that to new customers.
        gpu: The chosen GPU's rent, or nothing if there is no record for that cloud and day.
        fit: How fast the base model runs on that GPU, or nothing if that was not measured.
        hosted_fit: How fast it runs on the GPUs that services host it on, or nothing if that was not measured.
        card: The chosen GPU itself.
        embedding: The embedding model.
        reranker: The reranker, or nothing.
        database: The vector database.
    """

    prompted: tuple[Period, ...]
    small: tuple[Period, ...]
    base: BaseModel
    service: TuningService | None
    gpu: GpuPrice | None
    fit: ServingFit | None
    hosted_fit: ServingFit | None
    card: Gpu
    embedding: Embedding
    reranker: Reranker | None
    database: VectorDatabase


def sellers(base: str, day: date) -> list[TuningService]:
    """Services that tune a base model for new customers on a day: those that bill per token first, then by hosting."""
    sold = [service for key in FACTS.tuning if (service := _sold(key, day)) and base in service.base_models]
    return sorted(sold, key=lambda service: (service.hosting_is_per_gpu, service.hosting_per_hour or 0.0, service.key))


def _sold(key: str, day: date) -> TuningService | None:
    try:
        service = FACTS.tuning.at(key, day)
    except UnknownPriceError:
        return None
    closed = service.existing_customers_only_since
    return service if closed is None or day < closed else None


def resolve(job: Job, models: Models, retrieval: Retrieval, tuning: Tuning, serving: Serving) -> Records:
    """
    Look up every record that a scenario names.

    Raises:
        UnknownPriceError: If a model has no price on the scenario's day.
    """
    base = FACTS.base_models[models.tuned_model]
    sold = sellers(base.key, job.as_of)
    chosen = [service for service in sold if service.key == tuning.service] or (
        sold if tuning.service == AUTOMATIC else []
    )
    return Records(
        prompted=_periods(models.prompted_model, job.as_of),
        small=_periods(base.prompted_as, job.as_of),
        base=base,
        service=chosen[0] if chosen else None,
        gpu=_rent(serving, job.as_of),
        fit=FACTS.serving.get(f"{base.served_as or base.key}-{serving.gpu}"),
        hosted_fit=FACTS.serving.get(f"{base.served_as or base.key}-{HOSTED_ON}"),
        card=FACTS.gpus[serving.gpu],
        embedding=FACTS.embeddings.at(retrieval.embedding, job.as_of),
        reranker=FACTS.rerankers.at(retrieval.reranker, job.as_of) if retrieval.reranker in FACTS.rerankers else None,
        database=FACTS.vector_databases.at(retrieval.vector_database, job.as_of),
    )


def refusals(
    job: Job, models: Models, retrieval: Retrieval, tuning: Tuning, serving: Serving, judgement: Judgement
) -> list[Refusal]:
    """Say which choices do not go together, and what would."""
    try:
        records = resolve(job, models, retrieval, tuning, serving)
    except UnknownPriceError as error:
        return [Refusal("as_of", "Prices of", str(error))]
    found = []
    sold = sellers(records.base.key, job.as_of)
    if tuning.service != AUTOMATIC and records.service is None:
        name = FACTS.tuning[tuning.service].name
        others = " or ".join(service.key for service in sold) or "a model that a service tunes"
        found.append(
            Refusal(
                "service", "Tuning service", f"{name} does not tune {records.base.name}: enter {AUTOMATIC} or {others}"
            )
        )
    if records.gpu is None and serving.gpu_price is None and not serving.owned:
        found.append(
            Refusal(
                "gpu_price",
                "GPU price",
                f"no rent is known for {serving.gpu} there on {say_date(job.as_of)}: enter your price an hour",
            )
        )
    if retrieval.overlap_tokens >= retrieval.chunk_tokens:
        found.append(
            Refusal(
                "overlap_tokens",
                "Overlap",
                f"{write_number(retrieval.overlap_tokens)} is not below a chunk: enter fewer than "
                f"{write_number(retrieval.chunk_tokens)} tokens",
            )
        )
    return [*found, *_memory_refusals(records, serving), *_judgement_refusals(records, judgement)]


def unpriced(records: Records) -> dict[str, str]:
    """Rows for which there is no price, with the reason: they cannot be judged into the running."""
    found = {}
    if records.service is None:
        found["api"] = "no service we know tunes this model for new customers"
    elif records.service.hosting_is_per_gpu and records.hosted_fit is None:
        found["api"] = f"it was not measured on the {HOSTED_ON}s that the service hosts it on"
    if records.fit is None:
        found["own"] = found["open"] = "its weights are not for download"
    return found


def _judgement_refusals(records: Records, judgement: Judgement) -> list[Refusal]:
    names = {"api": "Tuning, API", "own": "Tuning, self-hosted", "open": "Open model, prompted"}
    return [
        Refusal(
            f"{key}_can", names[key], f"{records.base.name} has no price here ({reason}): choose another tuned model"
        )
        for key, reason in unpriced(records).items()
        if getattr(judgement, f"{key}_can") == "can"
    ]


def _periods(model: str, day: date) -> tuple[Period, ...]:
    months = prices_over(model, day, LONGEST_HORIZON)
    return tuple(
        Period(month, record) for month, record in enumerate(months) if month == 0 or record is not months[month - 1]
    )


def _rent(serving: Serving, day: date) -> GpuPrice | None:
    try:
        return FACTS.gpu_prices.at(f"{serving.gpu}-{serving.cloud}", day)
    except UnknownPriceError:
        return None


def _memory_refusals(records: Records, serving: Serving) -> list[Refusal]:
    """Say where a model does not fit, and what it would fit in."""
    base, card = records.base, records.card
    if base.parameters is None:
        return []
    if records.fit is None:
        measured = " or ".join(
            fit.gpu for fit in FACTS.serving.values() if fit.base_model == (base.served_as or base.key)
        )
        return [Refusal("gpu", "GPU", f"{base.name} was not measured on {serving.gpu}: enter {measured}")]
    found = []
    needed = formulas.serving_memory(
        parameters=base.parameters, bits_per_weight=base.bits_per_weight, headroom=FACTS.assume("memory_headroom")
    )
    fewest = formulas.gpus_for_memory(needed_bytes=needed, bytes_per_gpu=card.memory)
    if serving.gpus_per_replica is not None and serving.gpus_per_replica < fewest:
        found.append(
            Refusal(
                "gpus_per_replica",
                "GPUs per replica",
                f"{base.name} needs {needed / BYTES_PER_GIGABYTE:.0f} GB and does not fit in {serving.gpus_per_replica} × "
                f"{card.name}: enter {fewest:.0f} or more",
            )
        )
    memory = FACTS.training_memory["lora-16"].needed(base.parameters)
    if memory is not None and serving.training_gpus is not None:
        fewest = formulas.gpus_for_memory(needed_bytes=memory, bytes_per_gpu=card.memory)
        if serving.training_gpus < fewest:
            found.append(
                Refusal(
                    "training_gpus",
                    "Training GPUs",
                    f"tuning {base.name} needs {memory / BYTES_PER_GIGABYTE:.0f} GB: enter {fewest:.0f} or more",
                )
            )
    return found
