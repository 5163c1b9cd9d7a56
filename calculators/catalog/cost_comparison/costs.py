"""
The cost of every row: the numbers behind the answer, as plain floats.

`costs` is the fast layer: the break-even solver and the dial run on it, a thousand times for one answer. `ledger`
takes the same rows apart into lines that say what each figure is made of, and must sum to it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from calculators import formulas
from calculators.calendar import months_between
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.flow import Flow, change_months, database_months, gpu_months, request_flow
from calculators.catalog.cost_comparison.groups import (
    FewShot,
    Job,
    ModelLife,
    People,
    Prices,
    Retrieval,
    Serving,
    Traffic,
    Tuning,
    Workload,
)
from calculators.catalog.cost_comparison.records import Records
from calculators.facts import InferencePrice, ServingFit, TuningService


class Inputs(NamedTuple):
    """The groups that cost anything, by name."""

    job: Job
    workload: Workload
    traffic: Traffic
    prices: Prices
    few_shot: FewShot
    retrieval: Retrieval
    tuning: Tuning
    serving: Serving
    people: People
    life: ModelLife


class Tokens(NamedTuple):
    """Tokens of one request. [token]"""

    fixed: float
    varying: float
    output: float


class TokenPrices(NamedTuple):
    """
    Prices of one model in one month. [USD per million tokens]

    What the model does not sell is nothing: then there is no cache, or no batch.
    """

    input: float
    output: float
    cached_input: float | None
    cache_write: float | None
    batch_input: float | None
    batch_output: float | None
    cache_minimum_tokens: float
    long_prompt_from: float | None
    long_prompt_input_multiple: float
    long_prompt_output_multiple: float

    @property
    def write(self) -> float:
        """Price of writing to the cache: that of input where writing has none of its own."""
        return self.input if self.cache_write is None else self.cache_write

    def multiples(self, input_tokens: float) -> tuple[float, float]:
        """By how much input and output of a request cost more for the length of its prompt."""
        if self.long_prompt_from is None or input_tokens <= self.long_prompt_from:
            return 1.0, 1.0
        return self.long_prompt_input_multiple, self.long_prompt_output_multiple


class Priced(NamedTuple):
    """
    A model's prices and the months in which they are in force.

    Attributes:
        first: First month, from 0.
        prices: The prices.
    """

    first: int
    prices: TokenPrices


class Rate(NamedTuple):
    """
    What one request costs at a price that holds for some months.

    Attributes:
        first: First month at this price, from 0.
        end: First month after it.
        missed: Cost of a request whose prompt is not in the cache. [USD per request]
        saved: What a request costs less whose prompt is. [USD per request]
    """

    first: int
    end: int
    missed: float
    saved: float


class DatabasePrices(NamedTuple):
    """
    Prices of a vector database.

    Attributes:
        minimum: Least that a month costs. [USD per month]
        storage: Price of space. [USD per GB and month]
        reads: Price of reads. [USD per million units]
        writes: Price of writes. [USD per million units]
    """

    minimum: float
    storage: float
    reads: float
    writes: float


class Running(NamedTuple):
    """
    What a row's requests cost over the months: tokens, or GPUs.

    Attributes:
        flow: Requests over the months.
        rates: What a request costs, period after period. Empty where GPUs are paid instead.
        gpus: Running sum of GPU-months. Empty where tokens are paid.
        gpu_month: Cost of one GPU for a month. [USD per GPU-month]
        database: Running sum of the vector database's bills. Empty where nothing is looked up. [USD]
        per_request: What a request costs beside the model's tokens. [USD per request]
        per_month: What a month costs beside that. [USD per month]
    """

    flow: Flow
    rates: tuple[Rate, ...]
    gpus: tuple[float, ...]
    gpu_month: float
    database: tuple[float, ...]
    per_request: float
    per_month: float

    def until(self, month: int) -> float:
        """Cost of the first months. [USD]"""
        flow = self.flow
        total = self.per_month * month
        if self.per_request:
            total += self.per_request * sum(flow.volumes[:month])
        for first, end, missed, saved in self.rates:
            if first >= month:
                break
            last = min(end, month)
            total += missed * (flow.paid[last] - flow.paid[first]) - saved * (flow.hits[last] - flow.hits[first])
        if self.gpus:
            total += self.gpus[month] * self.gpu_month
        if self.database:
            total += self.database[month]
        return total

    def requests_until(self, month: int) -> float:
        """Cost of the first months' requests alone: tokens, or the GPUs that carry them. [USD]"""
        return self._replace(database=(), per_month=0.0).until(month)

    def marginal(self) -> float:
        """Cost of one more request in the first month, at the cache's share of that month. [USD per request]"""
        if not self.rates:
            return self.per_request
        rate = self.rates[0]
        weighted = self.flow.paid[1]
        share = self.flow.hits[1] / weighted if weighted else 0.0
        return rate.missed - rate.saved * share + self.per_request


