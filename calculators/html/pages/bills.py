"""The page of bills: what makes one differ from tokens times price, by model, with what each image rule gives."""

from collections.abc import Sequence
from typing import Final

from calculators.facts import FACTS, BatchRule, CachingTerms, ImageRule, Place, Reasoning, TextTokens
from calculators.facts.background import MeasuredImage, background
from calculators.formulas.images import image_tokens
from calculators.html.pages.datasets import dataset
from calculators.html.pages.tables import (
    NONE,
    Column,
    Part,
    column,
    day,
    kept,
    links_to_sources,
    name,
    note,
    page,
    table,
    whole,
)
from calculators.markup import NOTHING, Html, text
from calculators.quantity import write_number

CACHES: Final = dataset(CachingTerms)
BATCHES: Final = dataset(BatchRule)
PLACES: Final = dataset(Place)
THINKING: Final = dataset(Reasoning)
TEXTS: Final = dataset(TextTokens)
IMAGES: Final = dataset(ImageRule)
MEASURED: Final = dataset(MeasuredImage)

RULES: Final = {
    "both": "both discounts apply",
    "cache_wins": "the cached price stays, the rest is at the batch price",
    "batch_wins": "all input is at the batch price, cached or not",
    "no_caching": "nothing is cached in a batch",
    "no_batch": "no batch is sold",
    "unknown": "not known",
}
"""What becomes of a cached price in a batch, as a reader is told."""

KINDS: Final = {"region": "region", "faster": "faster tier", "slower": "slower tier"}
"""What is bought, as a reader is told."""

EXAMPLES: Final = ((512, 512), (1_024, 1_024), (1_920, 1_080), (4_032, 3_024))
"""Sizes of image that every rule is shown with, in pixels: a thumbnail, a square, a screen, a photograph."""


def write() -> Html:
    """Write the page."""
    caches = sorted(FACTS.caching.values(), key=lambda terms: _seller(terms.model).casefold())
    batches = sorted(FACTS.batch_rules.values(), key=lambda rule: _seller(rule.key).casefold())
    return page(
        Part(
            anchor="caching",
            title="Caching and batch, by vendor",
            about=(
                "A row is a lifetime that can be bought. Writing and reading are multiples of the price of input; what "
                "is written is billed instead of input, not beside it. The lifetime by default is the one that the "
                "price of cached input is for. Storage is US dollars per million tokens and hour. A dash says that the "
                "seller states nothing."
            ),
            body=table(
                CACHES,
                caches,
                (
                    name(CACHES, title="Model and lifetime", aside=lambda terms: _sold(terms.model, terms.default)),
                    column(CachingTerms, "minutes", "Lives", write=whole),
                    column(CachingTerms, "write_multiple", "Writing", write=write_number),
                    column(CachingTerms, "read_multiple", "Reading", write=write_number),
                    column(CachingTerms, "storage_per_hour", "Storage"),
                    column(CachingTerms, "minimum_tokens", "From"),
                    column(CachingTerms, "read_refreshes", "Renewed by a read"),
                    Column(title="In a batch", cell=lambda terms: _in_a_batch(terms.model), css="records__words"),
                    column(CachingTerms, "valid_from", "Since"),
                    note(),
                    *kept(CACHES),
                ),
                title="Caching and batch, by vendor",
                unit=CACHES.field("storage_per_hour").unit,
                noun="lifetimes",
            ),
            kinds=(CACHES,),
        ),
        Part(
            anchor="batch",
            title="What a batch makes of a cache",
            about=(
                "Multiples are of the cached price and of the price of writing outside a batch. Of a model that is "
                "not here nothing is known."
            ),
            body=table(
                BATCHES,
                batches,
                (
                    name(BATCHES, title="Model", aside=lambda rule: _sold(rule.key)),
                    column(BatchRule, "rule", "In a batch", write=RULES.__getitem__),
                    column(BatchRule, "cached_multiple", "Cached", write=write_number),
                    column(BatchRule, "write_multiple", "Writing", write=write_number),
                    note(),
                    *kept(BATCHES),
                ),
                title="What a batch makes of a cache",
                noun="models",
            ),
            kinds=(BATCHES,),
        ),
        Part(
            anchor="places",
            title="Where it is processed, and how fast",
            about="Multiples of the standard price, as the seller lists it.",
            body=table(
                PLACES,
                FACTS.places.values(),
                (
                    name(PLACES, title="What is bought", aside=lambda place: text(place.seller)),
                    column(Place, "kind", "Kind", write=KINDS.__getitem__),
                    column(Place, "multiple", "Multiple", write=write_number),
                    column(Place, "covers", "Of"),
                    column(Place, "with_batch", "In a batch too"),
                    column(Place, "with_cache", "On cached input too"),
                    Column(title="Models", cell=lambda place: _names(place.models), css="records__words"),
                    # What no source dates counts from the day it was checked, which is not since when it is sold.
                    Column(
                        title="Since",
                        cell=lambda place: NONE if place.valid_from == place.checked else day(place.valid_from),
                        css="records__day",
                    ),
                    note(),
                    *kept(PLACES),
                ),
                title="What regions and service tiers cost",
                noun="places",
                group=("seller", "Seller"),
            ),
            kinds=(PLACES,),
        ),
        Part(
            anchor="reasoning",
            title="Who thinks unasked",
            about=(
                "What a model thinks before it answers is billed as output, shown or not. Of a model that is not here, "
                "its price may say whether it does."
            ),
            body=table(
                THINKING,
                FACTS.reasoning.values(),
                (
                    name(THINKING, title="Model", aside=lambda said: _sold(said.key)),
                    column(Reasoning, "thinks", "Thinks unasked"),
                    column(Reasoning, "can_stop", "Can be told not to"),
                    note(),
                    *kept(THINKING),
                ),
                title="Which models think unasked",
            ),
            kinds=(THINKING,),
        ),
        Part(
            anchor="text",
            title="Tokens of the same text",
            about=(
                "Multiples of what the tokenizer of GPT-4o to GPT-5 counts. A model that is not here is counted as 1: "
                "its tokenizer is not published."
            ),
            body=table(
                TEXTS,
                FACTS.text_tokens.values(),
                (
                    name(TEXTS, title="Model", aside=lambda count: _sold(count.key)),
                    column(TextTokens, "multiple", "Taken", write=write_number),
                    column(TextTokens, "low", "Fewest", write=write_number),
                    column(TextTokens, "high", "Most", write=write_number),
                    note(),
                    *kept(TEXTS),
                ),
                title="Tokens of the same text, by model",
            ),
            kinds=(TEXTS,),
        ),
        Part(
            anchor="images",
            title="Tokens of an image",
            about=(
                "Each rule, and what it gives for four sizes in pixels. A model that is not here takes images by a "
                "rule that nobody has published or measured."
            ),
            body=table(
                IMAGES,
                FACTS.image_rules.values(),
                (
                    name(IMAGES, title="Model and detail", aside=lambda rule: _sold(rule.model, rule.default)),
                    Column(title="Rule", cell=_rule, css="records__words"),
                    *(_example(width, height) for width, height in EXAMPLES),
                    note(),
                    *kept(IMAGES),
                ),
                title="Tokens of an image, by model",
                noun="rules",
            ),
            kinds=(IMAGES,),
        ),
        Part(
            anchor="measured",
            title="Images as they were billed",
            about=(
                "What was measured, beside what the rule gives. Claude’s were measured with some 60 to 110 tokens "
                "beside the image, which may be text; a flat rule gives the most there is."
            ),
            body=table(
                MEASURED,
                background().images,
                (
                    Column(title="Model", cell=_measured_on),
                    column(MeasuredImage, "width", "Width", sortable=False),
                    column(MeasuredImage, "height", "Height", sortable=False),
                    column(MeasuredImage, "tokens", "Billed", sortable=False),
                    Column(title="By the rule", cell=_by_the_rule, unit="tokens", figure=True),
                    column(MeasuredImage, "checked", "Checked", sortable=False),
                    Column(title="Sources", cell=lambda each: links_to_sources(each.sources), css="records__sources"),
                ),
                title="What images were billed, as measured",
            ),
            kinds=(MEASURED,),
        ),
    )


