"""Retrieval: how a corpus is cut, and what its index costs."""

import pytest

from calculators.formulas import (
    chunk_count,
    embedding_tokens,
    index_pass_cost,
    rerank_cost,
    vector_database_cost,
    vector_storage,
)
from calculators.formulas.bills import workload_cost


@pytest.mark.parametrize(
    ("corpus", "chunks", "embedded"),
    [(0, 0, 0), (1, 1, 1), (400, 1, 400), (401, 2, 501), (700, 2, 800), (701, 3, 901)],
)
def test_corpus_is_cut_to_its_end(corpus: int, chunks: int, embedded: int) -> None:
    """Chunks of 400 that repeat 100: the last may be short, and each overlap is embedded twice."""
    assert chunks == chunk_count(corpus_tokens=corpus, chunk_tokens=400, overlap_tokens=100)
    assert embedded == embedding_tokens(corpus_tokens=corpus, chunk_tokens=400, overlap_tokens=100)


@pytest.mark.parametrize("overlap", [400, 401])
def test_chunks_that_do_not_advance_are_refused(overlap: int) -> None:
    """Cutting would never come to the end."""
    with pytest.raises(ValueError, match="longer than their overlap"):
        chunk_count(corpus_tokens=1_000, chunk_tokens=400, overlap_tokens=overlap)


@pytest.mark.parametrize(("usage", "month"), [(0, 50), (49.99, 50), (50, 50), (100, 100)])
def test_minimum_of_a_database_is_paid_every_month(usage: float, month: float) -> None:
    """Below its minimum a database costs the minimum, and a year of it twelve."""
    assert vector_database_cost(other_cost=usage, minimum_per_month=50, months=12) == 12 * month


def test_each_meter_of_a_database_is_read() -> None:
    """Space by the gigabyte, reads and writes by the million."""
    stored = vector_storage(chunks=1_000_000, dimensions=500, other_bytes_per_chunk=1_000, copies=2)
    cost = vector_database_cost(
        stored_bytes=stored, storage_price=0.5, reads=2_000_000, read_price=16, writes=500_000, write_price=4
    )

    assert stored == 6e9
    assert cost == 3 + 32 + 2


@pytest.mark.parametrize(("chunks", "searches"), [(0, 0), (1, 1), (100, 1), (101, 2)])
def test_search_covers_so_many_chunks(chunks: int, searches: int) -> None:
    """A query with one chunk more than a search covers is billed as two searches."""
    cost = rerank_cost(queries=1_000, price=2, chunks_per_query=chunks, chunks_per_search=100)

    assert cost == 2 * searches


def test_caching_the_document_saves_most_of_an_index_pass() -> None:
    """Ten chunks a document: without a cache, the document is paid in full ten times."""
    cached, plain = (
        index_pass_cost(
            corpus_tokens=1_000_000,
            document_tokens=8_000,
            chunk_tokens=800,
            instruction_tokens=50,
            output_tokens=100,
            input_price=0.25,
            output_price=1.25,
            cached_input_price=read,
            cache_write_price=write,
        )
        for read, write in ((0.03, 0.3), (0.25, 0))
    )

    assert cached == pytest.approx(1.021875)
    assert plain == pytest.approx(cached - 0.3 - 0.3 + 2.5)


@pytest.mark.parametrize(("corpus", "chunks"), [(0, 0), (400, 1), (401, 2), (1_000, 3)])
def test_index_pass_reads_each_chunk_once(corpus: int, chunks: int) -> None:
    """With no document beside it, each chunk is one request: overlaps are read twice, the last chunk at full length."""
    cost = index_pass_cost(
        corpus_tokens=corpus, chunk_tokens=400, overlap_tokens=100, output_tokens=50, input_price=0.25, output_price=2
    )

    assert cost == workload_cost(requests=chunks, input_tokens=400, output_tokens=50, input_price=0.25, output_price=2)
