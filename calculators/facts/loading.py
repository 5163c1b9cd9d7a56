"""Loading: this package's own figures, read once."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from calculators.facts.figures import Facts
from calculators.facts.inference import InferencePrice
from calculators.facts.reading import Reader
from calculators.facts.record import Record, Source

DATA: Final = Path(__file__).parents[1] / "data"
"""The directory that the package's own figures are read from."""


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
            overlap in time or leave a gap.
    """
    read = Reader(directory, Facts)
    today = read.whole("day.toml", _Build).today
    ledgers = read.ledgers(today)
    return Facts(
        checked=max(
            record.checked for ledger in ledgers.values() for record in ledger.records() if isinstance(record, Record)
        ),
        today=today,
        sources=read.by_name(Source),
        packages=read.packages(),
        **ledgers,
    )


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
