"""On paper the answer comes first, whole, on a page of its own, with its link as text."""

from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.reader import SECTION, VOLUME, WHOLE, WHOLE_SECTION, Open, Reader

# A4 less the margins of the stylesheet, in CSS pixels: 178 by 261 mm.
WIDTH: Final = 673
HEIGHT: Final = 986

PLACES: Final = """
() => {
    const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
    const calculator = document.querySelector("fine-tuning-calculator");
    const after = [...document.querySelectorAll("article > *")].filter(
        (each) => !each.matches("h1") && !each.contains(calculator) && each.getClientRects().length > 0);
    return {
        top: box("h1").top,
        verdict: box("[data-verdict]").top,
        path: box("[data-slot=path]").bottom,
        form: box(".calculator__form").top,
        end: box(".calculator-block").bottom,
        text: Math.min(...after.map((each) => each.getBoundingClientRect().top)),
        wide: document.documentElement.scrollWidth,
    };
}
"""


def printed(reader: Reader) -> dict[str, float]:
    """Have the page laid out as for A4, and say where its parts stand. [CSS pixel]"""
    reader.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    reader.page.emulate_media(media="print")
    reader.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    found: dict[str, float] = reader.page.evaluate(PLACES)
    return found


@pytest.mark.parametrize("path", ["/", WHOLE])
@pytest.mark.parametrize("script", [True, False])
def test_the_answer_comes_first_and_fits_a_page(open_page: Open, path: str, script: bool) -> None:
    """The sentence, the plan and its picture share the first page; the rest of the calculator, then the text follow."""
    reader = open_page(path, java_script_enabled=script)

    found = printed(reader) if script else _still(reader)

    assert found["top"] < found["verdict"] < found["path"] < found["end"] <= found["text"]
    assert found["path"] - found["top"] <= HEIGHT
    assert found["wide"] <= WIDTH


def _still(reader: Reader) -> dict[str, float]:
    """The same where no script may run: what measures is the driver's, not the page's."""
    reader.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    reader.page.emulate_media(media="print")
    found: dict[str, float] = reader.page.evaluate(PLACES)
    return found


@pytest.mark.parametrize(("path", "section"), [("/", SECTION), (WHOLE, WHOLE_SECTION)])
def test_paper_holds_the_link_and_what_was_changed(open_page: Open, path: str, section: str) -> None:
    """Whoever has the paper can open the same scenario, and sees which numbers are not the example's."""
    reader = open_page(path)
    reader.change(VOLUME, "3M")
    reader.settled()

    printed(reader)

    link = reader.calculator.locator(".printed-link")
    assert link.is_visible()
    assert f"#{section}?{reader.query}" in link.inner_text()
    differs = reader.slot("differs").locator("li")
    expect(differs).to_be_visible()
    assert "3,000,000" in differs.inner_text()
    assert "50,000" in differs.inner_text()


def test_nothing_is_printed_that_needs_a_hand(open_page: Open) -> None:
    """No button, no field to fill, no starting point: of the guide's form nothing, as it says nothing more."""
    reader = open_page("/")
    printed(reader)

    shown: list[Any] = reader.calculator.locator("button:visible, .presets:visible, form:visible").all()
    assert [] == shown
