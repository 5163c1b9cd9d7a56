"""Scenario strings: every calculator reads what it writes, tells what it drops, and refuses all mistakes at once."""

import math
from typing import Final, get_args, get_type_hints
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import catalog
from calculators.calculator import (
    EDITION,
    MOST_ENTRIES,
    Calculator,
    Input,
    RefusedScenarioError,
    Scenario,
    Several,
    Value,
    split,
)
from calculators.quantity import Currency, Quantity, RefusedInputError
from tests.catalog.scenarios import COST_COMPARISON, at, changed, scenarios, values

MODEST: Final = settings(max_examples=100, derandomize=True, deadline=None, database=None)
CALCULATORS: Final = [catalog.calculator(slug) for slug in catalog.slugs()]
each_calculator: Final = pytest.mark.parametrize("calculator", CALCULATORS, ids=catalog.slugs())
INPUTS: Final = [(calculator, item) for calculator in CALCULATORS for item in calculator.inputs.values()]


def named(part: object) -> str:
    """Name a case."""
    return part.slug if isinstance(part, Calculator) else part.name if isinstance(part, Input) else ""


each_input: Final = pytest.mark.parametrize(("calculator", "item"), INPUTS, ids=named)


def query(scenario: Scenario, calculator: Calculator = COST_COMPARISON) -> str:
    """Every input of a scenario, at its default or not."""
    return urlencode(
        {item.name: item.link(getattr(scenario.groups[item.group], item.name)) for item in calculator.inputs.values()}
    )


def refused(calculator: Calculator, text: str) -> tuple[str, ...]:
    """Names of the inputs that are refused."""
    with pytest.raises(RefusedScenarioError) as error:
        calculator.decode(text)
    return tuple(refusal.name for refusal in error.value.refusals)


@each_calculator
def test_defaults_need_no_query(calculator: Calculator) -> None:
    """An edition's name is a scenario: every input has a value to start from, and in the newest it is the form's."""
    scenario = calculator.decode(urlencode({EDITION: len(calculator.starts)}))

    assert () == scenario.dropped
    for item in calculator.inputs.values():
        assert item.default == getattr(scenario.groups[item.group], item.name)


@each_calculator
def test_a_default_is_a_value_that_may_be_entered(calculator: Calculator) -> None:
    """What a form starts from is read back as the same value when the form is sent."""
    scenario = calculator.decode("")
    entries = calculator.entries(scenario)

    assert list(calculator.inputs) == list(entries)
    assert scenario == calculator.decode(urlencode(entries))


@each_input
def test_every_value_survives_link_and_field(calculator: Calculator, item: Input) -> None:
    """Whatever a reader may enter, a link and a field give back the same value, of the same type."""
    del calculator

    @settings(max_examples=25, derandomize=True, deadline=None, database=None)
    @given(value=values(item))
    def promise(value: Value) -> None:
        for written in (item.link(value), item.entry(value)):
            read = item.read(written)

            assert value == read
            assert type(value) is type(read) or (isinstance(value, int | float) and isinstance(read, int | float))

    promise()


@each_input
def test_a_value_has_the_type_its_group_names(calculator: Calculator, item: Input) -> None:
    """A group that asks for an int gets one: code that counts must not meet 12.0."""
    group = list(calculator.groups.values())[item.group]
    named = get_args(get_type_hints(group, include_extras=True)[item.name])[0]
    wanted = next(kind for kind in (*get_args(named), named) if kind is not type(None))
    if item.default is not None:
        value = item.read(item.link(item.default))
    elif isinstance(item.kind, Quantity):
        value = item.read(item.link(min(1, item.kind.maximum)))
    else:
        value = item.read("1 EUR" if wanted is Currency else "1")

    if wanted is int:
        assert isinstance(value, int)
    else:
        assert isinstance(value, int | float if wanted is float else wanted)


@MODEST
@given(scenario=scenarios())
def test_a_link_gives_back_the_scenario(scenario: Scenario) -> None:
    """A link carries the whole state: sent to somebody, it opens the same numbers."""
    assert scenario == at(query(scenario))


@MODEST
@given(scenario=scenarios())
def test_the_canonical_link_does_not_move(scenario: Scenario) -> None:
    """A link opened and copied is the same link, whichever groups take part."""
    written = COST_COMPARISON.encode(scenario)
    read = at(written)

    assert written == COST_COMPARISON.encode(read)
    assert scenario == read


def test_unknown_and_repeated_names_are_dropped_and_told() -> None:
    """A link with a misspelt or doubled name still opens, says so, and the first value holds."""
    scenario = COST_COMPARISON.decode("shots=8&shot=9&shots=7&%3Cb%3E=1")

    assert changed(at(""), shots=8).groups == scenario.groups
    assert 3 == len(scenario.dropped)
    for name, told in zip(("shot", "shots", "<b>"), scenario.dropped, strict=True):
        assert name in told


def test_missing_names_keep_their_defaults() -> None:
    """A link that carries one input means the defaults for the rest."""
    assert changed(at(""), horizon_months=24) == at("horizon_months=24")


def test_an_empty_value_is_not_a_missing_one() -> None:
    """A field that was cleared is refused, unless it may stay empty."""
    assert ("shots",) == refused(COST_COMPARISON, "shots=")
    assert at("") == at("input_price=")


def may_be_cleared(item: Input) -> bool:
    """Whether nothing at all is a value."""
    return item.optional or isinstance(item.kind, Several)


@pytest.mark.parametrize(
    ("calculator", "item"), [(_, item) for _, item in INPUTS if not may_be_cleared(item)], ids=named
)
def test_a_cleared_field_is_refused_with_label_and_range(calculator: Calculator, item: Input) -> None:
    """No input falls back to its default in silence."""
    with pytest.raises(RefusedScenarioError) as error:
        calculator.decode(f"{item.name}=")
    (refusal,) = error.value.refusals

    assert (item.name, item.label) == (refusal.name, refusal.label)
    assert item.kind.range in refusal.message


