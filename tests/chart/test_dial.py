"""The dial: bands in their places, names where there is room, a needle that stays on the scale."""

from itertools import pairwise

import pytest

from tests.chart.pictures import (
    API,
    DIALS,
    OPEN,
    OWN,
    PROMPT,
    RAG,
    ROWS,
    SMALL,
    banded,
    collisions,
    dialled,
    parsed,
    written,
)


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
