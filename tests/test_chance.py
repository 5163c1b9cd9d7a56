"""Chances as people say them: read however they are said, written back without loss, and told in a few words."""

import math
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.quantity import RefusedInputError, write_chance, write_entry, write_share
from calculators.vocabulary import CHANCE, SHARE

MODEST: Final = settings(max_examples=300, derandomize=True, deadline=None, database=None)
EVERY_CHANCE: Final = [number / 10_000 for number in range(10_001)]
BOUNDS: Final = {"less than 1 in 1,000": 0.0005, "more than 999 in 1,000": 0.9995, "no chance": 0.0, "certain": 1.0}
"""What is said instead of a fraction, and where it lies among the fractions."""


def said(chance: float) -> float:
    """The chance that a sentence says."""
    words = write_chance(chance)
    return BOUNDS[words] if words in BOUNDS else CHANCE.read(words)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("60 %", 0.6),
        ("60%", 0.6),
        ("0.6", 0.6),
        (".6", 0.6),
        ("3 in 5", 0.6),
        (" 3  IN  5 ", 0.6),
        ("1 in 15", 1 / 15),
        ("3/5", 0.6),
        ("3 / 5", 0.6),
        ("3 out of 5", 0.6),
        ("3 of 5", 0.6),
        ("2 times in 3", 2 / 3),
        ("1 time in 15", 1 / 15),
        ("1 in 1,000", 0.001),
        ("1 in 1 000", 0.001),
        ("999 in 1000", 0.999),
        ("2.5 in 10", 0.25),
        ("0 in 5", 0.0),
        ("0", 0.0),
        ("5 in 5", 1.0),
        ("1", 1.0),
        ("100%", 1.0),
        ("0.1%", 0.001),
    ],
)
def test_read_as_people_say_it(text: str, value: float) -> None:
    """In per cent, as a share, or as so many in so many."""
    assert value == CHANCE.read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("60", "60 is above 100% (write 60% or 3 in 5): "),
        ("7", "7 is above 100% (write 7% or 7 in 100): "),
        ("100", "100 is above 100% (write 100% or 1 in 1): "),
        ("12.5", "12.5 is above 100% (write 12.5%): "),
        ("101", "101 is above 100%: "),
        ("120%", "120% is above 100%: "),
        ("5 in 3", "“5 in 3” is more often than there are times: "),
        ("3 in 0", "“3 in 0” counts in no times at all: "),
        ("0/0", "“0/0” counts in no times at all: "),
        ("-3 in 5", "“-3 in 5” is not a number: "),
        ("3 in -5", "“3 in -5” is not a number: "),
        ("3 in", "“3 in” is not a number: "),
        ("in 5", "“in 5” is not a number: "),
        ("3 in 5%", "“3 in 5%” is not a number: "),
        ("3 in 5 in 7", "“3 in 5 in 7” is not a number: "),
        ("three in five", "“three in five” is not a number: "),
        ("3in5", "“3in5” is not a number: "),
        ("½", "“½” is not a number: "),
        ("0,6", "“0,6” is not a number (write a decimal point, not a comma): "),
        ("-10%", "-10% is below 0%: "),
        ("", "nothing is entered: "),
    ],
)
def test_refused_with_the_way_out(text: str, told: str) -> None:
    """What is no chance is refused; a number that was meant in per cent is written out as what it was meant to be."""
    with pytest.raises(RefusedInputError) as refused:
        CHANCE.read(text)

    assert f"{told}enter a chance as 60% or 3 in 5, 0% to 100%" == str(refused.value)


def test_what_a_refusal_advises_is_read() -> None:
    """Whatever whole number above 1 is typed, what is written in its place is the same chance twice."""
    for number in range(2, 101):
        with pytest.raises(RefusedInputError) as refused:
            CHANCE.read(f"{number}")
        advice = str(refused.value).partition("(write ")[2].partition(")")[0]

        assert [number / 100] * 2 == [CHANCE.read(each) for each in advice.split(" or ")]


@pytest.mark.parametrize("text", ["3 in 5", "3/5", "1 out of 2"])
def test_a_share_is_no_chance(text: str) -> None:
    """Of a share of requests nobody says so, and a slip of the hand must not be read."""
    with pytest.raises(RefusedInputError, match="is not a number"):
        SHARE.read(text)