@each_calculator
def test_all_mistakes_at_once(calculator: Calculator) -> None:
    """Every field that is wrong is named in one go, with its label and what it allows, in the form's order."""
    wrong = urlencode(dict.fromkeys(calculator.inputs, "x y z"))
    with pytest.raises(RefusedScenarioError) as error:
        calculator.decode(wrong)
    refusals = error.value.refusals

    assert list(calculator.inputs) == [refusal.name for refusal in refusals]
    for refusal in refusals:
        item = calculator.inputs[refusal.name]
        assert item.label == refusal.label
        assert item.kind.range in refusal.message
        assert str(refusal) in str(error.value)


@each_input
def test_a_million_characters_are_refused_at_once(calculator: Calculator, item: Input) -> None:
    """A flood in any field is refused, and the message does not repeat it."""
    with pytest.raises(RefusedScenarioError) as error:
        calculator.decode(urlencode({item.name: "9" * 10**6}))
    (refusal,) = error.value.refusals

    assert item.name == refusal.name
    assert len(refusal.message) < len(item.kind.range) + 200


def test_a_query_of_a_million_names_is_read_as_far_as_the_limit() -> None:
    """A flooded link costs no more than its limit and says what was left unread."""
    scenario = COST_COMPARISON.decode("&".join(["shots=8", *(f"n{number}=1" for number in range(10**5))]))

    assert changed(at(""), shots=8).groups == scenario.groups
    assert len(scenario.dropped) <= MOST_ENTRIES + 1
    assert str(MOST_ENTRIES) in scenario.dropped[-1]


@pytest.mark.parametrize(
    "text",
    ["&" * 10**6, "=" * 10**6, "%" * 10**6, "a" * 10**6, "\x00", "shots=%FF", "%F0%9F%92%B8=1", "?", "#", "+&+=+"],
    ids=["ampersands", "equals", "per cents", "letters", "null", "no UTF-8", "emoji", "?", "#", "spaces"],
)
def test_no_string_breaks_it(text: str) -> None:
    """Any string that reaches the calculator is read, or refused by name; what is dropped is told shortly."""
    names, told = outcome(text)

    assert names <= {EDITION, *COST_COMPARISON.inputs}
    assert all(len(line) < 100 for line in told)


@MODEST
@given(text=st.text(max_size=200))
def test_any_string_is_read_or_refused(text: str) -> None:
    """Hypothesis finds no string that does anything else."""
    names, told = outcome(text)

    assert names <= {EDITION, *COST_COMPARISON.inputs}
    assert all(len(line) < 100 for line in told)


def outcome(text: str) -> tuple[set[str], tuple[str, ...]]:
    """What is refused of a string, and what is dropped."""
    try:
        return set(), COST_COMPARISON.decode(text).dropped
    except RefusedScenarioError as error:
        return {refusal.name for refusal in error.refusals}, ()


def test_changing_one_input_changes_no_other() -> None:
    """`change` is what the solver and the command line rest on."""
    before = at("shots=8")
    after = COST_COMPARISON.change(before, "shots", 9)

    assert at("shots=9") == after
    assert at("shots=8") == before


def test_a_scenario_is_taken_apart_at_its_first_question_mark() -> None:
    """The same string serves page, link, command line and golden file."""
    assert ("cost-comparison", "shots=8") == split(" cost-comparison?shots=8\n")
    assert ("cost-comparison", "") == split("cost-comparison")
    assert ("a", "b?c") == split("a?b?c")


def test_an_unknown_calculator_names_those_there_are() -> None:
    """A misspelt name is answered with the right ones."""
    with pytest.raises(catalog.UnknownCalculatorError, match="cost-comparison"):
        catalog.calculator("cost-comparisons")
    with pytest.raises(catalog.UnknownCalculatorError) as error:
        catalog.calculator("x" * 10**6)

    assert len(str(error.value)) < 200


@pytest.mark.parametrize("text", ["2026-02-30", "24 November 2026", "2022-12-31", "2030-01-01", "", "9" * 10**6])
def test_days_that_are_none(text: str) -> None:
    """A day is read as year-month-day within its range, and refused with that range otherwise."""
    kind = COST_COMPARISON.inputs["as_of"].kind
    with pytest.raises(RefusedInputError) as error:
        kind.read(text)

    assert kind.range in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("overlap_tokens=500&chunk_tokens=500", {"overlap_tokens"}),
        ("tuned_model=llama-3.1-8b&service=foundry-gpt-oss-20b", {"service"}),
        ("tuned_model=llama-3.3-70b&gpu=H100&gpus_per_replica=1", {"gpus_per_replica"}),
        ("as_of=2023-01-01", {"as_of"}),
        ("overlap_tokens=900&tuned_model=llama-3.1-8b&service=foundry-gpt-oss-20b", {"overlap_tokens", "service"}),
        ("tuned_model=llama-3.3-70b&gpu=H100&training_gpus=1", {"training_gpus"}),
    ],
)
def test_inputs_that_do_not_go_together(text: str, names: set[str]) -> None:
    """What single fields cannot know is refused too, all at once, each at the field that cures it."""
    assert names == set(refused(COST_COMPARISON, text))


def test_every_numeric_input_has_a_finite_range() -> None:
    """A range that can be named is one that results stay finite in."""
    for calculator in CALCULATORS:
        for item in calculator.inputs.values():
            if isinstance(item.kind, Quantity):
                assert math.isfinite(item.kind.minimum)
                assert math.isfinite(item.kind.maximum)
