"""The page on the plan: its example comes out of a second sum, its rules are the records'."""

import json
import re
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import pytest

from calculators.browser import answer
from calculators.facts import DATA, FACTS
from calculators.html.pages import plan_example

ROOT: Final = Path(__file__).parents[2]
TEXT: Final = (ROOT / "docs/reference/plan.md").read_text(encoding="utf-8")

# The example, worked out again without a line of the calculators: worlds by hand, orders by counting through them.

EVAL, PROMPT = 2_000, 1_500
OWN: Final = {"p": 0, "f": 1_500, "t": 9_500}
AFTER: Final = {"p": 8_000, "f": 9_000, "t": 14_000}
PARTS: Final = {"p": {EVAL, PROMPT}, "f": {EVAL, PROMPT}, "t": {EVAL}}

WORLDS: Final = {
    # Prompting passes half the time, few-shot then too, and tuning but for its slip of 6 %.
    "pft": 0.5 * 0.94,
    "pf": 0.5 * 0.06,
    # Few-shot cures 0.1 of 0.5, tuning 0.65 − 0.47 of it: of the half that can be cured 0.4 and 0.72, independently.
    "ft": 0.25 * 0.4 * 0.72,
    "f": 0.25 * 0.4 * 0.28,
    "t": 0.25 * 0.6 * 0.72,
    # What neither cures, and the hard core.
    "": 0.25 * 0.6 * 0.28 + 0.25,
}


def until_one_passes(order: tuple[str, ...]) -> float:
    """What an order comes to: in each world what was spent until the first that passes in it."""
    total = 0.0
    for passing, weight in WORLDS.items():
        spent, paid, gone = 0.0, set[int](), ""
        for row in order:
            # What passes in no world that is left is passed over.
            if not any(row in world and not set(world) & set(gone) for world in WORLDS):
                continue
            spent += OWN[row] + sum(PARTS[row] - paid)
            paid |= PARTS[row]
            gone += row
            if row in passing:
                spent += AFTER[row]
                break
        total += weight * spent
    return total


def best_from(paid: frozenset[int], tried: str, worlds: tuple[str, ...], hand: str) -> float:
    """The least that anything comes to from here, over all ways to go on; weighed by the worlds, not divided."""
    stop = sum(WORLDS[world] for world in worlds) * AFTER[hand] if hand else float("inf")
    found = [stop] if hand else []
    for row in "pft":
        able = any(row in world for world in worlds)
        if row not in tried and able and (not hand or AFTER[row] < AFTER[hand]):
            found.append(trial(paid, tried, worlds, hand, row))
    return min(found, default=0.0)


def trial(paid: frozenset[int], tried: str, worlds: tuple[str, ...], hand: str, row: str) -> float:
    """The same with a row that is tried next."""
    spent = sum(WORLDS[world] for world in worlds) * (OWN[row] + sum(PARTS[row] - paid))
    then = paid | PARTS[row]
    passes = tuple(world for world in worlds if row in world)
    fails = tuple(world for world in worlds if row not in world)
    kept = row if not hand or AFTER[row] < AFTER[hand] else hand
    return spent + best_from(then, tried + row, passes, kept) + best_from(then, tried + row, fails, hand)


@cache
def reply() -> dict[str, Any]:
    """What the browser is told."""
    found: dict[str, Any] = json.loads(answer("plan?"))
    return found


def figure(slot: str) -> float:
    """The exact figure of a slot of the page."""
    [value] = re.findall(rf'data-slot="{slot}"><data value="([^"]+)">', plan_example.write())
    return float(value)


def test_the_example_is_made_of_what_is_worked_out_here() -> None:
    """The rows in the file are those above."""
    told = json.loads((DATA / "worked_plan.json").read_text(encoding="utf-8"))

    assert {"the eval": EVAL, "the prompt": PROMPT} == told["parts"]
    for key, row in zip("pft", told["rows"], strict=True):
        assert OWN[key] == row["find_out"]
        assert AFTER[key] == row["go_live"] + row["keep"]
        assert PARTS[key] == {told["parts"][part] for part in row["parts"]}
        assert row["chance"] == pytest.approx(sum(weight for world, weight in WORLDS.items() if key in world))
    assert 1 == pytest.approx(sum(WORLDS.values()))


