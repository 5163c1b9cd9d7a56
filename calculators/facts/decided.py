"""What nobody has published and the guide has decided on: assumptions and rules."""

from dataclasses import dataclass
from datetime import date

from calculators.facts.record import ordered


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

    @property
    def seen(self) -> date:
        """Day on which somebody last saw to it."""
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
