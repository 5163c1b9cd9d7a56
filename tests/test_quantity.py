"""Numbers as people write them: read exactly or refused with the way out, and written back without loss."""

import math
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.quantity import (
    LONGEST_ENTRY,
    Quantity,
    RefusedInputError,
    write_cents,
    write_entry,
    write_link,
    write_money,
    write_money_short,
    write_number,
    write_share,
    write_short,
    write_words,
)

MODEST: Final = settings(max_examples=300, derandomize=True, deadline=None, database=None)
TABLE: Final = tomllib.loads(Path(__file__).with_name("entries.toml").read_text(encoding="utf-8"))
KINDS: Final = {name: Quantity(label=name, **bounds) for name, bounds in TABLE["quantities"].items()}

ANY: Final = Quantity(minimum=-1e300, maximum=1e300)
WHOLE: Final = Quantity(whole=True)
SHARE: Final = Quantity(share=True, maximum=1)
USD: Final = Quantity(money=True, maximum=1e12)


def typed(entry: dict[str, Any]) -> str:
    """What is typed in a case of the table."""
    return str(entry["text"]) * int(entry.get("times", 1))


def named(entry: dict[str, Any]) -> str:
    """Name a case."""
    return f"{entry['quantity']}: {entry['why']}"


@pytest.mark.parametrize("entry", [entry for entry in TABLE["entry"] if "value" in entry], ids=named)
def test_read_as_its_value(entry: dict[str, Any]) -> None:
    """What a reader plainly means is read, and read exactly."""
    assert float(entry["value"]) == KINDS[entry["quantity"]].read(typed(entry))


@pytest.mark.parametrize("entry", [entry for entry in TABLE["entry"] if "value" not in entry], ids=named)
def test_refused_with_the_range(entry: dict[str, Any]) -> None:
    """What could mean two things, or nothing, is refused, and the message says which values are allowed."""
    quantity = KINDS[entry["quantity"]]
    with pytest.raises(RefusedInputError) as refused:
        quantity.read(typed(entry))

    assert quantity.range in str(refused.value)
    assert len(str(refused.value)) < 200, "the message repeats what was typed: shorten it"


def test_the_table_has_both_kinds_of_every_quantity() -> None:
    """The browser's tests and these read one table: it must not lose a kind unnoticed."""
    read = {entry["quantity"] for entry in TABLE["entry"] if "value" in entry}
    refused = {entry["quantity"] for entry in TABLE["entry"] if "value" not in entry}

    assert set(KINDS) == read
    assert set(KINDS) == refused


@pytest.mark.parametrize(
    ("quantity", "text", "value"),
    [
        (USD, "$1,500", 1500.0),
        (USD, "$ 2.50", 2.5),
        (USD, "0.30 ", 0.3),
        (ANY, "-5", -5.0),
        (ANY, "−5", -5.0),
        (ANY, "2.5B", 2.5e9),
        (ANY, "2.5 k", 2500.0),
        (ANY, ".5", 0.5),
        (ANY, "5.", 5.0),
        (ANY, "1e-3", 0.001),
        (ANY, "1\u202f234\u202f567", 1_234_567.0),
        (SHARE, "100%", 1.0),
        (SHARE, "0.5 %", 0.005),
        (WHOLE, "1.2345M", 1_234_500.0),
    ],
)
def test_other_ways_to_write_a_number(quantity: Quantity, text: str, value: float) -> None:
    """Signs, units and spaces that people use are understood."""
    assert value == quantity.read(text)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (ANY, "1,00"),
        (ANY, "1,5"),
        (ANY, "1,000,00"),
        (ANY, "1 00"),
        (ANY, "1.2.3"),
        (ANY, "$5"),
        (ANY, "."),
        (ANY, "k"),
        (ANY, "%"),
        (ANY, "1e"),
        (ANY, "--1"),
        (ANY, "5 kg"),
        (ANY, "1e99999"),
        (ANY, "½"),
        (ANY, "10²"),
        (ANY, "②"),
        (SHARE, "1.01"),
        (SHARE, "-1%"),
        (USD, "€5"),
        (WHOLE, "0.1k1"),
        (WHOLE, "-0.5"),
    ],
)
def test_what_is_not_plain_is_refused(quantity: Quantity, text: str) -> None:
    """A guess would be wrong by a factor of a thousand, so none is made."""
    with pytest.raises(RefusedInputError):
        quantity.read(text)


def test_a_decimal_comma_is_told_apart() -> None:
    """A reader from a country that writes 1,5 is told what to write."""
    with pytest.raises(RefusedInputError, match="decimal point"):
        ANY.read("1,5")


def test_bounds_are_allowed_and_no_more() -> None:
    """The range named in a message holds at both of its ends."""
    quantity = Quantity(minimum=1, maximum=36, whole=True)

    assert [1.0, 36.0] == [quantity.read("1"), quantity.read("36")]
    for text in ("0", "37"):
        with pytest.raises(RefusedInputError, match="1 to 36"):
            quantity.read(text)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_check_lets_no_unreal_number_through(number: float) -> None:
    """A number that comes from code is held to the same bounds as one that is typed."""
    with pytest.raises(RefusedInputError, match="finite"):
        ANY.check(number)


def test_the_longest_entry_is_read() -> None:
    """The limit on length stops floods, not numbers."""
    assert 0.0 == ANY.read("0" * LONGEST_ENTRY)
    with pytest.raises(RefusedInputError, match="characters"):
        ANY.read("0" * (LONGEST_ENTRY + 1))


