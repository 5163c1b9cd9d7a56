"""A link opens the same section with the same numbers and the same answer."""

from urllib.parse import parse_qsl, quote, urlencode

import pytest
from playwright.sync_api import expect

from calculators import catalog
from tests.browser.reader import SECTION, SLUG, VOLUME, WHOLE, WHOLE_SECTION, Open, Reader, changed, meant

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def clipboard(reader: Reader) -> str:
    """What was copied."""
    found: str = reader.page.evaluate("() => navigator.clipboard.readText()")
    return found


def default_query(open_page: Open) -> str:
    """State of the scenario that the page is served with."""
    query = open_page(WHOLE).query
    assert query
    return query


def test_a_copied_link_opens_the_same_answer_elsewhere(open_page: Open) -> None:
    """Section, every input and the answer arrive unchanged in a browser that has never been here."""
    sender = open_page(WHOLE, **CLIPBOARD)
    sender.change(VOLUME, "1.2M")
    sender.change("must_change", "task")
    sender.change("batch_share", "12.5%")
    sender.page.keyboard.press("Tab")
    sender.lead.locator("[data-copy-link]").click()
    expect(sender.lead.locator("[data-copy-link]")).to_have_text("Copied")
    link = clipboard(sender)
    expect(sender.lead.locator("[data-copy-link]")).to_have_text("Copy link", timeout=4_000)
    values, answer = sender.values, sender.shown

    receiver = open_page(link.removeprefix(sender.home))
    receiver.settled()

    assert f"#{WHOLE_SECTION}?" in link, "The state stands in the fragment, which no server sees."
    assert "as_of=" in link, "A link keeps the day of its prices."
    assert len(link.removeprefix(sender.home)) < 140, "A link with little changed is short."
    assert values == receiver.values
    assert answer == receiver.shown


def test_a_link_brings_the_reader_to_its_section(open_page: Open) -> None:
    """The section is scrolled into view, and its heading has the focus."""
    reader = open_page(f"/#{SECTION}?{urlencode({VOLUME: '70000'})}")
    reader.answered()

    assert reader.focus == SECTION
    box = reader.page.locator(f"#{SECTION}").bounding_box()
    assert box
    header = reader.page.locator(".md-header").bounding_box()
    assert header
    assert header["y"] + header["height"] <= box["y"] < 400, "The heading must stand below the header, at the top."


def test_a_link_escaped_by_a_mail_program_still_opens(open_page: Open) -> None:
    """Some gateways escape the whole fragment."""
    reader = open_page(f"{WHOLE}#{quote(f'{WHOLE_SECTION}?{VOLUME}=70000', safe='')}")
    reader.answered()

    assert reader.state()[VOLUME] == "70000"


def test_unknown_and_repeated_names_are_dropped_and_told(open_page: Open) -> None:
    """A link with names that mean nothing here still answers, and says what it left out."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{VOLUME}=70000&colour=blue&{VOLUME}=80000")
    reader.answered()

    state = reader.state()
    assert state[VOLUME] == "70000"
    assert "colour" not in state
    told = reader.calculator.inner_text()
    assert "colour" in told
    assert VOLUME in told


def test_missing_names_take_their_defaults(open_page: Open) -> None:
    """A link may carry one input only."""
    default = default_query(open_page)
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?d={len(catalog.calculator(SLUG).starts)}&{VOLUME}=70000")
    reader.answered()

    assert changed(default, **{VOLUME: "70000"}) == reader.state()


def test_a_link_of_the_first_edition_means_what_it_meant(open_page: Open) -> None:
    """What it leaves out is that edition's, and what is copied says the same in the newest."""
    newest = len(catalog.calculator(SLUG).starts)
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{VOLUME}=70000&d=1")
    reader.answered()

    assert meant(f"{VOLUME}=70000") == reader.state()
    assert (reader.query or "").startswith(f"d={newest}&as_of=")


def test_what_a_refused_link_leaves_out_keeps_its_edition(open_page: Open) -> None:
    """Until an answer has filled the form in, the page does not take what stands in the fields for the link's."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?d=1&{VOLUME}=lots&shots=9")
    reader.answered()
    asked = reader.page.evaluate_handle(
        "() => { const asked = []; const set = Storage.prototype.setItem;"
        "Storage.prototype.setItem = function (name, text) { asked.push(text); return set.call(this, name, text); };"
        "return asked; }"
    )

    reader.change(VOLUME, "70000")

    assert dict(parse_qsl(asked.evaluate("(asked) => asked[0]"))) == {"d": "1", VOLUME: "70000", "shots": "9"}
    assert meant(f"{VOLUME}=70000&shots=9") == reader.state()


def test_a_link_of_a_later_edition_is_told_and_can_be_answered(open_page: Open) -> None:
    """What it names stays in the fields; a press answers for them as they stand, and nothing is lost."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?d=99&{VOLUME}=70000&shots=9")
    reader.answered()
    button = reader.errors.get_by_role("button")

    expect(reader.errors).to_contain_text("99")
    assert reader.errors.locator("a").count() == 0
    assert reader.query is None, "There is no link to what is not known."
    assert (reader.values[VOLUME], reader.values["shots"]) == ("70000", "9")
    button.click()
    reader.answered()

    assert meant(f"d={len(catalog.calculator(SLUG).starts)}&{VOLUME}=70000&shots=9") == reader.state()
    expect(reader.errors).to_be_hidden()
    assert reader.focus == f"{SLUG}-form", "The focus must not be lost with the button."


