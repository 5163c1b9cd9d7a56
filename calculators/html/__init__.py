"""
All HTML: the form, the answer and the messages, written by the same functions at build time and in a browser.

`html/cost_comparison` writes the answer of the calculator `cost-comparison`.
"""

import importlib
from functools import cache
from typing import Any, Protocol, cast

from calculators.markup import Html


class Writer(Protocol):
    """What a module must define to write the answers of one calculator."""

    def answer(self, slug: str, found: Any, remarks: tuple[str, ...] = ()) -> Html:  # noqa: ANN401  # each calculator's own result
        """Write the answer's region."""

    def details(self, slug: str, found: Any) -> Html:  # noqa: ANN401
        """Write what stands behind the answer; a page puts it in place after the answer is painted."""

    def bar(self, found: Any) -> Html:  # noqa: ANN401
        """Write the line that stays in sight while the answer is not."""

    def says(self, found: Any) -> str:  # noqa: ANN401
        """Say the answer in plain text."""

    def teaser(self, found: Any) -> Html:  # noqa: ANN401
        """Write the answer for the top of a page."""

    def notes(self, slug: str, found: Any) -> dict[str, Html]:  # noqa: ANN401
        """Write what stands under each field, by the input's name."""


@cache
def writer(slug: str) -> Writer:
    """Return the module that writes a calculator's answers."""
    return cast("Writer", importlib.import_module(f"{__name__}.{slug.replace('-', '_')}"))
