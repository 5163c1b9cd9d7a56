"""
Requests paid by the token: what one holds, the ways to send it and what each costs,
and what all of them come to.
"""

from collections.abc import Iterable
from enum import Enum, auto
from math import ceil, floor
from typing import NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, Runs, baseline
from calculators.catalog.cost_comparison.cost.counting import Counting
from calculators.catalog.cost_comparison.cost.flow import Flow, request_flow
from calculators.catalog.cost_comparison.cost.shape import Rate, Running
from calculators.catalog.cost_comparison.effective import Effective, ModelPrices, Price, Priced, decide, decide_charge
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import Prices
from calculators.catalog.cost_comparison.sheet import Sheet, figure
from calculators.formulas.units import HOURS_PER_MONTH, MINUTES_PER_MONTH


class RequestTokens(NamedTuple):
    """
    What one request holds: a call, or several that send again what those before them added.

    Attributes:
        fixed: Input that is the same every time: only this is cached from one request to the next. [token]
        varying: Input that differs. [token]
        output: Output of a call, hidden reasoning included. [token]
        calls: Calls. [1]
        added: Input that each later call holds beside that of the one before. [token]
    """

    fixed: float
    varying: float
    output: float
    calls: int = 1
    added: float = 0.0

    @property
    def input(self) -> float:
        """Input of the first call. [token]"""
        return self.fixed + self.varying

    @property
    def longest(self) -> float:
        """Input of the last call, which is the longest. [token]"""
        return self.input + self.added * (self.calls - 1)

    @property
    def mean(self) -> float:
        """Input of a call, on average. [token]"""
        return self.input + self.added * (self.calls - 1) / 2


class Padding(Enum):
    """Which prompts that are too short to be cached may be made longer, where that costs less."""

    NONE = auto()
    LATER_CALLS = auto()
    """Those whose later calls then read what the first has written; none that is kept for later requests."""
    ALL = auto()


