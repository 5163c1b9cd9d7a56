"""Rounding up to whole things: what one cannot buy a part of."""

import math


def round_up(number: float, *, endless: str) -> int:
    """
    Return the smallest whole number that is not below a number.

    Args:
        number: A number that is not below 0. [1]
        endless: What to say where the number has grown beyond all bounds. [text]

    Returns:
        A whole number. [1]

    Raises:
        ValueError: If the number is infinite.

    >>> round_up(2.1, endless="no GPU can do any work")
    3
    """
    if number == math.inf:
        raise ValueError(endless)
    return math.ceil(number)
