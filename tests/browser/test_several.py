"""Several answers to one question: boxes to tick, which form, link and answer follow."""

from typing import Final

import pytest
from playwright.sync_api import Locator, expect

from calculators import catalog
from calculators.calculator import Several
from tests.browser.reader import SLUG, VOLUME, WHOLE, WHOLE_SECTION, Open, Reader

NAME: Final = "must_change"
several = catalog.calculator(SLUG).inputs[NAME].kind
assert isinstance(several, Several), "What must change takes several answers."
KIND: Final = several

ALONE: Final = sorted(KIND.alone)
TOGETHER: Final = [option.value for option in KIND.options if option.value not in KIND.alone]
LEAST_TARGET: Final = 44
"""Height of what a finger hits. [CSS pixel]"""


def box(reader: Reader, key: str) -> Locator:
    """The box of one answer."""
    return reader.page.locator(f"#{SLUG}-{NAME}-{key}")


def ticked(reader: Reader) -> list[str]:
    """The answers whose boxes are ticked."""
    found: list[str] = reader.page.locator(f'[data-field="{NAME}"] [type=checkbox]').evaluate_all(
        "(boxes) => boxes.filter((box) => box.checked).map((box) => box.value)"
    )
    return found


def stands(reader: Reader, *keys: str) -> None:
    """Boxes, the form's text and the link say the same, each in its own words."""
    reader.answered()

    assert list(keys) == ticked(reader)
    assert reader.values[NAME] == ",".join(keys)
    assert reader.state().get(NAME, reader.values[NAME]) == ",".join(keys)


