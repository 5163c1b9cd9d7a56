"""
Price floors: what the cheapest model of a given chat rating cost, snapshot by snapshot.

No calculator uses them, so a browser never reads them: a page does, on demand. They are held to the same rules as
the facts. What is wrong in the file stops whoever reads it, with the record and the cure.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast, get_type_hints

from calculators.calendar import say_date
from calculators.facts import DATA, FACTS, FactsError, Source
from calculators.vocabulary import UsdPerMillion

FILE: Final = "price_floors.toml"
"""The file that they stand in."""

PARTS_INPUT: Final = 3
"""Tokens of input for each token of output in a blended price."""

_ROUNDED: Final = 0.5e-4
"""By how much a blended price, written to four places, may be off."""
_FLOAT: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class Floor:
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
class FloorPrice:
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
            if not (math.isfinite(price := getattr(self, name)) and price > 0):
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

    floors: Mapping[str, Floor]
    prices: Mapping[str, tuple[FloorPrice, ...]]

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
    return load_price_floors(DATA, FACTS.sources)


def load_price_floors(directory: Path, sources: Mapping[str, Source]) -> PriceFloors:
    """
    Read the price floors, and refuse them all if one cannot be trusted.

    Args:
        directory: Where the file stands.
        sources: The sources that records may name.

    Raises:
        FactsError: If the file cannot be read, a record lacks something or has something unknown, a source or a floor
            does not exist, a blended price is not the blend of its parts, days are not in order, a snapshot is missing
            for a floor that had one before, a model is rated twice or below its floor, or a higher floor is cheaper
            than a lower one.
    """
    try:
        tables = tomllib.loads((directory / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FactsError(f"{FILE}: {fault}") from fault
    if strays := tables.keys() - {"floor", "price"}:
        raise FactsError(f"{FILE}: nothing reads {', '.join(sorted(strays))}")
    floors: dict[str, Floor] = {}
    prices: dict[str, list[FloorPrice]] = {}
    ratings: dict[str, float] = {}
    for number, row in enumerate(tables.get("floor", []), 1):
        with _naming(str(row.get("key", f"[[floor]] {number}"))):
            floor = _record(Floor, row, sources)
            _check_floor(floor, floors)
            floors[floor.key], prices[floor.key] = floor, []
    for number, row in enumerate(tables.get("price", []), 1):
        with _naming(f"{row.get('floor', f'[[price]] {number}')}, {row.get('day', 'no day')}"):
            price = _record(FloorPrice, row, sources)
            if price.floor not in floors:
                raise ValueError(f"there is no floor {price.floor}")
            _check_price(price, floors[price.floor], prices[price.floor], ratings)
            prices[price.floor].append(price)
    found = PriceFloors(
        floors=MappingProxyType(floors),
        prices=MappingProxyType({key: tuple(series) for key, series in prices.items()}),
    )
    _check_together(found)
    return found


@contextmanager
def _naming(record: str) -> Iterator[None]:
    """Name the file and the record in whatever is found wrong inside."""
    try:
        yield
    except ValueError as fault:
        raise FactsError(f"{FILE}: {record}: {fault}") from fault


def _record[R](kind: type[R], row: Mapping[str, object], sources: Mapping[str, Source]) -> R:
    """Build a record from a table of the file: every value of its type, none unknown or missing."""
    hints = get_type_hints(kind)
    if strays := row.keys() - hints.keys():
        raise ValueError(f"unknown: {', '.join(sorted(strays))}")
    needed = [field.name for field in fields(cast("Any", kind)) if field.default is MISSING]
    if missing := [name for name in needed if name not in row]:
        raise ValueError(f"missing: {', '.join(missing)}")
    values: dict[str, Any] = {}
    for name, value in row.items():
        values[name] = tuple(value) if isinstance(value, list) else value
        wanted = {tuple[str, ...]: tuple, float | None: float}.get(hints[name], hints[name])
        # A datetime is a date, and a truth value a number, to Python but not here.
        if type(values[name]) is not wanted or value == "":
            raise ValueError(f"{name}: must be of type {wanted.__name__} and not empty")
    if unknown := [str(source) for source in values["sources"] if source not in sources]:
        raise ValueError(f"no source is called {', '.join(unknown)}")
    if not values["sources"]:
        raise ValueError("names no source")
    return kind(**values)


def _check_floor(floor: Floor, floors: Mapping[str, Floor]) -> None:
    if floor.key in floors:
        raise ValueError("a second floor has this key")
    below = max((other.rating for other in floors.values()), default=-math.inf)
    if not floor.rating > below:
        raise ValueError(f"rating: floors stand in order of their rating, and one before it has {below:g}")


def _check_price(price: FloorPrice, floor: Floor, before: list[FloorPrice], ratings: dict[str, float]) -> None:
    if before and price.day <= before[-1].day:
        raise ValueError(f"day: not after {say_date(before[-1].day)}")
    if not price.rating >= floor.rating:
        raise ValueError(f"rating: {price.model} has {price.rating:g}, below the floor of {floor.rating:g}")
    if price.rating != ratings.setdefault(price.model, price.rating):
        raise ValueError(f"rating: {price.model} has {ratings[price.model]:g} elsewhere: ratings are those of one day")


def _check_together(found: PriceFloors) -> None:
    """Refuse what no single record shows: floors without a price, snapshots left out, an order turned round."""
    if not found.floors:
        raise FactsError(f"{FILE}: no [[floor]]")
    for key, prices in found.prices.items():
        if not prices:
            raise FactsError(f"{FILE}: {key}: has no [[price]]")
        if lacking := [day for day in found.days if day > prices[0].day and found.at(key, day) is None]:
            raise FactsError(f"{FILE}: {key}: lacks the snapshot of {say_date(lacking[0])}")
    for lower, higher in pairwise(found.floors):
        for price in found.prices[higher]:
            below = found.at(lower, price.day)
            if below is None or below.blended > price.blended:
                raise FactsError(
                    f"{FILE}: {higher}, {price.day}: cheaper than {lower}, which every model that reaches {higher} reaches"
                )
