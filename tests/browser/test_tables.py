"""The tables of the reference can be sorted, filtered and linked to, by hand or by key, on any screen, or only read."""

from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser.reader import Open, Reader

PRICES = "/reference/prices/"
PAGES = [
    PRICES,
    *(
        f"/reference/{name}/"
        for name in ("bills", "fine-tuning-services", "gpus", "throughput", "assumptions", "sources")
    ),
]

READY = "() => document.querySelector('.filter') !== null"

# The rows that are shown: their ids, and what a column holds for sorting.
SHOWN = """
(table, column) => [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => [
    row.id, (row.cells[column].dataset.value ?? row.cells[column].firstChild.textContent).trim()])
"""


def table(reader: Reader) -> Locator:
    """The table of models that are sold, once the script has done its part."""
    reader.page.wait_for_function(READY)
    return reader.page.locator("table[data-filter=models]")


def column_of(models: Locator, title: str) -> int:
    """The place of a column."""
    found: int = models.evaluate(
        "(table, title) => [...table.tHead.rows[0].cells].findIndex((cell) => cell.textContent.startsWith(title))",
        title,
    )
    assert found >= 0, title
    return found


def values(models: Locator, column: int) -> list[str]:
    """What the rows shown are sorted by in a column, from top to bottom."""
    return [value for _, value in shown(models, column)]


def shown(models: Locator, column: int = 0) -> list[tuple[str, str]]:
    """The rows shown, from top to bottom: id and value of a column."""
    found: list[Any] = models.evaluate(SHOWN, column)
    return [(name, value) for name, value in found]


def button(models: Locator, title: str) -> Locator:
    """The button that sorts by a column."""
    return models.get_by_role("button", name=title).first


def test_a_column_of_figures_is_sorted_by_its_exact_values(open_page: Open) -> None:
    """Once for lowest first, twice for highest first; rows without a figure come last both times, and none is lost."""
    models = table(open_page(PRICES))
    cached = column_of(models, "Cached")
    before = shown(models, cached)

    button(models, "Cached").click()
    rising = values(models, cached)
    button(models, "Cached").click()
    falling = values(models, cached)

    figures = sorted(float(value) for _, value in before if value)
    assert "" in rising
    assert figures == [float(value) for value in rising if value]
    assert figures[::-1] == [float(value) for value in falling if value]
    assert all(order[len(figures) :] == [""] * (len(before) - len(figures)) for order in (rising, falling))
    assert sorted(before) == sorted(shown(models, cached))


def test_a_column_of_words_is_sorted_as_words(open_page: Open) -> None:
    """Names come in the order of a dictionary, whatever case they begin with."""
    models = table(open_page(PRICES))

    button(models, "Model").click()
    names = values(models, 0)

    assert names != sorted(names), "numbers in names count as numbers, and capitals as small letters"
    assert [name[0].casefold() for name in names] == sorted(name[0].casefold() for name in names)


def test_rows_that_are_equal_keep_their_order(open_page: Open) -> None:
    """Sorted by price and then by whether they reason, models that do the same stay in order of price."""
    models = table(open_page(PRICES))
    price, reasons = column_of(models, "Input"), column_of(models, "Reasons")

    button(models, "Input").click()
    button(models, "Reasons").click()
    groups: dict[str, list[float]] = {}
    for (_, group), value in zip(shown(models, reasons), values(models, price), strict=True):
        groups.setdefault(group, []).append(float(value))

    assert max(map(len, groups.values())) > 1
    assert all(prices == sorted(prices) for prices in groups.values())


def test_the_order_is_told(open_page: Open) -> None:
    """One heading at a time says how the table is sorted, and a screen reader hears it."""
    reader = open_page(PRICES)
    models = table(reader)

    for title, times, order in (("Input", 1, "ascending"), ("Output", 2, "descending")):
        for _ in range(times):
            button(models, title).click()
        sorted_by = models.locator("th[aria-sort]")
        assert sorted_by.count() == 1
        assert sorted_by.get_attribute("aria-sort") == order
        assert sorted_by.inner_text().startswith(title)
        assert reader.page.locator(".announcements").inner_text() == f"Sorted by {title}, {order}"


