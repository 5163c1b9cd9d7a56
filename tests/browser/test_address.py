"""The address bar is the link: opened elsewhere it gives the same inputs and the same answer, whatever came before."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from calculators import catalog
from calculators.browser import answer
from calculators.calculator import LONGEST_LINK
from calculators.catalog.cost_comparison.matters import ALWAYS
from calculators.quantity import Quantity
from tests.browser.reader import SECTION, SLUG, VOLUME, WHOLE, WHOLE_SECTION, Open, Reader, meant

CALCULATOR: Final = catalog.calculator(SLUG)
NEWEST: Final = len(CALCULATOR.starts)
STANDS: Final = 300
"""How long an answer stands before the address says the same. [milliseconds]"""
RUNS: Final = 40
STEPS: Final = 8
FEW: Final = 0.3
"""How many of the edits in the short form are of what matters most. [1]"""
SHORT_LINK: Final = 140
"""Most characters of a link with one changed number, without its host."""
LONG_LINK: Final = 2_000
"""Most characters of one with sixty."""


def fragment(reader: Reader) -> tuple[str, str | None]:
    """The section that the address names, and the scenario that it carries."""
    name, mark, query = urlsplit(reader.page.url).fragment.partition("?")
    return name, query if mark else None


def stood(reader: Reader) -> None:
    """Wait until the address says what the answer does."""
    query = reader.query if reader.calculator.evaluate("(calculator) => calculator.changed") else None
    reader.until("the address follows the answer", lambda: fragment(reader)[1] == query, seconds=10)


def entries(reader: Reader) -> int:
    """How many entries the tab's history has."""
    found: int = reader.page.evaluate("() => history.length")
    return found


def test_who_changed_nothing_keeps_a_bare_address(open_page: Open) -> None:
    """Reading, touching a field and taking a change back leave the section alone."""
    reader = open_page(f"/#{SECTION}")
    reader.field(VOLUME).focus()
    reader.started()
    reader.page.wait_for_timeout(2 * STANDS)
    assert fragment(reader) == (SECTION, None)

    reader.change(VOLUME, "71k")
    stood(reader)
    assert fragment(reader)[1] is not None
    reader.page.keyboard.press("Tab")
    reader.calculator.locator(".field__was button").click()
    reader.answered()
    stood(reader)

    assert fragment(reader) == (SECTION, None)


@pytest.mark.parametrize(("path", "section"), [("/", SECTION), (WHOLE, WHOLE_SECTION)])
def test_the_address_says_what_the_answer_says(open_page: Open, path: str, section: str) -> None:
    """Without a jump, and without an entry of the history for each key."""
    reader = open_page(path)
    reader.field(VOLUME).focus()
    reader.started()
    before, place = entries(reader), reader.field(VOLUME).bounding_box()

    reader.field(VOLUME).fill("")
    for key in "71000":
        reader.page.keyboard.press(key)
    reader.answered()
    stood(reader)

    assert fragment(reader) == (section, reader.query)
    assert reader.state()[VOLUME] == "71000"
    assert entries(reader) == before + 1, "One step: this field."
    assert reader.field(VOLUME).bounding_box() == pytest.approx(place, abs=2), "The field in use stays where it is."


def test_while_a_number_is_refused_the_address_keeps_the_last_that_was_not(open_page: Open) -> None:
    """What it opens elsewhere is the answer that stands."""
    reader = open_page("/")
    reader.change(VOLUME, "71k")
    stood(reader)
    address = reader.page.url

    reader.field(VOLUME).fill("many")
    reader.answered()
    reader.page.wait_for_timeout(2 * STANDS)

    assert address == reader.page.url


def test_back_goes_by_steps_that_a_reader_would_name(open_page: Open) -> None:
    """Landing, one field, another one, a preset: each is a step, and comes back with its numbers and its address."""
    reader = open_page(f"/#{SECTION}")
    states, addresses = [meant(f"d={NEWEST}")], [reader.page.url]

    def note() -> None:
        reader.answered()
        stood(reader)
        states.append(reader.state())
        addresses.append(reader.page.url)

    def came(place: int) -> None:
        reader.until("a step restores its numbers", lambda: reader.state() == states[place])
        reader.answered()
        stood(reader)
        assert addresses[place] == reader.page.url

    reader.change(VOLUME, "71k")
    reader.change(VOLUME, "72k")
    note()
    reader.change("data_place", "own")
    note()
    reader.calculator.locator("a[data-preset=brand-tone]").click()
    note()
    reader.change(VOLUME, "73k")
    note()

    for place in (3, 2, 1, 0):
        reader.page.go_back()
        came(place)
    for place in (1, 2, 3, 4):
        reader.page.go_forward()
        came(place)


