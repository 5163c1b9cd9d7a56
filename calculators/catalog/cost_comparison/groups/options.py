"""The lists that a reader chooses from, each answer labelled with what it costs and since when."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from calculators.calculator import Option
from calculators.calendar import say_date, say_month
from calculators.catalog.cost_comparison.groups.bounds import AUTOMATIC, NO_MODEL
from calculators.facts import FACTS, InferencePrice, TuningService
from calculators.quantity import DOLLARS, write_number

GPUS: Final = tuple(dict.fromkeys(fit.gpu for fit in FACTS.serving.values()))
"""GPUs on which serving was measured."""


def prompted_options() -> tuple[Option, ...]:
    """Models that can be prompted under their sellers, each with its price and the month since which it holds."""
    return _gathered(
        (record.provider, key, f"{record.name}: {_in_and_out(record)}{_leaves(record.retires)}")
        for key, record in FACTS.inference.items()
    )


def neighbour_options(direction: str) -> tuple[Option, ...]:
    """
    Models that may stand beside the one that is prompted, or none.

    Args:
        direction: Which tier is taken where the choice is left open: `up` or `down`.
    """
    return (
        Option(value=AUTOMATIC, label=f"The same seller’s next tier {direction}"),
        Option(value=NO_MODEL, label="None"),
        *prompted_options(),
    )


def _in_and_out(record: InferencePrice) -> str:
    return f"{DOLLARS.money(record.input)} in, {DOLLARS.money(record.output)} out, {say_month(record.valid_from)}"


def _leaves(retires: date | None) -> str:
    if retires is None:
        return ""
    return f", {'ended' if retires <= FACTS.today else 'ends'} {say_date(retires)}"


def tuned_options() -> tuple[Option, ...]:
    """Models that can be tuned, those whose weights are open apart from those that only their maker serves."""
    return _gathered(
        (
            "Open weights" if base.parameters else FACTS.inference[base.prompted_as].provider,
            key,
            f"{base.name}: untuned {_in_and_out(FACTS.inference[base.prompted_as])}",
        )
        for key, base in FACTS.base_models.items()
    )


def service_options() -> tuple[Option, ...]:
    """Services that tune, under their sellers, each with its price and what keeps people from buying it."""
    return _gathered(
        (
            service.provider,
            key,
            f"{service.name}: {_to_train(service)}, {say_month(service.valid_from)}{_shut(service)}",
        )
        for key, service in FACTS.tuning.items()
    )


def _to_train(service: TuningService) -> str:
    if service.training_price is None:
        return f"{DOLLARS.money(service.training_price_per_hour or 0.0)} an hour of training"
    return f"{DOLLARS.money(service.training_price)} a million training tokens"


def _shut(service: TuningService) -> str:
    offer = FACTS.availability[service.offer]
    notes = {"anyone": "", "existing customers": ", closed to newcomers", "nobody": ", closed"}
    return notes[offer.sold_to] + (", preview" if service.preview else "") + _leaves(service.stops)


def embedding_options() -> tuple[Option, ...]:
    return _gathered(
        (
            record.provider,
            key,
            f"{record.name}: {DOLLARS.money(record.price)} a million tokens, {say_month(record.valid_from)}",
        )
        for key, record in FACTS.embeddings.items()
    )


def reranker_options() -> tuple[Option, ...]:
    return _gathered((record.provider, key, record.name) for key, record in FACTS.rerankers.items())


def database_options() -> tuple[Option, ...]:
    return _gathered(
        (
            record.provider,
            key,
            f"{record.name}: from {DOLLARS.money(record.monthly_minimum)} a month, {say_month(record.valid_from)}",
        )
        for key, record in FACTS.vector_databases.items()
    )


def gpu_options() -> tuple[Option, ...]:
    """GPUs on which serving was measured, each with its rent at each kind of cloud."""
    found = []
    for gpu in GPUS:
        rents = [
            f"{DOLLARS.money(rent.price)} at a {cloud}, {say_month(rent.valid_from)}"
            for cloud in ("specialist", "hyperscaler")
            if (rent := FACTS.gpu_prices.get(f"{gpu}-{cloud}"))
        ]
        found.append(Option(value=gpu, label=f"{gpu}: {'; '.join(rents) or 'no rent known'}"))
    return tuple(found)


def place_options() -> tuple[Option, ...]:
    """Regions and service tiers under who sells them, each with what it does to a price."""
    return _gathered(
        (place.seller, key, f"{place.name}: {write_number(place.multiple)} × the price")
        for key, place in FACTS.places.items()
    )


def _gathered(options: Iterable[tuple[str, str, str]]) -> tuple[Option, ...]:
    """Options from sellers, keys and labels, gathered under their sellers in the order of the data."""
    listed = list(options)
    sellers = list(dict.fromkeys(seller for seller, _, _ in listed))
    return tuple(
        Option(value=key, label=label, group=seller)
        for seller, key, label in sorted(listed, key=lambda option: sellers.index(option[0]))
    )
