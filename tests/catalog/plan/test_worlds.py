"""What passes with what: each chance comes out as it was entered, and facts remove worlds."""

from math import prod

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.worlds import (
    Draw,
    Draws,
    Outlook,
    Remedy,
    World,
    found_out,
    independent,
    ladder,
    none_passes,
    worlds,
)
from tests.catalog.plan.made_up import CLASSIFIER, CORE, MODEST, SHARES, TUNING, TWENTIETHS, chance, outlooks

PROMPT, FEW_SHOT, API, OWN, SMALL, CHEAPER, DEARER, SMALL_CLASSIFIER = range(8)
NARROW_TASK = (
    Outlook(0.50),
    Outlook(0.58),
    Outlook(0.60, TUNING),
    Outlook(0.60, TUNING),
    Outlook(0.25),
    Outlook(0.35),
    Outlook(0.60),
    Outlook(0.475, CLASSIFIER),
)


def given_that(draws: Draws, row: int, *, passes: bool) -> Draws:
    """What is left once one row has been tried."""
    left, against = found_out(draws, passed=passes << row, failed=(not passes) << row)

    assert against == 0
    return left


def assert_worlds(expected: list[tuple[float, set[int]]], draws: Draws) -> None:
    """These worlds and no others, in any order."""
    ((_, found),) = draws
    weights = {passing: weight for weight, passing in found}

    assert {sum(1 << row for row in rows): pytest.approx(weight) for weight, rows in expected} == weights


# What holds whatever is entered.


@given(outlooks(), st.integers(0, 6), SHARES)
@example([Outlook(0.0), Outlook(0.0, Remedy(0.0)), Outlook(1.0)], 0, 1.0)
@example([Outlook(1.0), Outlook(0.0, Remedy(1.0)), Outlook(1.0, Remedy(0.0))], 0, 0.0)
@MODEST
def test_every_chance_comes_out_as_entered(believed: list[Outlook], base: int, hard_core: float) -> None:
    """Under each reading the weights sum to 1, and each row passes as often as was entered."""
    for draws in (worlds(believed, base % len(believed), hard_core=hard_core), ladder(believed), independent(believed)):
        for draw in draws:
            assert sum(world.weight for world in draw.worlds) == pytest.approx(1, abs=1e-9)
            assert all(world.weight > 0 and not world.passing & ~draw.rows for world in draw.worlds)
            assert len({world.passing for world in draw.worlds}) == len(draw.worlds)
        assert sum(draw.rows for draw in draws) == (1 << len(believed)) - 1
        assert [each.chance for each in believed] == pytest.approx(
            [chance(draws, row) for row in range(len(believed))], abs=1e-9
        )


@given(outlooks(2), SHARES)
@MODEST
def test_weaker_rows_stand_on_a_ladder(believed: list[Outlook], hard_core: float) -> None:
    """A row at or below the base row passes only where that does, a likelier one wherever a less likely one does."""
    ((_, found),) = worlds(believed, 0, hard_core=hard_core)
    base, own = believed[0]
    weaker = [
        (chance, row)
        for row, (chance, remedy) in enumerate(believed)
        if chance <= base and (row == 0 or remedy is None or remedy is own)
    ]
    rising = [row for _, row in sorted(weaker)]

    for _, passing in found:
        on_the_ladder = [bool(passing >> row & 1) for row in rising if believed[row].chance < base - 1e-6]
        assert on_the_ladder == sorted(on_the_ladder)
        assert passing & 1 or not any(on_the_ladder)


@given(outlooks(2), SHARES)
@MODEST
def test_rows_that_share_a_remedy_pass_together(believed: list[Outlook], hard_core: float) -> None:
    """Two rows tuned alike, of one chance, pass or fail together under every reading, with the base row too."""
    same = [Outlook(believed[0].chance, each.remedy) if each.remedy else each for each in believed]
    for draws in (worlds(same, 0, hard_core=hard_core), ladder(same), independent(same)):
        for rows, found in draws:
            for remedy in {each.remedy for each in same} - {None}:
                alike = sum(1 << row for row, each in enumerate(same) if each.remedy is remedy) & rows
                assert all(world.passing & alike in (0, alike) for world in found)


@given(outlooks(2), SHARES)
@MODEST
def test_a_row_that_cannot_pass_changes_no_world(believed: list[Outlook], hard_core: float) -> None:
    """One more row with chance 0, remedy or not, is in no world."""
    for more in (Outlook(0.0), Outlook(0.0, Remedy(0.06)), Outlook(0.0, believed[-1].remedy)):
        ((_, before),) = worlds(believed, 0, hard_core=hard_core)
        ((_, after),) = worlds([*believed, more], 0, hard_core=hard_core)

        assert {passing: pytest.approx(weight, abs=1e-12) for weight, passing in before} == {
            passing: weight for weight, passing in after
        }


# What a remedy cures.


