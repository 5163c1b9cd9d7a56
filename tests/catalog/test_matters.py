"""What a short form asks for: a rule that anyone can follow from the answer to the names."""

import pytest

from calculators import catalog
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.matters import ALWAYS, matters
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd
from calculators.facts import FACTS
from calculators.html.differs import differs

CALCULATOR = catalog.calculator("cost-comparison")
MOST = int(FACTS.rule("short_questions"))
QUERIES = (
    *(preset.query for preset in CALCULATOR.presets),
    "d=4&must_change=",
    "d=4&must_change=format&data_place=own&worth=1",
    "d=4&hourly_rate=0&requests_per_month=0",
    "d=4&has_eval=yes&must_change=task&prompt_passes=no&few_shot_passes=no&dearer_passes=no",
)
each_query = pytest.mark.parametrize("query", QUERIES)


@each_query
def test_a_few_inputs_that_there_are_each_once(query: str) -> None:
    """Whatever the answer, no fixed question is asked a second time, and no more are than the rule says."""
    scenario = CALCULATOR.decode(query)
    found = matters(CALCULATOR.answer(scenario), ())

    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert set(found) <= CALCULATOR.inputs.keys() - set(ALWAYS)
    assert set(ALWAYS) <= CALCULATOR.inputs.keys()


@each_query
def test_what_turns_the_answer_comes_first_then_its_tips(query: str) -> None:
    """In the order in which the answer names them."""
    comparison = CALCULATOR.answer(CALCULATOR.decode(query))
    found = matters(comparison, ())

    tips = [str(tip.cause) for tip in comparison.tips] if comparison.something_passes else []
    reason = comparison.robust.turned_by if comparison.begins else None
    if isinstance(reason, ChanceEnd):
        assert found[0] == ROWS[reason.row].asked.chance
    asked = [name for name in tips if name in CALCULATOR.inputs and name not in (*ALWAYS, found[0])]
    assert asked == [name for name in found if name in asked]


def test_what_differs_from_the_example_follows() -> None:
    """Up to as many again, in the order of the form, and nothing twice."""
    preset = next(each for each in CALCULATOR.presets if each.key == "47k-story")
    scenario = CALCULATOR.decode(preset.query)
    comparison, differing = CALCULATOR.answer(scenario), CALCULATOR.differing(scenario)

    alone, found = matters(comparison, ()), matters(comparison, differing)

    assert found[: len(alone)] == alone
    assert len(found) == len(alone) + MOST
    assert list(found[len(alone) :]) == [name for name in differing if name not in (*ALWAYS, *alone)][:MOST]


def test_the_same_answer_asks_the_same() -> None:
    """However often it is asked."""
    scenario = CALCULATOR.decode(CALCULATOR.presets[1].query)

    assert matters(CALCULATOR.answer(scenario), ()) == matters(CALCULATOR.answer(scenario), ())


def test_what_differs_is_said_in_words() -> None:
    """Theirs and the example's, choices by their words; of the example nothing is said."""
    said = differs(CALCULATOR, CALCULATOR.decode("d=4&requests_per_month=3e6&must_change=&batch_input_price=2"))

    assert "3 numbers differ from the example" in said
    assert "<b>3,000,000</b> <span>(<i>example: </i>50,000)</span>" in said
    assert "<b>nothing</b> <span>(<i>example: </i>Tone or style, at scale)</span>" in said
    assert "(<i>example: </i>empty)" in said
    assert "1 number differs from the example" in differs(CALCULATOR, CALCULATOR.decode("d=4&horizon_months=6"))
    assert differs(CALCULATOR, CALCULATOR.decode("d=4")) == ""


def test_the_example_is_a_link() -> None:
    """The way back carries the newest edition, whatever the scenario's was."""
    example = CALCULATOR.encode(CALCULATOR.decode("d=4"))

    assert f'data-starts="{example.replace("&", "&amp;")}"' in differs(CALCULATOR, CALCULATOR.decode(""))
