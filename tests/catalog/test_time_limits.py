"""Limits of time: which rows cannot keep them by their record of speed, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.approaches import row_of
from calculators.catalog.cost_comparison.cost.speed import least, measured
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens
from calculators.catalog.cost_comparison.report import written
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words.rows import said_of
from calculators.catalog.cost_comparison.words.sentences import plain
from calculators.facts import FACTS
from tests.catalog.scenarios import answer, at, bounded, changed, evaluated, scenarios

LIMITS = ("first_token_within", "answer_within")


def said(query: str, row: str) -> str:
    """What stands in a row, or in one above it that it holds of too."""
    found = answer(at(query))
    return " ".join(map(plain, said_of(found)[row_of(row)]))


def test_the_soonest_is_what_a_whole_replica_takes() -> None:
    """Reading what is new, and writing: 1,000 tokens in and 100 out on one H100, and half of that on two."""
    fit, held = FACTS.serving["llama-3.1-8b-H100"], RequestTokens(5_000, 1_000, 100)
    alone, two = least(held, fit, 1), least(held, fit, 2)

    assert alone.first_token == pytest.approx(0.01408)
    assert alone.answer == pytest.approx(1.408e-5 * 1_000 + 1.511e-5 * 100 + 2.568e-8 * 100 * 1_050)
    assert (two.first_token, two.answer) == pytest.approx((alone.first_token / 2, alone.answer / 2))


@pytest.mark.parametrize(
    ("query", "seconds"),
    [
        # 8 GB at 300 GB a second, 500 times; on an H100 at 3,350.
        ("tuned_model=llama-3.1-8b&gpu=L4", 500 * 8.03 / 300),
        ("tuned_model=llama-3.1-8b", 500 * 8.03 / 3_350),
        # Only the experts that take part are read; and two GPUs read half each.
        ("tuned_model=gpt-oss-120b", 500 * 5.1 * 4.47 / 8 / 3_350),
        ("tuned_model=llama-3.3-70b", 500 * 70.55 / 2 / 3_350),
    ],
)
def test_one_answer_alone_reads_the_weights_for_each_token(query: str, seconds: float) -> None:
    """However many tokens a second many requests get together: by the bandwidth of the data sheet."""
    found = evaluated(at(f"d=4&as_of=2026-11-27&must_change=&{query}&output_tokens=500")).row(row_of("open"))
    assert found.least_seconds is not None

    assert found.least_seconds.answer == pytest.approx(seconds, rel=0.03)


def test_calls_of_a_task_follow_each_other() -> None:
    """Each reads what is new to it, and writes."""
    fit = FACTS.serving["llama-3.1-8b-H100"]
    once, thrice = (least(RequestTokens(0, 400, 100, calls, 400), fit, 1).answer for calls in (1, 3))

    assert thrice == pytest.approx(3 * once)


def test_what_was_measured_with_people_waiting_says_how_long() -> None:
    """The first token within two seconds, then twenty a second."""
    fit = FACTS.serving["qwen3-8b-H100"]
    speed = measured(RequestTokens(0, 500, 200, 2), fit)

    assert speed is not None
    assert speed == (2.0, 2 * 12.0)
    assert measured(RequestTokens(0, 500, 200), FACTS.serving["llama-3.1-8b-H100"]) is None


def test_only_a_clear_record_rules_a_row_out() -> None:
    """Below what a replica to itself takes; above that, nothing on record says more."""
    query = "d=3&varying_tokens=20000&output_tokens=1000"
    soonest = evaluated(at(query)).row(row_of("own")).least_seconds
    assert soonest is not None
    for name, seconds in zip(LIMITS, soonest, strict=True):
        for share, can in ((0.99, False), (1.01, True)):
            rows = answer(at(f"{query}&{name}={share * seconds:.6g}"))
            for key in ("own", "open"):
                standing = rows.row(row_of(key)).standing

                assert standing.ranked is can, (key, name)
                assert can or "with a replica to itself; you allow" in standing.reason
            assert rows.row(row_of("prompt")).standing == answer(at(query)).row(row_of("prompt")).standing


@pytest.mark.parametrize(
    ("query", "row", "words"),
    [
        ("first_token_within=1", "prompt", "How soon GPT-6.1 Terra answers is not on record: test it"),
        ("answer_within=1", "small", "How soon gpt-oss-20b answers is not on record"),
        ("answer_within=1", "api", "How soon tuned gpt-oss-20b answers is not on record"),
        ("answer_within=9&must_change=task&narrow_task=classification", "classifier", "a classifier of your own"),
        ("answer_within=9", "open", "was measured with every request queued"),
        ("answer_within=9&tuned_model=qwen3-8b&service=together-16b", "api", "Your limits are tighter"),
        ("answer_within=15&tuned_model=qwen3-8b&service=together-16b", "api", "That keeps your limits of time"),
        ("first_token_within=1&tuned_model=qwen3-8b&service=together-16b", "api", "Your limits are tighter"),
    ],
)
def test_a_row_says_what_its_record_says(query: str, row: str, words: str) -> None:
    """Kept, not on record at that load, or not on record at all."""
    assert words in said(f"d=3&{query}", row)


def test_the_reader_may_know_better() -> None:
    """A row that the record rules out is in the running again where the reader says that it can."""
    query = "d=3&varying_tokens=20000&first_token_within=0.01"

    assert answer(at(query)).row(row_of("own")).standing.can is Can.NO
    assert answer(at(f"{query}&own_can=can")).row(row_of("own")).standing.can is Can.YES


def test_without_a_limit_nothing_is_said() -> None:
    """Nor asked of any record."""
    assert "limits of time" not in written(answer(at("d=3")))


@bounded(60)
@given(
    scenario=scenarios(),
    name=st.sampled_from(LIMITS),
    limits=st.tuples(*[st.floats(0.001, 86_400) | st.floats(0.001, 0.1)] * 2),
)
def test_a_stricter_limit_never_makes_a_row_possible(
    scenario: Scenario, name: str, limits: tuple[float, float]
) -> None:
    """No limit, a loose one, a strict one: rows only drop out, and cost what they did."""
    strict, loose = sorted(limits)
    found = [evaluated(changed(scenario, **{name: limit})).rows for limit in (None, loose, strict)]
    for rows in zip(*found, strict=True):
        ranked = [row.standing.ranked for row in rows]

        assert ranked == sorted(ranked, reverse=True)
        assert len({row.total for row in rows}) == 1