class Tokens(Sheet):
    """What requests hold and cost, where they are paid by the token."""

    def __init__(self, given: Given, effective: Effective, counting: Counting) -> None:
        super().__init__(given.notes)
        self.given = given
        self.effective = effective
        self.counting = counting

    def held_by(self, approach: Approach) -> RequestTokens:
        """What one request of a row holds."""
        inputs, documents = self.given.inputs, self.given.documents
        workload, retrieval = inputs.workload, inputs.retrieval
        fixed = self.tuned_prompt if approach.tuned else workload.fixed_tokens
        if approach.shots:
            fixed += inputs.few_shot.shots * inputs.few_shot.tokens_per_shot
        if approach.pastes(documents=documents):
            fixed += retrieval.corpus_tokens
        varying = workload.varying_tokens
        if approach.looks_up(documents=documents):
            varying += formulas.retrieved_tokens(
                retrieved_chunks=retrieval.retrieved_chunks, chunk_tokens=retrieval.chunk_tokens
            )
        counting, runs, calls = self.counting, approach.runs, inputs.calls.calls_per_task
        output = workload.output_tokens
        added = inputs.calls.added_tokens if calls > 1 else 0.0
        times = counting.multiple(runs)
        if times != 1:
            fixed, varying, output, added = fixed * times, varying * times, output * times, added * times
        return RequestTokens(
            fixed,
            varying + counting.images(runs),
            output + counting.reasoning(runs),
            calls,
            added,
        )

    @figure
    def instructions(self) -> Price:
        """How much of the fixed prompt is instructions: the reader's, else the first of it, as assumed. [token]"""
        inputs = self.given.inputs
        taken = min(self.given.assumed["instruction_tokens"], inputs.workload.fixed_tokens)
        return decide_charge("instruction_tokens", inputs.tuning.instruction_tokens, taken)

    @figure
    def tuned_prompt(self) -> float:
        """Fixed prompt of a tuned row: what training cannot take away, and what is left of the instructions. [token]"""
        return formulas.tuned_prompt_tokens(
            fixed_tokens=self.given.inputs.workload.fixed_tokens,
            instruction_tokens=self.instructions.value,
            tuned_instruction_tokens=self.given.inputs.tuning.tuned_prompt,
        )

    def carried(self) -> Flow:
        """Requests over the months where no token is paid for: neither price levels nor a cache play a part."""
        inputs = self.given.inputs
        workload, traffic = inputs.workload, inputs.traffic
        return request_flow(
            workload.requests_per_month, traffic.monthly_growth, 0.0, None, 0.0, 0.0, inputs.job.horizon_months
        )

    def flow(self, prices: ModelPrices, share: float = 1.0, models: int = 1) -> Flow:
        """
        Requests over the months, each month at its level of a model's token prices.

        Args:
            prices: The prices.
            share: Share of all requests that goes to the model. [0–1]
            models: How many models they are spread over, each with a cache of its own. [1]
        """
        inputs = self.given.inputs
        return request_flow(
            inputs.workload.requests_per_month * share,
            inputs.traffic.monthly_growth,
            inputs.traffic.price_change,
            self._hits(prices, inputs.prices.cache_hit_share),
            prices.cache_minutes,
            self._minutes() * models,
            inputs.job.horizon_months,
        )

    def _hits(self, prices: ModelPrices, given: float | None) -> float | None:
        """The share read from the cache that does not follow from the traffic; nothing where it does. [0–1]"""
        return 1.0 if given is None and prices.storage else given

    def _minutes(self) -> float:
        """Time over which a month's requests come: all of it, or as few hours as the busiest one says. [minute]"""
        inputs = self.given.inputs
        return MINUTES_PER_MONTH / (inputs.traffic.peak_to_mean if inputs.prices.requests_come == "busy" else 1)

    def sold_for(self, runs: Runs, held: RequestTokens, padding: Padding, share: float = 1.0) -> Running:
        """
        What requests to the model cost that a row is prompted on; nothing where nobody sells one.

        Args:
            runs: The model.
            held: What one request holds.
            padding: Which prompts may be made longer, so that they are cached.
            share: Share of all requests that goes to it. [0–1]
        """
        prices = self.effective.sold_for(runs)
        if not prices:
            return Running(self.carried())
        return self._running(held, prices, *self._stored(held, prices, padding, share), share)

    @figure
    def taking_over(self) -> RequestTokens:
        """What a request holds that is sent on to the prompted model: all that it holds where that is prompted."""
        return self.held_by(baseline(documents=self.given.documents, stays=False))

    @figure
    def sent_on(self) -> Running | None:
        """What requests cost that are sent on to the prompted model; nothing where none are, or data may not leave."""
        share = self.given.inputs.traffic.sent_on_share
        if not share or self.given.stays:
            return None
        return self.sold_for(Runs.PROMPTED, self.taking_over, Padding.ALL, share)

    def ways(self, held: RequestTokens, price: ModelPrices, runs: Runs, share: float = 1.0) -> tuple["Sendings", float]:
        """All ways to send a request to a row's model, and what storing its prompt costs a month. [USD per month]"""
        storage, padding = 0.0, Padding.ALL
        if price.storage:
            storage, padding = self._stored(held, self.effective.sold_for(runs), padding, share)
        return Sendings.of(held, price, padding, caching=self.given.inputs.prices.caching), storage

    def tuned(self, held: RequestTokens, prices: ModelPrices, per_month: float, padding: Padding) -> Running:
        """What requests to the tuned model cost at its service, and a month beside them. [USD per month]"""
        models = self.given.inputs.variants.tuned_models
        return self._running(held, (Priced(0, prices),), per_month, padding, models=models)

    def _running(
        self,
        held: RequestTokens,
        prices: tuple[Priced, ...],
        per_month: float,
        padding: Padding,
        share: float = 1.0,
        models: int = 1,
    ) -> Running:
        inputs, months = self.given.inputs, self.given.inputs.job.horizon_months
        flow = self.flow(prices[0].prices, share, models)
        ends = [*(later.first for later in prices[1:]), months]
        rates = tuple(
            rate
            for (first, price), end in zip(prices, ends, strict=True)
            if first < months
            for rate in rates_over(
                first,
                min(end, months),
                flow.shares,
                Sendings.of(held, price, padding, caching=inputs.prices.caching),
                inputs.traffic.batch_share,
                inputs.prices.retried_share,
            )
        )
        return Running(flow, rates, per_month=per_month)

    def _stored(
        self, held: RequestTokens, prices: tuple[Priced, ...], padding: Padding, share: float = 1.0
    ) -> tuple[float, Padding]:
        """
        What it costs in a month to keep a prompt in a cache whose storage is paid, and what of the padding remains.

        One that is too short is padded only where that costs less over the horizon, storage paid.
        """
        price, inputs = prices[0].prices, self.given.inputs
        if not price.storage:
            return 0.0, padding
        kept = formulas.hosting_cost(
            price_per_hour=formulas.token_cost(tokens=max(held.fixed, price.cache_minimum_tokens), price=price.storage),
            hours_per_month=HOURS_PER_MONTH,
        )
        if is_cached(held, price, inputs.prices):
            return kept, padding
        if padding is Padding.NONE:
            return 0.0, padding
        return min(
            ((kept, padding), (0.0, Padding.LATER_CALLS)),
            key=lambda each: self._running(held, prices, each[0], each[1], share).until(inputs.job.horizon_months),
        )

    @figure
    def hit_share(self) -> Price | None:
        """
        Share of fixed prompts read from the prompted model's cache: the reader's, else that of the first month's
        traffic; nothing where neither says any. [0–1]
        """
        return decide("cache_hit_share", self.given.inputs.prices.cache_hit_share, self._derived_hit_share())

    def _derived_hit_share(self) -> float | None:
        """What the first month's traffic gives, or nothing where no row's prompt is cached. [0–1]"""
        inputs, prices = self.given.inputs, self.effective.prompted[0].prices
        prompted = (row for row in ROWS if row.runs is Runs.PROMPTED)
        if not any(is_cached(self.held_by(row), prices, inputs.prices) for row in prompted):
            return None
        return request_flow(
            inputs.workload.requests_per_month,
            0.0,
            0.0,
            self._hits(prices, None),
            prices.cache_minutes,
            self._minutes(),
            1,
        ).hit_share


