"""What every record says: where its figure was published, when that was checked, and from when on it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, cast


@dataclass(frozen=True, kw_only=True)
class Source:
    """
    Where a figure was published.

    Attributes:
        id: What records call it.
        title: Title of the page, table or package.
        publisher: Who published it.
        url: Where it stands: a web address, or a package URL (`pkg:`) where only a package has it.
        published: When it was published or last changed, as exactly as it says.
        accessed: Day on which we read it, or a stored copy of it.
        licence: Terms it is published under; `not stated` where it names none. Only facts are taken from it.
    """

    id: str
    title: str
    publisher: str
    url: str
    published: str
    accessed: date
    licence: str


class Sourced:
    """What was published somewhere: it names its sources, and in fields whose name ends so a source of one figure."""

    sources: tuple[str, ...]

    @property
    def named_sources(self) -> tuple[str, ...]:
        """Ids of all sources that it names."""
        names = [field.name for field in fields(cast("Any", self)) if field.name.endswith("_source")]
        return (*self.sources, *(source for name in names if (source := getattr(self, name)) is not None))

    @property
    def needs_source(self) -> bool:
        """Whether it says anything that somebody must have published."""
        return True


@dataclass(frozen=True, kw_only=True)
class Record(Sourced):
    """
    One figure, or a few that belong together, with its dates and its sources.

    Attributes:
        key: What code, links and other records call it. Further records of the same key follow it in time.
        name: What people call it.
        sources: Ids of the sources that it rests on.
        checked: Day on which it was last compared with them.
        valid_from: First day on which it holds.
        valid_until: First day on which it no longer holds, where that was known when the record was written. A
            record without it ends where the next one of its key begins.
        announced: Day from which it was known, where that is before it holds: a price rise told in advance.
        note: What a reader should know about it.
        mends: What was wrong with the record before, where this one mends it and nothing had changed: an answer of an
            earlier day keeps what was said, and says so.
    """

    key: str
    name: str
    sources: tuple[str, ...]
    checked: date
    valid_from: date
    valid_until: date | None = None
    announced: date | None = None
    note: str = ""
    mends: str = ""

    def __post_init__(self) -> None:
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("valid_until is not after valid_from")
        if self.announced is not None and self.announced > self.checked:
            raise ValueError("announced after it was checked")
        if self.valid_from > self.checked and self.announced is None:
            raise ValueError("valid_from lies after the day it was checked: say when it was announced")

    @property
    def known_from(self) -> date:
        """First day on which anybody could know of it: an answer as of an earlier day must not use it."""
        return min(self.valid_from, self.announced) if self.announced else self.valid_from


def together(record: Record, *names: str) -> None:
    """Refuse a record that has some of the fields named and lacks others."""
    if len({getattr(record, name) is None for name in names}) > 1:
        raise ValueError(f"{', '.join(names)} come together")


def ordered(*numbers: float) -> None:
    """Refuse a range that does not rise."""
    if list(numbers) != sorted(numbers):
        raise ValueError(f"not in order: {', '.join(f'{number:g}' for number in numbers)}")


def listed(names: Iterable[str]) -> str:
    """Write names one after the other, in alphabetical order."""
    return ", ".join(sorted(names))
