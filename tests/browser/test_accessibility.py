"""Everyone can use it: by keyboard, by thumb, with large text, in either palette, with a screen reader."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from chromium import ARGUMENTS, executable
from tests.browser.reader import SLUG, VOLUME, WHOLE, Log, Open, Reader, opened
from tests.browser.server import Host
from tests.browser.test_policy import PAGES

MANY = 1_500
"""More stops than the longest page has."""

PHONE = {"has_touch": True, "is_mobile": True}

# Rules about what is best practice and not law are left in: a failure names its rule.
CHECK = """
async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) =>
        `${id}: ${help}: ` + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
}
"""


def violations(reader: Reader, axe: str) -> list[str]:
    """What axe finds on a page as it stands."""
    if not reader.page.evaluate("() => 'axe' in window"):
        reader.page.evaluate(axe)
    found: list[str] = reader.page.evaluate(CHECK)
    return found


def opened_in_turn(reader: Reader) -> Iterator[str]:
    """Every page of the site, one after the other in one tab, with everything open."""
    for path in PAGES:
        reader.page.goto(f"{reader.home}{path}")
        reader.open_everything()
        yield path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Open, axe: str, scheme: str) -> None:
    """No violation on any page, in either palette, with every group and every ledger open."""
    reader = open_page("/404.html", color_scheme=scheme, reduced_motion="reduce")

    found = [f"{path}: {each}" for path in opened_in_turn(reader) for each in violations(reader, axe)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone_with_mistakes(open_page: Open, axe: str, scheme: str) -> None:
    """The states that a page is not served in are as accessible: mistakes told, a changed field, a changed preset."""
    reader = open_page(WHOLE, width=360, color_scheme=scheme, reduced_motion="reduce", **PHONE)
    reader.change("horizon_months", "12")
    reader.field(VOLUME).fill("many")
    reader.rested()
    reader.open_everything()

    found = violations(reader, axe)
    assert not found, "\n".join(found)


def test_no_page_scrolls_sideways_on_the_narrowest_phone(open_page: Open) -> None:
    """320 pixels are enough for every page, with everything open."""
    reader = open_page("/404.html", width=320, height=640)

    assert [] == [path for path in opened_in_turn(reader) if reader.width_needed() > 320]


def test_the_calculator_fits_the_narrowest_phone_in_every_state(open_page: Open) -> None:
    """Mistakes and long numbers do not make the page wider."""
    reader = open_page(WHOLE, width=320, height=640)
    reader.change(VOLUME, "999,999,999")
    reader.change("horizon_months", "36")
    answered = reader.width_needed()
    reader.field(VOLUME).fill("9" * 60)
    reader.rested()

    assert answered <= 320
    assert reader.width_needed() <= 320


@pytest.fixture
def large_text(playwright: Playwright, host: Host) -> Iterator[Reader]:
    """The guide, read by someone whose browser is set to letters of twice the size."""
    arguments = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    browser: Browser = playwright.chromium.launch(executable_path=executable(), args=arguments)
    log = Log()
    yield opened(browser, host, log, width=1280, height=800)
    browser.close()
    assert [] == log.unexpected()


def test_text_of_twice_the_size(large_text: Reader) -> None:
    """With letters of 200 %, nothing scrolls sideways and no label, button or field cuts its text off."""
    reader = large_text
    reader.open_everything()

    assert reader.page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
    assert reader.width_needed() <= 1280
    cut: list[str] = reader.page.evaluate(
        """() => [...document.querySelectorAll("article :is(label, button, summary, h1, h2, h3, .field__box, td, th)")]
            .filter((e) => getComputedStyle(e).overflow !== "visible" && e.clientWidth > 1
                && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert not cut, "\n".join(cut)


# Where the focus is, whether any of it can be seen, and what covers it.
SEEN = """
() => {
    const focus = document.activeElement;
    if (focus === document.body) return { name: "body", seen: true };
    const shown = [focus, ...(focus.labels ?? [])].flatMap((element) => [...element.getClientRects()]);
    const within = (element) => element !== null && (focus.contains(element) || element.contains(focus)
        || [...(focus.labels ?? [])].some((label) => label.contains(element)));
    const seen = shown.some(({ left, right, top, bottom }) =>
        [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) =>
            within(document.elementFromPoint(left + x * (right - left), top + y * (bottom - top))))));
    return {
        name: focus.id || focus.name || `${focus.tagName} ${focus.className} ${focus.textContent.trim().slice(0, 40)}`,
        seen,
        bar: document.querySelector(".answer-bar:not([hidden])") !== null,
        place: focus.getBoundingClientRect().top,
    };
}
"""


@pytest.mark.parametrize(("path", "width", "height"), [("/", 1280, 800), (WHOLE, 640, 400), (WHOLE, 390, 660)])
def test_a_walk_by_keyboard(open_page: Open, path: str, width: int, height: int) -> None:
    """
    Tab reaches every field, nothing holds the focus, and nothing hides it: not the header, not the answer bar.

    The second window is a desk at 200 %.
    """
    reader = open_page(path, width=width, height=height, reduced_motion="reduce")
    reader.open_everything()
    if reader.page.locator(".mermaid").count():
        # A diagram that is drawn during the walk moves what follows it.
        reader.page.locator(".mermaid").first.scroll_into_view_if_needed()
        reader.page.wait_for_function(
            "() => document.querySelector('div.mermaid')?.getBoundingClientRect().height > 100"
        )
    reader.page.evaluate("() => scrollTo(0, 0)")
    visited: list[dict[str, Any]] = []

    while len(visited) < MANY:
        reader.page.keyboard.press("Tab")
        if visited and visited[-1]["name"] == "query":
            # Half a second after its search is left, the theme scrolls back to where the page was.
            reader.page.wait_for_timeout(1000)
        step: dict[str, Any] = reader.page.evaluate(SEEN)
        for _ in range(6):
            if step["seen"]:
                break
            # The theme's search slides in when it takes the focus; a busy machine takes its time to scroll.
            reader.page.wait_for_timeout(500)
            step = reader.page.evaluate(SEEN)
        if step["name"] == "body":
            break
        visited.append(step)

    assert 0 < len(visited) < MANY, f"The focus must come out at the end of the page; last: {visited[-3:]}."
    unseen = [f"{step['name']} at {step['place']:.0f}" for step in visited if not step["seen"]]
    assert not unseen, "\n".join(unseen)
    fields = {f"{SLUG}-{name}" for name in reader.values}
    # A model of one's own is asked for only where it is chosen.
    hidden: set[str] = set(
        reader.calculator.evaluate(
            "(c) => [...c.querySelectorAll('input')].filter((each) => !each.checkVisibility()).map((each) => each.id)"
        )
    )
    assert fields - hidden <= {step["name"] for step in visited}
    if width < 820:
        assert any(step["bar"] for step in visited), "The answer bar must have been in sight, or this shows little."


def test_the_answer_bar_stands_in_for_a_verdict_out_of_sight(open_page: Open) -> None:
    """It is there while the questions are in view and the verdict is not, and at no other time."""
    reader = open_page(WHOLE, width=390, height=740)
    bar = reader.page.locator(".answer-bar")
    at_the_top = bar.is_visible()

    reader.calculator.locator("form > *").last.evaluate("(group) => group.scrollIntoView({ block: 'center' })")
    reader.until("the answer bar stands under the questions", bar.is_visible)
    reader.calculator.locator("[data-verdict]").scroll_into_view_if_needed()
    reader.until("the answer bar goes when the verdict is in view", lambda: not bar.is_visible())

    assert not at_the_top
    assert bar.evaluate("(bar) => bar.tagName") == "A"


def test_no_answer_bar_over_a_screen_keyboard(open_page: Open) -> None:
    """Where a keyboard leaves less than 320 pixels, the bar would cover the field."""
    reader = open_page(WHOLE, width=390, height=740)
    bar = reader.page.locator(".answer-bar")
    reader.calculator.locator("form > *").last.evaluate("(group) => group.scrollIntoView({ block: 'center' })")
    reader.until("the answer bar stands under the questions", bar.is_visible)

    reader.page.set_viewport_size({"width": 390, "height": 300})
    reader.until("the answer bar makes room", lambda: not bar.is_visible())


def test_targets_are_large_enough_for_a_thumb(open_page: Open) -> None:
    """With a coarse pointer, everything one operates answers in 44 by 44 pixels, itself or through its label."""
    reader = open_page(WHOLE, width=390, height=740, **PHONE)
    reader.open_everything()
    small: list[str] = reader.page.evaluate(
        """() => {
            const targets = "fine-tuning-calculator :is(button, summary, select, input:not([type=hidden]), .presets a),"
                + "article .copy-link";
            const misses = [];
            for (const target of document.querySelectorAll(targets)) {
                if (target.getClientRects().length === 0) continue;
                target.scrollIntoView({ block: "center", behavior: "instant" });
                const box = target.getBoundingClientRect();
                const labels = [...(target.labels ?? [])];
                const boxes = [box, ...labels.map((label) => label.getBoundingClientRect())];
                const hits = (x, y) => {
                    const hit = document.elementFromPoint(x, y);
                    return hit !== null && (target.contains(hit)
                        || hit.contains(target) && hit.matches("label, .field__box")
                        || labels.some((label) => label.contains(hit)));
                };
                // A target at the edge of the screen has its room on the other side.
                const wide = boxes.some(({ left, right, top, bottom }) => {
                    const middle = (top + bottom) / 2, centre = (left + right) / 2;
                    const reach = (dx, dy) => {
                        let far = 0;
                        while (far < 44 && hits(centre + dx * (far + 1), middle + dy * (far + 1))) far += 1;
                        return far;
                    };
                    return reach(-1, 0) + reach(1, 0) + 1 >= 43.5 && reach(0, -1) + reach(0, 1) + 1 >= 43.5;
                });
                if (!wide) misses.push(`${Math.round(box.width)}×${Math.round(box.height)} `
                    + (target.id || target.parentElement.id) + " " + target.outerHTML.slice(0, 90));
            }
            return misses;
        }"""
    )

    assert not small, "\n".join(small)


def test_links_in_ledgers_are_large_enough(open_page: Open) -> None:
    """On every page and at any width, a link in a ledger is 24 pixels high and wide, and none lies over another."""
    for width in (1280, 390):
        reader = open_page("/404.html", width=width)
        small: list[str] = []
        for path in opened_in_turn(reader):
            found: list[str] = reader.page.evaluate(
                """() => {
                    const misses = [];
                    for (const ledger of document.querySelectorAll(".ledger")) {
                        const boxes = [...ledger.querySelectorAll("a")]
                            .filter((link) => link.getClientRects().length > 0)
                            .map((link) => ({ link, box: link.getBoundingClientRect() }));
                        for (const [place, { link, box }] of boxes.entries()) {
                            if (box.width < 23.9 || box.height < 23.9)
                                misses.push(`${box.width}×${box.height} ${link.outerHTML.slice(0, 90)}`);
                            const next = boxes[place + 1]?.box;
                            if (next && next.left < box.right && next.right > box.left
                                && next.top < box.bottom - 0.5 && next.bottom > box.top)
                                misses.push(`over the next: ${link.outerHTML.slice(0, 90)}`);
                        }
                    }
                    return misses;
                }"""
            )
            small += [f"{path} at {width}: {each}" for each in found]
        assert not small, "\n".join(small[:20])


@pytest.mark.parametrize("options", [{}, {"width": 390, **PHONE}], ids=["desk", "phone"])
def test_axe_finds_no_target_too_small(open_page: Open, axe: str, options: dict[str, Any]) -> None:
    """Its rule on the size of targets, which is off unless it is asked for, holds on every page."""
    reader = open_page("/404.html", reduced_motion="reduce", **options)
    found: list[str] = []
    for path in opened_in_turn(reader):
        if not reader.page.evaluate("() => 'axe' in window"):
            reader.page.evaluate(axe)
        small: list[str] = reader.page.evaluate(
            """async () => {
                const { violations } = await axe.run(document, { runOnly: ["target-size"] });
                return violations.flatMap(({ nodes }) => nodes.map((node) => node.html.slice(0, 140)));
            }"""
        )
        found += [f"{path}: {each}" for each in small]
    assert not found, "\n".join(found[:30])


def test_reduced_motion_is_respected(open_page: Open) -> None:
    """Nothing moves for a reader who asked for stillness."""
    reader = open_page(WHOLE, reduced_motion="reduce")
    reader.change(VOLUME, "71k")

    moving: list[str] = reader.page.evaluate(
        """() => [...document.querySelectorAll("html, article, article *")].filter((element) => {
            const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element);
            const seconds = (list) => Math.max(...list.split(",").map((time) => parseFloat(time)));
            return scrollBehavior === "smooth" || seconds(transitionDuration) > 0.01
                || (animationName !== "none" && seconds(animationDuration) > 0.01);
        }).map((element) => element.outerHTML.slice(0, 100))"""
    )
    assert not moving, "\n".join(moving)


def test_forced_colours_leave_everything_visible(open_page: Open) -> None:
    """In a palette of the reader's system, fields keep their borders and pictures their lines."""
    reader = open_page(WHOLE, forced_colors="active")
    reader.open_everything()

    bare: list[str] = reader.page.evaluate(
        """() => [...document.querySelectorAll("fine-tuning-calculator .field__box")].filter((box) => {
            const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(box);
            return parseFloat(borderTopWidth) < 1 || borderTopStyle === "none" || borderTopColor === backgroundColor;
        }).map((box) => box.outerHTML.slice(0, 100))"""
    )
    assert not bare, "\n".join(bare)
    lost: list[str] = reader.page.evaluate(
        """() => [...document.querySelectorAll("fine-tuning-calculator svg :is(path, line, rect, circle, text)")]
            .filter((mark) => {
                const { fill, stroke, opacity } = getComputedStyle(mark);
                const paper = getComputedStyle(document.body).backgroundColor;
                const drawn = [fill, stroke].filter((colour) => colour !== "none");
                return mark.getClientRects().length > 0 && opacity !== "0" && drawn.length > 0
                    && drawn.every((colour) => colour === paper) && mark.matches("text");
            }).map((mark) => mark.outerHTML.slice(0, 100))"""
    )
    assert not lost, "\n".join(lost)


def test_the_languages_of_a_screen_reader(open_page: Open) -> None:
    """Every field has a name, every mistake and hint is tied to its field, and the status is a status."""
    reader = open_page(WHOLE)

    dangling: list[str] = reader.calculator.evaluate(
        """(calculator) => [...calculator.querySelectorAll("form [name]:not([hidden])")]
            .filter((field) => field.labels.length === 0
                || (field.getAttribute("aria-describedby") ?? "").split(" ")
                    .some((id) => id && !document.getElementById(id))
                || !(field.getAttribute("aria-describedby") ?? "").includes(`${field.id}-error`))
            .map((field) => field.name)"""
    )
    assert not dangling, "\n".join(dangling)
    assert reader.status.get_attribute("role") == "status"
    assert reader.answer.get_attribute("aria-label")
