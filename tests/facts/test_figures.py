"""The figures themselves: the defaults that the model asks for, their dates, and what published sums say of them."""

import gzip
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from statistics import median
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from calculators import facts
from calculators.facts import DATA, FACTS, SOLD_TO, Facts, GpuPrice, Ledger, Record, ServingFit
from calculators.facts.background import GpuOffer, background, price_floors
from calculators.facts.kinds import kinds_of

START = date(2026, 11, 24)
CHECKED = date(2026, 11, 27)
SHOWN = background()
LEDGERS: dict[str, Ledger[Any]] = {
    field.name: ledger
    for holder in (FACTS, SHOWN)
    for field in fields(holder)
    if isinstance(ledger := getattr(holder, field.name), Ledger)
}
SOLD = [
    ("openai", date(2026, 5, 6), "anyone"),
    ("openai", START, "existing customers"),
    ("openai", date(2027, 1, 6), "nobody"),
    ("openai-o4-mini", START, "nobody"),
    ("microsoft-foundry", START, "anyone"),
    ("microsoft-foundry-gpt-4.1", START, "anyone"),
    ("microsoft-foundry-gpt-4.1", date(2027, 4, 14), "existing customers"),
    ("microsoft-foundry-gpt-4o", START, "existing customers"),
    ("microsoft-foundry-llama-3.3-70b", date(2027, 1, 31), "nobody"),
    ("google-cloud", START, "anyone"),
    ("google-gemini-api", START, "nobody"),
    ("bedrock", START, "anyone"),
    ("cohere", START, "nobody"),
    ("coreweave", START, "anyone"),
    ("databricks", START, "existing customers"),
    ("fireworks", START, "anyone"),
    ("nebius", START, "anyone"),
    ("ori", START, "anyone"),
    ("prime-intellect", date(2026, 10, 4), "anyone"),
    ("prime-intellect", START, "nobody"),
    ("together", START, "anyone"),
    ("tinker", START, "anyone"),
]
"""Who can buy at each seller, on days that matter."""
KEPT_BY_HAND = {
    "tuning.toml",
    "availability.toml",
    "gpus.toml",
    "gpu_offers.toml",
    "model_shapes.toml",
    "vector_databases.toml",
    "labour.toml",
    "labels.toml",
    "serving.toml",
    "training.toml",
    "trainers.toml",
    "training_memory.toml",
    "assumptions.toml",
    "sources.toml",
    "rules.toml",
    "chances.toml",
    "chance_evidence.toml",
    "caching.toml",
    "places.toml",
    "tokens.toml",
    "image_measurements.toml",
    "adapters.toml",
}


def every_record() -> Iterator[Record]:
    """Yield every sourced record of every kind, those that only pages show, superseded and future ones included."""
    for ledger in LEDGERS.values():
        for key in ledger:
            yield from (record for record in ledger.history(key) if isinstance(record, Record))


@pytest.mark.parametrize(
    ("tier", "key", "price_in", "price_out"),
    [
        ("small", "gpt-6-luna", 0.1, 0.5),
        ("mid", "gpt-6.1-terra", 1.0, 5.0),
        ("frontier", "gpt-6.1-sol", 2.0, 10.0),
        ("open", "fireworks-gpt-oss-20b", 0.07, 0.30),
    ],
)
def test_each_tier_starts_from_the_model_decided_on(tier: str, key: str, price_in: float, price_out: float) -> None:
    """The prompted model is a current one, and its price holds for as long as anybody has announced."""
    assert facts.default_model(tier) == key
    prices = facts.prices_over(key, START, 36)
    assert {(price.input, price.output) for price in prices} == {(price_in, price_out)}
    assert len(prices) == 36


def test_a_tier_without_a_default_is_refused() -> None:
    """A legacy model is never what a form starts from."""
    with pytest.raises(facts.UnknownPriceError, match="legacy"):
        facts.default_model("legacy")


