"""The guide keeps its addresses, and is as long as it claims."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import override

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/index.md"
REGISTER = ROOT / "docs/reference/evidence.md"
SECTION_IDS = (ROOT / "tests/site/section_ids.txt").read_text(encoding="utf-8").split()
CLAIM_IDS = (ROOT / "tests/site/claim_ids.txt").read_text(encoding="utf-8").split()

WORDS_A_MINUTE = 230
NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
]


class Page(HTMLParser):
    """What the tests ask of a built page: its ids, its tables, its quotations."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.quotations: list[str] = []
        self._quoting = False
        self._in_cell = False
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if identity := dict(attrs).get("id"):
            self.ids.append((tag, identity))
        match tag:
            case "table":
                self.tables.append([])
            case "tr":
                self.tables[-1].append([])
            case "td" | "th":
                self.tables[-1][-1].append("")
                self._in_cell = True
            case "blockquote":
                self.quotations.append("")
                self._quoting = True

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._in_cell = False
        elif tag == "blockquote":
            self._quoting = False

    @override
    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.tables[-1][-1][-1] += data
        if self._quoting:
            self.quotations[-1] += data


@pytest.fixture(scope="module")
def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


@pytest.fixture
def page(site: Path) -> Page:
    return Page((site / "index.html").read_text(encoding="utf-8"))


def prose(markdown: str) -> str:
    """What a reader reads: without front matter, fences, folded parts, markup and the addresses of links."""
    text = markdown.split("---\n", 2)[2]
    text = re.sub(r"```.*?```|<details.*?</details>", "", text, flags=re.DOTALL)
    text = re.sub(r"^\[[^\]]+\]: .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r'^!!! \w+ "(.*)"$', r"\1", text, flags=re.MULTILINE)
    text = re.sub(r"<[^>]+>|\{[^}]*\}|\]\([^)]*\)|\]\[[^\]]*\]", "", text)
    text = re.sub(r"^\s*(\d+\.|-)\s", " ", text, flags=re.MULTILINE)
    return re.sub(r"[\[\]|*>]", " ", text)


def test_every_section_keeps_its_address(page: Page) -> None:
    """A link into the guide works for as long as the guide is there."""
    headings = [identity for tag, identity in page.ids if tag in {"h1", "h2", "h3"} and identity in SECTION_IDS]

    assert headings == SECTION_IDS


def test_no_section_lacks_a_permanent_address(guide: str) -> None:
    """A heading's id is written out, so that rewording it breaks no link."""
    headings = re.findall(r"^#{1,6} .*$", guide, flags=re.MULTILINE)

    assert [re.sub(r".*\{ #(.+) \}$", r"\1", heading) for heading in headings] == SECTION_IDS


def test_heading_levels_never_skip(guide: str) -> None:
    """Whoever moves by headings meets no gap."""
    levels = [len(marks) for marks in re.findall(r"^(#{1,6}) ", guide, flags=re.MULTILINE)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_claim_stands_in_the_guide_once(page: Page) -> None:
    """Each of the 70 claims can be linked to, at the words that make it."""
    claims = [(tag, identity.removeprefix("claim-")) for tag, identity in page.ids if identity.startswith("claim-")]

    assert len(CLAIM_IDS) == 70
    assert Counter(claims) == Counter(("span", claim) for claim in CLAIM_IDS)


def test_no_id_is_used_twice(page: Page) -> None:
    """An address leads to one place."""
    repeated = [identity for identity, uses in Counter(identity for _, identity in page.ids).items() if uses > 1]

    assert repeated == []


def test_the_register_grades_every_claim_and_counts_right() -> None:
    """The register lists what the guide claims, and its table of grades adds up."""
    text = REGISTER.read_text(encoding="utf-8")
    entry = r"^- \[([A-Z]+\d+)\]\(\.\./index\.md#claim-\1\)\{ #\1 \} \*\*(\w+)\.\*\* "
    entries = re.findall(entry, text, flags=re.MULTILINE)
    grades = re.findall(r"^\| (\w+) \| .+ \| (\d+) \|$", text, flags=re.MULTILINE)

    assert sorted(claim for claim, _ in entries) == sorted(CLAIM_IDS)
    assert Counter(grade for _, grade in entries) == Counter({grade: int(count) for grade, count in grades})


def test_the_tree_as_first_published_is_complete(guide: str) -> None:
    """Every node of the first tree keeps its letter and its place."""
    [folded] = re.findall(r'<details class="tree-first" markdown>(.*?)</details>', guide, flags=re.DOTALL)

    assert sorted(re.findall(r"\*\*([A-L])\.\*\*", folded)) == list("ABCDEFGHIJKL")


def test_the_reading_time_is_true(guide: str) -> None:
    """The minutes at the top are the words on the page, at 230 a minute."""
    words = [word for word in prose(guide).split() if re.search(r"\w", word)]

    [stated] = re.findall(r"about (\d+) minutes", guide)
    assert int(stated) == round(len(words) / WORDS_A_MINUTE)


def test_the_number_of_sections_is_true(guide: str) -> None:
    """The page has as many sections as its first row says."""
    [stated] = re.findall(r"^(\w+) sections\.", guide, flags=re.MULTILINE)

    assert NUMBERS.index(stated.lower()) + 1 == len(SECTION_IDS) - 1


def test_only_the_two_confirmed_passages_are_quoted(guide: str, page: Page) -> None:
    """Nothing stands in quotation marks that has not been found word for word in its source."""
    developer, definition = page.quotations

    assert "I just wasted three weeks and a chunk of my compute budget" in developer
    assert "Catastrophic forgetting arises when an LLM being fine-tuned loses part" in definition
    assert re.findall(r'[“”„«»"]', prose(guide)) == []


@pytest.mark.parametrize("path", [GUIDE, REGISTER, ROOT / "docs/reference/index.md"], ids=lambda path: path.stem)
def test_nothing_is_called_simple(path: Path) -> None:
    """The word is never true for the reader who needs the sentence."""
    assert re.findall(r"(?i)\bsimply\b", path.read_text(encoding="utf-8")) == []


def test_the_table_compares_all_five_approaches(page: Page) -> None:
    """The guide's table has a row for each approach, and every cell is filled."""
    [table] = [table for table in page.tables if table[0][:2] == ["Approach", "Set-up"]]

    assert table[0] == ["Approach", "Set-up", "Time to production", "Ongoing", "Portability"]
    assert [row[0] for row in table[1:]] == [
        "Prompt engineering",
        "Few-shot",
        "RAG",
        "Fine-tuning (API)",
        "Fine-tuning (self-hosted)",
    ]
    assert all(cell.strip() for row in table for cell in row)
