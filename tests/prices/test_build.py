"""The whole build on small packages: the same bytes for the same packages, and a refusal for anything else."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from prices.build import Built, build, changed, save
from prices.selection import Item, Selection
from prices.terms import PricesError
from prices.write import figure
from tests.prices.fakes import DAY, LITELLM, books, model, selection

PRICES = "inference_prices.toml"


@pytest.fixture
def chosen() -> Selection:
    """Return what is sold: two models and an embedding."""
    return replace(
        selection(
            model("one", "genai-prices", "litellm", "model-prices"), model("fallen", "genai-prices", "model-prices")
        ),
        embeddings=(Item(key="embed", name="embed", provider="Acme", ids={"litellm": "embed"}, since=DAY),),
    )


def written(chosen: Selection, data: Path) -> Built:
    """Build into a directory."""
    built = build(chosen, books(), data)
    save(built, data, changed(built, data))
    return built


def test_unchanged_packages_change_nothing(chosen: Selection, tmp_path: Path) -> None:
    """To the byte; the first time, everything is reported."""
    assert len(written(chosen, tmp_path).news) == 5
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    again = written(chosen, tmp_path)
    assert (again.news, changed(again, tmp_path)) == ((), ())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert before.keys() == {PRICES, "retrieval_prices.toml", "foundry_tuning.toml", "disagreements.toml"}


def test_the_files_say_what_they_were_made_from_and_can_be_read(chosen: Selection, tmp_path: Path) -> None:
    """By TOML, and by a person: prices with a point, counts with their thousands apart."""
    written(chosen, tmp_path)
    text = (tmp_path / PRICES).read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    assert tables["packages"] == {"genai-prices": "1.0", "litellm": "2.0"}
    assert [(row["key"], row["valid_from"].isoformat(), row["input"]) for row in tables["inference"]] == [
        ("one", "2026-02-01", 3.0),
        ("one", "2026-05-01", 2.0),
        ("fallen", "2025-06-10", 10.0),
        ("fallen", "2026-03-16", 2.0),
    ]
    assert "input = 2.0\noutput = 10.0\n" in text
    assert "context_window = 100_000\n" in text
    assert "do not edit" in text.partition("[packages]")[0]
    told = tomllib.loads((tmp_path / "disagreements.toml").read_text(encoding="utf-8"))["disagreement"]
    assert [(row["key"], row["figure"]) for row in told] == [("fallen", "first day")]


@pytest.mark.parametrize(
    ("value", "written_as"),
    [
        (True, "true"),
        (1_050_000, "1_050_000"),
        (Decimal("2E+1"), "20.0"),
        (Decimal("0.0284"), "0.0284"),
        (Decimal("1E-7"), "0.0000001"),
        (date(2026, 12, 1), "2026-12-01"),
        (("a", "b"), '["a", "b"]'),
        ("it says “so” — \\", '"it says “so” — \\\\"'),
    ],
)
def test_a_figure_is_written_one_way(
    value: bool | int | Decimal | date | str | tuple[str, ...], written_as: str
) -> None:
    """Whatever it was read from."""
    assert figure(value) == written_as


def test_a_tampered_file_is_refused_with_file_key_and_reason(chosen: Selection, tmp_path: Path) -> None:
    """And stays as it is."""
    written(chosen, tmp_path)
    path = tmp_path / PRICES
    path.write_text(path.read_text(encoding="utf-8").replace("input = 2.0", "input = 1.9", 1), encoding="utf-8")
    with pytest.raises(PricesError) as refusal:
        written(chosen, tmp_path)
    assert str(refusal.value).startswith(
        f"calculators/data/{PRICES}: one: record from 2026-05-01: input is 1.9 as committed and 2.0 by the packages: "
        "history is appended, never overwritten: "
    )
    assert "input = 1.9" in path.read_text(encoding="utf-8")


def test_a_file_that_was_reworded_by_hand_is_put_right(chosen: Selection, tmp_path: Path) -> None:
    """Only figures are history."""
    written(chosen, tmp_path)
    path = tmp_path / PRICES
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('name = "One"', 'name = "Won"'), encoding="utf-8")
    built = build(chosen, books(), tmp_path)
    assert changed(built, tmp_path) == (PRICES,)
    assert built.news == ("one: record from 2026-05-01: reworded: name",)


def test_a_model_that_has_retired_is_left_out_unless_it_was_sold(tmp_path: Path) -> None:
    """On its last day it is gone; a committed one stays, because links name it."""
    gone = model("gone", "litellm", since=date(2026, 11, 1))
    built = build(selection(gone), books(), tmp_path)
    assert built.news == ("gone: left out: retired on 2026-11-24",)
    assert "[[inference]]" not in built.files[PRICES]
    written(selection(gone, checked=date(2026, 11, 23)), tmp_path)
    assert 'key = "gone"' in written(selection(gone, checked=date(2026, 11, 23)), tmp_path).files[PRICES]
    assert 'key = "gone"' in build(selection(gone), books(), tmp_path).files[PRICES]


def test_an_entry_that_is_taken_out_leaves_its_records(chosen: Selection, tmp_path: Path) -> None:
    """At the end of the file."""
    written(chosen, tmp_path)
    built = build(replace(chosen, models=chosen.models[1:]), books(), tmp_path)
    keys = [row["key"] for row in tomllib.loads(built.files[PRICES])["inference"]]
    assert keys == ["fallen", "fallen", "one", "one"]


def test_every_difference_between_packages_is_named_at_once(tmp_path: Path) -> None:
    """Whoever takes newer packages sees all there is to find out."""
    wrong = {**LITELLM, "one": {**LITELLM["one"], "output_cost_per_token": 1e-06, "input_cost_per_token": 1e-06}}
    with pytest.raises(PricesError) as refusal:
        build(selection(model("one", "genai-prices", "litellm", "model-prices")), books(litellm=wrong), tmp_path)
    assert [line.split(": ")[2] for line in str(refusal.value).splitlines()] == ["input", "output"]
