"""The records that a scenario rests on: resolved once, before anything is computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from calculators import formulas
from calculators.calculator import Refusal
from calculators.calendar import month_after, say_date
from calculators.catalog.cost_comparison.groups import (
    AUTOMATIC,
    LONGEST_HORIZON,
    Job,
    Judgement,
    Models,
    Retrieval,
    Serving,
    Tuning,
    assumed_on,
)
from calculators.catalog.cost_comparison.shelf_life import ShelfLife, shelf_life
from calculators.facts import (
    FACTS,
    BaseModel,
    Embedding,
    Gpu,
    GpuPrice,
    InferencePrice,
    Ledger,
    Record,
    Reranker,
    ServingFit,
    TuningService,
    UnknownPriceError,
    VectorDatabase,
    prices_over,
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
        service: Who tunes it, or nothing if nobody's price is known.
        life: How long that service's tuning can be had, or nothing without a service.
        gpu: The chosen GPU's rent, or nothing if there is no record for that cloud and day.
        fit: How fast the base model runs on that GPU, or nothing if that was not measured.
        hosted_fit: How fast it runs on the GPUs that services host it on, or nothing if that was not measured.
        card: The chosen GPU itself.
        embedding: The embedding model.
        reranker: The reranker, or nothing.
        database: The vector database.
        assumed: The guide's assumptions, as they stood on that day.
        missing: What has no record on that day, by the input that names it, in words. Another day's record then
            stands in its place, and no row that rests on it shows a figure.
    """

    prompted: tuple[Period, ...]
    small: tuple[Period, ...]
    base: BaseModel
    service: TuningService | None
    life: ShelfLife | None
    gpu: GpuPrice | None
    fit: ServingFit | None
    hosted_fit: ServingFit | None
    card: Gpu
    embedding: Embedding
    reranker: Reranker | None
    database: VectorDatabase
    assumed: Mapping[str, float]
    missing: Mapping[str, str]


def sellers(base: BaseModel, job: Job) -> list[TuningService]:
    """
    Services whose price for tuning a model is known: first those that anyone can buy and whose models outlast the
    horizon, then those that bill per token, then by hosting.

    A service that entered these figures only later is not among them, so that an old link keeps its answer; unless
    the day lies before all figures.
    """
    day, end = job.as_of, month_after(job.as_of, job.horizon_months)
    priced = [service for key in FACTS.tuning if (service := _priced(key, day)) and base.key in service.base_models]
    found = [service for service in priced if service.checked <= day] or priced

    def place(service: TuningService) -> tuple[bool, bool, bool, bool, float, str]:
        life = shelf_life(service, base, day)
        closed, dies = life.dead or not life.open_to(existing_customer=False), life.dies_before(end)
        hosting = service.hosting_per_hour or 0.0
        return closed, dies, service.preview, service.hosting_is_per_gpu, hosting, service.key

    return sorted(found, key=place)


def _priced(key: str, day: date) -> TuningService | None:
    try:
        return FACTS.tuning.at(key, day)
    except UnknownPriceError:
        return None


def resolve(job: Job, models: Models, retrieval: Retrieval, tuning: Tuning, serving: Serving) -> Records:
    """
    Look up every record that a scenario names.

    Raises:
        UnknownPriceError: If the prompted model has no price on the scenario's day: then there is nothing to compare.
    """
    day = job.as_of
    base = FACTS.base_models.known(models.tuned_model, day)
    sold = sellers(base, job)
    service = next((each for each in sold if tuning.service in (each.key, AUTOMATIC)), None)
    missing: dict[str, str] = {}
    served = base.served_as or base.key
    return Records(
        prompted=_periods(models.prompted_model, day),
        small=_known_periods(base.prompted_as, day, missing),
        base=base,
        service=service,
        life=shelf_life(service, base, day) if service else None,
        gpu=_rent(serving, day, missing),
        fit=_fit(f"{served}-{serving.gpu}", day),
        hosted_fit=_fit(f"{served}-{HOSTED_ON}", day),
        card=FACTS.gpus.known(serving.gpu, day),
        embedding=_on(FACTS.embeddings, retrieval.embedding, day, "embedding", missing),
        reranker=(
            _on(FACTS.rerankers, retrieval.reranker, day, "reranker", missing)
            if retrieval.reranker in FACTS.rerankers
            else None
        ),
        database=_on(FACTS.vector_databases, retrieval.vector_database, day, "vector_database", missing),
        assumed=assumed_on(day),
        missing=missing,
    )


