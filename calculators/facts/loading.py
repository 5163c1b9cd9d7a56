"""
Reading: files of figures become checked records.

What is wrong in a file stops the package from loading, with the file and the key: no figure is ever guessed.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Final, Union, cast, get_args, get_origin, get_type_hints

from calculators.calendar import say_date
from calculators.facts.decided import Assumption, Rule
from calculators.facts.gpus import Gpu, GpuPrice, ServingFit, TrainingMemory
from calculators.facts.inference import TIERS, InferencePrice
from calculators.facts.labour import Wage
from calculators.facts.ledger import Ledger, UnknownPriceError
from calculators.facts.quantities import Parameters, TokenCount, TokensPerSecond, WholeCount
from calculators.facts.record import FactsError, Record, Source, listed, ordered
from calculators.facts.retrieval import Embedding, Reranker, VectorDatabase
from calculators.facts.tuning import Availability, BaseModel, TuningService
from calculators.quantity import Quantity, RefusedInputError
from calculators.vocabulary import Usd, UsdPerHour

DATA: Final = Path(__file__).parents[1] / "data"
"""The directory that the package's own figures are read from."""


@dataclass(frozen=True, kw_only=True)
class GpuOffer(Record):
    """
    What one provider charges for renting a GPU.

    Attributes:
        gpu: Key of the GPU, or its name where no calculator knows it.
        provider: Who rents it out.
        cloud: `specialist`, `hyperscaler` or `marketplace`.
        on_demand: Price without a commitment, per GPU-hour; `None` where not stated.
        spot: Price of capacity that can be taken away, per GPU-hour; `None` where not stated.
    """

    gpu: str
    provider: str
    cloud: str
    on_demand: UsdPerHour | None = None
    spot: UsdPerHour | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.cloud not in {"specialist", "hyperscaler", "marketplace"}:
            raise ValueError(f"cloud {self.cloud} is none of specialist, hyperscaler, marketplace")
        if self.on_demand is None and self.spot is None:
            raise ValueError("neither on_demand nor spot")


@dataclass(frozen=True, kw_only=True)
class TrainingThroughput(Record):
    """
    How fast a model was trained.

    Attributes:
        parameters: Size of the model.
        method: `full`, `lora` or `qlora`.
        gpu: Key of the GPU.
        gpus: GPUs that trained together.
        sequence_tokens: Tokens of one training sequence.
        tokens_per_second: Speed of one of the GPUs.
    """

    parameters: Parameters
    method: str
    gpu: str
    gpus: WholeCount
    sequence_tokens: TokenCount
    tokens_per_second: TokensPerSecond

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.method not in {"full", "lora", "qlora"}:
            raise ValueError(f"method {self.method} is none of full, lora, qlora")


