"""
Price floors: what the cheapest model of a given chat rating cost, snapshot by snapshot.

What is wrong in their file stops whoever reads it, with the record and the cure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from calculators.calendar import say_date
from calculators.facts.checks import check_records
from calculators.facts.figures import Facts
from calculators.facts.kinds import Kind, kinds_of
from calculators.facts.loading import DATA, FACTS
from calculators.facts.reading import Reader
from calculators.facts.record import Sourced
from calculators.vocabulary import UsdPerMillion

PARTS_INPUT: Final = 3
"""Tokens of input for each token of output in a blended price."""

_ROUNDED: Final = 0.5e-4
"""By how much a blended price, written to four places, may be off."""
_FLOAT: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class Floor(Sourced):
    """
    A chat rating that a model has to reach.

    Attributes:
        key: What prices call it.
        name: Name of the model whose rating it is.
        rating: The rating.
        sources: Ids of the sources that it rests on.
    """

    key: str
    name: str
    rating: float
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FloorPrice(Sourced):
    """
    The cheapest model at or above a floor on the day of a snapshot.

    Attributes:
        day: Day of the snapshot.
        floor: Key of the floor.
        model: The model, as the catalogue calls it.
        rating: Its rating.
        input: Its price of input.
        output: Its price of output.
        blended: What a million tokens cost at three of input to one of output, to four places.
        third: The same for the third-cheapest model; `None` where there were fewer than three.
        sources: Ids of the sources that it rests on.
    """

    day: date
    floor: str
    model: str
    rating: float
    input: UsdPerMillion
    output: UsdPerMillion
    blended: UsdPerMillion
    third: UsdPerMillion | None = None
    sources: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in ("input", "output", "blended"):
            if not (price := getattr(self, name)) > 0:
                raise ValueError(f"{name}: {price:g} is no price: a free listing is not an offer")
        blended = (PARTS_INPUT * self.input + self.output) / (PARTS_INPUT + 1)
        if abs(self.blended - blended) > _ROUNDED + _FLOAT:
            raise ValueError(f"blended: {PARTS_INPUT} of input to 1 of output make {blended:.5g}, not {self.blended:g}")
        if self.third is not None and not self.third >= self.blended:
            raise ValueError(f"third: {self.third:g} is below the cheapest, {self.blended:g}")


@dataclass(frozen=True, kw_only=True)
class PriceFloors:
    """
    Every floor and its prices.

    Attributes:
        floors: The floors by key, lowest rating first.
        prices: Prices of each floor in order of time.
    """

    floors: Annotated[Mapping[str, Floor], Kind(Floor, ("price_floors.toml",), table="floor", noun="floor")]
    prices: Annotated[
        Mapping[str, tuple[FloorPrice, ...]],
        Kind(
            FloorPrice,
            ("price_floors.toml",),
            table="price",
            noun="price",
            called_by=("floor", "day"),
            refers={"floor": Floor},
        ),
    ]

    @property
    def days(self) -> tuple[date, ...]:
        """Days of all snapshots."""
        return tuple(sorted({price.day for prices in self.prices.values() for price in prices}))

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of all sources, each once, in the order in which prices name them."""
        named = (source for prices in self.prices.values() for price in prices for source in price.sources)
        return tuple(dict.fromkeys((*named, *(source for floor in self.floors.values() for source in floor.sources))))

    def at(self, floor: str, day: date) -> FloorPrice | None:
        """Return the price of a floor in the snapshot of a day; nothing where no model reached it yet."""
        return next((price for price in self.prices[floor] if price.day == day), None)

    def lowest(self, floor: str) -> FloorPrice:
        """Return the lowest price that a floor has had, on the first day that it had it."""
        return min(self.prices[floor], key=lambda price: price.blended)


@cache
def price_floors() -> PriceFloors:
    """Return this package's price floors."""
    return load_price_floors(FACTS)


def load_price_floors(facts: Facts, directory: Path = DATA) -> PriceFloors:
    """
    Read the price floors, and refuse them all if one cannot be trusted.

    Args:
        facts: The figures that calculators use: a record here names a source there.
        directory: Where the file stands.

    Raises:
        FactsError: As `load`; or if a blended price is not the blend of its parts, days are not in order, a snapshot
            is missing for a floor that had one before, a model is rated twice or below its floor, or a higher floor is
            cheaper than a lower one.
    """
    read = Reader(directory, PriceFloors)
    floors, prices = read.by_name(Floor), read.records(FloorPrice)
    check_records(_FLOOR, floors.values(), facts.sources, {})
    check_records(_PRICE, prices, facts.sources, {Floor: floors})
    found = PriceFloors(
        floors=floors,
        prices=MappingProxyType({key: tuple(price for price in prices if price.floor == key) for key in floors}),
    )
    _check_ratings(found)
    _check_days(found)
    _check_order(found)
    return found


_KINDS: Final = kinds_of(PriceFloors)
_FLOOR: Final = _KINDS["floors"]
_PRICE: Final = _KINDS["prices"]


def _check_ratings(found: PriceFloors) -> None:
    """Refuse floors that do not rise, models below their floor, and models that are rated twice."""
    for lower, higher in pairwise(found.floors.values()):
        if higher.rating <= lower.rating:
            raise _FLOOR.fault(
                higher, f"rating: floors stand in order of their rating, and one before it has {lower.rating:g}"
            )
    ratings: dict[str, float] = {}
    for key, prices in found.prices.items():
        for price in prices:
            model, rating = price.model, price.rating
            if rating < found.floors[key].rating:
                fault = f"{model} has {rating:g}, below the floor of {found.floors[key].rating:g}"
                raise _PRICE.fault(price, f"rating: {fault}")
            if rating != ratings.setdefault(model, rating):
                fault = f"{model} has {ratings[model]:g} elsewhere: ratings are those of one day"
                raise _PRICE.fault(price, f"rating: {fault}")


def _check_days(found: PriceFloors) -> None:
    """Refuse floors without a price, prices in the wrong order, and snapshots left out."""
    for key, prices in found.prices.items():
        if not prices:
            raise _FLOOR.fault(found.floors[key], "has no [[price]]")
        for earlier, later in pairwise(prices):
            if later.day <= earlier.day:
                raise _PRICE.fault(later, f"day: not after {say_date(earlier.day)}")
        if lacking := [day for day in found.days if day > prices[0].day and found.at(key, day) is None]:
            raise _FLOOR.fault(found.floors[key], f"lacks the snapshot of {say_date(lacking[0])}")


def _check_order(found: PriceFloors) -> None:
    """Refuse a floor that is cheaper than a lower one."""
    for lower, higher in pairwise(found.floors):
        for price in found.prices[higher]:
            below = found.at(lower, price.day)
            if below is None or below.blended > price.blended:
                raise _PRICE.fault(price, f"cheaper than {lower}, which every model that reaches {higher} reaches")