@pytest.mark.parametrize("refusal", ["throw new DOMException('too often', 'SecurityError')", "return undefined"])
def test_a_browser_that_refuses_is_asked_again(open_page: Open, refusal: str) -> None:
    """Some throw where the address changes too often, some do nothing in silence; the answer comes all the same."""
    reader = open_page("/")
    reader.page.evaluate(
        f"""() => {{
            const replace = history.replaceState.bind(history);
            window.allow = () => {{ history.replaceState = replace; }};
            history.replaceState = () => {{ {refusal}; }};
        }}"""
    )
    reader.change(VOLUME, "71k")
    reader.page.wait_for_timeout(2 * STANDS)
    refused = fragment(reader)[1]
    reader.page.evaluate("() => allow()")

    stood(reader)
    assert refused is None
    assert f"{VOLUME}=71000" in (fragment(reader)[1] or "")


def test_who_reads_elsewhere_keeps_that_address(open_page: Open) -> None:
    """A click in the table of contents stands until a number is changed again."""
    reader = open_page("/")
    reader.change(VOLUME, "71k")
    stood(reader)
    reader.page.evaluate("() => document.querySelector('a[href$=\"#tldr\"]').click()")
    reader.page.wait_for_timeout(2 * STANDS)
    assert fragment(reader) == ("tldr", None)

    reader.change(VOLUME, "72k")
    stood(reader)
    assert fragment(reader)[0] == SECTION
    reader.page.go_back()
    reader.until("back leads to where the reader was", lambda: fragment(reader) == ("tldr", None))


def test_a_figure_of_the_answer_leaves_the_address_alone(open_page: Open) -> None:
    """What leads from one place of the calculator to another is no other address."""
    reader = open_page(WHOLE)
    reader.change(VOLUME, "71k")
    stood(reader)
    address = reader.page.url

    reader.answer.locator("a.figure").first.click()
    reader.answer.locator("a.word").first.click()

    assert address == reader.page.url


def test_one_changed_number_makes_a_short_link(open_page: Open) -> None:
    """Short enough for any message."""
    reader = open_page("/")
    reader.change(VOLUME, "3M")
    stood(reader)

    assert len(reader.page.url.removeprefix(reader.home)) < SHORT_LINK


def test_sixty_changed_inputs_and_more() -> None:
    """Sixty make a link that mail programs leave whole or nearly; of any longer one the answer says how long it is."""
    numbers = [
        item
        for item in CALCULATOR.inputs.values()
        if isinstance(item.kind, Quantity)
        and not item.optional
        and not item.name.endswith(("_tokens", "gpus_per_replica"))
    ]
    query = f"d={NEWEST}"
    scenario = CALCULATOR.decode(query)
    many = 0
    for item in numbers:
        assert isinstance(item.kind, Quantity)
        value = getattr(scenario.groups[item.group], item.name)
        other = min(value + 1, item.kind.maximum) if item.kind.whole else min(value * 0.9 + 0.01, item.kind.maximum)
        tried = CALCULATOR.change(scenario, item.name, int(other) if item.integer else other)
        if not list(CALCULATOR.check(tried.groups)):
            scenario = tried
        many = len(CALCULATOR.differing(scenario))
        if many == 60:
            break
    link = CALCULATOR.encode(scenario)

    assert many == 60
    assert len(f"{WHOLE}#{WHOLE_SECTION}?{link}") < LONG_LINK
    told = json.loads(answer(f"{SLUG}?{link}"))["patches"]["answer"]
    assert (len(link) > LONGEST_LINK) == (f"{len(link):,} characters" in told)


@dataclass
class Model:
    """What a tab should hold: its history, each entry a page and all inputs, and what would be undone."""

    page: str
    inputs: dict[str, str]
    entries: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    at: int = 0
    step: str = ""

    def __post_init__(self) -> None:
        self.entries = [(self.page, dict(self.inputs))]

    def push(self, page: str, inputs: dict[str, str], step: str = "") -> None:
        """Begin an entry."""
        self.entries[self.at + 1 :] = [(page, dict(inputs))]
        self.at += 1
        self.page, self.inputs, self.step = page, dict(inputs), step

    def edit(self, name: str, text: str) -> None:
        """Change an input: another one than before is a step."""
        if name != self.step:
            self.push(self.page, self.inputs, name)
        self.inputs = self.inputs | {name: text}
        self.entries[self.at] = (self.page, self.inputs)

    def go(self, by: int) -> None:
        """Go back or forward."""
        self.at += by
        self.page, self.inputs = self.entries[self.at]
        self.step = ""


EDITS: Final = {
    VOLUME: ("0", "800", "120000", "3000000"),
    "output_tokens": ("10", "400", "2000"),
    "varying_tokens": ("50", "3000"),
    "eval_hours": ("4", "60"),
    "monthly_prompt": ("1", "9"),
    "data_place": ("own", "anywhere", "region"),
    "today": ("prompt", "nothing"),
    "horizon_months": ("6", "30"),
    "shots": ("2", "9"),
}


@pytest.mark.parametrize("part", range(4))
def test_any_sequence_leaves_an_address_that_says_the_same_elsewhere(open_page: Open, part: int) -> None:
    """
    Presets, edits, undo, back, forward and the way between both sizes, in any order.

    After each step the inputs are those that the reader gave; at the end of each run Python elsewhere, given the
    address alone, has the same inputs and writes the same answer.
    """
    reader = open_page(("/", WHOLE)[part % 2])
    for run in range(part, RUNS, 4):
        _run(reader, Random(run))  # noqa: S311  # the same sequences each time


