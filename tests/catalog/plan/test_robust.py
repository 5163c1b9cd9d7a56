"""Whether the kind of first step stands, recomputed one by one; and that neither skipping nor slicing changes it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.advice import advise
from calculators.catalog.cost_comparison.plan.course import Course, Ending, FirstStep, settled
from calculators.catalog.cost_comparison.plan.margin import Margin
from calculators.catalog.cost_comparison.plan.question import Belief, PlanQuestion, Reading
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd, drawn
from calculators.catalog.cost_comparison.plan.robust import (
    HardCoreEnd,
    JointDraws,
    Moved,
    Robustness,
    checked,
    robust,
)
from calculators.catalog.cost_comparison.plan.search import Candidate
from tests.catalog.plan.made_up import CHANCES, MODEST, TUNING
from tests.catalog.plan.questions import ANY_QUESTION, prospect, question, questions

FEWER: Final = settings(MODEST, max_examples=60)
"""For tests that solve hundreds of questions for each example."""


def costing(asked: PlanQuestion, change: Callable[[int, Candidate], Candidate]) -> PlanQuestion:
    """The same with rows that cost something else."""
    return replace(
        asked,
        prospects=tuple(
            each._replace(
                candidate=change(row, each.candidate),
                beside_today=change(row, each.beside_today) if each.beside_today else None,
            )
            for row, each in enumerate(asked.prospects)
        ),
    )


@st.composite
def other_costs(draw: st.DrawFn, asked: PlanQuestion) -> PlanQuestion:
    """The same with one cost or several that have moved, by a little or by a lot."""
    factors = st.sampled_from([0.5, 0.75, 0.95, 0.999, 1.0, 1.001, 1.05, 1.25, 2.0])
    factor = draw(factors)
    rows = draw(st.integers(0, (1 << len(asked.prospects)) - 1))
    what = draw(st.sampled_from(["find_out", "keep", "go_live", "parts", "all", "worth", "day"]))
    if what in ("parts", "all"):
        asked = replace(asked, parts=tuple(part * factor for part in asked.parts))
    if what in ("worth", "all") and asked.worth is not None:
        asked = replace(asked, worth=asked.worth * draw(factors))
    if what in ("day", "all"):
        asked = replace(asked, day=asked.day * draw(factors))
        if asked.worth_it_above is not None:
            asked = replace(asked, worth_it_above=asked.worth_it_above * draw(factors))

    def change(row: int, candidate: Candidate) -> Candidate:
        share = factor if rows >> row & 1 else 1.0
        find_out, keep, go_live = (share if what in (name, "all") else 1.0 for name in ("find_out", "keep", "go_live"))
        return candidate._replace(
            find_out=candidate.find_out * find_out, keep=candidate.keep * keep, go_live=candidate.go_live * go_live
        )

    return costing(asked, change)


def moves(asked: PlanQuestion) -> list[Moved]:
    """Every cost moved by a quarter, one by one."""

    def moved(place: int, factor: float) -> Moved:
        rows = len(asked.prospects)

        def made() -> PlanQuestion:
            if place < rows:
                return costing(
                    asked, lambda row, each: each._replace(keep=each.keep * factor) if row == place else each
                )
            parts = tuple(part * factor if rows + at == place else part for at, part in enumerate(asked.parts))
            return replace(asked, parts=parts)

        return Moved((place, factor), made)

    return [moved(place, f) for place in range(len(asked.prospects) + len(asked.parts)) for f in (0.75, 1.25)]


# The kind of first step.


@given(st.one_of(ANY_QUESTION, questions(6, CHANCES)))
@MODEST
def test_the_kind_is_that_of_the_advice(asked: PlanQuestion) -> None:
    """Found without writing the plan out, it is the same."""
    advice = advise(asked)
    known = settled(asked)
    if known.today_untested:
        assert (known.today, True) == (advice.first.row if advice.first else None, advice.measured_first)
    else:
        assert Course(known).first_step == FirstStep(advice.kind, advice.first.row if advice.first else None)


# Recomputed.


def pushed(asked: PlanQuestion, row: int, *, high: bool) -> PlanQuestion:
    """A chance at an end of its range, by repeated pushing of each pair by itself."""
    before = [each.belief.chance for each in asked.prospects]
    now = list(before)
    group = [
        other
        for other, each in enumerate(asked.prospects)
        if other == row or (each.remedy is not None and each.remedy is asked.prospects[row].remedy)
    ]
    for other in group:
        belief = asked.prospects[other].belief
        now[other] = belief.high if high else belief.low
    for _ in range(len(now) ** 2):
        for more, less in asked.order:
            if before[more] >= before[less]:
                if high:
                    now[more] = max(now[more], now[less])
                else:
                    now[less] = min(now[less], now[more])
        for one, each in enumerate(asked.prospects):
            for other, also in enumerate(asked.prospects):
                if each.remedy is not None and each.remedy is also.remedy and before[one] == before[other]:
                    now[one] = (max if high else min)(now[one], now[other])
    return replace(
        asked,
        prospects=tuple(
            each._replace(belief=each.belief._replace(chance=chance))
            for each, chance in zip(asked.prospects, now, strict=True)
        ),
    )


@given(questions(5))
@FEWER
def test_robust_is_said_only_where_nothing_turns_the_kind(asked: PlanQuestion) -> None:
    """
    No chance alone at an end of its range, no reading, no hard core, no input moved turns a kind that is called robust,
    and at most two draws of forty do. One that is not is turned by what is named.
    """
    kind, moved = advise(asked).kind, moves(asked)
    verdict = robust(asked, moved)

    may_move = (asked.in_play | 1 << asked.base) & ~(asked.passed | asked.failed)
    looked_at = [row for row in range(len(asked.prospects)) if may_move >> row & 1]
    against = sum(advise(drawn(asked, number)).kind != kind for number in range(40))
    turned = [
        *(advise(pushed(asked, row, high=high)).kind != kind for row in looked_at for high in (False, True)),
        *(advise(replace(asked, reading=reading)).kind != kind for reading in Reading),
        *(advise(replace(asked, hard_core=Belief(share, 0.2, 0.8))).kind != kind for share in (0.2, 0.8)),
        *(advise(each.question()).kind != kind for each in moved),
        against > 2,
    ]

    assert verdict.robust == (not any(turned))
    if verdict.to is not None:
        assert verdict.to.kind != kind


# Step by step.


@given(questions(4))
@FEWER
def test_each_check_tells_how_much_it_was(asked: PlanQuestion) -> None:
    """So that whoever waits can stop after any of them; the same work is told each time."""
    steps = list(checked(asked, moves(asked)))

    assert steps == list(checked(asked, moves(asked)))
    assert all(step >= 0 for step in steps)
    assert len(steps) <= 150


def test_making_a_question_is_work_too() -> None:
    """A moved input may take longer to make than to solve."""
    rows = question(prospect(0.5, 1.0, 50.0), prospect(0.3, 1.0, 90.0, kind="smaller"))
    moved = [Moved(place, lambda: rows) for place in range(6)]
    without, with_making = list(checked(rows, moved)), list(checked(rows, moved, making=600))

    assert [600] * 6 == [more - less for less, more in zip(without, with_making, strict=True) if more != less]


# What turns it.


def narrow() -> PlanQuestion:
    """A prompt, which is robust."""
    return question(
        prospect((0.4, 0.5, 0.6), 16.0, 60.0),
        prospect((0.2, 0.25, 0.3), 14.0, 55.0, kind="smaller"),
        prospect((0.5, 0.6, 0.7), 300.0, 40.0, remedy=TUNING, kind="tune"),
    )


def test_robust() -> None:
    """Nothing turns it."""
    verdict = robust(narrow(), moves(narrow()))

    assert verdict == Robustness(None, None)
    assert verdict.robust


def test_turned_by_a_chance() -> None:
    """The small model goes first if it passes as often as it may well do."""
    rows = question(prospect(0.9, 16.0, 60.0), prospect((0.3, 0.35, 0.85), 14.0, 40.0, kind="smaller"))

    assert Robustness(ChanceEnd(1, 0.85, high=True), FirstStep("smaller", 1)) == robust(rows)


def test_turned_by_a_reading() -> None:
    """Were chances independent, the small model might pass where the prompt fails."""
    rows = question(prospect(0.5, 16.0, 60.0), prospect(0.45, 13.0, 58.0, kind="smaller"))
    verdict = robust(rows)

    assert isinstance(verdict.turned_by, Reading)


def test_turned_by_another_input() -> None:
    """The nearest that does is named, and no more questions are made than it takes."""
    made = []
    rows = narrow()

    def move(find_out: float) -> Moved:
        def moved() -> PlanQuestion:
            made.append(find_out)
            return costing(rows, lambda row, each: each._replace(find_out=find_out) if row == 2 else each)

        return Moved(find_out, moved)

    verdict = robust(rows, [move(280.0), move(2.0), move(1.0)])

    assert isinstance(verdict.turned_by, Moved)
    assert (2.0, FirstStep("tune", 2)) == (verdict.turned_by.cause, verdict.to)
    assert [280.0, 2.0] == made


def test_to_keep_what_runs_is_a_kind() -> None:
    """Where a change pays only just, less of a saving makes what runs the advice, and that is named."""
    rows = question(prospect(1.0, 0.0, 100.0), prospect((0.2, 0.5, 0.6), 10.0, 40.0, kind="smaller"))
    rows = replace(rows, today=0, passed=0b1)

    assert Robustness(ChanceEnd(1, 0.2, high=False), FirstStep(Ending.KEEP, None)) == robust(rows)


def test_what_is_measured_first_is_robust() -> None:
    """Whatever else moves, what runs and is untested is measured first."""
    verdict = robust(replace(narrow(), today=0), moves(narrow()))

    assert verdict.robust


def test_turned_by_draws() -> None:
    """No chance alone turns the kind, but more than two draws of all together do."""
    rows = question(
        prospect((0.3, 0.5, 0.7), 16.0, 60.0),
        prospect((0.4, 0.5, 0.6), 16.0, 34.0, kind="smaller"),
        prospect((0.4, 0.5, 0.6), 16.0, 35.0, kind="smaller"),
    )

    assert Robustness(JointDraws(against=3, of=31), FirstStep("prompt", 0)) == robust(rows)


# Skipping.


@given(questions(5), st.data())
@MODEST
def test_what_is_skipped_would_not_have_turned(asked: PlanQuestion, data: st.DataObject) -> None:
    """Wherever costs are said to have moved too little, the kind is the same."""
    asked = settled(asked)
    if asked.today_untested:
        asked = replace(asked, today=None)
    course = Course(asked)
    margin = Margin(course)
    for _ in range(4):
        moved = settled(data.draw(other_costs(asked)))
        if margin.holds_for(moved):
            assert course.first_step.kind == Course(moved).first_step.kind


@given(questions(5, CHANCES))
@FEWER
def test_skipping_changes_nothing(asked: PlanQuestion) -> None:
    """With and without, the same input is named."""
    quick = robust(asked, moves(asked))
    with patch.object(Margin, "holds_for", return_value=False):
        slow = robust(asked, moves(asked))

    assert quick.to == slow.to
    assert named(quick) == named(slow)


def named(found: Robustness) -> object:
    """What turns it, without the function that makes its question."""
    return found.turned_by.cause if isinstance(found.turned_by, Moved) else found.turned_by


def test_some_are_skipped() -> None:
    """A cost that hardly matters, and one that has not moved."""
    rows = narrow()
    margin = Margin(Course(rows))

    assert margin.holds_for(rows)
    assert margin.holds_for(costing(rows, lambda row, each: each._replace(keep=each.keep + (row == 2))))
    assert margin.holds_for(replace(rows, day=5.0))
    assert not margin.holds_for(
        costing(rows, lambda row, each: each._replace(find_out=each.find_out + 900 * (row == 0)))
    )


@pytest.mark.parametrize(
    "changed",
    [
        replace(narrow(), failed=0b10),
        replace(narrow(), hard_core=Belief(0.4, 0.2, 0.8)),
        replace(narrow(), worth=1e6),
        replace(narrow(), reading=Reading.LADDER),
        replace(narrow(), prospects=(*narrow().prospects[:2], prospect(0.7, 300.0, 40.0, remedy=TUNING, kind="tune"))),
    ],
)
def test_only_costs_are_skipped(changed: PlanQuestion) -> None:
    """What else differs is solved again."""
    assert not Margin(Course(narrow())).holds_for(changed)


def test_rows_that_change_places_are_solved_again() -> None:
    """
    The order by go live + keep says which row may be tried after which: there a cent can cost a lot.

    It is the row that is tried for 1 and says whether it is worth 40 to try the third, while it would be kept.
    """
    rows = question(prospect(1.0, 0.0, 100.0), prospect(0.5, 1.0, 99.0, kind="smaller"), prospect(0.45, 40.0, 10.0))
    rows = replace(rows, today=0, passed=0b1)
    moved = costing(rows, lambda row, each: each._replace(keep=98.9) if row == 0 else each)

    assert ("smaller", Ending.KEEP) == (advise(rows).kind, advise(moved).kind)
    assert not Margin(Course(rows)).holds_for(moved)


def test_whether_a_row_takes_the_place_of_what_runs_is_solved_again() -> None:
    """Both pass, and to change saves 4: that is worth it above 3, and not above 6."""
    rows = question(prospect(0.5, 0.0, 9.0), prospect(0.5, 0.0, 5.0, kind="smaller"))
    rows = replace(rows, today=0, passed=0b11, worth_it_above=6.0)
    moved = replace(rows, worth_it_above=3.0)

    assert (Ending.KEEP, "smaller") == (advise(rows).kind, advise(moved).kind)
    assert not Margin(Course(rows)).holds_for(moved)


def test_the_hard_core_is_looked_at() -> None:
    """Both ends of its range, unless it stands there."""
    rows = question(*[prospect(0.5, 1.0, 10.0)] * 2)
    seen = []
    original = Course.__init__

    def noted(self: Course, asked: PlanQuestion) -> None:
        seen.append(asked.hard_core.chance)
        original(self, asked)

    with patch.object(Course, "__init__", noted):
        robust(rows)
    assert {0.2, 0.5, 0.8} == set(seen)
    assert HardCoreEnd(0.2).share == 0.2
