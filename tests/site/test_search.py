"""What a search finds: pages by their titles and prose, the calculator by its name, and no rows of tables."""

import json
import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.site.pages import ROOT

SITE: Final = ROOT / "site"
REFERENCE: Final = sorted(path.stem for path in (ROOT / "docs/reference").glob("*.md") if path.stem != "index")
WITHOUT_ROWS: Final = 0.4
"""Share of what the index would hold with the tables in it that it holds at most without them."""
LEFT_OUT: Final = re.compile(r"<(table|div)[^>]*data-search-exclude.*?</\1>", re.DOTALL)
"""What of a page no search finds."""


def found() -> Iterator[tuple[str, str]]:
    """Where each entry of the index leads to, and all that it is found by."""
    index = json.loads((SITE / "search/search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        yield entry["location"], re.sub(r"<[^>]+>", " ", f"{entry['title']} {entry['text']}").lower()


@pytest.mark.parametrize("name", REFERENCE)
def test_a_page_is_found_by_its_title_and_prose(name: str) -> None:
    """Whatever of it is a table."""
    source = (ROOT / f"docs/reference/{name}.md").read_text(encoding="utf-8")
    title = re.search(r"^# (.+?) \{", source, re.MULTILINE)
    lede = re.search(r"^(.+)\n\{ \.lede \}", source, re.MULTILINE)
    assert title
    assert lede
    said = " ".join(words for where, words in found() if where.partition("#")[0] == f"reference/{name}/")

    assert title[1].lower() in said
    assert lede[1].lower() in said


@pytest.mark.parametrize("words", ["calculator", "cost comparison"])
def test_the_calculator_is_found(words: str) -> None:
    """On its page."""
    assert any(where.startswith("calculator/") and words in said for where, said in found())


def test_rows_of_tables_are_not_found() -> None:
    """They would stand before what a reader looks for: a model has rows on every page of records."""
    assert not [
        where for where, said in found() if where.startswith("reference/prices/") and "claude haiku 4.5" in said
    ]
    index = (SITE / "search/search_index.json").stat().st_size
    tables = [part for page in SITE.rglob("index.html") for part in LEFT_OUT.finditer(page.read_text(encoding="utf-8"))]
    words = (" ".join(re.sub(r"<[^>]+>", " ", part[0]).split()) for part in tables)
    rows = sum(len(each.encode()) for each in words)
    assert index < WITHOUT_ROWS * (index + rows)


def test_a_term_is_found_by_its_name_and_what_it_is() -> None:
    """And leads to itself."""
    [said] = (said for where, said in found() if where == "reference/terms/#term-break_even_volume")

    assert "volume at which two options cost the same" in said


@pytest.mark.parametrize("name", REFERENCE)
def test_a_page_of_the_reference_keeps_the_side_menu(name: str) -> None:
    """Whoever reads one of them sees the others beside it; the plan has its own contents there."""
    page = (SITE / f"reference/{name}/index.html").read_text(encoding="utf-8")
    menu = re.search(r'<div class="md-sidebar md-sidebar--primary"[^>]*>', page)

    assert menu
    assert ("hidden" in menu[0]) is (name == "plan")
