"""Every number that an answer uses walks to a source with a date, to an assumption with a reason, or to the reader."""

import re
from collections.abc import Callable
from typing import Final

import pytest

from calculators.catalog.cost_comparison.approaches import row_of
from calculators.catalog.cost_comparison.breakdown import Item, breakdown
from calculators.facts import FACTS, ModelShape
from calculators.formulas.units import PARAMETERS_PER_BILLION
from calculators.html.cost_comparison.notes import notes
from calculators.html.elements import source_links
from calculators.html.pages import prices
from calculators.quantity import Quantity
from tests.catalog.scenarios import COST_COMPARISON, answer, at

PRESETS: Final = {preset.key: preset.query for preset in COST_COMPARISON.presets}
EVERYTHING: Final = "must_change=documents&indexing_pass=yes&rewriting=yes&reranker=cohere-rerank-v3.5&delay_cost=1000"
UNDER_ANOTHER_KEY: Final = {
    "horizon_months": "horizon",
    "overlap_tokens": "chunk_overlap",
    "retrieved_chunks": "chunks_per_request",
    "image_width": "image_side",
    "image_height": "image_side",
}


def items(query: str) -> list[tuple[str, Item]]:
    """Every item of every breakdown, the totals apart: they sum the others."""
    comparison = answer(at(query))
    return [
        (f"{row.approach.key}: {figure.title}: {item.name}", item)
        for row in comparison.rows
        if row.standing.priced
        for figure in breakdown(comparison, row).sums
        if figure.key != "total"
        for item in figure.items
    ]


@pytest.mark.parametrize("query", [*PRESETS.values(), EVERYTHING], ids=[*PRESETS, "everything"])
def test_every_item_walks_to_its_source(query: str) -> None:
    """An item that costs anything names the sources of its prices, or the inputs that the reader may change."""
    for name, item in items(query):
        if not item.amount:
            continue
        assert item.sources or item.inputs, f"{name}: where is it from?"
        assert set(item.inputs) <= set(COST_COMPARISON.inputs), name
        for key in item.sources:
            source = FACTS.sources[key]
            assert source.title
            assert source.published, key
            assert source.accessed <= FACTS.checked


def test_a_price_of_the_readers_own_is_no_longer_the_records() -> None:
    """An item whose price was replaced does not lean on the record's source."""
    before = dict(items("must_change=format&caching=no"))
    after = dict(items("must_change=format&caching=no&input_price=3&output_price=9"))
    name = next(key for key in before if key.startswith("prompt: One more request"))

    assert before[name].sources
    assert not after[name].sources


LIKE_ONE_ON_RECORD: Final[dict[str, Callable[[ModelShape], float]]] = {
    "own_parameters": lambda shape: round(shape.parameters / PARAMETERS_PER_BILLION),
    "own_layers": lambda shape: shape.layers,
    "own_heads": lambda shape: shape.key_value_heads,
    "own_head_dimension": lambda shape: shape.head_dimension,
    "own_context": lambda shape: shape.context,
}
"""What a model of one's own starts from: one that is on record."""


@pytest.mark.parametrize(
    "name", [name for name, item in COST_COMPARISON.inputs.items() if isinstance(item.kind, Quantity)]
)
def test_every_number_that_a_form_starts_from_is_on_record(name: str) -> None:
    """A default is an assumption with a reason, a sourced wage, part of a model on record, or the least allowed."""
    item = COST_COMPARISON.inputs[name]
    key = UNDER_ANOTHER_KEY.get(name, name)
    if key in FACTS.assumptions:
        assumption = FACTS.assumptions[key]
        assert item.default in (assumption.value, None, 0), "left empty or at nought it is another figure until entered"
        assert assumption.who
        assert assumption.why
        assert assumption.unit
        assert assumption.low <= assumption.value <= assumption.high
    elif name == "hourly_rate":
        assert item.default == FACTS.wages["software-developer"].hourly
    elif name in LIKE_ONE_ON_RECORD:
        assert item.default == LIKE_ONE_ON_RECORD[name](FACTS.shapes["llama-3.1-8b"])
    else:
        assert isinstance(item.kind, Quantity)
        assert not item.default or item.default == item.kind.minimum, (
            f"{name}: a number without a record: add an assumption"
        )


def test_every_number_has_a_unit() -> None:
    """What a field counts stands beside it, in its unit or in its label."""
    wordless = [
        name
        for name, item in COST_COMPARISON.inputs.items()
        if isinstance(item.kind, Quantity) and not item.kind.unit and not item.kind.money and not item.kind.label
    ]

    assert [] == wordless


def test_a_price_is_named_by_who_set_it() -> None:
    """What a package passed on is its seller's list price, in the ledger, under a field and in the reference."""
    comparison = answer(at("prompted_model=gpt-4.1-mini"))
    [output] = (
        item
        for figure in breakdown(comparison, comparison.row(row_of("prompt"))).sums
        for item in figure.items
        if figure.key == "request" and item.name.startswith("Output")
    )
    note = notes("cost-comparison", comparison)["prompted_model"]

    assert output.seller == "OpenAI"
    assert source_links(output.sources, output.seller).startswith("OpenAI list price, via <a ")
    assert "· OpenAI list price, via <a " in note
    assert re.search(r'id="price-gpt-4.1-mini".*?OpenAI list price, via <a ', prices.write())


@pytest.mark.parametrize("query", [*PRESETS.values(), EVERYTHING], ids=[*PRESETS, "everything"])
def test_no_token_is_priced_by_a_package(query: str) -> None:
    """Every item with tokens says whose price it is, or names that seller's own page."""
    collectors = {FACTS.sources[key].publisher for key in ("genai-prices", "litellm", "model-prices")}
    for name, item in items(query):
        publishers = {FACTS.sources[key].publisher for key in item.sources}
        if "tokens ×" in item.how and publishers and publishers <= collectors:
            assert item.seller, name


def test_a_seller_who_publishes_the_price_is_named_once() -> None:
    """And nobody is named where there is no source."""
    own = next(key for key, source in FACTS.sources.items() if source.publisher == "Anthropic")

    assert source_links((own,), "Anthropic") == source_links((own,))
    assert source_links((), "yourself") == ""
