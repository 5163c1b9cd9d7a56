"""
Kinds of records: where those of one class stand in the files, and what is asked of them beyond their class.

Whatever holds records is the register of its kinds: the annotation of the field that holds those of a class names the
`Kind` beside it. Reading and checking go by that alone, so that a kind is added with a class and such a field. What is
held by `Facts`, calculators use; what is held elsewhere, only pages show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, get_args, get_origin, get_type_hints

from calculators.facts.ledger import Ledger


class FactsError(ValueError):
    """A file of figures that cannot be trusted. The message names the file, the key and the cure."""


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One kind of record.

    Attributes:
        record: The class of its records.
        files: The files that they stand in.
        table: The array of tables that they stand in there.
        noun: What one of them is, as a sentence about a mistake says it.
        called_by: Fields that a record is called by, in messages and among those of its kind.
        timeless: Whether it is about what does not change with the calendar: a record counts from the day that it was
            checked.
        followed: Whether changes announced for later are followed month by month; of no other kind are they told.
        refers: Fields that name records of another kind, and the class of those.
    """

    record: type
    files: tuple[str, ...]
    table: str
    noun: str
    called_by: tuple[str, ...] = ("key",)
    timeless: bool = False
    followed: bool = False
    refers: Mapping[str, type] = MappingProxyType({})

    def called(self, record: object) -> str:
        """Return what a record is called."""
        return ", ".join(str(getattr(record, name)) for name in self.called_by)

    def fault(self, record: object, message: str) -> FactsError:
        """Return the error that says what is wrong with a record, and where it stands."""
        return FactsError(f"{' or '.join(self.files)}: {self.called(record)}: {message}")


@cache
def kinds_of(holder: type) -> Mapping[str, Kind]:
    """Return the kinds of record that a class holds, by the field that holds them."""
    hints = get_type_hints(holder, include_extras=True)
    return {name: get_args(hint)[1] for name, hint in hints.items() if get_origin(hint) is Annotated}


@cache
def ledgers_of(holder: type) -> Mapping[str, Kind]:
    """Return those of them that it holds in ledgers: they follow each other in time."""
    hints = get_type_hints(holder)
    return {name: kind for name, kind in kinds_of(holder).items() if get_origin(hints[name]) is Ledger}
