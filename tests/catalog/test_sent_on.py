"""Hard ones go up: what a small model sends on to the one that is prompted, and what that costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import Scenario, Value
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.breakdown import breakdown
from calculators.catalog.cost_comparison.report import figures, written
from calculators.catalog.cost_comparison.words.rows import said_of
from calculators.catalog.cost_comparison.words.sentences import plain
from calculators.html.reply import patches
from tests.catalog.scenarios import answer, at, bounded, changed, evaluated, on_any_model, scenarios

SMALL = ["api", "own", "small", "open", "classifier"]
"""Rows that send on."""


def totals(scenario: Scenario) -> dict[str, float]:
    """The total of each row. [USD]"""
    return {row.approach.key: row.total for row in evaluated(scenario).rows}


def test_every_small_row_sends_on() -> None:
    """Tuned or not, by the token or on GPUs, and a classifier; what is prompted, or its neighbour, does not."""
    assert [row.key for row in ROWS if row.sends_on] == SMALL
    without, with_share = (evaluated(at(f"d=3&sent_on_share={share}")) for share in (0, 0.06))
    large = with_share.parts.tokens.sent_on
    assert large is not None
    for row in ROWS:
        more = 0.06 * large.marginal() if row.key in SMALL else 0
        cost = with_share.row(row).running.marginal()

        assert cost == pytest.approx(without.row(row).running.marginal() + more), row.key


@pytest.mark.parametrize("query", ["d=3", "d=3&must_change=documents", "d=3&calls_per_task=5&added_tokens=300"])
def test_what_is_sent_on_is_the_whole_request(query: str) -> None:
    """With all sent on, it costs what prompting costs: the same cache and batch prices, and what was looked up."""
    batched = f"{query}&batch_share=0.3&sent_on_share=1"
    evaluation = evaluated(at(batched))
    prompting = row_of("rag" if "documents" in query else "prompt")
    months = evaluation.inputs.job.horizon_months
    sent_on, alone = evaluation.parts.tokens.sent_on, evaluation.row(prompting).running._replace(database=())
    assert sent_on is not None
    searched = alone.per_request * alone.requests(months)

    assert sent_on.until(months) == pytest.approx(alone.until(months) - searched - alone.per_month * months)


def test_fewer_requests_find_less_in_the_cache() -> None:
    """What is sent on is less traffic, and the share of hits follows from that."""
    shares = [
        sent_on.flow.hit_share
        for share in (0.01, 0.1, 1)
        if (sent_on := evaluated(at(f"d=3&sent_on_share={share}")).parts.tokens.sent_on)
    ]

    assert len(shares) == 3
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_nothing_is_sent_on_where_data_may_not_leave() -> None:
    """It would leave with it; the answer says so."""
    plainly, asked = (at(f"d=3&data_place=own{more}") for more in ("", "&sent_on_share=0.2"))

    assert totals(plainly) == totals(asked)
    assert "Nothing is sent on to the prompted model: data may not leave" in written(answer(asked))


def test_what_is_sent_on_must_fit_its_context() -> None:
    """A small model that can read more than the large one has nowhere to send it."""
    query = "d=3&must_change=task&prompted_model=gpt-4o&tuned_model=gpt-4.1&fixed_tokens=200000&sent_on_share="
    without, with_share = (answer(at(f"{query}{share}")).row(row_of("small")).standing for share in ("0", "0.1"))

    assert without.fits
    assert not with_share.fits
    assert "GPT-4o" in with_share.reason


def test_rows_and_programs_say_what_is_sent_on() -> None:
    """The share, to which model, and what it is of a request; what it buys, once."""
    comparison = answer(at("d=3&sent_on_share=0.06&answer_within=30"))
    said = {key: " ".join(map(plain, words)) for key, words in said_of(comparison).items()}

    for key in ("small", "api", "open", "own"):
        assert "6% of requests go on to GPT-6.1 Terra, which sees them whole: $" in said[row_of(key)]
    assert " ".join(said.values()).count("Sending on buys right answers") == 1
    assert " ".join(said.values()).count("waits for both models") == 1
    rows = figures(comparison)["rows"]
    assert isinstance(rows, list)
    assert {row["approach"] for row in rows if "sent_on" in row} == set(SMALL)


@bounded(40)
@given(scenario=scenarios(), share=st.floats(0.001, 1))
def test_items_of_what_is_sent_on_sum_to_its_cost(scenario: Scenario, share: float) -> None:
    """In a month and in one more request; what is sent on stands under that name."""
    comparison = answer(changed(scenario, sent_on_share=share))
    for row in comparison.rows:
        if row.standing.priced:
            made_of = breakdown(comparison, row)
            assert made_of.sum("month").amount == pytest.approx(row.month), row.approach.key
            assert made_of.sum("request").amount == pytest.approx(row.marginal), row.approach.key


# What always holds.


@bounded(60)
@given(scenario=on_any_model(), share=st.floats(0, 1))
def test_sending_on_is_never_cheaper_than_the_small_row_alone(scenario: Scenario, share: float) -> None:
    """And changes no other row, to the last digit."""
    alone, sending = (totals(changed(scenario, sent_on_share=each)) for each in (0.0, share))
    for key, total in alone.items():
        assert total <= sending[key] * (1 + 1e-9), key
        assert key in SMALL or total == sending[key]


@bounded(40)
@given(scenario=scenarios(caching=False), shares=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_sending_on_more_never_costs_less(scenario: Scenario, shares: tuple[float, float]) -> None:
    """Without a cache, which more requests keep warm."""
    less, more = (totals(changed(scenario, sent_on_share=each)) for each in sorted(shares))

    assert all(total <= more[key] * (1 + 1e-9) for key, total in less.items())


@bounded(30)
@given(scenario=scenarios(sent_on_share=0.0))
def test_nothing_sent_on_is_nothing(scenario: Scenario) -> None:
    """No row carries anything of it."""
    fixed: dict[str, Value] = {}

    assert all(row.running.sent_on is None for row in evaluated(changed(scenario, **fixed)).rows)


def test_next_to_nothing_sent_on_is_written() -> None:
    """However small a share, what a request costs is written to as many places as there are."""
    assert "open" in patches("cost-comparison", answer(at("d=4&sent_on_share=2.3e-308")))["ranking"]
