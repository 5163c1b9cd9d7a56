"""Rows made up for the tests of the plan, a search by brute force, and the closed form where rows are independent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.search import Candidate, Search
from calculators.catalog.cost_comparison.plan.steps import Plan, plan
from calculators.catalog.cost_comparison.plan.worlds import Draw, Draws, Outlook, Remedy, World, found_out, worlds

MODEST: Final = settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
CORE: Final = 0.5
"""Share of the base row's failures that nothing cures. [1]"""
TUNING: Final = Remedy(slip=0.06)
CLASSIFIER: Final = Remedy(slip=0.3)


@dataclass(frozen=True)
class Case:
    """What a search is asked."""

    candidates: tuple[Candidate, ...]
    parts: tuple[float, ...]
    draws: Draws
    in_play: int
    paid: int = 0
    passed: int = 0
    worth: float | None = None

    @property
    def search(self) -> Search:
        """The search."""
        return Search(
            self.candidates,
            self.parts,
            self.draws,
            in_play=self.in_play,
            paid=self.paid,
            passed=self.passed,
            worth=self.worth,
        )

    @property
    def expected(self) -> float:
        """What the best plan comes to on average."""
        search = self.search
        return search.value(search.outset)

    @property
    def plan(self) -> Plan:
        """The best plan."""
        return plan(self.search)

    @property
    def order(self) -> list[int]:
        """The rows tried, in the order of failures."""
        return [step.row for step in self.plan.steps]

    def costing(self, row: int, *, find_out: float | None = None, keep: float | None = None) -> "Case":
        """The same with one row that costs something else."""
        changed = list(self.candidates)
        before = changed[row]
        changed[row] = before._replace(
            find_out=before.find_out if find_out is None else find_out, keep=before.keep if keep is None else keep
        )
        return replace(self, candidates=tuple(changed))


def everything(rows: Iterable[object]) -> int:
    """The set of all rows."""
    return sum(1 << row for row, _ in enumerate(rows))


def case(
    candidates: Iterable[tuple[float, float]],
    draws: Draws,
    *,
    passed: int = 0,
    failed: int = 0,
    worth: float | None = None,
) -> Case:
    """Rows that share no part, each by what it costs to find out and to keep, after something has been found out."""
    rows = tuple(Candidate(find_out, 0, 0.0, keep) for find_out, keep in candidates)
    left, _ = found_out(draws, passed=passed, failed=failed)
    return Case(rows, (), left, everything(rows), passed=passed, worth=worth)


def chance(draws: Draws, row: int) -> float:
    """How likely a row passes."""
    return sum(weight for rows, all_worlds in draws for weight, passing in all_worlds if passing >> row & 1)


def joint(draws: Draws) -> list[World]:
    """All draws as one list of worlds."""
    found = [World(1.0, 0)]
    for draw in draws:
        found = [World(weight * other, passing | more) for weight, passing in found for other, more in draw.worlds]
    return found


def least(asked: Case) -> float:
    """What the best plan comes to, by trying every order and every stopping rule in every world."""
    after = [each.go_live + each.keep for each in asked.candidates]
    hands = [after[row] for row in range(len(after)) if asked.passed & asked.in_play & 1 << row]

    def of(alive: list[World], left: int, paid: int, stop: float) -> float:
        """What the best plan costs in some worlds together, each by its weight."""
        whole = sum(weight for weight, _ in alive)
        able = [
            row
            for row in range(len(after))
            if left >> row & 1 and after[row] < stop and any(passing >> row & 1 for _, passing in alive)
        ]
        ways = [whole * stop] if stop < inf else [] if able else [0.0]
        for row in able:
            candidate = asked.candidates[row]
            bill = candidate.find_out + sum(
                part for place, part in enumerate(asked.parts) if candidate.parts & ~paid & 1 << place
            )
            rest, then = left & ~(1 << row), paid | candidate.parts
            passes = [world for world in alive if world.passing >> row & 1]
            fails = [world for world in alive if not world.passing >> row & 1]
            ways.append(
                whole * bill + of(passes, rest, then, after[row]) + (of(fails, rest, then, stop) if fails else 0)
            )
        return min(ways)

    stop = min([*hands, inf if asked.worth is None else asked.worth])
    return of(joint(asked.draws), asked.in_play, asked.paid, stop)


