"""
What passes with what: the worlds that may be, each with its weight and the rows that pass in it.

Whether one row passes says something of the others: what is weaker than the base row fails where that fails, and a
remedy cures only a share of its failures. Rows are told apart by their place, and a set of them is a number with a bit
for each.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import isclose, prod
from typing import Final, NamedTuple

from calculators.facts import FACTS

_MOST_CURED: Final = FACTS.rule("most_cured")
_ROUNDING: Final = FACTS.rule("rounding_tolerance")


@dataclass(frozen=True, slots=True, eq=False)
class Remedy:
    """
    What may pass where the base row fails, whatever its chance. Rows with the same one pass or fail together.

    Attributes:
        slip: How often it fails where the base row passes. [1]
    """

    slip: float


class Outlook(NamedTuple):
    """
    What is believed of a row before anything is found out.

    Attributes:
        chance: That it passes. [1]
        remedy: What makes it a remedy by its kind, if anything does.
    """

    chance: float
    remedy: Remedy | None = None


class World(NamedTuple):
    """
    One way how things may be.

    Attributes:
        weight: How likely it is. [1]
        passing: The rows that pass in it.
    """

    weight: float
    passing: int


class Draw(NamedTuple):
    """
    Rows of which one says something of another, and nothing of any row outside.

    Attributes:
        rows: The rows.
        worlds: Their worlds, each set of passing rows once. The weights sum to 1.
    """

    rows: int
    worlds: tuple[World, ...]


type Draws = tuple[Draw, ...]
"""Every row in one draw. Nobody knows more of one draw by what is found out of another."""


class _Share(NamedTuple):
    """
    How often a row passes under a condition.

    Attributes:
        row: Its place.
        share: Of what fulfils the condition. [1]
    """

    row: int
    share: float


def worlds(outlooks: Sequence[Outlook], base: int, *, hard_core: float) -> Draws:
    """
    The worlds in which weaker rows stand on a ladder under the base row, and remedies cure shares of its failures.

    A row whose chance is at or below the base row's passes only where that passes, and wherever a less likely one does.
    Any other row, and a remedy by its kind, cures its own share of the base row's failures, so that its chance comes
    out as given. Where that needs no cure it slips more often; where more than all, it slips less often. Slips are
    independent of the ladder and of each other, cures of each other outside the hard core.

    Rows that share a remedy pass together as far as their chances allow: with the base row too where it is one of them.

    Args:
        outlooks: What is believed of each row.
        base: Place of the base row.
        hard_core: Share of the base row's failures that nothing cures. Less where the largest cure needs
            the room, and some beside it. [1]

    Returns:
        One draw.
    """
    passes, own = outlooks[base]
    weaker: list[_Share] = []
    remedies: dict[Hashable, list[tuple[int, float, float]]] = {}
    for row, (chance, remedy) in enumerate(outlooks):
        by_kind = None if row == base or remedy is own else remedy
        if by_kind is None and (chance <= passes or _equal(chance, passes)):
            weaker.append(_Share(row, min(chance / passes, 1.0) if passes else 0.0))
        else:
            kept, cured = _shares(chance, by_kind.slip if by_kind else 0.0, passes)
            remedies.setdefault(remedy or row, []).append((row, kept, cured))

    where_it_passes = _together(weaker)
    largest = max((cured for rows in remedies.values() for *_, cured in rows), default=0.0)
    # None cures all that can be cured, unless it cures all there is: else its failure would say that nothing can.
    curable = min(max(1 - hard_core, largest / _MOST_CURED), 1.0)
    where_it_fails = [World(1.0, 0)]
    for rows in remedies.values():
        where_it_passes = _apart(where_it_passes, _together(_Share(row, kept) for row, kept, _ in rows))
        if largest:
            cures = _together(_Share(row, cured / curable) for row, _, cured in rows)
            where_it_fails = _apart(where_it_fails, cures)
    fails = 1 - passes
    found = [
        *(World(passes * weight, passing) for weight, passing in where_it_passes),
        *(World(fails * curable * weight, passing) for weight, passing in where_it_fails),
        World(fails * (1 - curable), 0),
    ]
    return (_draw(range(len(outlooks)), found),)


def ladder(outlooks: Sequence[Outlook]) -> Draws:
    """The worlds in which a likelier row passes wherever a less likely one does, whatever they are."""
    return (_draw(range(len(outlooks)), _together(_Share(row, each.chance) for row, each in enumerate(outlooks))),)


def independent(outlooks: Sequence[Outlook]) -> Draws:
    """The worlds in which one row says nothing of another, unless they share a remedy."""
    groups: dict[Hashable, list[_Share]] = {}
    for row, (chance, remedy) in enumerate(outlooks):
        groups.setdefault(remedy or row, []).append(_Share(row, chance))
    return tuple(_draw((share.row for share in group), _together(group)) for group in groups.values())


def found_out(draws: Draws, *, passed: int, failed: int) -> tuple[Draws, int]:
    """
    What is left of the worlds once something has been found out.

    Where every world speaks against what was found, those are kept that contradict the fewest facts, and the facts set
    in them.

    Args:
        draws: The worlds.
        passed: Rows that were found to pass.
        failed: Rows that were found to fail.

    Returns:
        The worlds left, and the rows whose facts some of them contradicted.
    """
    left, against = [], 0
    for rows, worlds in draws:
        passes, fails = passed & rows, failed & rows
        contradicted = [(passes & ~world.passing) | (fails & world.passing) for world in worlds]
        fewest = min(facts.bit_count() for facts in contradicted)
        kept = []
        for (weight, passing), facts in zip(worlds, contradicted, strict=True):
            if facts.bit_count() == fewest:
                kept.append(World(weight, (passing | passes) & ~fails))
                against |= facts
        whole = sum(world.weight for world in kept)
        left.append(Draw(rows, _merged(World(weight / whole, passing) for weight, passing in kept)))
    return tuple(left), against


def none_passes(draws: Draws, rows: int) -> float:
    """The chance that none of some rows passes. [1]"""
    return prod(sum(weight for weight, passing in draw.worlds if not passing & rows) for draw in draws)


def _shares(chance: float, slip: float, base: float) -> tuple[float, float]:
    """In which share of the base row's passes, and of its failures, a remedy passes, for its chance to come out. [1]"""
    if base >= 1:
        return chance, 0.0
    unaided = (1 - slip) * base
    if base > 0 and (chance <= unaided or _equal(chance, unaided)):
        return min(chance / base, 1.0), 0.0
    cured = (chance - unaided) / (1 - base)
    if cured >= 1:
        return (1 - (1 - chance) / base if base else 1.0), 1.0
    return 1 - slip, cured