def test_the_worlds_are_those_worked_out_by_hand() -> None:
    """Each set of rows that pass has its weight on the page."""
    html = plan_example.write()
    rows = re.findall(r'<th scope="row"><span data-slot="plan-world-\d"><data value="([^"]+)">.*?</tr>', html)
    sets = re.findall(r"plan-world-\d.*?>(passes|fails)</td>.*?>(passes|fails)</td>.*?>(passes|fails)</td></tr>", html)
    found = {
        "".join(key for key, said in zip("pft", passing, strict=True) if said == "passes"): float(weight)
        for weight, passing in zip(rows, sets, strict=True)
    }

    assert pytest.approx(WORLDS) == found


@pytest.mark.parametrize("order", list(permutations("pft")), ids="".join)
def test_an_order_comes_to_what_it_costs_in_each_world(order: tuple[str, ...]) -> None:
    """Counted through world by world, each order comes to the same."""
    slot = "".join(str("pft".index(row)) for row in order)

    assert pytest.approx(until_one_passes(order)) == figure(f"plan-order-{slot}")


def test_the_best_plan_is_the_least_of_all_ways_to_go_on() -> None:
    """Beginning with each row, the steps, the price of the trap and the chance of nothing: all as worked out here."""
    every = tuple(WORLDS)
    begun = {row: trial(frozenset(), "", every, "", row) for row in "pft"}

    assert pytest.approx(list(begun.values())) == [figure(f"plan-begun-{row}") for row in range(3)]
    assert "p" == min(begun, key=begun.__getitem__)
    assert pytest.approx(begun["t"] - begun["p"]) == figure("plan-trap")
    assert pytest.approx(WORLDS[""]) == figure("plan-nothing")
    assert "Prompting first costs least, $14,462 on average; tuning first costs $5,700 more" == reply()["says"]


def test_the_steps_are_told_by_what_is_known_by_then() -> None:
    """Chance and price of a success of each step, the worlds struck out that its predecessors rule out."""
    gone, paid = "", set[int]()
    for place, row in enumerate("pft"):
        left = {world: weight for world, weight in WORLDS.items() if not set(world) & set(gone)}
        chance = sum(weight for world, weight in left.items() if row in world) / sum(left.values())
        find_out = OWN[row] + sum(PARTS[row] - paid)

        assert pytest.approx(chance) == figure(f"plan-step-chance-{place}")
        assert pytest.approx(find_out) == figure(f"plan-step-find-out-{place}")
        # No row on its way is cheaper than one before: once it passes, the plan stops.
        assert pytest.approx(find_out / chance + AFTER[row]) == figure(f"plan-step-success-{place}")
        gone, paid = gone + row, paid | PARTS[row]


def test_weitzmans_rule_is_written_out() -> None:
    """Finding out ÷ chance + what is kept, of each row by itself."""
    chances = {key: sum(weight for world, weight in WORLDS.items() if key in world) for key in "pft"}
    expected = [(OWN[key] + sum(PARTS[key])) / chances[key] + AFTER[key] for key in "pft"]

    assert pytest.approx(expected) == [figure(f"plan-alone-{row}") for row in range(3)]


def test_the_browser_is_told_what_the_page_says() -> None:
    """Every place of the example is filled again, to the byte; nothing is sent that the page has no place for."""
    html = plan_example.write()
    slots = set(re.findall(r'data-slot="([^"]+)"', html))

    assert slots == set(reply()["patches"])
    for slot, written in reply()["patches"].items():
        if slot != "plan-result":
            assert f'data-slot="{slot}">{written}</span>' in html


# What the page says of the rules.


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        ("dear_success", 3, "more than three times as dear a success"),
        ("long_shot", 10, "less than 1 chance in 10"),
        ("small_saving", 0.05, "a twentieth of what you pay to keep it"),
    ],
)
def test_a_rule_is_told_as_it_is(rule: str, value: float, words: str) -> None:
    """A number that stands in a sentence is the record's."""
    assert value == FACTS.rule(rule)
    assert words in " ".join(TEXT.split())


def test_the_hard_core_is_told_as_it_is() -> None:
    """Half of the base row's failures."""
    assert 0.5 == FACTS.assumptions["hard_core"].value
    assert "Half of the base’s failures" in TEXT
