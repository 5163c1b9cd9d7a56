"""
Requests paid by the token: what one holds, what it costs with and without the cache,
and what all of them come to.
"""

from typing import NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, Runs
from calculators.catalog.cost_comparison.cost.flow import Flow, request_flow
from calculators.catalog.cost_comparison.cost.shape import Rate, Running
from calculators.catalog.cost_comparison.effective import Effective, ModelPrices, Price, Priced, decide, decide_charge
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import Prices
from calculators.catalog.cost_comparison.sheet import Sheet, figure
from calculators.facts import InferencePrice


class RequestTokens(NamedTuple):
    """
    What one request holds.

    Attributes:
        fixed: Input that is the same every time: only this is cached. [token]
        varying: Input that differs. [token]
        output: Output, hidden reasoning included. [token]
    """

    fixed: float
    varying: float
    output: float

    @property
    def input(self) -> float:
        """All input. [token]"""
        return self.fixed + self.varying


class Tokens(Sheet):
    """What requests hold and cost, where they are paid by the token."""

    def __init__(self, given: Given, effective: Effective) -> None:
        super().__init__(given.notes)
        self.given = given
        self.effective = effective

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
        return RequestTokens(fixed, varying, workload.output_tokens + workload.reasoning_tokens)

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
            workload.requests_per_month, traffic.monthly_growth, 0.0, 1.0, None, 0.0, inputs.job.horizon_months
        )

    def flow(self, minutes_to_live: float, *, batched: bool) -> Flow:
        """
        Requests over the months, each month at its level of token prices.

        Args:
            minutes_to_live: How long an entry stays in the cache. [minute]
            batched: Whether requests that can wait are sent as a batch, and so keep no cache warm.
        """
        inputs = self.given.inputs
        return request_flow(
            inputs.workload.requests_per_month,
            inputs.traffic.monthly_growth,
            inputs.traffic.price_change,
            1 - inputs.traffic.batch_share if batched else 1.0,
            inputs.prices.cache_hit_share,
            minutes_to_live,
            inputs.job.horizon_months,
        )

    def sold_for(self, runs: Runs, held: RequestTokens) -> Running:
        """What requests to the model cost that a row is prompted on; nothing where nobody sells one."""
        prices, periods = self.effective.sold_for(runs), self.given.records.sold_for(runs)
        if not prices:
            return Running(self.carried())
        return self._running(held, prices, cache_minutes(periods[0].record, self.given))

    def tuned(self, held: RequestTokens, prices: ModelPrices, per_month: float) -> Running:
        """What requests to the tuned model cost at its service, and a month beside them. [USD per month]"""
        return self._running(held, (Priced(0, prices),), self.given.assumed["cache_minutes"], per_month)

    def _running(
        self, held: RequestTokens, prices: tuple[Priced, ...], minutes_to_live: float, per_month: float = 0.0
    ) -> Running:
        inputs, months = self.given.inputs, self.given.inputs.job.horizon_months
        batch_share = inputs.traffic.batch_share
        ends = [*(later.first for later in prices[1:]), months]
        rates = tuple(
            Rate(first, min(end, months), *request_rate(held, price, inputs.prices, batch_share))
            for (first, price), end in zip(prices, ends, strict=True)
            if first < months
        )
        flow = self.flow(minutes_to_live, batched=prices[0].prices.batch_input is not None)
        return Running(flow, rates, per_month=per_month)

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
            1 - inputs.traffic.batch_share if prices.batch_input is not None else 1.0,
            None,
            cache_minutes(self.given.records.prompted[0].record, self.given),
            1,
        ).hit_share


def taken_for_reference(given: Given) -> float:
    """How much of the fixed prompt is taken for reference text, where the reader does not say. [token]"""
    if given.inputs.tuning.instruction_tokens is not None:
        return 0.0
    return max(given.inputs.workload.fixed_tokens - given.assumed["instruction_tokens"], 0.0)


def cache_minutes(record: InferencePrice, given: Given) -> float:
    """How long a model's cache keeps an unused prompt. [minute]"""
    return given.assumed["cache_minutes"] if record.cache_minutes is None else record.cache_minutes


def is_cached(held: RequestTokens, price: ModelPrices, prices: Prices) -> bool:
    """Whether the fixed part of a request is kept in a cache: switched on, sold, and long enough."""
    return prices.caching and price.cached_input is not None and held.fixed >= price.cache_minimum_tokens


def request_rate(held: RequestTokens, price: ModelPrices, prices: Prices, batch_share: float) -> tuple[float, float]:
    """
    Cost of one request: with its prompt not in the cache, and what it costs less if it is.

    A batched request pays the batch price and gets no cache discount; where no batch price is sold, none is batched.
    A failed call is billed and tried again until one works.

    Args:
        held: What the request holds.
        price: The model's prices.
        prices: Caching and retries.
        batch_share: Share of requests that can wait. [0–1]

    Returns:
        Cost without the cache, and the saving with it. [USD per request]
    """
    whole = held.fixed + held.varying
    scale_input, scale_output = price.multiples(whole)
    input_price = price.input.value * scale_input
    output_price = price.output.value * scale_output
    saved = 0.0
    if is_cached(held, price, prices) and price.cached_input is not None:
        missed, hit = formulas.cached_request_costs(
            fixed_tokens=held.fixed,
            varying_tokens=held.varying,
            output_tokens=held.output,
            input_price=input_price,
            output_price=output_price,
            cached_input_price=price.cached_input.value * scale_input,
            cache_write_price=price.write.value * scale_input,
        )
        saved = missed - hit
    else:
        missed = formulas.request_cost(
            input_tokens=whole, output_tokens=held.output, input_price=input_price, output_price=output_price
        )
    if batch_share and price.batch_input is not None and price.batch_output is not None:
        batched = formulas.request_cost(
            input_tokens=whole,
            output_tokens=held.output,
            input_price=price.batch_input.value * scale_input,
            output_price=price.batch_output.value * scale_output,
        )
        missed = formulas.batch_cost(cost=missed, batched_cost=batched, batch_share=batch_share)
        saved = formulas.batch_cost(cost=saved, batched_cost=0, batch_share=batch_share)
    retried = prices.retried_share
    return (
        formulas.retried_cost(cost=missed, retry_share=retried),
        formulas.retried_cost(cost=saved, retry_share=retried),
    )
