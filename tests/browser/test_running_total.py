"""The running total: a reader takes a tall row out of the picture, and has it back."""

from typing import Final

from playwright.sync_api import Locator, expect

from tests.browser.reader import SLUG, VOLUME, WHOLE, Open, Reader

TALL: Final = "own"


def box(reader: Reader, key: str = TALL) -> Locator:
    """The box of a row."""
    return reader.page.locator(f"#{SLUG}-shows-{key}")


def lines(reader: Reader) -> int:
    """Lines in the drawing that is shown, and in the other."""
    return reader.slot("running-total").locator(".chart__line").count()


def test_a_row_goes_and_comes_back_by_keyboard(open_page: Open) -> None:
    """The picture is drawn anew, says what is not in it, and leaves the focus where it was; the link stays."""
    reader = open_page(WHOLE)
    drawn = reader.slot("running-total").locator(".drawings")
    before, query, served = lines(reader), reader.query, drawn.inner_html()

    box(reader).focus()
    reader.page.keyboard.press("Space")
    reader.until("the row leaves the picture", lambda: lines(reader) == before - 2, seconds=40)
    assert reader.focus == f"{SLUG}-shows-{TALL}"
    expect(box(reader)).not_to_be_checked()
    expect(reader.slot("running-total")).to_contain_text("Not in the picture: Fine-tuning, self-hosted.")
    assert query == reader.query

    reader.page.keyboard.press("Space")
    reader.until("the row comes back", lambda: lines(reader) == before)
    assert served == drawn.inner_html()


def test_it_stays_out_of_the_next_answer(open_page: Open) -> None:
    """After a change, after a preset, which comes as a file, and after going back to what was served."""
    reader = open_page(WHOLE)
    box(reader).uncheck()
    reader.change(VOLUME, "60000")
    expect(box(reader)).not_to_be_checked()
    for place in (1, 0):
        reader.calculator.locator("a[data-preset]").nth(place).click()
        reader.settled()
        expect(box(reader)).not_to_be_checked()
    box(reader).check()
    reader.until(
        "every row stands", lambda: "Not in the picture" not in reader.slot("running-total").inner_text(), seconds=40
    )


def test_it_can_be_taken_out_with_a_mistake_in_the_form(open_page: Open) -> None:
    """The picture is of the last valid answer."""
    reader = open_page(WHOLE)
    reader.change(VOLUME, "60000")
    reader.field(VOLUME).fill("many")
    reader.rested()
    before = lines(reader)

    box(reader).uncheck()
    reader.until("the row leaves the picture", lambda: lines(reader) == before - 2)


def test_without_a_script_every_row_stands(open_page: Open) -> None:
    """And nothing offers to take one out."""
    reader = open_page(WHOLE, java_script_enabled=False)

    assert lines(reader) > 2
    assert not reader.page.locator(".shows").is_visible()
