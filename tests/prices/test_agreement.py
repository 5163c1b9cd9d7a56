"""A second package must agree, or its difference has a reason that is published; nothing is settled in silence."""

from datetime import date
from typing import Any

import pytest

from prices.agreement import compared, disagreements
from prices.selection import Explained, Model
from prices.terms import PricesError
from prices.timeline import timeline
from prices.write import Row
from tests.prices.fakes import DAY, LITELLM, SNAPSHOT, books, interval, midnight, model

ALL = ("genai-prices", "litellm", "model-prices")
WRONG = {**LITELLM, "one": {**LITELLM["one"], "output_cost_per_token": 1.2e-05}}
REASON = "litellm was compiled a day earlier."


def told(chosen: Model, **replaced: Any) -> tuple[Row, ...]:  # noqa: ANN401 - parts of packages
    """Return what is published of a model's differences."""
    known = books(**replaced)
    return disagreements(chosen, compared(chosen, known, DAY), timeline(chosen, known, DAY).conflicts)


def test_packages_that_agree_say_nothing() -> None:
    """Each figure that two of them state is the same."""
    assert told(model("one", *ALL)) == ()


def test_a_difference_without_a_reason_stops_the_build() -> None:
    """The message names the file, the key, both figures, and what to do."""
    with pytest.raises(PricesError) as refusal:
        told(model("one", *ALL), litellm=WRONG)
    assert str(refusal.value) == (
        "models.toml: one: output: ours is 10.0, litellm says 12.0: find out who is right, and either correct the "
        "entry or state the reason under `explained`"
    )


def test_a_difference_with_a_reason_is_published() -> None:
    """With both figures."""
    chosen = model("one", *ALL, explained=(Explained(package="litellm", figures=("output",), reason=REASON),))
    assert told(chosen, litellm=WRONG) == (
        {
            "key": "one",
            "name": "One",
            "figure": "output",
            "ours": "10.0",
            "package": "litellm",
            "theirs": "12.0",
            "reason": REASON,
        },
    )


def test_a_reason_without_a_difference_stops_the_build() -> None:
    """What has been settled is taken out, so that it does not cover the next difference."""
    chosen = model("one", *ALL, explained=(Explained(package="litellm", figures=("output",), reason=REASON),))
    with pytest.raises(PricesError, match="one: explained: litellm no longer differs in output: take the reason out"):
        told(chosen)


def test_a_reason_covers_the_figures_that_it_names_and_no_other() -> None:
    """A new difference of the same package needs its own."""
    wrong = {**WRONG, "one": {**WRONG["one"], "cache_read_input_token_cost": 5e-07}}
    chosen = model("one", *ALL, explained=(Explained(package="litellm", figures=("output",), reason=REASON),))
    with pytest.raises(PricesError, match=r"cached input: ours is 0\.2, litellm says 0\.5"):
        told(chosen, litellm=wrong)


def test_a_day_of_retirement_is_compared_too() -> None:
    """Ours and litellm's."""
    table = {**LITELLM, "one": {**LITELLM["one"], "deprecation_date": "2027-01-14"}}
    with pytest.raises(PricesError, match="retires: ours is 2027-01-06, litellm says 2027-01-14"):
        told(model("one", *ALL, state={"retires": date(2027, 1, 6)}), litellm=table)
    assert told(model("one", *ALL, state={"retires": date(2027, 1, 14)}), litellm=table) == ()


def test_a_day_that_lags_is_published_with_the_reason_that_it_always_has() -> None:
    """A recording lags the seller's day."""
    [row] = told(model("fallen", "genai-prices", "model-prices"))
    assert (row["figure"], row["ours"], row["package"], row["theirs"]) == (
        "first day",
        "2026-03-16",
        "model-prices",
        "2026-04-02",
    )
    assert "lags" in str(row["reason"])


def test_two_documented_days_need_a_reason() -> None:
    """No rule says which of two sellers' pages is right."""
    prices = {
        "fallen": {
            "standard": [
                interval(None, (10.0, 40.0), valid_from=midnight("2025-06-10")),
                interval(midnight("2026-04-02"), (2.0, 8.0), basis="documented"),
            ]
        }
    }
    replaced = {**SNAPSHOT, "prices": {"acme": prices}}
    with pytest.raises(PricesError, match="first day: ours is 2026-04-02, genai-prices says 2026-03-16"):
        told(model("fallen", "genai-prices", "model-prices"), snapshot=replaced)
    explained = (Explained(package="genai-prices", figures=("valid_from",), reason="An alias."),)
    [row] = told(model("fallen", "genai-prices", "model-prices", explained=explained), snapshot=replaced)
    assert row["reason"] == "An alias."
