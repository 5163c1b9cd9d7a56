"""The registers of kinds: every holder of records names each kind once, beside the field that holds it."""

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from calculators.facts import DATA, FACTS, Facts, Ledger
from calculators.facts.background import Background, PriceFloors, background
from calculators.facts.kinds import kinds_of, ledgers_of

HOLDERS = (Facts, Background, PriceFloors)
KINDS = [(holder, name) for holder in HOLDERS for name in kinds_of(holder)]


def classes(hint: Any) -> set[type]:  # noqa: ANN401 - a type hint has no narrower type
    """Return the classes of records that a type is made of."""
    if get_args(hint):
        return set().union(*map(classes, get_args(hint)))
    return {hint} if is_dataclass(hint) and isinstance(hint, type) else set()


@pytest.mark.parametrize(("holder", "name"), KINDS)
def test_a_field_holds_the_records_of_its_kind(holder: type, name: str) -> None:
    """What the type checker knows of the field is what is read into it."""
    assert classes(get_type_hints(holder)[name]) == {kinds_of(holder)[name].record}


@pytest.mark.parametrize(("holder", "name"), KINDS)
def test_a_kind_names_fields_and_kinds_that_exist(holder: type, name: str) -> None:
    """A slip in a name would leave a check undone."""
    kind = kinds_of(holder)[name]
    named = {field.name for field in fields(kind.record)}
    held = {other.record for each in (holder, Facts) for other in kinds_of(each).values()}

    assert named >= {*kind.called_by, *kind.refers}
    assert held >= set(kind.refers.values())


@pytest.mark.parametrize("holder", HOLDERS)
def test_every_ledger_has_a_kind(holder: type) -> None:
    """A ledger without one would never be read."""
    ledgers = {name for name, hint in get_type_hints(holder).items() if "Ledger[" in str(hint)}

    assert ledgers == ledgers_of(holder).keys()


def test_no_two_kinds_are_read_from_one_table() -> None:
    """Each table of each file becomes records of one class."""
    places = [(file, kind.table) for holder in HOLDERS for kind in kinds_of(holder).values() for file in kind.files]

    assert len(places) == len(set(places))
    assert {file for file, _ in places} == {file.name for file in DATA.glob("*.toml")} - {"day.toml", "editions.toml"}


@pytest.mark.parametrize(("holder", "held"), [(Facts, FACTS), (Background, background())])
def test_every_ledger_holds_what_it_says(holder: type, held: Facts | Background) -> None:
    """Records of its class and of no other."""
    for name, kind in ledgers_of(holder).items():
        ledger: Ledger[Any] = getattr(held, name)
        assert {type(record) for record in ledger.records()} == {kind.record}, name