def test_the_default_tuning_compares_like_with_like() -> None:
    """The tuned model is the open default, sold both prompted and tuned, at the same price for a token."""
    service = FACTS.tuning[FACTS.default_tuning()]
    assert (service.key, service.training_price, service.hosting_per_hour) == ("foundry-gpt-oss-20b", 3.6, 0.30)
    prompted = FACTS.inference[FACTS.base_models[service.base_models[0]].prompted_as]
    assert prompted.key == facts.default_model("open")
    assert (service.input, service.output) == (prompted.input, prompted.output)


def test_services_bill_as_their_sources_say() -> None:
    """Together bills what it validates on, AWS stores tuned weights for money."""
    assert {key for key, service in FACTS.tuning.items() if service.validation_billed} == {
        "together-16b",
        "together-69b",
        "together-100b",
    }
    assert FACTS.tuning["bedrock-nova-micro"].storage_per_month == 1.95
    assert FACTS.tuning["openai-gpt-4.1-mini"].training_price == 5.0


# Who can buy what, until when


def test_the_timeline_of_every_seller_runs_one_way() -> None:
    """A seller that closed does not open again by mistake, and what lies ahead says since when it is known."""
    for key in FACTS.availability:
        history = FACTS.availability.history(key)
        ranks = [SOLD_TO.index(record.sold_to) for record in history]
        assert ranks == sorted(ranks), key
        assert [record.valid_from for record in history] == sorted({record.valid_from for record in history}), key
        assert all(record.announced for record in history if record.valid_from > START), key
        assert len({record.provider for record in history}) == 1, key
        assert all(record.tunes for record in history if record.sold_to != "nobody"), key


def test_quotations_are_short_and_not_ours() -> None:
    """They stand beside our own sentence, and never instead of it."""
    for key in FACTS.availability:
        for record in FACTS.availability.history(key):
            assert len(record.quote) <= 200, key
            assert record.what.endswith("."), key
            assert record.quote not in record.what or not record.quote, key


@pytest.mark.parametrize(("key", "day", "sold_to"), SOLD)
def test_each_seller_sells_to_whom_its_sources_say(key: str, day: date, sold_to: str) -> None:
    """As of each day, by what was known on it."""
    assert next(record for record in reversed(FACTS.availability.history(key)) if record.valid_from <= day).sold_to == (
        sold_to
    )
    assert FACTS.availability.at(key, min(day, START)).known_from <= START


def test_every_seller_is_looked_at() -> None:
    """A seller added without a row above would go unchecked; Mistral's status is unconfirmed either way."""
    assert {key for key, _, _ in SOLD} == set(FACTS.availability)
    assert not {record.provider for record in FACTS.availability.values()} & {"Mistral AI", "Predibase"}


def test_a_service_is_sold_from_its_first_price_on() -> None:
    """Otherwise a link of that day would ask for an offer that no record knows."""
    for key in FACTS.tuning:
        first = FACTS.tuning.history(key)[0]
        assert FACTS.availability.history(first.offer)[0].valid_from <= first.valid_from, key


def test_models_tuned_on_a_base_that_is_withdrawn_have_their_day() -> None:
    """The day stands on each service: the same base dies at OpenAI nine months before it does at Microsoft."""
    assert {key: service.stops for key, service in FACTS.tuning.items() if service.stops} == {
        "openai-gpt-4.1": date(2027, 1, 14),
        "openai-gpt-4.1-mini": date(2027, 1, 14),
        "openai-gpt-4o": date(2027, 1, 14),
        "openai-gpt-4o-mini": date(2027, 1, 14),
        "foundry-gpt-4.1": date(2027, 10, 14),
        "foundry-gpt-4.1-mini": date(2027, 10, 14),
        "foundry-gpt-4o": date(2027, 10, 1),
        "foundry-gpt-4o-mini": date(2027, 10, 1),
        "foundry-llama-3.3-70b": date(2027, 1, 31),
    }
    assert not [key for key, model in FACTS.base_models.items() if model.retires]


# What must not be, as the notes on the data have it