@dataclass(frozen=True, kw_only=True)
class LabelPrice(Record):
    """
    What one example of training data costs.

    Attributes:
        low: Lower end of the range published.
        high: Upper end.
    """

    low: Usd
    high: Usd

    def __post_init__(self) -> None:
        super().__post_init__()
        ordered(self.low, self.high)


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """
    A figure on which two data packages differ, and why ours is the one we keep.

    Attributes:
        key: The record's key.
        name: The record's name.
        figure: Which of its figures.
        ours: The figure kept, as written.
        package: The package that says otherwise.
        theirs: What it says, as written.
        reason: Why ours is kept.
    """

    key: str
    name: str
    figure: str
    ours: str
    package: str
    theirs: str
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """
    Every figure there is.

    Attributes:
        checked: Day on which the figures were last edited.
        today: The only today there is: the day of the build, from which a fresh page answers.
        sources: Where figures were published, by id.
        packages: Versions of the data packages that prices were taken from, by their name.
    """

    checked: date
    today: date
    sources: Mapping[str, Source]
    packages: Mapping[str, str]
    inference: Ledger[InferencePrice]
    tuning: Ledger[TuningService]
    availability: Ledger[Availability]
    base_models: Ledger[BaseModel]
    serving: Ledger[ServingFit]
    gpus: Ledger[Gpu]
    gpu_prices: Ledger[GpuPrice]
    training_memory: Ledger[TrainingMemory]
    embeddings: Ledger[Embedding]
    rerankers: Ledger[Reranker]
    vector_databases: Ledger[VectorDatabase]
    wages: Ledger[Wage]
    assumptions: Ledger[Assumption]
    rules: Ledger[Rule]

    def default_model(self, tier: str) -> str:
        """
        Return the key of the model that a form starts from for a tier.

        Raises:
            UnknownPriceError: If the tier has no default.
        """
        for key, price in self.inference.items():
            if price.tier == tier and price.default_of_tier:
                return key
        raise UnknownPriceError(f"No default model for the tier “{tier}”")

    def default_tuning(self) -> str:
        """Return the key of the tuning service that a form starts from."""
        return next(key for key, service in self.tuning.items() if service.default)

    def sold_since(self, key: str, day: date) -> date:
        """
        Return the day since which a way to tune is sold to whom it is sold on a day, whatever else was said meanwhile.

        Raises:
            UnknownPriceError: If no record says who can buy it on that day.
        """
        now, since = self.availability.at(key, day).sold_to, day
        for record in reversed(self.availability.history(key)):
            if record.valid_from <= day:
                if record.sold_to != now:
                    break
                since = record.valid_from
        return since

    def assume(self, key: str, day: date | None = None) -> float:
        """
        Return the value of an assumption on a day, by default today's.

        Raises:
            UnknownPriceError: If nothing is assumed under this key.
        """
        return self.assumptions.known(key, day or self.today).value

    def rule(self, key: str) -> float:
        """
        Return a number that the guide sets.

        Raises:
            UnknownPriceError: If there is no such rule.
        """
        return self.rules.known(key, self.today).value


@dataclass(frozen=True, kw_only=True)
class Background:
    """
    Records that pages show and no calculator uses. They are read when a page asks for them.

    Attributes:
        gpu_offers: What single providers charge for a GPU.
        training: How fast models were trained.
        labels: What training examples cost.
        disagreements: Figures on which data packages differ.
    """

    gpu_offers: Ledger[GpuOffer]
    training: Ledger[TrainingThroughput]
    labels: Ledger[LabelPrice]
    disagreements: tuple[Disagreement, ...]


def load(directory: Path = DATA) -> Facts:
    """
    Read all figures, and refuse them all if one cannot be trusted.

    Args:
        directory: Where the TOML files stand.

    Raises:
        FactsError: If a file cannot be read, a record lacks something or has something unknown, a figure is negative
            or out of range, a source or another record that is named does not exist, or the records of one key
            overlap in time or leave a gap.
    """
    read = _Reader(directory, _USED)
    sources = {source.id: source for source in read.records(Source)}
    inference = read.records(InferencePrice)
    tuning = read.records(TuningService)
    availability = read.records(Availability)
    base_models = read.records(BaseModel)
    serving = read.records(ServingFit)
    gpus = read.records(Gpu)
    gpu_prices = read.records(GpuPrice)
    training_memory = read.records(TrainingMemory)
    embeddings = read.records(Embedding)
    rerankers = read.records(Reranker)
    vector_databases = read.records(VectorDatabase)
    wages = read.records(Wage)
    assumptions = read.records(Assumption)
    rules = read.records(Rule)

    sourced: tuple[Record, ...] = (
        *(*inference, *tuning, *availability, *base_models, *serving, *gpus, *gpu_prices, *training_memory),
        *(*embeddings, *rerankers, *vector_databases, *wages),
    )
    for record in sourced:
        _check_sources(record, sources)
    for record in sourced:
        if record.announced is not None and not isinstance(record, InferencePrice | Availability):
            raise _fault(record, "announced: only prices of models and offers are followed month by month")
    _check_references(tuning, "base_models", base_models)
    _check_references(tuning, "offer", availability)
    _check_references(base_models, "prompted_as", inference)
    _check_references(serving, "base_model", base_models)
    _check_references((*serving, *gpu_prices), "gpu", gpus)
    decided = (*(assumption.decided for assumption in assumptions), *(rule.decided for rule in rules))
    checked = max(*(record.checked for record in sourced), *decided)
    today = _today(directory, checked)
    facts = Facts(
        checked=checked,
        today=today,
        sources=MappingProxyType(sources),
        packages=MappingProxyType(read.packages()),
        inference=Ledger("price", inference, today),
        tuning=Ledger("price", tuning, today),
        availability=Ledger("offer", availability, today),
        base_models=Ledger("model", base_models, today),
        serving=Ledger("throughput", serving, today),
        gpus=Ledger("GPU", gpus, today),
        gpu_prices=Ledger("price", gpu_prices, today),
        training_memory=Ledger("memory", training_memory, today),
        embeddings=Ledger("price", embeddings, today),
        rerankers=Ledger("price", rerankers, today),
        vector_databases=Ledger("price", vector_databases, today),
        wages=Ledger("wage", wages, today),
        assumptions=Ledger("assumption", assumptions, today),
        rules=Ledger("rule", rules, today),
    )
    _check_defaults(facts)
    return facts


