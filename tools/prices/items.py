"""The records that have no long history: embeddings and rerankers, from litellm, and Azure's fine-tuning meters."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from prices import azure, genai, histories, litellm
from prices.books import Books
from prices.selection import Item, Tuning
from prices.terms import PricesError
from prices.write import Figure, Row


def embedding(item: Item, books: Books, checked: date) -> Row:
    """Return the record of an embedding model."""
    terms = _entry(item, books).terms
    if terms is None:
        raise PricesError(f"models.toml: {item.key}: litellm does not price it by the token")
    since, packages = _since(item, books, checked, terms.input)
    return _row(item, checked, since, packages, {"price": terms.input, "batch_price": terms.batch_input})


def reranker(item: Item, books: Books, checked: date) -> Row:
    """Return the record of a reranker."""
    entry = _entry(item, books)
    per_token = entry.terms.input if entry.terms else None
    price = entry.per_thousand_queries if item.per_query else per_token
    if price is None:
        raise PricesError(
            f"models.toml: {item.key}: litellm does not bill it by the {'query' if item.per_query else 'token'}"
        )
    field = "price_per_thousand_queries" if item.per_query else "price_per_million_tokens"
    since, packages = _since(item, books, checked, price)
    return _row(item, checked, since, packages, {field: price})


def tuning(service: Tuning, books: Books, checked: date) -> Row:
    """
    Return the record of a fine-tuning service: the cheapest region of each of its meters.

    Raises:
        PricesError: If Azure has no meter of a name.
    """
    meters: dict[str, azure.Meter] = {}
    for name, meter in service.meters.items():
        found = books.azure.meter(meter)
        if found is None:
            raise PricesError(
                f"models.toml: {service.key}: {azure.PACKAGE} has no meter called {meter}: names are exact"
            )
        meters[name] = found
    dearest = max(meter.dearest / meter.price for meter in meters.values()) - 1
    regions = (
        f"Cheapest region of each meter; the dearest charges {dearest:.0%} more."
        if dearest
        else "Every region charges the same for these meters."
    )
    stated = {name: tuple(value) if isinstance(value, list) else value for name, value in service.fields.items()}
    return {
        "key": service.key,
        **{name: value for name, value in stated.items() if name in _HEAD},
        "valid_from": max(meter.since for meter in meters.values()),
        **{name: meters[name].price for name in _METERED if name in meters},
        **{name: value for name, value in stated.items() if name not in {*_HEAD, "sources"}},
        "sources": ("azure-retail-prices", *stated.get("sources", ())),
        "checked": checked,
        "note": f"{regions} {service.note}".strip(),
    }


_HEAD = ("name", "provider", "offer", "base_models", "default")
_METERED = ("training_price", "training_price_per_hour", "input", "output", "cached_input", "hosting_per_hour")


def _entry(item: Item, books: Books) -> litellm.Entry:
    identifier = item.ids[litellm.PACKAGE]
    entry = books.litellm.entry(identifier)
    if entry is None:
        raise PricesError(f"models.toml: {item.key}: litellm has no {identifier}: keys are exact")
    return entry


def _since(item: Item, books: Books, checked: date, price: Decimal) -> tuple[date, tuple[str, ...]]:
    """Return the day since which a price holds, and the packages that state it."""
    packages = [litellm.PACKAGE]
    listing = books.genai.listing(item.ids[genai.PACKAGE]) if genai.PACKAGE in item.ids else None
    if listing is not None:
        _agree(item, genai.PACKAGE, price, listing.at(checked).input)
        packages.insert(0, genai.PACKAGE)
    recorded = (
        books.model_prices.timeline(item.ids[histories.MODEL_PRICES]) if histories.MODEL_PRICES in item.ids else None
    )
    if not recorded or recorded[-1].terms is None:
        if item.since is None:
            raise PricesError(f"models.toml: {item.key}: nobody says since when its price holds: state `since`")
        return item.since, tuple(packages)
    _agree(item, histories.MODEL_PRICES, price, recorded[-1].terms.input)
    first = next(
        step
        for number, step in enumerate(recorded)
        if all(each.terms is not None and each.terms.input == price for each in recorded[number:])
    )
    return first.since, (*packages, histories.MODEL_PRICES)


def _agree(item: Item, package: str, ours: Decimal, theirs: Decimal) -> None:
    if ours != theirs:
        raise PricesError(
            f"models.toml: {item.key}: litellm says {ours}, {package} {theirs}: take the id of the wrong one out"
        )


def _row(
    item: Item, checked: date, since: date, packages: tuple[str, ...], prices: Mapping[str, Decimal | None]
) -> Row:
    row: dict[str, Figure | None] = {
        "key": item.key,
        "name": item.name,
        "provider": item.provider,
        "valid_from": since,
        **prices,
        "sources": (*packages, *item.sources),
        "checked": checked,
        "note": item.note,
    }
    return {name: value for name, value in row.items() if value is not None and value != ""}