def test_nothing_closed_discounted_or_about_to_change_is_a_default() -> None:
    """Neither OpenAI's nor Prime Intellect's tuning, no preview, no introductory price, none that changes."""
    service = FACTS.tuning[FACTS.default_tuning()]
    assert service.provider not in {"OpenAI", "Prime Intellect"}
    assert not service.preview
    assert service.stops is None
    assert {record.sold_to for record in FACTS.availability.over(service.offer, START, 36)} == {"anyone"}
    for tier in ("small", "mid", "frontier", "open"):
        price = FACTS.inference[facts.default_model(tier)]
        assert price.rate == "standard", tier
        assert price.retires is None, tier
        assert price is FACTS.inference.history(price.key)[-1], tier


def test_no_service_tunes_what_its_seller_does_not_offer_newcomers_unsaid() -> None:
    """A price without proof that it is sold is left out: Google's, CoreWeave's and the closed ones."""
    assert {service.provider for service in FACTS.tuning.values()} == {
        "Together AI",
        "Fireworks AI",
        "Amazon Web Services",
        "Thinking Machines Lab",
        "OpenAI",
        "Microsoft",
    }
    tinker = [key for key, service in FACTS.tuning.items() if service.provider == "Thinking Machines Lab"]
    assert tinker == ["tinker-qwen3-8b"], "the other prices of Tinker are of spring and understated"
    assert not [key for key, service in FACTS.tuning.items() if service.preview]


def test_a_tuned_model_at_fireworks_or_together_needs_a_gpu_of_its_own() -> None:
    """Their price for a base model's tokens is not the tuned model's."""
    dedicated = [service for service in FACTS.tuning.values() if service.offer in {"fireworks", "together"}]
    assert len(dedicated) == 5
    assert all(service.input is None and service.output is None for service in dedicated)
    assert all(service.hosting_is_per_gpu and service.hosting_per_hour for service in dedicated)


def test_saturation_records_are_not_taken_as_they_are() -> None:
    """Of NVIDIA's rows 40 to 65% are usable; the one run at a latency limit is used as it is."""
    nvidia = [fit for fit in FACTS.serving.values() if any("tensorrt" in source for source in fit.sources)]
    assert len(nvidia) == 6
    assert all(fit.saturation for fit in nvidia)
    assert [key for key, fit in FACTS.serving.items() if not fit.saturation] == ["qwen3-8b-H100"]
    share = FACTS.assumptions["usable_share"]
    assert (share.low, share.value, share.high) == (0.4, 0.5, 0.65)


def test_hidden_reasoning_is_counted() -> None:
    """500 hidden tokens more than double a small request to the small default, which reasons unless told not to."""
    luna = FACTS.inference[facts.default_model("small")]
    assert luna.reasons_by_default
    hidden = FACTS.assume("reasoning_tokens")
    assert 1_000 * luna.input + (200 + hidden) * luna.output > 2 * (1_000 * luna.input + 200 * luna.output)


def test_waiting_is_not_assumed_to_be_half_price() -> None:
    """DeepSeek and Groq sell no discount for it, as far as their records go."""
    unsold = [key for key, price in FACTS.inference.items() if price.provider in {"DeepSeek", "Groq"}]
    assert {"deepseek-v4-flash", "groq-gpt-oss-20b"} <= set(unsold)
    assert not [key for key in unsold if FACTS.inference[key].batch_input is not None]


def test_writing_to_a_cache_is_not_assumed_to_cost_a_quarter_more() -> None:
    """Where no price of writing is stated, none is made up; where keeping it longer costs twice, the note says so."""
    unstated = [key for key, price in FACTS.inference.items() if price.cached_input and price.cache_write is None]
    assert {"gpt-5.5", "gemini-4-argon"} <= set(unstated)
    for tier in ("small", "mid", "frontier"):
        assert "2.5 times the input price" in FACTS.inference[facts.default_model(tier)].note


