"""Work in slices: however it is asked for, it ends at the same place and finds the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.slices import Sliced, Steps, at_once

STEPS = st.lists(st.integers(0, 9), max_size=30)


def work(steps: list[int], done: list[int] | None = None) -> Steps[int]:
    """Steps of these sizes; the sum of all is found."""
    for size in steps:
        if done is not None:
            done.append(size)
        yield size
    return sum(steps)


def length(steps: list[int], size: int) -> int:
    """How many slices it takes: a slice ends with the step that makes it full."""
    slices, left = 1, size
    for step in steps:
        left -= step
        if left <= 0:
            slices, left = slices + 1, size
    return slices


@given(STEPS, st.integers(1, 20), st.lists(st.integers(0, 40), max_size=8))
def test_what_is_asked_in_between_changes_nothing(steps: list[int], size: int, asked: list[int]) -> None:
    """Any number of slices, in any order and again: how many there are does not depend on what was done before."""
    sliced = Sliced(lambda: work(steps), size=size)
    end = length(steps, size)

    assert [slices >= end for slices in asked] == [sliced.ends_within(slices) for slices in asked]
    assert sum(steps) == sliced.result == at_once(work(steps))
    assert [slices >= end for slices in asked] == [sliced.ends_within(slices) for slices in asked]


@given(STEPS, st.integers(1, 20))
def test_nothing_is_done_twice_and_a_slice_is_no_longer_than_it_must_be(steps: list[int], size: int) -> None:
    """A slice goes on until it is full, by at most one step too many."""
    done: list[int] = []
    sliced = Sliced(lambda: work(steps, done), size=size)
    seen = 0
    for slices in range(1, len(steps) + 2):
        ended = sliced.ends_within(slices)
        assert sum(done[seen:-1]) < size or ended
        seen = len(done)
        if ended:
            break

    assert steps == done
    assert sliced.ends_within(len(steps) + 1)


def test_work_that_breaks_off_begins_anew() -> None:
    """An error leaves nothing half done that could pass for a result."""
    begun: list[int] = []

    def once_broken() -> Steps[str]:
        begun.append(1)
        yield 1
        if len(begun) == 1:
            raise RecursionError
        yield 1
        return "found"

    sliced = Sliced(once_broken, size=1)

    assert not sliced.ends_within(1)
    with pytest.raises(RecursionError):
        sliced.ends_within(2)
    assert not sliced.ends_within(2)
    assert sliced.ends_within(3)
    assert (sliced.result, len(begun)) == ("found", 2)
