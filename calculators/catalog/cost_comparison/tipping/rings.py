"""
The nearest single input that would change the winner.

An input is moved outwards from where it stands, all inputs alike, until one of them names another winner; then that one
point is solved for.
"""

import math
from collections.abc import Iterable
from typing import Final

from calculators.catalog.cost_comparison.tipping.solver import Dimension, Tip, cheapest, lead, solve
from calculators.facts import FACTS

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
    edges = [
        _Edge(dimension, upwards) for dimension in dimensions if len(dimension.base) > 1 for upwards in (True, False)
    ]
    tips: list[Tip] = []
    for ring in (*_RINGS, math.inf):
        tips += [tip for edge in edges if edge.goes_on() and (tip := edge.push(ring)) is not None]
        if tips:
            break
    return tuple(sorted(tips, key=lambda tip: (tip.distance, tip.change))[:most])


class _Edge:
    """How far one input has been moved one way without the winner changing."""

    def __init__(self, dimension: Dimension, upwards: bool) -> None:
        self.dimension = dimension
        self.upwards = upwards
        self.at = dimension.value
        self.winner = cheapest(dimension.base)
        self.limit = dimension.maximum if upwards else dimension.minimum
        self.done = False
        self.compared = False

    def goes_on(self) -> bool:
        """Whether another winner may lie further on. The far end is looked at only here: most searches end before."""
        if not self.done and not self.compared and self.at not in (self.dimension.value, self.limit):
            self.compared = True
            self.done = self._only_helps()
        return not self.done and self.at != self.limit

    def push(self, ring: float) -> Tip | None:
        """Move on to a ring; the tip on the way there, if there is one."""
        dimension, target = self.dimension, self._target(ring)
        if cheapest(dimension.totals(target)) == self.winner:
            self.at = target
            return None
        self.done = True
        at, row = solve(dimension, self.at, target, self.winner)
        return Tip(dimension.name, dimension.value, at, row)

    def _only_helps(self) -> bool:
        """
        Whether moving on only helps the winner, or moves nothing: its lead has not shrunk, and is no smaller at the
        far end. A level stretch alone says nothing: it may end in a step.
        """
        now = lead(self.dimension.totals(self.at), self.winner)
        if now < lead(self.dimension.base, self.winner):
            return False
        far = self.dimension.totals(self.limit)
        return cheapest(far) == self.winner and lead(far, self.winner) >= now

    def _target(self, ring: float) -> float:
        value, limit = self.dimension.value, self.limit
        if ring == math.inf or value == 0:
            return limit if ring == math.inf else self.at
        moved = value * ring if (value > 0) == self.upwards else value / ring
        if ring == _RINGS[0] and (value > 0) != self.upwards:
            moved = value * (1 - FRAGILE_CHANGE)
        if self.dimension.whole:
            moved = math.ceil(moved) if self.upwards else math.floor(moved)
        return min(moved, limit) if self.upwards else max(moved, limit)
