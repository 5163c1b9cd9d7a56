"""The pictures: well-formed, inside their frame, legible at both widths, and right about what they mark."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import catalog, chart
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.chart import DatedLine, DialBand, Line

MODEST: Final = settings(max_examples=60, derandomize=True, deadline=None, database=None)
LETTER: Final = 0.56
PROMPT: Final = ("prompt", "Prompt engineering", "Prompting")
FEW_SHOT: Final = ("few_shot", "Few-shot", "Few-shot")
RAG: Final = ("rag", "RAG", "RAG")
API: Final = ("api", "Fine-tuning, API", "Tuned, API")
OWN: Final = ("own", "Fine-tuning, self-hosted", "Self-hosted")
SMALL: Final = (None, "The small model, only prompted", "Small, prompted")
OPEN: Final = (None, "An open model on your GPUs, only prompted", "Open, prompted")
ROWS: Final = (PROMPT, FEW_SHOT, RAG, API, OWN, SMALL, OPEN)

type Row = tuple[str | None, str, str]
type Box = tuple[float, float, float, float]
type Dial = tuple[float, float, float, float | None, tuple[DialBand, ...]]


# Reading a picture.


def parsed(svg: str) -> ET.Element:
    """The picture as XML, which it must be."""
    return ET.fromstring(svg)  # noqa: S314  # our own text


def texts(svg: str) -> list[tuple[str, Box]]:
    """Every text with the box it takes: left, right, top, bottom."""
    picture = parsed(svg)
    size = 13.0 if "drawing--narrow" in picture.attrib["class"] else 12.5
    found = []
    for text in picture.iter("text"):
        written = text.text or ""
        x, y, width = float(text.attrib["x"]), float(text.attrib["y"]), len(written) * size * LETTER
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[text.attrib.get("text-anchor", "start")]
        found.append((written, (left, left + width, y - 0.74 * size, y + 0.2 * size)))
    return found


def points(path: str) -> Iterator[tuple[float, float]]:
    """Every corner of a path."""
    x = y = 0.0
    for command, rest in re.findall(r"([MLHVlhvz])([^MLHVlhvz]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", rest)]
        if command in "ML":
            x, y = numbers
        elif command in "Hh":
            x = numbers[0] + (x if command == "h" else 0)
        elif command in "Vv":
            y = numbers[0] + (y if command == "v" else 0)
        elif command == "l":
            x, y = x + numbers[0], y + numbers[1]
        yield x, y


def corners(svg: str) -> Iterator[tuple[float, float]]:
    """The outermost points of everything that is drawn, texts included."""
    for shape in parsed(svg).iter():
        if shape.tag == "path":
            yield from points(shape.attrib["d"])
        elif shape.tag == "rect":
            x, y = float(shape.attrib["x"]), float(shape.attrib["y"])
            yield x, y
            yield x + float(shape.attrib["width"]), y + float(shape.attrib["height"])
        elif shape.tag == "circle":
            x, y, r = (float(shape.attrib[name]) for name in ("cx", "cy", "r"))
            yield x - r, y - r
            yield x + r, y + r
    for _, (left, right, top, bottom) in texts(svg):
        yield left, top
        yield right, bottom


def outside(svg: str) -> list[tuple[float, float]]:
    """Points beyond the view box, by more than the rounding of a coordinate."""
    _, _, width, height = map(float, parsed(svg).attrib["viewBox"].split())
    return [(x, y) for x, y in corners(svg) if not (-0.1 <= x <= width + 0.1 and -0.1 <= y <= height + 0.1)]


def collisions(svg: str) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other."""
    boxes = texts(svg)
    return [
        (one, other)
        for index, (one, (left, right, top, bottom)) in enumerate(boxes)
        for other, (start, end, high, low) in boxes[:index]
        if min(right, end) - max(left, start) > 0.2 and min(bottom, low) - max(top, high) > 0.2
    ]


