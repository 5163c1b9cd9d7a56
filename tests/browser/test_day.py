"""The day of the prices: at the foot of the form, with the browser's own control for a day."""

from typing import Final

from playwright.sync_api import expect

from tests.browser.reader import SLUG, WHOLE, WHOLE_SECTION, Open

NAME: Final = "as_of"


def test_a_day_is_chosen_and_can_be_had_back(open_page: Open) -> None:
    """It stands last, is answered like any field, and what it was is said as a sentence says a day."""
    reader = open_page(WHOLE)
    field = reader.field(NAME)
    served = field.input_value()
    assert reader.calculator.locator("form [name]").last.get_attribute("name") == NAME
    assert field.get_attribute("type") == "date"

    reader.change(NAME, "2026-11-01")
    field.blur()
    assert reader.state()[NAME] == "2026-11-01"
    note = reader.page.locator(f'[data-field="{NAME}"] .field__was')
    expect(note).to_contain_text("2026 · ")
    assert served not in note.inner_text(), "A day is said, not written in digits."

    note.get_by_role("button").click()
    reader.settled()
    assert field.input_value() == served


def test_what_is_no_day_stays_to_be_seen(open_page: Open) -> None:
    """A link's text is refused, not swallowed; once there is a day again, the control for days is back."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{NAME}=24 November")
    reader.until("it is refused", reader.errors.is_visible)
    field = reader.field(NAME)
    assert field.input_value() == "24 November"
    expect(reader.page.locator(f"#{SLUG}-{NAME}-error")).to_contain_text("is not a day")

    reader.page.evaluate(f"() => {{ location.hash = '#{WHOLE_SECTION}?{NAME}=2026-11-01' }}")
    reader.settled()
    assert (field.get_attribute("type"), field.input_value()) == ("date", "2026-11-01")


def test_a_day_out_of_range_is_refused_in_words(open_page: Open) -> None:
    """The control's own bounds offer; Python decides."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{NAME}=2001-01-01")
    reader.until("it is refused", reader.errors.is_visible)

    assert reader.field(NAME).input_value() == "2001-01-01"
    expect(reader.page.locator(f"#{SLUG}-{NAME}-error")).to_contain_text("out of range")
