"""
Each price once: the reader's own, else the record's, decided here and nowhere else.

What is carried from here on is a value that knows what the record says, where that was published, and whose it is.
Costs, breakdowns, notes under fields and marks of *yours* all read it.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import inf
from typing import Final, NamedTuple

from calculators import formulas
from calculators.calendar import months_between
from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.estimate import Speed
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import OWNED
from calculators.catalog.cost_comparison.records import Period
from calculators.catalog.cost_comparison.sheet import Sheet, figure
from calculators.facts import FACTS, BatchRule, CachingTerms, InferencePrice, Place, ServingFit

_REMEMBERED: Final = int(FACTS.rule("remembered_scenarios"))
"""Prices that are remembered: the same scenario is asked for more than once."""


class Price(NamedTuple):
    """
    A price, or another number that a record holds, once it is decided whose it is.

    Attributes:
        value: The number that counts. Unit: as its input states.
        input: Name of the input that stands in for it.
        recorded: What the record says; nothing where it says nothing.
        sources: Ids of the record's sources.
        yours: Whether the value is the reader's, or made from one of theirs.
    """

    value: float
    input: str
    recorded: float | None = None
    sources: tuple[str, ...] = ()
    yours: bool = False

    @property
    def cited(self) -> tuple[str, ...]:
        """Ids of the sources of the value: none for the reader's own."""
        return () if self.yours else self.sources


def decide(name: str, given: float | None, recorded: float | None, sources: tuple[str, ...] = ()) -> Price | None:
    """
    Decide on a number: the reader's, else the record's.

    Args:
        name: The input that stands in for it.
        given: What the reader entered.
        recorded: What the record says.
        sources: Ids of the record's sources.

    Returns:
        The number, or nothing where neither says any.
    """
    if given is not None:
        return Price(given, name, recorded, sources, yours=True)
    return None if recorded is None else Price(recorded, name, recorded, sources)


def decide_charge(name: str, given: float | None, recorded: float | None, sources: tuple[str, ...] = ()) -> Price:
    """Decide likewise on something that costs nothing where nobody says otherwise."""
    return decide(name, given, recorded, sources) or Price(0.0, name, None, sources)


class Paid(NamedTuple):
    """
    Prices of a request, sent at once or in a batch. [USD per million tokens]

    Attributes:
        input: Price of input.
        output: Price of output.
        read: Price of input read from the cache; of no account where there is none.
        write: Price of input written there.
    """

    input: float
    output: float
    read: float
    write: float


class ModelPrices(NamedTuple):
    """
    Prices of one model in one period. [USD per million tokens]

    What the model does not sell is nothing: then there is no cache, or no batch.

    Attributes:
        input: Price of input.
        output: Price of output.
        cached_input: Price of input read from the cache.
        cache_write: Price of writing to the cache; nothing where writing costs what input costs.
        batch_input: Price of input that can wait.
        batch_output: Price of output that can wait.
        cache_minimum_tokens: Shortest beginning of a prompt that is cached. [token]
        cache_minutes: How long the cache keeps an unused prompt. [minute]
        batch_cached: Price of input read from the cache in a batch; nothing where a batch is not cached.
        batch_write: Price of writing to the cache in a batch.
        long_prompt_from: Input tokens above which the whole request costs more. [token]
        long_prompt_input_multiple: By how much input then costs more. [1]
        long_prompt_output_multiple: By how much output then costs more. [1]
        storage: Price of keeping the cache, which then lives on. [USD per million tokens and hour]
    """

    input: Price
    output: Price
    cached_input: Price | None
    cache_write: Price | None
    batch_input: Price | None
    batch_output: Price | None
    cache_minimum_tokens: float
    cache_minutes: float
    batch_cached: Price | None = None
    batch_write: Price | None = None
    long_prompt_from: float | None = None
    long_prompt_input_multiple: float = 1.0
    long_prompt_output_multiple: float = 1.0
    storage: float = 0.0

    @property
    def write(self) -> Price:
        """Price of writing to the cache: that of input where writing has none of its own."""
        return self.cache_write or self.input

    @property
    def at_once(self) -> Paid:
        """What a request pays that is answered at once."""
        read = self.cached_input
        return Paid(self.input.value, self.output.value, read.value if read else 0.0, self.write.value)

    @property
    def in_a_batch(self) -> Paid:
        """What a request pays that waits; of no account where no batch is sold."""
        paid = (self.batch_input, self.batch_output, self.batch_cached, self.batch_write)
        return Paid(*(price.value if price else 0.0 for price in paid))

    def multiples(self, input_tokens: float) -> tuple[float, float]:
        """By how much input and output of a request cost more for the length of its prompt. [1]"""
        if self.long_prompt_from is None:
            return 1.0, 1.0
        return (
            formulas.long_prompt_multiple(
                input_tokens=input_tokens,
                threshold_tokens=self.long_prompt_from,
                multiple=self.long_prompt_input_multiple,
            ),
            formulas.long_prompt_multiple(
                input_tokens=input_tokens,
                threshold_tokens=self.long_prompt_from,
                multiple=self.long_prompt_output_multiple,
            ),
        )


