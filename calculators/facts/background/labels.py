"""What training examples cost."""

from dataclasses import dataclass

from calculators.facts.record import Record, ordered
from calculators.vocabulary import Usd


@dataclass(frozen=True, kw_only=True)
class LabelPrice(Record):
    """
    What one example of training data costs.

    Attributes:
        low: Lower end of the range published.
        high: Upper end.
    """

    low: Usd
    high: Usd

    def __post_init__(self) -> None:
        super().__post_init__()
        ordered(self.low, self.high)