@pytest.mark.parametrize(
    ("chance", "written"),
    [
        (0.6, "60%"),
        (0.05, "5%"),
        (0.125, "12.5%"),
        (0.001, "0.1%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (1 / 3, "1 in 3"),
        (2 / 3, "2 in 3"),
        (1 / 15, "1 in 15"),
        (6 / 7, "6 in 7"),
    ],
)
def test_a_field_shows_a_percentage_where_it_is_exact(chance: float, written: str) -> None:
    """A third has no end in per cent: it is counted, as it was entered."""
    assert written == write_entry(chance, CHANCE)


@MODEST
@given(chance=st.floats(min_value=0, max_value=1))
def test_a_field_gives_back_the_same_chance(chance: float) -> None:
    """Leaving a field rewrites its text, and must not move its value by the last digit."""
    assert chance == CHANCE.read(write_entry(chance, CHANCE))


@MODEST
@given(times=st.integers(min_value=1, max_value=1_000), data=st.data())
def test_a_field_gives_back_what_was_counted(times: int, data: st.DataObject) -> None:
    """However a chance is counted, it comes back as the same float."""
    part = data.draw(st.integers(min_value=0, max_value=times))
    chance = CHANCE.read(f"{part} in {times}")

    assert chance == CHANCE.read(write_entry(chance, CHANCE))
    assert len(write_entry(chance, CHANCE)) <= len("999 in 1000")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "no chance"),
        (1e-9, "less than 1 in 1,000"),
        (0.001, "1 in 1,000"),
        (0.004, "1 in 300"),
        (0.01, "1 in 100"),
        (0.02, "1 in 50"),
        (0.05, "1 in 20"),
        (0.07, "1 in 15"),
        (0.1, "1 in 10"),
        (0.2, "1 in 5"),
        (0.25, "1 in 4"),
        (0.3, "3 in 10"),
        (0.33, "1 in 3"),
        (0.4, "2 in 5"),
        (0.5, "1 in 2"),
        (0.6, "3 in 5"),
        (0.65, "2 in 3"),
        (0.7, "7 in 10"),
        (0.75, "3 in 4"),
        (0.8, "4 in 5"),
        (0.9, "9 in 10"),
        (0.95, "19 in 20"),
        (0.99, "99 in 100"),
        (0.9999, "more than 999 in 1,000"),
        (1.0, "certain"),
    ],
)
def test_a_sentence_says_a_fraction_that_people_use(chance: float, words: str) -> None:
    """Halves, thirds, quarters, fifths and tenths in the middle; 1 in N and all but 1 in N outside."""
    assert words == write_chance(chance)


@pytest.mark.parametrize(("chance", "words"), [(-1e-17, "no chance"), (1 + 1e-15, "certain")])
def test_a_sum_that_is_a_digit_off_is_said_as_it_is_meant(chance: float, words: str) -> None:
    """Chances are added up, and may pass their ends by the last digit."""
    assert words == write_chance(chance)


def test_a_larger_chance_is_never_said_to_be_smaller() -> None:
    """Whoever compares two sentences compares the chances."""
    assert all(said(lower) <= said(higher) for lower, higher in pairwise(EVERY_CHANCE))


def test_what_is_said_is_near() -> None:
    """Within 0.05 anywhere; and of the rarer outcome within a seventh down to 1 in 100, a third down to 1 in 1,000."""
    for chance in EVERY_CHANCE:
        off, rarer = abs(said(chance) - chance), min(chance, 1 - chance)
        assert off <= 0.05 + 1e-9
        if 0.001 <= rarer:
            assert off <= rarer * (1 / 3 if rarer < 0.01 else 1 / 7 if rarer < 0.2 else 1 / 4) + 1e-9


def test_certainty_is_said_of_nothing_less() -> None:
    """Neither end is reached by rounding."""
    for chance in (math.ulp(0.0), 1e-4, 0.5, 1 - 1e-4, math.nextafter(1, 0)):
        assert write_chance(chance) not in {"no chance", "certain"}


def test_a_chance_and_its_counterpart_agree() -> None:
    """What passes 1 time in 20 fails 19 times in 20."""
    for times in (5, 8, 15, 20, 50, 100):
        assert write_chance(1 / times) == f"1 in {times}"
        assert write_chance(1 - 1 / times) == f"{times - 1} in {times}"


def test_a_chance_is_a_share() -> None:
    """Where there is no room for words, it is written in per cent as every share is."""
    assert CHANCE.share
    assert write_share(CHANCE.read("2 in 3")) == "67%"