@pytest.mark.parametrize(
    ("key", "value", "low", "high"),
    [
        ("setup_prompt", 40, 16, 80),
        ("monthly_prompt", 4, 1, 12),
        ("setup_few_shot", 56, 24, 110),
        ("monthly_few_shot", 5, 1, 14),
        ("setup_rag", 140, 60, 320),
        ("monthly_rag", 10, 4, 40),
        ("setup_api", 120, 60, 300),
        ("monthly_api", 8, 3, 24),
        ("setup_own", 240, 120, 960),
        ("monthly_own", 30, 10, 160),
        ("eval_hours", 24, 8, 80),
        ("peak_to_mean", 4, 1, 10),
        ("examples", 500, 50, 10_000),
        ("example_price", 1, 0.10, 23.35),
        ("model_life", 12, 6, 18),
        ("model_life_author", 4, 3, 6),
        ("runs", 3, 1, 10),
        ("replicas", 2, 1, 4),
        ("usable_share", 0.5, 0.4, 0.65),
        ("discount_rate", 0, 0, 0.2),
        ("cache_minutes", 5, 5, 60),
        ("cache_minimum_tokens", 1024, 512, 4096),
        ("hours_per_month", 730, 720, 744),
    ],
)
def test_what_is_assumed_is_what_was_decided(key: str, value: float, low: float, high: float) -> None:
    """The assumptions are the model's table of defaults, with its ranges."""
    assumption = FACTS.assumptions[key]
    assert (assumption.value, assumption.low, assumption.high) == (value, low, high)
    assert FACTS.assume(key) == value


def test_rent_is_the_specialist_median_with_hyperscalers_apart() -> None:
    """One price per provider, never mixed with hyperscalers, never a marketplace minimum."""
    specialist, hyperscaler = FACTS.gpu_prices["H100-specialist"], FACTS.gpu_prices["H100-hyperscaler"]
    assert (specialist.low, specialist.price, specialist.high) == (2.60, 3.60, 6.20)
    assert (hyperscaler.low, hyperscaler.price, hyperscaler.high) == (6.88, 10.00, 12.29)
    assert FACTS.gpu_prices["H200-specialist"].price == 4.95
    assert FACTS.gpu_prices["B200-specialist"].price >= 6.0, "the median of May is too low"
    assert FACTS.gpu_prices["A100-80-specialist"].price >= 1.7, "the median of May is too low"


def offers(gpu: str, cloud: str) -> list[GpuOffer]:
    """Return what single providers of one kind charge for a GPU on demand."""
    return [
        offer for offer in SHOWN.gpu_offers.values() if (offer.gpu, offer.cloud) == (gpu, cloud) and offer.on_demand
    ]


def of_the_offers(cloud: str) -> list[GpuPrice]:
    """Return the summaries of rents that say they are of the offers themselves."""
    return [
        rent
        for rent in FACTS.gpu_prices.values()
        if (rent.cloud, rent.terms) == (cloud, "on-demand")
        and ("specialist offers" in rent.note or cloud == "hyperscaler")
    ]


def test_a_summary_of_offers_is_what_the_offers_give() -> None:
    """Count, least, most and median, one price for each provider, hyperscalers and marketplaces left out."""
    summaries = of_the_offers("specialist")
    assert {rent.gpu for rent in summaries} == {"A100-40", "MI300X"}
    for rent in summaries:
        prices = [offer.on_demand or math.nan for offer in offers(rent.gpu, "specialist")]
        assert len(prices) == rent.count, rent.key
        assert (min(prices), max(prices)) == (rent.low, rent.high), rent.key
        assert rent.price == pytest.approx(median(prices), abs=0.0051), rent.key


def test_a_summary_of_hyperscalers_spans_their_offers() -> None:
    """Several machines of one seller count there, and here its cheapest: the least is the same, the most no less."""
    summaries = of_the_offers("hyperscaler")
    assert {rent.gpu for rent in summaries} == {"H100", "A100-80", "A100-40", "L40S", "L4", "A10", "A10G"}
    for rent in summaries:
        prices = [offer.on_demand or math.nan for offer in offers(rent.gpu, "hyperscaler")]
        assert len(prices) <= rent.count, rent.key
        assert rent.low == pytest.approx(min(prices), abs=0.0051), rent.key
        assert rent.high >= max(prices) - 0.0051, rent.key


