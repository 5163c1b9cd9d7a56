"""Reading a picture, and pictures to read."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

from hypothesis import settings
from hypothesis import strategies as st

from calculators import catalog, chart
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.chart import DialBand, Line
from calculators.chart.dated_lines import DatedLine, dated_lines
from calculators.markup import Html

MODEST: Final = settings(max_examples=60, derandomize=True, deadline=None, database=None)
LETTER: Final = 0.56
"""Width of an average letter, as the pictures suppose it. [em]"""

PROMPT: Final = ("prompt", "Prompt engineering", "Prompting")
FEW_SHOT: Final = ("few_shot", "Few-shot", "Few-shot")
RAG: Final = ("rag", "RAG", "RAG")
API: Final = ("api", "Fine-tuning, API", "Tuned, API")
OWN: Final = ("own", "Fine-tuning, self-hosted", "Self-hosted")
SMALL: Final = (None, "The small model, only prompted", "Small, prompted")
OPEN: Final = (None, "An open model on your GPUs, only prompted", "Open, prompted")
CHEAPER: Final = ("prompt", "A cheaper model, only prompted", "Cheaper model")
DEARER: Final = ("prompt", "A dearer model, only prompted", "Dearer model")
CLASSIFIER: Final = (None, "A small classifier of your own", "Classifier")
ROWS: Final = (PROMPT, FEW_SHOT, RAG, API, OWN, SMALL, OPEN)
ALL_ROWS: Final = (*ROWS, CHEAPER, DEARER, CLASSIFIER)

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
    """Every corner of a path; of an arc its ends and how far it stands out."""
    x = y = 0.0
    for command, rest in re.findall(r"([MLHVAlhvz])([^MLHVAlhvz]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", rest)]
        if command == "A":
            # Half of a circle stands out by its radius above its ends or below; a quarter stays between them.
            radius, half = numbers[0], numbers[6] == y
            x, y = numbers[5:]
            if half:
                yield x, y - radius
                yield x, y + radius
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


def line(row: Row, values: Sequence[float], *, first: bool = False, planned: bool = True) -> Line:
    """A line of the running total."""
    return Line(*row, tuple(values), planned=planned, first=first, reference=row[0] is None)


def drawn(
    *lines: Line, changes: Sequence[int] = (), narrow: bool = False, same: Sequence[str] | None = None
) -> chart.Drawing:
    """The running total of some lines."""
    return chart.running_total(lines=lines, changes=changes, narrow=narrow, sentence="Running total", same=same)


def dialled(dial: Dial, *, narrow: bool, label: str = "you: 3.5M") -> Html:
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
    """One to ten lines over one to 36 months: set-up, steady months, and perhaps a step."""
    months = draw(st.integers(1, 36))
    unit = draw(st.sampled_from([1.0, 1e3, 1e6]))
    step = draw(st.integers(0, months))
    lines = []
    for row in draw(st.lists(st.sampled_from(ALL_ROWS), min_size=1, max_size=10, unique=True)):
        setup, monthly, change = (unit * draw(st.floats(0, 10)) for _ in range(3))
        lines.append(line(row, [round(setup + monthly * m + change * (m > step), 2) for m in range(months + 1)]))
    least = min(lines, key=lambda one: one.values[-1])
    return tuple(one._replace(first=one is least, planned=one is least or draw(st.booleans())) for one in lines)


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


def dated(*lines: DatedLine, narrow: bool = False) -> Html:
    """The picture of prices over the years."""
    return dated_lines(lines=lines, narrow=narrow, sentence="Prices")
