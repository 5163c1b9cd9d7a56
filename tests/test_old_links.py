"""Old links: whoever saved or sent one opens the same section, the same inputs and the same answer, for good."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from calculators import catalog
from calculators.calculator import EDITION, LONGEST_LINK, Calculator
from calculators.catalog.cost_comparison.approaches import row_of

if TYPE_CHECKING:
    from calculators.catalog.cost_comparison.comparison import Comparison

LINKS: Final = [
    tuple(line.split())
    for line in Path(__file__).with_name("old_links.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
SECTIONS: Final = {catalog.calculator(slug).section: catalog.calculator(slug) for slug in catalog.slugs()}
each_link: Final = pytest.mark.parametrize(
    ("winner", "total", "fragment"), LINKS, ids=[f"{number}" for number, _ in enumerate(LINKS, start=1)]
)


def opened(fragment: str) -> tuple[Calculator, str]:
    """The calculator that a fragment opens, and its state."""
    section, _, query = fragment.removeprefix("#").partition("?")
    return SECTIONS[section], query


def test_there_are_links() -> None:
    """The file is read, and no line is there twice."""
    assert len(LINKS) >= 8
    assert len({fragment for _, _, fragment in LINKS}) == len(LINKS)


@each_link
def test_an_old_link_is_understood_whole(winner: str, total: str, fragment: str) -> None:
    """Nothing in it is refused, and nothing has lost its meaning."""
    del winner, total
    calculator, query = opened(fragment)
    scenario = calculator.decode(query)

    assert () == scenario.dropped, "an input was renamed or removed: keep its old name as an alias"
    assert len(fragment) <= LONGEST_LINK


@each_link
def test_an_old_link_restores_every_input(winner: str, total: str, fragment: str) -> None:
    """Each value that it carries is the value that is shown."""
    del winner, total
    calculator, query = opened(fragment)
    pairs = [pair.split("=") for pair in query.split("&")]
    carried = dict(each for name, text in pairs if name != EDITION for each in calculator.meant(name, text))
    groups = calculator.decode(query).groups
    inputs = {name: calculator.inputs[name] for name in carried}

    assert carried == {name: item.link(getattr(groups[item.group], name)) for name, item in inputs.items()}


@each_link
def test_an_old_link_keeps_its_answer(winner: str, total: str, fragment: str) -> None:
    """Neither a new price nor a new default changes what somebody was sent."""
    calculator, query = opened(fragment)
    found: Comparison = calculator.answer(calculator.decode(query))
    row = found.row(row_of(winner))

    assert int(total) == round(row.total), (
        "a price was overwritten instead of appended, or a formula changed: see the head of tests/old_links.txt"
    )
    assert row.standing.in_the_running
    assert row.total == min(each.total for each in found.rows if each.standing.in_the_running)


@each_link
def test_an_old_link_is_carried_on_under_new_names(winner: str, total: str, fragment: str) -> None:
    """What is copied from the page that it opens says the same in today's words, and no alias is among them."""
    del winner, total
    calculator, query = opened(fragment)
    scenario = calculator.decode(query)
    again = calculator.encode(scenario)
    pairs = [tuple(pair.split("=")) for pair in again.split("&")]

    assert calculator.decode(again).groups == scenario.groups
    assert () == calculator.decode(again).dropped
    assert [] == [(name, value) for name, value in pairs if name != EDITION and is_alias(calculator, name, value)]


def is_alias(calculator: Calculator, name: str, value: str) -> bool:
    """Whether a pair stands for others."""
    return ((name, value),) != tuple(calculator.meant(name, value))
