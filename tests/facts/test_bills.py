"""What bills are made of: every model's cache and batch on record, and image rules against what was measured."""

from collections import Counter
from typing import Final

import pytest

from calculators.facts import BATCH_RULES, FACTS, ImageRule, InferencePrice
from calculators.facts.background import MeasuredImage, background
from calculators.formulas.images import image_tokens

MEASURED: Final = background().images
UNKNOWN_CACHES: Final = {
    "deepseek-v4-flash",
    "muse-wonder-1.0",
    "muse-spark-1.3",
    "fireworks-gpt-oss-20b",
    "fireworks-glm-5.3",
    "fireworks-deepseek-v4.1-flash",
    "together-glm-5.3-flash",
    "openrouter-llama-3.1-8b",
    "openrouter-llama-3.3-70b",
}
"""Models with a price of cached input, of whose lifetime and minimum nothing is stated."""
BESIDE: Final = {"claude-opus-5-5": 73, "claude-haiku-4-5": 61}
"""Tokens measured beside the image that the records do not count, as they may be of the text sent with it."""
CUT: Final = 2_000
"""Longest side that whoever measured may have sent: above it, the program said so, in tokens of its own. [pixel]"""


def image_rule(model: str, detail: str | None = None) -> ImageRule:
    """Return the rule of a model, by default that of the detail that counts unasked."""
    return FACTS.image_rules.get(f"{model}-{detail}") or FACTS.image_rules[model]


# Caches and batches


def test_every_cache_that_is_sold_has_its_terms() -> None:
    """A model added with a price of cached input would else be counted by what is assumed of all."""
    sold = {key for key, price in FACTS.inference.items() if price.cached_input is not None}

    assert {terms.model for terms in FACTS.caching.values()} == sold - UNKNOWN_CACHES


def test_every_cache_has_one_lifetime_that_its_price_is_for() -> None:
    """Where nothing is chosen, the price on record is what is paid."""
    defaults = Counter(terms.model for terms in FACTS.caching.values() if terms.default)

    assert set(defaults.values()) == {1}
    assert defaults.keys() == {terms.model for terms in FACTS.caching.values()}


def test_a_longer_lifetime_never_costs_less_to_write() -> None:
    """Else nobody would take the shorter one, and one of the records is wrong."""
    for model in {terms.model for terms in FACTS.caching.values()}:
        timed = sorted(
            (terms.minutes, terms.write_multiple)
            for terms in FACTS.caching.values()
            if terms.model == model and terms.minutes is not None and terms.storage_per_hour is None
        )
        assert [cost for _, cost in timed] == sorted(cost for _, cost in timed), model


@pytest.mark.parametrize(
    ("key", "write", "read"),
    [
        ("claude-opus-5-5-5m", 1.25, 0.05),
        ("claude-opus-5-5-1h", 2, 0.05),
        ("claude-haiku-5-5-1h", 2, 0.1),
        ("gpt-6.1-sol-30m", 1.25, 0.05),
        ("gpt-6.1-terra-12h", 2.5, 0.05),
        ("gpt-6-luna-12h", 2.5, 0.1),
        ("gemini-2.5-pro-storage", 1, 0.1),
    ],
)
def test_lifetimes_cost_what_was_gathered(key: str, write: float, read: float) -> None:
    """Twelve hours at OpenAI are two and a half times the input price, and not twice."""
    terms = FACTS.caching[key]

    assert (terms.write_multiple, terms.read_multiple) == (write, read)


@pytest.mark.parametrize(
    ("model", "rule"),
    [
        ("claude-sonnet-5-5", "both"),
        ("gpt-6-luna", "both"),
        ("gpt-5-mini", "both"),
        ("gemini-3.5-flash", "both"),
        ("grok-4.7", "both"),
        ("gemini-2.5-pro", "cache_wins"),
        ("gemini-3.1-pro-preview", "cache_wins"),
        ("gpt-4.1", "no_caching"),
        ("groq-gpt-oss-20b", "batch_wins"),
        ("deepseek-flash", "no_batch"),
        ("bedrock-gpt-oss-20b", "unknown"),
    ],
)
def test_a_batch_does_with_a_cache_what_was_gathered(model: str, rule: str) -> None:
    """One seller, several rules: OpenAI's began with GPT-5, Google's with Gemini 3.5."""
    assert FACTS.batch_rules[model].rule == rule


def test_rules_of_batches_agree_with_prices() -> None:
    """Where there is no batch there is no price of one, and a rule about caches is of a model that has one."""
    for key, record in FACTS.batch_rules.items():
        price = FACTS.inference[key]
        assert record.rule in BATCH_RULES
        if record.rule == "no_batch":
            assert price.batch_input is None, key
        if record.cached_multiple is not None:
            assert price.cached_input is not None, key


def test_a_batch_never_makes_reading_or_writing_dearer() -> None:
    """What can wait is cheaper or as dear, never dearer."""
    for key, record in FACTS.batch_rules.items():
        assert (record.cached_multiple or 1) <= 1, key
        assert (record.write_multiple or 1) <= 1, key


# Places


@pytest.mark.parametrize(
    ("key", "multiple"), [("anthropic-us", 1.1), ("openai-regional", 1.1), ("openai-regional-older", 1)]
)
def test_places_cost_what_was_gathered(key: str, multiple: float) -> None:
    """A tenth more is the rule, and nothing more for OpenAI's models of before March 2026."""
    assert FACTS.places[key].multiple == multiple


def test_a_region_never_costs_less() -> None:
    """Only a slower tier is cheaper than the standard one, and only a faster one much dearer."""
    for key, place in FACTS.places.items():
        low, high = {"region": (1, 1.5), "faster": (1, 10), "slower": (0, 1)}[place.kind]
        assert low <= place.multiple <= high, key


