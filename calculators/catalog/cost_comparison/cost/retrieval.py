"""Looking documents up: indexing them, keeping the index, and what a search adds to a request."""

from calculators import formulas
from calculators.catalog.cost_comparison.cost.flow import database_months
from calculators.catalog.cost_comparison.cost.shape import Running
from calculators.catalog.cost_comparison.effective import Effective
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.sheet import Sheet, figure


class RetrievalCost(Sheet):
    """The index, the database and the searches, the same for every row that looks documents up."""

    def __init__(self, given: Given, effective: Effective) -> None:
        super().__init__(given.notes)
        self.given = given
        self.effective = effective

    def beside(self, running: Running) -> Running:
        """What requests cost once each of them looks something up."""
        # Built anew: `_replace` takes three times as long, and the search for tips comes by a hundred times.
        return Running(
            running.flow,
            running.rates,
            running.gpus,
            running.gpu_month,
            self.database_months,
            running.per_request + self.search_cost,
            running.per_month + self.upkeep_month,
        )

    # The index.

    @figure
    def chunks(self) -> float:
        """Chunks of the whole corpus. [1]"""
        retrieval = self.given.inputs.retrieval
        return formulas.chunk_count(
            corpus_tokens=retrieval.corpus_tokens,
            chunk_tokens=retrieval.chunk_tokens,
            overlap_tokens=retrieval.overlap_tokens,
        )

    @figure
    def index_cost(self) -> float:
        """Cost of indexing the whole corpus once. [USD]"""
        return self.embedding_cost + self.indexing_pass_cost + self.write_cost

    @figure
    def embedding_cost(self) -> float:
        """Cost of embedding the whole corpus once. [USD]"""
        retrieval = self.given.inputs.retrieval
        tokens = formulas.embedding_tokens(
            corpus_tokens=retrieval.corpus_tokens,
            chunk_tokens=retrieval.chunk_tokens,
            overlap_tokens=retrieval.overlap_tokens,
        )
        return formulas.token_cost(tokens=tokens, price=self.effective.embedding.value)

    @figure
    def indexing_pass_cost(self) -> float:
        """Cost of a model reading every chunk once, if one does. [USD]"""
        retrieval = self.given.inputs.retrieval
        if not retrieval.indexing_pass:
            return 0.0
        prices = self.effective.prompted[0].prices
        return formulas.index_pass_cost(
            corpus_tokens=retrieval.corpus_tokens,
            chunk_tokens=retrieval.chunk_tokens,
            overlap_tokens=retrieval.overlap_tokens,
            output_tokens=self.given.assumed["indexing_pass_tokens"],
            input_price=prices.input.value,
            output_price=prices.output.value,
        )

    @figure
    def write_cost(self) -> float:
        """Cost of writing every chunk to the vector database once. [USD]"""
        prices, assumed = self.effective.database, self.given.assumed
        return formulas.vector_database_cost(
            writes=self.chunks * assumed["write_units_per_chunk"],
            write_price=prices.writes.value,
            other_cost=self.stored_bytes / assumed["bytes_per_gb"] * prices.writes_per_gb,
        )

    @figure
    def stored_bytes(self) -> float:
        """Space that the index takes up. [byte]"""
        return formulas.vector_storage(
            chunks=self.chunks, dimensions=0, other_bytes_per_chunk=self.given.assumed["bytes_per_chunk"]
        )

    @figure
    def upkeep_month(self) -> float:
        """Cost of keeping the index true for a month: changed documents and other meters. [USD per month]"""
        return self.changed_month + self.other_month

    @figure
    def changed_month(self) -> float:
        """Cost of indexing a month's changed documents again. [USD per month]"""
        return self.index_cost * self.given.inputs.retrieval.changed_share

    @figure
    def other_month(self) -> float:
        """Cost of any other meter in a month. [USD per month]"""
        retrieval = self.given.inputs.retrieval
        return retrieval.other_units * retrieval.other_price

    @figure
    def database_months(self) -> tuple[float, ...]:
        """Running sum of the vector database's bills, at least its minimum each month. [USD]"""
        inputs, prices = self.given.inputs, self.effective.database
        return database_months(
            inputs.workload.requests_per_month,
            inputs.traffic.monthly_growth,
            inputs.job.horizon_months,
            self.stored_bytes,
            prices.storage.value,
            self.given.assumed["read_units_per_query"],
            prices.reads.value,
            prices.minimum.value,
        )

    # A search.

    @figure
    def search_cost(self) -> float:
        """Cost of finding the chunks for one request, the database apart. [USD per request]"""
        return self.query_cost + self.rewriting_cost + self.rerank_cost

    @figure
    def query_cost(self) -> float:
        """Cost of embedding one query. [USD per request]"""
        return formulas.token_cost(
            tokens=self.given.inputs.workload.varying_tokens, price=self.effective.embedding.value
        )

    @figure
    def rewriting_cost(self) -> float:
        """Cost of rewriting one query, if it is. [USD per request]"""
        if not self.given.inputs.retrieval.rewriting:
            return 0.0
        prices = self.effective.prompted[0].prices
        return formulas.request_cost(
            input_tokens=self.given.inputs.workload.varying_tokens,
            output_tokens=self.given.assumed["query_tokens"],
            input_price=prices.input.value,
            output_price=prices.output.value,
        )

    @figure
    def rerank_cost(self) -> float:
        """Cost of putting the chunks found in order, if they are. [USD per request]"""
        reranker, price = self.given.records.reranker, self.effective.rerank
        if reranker is None or price is None:
            return 0.0
        if reranker.price_per_million_tokens is None:
            return formulas.rerank_cost(queries=1, price=price.value)
        tokens = formulas.rerank_tokens(
            chunks_per_query=int(self.given.assumed["reranked_chunks"]),
            chunk_tokens=self.given.inputs.retrieval.chunk_tokens,
            query_tokens=self.given.inputs.workload.varying_tokens,
        )
        return formulas.token_cost(tokens=tokens, price=price.value)
