"""Loading: what is in force when, and what is refused, with the file and the key named."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from calculators import facts
from calculators.facts import DATA, FACTS, Facts, FactsError, UnknownPriceError, load
from calculators.facts.background import load_background, load_price_floors

START = date(2026, 11, 24)
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
cached_input = 0.025
cache_write = 0.625
sources = ["genai-prices"]
checked = 2027-02-03
"""

SHORT_LIVED = """
[[inference]]
key = "short-lived"
name = "Short-lived"
provider = "Nobody"
tier = "legacy"
valid_from = 2026-10-01
valid_until = 2026-12-11
input = 1.0
output = 2.0
sources = ["genai-prices"]
checked = 2026-11-24
"""
CLOSURE = """
[[availability]]
key = "microsoft-foundry"
name = "Fine-tuning at Microsoft"
provider = "Microsoft"
valid_from = 2028-01-01
announced = 2026-11-20
sold_to = "nobody"
what = "Closed."
sources = ["azure-retail-prices"]
checked = 2026-11-24
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the figures that a test may tamper with."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def load_all(directory: Path) -> Facts:
    """Read what calculators use and what only pages show."""
    found = load(directory)
    load_background(found, directory)
    load_price_floors(found, directory)
    return found


def append(directory: Path, file: str, text: str) -> None:
    """Write a text at the end of a file."""
    with (directory / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def build_on(directory: Path, day: date) -> None:
    """Say that the site is built on a day."""
    (directory / "day.toml").write_text(f"today = {day}\n", encoding="utf-8")


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
        ("gpus.toml", "H100", '["accelerator-specs"]', "[]", "names no source"),
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
        ("tuning.toml", "together-16b", "valid_from = ", "stops = 2027-01-06\nvalid_from = ", "stops_source"),
        ("tuning.toml", "openai-gpt-4.1", '"openai-shutdown-2027"', '"hearsay"', "no source is called hearsay"),
        ("tuning.toml", "together-16b", 'offer = "together"', 'offer = "apart"', "offer: there is no apart"),
        ("tuning.toml", "together-16b", 'offer = "together"\n', "", "missing: offer"),
        ("availability.toml", "cohere", '"nobody"', '"hardly anyone"', "sold_to hardly anyone"),
        ("availability.toml", "cohere", 'what = "Withdrawn."\n', "", "missing: what"),
        ("availability.toml", "cohere", '["cohere-fine-tuning"]', "[]", "names no source"),
        ("availability.toml", "cohere", '["cohere-fine-tuning"]', '["hearsay"]', "no source is called hearsay"),
        ("availability.toml", "cohere", "valid_from = 2025-09-15\n", "", "missing: valid_from"),
        (
            "availability.toml",
            "cohere",
            "valid_from = 2025-09-15",
            "valid_from = 2027-09-15",
            "say when it was announced",
        ),
        ("availability.toml", "cohere", "checked = 2026-11-24\n", "", "missing: checked"),
        ("availability.toml", "openai", "valid_from = 2025-10-01", "valid_from = 2026-05-08", "overlap"),
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
        ("model_shapes.toml", "gpt-oss-20b", "query_heads = 64\n", "", "missing: query_heads"),
        ("gpus.toml", "H100-specialist", "price = 3.60", "price = 36.0", "not in order"),
        ("gpus.toml", "H100-specialist", '"specialist"', '"garage"', "garage"),
        ("gpus.toml", "H100-specialist", 'gpu = "H100"', 'gpu = "H999"', "gpu: there is no H999"),
        (
            "gpus.toml",
            "H100-specialist",
            "price = 3.60",
            "announced = 2026-11-01\nprice = 3.60",
            "only prices of models",
        ),
        ("labels.toml", "synthetic", "high =", "announced = 2026-11-01\nhigh =", "only prices of models and offers"),
        ("training.toml", "lora-3b-a100", '"lora"', '"magic"', "magic"),
        ("training.toml", "lora-3b-a100", '"A100-80"', '"A99"', "gpu: there is no A99"),
        ("training.toml", "lora-3b-a100", "tokens_per_second = 8_210\n", "", "missing: tokens_per_second"),
        ("training.toml", "lora-3b-a100", '["torchtune"]', "[]", "names no source"),
        ("training_memory.toml", "lora-16", "30e9, 70e9]\nmemory", "70e9]\nmemory", "one memory for each"),
        ("gpu_offers.toml", "H100-lambda", "on_demand = 3.29\n", "", "neither on_demand nor spot"),
        ("gpu_offers.toml", "H100-lambda", "on_demand = 3.29", "on_demand = -3.29", "on_demand: "),
        ("gpu_offers.toml", "H100-lambda", '"specialist"', '"garage"', "cloud garage"),
        ("gpu_offers.toml", "H100-lambda", '["gpu-offers-2026"]', '["hearsay"]', "no source is called hearsay"),
        ("vector_databases.toml", "qdrant-free", 'sources = ["qdrant-pricing"]', 'sources = ["hearsay"]', "hearsay"),
        ("vector_databases.toml", "none", "monthly_minimum = 0.0", "monthly_minimum = 1.0", "names no source"),
        (
            "retrieval_prices.toml",
            "amazon-rerank-v1",
            "price_per_thousand_queries = 1.0\n",
            "",
            "by the query or by the token",
        ),
        ("labour.toml", "software-developer", "wage_share = 0.700", "wage_share = 0.650", "hourly is not"),
        ("labour.toml", "software-developer", "wage_share = 0.700", "wage_share = 70.0", "wage_share"),
        ("labels.toml", "synthetic", "high = 0.20", "high = 0.01", "not in order"),
        ("assumptions.toml", "runs", 'unit = "runs"\n', "", "missing: unit"),
        ("assumptions.toml", "runs", 'unit = "runs"', 'unit = ""', "unit: must not be empty"),
        ("assumptions.toml", "runs", "high = 10", "high = 2", "not in order"),
        ("assumptions.toml", "runs", "decided = 2026-11-24\n", "", "missing: decided"),
        ("rules.toml", "longest_horizon", 'unit = "months"\n', "", "missing: unit"),
        ("rules.toml", "longest_horizon", "decided = 2026-11-24\n", "", "missing: decided"),
        ("sources.toml", "litellm", "accessed = 2026-11-24\n", "", "missing: accessed"),
        ("sources.toml", "litellm", 'licence = "MIT"\n', "", "missing: licence"),
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
        load_all(copy)
    place, _, said = str(refusal.value).partition(f": {key}: ")
    assert file in place.split(" or ")
    assert message in said


@pytest.mark.parametrize(
    ("file", "key", "old", "new", "message"),
    [
        ("inference_prices.toml", "gpt-6-luna", "default_of_tier = true\n", "", "small: 0 models"),
        ("inference_prices.toml", "gpt-5.5", "tier = ", "default_of_tier = true\ntier = ", "frontier: 2 models"),
        ("inference_prices.toml", "gpt-4o", "tier = ", "default_of_tier = true\ntier = ", "legacy: 1 models"),
        ("tuning.toml", "together-16b", "valid_from", "default = true\nvalid_from", "2 services are the default"),
        ("foundry_tuning.toml", "foundry-gpt-oss-20b", "default = true\n", "", "0 services are the default"),
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
    tamper(copy, "availability.toml", "microsoft-foundry", '"anyone"', '"existing customers"')
    with pytest.raises(FactsError, match="foundry-gpt-oss-20b: a default must be open to newcomers"):
        load(copy)


def test_a_default_service_must_not_be_about_to_close(copy: Path) -> None:
    """However far ahead the day is that was announced."""
    append(copy, "availability.toml", CLOSURE)
    with pytest.raises(FactsError, match="foundry-gpt-oss-20b: a default must neither close nor stop"):
        load(copy)


def test_a_default_service_must_not_be_about_to_stop(copy: Path) -> None:
    """What is tuned there must go on answering."""
    stops = 'stops = 2029-01-01\nstops_source = "azure-retail-prices"\nvalid_from'
    tamper(copy, "foundry_tuning.toml", "foundry-gpt-oss-20b", "valid_from", stops)
    with pytest.raises(FactsError, match="foundry-gpt-oss-20b: a default must neither close nor stop"):
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


def put_together(directory: Path) -> Path:
    """Write all files as the one that a wheel has, and take them away."""
    files = sorted(directory.glob("*.toml"))
    # A line with a remark would look like one with a name: a wheel has none.
    texts = {file.name: re.sub(r"^#.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE) for file in files}
    for file in files:
        file.unlink()
    together = directory / "together.txt"
    together.write_text("".join(f"\n# {name}\n{text}" for name, text in texts.items()), encoding="utf-8")
    return together


def test_files_that_stand_in_one_say_the_same(copy: Path) -> None:
    """A browser reads them so."""
    put_together(copy)

    assert vars(load(copy)) == vars(FACTS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "H100"\n', 'key = "H100"\nprice = ', r"^gpus\.toml: Invalid value"),
        ("[[gpu]]", "[[card]]", r"^gpus\.toml: nothing reads card"),
        ("memory = 80e9", "memory = true", r"^gpus\.toml: H100: memory: must be of type float"),
        ("\n# gpus.toml\n", "\n", r"^gpus\.toml: .*No such file"),
    ],
)
def test_a_file_that_stands_in_one_is_refused_by_its_own_name(copy: Path, old: str, new: str, message: str) -> None:
    """Where it stands is nothing that a message speaks of."""
    together = put_together(copy)
    before, name, after = together.read_text(encoding="utf-8").partition("\n# gpus.toml\n")
    together.write_text(before + (name + after).replace(old, new, 1), encoding="utf-8")

    with pytest.raises(FactsError, match=message):
        load(copy)


@pytest.mark.parametrize("file", sorted({file.name for file in DATA.glob("*.toml")} - {"editions.toml"}))
def test_a_missing_file_is_refused(copy: Path, file: str) -> None:
    """Nothing falls back to nothing."""
    (copy / file).unlink()
    with pytest.raises(FactsError, match=rf"^{re.escape(file)}: "):
        load_all(copy)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "today"),
        ('today = "2026-11-24"\n', "must be of type date"),
        ("today = 2026-11-24T00:00:00\n", "must be of type date"),
        ("today = 2026-11-23\n", "figures were checked on 27 November 2026"),
        ("today = 2026-11-24\nyesterday = 2026-11-23\n", "unknown: yesterday"),
        ("today = 2026-11-2", ""),
    ],
)
def test_the_day_of_the_build_is_a_day_on_which_all_figures_were_known(copy: Path, text: str, message: str) -> None:
    """There is no other today: what lies before the last check would hide figures."""
    (copy / "day.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=rf"^day\.toml: .*{message}"):
        load(copy)


def test_generated_files_are_made_from_the_same_packages(copy: Path) -> None:
    """Prices of two versions of a package would contradict each other."""
    path = copy / "retrieval_prices.toml"
    text = re.sub(r'^litellm = ".*"$', 'litellm = "0.0.1"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=r"retrieval_prices\.toml: litellm: another file was made from"):
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
    append(copy, "inference_prices.toml", SHORT_LIVED)
    with pytest.raises(UnknownPriceError, match="for 24 December 2026: it is known from 1 October 2026 to 10 December"):
        load(copy).inference.over("short-lived", START, 2)


def test_an_unknown_key_is_refused() -> None:
    """The message says what was asked for."""
    with pytest.raises(UnknownPriceError, match="No price is called “gpt-7”"):
        facts.prices_over("gpt-7", date(2026, 11, 24), 1)
    with pytest.raises(UnknownPriceError, match="No assumption is called “luck”"):
        FACTS.assume("luck")


def test_a_new_price_leaves_old_links_alone(copy: Path) -> None:
    """As of the old day, a price appended later does not exist; as of a later day, it holds from its first day on."""
    append(copy, "inference_prices.toml", NEW_PRICE)
    build_on(copy, date(2027, 2, 3))
    later = load(copy)
    old = [price.input for price in later.inference.over("gpt-6.1-terra", date(2026, 11, 24), 6)]
    assert old == [price.input for price in facts.prices_over("gpt-6.1-terra", date(2026, 11, 24), 6)] == [1.0] * 6
    assert later.inference.at("gpt-6.1-terra", date(2027, 1, 31)).input == 1.0
    assert later.inference.at("gpt-6.1-terra", date(2027, 2, 1)).input == 0.5
    assert later.inference["gpt-6.1-terra"].input == 0.5
    assert later.checked == later.today == date(2027, 2, 3)


def test_an_assumption_decided_later_leaves_old_links_alone(copy: Path) -> None:
    """Assumptions are dated like prices."""
    path = copy / "assumptions.toml"
    text = path.read_text(encoding="utf-8")
    record = text[text.index('[[assumption]]\nkey = "training_mfu"') :].partition("\n\n")[0]
    changed = record.replace("value = 0.40", "value = 0.42").replace("2026-11-24", "2027-03-01")
    path.write_text(f"{text}\n{changed}\n", encoding="utf-8")
    build_on(copy, date(2027, 3, 1))
    later = load(copy)
    assert later.assume("training_mfu", date(2026, 11, 24)) == 0.40
    assert later.assume("training_mfu") == 0.42


def test_what_was_sold_in_2023_is_known_then_and_now() -> None:
    """The story's prices are records of their own, beside today's."""
    for day in (date(2023, 8, 1), date(2026, 11, 24)):
        gpt4 = FACTS.inference.at("gpt-4-2023", day)
        assert (gpt4.input, gpt4.output, gpt4.context_window) == (30.0, 60.0, 8_192)
        assert FACTS.gpu_prices.at("A100-80-2023", day).price == 2.21


def test_what_can_be_bought_is_known_by_day() -> None:
    """By what was announced on that day: in April nobody knew that OpenAI would close."""
    sold_to = FACTS.availability.at
    assert sold_to("openai", date(2026, 4, 30)).sold_to == "anyone"
    assert sold_to("openai", date(2026, 5, 7)).sold_to == "existing customers"
    assert sold_to("openai", START).sold_to == "existing customers"
    assert sold_to("openai", date(2027, 1, 5)).sold_to == "existing customers"
    assert sold_to("openai", date(2027, 1, 6)).sold_to == "nobody"
    assert FACTS.availability["openai"].valid_from == date(2026, 7, 2)
    months = FACTS.availability.over("openai", date(2026, 4, 30), 12)
    assert {record.sold_to for record in months} == {"anyone"}
    assert [record.sold_to for record in FACTS.availability.over("openai", START, 3)] == [
        "existing customers",
        "existing customers",
        "nobody",
    ]


def test_the_ledger_is_a_mapping_of_what_is_in_force() -> None:
    """Looking up a key gives the price of the day of the build, not the last one in the file."""
    assert FACTS.inference["gemini-4-argon"].input == 2.0
    assert [price.input for price in FACTS.inference.history("gemini-4-argon")] == [2.0, 4.0]
    assert len(FACTS.inference) == len(list(FACTS.inference))
    assert "gpt-7" not in FACTS.inference
