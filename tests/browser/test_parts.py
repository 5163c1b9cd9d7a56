"""An answer comes in parts: the first at once, each of the others in its place, none of an old scenario."""

import json
from itertools import pairwise

import pytest
from playwright.sync_api import Route

from calculators.browser import answer
from calculators.html import writer
from calculators.html.reply import whole
from tests.browser.reader import SLUG, VOLUME, WHOLE, WHOLE_SECTION, Open, Reader

COMING = json.loads(answer(f"{SLUG}?{VOLUME}=70000"))["parts"]
PARTS = [part for part in writer(SLUG).PARTS if part.name in COMING]
SLOTS = [slot for part in PARTS if part.awaited for slot in part.slots]
CHECKING = "checking …"
TURN = "await turn();"
SLICE = "const found = answer(request);"
LONG = 80
"""How long a slice is made to take, so that somebody can type during it. [milliseconds]"""

# Before each slice the worker waits until it is let go; which one it is, is told meanwhile.
HELD = """
    const told = new BroadcastChannel("held");
    told.postMessage(request);
    await new Promise((resolve) => { told.onmessage = resolve; });
    told.close();
"""

# Each slice takes long, and is told.
SLOW = f"""
    const told = new BroadcastChannel("held");
    told.postMessage(request);
    told.close();
    for (const end = performance.now() + {LONG}; performance.now() < end; );
    {SLICE}
"""

# In the page: the slices that were begun, and a way to let the next one go.
LISTENS = """
    const told = new BroadcastChannel("held");
    globalThis.asked = [];
    told.onmessage = ({ data }) => asked.push(data);
    globalThis.letGo = () => told.postMessage("go on");
"""