class Cost(NamedTuple):
    """
    What one row costs. People and bills stay apart to the end.

    Attributes:
        setup_people: Time until it is live. [USD]
        setup_data: Training data. [USD]
        setup_compute: Training runs, or indexing the corpus. [USD]
        waiting: What the months until it is live cost, where the reader gives a cost of delay. [USD]
        monthly_people: Time in a month. [USD per month]
        running: What requests and months cost beside people.
        change_people: Time at a change of base model. [USD]
        change_data: Data at a change of base model. [USD]
        change_compute: Training at a change of base model. [USD]
        changes: Months after which the base model is changed.
        months: Horizon. [month]
    """

    setup_people: float
    setup_data: float
    setup_compute: float
    waiting: float
    monthly_people: float
    running: Running
    change_people: float
    change_data: float
    change_compute: float
    changes: tuple[int, ...]
    months: int

    def changed(self, month: int) -> int:
        """How often the base model was changed up to a month."""
        return bisect_right(self.changes, month)

    def people(self, month: int) -> float:
        """Time of people up to a month. [USD]"""
        return self.setup_people + self.monthly_people * month + self.change_people * self.changed(month)

    def data(self, month: int) -> float:
        """Training data up to a month. [USD]"""
        return self.setup_data + self.change_data * self.changed(month)

    def training(self, month: int) -> float:
        """Training and indexing up to a month. [USD]"""
        return self.setup_compute + self.change_compute * self.changed(month)

    def serving(self, month: int) -> float:
        """Requests, hosting and everything else that runs, up to a month. [USD]"""
        return self.waiting + self.running.until(month)

    def bills(self, month: int) -> float:
        """Everything but people, up to a month. [USD]"""
        return self.data(month) + self.training(month) + self.serving(month)

    def until(self, month: int) -> float:
        """Everything up to a month. [USD]"""
        # Written out, not summed from the parts above: the solver calls this thousands of times for one answer.
        once = self.setup_people + self.setup_data + self.setup_compute + self.waiting
        change = self.change_people + self.change_data + self.change_compute
        return once + self.monthly_people * month + change * self.changed(month) + self.running.until(month)


ROW_KEYS: Final = tuple(row.key for row in ROWS)
"""Every row's key, in the order of the rows."""


SETUP_HOURS: Final = {key: f"setup_{key}" for key in ROW_KEYS} | {"small": "setup_prompt"}
"""The input that holds each row's hours to set up."""
MONTHLY_HOURS: Final = {key: f"monthly_{key}" for key in ROW_KEYS} | {"small": "monthly_prompt", "open": "monthly_own"}
"""The input that holds each row's hours a month."""
CHANGE_HOURS: Final = {key: f"change_{key}" for key in ROW_KEYS} | {"small": "change_prompt", "open": "change_prompt"}
"""The input that holds each row's hours at a change of base model."""

_EVERY_ROW: Final = frozenset({"job", "workload", "traffic", "prices", "people", "life"})
_GROUPS: Final = {
    "prompt": _EVERY_ROW,
    "few_shot": _EVERY_ROW | {"few_shot"},
    "rag": _EVERY_ROW | {"retrieval"},
    "api": _EVERY_ROW | {"tuning", "serving"},
    "own": _EVERY_ROW | {"tuning", "serving"},
    "small": _EVERY_ROW,
    "open": _EVERY_ROW | {"serving"},
}


PROMPTED_PRICES: Final = (
    *("input_price", "cached_price", "cache_write_price", "output_price"),
    *("batch_input_price", "batch_output_price"),
)
"""Inputs that stand in for prices of the prompted model."""
TUNED_PRICES: Final = (
    *("tuned_input_price", "tuned_output_price", "training_price", "hosting_price"),
    *("storage_price", "job_minimum"),
)
"""Inputs that stand in for prices of the tuning service."""
SMALL_PRICES: Final = ("small_input_price", "small_output_price")
"""Inputs that stand in for prices of the small model without tuning."""

_ONLY: Final = {
    **dict.fromkeys(TUNED_PRICES, ("api",)),
    **dict.fromkeys(SMALL_PRICES, ("small",)),
    **dict.fromkeys(("gpus_per_replica", "replicas", "gpu_price", "overhead_share"), ("own", "open")),
    **dict.fromkeys(("gpu_bought", "hardware_life", "training_gpus"), ("own", "open")),
}
KEEPS_RUNNING: Final = frozenset(
    {
        "example_price",
        "labellers",
        "automatic_share",
        "examples",
        "tokens_per_example",
        "epochs",
        "runs",
        "validation_tokens",
        "refresh_share",
        "job_minimum",
        "model_life",
        "discount_rate",
    }
)
"""Inputs that move no request and no month: data, training, and when a base model is changed."""