def taken_for_reference(given: Given) -> float:
    """How much of the fixed prompt is taken for reference text, where the reader does not say. [token]"""
    if given.inputs.tuning.instruction_tokens is not None:
        return 0.0
    return max(given.inputs.workload.fixed_tokens - given.assumed["instruction_tokens"], 0.0)


def is_cached(held: RequestTokens, price: ModelPrices, prices: Prices) -> bool:
    """Whether the fixed part of a request is kept in a cache as it is: switched on, sold, and long enough."""
    return prices.caching and price.cached_input is not None and held.fixed >= price.cache_minimum_tokens


class Billed(NamedTuple):
    """
    What calls of a request hold that pay the same multiple for the length of their prompt.

    Attributes:
        calls: How many they are. [1]
        scale_input: By how much their input costs more. [1]
        scale_output: By how much their output costs more. [1]
        plain: Input billed in full. [token]
        fixed: Input read from the cache where it is there from an earlier request, else written there. [token]
        read: Input read from the cache. [token]
        written: Input written to the cache. [token]
    """

    calls: int
    scale_input: float
    scale_output: float
    plain: float
    fixed: float = 0.0
    read: float = 0.0
    written: float = 0.0


class Sending(NamedTuple):
    """
    A way to send a request.

    Attributes:
        missed: Its cost where the fixed prompt is not in the cache. [USD per request]
        saved: What it costs less where that is. [USD per request]
        billed: What its calls hold, by how they are billed.
        padded: By how much the prompt is made longer, so that it is cached. [token]
        batched: Whether it waits.
    """

    missed: float
    saved: float
    billed: tuple[Billed, ...]
    padded: float = 0.0
    batched: bool = False

    def cost(self, share: float) -> float:
        """Its mean cost, by the share of fixed prompts that are in the cache. [USD per request]"""
        return self.missed - self.saved * share


