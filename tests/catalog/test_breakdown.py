"""
What each figure is made of: every number that a reader may replace, in every row.

A price is the reader's or the record's, and that is decided once. So whatever is entered, each sum comes to its figure,
each item's own words come to its amount, and no item leans on a source for a figure of the reader's.
"""

import math
import re
from typing import Final

import pytest

from calculators.catalog.cost_comparison.approaches import ROWS, Runs, row_of
from calculators.catalog.cost_comparison.breakdown import Item, Sum, breakdown
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF, NUMERIC, OPTIONAL
from tests.catalog.scenarios import answer, at

EVERYTHING: Final = (
    "must_change=documents&indexing_pass=yes&rewriting=yes&reranker=cohere-rerank-v3.5&fixed_tokens=5000"
    "&batch_share=0.25&cache_hit_share=0.6&model_life=5&validation_tokens=20000"
)
CONTEXTS: Final = {
    "everything": EVERYTHING,
    "nothing-cached": "must_change=documents&caching=no&requests_per_month=2000",
    "paid-by-size": f"{EVERYTHING}&vector_database=turbopuffer-launch&retried_share=0.1",
    "reranked-by-token": EVERYTHING.replace("cohere-rerank-v3.5", "voyage-rerank-3"),
    "hosted-on-gpus": f"{EVERYTHING}&tuned_model=llama-3.3-70b",
    "bought": f"{EVERYTHING}&owned=yes",
    "several": f"{EVERYTHING}&tuned_model=llama-3.3-70b&tuned_models=7&sent_on_share=0.1",
}
"""Scenarios in which, between them, every optional number plays a part."""

OWN_COUNTS: Final = tuple(name for name in OPTIONAL if GROUP_OF[name] in ("counts", "images"))
"""Numbers of tokens, not prices."""

ODD: Final = {
    "cache_hit_share": 0.37,
    "overhead_share": 0.21,
    "gpus_per_replica": 4,
    "training_gpus": 5,
    "instruction_tokens": 937,
    "longest_context": 9_370,
    "weight_bits": 9.37,
    "cache_bits": 9.37,
    "adapters_per_deployment": 3,
    "adapter_loss": 0.29,
    **dict.fromkeys(OWN_COUNTS, 3),
}
"""What is entered for those that are not prices."""
PRICE: Final = 937.25
"""What is entered for a price: unlike any record's."""


def with_odd(query: str, name: str) -> str:
    """A scenario in which one number is the reader's."""
    kept = "&".join(pair for pair in query.split("&") if not pair.startswith(f"{name}="))
    return f"{kept}&{name}={ODD.get(name, PRICE)}"


def figure_of(row: Row, key: str) -> float:
    """The figure of the table that a sum stands for."""
    change = row.cost.change.total
    return {"setup": row.setup, "month": row.month, "request": row.marginal, "change": change, "total": row.total}[key]


# Reading an item's own words.

_NUMBER: Final = re.compile(r"\$?(\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)(%)?( million| billion)?")
_SCALES: Final = {"": 1.0, " million": 1e6, " billion": 1e9}


def read_back(item: Item) -> float | None:
    """What an item's words come to; nothing where they are no product of numbers."""
    how = item.how.rpartition("=")[2]
    if "×" not in how:
        return None
    how, _, least = how.partition(", at least ")
    terms = re.split(r" and (?=[\d$])", how)
    amounts = [_product(term) for term in terms]
    if None in amounts:
        return None
    amount = sum(amount for amount in amounts if amount is not None)
    if least:
        amount = max(amount, _product(least) or 0.0)
    share = re.search(r"([\d.]+)% of the time", item.name)
    return amount * float(share[1]) / 100 if share else amount


def _product(words: str) -> float | None:
    """A product of numbers in words: `50,000 × 1,200 tokens × $0.25 per million`."""
    scale = 1e6 if "per million" in words else 1e3 if "per thousand" in words else 1.0
    words = words.replace("per million", "").replace("per thousand", "")
    words = re.sub(r", (\d+) (?:units|chunks) each", r" × \1" if "units" in words else "", words)
    value = 1.0
    for factor in re.split(r" × (?![^(]*\))", words):
        found = _sum(factor)
        if found is None:
            return None
        value *= found
    return value / scale


def _sum(factor: str) -> float | None:
    """One factor: a number, or a sum of products in brackets."""
    if "(" not in factor:
        found = _NUMBER.search(factor)
        if found is None:
            return None
        return float(found[1].replace(",", "")) * (0.01 if found[2] else 1.0) * _SCALES[found[3] or ""]
    inner = factor[factor.index("(") + 1 : factor.rindex(")")]
    return sum(math.prod(_sum(each) or 0.0 for each in product.split(" × ")) for product in inner.split(" + "))


def assert_reads_back(comparison: Comparison, figure: Sum) -> int:
    """Check every item of a sum that is written as a product; return how many are."""
    retrieval, read = comparison.inputs.retrieval, 0
    for item in figure.items:
        amount = read_back(item)
        if amount is None:
            continue
        if "their overlap" in item.how:
            amount *= retrieval.chunk_tokens / (retrieval.chunk_tokens - retrieval.overlap_tokens)
        if item.name.endswith("the rest"):
            where = _where(item)
            (hits,) = (each for each in figure.items if each.name.endswith("of the time") and _where(each) == where)
            amount -= read_back(hits) or 0.0
            amount = amount if hits.how == item.how else (1 - _share(hits)) * (read_back(item) or 0.0)
        assert math.isclose(item.amount, amount, rel_tol=0.02, abs_tol=0.006), (
            f"{figure.key}: {item.name}: {item.how} is {amount:.6g}, not {item.amount:.6g}"
        )
        read += 1
    return read


