"""
azure-genai-prices: Azure's retail meters, of which the package's own parser sets those of fine-tuning aside.

A meter is found by its exact name. It has one price per region; a record takes the cheapest, and its note says how much
dearer the dearest is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from prices.terms import PricesError

PACKAGE = "azure-genai-prices"
SNAPSHOT = "azure_genai_prices/data/snapshot.json"

_UNITS = {"1K": Decimal(1_000), "1M": Decimal(1), "1 Hour": Decimal(1), "1/Hour": Decimal(1)}
"""What a meter's price is multiplied by, to be per million tokens or per hour."""

_GOVERNMENT = "usgov"


@dataclass(frozen=True)
class Meter:
    """
    What Azure charges for one thing.

    Attributes:
        price: Price in the cheapest region, per million tokens or per hour.
        dearest: Price in the dearest region.
        since: Day from which the cheapest price holds.
    """

    price: Decimal
    dearest: Decimal
    since: date


class Azure:
    """The meters by exact name."""

    def __init__(self, snapshot: bytes) -> None:
        data = json.loads(snapshot, parse_float=Decimal)
        self._rows: dict[str, list[Mapping[str, Any]]] = {}
        for row in data["items"]:
            self._rows.setdefault(row["meterName"], []).append(row)

    def meter(self, name: str) -> Meter | None:
        """Return a meter as anybody can buy it: regions for governments are left out."""
        rows = [
            row
            for row in self._rows.get(name, [])
            if not all(region.startswith(_GOVERNMENT) for region in row["regions"])
        ]
        if not rows:
            return None
        prices = {_price(name, row) for row in rows}
        cheapest = min(prices)
        return Meter(
            price=cheapest,
            dearest=max(prices),
            since=min(_day(row["effectiveStartDate"]) for row in rows if _price(name, row) == cheapest),
        )


def _price(name: str, row: Mapping[str, Any]) -> Decimal:
    unit = row["unitOfMeasure"]
    if unit not in _UNITS:
        raise PricesError(f"{PACKAGE}: {name}: the unit {unit} is not known here")
    return (Decimal(row["retailPrice"]) * _UNITS[unit]).normalize()


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