def test_a_summary_of_another_series_says_so() -> None:
    """A reader who finds other prices among the offers must learn why."""
    others = [
        rent
        for rent in FACTS.gpu_prices.values()
        if rent not in (*of_the_offers("specialist"), *of_the_offers("hyperscaler"))
    ]
    assert {rent.key for rent in others} == {
        "H100-specialist",
        "H200-specialist",
        "B200-specialist",
        "A100-80-specialist",
        "L40S-specialist",
        "A100-80-2023",
        "H100-2023",
        "L4-specialist",
        "A10-specialist",
        "RTX4090-specialist",
        "RTX5090-specialist",
        "RTX-PRO-6000-specialist",
    } | {rent.key for rent in FACTS.gpu_prices.values() if rent.terms != "on-demand"}
    told = (
        "one average price for each",
        "Not a median",
        "of its time",
        "Median of a feed",
        "Median of one price for each",
        "Middle of two",
        "One offer",
    )
    for rent in others:
        assert any(words in rent.note for words in told), rent.key


def test_what_can_be_taken_away_costs_less() -> None:
    """Of every rent that may end at any moment there is one on demand beside it, which is no lower."""
    found = [rent for rent in FACTS.gpu_prices.values() if rent.terms == "interruptible"]

    assert len(found) >= 12
    for rent in found:
        assert rent.key == f"{rent.gpu}-{rent.cloud}-interruptible"
        if beside := FACTS.gpu_prices.get(f"{rent.gpu}-{rent.cloud}"):
            assert rent.price <= beside.price, rent.key


def test_there_is_one_offer_for_each_provider_and_gpu() -> None:
    """Their keys say so, and marketplaces are marked as what they are."""
    assert len(SHOWN.gpu_offers) >= 100
    pairs = [(offer.gpu, offer.provider) for offer in SHOWN.gpu_offers.values()]
    assert len(set(pairs)) == len(pairs)
    for key, offer in SHOWN.gpu_offers.items():
        assert key.startswith(f"{offer.gpu}-"), key
        assert offer.valid_from <= offer.checked, key
    markets = {offer.provider for offer in SHOWN.gpu_offers.values() if offer.cloud == "marketplace"}
    assert markets == {"Akash", "RunPod Community Cloud", "Salad", "Spheron", "Vast.ai"}
    hyperscalers = {offer.provider for offer in SHOWN.gpu_offers.values() if offer.cloud == "hyperscaler"}
    assert hyperscalers == {"Amazon Web Services", "Google Cloud", "Microsoft Azure", "Oracle Cloud"}


def test_an_hour_of_a_developer_is_wage_over_wage_share() -> None:
    """The rate is derived from two official figures, and so is its range."""
    wage = FACTS.wages["software-developer"]
    assert wage.hourly == pytest.approx(135_980 / 2_080 / 0.70, abs=0.005) == 93.39
    assert wage.high == pytest.approx(135_980 / 2_080 / 0.685, abs=0.005)


def test_the_published_scale_comes_out() -> None:
    """Figures that a reader can recognise: they would expose a price per thousand or a month of a wrong length."""
    assert 3 * (FACTS.tuning["together-16b"].training_price or 0) == pytest.approx(1.4, abs=0.05)
    hours = FACTS.assume("hours_per_month")
    assert FACTS.gpu_prices["H100-specialist"].price * hours == pytest.approx(2_660, rel=0.02)
    assert (FACTS.tuning["fireworks-16b"].hosting_per_hour or 0) * hours == pytest.approx(5_110)
    assert FACTS.vector_databases["pgvector-t4g-medium"].monthly_minimum == pytest.approx(0.065 * hours)
    luna = FACTS.inference["gpt-6-luna"]
    assert (1_000 * luna.input + 200 * luna.output) / 1e6 == pytest.approx(0.00020)
    assert (1_000 * luna.input + 700 * luna.output) / 1e6 == pytest.approx(0.00045)
    [saturated] = [row for row in FACTS.serving["llama-3.1-8b-H100"].rows if row[:2] == (1000, 1000)]
    assert FACTS.gpu_prices["H100-specialist"].price / 3_600 / saturated[2] * 1e6 == pytest.approx(0.066, abs=0.001)


