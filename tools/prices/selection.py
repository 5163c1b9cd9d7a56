"""models.toml: what we sell figures of, by which exact id each package knows it, and what no package says."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from prices.terms import PricesError


@dataclass(frozen=True, kw_only=True)
class Explained:
    """
    A known difference between what we keep and what a package says.

    Attributes:
        package: The package.
        figures: The figures that differ.
        reason: Why ours is kept.
    """

    package: str
    figures: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """
    A committed record that stands although the packages no longer bear it out.

    Attributes:
        valid_from: Its first day.
        reason: Why it stands.
    """

    valid_from: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Model:
    """
    A model at a seller.

    Attributes:
        key: Our key.
        name: What people call it.
        provider: Who sells it.
        tier: What it is sold as.
        default_of_tier: Whether a form starts from it.
        ids: Its exact id by package.
        snapshot: A record of its time: only the price on this day's list of OpenRouter, and no later one.
        since: Day from which today's price counts, where no package dates it.
        announced: Day on which prices to come were read.
        rate: What kind of price it is.
        rate_until: Day from which it is the standing price.
        mended: Day from which a price that changes by the hour is a mean over the week, and not over a weekday.
        mends: What was wrong before that day, for whoever opens a link of an earlier one.
        note: What a reader should know of today's price.
        sources: Further sources of today's price.
        leave_out: Fields that packages state and our record does not.
        state: Fields stated here, because no package does.
        explained: Known differences between packages.
        kept: Committed records that stand.
    """

    key: str
    name: str
    provider: str
    tier: str
    default_of_tier: bool = False
    ids: Mapping[str, str] = field(default_factory=dict)
    snapshot: date | None = None
    since: date | None = None
    announced: date | None = None
    rate: str = "standard"
    rate_until: date | None = None
    mended: date | None = None
    mends: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    state: Mapping[str, Any] = field(default_factory=dict)
    explained: tuple[Explained, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Item:
    """
    An embedding model or a reranker. Its attributes are those of a model.

    Attributes:
        per_query: Whether it is billed by the query.
    """

    key: str
    name: str
    provider: str
    ids: Mapping[str, str]
    per_query: bool = False
    since: date | None = None
    note: str = ""
    sources: tuple[str, ...] = ()
    explained: tuple[Explained, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tuning:
    """
    A fine-tuning service that Azure meters.

    Attributes:
        meters: The exact name of the meter by the field that it prices.
        fields: The record's other fields, as they are written.
    """

    key: str
    meters: Mapping[str, str]
    fields: Mapping[str, Any]
    note: str = ""
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """
    A listing that a package still carries although the seller has ended it.

    Attributes:
        package: The package.
        id: Its exact id there.
        ended: Day on which it ended.
        reason: Where that was read.
    """

    package: str
    id: str
    ended: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Selection:
    """
    The whole file.

    Attributes:
        checked: Day on which the packages were last compared with the sellers: the only today there is here.
        withdrawn: Listings that must not be sold any more.
        models: The models, in the order of the file.
        embeddings: The embedding models.
        rerankers: The rerankers.
        tunings: The fine-tuning services.
    """

    checked: date
    withdrawn: tuple[Withdrawn, ...]
    models: tuple[Model, ...]
    embeddings: tuple[Item, ...]
    rerankers: tuple[Item, ...]
    tunings: tuple[Tuning, ...]


def read(path: Path) -> Selection:
    """
    Return the selection.

    Raises:
        PricesError: If a field is unknown or missing, a key is there twice, or a listing is sold that has been
            withdrawn.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    selection = Selection(
        checked=tables["checked"],
        withdrawn=tuple(_built(Withdrawn, row) for row in tables.get("withdrawn", [])),
        models=tuple(_built(Model, row) for row in tables.get("model", [])),
        embeddings=tuple(_built(Item, row) for row in tables.get("embedding", [])),
        rerankers=tuple(_built(Item, row) for row in tables.get("reranker", [])),
        tunings=tuple(_built(Tuning, row) for row in tables.get("tuning", [])),
    )
    _check(selection)
    return selection


def _check(selection: Selection) -> None:
    for group in (selection.models, selection.embeddings, selection.rerankers, selection.tunings):
        keys = [each.key for each in group]
        for key in keys:
            if keys.count(key) > 1:
                raise PricesError(f"models.toml: {key}: two entries have this key: give one of them another")
    ended = {(listing.package, listing.id): listing for listing in selection.withdrawn}
    for model in selection.models:
        for package, identifier in model.ids.items():
            if listing := ended.get((package, identifier)):
                raise PricesError(
                    f"models.toml: {model.key}: {package} still lists {identifier}, which ended on {listing.ended} "
                    f"({listing.reason}): take the entry out"
                )


_NESTED: Mapping[str, type] = {"explained": Explained, "kept": Kept}


def _built[T](kind: type[T], row: Mapping[str, Any]) -> T:
    """Return a table of the file as what it describes; what it does not describe is refused."""
    where = f"models.toml: {row.get('key', row.get('id', kind.__name__))}"
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(row.keys() - known.keys()):
        raise PricesError(f"{where}: nothing reads {', '.join(unknown)}")
    required = {name for name, each in known.items() if each.default is MISSING and each.default_factory is MISSING}
    if missing := sorted(required - row.keys()):
        raise PricesError(f"{where}: missing: {', '.join(missing)}")
    return kind(**{name: _value(name, value) for name, value in row.items()})


def _value(name: str, value: object) -> object:
    if name in _NESTED and isinstance(value, list):
        return tuple(_built(_NESTED[name], row) for row in value)
    return tuple(value) if isinstance(value, list) else value