class Priced(NamedTuple):
    """
    A model's prices and the months in which they are in force.

    Attributes:
        first: First month, from 0.
        prices: The prices.
    """

    first: int
    prices: ModelPrices


class DatabasePrices(NamedTuple):
    """
    Prices of a vector database.

    Attributes:
        minimum: Least that a month costs. [USD per month]
        storage: Price of space. [USD per GB and month]
        reads: Price of reads. [USD per million units]
        writes: Price of writes. [USD per million units]
        writes_per_gb: Price of writing where it is billed by size. [USD per GB]
    """

    minimum: Price
    storage: Price
    reads: Price
    writes: Price
    writes_per_gb: float


class ServicePrices(NamedTuple):
    """
    Prices of the service that tunes.

    Attributes:
        tokens: Prices of the tuned model's tokens; of no account where it is served on GPUs alone.
        training: Price of training; nothing where the service does not sell it by the token. [USD per million tokens]
        hosting: Price of keeping the tuned model ready. [USD per hour]
        storage: Price of keeping its weights. [USD per month]
        job_minimum: Least that one training job costs. [USD]
    """

    tokens: ModelPrices
    training: Price | None
    hosting: Price
    storage: Price
    job_minimum: Price


class Effective(Sheet):
    """Every price of a scenario."""

    def __init__(self, given: Given) -> None:
        super().__init__(given.notes)
        self.given = given

    @figure
    def prompted(self) -> tuple[Priced, ...]:
        """Prices of the prompted model, period after period."""
        prices = self.given.inputs.prices
        return tuple(
            Priced(
                first,
                self._sold(
                    record,
                    decide_charge("input_price", prices.input_price, record.input, record.sources),
                    decide_charge("output_price", prices.output_price, record.output, record.sources),
                    decide("cached_price", prices.cached_price, record.cached_input, record.sources),
                    decide("cache_write_price", prices.cache_write_price, record.cache_write, record.sources),
                    decide("batch_input_price", prices.batch_input_price, record.batch_input, record.sources),
                    decide("batch_output_price", prices.batch_output_price, record.batch_output, record.sources),
                ),
            )
            for first, record in self._billed(self.given.records.prompted)
        )

    @property
    def changing(self) -> frozenset[str]:
        """Inputs that stand in for prices which change within the horizon: no one number stands for them all."""
        horizon = self.given.inputs.job.horizon_months
        if not any(0 < first < horizon for first, _ in self.prompted):
            return frozenset()
        return frozenset(price.input for price in _of_model(self.prompted[0].prices))

    @figure
    def small(self) -> tuple[Priced, ...]:
        """Prices of the small model as it is, period after period."""
        prices, unsold = self.given.inputs.prices, self.given.records.unsold
        return tuple(
            Priced(
                first,
                self._sold(
                    record,
                    decide_charge(
                        "small_input_price",
                        prices.small_input_price,
                        None if unsold else record.input,
                        record.sources,
                    ),
                    decide_charge(
                        "small_output_price",
                        prices.small_output_price,
                        None if unsold else record.output,
                        record.sources,
                    ),
                    *_listed(record),
                ),
            )
            for first, record in self._billed(self.given.records.small)
        )

    @figure
    def cheaper(self) -> tuple[Priced, ...]:
        """Prices of a cheaper model, period after period; none without one."""
        return self._as_listed(self.given.records.cheaper)

    @figure
    def dearer(self) -> tuple[Priced, ...]:
        """Prices of a dearer model, period after period; none without one."""
        return self._as_listed(self.given.records.dearer)

    def _as_listed(self, periods: tuple[Period, ...]) -> tuple[Priced, ...]:
        """Prices that no input stands in for."""
        return tuple(
            Priced(
                first,
                self._sold(
                    record,
                    decide_charge("", None, record.input, record.sources),
                    decide_charge("", None, record.output, record.sources),
                    *_listed(record),
                ),
            )
            for first, record in self._billed(periods)
        )

    def _billed(self, periods: tuple[Period, ...]) -> Iterable[tuple[int, InferencePrice]]:
        """A model's prices, period after period, as they are billed for the chosen lifetime in the chosen place."""
        place, day = self.given.place, self.given.inputs.job.as_of
        for number, (first, record) in enumerate(periods, start=1):
            end = periods[number].first if number < len(periods) else inf
            terms = self.given.caching_terms(record.key)
            start: float = inf
            if place is not None and record.key in place.models:
                start = months_between(day, place.valid_from) if place.dated and place.valid_from > day else 0
            if first < start:
                yield first, _kept(record, terms)
            if place is not None and start < end:
                yield max(first, int(start)), _processed(_kept(record, terms), place)

    def sold_for(self, runs: Runs) -> tuple[Priced, ...]:
        """Prices of the model that a row is prompted on."""
        match runs:
            case Runs.PROMPTED:
                return self.prompted
            case Runs.CHEAPER:
                return self.cheaper
            case Runs.DEARER:
                return self.dearer
            case _:
                return self.small

    def _sold(
        self,
        record: InferencePrice,
        inward: Price,
        outward: Price,
        cached_input: Price | None,
        cache_write: Price | None,
        batch_input: Price | None,
        batch_output: Price | None,
    ) -> ModelPrices:
        """Prices of a model that anyone can prompt."""
        if batch_input is None or batch_output is None:
            # Where no batch is sold, the reader's price of one side says nothing of the other.
            batch_input = batch_output = None
        else:
            batch_input, batch_output = _discounted(batch_input, inward), _discounted(batch_output, outward)
        minimum, minutes, assumed = record.cache_minimum_tokens, record.cache_minutes, self.given.assumed
        terms = self.given.caching_terms(record.key)
        batch_cached, batch_write = _cached_in_a_batch(
            batch_rule(record.key, self.given), inward, cached_input, cache_write, batch_input
        )
        return ModelPrices(
            inward,
            outward,
            cached_input,
            cache_write,
            batch_input,
            batch_output,
            assumed["cache_minimum_tokens"] if minimum is None else minimum,
            assumed["cache_minutes"] if minutes is None else minutes,
            batch_cached,
            batch_write,
            record.long_prompt_from,
            record.long_prompt_input_multiple or 1.0,
            record.long_prompt_output_multiple or 1.0,
            terms.storage_per_hour or 0.0 if terms else 0.0,
        )

    @figure
    def service(self) -> ServicePrices | None:
        """Prices of the service that tunes, or nothing where nobody's price is known."""
        service, prices = self.given.records.service, self.given.inputs.prices
        if service is None:
            return None
        sources = service.sources
        return ServicePrices(
            ModelPrices(
                decide_charge("tuned_input_price", prices.tuned_input_price, service.input, sources),
                decide_charge("tuned_output_price", prices.tuned_output_price, service.output, sources),
                _recorded(service.cached_input, sources),
                None,
                None,
                None,
                self.given.assumed["cache_minimum_tokens"],
                self.given.assumed["cache_minutes"],
            ),
            decide("training_price", prices.training_price, service.training_price, sources),
            decide_charge("hosting_price", prices.hosting_price, service.hosting_per_hour, sources),
            decide_charge("storage_price", prices.storage_price, service.storage_per_month, sources),
            decide_charge("job_minimum", prices.job_minimum, service.minimum_charge_per_job, sources),
        )

    @figure
    def embedding(self) -> Price:
        """Price of embedding. [USD per million tokens]"""
        record = self.given.records.embedding
        return decide_charge(
            "embedding_price", self.given.inputs.retrieval.embedding_price, record.price, record.sources
        )

    @figure
    def rerank(self) -> Price | None:
        """Price of reranking, in the unit that its seller bills; nothing without a reranker."""
        record, given = self.given.records.reranker, self.given.inputs.retrieval.rerank_price
        return None if record is None else decide_charge("rerank_price", given, record.price, record.sources)

    @figure
    def database(self) -> DatabasePrices:
        """Prices of the vector database."""
        given, record = self.given.inputs.retrieval, self.given.records.database
        return DatabasePrices(
            decide_charge("database_minimum", given.database_minimum, record.monthly_minimum, record.sources),
            decide_charge("storage_gb_price", given.storage_gb_price, record.storage, record.sources),
            decide_charge("reads_price", given.reads_price, record.reads, record.sources),
            decide_charge("writes_price", given.writes_price, record.writes, record.sources),
            record.writes_per_gb or 0.0,
        )

    @figure
    def gpu_rent(self) -> Price:
        """Rent of one GPU. [USD per hour]"""
        rent, given = self.given.records.gpu, self.given.inputs.serving.gpu_price
        return decide_charge("gpu_price", given, rent.price if rent else None, rent.sources if rent else ())

    @figure
    def speed(self) -> ServingFit | Speed | None:
        """How fast the model runs on own hardware, measured or estimated; nothing where it does not."""
        return self.given.records.speed(self.given.inputs.serving)

    @figure
    def gpu_bought(self) -> Price | None:
        """Price of one GPU with its share of the server; nothing where none is on record. [USD]"""
        return decide("gpu_bought", self.given.inputs.serving.gpu_bought, self.given.records.gpu_bought)

    @figure
    def gpus_per_replica(self) -> Price | None:
        """
        GPUs that hold one copy of the model on own hardware; nothing where it was not measured on them, or where
        memory decides. [1]
        """
        fit, serving = self.speed, self.given.inputs.serving
        recorded = float(fit.gpus_per_replica) if fit and serving.sized_by == "throughput" else None
        return decide("gpus_per_replica", serving.gpus_per_replica, recorded, fit.sources if fit else ())

    @figure
    def weight_bits(self) -> Price | None:
        """Bits of a weight on own hardware: as it was measured there, else 8, or as published if fewer. [bit]"""
        fit, given = self.speed, self.given.inputs.serving.weight_bits
        return decide("weight_bits", given, fit.weight_bits if fit else None, fit.sources if fit else ())

    @figure
    def cache_bits(self) -> Price:
        """Bits of a number in the key-value cache. [bit]"""
        return decide_charge("cache_bits", self.given.inputs.serving.cache_bits, self.given.assumed["cache_bits"])

    @figure
    def shared(self) -> bool:
        """Whether several tuned models share deployments as adapters; one alone is merged."""
        variants = self.given.inputs.variants
        return variants.tuned_models > 1 and variants.kept_as == "adapters"

    @figure
    def adapter_loss(self) -> Price | None:
        """Share of throughput lost to adapters; nothing where none share a deployment. [0–1]"""
        if not self.shared:
            return None
        [key] = (key for key, each in self.given.facts.adapters.items() if each.default)
        record = self.given.facts.adapters.known(key, self.given.inputs.job.as_of)
        return decide("adapter_loss", self.given.inputs.variants.adapter_loss, record.lost, record.sources)

    @figure
    def overhead_share(self) -> Price:
        """Overhead on GPU cost: where nobody says otherwise, the guide's assumption for bought hardware. [1]"""
        serving = self.given.inputs.serving
        recorded = self.given.assumed["overhead_share"] if serving.hardware == OWNED else 0.0
        return decide_charge("overhead_share", serving.overhead_share, recorded)

    def all(self) -> Iterable[Price]:
        """Every price that a reader may replace, those of a model in its first period."""
        for period in (self.prompted[0].prices, self.small[0].prices):
            yield from _of_model(period)
        service = self.service
        if service is not None:
            yield from _of_model(service.tokens)
            yield from (
                price for price in (service.training, service.hosting, service.storage, service.job_minimum) if price
            )
        database = self.database
        yield self.embedding
        if self.rerank is not None:
            yield self.rerank
        yield from (database.minimum, database.storage, database.reads, database.writes, self.gpu_rent)
        yield from (each for each in (self.gpu_bought, self.gpus_per_replica, self.weight_bits) if each is not None)
        yield self.cache_bits
        if self.adapter_loss is not None:
            yield self.adapter_loss
        yield self.overhead_share


