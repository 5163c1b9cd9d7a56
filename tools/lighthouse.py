"""
Measure with Lighthouse how soon the pages stand on a phone, and print a table.

    make lighthouse
    python tools/lighthouse.py --runs 1 guide

Each page is opened on a fresh profile as Lighthouse opens it by default: a middling phone on a slow 4G line, both of
which it works out from what it saw on this machine. The figures are medians, each of its own, since on a busy machine
the run with the median score seldom has the median paint. Ends with an error where a page misses a target.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]

import chromium  # noqa: E402
from bench.host import Host  # noqa: E402

LIGHTHOUSE: Final = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
RUNS: Final = 5
LONGEST_RUN: Final = 180
"""How long one run may take. [second]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """
    A page and what it is to reach. Nothing stands for what is not asked of it.

    Attributes:
        name: What it is called here.
        path: Where it is, from the site's address.
        performance: Least score. [1/100]
        paint: When its largest part is on the screen at the latest. [second]
        kilobytes: What it may load before anybody does anything. [1,000 byte]
        elements: How many elements it may have.
    """

    name: str
    path: str
    performance: int
    paint: float
    kilobytes: float | None = None
    elements: int | None = None


PAGES: Final = (
    Target(name="guide", path="/", performance=95, paint=1.8, kilobytes=230, elements=1_900),
    Target(name="calculator", path="/calculator/", performance=90, paint=2.5),
    Target(name="prices", path="/reference/prices/", performance=90, paint=2.5),
)
FULL: Final = 100
"""What every page is to reach in the scores that a machine's speed does not sway. [1/100]"""


class Column(NamedTuple):
    """
    A column of the table.

    Attributes:
        heading: Its name.
        figure: Reads it in Lighthouse's report.
        form: How it is written.
        misses: Whether a median misses a page's target.
        asked: That target, in words.
    """

    heading: str
    figure: Callable[[Mapping[str, Any]], float]
    form: str
    misses: Callable[[float, Target], bool]
    asked: Callable[[Target], str]


def _score(name: str) -> Callable[[Mapping[str, Any]], float]:
    return lambda report: round(100 * (report["categories"][name]["score"] or 0))


def _number(audit: str, unit: float) -> Callable[[Mapping[str, Any]], float]:
    return lambda report: report["audits"][audit]["numericValue"] / unit


def _whole(heading: str, name: str) -> Column:
    return Column(heading, _score(name), "{:.0f}", lambda found, _: found < FULL, lambda _: f"at least {FULL}")


COLUMNS: Final = (
    Column(
        "performance",
        _score("performance"),
        "{:.0f}",
        lambda found, page: found < page.performance,
        lambda page: f"at least {page.performance}",
    ),
    _whole("accessibility", "accessibility"),
    _whole("best practices", "best-practices"),
    _whole("SEO", "seo"),
    Column(
        "largest paint",
        _number("largest-contentful-paint", 1_000),
        "{:.2f} s",
        lambda found, page: found > page.paint,
        lambda page: f"at most {page.paint} s",
    ),
    Column(
        "before a touch",
        _number("total-byte-weight", 1_000),
        "{:.0f} KB",
        lambda found, page: page.kilobytes is not None and found > page.kilobytes,
        lambda page: f"at most {page.kilobytes} KB",
    ),
    Column(
        "elements",
        _number("dom-size", 1),
        "{:,.0f}",
        lambda found, page: page.elements is not None and found > page.elements,
        lambda page: f"at most {page.elements:,}",
    ),
)


def measure(url: str, browser: str) -> Mapping[str, Any]:
    """
    Open a page once and return Lighthouse's report.

    Raises:
        RuntimeError: If it gave none; the message is what it said.
    """
    flags = " ".join(("--headless", *chromium.ARGUMENTS))
    command = ["node", str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    ran = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        env=os.environ | {"CHROME_PATH": browser},
    )
    if ran.returncode != 0:
        raise RuntimeError(f"Lighthouse gave no report of {url}:\n{ran.stderr.strip()}")
    report: Mapping[str, Any] = json.loads(ran.stdout)
    if failed := report.get("runtimeError"):
        raise RuntimeError(f"Lighthouse could not measure {url}: {failed['message']}")
    return report


def lost(report: Mapping[str, Any]) -> Iterator[str]:
    """Name what cost a page points in the scores that are to be whole."""
    for category in report["categories"].values():
        if category["id"] == "performance":
            continue
        for each in category["auditRefs"]:
            audit = report["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category['title']}: {audit['title']}"


def line(cells: tuple[str, ...]) -> str:
    """Write a line of the table."""
    first, *rest = cells
    return f"  {first:12}" + "".join(f"{cell:>16}" for cell in rest)


def main() -> int:
    """Measure and print; return whether a target was missed."""
    arguments = argparse.ArgumentParser(description="Measure the built site's pages with Lighthouse.")
    arguments.add_argument("pages", nargs="*", metavar="page", help="names of pages; all, where none is given")
    arguments.add_argument("--site", type=Path, default=ROOT / "site")
    arguments.add_argument("--runs", type=int, default=RUNS, help=f"how often each is opened ({RUNS})")
    asked = arguments.parse_args()
    if strangers := set(asked.pages) - {page.name for page in PAGES}:
        arguments.error(f"no page {', '.join(sorted(strangers))}: there are {', '.join(page.name for page in PAGES)}")

    host, browser, missed = Host({"/": asked.site}), chromium.executable(), list[str]()
    print(f"-- Lighthouse: a phone on slow 4G, medians of {asked.runs}")
    print(line(("", *(column.heading for column in COLUMNS))))
    for page in PAGES:
        if asked.pages and page.name not in asked.pages:
            continue
        if host.file(page.path) is None:
            missed.append(f"{page.name}: there is no page {page.path} in {asked.site}/")
            continue
        reports = [measure(host.url + page.path, browser) for _ in range(asked.runs)]
        medians = [statistics.median(map(column.figure, reports)) for column in COLUMNS]
        print(line((page.name, *(column.form.format(each) for column, each in zip(COLUMNS, medians, strict=True)))))
        missed += [
            f"{page.name}: {column.heading} {column.form.format(each)}, {column.asked(page)} asked"
            for column, each in zip(COLUMNS, medians, strict=True)
            if column.misses(each, page)
        ]
        missed += [f"{page.name}: {each}" for each in sorted({fault for report in reports for fault in lost(report)})]
    for each in missed:
        print(f"  missed: {each}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
