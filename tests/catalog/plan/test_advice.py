"""What a reader is told: the plan as advised, small savings cut, and what stands beside it."""

from dataclasses import replace
from math import inf, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.advice import Advice, Refused, Rival, advise
from calculators.catalog.cost_comparison.plan.course import Course, Ending
from calculators.catalog.cost_comparison.plan.question import PlanQuestion, Reading
from calculators.catalog.cost_comparison.plan.search import Candidate, same
from calculators.catalog.cost_comparison.plan.sets import places
from calculators.catalog.cost_comparison.plan.steps import Step, plan
from calculators.catalog.cost_comparison.plan.worlds import Remedy
from tests.catalog.plan.made_up import CHANCES, MODEST, TUNING, TWENTIETHS, joint, least, walked
from tests.catalog.plan.questions import ANY_QUESTION, asked, courses, prospect, question, questions

ROUNDING = 1e-7


def every(step: Step | None) -> list[Step]:
    """A step and all that can follow it."""
    return [step, *every(step.passed), *every(step.failed)] if step else []


def after(candidate: Candidate) -> float:
    """What a row costs once it has passed."""
    return candidate.go_live + candidate.keep


# The plan as advised.


@given(courses())
@MODEST
def test_an_advised_plan_comes_to_what_it_says(course: Course) -> None:
    """Followed in every world, it costs what it says on average, and ends without a row as often as it says."""
    advised = course.advised

    assert walked(asked(course), advised) == pytest.approx((advised.expected, advised.ends_without), abs=ROUNDING)
    assert isfinite(advised.expected)


@given(courses(4))
@MODEST
def test_where_every_saving_is_worth_it_no_plan_is_better(course: Course) -> None:
    """With a threshold of nothing the advice is the best plan, by brute force over all orders and stopping rules."""
    course = Course(replace(course.question, worth_it_above=0.0))

    assert least(asked(course)) == pytest.approx(course.advised.expected, abs=1e-6)


@given(courses())
@MODEST
def test_every_change_that_is_advised_saves_enough(course: Course) -> None:
    """From what is in hand by more than is worth it, from nothing at all; and no plan costs more than to stop."""
    for step in every(course.advised.first):
        if step.in_hand is not None:
            in_hand = course.search.candidates[step.in_hand]
            assert after(in_hand) - step.expected > course.least_saving(in_hand, step.find_out)
        elif asked(course).worth is not None:
            assert step.expected < asked(course).worth  # type: ignore[operator]
    assert course.advised.expected <= course.search.stop(course.search.outset) or course.question.today_passes


@given(courses())
@MODEST
def test_what_is_cut_is_small(course: Course) -> None:
    """The plan as advised costs more than the best by no more than the largest threshold for each row."""
    rows = course.search.candidates
    largest = max(course.least_saving(in_hand, inf) for in_hand in rows)
    best = course.search.value(course.search.outset)

    assert best - ROUNDING <= course.advised.expected <= best + len(rows) * largest + ROUNDING


def test_what_a_change_must_save() -> None:
    """More than a day of the team, and than the smaller of 5% of keep and what finding out costs; or what one says."""
    course = Course(question(prospect(0.5, 1.0, 10.0), day=8.0))
    in_hand = Candidate(0.0, 0, go_live=1e6, keep=1000.0)

    assert [8.0, 20.0, 50.0] == [course.least_saving(in_hand, find_out) for find_out in (2.0, 20.0, 70.0)]
    assert 3.0 == Course(replace(course.question, worth_it_above=3.0)).least_saving(in_hand, 70.0)


def running(keep: float, *, day: float = 8.0) -> PlanQuestion:
    """What runs today passes for 1,000; a cheaper model passes half the time and takes 10 to find out."""
    rows = question(prospect(1.0, 0.0, 1000.0), prospect(0.5, 10.0, keep, kind="smaller"), day=day)
    return replace(rows, today=0, passed=0b1)


@pytest.mark.parametrize(("keep", "saves"), [(990.0, -5.0), (980.0, 0.0), (962.0, 9.0), (950.0, None)])
def test_stay(keep: float, saves: float | None) -> None:
    """What runs is kept where no change pays, and where one saves less than it takes to find out."""
    advice = advise(running(keep))

    if saves is None:
        assert (1, 0, None) == (advice.first.row if advice.first else None, advice.in_hand, advice.refused)
        assert advice.expected == pytest.approx(10 + 0.5 * 1000 + 0.5 * keep)
    else:
        assert (Ending.KEEP, None, 0, 1000.0) == (advice.kind, advice.first, advice.in_hand, advice.expected)
        assert advice.refused == Refused(1, saves, 10.0)
        assert advice.rival == Rival(1, max(-saves, 0))


