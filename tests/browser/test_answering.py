"""A reader changes numbers, and the answer follows without getting in the way."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.reader import SLUG, VOLUME, WHOLE, Open, Reader


def caret(reader: Reader) -> int:
    """Where the caret is in the field that has the focus."""
    found: int = reader.page.evaluate("() => document.activeElement.selectionStart")
    return found


def started(open_page: Open, **options: Any) -> Reader:  # noqa: ANN401  # as Playwright names them
    """A page whose Python runs."""
    reader = open_page(WHOLE, **options)
    reader.field(VOLUME).focus()
    reader.started()
    return reader


def test_one_number_changed_by_keyboard(open_page: Open) -> None:
    """The answer changes; the focus stays in the field, and the caret where it was."""
    reader = started(open_page)
    before = reader.shown

    reader.page.keyboard.press("Home")
    reader.page.keyboard.type("7")
    reader.answered()

    assert before != reader.shown, "A changed number must change the answer."
    assert f"{SLUG}-{VOLUME}" == reader.focus
    assert caret(reader) == 1
    assert reader.field(VOLUME).input_value().startswith("7"), "What is typed stays as typed while the caret is in it."


def test_a_number_is_written_out_once_the_reader_leaves_it(open_page: Open) -> None:
    """`60k` becomes `60,000` when the field is left, never under the caret."""
    reader = started(open_page)

    reader.change(VOLUME, "60k")
    under_the_caret = reader.field(VOLUME).input_value()
    reader.page.keyboard.press("Tab")

    assert under_the_caret == "60k"
    expect(reader.field(VOLUME)).to_have_value("60,000")


def test_what_is_typed_before_our_script_runs_is_answered_too(open_page: Open) -> None:
    """
    On a slow line the form is there before the script:
    a number entered meanwhile is not taken for the page's own.
    """
    reader = open_page("/404.html")
    held: list[Route] = []
    reader.page.route("**/calculator.js", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks it
    reader.page.goto(f"{reader.home}{WHOLE}", wait_until="commit")
    field = reader.page.locator(f"#{SLUG}-{VOLUME}")
    field.fill("3000000")
    reader.until("the script is on its way", lambda: held)
    assert reader.page.evaluate("() => !customElements.get('fine-tuning-calculator')")

    for route in held:
        route.continue_()
    reader.answered()

    assert reader.state()[VOLUME] == "3000000"
    assert field.input_value() in {"3000000", "3,000,000"}


def test_what_is_typed_before_python_runs_is_answered_when_it_does(open_page: Open) -> None:
    """Typing does not wait for the download; the newest numbers get the first answer."""
    reader = open_page(WHOLE)
    held: list[Route] = []
    reader.page.route("**/assets/python/*.wasm*", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks it

    for text in ("61k", "62k", "63k"):
        reader.field(VOLUME).fill(text)
    reader.until("Python is fetched", lambda: held)
    early = reader.marks("ready")
    held[0].continue_()
    reader.answered()

    assert [] == early, "The numbers must be typed before Python is ready, or this shows nothing."
    assert reader.state()[VOLUME] == "63000"
    assert len(reader.marks("answer")) == 1, "Only the newest of the waiting numbers is answered."


def test_late_answers_are_dropped(open_page: Open) -> None:
    """Whatever the order of typing, the answer that stands belongs to the numbers that stand."""
    reader = started(open_page)
    reader.change(VOLUME, "64k")
    settled = reader.shown
    # The numbers end as they were: what was noted of them before must not count as their answer.
    reader.page.evaluate("() => performance.clearMarks()")

    reader.calculator.evaluate(
        """(calculator, name) => {
            const field = calculator.querySelector(`[name=${name}]`);
            for (const text of ["1k", "900m", "5", "64k"]) {
                field.value = text;
                field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }
        }""",
        VOLUME,
    )
    reader.settled()

    assert settled == reader.shown
    scenarios = [mark["scenario"] for mark in reader.marks("answer")]
    assert all(f"{VOLUME}=64k" in scenario for scenario in scenarios), "An answer to older numbers must not be shown."


def test_a_figure_stays_open_while_numbers_change(open_page: Open) -> None:
    """A ledger that is open stays open when the answer is replaced."""
    reader = started(open_page)
    folded = reader.answer.locator("details[id]").first
    ledger = folded.get_attribute("id")
    folded.locator("summary").first.click()

    reader.change(VOLUME, "65k")

    assert reader.page.locator(f"#{ledger}").evaluate("(details) => details.open")


def test_what_an_eval_found_sets_its_field_and_keeps_the_focus(open_page: Open) -> None:
    """By keyboard: the three answers of a row and the field of the same name are one thing."""
    reader = started(open_page)
    untested = reader.answer.locator("input[type=radio][data-sets=prompt_passes]").first
    before = reader.verdict

    untested.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.answered()
    passes, focus = reader.values["prompt_passes"], reader.focus
    reader.page.keyboard.press("ArrowRight")
    reader.answered()

    assert ("yes", "no") == (passes, reader.values["prompt_passes"])
    assert focus == f"{SLUG}-prompt-yes"
    assert reader.focus == f"{SLUG}-prompt-no", "The focus must stay on the answer when the table is written anew."
    assert before != reader.verdict, "The plan goes on from what was found."
    assert "prompt_passes=no" in (reader.query or ""), "The link carries it."


def test_a_chance_is_set_in_the_table(open_page: Open) -> None:
    """As people say it; the form's field and the link hold it, it is marked as theirs, and emptied it is ours again."""
    reader = started(open_page)
    field = reader.page.locator(f"#{SLUG}-chance-few_shot")
    ours = field.get_attribute("placeholder")

    field.fill("3 in 5")
    field.press("Enter")
    reader.answered()
    assert reader.values["few_shot_chance"] == "60%"
    assert "few_shot_chance=0.6" in (reader.query or "")
    assert reader.focus == f"{SLUG}-chance-few_shot"
    assert field.input_value() == "60%"
    expect(reader.page.locator(f"#{SLUG}-chance-few_shot-whose")).to_contain_text("yours")

    field.fill("")
    field.press("Tab")
    reader.answered()
    assert reader.values["few_shot_chance"] == ""
    assert field.get_attribute("placeholder") == ours


