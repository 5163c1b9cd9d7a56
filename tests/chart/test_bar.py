"""The bars of the ranking and their key: parts in proportion, each told by its texture."""

import re
from collections.abc import Sequence
from typing import Final

import pytest

from calculators import chart
from tests.chart.pictures import outside, parsed

PARTS: Final = ["people", "data", "training", "serving", "wrong"]


def test_a_bar_is_in_proportion() -> None:
    """Parts stand in their order, as wide as their share of the common scale less the gap."""
    svg = chart.bar(
        parts={"wrong": 30.0, "serving": 50.0, "people": 25.0, "data": 5.0, "training": 20.0}, scale=200, hue="api"
    )
    parts = [rect for rect in parsed(svg).iter("rect") if "bar__part" in rect.attrib["class"]]

    assert PARTS == [rect.attrib["class"].split("part-")[1] for rect in parts]
    assert [22.8, 3.0, 17.8, 47.5, 27.7] == pytest.approx([float(rect.attrib["width"]) for rect in parts], abs=0.1)
    assert ["url(#texture-data)", "url(#texture-training)"] == re.findall(r'fill="([^"]*)"', svg)
    assert "hue-api" in parsed(svg).attrib["class"].split()
    assert [] == outside(svg)


def test_a_bar_leaves_out_what_cannot_be_seen() -> None:
    """A part under half a unit is not drawn, nor is anything of a total of nothing."""
    none = dict.fromkeys(PARTS, 0.0)
    slight = chart.bar(parts={**none, "people": 100.0, "data": 0.2}, scale=100, hue=None)
    nothing = chart.bar(parts=none, scale=0, hue=None)

    assert ["bar__part part-people"] == [rect.attrib["class"] for rect in parsed(slight).iter("rect")]
    assert [] == list(parsed(nothing))
    assert "bar" == parsed(nothing).attrib["class"]


@pytest.mark.parametrize(
    ("used", "named"),
    [
        (PARTS, ["people", "data", "training", "serving", "wrong answers"]),
        (PARTS[:4], ["people", "data", "training", "serving"]),
        (["serving", "people"], ["people", "serving"]),
    ],
)
def test_the_key_names_the_parts_that_any_bar_has(used: Sequence[str], named: list[str]) -> None:
    """In the order in which they are drawn: a key to what is nowhere would be looked for in vain."""
    assert named == ["".join(item.itertext()) for item in parsed(chart.key(used)).iter("li")]


def test_the_key_uses_the_textures_of_the_page() -> None:
    """Each texture that a bar or the key fills with is defined once."""
    defined = {pattern.attrib["id"] for pattern in parsed(chart.textures()).iter("pattern")}

    assert defined == set(re.findall(r"url\(#([^)]*)\)", chart.key(PARTS)))
