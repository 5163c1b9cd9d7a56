"""Chances by default: what a row is believed to pass by what must change, and by what there is to tune it on."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import prod
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.chances import (
    Circumstances,
    classifier,
    combined,
    default,
    order,
    too_few_examples,
)
from calculators.catalog.cost_comparison.plan.question import Belief
from calculators.facts import CHANCE_ROWS, FACTS

DAY: Final = date(2026, 11, 27)
MODEST: Final = settings(max_examples=150, derandomize=True, deadline=None, database=None)
NEEDS: Final = ("documents", "format", "tone", "task")

jobs: Final = st.builds(
    Circumstances,
    st.lists(st.sampled_from(NEEDS), max_size=4, unique=True).map(tuple),
    unchanged=st.booleans(),
    stays=st.booleans(),
    large=st.booleans(),
    examples=st.integers(0, 2_000),
)
rows: Final = st.sampled_from([*CHANCE_ROWS, "classifier"])
chances: Final = st.floats(0, 1)


def job(
    *needs: str, unchanged: bool = False, stays: bool = False, large: bool = False, examples: float = 500
) -> Circumstances:
    """A job with enough examples."""
    return Circumstances(needs, unchanged, stays, large, examples)


def believed(row: str, under: Circumstances) -> Belief | None:
    """What is believed of a row on the day that it was decided."""
    return default(row, under, FACTS, DAY)


def chance(row: str, under: Circumstances) -> float | None:
    """The chance alone, to three places."""
    found = believed(row, under)
    return None if found is None else round(found.chance, 3)


@pytest.mark.parametrize("need", NEEDS)
@pytest.mark.parametrize("stays", [False, True])
def test_one_need_is_its_own_column(need: str, stays: bool) -> None:
    """Each row as it was decided; that data must stay says who may try, and not who passes."""
    for row in CHANCE_ROWS:
        record = FACTS.chances.get(f"{need}-{row}")
        expected = None if record is None else Belief(record.value, record.low, record.high)

        assert expected == believed(row, job(need, stays=stays)), row


def test_without_a_need_it_is_a_narrow_task() -> None:
    """Unless data must stay, which has a column of its own, or nothing must change."""
    assert believed("prompt", job()) == believed("prompt", job("task")) == Belief(0.5, 0.3, 0.7)
    assert believed("open", job(stays=True)) == Belief(0.5, 0.25, 0.75)
    assert believed("prompt", job(stays=True)) is None
    assert believed("prompt", job(unchanged=True)) == Belief(1, 1, 1)
    assert believed("tuned", job(unchanged=True, stays=True)) == Belief(0.8, 0.6, 0.93)


@pytest.mark.parametrize(
    ("row", "under"),
    [
        ("rag", job("format")),
        ("rag", job("format", "tone")),
        ("rag", job()),
        ("dearer", job(unchanged=True)),
        ("cheaper", job(stays=True)),
    ],
)
def test_what_is_not_needed_or_cannot_has_no_chance(row: str, under: Circumstances) -> None:
    """Nothing, which is not nought."""
    assert believed(row, under) is None


@pytest.mark.parametrize(
    ("row", "needs", "expected"),
    [
        ("prompt", ("format", "tone"), (0.45 + 0.8 * 0.45) / 2),
        ("tuned", ("documents", "tone"), (0.55 + 0.55 * 0.7) / 2),
        ("few_shot", ("documents", "format", "tone"), (0.58 + 0.62 * 0.84 * 0.58) / 2),
        # Retrieval adds nothing to a tone: there the prompted model's own chance counts.
        ("rag", ("documents", "tone"), (0.45 + 0.6 * 0.45) / 2),
        ("rag", ("documents", "format", "task"), (0.5 + 0.6 * 0.8 * 0.5) / 2),
    ],
)
def test_several_needs_lie_between_the_hardest_and_all_apart(row: str, needs: tuple[str, ...], expected: float) -> None:
    """Halfway, in whatever order they are named."""
    found, turned = believed(row, job(*needs)), believed(row, job(*needs[::-1]))

    assert found is not None
    assert turned is not None
    assert found.chance == pytest.approx(expected)
    assert turned == pytest.approx(found)


@pytest.mark.parametrize(("need", "expected"), [("documents", 0.5), ("format", 0.7), ("tone", 0.32), ("task", 0.35)])
def test_a_large_model_on_own_gpus_counts_as_a_cheaper_one(need: str, expected: float) -> None:
    """Of the same column; where data must stay and nothing else is asked, it is the largest that fits already."""
    assert chance("open", job(need, large=True)) == expected
    assert believed("open", job(stays=True, large=True)) == believed("open", job(stays=True))
    assert believed("small", job(need, large=True)) == believed("small", job(need))


@pytest.mark.parametrize(
    ("under", "expected"),
    [
        (job("task", examples=49), None),
        (job("task", examples=50), 0.58),
        (job("task", examples=99), 0.58),
        (job("task", examples=100), 0.59),
        (job("task", examples=499), 0.59),
        (job("task", examples=500), 0.60),
        (job("tone", examples=99), 0.58),
        (job("tone", examples=100), 0.64),
        # Never above what enough examples give, though few-shot's is.
        (job("documents", examples=50), 0.55),
        (job(unchanged=True, examples=100), 0.8),
        # Few-shot has no chance there of its own: that of a narrow task counts.
        (job(stays=True, examples=50), 0.58),
        (job(stays=True, examples=100), 0.615),
    ],
)
def test_tuning_is_as_likely_as_its_examples_allow(under: Circumstances, expected: float | None) -> None:
    """Too few: not yet. Few: no likelier than few-shot. Some: halfway. Enough: as decided."""
    assert chance("tuned", under) == expected
    assert too_few_examples(under.examples, FACTS, DAY) == (expected is None)


def test_other_rows_ask_for_no_examples() -> None:
    """What is only prompted learns nothing from them."""
    for row in set(CHANCE_ROWS) - {"tuned"}:
        assert believed(row, job(examples=0)) == believed(row, job(examples=10_000)), row


def test_a_classifier_follows_from_the_prompted_model() -> None:
    """It keeps seven passes of ten and cures a quarter of the failures, by its own assumptions."""
    assert chance("classifier", job()) == chance("classifier", job("task", stays=True)) == 0.475
    assert chance("classifier", job(unchanged=True)) == 0.7
    assert believed("classifier", job()) == pytest.approx(Belief(0.475, 0.3, 0.675))
    assert believed("classifier", job(examples=49)) is None


def test_a_decision_counts_from_its_day() -> None:
    """An older link keeps its chance, its classifier's cures and its threshold."""
    tuned, cures, fewest = (
        FACTS.chances["task-tuned"],
        FACTS.assumptions["classifier_cures"],
        FACTS.rules["fewest_examples"],
    )
    day = date(2027, 2, 1)
    later = FACTS.replacing(
        *(tuned, replace(tuned, value=0.7, decided=day)),
        *(cures, replace(cures, value=0.45, decided=day)),
        *(fewest, replace(fewest, value=90, decided=day)),
    )
    before, after = date(2027, 1, 31), date(2027, 2, 1)

    for row in ("tuned", "classifier"):
        assert default(row, job(), later, before) == default(row, job(), FACTS, DAY), row
        assert default(row, job(), later, after) != default(row, job(), FACTS, DAY), row
    assert [too_few_examples(80, later, day) for day in (before, after)] == [False, True]


