"""Documents looked up: the index, the database, and what a search adds to a request."""

from calculators.catalog.cost_comparison.breakdown.shape import Item, changed_by, cited, write_call, write_price
from calculators.catalog.cost_comparison.breakdown.taken import Taken
from calculators.quantity import DOLLARS, write_number, write_share, write_words


def indexing(of: Taken) -> list[Item]:
    embedding, database, retrieval = of.records.embedding, of.records.database, of.parts.retrieval
    price, writes = of.effective.embedding, of.effective.database.writes
    by_size = of.effective.database.writes_per_gb
    corpus, chunks = write_words(of.inputs.retrieval.corpus_tokens), write_words(retrieval.chunks)
    units = write_number(of.assumed["write_units_per_chunk"])
    writing = f"{chunks} chunks, {units} units each × {write_price(writes.value)} per million"
    if by_size:
        sized = f"{gigabytes(of)} GB × {write_price(by_size)}"
        writing = f"{writing} and {sized}" if writes.value else sized
    items = [
        Item(
            "training",
            f"Embedding the corpus, {embedding.name}",
            f"{corpus} tokens and their overlap × {write_price(price.value)} per million",
            retrieval.embedding_cost,
            price.cited,
            changed_by((price,), "corpus_tokens", "embedding", "chunk_tokens", "overlap_tokens"),
            seller=embedding.provider,
        ),
        Item(
            "training",
            f"Writing the index, {database.name}",
            writing,
            retrieval.write_cost,
            writes.cited if not by_size else database.sources,
            changed_by((writes,), "vector_database"),
            "" if writes.value or by_size else "writing is not billed there",
        ),
    ]
    if of.inputs.retrieval.indexing_pass:
        prices = of.effective.prompted[0].prices
        call = write_call(prices, of.inputs.retrieval.chunk_tokens, of.assumed["indexing_pass_tokens"])
        items.append(
            Item(
                "training",
                f"A model reads every chunk, {of.records.prompted[0].record.name}",
                f"{chunks} chunks × {call}",
                retrieval.indexing_pass_cost,
                cited((prices.input, prices.output)),
                changed_by((prices.input, prices.output), "indexing_pass"),
                seller=of.records.prompted[0].record.provider,
            )
        )
    return items


def gigabytes(of: Taken) -> str:
    """Space that the index takes up."""
    return write_number(of.parts.retrieval.stored_bytes / of.assumed["bytes_per_gb"])


def lookups(of: Taken) -> list[Item]:
    retrieval, prices = of.inputs.retrieval, of.effective.database
    volume, price = of.inputs.workload.requests_per_month, of.effective.embedding
    units = of.assumed["read_units_per_query"]
    each = f", {write_number(units)} units each" if units != 1 else ""
    stored = (prices.storage, prices.reads, prices.minimum)
    indexing = (price, prices.writes)
    items = [
        Item(
            "serving",
            f"Vector database, {of.records.database.name}",
            (
                f"{gigabytes(of)} GB × {write_price(prices.storage.value)} and "
                f"{write_words(volume)} searches{each} × {write_price(prices.reads.value)} per million, "
                f"at least {DOLLARS.cents(prices.minimum.value)}"
            ),
            of.row.cost.running.database[1],
            cited(stored),
            changed_by(stored, "vector_database", "corpus_tokens"),
        ),
        Item(
            "training",
            "Changed documents, indexed again",
            f"{write_share(retrieval.changed_share)} of the corpus",
            of.parts.retrieval.changed_month,
            price.cited,
            ("changed_share", *changed_by(indexing)),
        ),
        *searching(of, volume),
    ]
    if retrieval.other_units:
        items.append(
            Item(
                "serving",
                "Other meter",
                f"{write_number(retrieval.other_units)} × {write_price(retrieval.other_price)}",
                of.parts.retrieval.other_month,
                inputs=("other_units", "other_price"),
            )
        )
    return items


def searching(of: Taken, volume: float) -> list[Item]:
    retrieval, embedding = of.parts.retrieval, of.effective.embedding
    tokens = of.inputs.workload.varying_tokens
    times = f"{write_number(volume)} × " if volume != 1 else ""
    items = [
        Item(
            "serving",
            f"Embedding queries, {of.records.embedding.name}",
            f"{times}{write_number(tokens)} tokens × {write_price(embedding.value)} per million",
            volume * retrieval.query_cost,
            embedding.cited,
            changed_by((embedding,), "varying_tokens", "embedding"),
            seller=of.records.embedding.provider,
        )
    ]
    if of.inputs.retrieval.rewriting:
        prices = of.effective.prompted[0].prices
        items.append(
            Item(
                "serving",
                f"Rewriting queries, {of.records.prompted[0].record.name}",
                f"{times}{write_call(prices, tokens, of.assumed['query_tokens'])}",
                volume * retrieval.rewriting_cost,
                cited((prices.input, prices.output)),
                changed_by((prices.input, prices.output), "rewriting"),
                seller=of.records.prompted[0].record.provider,
            )
        )
    reranker, price = of.records.reranker, of.effective.rerank
    if reranker is not None and price is not None:
        chunks = f"{of.assumed['reranked_chunks']:.0f} chunks"
        how = f"{write_price(price.value)} per thousand, {chunks} each, our assumption"
        if reranker.price_per_million_tokens is not None:
            beside = write_number(of.inputs.retrieval.chunk_tokens + tokens)
            how = f"{chunks}, our assumption, × {beside} tokens × {write_price(price.value)} per million"
        items.append(
            Item(
                "serving",
                f"Reranking, {reranker.name}",
                f"{times}{how}",
                volume * retrieval.rerank_cost,
                price.cited,
                changed_by((price,), "reranker"),
            )
        )
    return items
