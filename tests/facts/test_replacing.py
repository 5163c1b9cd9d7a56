"""Other figures than those on file: what replaces what, and that they are held to the same rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calculators.facts import FACTS, Facts, FactsError, InferencePrice, Ledger, UnknownPriceError
from calculators.facts.background import background
from calculators.facts.kinds import ledgers_of

SOL = FACTS.inference["gpt-6.1-sol"]
ARGON = FACTS.inference.history("gemini-4-argon")


def test_a_record_replaces_what_has_its_key_and_nothing_else() -> None:
    """The figures it was made from stay as they were."""
    dearer = FACTS.replacing(replace(SOL, input=SOL.input * 2))

    assert dearer.inference["gpt-6.1-sol"].input == SOL.input * 2
    assert FACTS.inference["gpt-6.1-sol"] is SOL
    assert list(dearer.inference) == list(FACTS.inference)
    assert all(dearer.inference[key] is FACTS.inference[key] for key in FACTS.inference if key != "gpt-6.1-sol")
    unchanged = {name for name in vars(FACTS) if getattr(dearer, name) is getattr(FACTS, name)}
    assert vars(FACTS).keys() - unchanged == {"inference"}


def test_records_of_any_kinds_are_replaced_at_once() -> None:
    """A price, an assumption and a rule: each goes where its kind is held."""
    runs, horizon = FACTS.assumptions["runs"], FACTS.rules["longest_horizon"]
    other = FACTS.replacing(replace(SOL, output=11.0), replace(runs, value=runs.high), replace(horizon, value=24.0))

    assert other.inference["gpt-6.1-sol"].output == 11.0
    assert other.assume("runs") == runs.high != FACTS.assume("runs")
    assert other.rule("longest_horizon") == 24.0


def test_the_whole_history_of_a_key_is_replaced() -> None:
    """What is not given again is gone: the price that was to end goes on, and the one announced never comes."""
    lasting = FACTS.replacing(replace(ARGON[0], valid_until=None))
    assert {price.input for price in lasting.inference.over("gemini-4-argon", FACTS.today, 36)} == {ARGON[0].input}

    again = FACTS.replacing(*ARGON)
    assert again.inference.history("gemini-4-argon") == ARGON
    assert vars(again) == vars(FACTS.replacing())


def test_what_is_in_force_is_found_anew() -> None:
    """Of several records of a key, the one of the day of the build."""
    turn = FACTS.today - timedelta(days=1)
    before = replace(SOL, valid_from=date(2026, 1, 1), valid_until=turn, input=9.0, default_of_tier=False)
    changed = FACTS.replacing(before, replace(SOL, valid_from=turn, checked=turn))

    assert changed.inference["gpt-6.1-sol"].input == SOL.input
    assert changed.inference.at("gpt-6.1-sol", date(2026, 2, 1)).input == 9.0


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([replace(SOL, sources=("hearsay",))], "gpt-6.1-sol: no source is called hearsay"),
        ([replace(SOL, sources=())], "gpt-6.1-sol: names no source"),
        ([replace(FACTS.tuning["together-16b"], offer="apart")], "together-16b: offer: there is no apart"),
        ([ARGON[1], ARGON[0]], "gemini-4-argon: overlap"),
        ([ARGON[0], replace(ARGON[1], valid_from=date(2027, 1, 1))], "gemini-4-argon: gap"),
        ([replace(SOL, mends="It was wrong.")], "gpt-6.1-sol: mends: nothing of its key stands before it"),
        ([replace(SOL, default_of_tier=False)], "frontier: 0 models are the default"),
        ([replace(SOL, checked=FACTS.today + timedelta(days=1))], "day.toml: today: figures were checked on"),
    ],
)
def test_figures_that_cannot_be_trusted_are_refused(records: list[InferencePrice], message: str) -> None:
    """As if they had been read from the files."""
    with pytest.raises(FactsError, match=message):
        FACTS.replacing(*records)


def test_a_key_that_no_figure_has_is_refused() -> None:
    """Nothing is added: a form knows the names on file and no others."""
    with pytest.raises(UnknownPriceError, match="No price is called “gpt-7”"):
        FACTS.replacing(replace(SOL, key="gpt-7"))


def test_a_kind_that_no_calculator_uses_is_refused() -> None:
    """What only pages show is no figure of an answer."""
    with pytest.raises(KeyError, match="GpuOffer"):
        FACTS.replacing(background().gpu_offers["H100-lambda"])


@pytest.mark.parametrize("name", ledgers_of(Facts))
def test_every_kind_can_be_replaced(name: str) -> None:
    """One record of each, by itself."""
    ledger: Ledger[InferencePrice] = getattr(FACTS, name)
    key = next(iter(ledger))

    assert getattr(FACTS.replacing(*ledger.history(key)), name).history(key) == ledger.history(key)