@pytest.mark.parametrize(("key", "off_peak"), [("deepseek-v4-flash", (0.15, 0.60)), ("deepseek-v4-pro", (0.66, 1.98))])
def test_a_price_that_changes_by_the_hour_is_its_mean_over_the_week(key: str, off_peak: tuple[float, float]) -> None:
    """Seven of DeepSeek's hours cost double from Monday to Friday, so the mean is 29/24 of the cheap price."""
    price = FACTS.inference[key]
    assert [price.input, price.output] == pytest.approx([part * 29 / 24 for part in off_peak], abs=0.0006)
    assert price.note.startswith("Mean over the week")
    assert price.batch_input is None, "waiting saves nothing there"


def test_a_mend_leaves_what_was_said_before() -> None:
    """Before it DeepSeek's mean was that of a weekday, and the rent of an L40S one of May: old links keep them."""
    mended = {record.key: record for record in every_record() if record.mends}
    assert mended.keys() == {"deepseek-v4-pro", "deepseek-v4-flash", "deepseek-flash", "L40S-specialist"}
    for record in mended.values():
        assert record.valid_from == record.checked == CHECKED, record.key
    then, now = FACTS.inference.at("deepseek-flash", START), FACTS.inference.at("deepseek-flash", CHECKED)
    assert ((then.input, then.output), (now.input, now.output)) == ((0.19, 0.77), (0.181, 0.725))
    rents = [FACTS.gpu_prices.at("L40S-specialist", day).price for day in (START, CHECKED)]
    assert rents == [1.16, 1.57]


@pytest.mark.parametrize("key", FACTS.shapes)
def test_the_cache_of_a_token_follows_from_the_heads(key: str) -> None:
    """Keys and values of every layer that looks back at all; latent attention keeps one vector for both."""
    shape = FACTS.shapes[key]
    kept = 1 if shape.key_value_heads == 1 else 2

    assert (
        shape.cache_bytes_per_token
        == kept * shape.full_attention_layers * shape.key_value_heads * shape.head_dimension * 2
    )


@pytest.mark.parametrize("key", FACTS.shapes)
def test_a_shape_is_that_of_a_model(key: str) -> None:
    """Heads divide heads; no more of it takes part, or looks back at all of a text, than there is."""
    shape = FACTS.shapes[key]

    assert shape.query_heads % shape.key_value_heads == 0
    assert 0 < shape.active <= shape.parameters
    assert 0 < shape.full_attention_layers <= shape.layers
    assert (shape.full_attention_layers < shape.layers) == (shape.cache_bytes_per_sequence > 0)


@pytest.mark.parametrize("key", [key for key, model in FACTS.base_models.items() if model.parameters])
def test_a_base_model_whose_weights_are_published_has_a_shape(key: str) -> None:
    """It has the size that the model is called by."""
    shape, model = FACTS.shapes[key], FACTS.base_models[key]

    assert model.parameters is not None
    assert abs(shape.parameters / model.parameters - 1) < 0.03


def test_training_memory_is_the_table_and_not_the_rule_of_thumb() -> None:
    """The rule would put a 70B on a card of 40 GB."""
    assert FACTS.training_memory["qlora-4"].needed(70e9) == 48e9
    assert FACTS.training_memory["qlora-4"].needed(8e9) == 12e9
    assert FACTS.training_memory["lora-16"].needed(70e9) == 160e9
    assert FACTS.training_memory["lora-16"].needed(71e9) is None


