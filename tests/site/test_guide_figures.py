"""What the guide draws from the records: its line on the figures, the price of a rating, and who sells fine-tuning."""

import re
import tomllib
from datetime import date, datetime
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from calculators.calendar import say_date
from calculators.facts import DATA, FACTS
from calculators.facts.background import price_floors
from calculators.html.pages import figures, provider_status, treadmill, treadmill_table
from calculators.html.pages.datasets import dataset
from calculators.quantity import write_money

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/index.md").read_text(encoding="utf-8")
MONEY = re.compile(r"\$\d[\d,]*(?:\.\d+)?")
DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")


def tables() -> dict[str, dict[str, Any]]:
    """Every file of figures as it stands, without any of the code that reads it."""
    return {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))}


def part(html: str, begin: str, end: str) -> str:
    """What stands in a page from one text to the next."""
    found = html.partition(begin)[2].partition(end)[0]
    assert found, f"the page has no {begin}"
    return begin + found + end


def words(html: str) -> str:
    """What a reader sees of some HTML."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def said(claim: str) -> str:
    """The words of a claim in the guide."""
    return re.search(rf'id="claim-{claim}">(.*?)</span>', GUIDE, flags=re.DOTALL)[1]  # type: ignore[index]


def day_of(text: str) -> date:
    """A date as the guide writes it."""
    return datetime.strptime(text, "%d %B %Y").replace(tzinfo=None).date()  # noqa: DTZ007 - a day has no hour


@pytest.fixture(scope="module")
def page() -> str:
    """The guide as it was built."""
    path = ROOT / "site/index.html"
    if not path.is_file():
        pytest.fail("There is no site/index.html. Build the site first: make build.")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chart(page: str) -> str:
    return part(page, '<figure class="chart-figure"', "</figure>")


@pytest.fixture(scope="module")
def status(page: str) -> str:
    return part(page, '<div class="provider-status"', "</div>")


# The price of a rating.


def test_the_guide_tells_the_prices_on_record() -> None:
    """The one sentence written by hand says what the first and the last snapshot say."""
    [paragraph] = re.findall(r"^Prices ran the same way.*$", GUIDE, flags=re.MULTILINE)
    prices = price_floors().prices["gpt-4-2023"]

    assert [write_money(prices[0].blended), write_money(prices[-1].blended)] == MONEY.findall(paragraph)
    assert [f"{prices[0].day:%B %Y}", f"{prices[-1].day:%B %Y}"] == re.findall(r"[A-Z][a-z]+ \d{4}", paragraph)
    risen = [
        key for key in treadmill.SHOWN if price_floors().lowest(key).blended < price_floors().prices[key][-1].blended
    ]
    assert (3, 4) == (len(risen), len(treadmill.SHOWN))
    assert "three of the four lines have turned" in paragraph


def test_the_small_print_tells_the_prices_on_record(chart: str) -> None:
    """The lowest price of each line that rose, where it is now, and the third-cheapest listing, read from the file."""
    rows = tables()["price_floors.toml"]["price"]
    blends = {key: [row["blended"] for row in rows if row["floor"] == key] for key in treadmill.SHOWN}
    thirds = [row["third"] for row in rows if row["floor"] == treadmill.STORY and "third" in row]
    rose = list(
        chain.from_iterable((min(series), series[-1]) for series in blends.values() if min(series) < series[-1])
    )
    fell = [series[-1] for series in blends.values() if min(series) == series[-1]]

    notes = words(part(chart, '<ul class="chart-figure__notes">', "</ul>"))
    assert [write_money(price) for price in (*rose, *fell, min(thirds), thirds[-1])] == MONEY.findall(notes)
    assert f"the {len({row['day'] for row in rows})} days" in notes


def test_the_model_that_the_rating_flatters_is_as_small_as_told(chart: str) -> None:
    """Its name says 4 billion, and it is rated at or above the floor that the caveat sets it against."""
    [rating] = {row["rating"] for row in tables()["price_floors.toml"]["price"] if row["model"] == treadmill.FLATTERED}

    assert "-4b-" in treadmill.FLATTERED
    assert rating > price_floors().floors[treadmill.STORY].rating
    assert f"at {rating:.0f} and GPT-4 (2023) at {price_floors().floors[treadmill.STORY].rating:.0f}" in words(chart)


def test_both_publishers_are_credited(chart: str) -> None:
    """Credit, licence and date stand under the picture."""
    credit = words(part(chart, '<p class="soft">', "</p>"))

    assert "OpenRouter" in credit
    assert "model-price-radar 0.1.0 (MIT)" in credit
    assert "Ratings: Arena, 20 October 2026" in credit
    assert "CC BY 4.0" in credit
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in chart


def test_the_chart_comes_in_two_widths_with_a_sentence(chart: str) -> None:
    """Those who do not see it hear from where to where each line goes."""
    drawings = [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", chart, flags=re.DOTALL)]  # noqa: S314

    assert [["drawing--wide"], ["drawing--narrow"]] == [
        [name for name in drawing.attrib["class"].split() if name.startswith("drawing--")] for drawing in drawings
    ]
    for drawing in drawings:
        assert "img" == drawing.attrib["role"]
        for key in treadmill.SHOWN:
            name, prices = price_floors().floors[key].name, price_floors().prices[key]
            assert f"{name}, from {write_money(prices[0].blended)}" in drawing.attrib["aria-label"]


def test_the_wide_chart_names_every_turn(chart: str) -> None:
    """The figures that the text speaks of can be seen."""
    wide = re.search(r"<svg.*?</svg>", chart, flags=re.DOTALL)[0]  # type: ignore[index]
    notes = set(re.findall(r'<text class="chart__note"[^>]*>([^<]*)</text>', wide))

    assert {"GPT-3.5 $0.01", "GPT-4 $0.025", "GPT-4o $0.0315", "GPT-4 $37.50"} <= notes


def test_every_snapshot_stands_in_the_table() -> None:
    """The table holds the figure and the model for each day and each line, the newest first."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', treadmill_table.write(), flags=re.DOTALL)
    known = price_floors()

    assert [say_date(day) for day in reversed(known.days)] == [day for day, _ in rows]
    for day, cells in rows:
        told = [words(cell) for cell in re.findall(r"<td>(.*?)</td>", cells)]
        prices = [known.at(key, day_of(day)) for key in treadmill.SHOWN]
        assert told == [
            f"{write_money(price.blended)} {price.model.partition('/')[2]}" if price else "none listed"
            for price in prices
        ]


