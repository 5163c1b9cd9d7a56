"""A reader with a browser: what the browser tests have them do and see."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from calculators import catalog
from calculators.calculator import RefusedScenarioError
from tests.browser.server import Host

SLUG = "cost-comparison"
SECTION = "cost"
"""The guide's section that holds the short form."""
WHOLE = "/calculator/"
"""The page that holds the whole form."""
WHOLE_SECTION = "calculator"
VOLUME = "requests_per_month"

RUNTIME = (
    "/assets/python/",
    "/assets/javascripts/worker.js",
    "/assets/javascripts/stock-worker.js",
)
"""Where a request is for the calculator's Python."""

# Pages report what their policy stopped; so do scripts that fail. Both end up in the console.
REPORT = """
addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.violatedDirective} stopped ${event.blockedURI} in ${event.sourceFile}`));
"""


@dataclass
class Log:
    """What went on behind a page."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Write down every request, and every complaint of a page."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text[:400])

    def expect(self, *parts: str) -> None:
        """Let complaints pass that hold one of these words: the test breaks something on purpose."""
        self.expected.extend(parts)

    def unexpected(self) -> list[str]:
        """Complaints that no test asked for."""
        return [line for line in self.complaints if not any(part in line for part in self.expected)]

    def foreign(self, home: str) -> list[str]:
        """Requests that left the site."""
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in {"data", "blob", "about"} and not url.startswith(f"{home}/")
        ]


@dataclass
class Reader:
    """A page of the site, opened."""

    page: Page
    log: Log
    home: str

    @property
    def calculator(self) -> Locator:
        """The calculator in the page."""
        return self.page.locator(f"fine-tuning-calculator[data-slug={SLUG}]")

    @property
    def lead(self) -> Locator:
        """What is read first of the calculator's answer."""
        return self.calculator.locator(".calculator__lead")

    @property
    def answer(self) -> Locator:
        """What stands behind it."""
        return self.calculator.locator(".calculator__answer")

    @property
    def shown(self) -> str:
        """All of the answer, as it stands in the page, folded as it was written."""
        return (self.lead.inner_html() + self.answer.inner_html()).replace(' open=""', "")

    @property
    def verdict(self) -> str:
        """The answer's first sentence."""
        return self.calculator.locator("[data-verdict]").inner_text()

    @property
    def presets(self) -> Locator:
        """The starting points, those that are folded too."""
        self.calculator.locator(".presets").evaluate(
            "(presets) => { for (const more of presets.querySelectorAll('details')) more.open = true; }"
        )
        return self.calculator.locator("a[data-preset]")

    @property
    def status(self) -> Locator:
        """Where the calculator says how it is."""
        return self.slot("status")

    @property
    def errors(self) -> Locator:
        """The summary of mistakes."""
        return self.slot("errors")

    @property
    def query(self) -> str | None:
        """What a link to the present numbers carries."""
        found: str | None = self.calculator.evaluate("(calculator) => calculator.query")
        return found

    @property
    def values(self) -> dict[str, str]:
        """Every field and what is in it."""
        found: dict[str, str] = self.calculator.evaluate(
            "(calculator) => Object.fromEntries(new FormData(calculator.querySelector('form')))"
        )
        return found

    @property
    def focus(self) -> str:
        """Id of the element that has the focus."""
        found: str = self.page.evaluate("() => document.activeElement.id")
        return found

    def slot(self, name: str) -> Locator:
        """A part of the calculator that Python writes."""
        return self.calculator.locator(f'[data-slot="{name}"]')

    def field(self, name: str) -> Locator:
        """The field of an input, its group opened."""
        found = self.page.locator(f"#{SLUG}-{name}")
        found.evaluate("(field) => { const group = field.closest('details'); if (group) group.open = true; }")
        return found

    def open_groups(self) -> list[str]:
        """Ids of the folded groups of the form that lie open."""
        groups = self.calculator.locator("details.group[open]")
        found: list[str] = groups.evaluate_all("(all) => all.map(({ id }) => id)")
        return found

    def state(self) -> dict[str, str]:
        """What a link to the present numbers says of every input; while it cannot be read, what it carries."""
        return meant(self.query or "")

    def marks(self, name: str) -> list[Any]:
        """What was noted each time a moment of the calculator came."""
        found: list[Any] = self.page.evaluate(
            "(name) => performance.getEntriesByName(name).map((mark) => mark.detail ?? {})", f"calculator:{name}"
        )
        return found

    def until(self, promise: str, condition: Callable[[], object], seconds: float = 15) -> None:
        """Wait for something; if it does not come, fail with the promise that was not kept."""
        end = time.monotonic() + seconds
        while not condition():
            given_up = self.calculator.locator(".calculator__failure").count() > 0
            if given_up or time.monotonic() > end:
                status = self.status.inner_text() if self.calculator.count() else "no calculator"
                complaints = " | ".join(line[:200] for line in self.log.complaints[-3:])
                pytest.fail(f"{promise}: not within {seconds:g} s. Status: “{status}”. Console: {complaints}")
            self.page.wait_for_timeout(20)

    def started(self) -> None:
        """Wait until Python runs."""
        self.until("Python starts in the page", lambda: self.marks("ready"), seconds=40)

    def answered(self) -> None:
        """Wait until the first part of the newest scenario's answer stands on the screen."""
        self.until("every change is answered", lambda: self.has_come("answer"), seconds=40)

    def settled(self) -> None:
        """Wait until all parts of it do."""
        self.until("every part of an answer comes", lambda: self.has_come("settled"), seconds=40)

    def has_come(self, moment: str) -> bool:
        """Whether the last moment of this name was one of the newest scenario."""
        found: bool = self.page.evaluate(
            """([slug, name]) => {
                const calculator = document.querySelector(`fine-tuning-calculator[data-slug=${slug}]`);
                const last = performance.getEntriesByName(name).at(-1);
                // A page that is being opened has none yet.
                return last !== undefined && last.detail.scenario === calculator?.scenario;
            }""",
            [SLUG, f"calculator:{moment}"],
        )
        return found

    def change(self, name: str, text: str) -> None:
        """Put a text into a field, and wait for the whole answer."""
        found = self.field(name)
        if found.evaluate("(field) => field.hidden"):
            boxes = self.page.locator(f'[data-field="{name}"] [type=checkbox]').all()
            wanted = [box for box in boxes if box.get_attribute("value") in text.split(",")]
            for box in boxes:
                if box not in wanted:
                    box.uncheck()
            for box in wanted:
                box.check()
        elif found.evaluate("(field) => field.tagName") == "SELECT":
            found.select_option(text)
        else:
            found.fill(text)
        self.settled()

    def rested(self) -> None:
        """Wait until mistakes are told, as after a second without typing."""
        self.until("a mistake is told after a rest", self.errors.is_visible, seconds=5)

    def asked_runtime(self) -> list[str]:
        """Requests for any part of the calculator's Python."""
        return [url for url in self.log.requests if any(part in urlsplit(url).path for part in RUNTIME)]

    def open_everything(self) -> None:
        """Open every folded part of the page."""
        self.page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true; }")

    def width_needed(self) -> int:
        """How wide the page is, in pixels."""
        found: int = self.page.evaluate("() => document.scrollingElement.scrollWidth")
        return found


