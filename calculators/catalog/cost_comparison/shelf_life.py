"""Shelf life: who can still buy a way to tune, until when, and when what was tuned stops answering."""

from dataclasses import dataclass
from datetime import date

from calculators.calendar import say_date
from calculators.facts import Availability, BaseModel, Facts, TuningService, UnknownPriceError


@dataclass(frozen=True, slots=True)
class ShelfLife:
    """
    How long one service's tuning of one model can be had, by what was known on a day.

    Attributes:
        day: The day.
        provider: Who sells it.
        offer: Who can buy it on that day; nothing where no record says so.
        since: Day since which it is sold to those alone, whatever else was said of them meanwhile.
        closes: The announced end of new jobs, if there is one.
        stops: Day on which models tuned there stop answering, if one is known.
        stops_source: Id of the source that says so.
    """

    day: date
    provider: str
    offer: Availability | None
    since: date
    closes: Availability | None
    stops: date | None
    stops_source: str | None

    @property
    def sold_to(self) -> str:
        """Who can buy it. Where nobody says otherwise, whoever names a price sells to anyone."""
        return self.offer.sold_to if self.offer else "anyone"

    def open_to(self, *, existing_customer: bool) -> bool:
        """Whether the reader can start a job."""
        return self.sold_to == "anyone" or (existing_customer and self.sold_to == "existing customers")

    def dies_before(self, end: date) -> bool:
        """Whether what was tuned stops answering before a day."""
        return self.stops is not None and self.stops < end

    @property
    def dead(self) -> bool:
        """Whether what was tuned has stopped answering."""
        return self.stops is not None and self.stops <= self.day

    @property
    def closed_words(self) -> str:
        """Say who can no longer buy it, or nothing where anyone can."""
        if self.offer is None or self.sold_to == "anyone":
            return ""
        since = say_date(self.since)
        return f"closed to newcomers since {since}" if self.sold_to == "existing customers" else f"closed since {since}"

    @property
    def stops_words(self) -> str:
        """Say when what was tuned stops answering, or nothing where no day is known."""
        if self.stops is None:
            return ""
        verb = "stopped" if self.dead else "stop"
        return f"models tuned there {verb} answering on {say_date(self.stops)}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of all that."""
        found = [*(self.offer.sources if self.offer and self.sold_to != "anyone" else ())]
        found += [*(self.closes.sources if self.closes else ()), *([self.stops_source] if self.stops_source else [])]
        return tuple(dict.fromkeys(found))


def shelf_life(service: TuningService, base: BaseModel, day: date, facts: Facts) -> ShelfLife:
    """
    Say how long a service's tuning of a model can be had.

    Args:
        service: Who tunes it.
        base: What is tuned.
        day: The day that is asked from: what was announced later is not known.
        facts: Where to look.
    """
    try:
        offer, since = facts.availability.at(service.offer, day), facts.sold_since(service.offer, day)
    except UnknownPriceError:
        offer, since = None, day
    later = (
        record
        for record in facts.availability.history(service.offer)
        if record.known_from <= day < record.valid_from and record.sold_to == "nobody"
    )
    ends = [
        (end, source)
        for end, source in ((service.stops, service.stops_source), (base.retires, base.retires_source))
        if end is not None
    ]
    stops, source = min(ends, key=lambda pair: pair[0]) if ends else (None, None)
    return ShelfLife(day, service.provider, offer, since, next(later, None), stops, source)
