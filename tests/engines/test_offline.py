"""After one visit the guide and its calculator work without a network in Firefox and WebKit too."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.browser.deployment import MODULE, Deployment, another_build, deployed
from tests.browser.reader import SECTION, SLUG, VOLUME
from tests.engines.engine import PATIENCE, Engine, ScriptError
from tests.engines.test_engines import ANSWERED, ENTERED
from tests.site.pages import SITE

# Resolves with what the foot of the page says, once it says something.
TOLD: Final = """
    const end = performance.now() + 30_000;
    for (;;) {
        const words = document.querySelector("footer [data-offline]").textContent;
        if (words) return words;
        if (performance.now() > end) throw new Error("nothing was told within 30 s");
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
"""

# A worker that the service worker gives: whether it can ask this site, and another.
CANARY: Final = "onmessage = ({ data }) => fetch(data).then(() => postMessage(true), () => postMessage(false));"
SENT: Final = """
    const worker = new Worker(given[0], { type: "module" });
    return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = () => reject(new Error("the worker did not start"));
        worker.postMessage(given[1]);
    });
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Deployment]:
    """A host for the whole site and a canary, which it can be told to stop answering."""
    folder = another_build(SITE, tmp_path / "site", "whole", light=False, extra={"canary.js": CANARY})
    with deployed(folder) as found:
        yield found


def test_it_works_without_a_network(engine: Engine, host: Deployment) -> None:
    """Pages, and a link that Python answers, from what one visit kept; and the policy binds workers there as well."""
    engine.visit(f"{host.url}/reference/")
    assert "Works offline now: " in engine.run(TOLD)
    canary = f"{host.url}/canary.js"
    assert engine.run(SENT, canary, f"{host.url}/index.html") is True
    assert engine.run(SENT, canary, f"http://127.0.0.1:{host.server_port}/foreign") is False
    assert "/foreign" not in host.asked

    host.down = True
    engine.visit(f"{host.url}/#{SECTION}?{VOLUME}=70000")
    assert engine.run(ANSWERED)
    assert engine.run(
        "return document.querySelector('fine-tuning-calculator').query.includes(given[0])", f"{VOLUME}=70000"
    )
    engine.visit(f"{host.url}/reference/prices/")
    assert engine.run("return document.querySelector('h1').textContent").startswith("Prices")
    assert set(host.refused) <= {"/sw.js"}, "Only the browser looks for a newer build."


# Looks for a newer build, as a browser does by itself some time after a page was opened; resolves with what is told.
OVERTAKEN: Final = """
    await (await navigator.serviceWorker.getRegistration()).update();
    const end = performance.now() + 30_000;
    for (;;) {
        const line = document.querySelector(".newer");
        if (line) return line.textContent;
        if (performance.now() > end) throw new Error("nothing was told within 30 s");
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
"""

# The build of the page, and that of a module which it loads now.
WHICH: Final = """
    const { which } = await import(new URL(given[0], document.querySelector("link[rel=icon]").href).href);
    return [document.documentElement.dataset.which, which];
"""


def test_a_new_build_replaces_the_old_one_whole(engine: Engine, tmp_path: Path) -> None:
    """Until the reader loads it, page and module are the old ones; then both are new, and what was typed is there."""
    first, second = (another_build(SITE, tmp_path / name, name) for name in ("first", "second"))
    module = f"../../{MODULE}"
    with deployed(first) as host:
        engine.visit(f"{host.url}/")
        assert "Works offline now: " in engine.run(TOLD)
        engine.run(ENTERED, f"{SLUG}-{VOLUME}", "71k")

        host.folder = second
        assert "A newer version is there. Load it" in engine.run(OVERTAKEN)
        assert engine.run(WHICH, module) == ["first", "first"]

        engine.run("document.querySelector('.newer button').click()")
        _until_loaded(engine, "second")
        assert engine.run(WHICH, module) == ["second", "second"]
        assert engine.run("return document.getElementById(given[0]).value", f"{SLUG}-{VOLUME}") == "71k"
        assert engine.run("return (await caches.keys()).length") == 1, "Of the old build nothing is left."


def _until_loaded(engine: Engine, which: str) -> None:
    """Wait until the page is that build's, and done."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if engine.run(
                "return document.readyState === 'complete' && document.documentElement.dataset.which === given[0]",
                which,
            ):
                return
        except ScriptError:
            pass  # Between two pages.
        time.sleep(0.05)
    pytest.fail(f"The page of the {which} build was not loaded.")