def _where(item: Item) -> str:
    """Of which requests or calls an item is, where a sum has it of several."""
    return item.name.lower().rpartition("fixed prompt")[0]


def _share(hits: Item) -> float:
    found = re.search(r"([\d.]+)% of the time", hits.name)
    assert found
    return float(found[1]) / 100


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_every_number_of_the_readers_own_in_every_row(context: str, name: str) -> None:
    """Each sum comes to its figure, each item's words to its amount, and what is the reader's cites nobody."""
    before, after = answer(at(context)), answer(at(with_odd(context, name)))
    read = 0
    for approach in ROWS:
        row, plain = after.row(approach), before.row(approach)
        if not row.standing.priced:
            continue
        recorded = {
            (figure.key, item.name.partition(",")[0]): item
            for figure in breakdown(before, plain).sums
            for item in figure.items
        }
        for figure in breakdown(after, row).sums:
            assert math.isclose(figure_of(row, figure.key), figure.amount, rel_tol=1e-9, abs_tol=1e-9), figure.key
            read += assert_reads_back(after, figure)
            for item in figure.items:
                assert_is_the_readers(name, item, recorded.get((figure.key, item.name.partition(",")[0])))
    assert read > 40


def assert_is_the_readers(name: str, item: Item, recorded: Item | None) -> None:
    """Where an item's price became the reader's, it leads to the input, and to no source that it did not have."""
    if recorded is None or item.how == recorded.how or name not in item.inputs[:1]:
        return
    assert set(item.sources) <= set(recorded.sources)
    if item.how.count("$") == 1:
        assert () == item.sources, f"{item.name}: {item.how} is the reader's"


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_with_every_price_the_readers_own_nobody_is_cited(context: str) -> None:
    """Every price entered: no item names a source, but for what no input can replace, as prices of other tiers."""
    query = context
    for name in OPTIONAL:
        query = with_odd(query, name)
    comparison = answer(at(query))
    cited = {
        item.name.partition(",")[0]
        for row in comparison.rows
        if row.standing.priced and row.approach.runs not in (Runs.CHEAPER, Runs.DEARER)
        for figure in breakdown(comparison, row).sums
        for item in figure.items
        if item.sources
    }
    # Prices of the untuned small model's cache and batch, of the tuned one's cache, and of writing by size.
    fixed = {"Fixed prompt read from cache", "Fixed prompt written to the cache", "Requests that can wait"}

    assert cited <= fixed | ({"Writing the index"} if "turbopuffer" in context else set())


# The four that were wrong on the page.


def only(query: str, key: str, figure: str, name: str) -> Item:
    """The item of one figure of one row whose name begins so."""
    comparison = answer(at(query))
    items = breakdown(comparison, comparison.row(row_of(key))).sum(figure).items
    (found,) = (item for item in items if item.name.startswith(name))
    return found


def test_storage_of_the_readers_own_is_in_the_month() -> None:
    """$1,000 of storage a month: the items of a month come to what the table says."""
    comparison = answer(at("storage_price=1000"))
    row = comparison.row(row_of("api"))

    assert row.month == pytest.approx(1_971.62, abs=0.005)
    assert row.month == pytest.approx(breakdown(comparison, row).sum("month").amount)
    assert only("storage_price=1000", "api", "month", "Storage").inputs == ("storage_price",)


def test_an_embedding_price_of_the_readers_own() -> None:
    """× $7 a million, and no source."""
    item = only("must_change=documents&embedding_price=7", "rag", "setup", "Embedding the corpus")

    assert "× $7.00 per million" in item.how
    assert () == item.sources
    assert item.inputs[0] == "embedding_price"


def test_a_price_of_writing_of_the_readers_own() -> None:
    """× $900 a million, and no source."""
    item = only("must_change=documents&writes_price=900", "rag", "setup", "Writing the index")

    assert item.how.endswith("10 units each × $900.00 per million")
    assert () == item.sources
    assert item.inputs[0] == "writes_price"


def test_a_minimum_of_the_readers_own() -> None:
    """At least $500, linked to its input; the other two prices are still the record's."""
    item = only("must_change=documents&database_minimum=500", "rag", "month", "Vector database")

    assert item.how.endswith("at least $500.00")
    assert item.amount == 500
    assert item.inputs[0] == "database_minimum"


def test_a_minimum_that_decides_is_in_the_words() -> None:
    """Where tokens come to less than what a job costs at least, the item says so and cites nobody for the reader's."""
    item = only("must_change=tone&job_minimum=1000&runs=3", "api", "setup", "Training,")

    assert item.amount == 3_000
    assert item.how.endswith("at least 3 runs × $1,000.00")
    assert (item.sources, item.inputs[0]) == ((), "job_minimum")


def test_every_optional_number_can_be_entered() -> None:
    """The list is read from the groups: none is left out of the tests above."""
    assert set(OPTIONAL) <= set(NUMERIC)
    assert len(OPTIONAL) > 20
