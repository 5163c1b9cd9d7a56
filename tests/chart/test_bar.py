"""The bars of the ranking and their key: parts in proportion, each told by its texture."""

import re

import pytest

from calculators import chart
from tests.chart.pictures import outside, parsed


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
