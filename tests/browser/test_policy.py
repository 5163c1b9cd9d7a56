"""Nothing leaves the reader's machine, whoever asks."""

import re
from pathlib import Path

from tests.browser.reader import VOLUME, Open
from tests.browser.server import serving
from tests.site.pages import SITE, pages

PAGES = ["/" + path.relative_to(SITE).as_posix().removesuffix("index.html") for path in pages()]


def test_a_page_asks_this_site_alone(open_page: Open) -> None:
    """Scrolled to its end, a page has asked no other host and broken no policy (the fixture judges)."""
    reader = open_page("/404.html")
    first = reader.page.locator("head > :first-child")
    without = []
    for path in PAGES:
        reader.page.goto(f"{reader.home}{path}")
        reader.page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        reader.page.wait_for_load_state("networkidle")
        without += [path] if first.get_attribute("http-equiv") != "Content-Security-Policy" else []

    assert [] == without, "The policy must stand first in the head."


def test_a_page_breaks_off_what_the_policy_forbids(open_page: Open, tmp_path: Path) -> None:
    """The policy holds in the page: a request to another host fails, and only by the policy."""
    reader = open_page("/")
    reader.log.expect("policy", "Content Security Policy", "404")  # the other host has no icon
    with serving(tmp_path) as other:
        failed = reader.page.evaluate("(url) => fetch(url).then(() => false, () => true)", other.url)
        assert failed
        assert [] == other.asked
        control = reader.page.context.new_page()
        control.goto(f"{reader.home}/assets/javascripts/page.js")  # the same origin, and no policy
        assert control.evaluate("(url) => fetch(url).then(() => true, () => false)", other.url), "The other host works."
        reader.log.requests.clear()


def test_the_worker_cannot_ask_another_host(open_page: Open, tmp_path: Path) -> None:
    """A canary: a request from inside the worker that runs Python fails, and never arrives."""
    reader = open_page("/")
    reader.log.expect("policy", "Content Security Policy")
    reader.change(VOLUME, "71k")
    found = [worker for worker in reader.page.workers if worker.url.startswith("blob:")]
    assert len(found) == 1, "Python runs in one worker, started from a blob: no other inherits the page's policy."
    worker = found[0]

    with serving(tmp_path) as other:
        failed = worker.evaluate("(url) => fetch(url).then(() => false, () => true)", other.url)
        home = worker.evaluate("(url) => fetch(url).then(() => true, () => false)", f"{reader.home}/index.html")

        assert failed, "The policy must bind the worker."
        assert [] == other.asked
    assert home, "The worker can fetch at all, or this shows nothing."
    reader.log.requests[:] = [url for url in reader.log.requests if not re.match(re.escape(other.url), url)]


def test_numbers_are_not_sent_anywhere(open_page: Open) -> None:
    """What a reader types is in no request's address."""
    reader = open_page("/")
    reader.change(VOLUME, "7654321")

    assert [] == [url for url in reader.log.requests if "7654321" in url]
