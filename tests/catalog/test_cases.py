"""
Plans held against judgements: scenarios with the first steps that are right, written down before any plan was computed.

They are not tuned to one by one. Those that disagree are named, so that a change is noticed, in either direction.
"""

import json
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from calculators.catalog.cost_comparison.approaches import ROW_KEYS
from calculators.catalog.cost_comparison.report import first_key
from tests.catalog.scenarios import COST_COMPARISON, answer

FOLDER: Final = Path(__file__).with_name("cases")
SAME: Final = {"paste": "prompt"}
"""A word of the judgements that is another here: documents are pasted into the prompt."""

DISAGREE: Final = {"plans": {8}, "further": {114, 116, 128}}
"""Cases in which the plan begins otherwise."""
LEAST: Final = {"plans": 19, "further": 27}
"""How many must agree."""


class Case(NamedTuple):
    """
    A scenario, and what was said of it.

    Attributes:
        number: Its number.
        name: What it is called.
        scenario: What is entered.
        acceptable: First steps that are right.
        wrong: First steps that are wrong, but for those that go by another name here.
    """

    number: int
    name: str
    scenario: str
    acceptable: frozenset[str]
    wrong: frozenset[str]


def cases(file: str) -> list[Case]:
    """The cases of a file."""
    held = json.loads((FOLDER / f"{file}.json").read_text(encoding="utf-8"))
    return [
        Case(
            each["number"],
            each["name"],
            f"{each['scenario'].removeprefix('cost-comparison?')}&as_of={held['prices_of']}",
            acceptable := frozenset(SAME.get(key, key) for key in each["acceptable_first"]),
            frozenset(each["not_first"]) - SAME.keys() - acceptable,
        )
        for each in held["cases"]
    ]


def begins_with(case: Case) -> str | None:
    """What is tried first."""
    scenario = COST_COMPARISON.decode(case.scenario)
    assert () == scenario.dropped
    return first_key(answer(scenario))


@pytest.mark.parametrize("file", DISAGREE)
def test_plans_begin_as_practitioners_would(file: str) -> None:
    """With the defaults, in all but the cases that are named."""
    begun = {case.number: begins_with(case) for case in cases(file)}
    disagree = {case.number for case in cases(file) if begun[case.number] not in case.acceptable}

    assert DISAGREE[file] == disagree, {number: begun[number] for number in disagree ^ DISAGREE[file]}
    assert len(begun) - len(disagree) >= LEAST[file]


@pytest.mark.parametrize("file", DISAGREE)
def test_cases_are_read_whole(file: str) -> None:
    """Every word of theirs is a row, and nothing is right and wrong at once."""
    read = cases(file)

    assert len(read) == len({case.scenario for case in read}) == {"plans": 20, "further": 30}[file]
    for case in read:
        assert case.acceptable
        assert not case.acceptable & case.wrong
        assert case.acceptable | case.wrong <= {*ROW_KEYS, "stay"}