class Sendings(NamedTuple):
    """
    All ways to send a request, in the order in which those are taken that cost the same.

    Attributes:
        live: To be answered at once.
        waiting: To be answered when there is time. It may be sent at once all the same.
    """

    live: tuple[Sending, ...]
    waiting: tuple[Sending, ...]

    @classmethod
    def of(cls, held: RequestTokens, price: ModelPrices, padding: Padding, *, caching: bool) -> "Sendings":
        """
        Find them.

        Args:
            held: What a request holds.
            price: The model's prices.
            padding: Which prompts may be made longer.
            caching: Whether prompts are cached where that is sold.
        """
        live = tuple(_live(held, price, padding, caching=caching))
        if price.batch_input is None or price.batch_output is None:
            return cls(live, live)
        return cls(live, (*live, *_batched(held, price, padding, caching=caching)))

    def cheapest(self, share: float) -> tuple[Sending, Sending]:
        """The cheapest at once, and the cheapest that may wait, by the share of fixed prompts in the cache."""

        def cost(way: Sending) -> float:
            return way.missed - way.saved * share

        return min(self.live, key=cost), min(self.waiting, key=cost)


def rates_over(
    first: int, end: int, shares: tuple[float, ...], ways: Sendings, batch_share: float, retried_share: float
) -> list[Rate]:
    """
    What a request costs in some months at one price, each month in the way that is cheapest in it.

    Args:
        first: First month, from 0.
        end: First month after them.
        shares: Share of fixed prompts in the cache, in each month. [0–1]
        ways: The ways to send it.
        batch_share: Share of requests that can wait. [0–1]
        retried_share: Share of calls that fail, each of which is billed and tried again. [0–1]
    """
    # A way that is cheapest at two shares of hits is cheapest between them; and shares only grow or only shrink.
    taken = ways.cheapest(shares[first])
    if shares[first] == shares[end - 1] or ways.cheapest(shares[end - 1]) == taken:
        return [_rate(first, end, taken, batch_share, retried_share)]
    found: list[tuple[int, tuple[Sending, Sending]]] = [(first, taken)]
    for month in range(first + 1, end):
        taken = ways.cheapest(shares[month])
        if taken != found[-1][1]:
            found.append((month, taken))
    ends = [*(month for month, _ in found[1:]), end]
    return [
        _rate(month, until, each, batch_share, retried_share) for (month, each), until in zip(found, ends, strict=True)
    ]


def _rate(first: int, end: int, taken: tuple[Sending, Sending], batch_share: float, retried_share: float) -> Rate:
    live, waiting = taken
    missed, saved = live.missed, live.saved
    if batch_share and waiting is not live:
        missed = formulas.batch_cost(cost=missed, batched_cost=waiting.missed, batch_share=batch_share)
        saved = formulas.batch_cost(cost=saved, batched_cost=waiting.saved, batch_share=batch_share)
    return Rate(
        first,
        end,
        formulas.retried_cost(cost=missed, retry_share=retried_share),
        formulas.retried_cost(cost=saved, retry_share=retried_share),
    )


def _live(held: RequestTokens, price: ModelPrices, padding: Padding, *, caching: bool) -> Iterable[Sending]:
    """
    Sendings to send a request that is to be answered at once: as it is, and longer, so that more of it is cached.

    Within a request each call reads what the one before held and writes what is new, from the first call on that is
    long enough; its fixed prompt is read if an earlier request left it there.
    """
    calls, least = held.calls, price.cache_minimum_tokens

    def way(start: float, first: int, *, fixed: float = 0.0, padded: float = 0.0) -> Sending:
        return _priced(_history(held, price, start, first, fixed), price, held.output, padded=padded)

    if not caching or price.cached_input is None:
        yield way(held.input, calls + 1)
        return
    if held.fixed >= least:
        yield way(held.input, 1, fixed=held.fixed)
        return
    first = _first_cached(held, least)
    yield way(held.input, first)
    if padding is Padding.NONE:
        return
    if padding is Padding.ALL:
        short = least - held.fixed
        yield way(held.input + short, 1, fixed=least, padded=short)
    # Or longer from a later call on: the later, the fewer calls send what is added, and the fewer are cached. The cost
    # falls, then rises.
    before = None
    for call in range(min(first - 1, calls - 1), 0, -1):
        short = least - held.input - held.added * (call - 1)
        longer = way(held.input + short, call, padded=short)
        if before is not None and longer.missed > before.missed:
            return
        yield longer
        before = longer


