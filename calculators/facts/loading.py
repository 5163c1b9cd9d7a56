"""Loading: this package's own figures, read once."""

from dataclasses import dataclass
from datetime import date
from math import isclose
from pathlib import Path
from typing import Final

from calculators.facts.figures import Facts
from calculators.facts.inference import InferencePrice
from calculators.facts.kinds import kinds_of
from calculators.facts.reading import Reader
from calculators.facts.record import Record, Source

DATA: Final = Path(__file__).parents[1] / "data"
"""The directory that the package's own figures are read from."""

_AS_LISTED: Final = 0.03
"""By what share a multiple may differ from the prices it is of: sellers round cached prices to what they can list."""


@dataclass(frozen=True, kw_only=True)
class _Build:
    """
    What is said of the build.

    Attributes:
        today: Its day.
    """

    today: date


def load(directory: Path = DATA) -> Facts:
    """
    Read all figures, and refuse them all if one cannot be trusted.

    Args:
        directory: Where the TOML files stand.

    Raises:
        FactsError: If a file cannot be read, a record lacks something or has something unknown, a figure is negative
            or out of range, a source or another record that is named does not exist, or the records of one key
            overlap in time or leave a gap; or if what is said of a model's cache is not what its price says.
    """
    read = Reader(directory, Facts)
    today = read.whole("day.toml", _Build).today
    ledgers = read.ledgers(today)
    found = Facts(
        checked=max(
            record.checked for ledger in ledgers.values() for record in ledger.records() if isinstance(record, Record)
        ),
        today=today,
        sources=read.by_name(Source),
        packages=read.packages(),
        **ledgers,
    )
    _check_caching(found)
    return found


def _check_caching(facts: Facts) -> None:
    """Refuse terms of caching that are a model's default beside another's, or that its own price contradicts."""
    kind = kinds_of(Facts)["caching"]
    defaults: dict[str, str] = {}
    for terms in facts.caching.values():
        if not terms.default:
            continue
        if defaults.setdefault(terms.model, terms.key) != terms.key:
            raise kind.fault(terms, f"default: {defaults[terms.model]} is the default of this model")
        price = facts.inference[terms.model]
        written = price.input if price.cache_write is None else price.cache_write
        for field, listed in (("read_multiple", price.cached_input), ("write_multiple", written)):
            said = getattr(terms, field) * price.input
            if listed is None or not isclose(said, listed, rel_tol=_AS_LISTED):
                raise kind.fault(terms, f"{field}: gives {said:g}, and the price of the model says {listed}")
        for field, own in (("minutes", price.cache_minutes), ("minimum_tokens", price.cache_minimum_tokens)):
            if own not in (None, getattr(terms, field)):
                raise kind.fault(terms, f"{field}: is {getattr(terms, field)}, and the price of the model says {own}")


FACTS: Final = load()
"""The figures of this package."""


def prices_over(key: str, start: date, months: int) -> tuple[InferencePrice, ...]:
    """
    Return a model's prices in force in each of a number of months, changes announced by the start included.

    Each month uses the price in force on its first day: month m begins m − 1 months after the start, on the same day
    of the month or, where a month is too short, on its last day.

    Args:
        key: The model.
        start: Day that the figures are taken from: first day of the first month.
        months: How many months. [month]

    Raises:
        UnknownPriceError: If there is no such model, or a month for which no price is known.
    """
    return FACTS.inference.over(key, start, months)


def default_model(tier: str) -> str:
    """Return the key of the model that a form starts from for a tier: `frontier`, `mid`, `small` or `open`."""
    return FACTS.default_model(tier)
