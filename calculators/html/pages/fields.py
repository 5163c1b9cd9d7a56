"""
What a record's fields are: its class alone says it.

So tables, CSV and JSON files and the data package cannot differ.
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from calculators import facts

_TYPES: Final[Mapping[type, str]] = {str: "string", bool: "boolean", int: "integer", float: "number", date: "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """
    One figure of a kind of record.

    Attributes:
        name: Its name, the same in code, files and links.
        type: What it holds, as a data package names it: `string`, `boolean`, `integer`, `number` or `date`.
        unit: Its unit; empty where it has none or another field says it.
        description: What it means, in a sentence.
        many: Whether it holds several values.
        required: Whether every record has it.
    """

    name: str
    type: str
    unit: str
    description: str
    many: bool
    required: bool


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """Return what records of a class hold, in the order of their files."""
    hints = get_type_hints(record, include_extras=True)
    meanings = _meanings(record)
    return tuple(
        _field(field.name, hints[field.name], meanings[field.name], required=field.default is MISSING)
        for field in fields(record)
    )


def _field(name: str, hint: Any, description: str, *, required: bool) -> Field:  # noqa: ANN401 - a type hint
    unit, many = "", False
    while (origin := get_origin(hint)) is not None:
        arguments = get_args(hint)
        if origin is Annotated:
            hint, unit = arguments[0], arguments[1].unit
        elif origin is tuple:
            many = True
            hint = arguments[0] if arguments[-1] is Ellipsis else str
        elif origin in (Union, UnionType):
            hint = next(argument for argument in arguments if argument is not type(None))
        else:
            raise TypeError(f"{name}: nothing here holds {hint}")
    return Field(name=name, type=_TYPES[hint], unit=unit, description=description, many=many, required=required)


_MEANING: Final = re.compile(r"^(?P<name>\w+): (?P<words>.*(?:\n {4,}.*)*)", re.MULTILINE)


_LIST: Final = re.compile(r"`(?P<name>[A-Z_]+)`")


def _meanings(record: type) -> dict[str, str]:
    """Return what the docstrings of a record's class, and of the class it is a kind of, say of each field."""
    found: dict[str, str] = {}
    for described in reversed(record.__mro__):
        _, _, attributes = (inspect.cleandoc(described.__doc__ or "")).partition("Attributes:\n")
        said = inspect.cleandoc(attributes)
        found |= {match["name"]: _said(match["words"]) for match in _MEANING.finditer(said)}
    return found


def _said(words: str) -> str:
    """Say of a field what its docstring says, to those who read no Python: lists written out, `None` as empty."""
    listed = _LIST.sub(lambda match: ", ".join(getattr(facts, match["name"])), " ".join(words.split()))
    return listed.replace("`None`", "empty").replace("`", "")
