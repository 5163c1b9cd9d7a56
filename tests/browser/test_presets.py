"""A reader starts from a workload they know."""

from playwright.sync_api import expect

from tests.browser.reader import SLUG, VOLUME, WHOLE, Open


def test_presets_answer_without_python(open_page: Open) -> None:
    """Each preset's answer is a small file: on a slow line a reader gets it long before Python."""
    reader = open_page(WHOLE)
    reader.page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    reader.page.reload()
    links = reader.presets
    assert [] == reader.asked_runtime()
    assert links.count() >= 6
    verdicts = set()

    for index in range(links.count()):
        links.nth(index).click()
        reader.answered()
        verdicts.add(reader.verdict)
        assert links.nth(index).get_attribute("aria-current") == "true"
        assert reader.calculator.locator("a[data-preset][aria-current]").count() == 1

    assert len(verdicts) == links.count(), "Each preset has an answer of its own."
    assert [] == reader.asked_runtime()


def test_the_answer_built_for_a_preset_is_pythons(open_page: Open) -> None:
    """What the build wrote for a preset and what Python answers in the browser are the same."""
    reader = open_page(WHOLE)
    reader.presets.nth(1).click()
    reader.settled()
    built, values = reader.shown, reader.values

    reader.change(VOLUME, "7")
    reader.change(VOLUME, values[VOLUME])

    assert built == reader.shown


def test_a_changed_preset_says_so_and_can_be_undone(open_page: Open) -> None:
    """After a change the preset's link says *changed · undo*, and undo returns to the preset."""
    reader = open_page(WHOLE)
    preset = reader.presets.nth(1)
    preset.click()
    reader.answered()
    values = reader.values
    reader.change(VOLUME, "71k")
    note = reader.calculator.locator(".presets__changed")
    expect(note).to_have_text(", changed · undo")

    note.get_by_role("button").click()
    reader.answered()

    assert values == reader.values
    expect(note).to_have_count(0)
    assert preset.evaluate("(link) => link === document.activeElement"), "The focus must not be lost with the button."


def test_a_preset_opens_what_it_sets(open_page: Open) -> None:
    """The group that holds its numbers, and no other: a reader finds them without looking."""
    reader = open_page(WHOLE)
    assert [] == reader.open_groups()

    reader.presets.and_(reader.page.locator("[data-preset=agent]")).click()
    reader.answered()

    assert [f"{SLUG}-group-calls"] == reader.open_groups()
    assert reader.page.locator(f"#{SLUG}-added_tokens").is_visible()


def test_a_preset_works_as_a_link(open_page: Open) -> None:
    """Opened in a new tab, a preset is a page like any other, from which the calculator opens with its numbers."""
    reader = open_page(WHOLE)
    link = reader.presets.nth(2)
    address = link.evaluate("(link) => link.href")
    link.click()
    reader.settled()
    values, answer, verdict = reader.values, reader.shown, reader.verdict

    opened = open_page(address.removeprefix(reader.home))
    assert verdict == opened.page.locator(".verdict").inner_text()
    opened.page.get_by_role("link", name="Open it in the calculator").click()
    opened.settled()

    assert values == opened.values
    assert answer == opened.shown
    assert opened.page.locator(f"#{SLUG}-{VOLUME}").is_visible()


def test_a_preset_whose_file_does_not_come_is_answered_by_python(open_page: Open) -> None:
    """The reader waits longer, and is told the same."""
    reader = open_page(WHOLE)
    link = reader.presets.nth(2)
    link.click()
    reader.settled()
    answer = reader.shown

    again = open_page(WHOLE)
    again.log.expect("404")
    again.page.route("**/assets/answers/**", lambda route: route.fulfill(status=404, body=""))
    again.presets.nth(2).click()
    again.settled()

    assert answer == again.shown
