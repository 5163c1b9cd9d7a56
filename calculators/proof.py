"""
The proof: calculations that others published, worked out again by the terms of the cost model.

A calculation names, for each of its figures, a term and the inputs that its source states. The figure which those
inputs come to was worked out apart from this program and is kept beside the one that was printed. Nothing is computed
here: the terms compute, and two figures are held against each other.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypedDict, cast, get_args

from calculators import terms
from calculators.facts import DATA, text_of
from calculators.formulas import TERMS
from calculators.quantity import Quantity

type Verdict = Literal["reproduces", "rounding_slip", "does_not_reconcile"]
"""What a source's own inputs make of what it printed."""

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict.__value__)
"""All verdicts, the best first."""

# Read when this is imported: a browser, whose Python starts from an image of its memory, has no file to read it from
# later. Parsed only when it is asked for, since the text is a fraction of what is made of it.
_TEXT: Final = text_of(DATA / "worked_examples.json")


class _Check(TypedDict):
    label: str
    term: str
    inputs: dict[str, float]


class _Row(TypedDict):
    id: str
    title: str
    group: str
    source: str
    quote: str
    tolerance: float
    verdict: Verdict
    published: dict[str, float]
    right: dict[str, float]
    checks: dict[str, _Check]


class _Told(TypedDict, total=False):
    """What a calculation may leave out."""

    source_url: str
    source_remark: str
    date: str
    assumed: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One figure of a published calculation.

    Attributes:
        key: Its name within the calculation.
        label: What it is, for a reader.
        term: The term that gives it.
        inputs: What the term is given.
        published: What the source printed.
        right: What the source's inputs come to, worked out apart from this program.
        tolerance: How far two figures may lie apart and still agree. [0–1]
    """

    key: str
    label: str
    term: str
    inputs: Mapping[str, float]
    published: float
    right: float
    tolerance: float

    @property
    def used(self) -> bool:
        """Whether the comparison computes with its term too."""
        return terms.compares(TERMS[self.term])

    @property
    def quantity(self) -> Quantity:
        """What kind of number it is."""
        return terms.result(TERMS[self.term])

    @property
    def command(self) -> str:
        """The line that gives it in a terminal."""
        return terms.command(self.term, self.inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """
    One published calculation.

    Attributes:
        id: Its name in links.
        title: What it is about.
        group: The part of the cost model that it belongs to.
        source: Who published it, and under what title.
        source_url: Where, or empty if there is no address.
        source_remark: What is to be said of the copy that was read.
        date: When: a date where the day is known, else words, or empty.
        quote: The words that print the figure.
        verdict: What its inputs make of it.
        assumed: What had to be assumed because the source does not say it.
        note: Why it does not come out as printed, or what else is to be known.
        figures: Its figures.
    """

    id: str
    title: str
    group: str
    source: str
    source_url: str
    source_remark: str
    date: str
    quote: str
    verdict: Verdict
    assumed: str
    note: str
    figures: tuple[Figure, ...]

    @property
    def tolerance(self) -> float:
        """How far its figures may lie apart. [0–1]"""
        return max(figure.tolerance for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure, and what its term gives now."""

    figure: Figure
    value: float

    @property
    def agrees(self) -> bool:
        """Whether the term gives what the source's inputs come to."""
        return _close(self.value, self.figure.right, self.figure.tolerance)

    @property
    def as_published(self) -> bool:
        """Whether the term gives what the source printed."""
        return _close(self.value, self.figure.published, self.figure.tolerance)


@dataclass(frozen=True, slots=True)
class Proved:
    """A calculation, worked out again."""

    vector: Vector
    computed: tuple[Computed, ...]

    @property
    def agrees(self) -> bool:
        """Whether all of its figures agree."""
        return all(each.agrees for each in self.computed)


@dataclass(frozen=True, slots=True)
class Proof:
    """Every published calculation, worked out again."""

    calculations: tuple[Proved, ...]

    @property
    def total(self) -> int:
        """How many calculations there are."""
        return len(self.calculations)

    @property
    def figures(self) -> int:
        """How many figures they have."""
        return sum(len(each.computed) for each in self.calculations)

    @property
    def disagreeing(self) -> tuple[Proved, ...]:
        """Those of which a figure does not agree."""
        return tuple(each for each in self.calculations if not each.agrees)

    @property
    def agreeing(self) -> int:
        """How many agree in all of their figures."""
        return sum(each.agrees for each in self.calculations)

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many calculations have each verdict."""
        counted = Counter(each.vector.verdict for each in self.calculations)
        return {verdict: counted[verdict] for verdict in VERDICTS}


def vectors() -> tuple[Vector, ...]:
    """Return every published calculation."""
    return read(_TEXT)


def read(text: str) -> tuple[Vector, ...]:
    """
    Read published calculations.

    Args:
        text: JSON, as in `data/worked_examples.json`.

    Raises:
        ValueError: If a calculation has a verdict that is none, or a figure without its term, its right value or what
            was published.
    """
    return tuple(_vector(cast("_Row", row), cast("_Told", row)) for row in json.loads(text))


def prove() -> Proof:
    """Work out every published calculation with the terms."""
    return Proof(
        tuple(
            Proved(
                vector,
                tuple(Computed(figure, float(TERMS[figure.term](**figure.inputs))) for figure in vector.figures),
            )
            for vector in vectors()
        )
    )


def _vector(row: _Row, told: _Told) -> Vector:
    keys = row["checks"].keys()
    if not keys == row["right"].keys() == row["published"].keys():
        raise ValueError(f"{row['id']}: each figure needs its check, what is right and what was published")
    if row["verdict"] not in VERDICTS:
        raise ValueError(f"{row['id']}: {row['verdict']} is no verdict: there are {', '.join(VERDICTS)}")
    return Vector(
        id=row["id"],
        title=row["title"],
        group=row["group"],
        source=row["source"],
        source_url=told.get("source_url", ""),
        source_remark=told.get("source_remark", ""),
        date=told.get("date", ""),
        quote=row["quote"],
        verdict=row["verdict"],
        assumed=told.get("assumed", ""),
        note=told.get("note", ""),
        figures=tuple(
            Figure(
                key=key,
                label=check["label"],
                term=check["term"],
                inputs=check["inputs"],
                published=row["published"][key],
                right=row["right"][key],
                tolerance=row["tolerance"],
            )
            for key, check in row["checks"].items()
        ),
    )


def _close(one: float, other: float, tolerance: float) -> bool:
    return math.isclose(one, other, rel_tol=tolerance, abs_tol=0)
