"""Whatever breaks when Python starts or runs: an answer all the same, or words that say what to do; nothing is lost."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Playwright, Route, expect

from calculators import catalog
from calculators.browser import answer
from chromium import ARGUMENTS, executable
from tests.browser.reader import SLUG, VOLUME, WHOLE, Log, Open, Reader, opened
from tests.browser.server import Host

IMAGE = "**/calculators.wasm*"
WORKER = "**/worker.js*"
WASM = "**/*.wasm*"
EVERY_WORKER = re.compile(r"worker\.js")
STOCK = "/assets/python/python_stdlib.zip"

# The worker alone: it says with each answer how much memory Python has.
MEMORY = """
async (scenarios) => {
    const python = new URL("/assets/python/", location.origin);
    const module = await WebAssembly.compileStreaming(fetch(new URL("calculators.wasm", python)));
    const worker = new Worker("/assets/javascripts/worker.js", { type: "module" });
    const told = () => new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
    worker.postMessage({ module, rest: "" });
    await told();
    const found = [];
    for (const scenario of scenarios) {
        worker.postMessage({ id: 1, scenario });
        const { type, memory } = await told();
        if (type === "answer") found.push(memory);
    }
    return found;
}
"""

type Break = Callable[[Route], None]


def gone(route: Route) -> None:
    """The file is not there."""
    route.fulfill(status=404, body="")


def forbidden(route: Route) -> None:
    """Something on the way forbids the file, and says so in a page of its own."""
    route.fulfill(status=403, content_type="text/html", body="<h1>Blocked</h1>")


def half(route: Route) -> None:
    """Half of the file, as if that were all."""
    response = route.fetch()
    body = response.body()
    route.fulfill(status=200, headers={"content-type": response.headers["content-type"]}, body=body[: len(body) // 2])


def down(route: Route) -> None:
    """The line is dead."""
    route.abort()


def with_type(kind: str) -> Break:
    """The file with a wrong type."""
    return lambda route: route.fulfill(body=route.fetch().body(), headers={"content-type": kind})


def of_another_build(route: Route) -> None:
    """The file of another build: another id in the module, another hash in the lockfile."""
    body = route.fetch().body()
    if ".wasm" in route.request.url:
        body = re.sub(rb"\x05build\w{12}", b"\x05build0123456789ab", body)
    else:
        body = re.sub(rb'"sha256": ?"\w{64}"', b'"sha256":"' + b"0" * 64 + b'"', body)
    route.fulfill(body=body, headers={"content-type": route.fetch().headers["content-type"]})


def altered(old: str, new: str, *, once: bool = False) -> Break:
    """A script in which something has gone wrong, the first time or each time."""
    seen: list[Route] = []

    def alter(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        assert old in text
        route.fulfill(response=response, body=text if once and seen else text.replace(old, new))
        seen.append(route)

    return alter


SLICE = "const found = answer(request);"
SLOW = {"offline": False, "latency": 0, "downloadThroughput": 2_000_000, "uploadThroughput": 2_000_000}
TRAP = ("const reply = image.answer(at, text.length);", 'throw new WebAssembly.RuntimeError("unreachable");')
TOO_DEEP = ("const reply = image.answer(at, text.length);", "const reply = ask(text);")
NO_MEMORY = (
    "const { exports } = await WebAssembly.instantiate(module, imports);",
    'throw new RangeError("WebAssembly.instantiate(): Out of memory");',
)


def enter(reader: Reader) -> None:
    """Type a number."""
    reader.log.expect("")
    reader.field(VOLUME).fill("71k")


def starts(reader: Reader) -> list[str]:
    """How Python started, each time it did."""
    return ["stock" if path.endswith(STOCK) else "image" for path in reader.log.requests if IMAGE_OR_STOCK.search(path)]


IMAGE_OR_STOCK = re.compile(r"/calculators\.wasm|/python_stdlib\.zip")


@pytest.mark.parametrize(
    ("piece", "broken"),
    [
        (IMAGE, forbidden),
        (IMAGE, half),
        (IMAGE, of_another_build),
        (WORKER, gone),
        (WORKER, altered(*TRAP)),
        (WORKER, altered(*TOO_DEEP)),
    ],
    ids=["blocked", "truncated", "another build", "no worker", "trap", "stack overrun"],
)
def test_where_the_image_fails_the_ordinary_start_answers(open_page: Open, piece: str, broken: Break) -> None:
    """The reader waits longer, and sees nothing else of it; the image is tried once more before that."""
    reader = open_page(WHOLE)
    reader.page.route(piece, broken)

    enter(reader)
    reader.answered()

    assert reader.state()[VOLUME] == "71000"
    assert starts(reader)[-1] == "stock"
    expect(reader.status).to_be_empty()


@pytest.mark.parametrize(
    ("piece", "broken"),
    [
        (IMAGE, with_type("text/plain")),
        (IMAGE, with_type("application/octet-stream")),
        (WORKER, altered(*TRAP, once=True)),
    ],
    ids=["text", "no type", "one trap"],
)
def test_the_image_answers_all_the_same(open_page: Open, piece: str, broken: Break) -> None:
    """A host that does not know the type costs nothing; what broke once is started once more, and asked again."""
    reader = open_page(WHOLE)
    reader.page.route(piece, broken)

    enter(reader)
    reader.answered()

    assert reader.state()[VOLUME] == "71000"
    assert set(starts(reader)) == {"image"}


def test_where_the_smaller_form_fails_the_usual_one_answers(open_page: Open) -> None:
    """It is a way to be sooner on a slow line, and no reader depends on it."""
    reader = open_page(WHOLE)
    reader.page.route("**/*.zst*", half)
    reader.page.context.new_cdp_session(reader.page).send("Network.emulateNetworkConditions", SLOW)

    enter(reader)
    reader.answered()

    assert reader.state()[VOLUME] == "71000"
    assert starts(reader) == ["image", "image", "image"], "As it is, in the smaller form, and as it is."


def test_what_was_cached_of_another_build_is_fetched_anew(open_page: Open) -> None:
    """A cache on the way has the older module: asked past it, the host gives the right one."""
    reader = open_page(WHOLE)
    reader.page.route(IMAGE, of_another_build, times=1)

    enter(reader)
    reader.answered()

    assert reader.state()[VOLUME] == "71000"
    assert starts(reader) == ["image", "image"]


TOLD = [
    ("**/runtime.js*", down, "a file of it did not arrive. Check the connection and try again."),
    (EVERY_WORKER, gone, "a file of it did not arrive. Check the connection and try again."),
    (WASM, down, "could not be fetched|is missing or was changed"),
    (WASM, half, "is damaged or incomplete. Check the connection and try again."),
    (re.compile(r"calculators\.wasm|pyodide\.mjs"), gone, "pyodide.mjs could not be loaded"),
    (re.compile(r"calculators\.wasm|python_stdlib\.zip"), gone, "python_stdlib.zip is missing or was changed"),
    (
        re.compile(r"calculators\.wasm|pyodide-lock\.json"),
        of_another_build,
        "of another version of this site than the page. Reload the page; what you typed stays.",
    ),
    (WORKER, altered(*NO_MEMORY), "this browser has no memory left for it. Close other tabs or programs"),
]


@pytest.mark.parametrize(
    ("piece", "broken", "words"),
    TOLD,
    ids=["no script", "no workers", "no network", "cut short", "no Pyodide", "no library", "another build", "memory"],
)
def test_where_no_start_works_it_is_told_and_a_retry_works(
    open_page: Open, piece: str | re.Pattern[str], broken: Break, words: str
) -> None:
    """In words that say what to do; the default answer stays, and so does what was typed; *Try again* works."""
    reader = open_page(WHOLE)
    before = reader.shown
    reader.page.route(piece, broken)
    if words.startswith("a file of it did not arrive") and piece != EVERY_WORKER:
        reader.page.reload()

    enter(reader)
    again = reader.status.get_by_role("button", name="Try again")
    again.wait_for(timeout=30_000)

    told = reader.status.inner_text()
    assert re.search(words, told), told
    assert "The answer below is for the standard example, not for your numbers" in told
    assert "what you typed is still in the fields" in told
    assert before == reader.shown
    assert reader.values[VOLUME] == "71k"

    reader.page.unroute(piece)
    again.click()
    reader.answered()
    assert reader.state()[VOLUME] == "71000"
    expect(reader.status).to_be_empty()


def test_a_connection_that_breaks_off_is_tried_again(open_page: Open, host: Host) -> None:
    """Half of the module, and then the connection closes: the reader is told, and the retry gets the rest."""
    host.halved = {"/assets/python/calculators.wasm", "/assets/python/pyodide.asm.wasm"}
    try:
        reader = open_page(WHOLE)
        enter(reader)
        again = reader.status.get_by_role("button", name="Try again")
        again.wait_for(timeout=30_000)
        assert "Check the connection and try again." in reader.status.inner_text()
    finally:
        host.halved = set()

    again.click()
    reader.answered()
    assert reader.state()[VOLUME] == "71000"


def test_a_browser_that_refuses_workers_is_told_of(open_page: Open) -> None:
    """No worker can be made: there is nothing to try again before the reader has allowed it."""
    reader = open_page(WHOLE)
    reader.page.add_init_script(
        "globalThis.Worker = class { constructor() { throw new DOMException('no workers', 'SecurityError'); } };"
    )
    reader.page.reload()

    enter(reader)
    reader.status.get_by_role("button", name="Try again").wait_for(timeout=10_000)

    told = reader.status.inner_text()
    assert "this browser does not let it run in a worker. Allow it in the browser’s settings" in told
    assert reader.values[VOLUME] == "71k"


def test_a_trap_after_answers_costs_no_answer(open_page: Open) -> None:
    """Python breaks at the third question: the question is asked again of a new one, and nothing is fetched again."""
    reader = open_page(WHOLE)
    third = altered(
        "function ask(text) {",
        "let asked = 0; function ask(text) { if ((asked += 1) === 3) throw new Error('broken');",
        once=True,
    )
    reader.page.route(WORKER, third)
    reader.log.expect("")
    for number in ("71k", "72k", "73k", "74k"):
        reader.change(VOLUME, number)

    assert reader.state()[VOLUME] == "74000"
    assert starts(reader) == ["image"]
    assert len(reader.marks("ready")) == 2


def test_where_python_fails_at_a_part_it_is_told_and_a_retry_brings_it(open_page: Open) -> None:
    """The first part stands and holds; what is missing says that it is still being worked out."""
    reader = open_page(WHOLE)
    fails = altered(
        SLICE,
        f"""if (part === "tips" && !globalThis.hasFailed) {{
            globalThis.hasFailed = true;
            throw new PythonError("on purpose");
        }}
        {SLICE}""",
    )
    reader.page.route(WORKER, fails)

    enter(reader)
    again = reader.status.get_by_role("button", name="Try again")
    again.wait_for(timeout=30_000)
    told = reader.status.inner_text()

    assert "has no answer for these numbers" in told
    assert "The answer below still holds for the numbers in the fields." in told
    assert reader.state()[VOLUME] == "71000"
    expect(reader.slot("tips")).to_have_text("checking …")
    assert reader.slot("robust").inner_text() != "checking …", "What came before it stays."
    again.click()
    reader.settled()
    assert reader.slot("tips").inner_text() != "checking …"
    expect(reader.status).to_be_empty()


BREAKS = (
    SLICE,
    f"""if (part === "tips") {{
        globalThis.postMessage({{ type: "broken", detail: "on purpose" }});
        return;
    }}
    {SLICE}""",
)
"""In either worker: it breaks when it comes to the tips."""


def test_where_a_worker_breaks_at_a_part_the_next_one_goes_on_with_it(open_page: Open) -> None:
    """The reader sees nothing of it, and no part comes twice."""
    reader = open_page(WHOLE)
    reader.page.route(WORKER, altered(*BREAKS, once=True))

    enter(reader)
    reader.settled()

    assert len(reader.marks("ready")) == 2
    assert len(reader.marks("answer")) == 1, "The first part has come."
    parts = json.loads(answer(f"{SLUG}?{VOLUME}=71000"))["parts"]
    assert parts == [mark["part"] for mark in reader.marks("part")]
    expect(reader.status).to_be_empty()


def test_where_every_start_breaks_at_a_part_it_is_told_and_a_retry_goes_on_with_it(open_page: Open) -> None:
    """No worker survives it; the next one is asked for that part, and not for the first again."""
    reader = open_page(WHOLE)
    reader.page.route(EVERY_WORKER, altered(*BREAKS))

    enter(reader)
    again = reader.status.get_by_role("button", name="Try again")
    again.wait_for(timeout=60_000)
    assert "The calculator has stopped" in reader.status.inner_text()
    expect(reader.slot("tips")).to_have_text("checking …")
    answers = len(reader.marks("answer"))

    reader.page.unroute(EVERY_WORKER)
    again.click()
    reader.settled()
    assert len(reader.marks("answer")) == answers
    expect(reader.status).to_be_empty()


@pytest.mark.parametrize("now", ["0", "4e12"], ids=["1970", "2096"])
def test_a_wrong_clock_changes_nothing(open_page: Open, now: str) -> None:
    """Neither the page's clock nor Python's has a part in an answer, and no file is refused for its age."""
    reader = open_page(WHOLE)
    reader.page.route(WORKER, altered("now: () => Date.now()", f"now: () => {now}"))
    reader.page.add_init_script(f"Date.now = () => {now};")
    reader.page.reload()

    reader.change(VOLUME, "71k")

    newest = len(catalog.calculator(SLUG).starts)
    expected = json.loads(answer(f"{SLUG}?d={newest}&{VOLUME}=71000"))
    assert expected["query"] == reader.query
    assert expected["says"].split(":")[0] in reader.verdict
    assert set(starts(reader)) == {"image"}


def test_two_tabs_do_not_share_their_numbers(open_page: Open) -> None:
    """Each has a Python of its own, and each keeps what was typed in it through a reload."""
    here = open_page(WHOLE)
    there = Reader(here.page.context.new_page(), here.log, here.home)
    there.page.goto(f"{here.home}/")
    here.change(VOLUME, "71k")
    there.change(VOLUME, "72k")
    there.page.reload()
    there.answered()

    assert (here.state()[VOLUME], there.state()[VOLUME]) == ("71000", "72000")


def test_back_to_a_page_that_was_put_aside_goes_on(playwright: Playwright, host: Host, log: Log) -> None:
    """Back on a page, be it kept by the browser with its worker or not, the numbers are there and answered."""
    remembering = playwright.chromium.launch(
        executable_path=executable(),
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    reader = opened(remembering, host, log, "/")
    reader.change(VOLUME, "71k")
    reader.page.goto(f"{host.url}/reference/")
    # Nothing loads where it was put aside; a browser that forgets it opens the page anew.
    reader.page.go_back(wait_until="commit")
    reader.answered()
    assert reader.state()[VOLUME] == "71000"

    reader.change(VOLUME, "72k")
    assert reader.state()[VOLUME] == "72000"
    assert [] == log.unexpected()
    remembering.close()


def test_hundreds_of_answers_take_no_more_memory(open_page: Open) -> None:
    """
    A bounded part of `tools/bench --soak 10000`, parts that are begun and never ended among them:
    after the first hundred, Python's memory grows by no more than 2 MiB.
    """
    reader = open_page("/404.html")
    scenarios = (f"{SLUG}?{VOLUME}={1000 + 17 * number}" for number in range(200))
    requests = [request for scenario in scenarios for request in (scenario, f"{scenario}&part=tips")]
    memory: list[int] = reader.page.evaluate(MEMORY, requests)

    assert len(memory) == len(requests)
    assert memory[-1] - memory[99] <= 2 * 2**20
    assert memory[-1] < 26 * 2**20
