"""
How a term came to its figure: the sum written out with its numbers.

A term is called with numbers that remember how they were made. It cannot tell them from others, so the working is that
of the very function which computes the figure, and there is no second copy of a formula to fall behind.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, Self

from calculators.formulas import Term
from calculators.quantity import Quantity, write_entry

_PLAIN: Final = Quantity(minimum=-1e300, maximum=1e300)


class _Binding(IntEnum):
    """How tightly a sum holds together: what binds less than its neighbour is put in brackets."""

    SUM = 0
    PRODUCT = 1
    NUMBER = 2


class Worked(float):
    """
    A number that remembers how it was made.

    Attributes:
        text: How, written out.
        binding: What the text is: a number, a product or a sum.
        given: Whether anything that was given is in it. Else it is a default of the term, or a constant.
    """

    text: str
    binding: _Binding
    given: bool

    def __new__(cls, value: float, text: str = "", *, binding: _Binding = _Binding.NUMBER, given: bool = True) -> Self:
        """Make one; without a text it is written as itself."""
        made = super().__new__(cls, value)
        made.text = text or write_entry(float(value), _PLAIN)
        made.binding = binding
        made.given = given
        return made

    def __add__(self, other: float) -> "Worked":
        return _sum(self, "+", _worked(other))

    def __radd__(self, other: float) -> "Worked":
        return _sum(_worked(other), "+", self)

    def __sub__(self, other: float) -> "Worked":
        return _sum(self, "−", _worked(other))

    def __rsub__(self, other: float) -> "Worked":
        return _sum(_worked(other), "−", self)

    def __mul__(self, other: float) -> "Worked":
        return _product(self, _worked(other))

    def __rmul__(self, other: float) -> "Worked":
        return _product(_worked(other), self)

    def __truediv__(self, other: float) -> "Worked":
        return _quotient(self, _worked(other))

    def __rtruediv__(self, other: float) -> "Worked":
        return _quotient(_worked(other), self)


def working(term: Term, inputs: Mapping[str, float]) -> Worked:
    """
    Work a term out with its numbers written down.

    A default that changes nothing is left out: a factor of 1, a summand of 0. What was given is always there.

    Args:
        term: The term.
        inputs: Its inputs, by name.

    Returns:
        The term's figure, with its working.

    >>> from calculators.formulas import TERMS
    >>> found = working(TERMS["token_cost"], {"tokens": 50_000, "price": 5})
    >>> found.text, float(found)
    ('50,000 × 5 ÷ 1,000,000', 0.25)
    """
    return _worked(term(**{name: Worked(value) for name, value in inputs.items()}))


def _worked(number: float) -> Worked:
    return number if isinstance(number, Worked) else Worked(number, given=False)


def _changes_nothing(number: Worked, neutral: float) -> bool:
    return number == neutral and not number.given


def _as(value: float, kept: Worked) -> Worked:
    return Worked(value, kept.text, binding=kept.binding, given=kept.given)


def _sum(left: Worked, sign: str, right: Worked) -> Worked:
    value = float(left) + float(right) if sign == "+" else float(left) - float(right)
    if _changes_nothing(right, 0):
        return _as(value, left)
    if _changes_nothing(left, 0) and sign == "+":
        return _as(value, right)
    # What is taken away as a whole keeps its brackets.
    least = _Binding.SUM if sign == "+" else _Binding.PRODUCT
    return Worked(value, f"{left.text} {sign} {_within(right, least)}", binding=_Binding.SUM)


def _product(left: Worked, right: Worked) -> Worked:
    value = float(left) * float(right)
    if _changes_nothing(left, 0) or _changes_nothing(right, 0):
        return Worked(value, given=False)
    if _changes_nothing(left, 1):
        return _as(value, right)
    if _changes_nothing(right, 1):
        return _as(value, left)
    return Worked(
        value, f"{_within(left, _Binding.PRODUCT)} × {_within(right, _Binding.PRODUCT)}", binding=_Binding.PRODUCT
    )


def _quotient(left: Worked, right: Worked) -> Worked:
    value = float(left) / float(right)
    if _changes_nothing(right, 1):
        return _as(value, left)
    return Worked(
        value, f"{_within(left, _Binding.PRODUCT)} ÷ {_within(right, _Binding.NUMBER)}", binding=_Binding.PRODUCT
    )


def _within(part: Worked, least: _Binding) -> str:
    return part.text if part.binding >= least else f"({part.text})"
