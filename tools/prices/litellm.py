"""
litellm: what genai-prices leaves out. Open models on their hosts, embeddings and rerankers, the days on which models
retire, the shortest prompt that is cached.

It prices a token, everybody else a million: its figures are moved by six places, in decimal, so that nothing is
rounded.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from prices.terms import LongPrompt, PricesError, Terms

PACKAGE = "litellm"
TABLE = "litellm/model_prices_and_context_window_backup.json"

_MILLION = Decimal(1_000_000)
_THOUSAND = Decimal(1_000)
_LONG = re.compile(r"^input_cost_per_token_above_(\d+)k_tokens$")


@dataclass(frozen=True)
class Entry:
    """
    What the table says of one model of one seller.

    Attributes:
        terms: Its prices; `None` where it is not priced by the token.
        per_thousand_queries: Price of a thousand queries of a reranker.
        context_window: Most input tokens that a request may have.
        cache_minimum_tokens: Shortest beginning of a prompt that is cached.
        reasons_by_default: Whether it writes hidden reasoning unless told not to; `None` where that is not stated.
        retires: Day on which the seller switches it off.
    """

    terms: Terms | None
    per_thousand_queries: Decimal | None
    context_window: int | None
    cache_minimum_tokens: int | None
    reasons_by_default: bool | None
    retires: date | None


class Litellm:
    """The table's models by exact key."""

    def __init__(self, table: bytes) -> None:
        self._models: Mapping[str, Mapping[str, Any]] = json.loads(table, parse_float=Decimal)

    def entry(self, key: str) -> Entry | None:
        """Return what is said under a key; exact keys only."""
        row = self._models.get(key)
        return None if row is None else _entry(key, row)


def _entry(key: str, row: Mapping[str, Any]) -> Entry:
    per_query = _price(row, "input_cost_per_query", _THOUSAND)
    retires = row.get("deprecation_date")
    return Entry(
        terms=None if per_query or row.get("input_cost_per_token") is None else _terms(key, row),
        per_thousand_queries=per_query or None,
        context_window=_count(row, "max_input_tokens"),
        cache_minimum_tokens=_count(row, "prompt_cache_min_tokens"),
        reasons_by_default=_reasons(row),
        retires=date.fromisoformat(retires) if retires else None,
    )


def _terms(key: str, row: Mapping[str, Any]) -> Terms:
    price_in = _price(row, "input_cost_per_token")
    price_out = _price(row, "output_cost_per_token")
    if price_in is None:
        raise PricesError(f"{PACKAGE}: {key}: no price of input")
    return Terms(
        input=price_in,
        output=price_out or Decimal(0),
        # A zero here means that nothing is charged for it as such, not that it is free.
        cached_input=_price(row, "cache_read_input_token_cost") or None,
        cache_write=_price(row, "cache_creation_input_token_cost") or None,
        batch_input=_price(row, "input_cost_per_token_batches"),
        batch_output=_price(row, "output_cost_per_token_batches"),
        long_prompt=_long_prompt(row, price_in, price_out),
    )


def _long_prompt(row: Mapping[str, Any], price_in: Decimal, price_out: Decimal | None) -> LongPrompt | None:
    thresholds = [match[1] for name in row if (match := _LONG.match(name))]
    if len(thresholds) != 1 or not price_in or not price_out:
        return None
    suffix = f"above_{thresholds[0]}k_tokens"
    long_in, long_out = _price(row, f"input_cost_per_token_{suffix}"), _price(row, f"output_cost_per_token_{suffix}")
    if long_in is None or long_out is None:
        return None
    return LongPrompt(above=int(thresholds[0]) * 1_000, input=long_in / price_in, output=long_out / price_out)


def _reasons(row: Mapping[str, Any]) -> bool | None:
    """Return whether a model reasons unless told not to. One that reasons and cannot be told not to does."""
    if row.get("thinking_on_by_default") or row.get("thinking_always_on"):
        return True
    if row.get("supports_reasoning") and row.get("supports_none_reasoning_effort") is False:
        return True
    return False if row.get("default_reasoning_effort") == "none" else None


def _price(row: Mapping[str, Any], name: str, units: Decimal = _MILLION) -> Decimal | None:
    value = row.get(name)
    return None if value is None else (Decimal(value) * units).normalize()


def _count(row: Mapping[str, Any], name: str) -> int | None:
    value = row.get(name)
    return None if value is None else int(value)
