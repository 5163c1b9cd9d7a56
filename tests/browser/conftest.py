"""A browser, a host for the built site, and a log that every test is judged by."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from chromium import ARGUMENTS, executable
from tests.browser.reader import Log, Open, Reader, opened
from tests.browser.server import Host, serving
from tests.site.pages import ROOT, SITE

# Python's code is compiled once, fast, in each of some two hundred profiles, and never again for speed that none of
# them lives to see: a quarter less to compute.
COMPILED_ONCE = "--js-flags=--liftoff --no-wasm-tier-up --no-wasm-dynamic-tiering"


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site."""
    if not (SITE / "index.html").is_file():
        pytest.fail("There is no site/index.html. Build the site first: make build.")
    return SITE


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[Host]:
    """A host that serves the site."""
    with serving(site) as found:
        yield found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browser."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """An installed Chrome or Chromium, else Playwright's own (tools/chromium.py)."""
    found = playwright.chromium.launch(executable_path=executable(), args=[*ARGUMENTS, COMPILED_ONCE])
    yield found
    found.close()


@pytest.fixture
def log() -> Log:
    """What goes on behind the pages of one test."""
    return Log()


@pytest.fixture
def open_page(browser: Browser, host: Host, log: Log) -> Iterator[Open]:
    """
    Open pages of the site, each in a profile of its own.

    Fails every test in which a page asked another host, broke its policy, or met an error of script.
    """

    def opening(path: str = "/", **options: Any) -> Reader:  # noqa: ANN401  # as Playwright names them
        return opened(browser, host, log, path, **options)

    yield opening
    for context in browser.contexts:
        context.close()
    assert [] == log.foreign(host.url), "No page and no worker may ask another host for anything."
    assert [] == log.unexpected(), "No page may break its policy or meet an error of script."


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe, the checker of accessibility."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
