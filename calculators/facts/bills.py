"""What makes a bill differ from tokens times price: caches, batches, places, and how tokens are counted."""

from dataclasses import dataclass
from typing import Final

from calculators.facts.quantities import Minutes, Pixels, Ratio, TokenCount, UsdPerMillionHour, WholeCount
from calculators.facts.record import Record, listed, ordered
from calculators.vocabulary import Share

BATCH_RULES: Final = ("both", "cache_wins", "batch_wins", "no_caching", "no_batch", "unknown")
"""What becomes of the cached price in a batch: both discounts apply, one of them goes before, there is none."""
PLACE_KINDS: Final = ("region", "faster", "slower")
"""What is bought with a place: where data are, or a service tier that is faster or slower than the standard one."""
IMAGE_RULES: Final = ("patches", "tiles", "area", "flat", "none")
"""What an image's tokens go by: see `ImageRule`."""
IMAGE_FITS: Final = ("whole_side", "largest")
"""How an image is shrunk to a budget of patches: until one side is whole patches, or to the largest size that fits."""
_CONFIDENCE: Final = ("high", "medium", "low")


@dataclass(frozen=True, kw_only=True)
class Graded(Record):
    """
    A record whose sources are not all of one weight.

    Attributes:
        confidence: `high`: the maker's own page or list, or two independent sources. `medium`: one third party, or a
            deduction that was checked. `low`: weak; it never stands as a default.
    """

    confidence: str

    def __post_init__(self) -> None:
        super().__post_init__()
        self.one_of("confidence", _CONFIDENCE)

    def one_of(self, field: str, known: tuple[str, ...]) -> None:
        """Refuse a word that is none of those that a field knows."""
        if (said := getattr(self, field)) not in known:
            raise ValueError(f"{field} {said} is none of {listed(known)}")


@dataclass(frozen=True, kw_only=True)
class CachingTerms(Graded):
    """
    What it costs to keep the beginning of a model's prompts in its seller's cache for one of the lifetimes sold.

    Attributes:
        model: Key of the model's price.
        lifetime: The lifetime, as its key ends: `5m`, `1h`, `storage` where storage is paid for, `unstated`.
        minutes: How long a beginning lives without being read; `None` where not stated.
        default: Whether it is the lifetime that the model's own price of caching is for.
        write_multiple: Price of writing, in place of the input price, as a multiple of it.
        read_multiple: Price of reading, as a multiple of the input price.
        storage_per_hour: Price of keeping a million tokens for an hour; `None` where keeping them is free.
        minimum_tokens: Shortest beginning that is cached; `None` where not stated.
        read_refreshes: Whether a read starts the lifetime anew; `None` where not stated.
    """

    model: str
    lifetime: str
    minutes: Minutes | None = None
    default: bool = False
    write_multiple: Ratio
    read_multiple: Ratio
    storage_per_hour: UsdPerMillionHour | None = None
    minimum_tokens: TokenCount | None = None
    read_refreshes: bool | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.key != f"{self.model}-{self.lifetime}":
            raise ValueError(f"the key of these terms is {self.model}-{self.lifetime}")
        if self.default and self.confidence == "low":
            raise ValueError("of low confidence, and the default")
        if (self.lifetime == "storage") != (self.storage_per_hour is not None):
            raise ValueError("the lifetime storage is the one with storage_per_hour")


@dataclass(frozen=True, kw_only=True)
class BatchRule(Graded):
    """
    What becomes of a model's cached price in a batch. Its key is that of the model's price.

    Attributes:
        rule: One of `BATCH_RULES`.
        cached_multiple: Price of a cached token in a batch, as a multiple of the cached price outside one.
        write_multiple: Price of a token written to the cache in a batch, as a multiple of the write price outside one.
    """

    rule: str
    cached_multiple: Ratio | None = None
    write_multiple: Ratio | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.one_of("rule", BATCH_RULES)
        if self.confidence == "low" and self.rule != "unknown":
            raise ValueError("of low confidence: the rule is unknown")
        if self.rule in {"no_caching", "no_batch", "unknown"} and (self.cached_multiple or self.write_multiple):
            raise ValueError(f"rule {self.rule} has no multiples")


@dataclass(frozen=True, kw_only=True)
class Place(Graded):
    """
    A region, a promise about where data are, or a service tier, and what it does to a price.

    Attributes:
        seller: Who sells it; where that is not who the model's price is of, both list the same standard price.
        kind: One of `PLACE_KINDS`.
        models: Keys of the models' prices that it is of.
        multiple: What the standard prices are multiplied by.
        covers: Which prices, as the source says it; empty where it does not.
        with_batch: Whether it also holds for batch prices, or there is no batch; `None` where not stated.
        with_cache: Whether it also holds for cached input and cache writes, or they stay; `None` where not stated.
    """

    seller: str
    kind: str
    models: tuple[str, ...]
    multiple: Ratio
    covers: str | None = None
    with_batch: bool | None = None
    with_cache: bool | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.one_of("kind", PLACE_KINDS)

    @property
    def dated(self) -> bool:
        """Whether a source dates it: else all that is known is the day on which it was read."""
        return self.valid_from != self.checked


