"""The proof page: every published calculation worked out again, in the browser that shows it."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from calculators.proof import prove
from tests.browser.reader import Open
from tests.site.pages import ROOT

PATH = "/reference/proof/"
START = 40_000
"""How long Python may take to start and to answer. [milliseconds]"""


def button(page: Page) -> Locator:
    """What has everything recomputed."""
    return page.get_by_role("button", name="Recompute all of them in this browser")


def status(page: Page) -> Locator:
    """Where the page says what it is doing, and what came of it."""
    return page.locator("[data-proof-status]")


def test_the_browser_computes_what_the_command_line_does(open_page: Open) -> None:
    """A press of the button: 67 of 67, every figure to its last digit as CPython has it, and the page says so."""
    page = open_page(PATH).page
    given = subprocess.run(
        [sys.executable, "-m", "calculators", "proof", "--json"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    expected = {
        f"proof-{each['id']}-{figure['figure']}": figure["value"]
        for each in json.loads(given.stdout)["computed"]
        for figure in each["figures"]
    }
    # Once the button is offered, the script has read what the build had computed.
    expect(button(page)).to_be_visible()
    # What is not computed anew would show.
    page.evaluate("() => document.querySelectorAll('[data-slot] data').forEach((figure) => figure.value = '0')")

    button(page).click()
    expect(status(page)).to_contain_text("67 of 67 agree, computed by this browser in", timeout=START)
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-slot]:has(data)")]
            .map((slot) => [slot.dataset.slot, slot.querySelector("data").value]))"""
    )

    assert expected == {name: float(value) for name, value in found.items()}
    expect(status(page)).to_contain_text("Every figure is the same to its last digit as when the page was built.")
    expect(page.locator('[data-slot="proof-result"]')).to_contain_text("67 of 67")
    expect(page.locator(".proof__result", has_text="in this browser")).to_have_count(67)


def test_it_can_be_done_again(open_page: Open) -> None:
    """A second press asks the Python that runs already: nothing is fetched twice, and the focus stays where it was."""
    reader = open_page(PATH)
    button(reader.page).press("Enter")
    expect(status(reader.page)).to_contain_text("67 of 67", timeout=START)
    fetched = len(reader.asked_runtime())

    status(reader.page).evaluate("(status) => status.replaceChildren()")
    button(reader.page).press("Enter")
    expect(status(reader.page)).to_contain_text("67 of 67", timeout=START)

    assert fetched == len(reader.asked_runtime())
    expect(button(reader.page)).to_be_focused()


def test_nothing_of_python_is_fetched_before(open_page: Open) -> None:
    """Megabytes are a matter for the reader's own hand."""
    reader = open_page(PATH)
    reader.page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    reader.page.wait_for_load_state("networkidle")
    expect(button(reader.page)).to_be_visible()

    assert [] == reader.asked_runtime()


def test_a_figure_that_differs_is_told(open_page: Open) -> None:
    """Where this browser came to another last digit than the build, that is said, and not hidden behind a tolerance."""
    reader = open_page(PATH)
    reader.page.route("**/reference/proof/", _one_digit_more)
    reader.page.reload()

    button(reader.page).click()

    expect(status(reader.page)).to_contain_text("67 of 67 agree", timeout=START)
    expect(status(reader.page)).to_contain_text(f"1 of {prove().figures} figures differ")


def _one_digit_more(route: Route) -> None:
    response = route.fetch()
    route.fulfill(
        response=response, body=response.text().replace('<data value="0.00115">', '<data value="0.001151">', 1)
    )


@pytest.mark.parametrize("piece", ["**/runtime.js*", "**/*.wasm*", re.compile(r"worker\.js")])
def test_a_failed_start_is_told_and_can_be_tried_again(open_page: Open, piece: str | re.Pattern[str]) -> None:
    """What did not arrive is said in words, what was computed at build time stays, and a second press works."""
    reader = open_page(PATH)
    reader.log.expect("")
    page = reader.page
    before = page.locator("[data-proof] .proof__case").first.inner_html()
    page.route(piece, lambda route: route.abort())

    button(page).click()
    expect(status(page)).to_contain_text("could not start", timeout=START)
    expect(status(page)).to_contain_text("still those that were computed when the page was built")
    expect(status(page).locator("progress")).to_have_count(0)
    assert before == page.locator("[data-proof] .proof__case").first.inner_html()

    page.unroute(piece)
    button(page).click()
    expect(status(page)).to_contain_text("67 of 67 agree", timeout=START)


def test_a_long_wait_shows_its_progress(open_page: Open) -> None:
    """Over a slow line the status counts the megabytes."""
    reader = open_page(PATH)
    line = reader.page.context.new_cdp_session(reader.page)
    speed = {"downloadThroughput": 900_000, "uploadThroughput": 900_000}
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, **speed})

    button(reader.page).click()

    expect(status(reader.page)).to_have_text(re.compile(r"Fetching Python: \d+\.\d of \d+\.\d MB"), timeout=10_000)
    expect(status(reader.page).locator("progress")).to_be_visible()
    speed = {"downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, **speed})
    expect(status(reader.page)).to_contain_text("67 of 67 agree", timeout=START)


def test_without_script_the_page_is_whole(open_page: Open) -> None:
    """Count, verdicts and every calculation are there as built; what only a script can do is not offered."""
    page = open_page(PATH, java_script_enabled=False).page

    expect(page.locator('[data-slot="proof-result"]')).to_contain_text("67 of 67")
    expect(page.locator(".proof__case")).to_have_count(67)
    expect(page.locator(".proof__case table [data-slot] data")).to_have_count(prove().figures)
    assert not button(page).is_visible()
    case = page.locator("section", has=page.locator("#proof-api-anthropic-session-uncached"))
    case.locator("summary").click()
    expect(case.locator("code.command").first).to_be_visible()


def test_a_calculation_has_an_address(open_page: Open) -> None:
    """A link to one calculation leads to it, and to the term that gives it."""
    page = open_page(f"{PATH}#proof-gpu-deepseek-v3").page
    heading = page.locator("#proof-gpu-deepseek-v3")
    expect(heading).to_be_in_viewport()

    case = page.locator("section", has=heading)
    case.locator("summary").click()
    case.get_by_role("link", name="stages_gpu_hours").click()

    expect(page).to_have_url(re.compile(r"/reference/terms/#term-stages_gpu_hours$"))
    expect(page.locator("#term-stages_gpu_hours")).to_be_in_viewport()


@pytest.mark.parametrize("path", [PATH, "/reference/terms/"])
def test_a_line_for_a_terminal_is_selected_whole(open_page: Open, path: str) -> None:
    """One click takes the command, and no screen is too narrow to show all of it."""
    page = open_page(path, width=320, height=640).page
    page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true; }")
    line = page.locator("code.command").nth(5)

    line.click()

    assert line.inner_text() == page.evaluate("() => getSelection().toString()")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 320
