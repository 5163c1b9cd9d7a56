"""Loading: what is in force when, and what is refused, with the file and the key named."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from calculators import facts
from calculators.facts import DATA, FACTS, FactsError, UnknownPriceError, load

NEW_PRICE = """
[[inference]]
key = "gpt-6.1-terra"
name = "GPT-6.1 Terra"
provider = "OpenAI"
tier = "mid"
default_of_tier = true
valid_from = 2027-02-01
input = 0.5
output = 2.5
sources = ["genai-prices"]
checked = 2027-02-03
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the figures that a test may tamper with."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def tamper(directory: Path, file: str, key: str, old: str, new: str) -> None:
    """Replace a text in the first record of a key."""
    path = directory / file
    before, marker, after = path.read_text(encoding="utf-8").partition(f'"{key}"\n')
    assert marker, f"{file} has no {key}"
    assert old in after.partition("\n[[")[0], f"{key} has no {old}"
    path.write_text(before + marker + after.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "key", "old", "new", "message"),
    [
        ("inference_prices.toml", "gpt-6-luna", '"genai-prices"', '"hearsay"', "no source is called hearsay"),
        ("inference_prices.toml", "gpt-4o", '"openai-deprecations"', '"hearsay"', "no source is called hearsay"),
        ("inference_prices.toml", "gpt-6-luna", '["genai-prices", "litellm"]', "[]", "names no source"),
        ("inference_prices.toml", "gpt-6-luna", "valid_from = 2026-09-22\n", "", "missing: valid_from"),
        ("inference_prices.toml", "gpt-6-luna", "checked = 2026-11-24\n", "", "missing: checked"),
        ("inference_prices.toml", "gpt-6-luna", "input = 0.1\n", "", "missing: input"),
        ("inference_prices.toml", "gpt-6-luna", "input = 0.1\n", "input = -0.1\n", "input: "),
        ("inference_prices.toml", "gpt-6-luna", "input = 0.1\n", "input = nan\n", "input: "),
        ("inference_prices.toml", "gpt-6-luna", "input = 0.1\n", "input = true\n", "input: must be of type float"),
        ("inference_prices.toml", "gpt-6-luna", "input = 0.1\n", 'input = "0.1"\n', "input: must be of type float"),
        ("inference_prices.toml", "gpt-6-luna", "input = 0.1\n", "inputs = 0.1\n", "unknown: inputs"),
        (
            "inference_prices.toml",
            "gpt-6-luna",
            "2026-09-22",
            "2026-09-22T00:00:00",
            "valid_from: must be of type date",
        ),
        ("inference_prices.toml", "gpt-6-luna", "2026-09-22", "2027-09-22", "say when it was announced"),
        ("inference_prices.toml", "gpt-6-luna", "tier = ", "announced = 2027-01-01\ntier = ", "announced after"),
        ("inference_prices.toml", "gpt-6-luna", '"small"', '"tiny"', "tier tiny"),
        ("inference_prices.toml", "gpt-6-luna", "1_050_000", "1_050_000.5", "context_window: must be of type int"),
        ("inference_prices.toml", "gpt-6-luna", "long_prompt_from = 272_000\n", "", "come together"),
        ("inference_prices.toml", "gpt-6-luna", "batch_input = 0.05\n", "", "come together"),
        ("inference_prices.toml", "gpt-6-luna", "cached_input = 0.01\n", "", "cache_write without cached_input"),
        ("inference_prices.toml", "gpt-4o", 'retires_source = "openai-deprecations"\n', "", "come together"),
        ("inference_prices.toml", "gemini-4-argon", "until = 2026-12-01", "until = 2026-11-30", "gap"),
        ("inference_prices.toml", "gemini-4-argon", "until = 2026-12-01", "until = 2026-12-02", "overlap"),
        ("inference_prices.toml", "gemini-4-argon", "until = 2026-12-01", "until = 2026-10-13", "not after valid_from"),
        ("inference_prices.toml", "gpt-5.5", '"gpt-5.5"', '"gpt-5.6-sol"', "overlap"),
        ("tuning.toml", "together-16b", '"qwen3-8b"', '"qwen9"', "base_models: there is no qwen9"),
        ("tuning.toml", "together-16b", '["llama-3.1-8b", "qwen3-8b"]', '"qwen3-8b"', "must be an array"),
        ("tuning.toml", "together-16b", "training_price = 0.48\n", "", "either per million tokens or per hour"),
        ("tuning.toml", "together-16b", "hosting_per_hour = 5.49\n", "", "no price for serving"),
        ("tuning.toml", "together-16b", "valid_from = ", "closes = 2027-01-06\nvalid_from = ", "closes_source"),
        (
            "tuning.toml",
            "llama-3.1-8b",
            'prompted_as = "deepinfra',
            'prompted_as = "nobody',
            "there is no nobody-llama",
        ),
        (
            "serving.toml",
            "llama-3.1-8b-H100",
            "attention_seconds = 2.568e-8",
            "attention_seconds = -1e-9",
            "attention_seconds",
        ),
        ("serving.toml", "llama-3.1-8b-H100", "[128, 128, 28312]", "[128, 128]", "must have 3 values"),
        ("serving.toml", "llama-3.1-8b-H100", 'gpu = "H100"', 'gpu = "H200"', "the key of this fit"),
        ("serving.toml", "gpt-oss-20b-H100", "    [1000, 1000, 11557],\n", "", "fewer rows than coefficients"),
        ("gpus.toml", "H100-specialist", "price = 3.60", "price = 36.0", "not in order"),
        ("gpus.toml", "H100-specialist", '"specialist"', '"garage"', "garage"),
        ("gpus.toml", "H100-specialist", 'gpu = "H100"', 'gpu = "H999"', "gpu: there is no H999"),
        ("training.toml", "lora-3b-a100", '"lora"', '"magic"', "magic"),
        ("training.toml", "lora-16", "30e9, 70e9]\nmemory", "70e9]\nmemory", "one memory for each"),
        ("retrieval.toml", "voyage-4", 'sources = ["litellm"]', "sources = []", "names no source"),
        ("retrieval.toml", "none", "monthly_minimum = 0.0", "monthly_minimum = 1.0", "names no source"),
        (
            "retrieval.toml",
            "amazon-rerank-v1",
            "price_per_thousand_queries = 1.0\n",
            "",
            "by the query or by the token",
        ),
        ("labour.toml", "software-developer", "wage_share = 0.700", "wage_share = 0.650", "hourly is not"),
        ("labour.toml", "software-developer", "wage_share = 0.700", "wage_share = 70.0", "wage_share"),
        ("labour.toml", "synthetic", "high = 0.20", "high = 0.01", "not in order"),
        ("assumptions.toml", "runs", 'unit = "runs"\n', "", "missing: unit"),
        ("assumptions.toml", "runs", 'unit = "runs"', 'unit = ""', "unit: must not be empty"),
        ("assumptions.toml", "runs", "high = 10", "high = 2", "not in order"),
        ("assumptions.toml", "runs", "decided = 2026-11-24\n", "", "missing: decided"),
        ("sources.toml", "litellm", "accessed = 2026-11-24\n", "", "missing: accessed"),
    ],
)
def test_a_figure_that_cannot_be_trusted_is_refused(
    copy: Path, *, file: str, key: str, old: str, new: str, message: str
) -> None:
    """The message names the file and the key, so that whoever edits the figures finds the line."""
    if old == '"gpt-5.5"':
        text = (copy / file).read_text(encoding="utf-8").replace('key = "gpt-5.5"', 'key = "gpt-5.6-sol"')
        (copy / file).write_text(text, encoding="utf-8")
        key = "gpt-5.6-sol"
    else:
        tamper(copy, file, key, old, new)
    with pytest.raises(FactsError) as refusal:
        load(copy)
    assert str(refusal.value).startswith(f"{file}: {key}: ")
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    ("file", "key", "old", "new", "message"),
    [
        ("inference_prices.toml", "gpt-6-luna", "default_of_tier = true\n", "", "small: 0 models"),
        ("inference_prices.toml", "gpt-5.5", "tier = ", "default_of_tier = true\ntier = ", "frontier: 2 models"),
        ("inference_prices.toml", "gpt-4o", "tier = ", "default_of_tier = true\ntier = ", "legacy: 1 models"),
        ("tuning.toml", "together-16b", "valid_from", "default = true\nvalid_from", "2 services are the default"),
        ("tuning.toml", "foundry-gpt-oss-20b", "default = true\n", "", "0 services are the default"),
    ],
)
def test_each_tier_has_one_default(copy: Path, *, file: str, key: str, old: str, new: str, message: str) -> None:
    """Two defaults would make the answer depend on the order of a file."""
    tamper(copy, file, key, old, new)
    with pytest.raises(FactsError, match=message):
        load(copy)


