"""
Work done in slices: whoever waits for it can be asked something else in between.

A slice ends after a given amount of work, never after a given time, so that it ends at the same place everywhere.
"""

from collections.abc import Callable, Generator

type Steps[Result] = Generator[int, None, Result]
"""Work, step by step: after each it tells how much that was, in a unit of its own; at its end returns what it found."""


class Sliced[Result]:
    """
    Work that is begun when it is asked for, and done as far as it is asked for.

    >>> def counted():
    ...     yield from [1] * 5
    ...     return "five"
    >>> work = Sliced(counted, size=2)
    >>> work.ends_within(2), work.ends_within(3), work.result
    (False, True, 'five')
    """

    def __init__(self, begin: Callable[[], Steps[Result]], *, size: int) -> None:
        """
        Begin nothing yet.

        Args:
            begin: Begins the work. Its steps depend on nothing but what it is begun from.
            size: How much work ends a slice.
        """
        self._begin = begin
        self._size = size
        self._steps: Steps[Result] | None = None
        self._slices = 0
        self._found: tuple[Result] | None = None

    def ends_within(self, slices: int) -> bool:
        """Do so many slices, those done before among them, and tell whether that is all of the work."""
        while self._found is None and self._slices < slices:
            self._go_on()
        return self._found is not None and self._slices <= slices

    @property
    def result(self) -> Result:
        """What was found, once all of it is done."""
        while self._found is None:
            self._go_on()
        return self._found[0]

    def _go_on(self) -> None:
        """Do one slice."""
        # If a step breaks off, so that nothing is known of what it left behind, all begins anew.
        steps, self._steps = self._steps or self._begin(), None
        slices, self._slices = self._slices, 0
        done = 0
        while done < self._size:
            try:
                done += next(steps)
            except StopIteration as end:
                self._found = (end.value,)
                break
        else:
            self._steps = steps
        self._slices = slices + 1


def at_once[Result](steps: Steps[Result]) -> Result:
    """Do all of the work."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Result = end.value
            return found
