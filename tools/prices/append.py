"""
History is appended, never overwritten: the committed records, and what the packages say now, put together.

A link carries its day, and answers with the figures that were known on it. So a committed record stays as it is,
whatever newer packages say: they must bear it out, or know nothing of its time, or models.toml says why it stands. New
terms begin after the day on which the committed ones were last checked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from prices.selection import Kept
from prices.terms import PricesError
from prices.write import Figure, Kind, Row, figure


@dataclass(frozen=True)
class Merged:
    """
    A key's records after the packages were asked.

    Attributes:
        rows: The records, in order of time.
        news: What changed, a line each.
    """

    rows: tuple[Row, ...]
    news: tuple[str, ...]


def merged(file: str, kind: Kind, committed: tuple[Row, ...], derived: tuple[Row, ...], kept: Iterable[Kept]) -> Merged:
    """
    Return the committed records of one key, followed by what is new.

    Raises:
        PricesError: If the packages contradict a committed record, or date a change to before it was checked.
    """
    if not committed:
        return Merged(derived, tuple(_added(kind, row, None) for row in derived))
    standing = {each.valid_from for each in kept}
    rows: list[Row] = []
    news: list[str] = []
    for record in committed:
        again = record if _day(record) in standing else _borne_out(file, kind, record, committed, derived)
        rows.append(again)
        if reworded := _differing(({**record, **again}.keys() - {"checked"}), record, again):
            news.append(f"{record['key']}: record from {_day(record)}: reworded: {', '.join(sorted(reworded))}")
    earlier, later = _new(file, kind, committed, derived)
    for row in later:
        news.append(_added(kind, row, rows[-1]))
        rows.append(row)
    if not later and derived:
        renewed = _renewed(file, kind, committed, derived)
        if renewed is not None:
            news.append(_added(kind, renewed, rows[-1]))
            rows.append(renewed)
    news = [*(_added(kind, row, None) for row in earlier), *news]
    return Merged((*earlier, *rows), tuple(news))


def _borne_out(file: str, kind: Kind, record: Row, committed: tuple[Row, ...], derived: tuple[Row, ...]) -> Row:
    """Return a committed record; what stands today with its wording renewed, what has passed untouched."""
    then = _in_force(derived, _day(record))
    differing = _differing(kind.prices, record, then) if then else ()
    if then and differing:
        raise PricesError(
            f"{file}: {record['key']}: record from {_day(record)}: {_said(differing, record, then)}: history is "
            "appended, never overwritten: put the committed figure back; or say under `kept` in models.toml why it "
            "stands; or, if the price has changed since, say there from which day with `since`"
        )
    if other := _dated_otherwise(kind, record, committed, derived):
        raise PricesError(
            f"{file}: {record['key']}: record from {_day(record)}: the packages date this price from {other}: "
            "history is appended, never overwritten: "
            "put the committed day back, or say under `kept` in models.toml why it stands"
        )
    if then is None:
        return record
    today = max(_checked(row) for row in derived)
    successors = (_in_force(committed, today), _in_force(derived, today))
    passed = any(row is not None and _day(row) > _day(record) for row in successors)
    if passed or _day(then) != _day(record):
        return record
    fixed = {*kind.prices, *kind.terms, "valid_from", "valid_until", "announced"}
    renewed = {name: then[name] for name in then if name not in fixed}
    return {name: renewed.pop(name, record[name]) for name in record if name in fixed or name in renewed} | renewed


def _dated_otherwise(kind: Kind, record: Row, committed: tuple[Row, ...], derived: tuple[Row, ...]) -> date | None:
    """
    Return the day that packages give to a committed record's price,
    where no record of theirs begins on its own day.
    """
    days = {_day(row) for row in committed}
    if _day(record) in {_day(row) for row in derived}:
        return None
    beside = (row for row in derived if _day(row) not in days and not _differing(kind.prices, record, row))
    return next((_day(row) for row in beside), None)


def _new(
    file: str, kind: Kind, committed: tuple[Row, ...], derived: tuple[Row, ...]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the records from before the first committed one, and those from after the last."""
    first, last = _day(committed[0]), _day(committed[-1])
    checked = max(_checked(record) for record in committed)
    known = {_day(record) for record in committed}
    later = []
    for row in derived:
        day = _day(row)
        if day in known or day < first:
            continue
        record = _in_force(committed, day)
        if record is None or not _differing(kind.prices, record, row):
            continue
        if day <= last or (day <= checked and "announced" not in row):
            raise PricesError(
                f"{file}: {row['key']}: record from {_day(record)}: the packages change it on {day} "
                f"({_said(_differing(kind.prices, record, row), record, row)}), "
                f"and it was committed as checked on {checked}: history is appended, never overwritten: "
                "put back a record that was taken out, "
                "or say from which later day the price counts with `since` in models.toml"
            )
        later.append(row)
    return tuple(row for row in derived if _day(row) < first), tuple(later)


