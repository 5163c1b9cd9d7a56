"""What is about a row stands in the row; what stands before the answer is short; and all that is said says the same."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given

from calculators.calculator import Preset, Scenario
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.report import figures, first_key
from calculators.catalog.cost_comparison.words import plain, said_of, short, staying, verdict
from calculators.facts import FACTS, Counted
from calculators.html.cost_comparison.brief import bar, teaser
from calculators.html.reply import patches
from calculators.quantity import write_money
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, changed, scenarios

OWN = "d=2&data_place=own"
OF_A_MODEL = re.compile(
    r"thinks before|tokens of text|of a text|an image|counts images|switched off|costs .* out per|so seldom"
    r"|that can wait|in a batch|standard price|cache lifetime|reference text|training examples|measured rate"
    r"|lookup is counted|counts text|Extrapolated|that you say"
)
FULL_STOP = re.compile(r"[.!?](?:\s|$)")


def of(comparison: Comparison, key: str) -> str:
    """All that is said of a row."""
    return " ".join(plain(words) for words in said_of(comparison)[row_of(key)])


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
        ("d=2&requests_per_month=2000", "prompt", "with more of them, each costs less"),
        ("d=2&tuned_model=llama-3.1-8b&service=together-16b", "api", "$3.99 to $6.49 an hour"),
        ("d=2&tuned_model=llama-3.1-8b&service=together-16b", "api", "Not like for like"),
        ("d=2", "own", "1,000 to 8,190 tokens of input; a request here has 500"),
        ("d=2", "open", "Extrapolated: gpt-oss-20b was measured on H100"),
        ("d=2", "cheaper", "GPT-6 Luna thinks before it answers"),
        ("d=2", "dearer", "GPT-6.1 Sol thinks before it answers"),
        (f"{OWN}&owned=yes", "own", "To be paid at the start: $70,000 for 2 GPUs"),
        (f"{OWN}&owned=yes", "open", "$23,300 of it, 33%, falls into the 12 months compared"),
        (f"{OWN}&must_change=documents", "open", "it is work of its own"),
        ("d=2&prompt_success=0.9&wrong_cost=1", "small", "taken to be right 90% of the time"),
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


@bounded(60)
@given(scenario=scenarios())
def test_what_is_about_a_model_is_said_once(scenario: Scenario) -> None:
    """In the first row that runs on it; what names a row's own figures may stand in several."""
    comparison = answer(scenario)
    said = [plain(words) for each in said_of(comparison).values() for words in each]
    shared = [words for words in said if OF_A_MODEL.search(words)]

    assert sorted(shared) == sorted(set(shared))
    for words in said:
        assert re.fullmatch(r"\S.*\S\.\s*", words), words
        assert not re.search(r"  |\.\.| [,.;:]|None|\bnan\b|\binf\b", words.strip()), words


@pytest.mark.parametrize(
    ("more", "thinking"),
    [
        ("", {"small": "gpt-oss-20b", "cheaper": "GPT-6 Luna", "prompt": "GPT-6.1 Terra", "dearer": "GPT-6.1 Sol"}),
        ("&data_place=own&must_change=tone", {"open": "gpt-oss-20b"}),
        ("&small_reasoning=0&dearer_reasoning=0", {"cheaper": "GPT-6 Luna", "prompt": "GPT-6.1 Terra"}),
        ("&reasoning_tokens=300", {}),
        ("&prompted_model=gpt-5.4&cheaper_model=none&dearer_model=none&small_can=cannot", {"api": "gpt-oss-20b"}),
    ],
)
def test_every_model_that_thinks_is_named(more: str, thinking: dict[str, str]) -> None:
    """A tuned model or one of the reader's own too; and not where the reader says how many tokens it thinks in."""
    comparison = answer(at(f"d=3{more}"))
    found = {key: of(comparison, key) for key in (row.key for row in ROWS)}

    assert thinking == {key: thinking.get(key) for key, said in found.items() if "thinks before it answers" in said}
    for key, name in thinking.items():
        assert f"{name} thinks before it answers" in found[key]


def test_a_default_model_is_known_to_think_or_not() -> None:
    """Records say it of each that a form starts from."""
    assert [
        price.key for price in FACTS.inference.values() if price.default_of_tier and FACTS.thinks(price) is None
    ] == []


