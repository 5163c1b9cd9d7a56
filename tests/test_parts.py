"""An answer in parts: together they are the whole, and each rests on its own request alone."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from calculators import catalog
from calculators.browser import answer
from calculators.calculator import Calculator, RefusedScenarioError
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.html import reply, writer
from calculators.html.reply import FROM, PART, WAITING, UnknownPartError, whole
from tests.golden.golden import conversation

CALCULATORS = [catalog.calculator(slug) for slug in catalog.slugs()]
each_calculator = pytest.mark.parametrize("calculator", CALCULATORS, ids=lambda each: each.slug)

LARGEST = (
    "cost-comparison?must_change=documents&horizon_months=36&monthly_growth=0.03&batch_share=0.2&retried_share=0.02"
    "&reasoning_tokens=200&shots=6&indexing_pass=yes&rewriting=yes&reranker=cohere-rerank-v3.5"
    "&vector_database=pinecone-standard&owned=yes&refresh_share=0.2&discount_rate=0.08&delay_cost=1000"
    "&wrong_cost=2&right_value=1&prompt_can=can&few_shot_can=can&rag_can=can&api_can=can&own_can=can&open_can=can"
)
NOBODY_CAN = "cost-comparison?must_change=private&own_can=cannot&open_can=cannot"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Nothing is remembered from before."""
    reply._answered.cache_clear()
    yield
    reply._answered.cache_clear()


def scenarios() -> Iterator[str]:
    """The starting points of every calculator, the largest scenario, and one without an answer."""
    for calculator in CALCULATORS:
        yield from (f"{calculator.slug}?{preset.query}" for preset in calculator.presets)
    yield from (LARGEST, NOBODY_CAN)


each_scenario = pytest.mark.parametrize("scenario", list(scenarios()))


def read(request: str) -> dict[str, Any]:
    """A reply."""
    found: dict[str, Any] = json.loads(answer(request))
    return found


@each_scenario
def test_all_parts_together_are_the_whole(scenario: str) -> None:
    """First part and later ones, put in place in the order in which they come, leave the page as the whole does."""
    first, *later = (json.loads(each) for _, each in conversation(scenario, answer))
    page: dict[str, str] = {**first["patches"]}
    for slice_ in later:
        page |= slice_["patches"]
    entire = json.loads(whole(scenario))

    assert entire.pop("parts") == []
    assert entire == {**{name: value for name, value in first.items() if name != "parts"}, "patches": page}


@each_scenario
def test_each_request_stands_for_itself(scenario: str) -> None:
    """Asked alone, or after others in any order, a slice is the same to the byte."""
    told = list(conversation(scenario, answer))
    alone = []
    for request, _ in told:
        reply._answered.cache_clear()
        alone.append((request, answer(request)))
    backwards = told[::-1]

    assert told == alone
    assert backwards == [(request, answer(request)) for request, _ in backwards]


@each_scenario
def test_a_place_says_that_it_waits_until_its_part_comes(scenario: str) -> None:
    """Every part that is announced has its places kept, and fills them; the others came with the first."""
    first = read(scenario)
    write = writer(scenario.partition("?")[0])

    for part in write.PARTS:
        coming = part.name in first["parts"]
        waits = {slot for slot in part.slots if first["patches"].get(slot) == WAITING}
        assert waits == (set(part.slots) if coming and part.awaited else set())
        assert part.awaited or coming != (set(part.slots) <= set(first["patches"])), "It keeps what it held."
    held = {slot for part in write.PARTS if not part.awaited and part.name in first["parts"] for slot in part.slots}
    assert set(write.SLOTS) - held <= set(first["patches"])
    for request, given in conversation(scenario, answer):
        if PART in request and "next" not in (last := json.loads(given)):
            name = request.rpartition(f"&{PART}=")[2].partition("&")[0]
            slots = next(part.slots for part in write.PARTS if part.name == name)
            assert set(slots) <= set(last["patches"])
            assert WAITING not in last["patches"].values()


@each_calculator
def test_no_place_is_named_twice(calculator: Calculator) -> None:
    """A part is asked for by its name, and put where its slots say."""
    write = writer(calculator.slug)
    names = [part.name for part in write.PARTS]
    slots = [slot for part in write.PARTS for slot in part.slots]

    assert len(set(names)) == len(names)
    assert len(set(slots)) == len(slots)
    assert set(slots) <= {*write.SLOTS, "details", "matters"}
    assert set(write.ALWAYS) <= set(calculator.inputs)
    assert reply.FIRST not in names
    assert all(name.isidentifier() and name.isascii() for name in names)


