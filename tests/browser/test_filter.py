"""Long lists of the reference are filtered as one types, by hand or by key; nothing that is linked to stays hidden."""

from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Locator

from tests.browser.reader import Open, Reader


class Long(NamedTuple):
    """
    A page with a long list.

    Attributes:
        path: Where it is.
        noun: What its entries are.
        words: What one looks for: in few entries, in groups not all.
        anchor: An entry without those words.
    """

    path: str
    noun: str
    words: str
    anchor: str


TERMS: Final = Long("/reference/terms/", "terms", "cache WRITE", "term-npv")
LISTS: Final = (TERMS, Long("/reference/proof/", "calculations", "pinecone", "proof-gpu-deepseek-v3"))
each_list = pytest.mark.parametrize("asked", LISTS, ids=[asked.noun for asked in LISTS])


def field(reader: Reader, asked: Long) -> Locator:
    """The field above the list, once the script has put it there."""
    found = reader.page.get_by_label(f"Filter {asked.noun}")
    found.wait_for()
    return found


def shown(reader: Reader) -> int:
    """How many entries are in sight."""
    found: int = reader.page.locator("[data-entry]:visible").count()
    return found


def said(reader: Reader) -> str:
    """What a screen reader hears of it."""
    return reader.page.locator(".filter [role=status]").inner_text()


@each_list
def test_a_list_is_filtered_by_words(open_page: Open, asked: Long) -> None:
    """What does not hold all of them goes, with its group where nothing is left in it; how many are left is told."""
    reader = open_page(asked.path)
    typed = field(reader, asked)
    everything = shown(reader)
    groups = reader.page.locator("[data-entry-group]:visible")
    before = groups.count()

    assert said(reader) == f"{everything} {asked.noun}"
    typed.press_sequentially(asked.words)
    left = shown(reader)
    held = reader.page.locator("[data-entry]:visible").evaluate_all("(all) => all.map((each) => each.textContent)")
    assert 0 < left < everything
    assert all(word in text.lower() for text in held for word in asked.words.lower().split())
    assert said(reader) == f"{left} of {everything} {asked.noun}"
    assert 0 < groups.count() < before
    assert reader.page.locator("[data-entry-group]:visible h2:visible").count() == groups.count()
    assert reader.page.locator("[data-of-all]:visible").count() == 0


@each_list
def test_escape_brings_everything_back(open_page: Open, asked: Long) -> None:
    """And the focus stays where it is."""
    reader = open_page(asked.path)
    typed = field(reader, asked)
    everything = shown(reader)

    typed.fill(asked.words)
    typed.press("Escape")

    assert typed.input_value() == ""
    assert shown(reader) == everything
    assert typed.evaluate("(field) => field === document.activeElement")


@each_list
def test_where_nothing_is_found_there_is_a_way_back(open_page: Open, asked: Long) -> None:
    """One press by keyboard, and the focus is in the field again."""
    reader = open_page(asked.path)
    typed = field(reader, asked)
    everything = shown(reader)

    typed.fill("nobody says this")
    assert shown(reader) == 0
    assert said(reader) == f"0 of {everything} {asked.noun}"
    assert reader.page.get_by_text(f"None of the {asked.noun} holds all of these words.").is_visible()
    typed.press("Tab")
    reader.page.keyboard.press("Enter")

    assert shown(reader) == everything
    assert typed.evaluate("(field) => field === document.activeElement")
    assert not reader.page.locator(".filter__nothing").is_visible()


@each_list
def test_a_link_to_what_is_hidden_shows_it(open_page: Open, asked: Long) -> None:
    """By its address, and by a link on the page that leads there a second time."""
    reader = open_page(asked.path)
    typed = field(reader, asked)
    entry = reader.page.locator(f"[id='{asked.anchor}']")
    typed.fill(asked.words)
    assert not entry.is_visible()

    reader.page.evaluate("(id) => { location.hash = id; }", asked.anchor)
    reader.until("the entry is shown again", entry.is_visible)
    reader.until("it is in sight", lambda: entry.evaluate("(each) => Math.abs(each.getBoundingClientRect().top) < 300"))
    assert typed.input_value() == ""

    group = reader.page.locator("nav[aria-label='Subjects'] a, .proof__index a").last
    for _ in range(2):
        typed.fill(asked.words)
        group.click()
        heading = reader.page.locator(f"[id='{str(group.get_attribute('href')).removeprefix('#')}']")
        reader.until("the group is shown again", heading.is_visible)
        assert typed.input_value() == ""


@each_list
def test_what_is_printed_is_what_is_seen(open_page: Open, asked: Long) -> None:
    """Everything, without a field; filtered, what is left, and how many that are."""
    reader = open_page(asked.path)
    typed = field(reader, asked)
    everything = shown(reader)

    reader.page.emulate_media(media="print")
    assert not reader.page.locator(".filter").is_visible()
    assert shown(reader) == everything
    reader.page.emulate_media(media="screen")
    typed.fill(asked.words)
    reader.page.emulate_media(media="print")
    assert not typed.is_visible()
    assert reader.page.locator(".filter [role=status]").is_visible()
    assert 0 < shown(reader) < everything


@each_list
def test_without_a_script_the_list_is_whole(open_page: Open, asked: Long) -> None:
    """And nothing is offered that would need one."""
    page = open_page(asked.path, java_script_enabled=False).page

    assert page.locator("[data-entry]:visible").count() > 0
    assert page.locator("[data-entry][hidden], [data-entry-group][hidden], .filter").count() == 0


@each_list
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_holds_the_field_and_what_is_found(open_page: Open, asked: Long, width: int) -> None:
    """Nothing scrolls sideways, whole or filtered; and the field has room for a thumb."""
    reader = open_page(asked.path, width=width, has_touch=True, is_mobile=True)
    typed = field(reader, asked)
    assert reader.width_needed() <= width
    typed.fill(asked.words)
    box = typed.bounding_box()

    assert reader.width_needed() <= width
    assert box
    assert box["height"] >= 44


def test_subjects_are_named_within_the_first_screens(open_page: Open) -> None:
    """Each is a link, and they come before the list and its field."""
    reader = open_page(TERMS.path, width=390)
    subjects = reader.page.get_by_role("navigation", name="Subjects").get_by_role("link")

    assert subjects.count() == reader.page.locator("[data-entry-group] > h2").count() > 1
    last, place = subjects.last.bounding_box(), field(reader, TERMS).bounding_box()
    assert last
    assert place
    assert last["y"] < place["y"] < 2 * 800


def test_only_pages_with_a_list_load_the_script(open_page: Open) -> None:
    """Whoever reads the guide pays nothing for it, and nothing that is typed is sent or kept."""
    reader = open_page("/")
    reader.page.wait_for_load_state("networkidle")
    assert not [url for url in reader.log.requests if url.endswith("/filter.js")]

    reader = open_page(TERMS.path)
    typed = field(reader, TERMS)
    reader.page.wait_for_load_state("networkidle")
    reader.log.requests.clear()
    typed.fill("cache")
    assert [] == reader.log.requests
    assert "cache" not in reader.page.url