@MODEST
@given(number=st.floats(min_value=-1e300, max_value=1e300))
def test_a_field_gives_back_the_same_number(number: float) -> None:
    """Leaving a field rewrites its text, and must not move its value by the last digit."""
    assert number == ANY.read(write_entry(number, ANY))


@MODEST
@given(number=st.floats(min_value=0, max_value=1))
def test_a_share_field_gives_back_the_same_share(number: float) -> None:
    """Per cents are written only where they are read back as the same float."""
    assert number == SHARE.read(write_entry(number, SHARE))


@MODEST
@given(number=st.integers(min_value=0, max_value=10**15))
def test_a_whole_field_gives_back_the_same_number(number: int) -> None:
    """Thousands are set apart, and read back."""
    written = write_entry(float(number), WHOLE)

    assert f"{number:,}" == written
    assert number == WHOLE.read(written)


@MODEST
@given(number=st.floats(min_value=-1e300, max_value=1e300))
def test_a_link_gives_back_the_same_number(number: float) -> None:
    """A link carries the exact number, in characters that need no escape."""
    written = write_link(number)

    assert number == ANY.read(written)
    assert set(written) <= set("0123456789.-+e")


@MODEST
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is pasted into a field, the outcome is a number in range or a message."""
    for quantity in (ANY, WHOLE, SHARE, USD):
        number, message = outcome(quantity, text)

        assert quantity.minimum <= number <= quantity.maximum or quantity.range in message


def outcome(quantity: Quantity, text: str) -> tuple[float, str]:
    """The number that a text is read as, or the message with which it is refused."""
    try:
        return quantity.read(text), ""
    except RefusedInputError as refused:
        return math.nan, str(refused)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.0, "0"),
        (4_254_765, "4,250,000"),
        (999.5, "1,000"),
        (99.95, "100"),
        (12.5, "12.5"),
        (1.0, "1"),
        (0.0012345, "0.00123"),
        (-12_345, "-12,300"),
        (math.inf, "inf"),
    ],
)
def test_three_digits(number: float, written: str) -> None:
    """A page writes three significant digits: more would claim to know them."""
    assert written == write_number(number)


@pytest.mark.parametrize(
    ("number", "written"),
    [(0.0, "0"), (999, "999"), (999.9, "1K"), (1_500, "1.5K"), (999_999, "1M"), (4_254_765, "4.25M"), (2e9, "2B")],
)
def test_short_numbers(number: float, written: str) -> None:
    """A picture has room for a letter; rounding up takes the next one."""
    assert written == write_short(number)


@pytest.mark.parametrize(
    ("number", "written"),
    [(50_000, "50,000"), (999_999, "1 million"), (4_254_765, "4.25 million"), (1e9, "1 billion"), (5, "5")],
)
def test_numbers_in_sentences(number: float, written: str) -> None:
    """A sentence says a million as one would aloud."""
    assert written == write_words(number)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "$0"),
        (107_311.5, "$107,000"),
        (99.999, "$100"),
        (4.5, "$4.50"),
        (5, "$5"),
        (93.39, "$93.40"),
        (0.00111, "$0.00111"),
        (-4.5, "−$4.50"),
    ],
)
def test_amounts(amount: float, written: str) -> None:
    """Cents where they are paid, none where they are noise."""
    assert written == write_money(amount)


def test_amounts_in_other_places() -> None:
    """Pictures shorten, ledgers keep the cent, and nothing less than half a cent turns negative."""
    assert ["$107K", "−$107K"] == [write_money_short(107_311.5), write_money_short(-107_311.5)]
    assert ["$1,890.70", "−$1,890.70", "$0.00"] == [write_cents(1_890.7), write_cents(-1_890.7), write_cents(-0.001)]


@pytest.mark.parametrize(
    ("share", "written"),
    [(0, "0%"), (1, "100%"), (0.954, "95%"), (0.9973, "99.7%"), (0.0123, "1.2%"), (0.05, "5%"), (0.1, "10%")],
)
def test_shares(share: float, written: str) -> None:
    """Whole per cents in the middle; a decimal where the difference to all or nothing counts."""
    assert written == write_share(share)


@pytest.mark.parametrize(
    ("quantity", "wanted"),
    [
        (Quantity(unit="tokens", maximum=5), "a number, 0 to 5"),
        (Quantity(unit="tokens", maximum=5, whole=True), "a whole number, 0 to 5"),
        (Quantity(share=True, maximum=1), "a share, 0% to 100%"),
        (Quantity(unit="US dollars", money=True, maximum=1_000), "an amount, 0 to 1,000"),
    ],
)
def test_a_refusal_says_what_is_wanted(quantity: Quantity, wanted: str) -> None:
    """The message can be acted on without looking anything up."""
    with pytest.raises(RefusedInputError) as refused:
        quantity.read("")

    assert str(refused.value).endswith(f"enter {wanted}")


def test_a_named_quantity_keeps_what_it_is() -> None:
    """A form gives a quantity its words and bounds; unit, wholeness and money stay unless it says otherwise."""
    month = Quantity(unit="months", whole=True).named("Horizon", minimum=1, maximum=36, hint="How long.")

    assert Quantity(label="Horizon", unit="months", whole=True, minimum=1, maximum=36, hint="How long.") == month
    assert "a year" == month.named("Life", unit="a year").unit