def test_a_step_that_saves_too_little_takes_what_hung_on_it_along() -> None:
    """A step down after the first one saves 6: without it, the first saves 9 in place of 12, and is cut as well."""
    rows = question(prospect(1.0, 0.0, 100.0), prospect(0.5, 1.0, 80.0), prospect(0.25, 8.0, 52.0), day=0.0)
    rows = replace(rows, today=0, passed=0b1)
    first = advise(replace(rows, worth_it_above=0.0)).first

    assert first is not None
    assert (1, 2) == (first.row, first.passed.row if first.passed else None)
    cut = advise(replace(rows, worth_it_above=10.0))
    assert (None, 100.0) == (cut.first, cut.expected)


def test_ship() -> None:
    """What was found to pass is kept where nothing else is worth testing, its go live still to pay."""
    rows = replace(question(prospect(0.5, 9.0, 50.0, go_live=2.0), prospect(0.2, 9.0, 45.0)), passed=0b1)
    advice = advise(rows)

    assert (Ending.KEEP, 0, None, 52.0, 0.0) == (
        advice.kind,
        advice.in_hand,
        advice.first,
        advice.expected,
        advice.nothing_passes,
    )
    assert advice.refused is not None
    assert (1, True) == (advice.refused.row, advice.refused.saves < 0)


def test_another_row_that_passes_takes_the_place_of_what_runs_only_if_that_is_worth_it() -> None:
    """Both pass; to change saves 30, which is worth it above 8 and not above 40."""
    rows = question(prospect(0.5, 0.0, 100.0), prospect(0.5, 9.0, 65.0, go_live=5.0, kind="smaller"), day=8.0)
    rows = replace(rows, today=0, passed=0b11)
    changed, kept = advise(rows), advise(replace(rows, day=40.0))

    assert ("smaller", 1, 70.0, None) == (changed.kind, changed.in_hand, changed.expected, changed.refused)
    assert (Ending.KEEP, 0, 100.0) == (kept.kind, kept.in_hand, kept.expected)
    assert Refused(1, 30.0, 40.0) == kept.refused


def test_try_then_stop() -> None:
    """The prompt, else the examples; tuning only for those to whom it is worth so much."""
    rows = question(
        prospect(0.5, 16.0, 40.0, parts=1),
        prospect(0.58, 24.0, 80.0, parts=1, kind="few-shot"),
        prospect(0.6, 190.0, 30.0, parts=1, remedy=TUNING, kind="tune"),
        parts=(24.0,),
    )
    advice = advise(rows)
    prompt, examples, tuned = advice.tries

    assert ("prompt", 0, 40.0) == (advice.kind, prompt.step.row, prompt.step.find_out)
    assert [False, False, True] == [each.dashed for each in advice.tries]
    assert [None, None, None] == [each.then for each in advice.tries]
    assert (1, 2) == (examples.step.row, tuned.step.row)
    assert advice.nothing_passes == advice.ends_without == pytest.approx(0.5 - 0.08 - 0.13 + 0.5 * 0.5 * 0.32 * 0.52)
    assert advice.trap is not None
    assert 2 == advice.trap.row


def test_try_then_step_down() -> None:
    """Once the prompt has passed, the cheaper model is tested on the same eval."""
    rows = question(prospect(0.6, 10.0, 500.0), prospect(0.3, 5.0, 20.0, kind="smaller"))
    (prompt,) = advise(
        replace(
            rows, prospects=(rows.prospects[0], rows.prospects[1]._replace(candidate=Candidate(120.0, 0, 0.0, 20.0)))
        )
    ).tries

    assert (0, 1) == (prompt.step.row, prompt.then)


def test_no_sooner_dashed_than_all_after_it() -> None:
    """A step that passes one time in twenty is for few, and so is what follows, however likely and cheap."""
    rows = question(prospect(0.5, 1.0, 10.0), prospect(0.05, 1.0, 10.0), prospect(0.9, 300.0, 10.0))
    rows = replace(rows, reading=Reading.INDEPENDENT)

    assert [(0, False), (1, True), (2, True)] == [(each.step.row, each.dashed) for each in advise(rows).tries]


@pytest.mark.parametrize(("chance", "dashed"), [(0.1, False), (0.0953, False), (0.0952, True), (0.05, True)])
def test_long_shots_as_they_are_shown(chance: float, dashed: bool) -> None:
    """Less than once in ten, as a whole number of times; the first step too."""
    (only,) = advise(question(prospect(chance, 1.0, 10.0))).tries

    assert dashed == only.dashed


