"""Sets of rows, parts or worlds as whole numbers, with a bit for each place; and what their members come to."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache


def places(members: int) -> Iterator[int]:
    """The places of a set's members, rising."""
    while members:
        last = members & -members
        yield last.bit_length() - 1
        members ^= last


def sums(figures: Sequence[float]) -> Callable[[int], float]:
    """Return the sum of a set's figures as a function of the set, each worked out once."""

    @cache
    def total(members: int) -> float:
        found = 0.0
        while members:
            last = members & -members
            found += figures[last.bit_length() - 1]
            members ^= last
        return found

    return total


def unions(sets: Sequence[int]) -> Callable[[int], int]:
    """Return what belongs to any of some sets as a function of which, each worked out once."""

    @cache
    def union(members: int) -> int:
        found = 0
        while members:
            last = members & -members
            found |= sets[last.bit_length() - 1]
            members ^= last
        return found

    return union
