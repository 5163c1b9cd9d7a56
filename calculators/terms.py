"""
Terms by name: what each asks for and gives, read from its signature and its docstring.

There is no second list: the command line, the proof and the reference page all read what a formula says of itself.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args, get_type_hints

from calculators.formulas import Term, bills
from calculators.quantity import Quantity, write_link


@dataclass(frozen=True, slots=True)
class TermInput:
    """
    One input of a term.

    Attributes:
        name: Its name.
        quantity: The values that it allows.
        kind: `int` or `float`.
        default: What is taken where it is left out; None where it may not be.
    """

    name: str
    quantity: Quantity
    kind: type[float]
    default: float | None


def asked(term: Term) -> tuple[TermInput, ...]:
    """Return the inputs of a term, in the order of its signature."""
    hints = get_type_hints(term, include_extras=True)
    found = []
    for parameter in inspect.signature(term).parameters.values():
        kind, quantity = get_args(hints[parameter.name])
        default = None if parameter.default is parameter.empty else parameter.default
        found.append(TermInput(parameter.name, quantity, kind, default))
    return tuple(found)


def result(term: Term) -> Quantity:
    """Return what kind of number a term gives."""
    _, quantity = get_args(get_type_hints(term, include_extras=True)["return"])
    found: Quantity = quantity
    return found


def signature(name: str, term: Term) -> str:
    """
    Write how a term is called; what may be left out stands in brackets with its default.

    >>> from calculators.formulas import TERMS
    >>> signature("token_cost", TERMS["token_cost"])
    'token_cost tokens=… price=… [tokens_per_price_unit=1000000]'
    """
    given = (f"{each.name}=…" if each.default is None else f"[{each.name}={each.default}]" for each in asked(term))
    return " ".join((name, *given))


def compares(term: Term) -> bool:
    """Return whether the comparison computes with a term: else it is there for the bills of others alone."""
    return not term.__module__.startswith(f"{bills.__name__}.")


def summary(term: Term) -> str:
    """Return the first line of a term's docstring."""
    return (inspect.getdoc(term) or "").partition("\n")[0]


def command(name: str, inputs: Mapping[str, float], *, exact: bool = True) -> str:
    """
    Write the line that computes a term in a terminal, to the last digit or as people read it.

    Names and numbers hold nothing that a shell would read otherwise, so the line needs no quotes.

    >>> command("token_cost", {"tokens": 50_000, "price": 0.5})
    'python -m calculators term token_cost tokens=50000 price=0.5 --json'
    """
    given = (f"{each}={write_link(value)}" for each, value in inputs.items())
    return " ".join(("python -m calculators term", name, *given, *(["--json"] if exact else [])))
