"""Every picture: well-formed, inside its frame, legible at both widths, and the same for the same data."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import chart
from calculators.chart import Line
from calculators.chart.dated_lines import DatedLine
from calculators.chart.sparkline import sparkline
from calculators.markup import Html
from tests.chart.pictures import (
    DIALS,
    MODEST,
    PRESETS,
    PROMPT,
    ROWS,
    WORN,
    Dial,
    Row,
    assert_legible,
    banded,
    dated,
    dialled,
    dials,
    drawn,
    histories,
    line,
    of_preset,
    parsed,
    running_totals,
    written,
)


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
            first=row is comparison.winner,
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


def test_a_picture_stays_as_it_is_in_a_page() -> None:
    """Each is markup, which a template takes without escaping it, and so is the lack of one."""
    parts = dict.fromkeys(("people", "data", "training", "serving", "wrong"), 1.0)
    pictures = (
        dialled(DIALS["close"], narrow=False),
        drawn(line(PROMPT, [1, 2])).svg,
        dated(*WORN),
        chart.bar(parts=parts, scale=5, hue="rag"),
        chart.key(parts),
        chart.textures(),
        sparkline([(date(2026, 1, 1), 1.0)], date(2026, 1, 1), date(2026, 9, 2)),
        sparkline([], date(2026, 1, 1), date(2026, 9, 2)),
    )

    for svg in pictures:
        assert f"<td>{svg}</td>" == Html("<td>{}</td>").fill(svg)