@lru_cache(maxsize=_REMEMBERED)
def _processed(record: InferencePrice, place: Place) -> InferencePrice:
    """
    A model's price in a region or at a service tier.

    Where nothing is said of the cache, its prices move too. Where nothing is said of batches, they do in a region; of a
    service tier a batch is another one.
    """
    batched = place.with_batch or (place.with_batch is None and place.kind == "region")

    def times(price: float | None, *, holds: bool = True) -> float | None:
        return price * place.multiple if holds and price is not None else price

    return replace(
        record,
        input=record.input * place.multiple,
        output=record.output * place.multiple,
        cached_input=times(record.cached_input, holds=place.with_cache is not False),
        cache_write=times(record.cache_write, holds=place.with_cache is not False),
        batch_input=times(record.batch_input) if batched else None,
        batch_output=times(record.batch_output) if batched else None,
        sources=tuple(dict.fromkeys((*record.sources, *place.sources))),
    )


@lru_cache(maxsize=_REMEMBERED)
def _kept(record: InferencePrice, terms: CachingTerms | None) -> InferencePrice:
    """A model's price with its cache kept for the chosen lifetime."""
    if terms is None or terms.default:
        return record
    return replace(
        record,
        cached_input=record.input * terms.read_multiple,
        cache_write=record.input * terms.write_multiple,
        cache_minutes=terms.minutes or record.cache_minutes,
        cache_minimum_tokens=terms.minimum_tokens or record.cache_minimum_tokens,
        sources=tuple(dict.fromkeys((*record.sources, *terms.sources))),
    )


