"""
Measure the built site beside other Pythons in a page, and print a table.

    make bench

Everything is measured in a browser that has cached nothing, in alternating order, through the performance marks
that the page sets: `calculator:start` at the reader's intent, `calculator:answer` when the first part of an answer is
painted, `calculator:settled` when all of it is. The other Pythons have a blank page each, with one sum or one small
calculator, and start at once: opening it is the intent.
"""

import argparse
import gzip
import math
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import chromium  # noqa: E402  # it lies one folder up, where Python does not look by itself
from bench import alone, elsewhere, plugin_page  # noqa: E402
from bench.contest import Answer, Contender, Result, hold  # noqa: E402
from bench.cost import cost  # noqa: E402
from bench.host import FAST_4G, SLOW_4G, UNTHROTTLED, Host, Line  # noqa: E402
from bench.soak import soak  # noqa: E402

ROUNDS = {UNTHROTTLED: 7, FAST_4G: 3, SLOW_4G: 2}
CHANGES = 30
LONGEST_SLICE = 40
"""How long a reader who enters something may have to wait for the call of Python that is under way. [milliseconds]"""
MODULES = ("calculators.wasm", "calculators-rest.wasm")
LIMIT = 180_000

CALCULATOR = "fine-tuning-calculator[data-slug='cost-comparison']"
VOLUME = f"{CALCULATOR} input[name=requests_per_month]"
REQUESTS = 60_000
"""What a reader changes the default to, and what the small calculator is asked."""

# Everything that can be switched on, and every month that can be drawn.
LARGEST = (
    "must_change=documents&horizon_months=36&monthly_growth=0.03&batch_share=0.2&retried_share=0.02"
    "&reasoning_tokens=200&shots=6&indexing_pass=yes&rewriting=yes&reranker=cohere-rerank-v3.5"
    "&vector_database=pinecone-standard&owned=yes&refresh_share=0.2&discount_rate=0.08&delay_cost=1000"
    "&wrong_cost=2&right_value=1&prompt_can=can&few_shot_can=can&rag_can=can&api_can=can&own_can=can&open_can=can"
)

JUDGED = """() => {
    const parts = performance.getEntriesByName("calculator:part").filter(({ detail }) => detail.part === "tips");
    const { startTime, detail } = parts.at(-1);
    return startTime - detail.asked;
}"""


@dataclass(frozen=True)
class Changes:
    """Later changes in the largest scenario: how long after the input event what was on the screen. [milliseconds]"""

    first: list[float] = field(default_factory=list)
    judged: list[float] = field(default_factory=list)
    """Whether it is robust, and what tips it: the parts that the first sentence waits for."""
    settled: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description="Measure the built site beside other Pythons in a page.")
    arguments.add_argument("--site", type=Path, default=ROOT / "site")
    arguments.add_argument(
        "--quick", action="store_true", help="few rounds, no slow lines, no build: to see that it runs"
    )
    arguments.add_argument(
        "--against", type=Path, metavar="SITE", help="later changes beside another build's, in turn, and nothing else"
    )
    arguments.add_argument(
        "--soak", type=int, metavar="ANSWERS", help="so many answers in one worker, and nothing else"
    )
    options = arguments.parse_args()
    if not (options.site / "index.html").is_file():
        raise SystemExit(f"{options.site} holds no site. Run `make build` first.")

    packages = ROOT / "node_modules"
    folders = {
        "/stock/": packages / "pyodide",
        "/micropython/": packages / "@micropython" / "micropython-webassembly-pyscript",
        "/bench/": Path(__file__).parent,
        **plugin_page.folders(REQUESTS),
        "/": options.site,
    }
    rounds = {UNTHROTTLED: 2} if options.quick else ROUNDS
    if options.against:
        _beside(options.site, options.against)
        return
    # Nothing may come from another host: only this one has a name.
    flags = [*chromium.ARGUMENTS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
    with Host(folders) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=flags)
        if options.soak:
            soak(browser, host, options.soak)
            host.shutdown()
            return
        name = f"Chromium {browser.version.partition('.')[0]}"
        # The host compresses each file when it is first asked for: that is no browser's time.
        hold(f"{name}, rehearsal", _contenders(browser, host, UNTHROTTLED), 1)
        tables = {
            f"{name}, {line.name}": hold(f"{name}, {line.name}", _contenders(browser, host, line), turns)
            for line, turns in rounds.items()
        }
        sent = tables[f"{name}, {UNTHROTTLED.name}"]
        changes = _later_changes(browser, host)
        calls = _calls(browser, host)
        guide = _guide(browser, host)
        host.shutdown()
        browser.close()
    tables |= elsewhere.measure(folders, VOLUME, str(REQUESTS), rounds[UNTHROTTLED])
    _print(tables, sent, guide, options.site)
    _print_changes(changes, calls)
    if not options.quick:
        print(f"Build of the whole site, warm: {_build():.1f} s")