def test_a_table_is_filtered_by_words(open_page: Open) -> None:
    """Only rows with all of the words stay; the count says how many; an empty field brings all of them back."""
    reader = open_page(PRICES)
    models = table(reader)
    everything = shown(models)
    count = reader.page.locator(".filter [role=status]").first
    field = reader.page.get_by_label("Filter models")

    assert count.inner_text() == f"{len(everything)} models"
    field.fill("anthropic HAIKU")
    left = shown(models)
    assert 0 < len(left) < len(everything)
    assert all("Haiku" in name for _, name in left)
    assert count.inner_text() == f"{len(left)} of {len(everything)} models"
    field.fill("no such model")
    assert [] == shown(models)
    assert count.inner_text() == f"0 of {len(everything)} models"
    field.fill("")
    assert shown(models) == everything


def test_a_table_is_filtered_by_provider(open_page: Open) -> None:
    """The list holds every provider once, and words count on top of it."""
    reader = open_page(PRICES)
    models = table(reader)
    by_provider = reader.page.get_by_label("Provider").first
    options = by_provider.locator("option").all_inner_texts()
    groups: list[str] = models.evaluate("(table) => [...table.tBodies[0].rows].map((row) => row.dataset.group)")

    assert options == ["All", *sorted(set(groups), key=str.casefold)]
    by_provider.select_option("Anthropic")
    assert len(shown(models)) == groups.count("Anthropic")
    reader.page.get_by_label("Filter models").fill("opus")
    assert 0 < len(shown(models)) < groups.count("Anthropic")


def test_a_sorted_table_stays_filtered_and_a_filtered_one_sorted(open_page: Open) -> None:
    """The two do not undo each other."""
    reader = open_page(PRICES)
    models = table(reader)
    output = column_of(models, "Output")

    reader.page.get_by_label("Provider").first.select_option("OpenAI")
    few = sorted(shown(models))
    button(models, "Output").click()

    assert sorted(shown(models)) == few
    figures = [float(value) for value in values(models, output)]
    assert figures == sorted(figures)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_link_leads_to_its_row(open_page: Open, width: int) -> None:
    """A row's own address brings it into sight, below the heading that stays, and marks it."""
    reader = open_page(f"{PRICES}#price-gpt-4.1-mini", width=width)
    models = table(reader)
    row = models.locator("[id='price-gpt-4.1-mini']")
    reader.until("the row comes into sight", lambda: row.evaluate("(row) => row.getBoundingClientRect().top") > 0)
    place = row.locator("th").bounding_box()
    head = models.locator("thead th").first.bounding_box()

    assert place
    assert head
    assert head["y"] + head["height"] <= place["y"] + 1
    assert place["y"] + place["height"] <= 800
    plain = models.locator("tbody tr:not(:target) th").first
    assert row.locator("th").evaluate(BACKGROUND) != plain.evaluate(BACKGROUND)


BACKGROUND = "(cell) => getComputedStyle(cell).backgroundColor"


def test_a_link_to_a_row_that_is_filtered_away_clears_the_filter(open_page: Open) -> None:
    """What somebody was sent to is never hidden from them."""
    reader = open_page(PRICES)
    models = table(reader)
    reader.page.get_by_label("Filter models").fill("anthropic")
    row = models.locator("[id='price-gpt-4.1-mini']")
    assert not row.is_visible()

    reader.page.evaluate("() => { location.hash = 'price-gpt-4.1-mini'; }")

    reader.until("the row is shown again", row.is_visible)
    assert reader.page.get_by_label("Filter models").input_value() == ""


def test_a_history_opens_where_it_is_folded(open_page: Open) -> None:
    """The line of a price leads to the records behind it, and opens their provider."""
    reader = open_page(PRICES)
    heading = reader.page.locator("[id='history-claude-haiku-4-5']")
    assert not heading.is_visible()

    table(reader).locator("a[href='#history-claude-haiku-4-5']").click()

    reader.until("the history is shown", heading.is_visible)
    assert reader.page.locator("details.records__history[open]").count() == 1


