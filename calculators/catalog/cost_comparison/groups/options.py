"""The lists that a reader chooses from, each answer labelled with what it costs; since when stands under the field."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from calculators.calculator import Option
from calculators.calendar import say_date
from calculators.catalog.cost_comparison.groups.bounds import AUTOMATIC, NO_MODEL, OWN_MODEL
from calculators.facts import FACTS, InferencePrice, TuningService
from calculators.quantity import DOLLARS, write_number, write_short

GPUS: Final = tuple(
    dict.fromkeys(
        (
            *(fit.gpu for fit in FACTS.serving.values()),
            *(key for key, card in FACTS.gpus.items() if card.bandwidth is not None),
        )
    )
)
"""GPUs on which serving was measured, and those for which it is estimated."""

_ENDED: Final = "No longer sold"
"""The heading under which a list ends."""

_SIZES: Final = ("frontier", "mid", "small")
"""Tiers of which one model follows another; what else is sold is sold by many, or has been followed."""

_UNDATED: Final = re.compile(r"-(\d{4}|latest)$")


def prompted_options() -> tuple[Option, ...]:
    """Models that can be prompted under their sellers, each with its price; those that have ended come last."""
    newest = _newest()
    return _gathered(
        (
            _under(record.provider, record.retires),
            key,
            f"{record.name}: {_in_and_out(record)}{', newest' if key in newest else ''}{_leaves(record.retires)}",
        )
        for key, record in FACTS.inference.items()
    )


def _newest() -> Collection[str]:
    """
    Of each seller's models of one size the one that was the last to get a price here, unless it was among the first.

    A model whose name says its month, or that it is whichever is the latest, may be older than its first price.
    """
    began = {key: FACTS.inference.history(key)[0].valid_from for key in FACTS.inference}
    in_order = sorted(FACTS.inference.items(), key=lambda each: began[each[0]])
    first = {record.provider: began[key] for key, record in reversed(in_order)}
    return {
        (record.provider, record.tier): key
        for key, record in in_order
        if record.tier in _SIZES and began[key] > first[record.provider] and not _UNDATED.search(key)
    }.values()


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


def _under(seller: str, ends: date | None) -> str:
    """The heading of what a seller sells, or has sold."""
    return _ENDED if ends and ends <= FACTS.today else seller


def _in_and_out(record: InferencePrice) -> str:
    return f"{DOLLARS.money(record.input)} in, {DOLLARS.money(record.output)} out"


def _leaves(retires: date | None) -> str:
    if retires is None:
        return ""
    return f", {'ended' if retires <= FACTS.today else 'ends'} {say_date(retires)}"


def tuned_options() -> tuple[Option, ...]:
    """
    Models that can be tuned: those whose weights are open apart from those that only their maker serves, then open
    ones of which no price is on record, and one that is on no list.
    """
    priced = _gathered(
        (
            _under(_OPEN if base.parameters else FACTS.inference[base.prompted_as].provider, base.retires),
            key,
            f"{base.name}: untuned {_in_and_out(FACTS.inference[base.prompted_as])}",
        )
        for key, base in FACTS.base_models.items()
    )
    others = (
        Option(value=key, label=f"{shape.name}: {write_short(shape.parameters)} parameters", group=_UNPRICED)
        for key, shape in FACTS.shapes.items()
        if key not in FACTS.base_models
    )
    return (*priced, *others, Option(value=OWN_MODEL, label="One of your own: say its size", group=_UNPRICED))


_OPEN: Final = "Open weights"
_UNPRICED: Final = f"{_OPEN}, for your own GPUs"


def service_options() -> tuple[Option, ...]:
    """Services that tune, under their sellers, each with its price and what keeps people from buying it."""
    return _gathered(
        (
            _under(service.provider, service.stops),
            key,
            f"{service.name}: {_to_train(service)}{_shut(service)}",
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
        (record.provider, key, f"{record.name}: {DOLLARS.money(record.price)} a million tokens")
        for key, record in FACTS.embeddings.items()
    )


def reranker_options() -> tuple[Option, ...]:
    return _gathered((record.provider, key, record.name) for key, record in FACTS.rerankers.items())


def database_options() -> tuple[Option, ...]:
    return _gathered(
        (record.provider, key, f"{record.name}: from {DOLLARS.money(record.monthly_minimum)} a month")
        for key, record in FACTS.vector_databases.items()
    )


def gpu_options() -> tuple[Option, ...]:
    """GPUs, each with its rent on demand at each kind of cloud."""
    found = []
    for gpu in GPUS:
        rents = [
            f"{DOLLARS.money(rent.price)} at a {cloud}"
            for cloud in ("specialist", "hyperscaler")
            if (rent := FACTS.gpu_prices.get(f"{gpu}-{cloud}"))
        ]
        found.append(Option(value=gpu, label=f"{gpu}: {'; '.join(rents) or 'no rent known'}"))
    return tuple(found)


def trainer_options() -> tuple[Option, ...]:
    """Programs that tune."""
    return tuple(Option(value=key, label=trainer.name) for key, trainer in FACTS.trainers.items())


def place_options() -> tuple[Option, ...]:
    """Regions and service tiers under who sells them, each with what it does to a price."""
    return _gathered(
        (place.seller, key, f"{place.name}: {write_number(place.multiple)} × the price")
        for key, place in FACTS.places.items()
    )


def _gathered(options: Iterable[tuple[str, str, str]]) -> tuple[Option, ...]:
    """Options from sellers, keys and labels, gathered under their sellers in the order of the data."""
    listed = list(options)
    sellers = [*dict.fromkeys(seller for seller, _, _ in listed if seller != _ENDED), _ENDED]
    return tuple(
        Option(value=key, label=label, group=seller)
        for seller, key, label in sorted(listed, key=lambda option: sellers.index(option[0]))
    )