def written(svg: str, css_class: str) -> list[str]:
    """The texts of one class."""
    return [text.text or "" for text in parsed(svg).iter("text") if text.attrib["class"] == css_class]


def assert_legible(svg: str) -> None:
    """A picture is inside its frame, and no text lies on another."""
    assert [] == outside(svg)
    assert [] == collisions(svg)


# Pictures to read.


def line(row: Row, values: Sequence[float], *, winner: bool = False) -> Line:
    """A line of the running total."""
    return Line(*row, tuple(values), winner=winner, reference=row[0] is None)


def drawn(*lines: Line, changes: Sequence[int] = (), narrow: bool = False) -> chart.Drawing:
    """The running total of some lines."""
    return chart.running_total(lines=lines, changes=changes, narrow=narrow, sentence="Running total")


def dialled(dial: Dial, *, narrow: bool, label: str = "you: 3.5M") -> str:
    """The picture of a dial."""
    here, first, end, tip, bands = dial
    return chart.dial(
        here=here,
        here_label=label,
        first=first,
        end=end,
        bands=bands,
        tip=tip,
        sentence="Who is cheapest",
        narrow=narrow,
    )


def banded(edges: Sequence[float], rows: Sequence[Row]) -> tuple[DialBand, ...]:
    """Bands between edges, one for each row."""
    return tuple(DialBand(first, end, *row) for (first, end), row in zip(pairwise(edges), rows, strict=True))


def of_preset(query: str) -> Comparison:
    """The comparison for a preset."""
    calculator = catalog.calculator("cost-comparison")
    answer = calculator.answer(calculator.decode(query))
    assert isinstance(answer, Comparison)
    return answer


PRESETS: Final = {
    **{preset.key: preset.query for preset in catalog.calculator("cost-comparison").presets},
    "one-month": "horizon_months=1",
    "three-years": "must_change=task&horizon_months=36&requests_per_month=400000&monthly_growth=0.08",
    "volume": "must_change=task&requests_per_month=3500000",
    "nothing-asked": "requests_per_month=0",
}

DIALS: Final[dict[str, Dial]] = {
    "close": (3.5e6, 3e5, 3e7, 4.25e6, banded([3e5, 4.25e6, 4.63e6, 3e7], [PROMPT, API, OWN])),
    "far": (5e4, 1e4, 1e7, 4.25e6, banded([1e4, 4.25e6, 4.63e6, 1e7], [PROMPT, API, OWN])),
    "five": (1, 1, 1e9, 3e8, banded([1, 1e3, 1e5, 1e6, 3e8, 1e9], [PROMPT, FEW_SHOT, RAG, API, OWN])),
    "alone": (1e6, 1e5, 1e7, None, banded([1e5, 1e7], [OWN])),
    "at the tip": (1e6, 1e5, 1e7, 1.01e6, banded([1e5, 1.01e6, 1e7], [OWN, API])),
    "at the end": (3e7, 3e5, 3e7, 2.9e7, banded([3e5, 2.9e7, 3e7], [OPEN, SMALL])),
    "there and back": (1e5, 1e4, 1e6, 3e4, banded([1e4, 3e4, 4e5, 1e6], [PROMPT, API, PROMPT])),
}

GAPS: Final = st.floats(1.05, 50)


@st.composite
def dials(draw: st.DrawFn) -> Dial:
    """A dial of one to five bands, of any width, with or without a tip on one of its edges."""
    rows = draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=5, unique=True))
    edges = [draw(st.sampled_from([1.0, 3.0, 1e3, 3e5]))]
    for _ in rows:
        edges.append(edges[-1] * draw(GAPS))
    edges[-1] = max(edges[-1], edges[0] * 10)
    here = edges[0] * (edges[-1] / edges[0]) ** draw(st.floats(0, 1))
    tip = draw(st.sampled_from([None, *edges[1:-1]]))
    return here, edges[0], edges[-1], tip, banded(edges, rows)