def _renewed(file: str, kind: Kind, committed: tuple[Row, ...], derived: tuple[Row, ...]) -> Row | None:
    """Return today's record anew where its price stands but its other terms have changed."""
    checked = max(_checked(row) for row in derived)
    record, row = _in_force(committed, checked), _in_force(derived, checked)
    if record is None or row is None or _differing(kind.prices, record, row):
        return None
    differing = _differing(kind.terms, record, row)
    if not differing:
        return None
    if checked <= max(_checked(each) for each in committed):
        raise PricesError(
            f"{file}: {row['key']}: record from {_day(record)}: {_said(differing, record, row)}, and the record was "
            f"committed as checked on {checked}: history is appended, never overwritten: put the committed figure "
            "back, or state a later day as `checked` in models.toml"
        )
    if record is not committed[-1]:
        raise PricesError(
            f"{file}: {row['key']}: record from {_day(record)}: {_said(differing, record, row)}, and a record from "
            f"{_day(committed[-1])} follows it: history is appended, never overwritten: "
            "leave the field out in models.toml"
        )
    return {**row, "valid_from": checked}


def _in_force(rows: tuple[Row, ...], day: date) -> Row | None:
    found = None
    for row in rows:
        if _day(row) <= day:
            found = row
    until = found.get("valid_until") if found else None
    return None if isinstance(until, date) and until <= day else found


def _differing(names: Iterable[str], ours: Row, theirs: Row) -> tuple[str, ...]:
    return tuple(name for name in names if ours.get(name) != theirs.get(name))


def _said(differing: Iterable[str], committed: Row, packages: Row) -> str:
    return ", ".join(
        f"{name} is {_or_none(committed, name)} as committed and {_or_none(packages, name)} by the packages"
        for name in differing
    )


def _or_none(row: Mapping[str, Figure], name: str) -> str:
    return figure(row[name]) if name in row else "not stated"


def _added(kind: Kind, row: Row, before: Row | None) -> str:
    when = f"from {_day(row)}" + (f", announced {figure(row['announced'])}" if "announced" in row else "")
    stated = (name for name in (*kind.prices, *kind.terms) if name in row or (before is not None and name in before))
    if before is None:
        return (
            f"{row['key']}: added {when}: {', '.join(f'{name} {figure(row[name])}' for name in stated if name in row)}"
        )
    changes = (
        f"{name} {_or_none(before, name)} → {_or_none(row, name)}"
        for name in stated
        if before.get(name) != row.get(name)
    )
    return f"{row['key']}: added {when}: {', '.join(changes)}"


def _day(row: Row) -> date:
    return _date(row, "valid_from")


def _checked(row: Row) -> date:
    return _date(row, "checked")


def _date(row: Row, name: str) -> date:
    value = row[name]
    if not isinstance(value, date):
        raise PricesError(f"{row.get('key')}: {name}: {value} is no day")
    return value