def walked(asked: Case, written: Plan) -> tuple[float, float]:
    """What a plan comes to, and how often it ends without a row that passes, by following it in every world."""
    after = [each.go_live + each.keep for each in asked.candidates]
    total = without = 0.0
    for weight, passing in joint(asked.draws):
        paid, step, hand = asked.paid, written.first, written.in_hand
        spent = 0.0
        while step is not None:
            candidate = asked.candidates[step.row]
            spent += candidate.find_out
            spent += sum(part for place, part in enumerate(asked.parts) if candidate.parts & ~paid & 1 << place)
            paid |= candidate.parts
            if passing >> step.row & 1:
                stop = after[hand] if hand is not None else inf if asked.worth is None else asked.worth
                hand = step.row if after[step.row] < stop else hand
                step = step.passed
            else:
                step = step.failed
        spent += after[hand] if hand is not None else asked.worth or 0.0
        total += weight * spent
        without += weight * (hand is None)
    return total, without


def closed_form(rows: Iterable[tuple[float, float, float]], stop: float) -> float:
    """
    What the best plan comes to for independent rows that share nothing (Weitzman 1979).

    Args:
        rows: Each row's find out, chance, and what it costs to keep.
        stop: What stopping costs without any of them; infinite where one must go on.
    """
    indices = sorted((keep + find_out / chance, chance) for find_out, chance, keep in rows if chance)
    total, none_yet = 0.0, 1.0
    for index, chance in indices:
        if index < stop:
            total += none_yet * chance * index
            none_yet *= 1 - chance
    return total + (none_yet * stop if stop < inf else 0.0)


# What a reader may enter.

CHANCES: Final = st.one_of(
    st.sampled_from([0.0, 1.0, 0.5, 0.6, 1e-9, 1 - 1e-9, 1e-300]),
    st.integers(0, 20).map(lambda number: number / 20),
    st.floats(0, 1),
)
SHARES: Final = st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1))
TWENTIETHS: Final = st.integers(1, 19).map(lambda number: number / 20)
AMOUNTS: Final = st.integers(0, 60).map(float)


@st.composite
def outlooks(
    draw: st.DrawFn, least_rows: int = 1, most_rows: int = 7, chances: st.SearchStrategy[float] = CHANCES
) -> list[Outlook]:
    """What is believed of some rows, some of them remedies by their kind."""
    remedies = [Remedy(slip=draw(SHARES)) for _ in range(2)]
    kinds = st.sampled_from([None, None, None, *remedies])
    return draw(st.lists(st.builds(Outlook, chances, kinds), min_size=least_rows, max_size=most_rows))


@st.composite
def any_draws(draw: st.DrawFn, rows: int) -> Draws:
    """Any worlds at all, in one draw or more."""
    left = list(range(rows))
    found = []
    while left:
        count = draw(st.integers(1, len(left)))
        members, left = left[:count], left[count:]
        own = sum(1 << row for row in members)
        sets = draw(st.lists(st.integers(0, (1 << rows) - 1), min_size=1, max_size=6))
        weights: dict[int, int] = {}
        for each in sets:
            weights[each & own] = weights.get(each & own, 0) + draw(st.integers(1, 9))
        whole = sum(weights.values())
        found.append(Draw(own, tuple(World(weight / whole, passing) for passing, weight in weights.items())))
    return tuple(found)


@st.composite
def candidates(draw: st.DrawFn, rows: int, parts: int = 3) -> tuple[Candidate, ...]:
    """What some rows cost."""
    each = st.builds(Candidate, AMOUNTS, st.integers(0, (1 << parts) - 1), AMOUNTS, AMOUNTS)
    return tuple(draw(st.lists(each, min_size=rows, max_size=rows)))


@st.composite
def settled(draw: st.DrawFn, draws: Draws, rows: int) -> Case:
    """What a search is asked, with worlds given: parts paid, rows that may not run, a row in hand, or a worth."""
    in_play = draw(st.sampled_from([(1 << rows) - 1] * 3 + [(1 << rows) - 2]))
    passed = draw(st.sampled_from([0, 0, 1]))
    if passed:
        draws, _ = found_out(draws, passed=passed, failed=0)
    return Case(
        candidates=draw(candidates(rows)),
        parts=tuple(draw(st.lists(AMOUNTS, min_size=3, max_size=3))),
        draws=draws,
        in_play=in_play,
        paid=draw(st.sampled_from([0, 0, 1])),
        passed=passed,
        worth=draw(st.one_of(st.none(), st.integers(1, 150).map(float))),
    )


@st.composite
def any_case(draw: st.DrawFn, most_rows: int = 4) -> Case:
    """Any rows, with any worlds."""
    rows = draw(st.integers(1, most_rows))
    return draw(settled(draw(any_draws(rows)), rows))


@st.composite
def likely_case(draw: st.DrawFn, most_rows: int = 6) -> Case:
    """Rows with the worlds that a base row and remedies make."""
    believed = draw(outlooks(2, most_rows, TWENTIETHS))
    return draw(settled(worlds(believed, 0, hard_core=CORE), len(believed)))