def rests_on(key: str, group: str, name: str, inputs: Inputs) -> bool:
    """Whether a row's cost may move when one input of a group does."""
    if name in _ONLY:
        return key in _ONLY[name]
    return group in _GROUPS[key] or (group == "retrieval" and inputs.job.must_change == "documents")


def with_other_people(found: Iterable[tuple[str, Cost]], inputs: Inputs, records: Records) -> tuple[Cost, ...]:
    """Return rows' costs with the hours and the rate of other inputs, everything else as it was."""
    rows = Rows(inputs, records)
    return tuple(
        cost._replace(
            setup_people=rows.setup_people(key),
            monthly_people=rows.monthly_people(key),
            change_people=rows.change_people(key),
        )
        for key, cost in found
    )


def costs(
    inputs: Inputs,
    records: Records,
    keys: Iterable[str] = ROW_KEYS,
    kept: Mapping[str, Running] = MappingProxyType({}),
) -> tuple[Cost, ...]:
    """
    Compute what rows cost.

    Args:
        inputs: The groups that cost anything.
        records: The records that they name.
        keys: The rows wanted.
        kept: What requests and months cost, by row, where that is known already.

    Returns:
        A cost for each of the rows wanted, in their order.
    """
    rows = Rows(inputs, records, kept)
    return tuple(rows.cost_of(key) for key in keys)


def totals(
    inputs: Inputs,
    records: Records,
    keys: Iterable[str] = ROW_KEYS,
    kept: Mapping[str, Running] = MappingProxyType({}),
) -> tuple[float, ...]:
    """
    Total of rows over the horizon, bills and people, as floats.

    Args:
        inputs: The groups that cost anything.
        records: The records that they name.
        keys: The rows wanted.
        kept: What requests and months cost, by row, where that is known already.

    Returns:
        A total for each of the rows wanted, in their order. [USD]
    """
    months = inputs.job.horizon_months
    return tuple(cost.until(months) for cost in costs(inputs, records, keys, kept))


