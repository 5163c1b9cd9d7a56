"""Checks: what no record shows alone, namely the sources and the other records that it names, and its place in time."""

from collections.abc import Container, Iterable, Mapping
from itertools import pairwise
from typing import Any

from calculators.calendar import say_date
from calculators.facts.kinds import Kind
from calculators.facts.ledger import Dated, Ledger
from calculators.facts.record import Record, Source, Sourced, listed


def check_ledger(
    kind: Kind, ledger: Ledger[Any], sources: Mapping[str, Source], keys: Mapping[type, Container[str]]
) -> None:
    """
    Refuse a ledger if one of its records names something that does not exist, or if they do not follow each other.

    Args:
        kind: Their kind.
        ledger: The records.
        sources: The sources that they may name.
        keys: The keys of the records that they may name, by the class of those.

    Raises:
        FactsError: As `check_records`; or if the records of one key overlap in time, leave a gap or stand in the wrong
            order, or if one is told in advance of a kind that nobody follows month by month, or mends none.
    """
    check_records(kind, ledger.records(), sources, keys)
    for key in ledger:
        history = ledger.history(key)
        for record in history:
            if isinstance(record, Record) and record.announced is not None and not kind.followed:
                raise kind.fault(record, "announced: only prices of models and offers are followed month by month")
        if isinstance(history[0], Record) and history[0].mends:
            raise kind.fault(history[0], "mends: nothing of its key stands before it")
        for earlier, later in pairwise(history):
            _check_order(kind, earlier, later)


def check_records(
    kind: Kind, records: Iterable[object], sources: Mapping[str, Source], keys: Mapping[type, Container[str]]
) -> None:
    """
    Refuse records if one names something that does not exist, or no source although it needs one.

    Args:
        kind: Their kind.
        records: The records.
        sources: The sources that they may name.
        keys: The keys of the records that they may name, by the class of those.

    Raises:
        FactsError: If one does.
    """
    for record in records:
        if isinstance(record, Sourced):
            _check_sources(kind, record, sources)
        for field, other in kind.refers.items():
            named = getattr(record, field)
            if unknown := {key for key in ([named] if isinstance(named, str) else named) if key not in keys[other]}:
                raise kind.fault(record, f"{field}: there is no {listed(unknown)}")


def _check_sources(kind: Kind, record: Sourced, sources: Mapping[str, Source]) -> None:
    if unknown := set(record.named_sources) - sources.keys():
        raise kind.fault(record, f"no source is called {listed(unknown)}")
    if record.needs_source and not record.sources:
        raise kind.fault(record, "names no source")


def _check_order(kind: Kind, earlier: Dated, later: Dated) -> None:
    if later.valid_from <= earlier.valid_from:
        raise kind.fault(
            later,
            f"overlap: a record from {say_date(later.valid_from)} follows one from {say_date(earlier.valid_from)}",
        )
    end = earlier.valid_until
    if end is not None and end != later.valid_from:
        raise kind.fault(
            later,
            f"{'gap' if end < later.valid_from else 'overlap'}: one record ends on {say_date(end)}, "
            f"the next begins on {say_date(later.valid_from)}",
        )
