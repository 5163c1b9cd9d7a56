"""Each package is read by exact ids, and none of its known traps is walked into."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from prices import items, selection, wheels
from prices.genai import Genai
from prices.selection import Item, Tuning
from prices.terms import PricesError, Terms
from tests.prices.fakes import DAY, GENAI, SNAPSHOT, books, interval


def test_genai_prices_answers_an_exact_id_and_no_neighbour() -> None:
    """The package itself would match “one-mini” by its prefix and charge what “one” costs."""
    known = books().genai
    listing = known.listing("acme/one")
    assert listing is not None
    assert listing.at(DAY) == Terms(
        input=Decimal(2),
        output=Decimal(10),
        cached_input=Decimal("0.2"),
        batch_input=Decimal(1),
        batch_output=Decimal(5),
    )
    assert listing.context_window == 100_000
    assert known.listing("acme/one-mini") is None
    assert known.listing("acme/on") is None
    assert known.listing("other/one") is None


def test_a_batch_price_is_not_half_a_price_that_nobody_states() -> None:
    """Before the day it was verified, and for models without one, there is none."""
    listing = books().genai.listing("acme/one")
    assert listing is not None
    assert listing.at(date(2026, 10, 13)).batch_input is None
    rising = books().genai.listing("acme/rising")
    assert rising is not None
    assert rising.at(DAY).batch_input is None


def test_prices_to_come_are_changes_with_their_day() -> None:
    """An announced price is not today's."""
    listing = books().genai.listing("acme/rising")
    assert listing is not None
    assert listing.at(DAY).input == 1
    assert [(change.since, change.terms and change.terms.input) for change in listing.changes()] == [
        (date(2026, 12, 1), Decimal(2))
    ]


def test_a_price_of_some_hours_is_not_the_price_of_the_day() -> None:
    """The cheap hours are the price; the dear ones go into the mean elsewhere."""
    listing = books().genai.listing("acme/hourly")
    assert listing is not None
    assert listing.at(DAY).input == Decimal("0.15")


def test_code_in_the_place_of_a_literal_stops_the_build() -> None:
    """Nothing of a package runs."""
    with pytest.raises(PricesError, match="more than a literal: __import__"):
        Genai(GENAI.replace("Decimal('0.2')", "__import__('os').getpid()"))
    with pytest.raises(PricesError, match="its layout has changed"):
        Genai("providers = 3")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "input_mtok=TieredPrices(base=Decimal('2'), tiers=[",
            "input_mtok=TieredPrices(base=Decimal('2'), tiers=[Tier(start=9, price=Decimal('3')), ",
            "2 prices for long prompts",
        ),
        ("Tier(start=200000, price=Decimal('18'))", "Tier(start=300000, price=Decimal('18'))", "several thresholds"),
    ],
)
def test_a_price_that_a_record_cannot_hold_is_refused(old: str, new: str, message: str) -> None:
    """Rather than losing a part of it."""
    with pytest.raises(PricesError, match=message):
        books(genai=GENAI.replace(old, new)).genai.listing("acme/long")


def test_litellm_prices_a_token_and_we_a_million() -> None:
    """In decimal, so that no digit is rounded away; nought for a cache means that none is charged for."""
    table = {
        "m": {
            "input_cost_per_token": 3.625e-09,
            "output_cost_per_token": 1.2e-06,
            "cache_creation_input_token_cost": 0.0,
        }
    }
    entry = books(litellm=table).litellm.entry("m")
    assert entry is not None
    assert entry.terms == Terms(input=Decimal("0.003625"), output=Decimal("1.2"))
    assert books().litellm.entry("on") is None


