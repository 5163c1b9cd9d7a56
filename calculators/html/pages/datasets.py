"""
Every kind of record that the guide keeps: what its files hold, where its rows stand, and when a figure of it is old.

What a record's fields are, its class alone says: see `fields`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from calculators import facts
from calculators.facts import FACTS, Ledger
from calculators.facts.background import (
    Disagreement,
    Floor,
    FloorPrice,
    GpuOffer,
    Ground,
    LabelPrice,
    MeasuredImage,
    Measurement,
    ServingRun,
    Statement,
    TrainingRun,
    TrainingThroughput,
    background,
    price_floors,
)
from calculators.html.pages.fields import Field, fields_of
from calculators.quantity import write_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """
    One kind of record.

    Attributes:
        name: Name of its files, without the ending.
        title: What a reader calls it.
        noun: What one of its records is, as a sentence about a mistake says it.
        record: The class of its records.
        read: Returns all of them, those of the past and those announced included, each key's in order of time.
        page: Address of the page that shows them, from another page of the reference; empty on the guide's own.
        anchor: What a row's id begins with, followed by a hyphen and the record's key; empty where no row shows one.
        old_after: Name of the rule that says after how many days a figure is old; empty where none gets old.
        seen_on: Name of the field that its age counts from.
    """

    name: str
    title: str
    noun: str
    record: type
    read: Callable[[], Iterable[Any]]
    page: str
    anchor: str = ""
    old_after: str = ""
    seen_on: str = "checked"

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a record of this kind holds, in the order of its files."""
        return fields_of(self.record)

    def field(self, name: str) -> Field:
        """
        Return one field by its name.

        Raises:
            KeyError: If there is none.
        """
        return {field.name: field for field in self.fields}[name]

    @property
    def rows(self) -> tuple[Mapping[str, object], ...]:
        """Every record as a mapping of its fields, for the files."""
        names = [field.name for field in self.fields]
        return tuple({name: getattr(record, name) for name in names} for record in self.read())

    def row_id(self, key: str) -> str:
        """Return the id of a record's row."""
        return f"{self.anchor}-{key}"

    def address(self, key: str) -> str:
        """Return the address of a record's row, from another page of the reference."""
        return f"{self.page}#{self.row_id(key)}" if self.anchor else self.page

    def age(self, record: Any) -> int | None:  # noqa: ANN401 - a record of this kind
        """Return how many days ago a record's figures were last seen to hold, or nothing where they do not age."""
        return (FACTS.today - getattr(record, self.seen_on)).days if self.old_after else None

    def is_old(self, record: Any) -> bool:  # noqa: ANN401 - a record of this kind
        """Return whether a record was last seen longer ago than its rule allows."""
        age = self.age(record)
        return age is not None and age > FACTS.rule(self.old_after)


def key_of(record: Any) -> str:  # noqa: ANN401 - a record of any kind
    """Return what identifies a record among those of its kind."""
    return str(getattr(record, "key", getattr(record, "id", "")))


