"""Looking things up: cutting a corpus into chunks, indexing it, storing the vectors, and what a query adds."""

from calculators.formulas.rounding import round_up
from calculators.formulas.tokens import request_cost, token_cost
from calculators.formulas.units import (
    BYTES_PER_FLOAT,
    BYTES_PER_GIGABYTE,
    OPERATIONS_PER_PRICE_UNIT,
    SEARCHES_PER_PRICE_UNIT,
    TOKENS_PER_MILLION,
)
from calculators.vocabulary import Bytes, Count, Months, Number, PriceUnit, Requests, TokenPrice, Tokens, Usd


def chunk_count(*, corpus_tokens: Tokens, chunk_tokens: Tokens, overlap_tokens: Tokens = 0) -> Count:
    """
    Chunks that a corpus is cut into.

    The corpus is taken as one text. Cut document by document it gives up to one chunk more for each document.

    Args:
        corpus_tokens: Tokens of the corpus. [token]
        chunk_tokens: Tokens of one chunk. [token]
        overlap_tokens: Tokens that a chunk repeats from the one before it. [token]

    Returns:
        Chunks; none for an empty corpus, at least one otherwise. [1]

    Raises:
        ValueError: If chunks overlap by their whole length.

    >>> chunk_count(corpus_tokens=1_000, chunk_tokens=400, overlap_tokens=100)
    3
    """
    if corpus_tokens == 0:
        return 0
    step = chunk_tokens - overlap_tokens
    if step <= 0:
        raise ValueError("chunks must be longer than their overlap, or cutting never gets to the end")
    return 1 + round_up(max(0, corpus_tokens - chunk_tokens) / step, endless="chunks that short have no end")


def embedding_tokens(*, corpus_tokens: Tokens, chunk_tokens: Tokens, overlap_tokens: Tokens = 0) -> Tokens:
    """
    Tokens to embed when a corpus is indexed: all of it, and each overlap once more.

    Args:
        corpus_tokens: Tokens of the corpus. [token]
        chunk_tokens: Tokens of one chunk. [token]
        overlap_tokens: Tokens that a chunk repeats from the one before it. [token]

    Returns:
        Tokens to embed. [token]

    Raises:
        ValueError: If chunks overlap by their whole length.

    >>> embedding_tokens(corpus_tokens=1_000, chunk_tokens=400, overlap_tokens=100)
    1200
    """
    if corpus_tokens == 0:
        return 0
    chunks = chunk_count(corpus_tokens=corpus_tokens, chunk_tokens=chunk_tokens, overlap_tokens=overlap_tokens)
    return corpus_tokens + (chunks - 1) * overlap_tokens


