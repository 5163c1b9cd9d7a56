"""Wrong answers: shipped or caught, they are a third sum beside bills and people; held to a bar, a rate is a test."""

import math
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.calculator import RefusedScenarioError, Scenario
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.report import figures, first_key
from calculators.catalog.cost_comparison.words import plain, said_of, verdict
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, changed, evaluated, number, scenarios

OFTEN_WRONG: Final = (
    "must_change=nothing&requests_per_month=1000000&prompt_success=0.95&api_success=0.60&few_shot_success=0.99"
    "&wrong_cost=2"
)
"""A tuned model that is cheap to run, and wrong in two answers of five, each of which costs $2."""


def row(query: str, key: str) -> Row:
    """One row of the answer to a scenario."""
    return answer(at(query)).row(row_of(key))


def told(comparison: Comparison) -> str:
    """All that the answer says beside its figures."""
    said = verdict(comparison)
    of_rows = (words for said in said_of(comparison).values() for words in said)
    return " ".join(map(plain, (said.lead, *said.notices, *said.also, *of_rows)))


def test_a_cheap_row_that_is_often_wrong_is_neither_cheapest_nor_first() -> None:
    """Its wrong answers lose $9.6M in a year: more than anything that it saves."""
    comparison = answer(at(OFTEN_WRONG))
    tuned = comparison.row(row_of("api"))

    assert tuned.wrong == pytest.approx(9_600_000)
    assert comparison.winner is not None
    assert comparison.winner.approach.key == "few_shot"
    assert comparison.running[-1].total >= tuned.total > 100 * comparison.winner.bills
    assert first_key(comparison) not in ("api", "own")
    assert "api" not in [ROWS[each.step.row].key for each in comparison.advice.tries]


def test_wrong_answers_are_a_third_sum() -> None:
    """Neither a bill nor anybody's time: both stay as they are, and the three come to the total, month by month."""
    without, shipped = row("prompt_success=0.9", "prompt"), row("prompt_success=0.9&wrong_cost=0.5", "prompt")

    assert shipped.wrong == pytest.approx(50_000 * 12 * 0.1 * 0.5)
    assert (without.bills, without.people) == (shipped.bills, shipped.people)
    assert shipped.total == pytest.approx(shipped.bills + shipped.people + shipped.wrong)
    assert shipped.month - without.month == pytest.approx(50_000 * 0.1 * 0.5)
    assert shipped.cumulative[6] - without.cumulative[6] == pytest.approx(6 * 50_000 * 0.1 * 0.5)
    assert shipped.parts["wrong"] == shipped.wrong
    assert shipped.setup == without.setup


def test_wrong_answers_grow_with_the_requests() -> None:
    """1,000 and then a tenth more each month: as many more of them are wrong."""
    grown = row("requests_per_month=1000&monthly_growth=0.1&horizon_months=3&prompt_success=0.5&wrong_cost=1", "prompt")

    assert grown.wrong == pytest.approx(0.5 * (1_000 + 1_100 + 1_210))


def test_answers_that_are_caught_are_asked_again() -> None:
    """Right in four of five: a quarter more requests, each at the price of one more; no wrong answer is shipped."""
    caught = row("prompt_success=0.8&failures=retried&wrong_cost=5", "prompt")

    assert caught.wrong == pytest.approx(50_000 * 12 * caught.marginal / 4)
    assert caught.accepted == pytest.approx(caught.marginal / 0.8)
    assert row("prompt_success=1&failures=retried", "prompt").wrong == 0


@pytest.mark.parametrize("volume", [1_000, 30_000_000, 300_000_000])
def test_own_gpus_carry_what_is_asked_again(volume: int) -> None:
    """Right in one of two: as many GPUs as for twice the requests, and none more while there is room."""
    query = f"must_change=tone&failures=retried&caching=no&requests_per_month={volume}"
    again, twice = row(f"{query}&own_success=0.5", "own"), row(query.replace(f"{volume}", f"{2 * volume}"), "own")

    assert again.total == pytest.approx(twice.total)
    assert (again.wrong > 0) == (volume > 1_000)


@pytest.mark.parametrize(
    ("query", "key", "rate"),
    [
        # As the row that they are measured against.
        ("must_change=tone&prompt_success=0.9&api_success=0.8", "few_shot", 0.9),
        ("must_change=documents&rag_success=0.7&prompt_success=0.9", "few_shot", 0.7),
        ("must_change=tone&data_place=own&open_success=0.6&own_success=0.9", "prompt", 0.6),
        # Where nobody measured that: as the best that was, and no worse than what passes.
        ("must_change=tone&few_shot_success=0.9&api_success=0.8", "prompt", 0.9),
        ("must_change=tone&few_shot_success=0.9&api_success=0.8&bar=0.95", "prompt", 0.95),
        # The same weights are right as often wherever they run.
        ("must_change=tone&prompt_success=0.9&api_success=0.8", "own", 0.8),
    ],
)
def test_a_row_that_nobody_measured_is_taken_to_be_as_good_as_the_one_it_is_held_against(
    query: str, key: str, rate: float
) -> None:
    """So no row is ranked before another for want of a rate; and the answer says for which there is none."""
    comparison = answer(at(f"{query}&wrong_cost=1"))
    unmeasured = comparison.row(row_of(key))

    assert unmeasured.wrong == pytest.approx(50_000 * 12 * (1 - rate))
    assert unmeasured.accepted is None
    assert "rate" in told(comparison).lower() or not unmeasured.standing.ranked


