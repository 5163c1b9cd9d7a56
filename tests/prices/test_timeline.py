"""What a model cost since when: whose day counts, what completes what, and what is known of it beside its price."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from prices.records import inference
from prices.selection import Model
from prices.terms import PricesError
from prices.timeline import timeline
from prices.write import Row
from tests.prices.fakes import DAY, GENAI, LITELLM, SNAPSHOT, books, interval, midnight, model

BOTH = ("genai-prices", "model-prices")


def rows(chosen: Model, checked: date = DAY, **replaced: Any) -> tuple[Row, ...]:  # noqa: ANN401 - parts of packages
    """Return the records of a model."""
    known = books(**replaced)
    return inference(chosen, known, checked, timeline(chosen, known, checked).steps)


def test_a_change_of_price_is_a_record_and_the_first_begins_where_it_was_recorded() -> None:
    """Today's terms are completed by packages that agree with the price; earlier ones are as they were recorded."""
    first, second = rows(model("one", "genai-prices", "litellm", "model-prices"))
    assert (first["valid_from"], first["input"], first["output"]) == (date(2026, 2, 1), 3, 15)
    assert "cached_input" not in first
    assert "batch_input" not in first
    assert first["sources"] == ("model-prices",)
    assert (second["valid_from"], second["input"], second["batch_input"]) == (date(2026, 5, 1), 2, 1)
    assert second["sources"] == ("genai-prices", "litellm", "model-prices")
    assert second["context_window"] == 100_000, "genai-prices is believed before litellm"
    assert second["cache_minimum_tokens"] == 1024
    assert "rate" not in second


def test_the_sellers_own_day_beats_the_day_of_a_recording() -> None:
    """And the difference is told."""
    found = timeline(model("fallen", *BOTH), books(), DAY)
    assert [(step.since, step.packages) for step in found.steps] == [
        (date(2025, 6, 10), ("model-prices",)),
        (date(2026, 3, 16), ("genai-prices", "model-prices")),
    ]
    [conflict] = found.conflicts
    assert (conflict.package, conflict.ours, conflict.theirs) == ("model-prices", date(2026, 3, 16), date(2026, 4, 2))
    assert not conflict.documented


@pytest.mark.parametrize(("recorded", "basis", "ours"), [
    ("2026-04-02", "documented", "2026-04-02"),
    ("2026-02-01", "models.dev commit", "2026-02-01"),
])  # fmt: skip
def test_a_documented_day_stands_and_so_does_one_on_which_the_price_was_seen(
    recorded: str, basis: str, ours: str
) -> None:
    """A price cannot have begun after it was seen; two documented days need a person."""
    prices = {
        "fallen": {
            "standard": [
                interval(None, (10.0, 40.0), valid_from=midnight("2025-06-10")),
                interval(midnight(recorded), (2.0, 8.0), basis=basis),
            ]
        }
    }
    found = timeline(model("fallen", *BOTH), books(snapshot={**SNAPSHOT, "prices": {"acme": prices}}), DAY)
    assert found.steps[1].since == date.fromisoformat(ours)
    assert [conflict.documented for conflict in found.conflicts] == [basis == "documented"]


def test_an_incomplete_recording_that_was_mended_within_days_is_no_price_of_its_own() -> None:
    """The price is counted from the first recording, with what the second added."""
    [row] = rows(model("mended", "model-prices"))
    assert (row["valid_from"], row["cached_input"]) == (date(2026, 6, 11), Decimal("0.5"))
    prices = {"mended": {"standard": [*SNAPSHOT["prices"]["acme"]["mended"]["standard"]]}}
    prices["mended"]["standard"][1] = interval(midnight("2026-06-19"), (2.0, 8.0), cache_read=0.5)
    later = rows(model("mended", "model-prices"), snapshot={**SNAPSHOT, "prices": {"acme": prices}})
    assert len(later) == 2, "after more than a week it is"


def test_an_announced_price_is_a_record_and_ends_the_introduction() -> None:
    """The one in force says when it ends; the one to come, since when that is known."""
    chosen = model("rising", *BOTH, announced=DAY, rate="introductory", rate_until=date(2026, 12, 1))
    now, to_come = rows(chosen)
    assert (now["input"], now["valid_until"], now["rate"]) == (1, date(2026, 12, 1), "introductory")
    assert (to_come["input"], to_come["valid_from"], to_come["announced"]) == (2, date(2026, 12, 1), DAY)
    assert "rate" not in to_come
    assert to_come["note"] == "Announced, not yet in force."
    with pytest.raises(PricesError, match=r"models\.toml: rising: its price changes on 2026-12-01: .*`announced`"):
        rows(model("rising", *BOTH))


def test_a_price_that_changes_by_the_hour_is_its_mean_over_the_day() -> None:
    """Seven dear hours at twice the price: 31/24, to the cent, from the day on which there are such hours."""
    before, since = rows(model("hourly", *BOTH, rate="time_of_day"))
    assert (before["input"], before["output"]) == (Decimal("0.14"), Decimal("0.28"))
    assert "rate" not in before
    assert (since["input"], since["output"]) == (Decimal("0.19"), Decimal("0.77"))
    assert (since["valid_from"], since["rate"]) == (date(2026, 8, 16), "time_of_day")


