"""After one visit the guide and its calculator work without a network in Firefox and WebKit too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.browser.deployment import Deployment, another_build, deployed
from tests.browser.reader import SECTION, VOLUME
from tests.engines.engine import Engine
from tests.engines.test_engines import ANSWERED
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
