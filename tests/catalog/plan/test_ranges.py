"""Chances moved within their ranges."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd, at_end, drawn, ends
from tests.catalog.plan.made_up import MODEST, TUNING
from tests.catalog.plan.questions import prospect, question, questions

PROMPT, FEW_SHOT, API, OWN, SMALL, CHEAPER = range(6)
ORDER = ((FEW_SHOT, PROMPT), (PROMPT, CHEAPER), (CHEAPER, SMALL), (API, SMALL), (OWN, SMALL))


def narrow_task() -> PlanQuestion:
    """Six rows with ranges that overlap."""
    rows = question(
        prospect((0.30, 0.50, 0.70), 1.0, 10.0),
        prospect((0.35, 0.58, 0.78), 1.0, 10.0),
        prospect((0.45, 0.60, 0.80), 1.0, 10.0, remedy=TUNING),
        prospect((0.45, 0.60, 0.80), 1.0, 10.0, remedy=TUNING),
        prospect((0.10, 0.25, 0.65), 1.0, 10.0),
        prospect((0.18, 0.35, 0.60), 1.0, 10.0),
    )
    return replace(rows, order=ORDER)


def chances(asked: PlanQuestion) -> list[float]:
    """The chance of each row."""
    return [each.belief.chance for each in asked.prospects]


def in_order(asked: PlanQuestion, moved: PlanQuestion) -> bool:
    """Whether no two rows have changed places that should keep their order."""
    before, after = chances(asked), chances(moved)
    return all(after[more] >= after[less] for more, less in asked.order if before[more] >= before[less])


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        # Alone, up to its neighbour.
        (ChanceEnd(CHEAPER, 0.18, high=False), [0.5, 0.58, 0.6, 0.6, 0.18, 0.18]),
        # What is weaker is pushed down with it, what is stronger up.
        (ChanceEnd(PROMPT, 0.30, high=False), [0.3, 0.58, 0.6, 0.6, 0.25, 0.3]),
        (ChanceEnd(PROMPT, 0.70, high=True), [0.7, 0.7, 0.6, 0.6, 0.25, 0.35]),
        # One pushes the next; both tuned rows go together.
        (ChanceEnd(SMALL, 0.65, high=True), [0.65, 0.65, 0.65, 0.65, 0.65, 0.65]),
        (ChanceEnd(API, 0.45, high=False), [0.5, 0.58, 0.45, 0.45, 0.25, 0.35]),
    ],
)
def test_neighbours_are_pushed_and_not_crossed(end: ChanceEnd, expected: list[float]) -> None:
    """A chance at the end of its range takes along those that would change places with it."""
    assert expected == chances(at_end(narrow_task(), end))


def test_ends_are_looked_at_from_the_nearest() -> None:
    """Rows of one remedy once; none that may not run, but the base row; no end that a chance stands at."""
    rows = replace(narrow_task(), in_play=0b111110)
    found = ends(rows)

    assert {PROMPT, FEW_SHOT, API, SMALL, CHEAPER} == {end.row for end in found}
    assert len(found) == 10
    away = [abs(end.chance - chances(rows)[end.row]) for end in found]
    assert sorted(away) == away
    assert {end.row for end in ends(replace(rows, in_play=0b10000))} == {PROMPT, SMALL}
    assert [] == ends(question(prospect(0.5, 1.0, 1.0)))


def test_a_reader_who_has_it_the_other_way_round_is_left_alone() -> None:
    """Rows that do not stand in their order are not put into it."""
    rows = narrow_task()
    reader = rows.prospects[FEW_SHOT]._replace(belief=rows.prospects[FEW_SHOT].belief._replace(chance=0.4))
    rows = replace(rows, prospects=(rows.prospects[PROMPT], reader, *rows.prospects[2:]))

    assert 0.4 == chances(at_end(rows, ChanceEnd(PROMPT, 0.7, high=True)))[FEW_SHOT]


@given(questions(6, least_rows=2), st.integers(0, 39))
@MODEST
def test_order_holds_wherever_chances_move(asked: PlanQuestion, number: int) -> None:
    """At each end and in each draw, and every chance stays between the lowest and the highest that there are."""
    lowest = min(each.belief.low for each in asked.prospects)
    highest = max(each.belief.high for each in asked.prospects)
    for moved in [*(at_end(asked, end) for end in ends(asked)), drawn(asked, number)]:
        assert in_order(asked, moved)
        assert all(lowest <= chance <= highest for chance in chances(moved))


@given(questions(6), st.integers(0, 39))
@MODEST
def test_nothing_moves_without_a_range(asked: PlanQuestion, number: int) -> None:
    """Where the reader knows each chance, a draw is the question itself."""
    sure = replace(
        asked,
        prospects=tuple(
            each._replace(belief=each.belief._replace(low=each.belief.chance, high=each.belief.chance))
            for each in asked.prospects
        ),
    )

    assert chances(sure) == pytest.approx(chances(drawn(sure, number)), abs=1e-15)
    assert [] == ends(sure)


def test_draws_fill_the_ranges() -> None:
    """Forty of them spread evenly, no two rows alike, and the same on every machine."""
    rows = question(*[prospect((0.0, 0.5, 1.0), 1.0, 1.0)] * 9)
    draws = [chances(drawn(rows, number)) for number in range(40)]

    assert [2**0.5 % 1, 3**0.5 % 1, 5**0.5 % 1, 7**0.5 % 1] == draws[0][:4]
    for row in range(9):
        shares = sorted(draw[row] for draw in draws)
        assert 0.42 < sum(shares) / 40 < 0.58
        assert all(abs(share - (place + 0.5) / 40) < 0.2 for place, share in enumerate(shares))
        for other in range(row):
            covariance = sum((draw[row] - 0.5) * (draw[other] - 0.5) for draw in draws) / 40
            assert abs(covariance) < 0.4 / 12


def test_rows_of_one_remedy_are_drawn_together() -> None:
    """Both tuned rows stand at the same share of their ranges."""
    for number in range(40):
        found = chances(drawn(narrow_task(), number))
        assert found[API] == found[OWN]
