"""Amounts in the reader's currency: every one is the dollar amount at their rate, prices stay, and nothing leaks."""

import json
import re
from typing import Final
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.__main__ import main
from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.report import written
from calculators.html.reply import patches, whole
from calculators.quantity import DOLLARS, Currency, shown, shown_in
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, changed, scenarios

TEN: Final = Currency("EUR", 10.0)
"""At ten a dollar every amount has the same digits, so that what is written can be compared exactly."""
AMOUNT: Final = re.compile(r"([$€])([\d.,]*\d)([KMB]?)")
SIZES: Final = {"": 1, "K": 1e3, "M": 1e6, "B": 1e9}
ONE_CENT: Final = 0.0101


def texts(scenario: Scenario) -> dict[str, str]:
    """The answer on the page by slot, and in a terminal, without pictures and tags."""
    with COST_COMPARISON.showing(scenario):
        found = answer(scenario)
        html = patches(COST_COMPARISON.slug, found)
        pages = {slot: re.sub(r"<svg.*?</svg>|<[^>]*>", " ", text, flags=re.DOTALL) for slot, text in html.items()}
        return {**pages, "terminal": written(found)}


def amounts(text: str) -> list[tuple[str, float]]:
    """Every amount of a text: its sign, and the number."""
    return [(sign, float(digits.replace(",", "")) * SIZES[size]) for sign, digits, size in AMOUNT.findall(text)]


@bounded(4)
@given(scenario=scenarios(False, 4, currency=None))
def test_every_figure_is_the_dollar_figure_at_the_rate(scenario: Scenario) -> None:
    """Amounts in the currency, or a price that stays in dollars; and in dollars again, as if nothing had been."""
    dollars, euros = texts(scenario), texts(changed(scenario, currency=TEN))

    for slot, text in dollars.items():
        before, after = amounts(text), amounts(euros[slot])
        assert len(before) == len(after), slot
        for (_, dollar), (sign, figure) in zip(before, after, strict=True):
            right = dollar * 10 if sign == "€" else dollar
            # Parts that add up to the cent are each within one of what they are.
            assert figure == pytest.approx(right, rel=0.006, abs=10 * ONE_CENT), (slot, dollar, figure)
    assert dollars == texts(scenario)


@bounded(10)
@given(scenario=scenarios(), rate=st.floats(0.001, 1e7))
def test_nothing_leaks_into_the_next_answer(scenario: Scenario, rate: float) -> None:
    """The same scenario in dollars after another currency: no sign of it, and the block has an end if it fails."""
    with pytest.raises(ZeroDivisionError), COST_COMPARISON.showing(changed(scenario, currency=Currency("GBP", rate))):
        raise ZeroDivisionError
    assert DOLLARS is shown()
    with shown_in(TEN), COST_COMPARISON.showing(changed(scenario, currency=None)):
        assert DOLLARS is shown()


def test_a_page_says_it_once_in_its_head() -> None:
    """What amounts are in, whose rate it is, and that prices are in dollars; the rate is in the link."""
    found = json.loads(whole("cost-comparison?d=3&currency=1+USD+%3D+0.92+EUR"))
    plain = json.loads(whole("cost-comparison?d=3"))
    head = "Amounts in EUR at 0.92 a dollar, as you entered; prices are in dollars."

    assert head in found["patches"]["answer"]
    assert 1 == sum(text.count(head) for text in found["patches"].values())
    assert found["query"].endswith("&currency=0.92+EUR")
    assert "0.92 EUR" == found["values"]["currency"]
    assert "€" in found["says"]
    assert "$" not in found["says"]
    assert "€" not in "".join(plain["patches"].values())
    assert "amounts in EUR" in found["patches"]["summary-life"]


def test_fields_and_price_lists_stay_in_dollars() -> None:
    """Summaries and notes of the form tell what is entered and what is listed."""
    found = json.loads(whole("cost-comparison?d=3&worth=90000&currency=0.92+EUR"))
    beside = {slot: text for slot, text in found["patches"].items() if slot.startswith(("note-", "summary-"))}

    assert "worth $90,000" in beside["summary-finding_out"]
    assert not [slot for slot, text in beside.items() if "€" in text]


