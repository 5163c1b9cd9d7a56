"""A calculator in two sizes: the answer first, then few questions or all of them, and no number lost in between."""

import re
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from calculators import catalog
from calculators.catalog.cost_comparison.matters import ALWAYS
from tests.browser.reader import SECTION, SLUG, VOLUME, WHOLE, WHOLE_SECTION, Open, Reader, changed

CALCULATOR: Final = catalog.calculator(SLUG)
NEWEST: Final = len(CALCULATOR.starts)
THREE: Final = {VOLUME: "3000000", "output_tokens": "400", "must_change": "documents"}
SENT: Final = f"d={NEWEST}&{urlencode(THREE)}"
SHORT: Final = f"/#{SECTION}"

PHONE: Final = {"has_touch": True, "is_mobile": True}
MOST_STOPS: Final = 6
"""Stops of the keyboard from a starting point to the first field."""

# Where the answer and the first thing to change stand in the window.
PLACES: Final = """
() => {
    const box = (element) => element.getBoundingClientRect();
    const fields = [...document.querySelectorAll("form.calculator__form :is(input, select)")];
    return {
        answer: box(document.querySelector("[data-verdict]")).top,
        field: box(fields.find((field) => field.getClientRects().length > 0)).bottom,
        head: box(document.querySelector(".md-header")).bottom,
    };
}
"""


def places(reader: Reader) -> dict[str, float]:
    """Where the answer begins, where the first field ends, and where the page's header does. [CSS pixel]"""
    found: dict[str, float] = reader.page.evaluate(PLACES)
    return found


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
@pytest.mark.parametrize("path", [SHORT, WHOLE, f"{SHORT}?{SENT}", f"{WHOLE}#{WHOLE_SECTION}?{SENT}"])
def test_a_reader_lands_on_the_answer(open_page: Open, path: str, width: int, height: int) -> None:
    """The answer begins in the upper half of the first screen, and the first field lies within a screen of it."""
    reader = open_page(path, width=width, height=height, **PHONE)
    if "?" in path:
        reader.settled()

    found = places(reader)
    assert found["head"] <= found["answer"] < height / 2
    assert found["field"] - found["answer"] <= height
    if "?" not in path:
        assert found["field"] <= height, "Nobody was sent anything: answer and first field share the screen."
    assert reader.width_needed() <= width


@pytest.mark.parametrize("path", ["/", WHOLE])
def test_the_fields_are_near_the_starting_points(open_page: Open, path: str) -> None:
    """From each of them by keyboard, whether the rest is folded or not."""
    reader = open_page(path)
    presets = reader.calculator.locator("a[data-preset]")
    for place in range(presets.count()):
        preset = presets.nth(place)
        preset.evaluate("(link) => { const more = link.closest('details'); if (more) more.open = true; }")
        preset.focus()
        stops = 0
        while not reader.page.evaluate("() => document.activeElement.closest('form') !== null"):
            reader.page.keyboard.press("Tab")
            stops += 1
            assert stops <= MOST_STOPS, preset.inner_text()
        reader.calculator.evaluate(
            "(calculator) => { for (const more of calculator.querySelectorAll('.presets details')) more.open = false; }"
        )


@pytest.mark.parametrize("path", ["/", WHOLE])
def test_what_is_read_seen_and_reached_has_one_order(open_page: Open, path: str) -> None:
    """On a phone everything that takes the focus stands below what took it before, or beside it."""
    reader = open_page(path, width=390, height=844)
    above: list[str] = reader.page.evaluate(
        """() => {
            const operable = "fine-tuning-calculator :is(a[href], button, summary, input, select)";
            const stops = [...document.querySelectorAll(operable)].filter((stop) => stop.checkVisibility());
            // Fields stand side by side: a link in the note of one lies lower than the next one's box.
            const tops = stops.map((stop) => (stop.closest(".field, tr, li, nav, .answer__head") ?? stop)
                .getBoundingClientRect().top);
            return stops.filter((_, place) => place > 0 && tops[place] < tops[place - 1] - 1)
                .map((stop) => stop.outerHTML.slice(0, 100));
        }"""
    )

    assert [] == above


