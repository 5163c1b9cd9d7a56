"""The worker without the page that usually stands between: how long each call of Python takes, and its memory."""

from typing import NamedTuple

from playwright.sync_api import Browser, Page

from bench.host import Host

_START = """async () => {
    const python = new URL("/assets/python/", location.origin);
    const module = await WebAssembly.compileStreaming(fetch(new URL("calculators.wasm", python)));
    const worker = new Worker("/assets/javascripts/worker.js", { type: "module" });
    const told = () => new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve({ type: "broken", detail: message });
    });
    worker.postMessage({ module, rest: new URL("calculators-rest.wasm", python).href });
    await told();
    globalThis.ask = async (scenarios) => {
        const taken = [];
        let memory = 0;
        const call = async (part, request) => {
            const begin = performance.now();
            worker.postMessage({ id: 1, scenario: request });
            const answer = await told();
            if (answer.type !== "answer") throw new Error(answer.detail);
            taken.at(-1).push([part, performance.now() - begin]);
            memory = answer.memory;
            return JSON.parse(answer.answer);
        };
        for (const scenario of scenarios) {
            taken.push([]);
            const { parts = [] } = await call("answer", scenario);
            for (const part of parts) {
                for (let from = 0; from !== undefined; ) {
                    ({ next: from } = await call(part, `${scenario}&part=${part}&from=${from}`));
                }
            }
        }
        return { taken, memory };
    };
}"""


class Call(NamedTuple):
    """One call of Python: for which part of an answer, and how long it took. [milliseconds]"""

    part: str
    milliseconds: float


class Asked(NamedTuple):
    """What was measured of some scenarios: the calls that each took, and what memory Python had in the end. [byte]"""

    calls: list[list[Call]]
    memory: int


def start(browser: Browser, host: Host) -> Page:
    """Start a worker in a page of its own."""
    page = browser.new_context(service_workers="block").new_page()
    page.goto(f"{host.url}/404.html")
    page.evaluate(_START)
    return page


def ask(page: Page, scenarios: list[str]) -> Asked:
    """Ask for all parts of the answers to some scenarios, slice by slice as a page does."""
    found = page.evaluate("(scenarios) => ask(scenarios)", scenarios)
    return Asked([[Call(*call) for call in calls] for calls in found["taken"]], found["memory"])
