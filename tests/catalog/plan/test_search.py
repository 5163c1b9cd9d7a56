"""The best plan: as good as any order and any stopping rule, and what follows from that."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.search import Candidate, Search, Stage, same
from calculators.catalog.cost_comparison.plan.sets import places
from calculators.catalog.cost_comparison.plan.steps import plan
from calculators.catalog.cost_comparison.plan.worlds import Outlook, Remedy, found_out, independent, none_passes, worlds
from tests.catalog.plan.made_up import (
    AMOUNTS,
    CORE,
    MODEST,
    TUNING,
    TWENTIETHS,
    Case,
    any_case,
    candidates,
    case,
    closed_form,
    everything,
    joint,
    least,
    likely_case,
    outlooks,
    walked,
)

ROUNDING = 1e-7


def alone(rows: list[tuple[float, float, float]], worth: float | None = None) -> Case:
    """Independent rows that share nothing, each with its find out, its chance and its keep."""
    return case(
        [(find_out, keep) for find_out, _, keep in rows],
        independent([Outlook(chance) for _, chance, _ in rows]),
        worth=worth,
    )


def independent_rows(most_rows: int = 6) -> st.SearchStrategy[list[tuple[float, float, float]]]:
    """Find out, chance and keep of some rows."""
    return st.lists(st.tuples(AMOUNTS, TWENTIETHS, AMOUNTS), min_size=1, max_size=most_rows)


# Against every order and every stopping rule.


@given(any_case())
@MODEST
def test_no_order_and_no_stopping_rule_is_better(asked: Case) -> None:
    """The expected cost is that of a search by brute force, whatever the worlds."""
    assert least(asked) == pytest.approx(asked.expected, abs=ROUNDING)


@given(likely_case(5))
@MODEST
def test_none_is_better_where_remedies_cure(asked: Case) -> None:
    """The same in the worlds that a base row and its remedies make."""
    assert least(asked) == pytest.approx(asked.expected, abs=ROUNDING)


@given(any_case(5))
@MODEST
def test_a_plan_comes_to_what_it_says(asked: Case) -> None:
    """Followed in every world, the plan costs what it says on average, and ends without a row as often as it says."""
    written = asked.plan

    assert walked(asked, written) == pytest.approx((written.expected, written.ends_without), abs=ROUNDING)
    assert asked.expected == pytest.approx(written.expected, abs=ROUNDING)


# Independent rows.


@given(independent_rows(), st.one_of(st.none(), st.integers(1, 150).map(float)))
@MODEST
def test_independent_rows_cost_what_weitzman_says(rows: list[tuple[float, float, float]], worth: float | None) -> None:
    """Rows that share nothing come to the closed form, with a worth and without."""
    stop = inf if worth is None else worth

    assert closed_form(rows, stop) == pytest.approx(alone(rows, worth).expected, abs=ROUNDING)


@given(independent_rows(), st.one_of(st.none(), st.integers(1, 150).map(float)))
@MODEST
def test_independent_rows_are_tried_in_weitzmans_order(
    rows: list[tuple[float, float, float]], worth: float | None
) -> None:
    """
    The order is that of keep + find out ÷ chance, up to what stopping costs, and up to what is in hand.

    Where finding out costs nothing, any order would do.
    """
    rows = [(find_out + 1, chance, keep) for find_out, chance, keep in rows]
    steps = list(alone(rows, worth).plan.steps)
    index = [keep + find_out / chance for find_out, chance, keep in rows]

    def below(stop: float) -> list[float]:
        return sorted(each for each in index if each < stop and not same(each, stop))

    assert below(inf if worth is None else worth) == pytest.approx([index[step.row] for step in steps])
    for tried, step in enumerate(steps, start=1):
        following = below(rows[step.row][2])[tried:]
        assert (index[step.passed.row] if step.passed else None) == (pytest.approx(following[0]) if following else None)


MOVES = st.sampled_from(["chance", "find_out", "keep"])


@given(independent_rows(5), st.data())
@MODEST
def test_with_independent_chances_a_better_row_never_moves_back(
    rows: list[tuple[float, float, float]], data: st.DataObject
) -> None:
    """A higher chance or a lower cost moves a row to the front, or leaves it where it is, shared parts or not."""
    parts = data.draw(st.lists(AMOUNTS, min_size=2, max_size=2))
    shared = data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))
    row = data.draw(st.integers(0, len(rows) - 1))
    find_out, chance, keep = rows[row]
    better = {
        "chance": (find_out, min(chance + data.draw(TWENTIETHS), 1.0), keep),
        "find_out": (find_out * data.draw(TWENTIETHS), chance, keep),
        "keep": (find_out, chance, keep * data.draw(TWENTIETHS)),
    }[data.draw(MOVES)]

    def place(some: list[tuple[float, float, float]]) -> int:
        asked = alone(some)
        costs = tuple(each._replace(parts=need) for each, need in zip(asked.candidates, shared, strict=True))
        return [*replace(asked, candidates=costs, parts=tuple(parts)).order, row].index(row)

    assert place([better if each == row else same_row for each, same_row in enumerate(rows)]) <= place(rows)


# With worlds a better row may move back, and should.


def test_a_likelier_row_may_move_back() -> None:
    """
    Where the dearer row passes nearly always, the cheaper one that hangs on it is worth testing first.

    The dearer row, tried first, is a gate: where it fails, testing the cheaper one is spared. The likelier it passes,
    the less there is to spare, and the more often its own test is in vain, as the cheaper row would have done.
    """
    costs = [(12.0, 39.0), (5.0, 23.0)]
    seldom = case(costs, worlds([Outlook(0.5), Outlook(0.2)], 0, hard_core=CORE))
    often = case(costs, worlds([Outlook(0.9), Outlook(0.2)], 0, hard_core=CORE))

    assert [0] == seldom.order
    assert [1, 0] == often.order
    assert (least(seldom), least(often)) == pytest.approx((seldom.expected, often.expected))


def test_a_cheaper_row_may_move_back() -> None:
    """
    Where the base row is made so cheap that it pays to know of it at once, a test that says much of it goes before it.

    The third row hardly ever passes and nobody would keep it; but where it passes, so does the base row. Before, the
    tuned row came first and the base row was its fallback.
    """
    draws = worlds([Outlook(0.15), Outlook(0.9, TUNING), Outlook(0.05)], 0, hard_core=CORE)
    before = case([(10.0, 30.0), (12.0, 32.0), (1.0, 38.0)], draws)
    after = before.costing(0, keep=7.0)

    assert [1, 0] == before.order
    assert [2, 1, 0] == after.order
    assert (least(before), least(after)) == pytest.approx((before.expected, after.expected))


# Costs.


@given(likely_case(), st.data())
@MODEST
def test_cheaper_trials_never_make_a_plan_dearer(asked: Case, data: st.DataObject) -> None:
    """To find out for less, or to share a part that costs less, never raises the expected cost."""
    row = data.draw(st.integers(0, len(asked.candidates) - 1))
    part = data.draw(st.integers(0, len(asked.parts) - 1))
    cheaper = asked.costing(row, find_out=asked.candidates[row].find_out * data.draw(TWENTIETHS))
    parts = [cost / 2 if place == part else cost for place, cost in enumerate(asked.parts)]

    assert cheaper.expected <= asked.expected + ROUNDING
    assert replace(asked, parts=tuple(parts)).expected <= asked.expected + ROUNDING
    assert replace(asked, paid=asked.paid | 1 << part).expected <= asked.expected + ROUNDING


@given(likely_case(), st.data())
@MODEST
def test_cheaper_rows_never_make_a_plan_dearer(asked: Case, data: st.DataObject) -> None:
    """To keep a row for less never raises the expected cost, while no other row comes to cost more than it."""
    row = data.draw(st.integers(0, len(asked.candidates) - 1))
    after = [each.go_live + each.keep for each in asked.candidates]
    bounds = [*after, *([] if asked.worth is None else [asked.worth])]
    lowest = max([cost for cost in bounds if cost < after[row]], default=0.0)
    keep = max(lowest - asked.candidates[row].go_live, 0.0)
    between = keep + (asked.candidates[row].keep - keep) * data.draw(TWENTIETHS)

    assert asked.costing(row, keep=between).expected <= asked.expected + ROUNDING


@given(independent_rows(5), st.one_of(st.none(), st.integers(1, 150).map(float)), st.data())
@MODEST
def test_cheaper_independent_rows_never_make_a_plan_dearer(
    rows: list[tuple[float, float, float]], worth: float | None, data: st.DataObject
) -> None:
    """Where no row tells of another one, that holds however much less it costs."""
    asked = alone(rows, worth)
    row = data.draw(st.integers(0, len(rows) - 1))
    keep = rows[row][2] * data.draw(TWENTIETHS)

    assert asked.costing(row, keep=keep).expected <= asked.expected + ROUNDING


def test_no_row_is_tried_only_for_what_it_tells() -> None:
    """
    A row that would not be kept is not tried, although its test costs next to nothing and says much of a cheaper row.

    Today's row passes. While it costs more than the second, that one is tried for 1, and says whether it is worth 40 to
    try the third. Once today's row costs less, nobody would keep the second: the rule forbids its test, and the plan is
    dearer for it. So much for a lower cost that never raises the expected one.
    """
    draws = worlds([Outlook(1.0), Outlook(0.5), Outlook(0.45)], 0, hard_core=CORE)
    before = case([(0.0, 100.0), (1.0, 99.0), (40.0, 10.0)], draws, passed=0b1)
    after = before.costing(0, keep=98.0)

    assert ([1], []) == (before.order, after.order)
    assert (80.45, 98.0) == pytest.approx((before.expected, after.expected))
    for asked in (before, after):
        search = asked.search
        assert least(asked) == pytest.approx(asked.expected)
        assert search.dearer_by(search.trial(search.outset, 1)) == 0


# No other plan with the same obligations.


def cheapest_first(search: Search, stage: Stage) -> float:
    """What it comes to on average to try the cheapest row first, until one passes."""
    able = [row for row in places(stage.left) if search.trial(stage, row).chance]
    if not able:
        return 0.0
    trial = search.trial(stage, min(able, key=lambda row: search.candidates[row].go_live + search.candidates[row].keep))
    passed = trial.chance * search.stop(trial.passed)
    return (
        trial.find_out
        + passed
        + (1 - trial.chance) * (cheapest_first(search, trial.failed) if trial.chance < 1 else 0.0)
    )


@given(likely_case())
@MODEST
def test_no_other_plan_is_better_at_any_step(asked: Case) -> None:
    """What is left comes to no more than to try the cheapest first until one passes, or to begin with any other row."""
    search = replace(asked, passed=0, worth=None).search
    stage: Stage | None = search.outset
    while stage is not None:
        others = [search.with_trial(search.trial(stage, row)) for row in places(stage.left)]
        assert search.value(stage) <= min([cheapest_first(search, stage), *others]) + ROUNDING
        trial = search.best(stage)
        stage = trial.failed if trial and trial.chance < 1 else None


@given(likely_case())
@MODEST
def test_the_price_of_the_trap_is_never_negative(asked: Case) -> None:
    """To begin with any row that would be kept costs at least as much as the best plan."""
    search = asked.search
    least_cost = search.value(search.outset)
    rows = asked.in_play
    for row in range(len(asked.candidates)):
        trial = search.trial(search.outset, row)
        if trial.passed.hand == row and rows >> row & 1:
            assert search.with_trial(trial) >= least_cost - ROUNDING
    begun = search.beginning_with(rows)

    assert search.dearer_by(begun) >= 0
    first = search.best(search.outset)
    if first is not None:
        assert search.dearer_by(begun) == pytest.approx(0, abs=ROUNDING)
        assert begun.row <= first.row or same(search.with_trial(begun), least_cost)


# What was found out.


def failed(asked: Case, row: int) -> Case:
    """The same once a row was found to fail."""
    left, _ = found_out(asked.draws, passed=0, failed=1 << row)
    return replace(asked, draws=left)


@given(outlooks(2, 6, TWENTIETHS), st.data())
@MODEST
def test_after_a_failure_nothing_at_or_below_it_is_tried(believed: list[Outlook], data: st.DataObject) -> None:
    """Once a row of the ladder has failed, no row of it with its chance or a lower one is in the plan."""
    rows = len(believed)
    base, own = believed[0]
    costs = data.draw(candidates(rows))
    ladder = [
        row
        for row, (chance, remedy) in enumerate(believed)
        if chance <= base and (row == 0 or remedy is None or remedy is own)
    ]
    for row in ladder:
        asked = failed(Case(costs, (1.0, 2.0, 3.0), worlds(believed, 0, hard_core=CORE), everything(believed)), row)

        assert not [
            other for other in asked.order if other in ladder and believed[other].chance <= believed[row].chance
        ]


def test_failed_tuning_kills_no_untuned_row() -> None:
    """Each of them can still pass and be tried; the other tuned row is out."""
    draws = worlds(
        [Outlook(0.5), Outlook(0.6, TUNING), Outlook(0.6, TUNING), Outlook(0.25), Outlook(0.58)], 0, hard_core=CORE
    )
    search = case([(1.0, 50.0), (9.0, 30.0), (0.0, 5.0), (0.1, 10.0), (3.0, 60.0)], draws, failed=0b10).search
    chances = [search.trial(search.outset, row).chance for row in range(5)]

    assert [True, False, False, True, True] == [chance > 0 for chance in chances]
    assert [3, 4] == [step.row for step in plan(search).steps]


@given(any_case(5))
@MODEST
def test_a_row_that_can_no_longer_pass_is_never_tried(asked: Case) -> None:
    """At each step there is a world in which the row passes; no row is tried twice; each would be kept if it passed."""
    after = [each.go_live + each.keep for each in asked.candidates]
    search = asked.search
    open_stages = [search.outset]
    while open_stages:
        stage = open_stages.pop()
        trial = search.best(stage)
        if trial is None:
            continue
        assert trial.chance > 0
        assert stage.left >> trial.row & 1
        assert asked.in_play >> trial.row & 1
        assert after[trial.row] < search.stop(stage)
        open_stages += [trial.passed, *([trial.failed] if trial.chance < 1 else [])]


@given(likely_case(5), st.sampled_from([None, TUNING, Remedy(0.3)]), st.data())
@MODEST
def test_a_row_that_cannot_pass_changes_nothing(asked: Case, remedy: Remedy | None, data: st.DataObject) -> None:
    """One more row with chance 0 changes neither the plan nor what it comes to."""
    rows = len(asked.candidates)
    believed = [Outlook(sum(w for w, passing in joint(asked.draws) if passing >> row & 1)) for row in range(rows)]
    costs = data.draw(candidates(1))
    draws, more = (worlds([*believed, *extra], 0, hard_core=CORE) for extra in ((), (Outlook(0.0, remedy),)))
    before = replace(asked, draws=draws)
    after = replace(asked, draws=more, candidates=(*asked.candidates, *costs), in_play=asked.in_play | 1 << rows)

    assert before.order == after.order
    assert before.expected == pytest.approx(after.expected, abs=ROUNDING)


def test_a_base_row_that_may_not_run_stays_in_the_worlds() -> None:
    """What hangs on it still does: where the one on the ladder fails, the remedy is rarer."""
    draws = worlds([Outlook(0.5), Outlook(0.4), Outlook(0.6, TUNING)], 0, hard_core=CORE)
    asked = replace(case([(0.0, 0.0), (1.0, 10.0), (9.0, 20.0)], draws), in_play=0b110)
    first, then = asked.plan.steps

    assert (1, 2) == (first.row, then.row)
    assert (0.4, (0.6 - 0.4 * 0.94) / 0.6) == pytest.approx((first.chance, then.chance))


def test_a_row_found_to_pass_is_in_hand() -> None:
    """Of several the cheapest, its go live still to pay; what may not run is none of them."""
    draws = independent([Outlook(0.5)] * 4)
    left, _ = found_out(draws, passed=0b111, failed=0)
    rows = (
        Candidate(0, 0, 0, 5.0),
        Candidate(0, 0, 20.0, 10.0),
        Candidate(0, 0, 2.0, 26.0),
        Candidate(9.0, 0, 0, 25.0),
    )
    asked = Case(rows, (), left, in_play=0b1110, passed=0b111)

    assert (2, 28.0) == (asked.plan.in_hand, asked.expected)
    assert [] == asked.order


# Giving up.


@given(likely_case())
@MODEST
def test_a_worth_that_is_never_given_up_costs_what_failure_costs(asked: Case) -> None:
    """With a worth beyond all costs the plan goes on as without one, and pays the worth where nothing passes."""
    without = replace(asked, passed=0, worth=None)
    given_worth = replace(without, worth=1e6)
    none = none_passes(asked.draws, asked.in_play)

    assert without.expected + none * 1e6 == pytest.approx(given_worth.expected, abs=1e-3)
    assert none == pytest.approx(given_worth.plan.ends_without, abs=1e-9)
    assert none == pytest.approx(without.plan.ends_without, abs=1e-9)


@given(any_case(5))
@MODEST
def test_a_plan_never_costs_more_than_to_stop_at_once(asked: Case) -> None:
    """Neither than what giving up costs, nor than the row in hand."""
    search = asked.search

    assert search.value(search.outset) <= search.stop(search.outset)


def test_do_not_start() -> None:
    """Where a version that passes is worth less than the price of a success, nothing is tried."""
    draws = independent([Outlook(0.5)])
    price = 10.0 + 4.0 / 0.5

    refused = case([(4.0, 10.0)], draws, worth=price - 0.1).plan

    assert (None, 1.0) == (refused.first, refused.ends_without)
    assert [0] == case([(4.0, 10.0)], draws, worth=price + 0.1).order


def test_giving_up_late() -> None:
    """The likely row is tried, the long shot after it is not: that nothing passes, and that it ends without, differ."""
    draws = independent([Outlook(0.8), Outlook(0.05)])
    asked = case([(4.0, 10.0), (10.0, 10.0)], draws, worth=50.0)

    assert [0] == asked.order
    assert 0.2 == pytest.approx(asked.plan.ends_without)
    assert 0.2 * 0.95 == pytest.approx(none_passes(draws, 0b11))
    assert 4 + 0.8 * 10 + 0.2 * 50 == pytest.approx(asked.expected)


def test_a_row_in_hand_that_costs_more_than_it_is_worth_is_given_up() -> None:
    """Unless the plan may not give up, as with what runs today."""
    draws = independent([Outlook(0.5), Outlook(0.5)])
    asked = case([(0.0, 80.0), (1.0, 20.0)], draws, passed=0b1, worth=50.0)
    kept = replace(asked, worth=None)

    assert (None, 0) == (asked.plan.in_hand, kept.plan.in_hand)
    assert (1 + 0.5 * 20 + 0.5 * 50, 1 + 0.5 * 20 + 0.5 * 80) == pytest.approx((asked.expected, kept.expected))


# Ties.


def test_ties_go_to_the_order_of_the_rows() -> None:
    """Of plans that differ by rounding the one with the first row is named, and to stop goes before to go on."""
    draws = independent([Outlook(0.5)] * 3)
    asked = case([(0.1 + 0.2, 1.0), (0.3, 1.0), (0.3 + 1e-12, 1.0)], draws)

    assert [0, 1, 2] == asked.order
    assert [] == case([(0.0, 1.0), (0.5, 0.0)], independent([Outlook(1.0), Outlook(0.5)]), passed=0b1).order


@given(independent_rows(3))
@MODEST
def test_equal_rows_are_tried_in_their_order(rows: list[tuple[float, float, float]]) -> None:
    """A row that is the same as an earlier one is never tried before it."""
    order = alone([*rows, *rows]).order

    assert all(order.index(row) < order.index(row + len(rows)) for row in range(len(rows)))