def test_the_short_form_asks_few_things(open_page: Open) -> None:
    """What decides most, and up to five that matter most for this answer; the way to the others names their number."""
    reader = open_page("/")

    assert list(ALWAYS) == list(reader.values)[: len(ALWAYS)]
    assert len(ALWAYS) < len(reader.values) <= len(ALWAYS) + 5
    expect(reader.calculator.locator(".calculator__all")).to_have_text(f"All {len(CALCULATOR.inputs)} numbers")


def test_a_link_of_the_first_form_keeps_all_that_it_carries(open_page: Open) -> None:
    """What the short form has no field for is in the answer and in the next link, and survives an edit."""
    reader = open_page(f"{SHORT}?{VOLUME}=70000&shots=9&prompt_passes=no&delay_cost=12")
    reader.settled()
    assert "delay_cost" not in ALWAYS

    reader.change(VOLUME, "80000")

    assert reader.state() == changed(
        "d=1", **{VOLUME: "80000", "shots": "9", "prompt_passes": "no", "delay_cost": "12"}
    )


def test_both_sizes_give_the_same_answer(open_page: Open) -> None:
    """The same scenario, the same words in every place that both have; only the way to the other pages differs."""
    short, whole = open_page(f"{SHORT}?{SENT}"), open_page(f"{WHOLE}#{WHOLE_SECTION}?{SENT}")
    for reader in (short, whole):
        reader.settled()

    assert short.query == whole.query
    for slot in ("answer", "differs", "robust", "trap", "path", "tips", "dial", "ranking"):
        there = re.sub(r'href="\.\./(?=reference/|#claim-)', 'href="', whole.slot(slot).inner_html())
        assert there == short.slot(slot).inner_html(), slot


def test_what_a_row_is_made_of_stands_with_the_whole_form(open_page: Open) -> None:
    """The guide's figures lead there, with the reader's numbers; there what they lead to lies open."""
    reader = open_page("/")
    reader.change(VOLUME, "71k")
    reader.settled()
    assert reader.slot("details").count() == 0

    reader.answer.locator("a.figure").first.click()
    reader.settled()

    assert reader.page.url.startswith(f"{reader.home}{WHOLE}#{SLUG}-made-")
    assert reader.values[VOLUME] == "71,000"
    expect(reader.calculator.locator("details.made-of[open]").first).to_be_visible()


def test_all_numbers_lead_to_the_whole_form(open_page: Open) -> None:
    """It holds what the short one was given, and says of nothing that it was sent."""
    reader = open_page("/")
    reader.change(VOLUME, "71k")
    reader.answer.locator("input[type=radio][data-sets=prompt_passes][value=no]").click()
    reader.settled()
    state = reader.state()

    reader.calculator.locator(".calculator__all a").click()
    reader.page.wait_for_url(f"**{WHOLE}#*")
    reader.settled()

    assert state == reader.state()
    assert reader.values[VOLUME] == "71,000"
    assert reader.values["prompt_passes"] == "no"
    expect(reader.calculator.locator(".differs__sent")).to_be_hidden()


@pytest.mark.parametrize("by", ["pointer", "keyboard"])
def test_change_it_leads_to_the_field_wherever_it_stands(open_page: Open, by: str) -> None:
    """A field that the short form lacks takes the focus on the whole page, its group open, with all numbers carried."""
    many = {
        "shots": "9",
        "output_tokens": "400",
        "fixed_tokens": "900",
        "varying_tokens": "150",
        "horizon_months": "18",
    }
    more = {"examples": "700", "example_price": "3", "batch_share": "0.1", "delay_cost": "12", "hours_per_month": "130"}
    reader = open_page(f"{SHORT}?d={NEWEST}&{urlencode({**THREE, **many, **more})}")
    reader.settled()
    reader.slot("differs").locator("details").evaluate("(which) => { which.open = true; }")
    links = reader.slot("differs").locator("li a").all()
    fields = [(link.get_attribute("href") or "").rpartition(f"#{SLUG}-")[2] for link in links]
    name = next(field for field in fields if field not in reader.values)
    link = links[fields.index(name)]
    state = reader.state()

    if by == "pointer":
        link.click()
    else:
        link.focus()
        reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"**{WHOLE}#*")
    reader.settled()

    assert f"{SLUG}-{name}" == reader.focus
    assert state == reader.state()
    assert reader.page.locator(f"#{SLUG}-{name}").is_visible()