def test_without_any_rate_nothing_is_assumed() -> None:
    """What a wrong answer costs says nothing, as long as nobody says how many there are."""
    for each in answer(at("wrong_cost=100")).rows:
        assert each.wrong == 0
        assert each.total == row("", each.approach.key).total


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("prompt_success=0.92&bar=0.9", "yes"),
        ("prompt_success=0.9&bar=0.9", "yes"),
        ("prompt_success=0.89&bar=0.9", "no"),
        ("prompt_success=0.89", "untested"),
        ("bar=0.9", "untested"),
        # What the reader says of their eval is above it.
        ("prompt_success=0.89&bar=0.9&prompt_passes=yes", "yes"),
        ("prompt_success=0.92&bar=0.9&prompt_passes=no", "no"),
    ],
)
def test_a_measured_rate_held_to_the_bar_is_a_test(query: str, passes: str) -> None:
    """At the bar or above it a row passes, below it fails, and its eval and prompt are paid."""
    comparison = answer(at(f"must_change=tone&{query}"))
    place = ROWS.index(row_of("prompt"))

    assert comparison.row(row_of("prompt")).standing.passes == passes
    assert (passes == "yes") == bool(comparison.question.passed >> place & 1)
    assert (passes == "no") == bool(comparison.question.failed >> place & 1)
    assert (passes == "untested") == (comparison.find_out(row_of("prompt")) > 0)


@pytest.mark.parametrize("key", [each.key for each in ROWS])
def test_a_row_that_is_never_right_cannot_be_asked_until_it_is(key: str) -> None:
    """It would be asked for ever. Shipped, its answers are wrong, and that is a sum."""
    name = row_of(key).asked.success
    with pytest.raises(RefusedScenarioError) as refused:
        at(f"{name}=0&failures=retried")

    (refusal,) = refused.value.refusals
    assert refusal.name == name
    assert "no answer is ever right" in refusal.message
    assert "more than 0%" in refusal.message
    assert row(f"{name}=0&wrong_cost=1", key).wrong == pytest.approx(50_000 * 12)


@pytest.mark.parametrize("rate", ["1e-17", "1e-300", "5e-324"])
def test_a_row_that_is_as_good_as_never_right_is_refused_alike(rate: str) -> None:
    """Where a rate is lost in rounding, so is the answer."""
    with pytest.raises(RefusedScenarioError):
        at(f"prompt_success={rate}&failures=retried")

    assert math.isfinite(row("prompt_success=1e-15&failures=retried", "prompt").total)


@bounded(40)
@given(scenario=scenarios(wrong_cost=3.0, failures="shipped"), rates=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_more_right_answers_never_cost_more(scenario: Scenario, rates: tuple[float, float]) -> None:
    """In the row that gives them, to the cent, and the rest of its sums stay."""
    low, high = sorted(rates)
    worse, better = (answer(changed(scenario, few_shot_success=rate)).row(row_of("few_shot")) for rate in (low, high))

    assert better.wrong <= worse.wrong
    assert (better.bills, better.people) == (worse.bills, worse.people)
    volumes = sum(better.cost.running.flow.volumes)
    assert math.isclose(
        worse.wrong - better.wrong, 3 * (high - low) * volumes, rel_tol=1e-9, abs_tol=1e-6 + 1e-12 * volumes
    )


@bounded(40)
@given(scenario=scenarios())
def test_figures_tell_wrong_answers_apart(scenario: Scenario) -> None:
    """In `--json` each row's wrong answers stand beside its bills and its people."""
    found = figures(answer(scenario))["rows"]
    assert isinstance(found, list)
    for each in found:
        assert math.isclose(each["bills"] + each["people"] + each["wrong_answers"], each["total"], rel_tol=1e-9)
        assert each["parts"]["wrong"] == each["wrong_answers"]


@bounded(40)
@given(scenario=scenarios(), rate=st.floats(0.01, 1))
def test_a_rate_that_all_rows_share_ranks_none_before_another(scenario: Scenario, rate: float) -> None:
    """Shipped answers that are wrong equally often cost every row the same."""
    assume(number(scenario, "requests_per_month") > 0)
    rates = {each.asked.success: rate for each in ROWS}
    evaluation = evaluated(changed(scenario, **rates, failures="shipped", wrong_cost=1.0))
    wrong = [each.wrong_total for each in evaluation.rows if each.standing.priced]

    assert wrong == pytest.approx([wrong[0]] * len(wrong))


def test_every_row_has_a_rate() -> None:
    """Whatever is compared can be measured."""
    assert {each.asked.success for each in ROWS} == {
        name for name in COST_COMPARISON.inputs if name.endswith("_success")
    }
