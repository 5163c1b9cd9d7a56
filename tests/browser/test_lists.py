"""Long lists: a word typed above one leaves in it what holds the word, and changes nothing else."""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.reader import SLUG, WHOLE, WHOLE_SECTION, Open, Reader

NAME: Final = "prompted_model"


@pytest.fixture
def reader(open_page: Open) -> Reader:
    """A reader with the models' group open."""
    found = open_page(WHOLE)
    found.field(NAME)
    return found


def word(reader: Reader) -> Locator:
    """The field above the list."""
    return reader.page.locator(f"#{SLUG}-{NAME}-filter")


def left(reader: Reader) -> Locator:
    """What says how many are left."""
    return reader.page.locator(f'[data-field="{NAME}"] [role=status]')


def options(reader: Reader) -> list[str]:
    """The words of the options that are in the list."""
    found: list[str] = reader.field(NAME).evaluate("(list) => [...list.options].map((option) => option.text)")
    return found


def headings(reader: Reader) -> list[str]:
    """The headings that are in the list."""
    found: list[str] = reader.field(NAME).evaluate(
        "(list) => [...list.children].filter((each) => each.localName === 'optgroup').map((each) => each.label)"
    )
    return found


def test_a_word_leaves_what_holds_it(reader: Reader) -> None:
    """Whole headings go, what is chosen stays, and how many are left is said; nothing is asked of Python."""
    before, under, chosen = options(reader), headings(reader), reader.field(NAME).input_value()
    query, marks = reader.query, len(reader.marks("answer"))

    word(reader).fill("claude opus")
    fitting = [option for option in before if "Claude Opus" in option]
    kept = [option for option in options(reader) if option not in fitting]

    assert fitting
    assert len(kept) == 1, "The chosen one stays."
    assert len(headings(reader)) == 2
    expect(left(reader)).to_have_text(f"{len(fitting)} of {len(before)} left, and the one that is chosen")
    assert chosen == reader.field(NAME).input_value()
    assert (query, marks) == (reader.query, len(reader.marks("answer")))

    word(reader).fill("no such model")
    assert options(reader) == kept
    expect(left(reader)).to_have_text(f"None of {len(before)} left, and the one that is chosen")
    word(reader).press("Escape")
    assert (before, under, chosen) == (options(reader), headings(reader), reader.field(NAME).input_value())
    assert word(reader).input_value() == ""
    expect(left(reader)).to_be_empty()


def test_a_heading_is_found_too(reader: Reader) -> None:
    """Whoever types a seller's name finds what it sells."""
    word(reader).fill("anthropic")

    assert "Anthropic" in headings(reader)


def test_from_the_word_to_a_choice_by_keyboard(reader: Reader) -> None:
    """Enter leads on to what is left; the choice is answered, and what it was can be had back, filtered out or not."""
    start, was = reader.field(NAME).input_value(), reader.field(NAME).evaluate("(list) => list.selectedOptions[0].text")
    word(reader).focus()
    reader.page.keyboard.type("haiku 5")
    reader.page.keyboard.press("Enter")

    assert reader.focus == f"{SLUG}-{NAME}"
    reader.field(NAME).select_option("claude-haiku-5-5")
    reader.settled()
    assert reader.state()[NAME] == "claude-haiku-5-5"
    note = reader.page.locator(f'[data-field="{NAME}"] .field__was')
    expect(note).to_contain_text(f"was {was}")

    note.get_by_role("button").click()
    reader.settled()
    assert reader.field(NAME).input_value() == start
    assert reader.field(NAME).evaluate("(list) => list.querySelector('[data-foreign]')") is None


def test_a_preset_needs_no_option_that_is_there(reader: Reader) -> None:
    """What a link or a preset chooses is chosen, whatever is typed above the list."""
    word(reader).fill("haiku")
    reader.page.evaluate(f"() => {{ location.hash = '#{WHOLE_SECTION}?{NAME}=gpt-5.5' }}")
    reader.until("the link is answered", lambda: reader.field(NAME).input_value() == "gpt-5.5")

    assert word(reader).input_value() == ""
    assert "newest" in " ".join(options(reader))


def test_the_field_has_a_name_and_no_place_in_a_link(reader: Reader) -> None:
    """A screen reader is told which list it filters; the form carries nothing of it."""
    word(reader).fill("haiku")

    assert re.match("Filter the list: .+", word(reader).get_attribute("aria-label") or "")
    assert word(reader).get_attribute("aria-controls") == f"{SLUG}-{NAME}"
    assert "haiku" not in " ".join(reader.values.values())


def test_without_a_script_there_is_no_field_above_a_list(open_page: Open) -> None:
    """It would look alive where nothing can answer."""
    reader = open_page(WHOLE, java_script_enabled=False)

    assert reader.page.locator(".list-filter").count() == 0