def test_a_chance_that_is_none_is_refused_where_it_was_typed(open_page: Open) -> None:
    """The message stands at the field, what was typed stays, and so does the focus."""
    reader = started(open_page)
    field = reader.page.locator(f"#{SLUG}-chance-rag")
    reader.page.locator(f"#{SLUG}-must_change-documents").check()
    reader.answered()

    field.fill("often")
    field.press("Enter")
    reader.answered()

    expect(reader.answer.locator("[data-error-for=rag_chance]")).to_contain_text("often")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "often"
    field.fill("0.7")
    field.press("Enter")
    reader.answered()
    expect(reader.answer.locator("[data-error-for=rag_chance]")).to_be_hidden()
    assert reader.values["rag_chance"] == "70%"


def test_what_changed_is_heard_once(open_page: Open) -> None:
    """After an answer of the table, the plan as it goes on from there is said, one time."""
    reader = started(open_page)
    reader.page.evaluate(
        """() => {
            window.heard = [];
            new MutationObserver(() => {
                const text = document.querySelector(".announcements")?.textContent;
                if (text) window.heard.push(text);
            }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }"""
    )

    reader.answer.locator("input[type=radio][data-sets=prompt_passes]").first.focus()
    reader.page.keyboard.press("ArrowLeft")
    reader.answered()
    expect(reader.page.locator(".announcements")).not_to_be_empty(timeout=3_000)
    reader.settled()
    # Longer than a reader rests before something is said.
    reader.page.wait_for_timeout(1_500)

    heard = set(reader.page.evaluate("() => window.heard"))
    assert len(heard) == 1, heard


def test_every_control_of_the_answer_sets_a_field_that_exists(open_page: Open) -> None:
    """No answer, no chance and no button of the page is dead."""
    reader = open_page(WHOLE)

    names = reader.calculator.evaluate(
        """(calculator) => [...calculator.querySelectorAll("[data-sets]")]
            .flatMap(({ dataset }) => dataset.sets.split(" "))"""
    )
    assert {"prompt_passes", "prompt_chance"} <= set(names), "The answer's table must have controls."
    assert set(names) <= set(reader.values)


