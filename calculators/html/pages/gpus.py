"""The page of GPUs: what each can do, and what renting one costs, specialist clouds and hyperscalers apart."""

from typing import Final

from calculators.facts import FACTS, Gpu, GpuPrice
from calculators.facts.background import GpuOffer, background
from calculators.html.pages.datasets import dataset
from calculators.html.pages.tables import NONE, Column, Part, column, exact, kept, name, note, page, table
from calculators.markup import Html, text
from calculators.quantity import write_number

GPUS: Final = dataset(Gpu)
RENTS: Final = dataset(GpuPrice)
OFFERS: Final = dataset(GpuOffer)

CLOUDS: Final = {
    "specialist": ("Specialist clouds", "Companies that rent out GPUs and little else."),
    "hyperscaler": ("Hyperscalers", "The large clouds: two to four times the price, with everything else beside it."),
    "marketplace": (
        "Marketplaces",
        (
            "Other people’s machines. Their lowest prices are for machines that may vanish; "
            "no figure here starts from one."
        ),
    ),
}
"""Kinds of cloud: what a reader calls them, and what to know of them."""


def write() -> Html:
    """Write the page."""
    return page(
        Part(
            anchor="rents",
            title="What renting costs",
            about=(
                "US dollars for a GPU and hour. The price is what a form starts from, between the lowest and the "
                "highest that were summarised. Interruptible GPUs can be taken away at any moment. Of GPUs that are "
                "reserved for a year or more, and of GPUs that are bought, no price is on record here: a form asks for "
                "yours."
            ),
            body=table(
                RENTS,
                FACTS.gpu_prices.values(),
                (
                    name(RENTS, title="Rent"),
                    column(GpuPrice, "terms", "Rented"),
                    column(GpuPrice, "price", "Price"),
                    column(GpuPrice, "low", "Lowest"),
                    column(GpuPrice, "high", "Highest"),
                    column(GpuPrice, "count", "Prices"),
                    column(GpuPrice, "valid_from", "As of"),
                    note(),
                    *kept(RENTS),
                ),
                title="What renting a GPU costs",
                unit=RENTS.field("price").unit,
            ),
            kinds=(RENTS,),
        ),
        *(
            _offers(cloud, title, about)
            for cloud, (title, about) in CLOUDS.items()
            if any(offer.cloud == cloud for offer in background().gpu_offers.values())
        ),
        Part(
            anchor="specifications",
            title="What a GPU can do",
            body=table(
                GPUS,
                FACTS.gpus.values(),
                (
                    name(GPUS, title="GPU"),
                    Column(
                        title="Memory",
                        cell=lambda gpu: write_number(gpu.memory / _GIGA),
                        unit="GB",
                        order=lambda gpu: gpu.memory,
                        figure=True,
                    ),
                    Column(
                        title="Bandwidth",
                        cell=lambda gpu: NONE if gpu.bandwidth is None else write_number(gpu.bandwidth / _GIGA),
                        unit="GB a second",
                        order=lambda gpu: gpu.bandwidth,
                        figure=True,
                    ),
                    _speed("peak_flops", "Peak speed, 16-bit"),
                    _speed("fp8_flops", "8-bit"),
                    _speed("fp4_flops", "4-bit"),
                    note(),
                    *kept(GPUS),
                ),
                title="What a GPU can do",
            ),
            kinds=(GPUS,),
        ),
    )


_GIGA: Final = 1e9
_TERA: Final = 1e12


def _speed(field: str, title: str) -> Column[Gpu]:
    def shown(gpu: Gpu) -> str:
        speed: float | None = getattr(gpu, field)
        return NONE if speed is None else write_number(speed / _TERA)

    return Column(title=title, cell=shown, unit="teraflops, dense", order=lambda gpu: getattr(gpu, field), figure=True)


def _offers(cloud: str, title: str, about: str) -> Part:
    offers = sorted(
        (offer for offer in background().gpu_offers.values() if offer.cloud == cloud),
        key=lambda offer: (offer.gpu, offer.on_demand is None, offer.on_demand or offer.spot),
    )
    return Part(
        anchor=cloud,
        title=title,
        about=about,
        body=table(
            OFFERS,
            offers,
            (
                name(OFFERS, title="Offer"),
                Column(title="GPU", cell=_gpu, order=lambda offer: offer.gpu),
                column(GpuOffer, "on_demand", "On demand"),
                column(GpuOffer, "spot", "Spot", write=exact),
                column(GpuOffer, "valid_from", "As of"),
                note(),
                *kept(OFFERS),
            ),
            title=f"GPU rents: {title}",
            unit=OFFERS.field("on_demand").unit,
            noun="offers",
            group=("gpu", "GPU"),
        ),
        kinds=(OFFERS,),
    )


def _gpu(offer: GpuOffer) -> Html:
    if offer.gpu in FACTS.gpus:
        return Html('<a href="#{}">{}</a>').fill(GPUS.row_id(offer.gpu), offer.gpu)
    return text(offer.gpu)
