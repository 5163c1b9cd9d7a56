"""The path of a plan: legible however long it is, true to its chances, and said by its list in the same numbers."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import path as in_words
from calculators.catalog.cost_comparison.words import plain, tried, verdict
from calculators.chart.plan_path import PathEnd, PathLoop, PathStep, path_bar, plan_path
from calculators.html.cost_comparison.path import path
from calculators.markup import Html
from calculators.quantity import write_money
from tests.catalog.scenarios import answer, at, bounded, changed, scenarios
from tests.chart.pictures import MODEST, PRESETS, assert_legible, of_preset, parsed, points, texts, written

NAMES = (
    "Few-shot",
    "RAG with a model tuned through an API",
    "Pasting your documents into GPT-4 at its 2023 price’s prompt",
    "Measure what runs: RAG with a tuned model on your own GPUs",
)
HUES = ("prompt", "few_shot", "rag", "api", "own", None)
UNDER = st.sampled_from([0.001, 0.02, 0.3, 0.5, 0.9, 0.999])


@st.composite
def paths(draw: st.DrawFn) -> tuple[tuple[PathStep, ...], PathEnd | None]:
    """One to ten steps of any chance, with the longest words that there are."""
    left = 100.0
    steps = []
    for _ in range(draw(st.integers(1, 10))):
        passes = left * draw(st.one_of(UNDER, st.floats(0, 1)))
        left -= passes
        loop = PathLoop("prompt", "now see whether GPT-4 at its 2023 price does too: under 1 of 4 do and save $127,000")
        steps.append(
            PathStep(
                draw(st.sampled_from(HUES)),
                draw(st.booleans()),
                draw(st.booleans()),
                draw(st.sampled_from(NAMES)),
                draw(st.sampled_from([("$3,740 to find out",), ("$1,250,000 more to find out", "only if worth $9")])),
                passes,
                left,
                ("$2,240 to go live", "passes: under 1 in 100"),
                "keep: $123,000,000",
                "fails: 50" if left >= 1 else "fails: under 1",
                draw(st.sampled_from([None, loop])),
            )
        )
        if not left:
            break
    return tuple(steps), PathEnd("under 1", "stop without one") if left else None


def outline(data: str) -> list[tuple[float, float]]:
    """A shape's corners, its curves in short straight pieces."""
    found: list[tuple[float, float]] = []
    for piece in re.findall(r"[MHVALz][^MHVALz]*", data):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", piece)]
        x, y = found[-1] if found else (0.0, 0.0)
        if piece[0] == "A":
            to_x, to_y = numbers[5:]
            middle = (x, to_y) if numbers[4] else (to_x, y)
            for angle in (math.pi / 2 * step / 12 for step in range(1, 13)):
                begin, end = math.cos(angle), math.sin(angle)
                found.append(
                    (
                        middle[0] + (x - middle[0]) * begin + (to_x - middle[0]) * end,
                        middle[1] + (y - middle[1]) * begin + (to_y - middle[1]) * end,
                    )
                )
        elif piece[0] != "z":
            found.append({"H": (numbers[0], y), "V": (x, numbers[0])}.get(piece[0]) or (numbers[0], numbers[1]))
    return found


def crossed(svg: str) -> list[tuple[str, str]]:
    """Texts that lie on a shape: where an edge of it runs through them, or where they stand within it."""
    found = []
    for shape in parsed(svg).iter("path"):
        if shape.attrib["class"].split()[0] not in ("path__passes", "path__fails"):
            continue
        corners = outline(shape.attrib["d"])
        edges = list(pairwise([*corners, corners[0]]))
        on_edge = [
            (x1 + (x2 - x1) * share / 40, y1 + (y2 - y1) * share / 40)
            for (x1, y1), (x2, y2) in edges
            for share in range(41)
        ]
        for text, (left, right, top, bottom) in texts(svg):
            x, y = (left + right) / 2, (top + bottom) / 2
            within = sum(
                (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1) for (x1, y1), (x2, y2) in edges
            )
            if within % 2 or any(left < across < right and top < down < bottom for across, down in on_edge):
                found.append((text, shape.attrib["class"]))
    return found


@settings(MODEST, max_examples=300)
@given(drawn=paths())
def test_any_path_is_legible(drawn: tuple[tuple[PathStep, ...], PathEnd | None]) -> None:
    """Ten steps with loops, long names and hardly any chance: no text lies on another or on a band."""
    svg = plan_path(*drawn)

    assert_legible(svg)
    assert [] == crossed(svg)


@MODEST
@given(drawn=paths())
def test_heights_are_the_chances(drawn: tuple[tuple[PathStep, ...], PathEnd | None]) -> None:
    """What fails goes on as high as it is many, but for what would be too thin; each step is drawn once."""
    steps, end = drawn
    svg = parsed(plan_path(steps, end))
    heights = [
        [y for _, y in points(band.attrib["d"])] for band in svg.iter("path") if "path__fails" in band.attrib["class"]
    ]
    bands = [max(ys) - min(ys) for ys in heights]
    failing = [step.fails for step in steps if step.fails]

    assert len(failing) == len(bands)
    for jobs, height in zip(failing, bands, strict=True):
        assert max(jobs * 0.7, 1.5) == pytest.approx(height, abs=0.11)
    assert len(steps) == len([shape for shape in svg.iter("path") if "path__passes" in shape.attrib["class"]])


