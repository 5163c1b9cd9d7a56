"""
Two more engines, each started once, and a host for each test:
what one test leaves behind belongs to its own address.
"""

import sys
from collections.abc import Iterator

import pytest

from tests.browser.server import Host, serving
from tests.engines.engine import Engine, firefox, webkit
from tests.site.pages import SITE


@pytest.fixture(scope="session", params=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Firefox ESR, then WebKitGTK."""
    if not sys.platform.startswith("linux"):
        pytest.skip("Firefox ESR and WebKitGTK are tested on Linux.")
    started = firefox(tmp_path_factory.mktemp("profile")) if request.param == "firefox" else webkit()
    with started as found:
        yield found


@pytest.fixture
def host(engine: Engine) -> Iterator[Host]:
    """A host for the built site, at an address of its own, of which the reader wants nothing kept for use offline."""
    if not (SITE / "index.html").is_file():
        pytest.fail("There is no site/index.html. Build the site first: make build.")
    with serving(SITE) as found:
        # What is kept is fetched behind a page that stands idle, Python included: no test could tell who asked for it.
        engine.visit(f"{found.url}/assets/javascripts/offline.js")
        engine.run("localStorage.setItem(`offline ${location.origin}/`, 'no');")
        found.asked.clear()
        yield found