def test_litellms_price_of_long_prompts_is_a_multiple_of_the_whole_request() -> None:
    """Only one threshold fits a record: several are left to genai-prices."""
    row = {
        "input_cost_per_token": 1e-06,
        "output_cost_per_token": 4e-06,
        "input_cost_per_token_above_200k_tokens": 2e-06,
        "output_cost_per_token_above_200k_tokens": 6e-06,
    }
    entry = books(litellm={"m": row}).litellm.entry("m")
    assert entry is not None
    assert entry.terms is not None
    assert entry.terms.long_prompt is not None
    assert (entry.terms.long_prompt.above, entry.terms.long_prompt.input) == (200_000, Decimal(2))
    assert entry.terms.long_prompt.output == Decimal("1.5")
    twice = {**row, "input_cost_per_token_above_512k_tokens": 3e-06}
    entry = books(litellm={"m": twice}).litellm.entry("m")
    assert entry is not None
    assert entry.terms is not None
    assert entry.terms.long_prompt is None


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        ({"thinking_on_by_default": True}, True),
        ({"thinking_always_on": True, "supports_reasoning": True}, True),
        ({"supports_reasoning": True, "supports_none_reasoning_effort": False}, True),
        ({"supports_reasoning": True, "default_reasoning_effort": "none"}, False),
        ({"supports_reasoning": True, "supports_none_reasoning_effort": True}, None),
        ({"supports_reasoning": True}, None),
        ({"supports_none_reasoning_effort": False}, None),
    ],
)
def test_a_model_reasons_by_default_where_litellm_says_so(row: dict[str, object], reasons: bool | None) -> None:
    """That it can reason says nothing of whether it does."""
    entry = books(litellm={"m": {"input_cost_per_token": 1e-06, **row}}).litellm.entry("m")
    assert entry is not None
    assert entry.reasons_by_default is reasons


def test_model_prices_knows_nothing_before_its_first_recording() -> None:
    """The package answers any earlier day with its first price; here that price begins when it was recorded."""
    timeline = books().model_prices.timeline("acme/one")
    assert timeline is not None
    assert timeline[0].since == date(2026, 2, 1)
    assert not timeline[0].documented
    assert books().model_prices.timeline("acme/one-mini") is None


def test_a_recording_that_was_mended_on_its_day_does_not_count() -> None:
    """The corrected price begins on the same day, and its words are the seller's."""
    prices = {
        "standard": [
            interval(None, (3.0, 15.0), valid_from="2025-10-15T17:24:36Z"),
            interval("2025-10-15T17:24:36Z", (1.0, 5.0), basis="documented"),
        ]
    }
    timeline = books(snapshot={**SNAPSHOT, "prices": {"acme": {"one": prices}}}).model_prices.timeline("acme/one")
    assert timeline is not None
    [step] = timeline
    assert step.terms is not None
    assert (step.since, step.terms.input, step.documented) == (date(2025, 10, 15), Decimal(1), True)


def test_a_batch_price_that_came_later_makes_a_step() -> None:
    """A price from before it had none."""
    timeline = books().model_prices.timeline("acme/batched")
    assert timeline is not None
    assert [(step.since, step.terms and step.terms.batch_input) for step in timeline] == [
        (date(2026, 6, 11), None),
        (date(2026, 7, 7), Decimal(1)),
    ]


def test_a_snapshot_of_another_schema_is_refused() -> None:
    """It would be read as something else."""
    with pytest.raises(PricesError, match="schema 2, where 1 is understood"):
        books(snapshot={**SNAPSHOT, "schema": 2})


def test_the_radar_dates_a_price_by_the_first_list_that_has_it() -> None:
    """A price that stays is one step; nought is a price of its own, not a missing one."""
    timeline = books().radar.timeline("acme/old")
    assert timeline is not None
    assert [(step.since, step.terms and step.terms.input) for step in timeline] == [
        (date(2023, 7, 26), Decimal(30)),
        (date(2023, 12, 3), Decimal(10)),
    ]
    free = books().radar.timeline("acme/free")
    assert free is not None
    assert free[0].terms is not None
    assert free[0].terms.input == 0
    assert free[1].terms is None, "it left the list"
    assert books().radar.timeline("acme/ol") is None


SERVICE = Tuning(
    key="acme-small",
    meters={
        "training_price": "Small FT Tokens",
        "input": "Small In-FT Tokens",
        "output": "Small Out-FT Tokens",
        "hosting_per_hour": "Small FT Hosting Unit",
    },
    fields={"name": "Small", "provider": "Acme", "base_models": ["small"], "validation_billed": False},
    note="A note.",
)