def test_a_remedy_slips_and_cures() -> None:
    """It fails in its share of the base row's passes, and passes in the share of its failures that makes its chance."""
    draws = worlds([Outlook(0.5), Outlook(0.6, TUNING)], 0, hard_core=CORE)

    # (0.60 - 0.94 × 0.50) ÷ 0.50 = 0.26 of the failures.
    assert_worlds([(0.47, {0, 1}), (0.03, {0}), (0.13, {1}), (0.37, set())], draws)


def test_a_likelier_row_cures_and_never_slips() -> None:
    """Examples in the prompt pass wherever the prompt alone does."""
    assert_worlds([(0.5, {0, 1}), (0.1, {1}), (0.4, set())], worlds([Outlook(0.5), Outlook(0.6)], 0, hard_core=CORE))


@pytest.mark.parametrize(
    ("base", "remedy", "expected"),
    [
        # Too rare to need a cure: it slips more often.
        (0.8, 0.4, [(0.4, {0, 1}), (0.4, {0}), (0.2, set())]),
        # Exactly as often as without a cure.
        (0.5, 0.47, [(0.47, {0, 1}), (0.03, {0}), (0.5, set())]),
        # So likely that all cures are not enough: it slips less often.
        (0.8, 0.99, [(0.79, {0, 1}), (0.01, {0}), (0.2, {1})]),
        # The base row always passes, or never.
        (1.0, 0.7, [(0.7, {0, 1}), (0.3, {0})]),
        (0.0, 0.7, [(0.7, {1}), (0.3, set())]),
        (0.0, 1.0, [(1.0, {1})]),
        (1.0, 0.0, [(1.0, {0})]),
        (0.0, 0.0, [(1.0, set())]),
    ],
)
def test_where_the_usual_slip_does_not_fit(base: float, remedy: float, expected: list[tuple[float, set[int]]]) -> None:
    """Slip or cure give way, so that the chance comes out."""
    assert_worlds(expected, worlds([Outlook(base), Outlook(remedy, TUNING)], 0, hard_core=CORE))


def test_rounding_makes_no_world() -> None:
    """A tuned row at just the chance that needs no cure has none, although 0.94 × 0.35 is not written exactly."""
    draws = worlds([Outlook(0.35), Outlook(0.94 * 0.35, TUNING), Outlook(0.1 + 0.2), Outlook(0.3)], 0, hard_core=CORE)

    assert none_passes(given_that(draws, 0, passes=False), 0b1110) == pytest.approx(1)
    assert len(draws[0].worlds) == 5


def test_the_hard_core_is_cured_by_nothing() -> None:
    """Outside it the remedies succeed independently of each other; their slips are independent of everything."""
    draws = worlds([Outlook(0.5), Outlook(0.6), Outlook(0.7)], 0, hard_core=CORE)

    # One failure in five and two in five; among the half that can be cured, two in five and four in five.
    assert_worlds([(0.5, {0, 1, 2}), (0.25 + 0.25 * 0.6 * 0.2, set()), (0.08, {1, 2}), (0.02, {1}), (0.12, {2})], draws)


@pytest.mark.parametrize(
    ("hard_core", "none"),
    [(0.5, 0.095), (0.2, 0.095), (0.8, 0.095), (0.0, 0.08), (0.05, 0.025 + 0.5 * 0.15 * 0.75 / 0.95)],
)
def test_the_hard_core_shrinks_where_the_largest_cure_needs_the_room(hard_core: float, none: float) -> None:
    """With a remedy that cures four failures in five, three in nineteen are out of reach, and some others fail."""
    draws = worlds([Outlook(0.5), Outlook(0.9), Outlook(0.6)], 0, hard_core=hard_core)

    assert none == pytest.approx(none_passes(draws, 0b111))


def test_a_narrow_task() -> None:
    """Tuning helps after about one failed prompt in four; it rarely fails where prompting passes; 50 worlds at most."""
    draws = worlds(NARROW_TASK, PROMPT, hard_core=CORE)
    failed, passed = given_that(draws, PROMPT, passes=False), given_that(draws, PROMPT, passes=True)

    assert chance(failed, API) == pytest.approx(0.26)
    assert chance(failed, SMALL) == chance(failed, CHEAPER) == 0
    assert chance(passed, API) == pytest.approx(0.94)
    assert chance(passed, SMALL_CLASSIFIER) == pytest.approx(0.7)
    assert chance(passed, FEW_SHOT) == chance(passed, DEARER) == pytest.approx(1)
    assert chance(passed, CHEAPER) == pytest.approx(0.7)
    assert none_passes(draws, 0xFF) == pytest.approx(0.25 + 0.25 * prod((1 - 0.32, 1 - 0.52, 1 - 0.4, 1 - 0.5)))
    assert len(draws[0].worlds) <= 50


