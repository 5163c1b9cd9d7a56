"""
The tree is drawn as it is written, and the plan begins with what each of its leaves says.

A leaf is a row of the comparison or a preparation; where it is a row, its link is a scenario in which the reader has
said what the branch says. The guide's other links to a scenario are held to what they promise in the same way.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

from calculators.calculator import LONGEST_LINK
from calculators.catalog import calculator
from calculators.catalog.cost_comparison.approaches import ROW_KEYS, ROWS
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import plain, verdict
from calculators.quantity import write_money

ROOT: Final = Path(__file__).parents[2]
GUIDE: Final = (ROOT / "docs/index.md").read_text(encoding="utf-8")
SECTION_IDS: Final = (ROOT / "tests/site/section_ids.txt").read_text(encoding="utf-8").split()
COMPARISON: Final = calculator("cost-comparison")
TUNED: Final = {row.key for row in ROWS if row.tuned}
PREPARATIONS: Final = {"eval", "lookup", "examples", "optimise"}
"""What a leaf may ask for before any row is tried."""

NUMBERS: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

type Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Leaf:
    """
    Where a walk through the tree ends.

    Attributes:
        words: What it says.
        section: The section it leads to.
        query: Its scenario; empty for a preparation.
        means: Keys of its rows, or the preparation.
    """

    words: str
    section: str
    query: str
    means: tuple[str, ...]

    @property
    def is_row(self) -> bool:
        """Whether it is a row, and no preparation."""
        return bool(self.query)


_LEAF: Final = re.compile(
    r'(?P<indent> {4}| {8})- (?P<answer>[^:]+): (?:<a href="#cost\?(?P<query>[^"]+)" data-plan="(?P<rows>[^"]+)">'
    r"(?P<row>.+)</a> · \[[^\]]+\]\(#(?P<more>[\w-]+)\)"
    r'|\[(?P<step>.+)\]\(#(?P<section>[\w-]+)\)\{ data-prepare="(?P<prepare>\w+)" \})'
)
_FURTHER: Final = re.compile(r"(?P<indent> {4}| {8})- (?P<answer>[^:]+): question (?P<number>\d+)")


def drawn_tree() -> set[Edge]:
    """Every branch of the diagram as (from, answer, to), in the words of its nodes."""
    [source] = re.findall(r"```mermaid\n(.*?)```", GUIDE, flags=re.DOTALL)
    words = dict(re.findall(r'^\s*(\w+)(?:\(\[|\[)"(.+?)"\]', source, flags=re.MULTILINE))
    branches = re.findall(r"^\s*(\w+) -->\|(.+?)\| (\w+)$", source, flags=re.MULTILINE)
    return {(words[start], answer, words[end]) for start, answer, end in branches}


def written_tree() -> tuple[set[Edge], list[Leaf], list[str]]:
    """The branches of the nested text, its leaves and its questions in order."""
    [source] = re.findall(r'<div class="tree tree-text" markdown>\n(.*?)</div>', GUIDE, flags=re.DOTALL)
    questions = re.findall(r"^\d+\. (.+)$", source, flags=re.MULTILINE)
    edges: set[Edge] = set()
    leaves: list[Leaf] = []
    question = leaf = ""
    for line in source.splitlines():
        if asked := re.fullmatch(r"\d+\. (.+)", line):
            question = asked[1]
        elif further := _FURTHER.fullmatch(line):
            start = question if len(further["indent"]) == len("    ") else leaf
            edges.add((start, further["answer"], questions[int(further["number"]) - 1]))
        elif found := _LEAF.fullmatch(line):
            words = found["row"] or found["step"]
            edges.add((question if len(found["indent"]) == len("    ") else leaf, found["answer"], words))
            means = (found["rows"] or found["prepare"]).split()
            leaves.append(Leaf(words, found["more"] or found["section"], unescape(found["query"] or ""), tuple(means)))
            leaf = words
        else:
            assert not line.strip(), f"the tree as text has a line that is neither question nor answer: {line!r}"
    return edges, leaves, questions


EDGES, LEAVES, QUESTIONS = written_tree()
LINKS: Final = [
    (unescape(query), rows.split(), words)
    for query, rows, words in re.findall(r'<a href="#cost\?([^"]+)" data-plan="([^"]+)">(.+?)</a>', GUIDE)
]


def answered(query: str) -> Comparison:
    """The answer to a scenario of which nothing was dropped."""
    scenario = COMPARISON.decode(query)
    assert not scenario.dropped
    found: Any = COMPARISON.answer(scenario)
    assert isinstance(found, Comparison)
    return found


def begins_with(comparison: Comparison) -> str:
    """The row that a plan begins with, or the one that it keeps where nothing is tried."""
    advice = comparison.advice
    place = advice.in_hand if advice.first is None else advice.first.row
    assert place is not None, plain(verdict(comparison).lead)
    return ROWS[place].key


# The tree as a tree.


def test_diagram_and_text_are_the_same_tree() -> None:
    """A reader who cannot see the diagram misses no question, answer or leaf."""
    stadiums = re.findall(r'\(\["(.+)"\]\)', GUIDE)

    assert EDGES == drawn_tree()
    assert stadiums == QUESTIONS


def test_the_tree_has_no_loose_ends() -> None:
    """Each question has a yes and a no, can be reached, and each leaf says where to read on."""
    assert {(start, answer) for start, answer, _ in EDGES if start in QUESTIONS} == {
        (question, answer) for question in QUESTIONS for answer in ("yes", "no")
    }
    assert {end for _, _, end in EDGES} >= set(QUESTIONS[1:])
    assert {leaf.section for leaf in LEAVES} <= set(SECTION_IDS)


def test_the_leaves_that_end_in_fine_tuning_are_dashed() -> None:
    """The diagram marks what the reader came to ask about, and marks nothing else."""
    dashed = set(re.findall(r'\["(.+)"\]:::tune', GUIDE))

    assert dashed == {leaf.words for leaf in LEAVES if leaf.is_row and set(leaf.means) <= TUNED}


def test_the_walk_is_as_long_as_the_guide_says() -> None:
    """The number of questions at the top of the page is the longest way through the tree."""

    def questions_from(node: str) -> int:
        return (node in QUESTIONS) + max((questions_from(end) for start, _, end in EDGES if start == node), default=0)

    [stated] = re.findall(r"at most (\w+) questions", GUIDE)
    assert NUMBERS.index(stated) + 1 == questions_from(QUESTIONS[0])


# The tree and the plan.


def test_every_leaf_is_a_row_or_a_preparation() -> None:
    """Nothing in the tree is outside what the calculator compares or asks for beforehand."""
    assert {means for leaf in LEAVES if leaf.is_row for means in leaf.means} <= set(ROW_KEYS)
    assert PREPARATIONS == {means for leaf in LEAVES if not leaf.is_row for means in leaf.means}


@pytest.mark.parametrize(("query", "rows", "words"), LINKS, ids=[words for *_, words in LINKS])
def test_a_link_lands_in_a_plan_that_begins_as_it_says(query: str, rows: list[str], words: str) -> None:
    """Who walked the tree, or follows the guide into the calculator, is told there what the guide said."""
    comparison = answered(query)

    assert begins_with(comparison) in rows, f"{words}: {plain(verdict(comparison).lead)}"
    assert len(query) < LONGEST_LINK
    newest = len(calculator("cost-comparison").editions)
    assert query.startswith(f"d={newest}&"), "a link names its edition of the defaults"


SAYS: Final[Mapping[tuple[str, str], Mapping[str, set[str]]]] = {
    (QUESTIONS[0], "yes"): {"has_eval": {"yes"}},
    (QUESTIONS[1], "yes"): {"must_change": {"nothing"}, "today": {"prompt"}},
    (QUESTIONS[1], "no"): {"must_change": {"documents", "format", "tone", "task"}},
    (QUESTIONS[2], "yes"): {"small_passes": {"yes"}},
    (QUESTIONS[2], "no"): {"small_passes": {"no"}, "open_passes": {"no"}, "cheaper_passes": {"no"}},
    (QUESTIONS[3], "yes"): {"must_change": {"documents"}},
    (QUESTIONS[3], "no"): {"must_change": {"format", "tone", "task"}},
    (QUESTIONS[4], "yes"): {"must_change": {"format"}},
    (QUESTIONS[4], "no"): {"must_change": {"tone", "task"}},
    (QUESTIONS[5], "yes"): {"must_change": {"tone"}},
    (QUESTIONS[5], "no"): {"must_change": {"task"}},
    (QUESTIONS[6], "yes"): {
        "narrow_task": {"classification"},
        "requests_per_month": {"10,000,000"},
        "example_price": {"0"},
    },
    (QUESTIONS[6], "no"): {"narrow_task": {"other"}},
    (QUESTIONS[7], "yes"): {"examples": {"500"}},
    (QUESTIONS[8], "yes"): {"prompt_passes": {"no"}, "few_shot_passes": {"no"}, "dearer_passes": {"no"}},
    (QUESTIONS[8], "no"): {"prompt_passes": {"untested"}, "few_shot_passes": {"untested"}},
    ("Structured outputs first", "still failing"): {"prompt_passes": {"no"}},
    ("System prompt and few-shot first", "still failing at scale"): {
        "prompt_passes": {"no"},
        "few_shot_passes": {"no"},
        "requests_per_month": {"3,000,000"},
    },
    ("Logistic regression or a small encoder first", "still failing"): {"classifier_passes": {"no"}},
}
"""What an answer on the way says in a scenario, as the form shows it; an answer that is not here says nothing there."""


def ways_to(words: str) -> Iterator[list[tuple[str, str]]]:
    """Every way from the first question to a leaf, as questions or leaves passed, each with the answer given."""
    if words == QUESTIONS[0]:
        yield []
    for start, answer, end in EDGES:
        if end == words:
            for way in ways_to(start):
                yield [*way, (start, answer)]


@pytest.mark.parametrize("leaf", [leaf for leaf in LEAVES if leaf.is_row], ids=lambda leaf: leaf.words)
def test_a_leafs_scenario_says_what_was_answered_on_the_way(leaf: Leaf) -> None:
    """There is a way to the leaf every answer of which stands in its scenario."""
    entered = COMPARISON.entries(COMPARISON.decode(leaf.query))
    unsaid = [
        [
            f"{question} {answer}: {name} is {entered[name]}"
            for question, answer in way
            for name, values in SAYS.get((question, answer), {}).items()
            if entered[name] not in values
        ]
        for way in ways_to(leaf.words)
    ]

    assert [] in unsaid, unsaid


# Preparations: the answer asks for them too.


def test_an_eval_that_is_not_there_is_paid_for_first() -> None:
    """Whoever has no eval pays for one before anything is found out, whatever is tried."""
    without, having = (answered(f"d=3&must_change=task&has_eval={said}") for said in ("no", "yes"))

    for row in ("prompt", "few_shot", "api"):
        approach = ROWS[ROW_KEYS.index(row)]
        assert without.find_out(approach) > having.find_out(approach)


def test_too_few_examples_keep_tuning_out_and_the_answer_says_so() -> None:
    """Under fifty, no tuned row is in the plan, and its standing says to collect them."""
    comparison = answered("d=3&must_change=task&examples=49")

    assert not TUNED & {ROWS[each.step.row].key for each in comparison.advice.tries}
    assert all("collect and check 50" in row.standing.reason for row in comparison.rows if row.approach.tuned)


def test_where_retrieval_failed_the_lookup_is_looked_at_and_nothing_is_tuned() -> None:
    """With retrieval, examples and a dearer model failed, nothing listed mends it."""
    failed = "prompt_passes=no&few_shot_passes=no&rag_passes=no&dearer_passes=no"
    comparison = answered(f"d=3&must_change=documents&has_eval=yes&{failed}")

    assert comparison.advice.first is None
    assert "mend the lookup" in plain(verdict(comparison).lead)


# The opening story.


def test_the_story_tells_what_the_calculator_says_of_it() -> None:
    """What finding out about a prompt would have cost, and what tuning would have had to be worth."""
    [preset] = [each for each in COMPARISON.presets if each.key == "47k-story"]
    comparison = answered(preset.query)
    first, *_, last = comparison.advice.tries
    [told] = re.findall(r"That July it would have said: [^.]*\.", GUIDE)

    assert (7, 2023) == (comparison.inputs.job.as_of.month, comparison.inputs.job.as_of.year)
    assert ("prompt", "own") == (ROWS[first.step.row].key, ROWS[last.step.row].key)
    assert last.dashed
    assert [write_money(first.step.find_out), write_money(last.step.price_of_a_success)] == re.findall(
        r"\$\d[\d,]*\d", told
    )
    assert not any(row.standing.judged for row in comparison.rows)
