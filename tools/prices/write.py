"""The files as they stand: TOML that a person can read and compare, the same bytes for the same records."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

type Figure = str | bool | int | Decimal | date | tuple[str, ...]
type Row = Mapping[str, Figure]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """
    A kind of record.

    Attributes:
        table: The array of tables that it stands in.
        prices: Fields that decide what something costs. They never change.
        terms: Fields that decide other things of an answer. They never change either, but a new one can be appended.
    """

    table: str
    prices: tuple[str, ...]
    terms: tuple[str, ...] = ()


INFERENCE = Kind(
    table="inference",
    prices=(
        *("input", "output", "cached_input", "cache_write", "batch_input", "batch_output"),
        *("long_prompt_from", "long_prompt_input_multiple", "long_prompt_output_multiple"),
    ),
    terms=(
        *("context_window", "reasons_by_default", "retires", "retires_source"),
        *("cache_minimum_tokens", "cache_minutes", "rate"),
    ),
)
EMBEDDING = Kind(table="embedding", prices=("price", "batch_price"))
RERANKER = Kind(table="reranker", prices=("price_per_thousand_queries", "price_per_million_tokens"))
TUNING = Kind(
    table="tuning",
    prices=(
        *("training_price", "training_price_per_hour", "input", "output", "cached_input", "hosting_per_hour"),
        *("hosting_is_per_gpu", "storage_per_month", "minimum_charge_per_job", "validation_billed"),
    ),
    terms=("base_models", "stops", "stops_source", "preview"),
)


def read_rows(path: Path, kind: Kind) -> tuple[Row, ...]:
    """Return the records of one kind that a file holds; none where there is no file yet."""
    if not path.exists():
        return ()
    tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return tuple(
        {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in tables.get(kind.table, [])
    )


def text(about: str, versions: Mapping[str, str] | None, arrays: Iterable[tuple[str, Iterable[Row]]]) -> str:
    """Return a file: what it is about, the packages it was made from, and its records."""
    parts = ["".join(f"# {line}".rstrip() + "\n" for line in about.splitlines())]
    if versions is not None:
        parts.append(
            "[packages]\n" + "".join(f"{name} = {json.dumps(version)}\n" for name, version in versions.items())
        )
    for table, rows in arrays:
        parts.extend(f"[[{table}]]\n" + "".join(f"{name} = {figure(row[name])}\n" for name in row) for row in rows)
    return "\n".join(parts)


def figure(value: Figure) -> str:
    """Return a value as TOML writes it: prices with a point, counts with their thousands apart."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_}"
        case Decimal():
            digits = f"{value.normalize():f}"
            return digits if "." in digits else f"{digits}.0"
        case date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join(json.dumps(each, ensure_ascii=False) for each in value)}]"
        case str():
            return json.dumps(value, ensure_ascii=False)
