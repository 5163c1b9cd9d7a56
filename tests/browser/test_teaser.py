"""The top of the guide says what the calculator says, from the first change on."""

from playwright.sync_api import Locator

from tests.browser.reader import VOLUME, Open, Reader


def top(reader: Reader) -> Locator:
    """The answer in short."""
    return reader.page.locator(".calculator-teaser")


def needles(reader: Reader) -> list[str | None]:
    """What stands at the needle of its dial, in each of its drawings."""
    return [label.text_content() for label in top(reader).locator(".dial__here").all()]


def test_sentence_and_dial_follow_the_answer(open_page: Open) -> None:
    """A reader who has entered 200,000 finds it there, and what was served again after going back."""
    reader = open_page("/")
    served, needle = top(reader).inner_text(), needles(reader)

    reader.change(VOLUME, "200000")
    assert "200,000 requests a month" in top(reader).inner_text()
    assert set(needles(reader)) == {"you: 200K"}
    assert set(needles(reader)) == {label.text_content() for label in reader.slot("dial").locator(".dial__here").all()}

    reader.field(VOLUME).blur()
    reader.page.locator(f'[data-field="{VOLUME}"] .field__was').get_by_role("button").click()
    reader.settled()
    assert (served, needle) == (top(reader).inner_text(), needles(reader))


def test_a_preset_stands_at_the_top_too(open_page: Open) -> None:
    """It comes as a file, with the rest of its answer."""
    reader = open_page("/")
    served = top(reader).inner_text()

    reader.calculator.locator("a[data-preset]").nth(1).click()
    reader.settled()

    assert served != top(reader).inner_text()


def test_a_mistake_leaves_the_last_valid_answer(open_page: Open) -> None:
    """As in the answer itself."""
    reader = open_page("/")
    reader.change(VOLUME, "200000")
    standing = top(reader).inner_text()

    reader.field(VOLUME).fill("many")
    reader.rested()

    assert standing == top(reader).inner_text()
