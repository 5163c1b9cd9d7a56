"""What is about a row stands in the row; what stands before the answer is short; and all that is said says the same."""

import re

import pytest
from hypothesis import given

from calculators.calculator import Preset, Scenario
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.report import figures, first_key
from calculators.catalog.cost_comparison.words import plain, said_of, short, staying, verdict
from calculators.facts import FACTS
from calculators.html.cost_comparison.brief import bar, teaser
from calculators.html.reply import patches
from calculators.quantity import write_money
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, scenarios

OWN = "d=2&data_place=own"
FULL_STOP = re.compile(r"[.!?](?:\s|$)")


def of(comparison: Comparison, key: str) -> str:
    """All that is said of a row."""
    return " ".join(plain(words) for words in said_of(comparison, comparison.row(row_of(key))))


@bounded(60)
@given(scenario=scenarios())
def test_at_most_two_sentences_of_caveats_stand_before_the_answer(scenario: Scenario) -> None:
    """Each notice is one sentence; what is over follows the table, and nothing is lost."""
    comparison = answer(scenario)
    said = verdict(comparison)

    assert len(said.notices) <= FACTS.rule("most_notices")
    for words in (*said.notices, *said.also):
        assert len(FULL_STOP.findall(plain(words).strip())) == 1, plain(words)
    written = patches("cost-comparison", comparison)
    assert written["answer"].count('class="notice"') == len(said.notices)
    assert all(f">{plain(words)[:12]}" in written["ranking"] for words in said.also)


@pytest.mark.parametrize(
    ("query", "row", "words"),
    [
        ("d=2&prompted_model=gemini-4-argon", "prompt", "$4 and $20 from 1 December 2026"),
        ("d=2&prompted_model=gpt-5.1", "prompt", "GPT-5.1 is switched off on 1 April 2027"),
        ("d=2&prompted_model=gpt-5.1", "few_shot", "GPT-5.1 is switched off on 1 April 2027"),
        ("d=2&requests_per_month=2000", "few_shot", "with more of them, each costs less"),
        ("d=2&tuned_model=llama-3.1-8b&service=together-16b", "api", "$3.99 to $6.49 an hour"),
        ("d=2&tuned_model=llama-3.1-8b&service=together-16b", "api", "Not like for like"),
        ("d=2", "own", "1,000 to 8,190 tokens of input; a request here has 500"),
        ("d=2", "open", "Extrapolated: gpt-oss-20b was measured on H100"),
        ("d=2", "cheaper", "GPT-6 Luna thinks before it answers"),
        ("d=2", "dearer", "GPT-6.1 Sol thinks before it answers"),
        (f"{OWN}&owned=yes", "own", "To be paid at the start: $70,000 for 2 GPUs"),
        (f"{OWN}&owned=yes", "open", "$23,300 of it, 33%, falls into the 12 months compared"),
        (f"{OWN}&must_change=documents", "open", "it is work of its own"),
        ("d=2&prompt_success=0.9&wrong_cost=1", "few_shot", "taken to be right 90% of the time"),
    ],
)
def test_what_is_about_a_row_stands_in_the_row(query: str, row: str, words: str) -> None:
    """On the page, in a terminal's answer and for programs; and not before the answer."""
    comparison = answer(at(query))
    [told] = [each for each in figures(comparison)["rows"] if each["approach"] == row]  # type: ignore[attr-defined]

    assert words in of(comparison, row)
    assert words in " ".join(told["remarks"])
    written = patches("cost-comparison", comparison)
    assert words in re.sub(r"<[^>]*>", "", written["ranking"])
    assert words not in re.sub(r"<[^>]*>", "", written["answer"])


def test_what_does_not_fit_shows_no_sum() -> None:
    """Five million tokens of documents fit no prompt: there is nothing to add up."""
    comparison = answer(at("d=2&must_change=documents"))
    pasted = comparison.row(row_of("prompt"))

    assert not pasted.standing.fits
    assert write_money(pasted.total) not in patches("cost-comparison", comparison)["ranking"]
    assert "does not fit" in patches("cost-comparison", comparison)["ranking"]


def test_a_readers_own_judgement_is_named_as_theirs() -> None:
    """Before the answer that it leads to."""
    comparison = answer(at("d=2&must_change=tone&prompt_can=cannot&few_shot_can=cannot"))

    assert [plain(words) for words in verdict(comparison).notices] == [
        "In your judgement prompting GPT-6.1 Terra and few-shot cannot do this; the guide’s table says otherwise."
    ]


def test_zero_requests_are_not_passed_over() -> None:
    """What differs then is said."""
    assert "With 0 requests a month" in plain(verdict(answer(at("d=2&requests_per_month=0"))).notices[0])


def test_what_it_costs_that_data_may_not_leave() -> None:
    """The first step in all if it passes, here and where data may go anywhere; nothing where it may."""
    here = answer(at(OWN))
    there = answer(at("d=2"))
    assert here.begins is not None
    assert there.begins is not None

    said = plain(staying(here))
    assert write_money(here.begins.total - there.begins.total) in said
    assert write_money(there.begins.total) in said
    assert write_money(here.begins.total) in said
    assert staying(there) == ()
    staying_figures = figures(here)["plan"]["staying"]  # type: ignore[index]
    assert staying_figures == {
        "total": here.begins.total,
        "anywhere": {"first": first_key(there), "total": there.begins.total},
    }


@bounded(30)
@given(scenario=scenarios())
def test_the_price_of_a_success_follows_from_its_row(scenario: Scenario) -> None:
    """Finding out as often as it takes, then going live and keeping: by the row's own figures."""
    comparison = answer(scenario)
    for row in figures(comparison)["rows"]:  # type: ignore[attr-defined]
        chance = row["chance"] and row["chance"]["now"]
        if not chance:
            assert row["price_of_a_success"] is None
            continue
        price = row["find_out"] / chance + row["go_live"] + row["keep"]
        assert row["price_of_a_success"] == pytest.approx(price)


@pytest.mark.parametrize("preset", COST_COMPARISON.presets, ids=lambda preset: preset.key)
def test_all_surfaces_say_the_same_of_a_preset(preset: Preset) -> None:
    """Sentence, bar, teaser, path, dial and JSON begin with the same first step."""
    comparison = answer(at(preset.query))
    first, words = comparison.advice.first, plain(short(comparison))
    begun = first and ROWS[first.row].key

    assert words.lower() in re.sub(r"<[^>]*>", "", bar(comparison)).lower()
    assert figures(comparison)["plan"]["first"] == (begun or "stay")  # type: ignore[index]
    lead = plain(verdict(comparison).lead)
    assert lead.startswith(("Try", "Keep", "Measure", "What runs"))
    dial = comparison.dial
    assert dial is not None
    here = next(band for band in dial.bands if band.first <= dial.value <= band.end)
    assert here.to.kind == comparison.advice.kind
    told = re.sub(r"<[^>]*>", "", teaser(comparison))
    if first is not None:
        assert write_money(first.find_out) in lead
        assert write_money(first.find_out) in told
        assert write_money(first.find_out) in re.sub(r"<[^>]*>", "", patches("cost-comparison", comparison)["path"])