class Rows:
    """One evaluation of the model: the terms that rows share are computed once."""

    def __init__(self, inputs: Inputs, records: Records, kept: Mapping[str, Running] = MappingProxyType({})) -> None:
        self.kept = kept
        self.inputs = inputs
        self.records = records
        self.documents = inputs.job.must_change == "documents"
        self.months = inputs.job.horizon_months
        self.rate = inputs.people.hourly_rate
        self.assumed = records.assumed

    def cost_of(self, key: str) -> Cost:
        """What one row costs."""
        if key in ("api", "own"):
            return self.cost_of_tuned(key)
        if key in ("small", "open"):
            return self.cost_of_reference(key)
        changes = self.changes(self.records.prompted[0].record.retires)
        if key == "rag":
            running = self.kept.get(key) or self.with_retrieval(self.prompted_running(self.tokens_of(key)))
            return self.cost(key, running, changes, self.index_cost)
        if key == "few_shot":
            return self.cost(key, self.kept.get(key) or self.prompted_running(self.tokens_of(key)), changes)
        return self.cost(key, self.kept.get(key) or self.prompt_running, changes)

    def cost_of_tuned(self, key: str) -> Cost:
        """What a row with tuning costs."""
        tokens = self.tokens_of(key)
        if key == "api":
            changes = self.changes(self.records.base.retires, self.stops)
            return self.tuned_cost(key, self.kept.get(key) or self.api_running(tokens), changes, self.api_training())
        return self.tuned_cost(key, self.kept.get(key) or self.own_running(tokens), self.changes(), self.own_training())

    def cost_of_reference(self, key: str) -> Cost:
        """What the tuned model costs if it is only prompted: by the token, or on own GPUs."""
        tokens = self.tokens_of(key)
        index = self.index_cost if self.documents else 0.0
        if key == "open":
            return self.cost(key, self.own_running(tokens), self.changes(), index)
        running = self.small_running(tokens)
        if self.documents:
            running = self.with_retrieval(running)
        return self.cost(
            key, running, self.changes(self.records.base.retires, self.records.small[0].record.retires), index
        )

    @property
    def stops(self) -> date | None:
        """Day on which what was tuned at the service stops answering."""
        return self.records.life.stops if self.records.life else None

    # What a request holds.

    def tokens_of(self, key: str) -> Tokens:
        """What one request of a row holds."""
        if key in ("api", "own"):
            return self.request_tokens(fixed=self.inputs.tuning.tuned_prompt, chunks=self.documents)
        if key == "prompt":
            return self.request_tokens(pasted=self.documents)
        if key == "few_shot":
            return self.request_tokens(shots=True)
        return self.request_tokens(chunks=key == "rag" or self.documents)

    def request_tokens(
        self, *, fixed: float | None = None, shots: bool = False, chunks: bool = False, pasted: bool = False
    ) -> Tokens:
        workload, few_shot, retrieval = self.inputs.workload, self.inputs.few_shot, self.inputs.retrieval
        same = workload.fixed_tokens if fixed is None else fixed
        if shots:
            same += few_shot.shots * few_shot.tokens_per_shot
        if pasted:
            same += retrieval.corpus_tokens
        varying = workload.varying_tokens
        if chunks:
            varying += retrieval.retrieved_chunks * retrieval.chunk_tokens
        return Tokens(same, varying, workload.output_tokens + workload.reasoning_tokens)

    # Prices.

    @cached_property
    def prompted_prices(self) -> tuple[Priced, ...]:
        prices = self.inputs.prices
        return tuple(
            Priced(
                first,
                model_prices(
                    record,
                    self.assumed,
                    input_price=prices.input_price,
                    output_price=prices.output_price,
                    cached_price=prices.cached_price,
                    cache_write_price=prices.cache_write_price,
                    batch_input_price=prices.batch_input_price,
                    batch_output_price=prices.batch_output_price,
                ),
            )
            for first, record in self.records.prompted
        )

    def prompted_running(self, tokens: Tokens) -> Running:
        """What requests to the prompted model cost."""
        return self.token_running(
            tokens, self.prompted_prices, cache_minutes(self.records.prompted[0].record, self.assumed)
        )

    def small_running(self, tokens: Tokens) -> Running:
        """What requests to the small model cost, at its price without tuning."""
        return self.token_running(tokens, self.small_prices, cache_minutes(self.records.small[0].record, self.assumed))

    @cached_property
    def small_prices(self) -> tuple[Priced, ...]:
        prices = self.inputs.prices
        return tuple(
            Priced(
                first,
                model_prices(
                    record,
                    self.assumed,
                    input_price=prices.small_input_price,
                    output_price=prices.small_output_price,
                ),
            )
            for first, record in self.records.small
        )

    # Requests.

    def flow(self, minutes_to_live: float, *, batched: bool = False) -> Flow:
        workload, traffic, prices = self.inputs.workload, self.inputs.traffic, self.inputs.prices
        return request_flow(
            workload.requests_per_month,
            traffic.monthly_growth,
            traffic.price_change,
            1 - traffic.batch_share if batched else 1.0,
            prices.cache_hit_share,
            minutes_to_live,
            self.months,
        )

    def token_running(
        self, tokens: Tokens, prices: tuple[Priced, ...], minutes_to_live: float, per_month: float = 0.0
    ) -> Running:
        batch_share = self.inputs.traffic.batch_share
        ends = [*(later.first for later in prices[1:]), self.months]
        rates = tuple(
            Rate(first, min(end, self.months), *request_rate(tokens, price, self.inputs.prices, batch_share))
            for (first, price), end in zip(prices, ends, strict=True)
            if first < self.months
        )
        flow = self.flow(minutes_to_live, batched=prices[0].prices.batch_input is not None)
        return Running(flow, rates, (), 0.0, (), 0.0, per_month)

    def gpu_running(
        self,
        tokens: Tokens,
        fit: ServingFit | None,
        gpu_month: float,
        replicas: int,
        gpus_per_replica: int | None = None,
        per_month: float = 0.0,
    ) -> Running:
        """What GPUs cost that carry every month's requests; nothing where the model was not measured on them."""
        workload, traffic, serving = self.inputs.workload, self.inputs.traffic, self.inputs.serving
        if fit is None:
            return Running(self.flow(0.0), (), (), 0.0, (), 0.0, per_month)
        gpus = gpu_months(
            workload.requests_per_month,
            traffic.monthly_growth,
            self.months,
            gpu_seconds(tokens, fit) / (1 - self.inputs.prices.retried_share),
            traffic.peak_to_mean,
            serving.usable_share if fit.saturation else 1.0,
            replicas,
            gpus_per_replica or int(fit.gpus_per_replica),
            serving.hours_per_month,
        )
        return Running(self.flow(0.0), (), gpus, gpu_month, (), 0.0, per_month)

    def api_running(self, tokens: Tokens) -> Running:
        service, prices = self.records.service, self.inputs.prices
        if service is None:
            idle = Running(self.flow(0.0), (), (), 0.0, (), 0.0, 0.0)
            return self.with_retrieval(idle) if self.documents else idle
        hour = (service.hosting_per_hour or 0.0) if prices.hosting_price is None else prices.hosting_price
        hosting = formulas.hosting_cost(price_per_hour=hour, hours_per_month=self.inputs.serving.hours_per_month)
        storage = (service.storage_per_month or 0.0) if prices.storage_price is None else prices.storage_price
        if service.hosting_is_per_gpu:
            gpus = self.records.base.gpus_needed
            running = self.gpu_running(
                tokens, self.records.hosted_fit, hosting, 1, int(gpus) if gpus else None, storage
            )
        else:
            tuned = (Priced(0, tuned_prices(service, prices, self.assumed)),)
            running = self.token_running(tokens, tuned, self.assumed["cache_minutes"], hosting + storage)
        return self.with_retrieval(running) if self.documents else running

    def own_running(self, tokens: Tokens) -> Running:
        serving = self.inputs.serving
        running = self.gpu_running(tokens, self.records.fit, self.gpu_month, serving.replicas, serving.gpus_per_replica)
        return self.with_retrieval(running) if self.documents else running

    def gpu_hour(self) -> float:
        """Rent of one GPU for an hour, or an hour's part of one that was bought. [USD per hour]"""
        if self.inputs.serving.owned:
            return self.gpu_month / self.inputs.serving.hours_per_month
        if self.inputs.serving.gpu_price is not None:
            return self.inputs.serving.gpu_price
        return self.records.gpu.price if self.records.gpu else 0.0

    @cached_property
    def gpu_month(self) -> float:
        """Cost of one GPU for a month, overhead included. [USD per GPU-month]"""
        serving = self.inputs.serving
        if serving.owned:
            month = formulas.owned_hardware_cost_per_month(
                purchase_price=serving.gpu_bought, life_months=serving.hardware_life
            )
        else:
            month = formulas.gpu_cost(gpus=1, hours=serving.hours_per_month, price_per_hour=self.gpu_hour())
        return month * (1 + self.overhead_share())

    def overhead_share(self) -> float:
        """Overhead on GPU cost: the reader's; else, for bought hardware, the guide's assumption. [1]"""
        serving = self.inputs.serving
        if serving.overhead_share is not None:
            return serving.overhead_share
        return self.assumed["overhead_share"] if serving.owned else 0.0

    # Retrieval.

    def with_retrieval(self, running: Running) -> Running:
        # Built anew, as below: `_replace` takes three times as long, and the solver comes by thousands of times.
        return Running(
            running.flow,
            running.rates,
            running.gpus,
            running.gpu_month,
            self.database_months,
            running.per_request + self.search_cost,
            running.per_month + self.upkeep_month,
        )

    @cached_property
    def chunks(self) -> float:
        """Chunks of the whole corpus. [1]"""
        retrieval = self.inputs.retrieval
        return formulas.chunk_count(
            corpus_tokens=retrieval.corpus_tokens,
            chunk_tokens=retrieval.chunk_tokens,
            overlap_tokens=retrieval.overlap_tokens,
        )

    @cached_property
    def index_cost(self) -> float:
        """Cost of indexing the whole corpus once. [USD]"""
        return self.embedding_cost() + self.indexing_pass_cost() + self.write_cost()

    @property
    def embedding_price(self) -> float:
        """The reader's price of embedding, or the record's. [USD per million tokens]"""
        given = self.inputs.retrieval.embedding_price
        return self.records.embedding.price if given is None else given

    @cached_property
    def database_prices(self) -> DatabasePrices:
        """The reader's prices of the vector database, or the record's."""
        given, record = self.inputs.retrieval, self.records.database
        return DatabasePrices(
            minimum=record.monthly_minimum if given.database_minimum is None else given.database_minimum,
            storage=(record.storage or 0.0) if given.storage_gb_price is None else given.storage_gb_price,
            reads=(record.reads or 0.0) if given.reads_price is None else given.reads_price,
            writes=(record.writes or 0.0) if given.writes_price is None else given.writes_price,
        )

    def embedding_cost(self) -> float:
        """Cost of embedding the whole corpus once. [USD]"""
        retrieval = self.inputs.retrieval
        return formulas.token_cost(
            tokens=formulas.embedding_tokens(
                corpus_tokens=retrieval.corpus_tokens,
                chunk_tokens=retrieval.chunk_tokens,
                overlap_tokens=retrieval.overlap_tokens,
            ),
            price=self.embedding_price,
        )

    def indexing_pass_cost(self) -> float:
        """Cost of a model reading every chunk once, if one does. [USD]"""
        retrieval = self.inputs.retrieval
        if not retrieval.indexing_pass:
            return 0.0
        prices = self.prompted_prices[0].prices
        return formulas.workload_cost(
            requests=self.chunks,
            input_tokens=retrieval.chunk_tokens,
            output_tokens=self.assumed["indexing_pass_tokens"],
            input_price=prices.input,
            output_price=prices.output,
        )

    def write_cost(self) -> float:
        """Cost of writing every chunk to the vector database once. [USD]"""
        database = self.records.database
        return formulas.vector_database_cost(
            writes=self.chunks * self.assumed["write_units_per_chunk"],
            write_price=self.database_prices.writes,
            other_cost=self.stored_bytes / self.assumed["bytes_per_gb"] * (database.writes_per_gb or 0.0),
        )

    @cached_property
    def stored_bytes(self) -> float:
        """Space that the index takes up. [byte]"""
        return self.chunks * self.assumed["bytes_per_chunk"]

    @cached_property
    def search_cost(self) -> float:
        """Cost of finding the chunks for one request, the database apart. [USD per request]"""
        return self.query_cost() + self.rewriting_cost() + self.rerank_cost()

    def query_cost(self) -> float:
        """Cost of embedding one query. [USD per request]"""
        return formulas.token_cost(tokens=self.inputs.workload.varying_tokens, price=self.embedding_price)

    def rewriting_cost(self) -> float:
        """Cost of rewriting one query, if it is. [USD per request]"""
        if not self.inputs.retrieval.rewriting:
            return 0.0
        prices = self.prompted_prices[0].prices
        return formulas.request_cost(
            input_tokens=self.inputs.workload.varying_tokens,
            output_tokens=self.assumed["query_tokens"],
            input_price=prices.input,
            output_price=prices.output,
        )

    def rerank_cost(self) -> float:
        """Cost of putting the chunks found in order, if they are. [USD per request]"""
        reranker, candidates = self.records.reranker, int(self.assumed["reranked_chunks"])
        if reranker is None:
            return 0.0
        tokens = formulas.rerank_tokens(
            chunks_per_query=candidates,
            chunk_tokens=self.inputs.retrieval.chunk_tokens,
            query_tokens=self.inputs.workload.varying_tokens,
        )
        given = self.inputs.retrieval.rerank_price
        price = reranker.price if given is None else given
        if reranker.price_per_million_tokens is not None:
            return formulas.token_cost(tokens=tokens, price=price)
        return formulas.rerank_cost(queries=1, price=price)

    @cached_property
    def upkeep_month(self) -> float:
        """Cost of keeping the index true for a month: changed documents and other meters. [USD per month]"""
        retrieval = self.inputs.retrieval
        return self.index_cost * retrieval.changed_share + retrieval.other_units * retrieval.other_price

    @cached_property
    def database_months(self) -> tuple[float, ...]:
        """Running sum of the vector database's bills, at least its minimum each month. [USD]"""
        workload, database = self.inputs.workload, self.database_prices
        return database_months(
            workload.requests_per_month,
            self.inputs.traffic.monthly_growth,
            self.months,
            self.stored_bytes,
            database.storage,
            self.assumed["read_units_per_query"],
            database.reads,
            database.minimum,
        )

    # Data and training.

    @cached_property
    def labels(self) -> float:
        """Cost of the training data. [USD]"""
        tuning = self.inputs.tuning
        return formulas.labelling_cost(
            examples=tuning.examples,
            people_per_example=tuning.labellers,
            price_per_label=tuning.example_price,
            automatic_share=tuning.automatic_share,
        )

    def training_tokens(self, *, validation_billed: bool) -> float:
        """Tokens of all runs. [token]"""
        tuning = self.inputs.tuning
        return formulas.training_tokens(
            examples=tuning.examples,
            tokens_per_example=tuning.tokens_per_example,
            epochs=tuning.epochs,
            runs=tuning.runs,
            validation_tokens=tuning.validation_tokens if validation_billed else 0,
        )

    def api_training(self) -> float:
        """Cost of the training runs at the service. [USD]"""
        service, prices = self.records.service, self.inputs.prices
        if service is None:
            return 0.0
        return formulas.token_training_cost(
            tokens=self.training_tokens(validation_billed=service.validation_billed),
            price=training_price(service, prices),
            minimum_charge=(service.minimum_charge_per_job or 0.0)
            if prices.job_minimum is None
            else prices.job_minimum,
            jobs=self.inputs.tuning.runs,
        )

    def training_hours(self) -> float:
        """GPU-hours of the training runs on own GPUs. [hour]"""
        base, card = self.records.base, self.records.card
        parameters = base.active_parameters or base.parameters
        if parameters is None:
            return 0.0
        hours = formulas.gpu_hours_from_flops(
            parameters=parameters,
            tokens=self.training_tokens(validation_billed=True),
            flops_per_parameter_token=self.assumed["lora_operations"],
            peak_flops=card.peak_flops,
            mfu=self.assumed["training_mfu"],
        )
        return hours * (1 + self.assumed["training_overhead"])

    def own_training(self) -> float:
        """Cost of the training runs on rented GPUs. [USD]"""
        return formulas.gpu_cost(gpus=1, hours=self.training_hours(), price_per_hour=self.gpu_hour())

    # Rows.

    def setup_people(self, key: str) -> float:
        """Time until a row is live, the eval set included. [USD]"""
        people = self.inputs.people
        hours: float = getattr(people, SETUP_HOURS[key])
        return (hours + self.lookup_hours(key, setup=True) + people.eval_hours) * self.rate

    def monthly_people(self, key: str) -> float:
        """Time in a month. [USD per month]"""
        hours: float = getattr(self.inputs.people, MONTHLY_HOURS[key])
        return (hours + self.lookup_hours(key, setup=False)) * self.rate

    def change_people(self, key: str) -> float:
        """Time at a change of base model. [USD]"""
        hours: float = getattr(self.inputs.people, CHANGE_HOURS[key])
        return hours * self.rate

    def lookup_hours(self, key: str, *, setup: bool) -> float:
        """Hours that retrieval adds to a row that needs it beside something else: what RAG takes beyond prompting.

        Prompting's part is the guide's assumption, not the reader's: more hours for one row never make another cheaper.
        """
        if not self.documents or key in ("prompt", "few_shot", "rag"):
            return 0.0
        people = self.inputs.people
        if setup:
            return max(0.0, people.setup_rag - self.assumed["setup_prompt"])
        return max(0.0, people.monthly_rag - self.assumed["monthly_prompt"])

    def changes(self, *retirements: date | None) -> tuple[int, ...]:
        """Months after which the base model is changed."""
        job = self.inputs.job
        forced = tuple(months_between(job.as_of, day) for day in retirements if day is not None and day > job.as_of)
        return change_months(self.inputs.life.model_life, forced, self.months)

    @cached_property
    def prompt_running(self) -> Running:
        """What requests to the prompted model cost in the row that is only prompted."""
        return self.prompted_running(self.tokens_of("prompt"))

    def waiting(self, key: str) -> float:
        """What the months until a row is live cost: the delay, and requests at the prompted model's cost. [USD]"""
        delay = self.inputs.life.delay_cost
        if not delay:
            return 0.0
        return (delay + self.prompt_running.until(1)) * self.assumed[f"months_to_production_{key}"]

    def cost(
        self,
        key: str,
        running: Running,
        changes: tuple[int, ...],
        compute: float = 0.0,
        data: float = 0.0,
        change_data: float = 0.0,
        change_compute: float = 0.0,
    ) -> Cost:
        return Cost(
            self.setup_people(key),
            data,
            compute,
            self.waiting(key),
            self.monthly_people(key),
            running,
            self.change_people(key),
            change_data,
            change_compute,
            changes,
            self.months,
        )

    def tuned_cost(self, key: str, running: Running, changes: tuple[int, ...], training: float) -> Cost:
        labels = self.labels
        index = self.index_cost if self.documents else 0.0
        refreshed = labels * self.inputs.tuning.refresh_share
        return self.cost(key, running, changes, training + index, labels, refreshed, training)