def _contenders(browser: Browser, host: Host, line: Line) -> list[Contender]:
    wheel = next((host.folders["/"] / "assets" / "python").glob("*.whl")).name
    blank = partial(_blank, browser, host, line)
    contenders = [
        Contender("this site", lambda: _this_site(browser, host, line)),
        Contender("this site, from a host with brotli", lambda: _this_site(browser, host, line, brotli=True)),
        Contender("stock Pyodide, one sum", lambda: blank("/bench/stock.html")),
        Contender("MicroPython, small calculator", lambda: blank("/bench/micropython.html", "output")),
    ]
    if line == UNTHROTTLED:
        same_wheel = f"/bench/stock.html?wheel=/assets/python/{wheel}"
        contenders += [
            Contender("stock Pyodide, the same wheel", lambda: blank(same_wheel)),
            Contender("markdown-exec, small calculator", lambda: blank("/plugin/", ".pyodide-output")),
        ]
    return contenders


def _this_site(browser: Browser, host: Host, line: Line, *, brotli: bool = False) -> Answer:
    """Come to the guide, and change a number in it."""
    # What is kept for use offline is fetched after this, and in its own time.
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{host.url}/", wait_until="load")
        page.wait_for_function("() => customElements.get('fine-tuning-calculator')")
        page.wait_for_timeout(500)
        if page.evaluate("() => performance.getEntriesByName('calculator:start').length"):
            raise SystemExit("Python was fetched before the reader came near: the calculator is too close to the top.")
        host.sent.clear()
        host.line, host.brotli = line, brotli
        _change(page, str(REQUESTS))
        taken = _first_answer(page)
        host.line, host.brotli = UNTHROTTLED, False
    return Answer(taken, list(host.sent))


def _blank(browser: Browser, host: Host, line: Line, path: str, output: str | None = None) -> Answer:
    """Open a page that starts a Python at once; where it has the small calculator's output, see what it says."""
    with browser.new_context() as context:
        page = context.new_page()
        host.sent.clear()
        host.line = line
        page.goto(f"{host.url}{path}", wait_until="commit")
        taken = _first_answer(page)
        host.line = UNTHROTTLED
        if output is not None and (found := page.inner_text(output).strip()) != cost(REQUESTS):
            raise SystemExit(f"{path} answers {found!r}, CPython {cost(REQUESTS)!r}.")
    return Answer(taken, list(host.sent))


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
            const input = document.querySelector(selector);
            input.focus({ preventScroll: true });
            input.value = value;
            input.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        [VOLUME, value],
    )


def _later_changes(browser: Browser, host: Host) -> Changes:
    """Change the largest scenario again and again."""
    page = browser.new_page()
    page.goto(f"{host.url}/#cost?{LARGEST}", wait_until="load")
    page.wait_for_function("() => performance.getEntriesByName('calculator:settled').length > 0", timeout=LIMIT)
    page.wait_for_timeout(1000)
    changes = Changes()
    moments = {"answer": changes.first, "settled": changes.settled}
    for number in range(CHANGES):
        before = {moment: _marks(page, moment) for moment in moments}
        _change(page, str(100_000 + 1000 * number))
        for moment, taken in moments.items():
            page.wait_for_function(
                "([name, before]) => performance.getEntriesByName(name).length > before",
                arg=[f"calculator:{moment}", before[moment]],
                timeout=LIMIT,
            )
            # The mark knows when the page heard of the change; a clock out here would add the way to the browser.
            mark = f"performance.getEntriesByName('calculator:{moment}').at(-1)"
            taken.append(page.evaluate(f"() => {mark}.startTime - {mark}.detail.asked"))
        changes.judged.append(page.evaluate(JUDGED))
        page.wait_for_timeout(300)
    page.close()
    return changes


def _marks(page: Page, moment: str) -> int:
    found: int = page.evaluate("(name) => performance.getEntriesByName(name).length", f"calculator:{moment}")
    return found


