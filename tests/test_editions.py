"""Editions of the defaults: a link carries what differs from one, and means the same for good."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Annotated, Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

import pytest

from calculators import catalog
from calculators.__main__ import main
from calculators.calculator import (
    EDITION,
    LONGEST_LINK,
    Alias,
    Calculator,
    Choice,
    Day,
    Group,
    Input,
    Option,
    RefusedScenarioError,
    Several,
)
from calculators.command_line.refusing import RefusedCommandError
from calculators.command_line.scenarios import read_scenario
from calculators.currency import Dollar
from calculators.editions import FILE, EditionError, editions
from calculators.html.reply import reply
from calculators.quantity import Quantity
from tests.catalog.scenarios import COST_COMPARISON, at, changed

ROOT: Final = Path(__file__).parents[1]
PUBLISHED: Final = tomllib.loads(Path(__file__).with_name("published_editions.toml").read_text(encoding="utf-8"))
CALCULATORS: Final = [catalog.calculator(slug) for slug in catalog.slugs()]
each_calculator: Final = pytest.mark.parametrize("calculator", CALCULATORS, ids=catalog.slugs())
SHORT: Final = 140
"""Longest link with one number changed, from its `#` on. [characters]"""
FIFTY: Final = 50
"""Changed inputs that a link has room for, however long they are."""


# Those that are published.


@each_calculator
def test_an_edition_stays_as_it_was_published(calculator: Calculator) -> None:
    """Links that people have sent rest on every line of it."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))[calculator.slug]
    moved = [
        f"{calculator.slug}.{number}: {name} = “{found.get(number, {}).get(name, 'nothing')}”, published as “{default}”"
        for number, defaults in PUBLISHED[calculator.slug].items()
        for name, default in defaults.items()
        if found.get(number, {}).get(name) != default
    ]

    assert [] == moved, (
        "an edition never changes once it is published: put it back, and add a new edition that says what is new, "
        "at the end of calculators/data/editions.toml"
    )


@each_calculator
def test_every_line_is_held_as_published(calculator: Calculator) -> None:
    """What is new is held from now on."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))[calculator.slug]
    new = [
        f"{calculator.slug}.{number}: {name}"
        for number, defaults in found.items()
        for name in defaults
        if name not in PUBLISHED[calculator.slug].get(number, {})
    ]

    assert [] == new, (
        "copy these lines to tests/published_editions.toml: an input that is new takes, in the first edition, the "
        "value with which every answer is what it was before there was that input, and in the newest its own default"
    )
    assert found.keys() == PUBLISHED[calculator.slug].keys(), "copy the new edition to tests/published_editions.toml"


@each_calculator
def test_the_newest_edition_is_what_the_form_starts_from(calculator: Calculator) -> None:
    """A page as served, and a link that leaves all out, are the same scenario."""
    newest = calculator.starts[-1]
    other = [
        f"{item.name}: “{item.link(item.default)}”, in the newest edition “{item.link(newest[item.name])}”"
        for item in calculator.inputs.values()
        if item.default != newest[item.name]
    ]

    assert [] == other, (
        "a default has changed: add an edition at the end of calculators/data/editions.toml that says the new one, "
        "copy it to tests/published_editions.toml, and name it in the presets and in the fences of docs/"
    )


def fences() -> Iterator[str]:
    """The scenarios that pages show."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        yield from re.findall(r"^```calculator[a-z-]*\n(.*)\n```$", page.read_text(encoding="utf-8"), re.MULTILINE)


@each_calculator
def test_pages_show_the_newest_edition(calculator: Calculator) -> None:
    """A form as served starts from today's defaults."""
    shown = [scenario for scenario in fences() if scenario.startswith(f"{calculator.slug}?")]

    assert shown
    for scenario in shown:
        assert scenario.startswith(f"{calculator.slug}?{EDITION}={len(calculator.starts)}"), scenario


# Short links.


