"""
The calculators, found by their names: `catalog/cost_comparison` is the calculator `cost-comparison`.

Adding one is adding a module here that defines `CALCULATOR`, and a page that shows it.
"""

import importlib
import pkgutil
from functools import cache

from calculators.calculator import Calculator
from calculators.echo import echo


class UnknownCalculatorError(ValueError):
    """A name that no calculator has. Its message lists those there are."""


@cache
def slugs() -> tuple[str, ...]:
    """Names of all calculators, sorted."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


@cache
def calculator(slug: str) -> Calculator:
    """
    Return a calculator by its name.

    Raises:
        UnknownCalculatorError: If there is none of that name.
    """
    if slug not in slugs():
        longest = len("a-name-of-some-length")
        shown = echo(slug, longest=longest, kept=longest)
        raise UnknownCalculatorError(f"“{shown}” is not a calculator: enter {' or '.join(slugs())}")
    module = importlib.import_module(f"{__name__}.{slug.replace('-', '_')}")
    found: Calculator = module.CALCULATOR
    return found