@given(ANY_QUESTION)
@MODEST
def test_nothing_is_dashed_where_it_is_known_what_it_is_worth(asked_for: PlanQuestion) -> None:
    """A worth decides by itself; and whoever has something in hand needs no success."""
    advice = advise(asked_for)

    if asked_for.worth is not None or advice.in_hand is not None:
        assert not any(each.dashed for each in advice.tries)
    assert sorted(each.dashed for each in advice.tries) == [each.dashed for each in advice.tries]


# What may not be.


@given(ANY_QUESTION)
@MODEST
def test_no_row_is_tried_that_cannot_pass_any_more(asked_for: PlanQuestion) -> None:
    """Every step may pass in a world that is left, its row is in play and was not found to fail, none comes twice."""
    advice = advise(asked_for)
    weights = joint(asked_for.worlds()[0])

    def follow(step: Step | None, tried: int) -> None:
        if step is None:
            return
        assert step.chance > 0
        assert asked_for.in_play >> step.row & 1
        assert not (tried | asked_for.failed) >> step.row & 1
        if asked_for.today is None:
            assert any(passing >> step.row & 1 for _, passing in weights)
        follow(step.passed, tried | 1 << step.row)
        follow(step.failed, tried | 1 << step.row)

    follow(advice.first, 0)
    assert advice.in_hand is None or asked_for.passed >> advice.in_hand & 1


@given(questions(5, least_rows=2), st.data())
@MODEST
def test_after_a_failure_nothing_at_or_below_it_is_advised(asked_for: PlanQuestion, data: st.DataObject) -> None:
    """No row of the ladder whose chance is that of one that failed, or lower, is in the plan."""
    asked_for = replace(asked_for, today=None, passed=0, failed=0, reading=Reading.CURES)
    chances = [each.belief.chance for each in asked_for.prospects]
    own = asked_for.prospects[asked_for.base].remedy
    ladder = [
        row
        for row, each in enumerate(asked_for.prospects)
        if chances[row] <= chances[asked_for.base]
        and (row == asked_for.base or each.remedy is None or each.remedy is own)
    ]
    failed = data.draw(st.sampled_from(ladder))
    advice = advise(replace(asked_for, failed=1 << failed))

    assert not [step for step in every(advice.first) if step.row in ladder and chances[step.row] <= chances[failed]]


def test_failed_tuning_kills_no_untuned_row() -> None:
    """Both are still tried; the other tuned row is not."""
    rows = question(
        prospect(0.5, 1.0, 50.0),
        prospect(0.6, 1.0, 5.0, remedy=TUNING),
        prospect(0.6, 1.0, 5.0, remedy=TUNING),
        prospect(0.25, 0.1, 10.0),
    )

    assert {0, 3} == {step.row for step in every(advise(replace(rows, failed=0b10)).first)}


@given(questions(4), st.sampled_from([None, TUNING]), st.data())
@MODEST
def test_a_row_that_cannot_pass_changes_nothing(
    asked_for: PlanQuestion, remedy: Remedy | None, data: st.DataObject
) -> None:
    """One more row with chance 0 changes nothing that is said."""
    more = prospect(0.0, data.draw(st.integers(0, 20)), data.draw(st.integers(0, 20)), remedy=remedy)
    rows = len(asked_for.prospects)
    both = advise(replace(asked_for, prospects=(*asked_for.prospects, more), in_play=asked_for.in_play | 1 << rows))
    alone = advise(asked_for)

    assert [step.row for step in every(alone.first)] == [step.row for step in every(both.first)]
    assert (alone.in_hand, alone.kind, alone.either) == (both.in_hand, both.kind, both.either)
    assert (alone.expected, alone.nothing_passes) == pytest.approx((both.expected, both.nothing_passes), abs=ROUNDING)
    assert (alone.trap is None) == (both.trap is None)
    if alone.trap is not None and both.trap is not None:
        assert alone.trap.row == both.trap.row
        assert alone.trap.more == pytest.approx(both.trap.more, abs=ROUNDING)


@given(ANY_QUESTION)
@MODEST
def test_facts_that_contradict_are_named(asked_for: PlanQuestion) -> None:
    """Only facts are, and those that the worlds contradict."""
    advice = advise(asked_for)

    assert not advice.contradicted & ~(asked_for.passed | asked_for.failed)
    if asked_for.today is None:
        assert advice.contradicted == asked_for.worlds()[1]


# What runs today.