def test_a_table_is_worked_by_keyboard(open_page: Open) -> None:
    """From the filter one tabs into the headings; a key sorts, and the focus stays on the button."""
    reader = open_page(PRICES)
    models = table(reader)
    price = column_of(models, "Input")
    reader.page.get_by_label("Filter models").focus()
    reached = []
    for _ in range(6):
        reader.page.keyboard.press("Tab")
        reached.append(str(reader.page.evaluate("() => document.activeElement.textContent.trim()")))
        if reached[-1] == "Input":
            break
    assert reached[-1] == "Input", f"Tab led to {reached}"

    reader.page.keyboard.press("Enter")
    rising = values(models, price)
    reader.page.keyboard.press("Space")

    assert rising == sorted(rising, key=float)
    assert values(models, price) == sorted(rising, key=float, reverse=True)
    assert reader.page.evaluate("() => document.activeElement.textContent.trim()") == "Input"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(open_page: Open, path: str, width: int) -> None:
    """What is wider than the screen scrolls in a box of its own, with everything open."""
    reader = open_page(path, width=width)
    reader.open_everything()

    assert reader.width_needed() <= width


def test_on_a_phone_the_name_stays_beside_the_figures(open_page: Open) -> None:
    """Scrolled to its last column, a table still says which model a row is."""
    reader = open_page(PRICES, width=320, has_touch=True, is_mobile=True)
    models = table(reader)
    box = reader.page.locator(".scroll-box").first
    box.evaluate("(box) => { box.scrollLeft = box.scrollWidth; }")
    name, last = (
        models.locator("tbody th").first.bounding_box(),
        models.locator("tbody tr td:last-child").first.bounding_box(),
    )
    frame = box.bounding_box()

    assert name
    assert last
    assert frame
    assert abs(name["x"] - frame["x"]) <= 1
    assert name["x"] + name["width"] < frame["x"] + frame["width"] / 2, "the name leaves room for figures"
    assert last["x"] + last["width"] <= frame["x"] + frame["width"] + 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_without_script(open_page: Open, path: str) -> None:
    """Every row can be read, and nothing is offered that would need a script."""
    page = open_page(path, java_script_enabled=False).page
    rows = page.locator("table[data-records] tbody tr")

    assert rows.count() > 0
    assert rows.first.is_visible()
    assert rows.last.is_visible()
    assert page.locator(".filter, .sort").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_on_paper_nothing_is_cut_off(open_page: Open, path: str) -> None:
    """No table is wider than a sheet of A4 between its margins, and what needs a hand is left out."""
    sheet = 672
    reader = open_page(path, width=sheet)
    reader.page.wait_for_selector("table[data-records]")
    reader.open_everything()
    reader.page.emulate_media(media="print")
    widths: list[int] = reader.page.evaluate(
        "() => [...document.querySelectorAll('.records table')].map((table) => Math.ceil(table.scrollWidth))"
    )

    assert max(widths) <= sheet
    assert not reader.page.locator(".filter").first.is_visible()
    assert not reader.page.locator("a.correct").first.is_visible()


def test_nothing_is_asked_for_and_nothing_is_kept(open_page: Open) -> None:
    """Sorting and filtering are between the reader and the page."""
    reader = open_page(PRICES)
    models = table(reader)
    reader.page.wait_for_load_state("networkidle")
    reader.log.requests.clear()

    reader.page.get_by_label("Filter models").fill("haiku")
    button(models, "Output").click()
    reader.page.wait_for_timeout(300)

    kept = reader.page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])")
    assert [] == reader.log.requests
    assert "haiku" not in kept
    assert "haiku" not in reader.page.url


def test_only_pages_with_records_load_the_script(open_page: Open) -> None:
    """Whoever reads the guide pays nothing for tables elsewhere."""
    reader = open_page("/")
    reader.page.wait_for_load_state("networkidle")
    assert not [url for url in reader.log.requests if url.endswith("/tables.js")]

    table(open_page(PRICES))
    assert [url for url in reader.log.requests if url.endswith("/tables.js")]