def gpu_seconds(tokens: Tokens, fit: ServingFit) -> float:
    """Work of one request on a GPU. [GPU-second]"""
    return formulas.gpu_seconds_per_request(
        input_tokens=tokens.fixed + tokens.varying,
        output_tokens=tokens.output,
        prefill_seconds=fit.prefill_seconds,
        decode_seconds=fit.decode_seconds,
        attention_seconds=fit.attention_seconds,
    )


def model_prices(
    record: InferencePrice,
    assumed: Mapping[str, float],
    *,
    input_price: float | None = None,
    output_price: float | None = None,
    cached_price: float | None = None,
    cache_write_price: float | None = None,
    batch_input_price: float | None = None,
    batch_output_price: float | None = None,
) -> TokenPrices:
    """Take a record's prices, or the reader's in their place; a batch keeps its discount unless its price is given."""
    batch_input = (
        batch_input_price
        if batch_input_price is not None
        else _discounted(record.batch_input, record.input, input_price)
    )
    batch_output = (
        batch_output_price
        if batch_output_price is not None
        else _discounted(record.batch_output, record.output, output_price)
    )
    if batch_input is None or batch_output is None:
        # Where no batch is sold, the reader's price of one side says nothing of the other.
        batch_input = batch_output = None
    return TokenPrices(
        input=record.input if input_price is None else input_price,
        output=record.output if output_price is None else output_price,
        cached_input=record.cached_input if cached_price is None else cached_price,
        cache_write=record.cache_write if cache_write_price is None else cache_write_price,
        batch_input=batch_input,
        batch_output=batch_output,
        cache_minimum_tokens=(
            assumed["cache_minimum_tokens"] if record.cache_minimum_tokens is None else record.cache_minimum_tokens
        ),
        long_prompt_from=record.long_prompt_from,
        long_prompt_input_multiple=record.long_prompt_input_multiple or 1.0,
        long_prompt_output_multiple=record.long_prompt_output_multiple or 1.0,
    )