def _together(shares: Iterable[_Share]) -> list[World]:
    """The worlds of rows of which a likelier one passes wherever a less likely one does."""
    found, passing, upto = [], 0, 1.0
    for row, share in sorted(shares, key=lambda each: -each.share):
        if not _equal(share, upto):
            found.append(World(upto - share, passing))
            upto = share
        passing |= 1 << row
    found.append(World(upto, passing))
    return found


def _apart(some: list[World], others: list[World]) -> list[World]:
    """The worlds of two sets of rows that have nothing to do with each other."""
    return [World(weight * other, passing | also_passing) for weight, passing in some for other, also_passing in others]


def _draw(rows: Iterable[int], worlds: Iterable[World]) -> Draw:
    """A draw of rows named by their places."""
    return Draw(sum(1 << row for row in rows), _merged(worlds))


def _merged(worlds: Iterable[World]) -> tuple[World, ...]:
    """Each set of passing rows once, and only what may be."""
    weights: dict[int, float] = {}
    for weight, passing in worlds:
        if weight > 0:
            weights[passing] = weights.get(passing, 0.0) + weight
    return tuple(World(weight, passing) for passing, weight in weights.items())


def _equal(chance: float, other: float) -> bool:
    """Whether two chances differ by rounding at most: no world is made of that."""
    return isclose(chance, other, rel_tol=_ROUNDING)