@pytest.mark.parametrize(
    ("more", "row", "words"),
    [
        (
            "images_per_request=2&prompted_model=gpt-5.4",
            "prompt",
            "1,229 tokens an image are counted; sources disagree",
        ),
        ("images_per_request=1", "prompt", "1,229 tokens an image are counted, by what is known of GPT-6 Astra"),
        (
            "images_per_request=1&prompted_model=gemini-4-argon&tuned_model=llama-3.1-8b",
            "small",
            "as with Gemini 4 Argon: its own rule is not on record",
        ),
        (
            "images_per_request=1&prompted_model=claude-haiku-4-5",
            "prompt",
            "tokens an image are counted, by its own rule",
        ),
        (
            "images_per_request=1&prompted_model=gpt-4.1&image_detail=medium",
            "prompt",
            "tokens an image are counted, at its default detail, by its own rule",
        ),
        ("images_per_request=1&prompted_model=grok-4.3", "prompt", "counts images is not on record, and none"),
        ("images_per_request=1&small_can=can", "small", "gpt-oss-20b takes no images: none is counted."),
        ("prompted_model=claude-opus-5-5", "prompt", "Claude Opus 5.5 makes 1.325 × the tokens of a text"),
        ("prompted_model=claude-opus-5-5", "small", "0.7547 × your tokens of text are counted."),
        (
            "prompted_model=gpt-5&dearer_model=claude-opus-5-5",
            "dearer",
            "1.325 × your tokens of text are counted, by what is known of Claude Opus 4.7.",
        ),
        ("counted_by=gpt&prompted_model=claude-opus-5-5", "prompt", "1.325 × your tokens of text are counted"),
        (
            "prompted_model=gpt-5.4&dearer_model=claude-opus-5-5",
            "prompt",
            "How GPT-5.4 counts text is not on record",
        ),
        ("cheaper_multiple=1.2", "cheaper", "1.2 × your tokens of text are counted, as you say."),
        ("prompted_model=deepseek-v4-pro", "prompt", "sources disagree on it"),
    ],
)
def test_a_row_says_which_count_was_applied(more: str, row: str, words: str) -> None:
    """By whose rule, and where that is another model's, missing, or in conflict."""
    assert words in of(answer(at(f"d=3&image_width=1024&image_height=1024&{more}")), row)


def test_a_row_is_silent_where_no_count_differs() -> None:
    """Nor where the reader has every model count alike, or gives a count of an image."""
    for more in ("", "&prompted_model=claude-opus-5-5&counted_by=same", "&images_per_request=1&image_tokens=900"):
        said = " ".join(plain(words) for each in said_of(answer(at(f"d=3{more}"))).values() for words in each)
        assert "tokens of text" not in said
        assert "tokens an image" not in said


@pytest.mark.parametrize("counts", [FACTS.text_tokens, FACTS.image_rules])
def test_a_count_of_another_model_or_in_conflict_is_marked_so(counts: Mapping[str, Counted]) -> None:
    """Its note says the same in words."""
    for record in counts.values():
        assert record.in_conflict == ("in conflict" in record.note.lower())
        assert record.taken_from != record.name
        if "taken for" in record.note or "Taken to follow" in record.note:
            assert record.taken_from


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


def test_a_place_that_is_on_record_is_asked_for_where_data_must_stay_in_a_region() -> None:
    """And not once it is chosen; a model that is not sold there says so in its row."""
    query, words = (
        "d=3&data_place=region&prompted_model=bedrock-nova-2-lite",
        "say under “Prices and caching” where it is",
    )
    asked, chosen = at(query), at(f"{query}&place=bedrock-nova-2-lite-eu")

    assert words in " ".join(map(plain, verdict(answer(asked)).notices))
    assert words not in " ".join(map(plain, verdict(answer(chosen)).notices))
    assert "costs 1.43 × its standard price" in of(answer(chosen), "prompt")
    assert "of batches nothing is said, and the same is counted" in of(
        answer(changed(chosen, batch_share=0.5)), "prompt"
    )
    assert "batches" not in of(answer(chosen), "prompt")
    fast = answer(at("d=3&prompted_model=claude-opus-5&place=anthropic-fast&batch_share=0.5"))
    assert "of batches nothing is said, and none are counted; of cached input nothing is said" in of(fast, "prompt")
    assert "it is not on record for Amazon Bedrock" in of(answer(chosen), "dearer")


@pytest.mark.parametrize(
    ("model", "words"), [("gpt-5.4", "1,024, by our assumption: counted"), ("claude-sonnet-4-5", "1,024: counted")]
)
def test_a_minimum_that_is_not_on_record_is_told_as_ours(model: str, words: str) -> None:
    """What a seller publishes is told plainly."""
    said = of(answer(at(f"d=3&fixed_tokens=1000&requests_per_month=1000000&prompted_model={model}")), "prompt")

    assert words in said


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
