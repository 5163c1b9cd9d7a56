"""Documents as bills tell them: by their number and their length."""

from calculators.formulas.retrieval import chunk_count, retrieved_tokens
from calculators.formulas.tokens import token_cost
from calculators.formulas.units import TOKENS_PER_MILLION
from calculators.vocabulary import Count, PriceUnit, TokenPrice, Tokens, Usd


def retrieved_tokens_cost(
    *,
    retrieved_chunks: Count,
    chunk_tokens: Tokens,
    input_price: TokenPrice,
    tokens_per_price_unit: PriceUnit = TOKENS_PER_MILLION,
) -> Usd:
    """
    What the retrieved chunks add to the cost of each request.

    They differ from request to request, so no cache makes them cheaper.

    Args:
        retrieved_chunks: Chunks put into the prompt. [1]
        chunk_tokens: Tokens of one chunk. [token]
        input_price: Price of input. [USD per price unit]
        tokens_per_price_unit: Tokens that the price is for. [token]

    Returns:
        Cost added to a request. [USD]

    Sources:
        rag-whattai-prompt-inflation: 2,500 tokens at $3 a million add $0.0075.

    >>> retrieved_tokens_cost(retrieved_chunks=5, chunk_tokens=500, input_price=3)
    0.0075
    """
    return token_cost(
        tokens=retrieved_tokens(retrieved_chunks=retrieved_chunks, chunk_tokens=chunk_tokens),
        price=input_price,
        tokens_per_price_unit=tokens_per_price_unit,
    )


def corpus_tokens(*, documents: Count, tokens_per_document: Tokens) -> Tokens:
    """
    Tokens of a corpus, from its documents.

    Args:
        documents: Documents: files, pages, tickets. [1]
        tokens_per_document: Mean tokens of one of them. [token]

    Returns:
        Tokens of all of them. [token]

    >>> corpus_tokens(documents=1_000, tokens_per_document=2_500)
    2500000
    """
    return documents * tokens_per_document


def chunks_across_documents(
    *, documents: Count, tokens_per_document: Tokens, chunk_tokens: Tokens, overlap_tokens: Tokens = 0
) -> Count:
    """
    Chunks of documents that are cut as one text: a chunk may hold the end of one and the beginning of the next.

    Args:
        documents: Documents: files, pages, tickets. [1]
        tokens_per_document: Mean tokens of one of them. [token]
        chunk_tokens: Tokens of one chunk. [token]
        overlap_tokens: Tokens that a chunk repeats from the one before it. [token]

    Returns:
        Chunks. [1]

    Raises:
        ValueError: If chunks overlap by their whole length.

    >>> chunks_across_documents(documents=10, tokens_per_document=150, chunk_tokens=400)
    4
    """
    return chunk_count(
        corpus_tokens=corpus_tokens(documents=documents, tokens_per_document=tokens_per_document),
        chunk_tokens=chunk_tokens,
        overlap_tokens=overlap_tokens,
    )


def chunks_by_document(
    *, documents: Count, tokens_per_document: Tokens, chunk_tokens: Tokens, overlap_tokens: Tokens = 0
) -> Count:
    """
    Chunks of documents that are cut one by one: the last chunk of each may be a short one.

    Documents of the same length are taken. Where lengths differ, the truth is somewhat above.

    Args:
        documents: Documents: files, pages, tickets. [1]
        tokens_per_document: Tokens of one of them. [token]
        chunk_tokens: Tokens of one chunk. [token]
        overlap_tokens: Tokens that a chunk repeats from the one before it. [token]

    Returns:
        Chunks. [1]

    Raises:
        ValueError: If chunks overlap by their whole length.

    >>> chunks_by_document(documents=10, tokens_per_document=150, chunk_tokens=400)
    10
    """
    return documents * chunk_count(
        corpus_tokens=tokens_per_document, chunk_tokens=chunk_tokens, overlap_tokens=overlap_tokens
    )
