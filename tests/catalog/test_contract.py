"""What every calculator owes its readers, whatever it computes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import catalog
from calculators.calculator import EDITION, SWITCH, Calculator, Choice, Group, RefusedScenarioError, Several
from calculators.facts import FACTS, Record, VectorDatabase
from calculators.quantity import Quantity

TESTS: Final = Path(__file__).parents[1]
CALCULATORS: Final = [catalog.calculator(slug) for slug in catalog.slugs()]
each_calculator: Final = pytest.mark.parametrize("calculator", CALCULATORS, ids=catalog.slugs())
SAID_BY_LABEL: Final = ("labellers", "hours_per_month")
"""Inputs whose label is their unit."""
SECTIONS: Final = (TESTS / "site" / "section_ids.txt").read_text(encoding="utf-8").split()


def test_there_is_a_calculator() -> None:
    """The tests below run over the list; an empty one would pass them all."""
    assert "cost-comparison" in catalog.slugs()


@each_calculator
def test_it_is_found_by_its_own_name(calculator: Calculator) -> None:
    """Link, command line, module and HTML id are one name."""
    assert calculator is catalog.calculator(calculator.slug)
    assert calculator.title


@each_calculator
def test_it_stands_in_a_section_of_its_own(calculator: Calculator) -> None:
    """A link's section id decides the calculator, so the section exists and holds no other."""
    assert calculator.section in SECTIONS, "add the id to tests/site/section_ids.txt and the heading to the guide"
    assert [calculator] == [other for other in CALCULATORS if other.section == calculator.section]


@each_calculator
def test_every_input_has_a_label(calculator: Calculator) -> None:
    """A field, an error and a screen reader name it."""
    for item in calculator.inputs.values():
        assert item.label, f"give {item.name} a label"
        assert item.label.strip() == item.label


@each_calculator
def test_labels_and_units_tell_the_inputs_of_a_group_apart(calculator: Calculator) -> None:
    """Two fields under one heading never read the same."""
    read = Counter((item.group, item.label, item.kind.unit) for item in calculator.inputs.values())

    assert [] == [entry for entry, count in read.items() if count > 1]


@each_calculator
def test_every_quantity_has_a_unit(calculator: Calculator) -> None:
    """A number without a unit is a pure number, a share or an amount, and then its name says so."""
    for item in calculator.inputs.values():
        if isinstance(item.kind, Quantity) and not item.kind.unit:
            assert item.kind.share or item.kind.money or item.kind.whole or item.name in SAID_BY_LABEL, (
                f"say what {item.name} counts"
            )


@each_calculator
def test_names_are_flat_and_unique(calculator: Calculator) -> None:
    """A link has one list of names: no two groups may share one."""
    names = [field.name for group in calculator.groups.values() for field in fields(group)]

    assert sorted(names) == sorted(set(names))
    assert set(names) == set(calculator.inputs)
    assert all(name.isidentifier() and name.islower() for name in names)
    assert EDITION not in names
    assert EDITION not in {alias.name for alias in calculator.aliases}


@each_calculator
def test_choices_can_be_told_apart(calculator: Calculator) -> None:
    """Each option has a key and a label of its own, and each group of options stands together."""
    for item in calculator.inputs.values():
        if isinstance(item.kind, Choice | Several):
            options = item.kind.options
            assert len(options) > 1
            assert len({option.value for option in options}) == len(options)
            assert len({(option.group, option.label) for option in options}) == len(options)
            headings = [option.group for option in options]
            assert len(set(headings)) == sum(a != b for a, b in zip(["\0", *headings], headings, strict=False))
            if item.switch:
                assert [option.value for option in SWITCH] == [option.value for option in options]
            for option in options:
                assert option.label == item.kind.label_of(option.value)
                assert "," not in option.value, "a comma joins several answers"


@each_calculator
def test_several_answers_can_be_joined(calculator: Calculator) -> None:
    """Where several may be chosen, at least two of them go together, and those that go alone are among them."""
    for item in calculator.inputs.values():
        if isinstance(item.kind, Several):
            keys = {option.value for option in item.kind.options}
            assert len(keys - item.kind.alone) > 1
            assert keys >= item.kind.alone


@each_calculator
def test_every_group_says_what_it_assumes(calculator: Calculator) -> None:
    """A folded group is one line that a reader can judge without opening it."""
    for preset in calculator.presets:
        for group in calculator.decode(preset.query).groups:
            assert isinstance(group, Group)
            assert group.title
            assert 0 < len(group.summary()) < 120
            assert "\n" not in group.summary()


@each_calculator
def test_presets_decode(calculator: Calculator) -> None:
    """A starting point is valid, means every name it gives, and differs from the others; the first is the default."""
    scenarios = [calculator.decode(preset.query) for preset in calculator.presets]

    newest = urlencode({EDITION: len(calculator.starts)})
    assert calculator.decode(newest) == scenarios[0]
    assert all(preset.query.startswith(newest) for preset in calculator.presets), (
        "say which edition's defaults they mean"
    )
    assert [()] * len(scenarios) == [scenario.dropped for scenario in scenarios]
    assert len({calculator.encode(scenario) for scenario in scenarios}) == len(scenarios)
    assert len({preset.key for preset in calculator.presets}) == len(scenarios)
    assert len({preset.label for preset in calculator.presets}) == len(scenarios)


@each_calculator
def test_it_is_pure(calculator: Calculator) -> None:
    """The same scenario has the same answer, however often and in whatever order it is asked."""
    queries = [preset.query for preset in calculator.presets]
    first = [calculator.answer(calculator.decode(query)) for query in queries]
    again = [calculator.answer(calculator.decode(query)) for query in reversed(queries)]

    assert first == again[::-1]


@each_calculator
def test_all_errors_at_once(calculator: Calculator) -> None:
    """However many fields are wrong, all are told in one answer and none that is right."""
    names = sorted(calculator.inputs)

    @settings(max_examples=50, derandomize=True, deadline=None, database=None)
    @given(wrong=st.sets(st.sampled_from(names), min_size=1))
    def promise(wrong: set[str]) -> None:
        with pytest.raises(RefusedScenarioError) as error:
            calculator.decode("&".join(f"{name}=x+y" for name in wrong))

        assert wrong == {refusal.name for refusal in error.value.refusals}

    promise()


@pytest.mark.parametrize(
    "ledger",
    [
        FACTS.inference,
        FACTS.tuning,
        FACTS.base_models,
        FACTS.gpu_prices,
        FACTS.embeddings,
        FACTS.rerankers,
        FACTS.vector_databases,
    ],
    ids=["inference", "tuning", "base models", "GPU prices", "embeddings", "rerankers", "vector databases"],
)
def test_sources_of_every_record_on_offer_resolve(ledger: Mapping[str, Record]) -> None:
    """Whatever a reader may choose, its figures lead to where they were published."""
    for record in ledger.values():
        assert record.sources or (isinstance(record, VectorDatabase) and record.free), f"{record.key} names no source"
        for key in record.sources:
            assert FACTS.sources[key].url.startswith(("https://", "http://", "pkg:"))
