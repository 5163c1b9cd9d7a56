"""
Published bills asked of the comparison: a scenario with a source's inputs gives the figure that the source printed.

Nothing is computed here: the command line answers the scenario, and one figure of the answer is held against one that
was printed.
"""

import functools
import json
import math
import shlex
from typing import Any, Final

import pytest

from calculators.__main__ import main
from calculators.calculator import LONGEST_LINK
from calculators.formulas import bills
from calculators.html.pages import proof as page
from calculators.html.pages.scenarios import QUESTIONS, Question
from calculators.html.pages.terms import command_line
from calculators.markup import text
from calculators.proof import vectors

CLOSE: Final = 0.01
FEWEST_BILLS: Final = 8
FEWEST_ROWS: Final = 3

PUBLISHED: Final = {(vector.id, figure.key): figure.published for vector in vectors() for figure in vector.figures}

each_question: Final = pytest.mark.parametrize(
    "question", [pytest.param(each, id=f"{each.bill}-{'-'.join(each.figures)}") for each in QUESTIONS]
)


@functools.cache
def written() -> str:
    """The proof page."""
    return page.write()


def case_of(bill: str) -> str:
    """What the page says of one calculation."""
    _, found, rest = written().partition(f'<h3 id="proof-{bill}">')
    assert found
    return rest.partition("</section>")[0]


@each_question
def test_the_comparison_gives_the_published_figure(question: Question, capsys: pytest.CaptureFixture[str]) -> None:
    """The printed line is run as it stands, and the row's own figure is what was printed, within 1 %."""
    program, switch, module, *words = shlex.split(question.command)
    assert main(words) == 0, capsys.readouterr().err
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)

    assert ["python", "-m", "calculators"] == [program, switch, module]
    assert question.figures
    for key, place in question.figures.items():
        approach, *names = place.split(".")
        [found] = [row for row in answer["rows"] if row["approach"] == approach]
        for name in names:
            found = found[name]
        printed = PUBLISHED[question.bill, key]
        assert math.isclose(found, printed, rel_tol=CLOSE), f"{place} gives {found}, and {key} was printed as {printed}"


def test_several_bills_are_asked_of_several_rows() -> None:
    """The comparison is proved as a whole: not one kind of bill, and not one approach."""
    rows = {place.partition(".")[0] for question in QUESTIONS for place in question.figures.values()}

    assert len({question.bill for question in QUESTIONS}) >= FEWEST_BILLS
    assert len(rows) >= FEWEST_ROWS


@each_question
def test_the_page_links_to_the_scenario(question: Question) -> None:
    """A reader gets there by a link to the calculator, short enough to be one, or by a line for a terminal."""
    shown = case_of(question.bill)
    link = question.scenario.replace("cost-comparison?", "../../#cost?")

    assert f'href="{text(link)}"' in shown
    assert command_line(question.command) in shown
    assert len(question.scenario) < LONGEST_LINK


def test_the_page_says_what_rests_on_the_comparison() -> None:
    """Each figure says whether the comparison computes with its term, and the count stands at the top."""
    figures = [figure for vector in vectors() for figure in vector.figures]
    used = [figure for figure in figures if figure.term not in bills.__all__]

    assert f"<strong>{len(used)} of the {len(figures)} figures</strong>" in written()
    assert f"<strong>{len({question.bill for question in QUESTIONS})} of the calculations</strong>" in written()
    for vector in vectors():
        shown = case_of(vector.id)
        assert shown.count("the calculator’s term") == sum(figure in used for figure in vector.figures)
        assert shown.count("a term for bills alone") == sum(figure not in used for figure in vector.figures)
