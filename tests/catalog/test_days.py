"""Figures of a day: an answer rests on what was known on its day, and a later day changes no old link."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import pytest

from calculators.calculator import RefusedScenarioError
from calculators.catalog.cost_comparison.approaches import row_of
from calculators.catalog.cost_comparison.records import mended
from calculators.catalog.cost_comparison.words import plain, verdict
from calculators.facts import FACTS
from tests.catalog.scenarios import COST_COMPARISON, answer, at
from tests.package import PACKAGE, copied, python

MARCH: Final = date(2026, 3, 1)
LATER: Final = "2027-03-01"


@pytest.mark.parametrize(
    ("key", "price_in", "price_out"),
    [
        ("gpt-4o", 2.5, 10.0),
        ("gpt-4.1", 2.0, 8.0),
        ("gpt-5", 1.25, 10.0),
        ("claude-sonnet-4-5", 3.0, 15.0),
        ("claude-haiku-4-5", 1.0, 5.0),
    ],
)
def test_prices_of_march(key: str, price_in: float, price_out: float) -> None:
    """Five models that were sold on 1 March 2026, at the prices of that day, in the answer too."""
    record = FACTS.inference.at(key, MARCH)
    found = answer(at(f"as_of={MARCH}&prompted_model={key}"))

    assert (record.input, record.output) == (price_in, price_out)
    assert record.valid_from <= MARCH
    assert found.records.prompted[0].record is record
    assert found.row(row_of("prompt")).total > 0


def test_a_model_without_a_price_on_a_day_is_told() -> None:
    """A model that came later has no price on that day, and none is made up."""
    with pytest.raises(RefusedScenarioError) as refused:
        at(f"as_of={MARCH}&prompted_model=gpt-6.1-terra")

    assert "No price of GPT-6.1 Terra is known for 1 March 2026: it is known from 26 October 2026" in str(refused.value)


def test_what_else_has_no_price_on_a_day_leaves_only_its_rows_without_figures() -> None:
    """An embedding or a rent that is not known hides the rows that rest on it, not the answer."""
    found = answer(at(f"as_of={MARCH}&prompted_model=gpt-4o"))

    assert found.records.missing
    for name in found.records.missing:
        assert "known" in found.records.missing[name]
    assert not found.row(row_of("own")).standing.priced
    assert found.winner is not None
    assert found.winner.standing.priced


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it will be: prices, an assumption and a service appended, and a later day of the build."""
    folder = tmp_path_factory.mktemp("later")
    data = copied(folder) / "data"
    appended = {
        "inference_prices.toml": """
[[inference]]
key = "gpt-6.1-terra"
name = "GPT-6.1 Terra"
provider = "OpenAI"
tier = "mid"
default_of_tier = true
valid_from = 2027-02-01
input = 8.0
output = 40.0
cached_input = 0.4
cache_write = 10.0
sources = ["genai-prices"]
checked = 2027-02-01
""",
        "assumptions.toml": """
[[assumption]]
key = "setup_few_shot"
name = "Hours to set up few-shot"
value = 80
unit = "hours"
low = 24
high = 110
who = "The Fine-Tuning Trap"
why = "A later decision."
decided = 2027-02-01

[[assumption]]
key = "training_mfu"
name = "Speed of training"
value = 0.9
unit = "share"
low = 0.1
high = 0.9
who = "The Fine-Tuning Trap"
why = "A later decision."
decided = 2027-02-01
""",
        "tuning.toml": """
[[tuning]]
key = "cheaper"
name = "gpt-oss-20b, cheaper"
provider = "A later seller"
offer = "together"
base_models = ["gpt-oss-20b"]
valid_from = 2026-11-01
training_price = 0.01
input = 0.01
output = 0.01
validation_billed = false
sources = ["together-pricing"]
checked = 2027-02-01
""",
    }
    for file, records in appended.items():
        with (data / file).open("a", encoding="utf-8") as written:
            written.write(records)
    day = data / "day.toml"
    day.write_text(re.sub(r"today = .*", f"today = {LATER}", day.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def run(folder: Path, *arguments: str) -> Any:  # noqa: ANN401  # JSON has any shape
    """What the command line of a package says, as JSON."""
    return said(folder, "-m", "calculators", *arguments, "--json")


def replied(folder: Path, scenario: str) -> Any:  # noqa: ANN401
    """What a page of a package shows, by slot."""
    return said(
        folder, "-c", "import sys; from calculators.browser import answer; print(answer(sys.argv[1]))", scenario
    )


def said(folder: Path, *arguments: str) -> Any:  # noqa: ANN401
    """What Python writes in a folder that holds the package, as JSON."""
    done = python(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


PRESETS: Final = [preset.key for preset in COST_COMPARISON.presets]


@pytest.mark.parametrize("preset", PRESETS)
def test_an_old_link_gives_the_identical_answer(later: Path, preset: str) -> None:
    """New prices, assumptions and services change nothing that rests on an earlier day."""
    query = next(each.query for each in COST_COMPARISON.presets if each.key == preset)
    link = COST_COMPARISON.encode(COST_COMPARISON.decode(query))
    scenario = f"{COST_COMPARISON.slug}?{link}"
    now, then = run(PACKAGE.parent, scenario), run(later, scenario)

    # The story's own day is past already.
    assert (now.pop("newer") is None) == (now["as_of"] == FACTS.today.isoformat())
    assert then.pop("newer")["as_of"] == LATER
    assert now == then


def test_an_old_link_offers_the_new_figures_with_the_difference(later: Path) -> None:
    """The page says what today's figures would say, how far off that is, and takes them at one press."""
    link = COST_COMPARISON.encode(COST_COMPARISON.decode(""))
    scenario = f"{COST_COMPARISON.slug}?{link}"
    fresh = urlencode({**dict(parse_qsl(link)), "as_of": LATER})
    old, new = run(later, scenario), run(later, f"{COST_COMPARISON.slug}?{fresh}")
    page, before = replied(later, scenario), replied(PACKAGE.parent, scenario)
    offered = re.search(r'<p class="later-figures">.*?</p>', page["patches"]["answer"])
    assert offered

    assert old["newer"] == {"as_of": LATER, "first": new["plan"]["first"], "expected": new["plan"]["expected"]}
    assert old["newer"]["expected"] != old["plan"]["expected"]
    assert f'data-sets="as_of" data-value="{LATER}"' in offered[0]
    assert "1 March 2027" in offered[0]
    assert "more" in offered[0]
    assert before["patches"]["answer"] == page["patches"]["answer"].replace(offered[0], "")
    assert before["query"] == page["query"] == link


def test_a_fresh_page_answers_from_the_day_of_the_build(later: Path) -> None:
    """Nothing reads a clock: the day that the build names is today."""
    assert run(later, COST_COMPARISON.slug)["as_of"] == LATER
    assert run(PACKAGE.parent, COST_COMPARISON.slug)["as_of"] == FACTS.today.isoformat()


def test_a_link_of_an_earlier_day_says_what_was_mended_since() -> None:
    """It keeps the figure that was said; from the day of the mend on, nothing is to be said."""
    was, later = date(2026, 11, 24), FACTS.inference.at("deepseek-flash", date(2026, 11, 27))
    asked = "cost-comparison?d=2&prompted_model=deepseek-flash&cheaper_model=none&dearer_model=none&as_of="
    before = printed(f"{asked}{was}")

    assert before.count(later.mends) == 1
    assert "DeepSeek V4.1 Flash was mended on 27 November 2026" in before
    assert later.mends not in printed(f"{asked}{later.valid_from}")
    assert answer(at(f"{asked}{was}".partition("?")[2])).records.prompted[0].record.input == 0.19


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", True),
        ("&input_price=1&output_price=2", True),
        ("&input_price=1&output_price=2&cached_price=0.1", False),
        ("&input_price=1&output_price=2&caching=no", False),
    ],
)
def test_what_was_mended_is_not_told_to_whoever_has_their_own_price(more: str, told: bool) -> None:
    """Nothing of the record is counted then."""
    query = f"d=2&as_of=2026-11-24&prompted_model=deepseek-flash&cheaper_model=none&dearer_model=none{more}"
    found = verdict(answer(at(query)))

    assert told == any("was mended" in plain(words) for words in (*found.notices, *found.also))


def test_a_rent_that_was_mended_is_told_likewise() -> None:
    """Not beside an own rent, nor where GPUs are bought."""
    was = date(2026, 11, 24)
    records = replace(answer(at("d=3")).records, gpu=FACTS.gpu_prices.at("L40S-specialist", was))

    assert [each.key for each in mended(records, FACTS, was, frozenset())] == ["L40S-specialist"]
    assert list(mended(records, FACTS, was, frozenset({"gpu_price"}))) == []


def printed(scenario: str) -> str:
    """Return an answer as the command line prints it."""
    return python(PACKAGE.parent, "-m", "calculators", scenario).stdout
