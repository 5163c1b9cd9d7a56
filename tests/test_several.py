"""Several answers to one question: read in any order, written in one, and none lost in silence."""

from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import permutations
from typing import Annotated, Final, NamedTuple

import pytest

from calculators.calculator import Calculator, Group, Option, RefusedScenarioError, Several
from calculators.command_line.refusing import RefusedCommandError
from calculators.command_line.scenarios import read_scenario
from calculators.html.form import form
from calculators.markup import NOTHING, text
from calculators.quantity import RefusedInputError

TOPPINGS: Final = Several(
    label="On top",
    unit="of the pizza",
    options=(
        Option(value="olives", label="Olives"),
        Option(value="plain", label="Nothing: as it is"),
        Option(value="rocket", label="Rocket & pears"),
        Option(value="capers", label="Capers"),
    ),
    alone=frozenset({"plain"}),
    hint="As many as you like.",
)
RANGE: Final = "any of olives, rocket, capers, joined by commas or plain alone"


@dataclass(frozen=True)
class Pizza(Group):
    """What is eaten."""

    title = "Pizza"
    folded = False
    toppings: Annotated[str, TOPPINGS] = "olives,capers"


class Table(NamedTuple):
    """What is asked."""

    pizza: Pizza


PIZZERIA: Final = Calculator[Table, str](
    slug="pizzeria",
    title="Pizzeria",
    section="pizzeria",
    form=Table,
    compute=lambda table: table.pizza.toppings,
    check=lambda _: (),
    presets=(),
)


def ordered(query: str) -> str:
    """What a link orders, all of which must mean something."""
    scenario = PIZZERIA.decode(query)

    assert () == scenario.dropped
    return PIZZERIA.answer(scenario)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", ""),
        (" ", ""),
        ("plain", "plain"),
        (" rocket ", "rocket"),
        ("capers, olives", "olives,capers"),
        ("capers\t,\nrocket ,olives", "olives,rocket,capers"),
        ("olives,", "olives"),
    ],
)
def test_any_order_is_read_and_one_is_written(typed: str, value: str) -> None:
    """Whatever order and spaces somebody types, the value has the order of the options and no spaces."""
    assert value == TOPPINGS.read(typed)
    assert value == TOPPINGS.read(value)


def test_order_decides_nothing() -> None:
    """Every order of the same answers is the same scenario."""
    assert {"olives,rocket,capers"} == {
        TOPPINGS.read(",".join(keys)) for keys in permutations(("olives", "rocket", "capers"))
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ham", f"“ham” is not one of the choices: enter {RANGE}"),
        ("olives,ham", f"“ham” is not one of the choices: enter {RANGE}"),
        ("olives capers", f"“olives capers” is not one of the choices: enter {RANGE}"),
        ("Olives", f"“Olives” is not one of the choices: enter {RANGE}"),
        ("capers,olives,capers", f"“capers” is given twice: enter {RANGE}, each once"),
        ("plain,plain", f"“plain” is given twice: enter {RANGE}, each once"),
        ("olives,plain", f"“plain” goes with no other: enter it alone, or leave it out; {RANGE}"),
    ],
)
def test_nothing_is_dropped_in_silence(typed: str, told: str) -> None:
    """What is no answer, is there twice, or goes with no other is refused, with what to enter instead."""
    with pytest.raises(RefusedInputError) as refused:
        TOPPINGS.read(typed)

    assert told == str(refused.value)


@pytest.mark.parametrize("typed", ["9" * 10**6, "olives," * 10**6, "," * 10**6 + "ham", "<b>,</b>"])
def test_a_flood_is_refused_shortly(typed: str) -> None:
    """However much is typed, the message stays one line."""
    with pytest.raises(RefusedInputError) as refused:
        TOPPINGS.read(typed)

    assert len(str(refused.value)) < len(RANGE) + 100


def test_a_value_in_words() -> None:
    """The labels, in the order of the form; nothing for none."""
    assert TOPPINGS.label_of("olives,rocket") == "Olives; Rocket & pears"
    assert TOPPINGS.label_of("plain") == "Nothing: as it is"
    assert TOPPINGS.label_of("") == ""


