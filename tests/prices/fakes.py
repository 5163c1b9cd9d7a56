"""Small data packages in the layouts of the real ones, so that what reads them is what is tested."""

import gzip
import json
from datetime import date
from typing import Any

from prices.azure import Azure
from prices.books import Books
from prices.genai import Genai
from prices.histories import ModelPrices, Radar
from prices.litellm import Litellm
from prices.selection import Model, Selection

DAY = date(2026, 11, 24)

GENAI = """
import datetime
from decimal import Decimal

from .types import *

providers: list[Provider] = [
    Provider(
        id='acme',
        name='Acme',
        models=[
            ModelInfo(
                id='one',
                match=ClauseStartsWith(starts_with='one'),
                context_window=100000,
                prices=ModelPrice(
                    input_mtok=Decimal('2'), output_mtok=Decimal('10'), cache_read_mtok=Decimal('0.2')
                ),
                price_variants=[
                    PriceVariant(
                        when={'processing': 'batch'},
                        constraint=StartDateConstraint(start_date=datetime.date(2026, 10, 14)),
                        prices=ModelPrice(input_mtok=Decimal('1'), output_mtok=Decimal('5')),
                    ),
                ],
            ),
            ModelInfo(
                id='rising',
                match=ClauseEquals(equals='rising'),
                prices=[
                    ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('1'), output_mtok=Decimal('4'))),
                    ConditionalPrice(
                        constraint=StartDateConstraint(start_date=datetime.date(2026, 12, 1)),
                        prices=ModelPrice(input_mtok=Decimal('2'), output_mtok=Decimal('8')),
                    ),
                ],
            ),
            ModelInfo(
                id='fallen',
                match=ClauseEquals(equals='fallen'),
                prices=[
                    ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('10'), output_mtok=Decimal('40'))),
                    ConditionalPrice(
                        constraint=StartDateConstraint(start_date=datetime.date(2026, 3, 16)),
                        prices=ModelPrice(input_mtok=Decimal('2'), output_mtok=Decimal('8')),
                    ),
                ],
            ),
            ModelInfo(
                id='hourly',
                match=ClauseEquals(equals='hourly'),
                prices=[
                    ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('0.15'), output_mtok=Decimal('0.6'))),
                    ConditionalPrice(
                        constraint=TimeOfDateConstraint(
                            start_time=datetime.time(1, 0, tzinfo=datetime.UTC),
                            end_time=datetime.time(4, 0, tzinfo=datetime.UTC),
                        ),
                        prices=ModelPrice(input_mtok=Decimal('0.3'), output_mtok=Decimal('1.2')),
                    ),
                ],
            ),
            ModelInfo(
                id='long',
                match=ClauseEquals(equals='long'),
                context_window=1000000,
                prices=ModelPrice(
                    input_mtok=TieredPrices(base=Decimal('2'), tiers=[Tier(start=200000, price=Decimal('4'))]),
                    output_mtok=TieredPrices(base=Decimal('12'), tiers=[Tier(start=200000, price=Decimal('18'))]),
                ),
            ),
        ],
    ),
]
"""