def test_a_change_after_a_later_edition_is_answered_for_the_fields(open_page: Open) -> None:
    """Whoever goes on typing needs no button."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?d=99&shots=9")
    reader.answered()

    reader.change(VOLUME, "70000")

    assert (reader.state()[VOLUME], reader.state()["shots"]) == ("70000", "9")
    expect(reader.errors).to_be_hidden()


def test_a_refused_value_in_a_link_is_shown_and_told(open_page: Open) -> None:
    """Nothing in a link is silently replaced: not a number, and not a choice."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{VOLUME}=lots&must_change=everything")
    reader.answered()

    assert reader.values[VOLUME] == "lots"
    assert reader.values["must_change"] == "everything"
    assert reader.errors.locator("a").count() == 2
    assert "is-stale" in (reader.calculator.get_attribute("class") or "")
    assert reader.query is None, "There is no link to what was refused."


def test_no_link_is_copied_while_a_number_is_refused(open_page: Open) -> None:
    """A copied link would carry numbers other than those in the form."""
    reader = open_page(f"{WHOLE}#{WHOLE_SECTION}?{VOLUME}=lots", **CLIPBOARD)
    reader.answered()
    reader.page.evaluate("() => navigator.clipboard.writeText('before')")

    reader.lead.locator("[data-copy-link]").click()

    assert clipboard(reader) == "before"
    expect(reader.lead.locator("[data-copy-link]")).to_contain_text("Not copied")


def test_every_heading_copies_its_link(open_page: Open) -> None:
    """Each section can be sent; the one with the calculator sends the numbers too, once they are changed."""
    reader = open_page("/", **CLIPBOARD)
    headings = reader.page.locator("article :is(h1, h2, h3)[id]:not([data-slot] *)")
    assert headings.count() == headings.locator(".copy-link").count() > 10

    section = reader.page.locator(f"#{SECTION}")
    section.locator(".copy-link").click()
    plain = clipboard(reader)
    reader.change(VOLUME, "71k")
    section.locator(".copy-link").click()
    loaded = clipboard(reader)
    reader.page.locator("#tldr .copy-link").click()
    elsewhere = clipboard(reader)

    assert f"{reader.home}/#{SECTION}" == plain
    assert loaded.startswith(f"{plain}?")
    assert f"{VOLUME}=71000" in loaded
    assert f"{reader.home}/#tldr" == elsewhere
    expect(reader.page.locator(".announcements")).to_have_text("Link copied")


def test_a_closed_clipboard_leaves_the_link_to_copy_by_hand(open_page: Open) -> None:
    """Where a browser refuses, the link stands there selected."""
    reader = open_page("/")
    reader.page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")

    reader.page.locator("#tldr .copy-link").click()

    expect(reader.page.locator(".copy-by-hand input")).to_have_value(f"{reader.home}/#tldr")
    assert f"{reader.home}/#tldr" == reader.page.evaluate("() => getSelection().toString()")


def test_back_and_forward_return_to_the_numbers(open_page: Open) -> None:
    """A preset is a step one can take back, and so is an edit; what was typed before and after comes back too."""
    reader = open_page(WHOLE)
    reader.change(VOLUME, "72k")
    reader.page.keyboard.press("Tab")
    preset = reader.presets.nth(1)
    preset.click()
    reader.answered()
    of_preset = reader.values
    reader.change(VOLUME, "73k")
    reader.page.keyboard.press("Tab")

    reader.page.go_back()
    reader.until("the edit is taken back", lambda: reader.values == of_preset)
    reader.page.go_back()
    reader.until("the preset is taken back", lambda: reader.values[VOLUME] == "72,000")
    for _ in range(2):
        reader.page.go_forward()
    reader.until("both come again", lambda: reader.values == of_preset | {VOLUME: "73,000"})


def test_the_table_of_contents_and_a_reload_lose_nothing(open_page: Open) -> None:
    """A click on another section, a step back and a reload leave the reader's numbers alone."""
    reader = open_page("/")
    reader.change(VOLUME, "74k")

    reader.page.evaluate("() => document.querySelector('a[href$=\"#tldr\"]').click()")
    after_click = reader.values[VOLUME]
    reader.page.go_back()
    reader.page.reload()
    reader.answered()

    assert after_click in {"74k", "74,000"}
    assert reader.state()[VOLUME] == "74000"


def test_numbers_survive_a_visit_to_another_page(open_page: Open) -> None:
    """Reading the reference and coming back loses nothing."""
    reader = open_page(WHOLE)
    reader.change(VOLUME, "75k")

    reader.page.goto(f"{reader.home}/reference/")
    reader.page.goto(f"{reader.home}/")
    reader.answered()

    assert reader.state()[VOLUME] == "75000"


def test_a_link_opened_in_a_page_that_is_open(open_page: Open) -> None:
    """A new link in the same tab wins over the numbers that were there."""
    reader = open_page(WHOLE)
    reader.change(VOLUME, "76k")

    reader.page.goto(f"{reader.home}{WHOLE}#{WHOLE_SECTION}?{VOLUME}=77000")
    reader.until("the new link's numbers come", lambda: reader.state().get(VOLUME) == "77000")

    assert reader.focus == WHOLE_SECTION


@pytest.mark.parametrize(
    "fragment", [f"{WHOLE_SECTION}?", f"{WHOLE_SECTION}?%", f"{WHOLE_SECTION}?{VOLUME}", "nowhere?a=1", "%E0%A4%A"]
)
def test_broken_links_break_nothing(open_page: Open, fragment: str) -> None:
    """Whatever stands after the #, the page works."""
    reader = open_page(f"{WHOLE}#{fragment}")
    reader.change(VOLUME, "78k")

    assert reader.state()[VOLUME] == "78000"
    assert reader.page.locator(f"#{SLUG}-{VOLUME}").is_visible()