def _calls(browser: Browser, host: Host) -> list[alone.Call]:
    """Every call of Python that the same changes take, without the page."""
    page = alone.start(browser, host)
    volumes = (100_000 + 1000 * number for number in range(CHANGES + 1))
    found = alone.ask(page, [f"cost-comparison?{LARGEST}&requests_per_month={volume}" for volume in volumes])
    page.close()
    # The first answer of all compiles what it runs.
    return [call for calls in found.calls[1:] for call in calls]


def _beside(site: Path, other: Path) -> None:
    """Measure later changes in two builds in turn, and print both."""
    taken: dict[Path, list[float]] = {site: [], other: []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.ARGUMENTS)
        for _ in range(ROUNDS[FAST_4G]):
            for build in taken:
                with Host({"/": build}) as host:
                    taken[build] += _later_changes(browser, host).first
                    host.shutdown()
        browser.close()
    print("A later change in the largest scenario, from the input event to the first part painted. [milliseconds]")
    for build, changes in taken.items():
        print(f"  {build}: {len(changes)} changes: median {statistics.median(changes):,.0f}, p95 {_p95(changes):,.0f}")
    own, others = (statistics.median(changes) for changes in taken.values())
    print(f"  ours / it: {own / others:.2f}")


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


def _print(tables: dict[str, list[Result]], sent: list[Result], guide: int, site: Path) -> None:
    print("First answer in Python from intent, nothing cached. [milliseconds]")
    for title, results in tables.items():
        rounds = len(results[0].milliseconds)
        print(f"\n{f'{title}, {rounds} rounds':<40}{'median':>9}{'p95':>9}{'ours / it':>11}")
        own = statistics.median(results[0].milliseconds)
        for place, result in enumerate(results):
            median = statistics.median(result.milliseconds)
            ratio = f"{own / median:.2f}" if place else ""
            print(f"  {result.name:<38}{median:>9,.0f}{_p95(result.milliseconds):>9,.0f}{ratio:>11}")
    print(f"\n{'Transferred for that answer':<40}{'bytes':>12}{'requests':>10}{'ours / it':>11}")
    for place, result in enumerate(sent):
        ratio = f"{sent[0].bytes / result.bytes:.2f}" if place else ""
        print(f"  {result.name:<38}{result.bytes:>12,}{result.requests:>10}{ratio:>11}")
    print(f"\nThe guide before any interaction: {guide:,} bytes transferred")
    print(f"All of Python, with every calculator and figure: {_runtime(site)}")


def _print_changes(changes: Changes, calls: list[alone.Call]) -> None:
    """Print how soon later changes are answered, beside what they may take."""
    heading = f"A later change in the largest scenario, {len(changes.first)} changes"
    print(f"\n{f'{heading}. [milliseconds]':<66}{'median':>9}{'p95':>9}{'largest':>9}")
    _print_line("from the input event to the first part painted", changes.first, 80, 160)
    _print_line("from the input event to “robust” and tips painted", changes.judged, 300, 1000)
    _print_line("from the input event to all parts painted", changes.settled)
    for part in dict.fromkeys(call.part for call in calls):
        taken = [call.milliseconds for call in calls if call.part == part]
        _print_line(f"a call of Python for the part “{part}”", taken)
    longest = max(call.milliseconds for call in calls)
    print(f"  Longest of {len(calls):,} calls of Python: {longest:.0f}{_judged(longest, LONGEST_SLICE)}")


def _print_line(name: str, taken: list[float], most: float = math.inf, most_p95: float = math.inf) -> None:
    median, p95 = statistics.median(taken), _p95(taken)
    print(
        f"  {name:<64}{median:>9,.1f}{p95:>9,.1f}{max(taken):>9,.1f}"
        f"{_judged(median, most)}{_judged(p95, most_p95, 'p95 ')}"
    )


def _judged(taken: float, most: float, what: str = "") -> str:
    if most == math.inf:
        return ""
    return f"  {what}at most {most:,.0f}{': too long' if taken > most else ''}"


def _runtime(site: Path) -> str:
    """Sizes of the worker and the module; the code that no answer needs, and that is fetched if one does, apart."""
    python, scripts = site / "assets" / "python", site / "assets" / "javascripts"
    worker = len(gzip.compress((scripts / "worker.js").read_bytes()))
    module, rest = (len(gzip.compress((python / name).read_bytes(), 9)) for name in MODULES)
    brotli = (python / f"{MODULES[0]}.br").stat().st_size
    return (
        f"{worker + module:,} bytes with gzip, {worker + brotli:,} with brotli; a rest of {rest:,}, hardly ever fetched"
    )


def _p95(values: list[float]) -> float:
    """The 95th percentile, by nearest rank: with few values, the largest."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


if __name__ == "__main__":
    main()