def load_background(facts: Facts, directory: Path = DATA) -> Background:
    """
    Read the records that only pages show, and refuse them all if one cannot be trusted.

    Args:
        facts: The figures that calculators use: a record here may name a source or a GPU there.
        directory: Where the TOML files stand.

    Raises:
        FactsError: As `load`.
    """
    read = _Reader(directory, _SHOWN)
    offers, training = read.records(GpuOffer), read.records(TrainingThroughput)
    labels, disagreements = read.records(LabelPrice), read.records(Disagreement)
    for record in (*offers, *training, *labels):
        _check_sources(record, facts.sources)
    _check_references(training, "gpu", facts.gpus.values())
    return Background(
        gpu_offers=Ledger("offer", offers, facts.today),
        training=Ledger("throughput", training, facts.today),
        labels=Ledger("price", labels, facts.today),
        disagreements=disagreements,
    )


@cache
def background() -> Background:
    """Return this package's records that only pages show."""
    return load_background(FACTS)


_USED: Final[Mapping[type, tuple[tuple[str, ...], str]]] = {
    Source: (("sources.toml",), "source"),
    InferencePrice: (("inference_prices.toml",), "inference"),
    TuningService: (("tuning.toml", "foundry_tuning.toml"), "tuning"),
    Availability: (("availability.toml",), "availability"),
    BaseModel: (("tuning.toml",), "base_model"),
    ServingFit: (("serving.toml",), "serving"),
    Gpu: (("gpus.toml",), "gpu"),
    GpuPrice: (("gpus.toml",), "gpu_price"),
    TrainingMemory: (("training_memory.toml",), "memory"),
    Embedding: (("retrieval_prices.toml",), "embedding"),
    Reranker: (("retrieval_prices.toml",), "reranker"),
    VectorDatabase: (("vector_databases.toml",), "vector_database"),
    Wage: (("labour.toml",), "wage"),
    Assumption: (("assumptions.toml",), "assumption"),
    Rule: (("rules.toml",), "rule"),
}
"""The files and the array of tables that each kind of record stands in, of those that calculators use."""


_SHOWN: Final[Mapping[type, tuple[tuple[str, ...], str]]] = {
    GpuOffer: (("gpu_offers.toml",), "gpu_offer"),
    TrainingThroughput: (("training.toml",), "training"),
    LabelPrice: (("labels.toml",), "label"),
    Disagreement: (("disagreements.toml",), "disagreement"),
}
"""The same, of those that only pages show."""


_PACKAGES: Final = "packages"
"""The table in which a generated file names the data packages it was made from."""