def opened(browser: Browser, host: Host, log: Log, path: str = "/", **options: Any) -> Reader:  # noqa: ANN401  # as Playwright names them
    """A page of the site in a fresh profile, its doings written down."""
    size = {"width": options.pop("width", 1280), "height": options.pop("height", 800)}
    # A page comes from the host, where a test can break it, unless the test is about what is kept in the browser.
    options.setdefault("service_workers", "block")
    context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]  # width and height, as it asks
    context.set_default_timeout(10_000)
    context.add_init_script(REPORT)
    log.watch(context)
    page = context.new_page()
    page.goto(host.url + path)
    return Reader(page, log, host.url)


class Open(Protocol):
    """Opens a page of the site in a browser with a fresh profile."""

    def __call__(self, path: str = "/", **options: Any) -> Reader:  # noqa: ANN401  # as Playwright names them
        """Open it. Options: `width` and `height` in pixels, and those of a Playwright context."""


def meant(query: str) -> dict[str, str]:
    """What a link says of every input, those that it leaves to its edition too; what it carries, if it is refused."""
    calculator = catalog.calculator(SLUG)
    try:
        groups = calculator.decode(query).groups
    except RefusedScenarioError:
        return dict(parse_qsl(query, keep_blank_values=True))
    return {item.name: item.link(getattr(groups[item.group], item.name)) for item in calculator.inputs.values()}


def changed(query: str, **inputs: str) -> dict[str, str]:
    """What a link says of every input, with some inputs changed."""
    return meant(query) | inputs
