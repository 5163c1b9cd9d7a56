"""
Calculators: a typed pure function of a few groups, and everything that is read from its description.

A group is a frozen dataclass whose fields are annotated with what they are: a `Quantity`, a `Choice`, `Several` of a
list, a `Day`, or what a `Dollar` is.
Form, link, command line, validation and reference are read from those annotations; there is no second list.

A scenario is one string, `slug?input=value&input=value`: a page's preset, a link's state, a command-line argument
and a golden test case alike.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from types import UnionType
from typing import Any, ClassVar, Final, Union, cast, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl, urlencode

from calculators.currency import Dollar
from calculators.echo import echo
from calculators.editions import MEND, EditionError
from calculators.quantity import Currency, Quantity, RefusedInputError, shown_in, write_entry, write_link

LONGEST_LINK: Final = 1_800
"""Longest state of a link that every mail and chat program leaves whole; above it a page says so. [characters]"""

EDITION: Final = "d"
"""What names the edition of the defaults in a link. No input is called so."""

MOST_ENTRIES: Final = 400
"""Most `name=value` pairs that are read from one scenario."""

type Value = float | str | bool | date | Currency | None
"""
A value of an input: a number, the key of a choice or the keys of several joined by commas, a switch, a day, a currency,
or nothing where an input may stay empty.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """
    One answer to choose.

    Attributes:
        value: Its key in links, on the command line and in code. Without a comma.
        label: What a form shows.
        group: The heading it stands under, if the list has headings.
    """

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """
    An input with a fixed list of answers.

    Attributes:
        label: What a form calls it.
        options: The answers, in the order shown.
        unit: What stands beside the label.
        hint: One line under the field.
    """

    label: str
    options: tuple[Option, ...]
    unit: str = ""
    hint: str = ""

    def read(self, text: str) -> str:
        """
        Read one of the options' keys.

        Raises:
            RefusedInputError: If the text is none of them.
        """
        key = text.strip()
        if all(key != option.value for option in self.options):
            raise RefusedInputError(f"“{echo(key)}” is not one of the choices: enter {self.range}")
        return key

    @property
    def range(self) -> str:
        """The keys allowed, in words."""
        keys = [option.value for option in self.options]
        return " or ".join((", ".join(keys[:-1]), keys[-1])) if len(keys) > 1 else keys[0]

    def label_of(self, value: str) -> str:
        """What a form shows for one of the keys."""
        return next(option.label for option in self.options if option.value == value)


