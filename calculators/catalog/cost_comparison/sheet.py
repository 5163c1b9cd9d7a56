"""
Sheets: figures that are each worked out once, when first asked for, and that know which inputs they rest on.

One answer asks for the same sums some hundred times, each time with one input moved. So the first time, the inputs that
each figure reads are noted, and where one input is moved, only the figures that rest on it are worked out anew. What a
row rests on is read from the same notes: there is no list of it to keep.
"""

from collections.abc import Callable
from dataclasses import fields
from types import SimpleNamespace
from typing import Any, ClassVar, NamedTuple, Self, cast, overload

from calculators.catalog.cost_comparison.groups import Inputs


class Note(NamedTuple):
    """
    A figure, with what it rests on.

    Attributes:
        value: The figure.
        inputs: Names of the inputs that were read to work it out, by it or by any figure that it was made from.
    """

    value: object
    inputs: frozenset[str]


class Notes:
    """What is read while figures are worked out, each from the inside of another: the innermost stands last."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open: list[set[str]] = []

    def read(self, name: str) -> None:
        """Note that the figure being worked out reads an input."""
        if self._open:
            self._open[-1].add(name)

    def take(self, note: Note) -> None:
        """Note that the figure being worked out reads another one."""
        if self._open:
            self._open[-1].update(note.inputs)

    def work_out(self, work: Callable[[], object]) -> Note:
        """Work a figure out, and note what it reads."""
        self._open.append(set())
        value = work()
        return Note(value, frozenset(self._open.pop()))


class Sheet:
    """
    Some figures of one evaluation, each a `figure` of a class that derives from this.

    Attributes:
        notes: Where what is read is noted, on the first evaluation; nothing on one with an input moved.
        noted: The figures worked out meanwhile, by name.
        known: Their values, once noting has stopped.
        figures: The names of all its figures.
    """

    figures: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.figures += tuple(name for name, found in vars(cls).items() if isinstance(found, figure))

    def __init__(self, notes: Notes | None) -> None:
        self.notes = notes
        if notes is not None:
            self.noted: dict[str, Note] = {}
            self.known: dict[str, object] = {}
            self._unasked: list[str] = []
            self._resting: dict[str, list[str]] = {}

    def close(self) -> None:
        """Stop noting: what was worked out stands from here on."""
        self.notes = None
        self.known = {name: note.value for name, note in self.noted.items()}
        self.__dict__.update(self.known)
        self._unasked = [name for name in self.figures if name not in self.noted]
        for figure_name, note in self.noted.items():
            for name in note.inputs:
                self._resting.setdefault(name, []).append(figure_name)

    def resting_on(self, *names: str) -> list[str]:
        """The figures that rest on some inputs, or that nobody asked for while notes were taken."""
        return [*self._unasked, *dict.fromkeys(figure for name in names for figure in self._resting.get(name, ()))]

    def take_over(self, first: "Sheet") -> None:
        """Take all figures over from the sheet of the same kind on which notes were taken."""
        self.__dict__.update(first.known)

    def forget(self, figures: list[str]) -> None:
        """Work figures out anew when they are asked for next."""
        known = self.__dict__
        for name in figures:
            known.pop(name, None)


class figure[S: Sheet, R]:  # noqa: N801  # a decorator, as `property` is one
    """A figure of a sheet: a method without arguments that is read like an attribute."""

    def __init__(self, work: Callable[[S], R]) -> None:
        self._work = work
        self._name = ""
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type[S], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, sheet: None, owner: type[S]) -> Self: ...
    @overload
    def __get__(self, sheet: S, owner: type[S]) -> R: ...
    def __get__(self, sheet: S | None, owner: type[S]) -> Self | R:
        if sheet is None:
            return self
        notes = sheet.notes
        if notes is None:
            # Written over this descriptor: from now on the figure is found without it.
            value = sheet.__dict__[self._name] = self._work(sheet)
            return value
        note = sheet.noted.get(self._name)
        if note is None:
            note = sheet.noted[self._name] = notes.work_out(lambda: self._work(sheet))
        notes.take(note)
        return cast("R", note.value)


class _Watched:
    """A group of inputs that notes which of them are read."""

    __slots__ = ("_group", "_notes")

    def __init__(self, group: object, notes: Notes) -> None:
        self._group = group
        self._notes = notes

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the group holds under that name
        self._notes.read(name)
        return getattr(self._group, name)


def movable(inputs: Inputs, group: str) -> tuple[Inputs, SimpleNamespace]:
    """The same inputs, with one group in which an input can be set."""
    fixed = getattr(inputs, group)
    free = SimpleNamespace(**{field.name: getattr(fixed, field.name) for field in fields(fixed)})
    return inputs._replace(**{group: cast("Any", free)}), free


def watched(inputs: Inputs, notes: Notes) -> Inputs:
    """The same inputs, noting which of them are read."""
    return Inputs._make(cast("Any", _Watched(group, notes)) for group in inputs)
