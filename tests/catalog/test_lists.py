"""Lists of models: what is no longer sold stands apart, the newest is marked, and a price is said once."""

import json
import re
from datetime import date
from itertools import groupby

from calculators import catalog
from calculators.calculator import Choice, Option
from calculators.facts import FACTS
from calculators.html.reply import whole
from calculators.quantity import DOLLARS

COMPARISON = catalog.calculator("cost-comparison")


def listed() -> tuple[Option, ...]:
    """The models that can be prompted, as the form lists them."""
    kind = COMPARISON.inputs["prompted_model"].kind
    assert isinstance(kind, Choice)
    return kind.options


def note(name: str, query: str) -> str:
    """What stands under a field, in plain text."""
    patches = json.loads(whole(f"cost-comparison?{query}"))["patches"]
    return re.sub("<[^>]*>", "", patches[f"note-{name}"])


def ended(key: str) -> bool:
    """Whether a model's seller has switched it off."""
    retires = FACTS.inference[key].retires
    return retires is not None and retires <= FACTS.today


def test_what_is_no_longer_sold_stands_apart() -> None:
    """It comes last, under a heading of its own; all else stands under who sells it."""
    headings = [heading for heading, _ in groupby(listed(), key=lambda option: option.group)]

    assert len(headings) == len(set(headings))
    for option in listed():
        assert option.group == ("No longer sold" if ended(option.value) else FACTS.inference[option.value].provider)
    assert any(ended(option.value) for option in listed())
    assert headings[-1] == "No longer sold"


def test_the_newest_of_a_size_is_marked() -> None:
    """Of a seller's models of one size at most one, and none of them came later."""
    marked = [FACTS.inference[option.value] for option in listed() if ", newest" in option.label]
    sizes = [(record.provider, record.tier) for record in marked]

    assert marked
    assert len(sizes) == len(set(sizes))
    for record in marked:
        began = FACTS.inference.history(record.key)[0].valid_from
        for key, other in FACTS.inference.items():
            if (other.provider, other.tier) == (record.provider, record.tier) and not key[-4:].isdigit():
                assert FACTS.inference.history(key)[0].valid_from <= began


def test_a_price_is_said_once() -> None:
    """The list says it; under the field stands since when it holds, and who says so."""
    key = next(option.value for option in listed() if not ended(option.value))
    record = FACTS.inference[key]
    price = f"{DOLLARS.money(record.input)} in, {DOLLARS.money(record.output)} out"
    told = note("prompted_model", f"prompted_model={key}")

    assert price in next(option.label for option in listed() if option.value == key)
    assert price not in told
    assert told.startswith("Per million tokens, since ")


def test_a_price_of_an_earlier_day_is_said_under_the_field() -> None:
    """The list has today's prices: where an answer rests on another, the price that it rests on is told."""
    changed = next(
        history
        for key in FACTS.inference
        if len(history := FACTS.inference.history(key)) > 1
        and history[0].input != history[-1].input
        and history[0].valid_from > date(2026, 1, 1)
    )
    first = changed[0]
    told = note("prompted_model", f"prompted_model={first.key}&as_of={first.valid_from}")

    assert told.startswith(f"On this day {DOLLARS.money(first.input)} in, {DOLLARS.money(first.output)} out, ")
