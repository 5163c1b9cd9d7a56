"""
All HTML: the form, the answer and the messages, written by the same functions at build time and in a browser.

`html/cost_comparison` writes the answer of the calculator `cost-comparison`.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Protocol, cast

from calculators.markup import Html
from calculators.slices import Sliced, Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterPart:
    """
    What a page asks for once it has painted the first part of an answer.

    Attributes:
        name: What it is asked for by.
        slots: The places kept for it.
        work: What is to be worked out before it can be written; nothing where that takes no time, and it then comes
            with the first part.
        write: Writes it, by slot: at least those kept for it.
        awaited: Whether its places say meanwhile that it is worked out; else they show what they held before.
        told: Whether it may be asked for as `name:words`; `write` then takes the words, too.
    """

    name: str
    slots: tuple[str, ...]
    work: Callable[[Any], Sliced[Any] | None]
    write: Callable[..., dict[str, Html]]
    awaited: bool = True
    told: bool = False


class Writer(Protocol):
    """
    What a module must define to write the answers of one calculator.

    Attributes:
        SLOTS: The places of the answer, in their order on the page. The first is read before the form; behind the last
            stands one more, `details`.
        PARTS: What comes after the first part, in the order in which a page asks for it. One of them writes the fields
            that matter most for this answer, `matters`: a short form holds them behind its fixed questions.
        ALWAYS: The fixed questions of a short form, by the names of their inputs.
    """

    ALWAYS: tuple[str, ...]
    SLOTS: tuple[str, ...]
    PARTS: tuple[LaterPart, ...]

    def first(self, slug: str, found: Any, remarks: tuple[str, ...] = ()) -> dict[str, Html]:  # noqa: ANN401  # each calculator's own result
        """
        Write the first part, by slot: what no part of `PARTS` writes, and the line that stays in sight while the answer
        is not (`bar`).
        """

    def says(self, found: Any) -> str:  # noqa: ANN401
        """Say the first part in plain text."""

    def teaser(self, found: Any) -> Html:  # noqa: ANN401
        """Write the answer for the top of a page."""

    def notes(self, slug: str, found: Any) -> dict[str, Html]:  # noqa: ANN401
        """Write what stands under each field, by the input's name."""


@cache
def writer(slug: str) -> Writer:
    """Return the module that writes a calculator's answers."""
    return cast("Writer", importlib.import_module(f"{__name__}.{slug.replace('-', '_')}"))


def _no_steps() -> Steps[None]:
    yield from ()


ONE_SLICE: Final = Sliced(_no_steps, size=1)
"""The work of a part that is worked out while it is written, in one slice."""
