"""What using a model costs."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from calculators.facts.quantities import Minutes, Multiple, TokenCount
from calculators.facts.record import Record, together
from calculators.vocabulary import UsdPerMillion

TIERS: Final = ("frontier", "mid", "small", "open", "legacy")
"""What a model is sold as. Each but the last has one default."""
RATES: Final = ("standard", "introductory", "preview", "time_of_day")
"""What kind of price it is: the standing one, one that ends with an introduction or a preview, a mean over the day."""


@dataclass(frozen=True, kw_only=True)
class InferencePrice(Record):
    """
    What a provider charges for using a model, in US dollars per million tokens.

    Attributes:
        provider: Who sells it.
        tier: One of `TIERS`.
        default_of_tier: Whether it is the model a form starts from for its tier.
        input: Price of input tokens that are not read from a cache.
        output: Price of output tokens, hidden reasoning included.
        cached_input: Price of input tokens read from the provider's cache; `None` where it sells no cache.
        cache_write: Price of input tokens written to the cache; `None` where writing costs what input costs.
        batch_input: Price of input tokens of requests that can wait; `None` where waiting saves nothing.
        batch_output: Price of output tokens of requests that can wait.
        context_window: Most tokens that a request may have.
        long_prompt_from: Input tokens above which the whole request costs more; `None` where the price is flat.
        long_prompt_input_multiple: By how much input and cached input then cost more.
        long_prompt_output_multiple: By how much output then costs more.
        reasons_by_default: Whether it writes hidden reasoning unless told not to; `None` where that is not stated.
        retires: Day on which the provider switches it off.
        retires_source: Id of the source that says so.
        cache_minimum_tokens: Shortest beginning of a prompt that is cached; `None` where not stated.
        cache_minutes: How long a cached beginning lives without being read; `None` where not stated.
        rate: One of `RATES`: whether the price is the standing one.
    """

    provider: str
    tier: str
    default_of_tier: bool = False
    input: UsdPerMillion
    output: UsdPerMillion
    cached_input: UsdPerMillion | None = None
    cache_write: UsdPerMillion | None = None
    batch_input: UsdPerMillion | None = None
    batch_output: UsdPerMillion | None = None
    context_window: TokenCount | None = None
    long_prompt_from: TokenCount | None = None
    long_prompt_input_multiple: Multiple | None = None
    long_prompt_output_multiple: Multiple | None = None
    reasons_by_default: bool | None = None
    retires: date | None = None
    retires_source: str | None = None
    cache_minimum_tokens: TokenCount | None = None
    cache_minutes: Minutes | None = None
    rate: str = "standard"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tier not in TIERS:
            raise ValueError(f"tier {self.tier} is none of {', '.join(TIERS)}")
        if self.rate not in RATES:
            raise ValueError(f"rate {self.rate} is none of {', '.join(RATES)}")
        together(self, "long_prompt_from", "long_prompt_input_multiple", "long_prompt_output_multiple")
        together(self, "batch_input", "batch_output")
        together(self, "retires", "retires_source")
        if self.cache_write is not None and self.cached_input is None:
            raise ValueError("cache_write without cached_input")