def index_pass_cost(
    *,
    corpus_tokens: Tokens,
    chunk_tokens: Tokens,
    output_tokens: Tokens,
    input_price: TokenPrice,
    output_price: TokenPrice,
    overlap_tokens: Tokens = 0,
    instruction_tokens: Tokens = 0,
    document_tokens: Tokens = 0,
    cached_input_price: TokenPrice = 0,
    cache_write_price: TokenPrice = 0,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    Cost of having a model read every chunk once, alone or beside its document, while the corpus is indexed.

    Every chunk is read at its full length. A document beside it is written to the cache once and read from it for each
    of its chunks; without caching, give the price of input as the price of reading from the cache, and nothing for
    writing.

    Args:
        corpus_tokens: Tokens of the corpus. [token]
        chunk_tokens: Tokens of one chunk. [token]
        output_tokens: Tokens that the model writes for each chunk. [token]
        input_price: Price of input. [USD per price unit]
        output_price: Price of output. [USD per price unit]
        overlap_tokens: Tokens that a chunk repeats from the one before it. [token]
        instruction_tokens: Tokens of the instruction beside each chunk. [token]
        document_tokens: Mean tokens of the document beside each chunk; none where a chunk is read alone. [token]
        cached_input_price: Price of reading from the cache. [USD per price unit]
        cache_write_price: Price of writing to the cache. [USD per price unit]
        tokens_per_price_unit: Tokens that each price is for. [token]

    Returns:
        Cost of the pass over the whole corpus. [USD]

    Raises:
        ValueError: If chunks overlap by their whole length.

    Sources:
        rag-anthropic-contextual: documents of 8,000 tokens in chunks of 800 cost $1.02 a million tokens.

    >>> index_pass_cost(corpus_tokens=1_000_000, chunk_tokens=500, output_tokens=50, input_price=1, output_price=4)
    1.4
    """
    chunks = chunk_count(corpus_tokens=corpus_tokens, chunk_tokens=chunk_tokens, overlap_tokens=overlap_tokens)
    chunk_cost = request_cost(
        input_tokens=chunk_tokens + instruction_tokens,
        output_tokens=output_tokens,
        input_price=input_price,
        output_price=output_price,
        cached_input_tokens=document_tokens,
        cached_input_price=cached_input_price,
        tokens_per_price_unit=tokens_per_price_unit,
    )
    written = token_cost(tokens=corpus_tokens, price=cache_write_price, tokens_per_price_unit=tokens_per_price_unit)
    return chunks * chunk_cost + written


def vector_storage(
    *,
    chunks: Number,
    dimensions: Count,
    bytes_per_dimension: Number = BYTES_PER_FLOAT,
    other_bytes_per_chunk: Bytes = 0,
    copies: Number = 1,
) -> Bytes:
    """
    Space that the vectors of a corpus take up.

    Args:
        chunks: Chunks, one vector each. [1]
        dimensions: Dimensions of a vector. [1]
        bytes_per_dimension: Bytes of one dimension, fewer where vectors are quantised. [byte]
        other_bytes_per_chunk: Text and labels kept beside each vector. [byte]
        copies: Copies kept, or the multiple that the index adds. [1]

    Returns:
        Space. [byte]

    >>> vector_storage(chunks=1_000_000, dimensions=1_536)
    6144000000
    """
    return chunks * copies * (dimensions * bytes_per_dimension + other_bytes_per_chunk)


def vector_database_cost(
    *,
    stored_bytes: Bytes = 0,
    storage_price: Usd = 0,
    bytes_per_price_unit: Number = BYTES_PER_GIGABYTE,
    reads: Number = 0,
    read_price: Usd = 0,
    writes: Number = 0,
    write_price: Usd = 0,
    operations_per_price_unit: Number = OPERATIONS_PER_PRICE_UNIT,
    other_cost: Usd = 0,
    minimum_per_month: Usd = 0,
    months: Months = 1,
) -> Usd:
    """
    Cost of a vector database: its meters, and at least its minimum, in every month.

    Args:
        stored_bytes: Space taken up. [byte]
        storage_price: Price of space for a month. [USD per price unit]
        bytes_per_price_unit: Bytes that the price of space is for. [byte]
        reads: Reads in a month, in the unit that the service counts. [1]
        read_price: Price of reads. [USD per price unit]
        writes: Writes in a month, in the unit that the service counts. [1]
        write_price: Price of writes. [USD per price unit]
        operations_per_price_unit: Reads, or writes, that their price is for. [1]
        other_cost: Any other meter of a month, such as an instance that is always on. [USD]
        minimum_per_month: Least that a month costs. [USD]
        months: Months that are paid. [month]

    Returns:
        Cost of the database. [USD]

    Raises:
        ValueError: If a price is for 0 bytes or 0 operations.

    >>> vector_database_cost(stored_bytes=6e9, storage_price=0.5, minimum_per_month=50, months=12)
    600
    """
    if bytes_per_price_unit == 0 or operations_per_price_unit == 0:
        raise ValueError("a price is for more than 0 bytes and more than 0 operations")
    usage = (
        stored_bytes * storage_price / bytes_per_price_unit
        + (reads * read_price + writes * write_price) / operations_per_price_unit
        + other_cost
    )
    return months * max(usage, minimum_per_month)


def retrieved_tokens(*, retrieved_chunks: Count, chunk_tokens: Tokens) -> Tokens:
    """
    Tokens that retrieval adds to each prompt.

    Args:
        retrieved_chunks: Chunks put into the prompt. [1]
        chunk_tokens: Tokens of one chunk. [token]

    Returns:
        Tokens added to the input. [token]

    Sources:
        rag-whattai-prompt-inflation: 5 chunks of 500 tokens add 2,500.

    >>> retrieved_tokens(retrieved_chunks=5, chunk_tokens=500)
    2500
    """
    return retrieved_chunks * chunk_tokens


def rerank_cost(
    *,
    queries: Requests,
    price: Usd,
    chunks_per_query: Count = 1,
    chunks_per_search: Count = 1,
    searches_per_price_unit: Number = SEARCHES_PER_PRICE_UNIT,
) -> Usd:
    """
    Cost of a reranker that charges by the search.

    A search covers so many chunks; a query with more of them counts as several searches.

    Args:
        queries: Queries. [request]
        price: Price of searches. [USD per price unit]
        chunks_per_query: Chunks that are put in order for one query. [1]
        chunks_per_search: Chunks that one search covers. [1]
        searches_per_price_unit: Searches that the price is for. [1]

    Returns:
        Cost of reranking. [USD]

    Raises:
        ValueError: If a search covers no chunk, or the price is for no search.

    >>> rerank_cost(queries=10_000, price=2, chunks_per_query=150, chunks_per_search=100)
    40.0
    """
    if chunks_per_search == 0 or searches_per_price_unit == 0:
        raise ValueError("a search covers at least one chunk, and a price is for more than 0 searches")
    searches = queries * round_up(chunks_per_query / chunks_per_search, endless="a search covers no chunk")
    return searches * price / searches_per_price_unit


def rerank_tokens(*, chunks_per_query: Count, chunk_tokens: Tokens, query_tokens: Tokens) -> Tokens:
    """
    Tokens of one query for a reranker that charges by the token.

    The query is read again beside each chunk.

    Args:
        chunks_per_query: Chunks that are put in order for one query. [1]
        chunk_tokens: Tokens of one chunk. [token]
        query_tokens: Tokens of the query. [token]

    Returns:
        Tokens that are billed for one query. [token]

    >>> rerank_tokens(chunks_per_query=10, chunk_tokens=500, query_tokens=50)
    5500
    """
    return chunks_per_query * (chunk_tokens + query_tokens)
