"""With JavaScript off, nothing of the guide is missing: only new numbers need a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reader import SLUG, WHOLE, Open
from tests.site.pages import ROOT

SECTIONS = (ROOT / "tests" / "site" / "section_ids.txt").read_text(encoding="utf-8").split()


def test_the_guide_reads_whole_without_script(open_page: Open) -> None:
    """The guide's sections, its table of approaches and the tree as text are in the page as served."""
    page = open_page("/", java_script_enabled=False).page

    missing = [section for section in SECTIONS if not page.locator(f"#{section}").is_visible()]
    assert [] == missing, "The guide's sections must be in the page."
    approaches = page.locator("article table").filter(has_text=re.compile("few-shot", re.IGNORECASE)).first
    assert approaches.is_visible(), "The table of five approaches must be in the page."
    tree = page.locator("#decision-tree ~ * :is(ul, ol) :is(ul, ol)").first
    assert tree.is_visible(), "The decision tree must stand there as nested text."


def test_the_first_answer_needs_no_script(open_page: Open) -> None:
    """Verdict, ranking, chart and the chart's table of the default scenario are there without a script."""
    calculator = open_page(WHOLE, java_script_enabled=False).calculator

    assert calculator.locator("[data-verdict]").is_visible()
    assert "$" in calculator.locator("[data-verdict]").inner_text()
    assert calculator.locator(".calculator__answer table").first.is_visible(), "The ranking must be in the page."
    charts = calculator.locator(".calculator__answer svg:visible")
    assert charts.count() >= 2, "Dial and chart must be drawn in the page as served."
    assert calculator.locator(".calculator__answer table").count() >= 2, "The chart's table must be in the page."


def test_the_form_can_be_read_without_script(open_page: Open) -> None:
    """Every field shows its default, and what only a script can do is not offered."""
    reader = open_page(WHOLE, java_script_enabled=False)

    assert reader.page.locator(f"#{SLUG}-requests_per_month").input_value() != ""
    assert not reader.calculator.locator(".answer-bar").is_visible()


@pytest.mark.parametrize("path", ["/", WHOLE])
def test_no_field_looks_alive_without_script(open_page: Open, path: str) -> None:
    """What nobody can answer looks like text: without a frame, without an arrow, and no press reaches it."""
    reader = open_page(path, java_script_enabled=False)
    # The first field that is neither folded away nor a box.
    field = reader.calculator.locator(".field__box:visible").first

    looks = field.evaluate(
        "(box) => [getComputedStyle(box).borderTopWidth, getComputedStyle(box).pointerEvents,"
        " ...[...box.querySelectorAll('select')].map((each) => getComputedStyle(each).appearance)]"
    )

    assert ["0px", "none"] == looks[:2]
    assert set(looks[2:]) <= {"none"}
    assert reader.calculator.locator(".several__box:visible").count() == (
        reader.calculator.locator(".several__box:visible:has(:checked)").count()
    )
    expect(reader.calculator.locator("button:visible")).to_have_count(0)
    assert "JavaScript" in reader.calculator.locator("noscript").inner_text()


def test_a_starting_point_is_answered_without_script(open_page: Open) -> None:
    """Its link leads to its own page: sentence, picture of the plan, every row; and from there to the next."""
    reader = open_page("/", java_script_enabled=False)
    link = reader.calculator.locator("a[data-preset]").nth(1)
    name = link.inner_text()
    link.click()

    page = reader.page
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(name))
    assert "$" in page.locator(".verdict").inner_text()
    expect(page.locator(".path svg:visible").first).to_be_visible()
    expect(page.get_by_role("table", name="Each row, if it passes")).to_be_visible()
    page.get_by_role("navigation", name="Other starting points").get_by_role("link").first.click()
    expect(page.locator(".verdict")).to_be_visible()
