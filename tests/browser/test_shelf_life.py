"""A way to tune that is closed: the reader is told before any number, and has two ways on."""

from urllib.parse import parse_qsl

from playwright.sync_api import expect

from tests.browser.reader import WHOLE, WHOLE_SECTION, Open, Reader


def chosen(open_page: Open) -> Reader:
    """A reader who picks GPT-4.1 mini, and then OpenAI to tune it, as the pickers offer them."""
    reader = open_page(WHOLE)
    reader.field("tuned_model").select_option("gpt-4.1-mini")
    reader.answered()
    reader.field("service").evaluate("(field) => { field.closest('details').open = true; }")
    reader.field("service").select_option("openai-gpt-4.1-mini")
    reader.answered()
    return reader


def test_choosing_openai_today_says_in_its_row_that_it_is_closed(open_page: Open) -> None:
    """With its dates, and the row is the last."""
    reader = chosen(open_page)
    last = reader.answer.locator(".ranking > tbody").last

    expect(last).to_contain_text("Fine-tuning, API")
    expect(last).to_contain_text("existing customers until 14 January 2027")
    said = last.locator(".row__said")
    for day in ("7 May 2026", "5 January 2027", "14 January 2027"):
        expect(said).to_contain_text(day)
    expect(said.get_by_role("link", name="OpenAI")).to_be_visible()


def test_one_press_leads_to_a_service_that_can_be_bought(open_page: Open) -> None:
    """What was said goes, the fields follow, and the row is ranked again."""
    reader = chosen(open_page)

    reader.answer.get_by_role("button", name="Use one you can still buy").click()
    reader.answered()

    expect(reader.answer.locator(".row__said", has_text="closed to newcomers")).to_have_count(0)
    assert reader.values["service"] == "auto"
    expect(reader.answer.locator(".ranking .hue-api .tested")).to_be_visible()


def test_an_existing_customer_sees_the_figures_and_can_send_them(open_page: Open) -> None:
    """One press sets both inputs, and the link carries them."""
    reader = chosen(open_page)

    reader.answer.get_by_role("button", name="We are an existing customer").click()
    reader.answered()

    carried = dict(parse_qsl(reader.query or ""))
    assert {"existing_customer": "yes", "api_can": "can"}.items() <= carried.items()
    expect(reader.answer.locator(".ranking .hue-api .tested")).to_be_visible()


def test_a_link_of_an_earlier_day_offers_the_figures_of_today(open_page: Open) -> None:
    """What was sent stays as it was; the newer figures are a press away."""
    reader = open_page(WHOLE + f"#{WHOLE_SECTION}?as_of=2026-03-01&must_change=format&prompted_model=gpt-4o")
    reader.answered()
    before = reader.verdict
    offer = reader.lead.locator(".later-figures")

    expect(offer).to_contain_text("These are the figures of 1 March 2026")
    offer.get_by_role("button", name="Use them").click()
    reader.answered()

    expect(reader.lead.locator(".later-figures")).to_have_count(0)
    assert before
    assert "2026-03-01" not in (reader.query or "")
