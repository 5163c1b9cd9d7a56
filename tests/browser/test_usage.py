"""A usage record pasted into the form: read by Python, shown before it is used, and kept nowhere."""

import json
from typing import Final

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.reader import SLUG, WHOLE, WHOLE_SECTION, Open, Reader

MARK: Final = "a-mark-that-nobody-else-writes"
"""Stands in the pasted text, to be looked for where the text must not be."""
RECORD: Final = json.dumps(
    {
        "id": MARK,
        "usage": {
            "prompt_tokens": 20_212,
            "prompt_tokens_details": {"cached_tokens": 16_298},
            "completion_tokens": 931,
        },
    }
)
SET: Final = {
    "fixed_tokens": "16298",
    "varying_tokens": "3914",
    "output_tokens": "931",
    "reasoning_tokens": "0",
    "cache_hit_share": "1",
}
LEAST_TARGET: Final = 44
"""Height of what a finger hits. [CSS pixel]"""


def text_field(reader: Reader) -> Locator:
    """The field for the record."""
    return reader.page.locator(f"#{SLUG}-pasted")


def opened(open_page: Open, **options: object) -> Reader:
    """A page whose field for a record is open."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}", **options)
    reader.page.locator(f"#{SLUG}-paste > summary").click()
    return reader


def read(reader: Reader, text: str) -> Locator:
    """Paste a text, have it read, and return what is said of it."""
    text_field(reader).fill(text)
    reader.page.locator(f'[data-reads="{SLUG}-pasted"]').click()
    said = reader.slot("usage")
    reader.until("a usage record is read", lambda: said.locator("ul, .field__error").count() > 0, seconds=40)
    return said


def test_it_is_one_line_until_it_is_opened(open_page: Open) -> None:
    """A reader who has no record passes one line."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}")

    assert text_field(reader).is_hidden()
    line = reader.page.locator(f"#{SLUG}-paste").bounding_box()
    assert line is not None
    assert line["height"] <= LEAST_TARGET


def test_what_was_understood_is_shown_before_it_is_used(open_page: Open) -> None:
    """The fields change when the reader says so, and not before."""
    reader = opened(open_page)
    before = reader.values
    said = read(reader, RECORD)

    expect(said).to_contain_text("cached tokens are inside the prompt’s count")
    expect(said).to_contain_text("16,298 read from the cache")
    assert before == reader.values
    said.get_by_role("button", name="Use these").click()
    reader.answered()
    state = reader.state()

    assert {name: state.get(name) for name in SET} == SET


def test_a_wrong_paste_says_what_to_paste(open_page: Open) -> None:
    """And sets nothing; a right one then takes the message's place."""
    reader = opened(open_page)
    said = read(reader, "CompletionUsage(prompt_tokens=3)")

    expect(said).to_contain_text("is not JSON")
    expect(said).to_contain_text("paste the usage object")
    assert said.get_by_role("button").count() == 0
    expect(read(reader, RECORD).get_by_role("button")).to_be_visible()


def test_the_text_is_kept_nowhere(open_page: Open) -> None:
    """No link, no storage, no entry of the history, no request holds it; nor does the field after a reload."""
    reader = opened(open_page)
    read(reader, RECORD).get_by_role("button").click()
    reader.settled()
    kept: str = reader.page.evaluate(
        """() => JSON.stringify([location.href, history.state, {...localStorage}, {...sessionStorage},
            document.cookie, ...performance.getEntriesByType("resource").map(({ name }) => name)])"""
    )

    assert MARK not in kept
    assert MARK not in (reader.query or "")
    assert not [url for url in reader.log.requests if MARK in url]
    reader.page.reload()
    assert text_field(reader).input_value() == ""


def test_a_keyboard_is_enough(open_page: Open) -> None:
    """Open, type, read, use: each is the next stop of the tab key, and the focus stays where the reader was."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}")
    keyboard = reader.page.keyboard
    reader.page.locator(f"#{SLUG}-paste > summary").focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    assert reader.focus == f"{SLUG}-pasted"
    keyboard.insert_text(RECORD)
    keyboard.press("Tab")
    keyboard.press("Enter")
    reader.until("a usage record is read", lambda: reader.slot("usage").locator("ul").count() > 0, seconds=40)
    keyboard.press("Tab")
    assert reader.focus == "usage-sets"
    keyboard.press("Enter")
    reader.answered()

    assert reader.focus == "usage-sets"
    assert reader.state()["varying_tokens"] == SET["varying_tokens"]


def test_a_screen_reader_is_told(open_page: Open) -> None:
    """The field has a name and a hint, and what is said of it stands in a live region that was there before."""
    reader = opened(open_page)

    assert reader.page.get_by_label("What your vendor’s API returned").count() == 1
    hint = text_field(reader).get_attribute("aria-describedby")
    assert "enters no link" in reader.page.locator(f"#{hint}").inner_text()
    assert reader.slot("usage").get_attribute("role") == "status"


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_it_fits_a_narrow_phone(open_page: Open, options: dict[str, str]) -> None:
    """Nothing of it is wider than 320 pixels, and the field has a border, whatever the palette."""
    reader = opened(open_page, width=320, height=640, **options)
    read(reader, RECORD)
    border, paper = text_field(reader).evaluate(
        "(field) => { const { borderTopColor, backgroundColor } = getComputedStyle(field);"
        " return [borderTopColor, backgroundColor]; }"
    )

    assert reader.width_needed() <= 320
    assert border != paper


def test_without_a_script_it_is_not_there(open_page: Open) -> None:
    """Nobody else could read the record."""
    reader = open_page(WHOLE, java_script_enabled=False)

    assert reader.page.locator(f"#{SLUG}-paste").is_hidden()