def _seller(model: str) -> str:
    return FACTS.inference[model].provider


def _sold(model: str, default: bool = False) -> Html:
    mark = Html(' · <b class="records__mark">by default</b>') if default else NOTHING
    return text(_seller(model)) + mark


def _names(models: Sequence[str]) -> str:
    return ", ".join(FACTS.inference[model].name for model in models)


def _in_a_batch(model: str) -> str:
    known = FACTS.batch_rules.get(model)
    return RULES[known.rule if known else "unknown"]


# Images.


def _rule(rule: ImageRule) -> str:
    match rule.rule:
        case "none":
            return "takes no images"
        case "flat":
            return "the same whatever its size, at most"
        case "tiles":
            base = f"{whole(rule.base_tokens)} and " if rule.base_tokens else ""
            said = f"{base}{whole(rule.tile_tokens or 0)} for each square of {rule.tile_px}\N{NO-BREAK SPACE}px"
        case _:
            counted = "for each square of" if rule.rule == "patches" else "for an area of"
            said = f"{write_number(rule.multiplier or 1)} {counted} {rule.patch_px}\N{NO-BREAK SPACE}px"
    return "; ".join((said, *_limits(rule)))


def _limits(rule: ImageRule) -> Sequence[str]:
    found = (
        (rule.overhead_tokens, "{} beside the image"),
        (rule.max_side_px, "shrunk to a longer side of {}\N{NO-BREAK SPACE}px"),
        (rule.short_side_px, "shrunk to a shorter side of {}\N{NO-BREAK SPACE}px"),
        (rule.budget_patches, "shrunk to {} squares"),
    )
    return [words.format(whole(number)) for number, words in found if number]


def _example(width: int, height: int) -> Column[ImageRule]:
    def counted(rule: ImageRule) -> int | None:
        return None if rule.rule == "none" else image_tokens(rule, width=width, height=height)

    def shown(rule: ImageRule) -> str:
        tokens = counted(rule)
        return NONE if tokens is None else whole(tokens)

    return Column(title=f"{width:,} × {height:,}", cell=shown, unit="tokens", order=counted, figure=True)


def _rule_of(image: MeasuredImage) -> ImageRule:
    return FACTS.image_rules.get(f"{image.model}-{image.detail}") or FACTS.image_rules[image.model]


def _measured_on(image: MeasuredImage) -> Html:
    detail = f"detail {image.detail}" if image.detail else ""
    return Html('<a href="#{}">{}</a><small>{}</small>').fill(
        IMAGES.row_id(_rule_of(image).key), FACTS.inference[image.model].name, detail
    )


def _by_the_rule(image: MeasuredImage) -> str:
    return whole(image_tokens(_rule_of(image), width=image.width, height=image.height))
