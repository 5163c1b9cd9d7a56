"""Prompting: caching, retries, prices of the reader's own, and examples in the prompt."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from calculators.calculator import SWITCH, Choice, Group, Option
from calculators.catalog.cost_comparison.groups.bounds import (
    ANYWHERE,
    AUTOMATIC,
    PART,
    PRICE,
    STORAGE,
    assumed,
    assumed_count,
    rule,
)
from calculators.catalog.cost_comparison.groups.options import place_options
from calculators.quantity import write_count, write_number, write_share
from calculators.vocabulary import COUNT, SHARE, USD, USD_PER_HOUR

LIFETIME: Final = Choice(
    label="Cache lifetime",
    options=(
        Option(value=AUTOMATIC, label="What the list price is for"),
        Option(value="5m", label="5 minutes"),
        Option(value="10m", label="10 minutes"),
        Option(value="30m", label="30 minutes"),
        Option(value="1h", label="1 hour"),
        Option(value="12h", label="12 hours"),
        Option(value="24h", label="24 hours"),
        Option(value=STORAGE, label="As long as storage is paid"),
    ),
    hint="Each has its own price of writing. Where a seller does not sell it, the list price counts.",
)
COMES: Final = Choice(
    label="Requests come",
    options=(
        Option(value="even", label="Evenly, around the clock"),
        Option(value="busy", label="In busy hours"),
    ),
    hint="Decides what is still in the cache. Busy hours: as few as “Busiest hour” says.",
)
PLACE: Final = Choice(
    label="Where it is processed",
    options=(Option(value=ANYWHERE, label="Anywhere, at the standard price"), *place_options()),
    hint="A region or a service tier. It moves the prices of the models that are sold there, and of no others.",
)


@dataclass(frozen=True, slots=True)
class Prices(Group):
    """Caching, retries, and prices of your own where you have them."""

    title: ClassVar[str] = "Prices and caching"

    caching: Annotated[bool, Choice(label="Prompt caching", options=SWITCH)] = True
    cache_hit_share: Annotated[
        float | None,
        SHARE.named("Read from cache", unit="share of fixed prompts", hint="Empty: derived from your traffic."),
    ] = None
    cache_lifetime: Annotated[str, LIFETIME] = AUTOMATIC
    requests_come: Annotated[str, COMES] = "busy"
    place: Annotated[str, PLACE] = ANYWHERE
    retried_share: Annotated[
        float,
        SHARE.named(
            "Calls that fail", maximum=rule("most_retried"), hint="Each is billed and tried again until one works."
        ),
    ] = 0.0
    input_price: Annotated[float | None, PRICE.named("Input price", unit="per million tokens")] = None
    cached_price: Annotated[float | None, PRICE.named("Cached input price", unit="per million tokens")] = None
    cache_write_price: Annotated[float | None, PRICE.named("Cache write price", unit="per million tokens")] = None
    output_price: Annotated[float | None, PRICE.named("Output price", unit="per million tokens")] = None
    batch_input_price: Annotated[float | None, PRICE.named("Batch input price", unit="per million tokens")] = None
    batch_output_price: Annotated[float | None, PRICE.named("Batch output price", unit="per million tokens")] = None
    small_input_price: Annotated[float | None, PRICE.named("Untuned small model, input", unit="per million tokens")] = (
        None
    )
    small_output_price: Annotated[
        float | None, PRICE.named("Untuned small model, output", unit="per million tokens")
    ] = None
    tuned_input_price: Annotated[float | None, PRICE.named("Tuned model, input", unit="per million tokens")] = None
    tuned_output_price: Annotated[float | None, PRICE.named("Tuned model, output", unit="per million tokens")] = None
    training_price: Annotated[float | None, PRICE.named("Training price", unit="per million tokens")] = None
    hosting_price: Annotated[
        float | None, USD_PER_HOUR.named("Hosting of the tuned model", unit="an hour", maximum=rule("most_usd"))
    ] = None
    storage_price: Annotated[
        float | None, USD.named("Storing the tuned model", unit="a month", maximum=rule("most_usd"))
    ] = None
    job_minimum: Annotated[float | None, USD.named("A training job, at least", maximum=rule("most_usd"))] = None

    OVERRIDES: ClassVar[tuple[str, ...]] = (
        "input_price",
        "cached_price",
        "cache_write_price",
        "output_price",
        "batch_input_price",
        "batch_output_price",
        "small_input_price",
        "small_output_price",
        "tuned_input_price",
        "tuned_output_price",
        "training_price",
        "hosting_price",
        "storage_price",
        "job_minimum",
    )

    def summary(self) -> str:
        """Say whether prompts are cached and whose prices hold."""
        caching = "caching off" if not self.caching else "caching on"
        if self.caching and self.cache_hit_share is not None:
            caching = f"{write_share(self.cache_hit_share)} read from cache"
        yours = sum(getattr(self, name) is not None for name in self.OVERRIDES)
        prices = "list prices" if not yours else "1 price of yours" if yours == 1 else f"{yours} prices of yours"
        failed = f" · {write_share(self.retried_share)} retried" if self.retried_share else ""
        lifetime = f" for {LIFETIME.label_of(self.cache_lifetime)}" if self.cache_lifetime != AUTOMATIC else ""
        place = f" · {PLACE.label_of(self.place)}" if self.place != ANYWHERE else ""
        return f"{caching}{lifetime if self.caching else ''} · {prices}{failed}{place}"


@dataclass(frozen=True, slots=True)
class FewShot(Group):
    """Examples shown in every prompt."""

    title: ClassVar[str] = "Few-shot"

    shots: Annotated[int, COUNT.named("Shots", unit="examples in the prompt", maximum=rule("most_in_a_prompt"))] = (
        assumed_count("shots")
    )
    tokens_per_shot: Annotated[float, PART.named("One shot", unit="tokens", hint="Question and answer together.")] = (
        assumed("tokens_per_shot")
    )

    def summary(self) -> str:
        """Say how much the examples add."""
        return f"{write_count(self.shots, 'shot')} × {write_number(self.tokens_per_shot)} tokens"
