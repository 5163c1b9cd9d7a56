"""What the reader is asked of their own: what training can take away, where examples come from, and the currency."""

import json
import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.approaches import row_of
from calculators.catalog.cost_comparison.breakdown import breakdown
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.judging import missing_examples
from calculators.catalog.cost_comparison.report import first_key, written
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words import plain, said_of
from calculators.catalog.cost_comparison.words.sentences import Way
from calculators.facts import FACTS
from calculators.formulas import tuned_prompt_tokens
from calculators.html.form import form
from calculators.html.reply import reply
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, changed, evaluated, number, scenarios

NEWEST: Final = f"d={len(COST_COMPARISON.starts)}"
DOCUMENTS: Final = (
    f"{NEWEST}&prompted_model=claude-opus-5&fixed_tokens=344139&varying_tokens=10&output_tokens=500"
    "&requests_per_month=3000&counted_by=same"
)
INSTRUCTIONS: Final = FACTS.assume("instruction_tokens")
TRAINED: Final = ("api", "own", "classifier")


def of(scenario: Scenario, key: str) -> str:
    """All that is said of a row."""
    comparison = answer(scenario)
    return " ".join(plain(words) for words in said_of(comparison)[row_of(key)])


def ways(scenario: Scenario, key: str) -> list[Way]:
    """Every way on that stands in a row."""
    comparison = answer(scenario)
    return [part for words in said_of(comparison)[row_of(key)] for part in words if isinstance(part, Way)]


def fixed(scenario: Scenario, key: str) -> float:
    """Fixed prompt of a row. [token]"""
    return evaluated(scenario).row(row_of(key)).held.fixed


# What training can take away.


@pytest.mark.parametrize("more", ["", "&tuned_model=llama-3.1-8b"])
def test_documents_are_not_trained_away(more: str) -> None:
    """Of 344,139 tokens the first are instructions; what is left is too long for the tuned model, and that is said."""
    comparison = answer(at(f"{DOCUMENTS}{more}"))

    assert first_key(comparison) not in {"api", "own"}
    for key in ("api", "own"):
        assert fixed(at(f"{DOCUMENTS}{more}"), key) == 344_139 - INSTRUCTIONS + 100
        standing = comparison.row(row_of(key)).standing
        assert standing.can is Can.NO
        assert "342,000 of your fixed prompt are taken for reference text" in standing.reason


def test_an_old_link_keeps_its_meaning() -> None:
    """In the editions before, all of the prompt was trained away; “all” says the same in any."""
    for query in (DOCUMENTS.replace(NEWEST, "d=1"), DOCUMENTS.replace(NEWEST, "d=2")):
        assert fixed(at(query), "own") == 100
    assert fixed(at(f"{DOCUMENTS}&instruction_tokens=all"), "own") == 100


@bounded(40)
@given(scenario=scenarios(counted_by="same", small_multiple=None), instructions=st.integers(0, 1_000_000))
def test_only_instructions_shrink(scenario: Scenario, instructions: int) -> None:
    """What a tuned row keeps is all but the instructions, and what is left of those; no other row loses a token."""
    asked = changed(scenario, instruction_tokens=float(instructions))
    whole, left = number(scenario, "fixed_tokens"), number(scenario, "tuned_prompt")
    kept = tuned_prompt_tokens(fixed_tokens=whole, instruction_tokens=instructions, tuned_instruction_tokens=left)

    assert kept == max(whole - instructions, 0) + left
    for key in ("api", "own"):
        assert fixed(asked, key) == kept
    for key in ("prompt", "small", "open"):
        assert fixed(asked, key) == fixed(scenario, key)


def test_the_row_says_where_we_decided_for_the_reader() -> None:
    """Above the assumption alone, and not where the reader says how much are instructions; one press says all."""
    short, long = at(f"{NEWEST}&fixed_tokens=2000"), at(f"{NEWEST}&fixed_tokens=20000")
    entered = changed(long, instruction_tokens=5_000.0)

    assert "reference text" not in of(short, "own")
    assert "18,000 of 20,000 tokens of fixed prompt are taken for reference text" in of(long, "api")
    assert "reference text" not in of(long, "own") + of(long, "prompt") + of(entered, "api")
    [way] = ways(long, "api")
    assert fixed(at(f"{NEWEST}&fixed_tokens=20000&{'='.join(way.sets[0])}"), "own") == 100