SWITCH: Final = (Option(value="no", label="No"), Option(value="yes", label="Yes"))
"""The options of a choice whose field is a `bool`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """
    An input that takes several of a fixed list of answers, or none of them.

    Its value is their keys, joined by commas in the order of the options: `documents,tone`; empty for none.

    Attributes:
        label: What a form calls it.
        options: The answers, in the order shown.
        unit: What stands beside the label.
        hint: One line under the field.
        alone: Keys of the answers that go with no other.
    """

    label: str
    options: tuple[Option, ...]
    unit: str = ""
    hint: str = ""
    alone: frozenset[str] = frozenset()

    def read(self, text: str) -> str:
        """
        Read keys in any order, with spaces around them or without.

        Raises:
            RefusedInputError: If one of them is none of the options', stands there twice, or stands beside others
                where it goes with none.
        """
        keys = [key for part in text.split(",") if (key := part.strip())]
        known = [option.value for option in self.options]
        for place, key in enumerate(keys):
            if key not in known:
                raise RefusedInputError(f"“{echo(key)}” is not one of the choices: enter {self.range}")
            if key in keys[:place]:
                raise RefusedInputError(f"“{key}” is given twice: enter {self.range}, each once")
        if len(keys) > 1 and (lone := next((key for key in keys if key in self.alone), "")):
            raise RefusedInputError(f"“{lone}” goes with no other: enter it alone, or leave it out; {self.range}")
        return ",".join(sorted(keys, key=known.index))

    @property
    def range(self) -> str:
        """The keys allowed, in words."""
        keys = [option.value for option in self.options]
        lone = [key for key in keys if key in self.alone]
        together = ", ".join(key for key in keys if key not in self.alone)
        return " or ".join((f"any of {together}, joined by commas", *(f"{key} alone" for key in lone)))

    def label_of(self, value: str) -> str:
        """What a form shows for some of the keys, in its order; nothing for none."""
        chosen = value.split(",")
        return "; ".join(option.label for option in self.options if option.value in chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """
    An input that is a day, written 2026-11-24.

    Attributes:
        label: What a form calls it.
        unit: What stands beside the label.
        hint: One line under the field.
        minimum: First day allowed.
        maximum: Last day allowed.
    """

    label: str
    unit: str = ""
    hint: str = ""
    minimum: date
    maximum: date

    def read(self, text: str) -> date:
        """
        Read a day.

        Raises:
            RefusedInputError: If the text is no day, or one out of range.
        """
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            shown = echo(text.strip()) if len(text.strip()) <= len("2026-11-24") else "this"
            raise RefusedInputError(f"“{shown}” is not a day: enter one as 2026-11-24, {self.range}") from None
        if not self.minimum <= day <= self.maximum:
            raise RefusedInputError(f"{day} is out of range: enter a day as 2026-11-24, {self.range}")
        return day

    @property
    def range(self) -> str:
        """The days allowed, in words."""
        return f"{self.minimum} to {self.maximum}"


@dataclass(frozen=True)
class Group:
    """
    Inputs that belong together: one fieldset of a form, one argument of a calculator.

    Attributes:
        title: Its name in the form.
        folded: Whether a form shows it closed, with its summary.
        pasted: Whether some of its inputs may be taken from a usage record that is pasted.
    """

    title: ClassVar[str]
    folded: ClassVar[bool] = True
    pasted: ClassVar[bool] = False

    def summary(self) -> str:
        """Say in one line what the group assumes now."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Input:
    """
    One input of a calculator, as read from its group's field.

    Attributes:
        name: Its name in code, link, command line and HTML.
        group: Index of its group among the calculator's groups.
        kind: What it is.
        default: Its value when none is given.
        optional: Whether it may stay empty.
        switch: Whether its value is a `bool`, chosen as yes or no.
        integer: Whether its value is an `int`.
    """

    name: str
    group: int
    kind: Quantity | Choice | Several | Day | Dollar
    default: Value
    optional: bool
    switch: bool
    integer: bool

    def read(self, text: str) -> Value:
        """
        Read a value as typed, or as a link carries it.

        Raises:
            RefusedInputError: If the text is not a value of this input.
        """
        if self.optional and not text.strip():
            return None
        value = self.kind.read(text)
        if self.switch:
            return value == "yes"
        return int(value) if self.integer and isinstance(value, float) else value

    def entry(self, value: Value) -> str:
        """Write a value as a field shows it."""
        if isinstance(self.kind, Quantity) and isinstance(value, float | int):
            return write_entry(value, self.kind)
        return self.link(value)

    def link(self, value: Value) -> str:
        """Write a value as a link carries it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return write_link(value) if isinstance(value, float | int) else str(value)

    @property
    def label(self) -> str:
        """What a form calls it."""
        return self.kind.label


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    Why a value was refused.

    Attributes:
        name: The input's name.
        label: The input's label.
        message: What is wrong, and what to enter instead.
    """

    name: str
    label: str
    message: str

    def __str__(self) -> str:
        return f"{self.label}: {self.message}"


@dataclass(frozen=True, slots=True)
class Preset:
    """
    A scenario worth starting from.

    Attributes:
        key: Its name in code and tests.
        label: What a page calls it.
        query: Its inputs, as in a link; those left out take the defaults of the edition that it names.
    """

    key: str
    label: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """
    What old links call an input, or a value of one that is no more: they keep their meaning.

    Attributes:
        name: The name in old links. With a value, it may be that of an input that there still is.
        value: The one value that it is about; None where it is about all.
        means: The input's name of today, which takes the value over; or the inputs of today that it stands for, each
            with its value, as a link carries it.
    """

    name: str
    value: str | None = None
    means: str | tuple[tuple[str, str], ...]

    def inputs(self, text: str) -> tuple[tuple[str, str], ...]:
        """The inputs of today, with what an old link's text gives each."""
        return ((self.means, text),) if isinstance(self.means, str) else self.means

    def __str__(self) -> str:
        return self.name if self.value is None else f"{self.name}={self.value}"


