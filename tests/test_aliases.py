"""Aliases: a link that knows an input by its old name, or by a value that is no more, means what it meant."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Annotated, Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

import pytest

from calculators import catalog
from calculators.calculator import Alias, Calculator, Choice, Group, Option, Refusal, RefusedScenarioError
from calculators.command_line.refusing import RefusedCommandError
from calculators.command_line.scenarios import read_scenario
from calculators.quantity import Quantity, RefusedInputError

CALCULATORS: Final = [catalog.calculator(slug) for slug in catalog.slugs()]


DRINKS: Final = (Option(value="tea", label="Tea"), Option(value="mate", label="Mate"))
PLACES: Final = (Option(value="here", label="Here"), Option(value="away", label="Away"))


@dataclass(frozen=True)
class Order(Group):
    """What somebody drinks."""

    title = "Order"
    cups: Annotated[int, Quantity(label="Cups", whole=True, maximum=9)] = 2
    drink: Annotated[str, Choice(label="Drink", options=DRINKS)] = "tea"
    milk: Annotated[float | None, Quantity(label="Milk", share=True, maximum=1)] = None
    place: Annotated[str, Choice(label="Place", options=PLACES)] = "here"


class Table(NamedTuple):
    """What is asked."""

    order: Order


def ordered(table: Table) -> Order:
    """Give back the order."""
    return table.order


def too_much(table: Table) -> list[Refusal]:
    """No more than one cup is carried away."""
    away = table.order.place == "away" and table.order.cups > 1
    return [Refusal("place", "Place", "one hand is free")] if away else []


CAFE: Final = Calculator[Table, Order](
    slug="cafe",
    title="Café",
    section="cafe",
    form=Table,
    compute=ordered,
    check=too_much,
    presets=(),
    aliases=(
        Alias(name="mugs", means="cups"),
        Alias(name="bowls", means="cups"),
        Alias(name="drink", value="latte", means=(("drink", "tea"), ("milk", "0.5"))),
        Alias(name="drink", value="to-go", means=(("drink", "mate"), ("place", "away"), ("cups", "1"))),
        Alias(name="white", value="yes", means=(("milk", "0.1"),)),
        Alias(name="white", value="no", means=(("milk", ""),)),
    ),
)


def told(query: str) -> tuple[Order, tuple[str, ...]]:
    """What a link orders, and what is told of it."""
    scenario = CAFE.decode(query)
    return scenario.groups.order, scenario.dropped


def opened(query: str) -> Order:
    """What a link orders, all of which must mean something."""
    order, lines = told(query)

    assert () == lines
    return order


def refused(query: str) -> list[Refusal]:
    """Why a link is refused."""
    with pytest.raises(RefusedScenarioError) as error:
        CAFE.decode(query)
    return list(error.value.refusals)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mugs=3", "cups=3"),
        ("mugs=+3.0", "cups=3"),
        ("drink=latte", "drink=tea&milk=0.5"),
        ("drink=+latte%0A", "milk=50%25"),
        ("drink=to-go", "drink=mate&place=away&cups=1"),
        ("white=yes", "milk=0.1"),
        ("white=no", "milk="),
        ("milk=0.2&mugs=5&drink=mate", "drink=mate&cups=5&milk=0.2"),
    ],
)
def test_an_old_link_means_what_it_meant(old: str, new: str) -> None:
    """A name that was changed takes its value along; a value that is no more stands for others."""
    assert opened(new) == opened(old)


def test_links_are_written_with_new_names() -> None:
    """Whoever opens an old link and copies it sends a new one."""
    for old in ("mugs=3", "drink=latte", "drink=to-go&white=yes"):
        written = CAFE.encode(CAFE.decode(old))

        assert set(dict(parse_qsl(written, keep_blank_values=True))) <= set(CAFE.inputs)
        assert opened(written) == told(old)[0]


def test_a_value_that_there_still_is_stays_itself() -> None:
    """An alias is about one value of an input; the others mean what they say, and none is refused by it."""
    assert replace(opened(""), drink="mate") == opened("drink=mate")
    (neither,) = refused("drink=chai")

    assert "drink" == neither.name
    assert neither.message == "“chai” is not one of the choices: enter tea or mate"


def test_a_value_that_an_old_name_never_had_means_nothing() -> None:
    """What stands for nothing is dropped and told, as any unknown name is."""
    order, (line,) = told("white=perhaps")

    assert opened("") == order
    assert line.startswith("“white” is not an input")


@pytest.mark.parametrize(
    ("pairs", "expected", "twice"),
    [
        (["mugs=3", "cups=4"], "cups=4", ["cups"]),
        (["mugs=3", "bowls=4"], "cups=3", ["cups"]),
        (["mugs=3", "bowls=4", "cups=5"], "cups=5", ["cups", "cups"]),
        (["drink=latte", "milk=0.2"], "milk=0.2", ["milk"]),
        (["drink=latte", "drink=mate"], "drink=mate&milk=0.5", ["drink"]),
        (["drink=latte", "drink=to-go"], "drink=tea&milk=0.5&place=away&cups=1", ["drink"]),
        (["drink=to-go", "mugs=1", "place=here"], "drink=mate&place=here&cups=1", ["cups", "place"]),
        (["white=yes", "drink=latte", "shots=1"], "milk=0.5", ["shots", "milk"]),
    ],
    ids=lambda case: "&".join(case) if isinstance(case, list) else "",
)
def test_a_name_of_today_holds_against_an_old_one(pairs: list[str], expected: str, twice: list[str]) -> None:
    """Whichever comes first in a link: what is given as it is called today holds, and the other is told."""
    for link in permutations(pairs):
        order, lines = told("&".join(link))

        assert opened(expected) == order
        assert sorted(twice) == sorted(line.split("”", maxsplit=1)[0].removeprefix("“") for line in lines)


def test_it_is_told_which_of_the_two_holds() -> None:
    """A reader of the line knows what to take out of the link."""
    assert ("“cups” is given twice; its value under “cups” holds, not that under “mugs”",) == told("mugs=3&cups=4")[1]
    assert ("“milk” is given twice; its value under “milk” holds, not that under “drink=latte”",) == (
        told("drink=latte&milk=0")[1]
    )


def test_of_an_old_name_given_twice_the_first_holds() -> None:
    """As it is with a name of today."""
    assert (opened("cups=3"), ("“mugs” is given twice; the first value holds",)) == told("mugs=3&mugs=4")


def test_a_refusal_names_the_input_and_how_it_was_given() -> None:
    """The field that is wrong is today's; whoever typed the old name finds it again."""
    (many,) = refused("mugs=many")
    (carried,) = refused("drink=to-go&cups=2")
    (plain,) = refused("cups=many&mugs=1")

    assert ("cups", "Cups") == (many.name, many.label)
    assert many.message.startswith("“many” is not a number: enter a whole number, 0 to 9")
    assert many.message.endswith("(given as “mugs”)")
    assert ("place", "one hand is free (given as “drink=to-go”)") == (carried.name, carried.message)
    assert "given as" not in plain.message


