"""
Published bills as scenarios: what the comparison itself makes of the inputs that a source states.

Nothing is computed here: the comparison answers, and one figure of its answer is shown beside the one that was printed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from calculators.calculator import split
from calculators.catalog import calculator
from calculators.catalog.cost_comparison.report import figures
from calculators.facts import DATA, text_of
from calculators.html.pages.terms import command_line
from calculators.html.proof import exactly
from calculators.markup import Html, join
from calculators.proof import Computed, Proof, Proved

_CALCULATOR: Final = "../../#cost"
"""The section of the guide that holds the calculator."""
_FIGURES: Final = {
    "request": "a request",
    "month.bills": "bills of a month",
    "setup.data": "data",
    "setup.compute": "training",
}
"""Figures of a row, in the page's words."""


@dataclass(frozen=True, slots=True)
class Question:
    """
    A published calculation, asked of the comparison.

    Attributes:
        bill: The calculation.
        figures: Where the answer gives some of its figures: an approach, and names within it in the answer's JSON,
            joined by dots.
        scenario: The scenario that holds the source's inputs.
    """

    bill: str
    figures: Mapping[str, str]
    scenario: str

    @property
    def command(self) -> str:
        """The line that answers it in a terminal."""
        return f"python -m calculators '{self.scenario}' --json"


QUESTIONS: Final = tuple(Question(**each) for each in json.loads(text_of(DATA / "worked_scenarios.json")))
"""Every question, in the order of the page."""


def count(proof: Proof) -> Html:
    """Say how many figures rest on terms of the comparison, and how many calculations the comparison gives itself."""
    used = sum(each.figure.used for proved in proof.calculations for each in proved.computed)
    return Html(
        '<p><strong>{} of the {} figures</strong> come out of a term that <a href="{}">the calculator</a> computes '
        "with; the terms of the others are for bills alone. <strong>{} of the calculations</strong> also come out of "
        "the calculator itself, to within 1%: each is a link that holds its inputs.</p>"
    ).fill(used, proof.figures, _CALCULATOR, len({question.bill for question in QUESTIONS}))


def used(computed: Computed) -> Html:
    """Say whether the comparison computes with a figure's term."""
    return Html("<small>{}</small>").fill("the calculator’s term" if computed.figure.used else "a term for bills alone")


def links(proved: Proved) -> Html:
    """Link to each scenario that gives some of a calculation's figures, and say what it gives."""
    return join(_link(question, proved) for question in _of(proved))


def commands(proved: Proved) -> Html:
    """Write the line that answers each scenario in a terminal."""
    return join(
        Html('<div class="proof__working"><p><b>The calculator with these inputs</b></p>{}</div>').fill(
            command_line(question.command)
        )
        for question in _of(proved)
    )


def _of(proved: Proved) -> Iterator[Question]:
    return (question for question in QUESTIONS if question.bill == proved.vector.id)


def _link(question: Question, proved: Proved) -> Html:
    slug, query = split(question.scenario)
    asked = calculator(slug)
    rows = cast("list[dict[str, Any]]", figures(asked.answer(asked.decode(query)))["rows"])
    given = join(
        (
            _given(rows, question.figures[each.figure.key], each)
            for each in proved.computed
            if each.figure.key in question.figures
        ),
        Html("; "),
    )
    return Html('<p><a href="{}?{}">The calculator with these inputs</a>. {}.</p>').fill(_CALCULATOR, query, given)


def _given(rows: list[dict[str, Any]], place: str, computed: Computed) -> Html:
    approach, _, name = place.partition(".")
    found: Any = next(row for row in rows if row["approach"] == approach)
    title = found["title"]
    for step in name.split("."):
        found = found[step]
    return Html("{}: {} <b>{}</b>").fill(title, _FIGURES[name], exactly(found, computed.figure.quantity))
