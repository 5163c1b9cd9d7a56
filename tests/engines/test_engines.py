"""
What matters works in Firefox and WebKit as in Chromium:
reading, a change, a link, a failed start, the same answers.
"""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

from calculators.browser import answer
from tests.browser.reader import RUNTIME, SECTION, SLUG, VOLUME
from tests.browser.server import Host, serving
from tests.engines.engine import Engine
from tests.golden.golden import GOLDENS
from tests.golden.self_check import ANSWERED as SELF_CHECK
from tests.golden.self_check import expected, given

VERDICT: Final = "return document.querySelector('[data-verdict]').textContent;"

# Resolves with the answer's first sentence once the newest scenario stands on the screen: its first part, or all.
ANSWERED: Final = """
    const calculator = document.querySelector("fine-tuning-calculator");
    const end = performance.now() + 45_000;
    for (;;) {
        const last = performance.getEntriesByName("calculator:answer").at(-1);
        if (last && last.detail.scenario === calculator.scenario)
            return document.querySelector("[data-verdict]").textContent;
        if (document.querySelector(".calculator__failure")) throw new Error("the start failed");
        if (performance.now() > end) throw new Error("no answer within 45 s");
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
"""

SETTLED: Final = ANSWERED.replace("calculator:answer", "calculator:settled")

ENTERED: Final = """
    const field = document.getElementById(given[0]);
    field.focus();
    field.value = given[1];
    field.dispatchEvent(new Event("input", { bubbles: true }));
"""

REPLAYED: Final = """
    const { startPython } = await import(given[0]);
    const kind = await new Promise((resolve, reject) => {
        globalThis.python = startPython({
            start: given[1],
            onReady: ({ start }) => resolve(start),
            onFailed: (...why) => reject(why),
        });
    });
    const answers = [];
    for (const scenario of given[2]) answers.push(await globalThis.python.answer(scenario));
    globalThis.python.stop();
    return { kind, answers };
"""

# Asks the worker itself for parts, and for something else while it is at them. Resolves with the ids of its replies.
INTERRUPTED: Final = """
    const [worker, image, scenario, parts] = given;
    const module = await WebAssembly.compileStreaming(fetch(image));
    const asked = new Worker(worker, { type: "module" });
    const heard = [];
    const next = () => new Promise((resolve) => { asked.onmessage = ({ data }) => resolve(heard.push(data.id)); });
    asked.postMessage({ module, rest: "" });
    await next();
    asked.postMessage({ id: 1, scenario: `${scenario}&part=answer` });
    await next();
    asked.postMessage({ id: 2, scenario, parts });
    await new Promise((resolve) => setTimeout(resolve, 20));
    asked.postMessage({ id: 3, scenario });
    while (heard.at(-1) !== 3) await next();
    await Promise.race([next(), new Promise((resolve) => setTimeout(resolve, 500))]);
    asked.terminate();
    return heard.slice(2);
"""


def verdict(scenario: str) -> str:
    """The answer that CPython writes."""
    html: str = json.loads(answer(f"{SLUG}?{scenario}"))["patches"]["answer"]
    return html


def asked_runtime(host: Host) -> list[str]:
    """What the page asked of Python's files."""
    return [path for path in host.asked if path.startswith(RUNTIME)]


def test_the_guide_is_read_without_python(engine: Engine, host: Host) -> None:
    """The default answer is in the page as served, and no byte of the runtime is asked for."""
    engine.visit(f"{host.url}/")

    assert engine.run(VERDICT) in _text(verdict(""))
    assert engine.run("return document.querySelectorAll('h2').length;") > 8
    assert [] == asked_runtime(host)


def test_a_change_is_answered(engine: Engine, host: Host) -> None:
    """A number changed in the form gives the sentence that CPython gives, and the focus stays in the field."""
    engine.visit(f"{host.url}/")

    found = engine.run(ENTERED + ANSWERED, f"{SLUG}-{VOLUME}", "1234567")

    assert found in _text(verdict(f"{VOLUME}=1234567"))
    assert engine.run("return document.activeElement.id;") == f"{SLUG}-{VOLUME}"


def test_the_parts_of_an_answer_come_until_a_number_changes(engine: Engine, host: Host) -> None:
    """The worker goes on by itself and hears the change all the same: no part of the old answer comes after it."""
    engine.visit(f"{host.url}/")
    engine.run(ENTERED + ANSWERED, f"{SLUG}-{VOLUME}", "1234567")

    engine.run(ENTERED + SETTLED, f"{SLUG}-{VOLUME}", "2345678")

    marks = "return performance.getEntriesByName('calculator:part').map(({ detail }) => detail);"
    come = [part["part"] for part in engine.run(marks) if "2345678" in part["scenario"]]
    assert json.loads(answer(f"{SLUG}?{VOLUME}=2345678"))["parts"] == come
    assert "2345678" in engine.run(marks)[-len(come)]["scenario"]
    assert engine.run("return document.querySelector('.checking');") is None