def longest_values(item: Input) -> Iterator[str]:
    """Realistic values of an input that take long to write."""
    kind, default = item.kind, item.default
    if isinstance(kind, Choice):
        yield from (option.value for option in kind.options)
    elif isinstance(kind, Several):
        yield ",".join(option.value for option in kind.options if option.value not in kind.alone)
    elif isinstance(kind, Day):
        yield kind.maximum.isoformat()
    elif isinstance(kind, Dollar):
        yield "16234.5 IDR"
    elif kind.whole:
        yield f"{min(kind.maximum, 3 * default if isinstance(default, int | float) else 64):.0f}"
    elif kind.share:
        yield "0.1234"
    else:
        usual = default if isinstance(default, int | float) and default else 10.0
        yield f"{min(kind.maximum, max(kind.minimum, 1.2345 * usual)):.4g}"


def longest_pair(item: Input) -> str:
    """What an input takes up in a link where it takes up most."""
    return max((urlencode({item.name: text}, safe=",") for text in longest_values(item)), key=len)


@each_calculator
def test_one_changed_input_makes_a_short_link(calculator: Calculator) -> None:
    """A link with one number changed from what a fresh page shows can be read, and dictated."""
    plain = calculator.decode(f"{EDITION}={len(calculator.starts)}")
    for item in calculator.inputs.values():
        for text in longest_values(item):
            link = calculator.encode(calculator.change(plain, item.name, item.read(text)))

            assert len(f"#{calculator.section}?{link}") < SHORT, link


@each_calculator
def test_fifty_changed_inputs_fit_in_a_link(calculator: Calculator) -> None:
    """Nobody who changes half of the form has a link that mail and chat programs cut."""
    longest = sorted((longest_pair(item) for item in calculator.inputs.values()), key=len)[-FIFTY:]
    plain = calculator.encode(calculator.decode(""))

    assert len("&".join((f"#{calculator.section}?{plain}", *longest))) <= LONGEST_LINK, "names have grown too long"


def test_a_link_that_is_too_long_says_so() -> None:
    """Whoever replaces nearly every number is told before a mail program cuts the link."""
    spared = {"as_of", "tuned_model", "service", "gpu", "gpus_per_replica", "training_gpus", "chunk_tokens"}
    items = [item for item in COST_COMPARISON.inputs.values() if item.name not in spared]
    texts = {item.name: max(longest_values(item), key=len) for item in items}
    texts |= {name: "table" for name in texts if name.endswith("_can")}
    found = json.loads(reply(f"cost-comparison?{urlencode(texts)}"))

    assert [] == found["invalid"]
    assert len(found["query"]) > LONGEST_LINK
    assert f"The link to this has {len(found['query']):,} characters" in found["patches"]["answer"]


def test_a_link_carries_its_edition_its_day_and_what_differs() -> None:
    """An empty price and an input at its default are not there; one that was cleared is."""
    newest = len(COST_COMPARISON.starts)
    scenario = at(f"d={newest}&as_of=2026-03-01&shots=9&horizon_months=12&prompted_model=gpt-4o")

    assert COST_COMPARISON.encode(scenario) == f"d={newest}&as_of=2026-03-01&prompted_model=gpt-4o&shots=9"


# Made up: four editions of what a bakery sells.


@dataclass(frozen=True)
class Bread(Group):
    """What is bought."""

    title = "Bread"
    loaves: Annotated[int, Quantity(label="Loaves", whole=True, maximum=99)] = 3
    price: Annotated[float | None, Quantity(label="Price", money=True, maximum=9)] = 4.5
    crust: Annotated[
        str, Choice(label="Crust", options=(Option(value="soft", label="Soft"), Option(value="dark", label="Dark")))
    ] = "dark"
    day: Annotated[date, Day(label="Day", minimum=date(2026, 1, 1), maximum=date(2026, 12, 31))] = date(2026, 5, 1)


class Counter(NamedTuple):
    """What is asked."""

    bread: Bread


BAKERY: Final = Calculator[Counter, Bread](
    slug="bakery",
    title="Bakery",
    section="bakery",
    form=Counter,
    compute=lambda counter: counter.bread,
    check=lambda _: (),
    presets=(),
    aliases=(Alias(name="rolls", means="loaves"),),
    editions=(
        {"rolls": "1", "price": "", "crust": "soft"},
        {"price": "4"},
        {"loaves": "2", "crust": "dark"},
        {"loaves": "3", "price": "4.5"},
    ),
)


def bought(query: str) -> Bread:
    """What a link buys, all of which must mean something."""
    scenario = BAKERY.decode(query)

    assert () == scenario.dropped
    return BAKERY.answer(scenario)


