"""Price floors: what the file says, and what is refused, with the record and the reason named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from calculators.facts import DATA, FACTS, FactsError
from calculators.facts.background import PriceFloors, load_price_floors, price_floors

FILE = "price_floors.toml"
WHOLE = (DATA / FILE).read_text(encoding="utf-8")

type Load = Callable[[str], PriceFloors]

SMALL = """
[[floor]]
key = "low"
name = "Low"
rating = 1200.0
sources = ["arena-ratings-2026-10"]

[[floor]]
key = "high"
name = "High"
rating = 1300.0
sources = ["arena-ratings-2026-10"]

[[price]]
day = 2026-01-01
floor = "low"
model = "a/one"
rating = 1250.0
input = 1.0
output = 2.0
blended = 1.25
sources = ["openrouter-snapshots", "arena-ratings-2026-10"]

[[price]]
day = 2026-02-01
floor = "low"
model = "a/one"
rating = 1250.0
input = 0.5
output = 1.0
blended = 0.625
third = 0.7
sources = ["openrouter-snapshots", "arena-ratings-2026-10"]

[[price]]
day = 2026-02-01
floor = "high"
model = "b/two"
rating = 1350.0
input = 3.0
output = 3.0
blended = 3.0
sources = ["openrouter-snapshots", "arena-ratings-2026-10"]
"""


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a way to load a text as if it were the file."""

    def loaded(text: str) -> PriceFloors:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return load_price_floors(FACTS, tmp_path)

    return loaded


def test_what_is_on_file() -> None:
    """Five floors, followed from the first snapshot of the catalogue to the last: the figures that the guide tells."""
    known = price_floors()

    assert list(known.floors) == ["gpt-3.5-turbo", "gpt-4-2023", "gpt-4o", "claude-3.5-sonnet", "gpt-4.1"]
    assert (len(known.days), known.days[0], known.days[-1]) == (31, date(2023, 7, 26), date(2026, 9, 2))
    assert [len(prices) for prices in known.prices.values()] == [31, 31, 28, 25, 25]
    assert {prices[-1].day for prices in known.prices.values()} == {known.days[-1]}
    ends = {key: (prices[0].blended, prices[-1].blended) for key, prices in known.prices.items()}
    assert ends["gpt-3.5-turbo"] == (1.625, 0.055)
    assert ends["gpt-4-2023"] == (37.5, 0.055)
    lowest = known.lowest("gpt-3.5-turbo")
    assert (lowest.blended, lowest.day) == (0.01, date(2025, 8, 12))
    assert known.lowest("gpt-4.1") is known.prices["gpt-4.1"][-1]


def test_every_price_walks_to_its_sources() -> None:
    """Both publishers are on record, with the licence of each."""
    licences = {source: FACTS.sources[source].licence for source in price_floors().sources}

    assert licences == {"openrouter-snapshots": "not stated", "arena-ratings-2026-10": "CC BY 4.0"}


def test_a_snapshot_without_a_model_has_no_price(load: Load) -> None:
    """Before any model reached a floor there is nothing to pay."""
    known = load(SMALL)

    assert known.at("high", date(2026, 1, 1)) is None
    assert known.prices["high"][0] is known.at("high", date(2026, 2, 1))


def test_calculators_never_read_them() -> None:
    """
    A browser that answers does not load the file:
    nothing but a page asks for it, or for what else only pages show.
    """
    package = DATA.parent
    users = [path for path in package.rglob("*.py") if "facts.background" in path.read_text(encoding="utf-8")]

    assert {path.relative_to(package).parts[:2] for path in users} == {("facts", "background"), ("html", "pages")}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["arena-ratings-2026-10"]', '["hearsay"]', "low: no source is called hearsay"),
        ('["arena-ratings-2026-10"]', "[]", "low: names no source"),
        ('["arena-ratings-2026-10"]', "[1]", "low: sources: must be of type str"),
        ('key = "high"', 'key = "low"', "low: a second floor has this key"),
        ("rating = 1300.0", "rating = 1200.0", "high: rating: floors stand in order"),
        ("rating = 1300.0", "rating = nan", "high: rating: must be a finite number"),
        ('name = "Low"\n', "", "low: missing: name"),
        ('name = "Low"', 'name = ""', "low: name: must not be empty"),
        ("blended = 1.25", "blended = 1.26", "low, 2026-01-01: blended: 3 of input to 1 of output make 1.25, not 1.26"),
        ("input = 1.0", "input = 0.0", "low, 2026-01-01: input: 0 is no price"),
        ("input = 1.0", "input = -1.0", "low, 2026-01-01: input: -1 is below 0"),
        ("input = 1.0", "input = nan", "low, 2026-01-01: input: must be a finite number"),
        ("input = 1.0", "input = true", "low, 2026-01-01: input: must be of type float"),
        ("input = 1.0", 'input = "1"', "low, 2026-01-01: input: must be of type float"),
        ("input = 1.0\n", "", "low, 2026-01-01: missing: input"),
        ("input = 1.0", "inputs = 1.0", "low, 2026-01-01: unknown: inputs"),
        ("third = 0.7", "third = 0.6", "low, 2026-02-01: third: 0.6 is below the cheapest, 0.625"),
        ("third = 0.7", "third = nan", "low, 2026-02-01: third: must be a finite number"),
        ("day = 2026-01-01", "day = 2026-02-01", "low, 2026-02-01: day: not after 1 February 2026"),
        ("day = 2026-01-01", "day = 2026-01-01T00:00:00", "day: must be of type date"),
        ("day = 2026-01-01\n", "", r"\[\[price\]\] 1: missing: day"),
        ('floor = "low"', 'floor = "lowest"', "lowest, 2026-01-01: floor: there is no lowest"),
        ("rating = 1250.0", "rating = 1199.9", "low, 2026-01-01: rating: a/one has 1199.9, below the floor of 1200"),
        ("rating = 1250.0", "rating = 1251.0", "low, 2026-02-01: rating: a/one has 1251 elsewhere"),
        ("day = 2026-02-01", "day = 2026-03-01", "low: lacks the snapshot of 1 February 2026|high: lacks the snapshot"),
        (
            "input = 3.0\noutput = 3.0\nblended = 3.0",
            "input = 0.4\noutput = 0.4\nblended = 0.4",
            "high, 2026-02-01: cheaper than low",
        ),
        ('[[price]]\nday = 2026-02-01\nfloor = "high"', "[[prices]]", "nothing reads prices"),
        ("[[floor]]", "[[floor]", FILE),
    ],
)
def test_what_is_wrong_is_refused(load: Load, old: str, new: str, message: str) -> None:
    """One wrong figure refuses the file, and the message says which record and why."""
    assert old in SMALL
    with pytest.raises(FactsError, match=message) as refused:
        load(SMALL.replace(old, new, 1))

    assert str(refused.value).startswith(FILE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"no \[\[floor\]\]"),
        (SMALL.partition("[[price]]")[0], r"no \[\[price\]\]"),
        (SMALL.rpartition("[[price]]")[0], r"high: has no \[\[price\]\]"),
    ],
)
def test_an_empty_file_is_refused(load: Load, text: str, message: str) -> None:
    """No floors, or floors without a price, are a mistake and not an empty picture."""
    with pytest.raises(FactsError, match=message):
        load(text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(FactsError, match=FILE):
        load_price_floors(FACTS, tmp_path)


def test_the_file_survives_being_copied(load: Load) -> None:
    """What the tests tamper with is otherwise good."""
    assert load(WHOLE) == price_floors()
    assert load(SMALL).prices["low"][1].third == 0.7
