"""A waterfall: its bars lead from the first total to the last, and say the amounts that stand beside them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import Scenario
from calculators.chart.waterfall import waterfall
from calculators.html.cost_comparison.breakdown import made_of
from tests.catalog.scenarios import answer, at, bounded, scenarios
from tests.chart.pictures import MODEST, outside, parsed

LEVELS = st.lists(st.floats(0, 1e7).map(lambda level: round(level, 2)), min_size=2, max_size=9)


def boxes(svg: str) -> list[tuple[str, float, float]]:
    """Kind, left and right end of each bar."""
    return [
        (bar.attrib["class"], x, x + float(bar.attrib["width"]))
        for bar in parsed(svg).iter("rect")
        for x in [float(bar.attrib["x"])]
    ]


@MODEST
@given(levels=LEVELS)
def test_each_bar_goes_on_where_the_one_before_ends(levels: list[float]) -> None:
    """A bar for the first total, one for each change, one for the last: together an unbroken line of levels."""
    drawn = waterfall(levels, ("prompt", "api"))
    unit = 198 / max(*levels, 1e-9)
    places = [1 + level * unit if max(levels) else 1 for level in levels]

    assert len(levels) + 1 == len(drawn)
    assert "hue-prompt" in drawn[0]
    assert "hue-api" in drawn[-1]
    for (begin, end), (left, right), svg in zip(pairwise(levels), pairwise(places), drawn[1:-1], strict=True):
        [(kind, start, stop)] = boxes(svg)
        assert ("waterfall__more" if end > begin else "waterfall__less") == kind
        assert pytest.approx(min(left, right), abs=1.1) == start
        assert pytest.approx(max(left, right), abs=1.1) == stop


@MODEST
@given(levels=LEVELS)
def test_no_bar_leaves_its_row(levels: list[float]) -> None:
    """Only the line that leads to the next row does, downwards."""
    for svg in waterfall(levels, (None, None)):
        assert all(0 <= x <= 200 and 14 < y <= 28 for x, y in outside(svg))


@bounded(40)
@given(scenario=scenarios(False))
def test_the_amounts_add_up_as_they_are_written(scenario: Scenario) -> None:
    """From the one total to the other, to the cent, and each ranked tuned row has a waterfall of its own."""
    comparison = answer(scenario)
    for row in comparison.rows:
        if not row.standing.priced:
            continue
        written = made_of("cc", comparison, row).partition('class="saving"')[2]
        assert bool(written) == (row.approach.tuned and row.standing.ranked)
        if written:
            amounts = [
                round(float(cell.replace("−", "-").replace("$", "").replace(",", "")) * 100)
                for cell in re.findall(r"<td>([^<]*)</td>", written)
            ]
            against = comparison.row(comparison.saving_of(row).baseline)

            assert amounts[-1] == sum(amounts[:-1])
            assert amounts[0] == round(against.total * 100)
            assert amounts[-1] == pytest.approx(row.total * 100, abs=0.51, rel=1e-9)


def test_wrong_answers_are_a_cause_of_their_own() -> None:
    """Where the tuned row is right more often, what that saves is in the difference of the totals, and so is a step."""
    comparison = answer(at("prompt_success=0.8&api_success=0.9&wrong_cost=1"))

    assert comparison.saving is not None
    assert "wrong answers" == comparison.saving.steps[-1].name
    assert comparison.saving.steps[-1].amount > 0
