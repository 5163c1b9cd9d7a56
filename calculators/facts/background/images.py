"""What images were billed, as measured."""

from dataclasses import dataclass
from datetime import date

from calculators.facts.quantities import Pixels, TokenCount
from calculators.facts.record import Sourced


@dataclass(frozen=True, kw_only=True)
class MeasuredImage(Sourced):
    """
    How many tokens a model billed for an image of one size.

    Attributes:
        model: Key of the model's price.
        detail: The detail that was asked for; `None` where there is but one.
        width: Width of the image.
        height: Height of the image.
        tokens: Tokens billed.
        sources: Ids of the sources that say so.
        checked: Day on which it was last compared with them.
        note: What a reader should know about it.
    """

    model: str
    detail: str | None = None
    width: Pixels
    height: Pixels
    tokens: TokenCount
    sources: tuple[str, ...]
    checked: date
    note: str = ""