def test_a_default_must_not_be_about_to_end(copy: Path) -> None:
    """A price that changes within the horizon is no default, nor is a service that closes."""
    tamper(copy, "inference_prices.toml", "gpt-6-luna", "default_of_tier = true\n", "")
    tamper(copy, "inference_prices.toml", "gemini-3.5-flash-lite", "tier = ", "default_of_tier = true\ntier = ")
    assert load(copy).default_model("small") == "gemini-3.5-flash-lite"
    tamper(copy, "inference_prices.toml", "gemini-3.5-flash-lite", "valid_from", "valid_until = 2027-07-21\nvalid_from")
    with pytest.raises(FactsError, match=r"gemini-3\.5-flash-lite: a default must neither retire nor"):
        load(copy)


def test_a_default_must_be_open_to_newcomers(copy: Path) -> None:
    """What only existing customers can buy is nothing to start from."""
    closed = 'existing_customers_only_since = 2026-05-07\ncloses_source = "openai-deprecations"\nvalid_from'
    tamper(copy, "tuning.toml", "foundry-gpt-oss-20b", "valid_from", closed)
    with pytest.raises(FactsError, match="foundry-gpt-oss-20b: a default must be open to newcomers"):
        load(copy)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[gpu", r"gpus\.toml: "),
        ("[[gpus]]\nkey = 1\n", r"gpus\.toml: nothing reads gpus"),
        ("", r"gpus\.toml: no \[\[gpu\]\]"),
        ("gpu = 3\n", r"gpus\.toml: no \[\[gpu\]\]"),
        ("[[gpu]]\nmemory = 1e9\n", r"gpus\.toml: \[\[gpu\]\] 1: missing: checked, key, "),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(copy: Path, text: str, message: str) -> None:
    """Even a record without a key is named, by its place."""
    (copy / "gpus.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=message):
        load(copy)


def test_a_missing_file_is_refused(copy: Path) -> None:
    """Nothing falls back to nothing."""
    (copy / "labour.toml").unlink()
    with pytest.raises(FactsError, match=r"^labour\.toml: "):
        load(copy)


def test_a_source_has_one_record(copy: Path) -> None:
    """A second one would change what the figures of the first rest on."""
    path = copy / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "torchtune"', 'id = "litellm"'), encoding="utf-8")
    with pytest.raises(FactsError, match=r"sources\.toml: litellm: a second source has this id"):
        load(copy)


# What is in force when


def test_an_announced_change_is_applied_in_its_month() -> None:
    """Month m begins m − 1 months after the start, and takes the price of its first day."""
    argon = facts.prices_over("gemini-4-argon", date(2026, 11, 24), 3)
    assert [price.input for price in argon] == [2.0, 4.0, 4.0]
    flash = facts.prices_over("gemini-3.8-flash", date(2026, 11, 30), 4)
    assert [(price.input, price.output) for price in flash] == [(0.75, 3.75)] * 2 + [(1.5, 7.5)] * 2


def test_a_change_is_unknown_before_it_was_announced() -> None:
    """An answer as of an earlier day must not know the future, and ends where the price then known ends."""
    known = FACTS.inference.at("gemini-4-argon", date(2026, 11, 23))
    assert known.input == 2.0
    with pytest.raises(UnknownPriceError, match="Gemini 4 Argon is known for 13 December 2026"):
        facts.prices_over("gemini-4-argon", date(2026, 11, 13), 2)


def test_a_price_before_its_first_record_is_refused_with_the_day_it_is_known_from() -> None:
    """There is no falling back to the nearest price."""
    with pytest.raises(UnknownPriceError, match="known for 25 October 2026: it is known from 26 October 2026"):
        facts.prices_over("gpt-6.1-terra", date(2026, 10, 25), 12)
    assert facts.prices_over("gpt-6.1-terra", date(2026, 10, 26), 1)[0].input == 1.0


def test_a_price_after_its_last_record_is_refused_with_the_day_it_was_known_to(copy: Path) -> None:
    """A record that says when it ends is not used beyond."""
    tamper(copy, "inference_prices.toml", "o3", "valid_from", "valid_until = 2026-12-11\nvalid_from")
    with pytest.raises(UnknownPriceError, match="for 24 December 2026: it is known from 1 October 2026 to 10 December"):
        load(copy).inference.over("o3", date(2026, 11, 24), 2)


def test_an_unknown_key_is_refused() -> None:
    """The message says what was asked for."""
    with pytest.raises(UnknownPriceError, match="No price is called “gpt-7”"):
        facts.prices_over("gpt-7", date(2026, 11, 24), 1)
    with pytest.raises(UnknownPriceError, match="No assumption is called “luck”"):
        FACTS.assume("luck")


def test_a_new_price_leaves_old_links_alone(copy: Path) -> None:
    """As of the old day, a price appended later does not exist; as of a later day, it holds from its first day on."""
    path = copy / "inference_prices.toml"
    path.write_text(path.read_text(encoding="utf-8") + NEW_PRICE, encoding="utf-8")
    later = load(copy)
    old = [price.input for price in later.inference.over("gpt-6.1-terra", date(2026, 11, 24), 6)]
    assert old == [price.input for price in facts.prices_over("gpt-6.1-terra", date(2026, 11, 24), 6)] == [1.0] * 6
    assert later.inference.at("gpt-6.1-terra", date(2027, 1, 31)).input == 1.0
    assert later.inference.at("gpt-6.1-terra", date(2027, 2, 1)).input == 0.5
    assert later.inference["gpt-6.1-terra"].input == 0.5
    assert later.checked == date(2027, 2, 3)
    assert later.first_day == FACTS.first_day


def test_an_assumption_decided_later_leaves_old_links_alone(copy: Path) -> None:
    """Assumptions are dated like prices."""
    path = copy / "assumptions.toml"
    text = path.read_text(encoding="utf-8")
    record = text[text.index('[[assumption]]\nkey = "training_mfu"') :].partition("\n\n")[0]
    changed = record.replace("value = 0.40", "value = 0.42").replace("2026-11-24", "2027-03-01")
    path.write_text(f"{text}\n{changed}\n", encoding="utf-8")
    later = load(copy)
    assert later.assume("training_mfu", date(2026, 11, 24)) == 0.40
    assert later.assume("training_mfu") == 0.42


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 24), 1, date(2026, 12, 24)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 10, 31), 14, date(2027, 12, 31)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start: date, months: int, expected: date) -> None:
    """Counting from the start each time: a short month does not move the days after it."""
    assert facts.month_after(start, months) == expected


def test_what_was_sold_in_2023_is_known_then_and_now() -> None:
    """The story's prices are records of their own, beside today's."""
    for day in (date(2023, 8, 1), date(2026, 11, 24)):
        gpt4 = FACTS.inference.at("gpt-4-2023", day)
        assert (gpt4.input, gpt4.output, gpt4.context_window) == (30.0, 60.0, 8_192)
        assert FACTS.gpu_prices.at("A100-80-2023", day).price == 2.21


def test_the_ledger_is_a_mapping_of_what_is_in_force() -> None:
    """Looking up a key gives the price of the day the figures were checked, not the last one in the file."""
    assert FACTS.inference["gemini-4-argon"].input == 2.0
    assert [price.input for price in FACTS.inference.history("gemini-4-argon")] == [2.0, 4.0]
    assert len(FACTS.inference) == len(list(FACTS.inference))
    assert "gpt-7" not in FACTS.inference