def test_a_bar_is_as_long_as_what_comes_to_its_step() -> None:
    """Bars shorten down the list; what passes is drawn over what fails, and hollow or dashed as in the picture."""
    step = PathStep(None, True, True, "A classifier", (), 10.0, 30.0, (), "keep: $1", "fails: 30", None)
    fails, passes = parsed(path_bar(step)).iter("path")

    assert (10.0, 40.0) == (min(points(fails.attrib["d"]))[0], max(points(fails.attrib["d"]))[0])
    assert 10.0 == max(points(passes.attrib["d"]))[0]
    assert ["path__passes", "path--hollow", "path--dashed"] == passes.attrib["class"].split()


def read(comparison: Comparison) -> tuple[str, str, str]:
    """The path of an answer: all of it, its picture, and its list as plain words."""
    whole = path("cc", comparison, verdict(comparison).odds)
    found = re.search(r'<svg class="drawing.*?</svg>', whole)
    listed = re.search(r'<div class="path__list">(.*?)</div>', whole)
    assert found
    assert listed
    return whole, found[0], re.sub(r"<[^>]*>", "", listed[1])


def assert_same(comparison: Comparison) -> None:
    """Picture and list say the same numbers, and these add up."""
    whole, svg, words = read(comparison)
    tries = comparison.advice.tries
    drawn = " ".join(text for text, _ in texts(svg))
    passes = re.findall(r"passes: (under 1|\d+)", words)
    fails = re.findall(r"fails: (under 1|\d+)", words)
    whole_numbers = [0 if count == "under 1" else int(count) for count in passes]
    rest = re.search(r"path__rest.*<b>(.*?)</b>", whole)

    assert_legible(svg)
    assert [] == crossed(svg)
    assert 'aria-hidden="true"' in svg
    assert len(tries) == len(passes) == len(fails) == whole.count("<li>")
    assert 100 == sum(whole_numbers) + (0 if fails[-1] == "under 1" else int(fails[-1]))
    assert passes == re.findall(r"passes: (under 1|\d+)", drawn)
    assert fails[:-1] == re.findall(r"fails: (under 1|\d+)", drawn)[: len(fails) - 1]
    for each, passed in zip(tries, passes, strict=True):
        assert (each.step.chance == 0) == (passed == "0")
    if rest:
        assert rest[1] == fails[-1]
        assert rest[1] in written(svg, "chart__name")
    else:
        assert "0" == fails[-1]
    for amount in re.findall(r"\$[\d,.]*\d", words):
        assert amount in drawn
    # What a terminal is told is told here too.
    for each, told in zip(tries, in_words(comparison), strict=True):
        assert tried(comparison, ROWS[each.step.row]).text[1:] in words
        if each.dashed and each.step.price_of_a_success >= 1:
            assert plain(told).rsplit("only if a version that passes is ", 1)[1] in words
        if each.then is not None:
            assert f"see whether {tried(comparison, ROWS[each.then]).text} does too" in words
        if each.step.find_out >= 1:
            assert f"{write_money(each.step.find_out)}" in words


@pytest.mark.parametrize("preset", PRESETS)
def test_the_path_of_a_preset_says_the_same_twice(preset: str) -> None:
    """Whoever sees the picture and whoever hears the list learns the same."""
    comparison = of_preset(PRESETS[preset])

    if comparison.advice.tries:
        assert_same(comparison)


def test_a_chance_too_small_to_tell_is_drawn() -> None:
    """Where 100 % less the chance is 100 % again, and trying costs nothing, list and picture say “under 1”."""
    comparison = answer(changed(at("must_change=tone"), prompt_chance=6e-18, hourly_rate=0.0))

    assert "passes: under 1" in path("cc", comparison, verdict(comparison).odds)
    assert_same(comparison)


@bounded(100)
@given(scenario=scenarios())
def test_any_path_says_the_same_twice(scenario: Scenario) -> None:
    """The same for scenarios nobody thought of."""
    comparison = answer(scenario)

    if comparison.advice.first is None:
        assert "" == path("cc", comparison, verdict(comparison).odds)
    else:
        assert_same(comparison)


@pytest.mark.parametrize(
    ("query", "drawn", "said"),
    [
        ("", "nothing passes", "Nothing here passes"),
        ("must_change=nothing&requests_per_month=1000000", "keep what runs", "Keep what runs"),
        ("must_change=task&prompt_passes=yes&requests_per_month=3000000", "keep what passed", ", which passed"),
        ("must_change=task&worth=20000", "stop without one", "Stop without a version that passes"),
    ],
)
def test_what_becomes_of_the_rest(query: str, drawn: str, said: str) -> None:
    """Where something runs and passes, failing means keeping it; where that is not worth it, giving up."""
    _, svg, listed = read(answer(at(query)))

    assert drawn in written(svg, "chart__label")
    assert said in listed


def test_what_runs_and_is_not_measured_comes_first() -> None:
    """The first step is to measure it: it is live already."""
    _, svg, listed = read(answer(at("must_change=task&today=prompt")))

    assert listed.startswith("Measure what runs: prompting")
    assert "live in" not in listed.split("fails")[0]
    assert "1 Measure what" in written(svg, "chart__name")[0]


def test_the_text_of_a_path_is_escaped() -> None:
    """Names are text, whatever they hold."""
    step = PathStep(None, False, False, "R&D <b>", (), 100.0, 0.0, (), "keep: $1", "fails: 0", None)

    assert ["1 R&D <b>", "keep: $1"] == written(plan_path([step], None), "chart__name")
    assert isinstance(plan_path([step], None), Html)