def _first_cached(held: RequestTokens, least: float) -> int:
    """The first call whose prompt is long enough to be cached and read by the next; one more than there are if none."""
    none = held.calls + 1
    if held.calls == 1:
        return none
    if held.input >= least:
        return 1
    return min(none, ceil((least - held.input) / held.added) + 1) if held.added else none


def _history(held: RequestTokens, price: ModelPrices, start: float, first: int, fixed: float) -> tuple[Billed, ...]:
    """
    What the calls of a request hold, by how they are billed.

    Args:
        held: What it holds.
        price: The model's prices.
        start: Input of the first call, as far as the calls are cached. [token]
        first: The first call that is cached.
        fixed: Input that an earlier request may have left in the cache. [token]
    """
    if held.calls == 1:
        return (Billed(1, *price.multiples(start), start - fixed, fixed),)
    found = []
    for low, high, scales in _tiers(held, price, start):
        plain = _sent(held, held.input, low, min(high, first - 1))
        read = written = new = 0.0
        from_here = max(low, first)
        if from_here == first <= high:
            new, from_here = start + held.added * (first - 1) - fixed, first + 1
        if from_here <= high:
            read = _sent(held, start, from_here - 1, high - 1)
            written = held.added * (high - from_here + 1)
        found.append(
            Billed(high - low + 1, *scales, plain, fixed if low <= first <= high else 0.0, read, written + new)
        )
    return tuple(found)


def _tiers(held: RequestTokens, price: ModelPrices, start: float) -> Iterable[tuple[int, int, tuple[float, float]]]:
    """First and last call of those that pay the same multiple for the length of their prompt, and that multiple."""
    calls, limit = held.calls, price.long_prompt_from
    if limit is None or start > limit:
        return [(1, calls, price.multiples(start))]
    # Compared as a product: next to nothing added would make the quotient infinite.
    if start + held.added * (calls - 1) <= limit:
        return [(1, calls, price.multiples(start))]
    short = min(calls, floor((limit - start) / held.added) + 1)
    found = [(1, short, price.multiples(start))]
    return found if short == calls else [*found, (short + 1, calls, price.multiples(limit + 1))]


def _sent(held: RequestTokens, start: float, low: int, high: int) -> float:
    """Input of some calls, from one to another, where the first of all holds so much. [token]"""
    if high < low:
        return 0.0
    return formulas.task_input_tokens(
        start_tokens=start + held.added * (low - 1), added_tokens=held.added, calls=high - low + 1
    )


def _batched(held: RequestTokens, price: ModelPrices, padding: Padding, *, caching: bool) -> Iterable[Sending]:
    """
    Sendings to send a request that waits: its fixed prompt cached where the seller caches in a batch, else none of it.

    What its calls add is not read from the cache: each waits for the one before, longer than a cache keeps it.
    """

    def way(padded: float, fixed: float) -> Sending:
        start = held.input + padded
        billed = tuple(
            Billed(high - low + 1, *scales, _sent(held, start - fixed, low, high), fixed * (high - low + 1))
            for low, high, scales in _tiers(held, price, start)
        )
        return _priced(billed, price, held.output, padded=padded, batched=True)

    cached = caching and price.batch_cached is not None
    short = price.cache_minimum_tokens - held.fixed
    if not cached or short > 0:
        yield way(0.0, 0.0)
    if cached and (padding is Padding.ALL or short <= 0):
        yield way(max(short, 0.0), held.fixed + max(short, 0.0))


def _priced(
    billed: tuple[Billed, ...], price: ModelPrices, output: float, *, padded: float, batched: bool = False
) -> Sending:
    """Price what the calls of a request hold."""
    paid = price.in_a_batch if batched else price.at_once
    missed = saved = 0.0
    for part in billed:
        read, written = paid.read * part.scale_input, paid.write * part.scale_input
        missed += formulas.request_cost(
            input_tokens=part.plain,
            output_tokens=output * part.calls,
            input_price=paid.input * part.scale_input,
            output_price=paid.output * part.scale_output,
            cached_input_tokens=part.read,
            cached_input_price=read,
            cache_write_tokens=part.fixed + part.written,
            cache_write_price=written,
        )
        if part.fixed:
            saved += formulas.token_cost(tokens=part.fixed, price=written - read)
    return Sending(missed, saved, billed, padded, batched)
