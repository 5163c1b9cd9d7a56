"""Very many answers in one worker: whether its memory stays as it is, and its pace."""

import statistics

from playwright.sync_api import Browser

from bench import alone
from bench.host import Host
from tests.golden.golden import GOLDENS

THOUSAND = 1000
MEBIBYTE = 2**20


def soak(browser: Browser, host: Host, answers: int) -> None:
    """
    Ask so many scenarios of one worker, none twice and each with all parts, and print memory and pace for each
    thousand.

    Args:
        browser: Any.
        host: Serves the site.
        answers: How many.
    """
    scenarios = [golden.scenario for golden in GOLDENS if golden.scenario.startswith("cost-comparison?")]
    page = alone.start(browser, host)
    host.sent.clear()
    print(f"{'answers':>8}{'memory [MiB]':>14}{'median [ms]':>13}")
    asked = 0
    for size in (1, 99, THOUSAND - 100, *[THOUSAND] * (answers // THOUSAND - 1)):
        asked += size
        volumes = (1000 + 17 * number for number in range(asked - size, asked))
        found = alone.ask(
            page, [f"{scenarios[volume % len(scenarios)]}&requests_per_month={volume}" for volume in volumes]
        )
        median = statistics.median(sum(call.milliseconds for call in calls) for calls in found.calls)
        print(f"{asked:>8,}{found.memory / MEBIBYTE:>14.2f}{median:>13.1f}", flush=True)
    if host.sent:
        print(f"Fetched meanwhile: {', '.join(sorted({sent.path for sent in host.sent}))}")