def _run(reader: Reader, random: Random) -> None:
    page = urlsplit(reader.page.url).path
    # A link that is opened in the page begins a run: what came before it is out of reach.
    reader.page.goto(f"{reader.home}{page}#{SECTION if page == '/' else WHOLE_SECTION}?d={NEWEST}")
    reader.until("the example is answered", lambda: _stands(reader) and reader.state() == meant(f"d={NEWEST}"))
    stood(reader)
    model = Model(page, meant(f"d={NEWEST}"))
    told = []
    for _ in range(STEPS):
        told.append(_step(reader, model, random))
        reader.until(f"answered after {told}", lambda: _stands(reader), seconds=40)
        assert model.inputs == reader.state(), told
    stood(reader)

    section, query = fragment(reader)
    query = f"d={NEWEST}" if query is None else query
    assert section in {"", SECTION, WHOLE_SECTION}
    assert model.inputs == meant(query), told
    reply: dict[str, Any] = json.loads(answer(f"{SLUG}?{query}"))
    values = reader.values
    assert {name: reply["values"][name] for name in values} == values, told
    for slot in ("answer", "ranking", "path"):
        shown = reader.slot(slot).inner_html().replace('href="../', 'href="')
        assert reader.page.evaluate(READ, reply["patches"][slot]) == reader.page.evaluate(READ, shown), told


# HTML as a browser reads it. A page with a diagram is served with its attributes in another order.
READ: Final = """
(html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    for (const element of made.content.querySelectorAll("*")) {
        const attributes = [...element.attributes].sort((one, other) => (one.name < other.name ? -1 : 1));
        for (const { name } of attributes) element.removeAttribute(name);
        for (const { name, value } of attributes) element.setAttribute(name, value);
    }
    return made.innerHTML;
}
"""


def _stands(reader: Reader, moment: str = "answer") -> bool:
    """Whether the page's answer, or all of it, is one to its inputs; as served, it is."""
    found: bool = reader.page.evaluate(
        """(moment) => {
            const calculator = document.querySelector("fine-tuning-calculator");
            if (calculator?.scenario === undefined) return false;
            const last = performance.getEntriesByName(`calculator:${moment}`).at(-1);
            return calculator.scenario === (last ? last.detail.scenario : calculator.dataset.query);
        }""",
        moment,
    )
    return found


def _step(reader: Reader, model: Model, random: Random) -> str:
    """Do one thing that is possible, in the page and in the model."""
    undos = reader.calculator.locator(".field__was button")
    ways = ["edit"] * 4 + ["preset"] * 2 + ["undo"] * 2 * (undos.count() > 0)
    ways += ["back"] * 2 * (model.at > 0) + ["forward"] * 2 * (model.at + 1 < len(model.entries)) + ["other"]
    match way := random.choice(ways):
        case "edit":
            # Until all parts have come, what matters most is still that of the answer before.
            shown = [name for name in EDITS if name in ALWAYS or (model.page == WHOLE and name in reader.values)]
            if random.random() < FEW and model.page != WHOLE:
                reader.until("all parts come", lambda: _stands(reader, "settled"), seconds=40)
                values = reader.values
                shown = [name for name in EDITS if name in values and name not in ALWAYS] or shown
            name = random.choice(shown)
            text = random.choice(EDITS[name])
            box = reader.field(name)
            if box.evaluate("(box) => box.tagName") == "SELECT":
                if model.inputs[name] == text:
                    return "nothing"
                box.select_option(text)
            else:
                box.fill(text)
                box.blur()
            model.edit(name, text)
            return f"{name}={text}"
        case "undo":
            undo = undos.first
            undo.evaluate("(undo) => { const group = undo.closest('details'); if (group) group.open = true; }")
            name = undo.evaluate("(undo) => undo.closest('.field').dataset.field")
            undo.click()
            reader.until("undone", lambda: _stands(reader))
            text = reader.state()[name]
            assert text != model.inputs[name]
            model.edit(name, text)
            return f"undo {name}"
        case "preset":
            others = [each for each in CALCULATOR.presets[1:] if meant(each.query) != model.inputs]
            preset = random.choice(others)
            link = reader.calculator.locator(f'a[data-preset="{preset.key}"]')
            link.evaluate("(link) => { const more = link.closest('details'); if (more) more.open = true; }")
            link.click()
            model.push(model.page, meant(preset.query))
            return preset.key
        case "other":
            page = WHOLE if model.page == "/" else "/"
            if page == WHOLE:
                reader.calculator.locator(".calculator__all a").click()
            else:
                reader.page.locator(".md-tabs a", has_text="Guide").click()
            reader.page.wait_for_url(lambda url: urlsplit(url).path == page)
            model.push(page, model.inputs)
            return page
        case _:
            model.go(-1 if way == "back" else 1)
            (reader.page.go_back if way == "back" else reader.page.go_forward)()
            reader.page.wait_for_url(lambda url: urlsplit(url).path == model.page)
            return way