@each_calculator
def test_no_input_is_called_as_a_request_asks_for_parts(calculator: Calculator) -> None:
    """What a link says can then never be taken for what a page asks."""
    names = {*calculator.inputs, *(alias.name for alias in calculator.aliases)}

    assert not names & {PART, FROM}


def test_the_first_part_may_be_asked_for_by_its_name() -> None:
    """So a page asks: whatever a link holds then stands before it, and is told as what it is."""
    assert answer("cost-comparison?shots=8") == answer("cost-comparison?shots=8&part=answer")
    assert answer("cost-comparison?") == answer("cost-comparison?part=answer")
    told = read("cost-comparison?shots=8&part=tips&from=1&part=answer")

    assert told["query"] == read("cost-comparison?shots=8")["query"]
    assert "“part” is not an input here" in told["patches"]["answer"]
    assert "“from” is not an input here" in told["patches"]["answer"]


def test_a_part_begins_with_its_first_slice() -> None:
    """Where nothing is said."""
    assert answer("cost-comparison?&part=tips&from=0") == answer("cost-comparison?&part=tips")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            "part=tip",
            "“tip” is not a part of this answer that is still to come: it has robust and tips and matters and",
        ),
        ("part=", "“” is not a part"),
        ("part=answer&from=1", "“answer” is not a part"),
        ("part=%74ips", "is not a part"),
        (f"part={'x' * 10**6}", "“xxxxxxxxxxxxxxxxxxxx…” is not a part"),
        ("part=tips&from=", "“” is not a slice of tips: enter what the one before says is next"),
        ("part=tips&from=-1", "“-1” is not a slice"),
        ("part=tips&from=1.0", "“1.0” is not a slice"),
        ("part=tips&from=٣", "“٣” is not a slice"),
        (f"part=tips&from={'9' * 10**6}", "is not a slice"),
        ("part=tips&from=999999", "tips has ended before slice 999999"),
        ("part=dial&from=99", "dial has ended before slice 99"),
    ],
)
def test_a_part_that_there_is_not(asked: str, words: str) -> None:
    """Said as an unknown calculator is: what is wrong, and what there is."""
    with pytest.raises(UnknownPartError) as error:
        answer(f"cost-comparison?shots=8&{asked}")

    assert words in str(error.value)
    assert len(str(error.value)) < 200


def test_no_part_of_an_answer_that_there_is_not() -> None:
    """Nobody asks so; who does is told why not."""
    with pytest.raises(UnknownPartError, match="it has matters and details"):
        answer(f"{NOBODY_CAN}&part=tips")
    with pytest.raises(RefusedScenarioError, match="Horizon: 99 is above 36"):
        answer("cost-comparison?horizon_months=99&part=tips")
    with pytest.raises(catalog.UnknownCalculatorError):
        answer("cost-comparisons?part=tips")


def test_a_link_can_say_anything_before_what_is_asked() -> None:
    """Only at the very end is it a request for a part."""
    for query in ("part=tips&shots=8", "part=tips&from=1&shots=8", "xpart=tips", "from=1", "part=tips&"):
        assert "is not an input here" in read(f"cost-comparison?{query}")["patches"]["answer"]


def moves(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The inputs that are moved from now on, each time some are."""
    seen: list[tuple[str, ...]] = []
    moved = Evaluation.moved

    def counted(self: Evaluation, *names: str) -> Any:  # noqa: ANN401  # as it is there
        put = moved(self, *names)

        def told(*values: float) -> Any:  # noqa: ANN401
            seen.append(names)
            return put(*values)

        return told

    monkeypatch.setattr(Evaluation, "moved", counted)
    return seen


@each_scenario
def test_no_slice_is_long(scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first part moves no input at all; no slice much more than it has to, whatever came before."""
    seen = moves(monkeypatch)
    ends = [len(seen) for _ in conversation(scenario, answer)]
    first, *later = (there - here for here, there in pairwise((0, *ends)))

    assert first == 0
    assert max(later, default=0) < 50
    assert sum(later) == len(seen)


def test_a_slice_does_not_begin_from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the slice before worked out is remembered: the whole takes no more than it does in one go."""
    seen = moves(monkeypatch)
    list(conversation(LARGEST, answer))
    in_slices = seen[:]
    seen.clear()
    calculator = catalog.calculator("cost-comparison")
    found = calculator.answer(calculator.decode(LARGEST.partition("?")[2]))
    _ = found.robust, found.tips, found.dial

    assert sorted(in_slices) == sorted(seen)
