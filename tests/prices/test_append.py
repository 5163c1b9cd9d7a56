"""History is appended, never overwritten, whatever newer packages say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from prices.append import merged
from prices.selection import Kept
from prices.terms import PricesError
from prices.write import INFERENCE, Row

CHECKED, LATER = date(2026, 11, 24), date(2027, 2, 1)
FILE = "calculators/data/inference_prices.toml"


def record(day: str, price: str = "2.0", checked: date = CHECKED, **more: Any) -> Row:  # noqa: ANN401 - any field
    """Return a record of a model."""
    return {
        "key": "one",
        "valid_from": date.fromisoformat(day),
        "input": Decimal(price),
        "output": Decimal(10),
        "checked": checked,
        **more,
    }


def after(committed: tuple[Row, ...], derived: tuple[Row, ...], *kept: Kept) -> tuple[Row, ...]:
    """Return the records after the packages were asked."""
    return merged(FILE, INFERENCE, committed, derived, kept).rows


def refused(committed: tuple[Row, ...], derived: tuple[Row, ...]) -> str:
    """Return why the packages are not taken over."""
    with pytest.raises(PricesError) as refusal:
        after(committed, derived)
    return str(refusal.value)


def test_what_is_committed_and_borne_out_stays_as_it_is() -> None:
    """To the byte, and nothing is reported."""
    committed = (record("2026-02-01", "3.0"), record("2026-05-01", note="A note."))
    found = merged(FILE, INFERENCE, committed, committed, ())
    assert (found.rows, found.news) == (committed, ())


def test_everything_is_new_where_nothing_is_committed() -> None:
    """Each record is reported."""
    found = merged(FILE, INFERENCE, (), (record("2026-05-01"),), ())
    assert found.rows == (record("2026-05-01"),)
    assert found.news == ("one: added from 2026-05-01: input 2.0, output 10.0",)


def test_a_committed_price_that_packages_contradict_is_refused() -> None:
    """With file, key, record and both figures, and the cure."""
    message = refused((record("2026-05-01", "1.9"),), (record("2026-05-01"),))
    assert message == (
        f"{FILE}: one: record from 2026-05-01: input is 1.9 as committed and 2.0 by the packages: history is appended, "
        "never overwritten: put the committed figure back; or say under `kept` in models.toml why it stands; or, if "
        "the price has changed since, say there from which day with `since`"
    )


@pytest.mark.parametrize("field", ["cached_input", "batch_output", "long_prompt_from"])
def test_a_price_that_was_taken_out_or_put_in_is_refused(field: str) -> None:
    """Absent and stated are two figures."""
    assert f"{field} is not stated as committed" in refused(
        (record("2026-05-01"),), ({**record("2026-05-01"), field: Decimal(1)},)
    )
    assert f"{field} is 1.0 as committed and not stated" in refused(
        ({**record("2026-05-01"), field: Decimal(1)},), (record("2026-05-01"),)
    )


def test_a_passed_record_is_held_against_the_packages_too() -> None:
    """History can be tampered with as well as today."""
    committed = (record("2026-02-01", "3.5"), record("2026-05-01"))
    assert "record from 2026-02-01: input is 3.5" in refused(
        committed, (record("2026-02-01", "3.0"), record("2026-05-01"))
    )


def test_a_new_price_is_appended_with_its_day() -> None:
    """The old record stays, untouched."""
    committed = (record("2026-05-01"),)
    derived = (record("2026-05-01", checked=LATER), record("2027-01-15", "1.0", checked=LATER))
    found = merged(FILE, INFERENCE, committed, derived, ())
    assert found.rows == (record("2026-05-01"), record("2027-01-15", "1.0", checked=LATER))
    assert found.news == ("one: added from 2027-01-15: input 2.0 → 1.0",)


def test_a_price_from_before_the_last_check_would_change_answers_and_is_refused() -> None:
    """A link of 24 November was answered with the price that was committed as checked on that day."""
    derived = (record("2026-05-01", checked=LATER), record("2026-11-20", "1.0", checked=LATER))
    message = refused((record("2026-05-01"),), derived)
    assert "the packages change it on 2026-11-20" in message
    assert "committed as checked on 2026-11-24" in message


def test_an_announced_price_is_appended_however_early_it_was_known() -> None:
    """It holds from a day to come."""
    to_come = record("2027-03-01", "4.0", announced=CHECKED)
    now = record("2026-05-01", valid_until=date(2027, 3, 1))
    assert after((record("2026-05-01"),), (now, to_come)) == (record("2026-05-01"), to_come)


def test_an_announced_price_that_came_into_force_is_the_record_that_announced_it() -> None:
    """Its day of announcement stays, its wording is renewed; the one before it is not touched."""
    committed = (
        record("2026-05-01", valid_until=date(2026, 12, 1), rate="introductory", note="It doubles."),
        record("2026-12-01", "4.0", announced=CHECKED, note="Announced, not yet in force."),
    )
    derived = (record("2026-05-01", checked=LATER), record("2026-12-01", "4.0", checked=LATER, note="In force."))
    assert after(committed, derived) == (
        committed[0],
        record("2026-12-01", "4.0", announced=CHECKED, note="In force.", checked=LATER),
    )


def test_a_record_from_before_the_packages_know_anything_stays() -> None:
    """They bear out what they know, and history only grows."""
    committed = (record("2025-01-01", "9.0"), record("2026-05-01"))
    assert after(committed, (record("2026-05-01"),)) == committed


def test_a_key_that_disappears_from_the_packages_stays() -> None:
    """Links to it are answered for good."""
    committed = (record("2026-05-01"),)
    assert after(committed, ()) == committed


def test_history_that_becomes_known_is_put_before_what_is_committed() -> None:
    """No day that had an answer gets another one."""
    committed = (record("2026-05-01"),)
    assert after(committed, (record("2026-02-01", "3.0"), record("2026-05-01"))) == (
        record("2026-02-01", "3.0"),
        *committed,
    )


@pytest.mark.parametrize("day", ["2026-01-15", "2026-02-15"])
def test_a_price_that_packages_date_differently_is_refused(day: str) -> None:
    """A day is a figure as well: whoever keeps it says why."""
    committed = (record("2026-02-01", "3.0"), record("2026-05-01"))
    derived = (record(day, "3.0"), record("2026-05-01"))
    assert f"record from 2026-02-01: the packages date this price from {day}" in refused(committed, derived)
    kept = after(committed, derived, Kept(valid_from=date(2026, 2, 1), reason="Seen on the list of that day."))
    assert kept[-2:] == committed


def test_a_record_that_was_taken_out_is_missed() -> None:
    """The packages still have its price."""
    derived = (record("2026-02-01", "3.0"), record("2026-05-01"))
    assert "put back a record that was taken out" in refused(derived[:1], derived)


def test_new_terms_of_a_standing_price_begin_on_the_day_of_the_check() -> None:
    """A day of retirement that becomes known was not known before."""
    committed = (record("2026-05-01"),)
    derived = (record("2026-05-01", checked=LATER, retires=date(2027, 9, 1)),)
    found = merged(FILE, INFERENCE, committed, derived, ())
    assert found.rows == (
        record("2026-05-01", checked=LATER),
        record("2027-02-01", checked=LATER, retires=date(2027, 9, 1)),
    )
    assert found.news == ("one: added from 2027-02-01: retires not stated → 2027-09-01",)
    again = merged(FILE, INFERENCE, found.rows, derived, ())
    assert (again.rows, again.news) == (found.rows, ())


def test_new_terms_on_the_day_of_the_same_check_are_a_committed_figure_that_was_changed() -> None:
    """Nobody can have learned anything since."""
    message = refused((record("2026-05-01", context_window=9),), (record("2026-05-01", context_window=8),))
    assert "context_window is 9 as committed and 8 by the packages" in message
    assert "state a later day as `checked`" in message


def test_a_record_that_models_toml_keeps_stands() -> None:
    """With a reason, against all packages."""
    committed = (record("2026-02-01", "3.5"), record("2026-05-01"))
    kept = Kept(valid_from=date(2026, 2, 1), reason="Read on the seller's page.")
    assert after(committed, (record("2026-02-01", "3.0"), record("2026-05-01")), kept) == committed
