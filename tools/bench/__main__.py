"""
Measure the built site beside stock Pyodide, and print a table.

    make bench

Everything is measured in a Chromium that has cached nothing, in alternating order, through the performance marks
that the page sets: `calculator:start` at the reader's intent, `calculator:answer` when an answer is painted.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import chromium  # noqa: E402  # it lies one folder up, where Python does not look by itself
from bench.host import FAST_4G, SLOW_4G, UNTHROTTLED, Host, Line  # noqa: E402

ROUNDS = {UNTHROTTLED: 7, FAST_4G: 3, SLOW_4G: 2}
CHANGES = 30
LIMIT = 180_000

CALCULATOR = "fine-tuning-calculator[data-slug='cost-comparison']"

# Everything that can be switched on, and every month that can be drawn.
LARGEST = (
    "must_change=documents&horizon_months=36&monthly_growth=0.03&batch_share=0.2&retried_share=0.02"
    "&reasoning_tokens=200&shots=6&indexing_pass=yes&rewriting=yes&reranker=cohere-rerank-v3.5"
    "&vector_database=pinecone-standard&owned=yes&refresh_share=0.2&discount_rate=0.08&delay_cost=1000"
    "&wrong_cost=2&right_value=1&prompt_can=can&few_shot_can=can&rag_can=can&api_can=can&own_can=can&open_can=can"
)


@dataclass
class Contender:
    """Something that comes to an answer in a browser, and what was measured of it."""

    name: str
    run: Callable[[BrowserContext, Host], float]
    milliseconds: dict[Line, list[float]] = field(default_factory=dict)
    bytes: int = 0
    requests: int = 0


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description="Measure the built site beside stock Pyodide.")
    arguments.add_argument("--site", type=Path, default=ROOT / "site")
    arguments.add_argument("--quick", action="store_true", help="without the throttled lines and the build")
    options = arguments.parse_args()
    if not (options.site / "index.html").is_file():
        raise SystemExit(f"{options.site} holds no site. Run `make build` first.")

    wheel = next((options.site / "assets" / "python").glob("*.whl")).name
    contenders = [
        Contender("this site", _this_site),
        Contender("stock Pyodide, one sum", lambda context, host: _stock(context, host, "")),
        Contender(
            "stock Pyodide, the same wheel",
            lambda context, host: _stock(context, host, f"?wheel=/assets/python/{wheel}"),
        ),
    ]
    folders = {"/stock/": ROOT / "node_modules" / "pyodide", "/bench/": Path(__file__).parent, "/": options.site}
    lines = [UNTHROTTLED] if options.quick else list(ROUNDS)
    with Host(folders) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.ARGUMENTS)
        for line in lines:
            _measure(browser, host, contenders, line)
        changes = _later_changes(browser, host)
        guide = _guide(browser, host)
        host.shutdown()
        browser.close()
    _print(contenders, lines, changes, guide)
    if not options.quick:
        print(f"Build of the whole site, warm: {_build():.1f} s")


def _measure(browser: Browser, host: Host, contenders: list[Contender], line: Line) -> None:
    for turn in range(ROUNDS[line]):
        for number in range(len(contenders)):
            contender = contenders[(turn + number) % len(contenders)]
            _say(f"{line.name}, round {turn + 1} of {ROUNDS[line]}: {contender.name}")
            # What is kept for use offline is fetched after this, and in its own time.
            context = browser.new_context(service_workers="block")
            host.line = line
            taken = contender.run(context, host)
            host.line = UNTHROTTLED
            contender.milliseconds.setdefault(line, []).append(taken)
            contender.bytes = sum(sent.bytes for sent in host.sent)
            contender.requests = len(host.sent)
            context.close()
    _say("")


def _say(what: str) -> None:
    """Show what is being measured, where someone is looking."""
    if sys.stdout.isatty():
        print(f"\r{what:<80}\r", end="", flush=True)


def _this_site(context: BrowserContext, host: Host) -> float:
    page = context.new_page()
    throttled, host.line = host.line, UNTHROTTLED
    page.goto(f"{host.url}/", wait_until="load")
    page.wait_for_function("selector => customElements.get('fine-tuning-calculator')", arg=CALCULATOR)
    page.wait_for_timeout(500)
    if page.evaluate("() => performance.getEntriesByName('calculator:start').length"):
        raise SystemExit("Python was fetched before the reader came near: the calculator is too close to the top.")
    host.line = throttled
    host.sent.clear()
    _change(page, "60000")
    return _first_answer(page)


def _stock(context: BrowserContext, host: Host, query: str) -> float:
    host.sent.clear()
    page = context.new_page()
    page.goto(f"{host.url}/bench/stock.html{query}", wait_until="commit")
    return _first_answer(page)


def _first_answer(page: Page) -> float:
    page.wait_for_function("() => performance.getEntriesByName('calculator:answer').length > 0", timeout=LIMIT)
    taken: float = page.evaluate(
        """() => performance.getEntriesByName('calculator:answer')[0].startTime
            - performance.getEntriesByName('calculator:start')[0].startTime"""
    )
    return taken


def _change(page: Page, value: str) -> None:
    """Change an input where it is, out of sight: scrolling there would be nearness, not intent."""
    page.evaluate(
        """([selector, value]) => {
            const input = document.querySelector(`${selector} input[name=requests_per_month]`);
            input.focus({ preventScroll: true });
            input.value = value;
            input.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        [CALCULATOR, value],
    )