def test_a_worker_at_a_part_hears_what_is_asked(engine: Engine, host: Host) -> None:
    """Between two slices each engine reads its messages; what was asked before then ends."""
    engine.visit(f"{host.url}/404.html")
    scenario = f"{SLUG}?{VOLUME}=1234567"
    parts = json.loads(answer(scenario))["parts"]

    files = (f"{host.url}/assets/{name}" for name in ("javascripts/worker.js", "python/calculators.wasm"))
    *heard, last = engine.run(INTERRUPTED, *files, scenario, parts)

    assert last == 3, "Nothing comes after the answer to the newer question."
    assert len(heard) < len(parts)


def test_a_link_restores_its_numbers(engine: Engine, host: Host) -> None:
    """Who opens a colleague's link sees the section, the numbers and the answer."""
    engine.visit(f"{host.url}/#{SECTION}?{VOLUME}=3000000&must_change=task&examples=1000")

    found = engine.run(ANSWERED)

    assert found in _text(verdict(f"{VOLUME}=3000000&must_change=task&examples=1000"))
    assert engine.run("return document.getElementById(given[0]).value;", f"{SLUG}-{VOLUME}") == "3,000,000"
    top = engine.run("return document.getElementById(given[0]).getBoundingClientRect().top;", SECTION)
    assert -50 < top < 400, "The page stands at the section."


def test_a_failed_start_is_told_and_can_be_tried_again(engine: Engine, host: Host) -> None:
    """With its engine missing the calculator says so and keeps what was typed; once it is there, it answers."""
    host.missing = {"/assets/python/calculators.wasm", "/assets/python/pyodide.asm.wasm"}
    engine.visit(f"{host.url}/")
    engine.run(ENTERED + "return 0;", f"{SLUG}-{VOLUME}", "77k")
    engine.run(
        """
        const end = performance.now() + 45_000;
        while (!document.querySelector(".calculator__failure button")) {
            if (performance.now() > end) throw new Error(document.querySelector("[data-slot=status]").textContent);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return 0;
        """
    )

    assert engine.run("return document.getElementById(given[0]).value;", f"{SLUG}-{VOLUME}") == "77k"
    assert engine.run(VERDICT) in _text(verdict(""))

    host.missing = set()
    engine.run("document.querySelector('.calculator__failure button').click(); return 0;")
    engine.run(
        """
        const end = performance.now() + 45_000;
        while (!performance.getEntriesByName("calculator:answer").length) {
            if (performance.now() > end) throw new Error(document.querySelector("[data-slot=status]").textContent);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return 0;
        """
    )
    assert engine.run(VERDICT) in _text(verdict(f"{VOLUME}=77000"))


@pytest.mark.parametrize("start", ["image", "stock"])
def test_the_golden_answers_are_the_same(engine: Engine, host: Host, start: str) -> None:
    """Every golden scenario and every slice of its answer, to the byte, however Python was started."""
    kept = [each for golden in GOLDENS for each in zip(golden.requests, golden.replies, strict=True)]
    engine.visit(f"{host.url}/404.html")

    replayed: dict[str, Any] = engine.run(
        REPLAYED,
        f"{host.url}/assets/javascripts/runtime.js",
        start,
        [request for request, _ in kept],
    )

    differing = [request for (request, reply), found in zip(kept, replayed["answers"], strict=True) if reply != found]
    assert (start, []) == (replayed["kind"], differing)


def test_python_says_of_itself_what_cpython_says(engine: Engine, host: Host) -> None:
    """Language and library in the image, run by this engine, line by line."""
    engine.visit(f"{host.url}/404.html")

    assert expected() == engine.run(SELF_CHECK, *given()).split("\n")


def test_the_policy_holds(engine: Engine, host: Host, tmp_path: Path) -> None:
    """A request to another host fails in the page, and in a worker started as ours is; it never arrives."""
    engine.visit(f"{host.url}/")
    with serving(tmp_path) as other:
        blocked = engine.run(
            """
            const [url] = given;
            const failed = await fetch(url).then(() => false, () => true);
            const source = `fetch(${JSON.stringify(url)}).then(() => postMessage(false), () => postMessage(true))`;
            const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
            const inside = await new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
            return [failed, inside];
            """,
            other.url,
        )
        engine.visit(f"{host.url}/assets/javascripts/page.js")
        control = engine.run("return fetch(given[0]).then(() => true, () => false);", other.url)

        assert (blocked, control) == ([True, True], True)
        assert [path for path in other.asked if path != "/favicon.ico"] == ["/"], "Only the control arrived."


def _text(html: str) -> str:
    """The text of an answer, to look for a sentence in."""
    return unescape(re.sub(r"<[^>]*>", "", html))
