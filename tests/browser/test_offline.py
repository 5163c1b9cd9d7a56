"""After one visit the site works without a network, one build at a time, and no fault of keeping it costs a reader."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from chromium import ARGUMENTS, executable
from tests.browser.deployment import MODULE, Deployment, another_build, deployed
from tests.browser.reader import SECTION, VOLUME, Log, Reader, opened
from tests.site.pages import pages

LATE = "assets/python/pyodide."
GIVEN = "(url) => fetch(url).then(({ ok }) => ok, () => false)"
"""Whether a page is given a file."""

type Visit = Callable[..., Reader]

NEWER = re.compile(r"^A newer version is there\. Load it$")
KEPT = re.compile(r"^Works offline now: \d+\.\d MB kept in this browser\. What that means$")


def downloaded(page: Page, link: Locator, tries: int = 3) -> bytes:
    """What a link downloads. On a busy machine Chromium cancels one now and then: whoever pressed it presses again."""
    with page.expect_download() as download:
        link.click()
    if tries > 1 and download.value.failure() == "canceled":
        return downloaded(page, link, tries - 1)
    return download.value.path().read_bytes()


@pytest.fixture(scope="module")
def first(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build without Python and what else is heavy."""
    return another_build(site, tmp_path_factory.mktemp("builds") / "first", "first")