def _listed(record: InferencePrice) -> tuple[Price | None, Price | None, Price | None, Price | None]:
    """A record's prices of cached input, of writing the cache, and of input and output in a batch."""
    return (
        _recorded(record.cached_input, record.sources),
        _recorded(record.cache_write, record.sources),
        _recorded(record.batch_input, record.sources),
        _recorded(record.batch_output, record.sources),
    )


def _recorded(recorded: float | None, sources: tuple[str, ...]) -> Price | None:
    """A price that no input stands in for."""
    return decide("", None, recorded, sources)


def _discounted(batch: Price, plain: Price) -> Price:
    """The batch price, or the recorded discount on a plain price of the reader's own."""
    if batch.yours or not plain.yours:
        return batch
    share = batch.value / plain.recorded if plain.recorded else 1.0
    return batch._replace(value=plain.value * share, yours=True)


def batch_rule(model: str, given: Given) -> BatchRule | None:
    """What a seller says of caching in a batch, or nothing where that is not on record."""
    rules = given.facts.batch_rules
    return rules.known(model, given.inputs.job.as_of) if model in rules else None


def _cached_in_a_batch(
    rule: BatchRule | None, inward: Price, read: Price | None, write: Price | None, batch: Price | None
) -> tuple[Price | None, Price | None]:
    """Prices of reading and writing the cache in a batch; none where its requests are not cached, or not on record."""
    if rule is None or read is None or batch is None or rule.rule not in _CACHED_IN_A_BATCH:
        return None, None
    # Where the cached price wins, the batch takes nothing off it; writing that has no price of its own is input.
    share = 1.0
    if rule.rule == "both" or write is None:
        share = batch.value / inward.value if inward.value else 1.0
    reads = 1.0 if rule.rule == "cache_wins" else share
    return (
        _times(read, reads if rule.cached_multiple is None else rule.cached_multiple),
        _times(write or inward, share if rule.write_multiple is None else rule.write_multiple),
    )


_CACHED_IN_A_BATCH: Final = ("both", "cache_wins")


def _times(price: Price, multiple: float) -> Price:
    return price._replace(value=price.value * multiple)


def _of_model(prices: ModelPrices) -> Iterable[Price]:
    named = (
        prices.input,
        prices.cached_input,
        prices.cache_write,
        prices.output,
        prices.batch_input,
        prices.batch_output,
    )
    return (price for price in named if price is not None and price.input)
