"""When Python is fetched, from how many files, and what the reader is told meanwhile."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.reader import SECTION, VOLUME, WHOLE, Open, Reader

SLOW = "Object.defineProperty(navigator, 'connection', { value: %s })"


def near(reader: Reader) -> None:
    """Scroll until the calculator is less than two screens away."""
    reader.calculator.evaluate(
        "(calculator) => scrollTo(0, calculator.getBoundingClientRect().top + scrollY - 2.5 * innerHeight)"
    )


def test_reading_the_guide_fetches_nothing_of_python(open_page: Open) -> None:
    """No byte of the runtime before the reader comes near the calculator."""
    reader = open_page("/")
    far = reader.calculator.evaluate("(calculator) => calculator.getBoundingClientRect().top / innerHeight")
    assert far > 3, "The calculator must be out of sight, or this shows nothing."

    reader.page.wait_for_load_state("networkidle")
    reader.page.wait_for_timeout(500)
    assert [] == reader.asked_runtime()

    near(reader)
    reader.started()
    assert reader.asked_runtime()


def test_a_page_that_is_only_opened_fetches_nothing_of_python(open_page: Open) -> None:
    """A tab opened behind others costs nobody megabytes; the first move of whoever is there fetches them."""
    reader = open_page(WHOLE)
    reader.page.wait_for_load_state("networkidle")
    reader.page.wait_for_timeout(500)
    assert [] == reader.asked_runtime()

    reader.page.mouse.move(100, 200)
    reader.started()


@pytest.mark.parametrize("act", ["focus", "pointer"])
def test_intent_fetches_python(open_page: Open, act: str) -> None:
    """Where the connection is dear or slow, it is fetched when the reader touches the form and not before."""
    reader = open_page("/")
    reader.page.add_init_script(SLOW % "{ saveData: true, effectiveType: '4g' }")
    reader.page.reload()
    reader.calculator.scroll_into_view_if_needed()
    reader.page.wait_for_timeout(500)
    assert [] == reader.asked_runtime()

    if act == "focus":
        reader.field(VOLUME).focus()
    else:
        reader.field(VOLUME).click()
    reader.started()


@pytest.mark.parametrize("kind", ["slow-2g", "2g", "3g"])
def test_a_slow_line_waits_for_intent(open_page: Open, kind: str) -> None:
    """Nearness is no reason to fetch megabytes over a slow line."""
    reader = open_page("/")
    reader.page.add_init_script(SLOW % f"{{ saveData: false, effectiveType: '{kind}' }}")
    reader.page.reload()

    reader.calculator.scroll_into_view_if_needed()
    reader.page.wait_for_timeout(500)

    assert [] == reader.asked_runtime()


def test_a_link_with_numbers_is_intent(open_page: Open) -> None:
    """Who opens a colleague's numbers wants their answer."""
    reader = open_page(f"/#{SECTION}?{VOLUME}=70000")
    reader.settled()

    names = reader.page.evaluate("() => performance.getEntriesByType('mark').map((mark) => mark.name)")
    ours = [name for name in names if name.startswith("calculator:")]
    assert ours[:3] == ["calculator:start", "calculator:ready", "calculator:answer"]
    assert set(ours[3:-1]) == {"calculator:part"}
    assert ours[-1] == "calculator:settled"


def test_two_files_make_a_start(open_page: Open) -> None:
    """From intent to the answer: the worker's script and the module, and nothing else of the whole runtime."""
    reader = open_page("/")
    reader.page.wait_for_load_state("networkidle")
    before = len(reader.log.requests)

    reader.change(VOLUME, "71k")

    asked = [urlsplit(url) for url in reader.log.requests[before:]]
    fetched = sorted(url.path for url in asked if url.scheme != "blob")
    assert fetched == ["/assets/javascripts/worker.js", "/assets/python/calculators.wasm"]


def test_a_long_wait_shows_its_progress(open_page: Open) -> None:
    """After a second the status says how many megabytes have come; the form stays usable; then it is silent again."""
    reader = open_page("/")
    line = reader.page.context.new_cdp_session(reader.page)

    def narrow(bytes_per_second: int) -> None:
        speed = {"downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second}
        line.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, **speed})

    narrow(600_000)
    reader.field(VOLUME).fill("71k")
    reader.page.wait_for_timeout(500)
    early = reader.status.inner_text()
    expect(reader.status).to_have_text(re.compile(r"\d+\.\d of \d+\.\d MB"), timeout=10_000)
    expect(reader.status.locator("progress")).to_be_visible()
    reader.field(VOLUME).fill("72k")
    narrow(-1)
    reader.answered()

    assert early.strip() == "", "A start that is quick needs no words."
    assert reader.state()[VOLUME] == "72000"
    expect(reader.status).to_be_empty()
    asked = [urlsplit(url).path for url in reader.log.requests]
    assert "/assets/python/calculators.wasm.zst" in asked, "On a slow line the smaller form is sooner here."
