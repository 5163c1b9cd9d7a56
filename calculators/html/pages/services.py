"""The page of fine-tuning services: what each charges, who can still buy it, and until when."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from calculators.facts import FACTS, Availability, BaseModel, InferencePrice, TuningService
from calculators.html.elements import source_link
from calculators.html.pages.datasets import dataset
from calculators.html.pages.tables import (
    NONE,
    Column,
    Part,
    column,
    day,
    exact,
    kept,
    links_to_sources,
    name,
    note,
    page,
    table,
)
from calculators.markup import text
from calculators.quantity import write_short

SERVICES: Final = dataset(TuningService)
OFFERS: Final = dataset(Availability)
BASES: Final = dataset(BaseModel)
MODELS: Final = dataset(InferencePrice)


def write() -> str:
    """Write the page."""
    return page(
        Part(
            anchor="for-sale",
            title="Who sells it",
            about="To whom each way to tune is sold today, and what its seller has announced.",
            body=table(
                OFFERS,
                FACTS.availability.values(),
                (
                    name(OFFERS, title="Offer"),
                    column(Availability, "sold_to", "Sold to"),
                    Column(title="Since", cell=lambda offer: day(_since(offer)), order=_since),
                    Column(title="What is next", cell=_next),
                    column(Availability, "tunes", "What can be tuned", sortable=False),
                    *kept(OFFERS),
                ),
                title="Who sells fine-tuning",
                blocks=True,
            ),
            kinds=(OFFERS,),
        ),
        Part(
            anchor="services",
            title="What it costs",
            about=(
                "Training is billed by the token or by the hour. A tuned model is then billed by the token, by the hour "
                "that it is kept ready, or both. Prices of tokens are in US dollars per million."
            ),
            body=table(
                SERVICES,
                sorted(FACTS.tuning.values(), key=lambda service: service.provider.casefold()),
                (
                    name(SERVICES, title="Service", aside=_aside),
                    Column(
                        title="Sold to",
                        cell=_sold_to,
                        order=lambda service: _offer(service).sold_to,
                        css="records__words",
                    ),
                    Column(title="Training", cell=_training, order=lambda service: service.training_price, figure=True),
                    column(TuningService, "minimum_charge_per_job", "Least for a job"),
                    column(TuningService, "validation_billed", "Validation billed"),
                    column(TuningService, "input", "Input"),
                    column(TuningService, "cached_input", "Cached"),
                    column(TuningService, "output", "Output"),
                    Column(
                        title="Hosting",
                        cell=_hosting,
                        unit=SERVICES.field("hosting_per_hour").unit,
                        order=lambda service: service.hosting_per_hour,
                        figure=True,
                    ),
                    column(TuningService, "storage_per_month", "Storage"),
                    column(TuningService, "valid_from", "Since"),
                    Column(title="Tuned models stop", cell=_stops, order=lambda service: service.stops),
                    Column(title="Base models", cell=_bases, css="records__words"),
                    note(),
                    *kept(SERVICES),
                ),
                title="Prices of fine-tuning services",
                unit=SERVICES.field("training_price").unit,
                noun="services",
                group=("provider", "Provider"),
            ),
            kinds=(SERVICES,),
        ),
        Part(
            anchor="events",
            title="What happened",
            about="Every record of who could buy what, in order of time, with the seller’s own words where we have them.",
            body="".join(_events(key) for key in FACTS.availability),
        ),
        Part(
            anchor="bases",
            title="Models that are tuned",
            about="Parameters and GPUs are told where anybody but the maker can serve the model.",
            body=table(
                BASES,
                FACTS.base_models.values(),
                (
                    name(BASES, title="Model"),
                    Column(title="Prompted as", cell=_prompted),
                    column(BaseModel, "parameters", "Parameters", write=write_short),
                    column(BaseModel, "active_parameters", "Active", write=write_short),
                    Column(
                        title="Bits of a weight",
                        cell=lambda base: f"{base.bits_per_weight:g}" if base.parameters else NONE,
                        order=lambda base: base.bits_per_weight if base.parameters else None,
                        figure=True,
                    ),
                    column(BaseModel, "gpus_needed", "H100s for a copy"),
                    Column(title="Retires", cell=_retires, order=lambda base: base.retires),
                    note(),
                    *kept(BASES),
                ),
                title="Models that are tuned",
                unit=BASES.field("parameters").unit,
            ),
            kinds=(BASES,),
        ),
    )


# Offers.


def _offer(service: TuningService) -> Availability:
    return FACTS.availability[service.offer]


def _since(offer: Availability) -> date:
    return FACTS.sold_since(offer.key, FACTS.today)


def _later(offer: Availability) -> Iterable[Availability]:
    return (each for each in FACTS.availability.history(offer.key) if each.valid_from > FACTS.today)


def _next(offer: Availability) -> str:
    said = "".join(f"<p>{day(each.valid_from)}: {_to(each)}. {text(each.what)}</p>" for each in _later(offer))
    return said or f"Nothing announced. {text(offer.what)}"


def _to(offer: Availability) -> str:
    return "sold to nobody" if offer.sold_to == "nobody" else f"sold to {text(offer.sold_to)}"


def _events(key: str) -> str:
    records = FACTS.availability.history(key)
    items = "".join(_event(each) for each in records)
    return f'<h3 id="events-{text(key)}">{text(records[-1].name)}</h3><ol class="records__events">{items}</ol>'


def _event(offer: Availability) -> str:
    told = f", told on {day(offer.announced)}" if offer.announced else ""
    quote = f"<blockquote><p>{text(offer.quote)}</p></blockquote>" if offer.quote else ""
    note = f" {text(offer.note)}" if offer.note else ""
    return (
        f"<li><p><b>{day(offer.valid_from)}</b>{told}: {_to(offer)}. {text(offer.what)}{note} "
        f"<small>{links_to_sources(offer.sources)}, checked {day(offer.checked)}</small></p>{quote}</li>"
    )


# Services.


def _aside(service: TuningService) -> str:
    return text(service.provider) + (' · <b class="records__mark">preview rate</b>' if service.preview else "")


def _sold_to(service: TuningService) -> str:
    offer = _offer(service)
    later = "".join(f"; from {day(each.valid_from)} to {text(each.sold_to)}" for each in _later(offer))
    return f'<a href="#{text(OFFERS.row_id(offer.key))}">{text(offer.sold_to)}</a>{later}'


def _training(service: TuningService) -> str:
    if service.training_price is not None:
        return exact(service.training_price)
    return (
        ""
        if service.training_price_per_hour is None
        else f"{exact(service.training_price_per_hour)}<small>an hour</small>"
    )


def _hosting(service: TuningService) -> str:
    if service.hosting_per_hour is None:
        return NONE
    each = "<small>for each GPU</small>" if service.hosting_is_per_gpu else ""
    return f"{exact(service.hosting_per_hour)}{each}"


def _stops(service: TuningService) -> str:
    if service.stops is None or service.stops_source is None:
        return NONE
    return f"{day(service.stops)}, says {source_link(service.stops_source)}"


def _bases(service: TuningService) -> str:
    return ", ".join(
        f'<a href="#{text(BASES.row_id(key))}">{text(FACTS.base_models[key].name)}</a>' for key in service.base_models
    )


# Base models.


def _prompted(base: BaseModel) -> str:
    return f'<a href="{text(MODELS.address(base.prompted_as))}">{text(FACTS.inference[base.prompted_as].name)}</a>'


def _retires(base: BaseModel) -> str:
    if base.retires is None or base.retires_source is None:
        return NONE
    return f"{day(base.retires)}, says {source_link(base.retires_source)}"
