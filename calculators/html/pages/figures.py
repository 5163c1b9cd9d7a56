"""One line on the figures: how many there are, how old the oldest is that counts, and what changes next."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Final, NamedTuple

from calculators import catalog
from calculators.calendar import say_date
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.records import Period
from calculators.facts import FACTS, Availability, InferencePrice, Record
from calculators.html.pages.datasets import DATASETS, dataset
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import write_count, write_money

MOST_CHANGES: Final = 2
"""Changes of one day that the line tells; the others are counted."""

_DATES: Final = {"checked", "day"}


class Change(NamedTuple):
    """
    Something known to change.

    Attributes:
        day: The day on which it does.
        record: The record that says so.
        words: What happens, as it follows the record's name.
    """

    day: date
    record: Record
    words: str


def count() -> int:
    """Return how many records there are that have both a source and a date."""
    sourced = (
        each for each in DATASETS if "sources" in (names := {field.name for field in each.fields}) and names & _DATES
    )
    return sum(1 for each in sourced for _ in each.read())


def oldest() -> Record:
    """Return the record seen longest ago among those that the default answer rests on; the first of several."""
    calculator = catalog.calculator("cost-comparison")
    answer = calculator.answer(calculator.decode(""))
    if not isinstance(answer, Comparison):
        raise TypeError("the default answer is no comparison")
    held = [getattr(answer.records, field.name) for field in fields(answer.records)]
    records = [value for value in held if isinstance(value, Record)]
    records += [value[0].record for value in held if isinstance(value, tuple) and isinstance(value[0], Period)]
    records.append(FACTS.wages["software-developer"])
    return max(records, key=lambda record: dataset(type(record)).age(record) or 0)


def next_changes() -> list[Change]:
    """Return what is known to change on the next day on which anything is, by name."""
    ahead = [change for change in _changes() if change.day > FACTS.today]
    next_day = min((change.day for change in ahead), default=None)
    return sorted((change for change in ahead if change.day == next_day), key=lambda change: change.record.name)


def _changes() -> Iterator[Change]:
    for kind in DATASETS:
        for record in kind.read():
            if isinstance(record, Record):
                yield Change(record.valid_from, record, _begins(record))
    for price in FACTS.inference.values():
        if price.retires:
            yield Change(price.retires, price, "is switched off")
    for service in FACTS.tuning.values():
        if service.stops:
            yield Change(service.stops, service, "stops: what was tuned there answers no more")
    for model in FACTS.base_models.values():
        if model.retires:
            yield Change(model.retires, model, "is withdrawn")


def _begins(record: Record) -> str:
    """Say what a record changes on its first day, as it follows the record's name."""
    match record:
        case InferencePrice():
            before = FACTS.inference[record.key]
            return (
                f"goes from {write_money(before.input)} in, {write_money(before.output)} out to "
                f"{write_money(record.input)} and {write_money(record.output)}"
            )
        case Availability():
            return f"is sold to {record.sold_to}"
        case _:
            return "has another price"


_LINE: Final = Html(
    '<p class="soft"><a href="reference/">{count} dated records</a> stand behind the figures, each with its source. '
    "The oldest that the default answer rests on is the {noun} of {record}, {seen}: {age} old.{next}</p>"
)


def write() -> Html:
    """Write the line."""
    first = oldest()
    kind = dataset(type(first))
    return _LINE.fill(
        count=f"{count():,}",
        noun=kind.noun,
        record=_link(first),
        seen=say_date(getattr(first, kind.seen_on)),
        age=write_count(kind.age(first) or 0, "day"),
        next=_next(),
    )


def _next() -> Html:
    changes = next_changes()
    if not changes:
        return NOTHING
    told = [Html("{} {}").fill(_link(change.record), change.words) for change in changes[:MOST_CHANGES]]
    if len(changes) > MOST_CHANGES:
        told.append(text(f"{len(changes) - MOST_CHANGES} more"))
    return Html(" Next known change, on {}: {}.").fill(say_date(changes[0].day), join(told, Html("; ")))


def _link(record: Record) -> Html:
    address = dataset(type(record)).address(record.key).removeprefix("../")
    return Html('<a href="reference/{}">{}</a>').fill(address, record.name)