def _today(directory: Path, checked: date) -> date:
    """Return the day of the build, as the file says."""
    try:
        day = tomllib.loads((directory / "day.toml").read_text(encoding="utf-8"))["today"]
    except (OSError, KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FactsError(f"day.toml: {fault}") from fault
    if type(day) is not date:
        raise FactsError("day.toml: today: must be of type date")
    if day < checked:
        raise FactsError(f"day.toml: today: figures were checked on {say_date(checked)}: it must not lie before that")
    return day


class _Reader:
    """Some files of one directory, read once, and the records in them, checked one by one."""

    def __init__(self, directory: Path, places: Mapping[type, tuple[tuple[str, ...], str]]) -> None:
        self._places = places
        self._files: dict[str, dict[str, Any]] = {}
        for file in sorted({file for files, _ in places.values() for file in files}):
            try:
                self._files[file] = tomllib.loads((directory / file).read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
                raise FactsError(f"{file}: {fault}") from fault
            strays = self._files[file].keys() - {table for files, table in places.values() if file in files}
            if strays - {_PACKAGES}:
                raise FactsError(f"{file}: nothing reads {listed(strays - {_PACKAGES})}")

    def packages(self) -> dict[str, str]:
        """Return the versions of the data packages that generated files were made from."""
        found: dict[str, str] = {}
        for file, tables in self._files.items():
            for package, version in tables.get(_PACKAGES, {}).items():
                if found.setdefault(package, version) != version:
                    raise FactsError(
                        f"{file}: {package}: another file was made from {found[package]}, this from {version}"
                    )
        return found

    def records[R](self, kind: type[R]) -> tuple[R, ...]:
        """Return the records of one kind in the order of their files, which is the order of time for each key."""
        files, table = self._places[kind]
        records: list[R] = []
        latest: dict[str, Any] = {}
        for file in files:
            rows = self._files[file].get(table, [])
            if not rows or not isinstance(rows, list):
                raise FactsError(f"{file}: no [[{table}]]")
            for number, row in enumerate(rows, 1):
                key = str(row.get("key", row.get("id", f"[[{table}]] {number}")))
                try:
                    record = _record(kind, row)
                    if key in latest and not isinstance(record, Disagreement):
                        _check_order(latest[key], record)
                except ValueError as fault:
                    raise FactsError(f"{file}: {key}: {fault}") from fault
                latest[key] = record
                records.append(record)
        return tuple(records)


def _record[R](kind: type[R], row: Mapping[str, object]) -> R:
    """Build a record from a table of the file: every value of its type and within its bounds, none unknown or missing."""
    known = {field.name: field for field in fields(cast("Any", kind))}
    if strays := row.keys() - known.keys():
        raise ValueError(f"unknown: {listed(strays)}")
    # What a thing can do does not change with the calendar: it counts from the day that we checked it.
    given = {"valid_from": row["checked"], **row} if kind in _TIMELESS and "checked" in row else row
    missing = [name for name, field in known.items() if field.default is MISSING and name not in given]
    if missing:
        raise ValueError(f"missing: {listed(missing)}")
    hints = get_type_hints(kind, include_extras=True)
    values: dict[str, Any] = {}
    for name, value in given.items():
        try:
            values[name] = _value(hints[name], value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from fault
    return kind(**values)


_TIMELESS: Final = frozenset({BaseModel, ServingFit, Gpu, TrainingThroughput, TrainingMemory, GpuOffer})


def _value(hint: Any, value: object) -> object:  # noqa: ANN401 - a type hint has no narrower type
    """Return a value of a file as the type that a record's field has, or raise `ValueError`."""
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        # TOML has no null: what may be absent is left out, and what is there has the other type.
        return _value(next(argument for argument in arguments if argument is not type(None)), value)
    if origin is Annotated:
        number = cast("float", _value(arguments[0], value))
        try:
            cast("Quantity", arguments[1]).check(number)
        except RefusedInputError as fault:
            raise ValueError(str(fault)) from fault
        return number
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("must be an array")
        items = arguments[:1] * len(value) if arguments[-1] is Ellipsis else arguments
        if len(items) != len(value):
            raise ValueError(f"must have {len(items)} values, not {len(value)}")
        return tuple(_value(item, part) for item, part in zip(items, value, strict=True))
    return _scalar(hint, value)


def _scalar(hint: type, value: object) -> object:
    """Return a single value as text, whole number, float, truth value or date, or raise `ValueError`."""
    if hint is float and type(value) in (int, float):
        number = float(cast("float", value))
        if not math.isfinite(number):
            raise ValueError("must be a finite number")
        return number
    if type(value) is not hint:
        raise ValueError(f"must be of type {hint.__name__}")
    if value == "":
        raise ValueError("must not be empty")
    return value


def _check_order(earlier: Any, later: Any) -> None:  # noqa: ANN401 - any two records of one kind
    """Refuse two records of one key that overlap in time, leave a gap, or stand in the wrong order."""
    if isinstance(later, Source):
        raise ValueError("a second source has this id")  # noqa: TRY004 - wrong in the file, not in the program
    if later.valid_from <= earlier.valid_from:
        raise ValueError(
            f"overlap: a record from {say_date(later.valid_from)} follows one from {say_date(earlier.valid_from)}"
        )
    if earlier.valid_until is None or earlier.valid_until == later.valid_from:
        return
    kind = "gap" if earlier.valid_until < later.valid_from else "overlap"
    raise ValueError(
        f"{kind}: one record ends on {say_date(earlier.valid_until)}, the next begins on {say_date(later.valid_from)}"
    )


def _fault(record: Record, message: str) -> FactsError:
    files, _ = {**_USED, **_SHOWN}[type(record)]
    return FactsError(f"{' or '.join(files)}: {record.key}: {message}")


def _check_sources(record: Record, sources: Mapping[str, Source]) -> None:
    """Refuse a record without a source, unless all that it says is that something costs nothing."""
    named = list(record.sources)
    named += [
        value for field in fields(record) if field.name.endswith("_source") and (value := getattr(record, field.name))
    ]
    if unknown := set(named) - sources.keys():
        raise _fault(record, f"no source is called {listed(unknown)}")
    if not record.sources and not (isinstance(record, VectorDatabase) and record.free):
        raise _fault(record, "names no source")


def _check_references(records: Iterable[Record], field: str, targets: Iterable[Record]) -> None:
    """Refuse a record that names another one that does not exist."""
    keys = {target.key for target in targets}
    for record in records:
        named = getattr(record, field)
        if unknown := set([named] if isinstance(named, str) else named) - keys:
            raise _fault(record, f"{field}: there is no {listed(unknown)}")


def _check_defaults(facts: Facts) -> None:
    """Refuse defaults that are missing, ambiguous, or about to change or to end."""
    for tier in TIERS:
        prices = [price for price in facts.inference.values() if price.tier == tier and price.default_of_tier]
        if len(prices) != (tier != "legacy"):
            raise FactsError(f"inference_prices.toml: {tier}: {len(prices)} models are the default of this tier")
        for price in prices:
            if price.retires or price.valid_until or price is not facts.inference.history(price.key)[-1]:
                raise _fault(price, "a default must neither retire nor be about to change its price")
    services = [service for service in facts.tuning.values() if service.default]
    if len(services) != 1:
        raise FactsError(f"tuning.toml: {len(services)} services are the default")
    [service] = services
    offers = facts.availability.history(service.offer)
    if service.stops or any(offer.sold_to != "anyone" for offer in offers if offer.valid_from >= facts.today):
        raise _fault(service, "a default must neither close nor stop")
    if facts.availability.at(service.offer, facts.today).sold_to != "anyone":
        raise _fault(service, "a default must be open to newcomers")


FACTS: Final = load()
"""The figures of this package."""


def prices_over(key: str, start: date, months: int) -> tuple[InferencePrice, ...]:
    """
    Return a model's prices in force in each of a number of months, changes announced by the start included.

    Each month uses the price in force on its first day: month m begins m − 1 months after the start, on the same day
    of the month or, where a month is too short, on its last day.

    Args:
        key: The model.
        start: Day that the figures are taken from: first day of the first month.
        months: How many months. [month]

    Raises:
        UnknownPriceError: If there is no such model, or a month for which no price is known.
    """
    return FACTS.inference.over(key, start, months)


def default_model(tier: str) -> str:
    """Return the key of the model that a form starts from for a tier: `frontier`, `mid`, `small` or `open`."""
    return FACTS.default_model(tier)
