"""The running total: right about where lines cross, and its lines, scales and names in their places."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings

from calculators.chart import Line
from tests.chart.pictures import (
    API,
    FEW_SHOT,
    MODEST,
    OPEN,
    OWN,
    PROMPT,
    RAG,
    drawn,
    line,
    parsed,
    points,
    running_totals,
    texts,
    written,
)


def test_a_crossing_is_told_by_the_month_in_which_it_falls() -> None:
    """10 + 1 a month falls below 3 a month at five months: the sixth is the first in which it has cost less."""
    lines = (line(PROMPT, [3.0 * m for m in range(13)]), line(API, [10.0 + m for m in range(13)], first=True))
    wide, narrow = drawn(*lines), drawn(*lines, narrow=True)
    circle = next(parsed(wide.svg).iter("circle"))
    start, month_12 = (
        next((left + right) / 2 for text, (left, right, _, _) in texts(wide.svg) if text == label)
        for label in ("start", "month 12")
    )

    assert ("fine-tuning (API) undercuts prompt engineering in month 6",) == narrow.notes
    assert wide.notes == narrow.notes
    for picture in (wide, narrow):
        assert ["a"] == [text for text in written(picture.svg, "chart__name") if len(text) == 1]
    assert start + (month_12 - start) * 5 / 12 == pytest.approx(float(circle.attrib["cx"]), abs=0.1)


def test_lines_that_cross_back_and_forth_are_told_for_good() -> None:
    """Only the crossing that holds to the end is marked, and said to."""
    steps = [m + (6.0 if m > 4 else 0.0) for m in range(13)]
    lines = (line(RAG, [0.5 + 1.3 * m for m in range(13)]), line(OWN, [value + 1.1 for value in steps], first=True))

    assert lines[1].values[4] < lines[0].values[4]
    assert lines[1].values[5] > lines[0].values[5]
    assert lines[0].values[-1] < lines[1].values[-1]
    assert ("RAG undercuts fine-tuning (self-hosted) for good in month 5",) == drawn(*lines, narrow=True).notes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([5.0, 5.0, 5.0], [5.0, 5.0, 5.0]),
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
        ([1.0, 2.0, 3.0], [2.0, 3.0, 4.0]),
        ([2.0, 3.0, 4.0], [2.0, 4.0, 6.0]),
        ([1.0, 3.0, 4.0], [2.0, 3.0, 4.0]),
        ([0.0, 50.0, 100.0], [0.01, 50.0, 99.99]),
    ],
    ids=["equal", "nothing", "apart", "from one point", "into one point", "too slight to see"],
)
def test_lines_that_do_not_change_places_have_no_crossing(one: list[float], other: list[float]) -> None:
    """A circle stands only where an order is turned round, for good and to be seen."""
    for narrow in (False, True):
        picture = drawn(line(PROMPT, one, first=True), line(RAG, other), narrow=narrow)

        assert "chart__crossing" not in picture.svg
        assert () == picture.notes


def test_the_crossings_of_what_is_first_come_first() -> None:
    """Of more than three crossings, those of what the plan begins with are kept; letters run from left to right."""
    months = range(37)
    lines = (
        line(OWN, [30.0 + 0.2 * m for m in months], first=True),
        line(API, [20.0 + 0.6 * m for m in months]),
        line(RAG, [10.0 + 1.2 * m for m in months]),
        line(PROMPT, [0.0 + 2.0 * m for m in months]),
    )
    notes = drawn(*lines, narrow=True).notes

    assert 3 == len(notes)
    assert all("fine-tuning (self-hosted) undercuts" in note for note in notes)
    assert ["17", "21", "26"] == [note.rsplit(" ", 1)[1] for note in notes]


def test_only_crossings_within_the_plan_are_told() -> None:
    """What is not in the plan stands in the background: no hue, a thin line, a soft name, and no circle."""
    first = line(PROMPT, [3.0 * m for m in range(13)], first=True)
    other = line(API, [10.0 + m for m in range(13)], planned=False)._replace(hue=None)
    picture = drawn(first, other)

    assert "chart__crossing" in drawn(first, other._replace(planned=True)).svg
    assert "chart__crossing" not in picture.svg
    assert () == picture.notes
    assert [API[1]] == written(picture.svg, "chart__name chart__aside")
    assert 1 == picture.svg.count('class="chart__line chart__aside"')


@settings(MODEST, max_examples=200)
@given(lines=running_totals())
def test_each_letter_stands_for_one_sentence(lines: tuple[Line, ...]) -> None:
    """At most three crossings are marked, with letters from left to right; both drawings mark the same."""
    narrow = drawn(*lines, narrow=True)
    wide = drawn(*lines, same=narrow.notes)

    assert set(wide.notes) == set(narrow.notes)
    for picture in (wide, narrow):
        letters = [text for text in written(picture.svg, "chart__name") if len(text) == 1]
        places = [float(circle.attrib["cx"]) for circle in parsed(picture.svg).iter("circle")]

        assert len(places) == len(picture.notes) <= 3
        assert ["a", "b", "c"][: len(places)] == letters
        assert sorted(places) == places


@pytest.mark.parametrize(
    ("most", "levels"),
    [
        (5, ["0", "$1", "$2", "$3", "$4", "$5"]),
        (107_000, ["0", "$25K", "$50K", "$75K", "$100K", "$125K"]),
        (50_000_000, ["0", "$10M", "$20M", "$30M", "$40M", "$50M"]),
        (0, ["0", "$1"]),
    ],
)
def test_the_scale_begins_at_0_and_goes_in_round_steps(most: float, levels: list[str]) -> None:
    """The grid says round amounts, as few as tell the lines apart, and the largest total lies on it."""
    svg = drawn(line(PROMPT, [0, most / 2, most], first=True)).svg

    assert levels == written(svg, "chart__label")[: len(levels)]


@pytest.mark.parametrize(
    ("months", "narrow", "labels"),
    [
        (1, False, ["start", "month 1"]),
        (1, True, ["start", "1"]),
        (6, False, ["start", "1", "2", "3", "4", "5", "month 6"]),
        (13, True, ["start", "3", "6", "9", "13"]),
        (24, False, ["start", "6", "12", "18", "month 24"]),
        (36, True, ["start", "6", "12", "18", "24", "30", "36"]),
    ],
)
def test_months_are_labelled_where_there_is_room(months: int, narrow: bool, labels: list[str]) -> None:
    """The first and the last month always are."""
    svg = drawn(line(PROMPT, [10.0] * (months + 1), first=True), narrow=narrow).svg

    assert labels == written(svg, "chart__label")[-len(labels) :]


def test_each_line_is_named_with_its_total_in_the_order_of_the_ends() -> None:
    """Names stand beside the ends of their lines, dearest on top; equal ends leave the winner below."""
    svg = drawn(
        line(PROMPT, [1, 7.0e4], first=True),
        line(OWN, [2, 1.35e5]),
        line(FEW_SHOT, [3, 7.0e4]),
        line(OPEN, [3, 1.2e6]),
    ).svg
    heights = [box[2] for text, box in texts(svg) if text in written(svg, "chart__total")]

    assert ["Open, prompted", OWN[1], FEW_SHOT[1], PROMPT[1]] == written(svg, "chart__name")
    assert ["$1.2M", "$135K", "$70K", "$70K"] == written(svg, "chart__total")
    assert all(after - before >= 30.9 for before, after in pairwise(heights))


def test_a_curve_keeps_its_shape() -> None:
    """What is left out of a growing line would not have been seen."""
    values = [10.0 * 1.08**m for m in range(37)]
    svg = drawn(line(PROMPT, values, first=True)).svg
    path = next(path.attrib["d"] for path in parsed(svg).iter("path") if "chart__line" in path.attrib["class"])
    kept = list(points(path))
    (left, _), (right, end) = kept[0], kept[-1]
    floor = next(float(text.attrib["y"]) - 4 for text in parsed(svg).iter("text") if text.text == "0")

    assert len(kept) < 30
    for month, value in enumerate(values):
        x = left + (right - left) * month / 36
        (x1, y1), (x2, y2) = next(pair for pair in pairwise(kept) if x <= pair[1][0] + 0.05)
        assert floor + (end - floor) * value / values[-1] == pytest.approx(
            y1 + (y2 - y1) * (x - x1) / (x2 - x1), abs=0.6
        )


def test_a_straight_line_needs_two_points() -> None:
    """Points between are left out, and a change of the base model keeps its corner and its mark."""
    steady = drawn(line(PROMPT, [10.0 * m for m in range(25)], first=True))
    stepped = drawn(line(PROMPT, [10.0 * m + 80 * (m > 12) for m in range(25)], first=True), changes=[12, 24])
    lines = [
        next(path.attrib["d"] for path in parsed(one.svg).iter("path") if "chart__line" in path.attrib["class"])
        for one in (steady, stepped)
    ]
    uprights = re.findall(r'chart__grid" d="M([0-9.]+) [0-9.]+V', stepped.svg)

    assert [2, 4] == [len(list(points(path))) for path in lines]
    assert [list(points(lines[1]))[1][0]] == [float(x) for x in uprights]