def _discounted(batch: float | None, listed: float, given: float | None) -> float | None:
    """The batch price: as listed, or the same discount on the reader's own price."""
    if batch is None or given is None:
        return batch
    return given * (batch / listed) if listed else given


def training_price(service: TuningService, prices: Prices) -> float:
    """
    What a service trains for, or the reader's price in its place. [USD per million tokens]

    Raises:
        ValueError: If the service does not sell training by the token.
    """
    if prices.training_price is not None:
        return prices.training_price
    if service.training_price is None:
        raise ValueError(f"{service.key} has no price of training by the token")
    return service.training_price


def tuned_prices(service: TuningService, prices: Prices, assumed: Mapping[str, float]) -> TokenPrices:
    """Take a tuned model's prices at its service, or the reader's in their place."""
    return TokenPrices(
        input=(service.input or 0.0) if prices.tuned_input_price is None else prices.tuned_input_price,
        output=(service.output or 0.0) if prices.tuned_output_price is None else prices.tuned_output_price,
        cached_input=service.cached_input,
        cache_write=None,
        batch_input=None,
        batch_output=None,
        cache_minimum_tokens=assumed["cache_minimum_tokens"],
        long_prompt_from=None,
        long_prompt_input_multiple=1.0,
        long_prompt_output_multiple=1.0,
    )


