"""
Reading: tables of files become records, each value of its type and within its bounds, none unknown and none missing.

Records are read here and nowhere else.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Final, Union, cast, get_args, get_origin, get_type_hints

from calculators.facts.kinds import FactsError, Kind, kinds_of, ledgers_of
from calculators.facts.ledger import Ledger
from calculators.facts.record import listed
from calculators.quantity import Quantity, RefusedInputError

_PACKAGES: Final = "packages"
"""The table in which a generated file names the data packages it was made from."""

TOGETHER: Final = "together.txt"
"""The one file in which the wheel has all that are read here: each behind a line with its name."""


def text_of(file: Path) -> str:
    """
    Return what a data file says: one of its own, or a part of the one that holds all.

    Args:
        file: Where it stands, or would stand.

    Raises:
        OSError: If it is neither.
        UnicodeDecodeError: If it is no text.
    """
    together = file.with_name(TOGETHER)
    if together.exists():
        _, found, rest = together.read_bytes().partition(f"\n# {file.name}\n".encode())
        if found:
            return rest.partition(b"\n# ")[0].decode()
    return file.read_text(encoding="utf-8")


class Reader:
    """The files of one directory that hold what a class holds: read once, their records checked one by one."""

    def __init__(self, directory: Path, holder: type) -> None:
        self._directory = directory
        self._holder = holder
        self._kinds = {kind.record: kind for kind in kinds_of(holder).values()}
        tables: dict[str, set[str]] = {}
        for kind in self._kinds.values():
            for file in kind.files:
                tables.setdefault(file, {_PACKAGES}).add(kind.table)
        self._files = {file: self._read(file) for file in sorted(tables)}
        for file, found in self._files.items():
            if strays := found.keys() - tables[file]:
                raise FactsError(f"{file}: nothing reads {listed(strays)}")

    def _read(self, file: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text_of(self._directory / file))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            raise FactsError(f"{file}: {fault}") from fault

    def whole[R](self, file: str, record: type[R]) -> R:
        """Return what a file says that is one record from its first line to its last."""
        table = self._read(file)
        try:
            return _Form(record).filled(table)
        except ValueError as fault:
            raise FactsError(f"{file}: {fault}") from fault

    def packages(self) -> Mapping[str, str]:
        """Return the versions of the data packages that generated files were made from."""
        found: dict[str, str] = {}
        for file, tables in self._files.items():
            for package, version in tables.get(_PACKAGES, {}).items():
                if found.setdefault(package, version) != version:
                    raise FactsError(
                        f"{file}: {package}: another file was made from {found[package]}, this from {version}"
                    )
        return MappingProxyType(found)

    def records[R](self, record: type[R]) -> tuple[R, ...]:
        """Return the records of one class in the order of their files, which is the order of time for each key."""
        kind, form = self._kinds[record], _Form(record)
        found: list[R] = []
        for file in kind.files:
            rows = self._files[file].get(kind.table, [])
            if not rows or not isinstance(rows, list):
                raise FactsError(f"{file}: no [[{kind.table}]]")
            for number, row in enumerate(rows, 1):
                try:
                    found.append(form.filled(_dated(row) if kind.timeless else row))
                except ValueError as fault:
                    raise FactsError(f"{file}: {_called(kind, row, number)}: {fault}") from fault
        return tuple(found)

    def by_name[R](self, record: type[R]) -> Mapping[str, R]:
        """Return the records of a class of which there is one for each name, by that name."""
        kind = self._kinds[record]
        found: dict[str, R] = {}
        for each in self.records(record):
            if found.setdefault(kind.called(each), each) is not each:
                raise kind.fault(each, f"a second {kind.noun} has this {kind.called_by[0]}")
        return MappingProxyType(found)

    def ledgers(self, today: date) -> dict[str, Ledger[Any]]:
        """Return all records that are held in ledgers, by the field that holds them."""
        return {
            name: Ledger(kind.noun, self.records(kind.record), today) for name, kind in ledgers_of(self._holder).items()
        }


def _called(kind: Kind, row: Mapping[str, object], number: int) -> str:
    """Return what a table calls its record, or its place in the file."""
    named = [str(row[name]) for name in kind.called_by if name in row]
    return ", ".join(named) if len(named) == len(kind.called_by) else f"[[{kind.table}]] {number}"


def _dated(row: Mapping[str, object]) -> Mapping[str, object]:
    """Return the table of a record that does not change with the calendar: it counts from the day it was checked."""
    return {"valid_from": row["checked"], **row} if "checked" in row else row


class _Form[R]:
    """What a table has to hold to become a record of a class."""

    def __init__(self, record: type[R]) -> None:
        self._record = record
        self._hints = get_type_hints(record, include_extras=True)
        self._needed = [field.name for field in fields(cast("Any", record)) if field.default is MISSING]

    def filled(self, table: Mapping[str, object]) -> R:
        """Return the record that a table makes, or raise `ValueError`."""
        if strays := table.keys() - self._hints.keys():
            raise ValueError(f"unknown: {listed(strays)}")
        if missing := [name for name in self._needed if name not in table]:
            raise ValueError(f"missing: {listed(missing)}")
        values: dict[str, Any] = {}
        for name, value in table.items():
            try:
                values[name] = _value(self._hints[name], value)
            except ValueError as fault:
                raise ValueError(f"{name}: {fault}") from fault
        return self._record(**values)


def _value(hint: Any, value: object) -> object:  # noqa: ANN401 - a type hint has no narrower type
    """Return a value of a file as the type that a record's field has, or raise `ValueError`."""
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        # TOML has no null: what may be absent is left out, and what is there has the other type.
        return _value(next(argument for argument in arguments if argument is not type(None)), value)
    if origin is Annotated:
        number = cast("float", _value(arguments[0], value))
        try:
            cast("Quantity", arguments[1]).check(number)
        except RefusedInputError as fault:
            raise ValueError(str(fault)) from fault
        return number
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("must be an array")
        items = arguments[:1] * len(value) if arguments[-1] is Ellipsis else arguments
        if len(items) != len(value):
            raise ValueError(f"must have {len(items)} values, not {len(value)}")
        return tuple(_value(item, part) for item, part in zip(items, value, strict=True))
    return _scalar(hint, value)


def _scalar(hint: type, value: object) -> object:
    """Return a single value as text, whole number, float, truth value or date, or raise `ValueError`."""
    if hint is float and type(value) in (int, float):
        number = float(cast("float", value))
        if not math.isfinite(number):
            raise ValueError("must be a finite number")
        return number
    if type(value) is not hint:
        raise ValueError(f"must be of type {hint.__name__}")
    if value == "":
        raise ValueError("must not be empty")
    return value