@given(questions(4, least_rows=2))
@MODEST
def test_what_runs_untested_is_measured_first(asked_for: PlanQuestion) -> None:
    """Then comes what is advised where it is known to pass, or to fail."""
    today = 0
    asked_for = replace(
        asked_for,
        today=today,
        in_play=asked_for.in_play | 1,
        passed=asked_for.passed & ~1,
        failed=asked_for.failed & ~1,
    )
    advice = advise(asked_for)
    chance = sum(weight for weight, passing in joint(asked_for.worlds()[0]) if passing >> today & 1)
    if not chance:
        assert not advice.measured_first
        assert advice == advise(replace(asked_for, failed=asked_for.failed | 1))
        return
    paid = asked_for.paid | asked_for.prospects[today].candidate.parts
    passes = advise(replace(asked_for, passed=asked_for.passed | 1, paid=paid))
    fails = advise(replace(asked_for, failed=asked_for.failed | 1, paid=paid))
    first = advice.first

    assert first is not None
    assert advice.measured_first
    assert today == first.row
    assert chance == pytest.approx(first.chance)
    assert first.passed == passes.first
    assert first.once_passed == passes.expected
    if chance < 1 - 1e-9:
        assert first.failed == fails.first
        assert advice.expected == pytest.approx(
            first.find_out + chance * passes.expected + (1 - chance) * fails.expected
        )
        assert advice.nothing_passes == pytest.approx((1 - chance) * fails.nothing_passes, abs=1e-9)


def test_where_today_passes_it_is_the_base_row_and_others_wait() -> None:
    """What stands below it passes where it does; each row costs what it costs beside it, or is not in play."""
    waits = Candidate(5.0, 0, 0.0, 45.0)
    rows = question(
        prospect(0.2, 5.0, 100.0), prospect(0.5, 0.0, 100.0), prospect(0.4, 5.0, 10.0), prospect(0.4, 0.0, 1.0)
    )
    rows = replace(
        rows,
        prospects=(
            *rows.prospects[:2],
            rows.prospects[2]._replace(beside_today=waits),
            rows.prospects[3]._replace(beside_today=None),
        ),
        today=1,
        passed=0b10,
    )
    (only,) = advise(rows).tries

    assert (2, 45.0, 1) == (only.step.row, only.step.keep, only.step.in_hand)
    assert only.step.chance == pytest.approx(0.4 / 0.5)


@given(questions(4))
@MODEST
def test_what_passes_and_runs_is_never_given_up(asked_for: PlanQuestion) -> None:
    """However little a version that passes is worth; the answer says so."""
    asked_for = replace(
        asked_for, today=0, in_play=asked_for.in_play | 1, passed=asked_for.passed | 1, failed=asked_for.failed & ~1
    )
    advice = advise(replace(asked_for, worth=0.0))
    without = advise(replace(asked_for, worth=None))
    runs = asked_for.prospects[0].beside_today or asked_for.prospects[0].candidate

    assert (without.plan, without.kind) == (advice.plan, advice.kind)
    assert advice.in_hand is not None
    assert advice.today_above_worth == (after(runs) > 0)
    assert not without.today_above_worth


# What stands beside the plan.


@given(courses())
@MODEST
def test_the_nearest_change_saves_too_little(course: Course) -> None:
    """Where none is advised and one could be tried: the nearest on average, and what it would have to save."""
    advice = advise(course.question)
    if advice.first is not None:
        assert advice.refused is None
    elif advice.refused is not None:
        assert advice.refused.saves <= advice.refused.least
        assert advice.refused.row != advice.in_hand
    else:
        assert not course.search.open_to(course.search.outset)


@given(courses())
@MODEST
def test_the_best_of_another_kind(course: Course) -> None:
    """No first step of another kind, and not to stop either, costs less more than is said."""
    advice, search = advise(course.question), course.search
    rows = [row for row in places(search.open_to(search.outset)) if course.question.prospects[row].kind != advice.kind]
    begun = [plan(search, first=row).expected for row in rows]
    stop = search.stop(search.outset)
    ways = begun + ([stop] if advice.first is not None and stop < inf else [])
    base = search.value(search.outset) if advice.first is not None else stop

    assert (advice.rival is None) == (not ways)
    if advice.rival is not None:
        assert advice.rival.more == pytest.approx(max(min(ways) - base, 0), abs=1e-6)


def test_either_first() -> None:
    """Two rows of one kind whose averages differ by less than a tenth of a day of the team are both named."""
    rows = question(prospect(0.5, 10.0, 50.0), prospect(0.5, 12.0, 50.0), prospect(0.5, 12.0, 50.0, kind="few-shot"))
    rows = replace(rows, reading=Reading.INDEPENDENT)

    assert (None, 1) == (advise(rows).either, advise(replace(rows, day=30.0)).either)