@dataclass(frozen=True, kw_only=True)
class Adapters(Graded):
    """
    What is known of many tuned models that are adapters on one deployment of their base model.

    Attributes:
        most: Adapters that a deployment holds; its key is then that of the offer, or `own`.
        lost: Share of throughput lost where adapters are not merged; where a range was measured, its least.
        lost_most: The most of that range.
        default: Whether that share is the one that is counted.
    """

    most: WholeCount | None = None
    lost: Share | None = None
    lost_most: Share | None = None
    default: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.most is None) == (self.lost is None):
            raise ValueError("says either most or lost")
        if self.default and (self.lost is None or self.confidence == "low"):
            raise ValueError("the default says lost, and not at low confidence")
        if self.lost is not None and self.lost_most is not None:
            ordered(self.lost, self.lost_most)


@dataclass(frozen=True, kw_only=True)
class Counted(Graded):
    """
    How a model counts tokens.

    Attributes:
        taken_from: Name of the model of which this was measured or said, where that is another one.
        in_conflict: Whether sources disagree; the note says how.
    """

    taken_from: str = ""
    in_conflict: bool = False


@dataclass(frozen=True, kw_only=True)
class TextTokens(Counted):
    """
    How many tokens a model bills for the same text. Its key is that of the model's price.

    Attributes:
        multiple: Tokens billed, as a multiple of those that the tokenizer of GPT-4o to GPT-5 counts.
        low: Fewest counted, as such a multiple.
        high: Most counted.
    """

    multiple: Ratio
    low: Ratio
    high: Ratio

    def __post_init__(self) -> None:
        super().__post_init__()
        ordered(self.low, self.multiple, self.high)


@dataclass(frozen=True, kw_only=True)
class Reasoning(Graded):
    """
    Whether a model thinks, and bills that as output, where a request says nothing of it. Its key is that of its price.

    Attributes:
        thinks: Whether it does.
        can_stop: Whether a request can tell it not to; `None` where not stated.
    """

    thinks: bool
    can_stop: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ImageRule(Counted):
    """
    How many tokens a model bills for an image, by its size in pixels.

    `patches`: an image is covered with squares of so many pixels; each costs `multiplier` tokens. `tiles`: base
    tokens, and so many for each square that covers it. `area`: its pixels by the square of a patch, times
    `multiplier`. `flat`: so many at most, whatever its size. `none`: the model takes no images.

    Attributes:
        model: Key of the model's price.
        detail: The detail that a request asks for; `None` where there is but one.
        default: Whether that detail counts where none is asked for.
        rule: One of `IMAGE_RULES`.
        patch_px: Side of a patch.
        multiplier: Tokens of a patch.
        budget_patches: Most patches: a larger image is shrunk to them.
        fit: How it is shrunk to them, one of `IMAGE_FITS`.
        max_side_px: Longest side: a larger image is shrunk to it first.
        short_side_px: What the shorter side is shrunk to where it is longer.
        overhead_tokens: Tokens beside those of the patches.
        tile_px: Side of a tile.
        base_tokens: Tokens of an image beside its tiles.
        tile_tokens: Tokens of a tile.
        flat_tokens: Tokens of an image, whatever its size.
    """

    model: str
    detail: str | None = None
    default: bool = False
    rule: str
    patch_px: Pixels | None = None
    multiplier: Ratio | None = None
    budget_patches: WholeCount | None = None
    fit: str = "whole_side"
    max_side_px: Pixels | None = None
    short_side_px: Pixels | None = None
    overhead_tokens: WholeCount = 0
    tile_px: Pixels | None = None
    base_tokens: WholeCount | None = None
    tile_tokens: WholeCount | None = None
    flat_tokens: TokenCount | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.one_of("rule", IMAGE_RULES)
        self.one_of("fit", IMAGE_FITS)
        if self.key != (self.model if self.default else f"{self.model}-{self.detail}"):
            raise ValueError("its key is that of its model, followed by the detail where that is not the default")
        if self.default and self.confidence == "low":
            raise ValueError("of low confidence, and the default")
        needed = {
            "patches": ("patch_px", "multiplier"),
            "area": ("patch_px", "multiplier"),
            "tiles": ("tile_px", "base_tokens", "tile_tokens"),
            "flat": ("flat_tokens",),
        }
        for name in needed.get(self.rule, ()):
            if getattr(self, name) is None:
                raise ValueError(f"rule {self.rule} needs {name}")
