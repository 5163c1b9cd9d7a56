"""The browser's Python writes what CPython writes, to the byte, however it was started."""

from typing import Any

import pytest

from tests.browser.reader import Open
from tests.golden.golden import GOLDENS
from tests.golden.self_check import ANSWERED, expected, given

REPLAY = """
async ([runtime, start, scenarios]) => {
    const { startPython } = await import(runtime);
    const kind = await new Promise((resolve, reject) => {
        globalThis.python = startPython({
            start,
            onReady: ({ start }) => resolve(start),
            onFailed: (...why) => reject(why),
        });
    });
    const answers = [];
    for (const scenario of scenarios) answers.push(await python.answer(scenario));
    python.stop();
    return { kind, answers };
}
"""


@pytest.mark.parametrize("start", ["image", "stock"])
def test_the_browser_gives_the_golden_answers(open_page: Open, start: str) -> None:
    """
    Every golden scenario with all parts of its answer, one after the other in one Python, and back again:
    a reply depends on nothing asked before.
    """
    reader = open_page("/404.html")
    there = [kept for golden in GOLDENS for kept in zip(golden.requests, golden.replies, strict=True)]
    asked = [*there, *reversed(there)]

    replayed: dict[str, Any] = reader.page.evaluate(
        REPLAY, [f"{reader.home}/assets/javascripts/runtime.js", start, [request for request, _ in asked]]
    )

    assert start == replayed["kind"]
    differing = [request for (request, reply), found in zip(asked, replayed["answers"], strict=True) if reply != found]
    assert not differing, f"The browser's Python answers otherwise than CPython did: {', '.join(differing)}."


def test_python_says_of_itself_what_cpython_says(open_page: Open) -> None:
    """Language and library in the image, line by line."""
    reader = open_page("/404.html")

    found: str = reader.page.evaluate(f"async (given) => {{ {ANSWERED} }}", list(given()))

    assert expected() == found.split("\n")