def test_programs_are_told_dollars(capsys: pytest.CaptureFixture[str]) -> None:
    """Every figure is the same, and the currency with its rate stands beside; a terminal shows it."""
    asked = ["cost-comparison?d=3", "currency=0.92 EUR"]
    assert main(["cost-comparison?d=3", "--json"]) == 0
    dollars = json.loads(capsys.readouterr().out)
    assert main([*asked, "--json"]) == 0
    euros = json.loads(capsys.readouterr().out)
    assert main(asked) == 0
    told = capsys.readouterr().out

    assert {"code": "EUR", "per_dollar": 0.92} == euros.pop("shown_in")
    assert dollars.pop("shown_in") is None
    assert "USD" == euros["currency"]
    assert euros.pop("scenario") == f"{dollars.pop('scenario')}&currency=0.92+EUR"
    assert dollars == euros
    assert "Amounts in EUR at 0.92 a dollar" in told
    assert "€" in told


READ: Final = {
    "0.92 EUR": ("EUR", 0.92),
    "eur 0.92": ("EUR", 0.92),
    "€0.92": ("EUR", 0.92),
    "0.92€": ("EUR", 0.92),
    " 1 USD = 0.92 EUR ": ("EUR", 0.92),
    "$1 = €0.92": ("EUR", 0.92),
    "1 dollar is 150 JPY": ("JPY", 150),
    "R$5.4": ("BRL", 5.4),
    "5.4 zł": ("PLN", 5.4),
    "15k idr": ("IDR", 15_000),
    "1,350.5 KRW": ("KRW", 1350.5),
    "7 xyz": ("XYZ", 7),
}
REFUSED: Final = {
    "0.92": "“0.92” is no currency with its rate: enter what a US dollar is, as in 0.92 EUR",
    "EUR": "“EUR” has no rate: enter what a US dollar is, as in 0.92 EUR",
    "pounds": "enter",
    "2 USD": "one of them is 1 USD",
    "1 EUR = 1.09 USD": "is an amount of US dollars",
    "0 EUR": "0 is below 0.001",
    "-1 EUR": "-1 is below 0.001",
    "0,92 EUR": "write a decimal point, not a comma",
    "1e9 EUR": "is above 10,000,000",
    "nan EUR": "is not a number",
    "EUR EUR": "is not a number",
    "<b>": "is no currency",
    "9" * 3_000 + " EUR": "is no currency with its rate",
}


@pytest.mark.parametrize(("text", "found"), READ.items(), ids=READ)
def test_a_rate_is_read_as_people_say_it(text: str, found: tuple[str, float]) -> None:
    """With a code or a sign, before or behind; and written in one way, which reads the same."""
    scenario = at(urlencode({"currency": text}))
    item = COST_COMPARISON.inputs["currency"]

    assert found == item.read(text)
    assert item.read(text) == item.read(item.entry(item.read(text)))
    assert scenario == at(COST_COMPARISON.encode(scenario))


@pytest.mark.parametrize("text", ["", " ", "USD", "1 usd", "$", "$1"])
def test_us_dollars_are_no_other_currency(text: str) -> None:
    """However they are said, the link does not carry them."""
    assert at("") == at(urlencode({"currency": text}))


@pytest.mark.parametrize(("text", "fault"), REFUSED.items(), ids=range(len(REFUSED)))
def test_what_is_no_rate_is_refused_in_words(text: str, fault: str) -> None:
    """With what to enter."""
    found = json.loads(whole(f"cost-comparison?{urlencode({'currency': text})}"))

    assert ["currency"] == found["invalid"]
    assert fault in found["says"]
    assert "enter" in found["says"]
    assert len(found["says"]) < 300


def test_amounts_do_not_break() -> None:
    """Between a code and its amount stands a space that does not break; a loss has its sign before both."""
    assert Currency("CHF", 0.8).money(1_234.5) == "CHF\u00a01,230"
    assert Currency("CHF", 0.8).cents(-4.5) == "−CHF\u00a04.50"
    assert Currency("EUR", 0.9).short(107_311.5) == "€107K"