@st.composite
def running_totals(draw: st.DrawFn) -> tuple[Line, ...]:
    """One to seven lines over one to 36 months: set-up, steady months, and perhaps a step."""
    months = draw(st.integers(1, 36))
    unit = draw(st.sampled_from([1.0, 1e3, 1e6]))
    step = draw(st.integers(0, months))
    lines = []
    for row in draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=7, unique=True)):
        setup, monthly, change = (unit * draw(st.floats(0, 10)) for _ in range(3))
        lines.append(line(row, [round(setup + monthly * m + change * (m > step), 2) for m in range(months + 1)]))
    least = min(lines, key=lambda one: one.values[-1])
    return tuple(one._replace(winner=one is least) for one in lines)


WORN: Final = (
    DatedLine(
        "GPT-3.5 Turbo", "GPT-3.5", ((date(2023, 7, 26), 2.0), (date(2025, 8, 12), 0.01), (date(2026, 9, 2), 0.05))
    ),
    DatedLine("GPT-4 (2023)", "GPT-4", ((date(2023, 7, 26), 40.0), (date(2024, 4, 18), 4.0), (date(2026, 9, 2), 0.4))),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[DatedLine, ...]:
    """One to four prices over at most six years, each with up to twelve steps, rising and falling."""
    lines = []
    for name in draw(st.lists(st.sampled_from("GPT-3.5 GPT-4 GPT-4o GPT-4.1 Claude".split()), min_size=1, max_size=4)):
        days = sorted(draw(st.sets(st.integers(0, 2200), min_size=1, max_size=12)))
        prices = [draw(st.floats(0.002, 200)) for _ in days]
        start = date(2022, 11, 30)
        lines.append(
            DatedLine(
                f"{name} Turbo", name, tuple((start + timedelta(d), p) for d, p in zip(days, prices, strict=True))
            )
        )
    return tuple(lines)


def dated(*lines: DatedLine, narrow: bool = False) -> str:
    """The picture of prices over the years."""
    return chart.dated_lines(lines=lines, narrow=narrow, sentence="Prices")


# Every picture.


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", DIALS)
def test_a_dial_is_legible(name: str, narrow: bool) -> None:
    """Nothing leaves the frame and no text lies on another, wherever needle, tip and bands stand."""
    assert_legible(dialled(DIALS[name], narrow=narrow))


@MODEST
@given(dial=dials(), narrow=st.booleans())
def test_any_dial_is_legible(dial: Dial, narrow: bool) -> None:
    """The same for dials nobody thought of."""
    assert_legible(dialled(dial, narrow=narrow))


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("preset", PRESETS)
def test_the_pictures_of_a_preset_are_legible(preset: str, narrow: bool) -> None:
    """What the engine really answers can be drawn and read."""
    comparison = of_preset(PRESETS[preset])
    ranked = [row for row in comparison.rows if row.standing.ranked]
    rows = {row[0] or row[1]: row for row in ROWS}
    lines = [
        line(
            rows.get(row.approach.key, (None, row.approach.title, row.approach.short)),
            row.cumulative,
            winner=row is comparison.winner,
        )
        for row in ranked
    ]
    changes = sorted({month for row in ranked for month in row.cost.changes})

    assert_legible(drawn(*lines, changes=changes, narrow=narrow).svg)


@settings(MODEST, max_examples=200)
@given(lines=running_totals(), narrow=st.booleans())
def test_any_running_total_is_legible(lines: tuple[Line, ...], narrow: bool) -> None:
    """Seven names at the right, amounts of any size, and three sentences in the picture leave one another alone."""
    assert_legible(drawn(*lines, changes=[1, 12], narrow=narrow).svg)


@settings(MODEST, max_examples=200)
@given(lines=histories(), narrow=st.booleans())
def test_prices_over_any_years_are_legible(lines: tuple[DatedLine, ...], narrow: bool) -> None:
    """Names, prices and years leave one another alone, however the lines run into each other."""
    assert_legible(dated(*lines, narrow=narrow))


@MODEST
@given(lines=running_totals(), dial=dials(), prices=histories(), narrow=st.booleans())
def test_the_same_picture_every_time(
    lines: tuple[Line, ...], dial: Dial, prices: tuple[DatedLine, ...], narrow: bool
) -> None:
    """Equal data give equal text."""
    assert dated(*prices, narrow=narrow) == dated(*prices, narrow=narrow)
    assert drawn(*lines, narrow=narrow) == drawn(*lines, narrow=narrow)
    assert dialled(dial, narrow=narrow) == dialled(dial, narrow=narrow)


def test_text_is_escaped() -> None:
    """Names and sentences are text, whatever they hold."""
    odd: Row = ("rag", "<b>R & D</b>", '<i>"&"</i>')
    total = chart.running_total(lines=[line(odd, [1, 2])], changes=[], narrow=True, sentence='a < "b" & c')
    dial = dialled((10, 1, 100, None, banded([1, 100], [odd])), narrow=False, label="<you> & me")
    years = dated(DatedLine(odd[1], odd[2], ((date(2026, 1, 1), 1.0), (date(2026, 9, 2), 2.0))))

    assert 'a < "b" & c' == parsed(total.svg).attrib["aria-label"]
    assert ['<i>"&"</i>'] == written(total.svg, "chart__name")
    assert ["<b>R & D</b>"] == written(dial, "dial__name")
    assert ["<you> & me"] == written(dial, "dial__here")
    assert ["<b>R & D</b>"] == written(years, "chart__name")
    assert ['<i>"&"</i> $1'] == written(years, "chart__note")


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_a_picture_is_an_image_with_a_sentence(narrow: bool) -> None:
    """Those who do not see it hear its sentence; each width has its class, and colour stands only in class names."""
    for svg in (
        dialled(DIALS["close"], narrow=narrow),
        drawn(line(PROMPT, [1, 2]), narrow=narrow).svg,
        dated(*WORN, narrow=narrow),
    ):
        picture = parsed(svg)

        assert "img" == picture.attrib["role"]
        assert picture.attrib["aria-label"]
        assert f"drawing--{'narrow' if narrow else 'wide'}" in picture.attrib["class"].split()
        assert not re.search(r"#[0-9a-f]{3}|rgb|style=|(fill|stroke)=", svg)


# The dial.


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_the_tip_takes_the_place_of_labels_beside_it(narrow: bool) -> None:
    """The value of the tip stands out, and labels keep 38 units from it even where they would not touch it."""
    unit = (332 if narrow else 612) / 2
    places = {0.12: ["100K", "1M", "3M", "10M"], 0.25: ["100K", "300K", "1M", "3M", "10M"]}
    for decades, labels in places.items():
        tip = 3e5 * 10**decades
        svg = dialled((1e6, 1e5, 1e7, tip, banded([1e5, tip, 1e7], [PROMPT, API])), narrow=narrow)

        assert 1 == len(written(svg, "dial__tip"))
        assert sorted(labels) == sorted(written(svg, "dial__label"))
        assert (decades * unit > 38) == ("300K" in labels)


def test_bands_fill_the_scale() -> None:
    """Each band begins where its winner takes over, and a small gap parts it from the next."""
    bands = [
        (float(rect.attrib["x"]), float(rect.attrib["x"]) + float(rect.attrib["width"]))
        for rect in parsed(dialled(DIALS["close"], narrow=False)).iter("rect")
        if "dial__band" in rect.attrib["class"]
    ]

    assert 4 == bands[0][0]
    assert 616 == pytest.approx(bands[-1][1], abs=0.1)
    assert [1.5, 1.5] == pytest.approx([after - end for (_, end), (after, _) in pairwise(bands)], abs=0.11)


def test_a_winner_that_comes_back_is_named_once() -> None:
    """Its widest band carries the name."""
    svg = dialled(DIALS["there and back"], narrow=False)

    assert ["Fine-tuning, API", "Prompt engineering"] == sorted(written(svg, "dial__name"))


def test_names_give_way_narrowest_band_first() -> None:
    """Where full names do not fit, the narrowest bands take their short ones; the widest keeps its own."""
    svg = dialled((1e3, 1e3, 1e6, None, banded([1e3, 3e5, 3.2e5, 1e6], [OPEN, API, OWN])), narrow=False)

    assert [OPEN[1], "Tuned, API", OWN[1]] == written(svg, "dial__name")


def test_names_without_room_are_left_out() -> None:
    """The narrowest band goes unnamed before any name lies on another, and so does one whose name fits nowhere."""
    crowded = dialled((1, 1, 1e9, None, banded([1, 1e2, 1e3, 1e4, 1e5, 1e6, 2e6, 1e9], ROWS)), narrow=False)
    endless = dialled((10, 1, 100, None, banded([1, 100], [("rag", "R" * 99, "R" * 98)])), narrow=False)

    assert [row[2] for row in ROWS if row is not SMALL] == written(crowded, "dial__name")
    assert [] == collisions(crowded)
    assert [] == written(endless, "dial__name")


def test_the_needle_stays_on_the_scale() -> None:
    """A reader who stands outside the window is shown at its edge."""
    inside = dialled((1, 1, 100, None, banded([1, 100], [RAG])), narrow=False)

    assert inside == dialled((0, 1, 100, None, banded([1, 100], [RAG])), narrow=False)


def test_a_tip_outside_the_scale_is_not_drawn() -> None:
    """There is no triangle for a place that the picture does not show."""
    assert [] == written(dialled((1, 1, 100, 500, banded([1, 100], [RAG])), narrow=False), "dial__tip")


# Bars and key.


def test_a_bar_is_in_proportion() -> None:
    """Parts stand in their order, as wide as their share of the common scale less the gap."""
    svg = chart.bar(parts={"serving": 50.0, "people": 25.0, "data": 5.0, "training": 20.0}, scale=200, hue="api")
    parts = [rect for rect in parsed(svg).iter("rect") if "bar__part" in rect.attrib["class"]]

    assert ["people", "data", "training", "serving"] == [rect.attrib["class"].split("part-")[1] for rect in parts]
    assert [22.8, 3.0, 17.8, 47.5] == pytest.approx([float(rect.attrib["width"]) for rect in parts], abs=0.1)
    assert ["url(#texture-data)", "url(#texture-training)"] == re.findall(r'fill="([^"]*)"', svg)
    assert "hue-api" in parsed(svg).attrib["class"].split()
    assert [] == outside(svg)


def test_a_bar_leaves_out_what_cannot_be_seen() -> None:
    """A part under half a unit is not drawn, nor is anything of a total of nothing."""
    slight = chart.bar(parts={"people": 100.0, "data": 0.2, "training": 0.0, "serving": 0.0}, scale=100, hue=None)
    nothing = chart.bar(parts=dict.fromkeys(("people", "data", "training", "serving"), 0.0), scale=0, hue=None)

    assert ["bar__part part-people"] == [rect.attrib["class"] for rect in parsed(slight).iter("rect")]
    assert [] == list(parsed(nothing))
    assert "bar" == parsed(nothing).attrib["class"]


def test_the_key_names_every_part_and_uses_the_textures_of_the_page() -> None:
    """Each texture that a bar or the key fills with is defined once."""
    key = parsed(chart.key())
    defined = {pattern.attrib["id"] for pattern in parsed(chart.textures()).iter("pattern")}

    assert ["people", "data", "training", "serving"] == ["".join(item.itertext()) for item in key.iter("li")]
    assert defined == set(re.findall(r"url\(#([^)]*)\)", chart.key()))


# The running total.


def test_a_crossing_is_told_by_the_month_in_which_it_falls() -> None:
    """10 + 1 a month falls below 3 a month at five months: the sixth is the first in which it has cost less."""
    lines = (line(PROMPT, [3.0 * m for m in range(13)]), line(API, [10.0 + m for m in range(13)], winner=True))
    wide, narrow = drawn(*lines), drawn(*lines, narrow=True)
    circle = next(parsed(wide.svg).iter("circle"))
    start, month_12 = (
        next((left + right) / 2 for text, (left, right, _, _) in texts(wide.svg) if text == label)
        for label in ("start", "month 12")
    )

    assert ("a: fine-tuning (API) undercuts prompt engineering in month 6",) == narrow.notes
    assert ["a"] == [text for text in written(narrow.svg, "chart__name") if len(text) == 1]
    assert "fine-tuning (API) undercuts prompt engineering in month 6" == " ".join(written(wide.svg, "chart__note"))
    assert () == wide.notes
    assert start + (month_12 - start) * 5 / 12 == pytest.approx(float(circle.attrib["cx"]), abs=0.1)


def test_lines_that_cross_back_and_forth_are_told_for_good() -> None:
    """Only the crossing that holds to the end is marked, and said to."""
    steps = [m + (6.0 if m > 4 else 0.0) for m in range(13)]
    lines = (line(RAG, [0.5 + 1.3 * m for m in range(13)]), line(OWN, [value + 1.1 for value in steps], winner=True))

    assert lines[1].values[4] < lines[0].values[4]
    assert lines[1].values[5] > lines[0].values[5]
    assert lines[0].values[-1] < lines[1].values[-1]
    assert ("a: RAG undercuts fine-tuning (self-hosted) for good in month 5",) == drawn(*lines, narrow=True).notes


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
        picture = drawn(line(PROMPT, one, winner=True), line(RAG, other), narrow=narrow)

        assert "chart__crossing" not in picture.svg
        assert () == picture.notes


def test_the_winner_s_crossings_come_first() -> None:
    """Of more than three crossings, those of the line that costs least are kept; letters run from left to right."""
    months = range(37)
    lines = (
        line(OWN, [30.0 + 0.2 * m for m in months], winner=True),
        line(API, [20.0 + 0.6 * m for m in months]),
        line(RAG, [10.0 + 1.2 * m for m in months]),
        line(PROMPT, [0.0 + 2.0 * m for m in months]),
    )
    notes = drawn(*lines, narrow=True).notes

    assert ["a: ", "b: ", "c: "] == [note[:3] for note in notes]
    assert all("fine-tuning (self-hosted) undercuts" in note for note in notes)
    assert ["17", "21", "26"] == [note.rsplit(" ", 1)[1] for note in notes]


def test_a_wide_picture_writes_out_three_crossings_at_most() -> None:
    """The rest stand in the table under it."""
    setups_and_months = ((28, 1.75), (35, 0.75), (22, 0.75), (14, 3.0), (29, 1.0))
    lines = [
        line(row, [setup + monthly * m for m in range(37)], winner=row is RAG)
        for row, (setup, monthly) in zip((PROMPT, FEW_SHOT, RAG, API, OWN), setups_and_months, strict=True)
    ]
    turned = [
        one
        for index, one in enumerate(setups_and_months)
        for two in setups_and_months[:index]
        if (one[0] - two[0]) * (one[0] + 36 * one[1] - two[0] - 36 * two[1]) < 0
    ]
    svg = drawn(*lines).svg

    assert len(turned) > 3
    assert 3 == svg.count("chart__crossing")
    assert 6 == len(written(svg, "chart__note"))


@settings(MODEST, max_examples=200)
@given(lines=running_totals())
def test_a_sentence_in_the_picture_stands_clear_of_the_lines(lines: tuple[Line, ...]) -> None:
    """Text is written where the picture is empty; a crossing without such a place goes without."""
    svg = drawn(*lines).svg
    notes = [box for text, box in texts(svg) if text in written(svg, "chart__note")]
    paths = [
        list(points(path.attrib["d"])) for path in parsed(svg).iter("path") if "chart__line" in path.attrib["class"]
    ]

    assert 2 * svg.count("chart__crossing") == len(notes) <= 6
    for left, right, top, bottom in notes:
        for (x1, y1), (x2, y2) in (ends for path in paths for ends in pairwise(path)):
            places = (x1 + (x2 - x1) * step / 50 for step in range(51))
            inside = [x for x in places if left < x < right and top < y1 + (y2 - y1) * (x - x1) / (x2 - x1) < bottom]

            assert [] == inside


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
    svg = drawn(line(PROMPT, [0, most / 2, most], winner=True)).svg

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
    svg = drawn(line(PROMPT, [10.0] * (months + 1), winner=True), narrow=narrow).svg

    assert labels == written(svg, "chart__label")[-len(labels) :]


def test_each_line_is_named_with_its_total_in_the_order_of_the_ends() -> None:
    """Names stand beside the ends of their lines, dearest on top; equal ends leave the winner below."""
    svg = drawn(
        line(PROMPT, [1, 7.0e4], winner=True),
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
    svg = drawn(line(PROMPT, values, winner=True)).svg
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
    steady = drawn(line(PROMPT, [10.0 * m for m in range(25)], winner=True))
    stepped = drawn(line(PROMPT, [10.0 * m + 80 * (m > 12) for m in range(25)], winner=True), changes=[12, 24])
    lines = [
        next(path.attrib["d"] for path in parsed(one.svg).iter("path") if "chart__line" in path.attrib["class"])
        for one in (steady, stepped)
    ]
    uprights = re.findall(r'chart__grid" d="M([0-9.]+) [0-9.]+V', stepped.svg)

    assert [2, 4] == [len(list(points(path))) for path in lines]
    assert [list(points(lines[1]))[1][0]] == [float(x) for x in uprights]


# Prices over the years.


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


# A price's history, in a line of text.


FIRST: Final = date(2024, 1, 1)
LAST: Final = date(2026, 1, 1)


def test_a_sparkline_halves_its_height_for_half_the_price() -> None:
    """Steps in their days, from 0 to the highest price, with a dot at the last one; a screen reader passes over it."""
    svg = chart.sparkline([(FIRST, 4.0), (date(2025, 1, 1), 2.0)], FIRST, LAST)
    picture = parsed(svg)
    path = next(picture.iter("path")).attrib["d"]
    dot = next(picture.iter("circle"))

    assert [(2.5, 2.5), (45.1, 2.5), (45.1, 9.0), (87.5, 9.0)] == list(points(path))
    assert ("87.5", "9") == (dot.attrib["cx"], dot.attrib["cy"])
    assert "true" == picture.attrib["aria-hidden"]
    assert [] == outside(svg)


def test_a_sparkline_keeps_to_its_days() -> None:
    """What held on the first day holds from the left end, however old; what is announced for later is not drawn."""
    whole = chart.sparkline([(FIRST, 4.0), (date(2025, 1, 1), 2.0)], FIRST, LAST)
    history = [(date(2020, 1, 1), 9.0), (date(2023, 1, 1), 4.0), (date(2025, 1, 1), 2.0), (date(2026, 1, 2), 8.0)]

    assert whole == chart.sparkline(history, FIRST, LAST)


def test_a_sparkline_of_nothing_is_nothing() -> None:
    """A price that only begins later has no history yet; one that is free lies at the bottom."""
    assert "" == chart.sparkline([(date(2026, 1, 2), 8.0)], FIRST, LAST)
    assert "M2.5 15.5H87.5" in chart.sparkline([(FIRST, 0.0)], FIRST, LAST)


@MODEST
@given(
    series=st.dictionaries(st.integers(-400, 900), st.floats(0, 1000), min_size=1, max_size=12),
    days=st.integers(0, 800),
)
def test_any_sparkline_stays_in_its_line(series: dict[int, float], days: int) -> None:
    """Nothing leaves the frame."""
    steps = [(FIRST + timedelta(day), price) for day, price in sorted(series.items())]

    svg = chart.sparkline(steps, FIRST, FIRST + timedelta(days))
    assert not svg or [] == outside(svg)