def opened(open_page: Open, *keys: str) -> Reader:
    """A page opened with a link to some answers."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{NAME}={','.join(keys)}")
    reader.answered()
    return reader


def test_a_tick_is_answered(open_page: Open) -> None:
    """In whichever order boxes are ticked, the text is in the order of the form, and a tick taken back is gone."""
    reader = opened(open_page, TOGETHER[1])

    box(reader, TOGETHER[2]).check()
    box(reader, TOGETHER[0]).check()
    stands(reader, *TOGETHER[:3])
    box(reader, TOGETHER[1]).uncheck()

    stands(reader, TOGETHER[0], TOGETHER[2])


def test_what_goes_alone_clears_the_others_and_they_clear_it(open_page: Open) -> None:
    """No combination that would be refused can be ticked."""
    reader = opened(open_page, *TOGETHER[:2])

    box(reader, ALONE[0]).check()
    stands(reader, ALONE[0])
    box(reader, TOGETHER[1]).check()
    stands(reader, TOGETHER[1])

    expect(reader.errors).to_be_hidden()


def test_no_tick_at_all_is_an_answer(open_page: Open) -> None:
    """A reader who takes the last one back has chosen none, and a link says so."""
    reader = opened(open_page, TOGETHER[0])

    box(reader, TOGETHER[0]).uncheck()
    stands(reader)
    again = open_page(f"{WHOLE}#{WHOLE_SECTION}?{reader.query}")

    stands(again)


def test_a_link_ticks_the_boxes(open_page: Open) -> None:
    """In any order and with spaces; what comes back is canonical."""
    stands(opened(open_page, TOGETHER[2], f"+{TOGETHER[0]}"), TOGETHER[0], TOGETHER[2])


def test_presets_and_the_way_back_tick_the_boxes(open_page: Open) -> None:
    """Each preset shows what it means; undo returns to it."""
    reader = open_page(WHOLE)
    calculator = catalog.calculator(SLUG)
    for place, preset in enumerate(calculator.presets):
        reader.presets.nth(place).click()
        reader.answered()
        value = calculator.entries(calculator.decode(preset.query))[NAME]
        stands(reader, *filter(None, value.split(",")))

    before = ticked(reader)
    other = next(key for key in TOGETHER if key not in before)
    box(reader, other).check()
    reader.answered()
    reader.calculator.locator(".presets__changed button").click()

    stands(reader, *before)


def test_a_change_can_be_undone_at_its_field(open_page: Open) -> None:
    """The note says in words what was ticked; undo ticks it again and keeps the focus within the field."""
    reader = opened(open_page, *TOGETHER[:2])
    assert isinstance(KIND, Several)

    box(reader, TOGETHER[0]).uncheck()
    reader.answered()
    note = reader.page.locator(f'[data-field="{NAME}"] .field__was')
    expect(note).to_contain_text(f"was {KIND.label_of(','.join(TOGETHER[:2]))}")
    note.get_by_role("button").click()

    stands(reader, *TOGETHER[:2])
    expect(note).to_have_count(0)
    assert reader.focus == f"{SLUG}-{NAME}-{KIND.options[0].value}"


def test_a_refused_answer_leads_to_the_first_box(open_page: Open) -> None:
    """What a link says beside the boxes stays until the reader ticks one; the summary leads there."""
    reader = opened(open_page, TOGETHER[0], "everything")
    assert isinstance(KIND, Several)

    assert reader.values[NAME] == f"{TOGETHER[0]},everything"
    assert ticked(reader) == [TOGETHER[0]]
    reader.errors.locator(f'a[href="#{SLUG}-{NAME}"]').click()
    assert reader.focus == f"{SLUG}-{NAME}-{KIND.options[0].value}"
    assert box(reader, TOGETHER[0]).get_attribute("aria-invalid") == "true"

    box(reader, TOGETHER[1]).check()
    stands(reader, *TOGETHER[:2])
    expect(reader.errors).to_be_hidden()
    assert box(reader, TOGETHER[0]).get_attribute("aria-invalid") is None


def test_ticks_survive_reload_and_back(open_page: Open) -> None:
    """They are kept as every number is."""
    reader = opened(open_page, TOGETHER[0])
    box(reader, TOGETHER[1]).check()
    stands(reader, *TOGETHER[:2])

    reader.page.reload()
    stands(reader, *TOGETHER[:2])
    reader.presets.nth(0).click()
    reader.answered()
    reader.page.go_back()

    stands(reader, *TOGETHER[:2])


def test_the_keyboard_alone_ticks(open_page: Open) -> None:
    """Space ticks; the focus stays on the box while the answer comes."""
    reader = opened(open_page, TOGETHER[0])
    box(reader, TOGETHER[1]).focus()
    reader.page.keyboard.press("Space")

    stands(reader, *TOGETHER[:2])
    assert reader.focus == f"{SLUG}-{NAME}-{TOGETHER[1]}"


def test_what_was_ticked_before_the_script_came_counts(open_page: Open) -> None:
    """On a slow line a reader may be sooner than the page's script."""
    reader = open_page(WHOLE)
    reader.page.add_init_script(
        f"""new MutationObserver((_, observer) => {{
            if (!document.querySelector(".answer-bar")) return;
            observer.disconnect();
            for (const box of document.querySelectorAll('[data-field="{NAME}"] [type=checkbox]'))
                box.checked = box.value === "{TOGETHER[1]}";
        }}).observe(document, {{ childList: true, subtree: true }});"""
    )
    reader.page.goto(f"{reader.home}{WHOLE}?early")

    stands(reader, TOGETHER[1])


@pytest.mark.parametrize("width", [320, 1280])
def test_boxes_are_large_enough_for_a_finger(open_page: Open, width: int) -> None:
    """On a phone and on a desk, each box with its words is a target of its own."""
    reader = open_page(WHOLE, width=width)
    reader.open_everything()
    labels = reader.page.locator(f'[data-field="{NAME}"] .several__box')

    for place in range(labels.count()):
        size = labels.nth(place).bounding_box()
        assert size
        assert size["height"] >= LEAST_TARGET
    assert reader.width_needed() <= width


def test_other_numbers_keep_the_ticks(open_page: Open) -> None:
    """A change elsewhere in the form sends what is ticked along."""
    reader = opened(open_page, *TOGETHER[:2])

    reader.change(VOLUME, "71k")

    stands(reader, *TOGETHER[:2])