@pytest.mark.parametrize("value", ["", "plain", "olives,rocket,capers"])
def test_link_and_field_give_the_value_back(value: str) -> None:
    """A link and a form carry the same text, and none means none, not the default."""
    scenario = PIZZERIA.change(PIZZERIA.decode(""), "toppings", value)

    assert scenario == PIZZERIA.decode(PIZZERIA.encode(scenario))
    assert {"toppings": value} == PIZZERIA.entries(scenario)
    assert ordered(f"toppings={value}") == value


def test_a_link_holds_commas_as_they_are() -> None:
    """Escaped, they would take three characters each and could not be read."""
    assert PIZZERIA.encode(PIZZERIA.decode("toppings=capers%2C+rocket")) == "toppings=rocket,capers"


def test_a_refusal_names_the_field() -> None:
    """As for any other input; the command line says the same."""
    with pytest.raises(RefusedScenarioError) as link:
        PIZZERIA.decode("toppings=plain,ham")
    with pytest.raises(RefusedCommandError) as words:
        read_scenario(PIZZERIA, [("toppings", "plain,ham")])
    (refusal,) = link.value.refusals

    assert ("toppings", "On top") == (refusal.name, refusal.label)
    assert (f"toppings: {refusal}",) == words.value.faults


class _Reader(HTMLParser):
    """Collects elements with their attributes, and the words within labels."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.labels: list[str] = []
        self._labelling = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "label":
            self.labels.append("")
        self._labelling = tag == "label" or (self._labelling and tag == "input")

    def handle_endtag(self, tag: str) -> None:
        self._labelling = self._labelling and tag != "label"

    def handle_data(self, data: str) -> None:
        if self._labelling:
            self.labels[-1] += data

    def of(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """The elements of a kind that have some attributes."""
        return [given for name, given in self.elements if name == tag and wanted.items() <= given.items()]


def shown(query: str) -> _Reader:
    """The form with the values of a link."""
    reader = _Reader()
    reader.feed(form(PIZZERIA, PIZZERIA.decode(query), {"toppings": text("Fresh.")}))
    return reader


def test_the_form_has_a_box_for_each_answer() -> None:
    """In the order of the options, ticked where the value names them; those that go alone are marked."""
    reader = shown("toppings=capers,rocket")
    boxes = reader.of("input", type="checkbox")

    assert [option.value for option in TOPPINGS.options] == [box["value"] for box in boxes]
    assert [option.label for option in TOPPINGS.options] == [words.strip() for words in reader.labels]
    assert ["rocket", "capers"] == [box["value"] for box in boxes if "checked" in box]
    assert ["plain"] == [box["value"] for box in boxes if "data-alone" in box]


@pytest.mark.parametrize("query", ["toppings=", "toppings=capers,rocket", ""])
def test_the_form_sends_the_text_alone(query: str) -> None:
    """Boxes have no names: one hidden text carries the value, so a form says of every input what it is."""
    reader = shown(query)
    (sent,) = [given for tag, given in reader.elements if tag in ("input", "select") and "name" in given]

    assert ("pizzeria-toppings", "toppings", ordered(query)) == (sent["id"], sent["name"], sent["value"])
    assert "hidden" in sent


def test_the_boxes_are_one_question() -> None:
    """A group with its label, error and note by the ids that every field has; none of them is written twice."""
    reader = shown("")
    (group,) = reader.of("div", role="group")
    ids = [given["id"] for _, given in reader.elements if given.get("id")]
    named = f"{group['aria-labelledby']} {group['aria-describedby']}".split()

    assert ["pizzeria-toppings-label", "pizzeria-toppings-error", "pizzeria-toppings-note"] == named
    assert set(named) <= set(ids)
    assert len(ids) == len(set(ids))
    assert group["data-field"] == "toppings"
    assert all(box["aria-describedby"] == named[1] for box in reader.of("input", type="checkbox"))


def test_a_form_without_notes_is_a_form() -> None:
    """The hint stands alone where no note comes with it."""
    assert "As many as you like.</p>" in form(PIZZERIA, PIZZERIA.decode(""), {"toppings": NOTHING})