def test_tuned_rows_of_two_chances_pass_together_as_far_as_can_be() -> None:
    """A reader may enter another chance for one of them: it then passes wherever the less likely one does."""
    draws = worlds([Outlook(0.5), Outlook(0.6, TUNING), Outlook(0.7, TUNING)], 0, hard_core=CORE)

    assert all(passing >> 2 & 1 or not passing >> 1 & 1 for _, passing in draws[0].worlds)
    assert [0.6, 0.7] == pytest.approx([chance(draws, 1), chance(draws, 2)])


def test_a_tuned_base_row_holds_the_other_tuned_row() -> None:
    """Where what runs is tuned and passes, the same model tuned elsewhere passes with it."""
    draws = worlds([Outlook(0.6, TUNING), Outlook(0.6, TUNING), Outlook(0.5)], 0, hard_core=CORE)

    assert_worlds([(0.5, {0, 1, 2}), (0.1, {0, 1}), (0.4, set())], draws)


# The two other readings.


def test_the_pure_ladder() -> None:
    """A likelier row passes wherever a less likely one does, tuned or not."""
    draws = ladder([Outlook(0.5), Outlook(0.6, TUNING), Outlook(0.25)])

    assert_worlds([(0.25, {0, 1, 2}), (0.25, {0, 1}), (0.1, {1}), (0.4, set())], draws)


def test_independent_chances() -> None:
    """What one row shows says nothing of another; both tuned rows stay together."""
    draws = independent([Outlook(0.5), Outlook(0.6, TUNING), Outlook(0.6, TUNING), Outlook(1.0)])

    assert draws == (
        Draw(0b1, (World(0.5, 0), World(0.5, 0b1))),
        Draw(0b110, (World(0.4, 0), World(0.6, 0b110))),
        Draw(0b1000, (World(1.0, 0b1000),)),
    )
    assert none_passes(draws, 0b111) == pytest.approx(0.5 * 0.4)


# What was found out.


def test_a_failed_prompt_leaves_nothing_below_it() -> None:
    """What stands on the ladder cannot pass any more, remedies are rarer; otherwise what stands below is likelier."""
    draws = worlds(NARROW_TASK, PROMPT, hard_core=CORE)
    failed, passed = given_that(draws, PROMPT, passes=False), given_that(draws, PROMPT, passes=True)

    for row in range(1, len(NARROW_TASK)):
        assert chance(failed, row) < chance(draws, row) < chance(passed, row)


@given(st.lists(TWENTIETHS, min_size=1, max_size=5), TWENTIETHS)
@MODEST
def test_failed_tuning_leaves_every_untuned_row(untuned: list[float], tuned: float) -> None:
    """It kills no untuned row, and the other tuned one with it."""
    believed = [*map(Outlook, untuned), Outlook(tuned, TUNING), Outlook(tuned, TUNING)]
    failed = given_that(worlds(believed, 0, hard_core=CORE), len(untuned), passes=False)

    assert chance(failed, len(untuned) + 1) == 0
    assert all(chance(failed, row) > 0 for row in range(len(untuned)))


def test_facts_that_no_world_allows() -> None:
    """The prompt fails and the small model passes: both facts hold, both are named, the fewest are contradicted."""
    draws = worlds([Outlook(0.5), Outlook(0.25), Outlook(0.6)], 0, hard_core=CORE)
    ((rows, left),), against = found_out(draws, passed=0b10, failed=0b1)

    assert against == 0b11
    assert rows == 0b111
    # 0.25 in which the prompt passes too, 0.1 and 0.4 in which the small model fails too.
    assert {passing: pytest.approx(weight) for weight, passing in left} == {0b110: 0.35 / 0.75, 0b010: 0.4 / 0.75}


def test_a_fact_about_a_row_that_cannot_pass_holds() -> None:
    """A reader who found that it does knows better; nothing else changes."""
    draws = independent([Outlook(0.0), Outlook(0.5)])
    left, against = found_out(draws, passed=0b1, failed=0)

    assert against == 0b1
    assert (1.0, 0.5) == (chance(left, 0), chance(left, 1))


@given(outlooks(2), SHARES, st.integers(0, 127), st.integers(0, 127))
@MODEST
def test_facts_always_hold(believed: list[Outlook], hard_core: float, passed: int, found: int) -> None:
    """Whatever is found out, the weights sum to 1, what passed passes, and what failed fails."""
    everything = (1 << len(believed)) - 1
    passed, failed = passed & found & everything, found & ~passed & everything
    for draws in (worlds(believed, 0, hard_core=hard_core), ladder(believed), independent(believed)):
        left, against = found_out(draws, passed=passed, failed=failed)

        assert not against & ~(passed | failed)
        for rows, kept in left:
            assert sum(world.weight for world in kept) == pytest.approx(1)
            assert all(world.passing & rows & (passed | failed) == passed & rows for world in kept)
        possible = all(
            any(passing & (passed | failed) & rows == passed & rows for _, passing in kept) for rows, kept in draws
        )
        assert possible == (against == 0)
