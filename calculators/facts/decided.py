"""What nobody has published and the guide has decided on: assumptions, rules and chances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from calculators.facts.record import listed, ordered
from calculators.vocabulary import Share

CHANCE_NEEDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "documents": "documents to know",
        "format": "a fixed format",
        "tone": "tone or style",
        "task": "one narrow task",
        "nothing": "nothing to change",
        "own": "data that must stay",
    }
)
"""What chances are told apart by: what must change, and what a sentence calls it."""

CHANCE_ROWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prompt": "Prompting",
        "few_shot": "Few-shot",
        "rag": "RAG",
        "tuned": "Fine-tuning",
        "small": "The small model, only prompted",
        "open": "An open model on own GPUs, only prompted",
        "cheaper": "A cheaper model, only prompted",
        "dearer": "A dearer model, only prompted",
    }
)
"""Whose chances there are, and what a reader calls them."""


class Decided:
    """What nobody has published and the guide has decided on: it holds from that day until the next decision."""

    decided: date

    @property
    def valid_from(self) -> date:
        """First day on which it holds."""
        return self.decided

    @property
    def valid_until(self) -> date | None:
        """It holds until the next decision."""
        return None

    @property
    def known_from(self) -> date:
        """First day on which an answer may use it."""
        return self.decided


@dataclass(frozen=True, kw_only=True)
class Assumption(Decided):
    """
    A figure that no source states.

    Attributes:
        key: What code calls it.
        name: What people call it.
        value: What a form starts from.
        unit: Its unit.
        low: Lowest plausible value.
        high: Highest plausible value.
        who: Who assumes it.
        why: On what grounds.
        decided: Day on which it was decided.
    """

    key: str
    name: str
    value: float
    unit: str
    low: float
    high: float
    who: str
    why: str
    decided: date

    def __post_init__(self) -> None:
        ordered(self.low, self.value, self.high)


@dataclass(frozen=True, kw_only=True)
class Rule(Decided):
    """
    A number that the guide sets: a bound of a field, or what makes an answer close, fragile or old.

    It is nobody's measurement and no part of a cost.

    Attributes:
        key: What code calls it.
        name: What people call it.
        value: The number.
        unit: Its unit.
        why: On what grounds.
        decided: Day on which it was decided.
    """

    key: str
    name: str
    value: float
    unit: str
    why: str
    decided: date


@dataclass(frozen=True, kw_only=True)
class Chance(Decided):
    """
    How likely an approach is to pass a team's own eval, where nobody has tried it there.

    Evidence says how approaches compare. How often they pass a bar that a team has set, nobody publishes.

    Attributes:
        need: What must change; `own` where data must stay on own machines and nothing else is asked.
        row: Whose chance it is.
        value: The chance.
        low: Lowest plausible chance.
        high: Highest plausible chance.
        rests_on: Ids of the measurements that it was decided after.
        decided: Day on which it was decided.
    """

    need: str
    row: str
    value: Share
    low: Share
    high: Share
    rests_on: tuple[str, ...]
    decided: date

    def __post_init__(self) -> None:
        for field, known in (("need", CHANCE_NEEDS), ("row", CHANCE_ROWS)):
            if (named := getattr(self, field)) not in known:
                raise ValueError(f"{field} {named} is none of {listed(known)}")
        ordered(self.low, self.value, self.high)

    @property
    def key(self) -> str:
        """What it is kept under: what must change, and whose chance it is."""
        return chance_key(self.need, self.row)

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{CHANCE_ROWS[self.row]}: {CHANCE_NEEDS[self.need]}"


def chance_key(need: str, row: str) -> str:
    """
    Return the key of a chance.

    >>> chance_key("documents", "few_shot")
    'documents-few_shot'
    """
    return f"{need}-{row}"
