"""The dial: the kind of first step along requests a month."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import Preset, Scenario
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.dimensions import ALONG
from calculators.catalog.cost_comparison.plan.bands import Band, Dial, dial
from calculators.catalog.cost_comparison.plan.turning import Lever
from calculators.catalog.cost_comparison.report import figures
from calculators.catalog.cost_comparison.words import band_names, bands, plain
from calculators.slices import at_once
from tests.catalog.plan.questions import prospect, question
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, put, scenarios
from tests.catalog.test_tips import FRAGILE


def dialled(value: float, *, minimum: float = 0, maximum: float = 1e9, whole: bool = True) -> Dial:
    """The dial of an input on which nothing rests."""
    asked = question(prospect(0.5, 1, 2))
    return at_once(dial(asked, Lever("input", value, minimum, maximum, lambda: lambda _: asked, whole=whole)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # About ten times either side, between 1 and 3 times powers of ten.
        (50_000, (3_000, 1_000_000)),
        (10_000, (1_000, 100_000)),
        (30_000, (3_000, 300_000)),
        # Whole numbers begin at 1.
        (1, (1, 10)),
        (2, (1, 30)),
        (0, (1, 10)),
        # No further than the input may go.
        (5e8, (3e7, 1e9)),
        (1e9, (1e8, 1e9)),
    ],
)
def test_a_dial_shows_a_decade_either_side(value: float, expected: tuple[float, float]) -> None:
    """Wherever the input stands."""
    found = dialled(value)

    assert expected == (found.first, found.end)
    assert [expected] == [(band.first, band.end) for band in found.bands]
    assert found.turn is None


def test_a_dial_of_what_is_not_whole_begins_anywhere() -> None:
    """Between 1 and 3 times powers of ten, too."""
    found = dialled(0.03, whole=False)

    assert (0.003, 0.3) == (found.first, found.end)


def of(comparison: Comparison) -> Dial:
    """The dial of an answer that has one."""
    assert comparison.dial is not None
    return comparison.dial


def band_at(found: Dial, value: float) -> list[Band]:
    """The bands that a value is in; at a border there are two."""
    return [band for band in found.bands if band.first <= value <= band.end]


def assert_bands(comparison: Comparison) -> None:
    """Check that the bands cover the scale, that neighbours differ, and that the reader's own is what is advised."""
    found = of(comparison)
    kinds = [band.to.kind for band in found.bands]

    assert (found.first, found.end) == (found.bands[0].first, found.bands[-1].end)
    assert all(left.end == right.first for left, right in pairwise(found.bands))
    assert all(left != right for left, right in pairwise(kinds))
    if found.first <= found.value <= found.end:
        assert comparison.advice.kind in [band.to.kind for band in band_at(found, found.value)]


@bounded(40)
@given(scenario=scenarios(False, 8), share=st.floats(0, 1))
def test_bands_are_what_the_plan_is_there(scenario: Scenario, share: float) -> None:
    """At every point that was looked at; between two of one kind another may come and go, near a border."""
    comparison = answer(scenario)
    if comparison.dial is None:
        return
    assert_bands(comparison)
    found = comparison.dial
    for border in (band.first for band in found.bands[1:]):
        before, after = (band.to.kind for band in band_at(found, border))
        assert answer(put(scenario, ALONG, border)).advice.kind in (before, after)
    decades = math.log10(found.end / found.first)
    value = float(round(found.first * 10 ** (decades * round(share * 6 * decades) / math.ceil(6 * decades))))
    if found.first <= value <= found.end:
        there = answer(put(scenario, ALONG, value))
        assert there.advice.kind in [band.to.kind for band in band_at(found, value)]


@pytest.mark.parametrize("query", [*FRAGILE, *(preset.query for preset in COST_COMPARISON.presets)])
def test_bands_of_known_scenarios_are_what_the_plan_is_there(query: str) -> None:
    """Looked at all along, away from borders by a hundredth."""
    comparison = answer(at(query))
    assert_bands(comparison)
    found = of(comparison)
    for step in range(25):
        value = float(round(found.first * (found.end / found.first) ** (step / 24)))
        if all(abs(value / band.first - 1) > 0.01 for band in found.bands[1:]):
            (band,) = band_at(found, value)
            assert answer(put(at(query), ALONG, value)).advice.kind == band.to.kind, value


@pytest.mark.parametrize("query", FRAGILE)
def test_the_tip_along_requests_is_a_border(query: str) -> None:
    """Picture and sentence name the same number."""
    comparison = answer(at(query))
    for tip in comparison.tips:
        if tip.cause == ALONG:
            assert tip.at == of(comparison).turn


def test_what_runs_is_measured_first_at_any_volume() -> None:
    """One band, named for what is done."""
    comparison = answer(at("today=prompt"))
    (band,) = of(comparison).bands

    assert ("Measure what runs", "Measure") == band_names(comparison, band)


@pytest.mark.parametrize("preset", COST_COMPARISON.presets, ids=lambda preset: preset.key)
def test_the_sentence_names_every_band(preset: Preset) -> None:
    """For those who do not see the picture."""
    comparison = answer(at(preset.query))
    said = plain(bands(comparison)).lower()

    assert all(band_names(comparison, band)[0].lower() in said for band in of(comparison).bands)


@pytest.mark.parametrize("query", FRAGILE)
def test_two_bands_of_one_hue_have_two_names(query: str) -> None:
    """A hue names an approach, and several kinds may begin with it."""
    comparison = answer(at(query))
    for left, right in pairwise(of(comparison).bands):
        assert band_names(comparison, left) != band_names(comparison, right)


def test_programs_read_the_dial_under_names_that_stay() -> None:
    """Its window, and each band with its kind and the row that is tried first."""
    told = figures(answer(at("")))["dial"]

    assert isinstance(told, dict)
    assert ["input", "value", "first", "end", "bands"] == list(told)
    for band in told["bands"]:
        assert ["first", "end", "kind", "approach"] == list(band)