def test_a_link_to_a_field_opened_elsewhere(open_page: Open) -> None:
    """`#field?scenario`: the field takes the focus in a browser that has never been here, its numbers in the form."""
    reader = open_page(f"{WHOLE}#{SLUG}-monthly_prompt?{SENT}")
    reader.settled()

    assert f"{SLUG}-monthly_prompt" == reader.focus
    assert reader.state() == changed(f"d={NEWEST}", **THREE)
    assert reader.page.locator(f"#{SLUG}-monthly_prompt").is_visible()


def test_no_field_goes_that_is_in_use_or_was_changed(open_page: Open) -> None:
    """What matters most changes with the answer; what somebody is in or has changed stays where it is."""
    reader = open_page("/")
    edited = next(name for name in reader.values if name not in ALWAYS)
    reader.change(edited, "7")
    used = next(name for name in reader.values if name not in (*ALWAYS, edited))
    reader.field(used).focus()
    reader.calculator.evaluate(
        "(calculator) => calculator.querySelector('#cost-comparison-must_change-documents').click()"
    )
    reader.settled()

    assert f"{SLUG}-{used}" == reader.focus
    assert {edited, used} <= set(reader.values)
    reader.change("data_place", "own")
    assert edited in reader.values
    assert reader.state()[edited] == "7"


def test_a_preset_shows_what_it_changed(open_page: Open) -> None:
    """In the short form up to five of them have a field; on the whole page folded groups open."""
    reader = open_page("/")
    preset = next(each for each in CALCULATOR.presets if each.key == "brand-tone")
    reader.calculator.locator(f"a[data-preset={preset.key}]").click()
    reader.settled()
    assert {"fixed_tokens", "shots", "tokens_per_shot"} <= set(reader.values)
    assert reader.values["shots"] == "8"

    whole = open_page(WHOLE)
    whole.calculator.locator(f"a[data-preset={preset.key}]").click()
    whole.settled()
    assert whole.page.locator(f"#{SLUG}-shots").is_visible()


@pytest.mark.parametrize("path", [SHORT, f"{WHOLE}#{WHOLE_SECTION}"])
def test_who_is_sent_a_scenario_is_told_so(open_page: Open, path: str) -> None:
    """What differs, theirs and the example's, and the way back to that; after it nothing is said any more."""
    reader = open_page(f"{path}?{SENT}")
    reader.settled()
    told = reader.slot("differs")
    expect(told).to_contain_text("You were sent a scenario: 3 numbers differ from the example.")
    items = told.locator("li")
    expect(items).to_have_count(3)
    assert items.first.is_visible()
    expect(told).to_contain_text("3,000,000 (example: 50,000)")

    told.get_by_role("button", name="Start from the example").click()
    reader.answered()

    assert reader.state() == changed(f"d={NEWEST}")
    expect(told).to_be_empty()
    reader.page.go_back()
    reader.until("back restores what was sent", lambda: reader.state() == changed(f"d={NEWEST}", **THREE))


def test_a_change_of_what_was_sent_is_ones_own(open_page: Open) -> None:
    """From the first edit on the scenario is the reader's, and the difference is only named."""
    reader = open_page(f"{SHORT}?{SENT}")
    reader.settled()

    reader.change(VOLUME, "71k")

    expect(reader.slot("differs")).to_contain_text("3 numbers differ from the example")
    expect(reader.calculator.locator(".differs__sent")).to_be_hidden()


def test_the_first_answer_comes_soon_after_the_first_touch(open_page: Open) -> None:
    """A number typed once Python runs is answered within 0.3 s on the whole page, where the form is longest."""
    reader = open_page(WHOLE)
    reader.field(VOLUME).focus()
    reader.started()
    reader.change(VOLUME, "70k")
    waits: list[Any] = []
    for text in ("71k", "72k", "73k"):
        reader.change(VOLUME, text)
        waits.append(
            reader.page.evaluate(
                "() => { const mark = performance.getEntriesByName('calculator:answer').at(-1);"
                " return mark.startTime - mark.detail.asked; }"
            )
        )

    assert min(waits) < 300