@given(rows, jobs)
@MODEST
def test_a_chance_lies_in_its_range(row: str, under: Circumstances) -> None:
    """And both in 0 to 1."""
    found = believed(row, under)

    assert found is None or 0 <= found.low <= found.chance <= found.high <= 1


@given(st.sampled_from(list(CHANCE_ROWS)), jobs)
@MODEST
def test_several_needs_are_no_easier_than_one(row: str, under: Circumstances) -> None:
    """At most the hardest alone, at least all of them apart: the chance, and both ends of its range."""
    found = believed(row, under)
    if found is None or under.unchanged or not under.needs:
        return
    alone = [
        believed(row, under._replace(needs=(need,))) or believed("prompt", under._replace(needs=(need,)))
        for need in under.needs
    ]

    for value, ends in zip(found, zip(*(each for each in alone if each), strict=True), strict=True):
        assert prod(ends) - 1e-12 <= value <= min(ends) + 1e-12


@given(rows, jobs, st.integers(0, 2_000))
@MODEST
def test_more_examples_never_make_it_less_likely(row: str, under: Circumstances, more: int) -> None:
    """What can be tried with few can be tried with more, and is at least as likely to pass."""
    few, many = believed(row, under), believed(row, under._replace(examples=under.examples + more))
    if few is not None:
        assert many is not None
        assert all(less <= as_much for less, as_much in zip(few, many, strict=True))


@given(chances, chances)
@MODEST
def test_a_likelier_prompt_makes_a_likelier_classifier(some: float, other: float) -> None:
    """It keeps more of what passes than it cures of what fails, within every range."""
    less, more = (classifier(prompted, FACTS, DAY) for prompted in sorted((some, other)))

    assert all(low <= high + 1e-12 for low, high in zip(less, more, strict=True))
    assert 0 <= less.low <= less.chance <= less.high <= 1


@given(st.lists(st.tuples(chances, chances, chances).map(sorted), min_size=1, max_size=4))
@MODEST
def test_what_is_combined_keeps_its_order(ends: list[list[float]]) -> None:
    """Low, chance and high rise."""
    found = combined(Belief(chance, low, high) for low, chance, high in ends)

    assert found.low <= found.chance + 1e-12
    assert found.chance <= found.high + 1e-12


@given(jobs)
@MODEST
def test_the_order_holds_for_what_is_decided(under: Circumstances) -> None:
    """With enough examples, at the chances and at both ends, for every job that prompts or looks up."""
    base = "rag" if "documents" in under.needs and not under.unchanged else "prompt"
    found = {row: believed(row, under._replace(examples=500)) for row in CHANCE_ROWS}

    for likelier, less_likely in order(base):
        more, less = found[likelier], found[less_likely]
        if more and less:
            assert all(a >= b - 1e-12 for a, b in zip(more, less, strict=True)), (likelier, less_likely)


@pytest.mark.parametrize("base", ["prompt", "rag"])
def test_the_order_names_each_row_once_below_another(base: str) -> None:
    """A chain from the dearer model down to the small one, with few-shot and tuning beside it."""
    pairs = order(base)
    chain = ["dearer", base, "cheaper", "open", "small"]

    beside = {("few_shot", base), ("tuned", "small"), ("tuned", "tuned")}
    assert set(pairwise(chain)) | beside == set(pairs)
    assert len(pairs) == len(set(pairs)) == 7