def test_a_mended_mean_is_a_record_of_its_own() -> None:
    """What was said before stands; from the day of the mend on, weekends are cheap: 29/24, to a tenth of a cent."""
    wrong, day = "0.19 was the mean over a weekday.", date(2026, 11, 27)
    _, was, mended = rows(model("hourly", *BOTH, rate="time_of_day", mended=day, mends=wrong))
    assert (was["input"], was["output"]) == (Decimal("0.19"), Decimal("0.77"))
    assert "valid_until" not in was
    assert "mends" not in was
    assert (mended["input"], mended["output"]) == (Decimal("0.181"), Decimal("0.725"))
    assert (mended["valid_from"], mended["checked"], mended["mends"]) == (day, day, wrong)


def test_a_price_of_long_prompts_is_taken_from_who_states_it_for_the_same_price() -> None:
    """And dropped where the model accepts no prompt that long."""
    [row] = rows(model("long", *BOTH))
    assert (row["long_prompt_from"], row["long_prompt_input_multiple"], row["long_prompt_output_multiple"]) == (
        200_000,
        2,
        Decimal("1.5"),
    )
    [row] = rows(model("long", *BOTH, state={"context_window": 200_000}))
    assert "long_prompt_from" not in row
    [row] = rows(model("long", *BOTH, state={"long_prompt_from": 199_999}))
    assert row["long_prompt_from"] == 199_999


def test_a_cached_price_that_was_rounded_to_the_cent_is_not_a_change() -> None:
    """models.dev recorded 0.125 as 0.13."""
    prices = {
        "one": {
            "standard": [
                interval(None, (2.0, 10.0), valid_from=midnight("2026-02-01"), cache_read=0.13),
                interval(midnight("2026-05-01"), (2.0, 10.0), cache_read=0.125),
            ]
        }
    }
    [row] = rows(
        model("one", *BOTH),
        genai=GENAI.replace("Decimal('0.2')", "Decimal('0.125')"),
        snapshot={**SNAPSHOT, "prices": {"acme": prices}},
    )
    assert (row["valid_from"], row["cached_input"]) == (date(2026, 2, 1), Decimal("0.125"))


def test_a_price_without_a_day_needs_one() -> None:
    """Nothing is dated by guess; and a day that nobody needs would hide the real one."""
    with pytest.raises(PricesError, match=r"alone: since when does 0\.03/0\.05 hold\? .* recorded last is nothing"):
        rows(model("alone", "litellm"))
    [row] = rows(model("alone", "litellm", since=date(2026, 11, 1)))
    assert (row["valid_from"], row["note"]) == (date(2026, 11, 1), "From litellm alone.")
    with pytest.raises(PricesError, match="one: since: model-prices dates its price: leave it out"):
        rows(model("one", *BOTH, since=date(2026, 11, 1)))


def test_a_price_that_nobody_recorded_yet_needs_a_day_too() -> None:
    """The history ends with another price."""
    prices = {"one": {"standard": [interval(None, (3.0, 15.0), valid_from=midnight("2026-02-01"))]}}
    with pytest.raises(
        PricesError, match=r"since when does 2/10 hold\? .* recorded last is 3\.0/15\.0 since 2026-02-01"
    ):
        rows(model("one", *BOTH), snapshot={**SNAPSHOT, "prices": {"acme": prices}})


def test_a_model_that_no_package_has_is_refused() -> None:
    """Its exact id is in none of them."""
    with pytest.raises(PricesError, match=r"models\.toml: two: genai-prices has no acme/two: ids are exact"):
        rows(model("two", "genai-prices"))
    with pytest.raises(PricesError, match=r"models\.toml: two: no package prices it"):
        rows(model("two"))


def test_a_record_of_its_time_is_read_from_the_list_of_its_day() -> None:
    """And no later price becomes its own."""
    chosen = model("old", "model-price-radar-mcp", snapshot=date(2023, 7, 26), note="A record of its time.")
    [row] = rows(chosen)
    assert (row["valid_from"], row["input"], row["output"]) == (date(2023, 7, 26), 30, 60)
    assert row["sources"] == ("openrouter-snapshots",)
    assert row["note"] == "A record of its time."
    with pytest.raises(PricesError, match="no list of 2024-03-26 has a new price"):
        rows(model("old", "model-price-radar-mcp", snapshot=date(2024, 3, 26)))


def test_what_is_stated_by_hand_goes_with_the_price_of_today() -> None:
    """And what the published record was without can be left out."""
    chosen = model(
        "one",
        "genai-prices",
        "litellm",
        "model-prices",
        state={"retires": date(2027, 1, 14), "retires_source": "its-page", "cache_minutes": 5},
        leave_out=("cache_minimum_tokens",),
        sources=("its-page",),
        note="A note.",
    )
    first, second = rows(chosen)
    assert "retires" not in first
    assert "note" not in first
    assert (second["retires"], second["retires_source"]) == (date(2027, 1, 14), "its-page")
    assert second["sources"] == ("genai-prices", "litellm", "model-prices", "its-page")
    assert "cache_minimum_tokens" not in second
    with pytest.raises(PricesError, match="one: state: nothing reads shoe_size"):
        rows(model("one", *BOTH, state={"shoe_size": 45}))


def test_a_price_of_writing_to_the_cache_that_is_the_price_of_input_is_none() -> None:
    """It would be a figure that says nothing."""
    table = {
        **LITELLM,
        "alone": {**LITELLM["alone"], "cache_read_input_token_cost": 1e-08, "cache_creation_input_token_cost": 3e-08},
    }
    [row] = rows(model("alone", "litellm", since=DAY), litellm=table)
    assert row["cached_input"] == Decimal("0.01")
    assert "cache_write" not in row