def named_by(record: Record) -> set[str]:
    """Return the ids of the sources that a record names."""
    return set(record.sources) | {
        value for field in fields(record) if field.name.endswith("_source") and (value := getattr(record, field.name))
    }


def test_every_source_is_used() -> None:
    """No source stands there for show: something that a calculator uses or a page shows rests on it."""
    used = {source for record in every_record() for source in named_by(record)}
    used |= {source for floor in price_floors().floors.values() for source in floor.sources}
    assert set(FACTS.sources) - used == set()


def test_every_date_is_past() -> None:
    """Nobody checked or announced anything in the future."""
    for record in every_record():
        assert date(2022, 1, 1) <= record.known_from <= record.checked <= FACTS.checked, record.key
    assert all(source.accessed <= FACTS.checked for source in FACTS.sources.values())
    assert all(source.url.startswith(("https://", "http://", "pkg:")) for source in FACTS.sources.values())
    assert FACTS.checked == CHECKED <= FACTS.today


def test_every_file_kept_by_hand_says_its_units_and_how_to_add_to_it() -> None:
    """Whoever appends a record finds at the top what the numbers are."""
    for name in KEPT_BY_HAND:
        lines = (DATA / name).read_text(encoding="utf-8").splitlines()
        comment = " ".join(itertools.takewhile(lambda line: line.startswith("#"), lines))
        assert "Append" in comment, name
        assert len(comment) > 100, name
    generated = {file.name for file in DATA.glob("*.toml") if "do not edit" in file.read_text(encoding="utf-8")[:1_000]}
    assert generated == {"inference_prices.toml", "retrieval_prices.toml", "foundry_tuning.toml", "disagreements.toml"}


def test_every_number_of_a_record_has_a_unit() -> None:
    """A bare float in a record would be a number without a unit."""
    bare = []
    for kind in {type(record) for record in every_record()}:
        for name, hint in get_type_hints(kind, include_extras=True).items():
            for part in leaves(hint):
                unit = get_args(part)[1].unit if get_origin(part) is Annotated else ""
                if part in (int, float) or (get_origin(part) is Annotated and not unit and not get_args(part)[1].whole):
                    bare.append(f"{kind.__name__}.{name}")
    assert not bare


def leaves(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - a type hint has no narrower type
    """Yield the types that a type is made of, an annotated one as a whole."""
    if get_origin(hint) is Annotated or not get_args(hint):
        yield hint
    else:
        for argument in get_args(hint):
            yield from leaves(argument)


def test_the_figures_stay_small_enough_to_be_loaded_by_every_reader() -> None:
    """What calculators use travels to the browser: about 51,000 bytes of all, which are about 77,000."""
    used = {file for kind in kinds_of(Facts).values() for file in kind.files}
    assert packed(used) < 58_000
    assert packed({file.name for file in DATA.glob("*.toml")}) < 90_000


def packed(files: set[str]) -> int:
    """Return how many bytes some files take, compressed together."""
    return len(gzip.compress(b"".join((DATA / file).read_bytes() for file in sorted(files))))


# Labels


def test_an_example_by_your_own_expert_is_a_quarter_of_an_hour() -> None:
    """The dearest of the label prices is derived from the wage and from an assumption."""
    wage, label = FACTS.wages["software-developer"], SHOWN.labels["expert-example"]
    hours = FACTS.assume("expert_hours_per_example")
    assert (label.low, label.high) == pytest.approx((wage.low * hours, wage.high * hours), abs=0.0051)


# Serving


def gpu_seconds(fit: ServingFit, row: tuple[int, int, float]) -> float:
    """Return what a measured row says one request costs."""
    return row[1] * fit.gpus_per_replica / row[2]


def fitted(fit: ServingFit) -> tuple[float, float, float]:
    """Fit the rows again: of all ways to set some coefficients to zero, the best without a negative one."""
    count = 3 if len(fit.rows) > 2 else 2
    table = [
        [part / gpu_seconds(fit, row) for part in (row[0], row[1], row[1] * (row[0] + row[1] / 2))][:count]
        for row in fit.rows
    ]
    best = (math.inf, (0.0, 0.0, 0.0))
    for size in range(1, count + 1):
        for chosen in itertools.combinations(range(count), size):
            solution = least_squares([[row[column] for column in chosen] for row in table])
            if min(solution) < 0:
                continue
            full = [0.0, 0.0, 0.0]
            for column, value in zip(chosen, solution, strict=True):
                full[column] = value
            squares = sum((sum(a * b for a, b in zip(row, full, strict=False)) - 1) ** 2 for row in table)
            best = min(best, (squares, (full[0], full[1], full[2])))
    return best[1]


def least_squares(table: Sequence[Sequence[float]]) -> list[float]:
    """Return x for which table · x is nearest to ones, by the normal equations with each column scaled to one."""
    size = len(table[0])
    scale = [math.sqrt(sum(row[column] ** 2 for row in table)) for column in range(size)]
    scaled = [[row[column] / scale[column] for column in range(size)] for row in table]
    rows = [[sum(r[i] * r[j] for r in scaled) for j in range(size)] + [sum(r[i] for r in scaled)] for i in range(size)]
    for i in range(size):
        for k in range(size):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] / scale[i] for i in range(size)]