def test_undo_under_a_changed_field(open_page: Open) -> None:
    """A changed field says what it was and goes back to it."""
    reader = started(open_page)
    before = reader.values
    reader.change(VOLUME, "66k")
    reader.page.keyboard.press("Tab")
    box = reader.page.locator(f".field[data-field={VOLUME}]")
    expect(box.locator(".field__was")).to_contain_text(f"was {before[VOLUME]}")

    box.get_by_role("button", name="undo").click()
    reader.answered()

    assert before == reader.values
    assert f"{SLUG}-{VOLUME}" == reader.focus
    expect(box.locator(".field__was")).to_have_count(0)


def test_a_half_typed_number_is_no_mistake_yet(open_page: Open) -> None:
    """While typing, a mistake is not called one; but no answer is shown as if it held."""
    reader = started(open_page)
    before = reader.lead.locator("[data-verdict]").inner_text()

    reader.field(VOLUME).fill("12x")
    reader.answered()
    told_at_once = reader.errors.is_visible()
    stale_at_once = "is-stale" in (reader.calculator.get_attribute("class") or "")
    reader.rested()

    assert not told_at_once, "A reader who is still typing must not be told off."
    assert stale_at_once, "The old answer must not look like the answer to the new numbers."
    assert before in reader.calculator.inner_text(), "The last valid answer stays."
    assert reader.field(VOLUME).get_attribute("aria-invalid") == "true"
    assert f"{SLUG}-{VOLUME}" == reader.focus, "A mistake must not take the focus while the reader types."


def test_enter_moves_to_the_mistakes(open_page: Open) -> None:
    """On Enter the summary of all mistakes takes the focus; its links lead to the fields, folded ones too."""
    reader = started(open_page)
    address = reader.page.url
    folded = reader.calculator.locator("details.group input[type=text]").first
    name = folded.get_attribute("name")
    reader.calculator.evaluate(
        """(calculator, name) => {
            const field = calculator.querySelector(`[name=${name}]`);
            field.value = "nonsense";
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        name,
    )

    reader.field(VOLUME).fill("many")
    reader.page.keyboard.press("Enter")
    reader.answered()
    reader.until(
        "the summary takes the focus", lambda: reader.errors.evaluate("(e) => e.contains(document.activeElement)")
    )

    links = reader.errors.locator("a")
    assert links.count() == 2, "All mistakes are told at once."
    assert folded.is_visible(), "A folded group that holds a mistake opens."
    links.filter(has_text=re.compile("nonsense")).click()
    assert f"{SLUG}-{name}" == reader.focus
    assert address == reader.page.url, "Enter must not leave the page."
    assert reader.values[VOLUME] == "many", "Nothing typed is lost."


def test_the_field_in_use_stays_where_it_is(open_page: Open) -> None:
    """When mistakes are told or the answer grows above it, the field with the focus does not move on the screen."""
    reader = started(open_page, width=390, height=740)
    field = reader.field(VOLUME)
    field.evaluate("(field) => scrollBy(0, field.getBoundingClientRect().top - 400)")
    before = field.bounding_box()

    field.fill("12x")
    reader.rested()
    told = field.bounding_box()
    reader.change(VOLUME, "900m")
    after = field.bounding_box()

    assert before
    assert told
    assert after
    assert told["y"] == pytest.approx(before["y"], abs=2)
    assert after["y"] == pytest.approx(before["y"], abs=2)


def test_a_screen_reader_hears_the_answer_once_the_reader_rests(open_page: Open) -> None:
    """The answer is said in one sentence, after the typing and not during it."""
    reader = started(open_page)

    reader.field(VOLUME).fill("67k")
    reader.answered()
    said = reader.page.locator(".announcements")
    during = said.inner_text() if said.count() else ""

    assert during == ""
    expect(said).not_to_be_empty(timeout=3_000)
