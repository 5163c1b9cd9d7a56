"""
The spot check: the 25 models of spot_check.csv, held against packages that the prices were not taken from as well.

A price agrees exactly when every package of autumn 2026 that lists the model says the same of input, output and cached
input, each where it states it. What older lists say is compared too: each difference has its reason here.
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from calculators.facts import FACTS

DAY: Final = date(2026, 11, 24)
AUTUMN: Final = ("genai-prices 0.2.3", "litellm 1.109.1", "model-prices 0.0.5", "veqen 2026.10.23")
INDEPENDENT: Final = "veqen 2026.10.23"
"""The package that no price was taken from."""

PEAK: Final = "It lists the price of DeepSeek's peak hours; ours is the mean over a day with such hours."
OFF_PEAK: Final = "It lists the price outside DeepSeek's peak hours; ours is the mean over a day with such hours."
BEFORE: Final = "A list of August 2026, from before the price changed or from before its hours."
EXPLAINED: Final[dict[tuple[str, str], tuple[str, str]]] = {
    **{
        (key, package): (figure, reason)
        for key, off_peak, peak in (
            ("deepseek-v4-pro", "0.66/1.98/0.022", "1.32/3.96/0.044"),
            ("deepseek-v4-flash", "0.15/0.6/0.003", "0.3/1.2/0.006"),
        )
        for package, figure, reason in (
            ("genai-prices 0.2.3", off_peak, OFF_PEAK),
            ("model-prices 0.0.5", off_peak, OFF_PEAK),
            ("litellm 1.109.1", peak, PEAK),
            ("veqen 2026.10.23", peak, PEAK),
        )
    },
    ("deepseek-v4-pro", "llm-prices 2026-08-05"): ("1.74/3.48/0.145", BEFORE),
    ("deepseek-v4-flash", "llm-prices 2026-08-05"): ("0.14/0.28/0.028", BEFORE),
    ("deepseek-v4-pro", "models.dev 2026-07-02"): (
        "0.435/0.87/0.003625",
        "A list of July 2026: DeepSeek's flat price.",
    ),
    ("deepseek-v4-flash", "models.dev 2026-07-02"): ("0.14/0.28/0.0028", "A list of July 2026: DeepSeek's flat price."),
    ("gpt-5.6-sol", "llm-prices 2026-08-05"): (
        "5/30/0.5",
        "The price until 21 August 2026: our record of that time says so.",
    ),
    ("o3", "llm-prices 2026-08-05"): ("10/40/0.5", "The price until 10 June 2025, never taken out of the list."),
    ("claude-sonnet-5", "llm-prices 2026-08-05"): (
        "3/15/",
        "Six others, among them two lists of summer 2026, have 2 and 10.",
    ),
    ("gemini-3.8-flash", "metergraph 0.7.4"): ("1.5/7.5/0.15", "The price announced for 1 January 2027."),
    ("gemini-4-argon", "metergraph 0.7.4"): ("4/20/0.2", "The price announced for 1 December 2026."),
}
"""Every figure that differs from ours, and why, by model and package."""


def rows() -> list[dict[str, str]]:
    """Return the comparison, a row for each model."""
    lines = Path(__file__).with_name("spot_check.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def agrees(key: str, cell: str, day: date = DAY) -> bool:
    """Whether a cell says of a model what our record of a day does, in all that it states."""
    price = FACTS.inference.at(key, day)
    ours = (price.input, price.output, price.cached_input)
    stated = [(our, part) for our, part in zip(ours, cell.split("/"), strict=True) if part]
    return all(our is not None and Decimal(str(our)) == Decimal(part) for our, part in stated)


def differing(packages: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """Return the cells of some packages that say something else than our records."""
    return {
        (row["key"], package): row[package]
        for row in rows()
        for package in packages
        if row[package] != "-" and not agrees(row["key"], row[package])
    }


def test_at_least_22_of_25_models_agree_exactly() -> None:
    """Each of the rest is named, with what a second source says and why."""
    assert len(rows()) == 25
    disputed = {key for key, _ in differing(AUTUMN)}
    assert len(rows()) - len(disputed) >= 22
    assert disputed == {"deepseek-v4-pro", "deepseek-v4-flash"}
    assert all(EXPLAINED[key, INDEPENDENT][1] == PEAK for key in disputed)


def test_what_differs_anywhere_is_explained_and_nothing_else_is() -> None:
    """With the figure that the other source has."""
    packages = tuple(name for name in rows()[0] if name != "key")
    assert differing(packages) == {cell: figure for cell, (figure, _) in EXPLAINED.items()}


def test_the_mean_of_deepseeks_day_follows_from_what_the_packages_list() -> None:
    """Both list the same two prices: 17 hours at the one and 7 at the other."""
    for key in ("deepseek-v4-pro", "deepseek-v4-flash"):
        price = FACTS.inference.at(key, DAY)
        cheap = [Decimal(part) for part in EXPLAINED[key, "genai-prices 0.2.3"][0].split("/")]
        dear = [Decimal(part) for part in EXPLAINED[key, INDEPENDENT][0].split("/")]
        mean = [float((17 * low + 7 * high) / 24) for low, high in zip(cheap, dear, strict=True)]
        assert [price.input, price.output] == pytest.approx(mean[:2], abs=0.005 + 1e-9)
        assert price.cached_input == pytest.approx(mean[2], abs=0.00005)
        assert price.rate == "time_of_day"


def test_older_lists_say_what_our_history_says_of_their_time() -> None:
    """A list that lags is a witness for its day."""
    assert agrees("gpt-5.6-sol", EXPLAINED["gpt-5.6-sol", "llm-prices 2026-08-05"][0], date(2026, 8, 5))
    for key in ("deepseek-v4-pro", "deepseek-v4-flash"):
        assert agrees(key, EXPLAINED[key, "models.dev 2026-07-02"][0], date(2026, 7, 2))
    for key, day in (("gemini-4-argon", date(2026, 12, 1)), ("gemini-3.8-flash", date(2027, 1, 1))):
        announced = EXPLAINED[key, "metergraph 0.7.4"][0]
        assert agrees(key, announced, day)
        assert not agrees(key, announced)
