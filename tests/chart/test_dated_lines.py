"""Prices over the years: in steps, on a logarithmic scale, each line told where it begins, turns and ends."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.chart.dated_lines import DatedLine
from tests.chart.pictures import MODEST, WORN, dated, histories, parsed, points, texts, written


def stairs(svg: str) -> list[list[tuple[float, float]]]:
    """Every corner of every line of a picture."""
    return [
        list(points(path.attrib["d"])) for path in parsed(svg).iter("path") if "chart__line" in path.attrib["class"]
    ]


def test_a_tenfold_is_as_high_anywhere() -> None:
    """The scale is logarithmic: each fall to a tenth drops the line by the same height, and rises bring it back."""
    days = [date(2024, 1, 1), date(2024, 6, 1), date(2025, 1, 1), date(2026, 1, 1)]
    [corners] = stairs(dated(DatedLine("A", "A", tuple(zip(days, [10.0, 1.0, 0.1, 10.0], strict=True)))))
    heights = [y for (_, before), (_, y) in pairwise(corners) if y != before]
    start = corners[0][1]

    assert heights[0] - start == pytest.approx(heights[1] - heights[0], abs=0.11)
    assert start == pytest.approx(heights[2])


def test_a_price_holds_until_the_next_one() -> None:
    """A line goes along, then up or down, never aslant: between two snapshots nobody looked."""
    [corners] = stairs(dated(WORN[0]))

    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(corners))
    steps = [x for (x1, y1), (x, y) in pairwise(corners) if y != y1]
    whole = corners[-1][0] - corners[0][0]
    days = (WORN[0].prices[-1][0] - WORN[0].prices[0][0]).days
    turn = (WORN[0].prices[1][0] - WORN[0].prices[0][0]).days
    assert (steps[0] - corners[0][0]) / whole == pytest.approx(turn / days, abs=0.001)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_a_line_is_told_at_its_beginning_its_turn_and_its_end(narrow: bool) -> None:
    """Name and price stand at all three; a line that only fell has no turn, and there is no legend."""
    svg = dated(*WORN, narrow=narrow)

    assert {"GPT-3.5 $2", "GPT-3.5 $0.01", "GPT-4 $40"} == set(written(svg, "chart__note"))
    assert 1 == svg.count('class="chart__crossing"')
    assert 2 == svg.count('class="chart__start"')
    names = ["GPT-4", "GPT-3.5"] if narrow else ["GPT-4 (2023)", "GPT-3.5 Turbo"]
    assert names == written(svg, "chart__name")
    assert ["$0.40", "$0.05"] == written(svg, "chart__total")


def test_no_hue_names_a_price() -> None:
    """Hues are the approaches': these lines differ in their pattern alone, each in its own."""
    svg = dated(*WORN, *(one._replace(name=f"{one.name}, again") for one in WORN))

    assert "hue-" not in svg
    assert 4 == len(set(re.findall(r"chart__line--pattern-\d", svg)))


@settings(MODEST, max_examples=200)
@given(lines=histories(), narrow=st.booleans())
def test_a_figure_stands_clear_of_the_lines(lines: tuple[DatedLine, ...], narrow: bool) -> None:
    """A figure is written where the picture is empty, and left out with its mark where it is not."""
    svg = dated(*lines, narrow=narrow)
    notes = [box for text, box in texts(svg) if text in written(svg, "chart__note")]

    assert svg.count("<circle") == len(written(svg, "chart__note"))
    for left, right, top, bottom in notes:
        for (x1, y1), (x2, y2) in (ends for path in stairs(svg) for ends in pairwise(path)):
            assert max(x1, x2) <= left or min(x1, x2) >= right or max(y1, y2) <= top or min(y1, y2) >= bottom


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (0.01, 40.0, ["$0.01", "$0.10", "$1", "$10"]),
        (1.0, 40.0, ["$1", "$3", "$10", "$30"]),
        (4.0, 4.0, ["$5", "$7", "$10", "$20", "$30"]),
    ],
)
def test_the_scale_names_round_amounts(low: float, high: float, levels: list[str]) -> None:
    """Powers of ten, and steps between them where there would be too few."""
    svg = dated(DatedLine("A", "A", ((date(2024, 1, 1), high), (date(2026, 1, 1), low))))

    assert levels == [text for text in written(svg, "chart__label") if text.startswith("$")]


def test_each_year_is_named_over_its_days() -> None:
    """A tick stands at the beginning of a year; a year of which too little is shown has no name."""
    svg = dated(DatedLine("A", "A", ((date(2023, 12, 20), 2.0), (date(2026, 9, 2), 1.0))))
    years = [text for text in written(svg, "chart__label") if not text.startswith("$")]
    [ticks] = [path.attrib["d"] for path in parsed(svg).iter("path") if path.attrib["class"] == "chart__tick"]

    assert ["2024", "2025", "2026"] == years
    assert 5 == ticks.count("M")