LITELLM: dict[str, dict[str, Any]] = {
    "one": {
        "input_cost_per_token": 2e-06,
        "output_cost_per_token": 1e-05,
        "cache_read_input_token_cost": 2e-07,
        "max_input_tokens": 99_000,
        "prompt_cache_min_tokens": 1024,
    },
    "gone": {"input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06, "deprecation_date": "2026-11-24"},
    "alone": {"input_cost_per_token": 3e-08, "output_cost_per_token": 5e-08, "max_input_tokens": 131_072},
    "embed": {"input_cost_per_token": 2e-08, "input_cost_per_token_batches": 1e-08, "output_cost_per_token": 0.0},
    "rerank": {"input_cost_per_query": 0.002, "input_cost_per_token": 0.0},
}


def interval(start: str | None, price: tuple[float, float], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return one entry of a timeline of model-prices."""
    rates = {
        "input": price[0],
        "output": price[1],
        "valid_from": more.pop("valid_from", start),
        "valid_from_basis": more.pop("basis", "models.dev commit"),
        **more,
    }
    return {"start": start, "rates": rates}


def midnight(day: str) -> str:
    """Return the first moment of a day as packages write it."""
    return f"{day}T00:00:00Z"


SNAPSHOT: dict[str, Any] = {
    "schema": 1,
    "schedules": {
        "schedule": [
            {
                "provider": "acme",
                "peak_hours_utc": [["01:00", "04:00"], ["06:00", "10:00"]],
                "peak_multiplier": 2.0,
                "valid_from": "2026-08-16T16:00:00Z",
            }
        ]
    },
    "prices": {
        "acme": {
            "one": {
                "standard": [
                    interval(None, (3.0, 15.0), valid_from="2026-02-01T12:00:00Z"),
                    interval(midnight("2026-05-01"), (2.0, 10.0), cache_read=0.2),
                ]
            },
            "rising": {"standard": [interval(None, (1.0, 4.0), valid_from="2026-10-13T16:00:00Z")]},
            "fallen": {
                "standard": [
                    interval(None, (10.0, 40.0), valid_from="2025-06-10T00:00:00Z"),
                    interval(midnight("2026-04-02"), (2.0, 8.0)),
                ]
            },
            "hourly": {
                "standard": [
                    interval(None, (0.14, 0.28), valid_from="2026-04-24T00:00:00Z"),
                    interval("2026-08-16T16:00:00Z", (0.15, 0.6), basis="documented"),
                ]
            },
            "long": {"standard": [interval(None, (2.0, 12.0), valid_from="2026-02-19T00:00:00Z")]},
            "mended": {
                "standard": [
                    interval(None, (2.0, 8.0), valid_from="2026-06-11T00:00:00Z"),
                    interval(midnight("2026-06-17"), (2.0, 8.0), cache_read=0.5),
                ]
            },
            "batched": {
                "standard": [interval(None, (2.0, 8.0), valid_from="2026-06-11T00:00:00Z")],
                "batch": [
                    {"start": None, "rates": None},
                    interval(midnight("2026-07-07"), (1.0, 4.0), basis="documented"),
                ],
            },
        }
    },
}

ARCHIVE: dict[str, Any] = {
    "snapshots": [
        {"date": "2023-07-26", "prices": {"acme/old": [30.0, 60.0]}},
        {"date": "2023-12-03", "prices": {"acme/old": [10.0, 20.0], "acme/free": [0.0, 0.0]}},
        {"date": "2024-03-26", "prices": {"acme/old": [10.0, 20.0]}},
    ]
}


def meter(name: str, price: float, regions: list[str], since: str = "2025-11-01", unit: str = "1K") -> dict[str, Any]:
    """Return one row of Azure's retail prices."""
    return {
        "meterName": name,
        "retailPrice": price,
        "unitOfMeasure": unit,
        "regions": regions,
        "effectiveStartDate": f"{since}T00:00:00Z",
    }


METERS = [
    meter("Small FT Tokens", 0.0036, ["eastus"]),
    meter("Small FT Tokens", 0.0045, ["brazilsouth"]),
    meter("Small FT Tokens", 0.0001, ["usgovvirginia", "usgovarizona"]),
    meter("Small In-FT Tokens", 0.00007, ["eastus"]),
    meter("Small Out-FT Tokens", 0.0003, ["eastus"], since="2026-05-01"),
    meter("Small FT Hosting Unit", 0.3, ["eastus"], unit="1/Hour"),
]


def books(
    *,
    genai: str = GENAI,
    litellm: dict[str, dict[str, Any]] | None = None,
    snapshot: dict[str, Any] | None = None,
    archive: dict[str, Any] | None = None,
) -> Books:
    """Return the packages, some of them replaced."""
    return Books(
        versions={"genai-prices": "1.0", "litellm": "2.0"},
        genai=Genai(genai),
        litellm=Litellm(json.dumps(litellm or LITELLM).encode()),
        model_prices=ModelPrices(json.dumps(snapshot or SNAPSHOT).encode()),
        radar=Radar(gzip.compress(json.dumps(archive or ARCHIVE).encode())),
        azure=Azure(json.dumps({"items": METERS}).encode()),
    )


def model(name: str, *packages: str, **more: Any) -> Model:  # noqa: ANN401 - any field of a model
    """Return an entry of models.toml for a model that packages know by its name."""
    ids = {
        "genai-prices": f"acme/{name}",
        "litellm": name,
        "model-prices": f"acme/{name}",
        "model-price-radar-mcp": f"acme/{name}",
    }
    fields = {
        "key": name,
        "name": name.title(),
        "provider": "Acme",
        "tier": "mid",
        "ids": {package: ids[package] for package in packages},
    }
    return Model(**{**fields, **more})


def selection(*models: Model, checked: date = DAY) -> Selection:
    """Return a selection of models and nothing else."""
    return Selection(checked=checked, withdrawn=(), models=models, embeddings=(), rerankers=(), tunings=())
