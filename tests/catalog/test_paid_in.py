"""A request on GPUs that are paid by the hour is not free, and nothing that a reader sees says so."""

import re

import pytest

from calculators import catalog
from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.report import written
from calculators.catalog.cost_comparison.words import paid_in
from calculators.html.cost_comparison.breakdown import made_of
from calculators.html.cost_comparison.ranking import ranking

COMPARISON = catalog.calculator("cost-comparison")


def at(query: str) -> Comparison:
    """The answer to a scenario."""
    found: Comparison = COMPARISON.answer(COMPARISON.decode(query))
    return found


def on_gpus(comparison: Comparison) -> Row:
    """The tuned model on the reader's own GPUs."""
    return next(row for row in comparison.rows if row.approach.runs is Runs.OWN_GPUS and row.approach.tuned)


@pytest.mark.parametrize(("query", "words"), [("d=3", "in the rent"), ("d=3&owned=yes", "in the GPUs")])
def test_what_a_request_is_paid_with_stands_where_nothing_would(query: str, words: str) -> None:
    """In the ledger, as its item and as its sum, and in a terminal's table."""
    comparison = at(query)
    row = on_gpus(comparison)
    ledger = made_of("slug", comparison, row)
    one_more = ledger[ledger.index("One more request") :].partition("</tbody>")[0]
    [told] = [
        line for line in written(comparison).splitlines() if line.startswith(row.approach.title) and words in line
    ]

    assert row.marginal == 0
    assert paid_in(comparison, row) == words
    assert re.findall("<td>([^<]*)</td>", one_more) == [words, words]
    assert told.endswith(words)


def test_a_server_is_no_rent() -> None:
    """A classifier of the reader's own runs on a small server."""
    comparison = at("d=3&must_change=task&narrow_task=classification")
    [row] = [row for row in comparison.rows if row.approach.runs is Runs.SERVER]

    assert paid_in(comparison, row) == "in the server"


def test_a_right_answer_is_not_free_either() -> None:
    """Where every answer is right, one costs what a request does."""
    comparison = at("d=3&own_success=1")
    html = ranking("slug", comparison)

    assert 'data-label="a right answer"' in html
    assert not re.search(r'data-label="a right answer"><a[^>]*>\$0<', html)


def test_what_is_sold_by_the_request_keeps_its_price() -> None:
    """A reader who enters a price of nothing is told of nothing."""
    comparison = at("d=3&input_price=0&output_price=0")

    assert all(not paid_in(comparison, row) for row in comparison.rows if row.approach.runs is Runs.PROMPTED)
    assert all(not paid_in(comparison, row) for row in comparison.rows if row.marginal)
