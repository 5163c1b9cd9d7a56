"""Ledgers: records of one kind by time, and what was in force on a day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Protocol, Self

from calculators.calendar import month_after, say_date


class UnknownPriceError(ValueError):
    """A figure asked for by a name or a date that no record covers. The message says what is covered."""


class Dated(Protocol):
    """What a ledger needs to know of a record."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def known_from(self) -> date: ...


class Ledger[R: Dated](Mapping[str, R]):
    """
    Records of one kind by key, each key's in order of time.

    Looking up a key gives the record in force on the day the figures were last checked; `at` and `over` ask for other
    days. All are plain look-ups.
    """

    __slots__ = ("_current", "_noun", "_series", "_today")

    def __init__(self, noun: str, records: Iterable[R], today: date) -> None:
        series: dict[str, tuple[R, ...]] = {}
        for record in records:
            series[record.key] = (*series.get(record.key, ()), record)
        self._noun = noun
        self._series = series
        self._today = today
        self._current = {
            key: _in_force(known, today) or known[-1]
            for key, known in ((key, _known_or_first(records, today)) for key, records in series.items())
        }

    def __getitem__(self, key: str) -> R:
        return self._current[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current)

    def __len__(self) -> int:
        return len(self._current)

    def records(self) -> Iterator[R]:
        """Return all records, key by key, each key's in order of time."""
        return chain.from_iterable(self._series.values())

    def replacing(self, records: Iterable[R]) -> Self:
        """
        Return this ledger with other records: all of a key make room for those given of it.

        Raises:
            UnknownPriceError: If no record here has the key of one given.
        """
        given = type(self)(self._noun, records, self._today)
        if unknown := given.keys() - self.keys():
            raise self._unknown(min(unknown))
        kept = (given.history(key) if key in given else self.history(key) for key in self)
        return type(self)(self._noun, chain.from_iterable(kept), self._today)

    def history(self, key: str) -> tuple[R, ...]:
        """
        Return all records of a key in order of time, those that only begin later included.

        Raises:
            UnknownPriceError: If no record has this key.
        """
        if key not in self._series:
            raise self._unknown(key)
        return self._series[key]

    def at(self, key: str, day: date) -> R:
        """
        Return the record in force on a day, by what was known on that day.

        Raises:
            UnknownPriceError: If no record has this key or covers this day.
        """
        return self.over(key, day, 1)[0]

    def known(self, key: str, day: date) -> R:
        """
        Return what was known on a day of something that does not change with the calendar.

        That is the latest record written by that day, or the first one for days before anybody wrote one.

        Raises:
            UnknownPriceError: If no record has this key.
        """
        return _known_or_first(self.history(key), day)[-1]

    def over(self, key: str, start: date, months: int) -> tuple[R, ...]:
        """
        Return the record in force in each of a number of months, by what was known at the start.

        Month m begins m − 1 months after the start, on the same day of the month or, where a month is too short, on
        its last day. A change within a month counts from the next month on.

        Raises:
            UnknownPriceError: If no record has this key, or a month is covered by none.
        """
        known = _known(self.history(key), start)
        if len(known) == 1 and known[0].valid_from <= start and known[0].valid_until is None:
            return known * months
        found = []
        for month in range(months):
            day = month_after(start, month)
            record = _in_force(known, day)
            if record is None:
                raise self._not_covered(key, day)
            found.append(record)
        return tuple(found)

    def _unknown(self, key: str) -> UnknownPriceError:
        return UnknownPriceError(f"No {self._noun} is called “{key}”")

    def _not_covered(self, key: str, day: date) -> UnknownPriceError:
        first, last = self._series[key][0], self._series[key][-1]
        until = f" to {say_date(last.valid_until - timedelta(days=1))}" if last.valid_until else ""
        return UnknownPriceError(
            f"No {self._noun} of {last.name} is known for {say_date(day)}: "
            f"it is known from {say_date(first.valid_from)}{until}"
        )


def _known[R: Dated](series: tuple[R, ...], day: date) -> tuple[R, ...]:
    return tuple(record for record in series if record.known_from <= day)


def _known_or_first[R: Dated](series: tuple[R, ...], day: date) -> tuple[R, ...]:
    return _known(series, day) or series[:1]


def _in_force[R: Dated](known: tuple[R, ...], day: date) -> R | None:
    record = next((record for record in reversed(known) if record.valid_from <= day), None)
    return None if record is None or (record.valid_until is not None and day >= record.valid_until) else record