# Tokens of text and of images


def test_text_is_longer_where_a_tokenizer_of_its_own_was_counted() -> None:
    """Claude from 4.7 on bills up to half as much again for the same English; the rest differ by a few per cent."""
    longer = {key for key, text in FACTS.text_tokens.items() if text.multiple != 1}

    assert longer == {"claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5", "claude-sonnet-5"}
    for key in longer:
        text = FACTS.text_tokens[key]
        assert (text.low, text.multiple, text.high) == (1.2, 1.325, 1.45)


def test_of_every_default_it_is_known_whether_it_thinks() -> None:
    """The prompted defaults, the open one that is tuned and what it is prompted as: all of them do."""
    base = FACTS.base_models[FACTS.tuning[FACTS.default_tuning()].base_models[0]]
    for price in (*defaults(), FACTS.inference[base.prompted_as]):
        assert FACTS.reasoning[price.key].thinks, price.key
        assert FACTS.thinks(price) is True


@pytest.mark.parametrize(
    ("key", "thinks"),
    [("claude-opus-5-5", True), ("gpt-5.4", False), ("bedrock-nova-2-lite", False), ("gpt-4.1", None)],
)
def test_whether_a_model_thinks_may_stand_with_its_price_or_nowhere(key: str, thinks: bool | None) -> None:
    """The record of its own first, then what the price says; where neither does, it is not known."""
    assert FACTS.thinks(FACTS.inference[key]) is thinks


def test_each_model_has_one_rule_for_images_by_default() -> None:
    """A request that asks for no detail has one count."""
    for rule in FACTS.image_rules.values():
        assert FACTS.image_rules[rule.model].default, rule.key


@pytest.mark.parametrize("measured", MEASURED, ids=lambda image: f"{image.model} {image.width} by {image.height}")
def test_rules_give_what_was_measured(measured: MeasuredImage) -> None:
    """OpenAI's to the token; Claude's but for what was sent beside the image; a flat rule is the most there is."""
    rule = image_rule(measured.model, measured.detail)
    given = image_tokens(rule, width=measured.width, height=measured.height)
    if rule.rule == "flat":
        assert given * 0.9 <= measured.tokens <= given
    elif measured.model not in BESIDE:
        assert given == measured.tokens
    elif max(measured.width, measured.height) <= CUT:
        assert given + BESIDE[measured.model] == measured.tokens
    else:
        assert "In conflict" in rule.note or "beside the image" in rule.note


def test_claude_images_above_2000_px_were_measured_as_cut() -> None:
    """With the side that was sent, and the words about it, the rule gives these too; its record says why not."""
    for measured in MEASURED:
        if measured.model not in BESIDE or max(measured.width, measured.height) <= CUT:
            continue
        sent = CUT / max(measured.width, measured.height)
        given = image_tokens(
            image_rule(measured.model), width=round(measured.width * sent), height=round(measured.height * sent)
        )
        said = {"claude-opus-5-5": 40, "claude-haiku-4-5": 32}[measured.model]
        assert given + BESIDE[measured.model] + said == measured.tokens


@pytest.mark.parametrize(
    ("model", "size", "tokens"),
    [
        ("gpt-5", (1_920, 1_080), 910),
        ("gpt-5", (4_032, 3_024), 630),
        ("gpt-4o", (1_024, 1_024), 765),
        ("gpt-4o", (4_032, 3_024), 765),
        ("gpt-4o-mini", (1_024, 1_024), 25_501),
        ("o3", (512, 512), 225),
        ("gpt-5-mini", (1_920, 1_080), 1_810),
        ("gpt-4.1-mini", (1_920, 1_080), 2_443),
        ("foundry-gpt-4.1-nano", (4_032, 3_024), 3_572),
        ("gpt-5.4", (4_032, 3_024), 2_942),
        ("mistral-large-2512", (1_920, 1_080), 1_702),
        ("mistral-large-2512", (4_032, 3_024), 2_269),
        ("gemini-2.5-pro", (512, 512), 258),
        ("gemini-2.5-pro", (1_920, 1_080), 1_548),
        ("bedrock-nova-2-lite", (4_032, 3_024), 230),
    ],
)
def test_rules_give_what_was_computed_from_them(model: str, size: tuple[int, int], tokens: int) -> None:
    """Tiles, patches, area and flat, small and large: as whoever gathered the rules worked them out."""
    assert abs(image_tokens(image_rule(model), width=size[0], height=size[1]) - tokens) <= 1


def test_a_turned_image_costs_the_same() -> None:
    """No rule looks at which side is the longer one."""
    for rule in FACTS.image_rules.values():
        if rule.rule != "none":
            assert image_tokens(rule, width=4_000, height=700) == image_tokens(rule, width=700, height=4_000), rule.key


def test_a_model_without_images_says_so() -> None:
    """0 tokens would be a price."""
    with pytest.raises(ValueError, match="no images"):
        image_tokens(image_rule("bedrock-gpt-oss-20b"), width=1, height=1)


def test_models_without_a_rule_are_those_nobody_measured() -> None:
    """Every other one is on record, so that what is not known can be said."""
    without = {key for key in FACTS.inference if key not in FACTS.image_rules}
    assert {"grok-4.7", "gpt-5.6-sol", "qwen3.8-max", "kimi-k3", "bedrock-nova-pro"} <= without
    assert not {price.key for price in defaults()} & without


def defaults() -> list[InferencePrice]:
    """Return what forms start from."""
    return [FACTS.inference[FACTS.default_model(tier)] for tier in ("frontier", "mid", "small", "open")]
