"""Where one input turns the kind of first step: where it is looked for, and what is found, on questions made up."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.kinds import Kinds
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.turning import Lever, Turn, turns
from calculators.slices import at_once
from tests.catalog.plan.questions import ANY_QUESTION, prospect, question
from tests.catalog.scenarios import bounded


def lever(
    value: float,
    asked: Callable[[float], PlanQuestion],
    *,
    minimum: float = 0.0,
    maximum: float = 1e9,
    whole: bool = False,
    odds: bool = False,
    name: str = "input",
) -> Lever:
    """An input that can be moved."""
    return Lever(name, value, minimum, maximum, lambda: asked, whole=whole, odds=odds)


def standing(value: float, *, minimum: float = 0.0, maximum: float = 1e9, whole: bool = False) -> Lever:
    """An input on which nothing rests."""
    return lever(value, lambda _: question(prospect(0.5, 1, 2)), minimum=minimum, maximum=maximum, whole=whole)


@pytest.mark.parametrize(
    ("value", "whole", "bounds", "away", "towards"),
    [
        (60.0, False, (0.0, 1e9), [75, 120, 180], [45, 30, 20]),
        (50_000.0, True, (0.0, 1e9), [62_500, 100_000, 150_000], [37_500, 25_000, 16_667]),
        # Never beyond three times or a third, however few whole numbers there are.
        (1.0, True, (0.0, 1e9), [2, 3], []),
        (2.0, True, (0.0, 1e9), [4, 6], [1]),
        (3.0, True, (0.0, 1e9), [6, 9], [2, 1]),
        # No further than the input may go.
        (12.0, True, (1.0, 24.0), [15, 24], [9, 6, 4]),
        (0.8, False, (0.0, 1.0), [1.0], [0.6000000000000001, 0.4, 0.26666666666666666]),
        # Below 0 the same, and at 0 nowhere.
        (-60.0, False, (-100.0, 100.0), [-75, -100], [-45, -30, -20]),
        (0.0, False, (0.0, 1e9), [], []),
    ],
)
def test_where_an_input_is_looked_at(
    value: float, whole: bool, bounds: tuple[float, float], away: list[float], towards: list[float]
) -> None:
    """A quarter off, twice or half, three times or a third."""
    further, nearer = standing(value, minimum=bounds[0], maximum=bounds[1], whole=whole).stops()

    assert away == pytest.approx(further)
    assert towards == pytest.approx(nearer)


def test_a_chance_is_moved_by_its_odds_and_as_far_as_its_range() -> None:
    """Three times the odds of 2 in 3 are 6 in 7; a range that ends further out is looked at, too."""
    moved = replace(lever(2 / 3, lambda _: question(prospect(0.5, 1, 2)), maximum=1.0, odds=True), range=(0.3, 0.75))
    away, towards = moved.stops()

    assert [5 / 7, 0.75, 4 / 5, 6 / 7] == pytest.approx(away)
    assert [3 / 5, 1 / 2, 2 / 5, 0.3] == pytest.approx(towards)
    assert 3 == pytest.approx(moved.distance(6 / 7))
    assert 3 == pytest.approx(moved.distance(2 / 5))


@pytest.mark.parametrize(
    ("near", "far", "whole", "middle"),
    [
        (100_000.0, 150_000.0, True, 125_000),
        (304_000.0, 306_000.0, True, 305_000),
        (304_000.0, 305_000.0, True, None),
        (5.0, 7.0, True, 6),
        (5.0, 6.0, True, None),
        (2.5, 2.52, False, 2.51),
        (2.5, 2.51, False, None),
    ],
)
def test_values_have_few_digits(near: float, far: float, whole: bool, middle: float | None) -> None:
    """Three of them, or whole numbers while these are fewer."""
    found = standing(near, whole=whole)

    assert middle == found.between(near, far)
    assert middle == found.between(far, near)


def cheap_or_dear(keep: float) -> PlanQuestion:
    """A prompt to be tried first while it costs little, else a smaller model that passes as often as not."""
    return question(prospect(0.6, 1, keep), prospect(0.5, 1, 40, kind="smaller"))


def found(*groups: list[Lever], of: PlanQuestion, most: int = 3) -> tuple[Turn, ...]:
    """What turns the kind, at one go."""
    return at_once(turns(of, groups, most))


def test_the_nearest_turn_is_named_with_what_comes_first_there() -> None:
    """Once, though the kind turns only one way."""
    (turn,) = found([lever(30.0, cheap_or_dear)], of=cheap_or_dear(30.0))

    assert turn.upwards
    assert "smaller" == turn.to.kind
    assert 1 == turn.to.row
    assert Kinds(cheap_or_dear(turn.at - 0.1)).first.kind == "prompt"


def test_what_comes_and_goes_is_passed_over() -> None:
    """Where three times changes nothing, nothing nearer is looked at."""

    def asked(value: float) -> PlanQuestion:
        return cheap_or_dear(300.0 if 50 < value < 70 else 30.0)

    assert () == found([lever(30.0, asked)], of=asked(30.0))


def test_a_group_is_looked_at_only_while_tips_are_wanted() -> None:
    """The first ones are named first, whatever is nearer in another."""

    def never() -> Callable[[float], PlanQuestion]:
        raise AssertionError("looked at")

    far, near = lever(15.0, lambda value: cheap_or_dear(2 * value), name="far"), lever(30.0, cheap_or_dear, name="near")
    unwanted = Lever("unwanted", 1.0, 0.0, 9.0, never)
    start = cheap_or_dear(30.0)

    assert ["far"] == [turn.cause for turn in found([far], [unwanted], of=start, most=1)]
    assert ["far", "near"] == [turn.cause for turn in found([far], [near], of=start, most=2)]


@bounded(150)
@given(asked=ANY_QUESTION, row=st.integers(0, 5))
def test_a_turn_is_one(asked: PlanQuestion, row: int) -> None:
    """There the kind is another, and a step nearer it is not; nothing lies beyond three times or a third."""
    place = row % len(asked.prospects)

    def times(factor: float) -> PlanQuestion:
        each = asked.prospects[place]
        beside = each.beside_today and each.beside_today._replace(keep=each.beside_today.keep * factor)
        candidate = each.candidate._replace(keep=each.candidate.keep * factor)
        prospects = list(asked.prospects)
        prospects[place] = each._replace(candidate=candidate, beside_today=beside)
        return replace(asked, prospects=tuple(prospects))

    here = Kinds(asked).first.kind
    for turn in found([lever(1.0, times)], of=asked):
        assert Kinds(times(turn.at)).first.kind == turn.to.kind != here
        assert 1 / 3 <= turn.at <= 3
        step = 0.01 if turn.at > 1 else 0.001
        nearer = turn.at + (-step if turn.upwards else step)
        if (nearer > 1) == turn.upwards:
            assert Kinds(times(round(nearer, 3))).first.kind == here