def cell(value: object) -> str:
    """
    Write a value as the CSV files do:
    exact, dates as in ISO 8601, lists by spaces and the numbers within one by slashes.

    >>> cell(0.075), cell(50_000.0), cell(True), cell(None), cell(("a", "b")), cell(((128, 2048, 0.5),))
    ('0.075', '50000', 'true', '', 'a b', '128/2048/0.5')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return write_link(value)
        case date():
            return value.isoformat()
        case tuple():
            return " ".join("/".join(map(cell, each)) if isinstance(each, tuple) else cell(each) for each in value)
        case _:
            return str(value)


def sources_of(record: Any) -> tuple[str, ...]:  # noqa: ANN401 - a record of any kind
    """Return the ids of all sources that a record rests on, each once."""
    named = list(getattr(record, "sources", ()))
    named += [
        value
        for field in fields(record)
        if field.name.endswith("_source") and (value := getattr(record, field.name)) is not None
    ]
    return tuple(dict.fromkeys(named))


def _of(ledger: Callable[[], Ledger[Any]]) -> Callable[[], Iterable[Any]]:
    return lambda: (record for key in ledger() for record in ledger().history(key))


def _floors() -> Iterable[Floor]:
    return price_floors().floors.values()


def _grounds() -> Iterable[Ground]:
    return background().grounds.values()


def _measurements() -> Iterable[Measurement]:
    return background().measurements.values()


def _floor_prices() -> Iterable[FloorPrice]:
    return (price for prices in price_floors().prices.values() for price in prices)


DATASETS: Final = (
    Dataset(
        name="model-prices",
        title="Prices of models",
        noun="price",
        record=facts.InferencePrice,
        read=_of(lambda: FACTS.inference),
        page="../prices/",
        anchor="price",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="embedding-prices",
        title="Prices of embedding models",
        noun="price",
        record=facts.Embedding,
        read=_of(lambda: FACTS.embeddings),
        page="../prices/",
        anchor="embedding",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="reranker-prices",
        title="Prices of rerankers",
        noun="price",
        record=facts.Reranker,
        read=_of(lambda: FACTS.rerankers),
        page="../prices/",
        anchor="reranker",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="vector-database-prices",
        title="Prices of vector databases",
        noun="price",
        record=facts.VectorDatabase,
        read=_of(lambda: FACTS.vector_databases),
        page="../prices/",
        anchor="database",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="caching-terms",
        title="What caches cost",
        noun="term",
        record=facts.CachingTerms,
        read=_of(lambda: FACTS.caching),
        page="../bills/",
        anchor="cache",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="batch-rules",
        title="What a batch makes of a cache",
        noun="rule",
        record=facts.BatchRule,
        read=_of(lambda: FACTS.batch_rules),
        page="../bills/",
        anchor="batch",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="places",
        title="What regions and service tiers cost",
        noun="multiple",
        record=facts.Place,
        read=_of(lambda: FACTS.places),
        page="../bills/",
        anchor="place",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="reasoning",
        title="Which models think unasked",
        noun="word on reasoning",
        record=facts.Reasoning,
        read=_of(lambda: FACTS.reasoning),
        page="../bills/",
        anchor="reasoning",
        old_after="stale_after_prices",
    ),
    Dataset(
        name="text-tokens",
        title="Tokens of the same text, by model",
        noun="count",
        record=facts.TextTokens,
        read=_of(lambda: FACTS.text_tokens),
        page="../bills/",
        anchor="text",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="image-rules",
        title="Tokens of an image, by model",
        noun="rule",
        record=facts.ImageRule,
        read=_of(lambda: FACTS.image_rules),
        page="../bills/",
        anchor="image",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="image-measurements",
        title="What images were billed, as measured",
        noun="measurement",
        record=MeasuredImage,
        read=lambda: background().images,
        page="../bills/#measured",
    ),
    Dataset(
        name="price-disagreements",
        title="Figures on which data packages differ",
        noun="price",
        record=Disagreement,
        read=lambda: background().disagreements,
        page="../prices/#disagreements",
    ),
    Dataset(
        name="price-floors",
        title="Chat ratings whose cheapest price is followed",
        noun="rating",
        record=Floor,
        read=_floors,
        page="../../#treadmill",
    ),
    Dataset(
        name="price-floor-history",
        title="Cheapest price of a chat rating over time",
        noun="price",
        record=FloorPrice,
        read=_floor_prices,
        page="../../#treadmill",
    ),
    Dataset(
        name="tuning-prices",
        title="Prices of fine-tuning services",
        noun="price",
        record=facts.TuningService,
        read=_of(lambda: FACTS.tuning),
        page="../fine-tuning-services/",
        anchor="service",
        old_after="stale_after_services",
    ),
    Dataset(
        name="tuning-availability",
        title="Who can still buy fine-tuning",
        noun="availability",
        record=facts.Availability,
        read=_of(lambda: FACTS.availability),
        page="../fine-tuning-services/",
        anchor="offer",
        old_after="stale_after_services",
    ),
    Dataset(
        name="base-models",
        title="Models that can be tuned",
        noun="description",
        record=facts.BaseModel,
        read=_of(lambda: FACTS.base_models),
        page="../fine-tuning-services/",
        anchor="base",
    ),
    Dataset(
        name="gpus",
        title="What GPUs can do",
        noun="description",
        record=facts.Gpu,
        read=_of(lambda: FACTS.gpus),
        page="../gpus/",
        anchor="gpu",
    ),
    Dataset(
        name="gpu-rents",
        title="What renting a GPU costs",
        noun="rent",
        record=facts.GpuPrice,
        read=_of(lambda: FACTS.gpu_prices),
        page="../gpus/",
        anchor="rent",
        old_after="stale_after_gpus",
        seen_on="valid_from",
    ),
    Dataset(
        name="gpu-offers",
        title="GPU rents by provider",
        noun="rent",
        record=GpuOffer,
        read=_of(lambda: background().gpu_offers),
        page="../gpus/",
        anchor="gpu-offer",
        old_after="stale_after_gpus",
        seen_on="valid_from",
    ),
    Dataset(
        name="model-shapes",
        title="What open models are made of",
        noun="model",
        record=facts.ModelShape,
        read=_of(lambda: FACTS.shapes),
        page="../throughput/",
        anchor="shape",
    ),
    Dataset(
        name="serving-throughput",
        title="How fast models are served",
        noun="throughput",
        record=facts.ServingFit,
        read=_of(lambda: FACTS.serving),
        page="../throughput/",
        anchor="serving",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="serving-estimate",
        title="How throughput is estimated",
        noun="estimate",
        record=facts.Roofline,
        read=_of(lambda: FACTS.rooflines),
        page="../throughput/",
        anchor="estimate",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="serving-runs",
        title="Measurements that the estimate is judged by",
        noun="run",
        record=ServingRun,
        read=_of(lambda: background().serving_runs),
        page="../throughput/",
        anchor="served",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="adapters",
        title="Many tuned models on one deployment",
        noun="word on adapters",
        record=facts.Adapters,
        read=_of(lambda: FACTS.adapters),
        page="../throughput/",
        anchor="adapters",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="training-throughput",
        title="How fast models were trained",
        noun="throughput",
        record=TrainingThroughput,
        read=_of(lambda: background().training),
        page="../throughput/",
        anchor="training",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="training-memory",
        title="Memory that tuning needs",
        noun="memory",
        record=facts.TrainingMemory,
        read=_of(lambda: FACTS.training_memory),
        page="../throughput/",
        anchor="memory",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="trainers",
        title="What trainers hold on a GPU",
        noun="trainer",
        record=facts.Trainer,
        read=_of(lambda: FACTS.trainers),
        page="../training-memory/",
        anchor="trainer",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="training-runs",
        title="Memory of training, as measured",
        noun="run",
        record=TrainingRun,
        read=_of(lambda: background().training_runs),
        page="../training-memory/",
        anchor="run",
        old_after="stale_after_throughput",
    ),
    Dataset(
        name="wages",
        title="What an hour of somebody’s time costs",
        noun="wage",
        record=facts.Wage,
        read=_of(lambda: FACTS.wages),
        page="../assumptions/",
        anchor="wage",
        old_after="stale_after_wages",
    ),
    Dataset(
        name="label-prices",
        title="What training examples cost",
        noun="price",
        record=LabelPrice,
        read=_of(lambda: background().labels),
        page="../assumptions/",
        anchor="label",
        old_after="stale_after_wages",
    ),
    Dataset(
        name="assumptions",
        title="Assumptions",
        noun="assumption",
        record=facts.Assumption,
        read=_of(lambda: FACTS.assumptions),
        page="../assumptions/",
        anchor="assumption",
    ),
    Dataset(
        name="rules",
        title="Rules",
        noun="rule",
        record=facts.Rule,
        read=_of(lambda: FACTS.rules),
        page="../assumptions/",
        anchor="rule",
    ),
    Dataset(
        name="chances",
        title="Chances that an approach passes",
        noun="chance",
        record=facts.Chance,
        read=_of(lambda: FACTS.chances),
        page="../chances/",
        anchor="chance",
    ),
    Dataset(
        name="chance-grounds",
        title="Why chances are what they are",
        noun="ground",
        record=Ground,
        read=_grounds,
        page="../chances/#every-chance",
    ),
    Dataset(
        name="chance-statements",
        title="What measurements say of chances",
        noun="statement",
        record=Statement,
        read=lambda: background().statements,
        page="../chances/#together",
    ),
    Dataset(
        name="measurements",
        title="How approaches compare, as measured",
        noun="measurement",
        record=Measurement,
        read=_measurements,
        page="../chances/",
        anchor="measurement",
    ),
    Dataset(
        name="sources",
        title="Sources",
        noun="source",
        record=facts.Source,
        read=FACTS.sources.values,
        page="../sources/",
        anchor="source",
    ),
)
"""All kinds, in the order of the reference's pages."""


def dataset(record: type) -> Dataset:
    """
    Return the kind that a class of records is.

    Raises:
        KeyError: If it is none.
    """
    return {each.record: each for each in DATASETS}[record]
