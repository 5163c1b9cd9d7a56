"""Very many answers in one worker: whether its memory stays as it is, and its pace."""

import statistics

from playwright.sync_api import Browser

from bench.host import Host
from tests.golden.golden import GOLDENS

THOUSAND = 1000
MEBIBYTE = 2**20

# The worker alone, without the page that usually stands between: it says how much memory Python has.
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
    globalThis.soak = async (scenarios) => {
        const taken = [];
        let memory = 0;
        for (const scenario of scenarios) {
            const begin = performance.now();
            worker.postMessage({ id: 1, scenario });
            const answer = await told();
            if (answer.type !== "answer") throw new Error(answer.detail);
            taken.push(performance.now() - begin);
            memory = answer.memory;
        }
        return { taken, memory };
    };
}"""


def soak(browser: Browser, host: Host, answers: int) -> None:
    """
    Ask so many scenarios of one worker, none twice, and print memory and pace for each thousand.

    Args:
        browser: Any.
        host: Serves the site.
        answers: How many.
    """
    scenarios = [golden.scenario for golden in GOLDENS if golden.scenario.startswith("cost-comparison?")]
    page = browser.new_context(service_workers="block").new_page()
    page.goto(f"{host.url}/404.html")
    page.evaluate(_START)
    host.sent.clear()
    print(f"{'answers':>8}{'memory [MiB]':>14}{'median [ms]':>13}")
    asked = 0
    for size in (1, 99, THOUSAND - 100, *[THOUSAND] * (answers // THOUSAND - 1)):
        asked += size
        volumes = (1000 + 17 * number for number in range(asked - size, asked))
        found = page.evaluate(
            "(scenarios) => soak(scenarios)",
            [f"{scenarios[volume % len(scenarios)]}&requests_per_month={volume}" for volume in volumes],
        )
        memory, median = found["memory"] / MEBIBYTE, statistics.median(found["taken"])
        print(f"{asked:>8,}{memory:>14.2f}{median:>13.1f}", flush=True)
    if host.sent:
        print(f"Fetched meanwhile: {', '.join(sorted({sent.path for sent in host.sent}))}")