def _later_changes(browser: Browser, host: Host) -> list[float]:
    """Milliseconds from an input event to the painted answer, in the largest scenario."""
    page = browser.new_page()
    page.goto(f"{host.url}/#cost?{LARGEST}", wait_until="load")
    page.wait_for_function("() => performance.getEntriesByName('calculator:answer').length > 0", timeout=LIMIT)
    page.wait_for_timeout(1000)
    taken = []
    for number in range(CHANGES):
        before = page.evaluate("() => performance.getEntriesByName('calculator:answer').length")
        _change(page, str(100_000 + 1000 * number))
        page.wait_for_function(
            "before => performance.getEntriesByName('calculator:answer').length > before", arg=before, timeout=LIMIT
        )
        # The mark knows when the page heard of the change; a clock out here would add the way to the browser.
        mark = "performance.getEntriesByName('calculator:answer').at(-1)"
        taken.append(page.evaluate(f"() => {mark}.startTime - {mark}.detail.asked"))
        page.wait_for_timeout(300)
    page.close()
    return taken


def _guide(browser: Browser, host: Host) -> int:
    """Bytes of the guide before anyone touches it."""
    host.sent.clear()
    page = browser.new_context(service_workers="block").new_page()
    page.goto(f"{host.url}/", wait_until="networkidle")
    page.close()
    return sum(sent.bytes for sent in host.sent)


def _build() -> float:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    begin = time.monotonic()
    subprocess.run(["make", "build"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


def _print(contenders: list[Contender], lines: list[Line], changes: list[float], guide: int) -> None:
    ours, *others = contenders
    print("First answer in Python from intent, nothing cached. [milliseconds]")
    for line in lines:
        print(f"\n{line.name + f', {ROUNDS[line]} rounds':<34}{'median':>9}{'p95':>9}{'ours / it':>11}")
        own = statistics.median(ours.milliseconds[line])
        for contender in contenders:
            taken = contender.milliseconds[line]
            median = statistics.median(taken)
            ratio = "" if contender is ours else f"{own / median:.2f}"
            print(f"  {contender.name:<32}{median:>9,.0f}{_p95(taken):>9,.0f}{ratio:>11}")
    print(f"\n{'Transferred for that answer':<34}{'bytes':>12}{'requests':>10}")
    for contender in [ours, *others]:
        print(f"  {contender.name:<32}{contender.bytes:>12,}{contender.requests:>10}")
    print("\nA later change in the largest scenario, from the input event to the painted answer. [milliseconds]")
    print(f"  {len(changes)} changes: median {statistics.median(changes):,.0f}, p95 {_p95(changes):,.0f}")
    print(f"\nThe guide before any interaction: {guide:,} bytes transferred")


def _p95(values: list[float]) -> float:
    """The 95th percentile, by nearest rank: with few values, the largest."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


if __name__ == "__main__":
    main()
