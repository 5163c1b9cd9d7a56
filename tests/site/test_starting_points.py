"""Each starting point has a page of its own, which says what the calculator says, to whoever has no script."""

import json
import re
from html import unescape
from typing import Any, Final

import pytest

from calculators.catalog import calculator
from calculators.catalog.cost_comparison.words import plain, verdict
from calculators.fence import EVERYTHING
from calculators.html.differs import differing
from calculators.quantity import write_money, write_money_short
from tests.site.pages import ROOT, SITE, file_of, guide, pages, section_of

COMPARISON: Final = calculator("cost-comparison")
FOLDER: Final = "calculator"
EACH: Final = pytest.mark.parametrize("preset", COMPARISON.presets, ids=lambda preset: preset.key)


def page_of(preset: Any) -> str:  # noqa: ANN401 - of any calculator
    """HTML of a starting point's page."""
    return pages()[SITE / FOLDER / preset.key / "index.html"].html


def text_of(html: str) -> str:
    """What a reader reads of it, each space once."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_every_starting_point_has_its_page_and_every_page_its_starting_point() -> None:
    """A page that is missing or left over is named here; its title and its id are the starting point's."""
    written = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / FOLDER).glob("*.md")}

    assert {preset.key for preset in COMPARISON.presets} == written.keys()
    for preset in COMPARISON.presets:
        assert f"# {preset.label} {{ #{preset.key} .above-answer }}" in written[preset.key]
        assert f"```starting-point\n{COMPARISON.slug}/{preset.key}\n```" in written[preset.key]


def test_the_line_of_starting_points_leads_to_their_pages() -> None:
    """Without a script a starting point is a link like any other; in the guide, and above the whole form."""
    expected = [SITE / FOLDER / preset.key / "index.html" for preset in COMPARISON.presets]

    for page in (guide(), pages()[SITE / EVERYTHING / "index.html"]):
        links = [link["href"] for link in page.of("a") if "data-preset" in link]
        assert expected == [file_of(link, page.path) for link in links]


@EACH
def test_a_page_says_what_the_calculator_says(preset: Any) -> None:  # noqa: ANN401 - of any calculator
    """Lead, price of the trap, every step, and what each row that is shown comes to."""
    scenario = COMPARISON.decode(preset.query)
    comparison: Any = COMPARISON.answer(scenario)
    html = page_of(preset)
    said, told = text_of(html), verdict(comparison)

    for sentence in (told.lead, told.trap, told.odds):
        assert plain(sentence).strip() in said
    for step in comparison.advice.tries:
        assert write_money(step.step.keep) in said
    for row in comparison.rows:
        assert row.approach.title in said
        assert not row.standing.shown or write_money_short(comparison.in_all(row.approach)) in said
    for _, label, here, example in differing(COMPARISON, scenario):
        assert f"{label}: {here} (example: {example})" in said


@EACH
def test_a_page_opens_its_scenario_in_the_calculator(preset: Any) -> None:  # noqa: ANN401 - of any calculator
    """The link on it carries the starting point as the calculator writes it, and leads to the whole form."""
    page = pages()[SITE / FOLDER / preset.key / "index.html"]
    [link] = [link["href"] for link in page.of("a") if "button--solid" in link.get("class", "")]

    assert SITE / EVERYTHING / "index.html" == file_of(link, page.path)
    assert EVERYTHING == section_of(link)
    assert COMPARISON.encode(COMPARISON.decode(preset.query)) == link.partition("?")[2]


@EACH
def test_nothing_on_a_page_waits_for_a_script(preset: Any) -> None:  # noqa: ANN401 - of any calculator
    """No field, no button and no box: nothing here could answer."""
    _, _, article = page_of(preset).partition("<article")
    body, _, _ = article.partition("</article>")

    assert [] == re.findall(r"<(?:button|input|select|textarea|fine-tuning-calculator)\b", body)


def test_the_reference_lists_them_all() -> None:
    """The page on the plan says of each what the calculator says first, and links to it."""
    page = pages()[SITE / "reference" / "plan" / "index.html"]
    linked = {file_of(link["href"], page.path) for link in page.of("a") if "/calculator/" in link.get("href", "")}

    assert {SITE / FOLDER / preset.key / "index.html" for preset in COMPARISON.presets} <= linked
    for preset in COMPARISON.presets:
        comparison: Any = COMPARISON.answer(COMPARISON.decode(preset.query))
        assert plain(verdict(comparison).lead) in text_of(page.html)


def test_the_search_finds_them_by_their_name_alone() -> None:
    """Their tables and sentences are the calculator's, once more: of each page the index holds its title."""
    index = json.loads((SITE / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {
        entry["location"]: entry
        for entry in index["docs"]
        if entry["location"].startswith(f"{FOLDER}/") and entry["location"].strip("/") != FOLDER
    }

    for preset in COMPARISON.presets:
        entry = found[f"{FOLDER}/{preset.key}/"]
        assert preset.label == unescape(entry["title"])
        assert "" == entry["text"].strip()
