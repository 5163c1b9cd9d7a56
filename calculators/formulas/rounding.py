"""Rounding to whole things: up, what one cannot buy a part of, and so that what is written adds up."""

import math
from collections.abc import Sequence


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


def round_down(number: float, *, endless: str) -> int:
    """
    Return the largest whole number that is not above a number.

    Args:
        number: A number. [1]
        endless: What to say where the number has grown beyond all bounds. [text]

    Returns:
        A whole number. [1]

    Raises:
        ValueError: If the number is infinite.

    >>> round_down(2.9, endless="of texts that take up no memory, there is no end")
    2
    """
    if number == math.inf:
        raise ValueError(endless)
    return math.floor(number)


def whole_parts(amounts: Sequence[float], whole: int) -> list[int]:
    """
    Round amounts to whole numbers that add up to a whole.

    Each is rounded down, and what is left goes to those with the largest remainders.

    Args:
        amounts: Amounts that add up to about the whole, none below 0. [1]
        whole: What they are to add up to. [1]

    Returns:
        A whole number for each. [1]

    >>> whole_parts([33.4, 33.4, 33.2], 100)
    [34, 33, 33]
    """
    parts = [math.floor(amount) for amount in amounts]
    order = sorted(range(len(parts)), key=lambda index: parts[index] - amounts[index])
    for index in order[: max(whole - sum(parts), 0)]:
        parts[index] += 1
    return parts