def cache_minutes(record: InferencePrice, assumed: Mapping[str, float]) -> float:
    """How long a model's cache keeps an unused prompt. [minute]"""
    return assumed["cache_minutes"] if record.cache_minutes is None else record.cache_minutes


def is_cached(tokens: Tokens, price: TokenPrices, prices: Prices) -> bool:
    """Whether the fixed part of a request is kept in a cache: switched on, sold, and long enough."""
    return prices.caching and price.cached_input is not None and tokens.fixed >= price.cache_minimum_tokens


def request_rate(tokens: Tokens, price: TokenPrices, prices: Prices, batch_share: float) -> tuple[float, float]:
    """
    Cost of one request: with its prompt not in the cache, and what it costs less if it is.

    A batched request pays the batch price and gets no cache discount; where no batch price is sold, none is batched.
    A failed call is billed and tried again until one works.

    Args:
        tokens: What the request holds.
        price: The model's prices.
        prices: Caching and retries.
        batch_share: Share of requests that can wait. [0–1]

    Returns:
        Cost without the cache, and the saving with it. [USD per request]
    """
    whole = tokens.fixed + tokens.varying
    scale_input, scale_output = price.multiples(whole)
    input_price = price.input * scale_input
    output_price = price.output * scale_output
    saved = 0.0
    if is_cached(tokens, price, prices) and price.cached_input is not None:
        missed = formulas.request_cost(
            input_tokens=tokens.varying,
            output_tokens=tokens.output,
            input_price=input_price,
            output_price=output_price,
            cache_write_tokens=tokens.fixed,
            cache_write_price=price.write * scale_input,
        )
        saved = missed - formulas.request_cost(
            input_tokens=tokens.varying,
            output_tokens=tokens.output,
            input_price=input_price,
            output_price=output_price,
            cached_input_tokens=tokens.fixed,
            cached_input_price=price.cached_input * scale_input,
        )
    else:
        missed = formulas.request_cost(
            input_tokens=whole, output_tokens=tokens.output, input_price=input_price, output_price=output_price
        )
    if batch_share and price.batch_input is not None and price.batch_output is not None:
        batched = formulas.request_cost(
            input_tokens=whole,
            output_tokens=tokens.output,
            input_price=price.batch_input * scale_input,
            output_price=price.batch_output * scale_output,
        )
        missed += (batched - missed) * batch_share
        saved *= 1 - batch_share
    tries = 1 - prices.retried_share
    return missed / tries, saved / tries