@given(courses(5, CHANCES))
@MODEST
def test_the_trap_costs_what_tuning_first_costs_more(course: Course) -> None:
    """Both plans with the same rights; never below nothing; the better tuned row."""
    advice, search, asked_for = advise(course.question), course.search, course.question
    tuned = [
        row
        for row in places(asked_for.tuned & search.outset.left & ~asked_for.passed)
        if search.trial(search.outset, row).chance > 0
    ]
    first = advice.first.row if advice.first else None
    runs_tuned = asked_for.today is not None and asked_for.tuned >> asked_for.today & 1
    if not tuned or first in tuned or runs_tuned or asked_for.tuned & asked_for.passed:
        assert advice.trap is None
        return
    cheapest = min(plan(search, first=row).expected for row in tuned)

    assert advice.trap is not None
    assert advice.trap.more >= 0
    assert advice.trap.more == pytest.approx(max(cheapest - plan(search).expected, 0), abs=1e-6)
    assert same(plan(search, first=advice.trap.row).expected, cheapest)


def test_the_trap_beside_what_is_measured_first() -> None:
    """To tune before what runs is measured is held against measuring it, in the same worlds."""
    rows = question(prospect(0.5, 2.0, 50.0), prospect(0.6, 60.0, 30.0, remedy=TUNING, kind="tune"), day=1.0)
    advice = advise(replace(rows, today=0))
    search = Course(rows).search

    assert advice.measured_first
    assert advice.trap is not None
    assert advice.trap.more == pytest.approx(plan(search, first=1).expected - plan(search, first=0).expected)
    assert advise(replace(rows, today=0, tuned=0b11)).trap is None


# Values at the ends.


def said(advice: Advice) -> tuple[object, ...]:
    """What there is of a plan."""
    return advice.kind, advice.first and advice.first.row, advice.in_hand, advice.expected, advice.nothing_passes


def test_nothing_in_play() -> None:
    """Nobody may run: nothing listed can do this."""
    assert (Ending.NOTHING, None, None, 0.0, 1.0) == said(advise(replace(question(prospect(0.5, 1.0, 2.0)), in_play=0)))


def test_everything_failed() -> None:
    """By what was found out, nothing listed passes."""
    rows = question(prospect(0.5, 1.0, 2.0), prospect(1.0, 1.0, 2.0), prospect(0.4, 1.0, 2.0, remedy=TUNING))
    advice = advise(replace(rows, failed=0b111))

    assert (Ending.NOTHING, None, None, 0.0, 1.0) == said(advice)
    assert (None, None, None) == (advice.refused, advice.rival, advice.trap)


def test_worth_nothing() -> None:
    """Do not start; what finding out would cost is said."""
    advice = advise(replace(question(prospect(0.5, 1.0, 2.0)), worth=0.0))

    assert (Ending.NOTHING, None, None, 0.0, 0.5) == said(advice)
    assert advice.refused is None


def test_do_not_start() -> None:
    """The nearest row would cost more on average than to give up."""
    advice = advise(replace(question(prospect(0.5, 4.0, 10.0)), worth=15.0))

    assert (Ending.NOTHING, None, None, 15.0, 0.5) == said(advice)
    assert advice.refused == Refused(0, 15.0 - (4.0 + 5.0 + 7.5), 0.0)


def test_nothing_costs_anything() -> None:
    """The first row is tried first, and kept."""
    rows = question(prospect(0.5, 0.0, 0.0), prospect(0.5, 0.0, 0.0), prospect(0.5, 0.0, 0.0, remedy=TUNING))

    assert ("prompt", 0, None, 0.0) == said(advise(rows))[:4]
    assert (Ending.KEEP, None, 0, 0.0) == said(advise(replace(rows, today=0, passed=0b1)))[:4]


@given(questions(6, st.sampled_from([0.0, 1.0])))
@MODEST
def test_certainties(asked_for: PlanQuestion) -> None:
    """Where all chances are 0 or 1, every step passes, or nothing does."""
    advice = advise(replace(asked_for, passed=0, failed=0))

    assert all(each.step.chance == pytest.approx(1) for each in advice.tries)
    assert advice.nothing_passes in (pytest.approx(0), pytest.approx(1))


@given(st.integers(1, 6), TWENTIETHS)
@MODEST
def test_all_rows_equal(rows: int, chance: float) -> None:
    """The first of them is tried, and the others where it tells nothing of them."""
    same_rows = question(*[prospect(chance, 3.0, 20.0)] * rows)

    assert [0] == [each.step.row for each in advise(same_rows).tries]
    apart = advise(replace(same_rows, reading=Reading.INDEPENDENT))
    assert list(range(rows)) == [each.step.row for each in apart.tries]