@pytest.mark.parametrize("key", list(FACTS.serving))
def test_the_coefficients_are_the_fit_to_their_rows(key: str) -> None:
    """Anyone who changes a row must fit again."""
    fit = FACTS.serving[key]
    expected = fitted(fit)
    found = [fit.prefill_seconds, fit.decode_seconds, fit.attention_seconds]
    assert found == pytest.approx(list(expected), rel=1e-3, abs=1e-12)


def test_the_coefficients_are_those_of_the_cost_model() -> None:
    """
    The 8B's are those of the cost model. The 70B ran on two GPUs: the model's figures are seconds of the pair, so each
    is half of the GPU-seconds.
    """
    small, large = FACTS.serving["llama-3.1-8b-H100"], FACTS.serving["llama-3.3-70b-H100"]
    assert small.prefill_seconds == pytest.approx(1.41e-5, rel=0.03)
    assert small.decode_seconds == pytest.approx(1.51e-5, rel=0.03)
    assert small.attention_seconds == pytest.approx(2.57e-8, rel=0.03)
    assert large.gpus_per_replica == 2
    assert large.prefill_seconds / 2 == pytest.approx(6.97e-5, rel=0.03)
    assert large.decode_seconds / 2 == pytest.approx(7.12e-5, rel=0.03)
    assert large.attention_seconds / 2 == pytest.approx(6.62e-8, rel=0.03)


def test_the_fit_says_how_good_it_is() -> None:
    """Records of NVIDIA's fit within 8%, rows held out included; two rows alone say nothing of the error."""
    for fit in FACTS.serving.values():
        if "tensorrt-llm-1.0" in fit.sources:
            assert 0 < (fit.worst_error or 0) < 0.08, fit.key
        assert all(abs(fit.error(row)) < 0.08 for row in fit.held_out), fit.key
    assert sum(len(fit.held_out) for fit in FACTS.serving.values()) == 3
    two_rows = FACTS.serving["gpt-oss-20b-H100"]
    assert not two_rows.validated
    assert two_rows.worst_error is None
    assert two_rows.attention_seconds == 0
    assert all(two_rows.error(row) == pytest.approx(0, abs=1e-3) for row in two_rows.rows)
    assert (two_rows.input_range, two_rows.output_range) == ((1000, 8192), (1000, 1024))


def test_every_base_model_that_can_be_served_has_a_fit_on_the_default_gpu() -> None:
    """A model without one could be offered for self-hosting and then not be answered."""
    for key, model in FACTS.base_models.items():
        fit = FACTS.serving.get(f"{model.served_as or key}-H100")
        assert (fit.gpus_per_replica if fit else None) == model.gpus_needed, key