@pytest.mark.parametrize(
    ("query", "bread"),
    [
        ("", Bread(1, None, "soft")),
        ("d=1", Bread(1, None, "soft")),
        ("d=2", Bread(1, 4.0, "soft")),
        ("d=3", Bread(2, 4.0, "dark")),
        ("d=4", Bread()),
        ("d=+4+", Bread()),
        ("d=3&price=&rolls=7", Bread(7, None, "dark")),
        ("d=2&day=2026-12-24", Bread(1, 4.0, "soft", date(2026, 12, 24))),
    ],
)
def test_what_a_link_leaves_out_is_its_editions(query: str, bread: Bread) -> None:
    """Each edition builds on the one before, under old names too; the first is meant where none is named."""
    assert bread == bought(query)


def test_an_edition_may_stand_anywhere() -> None:
    """The order of a link decides nothing."""
    assert {Bread(5, 4.0, "dark")} == {
        bought("&".join(pairs)) for pairs in permutations(("d=3", "loaves=5", "price=4"))
    }


@pytest.mark.parametrize("query", ["", "d=1&crust=dark", "d=2&loaves=9&price=", "d=3&day=2026-01-01", "d=4", "price="])
def test_a_link_is_written_in_the_newest_edition(query: str) -> None:
    """Whoever opens an old link and copies it sends a new one that means the same."""
    written = BAKERY.encode(BAKERY.decode(query))

    assert written.startswith("d=4&day=2026-")
    assert bought(query) == bought(written)
    assert written == BAKERY.encode(BAKERY.decode(written))


def test_only_what_differs_is_written() -> None:
    """What was cleared differs from a default that is a number."""
    assert BAKERY.encode(BAKERY.decode("d=4")) == "d=4&day=2026-05-01"
    assert BAKERY.encode(BAKERY.decode("")) == "d=4&day=2026-05-01&loaves=1&price=&crust=soft"


def test_of_two_editions_the_first_holds() -> None:
    """As it is with any name that is given twice."""
    scenario = BAKERY.decode("d=3&d=1")

    assert bought("d=3") == BAKERY.answer(scenario)
    assert ("“d” is given twice; the first value holds",) == scenario.dropped


@pytest.mark.parametrize(
    ("text", "shown"), [("9", "9"), ("0", "0"), ("", ""), ("02", "02"), ("two", "two"), ("-1", "-1"), ("2.0", "2.0")]
)
def test_an_edition_that_is_none_is_refused(text: str, shown: str) -> None:
    """It is not guessed at: the message names those there are."""
    with pytest.raises(RefusedScenarioError) as refused:
        BAKERY.decode(f"loaves=5&d={text}")
    (refusal,) = refused.value.refusals

    assert (EDITION, "Edition of the defaults") == (refusal.name, refusal.label)
    assert refusal.message == f"“{shown}” is not one of the choices: enter 1, 2, 3 or 4"


def test_a_flooded_edition_is_refused_shortly() -> None:
    """However long it is, the message is one line."""
    with pytest.raises(RefusedScenarioError) as refused:
        BAKERY.decode(f"d={'9' * 10**6}")

    assert len(str(refused.value)) < 100


def test_what_else_is_wrong_is_told_with_it() -> None:
    """All mistakes at once, the edition first."""
    with pytest.raises(RefusedScenarioError) as refused:
        BAKERY.decode("crust=burnt&loaves=many&d=9")

    assert [EDITION, "loaves", "crust"] == [refusal.name for refusal in refused.value.refusals]


def test_without_editions_the_form_is_the_only_one() -> None:
    """A calculator that has published none writes links without a name for it, and knows the first."""
    bakery = replace(BAKERY, editions=())

    assert bakery.decode("") == bakery.decode("d=1")
    assert bakery.encode(bakery.decode("loaves=9")) == "day=2026-05-01&loaves=9"
    with pytest.raises(RefusedScenarioError, match=r"enter 1$"):
        bakery.decode("d=2")


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ({"loaves": "1", "crust": "soft"}, "edition 1: no default of price: data/editions.toml holds every input"),
        ({"loaves": "1", "price": "", "crust": "soft", "nuts": "2"}, "edition 1: “nuts” is not an input here"),
        ({"loaves": "1", "price": "", "crust": "soft", "day": "2026-01-01"}, "edition 1: “day” is in every link"),
        ({"loaves": "1", "price": "", "crust": "soft", "d": "1"}, "edition 1: “d” is in every link"),
        ({"loaves": "1", "rolls": "2", "price": "", "crust": "soft"}, "edition 1: “loaves” is given twice"),
        ({"loaves": "1", "price": "", "crust": "burnt"}, "edition 1: crust: “burnt” is not one of the choices"),
    ],
    ids=["an input missing", "a stray", "a day", "an edition", "an input twice", "a value refused"],
)
def test_an_edition_that_does_not_fit_stops_everything(first: dict[str, str], told: str) -> None:
    """An input that is new needs its value in every edition: nothing is guessed, and the message says what to do."""
    with pytest.raises(EditionError) as fault:
        replace(BAKERY, editions=(first,)).decode("")

    assert told in str(fault.value)


