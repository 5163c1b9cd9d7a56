"""What a seller asks for a model at one time, whoever wrote it down: the shape that every package is read into."""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any


class PricesError(Exception):
    """What stops the build of the price files. The message names the file and the key, what is wrong, and the cure."""


@dataclass(frozen=True, kw_only=True)
class LongPrompt:
    """
    What a request with a long prompt costs more.

    Attributes:
        above: Input tokens above which the whole request costs more.
        input: By how much its input and cached input then cost more.
        output: By how much its output then costs more.
    """

    above: int
    input: Decimal
    output: Decimal


@dataclass(frozen=True, kw_only=True)
class Terms:
    """
    Prices in US dollars per million tokens. `None` is what nobody states: nothing is derived from another price.

    Attributes:
        input: Price of input tokens.
        output: Price of output tokens.
        cached_input: Price of input tokens read from the cache.
        cache_write: Price of input tokens written to the cache.
        batch_input: Price of the input tokens of requests that can wait.
        batch_output: Price of the output tokens of requests that can wait.
        long_prompt: What a long prompt costs more.
    """

    input: Decimal
    output: Decimal
    cached_input: Decimal | None = None
    cache_write: Decimal | None = None
    batch_input: Decimal | None = None
    batch_output: Decimal | None = None
    long_prompt: LongPrompt | None = None

    def same_price(self, other: "Terms") -> bool:
        """Whether input and output cost the same, and so does whatever else both of them state."""
        return (self.input, self.output) == (other.input, other.output) and not any(
            None not in pair and pair[0] != pair[1]
            for pair in ((self.cached_input, other.cached_input), (self.cache_write, other.cache_write))
        )

    def completed(self, *others: "Terms | None") -> "Terms":
        """Return these terms with what they leave open taken from the first of others that states it."""
        missing: dict[str, Any] = {}
        for field in fields(self):
            if getattr(self, field.name) is None:
                stated = (getattr(other, field.name) for other in others if other is not None)
                missing[field.name] = next((value for value in stated if value is not None), None)
        return replace(self, **missing)

    def with_batch(self, batch: "Terms | None") -> "Terms":
        """Return these terms with the prices of requests that can wait taken from a list of its own."""
        return replace(self, batch_input=batch.input if batch else None, batch_output=batch.output if batch else None)


@dataclass(frozen=True, kw_only=True)
class Dated:
    """
    Terms and the day from which they hold.

    Attributes:
        since: The day.
        documented: Whether the seller's own words date it. A day on which somebody first recorded a price lags it.
        packages: Who states it.
        terms: The terms; `None` where the model was not on the list from that day.
    """

    since: date
    documented: bool
    packages: tuple[str, ...]
    terms: Terms | None