class RefusedScenarioError(ValueError):
    """
    A scenario with values that were refused; it knows all of them.

    Attributes:
        refusals: One for each value refused, in the order of the inputs.
    """

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(str(refusal) for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class Scenario[Form: tuple[Group, ...] = tuple[Group, ...]]:
    """
    Valid inputs of one calculator.

    Attributes:
        groups: All groups of the calculator, as one value.
        dropped: Names in the string that mean nothing here, or were there twice; in words.
    """

    groups: Form
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calculator[Form: tuple[Group, ...] = Any, Result = Any]:
    """
    A typed pure function of a form's groups, with its name and its starting points.

    Attributes:
        slug: Its name in links and on the command line.
        title: Its name for people.
        section: Id of the guide's section it stands in.
        form: Its groups: a named tuple, each field of which is a group.
        compute: The function.
        check: What single fields cannot know: refusals from inputs that do not go together.
        presets: Scenarios to start from; the first is the default.
        aliases: What old links say in other words.
        editions: Defaults that were published, from the first edition on: the first whole, each later one as what it
            changes, written as in a link. Without any, the defaults are those of the form.
        units: Units of the fields whose unit depends on other fields, in a scenario.
    """

    slug: str
    title: str
    section: str
    form: type[Form]
    compute: Callable[[Form], Result]
    check: Callable[[Form], Iterable[Refusal]]
    presets: tuple[Preset, ...]
    aliases: tuple[Alias, ...] = ()
    editions: tuple[Mapping[str, str], ...] = ()
    units: Callable[[Form], Mapping[str, str]] = lambda _: {}

    @cached_property
    def groups(self) -> dict[str, type[Group]]:
        """The groups by the name of their field, in order."""
        return get_type_hints(self.form)

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """Every input by its name, in the order of the groups and of their fields."""
        return {
            field.name: field for index, group in enumerate(self.groups.values()) for field in _inputs(index, group)
        }

    @cached_property
    def starts(self) -> tuple[Mapping[str, Value], ...]:
        """
        What each input is that a link leaves out, by edition from the first. A day is the form's own in all of them.

        Raises:
            EditionError: If an edition lacks an input, or holds what is none.
        """
        days = {field.name: field.default for field in self.inputs.values() if isinstance(field.kind, Day)}
        if not self.editions:
            return ({field.name: field.default for field in self.inputs.values()},)
        start: dict[str, Value] = days
        found = []
        for number, defaults in enumerate(self.editions, start=1):
            texts, _, faults = self._meanings(defaults.items())
            faults += tuple(f"“{name}” is in every link" for name in texts if name == EDITION or name in days)
            if missing := [name for name in self.inputs if name not in start and name not in texts]:
                faults += (f"no default of {', '.join(missing)}",)
            for name in texts.keys() & self.inputs.keys():
                try:
                    start = {**start, name: self.inputs[name].read(texts[name])}
                except RefusedInputError as fault:
                    faults += (f"{name}: {fault}",)
            if faults:
                raise EditionError(f"{self.slug}, edition {number}: {'; '.join(faults)}: {MEND}")
            found.append(start)
        return tuple(found)

    def decode(self, query: str) -> Scenario[Form]:
        """
        Read a scenario's inputs.

        An input that is left out takes the default of the edition that the scenario names, or of the first. Names that
        the calculator does not know, and all but the first of a repeated name, are dropped and told; nothing is
        replaced silently. An input that is also given under another name keeps what its own says.

        Args:
            query: `d=edition&input=value&input=value`, percent-encoded like a form.

        Raises:
            RefusedScenarioError: If any value is refused; it names all of them.
        """
        texts, by, dropped = self._texts(query)
        values: list[dict[str, Value]] = [{} for _ in self.groups]
        refusals = []
        start = self.starts[0]
        try:
            start = self.starts[int(self._edition.read(texts.get(EDITION, "1"))) - 1]
        except RefusedInputError as error:
            refusals.append(Refusal(EDITION, self._edition.label, str(error)))
        for field in self.inputs.values():
            text = texts.get(field.name)
            try:
                values[field.group][field.name] = start[field.name] if text is None else field.read(text)
            except RefusedInputError as error:
                refusals.append(Refusal(field.name, field.label, str(error)))
        if refusals:
            raise RefusedScenarioError(_as_given(refusals, by))
        groups = self._filled(group(**given) for group, given in zip(self.groups.values(), values, strict=True))
        if refusals := list(self.check(groups)):
            raise RefusedScenarioError(_as_given(refusals, by))
        return Scenario(groups, dropped)

    @cached_property
    def _edition(self) -> Choice:
        numbers = (f"{number}" for number, _ in enumerate(self.starts, start=1))
        return Choice(
            label="Edition of the defaults", options=tuple(Option(value=number, label=number) for number in numbers)
        )

    def alias(self, name: str, text: str) -> Alias | None:
        """Return the alias that a pair of a link is, if it is one; one for this very value comes before one for all."""
        return self._aliases.get((name, text.strip())) or self._aliases.get((name, None))

    @cached_property
    def _aliases(self) -> dict[tuple[str, str | None], Alias]:
        return {(alias.name, alias.value): alias for alias in self.aliases}

    def meant(self, name: str, text: str) -> tuple[tuple[str, str], ...]:
        """Return what a pair of a link gives, an input or the edition, each with its text: none if it means nothing."""
        if alias := self.alias(name, text):
            return alias.inputs(text)
        return ((name, text),) if name in self.inputs or name == EDITION else ()

    def _texts(self, query: str) -> tuple[dict[str, str], dict[str, Alias], tuple[str, ...]]:
        """Read what a link gives, as far as there is a limit to it."""
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
        texts, by, dropped = self._meanings(pairs[:MOST_ENTRIES])
        unread = (f"only the first {MOST_ENTRIES} values were read",) if len(pairs) > MOST_ENTRIES else ()
        return texts, by, (*dropped, *unread)

    def _meanings(self, pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, Alias], tuple[str, ...]]:
        """Return the inputs' texts, the alias by which some of them are given, and what is dropped, in words."""
        texts: dict[str, str] = {}
        former: dict[Alias, str] = {}
        dropped = []
        for name, text in pairs:
            shown = echo(name, longest=len("longest_name_of_any_input_"))
            alias = self.alias(name, text)
            if not self.meant(name, text):
                dropped.append(f"“{shown}” is not an input here")
            elif alias in former or (alias is None and name in texts):
                dropped.append(f"“{shown}” is given twice; the first value holds")
            elif alias is None:
                texts[name] = text
            else:
                former[alias] = text
        by: dict[str, Alias] = {}
        # In the order of the description: the order of a link decides nothing.
        for alias in (alias for alias in self.aliases if alias in former):
            for name, text in alias.inputs(former[alias]):
                if name in texts:
                    held = by.get(name, name)
                    dropped.append(f"“{name}” is given twice; its value under “{held}” holds, not that under “{alias}”")
                else:
                    texts[name], by[name] = text, alias
        return texts, by, tuple(dropped)

    def _filled(self, groups: Iterable[Group]) -> Form:
        """The form with its groups, in order."""
        return cast("Callable[..., Form]", self.form)(*groups)

    def encode(self, scenario: Scenario[Form]) -> str:
        """Write the state that a link carries: the newest edition, every day, and what differs from them, in order."""
        edition, start = len(self.starts), self.starts[-1]
        pairs = [(EDITION, str(edition))] if edition > 1 else []
        changed = []
        for field in self.inputs.values():
            value = getattr(scenario.groups[field.group], field.name)
            if isinstance(field.kind, Day):
                pairs.append((field.name, field.link(value)))
            elif value != start[field.name]:
                changed.append((field.name, field.link(value)))
        return urlencode([*pairs, *changed], safe=",")

    def entries(self, scenario: Scenario[Form]) -> dict[str, str]:
        """Write every input as its field shows it."""
        return {
            field.name: field.entry(getattr(scenario.groups[field.group], field.name)) for field in self.inputs.values()
        }

    def change(self, scenario: Scenario[Form], name: str, value: Value) -> Scenario[Form]:
        """Return the scenario with one input changed."""
        field = self.inputs[name]
        groups = list(scenario.groups)
        groups[field.group] = replace(groups[field.group], **{name: value})
        return Scenario(self._filled(groups), scenario.dropped)

    def answer(self, scenario: Scenario[Form]) -> Result:
        """Compute the answer to a scenario."""
        return self.compute(scenario.groups)

    def showing(self, scenario: Scenario[Form]) -> AbstractContextManager[None]:
        """Write amounts in the currency that a scenario asks for, until the block ends."""
        asked = (each for each in self.inputs.values() if isinstance(each.kind, Dollar))
        return shown_in(next((getattr(scenario.groups[each.group], each.name) for each in asked), None))


def split(scenario: str) -> tuple[str, str]:
    """
    Split a scenario string into a calculator's slug and its inputs.

    >>> split("cost-comparison?shots=8")
    ('cost-comparison', 'shots=8')
    """
    slug, _, query = scenario.strip().partition("?")
    return slug, query


def _as_given(refusals: Iterable[Refusal], by: Mapping[str, Alias]) -> Iterable[Refusal]:
    """Say of inputs that an alias gave which one it was."""
    for refusal in refusals:
        alias = by.get(refusal.name)
        yield refusal if alias is None else replace(refusal, message=f"{refusal.message} (given as “{alias}”)")


def _inputs(index: int, group: type[Group]) -> Iterable[Input]:
    types = get_type_hints(group, include_extras=True)
    for field in fields(group):
        annotation = types[field.name]
        inner, *notes = get_args(annotation)
        kind = next(note for note in notes if isinstance(note, Quantity | Choice | Several | Day | Dollar))
        optional = get_origin(inner) in (Union, UnionType) and type(None) in get_args(inner)
        integer = inner is int or (optional and int in get_args(inner))
        default: Value = cast("Value", field.default)
        yield Input(field.name, index, kind, default, optional, inner is bool, integer)