# The command line.


def typed(*words: str) -> Order:
    """What words on the command line order."""
    pairs = [(name, text) for name, _, text in (word.partition("=") for word in words)]
    order = read_scenario(CAFE, pairs).groups[0]

    assert isinstance(order, Order)
    return order


def faults(*words: str) -> tuple[str, ...]:
    """Why words on the command line are refused."""
    with pytest.raises(RefusedCommandError) as error:
        typed(*words)
    return error.value.faults


def test_the_command_line_knows_old_names() -> None:
    """An old link pasted into a terminal gives the answer that it gives in a page."""
    assert opened("cups=3&milk=0.5") == typed("mugs=3", "drink=latte")
    assert opened("milk=0.1") == typed("white=yes")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["mugs=3", "cups=4"], ["“cups” is given more than once, also as “mugs”: give it once"]),
        (["cups=4", "mugs=4"], ["“cups” is given more than once, also as “mugs”: give it once"]),
        (["mugs=3", "bowls=4"], ["“cups” is given more than once, also as “mugs” and “bowls”: give it once"]),
        (["mugs=3", "mugs=3"], ["“cups” is given more than once, also as “mugs”: give it once"]),
        (["drink=latte", "drink=mate"], ["“drink” is given more than once: give it once"]),
        (["drink=latte", "milk=0"], ["“milk” is given more than once, also as “drink”: give it once"]),
        (["white=perhaps"], ["“white” is not an input of cafe: --help lists them"]),
    ],
)
def test_the_command_line_forgives_no_repetition(words: list[str], lines: list[str]) -> None:
    """Neither of two values is taken in silence, whatever it is called."""
    assert lines == list(faults(*words))


def test_the_command_line_tells_all_mistakes_at_once() -> None:
    """Unknown, repeated and refused are told together where old names are among them, too."""
    found = faults("sugar=1", "drink=latte", "milk=x", "mugs=many")

    assert ["“sugar”", "“milk”", "cups:", "milk:"] == [line.split()[0] for line in found]
    assert found[2].endswith("(given as “mugs”)")


# What a description owes old links.


def wrong(calculator: Calculator) -> Iterator[str]:
    """Tell what is wrong with a calculator's aliases."""
    for alias in calculator.aliases:
        if [alias] != [each for each in calculator.aliases if (each.name, each.value) == (alias.name, alias.value)]:
            yield f"“{alias}” has two meanings"
        if alias.value != (alias.value and alias.value.strip()):
            yield f"“{alias}” is never found: take the white space from its value"
        if alias.name in calculator.inputs:
            if alias.value is None or is_read(calculator, alias.name, alias.value):
                yield f"“{alias}” is an input as it is"
            if alias.name not in dict(alias.inputs("")):
                yield f"“{alias}” leaves open what {alias.name} is instead"
        yield from wrong_meaning(calculator, alias)


