"""
The nearest single input that would change the winner.

Every input is moved outwards from where it stands, all alike, ring by ring: to a quarter more and a quarter less, to
the factors of three further rings, to its bounds. Whole numbers are moved on to the next one. The search ends with the
first ring in which any input changes the winner; where in the ring it changes is then solved for.

What that promises, of each input and direction:

- A tip is one. The row it names costs what the winner costs there, to a tenth of a cent, or less; right before it no
  row is cheaper than the winner by as much. For whole numbers the winner is beaten at the tip and not at the number
  before.
- No change is passed over that still shows where its ring ends, unless the input is dropped (below). If each row's
  total is a straight line, none is.
- A tie changes nothing: a winner stays until another row costs less by more than rounding.
- A row that cannot do the job at a value is no rival there, and comes into the running where it can: it is looked at
  where it does for the first or the last time. Where no row can, the search on that side ends, without a tip.

And what it does not promise:

- Between the ends of a ring nothing is looked at: another winner that comes and goes in there is passed over. If it
  comes, goes and comes again, any of the changes may be named, not always the first.
- An input is dropped after the first ring if no row has come nearer to the winner and none is nearer at its bound.
  Another winner that comes and goes on the way there is passed over.
- An input at 0 has no factor: it is looked at at its bounds only. One that changes its sign does so in the last ring.
- Tips beyond the ring of the nearest are not looked for. A quarter less is a third, as a factor, and the next whole
  number may lie further out than the ring: a tip so found may hide that of another input which is nearer, but not
  within the ring.
"""

import math
from collections.abc import Iterable
from typing import Final

from calculators.catalog.cost_comparison.tipping.solver import (
    Dimension,
    Tip,
    Totals,
    cheapest,
    last_able,
    leads,
    rounding,
    solve,
)
from calculators.facts import FACTS
from calculators.slices import Steps, at_once

FRAGILE_CHANGE: Final = FACTS.rule("fragile_change")
"""A change of any one input by less than this makes an answer fragile. [share of the input]"""

_RINGS: Final = (1 + FRAGILE_CHANGE, *map(FACTS.rule, ("second_ring", "third_ring", "fourth_ring")))


def nearest_tips(dimensions: Iterable[Dimension], most: int) -> tuple[Tip, ...]:
    """
    Find the nearest values of single inputs that change the winner.

    Args:
        dimensions: Inputs that can be moved.
        most: How many to return at most.

    Returns:
        The nearest first, at most one for each input and direction.
    """
    return at_once(search(dimensions, most))


def search(dimensions: Iterable[Dimension], most: int) -> Steps[tuple[Tip, ...]]:
    """
    Search as `nearest_tips` does, and tell after each step how much it was.

    A step is to take up one input, which counts as one evaluation, or to move one on to the next ring. What was
    evaluated before the search does not count.
    """
    edges: list[_Edge] = []
    for dimension in dimensions:
        winner = cheapest(dimension.base)
        if len(dimension.base) > 1 and winner is not None:
            edges += [_Edge(dimension, winner, upwards) for upwards in (True, False)]
        yield 1
    tips: list[Tip] = []
    for ring in (*_RINGS, math.inf):
        for edge in edges:
            before = len(edge.dimension.known)
            if edge.goes_on() and (tip := edge.push(ring)) is not None:
                tips.append(tip)
            yield len(edge.dimension.known) - before
        if tips:
            break
    return tuple(sorted(tips, key=lambda tip: (tip.distance, tip.change))[:most])


class _Edge:
    """How far one input has been moved one way without the winner being beaten."""

    def __init__(self, dimension: Dimension, winner: int, upwards: bool) -> None:
        self.dimension = dimension
        self.winner = winner
        self.upwards = upwards
        self.at = dimension.value
        self.limit = dimension.maximum if upwards else dimension.minimum
        self.done = False
        self.compared = False

    def goes_on(self) -> bool:
        """Whether another winner may lie further on. The far end is looked at only here: most searches end before."""
        if not self.done and not self.compared and self.at not in (self.dimension.value, self.limit):
            self.compared = True
            self.done = self._only_helps()
        return not self.done

    def push(self, ring: float) -> Tip | None:
        """Move on to a ring; the tip on the way there, if there is one."""
        dimension, target = self.dimension, self._target(ring)
        for stop in (*self._borders(target), target):
            if leads(dimension.totals(stop), self.winner):
                self.at = stop
                continue
            self.done = True
            at, row = solve(dimension, self.at, stop, self.winner)
            return None if row is None else Tip(dimension.name, dimension.value, at, row)
        return None

    def _borders(self, target: float) -> list[float]:
        """
        Where another row can do the job for the last time on the way to a ring, or for the first, nearest first.

        It may be the cheapest right there, and gone, or dearer again, where the ring ends.
        """
        dimension = self.dimension
        here, there = dimension.totals(self.at), dimension.totals(target)
        if list(map(math.isinf, here)) == list(map(math.isinf, there)):
            return []
        borders = {
            last_able(dimension, self.at, target, row)
            if math.isfinite(before)
            else last_able(dimension, target, self.at, row)
            for row, (before, after) in enumerate(zip(here, there, strict=True))
            if row != self.winner and math.isfinite(before) != math.isfinite(after)
        }
        return sorted(borders, reverse=not self.upwards)

    def _only_helps(self) -> bool:
        """
        Whether moving on only helps the winner, or moves nothing: no row has come nearer to it, and none is nearer at
        the far end. A level stretch alone says nothing: it may end in a step.
        """
        dimension, winner = self.dimension, self.winner
        here = dimension.totals(self.at)
        if _nearer(dimension.base, here, winner):
            return False
        far = dimension.totals(self.limit)
        return leads(far, winner) and not _nearer(here, far, winner)

    def _target(self, ring: float) -> float:
        value, limit = self.dimension.value, self.limit
        if ring == math.inf:
            return limit
        moved = value * ring if (value > 0) == self.upwards else value / ring
        if ring == _RINGS[0] and (value > 0) != self.upwards:
            moved = value * (1 - FRAGILE_CHANGE)
        if self.dimension.whole:
            moved = math.ceil(moved) if self.upwards else math.floor(moved)
        return min(moved, limit) if self.upwards else max(moved, limit)


def _nearer(before: Totals, after: Totals, winner: int) -> bool:
    """Whether any row's distance to the winner has shrunk by more than rounding."""
    return any(
        total - after[winner] < earlier - before[winner] - rounding(total)
        for row, (earlier, total) in enumerate(zip(before, after, strict=True))
        if row != winner
    )
