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
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import write_short

SERVICES: Final = dataset(TuningService)
OFFERS: Final = dataset(Availability)
BASES: Final = dataset(BaseModel)
MODELS: Final = dataset(InferencePrice)


def write() -> Html:
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
                "Training is billed by the token or by the hour. A tuned model is then billed by the token, by the "
                "hour that it is kept ready, or both. Prices of tokens are in US dollars per million."
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
            about=(
                "Every record of who could buy what, in order of time, with the seller’s own words where we have them."
            ),
            body=join(_events(key) for key in FACTS.availability),
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


def _next(offer: Availability) -> Html:
    later = join(Html("<p>{}: {}. {}</p>").fill(day(each.valid_from), _to(each), each.what) for each in _later(offer))
    return later or text(f"Nothing announced. {offer.what}")


def _to(offer: Availability) -> str:
    return "sold to nobody" if offer.sold_to == "nobody" else f"sold to {offer.sold_to}"


def _events(key: str) -> Html:
    records = FACTS.availability.history(key)
    return Html('<h3 id="events-{}">{}</h3><ol class="records__events">{}</ol>').fill(
        key, records[-1].name, join(_event(each) for each in records)
    )


_EVENT: Final = Html(
    "<li><p><b>{day}</b>{told}: {to}. {what}{note} <small>{sources}, checked {checked}</small></p>{quote}</li>"
)


def _event(offer: Availability) -> Html:
    return _EVENT.fill(
        day=day(offer.valid_from),
        told=Html(", told on {}").fill(day(offer.announced)) if offer.announced else NOTHING,
        to=_to(offer),
        what=offer.what,
        note=f" {offer.note}" if offer.note else "",
        sources=links_to_sources(offer.sources),
        checked=day(offer.checked),
        quote=Html("<blockquote><p>{}</p></blockquote>").fill(offer.quote) if offer.quote else NOTHING,
    )


# Services.


def _aside(service: TuningService) -> Html:
    mark = Html(' · <b class="records__mark">preview rate</b>') if service.preview else NOTHING
    return text(service.provider) + mark


def _sold_to(service: TuningService) -> Html:
    offer = _offer(service)
    link = Html('<a href="#{}">{}</a>').fill(OFFERS.row_id(offer.key), offer.sold_to)
    return link + join(Html("; from {} to {}").fill(day(each.valid_from), each.sold_to) for each in _later(offer))


def _training(service: TuningService) -> Html:
    if service.training_price is not None:
        return text(exact(service.training_price))
    if service.training_price_per_hour is None:
        return NOTHING
    return Html("{}<small>an hour</small>").fill(exact(service.training_price_per_hour))


def _hosting(service: TuningService) -> Html:
    if service.hosting_per_hour is None:
        return NONE
    each = Html("<small>for each GPU</small>") if service.hosting_is_per_gpu else NOTHING
    return text(exact(service.hosting_per_hour)) + each


def _stops(service: TuningService) -> Html:
    return _says(service.stops, service.stops_source)


def _bases(service: TuningService) -> Html:
    bases = (FACTS.base_models[key] for key in service.base_models)
    return join((Html('<a href="#{}">{}</a>').fill(BASES.row_id(base.key), base.name) for base in bases), Html(", "))


# Base models.


def _prompted(base: BaseModel) -> Html:
    model = FACTS.inference[base.prompted_as]
    return Html('<a href="{}">{}</a>').fill(MODELS.address(model.key), model.name)


def _retires(base: BaseModel) -> Html:
    return _says(base.retires, base.retires_source)


def _says(end: date | None, source: str | None) -> Html:
    """Write the day on which something ends, and who says so."""
    return NONE if end is None or source is None else Html("{}, says {}").fill(day(end), source_link(source))