def _on[R: Record](ledger: Ledger[R], key: str, day: date, name: str, missing: dict[str, str]) -> R:
    """Return a key's record on a day, or its first with a word in `missing`."""
    try:
        return ledger.at(key, day)
    except UnknownPriceError as unknown:
        missing[name] = _as_reason(unknown)
        return ledger.history(key)[0]


def _as_reason(unknown: UnknownPriceError) -> str:
    """What is not known, as it follows a colon."""
    words = str(unknown)
    return f"{words[0].lower()}{words[1:]}"


def _fit(key: str, day: date) -> ServingFit | None:
    return FACTS.serving.known(key, day) if key in FACTS.serving else None


def refusals(
    job: Job, models: Models, retrieval: Retrieval, tuning: Tuning, serving: Serving, judgement: Judgement
) -> list[Refusal]:
    """Say which choices do not go together, and what would."""
    try:
        records = resolve(job, models, retrieval, tuning, serving)
    except UnknownPriceError as error:
        return [Refusal("as_of", "Prices of", str(error))]
    found = []
    if tuning.service != AUTOMATIC and records.service is None:
        found.append(Refusal("service", "Tuning service", _not_tuned_there(tuning.service, records.base, job)))
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
        *_memory_refusals(job.as_of, records, serving),
        *_judgement_refusals(job, records, judgement, serving),
    ]


def _not_tuned_there(key: str, base: BaseModel, job: Job) -> str:
    service = FACTS.tuning[key]
    if base.key in service.base_models:
        return f"no price of {service.name} is known for {say_date(job.as_of)}: enter {AUTOMATIC} or another day"
    others = " or ".join(each.key for each in sellers(base, job)) or "a model that a service tunes"
    names = " or ".join(FACTS.base_models[tuned].name for tuned in service.base_models)
    return (
        f"{service.name} does not tune {base.name}: enter {AUTOMATIC} or {others}, or choose {names} as the tuned model"
    )


def unpriced(job: Job, records: Records, serving: Serving) -> dict[str, str]:
    """Rows for which there is no price, with the reason: they cannot be judged into the running."""
    found: dict[str, str] = {}
    missing = records.missing
    looked_up = [missing[name] for name in ("embedding", "reranker", "vector_database") if name in missing]
    if looked_up:
        found["rag"] = looked_up[0]
        if job.must_change == "documents":
            found |= dict.fromkeys(("api", "own", "small", "open"), looked_up[0])
    if "tuned_model" in missing:
        found.setdefault("small", missing["tuned_model"])
    if records.service is None:
        found["api"] = f"no service we know tuned this model on {say_date(job.as_of)}"
    elif records.service.hosting_is_per_gpu and records.hosted_fit is None:
        found["api"] = f"it was not measured on the {HOSTED_ON}s that the service hosts it on"
    if records.fit is None:
        found["own"] = found["open"] = "its weights are not for download"
    elif "gpu" in missing and serving.gpu_price is None and not serving.owned:
        found["own"] = found["open"] = missing["gpu"]
    return found


def _judgement_refusals(job: Job, records: Records, judgement: Judgement, serving: Serving) -> list[Refusal]:
    names = {"rag": "RAG", "api": "Tuning, API", "own": "Tuning, self-hosted", "open": "Open model, prompted"}
    return [
        Refusal(f"{key}_can", names[key], f"it has no price here ({reason}): choose what has one, or leave it out")
        for key, reason in unpriced(job, records, serving).items()
        if key in names and getattr(judgement, f"{key}_can") == "can"
    ]


def _periods(model: str, day: date) -> tuple[Period, ...]:
    months = prices_over(model, day, LONGEST_HORIZON)
    return tuple(
        Period(month, record) for month, record in enumerate(months) if month == 0 or record is not months[month - 1]
    )


def _known_periods(model: str, day: date, missing: dict[str, str]) -> tuple[Period, ...]:
    try:
        return _periods(model, day)
    except UnknownPriceError as unknown:
        missing["tuned_model"] = _as_reason(unknown)
        return (Period(0, FACTS.inference.history(model)[0]),)


def _rent(serving: Serving, day: date, missing: dict[str, str]) -> GpuPrice | None:
    try:
        return FACTS.gpu_prices.at(f"{serving.gpu}-{serving.cloud}", day)
    except UnknownPriceError:
        missing["gpu"] = f"no rent is known for {serving.gpu} there on {say_date(day)}: enter your price of an hour"
        return None


def _memory_refusals(day: date, records: Records, serving: Serving) -> list[Refusal]:
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
        parameters=base.parameters, bits_per_weight=base.bits_per_weight, headroom=records.assumed["memory_headroom"]
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
    memory = FACTS.training_memory.known("lora-16", day).needed(base.parameters)
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