def with_worker(open_page: Open, old: str, new: str) -> Reader:
    """A reader who has changed a number, with another worker, that has come to the later parts of the answer."""

    def alter(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        assert old in text
        route.fulfill(response=response, body=text.replace(old, new))

    reader = open_page(WHOLE)
    reader.page.route("**/worker.js*", alter)
    reader.page.add_init_script(LISTENS)
    reader.page.reload()
    reader.field(VOLUME).fill("70k")
    reader.answered()
    reader.until("the worker begins with the parts to come", lambda: slices_begun(reader))
    return reader


@pytest.fixture
def waiting(open_page: Open) -> Reader:
    """A reader who has changed a number, and whose answer's later parts do not come by themselves."""
    return with_worker(open_page, TURN, HELD)


def slices_begun(reader: Reader) -> list[str]:
    """The requests for slices of later parts, so far."""
    begun: list[str] = reader.page.evaluate("() => asked")
    return begun


def let_all_go(reader: Reader) -> None:
    """Let slice after slice come until all are there."""

    def settled() -> bool:
        reader.page.evaluate("() => letGo()")
        return reader.has_come("settled")

    reader.until("all parts come once they are let go", settled)


def between(reader: Reader) -> tuple[float, float]:
    """How high the first part of the answer is, and how far below its top the table begins."""
    answer, ranking = reader.slot("answer").bounding_box(), reader.slot("ranking").bounding_box()
    assert answer
    assert ranking
    return answer["height"], ranking["y"] - answer["y"]


def test_the_first_part_stands_alone_until_the_others_come(waiting: Reader) -> None:
    """Sentence and table are there; in the other places stands that something is still being worked out."""
    first = json.loads(answer(f"{SLUG}?{waiting.query}"))

    assert waiting.verdict in waiting.slot("answer").inner_text()
    assert [CHECKING] * len(SLOTS) == [waiting.slot(slot).inner_text() for slot in SLOTS]
    assert first["parts"] == [part.name for part in PARTS]
    assert [] == waiting.marks("part")
    assert [] == waiting.marks("settled")


def test_all_parts_come_one_after_the_other(waiting: Reader) -> None:
    """In the end the page shows what Python says in one go, and one slice at a time was in the worker."""
    let_all_go(waiting)

    assert [part.name for part in PARTS] == [mark["part"] for mark in waiting.marks("part")]
    entire = json.loads(whole(f"{SLUG}?{waiting.query}"))["patches"]
    written: dict[str, str] = waiting.page.evaluate(
        """(patches) => Object.fromEntries(Object.entries(patches).map(([slot, html]) => {
            const place = document.createElement("div");
            place.innerHTML = html;
            return [slot, place.innerHTML];
        }))""",
        entire,
    )
    for slot in (*writer(SLUG).SLOTS, "details", "bar"):
        assert written[slot] == waiting.slot(slot).inner_html().replace('href="../', 'href="'), slot
    starts = [int(request.rpartition("=")[2]) for request in slices_begun(waiting)]
    assert starts.count(0) == len(PARTS)
    assert all(there in (0, here + 1) for here, there in pairwise(starts))


def test_a_new_number_drops_what_is_still_to_come(waiting: Reader) -> None:
    """It is answered while a slice is waited for, and no part of the old scenario is ever put into the page."""
    waiting.field(VOLUME).fill("80k")
    waiting.answered()
    assert [CHECKING] * len(SLOTS) == [waiting.slot(slot).inner_text() for slot in SLOTS]
    let_all_go(waiting)

    assert all(f"{VOLUME}=80k" in mark["scenario"] for mark in waiting.marks("part"))
    slices = [request for request in slices_begun(waiting) if f"{VOLUME}=70k" in request]
    assert len(slices) == 1, "Nothing more is asked of a scenario that is none any more."


def test_a_worker_that_goes_on_by_itself_hears_what_is_asked(open_page: Open) -> None:
    """A number that is typed during a slice is answered after that slice, not after the last."""
    reader = with_worker(open_page, SLICE, SLOW)
    reader.field(VOLUME).fill("80k")
    reader.answered()
    reader.settled()

    begun = slices_begun(reader)
    old, new = (sum(f"{VOLUME}={text}" in request for request in begun) for text in ("70k", "80k"))
    assert old < new
    assert all(f"{VOLUME}=80k" in request for request in begun[old:])
    assert all(f"{VOLUME}=80k" in mark["scenario"] for mark in reader.marks("settled"))
    assert len(PARTS) == sum(f"{VOLUME}=80k" in mark["scenario"] for mark in reader.marks("part"))


def test_an_answer_that_came_as_a_file_gets_no_parts_of_another(waiting: Reader) -> None:
    """A preset chosen while parts were still to come: what the worker goes on with has no place any more."""
    waiting.presets.nth(1).click()
    waiting.settled()
    shown = [waiting.slot(slot).inner_html() for slot in SLOTS]
    for _ in range(5):
        waiting.page.evaluate("() => letGo()")
        waiting.page.wait_for_timeout(50)

    assert shown == [waiting.slot(slot).inner_html() for slot in SLOTS]
    assert CHECKING not in "".join(shown)
    assert [] == waiting.marks("part")


def test_with_a_mistake_in_the_form_the_last_valid_answer_is_completed(waiting: Reader) -> None:
    """It stands on, said to be old; it does not wait for ever."""
    waiting.field(VOLUME).fill("12x")
    waiting.answered()
    let_all_go(waiting)

    assert CHECKING not in [waiting.slot(slot).inner_text() for slot in SLOTS]
    assert all(f"{VOLUME}=70k" in mark["scenario"] for mark in waiting.marks("part"))
    assert "is-stale" in (waiting.calculator.get_attribute("class") or "")


def test_nothing_moves_while_parts_are_awaited(waiting: Reader) -> None:
    """A place stays as high as it was, so that the table under it stays where it is."""
    let_all_go(waiting)
    before = between(waiting)

    waiting.field(VOLUME).fill("70001")
    waiting.answered()
    awaited = between(waiting)
    shown = [waiting.slot(slot).inner_text() for slot in SLOTS]
    let_all_go(waiting)

    assert [CHECKING] * len(SLOTS) == shown
    assert awaited == pytest.approx(before, abs=1)
    assert not waiting.page.evaluate("() => document.querySelectorAll('[data-part][style]').length")


def test_the_field_in_use_keeps_focus_and_caret_while_parts_come(waiting: Reader) -> None:
    """Parts come while somebody types on."""
    field = waiting.field(VOLUME)
    field.focus()
    waiting.page.keyboard.press("Home")
    box = field.bounding_box()
    let_all_go(waiting)

    assert f"{SLUG}-{VOLUME}" == waiting.focus
    assert waiting.page.evaluate("() => document.activeElement.selectionStart") == 0
    assert box == pytest.approx(field.bounding_box(), abs=2)


def test_an_answer_that_needs_no_python_comes_whole(open_page: Open) -> None:
    """What was served, and what the page carries for a preset, has no parts to ask for."""
    reader = open_page(WHOLE)
    assert CHECKING not in reader.calculator.inner_text()
    reader.presets.nth(1).click()
    reader.settled()

    assert CHECKING not in reader.calculator.inner_text()
    assert [] == reader.marks("part")


def test_a_link_that_speaks_of_parts_asks_for_none(open_page: Open) -> None:
    """What a link holds is a scenario, whatever its names: it is told what they mean here."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{VOLUME}=70000&part=tips&from=1")
    reader.settled()

    assert "“part” is not an input here; “from” is not an input here" in reader.calculator.inner_text()
    assert reader.state()[VOLUME] == "70000"
    assert CHECKING not in reader.calculator.inner_text()
