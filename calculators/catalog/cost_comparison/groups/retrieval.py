"""Retrieval: documents that are looked up, and what finding them costs."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from calculators.calculator import SWITCH, Choice, Group, Option
from calculators.catalog.cost_comparison.groups.bounds import PART, PRICE, assumed, assumed_count, rule
from calculators.catalog.cost_comparison.groups.options import database_options, embedding_options, reranker_options
from calculators.facts import FACTS
from calculators.quantity import write_count, write_number, write_words
from calculators.vocabulary import COUNT, NUMBER, SHARE, TOKENS, USD

_NONE: Final = Option(value="none", label="None")


@dataclass(frozen=True, slots=True)
class Retrieval(Group):
    """Documents that are looked up, and what finding them costs."""

    title: ClassVar[str] = "Retrieval"

    corpus_tokens: Annotated[
        float,
        TOKENS.named("Corpus", unit="tokens", maximum=rule("most_corpus_tokens"), hint="A page of text is about 500."),
    ] = assumed("corpus_tokens")
    changed_share: Annotated[
        float, SHARE.named("Changes", unit="a month", hint="Share of the corpus indexed again.")
    ] = assumed("changed_share")
    chunk_tokens: Annotated[float, PART.named("Chunk", unit="tokens", minimum=1)] = assumed("chunk_tokens")
    overlap_tokens: Annotated[float, PART.named("Overlap", unit="tokens", hint="Less than a chunk.")] = assumed(
        "chunk_overlap"
    )
    retrieved_chunks: Annotated[int, COUNT.named("Chunks", unit="a request", maximum=rule("most_in_a_prompt"))] = (
        assumed_count("chunks_per_request")
    )
    embedding: Annotated[
        str,
        Choice(
            label="Embedding model",
            options=embedding_options(),
        ),
    ] = next(iter(FACTS.embeddings))
    indexing_pass: Annotated[
        bool,
        Choice(
            label="A model reads each chunk",
            options=SWITCH,
            hint="Adds a line of context to a chunk before it is indexed.",
        ),
    ] = False
    rewriting: Annotated[
        bool, Choice(label="Query rewriting", options=SWITCH, hint="One more call before each search.")
    ] = False
    reranker: Annotated[
        str,
        Choice(
            label="Reranker",
            options=(
                _NONE,
                *reranker_options(),
            ),
        ),
    ] = "none"
    vector_database: Annotated[
        str,
        Choice(
            label="Vector database",
            options=database_options(),
        ),
    ] = "pinecone-standard"
    embedding_price: Annotated[float | None, PRICE.named("Embedding price", unit="per million tokens")] = None
    rerank_price: Annotated[
        float | None, USD.named("Reranking price", unit="as its seller bills", maximum=rule("most_price"))
    ] = None
    database_minimum: Annotated[
        float | None, USD.named("Vector database, at least", unit="a month", maximum=rule("most_usd"))
    ] = None
    storage_gb_price: Annotated[
        float | None, USD.named("Vector storage", unit="per GB and month", maximum=rule("most_usd"))
    ] = None
    reads_price: Annotated[
        float | None, USD.named("Vector reads", unit="per million units", maximum=rule("most_usd"))
    ] = None
    writes_price: Annotated[
        float | None, USD.named("Vector writes", unit="per million units", maximum=rule("most_usd"))
    ] = None
    other_units: Annotated[
        float,
        NUMBER.named(
            "Any other meter",
            unit="units a month",
            maximum=rule("most_other_units"),
            hint="Pages parsed, seats, gigabytes.",
        ),
    ] = 0.0
    other_price: Annotated[float, USD.named("Its price", unit="a unit", maximum=rule("most_usd"))] = 0.0

    def summary(self) -> str:
        """Say what is looked up, in what."""
        chunks, corpus = write_count(self.retrieved_chunks, "chunk"), write_words(self.corpus_tokens)
        return f"{chunks} × {write_number(self.chunk_tokens)} tokens of {corpus}"
