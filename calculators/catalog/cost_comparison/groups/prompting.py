"""Prompting: caching, retries, prices of the reader's own, and examples in the prompt."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from calculators.calculator import SWITCH, Choice, Group
from calculators.catalog.cost_comparison.groups.bounds import PART, PRICE, assumed, assumed_count, rule
from calculators.quantity import write_count, write_number, write_share
from calculators.vocabulary import COUNT, SHARE, USD, USD_PER_HOUR


@dataclass(frozen=True, slots=True)
class Prices(Group):
    """Caching, retries, and prices of your own where you have them."""

    title: ClassVar[str] = "Prices and caching"

    caching: Annotated[bool, Choice(label="Prompt caching", options=SWITCH)] = True
    cache_hit_share: Annotated[
        float | None,
        SHARE.named("Read from cache", unit="share of fixed prompts", hint="Empty: derived from your traffic."),
    ] = None
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
        return f"{caching} · {prices}{failed}"


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
