"""With JavaScript off, nothing of the guide is missing: only new numbers need a script."""

import re

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
