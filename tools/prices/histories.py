"""
model-prices and model-price-radar-mcp: what a model cost since when.

model-prices compiles the history of models.dev, corrected by what sellers announced; the radar keeps one price list of
OpenRouter a month. The first price that model-prices knows carries no beginning and would answer for any day before
it: here it begins on the day it was recorded, and no earlier day has an answer.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from prices.terms import Dated, LongPrompt, PricesError, Terms

MODEL_PRICES = "model-prices"
SNAPSHOT = "model_prices/snapshot.json"
RADAR = "model-price-radar-mcp"
ARCHIVE = "model_price_radar/data/history.json.gz"

_SCHEMA = 1
_DAY = 24
_HOUR = 60
_WEEK = 7
_WEEKDAYS = 5
_DOCUMENTED = "documented"


@dataclass(frozen=True)
class PeakHours:
    """
    Hours of the day at which a seller charges more.

    Attributes:
        since: Day from which it does.
        mean: The mean over a day with such hours, as a multiple of the price of the other hours.
        mean_of_week: The same over a week, of which Saturday and Sunday are cheap throughout.
    """

    since: date
    mean: Fraction

    @property
    def mean_of_week(self) -> Fraction:
        return 1 + (self.mean - 1) * _WEEKDAYS / _WEEK


class ModelPrices:
    """The history by exact `provider/model`."""

    def __init__(self, snapshot: bytes) -> None:
        data = json.loads(snapshot, parse_float=Decimal)
        if data.get("schema") != _SCHEMA:
            raise PricesError(f"{MODEL_PRICES}: {SNAPSHOT}: schema {data.get('schema')}, where {_SCHEMA} is understood")
        self._prices: Mapping[str, Mapping[str, Any]] = data["prices"]
        self._schedules: list[Mapping[str, Any]] = data["schedules"]["schedule"]

    def timeline(self, identifier: str) -> tuple[Dated, ...] | None:
        """Return the prices of a model in order of time; exact ids only."""
        provider, _, model = identifier.partition("/")
        modes = self._prices.get(provider, {}).get(model)
        if modes is None:
            return None
        standard, batch = list(_spans(modes["standard"])), list(_spans(modes.get("batch", [])))
        # A batch price that came later makes a step of its own.
        begins = sorted({span.since for span in (*standard, *batch) if span.since >= standard[0].since})
        return tuple(
            Dated(
                since=day,
                documented=any(span.since == day and span.documented for span in (*standard, *batch)),
                packages=(MODEL_PRICES,),
                terms=(terms := _at(standard, day)) and terms.with_batch(_at(batch, day)),
            )
            for day in begins
        )

    def peak_hours(self, provider: str) -> PeakHours | None:
        """Return the hours at which a seller charges more today."""
        for schedule in self._schedules:
            if schedule["provider"] == provider and "peak_hours_utc" in schedule and "valid_until" not in schedule:
                hours = sum(_length(*window) for window in schedule["peak_hours_utc"])
                dearer = hours * (Fraction(schedule["peak_multiplier"]) - 1)
                return PeakHours(_day(schedule["valid_from"]), 1 + dearer / _DAY)
        return None


class Radar:
    """Monthly price lists of OpenRouter by exact id. They carry input and output, and no cache."""

    def __init__(self, archive: bytes) -> None:
        data = json.loads(gzip.decompress(archive), parse_float=Decimal)
        self._lists: list[tuple[date, Mapping[str, Any]]] = [
            (date.fromisoformat(each["date"]), each["prices"]) for each in data["snapshots"]
        ]

    def timeline(self, identifier: str) -> tuple[Dated, ...] | None:
        """Return the prices of a model in order of time, each from the first list that has it."""
        listed = [(day, prices.get(identifier)) for day, prices in self._lists]
        first = next((number for number, (_, price) in enumerate(listed) if price), None)
        if first is None:
            return None
        return tuple(
            Dated(
                since=day,
                documented=False,
                packages=(RADAR,),
                terms=price and Terms(input=+Decimal(price[0]), output=+Decimal(price[1])),
            )
            for number, (day, price) in enumerate(listed[first:], first)
            if number == first or price != listed[number - 1][1]
        )


@dataclass(frozen=True)
class _Span:
    since: date
    documented: bool
    terms: Terms | None


def _spans(intervals: list[Mapping[str, Any]]) -> Iterator[_Span]:
    """
    Yield the intervals of a timeline that hold for a day or more.

    An interval without a beginning begins when its price was recorded; one that ends on the day it began was mended.
    """
    begun = [
        _Span(
            since=_day(interval["start"] or (interval["rates"] or {}).get("valid_from") or "0001-01-01T00:00:00Z"),
            documented=(interval["rates"] or {}).get("valid_from_basis") == _DOCUMENTED,
            terms=interval["rates"] and _terms(interval["rates"]),
        )
        for interval in intervals
    ]
    for number, span in enumerate(begun):
        if number + 1 == len(begun) or span.since < begun[number + 1].since:
            yield span


def _terms(rates: Mapping[str, Any]) -> Terms:
    return Terms(
        input=Decimal(rates["input"]),
        output=Decimal(rates["output"]),
        cached_input=_optional(rates, "cache_read"),
        cache_write=_optional(rates, "cache_write"),
        long_prompt=_long_prompt(rates),
    )


def _long_prompt(rates: Mapping[str, Any]) -> LongPrompt | None:
    tiers = rates.get("tiers") or []
    if len(tiers) != 1 or not rates["input"] or not rates["output"]:
        return None
    [tier] = tiers
    return LongPrompt(
        above=int(tier["above"]),
        input=Decimal(tier["input"]) / Decimal(rates["input"]),
        output=Decimal(tier["output"]) / Decimal(rates["output"]),
    )


def _optional(rates: Mapping[str, Any], name: str) -> Decimal | None:
    """Return a price; `None` where there is none or it is nought, which stands for "not charged as such"."""
    value = rates.get(name)
    return Decimal(value) if value else None


def _at(spans: list[_Span], day: date) -> Terms | None:
    return next((span.terms for span in reversed(spans) if span.since <= day), None)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()


def _length(start: str, end: str) -> Fraction:
    """Return the hours from one time of the day to another, past midnight where the other is earlier."""
    begins, ends = time.fromisoformat(start), time.fromisoformat(end)
    return Fraction((ends.hour - begins.hour) * _HOUR + ends.minute - begins.minute, _HOUR) % _DAY
