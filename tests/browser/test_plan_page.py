"""The page on the plan: its example worked out again in the browser, and a walk from the tree to a plan."""

import re

from playwright.sync_api import expect

from calculators.html.worked_plan import figures, says, worked
from tests.browser.reader import Open

PATH = "/reference/plan/"
START = 40_000
"""How long Python may take to start and to answer. [milliseconds]"""


def test_the_browser_works_the_example_out_again(open_page: Open) -> None:
    """A press of the button: every figure to its last digit as CPython has it, and the page says so."""
    page = open_page(PATH).page
    found = worked()
    button = page.get_by_role("button", name="Work it out again in this browser")
    # Once it is offered, the script has read what the build had computed.
    expect(button).to_be_visible()
    # What is not computed anew would show.
    page.evaluate("() => document.querySelectorAll('[data-slot] data').forEach((figure) => figure.value = '0')")

    button.click()
    status = page.locator("[data-proof-status]")
    expect(status).to_contain_text(f"{says(found)}, computed by this browser in", timeout=START)
    written: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-slot]:has(data)")]
            .map((slot) => [slot.dataset.slot, slot.innerHTML]))"""
    )

    assert figures(found) == written
    expect(status).to_contain_text("Every figure is the same to its last digit as when the page was built.")
    expect(page.locator('[data-slot="plan-result"]')).to_contain_text("Computed in this browser.")


def test_without_script_the_example_is_whole(open_page: Open) -> None:
    """Every figure is there as built, and what only a script can do is not offered."""
    page = open_page(PATH, java_script_enabled=False).page

    expect(page.locator("[data-slot] data")).to_have_count(len(figures(worked())))
    assert not page.locator("[data-proof-run]").is_visible()


def test_a_leaf_of_the_tree_leads_to_its_scenario(open_page: Open) -> None:
    """A reader who walked the tree finds in the form what they answered on the way."""
    reader = open_page("/")
    reader.page.get_by_role("link", name="System prompt and few-shot first").click()
    reader.settled()

    expect(reader.page).to_have_url(re.compile(r"#cost\?"))
    assert "yes" == reader.values["has_eval"]