@pytest.fixture(scope="module")
def second(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build that comes after it."""
    return another_build(site, tmp_path_factory.mktemp("builds") / "second", "second")


@pytest.fixture
def host(first: Path) -> Iterator[Deployment]:
    """A host with the first build."""
    with deployed(first) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, host: Deployment, log: Log) -> Iterator[Visit]:
    """Open pages in a browser that may keep them; nothing may go to another host, and no script may fail."""
    log.expect("Failed to load resource", "net::ERR", "An unknown error occurred when fetching the script")

    def opening(path: str = "/", **options: Any) -> Reader:  # noqa: ANN401  # as Playwright names them
        return opened(browser, host, log, path, service_workers="allow", **options)

    yield opening
    for context in browser.contexts:
        context.close()
    assert [] == log.foreign(host.url)
    assert [] == log.unexpected()


def kept(page: Page) -> None:
    """Wait until the page says that it is kept."""
    expect(page.locator("footer [data-offline]")).to_have_text(KEPT, timeout=20_000)


def told_in_footer(page: Page, words: str) -> None:
    """Wait until the page says that, softly."""
    expect(page.locator("footer [data-offline]")).to_contain_text(words, timeout=10_000)


def newer(page: Page, words: re.Pattern[str] = NEWER) -> None:
    """Wait until the page says that it was overtaken."""
    expect(page.locator(".newer")).to_have_text(words, timeout=10_000)


def load_it(page: Page) -> None:
    """Press the button under the header, and wait for the page to be loaded anew."""
    with page.expect_event("load"):
        page.get_by_role("button", name="Load it").click()


def look_for_update(page: Page) -> None:
    """What a browser does by itself when a page is opened, some seconds later."""
    page.evaluate(
        "() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => {}, () => {})"
    )


def which(page: Page) -> tuple[str, str]:
    """The build of the page, and that of a module which it loads now."""
    page.wait_for_load_state("load")
    found: list[str] = page.evaluate(
        "(module) => import(new URL(module, document.querySelector('link[rel=icon]').href).href)"
        ".then(({ which }) => [document.documentElement.dataset.which, which])",
        f"../../{MODULE}",
    )
    return found[0], found[1]


def stored(page: Page) -> tuple[int, list[str]]:
    """How many service workers there are, and the caches by name."""
    found: list[Any] = page.evaluate(
        "() => Promise.all([navigator.serviceWorker.getRegistrations().then((all) => all.length), caches.keys()])"
    )
    return found[0], found[1]


def test_everything_works_without_a_network(
    site: Path, tmp_path: Path, visit: Visit, host: Deployment, log: Log
) -> None:
    """After one visit: every page, a colleague's link, Python, the diagram, search, downloads."""
    host.folder = another_build(site, tmp_path / "whole", "whole", light=False)
    page = visit("/reference/").page
    kept(page)
    # What only the second way to start needs is kept when it is asked for, if it is this build's.
    late = host.folder / f"{LATE}mjs"
    right = late.read_text(encoding="utf-8")
    assert f"/{LATE}mjs" not in host.asked
    for text in (right + "\n", right):
        late.write_text(text, encoding="utf-8")
        assert page.evaluate(GIVEN, f"{host.url}/{LATE}mjs") is (text == right)
    host.down = True
    page.context.set_offline(offline=True)

    for path in pages():
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        answer = page.goto(f"{host.url}/{address}", wait_until="commit")
        assert answer, address
        assert (answer.ok, answer.from_service_worker) == (True, True), address
    assert page.goto(f"{host.url}/reference"), "An address without its last slash leads to the page."
    assert page.url == f"{host.url}/reference/"

    page.goto(f"{host.url}/reference/prices/")
    asked = [*host.refused]
    prices = downloaded(page, page.locator("a[download][href$='model-prices.csv']").first)
    assert prices == (site / "data" / "model-prices.csv").read_bytes()
    # What Chromium cancels it asks the host for, past the page.
    host.refused[:] = asked

    reader = Reader(page, log, host.url)
    page.goto(f"{host.url}/#{SECTION}?{VOLUME}=70000")
    reader.answered()
    assert reader.focus == SECTION
    assert reader.state()[VOLUME] == "70000"
    reader.change(VOLUME, "71k")
    assert [True, False] == [page.evaluate(GIVEN, f"{host.url}/{LATE}{name}") for name in ("mjs", "asm.wasm")]

    page.locator(".mermaid").first.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('div.mermaid')?.getBoundingClientRect().height > 100")
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("throughput")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert {*host.refused} <= {"/sw.js", f"/{LATE}asm.wasm"}, "Only the browser looks for a newer build."

    page.context.set_offline(offline=False)
    host.down = False
    worker, *_ = [each for each in page.workers if each.url.endswith("/worker.js")]
    log.expect("policy", "Content Security Policy")
    for address, answers in ((f"{host.url}/reference/", True), (f"http://127.0.0.1:{host.server_port}/canary", False)):
        found = worker.evaluate("(url) => fetch(url).then(() => true, () => false)", address)
        assert found is answers, "The policy binds the worker that the service worker gives."
    assert "/canary" not in host.asked
    log.requests[:] = [url for url in log.requests if not url.endswith("/canary")]


SLOW_DISK = """
    const wait = () => new Promise((resolve) => setTimeout(resolve, 1000));
    const { compileStreaming } = WebAssembly;
    WebAssembly.compileStreaming = (response) => wait().then(() => compileStreaming(response));
    const { read } = ReadableStreamDefaultReader.prototype;
    ReadableStreamDefaultReader.prototype.read = function () { return wait().then(() => read.call(this)); };
"""
"""Of what is read, nothing comes for a second."""


def test_what_is_kept_is_waited_for(site: Path, tmp_path: Path, visit: Visit, host: Deployment) -> None:
    """However slow a machine reads it: a smaller form of Python that only the host has is of no use."""
    host.folder = another_build(site, tmp_path / "whole", "whole", light=False)
    reader = visit("/reference/")
    kept(reader.page)
    host.down = True

    reader.page.add_init_script(SLOW_DISK)
    reader.page.goto(f"{host.url}/#{SECTION}?{VOLUME}=70000")
    reader.answered()

    assert reader.state()[VOLUME] == "70000"
    assert {*host.refused} <= {"/sw.js"}, "Only the browser looks for a newer build."


@pytest.mark.parametrize("how", ["{ saveData: true, effectiveType: '4g' }", "{ effectiveType: '3g' }"])
def test_nothing_is_asked_of_who_saves_data_or_waits_for_it(browser: Browser, host: Deployment, how: str) -> None:
    """Not even the module that would ask; on a slow line it waits until Python was wanted."""
    fresh = browser.new_context()
    fresh.add_init_script(f"Object.defineProperty(navigator, 'connection', {{ value: {how} }})")
    host.asked.clear()
    saving = fresh.new_page()
    saving.goto(f"{host.url}/reference/")
    saving.wait_for_load_state("networkidle")
    saving.wait_for_timeout(500)

    assert "/assets/javascripts/page.js" in host.asked
    assert not {"/sw.js", "/assets/javascripts/offline.js"} & set(host.asked)
    assert (0, []) == stored(saving)
    fresh.close()


def test_a_new_build_replaces_the_old_one_whole(visit: Visit, host: Deployment, second: Path) -> None:
    """Until the reader loads it, page and module are the old ones; then both are new, and what was typed is there."""
    reader = visit("/")
    page = reader.page
    kept(page)
    reader.field(VOLUME).fill("71k")
    host.folder = second
    host.asked.clear()
    look_for_update(page)
    newer(page)
    fetched = set(host.asked)

    assert which(page) == ("first", "first")
    page.goto(f"{host.url}/reference/")
    assert which(page) == ("first", "first")
    page.go_back()
    newer(page)
    assert f"/{MODULE}" in fetched
    assert "/assets/javascripts/page.js" not in fetched, "What has not changed is not fetched again."

    load_it(page)
    assert which(page) == ("second", "second")
    assert reader.field(VOLUME).input_value() == "71k"
    kept(page)
    workers, caches = stored(page)
    assert (workers, len(caches)) == (1, 1), "Of the old build nothing is left."


def test_two_tabs_move_together(visit: Visit, host: Deployment, second: Path) -> None:
    """A tab never keeps an old page beside the new build's files; what was typed in it comes back."""
    here = visit("/")
    kept(here.page)
    there = Reader(here.page.context.new_page(), here.log, here.home)
    there.page.goto(f"{host.url}/")
    kept(there.page)
    there.field(VOLUME).fill("72k")
    host.folder = second
    look_for_update(here.page)
    newer(there.page)

    with there.page.expect_event("load"):
        load_it(here.page)

    assert which(here.page) == ("second", "second")
    assert which(there.page) == ("second", "second")
    assert there.field(VOLUME).input_value() == "72k"


def test_the_newest_build_is_there_once_every_tab_was_closed(visit: Visit, host: Deployment, second: Path) -> None:
    """Nobody needs to press anything."""
    page = visit("/reference/").page
    kept(page)
    host.folder = second
    look_for_update(page)
    newer(page)
    context = page.context
    page.close()

    page = context.new_page()
    page.wait_for_timeout(300)
    page.goto(f"{host.url}/reference/")
    assert which(page) == ("second", "second")


def test_a_page_of_another_build_never_gets_through(visit: Visit, host: Deployment, second: Path) -> None:
    """A page that only the newer build has is not shown with the old one's files; another site's page is."""
    page = visit("/reference/").page
    kept(page)
    shutil.copytree(second / "reference" / "terms", second / "reference" / "only-newer", dirs_exist_ok=True)
    (second / "other.html").write_text("<!doctype html><title>Other</title>", encoding="utf-8")
    host.folder = second

    answer = page.goto(f"{host.url}/reference/only-newer/")
    assert answer
    assert answer.status == 404
    assert page.locator("html").get_attribute("data-which") == "first"
    newer(page)
    load_it(page)
    assert which(page) == ("second", "second")
    page.goto(f"{host.url}/other.html")
    assert page.title() == "Other"


def test_half_a_deployment_is_not_kept(visit: Visit, host: Deployment, second: Path, tmp_path: Path) -> None:
    """A host with files of two builds: the old one stays whole, that is told, and the way out needs no settings."""
    page = visit("/reference/").page
    kept(page)
    mixed = shutil.copytree(second, tmp_path / "mixed")
    shutil.copy(host.folder / MODULE, mixed / MODULE)
    host.folder = mixed
    look_for_update(page)
    newer(page, re.compile(r"but a file that arrived is not part of it\. Load it$"))

    host.down = True
    assert which(page) == ("first", "first")
    page.get_by_role("button", name="Load it").click()
    newer(page, re.compile(r"but the connection is not\. What is kept goes on working\. Load it$"))
    assert which(page) == ("first", "first")

    host.down = False
    load_it(page)
    assert page.locator("html").get_attribute("data-which") == "second"
    told_in_footer(page, "Not kept for use offline: a file that arrived is of another version.")
    assert stored(page)[1] == []


def test_a_connection_that_breaks_off_leaves_nothing_half(visit: Visit, host: Deployment, second: Path) -> None:
    """The first time nothing is kept, and the next visit tries again; later the old build stays whole."""
    host.cut = {f"/{MODULE}"}
    page = visit("/reference/").page
    told_in_footer(page, "Not kept for use offline: the connection broke off. It is tried again at the next visit.")
    assert stored(page) == (0, [])

    host.cut = set()
    page.reload()
    kept(page)
    host.folder = second
    host.cut = {f"/{MODULE}"}
    look_for_update(page)
    page.wait_for_function("() => caches.keys().then((names) => names.length === 1)")
    host.down = True
    page.reload()
    assert which(page) == ("first", "first")
    expect(page.locator(".newer")).to_have_count(0)


def test_a_full_disk_is_told(visit: Visit, host: Deployment, second: Path) -> None:
    """Without room nothing is kept, nothing else changes; without room for two the old one stays and can be left."""
    reader = visit("/404.html")
    page = reader.page
    kept(page)
    disk = page.context.new_cdp_session(page)

    used: int = page.evaluate("() => navigator.storage.estimate().then(({ usage }) => usage)")

    def room(size: int) -> None:
        disk.send("Storage.overrideQuotaForOrigin", {"origin": host.url, "quotaSize": size})

    room(used * 3 // 2)
    host.folder = second
    look_for_update(page)
    newer(page, re.compile(r"but this browser has no room to keep both\. Load it$"))
    assert which(page) == ("first", "first")
    room(used // 2)
    load_it(page)
    assert page.locator("html").get_attribute("data-which") == "second"
    told_in_footer(page, "Not kept for use offline: this browser has no room for its ")
    assert stored(page) == (0, [])


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("delete Navigator.prototype.serviceWorker", id="there are none"),
        pytest.param("navigator.serviceWorker.register = () => Promise.reject(new Error('no'))", id="switched off"),
    ],
)
def test_a_browser_without_service_workers_is_no_worse_off(
    browser: Browser, host: Deployment, log: Log, script: str
) -> None:
    """Nothing is told, nothing fails."""
    reader = opened(browser, host, log, "/404.html", service_workers="allow")
    reader.page.add_init_script(script)
    reader.page.goto(f"{host.url}/reference/")
    reader.page.wait_for_load_state("networkidle")
    reader.page.wait_for_timeout(300)

    assert reader.page.locator("footer [data-offline]").inner_text() == ""
    assert which(reader.page) == ("first", "first")
    assert [] == log.unexpected()


def test_a_build_without_it_removes_what_was_kept(visit: Visit, host: Deployment, first: Path, tmp_path: Path) -> None:
    """The worker without a list, as live reload and OFFLINE=no serve it, clears up and goes; open pages come anew."""
    page = visit("/reference/").page
    kept(page)
    without = shutil.copytree(first, tmp_path / "without")
    for path in without.rglob("*.html"):
        html = re.sub(r'<meta name="build" content="\w+">', "", path.read_text(encoding="utf-8"))
        path.write_text(html.replace('data-which="first"', 'data-which="without"'), encoding="utf-8")
    (without / "sw.js").write_text((without / "sw.js").read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    host.folder = without
    with page.expect_event("load"):
        look_for_update(page)

    expect(page.locator("html")).to_have_attribute("data-which", "without")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert stored(page) == (0, [])
    assert host.asked.count("/reference/") > 0


def test_a_reader_can_remove_it(visit: Visit) -> None:
    """One button, and nothing is kept any more until they want it again."""
    page = visit("/reference/offline/").page
    kept(page)
    expect(page.locator("article [data-offline]")).to_have_text(KEPT)
    page.get_by_role("button", name="Remove it, and keep nothing from now on").click()
    told_in_footer(page, "Nothing is kept for use without a network.")
    assert stored(page) == (0, [])

    page.reload()
    again = page.get_by_role("button", name="Keep it again")
    again.wait_for()
    page.wait_for_timeout(300)
    assert stored(page) == (0, [])
    again.click()
    kept(page)


def test_an_emptied_cache_is_no_dead_end(visit: Visit, host: Deployment) -> None:
    """Where somebody emptied the cache, the page comes from the network, and is kept anew."""
    page = visit("/reference/").page
    kept(page)
    page.evaluate("() => caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")

    page.goto(f"{host.url}/reference/terms/")
    assert page.locator("h1").inner_text()
    page.reload()
    kept(page)


def test_it_keeps_to_its_path_and_to_plain_requests(
    visit: Visit, host: Deployment, first: Path, tmp_path: Path
) -> None:
    """Under a path, the worker has nothing to do with what is beside it, nor with parts of files, heads and posts."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "tuning").symlink_to(first)
    (tmp_path / "index.html").write_text("<!doctype html><title>Beside</title>", encoding="utf-8")
    host.folder = tmp_path
    page = visit("/guides/tuning/reference/").page
    kept(page)
    scope = page.evaluate("() => navigator.serviceWorker.getRegistration().then((found) => found.scope)")
    assert scope == f"{host.url}/guides/tuning/"

    host.asked.clear()
    page.evaluate(
        """async (page) => {
            await fetch(page);
            await fetch(page, { headers: { Range: "bytes=0-9" } });
            await fetch(page, { method: "POST", body: "x" });
        }""",
        f"{scope}reference/terms/",
    )
    path = "/guides/tuning/reference/terms/"
    assert [path, f"POST {path}"] == [asked for asked in host.asked if asked.endswith(path)]
    page.goto(f"{host.url}/")
    assert page.title() == "Beside"
    host.down = True
    page.goto(f"{scope}reference/terms/#reference?{VOLUME}=1")
    assert page.locator("html").get_attribute("data-which") == "first"


def test_a_page_from_the_back_forward_cache_is_not_an_old_one(
    playwright: Playwright, host: Deployment, second: Path, log: Log
) -> None:
    """Back to a page that the browser had put aside, after a newer build was loaded: it is the newer build's."""
    remembering = playwright.chromium.launch(
        executable_path=executable(),
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = opened(remembering, host, log, "/reference/", service_workers="allow").page
    kept(page)
    page.goto(f"{host.url}/reference/terms/")
    kept(page)
    host.folder = second
    look_for_update(page)
    newer(page)
    load_it(page)
    page.go_back()

    expect(page.locator("html")).to_have_attribute("data-which", "second")
    assert which(page) == ("second", "second")
    remembering.close()
