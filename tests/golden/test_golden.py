"""Scenario by scenario, the answer that was kept: here in CPython and on the command line; in browsers, with theirs."""

import json
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest

from calculators.__main__ import main
from calculators.browser import answer
from calculators.calculator import EDITION, LONGEST_LINK, RefusedScenarioError, split
from calculators.catalog import calculator
from calculators.catalog.cost_comparison.report import figures
from calculators.quantity import write_money
from tests.golden.golden import ANSWERS, GOLDENS, Golden, conversation

CURE: Final = "If that is meant: python tests/golden/regenerate.py, and read what it prints."
each_golden: Final = pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)


def reply(golden: Golden) -> dict[str, Any]:
    """The first part of the answer that was kept, read."""
    found: dict[str, Any] = json.loads(golden.answer)
    return found


VALID: Final = [golden for golden in GOLDENS if not golden.refused]
REFUSED: Final = [golden for golden in GOLDENS if golden.refused]


def test_every_answer_belongs_to_a_scenario() -> None:
    """No answer is left behind, none is missing, and both kinds are there."""
    assert {golden.path for golden in GOLDENS} == set(ANSWERS.iterdir()), CURE
    assert len({golden.name for golden in GOLDENS}) == len(GOLDENS)
    assert len(VALID) >= 14
    assert len(REFUSED) >= 2


@each_golden
def test_python_gives_the_answer_that_was_kept(golden: Golden) -> None:
    """To the last character: figures, sentences and markup."""
    kept, found = reply(golden), json.loads(answer(golden.scenario))
    different = sorted(name for name in kept.keys() | found.keys() if kept.get(name) != found.get(name))
    slots = sorted(
        name
        for name in kept["patches"].keys() | found["patches"].keys()
        if kept["patches"].get(name) != found["patches"].get(name)
    )

    assert [] == different, f"{golden.name} differs in {different}, slots {slots}. {CURE}"
    assert golden.answer == answer(golden.scenario)


@each_golden
def test_python_gives_the_parts_that_were_kept(golden: Golden) -> None:
    """Each slice, to the last character, and as many as there were; each once more, out of turn."""
    kept = list(zip(golden.requests, golden.replies, strict=True))
    given = list(conversation(golden.scenario, answer))
    differing = [request for request, reply in given if (request, reply) not in kept]

    assert [] == differing, CURE
    assert kept == given
    assert kept[::-1] == [(request, answer(request)) for request, _ in kept[::-1]]


@pytest.mark.parametrize("golden", VALID, ids=lambda golden: golden.name)
def test_the_link_of_an_answer_gives_it_again(golden: Golden) -> None:
    """Whoever opens the link that a reader copies sees what the reader sees."""
    slug, _ = split(golden.scenario)
    assert [] == reply(golden)["invalid"]
    link = reply(golden)["query"]
    again = json.loads(answer(f"{slug}?{link}"))

    assert len(link) < LONGEST_LINK
    assert link == again["query"]
    assert reply(golden)["values"] == again["values"]
    assert reply(golden)["says"] == again["says"]
    if golden.name != "dropped":
        assert reply(golden)["patches"] == again["patches"]


@pytest.mark.parametrize("golden", VALID, ids=lambda golden: golden.name)
def test_the_values_of_an_answer_give_it_again(golden: Golden) -> None:
    """The form's texts, sent as they stand, are the scenario."""
    found = calculator(split(golden.scenario)[0])
    given = found.decode(reply(golden)["query"])

    for name, text in reply(golden)["values"].items():
        item = found.inputs[name]
        assert item.read(text) == getattr(given.groups[item.group], name)


@pytest.mark.parametrize(
    "golden", [golden for golden in VALID if golden.name != "dropped"], ids=lambda golden: golden.name
)
def test_the_command_line_gives_the_same_figures(golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    """
    `--json` is Python's own result, and says in words what the page says, with the sum of its first step in them.

    Its amounts are US dollars, those in words too, where the page tells them in another currency.
    """
    status = main([golden.scenario, "--json"])
    printed = json.loads(capsys.readouterr().out)
    slug, query = split(golden.scenario)
    found = calculator(slug)
    scenario = found.decode(query)
    in_dollars = found.change(scenario, "currency", None)

    assert status == 0
    assert {"scenario": f"{slug}?{reply(golden)['query']}", **figures(found.answer(scenario))} == printed
    assert printed["verdict"] == json.loads(answer(f"{slug}?{found.encode(in_dollars)}"))["says"]
    for step in printed["plan"]["steps"][:1]:
        assert write_money(step["find_out"]) in printed["verdict"]
        with found.showing(scenario):
            assert write_money(step["find_out"]) in reply(golden)["says"]


@pytest.mark.parametrize("golden", REFUSED, ids=lambda golden: golden.name)
def test_a_refusal_is_no_answer(golden: Golden) -> None:
    """With bad input there is no answer to show, and every fault is named at its field and in the summary."""
    slug, query = split(golden.scenario)
    with pytest.raises(RefusedScenarioError) as error:
        calculator(slug).decode(query)
    names = [refusal.name for refusal in error.value.refusals]

    assert names == reply(golden)["invalid"]
    assert {"errors", *(f"error-{name}" for name in names if name != EDITION)} == set(reply(golden)["patches"])
    assert not {"query", "values"} & reply(golden).keys()


@each_golden
def test_what_is_typed_is_never_markup(golden: Golden) -> None:
    """A link cannot put HTML into the page."""
    names = [text for pair in parse_qsl(golden.scenario) for text in pair if "<" in text]
    for html in (html for part in golden.replies for html in json.loads(part)["patches"].values()):
        assert not any(name in html for name in names)