# Who sells fine-tuning.


def test_every_seller_stands_in_the_table_once(status: str) -> None:
    """Nobody on record is left out, those who stopped included, and each row says where that is published."""
    rows = [unescape(row) for row in re.findall(r'<th[^>]* scope="row"[^>]*><a[^>]*>(.*?)</a>', status)]

    assert len(FACTS.availability) == len(rows) == len(set(rows))
    assert all({offer.name, offer.provider} & set(rows) for offer in FACTS.availability.values())
    sources = re.findall(r'<td[^>]* data-label="Source"[^>]*>(.*?)</td>', status)
    assert len(rows) == len(sources)
    assert all(DATE.search(source) for source in sources)


def test_what_nobody_can_buy_is_apart(status: str) -> None:
    """The table in sight has what is still sold; what is not is folded away under its names and years."""
    sold, _, gone = status.partition("<details>")
    closed = [offer for offer in FACTS.availability.values() if offer.sold_to == "nobody"]

    assert sold.count('scope="row"') == len(FACTS.availability) - len(closed)
    assert closed
    assert gone.count('scope="row"') == len(closed)
    summary = unescape(part(gone, "<summary>", "</summary>"))
    assert all(
        f"{offer.provider} ({offer.valid_from.year})" in summary or f"{offer.name} ({offer.valid_from.year})" in summary
        for offer in closed
    )


def test_an_announced_end_is_told_with_its_day(status: str) -> None:
    """Whoever reads the row of a seller that will stop sees when, and when what was tuned there stops."""
    [row] = [row for row in re.findall(r'<tr role="row">.*?</tr>', status) if ">Fine-tuning at OpenAI<" in row]

    assert "existing customers, since 7 May 2026" in words(row)
    assert "Organisations that never ran fine-tuning" in words(row)
    assert "answered nothing for 60 days" in words(row)
    assert "6 January 2027, then nobody" in words(row)
    assert re.search(r"14 January 2027: .*GPT-4\.1 mini", words(row))


def test_each_cell_says_what_it_is_where_columns_are_lost(status: str) -> None:
    """On a phone a row is a block: every cell has its column's name, and a browser is told that it is a table still."""
    assert status.count('role="cell"') == 5 * status.count('role="rowheader"')
    assert status.count('role="cell"') == status.count("data-label=")
    assert re.findall(r"<(?:table|thead|tbody|tr)(?![^>]* role=)", status) == []


def test_the_order_is_by_who_can_buy() -> None:
    """First what anyone can buy, then what only customers can, then what ended, latest first."""
    found = provider_status.statuses()
    sold_to = [status.now.sold_to for status in found]
    ended = [status.now.valid_from for status in found if status.now.sold_to == "nobody"]

    assert sold_to == sorted(sold_to, key=["anyone", "existing customers", "nobody"].index)
    assert ended == sorted(ended, reverse=True)


def test_the_claim_about_the_largest_shop_agrees_with_the_records() -> None:
    """The dates that the guide writes by hand are those on record."""
    on_record = {record.valid_from for record in FACTS.availability.history("openai")}
    stops = {service.stops for service in FACTS.tuning.values() if service.offer == "openai"}
    told = {day_of(text) for text in DATE.findall(said("M1"))}

    assert {date(2026, 5, 7), date(2027, 1, 6), date(2027, 1, 14)} == told
    assert told <= on_record | stops
    assert "2 July" in said("M1")
    assert date(2026, 7, 2) in on_record
    assert f'"As of {say_date(FACTS.checked)}: the largest shop is closing"' in GUIDE


# The line on the figures.


def test_the_records_are_counted(page: str) -> None:
    """As many as stand in the files with a source and a day, counted there."""
    counted = sum(
        "sources" in row and bool({"checked", "day"} & row.keys())
        for file in tables().values()
        for rows in file.values()
        if isinstance(rows, list)
        for row in rows
    )

    assert counted == figures.count()
    assert f">{counted:,} dated records</a>" in page


def test_the_next_change_is_the_next(page: str) -> None:
    """No file has a day after today that comes sooner, of those on which a price, an offer or a model changes."""
    days = [
        value
        for file in tables().values()
        for rows in file.values()
        if isinstance(rows, list)
        for row in rows
        for name in ("retires", "stops", "valid_from")
        if type(value := row.get(name)) is date and value > FACTS.today
    ]
    changes = figures.next_changes()

    assert min(days) == changes[0].day
    assert f"Next known change, on {say_date(min(days))}:" in words(page)
    assert all(change.record.name in words(page) for change in changes[: figures.MOST_CHANGES])


def test_the_oldest_figure_is_not_older_than_told(page: str) -> None:
    """Its day and its age stand in the line, and it lies within what the guide calls fresh."""
    oldest = figures.oldest()
    kind = dataset(type(oldest))
    seen = getattr(oldest, kind.seen_on)

    assert f"{say_date(seen)}: {(FACTS.today - seen).days} days old" in words(page)
    assert not kind.is_old(oldest)
