"""Retrieval: what embedding, reranking and keeping vectors cost."""

from dataclasses import dataclass

from calculators.facts.quantities import UsdPerGb, UsdPerGbMonth, UsdPerMillionUnits, UsdPerMonth, UsdPerThousand
from calculators.facts.record import Record
from calculators.vocabulary import UsdPerMillion


@dataclass(frozen=True, kw_only=True)
class Embedding(Record):
    """
    What turning text into vectors costs.

    Attributes:
        provider: Who sells it.
        price: Price per million tokens.
        batch_price: Price per million tokens that can wait.
    """

    provider: str
    price: UsdPerMillion
    batch_price: UsdPerMillion | None = None


@dataclass(frozen=True, kw_only=True)
class Reranker(Record):
    """
    What ordering the chunks found for a query costs.

    Attributes:
        provider: Who sells it.
        price_per_thousand_queries: Price where it is billed by the query.
        price_per_million_tokens: Price where it is billed by the token.
    """

    provider: str
    price_per_thousand_queries: UsdPerThousand | None = None
    price_per_million_tokens: UsdPerMillion | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.price_per_thousand_queries is None) == (self.price_per_million_tokens is None):
            raise ValueError("a reranker is billed either by the query or by the token")

    @property
    def price(self) -> float:
        """Its price, in the unit that it bills."""
        by_query, by_token = self.price_per_thousand_queries, self.price_per_million_tokens
        return (by_query if by_token is None else by_token) or 0.0


@dataclass(frozen=True, kw_only=True)
class VectorDatabase(Record):
    """
    What keeping and searching vectors costs.

    Attributes:
        provider: Who sells it.
        monthly_minimum: Least that a month costs; what is used counts towards it.
        storage: Price of storage.
        reads: Price of a million read units.
        writes: Price of a million write units.
        writes_per_gb: Price of writing, where it is billed by size.
    """

    provider: str
    monthly_minimum: UsdPerMonth
    storage: UsdPerGbMonth | None = None
    reads: UsdPerMillionUnits | None = None
    writes: UsdPerMillionUnits | None = None
    writes_per_gb: UsdPerGb | None = None

    @property
    def free(self) -> bool:
        """Whether nothing is charged at all."""
        return not any((self.monthly_minimum, self.storage, self.reads, self.writes, self.writes_per_gb))

    @property
    def needs_source(self) -> bool:
        """Nobody need have published that something costs nothing."""
        return not self.free