# The file.


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[other.1]\nloaves = "1"', "the editions of bakery are []: number them from 1 on"),
        ('[bakery.2]\nloaves = "1"', "the editions of bakery are ['2']: number them"),
        ("[bakery.1]\n[bakery.3]", "the editions of bakery are ['1', '3']: number them"),
        ("[bakery.2]\n[bakery.1]", "the editions of bakery are ['2', '1']: number them"),
        ("[bakery.1]\nloaves = 1\nowned = true", "bakery.1: write loaves, owned as a link does"),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """What is wrong in it stops the package from loading."""
    file = tmp_path / "editions.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError) as fault:
        editions("bakery", file)

    assert told in str(fault.value)


# The surfaces.


def test_the_command_line_takes_an_edition() -> None:
    """In a link or as a word of its own, and like any input only once."""
    assert at("d=2&shots=9") == read_scenario(COST_COMPARISON, [("shots", "9"), ("d", "2")])
    with pytest.raises(RefusedCommandError) as twice:
        read_scenario(COST_COMPARISON, [("d", "2"), ("d", "1")])
    with pytest.raises(RefusedCommandError) as unknown:
        read_scenario(COST_COMPARISON, [("d", "99")])

    assert ("“d” is given more than once: give it once",) == twice.value.faults
    assert unknown.value.faults[0].startswith(
        "d: Edition of the defaults: “99” is not one of the choices: enter 1, 2, 3 or 4"
    )


def test_the_command_line_answers_in_the_newest_edition(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line is the link to the answer, however the question was put."""
    newest = len(COST_COMPARISON.starts)
    lines = []
    for words in (["cost-comparison?shots=9&d=1"], ["cost-comparison", "shots=9"], ["cost-comparison?d=1", "shots=9"]):
        assert main(words) == 0
        lines.append(capsys.readouterr().out.splitlines()[-1])

    assert 1 == len(set(lines))
    assert lines[0].startswith(f"cost-comparison?d={newest}&as_of=")
    assert changed(at(""), shots=9) == at(lines[0].partition("?")[2])


def test_help_names_the_editions(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever looks up an input's default sees of which edition it is."""
    assert main(["cost-comparison", "--help"]) == 0

    assert f"{EDITION}={len(COST_COMPARISON.starts)}  Edition of the defaults" in capsys.readouterr().out


def test_a_page_is_told_of_an_edition_that_it_does_not_know() -> None:
    """There is no such field: the summary says it, with a way on from what the fields hold."""
    found = json.loads(reply("cost-comparison?d=99&shots=many"))

    assert [EDITION, "shots"] == found["invalid"]
    assert {"errors", "error-shots"} == found["patches"].keys()
    assert "Edition of the defaults: “99” is not one of the choices" in found["patches"]["errors"]
    assert '<button type="button" class="text-button" data-asks>' in found["patches"]["errors"]
    assert f'href="#cost-comparison-{EDITION}"' not in found["patches"]["errors"]
    assert {"query", "values"}.isdisjoint(found)


def test_a_form_as_it_is_served_names_every_input() -> None:
    """A form sent whole leaves nothing to an edition, so it means the same in each."""
    values = json.loads(reply("cost-comparison?d=2"))["values"]
    whole = urlencode(values)

    assert list(COST_COMPARISON.inputs) == list(values)
    assert {at(f"{whole}&d={number}") == at(whole) for number in (1, 2)} == {True}
    assert EDITION in dict(parse_qsl(COST_COMPARISON.encode(at(whole))))