def test_what_stands_in_is_shown() -> None:
    """Left empty, the number that is taken is on record, and the field says whose it is."""
    found = json.loads(reply(f"cost-comparison?{NEWEST}&fixed_tokens=20000"))

    assert "Our assumption</a>: 2,000; plausible, 500 to 8,000" in found["patches"]["note-instruction_tokens"]
    assert answer(at(NEWEST)).recorded["instruction_tokens"] == 1_200
    assert answer(at(f"{NEWEST}&fixed_tokens=20000")).recorded["instruction_tokens"] == INSTRUCTIONS


# Examples: there already, labelled or bought.

MANY: Final = f"{NEWEST}&examples=2100000&tokens_per_example=500&must_change=task&narrow_task=classification"


@pytest.mark.parametrize("key", TRAINED)
def test_examples_that_are_there_cost_nothing(key: str) -> None:
    """And no change of the model makes them anew."""
    labelled, had = (evaluated(at(f"{MANY}{more}")).row(row_of(key)) for more in ("", "&data_source=have"))

    assert labelled.setup.data == 2_100_000
    assert had.setup.data == had.change.data == 0
    assert had.setup._replace(data=0) == labelled.setup._replace(data=0)


def test_bought_examples_are_looked_at_by_nobody() -> None:
    """A price each, however many people would look at one and however much is labelled by a machine."""
    query = f"{NEWEST}&examples=1000&example_price=2&labellers=3&automatic_share=0.5"
    labelled, bought = (evaluated(at(f"{query}{more}")).row(row_of("own")) for more in ("", "&data_source=buy"))

    assert labelled.setup.data == 3_000
    assert bought.setup.data == 2_000


@pytest.mark.parametrize(("source", "cost"), [("label", 60.0), ("have", 60.0), ("buy", 30.0)])
def test_examples_that_are_missing_cost_what_new_ones_do(source: str, cost: float) -> None:
    """Whoever has twenty has not the other thirty."""
    missing = missing_examples(evaluated(at(f"{NEWEST}&examples=20&labellers=2&data_source={source}")).parts.given)

    assert missing is not None
    assert missing.cost == cost


def test_millions_of_examples_are_never_bought_in_silence() -> None:
    """Where they are more than half of the set-up a row says so, and one press says that they are there."""
    said = [key for key in TRAINED if "training examples" in of(at(MANY), key)]

    assert len(said) == 1
    words = "2.1 million training examples are counted at $2,100,000, more than half of what setting it up costs"
    assert words in of(at(MANY), said[0])
    assert (("data_source", "have"),) in [way.sets for way in ways(at(MANY), said[0])]
    assert "training examples" not in "".join(
        of(at(query), key) for key in TRAINED for query in (f"{MANY}&data_source=have", NEWEST)
    )


def test_the_group_says_where_examples_come_from() -> None:
    """In one line, as it is folded."""
    for more, words in (
        ("", "500 examples labelled at $1"),
        ("&data_source=have", "500 examples of your own ·"),
        ("&data_source=buy", "500 examples bought at $1"),
    ):
        assert json.loads(reply(f"cost-comparison?{NEWEST}{more}"))["patches"]["summary-tuning"].startswith(words)


# A task of several calls.


@pytest.mark.parametrize("calls", [1, 20])
def test_what_is_asked_is_called_what_it_is(calls: int) -> None:
    """A task, and a call of one, where a task takes several; else a request, in form, answer, terminal and link."""
    query = f"d=3&calls_per_task={calls}&added_tokens=500&requests_per_month=2000&batch_share=0.5&wrong_cost=1"
    asked = at(f"{query}&prompt_success=0.9&failures=retried&images_per_request=1&must_change=documents")
    found, whole = json.loads(reply(f"cost-comparison?{COST_COMPARISON.encode(asked)}")), answer(asked)
    drawn = form(COST_COMPARISON, asked, {})
    said = [found["patches"]["answer"], found["patches"]["ranking"], written(whole), *made_of(whole)]

    assert ("task" in "".join(said)) == (calls > 1)
    assert ("request" in re.sub(r"<[^>]*>|requests_per_month|images_per_request", "", "".join(said))) == (calls == 1)
    for name, unit in COST_COMPARISON.units(asked.groups).items():
        assert ("request" in unit) == (calls == 1 and name != "requests_per_month")
        assert found["patches"][f"unit-{name}"] == unit
        assert f'data-slot="unit-{name}">{unit}</span>' in drawn


def made_of(comparison: Comparison) -> list[str]:
    """What every row is made of, as text."""
    return [
        f"{figure.title} {item.name} {item.how} {item.note}"
        for row in comparison.rows
        if row.standing.shown
        for figure in breakdown(comparison, row).sums
        for item in figure.items
    ]
