"""The guide keeps its addresses, says what its tree draws, and is as long as it claims."""

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

type Edge = tuple[str, str, str]


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


def drawn_tree(markdown: str) -> set[Edge]:
    """Every branch of the diagram as (from, answer, to), in the words of its nodes."""
    [source] = re.findall(r"```mermaid\n(.*?)```", markdown, flags=re.DOTALL)
    words = dict(re.findall(r'^\s*(\w+)(?:\(\[|\[)"(.+?)"\]', source, flags=re.MULTILINE))
    branches = re.findall(r"^\s*(\w+) -->\|(.+?)\| (\w+)$", source, flags=re.MULTILINE)
    return {(words[start], answer, words[end]) for start, answer, end in branches}


def written_tree(markdown: str) -> tuple[set[Edge], dict[str, str], list[str]]:
    """The branches of the nested text, the section each leaf links to, and its questions in order."""
    [source] = re.findall(r'<div class="tree tree-text" markdown>\n(.*?)</div>', markdown, flags=re.DOTALL)
    questions = re.findall(r"^\d+\. (.+)$", source, flags=re.MULTILINE)
    edges: set[Edge] = set()
    links: dict[str, str] = {}
    question = leaf = ""
    for line in source.splitlines():
        if asked := re.fullmatch(r"\d+\. (.+)", line):
            question = asked[1]
        elif further := re.fullmatch(r"    - (.+): question (\d+)", line):
            edges.add((question, further[1], questions[int(further[2]) - 1]))
        elif found := re.fullmatch(r"(    |        )- (.+?): \[(.+)\]\(#(.+)\)", line):
            indent, answer, words, section = found.groups()
            edges.add((question if len(indent) == len("    ") else leaf, answer, words))
            links[words] = section
            leaf = words
        else:
            assert not line.strip(), f"the tree as text has a line that is neither question nor answer: {line!r}"
    return edges, links, questions


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


def test_diagram_and_text_are_the_same_tree(guide: str) -> None:
    """A reader who cannot see the diagram misses no question, answer or leaf."""
    edges, _, questions = written_tree(guide)
    stadiums = re.findall(r'\(\["(.+)"\]\)', guide)

    assert edges == drawn_tree(guide)
    assert stadiums == questions


def test_the_tree_has_no_loose_ends(guide: str) -> None:
    """Each question has a yes and a no, can be reached, and each leaf says where to read on."""
    edges, links, questions = written_tree(guide)

    assert {(start, answer) for start, answer, _ in edges if start in questions} == {
        (question, answer) for question in questions for answer in ("yes", "no")
    }
    assert {end for _, _, end in edges} >= set(questions[1:])
    assert set(links.values()) <= set(SECTION_IDS)


def test_the_leaves_that_end_in_fine_tuning_are_dashed(guide: str) -> None:
    """The diagram marks what the reader came to ask about, and marks nothing else."""
    dashed = set(re.findall(r'\["(.+)"\]:::tune', guide))

    assert dashed == {
        "Distil into a small open model",
        "Consider fine-tuning",
        "Reinforcement learning: you have earned it",
        "Fine-tune: you have earned it",
    }


def test_the_walk_is_as_long_as_the_guide_says(guide: str) -> None:
    """The number of questions at the top of the page is the longest way through the tree."""
    edges, _, questions = written_tree(guide)

    def questions_from(node: str) -> int:
        return (node in questions) + max((questions_from(end) for start, _, end in edges if start == node), default=0)

    [stated] = re.findall(r"at most (\w+) questions", guide)
    assert NUMBERS.index(stated) + 1 == questions_from(questions[0])


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
