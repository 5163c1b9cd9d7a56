"""Tuning as a service: what can be tuned, what it costs, and who can still buy it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from calculators.facts.quantities import Bits, Parameters, UsdPerMonth, WholeCount
from calculators.facts.record import Record, together
from calculators.vocabulary import Usd, UsdPerHour, UsdPerMillion

SOLD_TO: Final = ("anyone", "existing customers", "nobody")
"""Who can buy a way to tune."""


@dataclass(frozen=True, kw_only=True)
class BaseModel(Record):
    """
    A model that can be tuned.

    Attributes:
        prompted_as: Key of the price of the same model, only prompted; empty where nobody's is on record.
        parameters: Parameters in all; `None` where the weights are not published.
        active_parameters: Parameters that take part in each token, where only some do.
        bits_per_weight: Bits that one parameter takes while it is served.
        gpus_needed: H100s that serve one copy, as measured; `None` where it was not, or only its maker can serve it.
        served_as: Key of the model whose serving measurement stands for it, where it has the same shape but was not
            measured itself.
        retires: Day on which it is withdrawn; `None` for weights that nobody can switch off.
        retires_source: Id of the source that says so.
    """

    prompted_as: str
    parameters: Parameters | None = None
    active_parameters: Parameters | None = None
    bits_per_weight: Bits = 8.0
    gpus_needed: WholeCount | None = None
    served_as: str | None = None
    retires: date | None = None
    retires_source: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        together(self, "retires", "retires_source")


@dataclass(frozen=True, kw_only=True)
class Availability(Record):
    """
    Who can buy a way to tune, from a day on.

    What was announced for later is a further record: the day on which nobody can start a job any more is that
    record's first day.

    Attributes:
        provider: Who sells it, or sold it.
        sold_to: One of `SOLD_TO`.
        what: What happened on its first day, or what is sold, in one sentence.
        tunes: What can be tuned there, in words; empty where nothing can.
        quote: The source's own words.
    """

    provider: str
    sold_to: str
    what: str
    tunes: str = ""
    quote: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.sold_to not in SOLD_TO:
            raise ValueError(f"sold_to {self.sold_to} is none of {', '.join(SOLD_TO)}")


@dataclass(frozen=True, kw_only=True)
class TuningService(Record):
    """
    What a provider charges for tuning a model and for serving the tuned one.

    Attributes:
        provider: Who sells it.
        base_models: Keys of the base models that it tunes at this price.
        default: Whether it is the service a form starts from.
        training_price: Price of training, per million tokens trained on.
        training_price_per_hour: Price of training where it is billed by the hour.
        input: Price of the tuned model's input, per million tokens; `None` where it is served by the hour only.
        output: Price of the tuned model's output, per million tokens.
        cached_input: Price of its input read from a cache.
        hosting_per_hour: Price of keeping it ready, used or not.
        hosting_is_per_gpu: Whether that is per GPU: a base model that needs two then pays twice.
        hosting_in_conflict: Prices of keeping it ready that copies of the seller's page give, where they differ.
        storage_per_month: Price of keeping the tuned weights.
        minimum_charge_per_job: Least that one training job costs, where the provider states it.
        validation_billed: Whether tokens that training is validated on are billed as well.
        offer: Key of the `Availability` that says who can buy it, and until when.
        stops: Day on which models tuned there stop answering, because their base is withdrawn; `None` where no day is
            known.
        stops_source: Id of the source that says so.
        preview: Whether it is sold as a preview, at a price that will not last.
    """

    provider: str
    base_models: tuple[str, ...]
    default: bool = False
    training_price: UsdPerMillion | None = None
    training_price_per_hour: UsdPerHour | None = None
    input: UsdPerMillion | None = None
    output: UsdPerMillion | None = None
    cached_input: UsdPerMillion | None = None
    hosting_per_hour: UsdPerHour | None = None
    hosting_is_per_gpu: bool = False
    hosting_in_conflict: tuple[UsdPerHour, ...] = ()
    storage_per_month: UsdPerMonth | None = None
    minimum_charge_per_job: Usd | None = None
    validation_billed: bool
    offer: str
    stops: date | None = None
    stops_source: str | None = None
    preview: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        together(self, "input", "output")
        if (self.training_price is None) == (self.training_price_per_hour is None):
            raise ValueError("training is billed either per million tokens or per hour")
        if self.input is None and self.hosting_per_hour is None:
            raise ValueError("no price for serving the tuned model")
        together(self, "stops", "stops_source")
