"""
First answers in Firefox ESR and WebKitGTK, beside stock Pyodide.

They are driven as their tests drive them (tests/engines/engine.py). Neither has Chromium's fresh contexts: what a page
finds cached hangs on its address, so each run has a host at a port of its own.
"""

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import engines
from bench.contest import Answer, Contender, Result, hold
from bench.host import Host
from tests.engines.engine import Engine, firefox, webkit

# Waits for the first answer, and gives its milliseconds.
_FIRST_ANSWER = """
    for (;;) {
        const [answer] = performance.getEntriesByName("calculator:answer");
        if (answer) return answer.startTime - performance.getEntriesByName("calculator:start")[0].startTime;
        if (document.querySelector(".calculator__failure")) throw new Error("Python did not start.");
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
"""

# A reader's first change, some time after the page has come to rest; then as above.
_CHANGE = """
    await customElements.whenDefined("fine-tuning-calculator");
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (performance.getEntriesByName("calculator:start").length) throw new Error("Python was fetched too soon.");
    const input = document.querySelector(given[0]);
    input.focus({ preventScroll: true });
    input.value = given[1];
    input.dispatchEvent(new Event("input", { bubbles: true }));
"""

# What the browser calls itself: WebKitGTK gives the version of Safari that it is on a par with.
_NAME = r"""
    const [, name, version] = navigator.userAgent.match(/(Firefox|Version)\/(\d+)/);
    return `${name === "Firefox" ? "Firefox" : "WebKitGTK, as Safari"} ${version}`;
"""


def measure(folders: dict[str, Path], field: str, value: str, rounds: int) -> dict[str, list[Result]]:
    """
    Measure in each engine.

    Args:
        folders: What to serve, as a host takes it.
        field: A selector for the field of the guide that a reader changes first.
        value: What it is changed to.
        rounds: How often each contender is run.

    Returns:
        By engine, the results; nothing where the engines are not to be had.
    """
    if not sys.platform.startswith("linux") or engines.missing():
        print("-- Firefox and WebKitGTK are left out: `make browser` installs them, on Debian", file=sys.stderr)
        return {}
    measured = {}
    for start in (_firefox, webkit):
        with start() as engine:
            contenders = [
                Contender("this site", lambda: _run(engine, folders, "/", _CHANGE + _FIRST_ANSWER, field, value)),
                Contender("stock Pyodide, one sum", lambda: _run(engine, folders, "/bench/stock.html", _FIRST_ANSWER)),
            ]
            name = f"{engine.run(_NAME)}, unthrottled"
            measured[name] = hold(name, contenders, rounds)
    return measured


def _run(engine: Engine, folders: dict[str, Path], path: str, script: str, *given: str) -> Answer:
    # Without the service worker: what it keeps is fetched after the answer, and in its own time.
    with Host(folders, absent={"/sw.js"}) as host:
        engine.visit(f"{host.url}{path}")
        answer = Answer(engine.run(script, *given))
        host.shutdown()
    return answer


@contextlib.contextmanager
def _firefox() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, firefox(Path(profile)) as engine:
        yield engine