def wrong_meaning(calculator: Calculator, alias: Alias) -> Iterator[str]:
    """Tell what is wrong with the inputs that an alias stands for."""
    names = [name for name, _ in alias.inputs("")]
    if len(names) != len(set(names)) or not names:
        yield f"“{alias}” gives each of its inputs once, and at least one"
    if missing := set(names) - set(calculator.inputs):
        yield f"“{alias}” stands for {', '.join(sorted(missing))}: there is no such input"
    elif isinstance(alias.means, str):
        for other in calculator.aliases:
            if other.name == alias.means and calculator.alias(alias.name, other.value or "") == alias:
                yield f"“{alias}” chains: “{other}” needs an alias under the name {alias.name} too"
    else:
        for name, text in alias.means:
            if calculator.alias(name, text) is not None:
                yield f"“{alias}” chains: “{name}={text}” is an alias itself"
            elif not is_read(calculator, name, text):
                yield f"“{alias}” gives {name} the value “{text}”, which it refuses"
        if not is_opened(calculator, urlencode(alias.means)):
            yield f"“{alias}” stands for inputs that do not go together"


def is_read(calculator: Calculator, name: str, text: str) -> bool:
    """Whether a text is a value of an input."""
    try:
        calculator.inputs[name].read(text)
    except RefusedInputError:
        return False
    return True


def is_opened(calculator: Calculator, query: str) -> bool:
    """Whether a link gives a scenario."""
    try:
        calculator.decode(query)
    except RefusedScenarioError:
        return False
    return True


@pytest.mark.parametrize("calculator", [CAFE, *CALCULATORS], ids=lambda calculator: calculator.slug)
def test_every_alias_leads_to_inputs_of_today(calculator: Calculator) -> None:
    """
    Inputs that there are, values that they read, in one step,
    and never in the place of an input or a value of it.
    """
    assert [] == list(wrong(calculator))


@pytest.mark.parametrize(
    "aliases",
    [
        [Alias(name="cups", means="milk")],
        [Alias(name="drink", value="tea", means=(("drink", "mate"),))],
        [Alias(name="drink", value="latte", means=(("milk", "0.5"),))],
        [Alias(name="mugs", means="cup")],
        [Alias(name="white", value="yes", means=(("milk", "much"),))],
        [Alias(name="white", value="yes", means=(("milch", "0.5"),))],
        [Alias(name="white", value="yes ", means=(("milk", "0.5"),))],
        [Alias(name="white", value="yes", means=())],
        [Alias(name="white", value="yes", means=(("milk", "0.5"), ("milk", "0.5")))],
        [Alias(name="party", value="yes", means=(("cups", "9"), ("place", "away")))],
        [Alias(name="mugs", means="cups"), Alias(name="mugs", means="milk")],
        [Alias(name="bowls", means="mugs"), Alias(name="mugs", means="cups")],
        [
            Alias(name="drink", value="latte", means=(("drink", "tea"), ("milk", "0.5"))),
            Alias(name="order", value="latte", means=(("drink", "latte"),)),
        ],
        [
            Alias(name="drink", value="latte", means=(("drink", "tea"), ("milk", "0.5"))),
            Alias(name="order", means="drink"),
        ],
    ],
    ids=[
        "an input",
        "a live value",
        "open what the input is",
        "no such input",
        "a value refused",
        "no such input, with a value",
        "white space",
        "nothing",
        "an input twice",
        "inputs that do not go together",
        "two meanings",
        "a chain of names",
        "a chain of values",
        "a chain by way of a value",
    ],
)
def test_a_wrong_alias_is_found(aliases: list[Alias]) -> None:
    """Each kind of mistake in a description is told."""
    assert [] != list(wrong(replace(CAFE, aliases=tuple(aliases))))


def test_an_old_name_of_an_input_with_an_old_value_needs_both() -> None:
    """No alias is looked up for another: what an old name meant by an old value is said once more."""
    latte = (("drink", "tea"), ("milk", "0.5"))
    calculator = replace(
        CAFE,
        aliases=(
            Alias(name="order", means="drink"),
            Alias(name="order", value="latte", means=latte),
            Alias(name="drink", value="latte", means=latte),
        ),
    )

    assert [] == list(wrong(calculator))
    assert calculator.decode("order=latte") == calculator.decode("drink=latte") == calculator.decode(urlencode(latte))
    assert calculator.decode("order=mate") == calculator.decode("drink=mate")