def test_azure_is_the_cheapest_region_that_anybody_can_buy_in() -> None:
    """Regions for governments are left out; the note says how much dearer the dearest is."""
    row = items.tuning(SERVICE, books(), DAY)
    assert (row["training_price"], row["input"], row["output"], row["hosting_per_hour"]) == (
        Decimal("3.6"),
        Decimal("0.07"),
        Decimal("0.3"),
        Decimal("0.3"),
    )
    assert row["note"] == "Cheapest region of each meter; the dearest charges 25% more. A note."
    assert row["valid_from"] == date(2026, 5, 1), "the day on which the last of its meters came into force"
    assert row["base_models"] == ("small",)


def test_a_meter_has_an_exact_name() -> None:
    """Azure names things in half a dozen ways: none is guessed."""
    service = Tuning(key="acme-small", meters={"training_price": "small ft tokens"}, fields={})
    with pytest.raises(PricesError, match=r"models\.toml: acme-small: .* no meter called small ft tokens"):
        items.tuning(service, books(), DAY)


def test_embeddings_and_rerankers_come_from_litellm() -> None:
    """A reranker is billed by the query or by the token, as models.toml says, and never both."""
    embed = Item(key="embed", name="embed", provider="Acme", ids={"litellm": "embed"}, since=DAY)
    assert items.embedding(embed, books(), DAY)["price"] == Decimal("0.02")
    assert items.embedding(embed, books(), DAY)["batch_price"] == Decimal("0.01")
    rerank = Item(key="r", name="r", provider="Acme", ids={"litellm": "rerank"}, per_query=True, since=DAY)
    assert items.reranker(rerank, books(), DAY)["price_per_thousand_queries"] == 2
    with pytest.raises(PricesError, match="litellm does not bill it by the token"):
        items.reranker(Item(key="r", name="r", provider="Acme", ids={"litellm": "rerank"}, since=DAY), books(), DAY)
    with pytest.raises(PricesError, match="nobody says since when"):
        items.embedding(Item(key="e", name="e", provider="Acme", ids={"litellm": "embed"}), books(), DAY)


MODELS = """
checked = 2026-11-24

[[withdrawn]]
package = "genai-prices"
id = "acme/fallen"
ended = 2026-08-16
reason = "its page of deprecations"

[[model]]
key = "one"
name = "One"
provider = "Acme"
tier = "mid"
ids.genai-prices = "acme/one"
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('tier = "mid"', 'teir = "mid"', "models.toml: one: nothing reads teir"),
        ('tier = "mid"\n', "", "models.toml: one: missing: tier"),
        ('"acme/one"', '"acme/fallen"', "one: genai-prices still lists acme/fallen, which ended on 2026-08-16"),
        (
            '[[model]]\nkey = "one"',
            '[[model]]\nkey = "one"\nname = "O"\nprovider = "A"\ntier = "mid"\n\n[[model]]\nkey = "one"',
            "one: two entries have this key",
        ),
    ],
)
def test_a_selection_that_says_something_wrong_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """What a package still lists although the seller has ended it can be written down, and is then never sold."""
    path = tmp_path / "models.toml"
    path.write_text(MODELS, encoding="utf-8")
    assert selection.read(path).models[0].ids == {"genai-prices": "acme/one"}
    path.write_text(MODELS.replace(old, new), encoding="utf-8")
    with pytest.raises(PricesError) as refusal:
        selection.read(path)
    assert message in str(refusal.value)


def test_every_package_is_pinned_to_one_file(tmp_path: Path) -> None:
    """A line without a hash, or with a range, is refused."""
    path = tmp_path / "packages.txt"
    path.write_text(f"# why\na-b==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    assert wheels.pins(path)["a-b"].version == "1.0"
    path.write_text("a-b>=1.0\n", encoding="utf-8")
    with pytest.raises(PricesError, match="pin every package to one file"):
        wheels.pins(path)


def test_a_file_that_is_not_what_was_pinned_is_not_read(tmp_path: Path) -> None:
    """A wheel of the right name and other contents does not count as there."""
    pin = wheels.Pin("a-b", "1.0", "0" * 64)
    (tmp_path / "a_b-1.0-py3-none-any.whl").write_bytes(b"something else")
    assert wheels._verified({"a-b": pin}, tmp_path) == {}


def test_a_day_is_one_of_utc() -> None:
    """Midnight in Beijing lies on the day before."""
    timeline = books().model_prices.timeline("acme/hourly")
    assert timeline is not None
    assert timeline[1].since == date(2026, 8, 16)
