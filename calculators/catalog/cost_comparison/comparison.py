"""The comparison itself: groups in, every row with its standing and its cost out, and what would change the answer."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, get_args, get_type_hints

from calculators import formulas
from calculators.calendar import month_after
from calculators.catalog.cost_comparison import groups as g
from calculators.catalog.cost_comparison.approaches import (
    API,
    FEW_SHOT,
    FIVE,
    OPEN,
    OWN,
    PROMPT,
    RAG,
    REFERENCES,
    ROWS,
    SMALL,
    Approach,
)
from calculators.catalog.cost_comparison.costs import (
    KEEPS_RUNNING,
    PROMPTED_PRICES,
    ROW_KEYS,
    SMALL_PRICES,
    Cost,
    Inputs,
    Rows,
    cache_minutes,
    costs,
    is_cached,
    rests_on,
    totals,
    with_other_people,
)
from calculators.catalog.cost_comparison.flow import request_flow
from calculators.catalog.cost_comparison.records import Records, refusals, resolve, unpriced
from calculators.catalog.cost_comparison.standing import Can, Standing, closed, standings
from calculators.catalog.cost_comparison.tipping import FRAGILE_CHANGE, Dial, Dimension, Tip, Totals, dial, nearest_tips
from calculators.facts import FACTS
from calculators.quantity import Quantity, write_words

CLOSE_GAP: Final = FACTS.rule("close_gap")
"""A gap below this is too close to call on cost. [share of the winner's total]"""
MOST_TIPS: Final = int(FACTS.rule("most_tips"))
"""Tips that an answer names."""


@dataclass(frozen=True)
class Row:
    """
    One row of the answer.

    Attributes:
        approach: What it is.
        standing: Whether it can do the job.
        cost: What it costs, in parts.
        accepted: Cost of one accepted answer, where a success rate is given. [USD]
        present: Net present value of all that is paid, where a discount rate is given. [USD]
    """

    approach: Approach
    standing: Standing
    cost: Cost
    accepted: float | None
    present: float | None

    @cached_property
    def people(self) -> float:
        """People's time over the horizon. [USD]"""
        return self.cost.people(self.cost.months)

    @cached_property
    def bills(self) -> float:
        """Everything else over the horizon. [USD]"""
        return self.cost.bills(self.cost.months)

    @cached_property
    def total(self) -> float:
        """Bills and people over the horizon. [USD]"""
        return self.bills + self.people

    @cached_property
    def parts(self) -> dict[str, float]:
        """The total by part: people, data, training, serving. [USD]"""
        months = self.cost.months
        return {
            "people": self.people,
            "data": self.cost.data(months),
            "training": self.cost.training(months),
            "serving": self.cost.serving(months),
        }

    @property
    def setup(self) -> float:
        """Paid once, before the first request. [USD]"""
        return self.cost.setup_people + self.cost.setup_data + self.cost.setup_compute + self.cost.waiting

    @property
    def month_bills(self) -> float:
        """Bills of the first month. [USD per month]"""
        return self.cost.running.until(1)

    @property
    def month(self) -> float:
        """The first month, people included. [USD per month]"""
        return self.month_bills + self.cost.monthly_people

    @property
    def marginal(self) -> float:
        """One more request. [USD per request]"""
        return self.cost.running.marginal()

    @cached_property
    def cumulative(self) -> tuple[float, ...]:
        """Total up to each month, from the set-up on. [USD]"""
        return tuple(self.cost.until(month) for month in range(self.cost.months + 1))


@dataclass(frozen=True, slots=True)
class Step:
    """
    One step of a saving.

    Attributes:
        name: What changes in this step.
        amount: What the step saves; negative if it costs. [USD]
    """

    name: str
    amount: float


@dataclass(frozen=True)
class Saving:
    """
    What tuning saves against prompting, taken apart in a fixed order: model, where it runs, prompt, tuning, people.

    Attributes:
        baseline: The row without tuning that it is measured against.
        steps: The steps; their amounts sum to the difference of the two totals.
    """

    baseline: Row
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Newer:
    """
    What the figures of a later day would say.

    Attributes:
        day: The day.
        winner: The cheapest row that can do the job, or nothing if no answer can be given from those figures.
    """

    day: date
    winner: Row | None


@dataclass(frozen=True)
class Comparison:
    """
    The answer.

    Attributes:
        inputs: The groups that cost anything.
        quality: Success rates and what they are worth.
        models: The model that is prompted and the one that is tuned.
        judgement: What the reader knows of each approach.
        records: The records that the answer rests on.
        rows: All rows, in the order of the table: in the running or unproven, cheapest first; then those that fail the
            reader's eval, those that cannot do the job, those not needed, those that cannot be bought or kept; the
            reference rows last.
        tips: The nearest single inputs that change the winner.
        dial: Who is cheapest along requests per month; nothing if no row is in the running.
        recorded: What the records hold, or the traffic gives, for each optional number.
    """

    inputs: Inputs
    quality: g.Quality
    models: g.Models
    judgement: g.Judgement
    records: Records
    rows: tuple[Row, ...]
    tips: tuple[Tip, ...]
    dial: Dial | None
    recorded: dict[str, float]

    def given(self, name: str) -> object:
        """What the reader entered for an input that costs anything; nothing where it is left empty."""
        group, _ = _NUMERIC[name]
        return getattr(getattr(self.inputs, group), name)

    @cached_property
    def effective(self) -> dict[str, float]:
        """Optional numbers that are left empty, with the value in their place."""
        return {name: number for name, number in self.recorded.items() if self.given(name) is None}

    def row(self, key: str) -> Row:
        """The row of an approach."""
        return next(row for row in self.rows if row.approach.key == key)

    @cached_property
    def running(self) -> tuple[Row, ...]:
        """Rows that may win, cheapest first."""
        return tuple(row for row in self.rows if row.standing.in_the_running)

    def running_at(self, index: int) -> Row:
        """The row that a tip or a band names: its index among those in the running, in the order of the rows."""
        keys = [row.approach.key for row in self.running]
        return self.row(sorted(keys, key=ROW_KEYS.index)[index])

    @property
    def winner(self) -> Row | None:
        """The cheapest row that can do the job."""
        return self.running[0] if self.running else None

    @property
    def runner_up(self) -> Row | None:
        """The cheapest of the others that can."""
        return self.running[1] if len(self.running) > 1 else None

    @cached_property
    def bills_winner(self) -> Row | None:
        """The row that would win if people's time were free."""
        return min(self.running, key=lambda row: row.bills, default=None)

    @property
    def people_decide(self) -> bool:
        """Whether bills alone name another winner than bills and people together."""
        return self.winner is not self.bills_winner

    @property
    def too_close(self) -> bool:
        """Whether the first two are too close to call on cost."""
        winner, second = self.winner, self.runner_up
        if winner is None or second is None:
            return False
        return self.people_decide or second.total - winner.total < CLOSE_GAP * winner.total

    @property
    def fragile(self) -> bool:
        """Whether a small change of one input, or leaving people out, would name another winner."""
        return self.people_decide or any(tip.change < FRAGILE_CHANGE for tip in self.tips)

    @property
    def tuned(self) -> Row | None:
        """The cheapest tuned row that may win."""
        return next((row for row in self.running if row.approach in (API, OWN)), None)

    @cached_property
    def saving(self) -> Saving | None:
        """The difference between a tuned row and one that is not, or nothing if no tuned row may win."""
        return _saving(self, self.tuned) if self.tuned else None

    @property
    def months(self) -> int:
        """The horizon. [month]"""
        return self.inputs.job.horizon_months

    @cached_property
    def newer(self) -> Newer | None:
        """What today's figures would say, where the answer rests on those of an earlier day."""
        if self.inputs.job.as_of >= FACTS.today:
            return None
        job = replace(self.inputs.job, as_of=FACTS.today)
        if list(
            refusals(job, self.models, self.inputs.retrieval, self.inputs.tuning, self.inputs.serving, self.judgement)
        ):
            return Newer(FACTS.today, None)
        _, rows = _rows(self.inputs._replace(job=job), self.models, self.judgement, self.quality)
        running = [row for row in rows if row.standing.in_the_running]
        return Newer(FACTS.today, min(running, key=lambda row: row.total, default=None))


def compare(
    job: g.Job,
    workload: g.Workload,
    models: g.Models,
    traffic: g.Traffic,
    prices: g.Prices,
    few_shot: g.FewShot,
    retrieval: g.Retrieval,
    tuning: g.Tuning,
    serving: g.Serving,
    people: g.People,
    life: g.ModelLife,
    judgement: g.Judgement,
    quality: g.Quality,
) -> Comparison:
    """
    Compare five approaches to one workload over one horizon.

    Args:
        job: What must change, for how long, at the prices of which day.
        workload: Requests and their size.
        models: The model that is prompted and the one that is tuned.
        traffic: How requests are spread over months and days.
        prices: Caching, retries and the reader's own prices.
        few_shot: Examples in the prompt.
        retrieval: Documents looked up.
        tuning: Data and training.
        serving: Own GPUs.
        people: Hours and their rate.
        life: How long a base model lasts.
        judgement: What the reader knows of each approach.
        quality: Success rates and what they are worth.

    Returns:
        The answer.

    Raises:
        UnknownPriceError: If a price is not known on the scenario's day; `refusals` tells before.
    """
    inputs = Inputs(job, workload, traffic, prices, few_shot, retrieval, tuning, serving, people, life)
    records, rows = _rows(inputs, models, judgement, quality)
    recorded = recorded_inputs(inputs, records)
    running = tuple(row for row in rows if row.standing.in_the_running)
    if not running:
        return Comparison(inputs, quality, models, judgement, records, _ordered(rows), (), None, recorded)
    solver = _Solver(inputs, records, running, recorded)
    return Comparison(
        inputs,
        quality,
        models,
        judgement,
        records,
        _ordered(rows),
        nearest_tips(solver.dimensions(), MOST_TIPS),
        dial(solver.dimension("requests_per_month")),
        recorded,
    )


def _rows(
    inputs: Inputs, models: g.Models, judgement: g.Judgement, quality: g.Quality
) -> tuple[Records, tuple[Row, ...]]:
    """Every row with its standing and its cost, and the records that they rest on."""
    job, rate = inputs.job, inputs.life.discount_rate
    records = resolve(job, models, inputs.retrieval, inputs.tuning, inputs.serving)
    where = standings(
        job,
        judgement,
        too_long=too_long(inputs, records),
        unpriced=unpriced(job, records, inputs.serving),
        closed=closed(
            records.life,
            month_after(job.as_of, job.horizon_months),
            existing_customer=inputs.tuning.existing_customer,
        ),
    )
    rows = tuple(
        Row(
            approach,
            where[approach.key],
            cost,
            accepted_cost(approach, cost, quality),
            present_value(cost, rate) if rate else None,
        )
        for approach, cost in zip(ROWS, costs(inputs, records), strict=True)
    )
    return records, rows


def too_long(inputs: Inputs, records: Records) -> dict[str, str]:
    """Rows whose request does not fit the context of their model, with the reason. Unknown contexts count as large
    enough, but not for pasting a corpus.
    """
    rows = Rows(inputs, records)
    found = {}
    for row in FIVE:
        record = (records.small if row in (API, OWN) else records.prompted)[0].record
        name = records.base.name if row in (API, OWN) else record.name
        tokens = rows.tokens_of(row.key)
        needed, window = tokens.fixed + tokens.varying + tokens.output, record.context_window
        if window is not None and needed > window:
            found[row.key] = f"{write_words(needed)} tokens do not fit {name}’s context of {write_words(window)}"
        elif window is None and row is PROMPT and rows.documents:
            found[row.key] = f"how much {name} can read at once is not known"
    return found


def corpus_fits(inputs: Inputs, records: Records) -> bool:
    """Whether the corpus fits the prompted model's context beside the rest of a request."""
    window = records.prompted[0].record.context_window
    workload = inputs.workload
    needed = (
        inputs.retrieval.corpus_tokens
        + workload.fixed_tokens
        + workload.varying_tokens
        + workload.output_tokens
        + workload.reasoning_tokens
    )
    return window is not None and needed <= window


def accepted_cost(approach: Approach, cost: Cost, quality: g.Quality) -> float | None:
    """Cost of one accepted answer, or nothing where no success rate is given, or none succeeds. [USD]"""
    rate = quality.rates().get(approach.key)
    if rate is None:
        return None
    return formulas.cost_per_accepted_answer(
        marginal_cost=cost.running.marginal(),
        success_rate=rate,
        loss_per_failure=quality.wrong_cost,
        caught_share=1 if quality.failures == "retried" else 0,
    )


def present_value(cost: Cost, discount_rate: float) -> float:
    """Net present value of all that a row pays: set-up now, each month at its end. [USD]"""
    value, before = 0.0, 0.0
    for month in range(cost.months + 1):
        paid = cost.until(month)
        value += formulas.present_value(amount=paid - before, months=month, discount_rate=discount_rate)
        before = paid
    return value


def recorded_inputs(inputs: Inputs, records: Records) -> dict[str, float]:
    """What stands in for each optional number where it is left empty; those for which nothing is known are left out."""
    prompted, service = records.prompted[0].record, records.service
    found: dict[str, float | None] = {
        "cache_hit_share": prompt_hit_share(inputs, records),
        "input_price": prompted.input,
        "cached_price": prompted.cached_input,
        "cache_write_price": prompted.cache_write,
        "output_price": prompted.output,
        "batch_input_price": prompted.batch_input,
        "batch_output_price": prompted.batch_output,
        "small_input_price": records.small[0].record.input,
        "small_output_price": records.small[0].record.output,
        "tuned_input_price": service.input if service else None,
        "tuned_output_price": service.output if service else None,
        "training_price": service.training_price if service else None,
        "hosting_price": service.hosting_per_hour if service else None,
        "storage_price": service.storage_per_month if service else None,
        "job_minimum": service.minimum_charge_per_job if service else None,
        "embedding_price": records.embedding.price,
        "rerank_price": records.reranker.price if records.reranker else None,
        "database_minimum": records.database.monthly_minimum,
        "storage_gb_price": records.database.storage,
        "reads_price": records.database.reads,
        "writes_price": records.database.writes,
        "gpu_price": records.gpu.price if records.gpu else None,
        "gpus_per_replica": float(records.fit.gpus_per_replica) if records.fit else None,
        "overhead_share": records.assumed["overhead_share"] if inputs.serving.owned else 0.0,
    }
    return {name: number for name, number in found.items() if number is not None}


def prompt_hit_share(inputs: Inputs, records: Records) -> float | None:
    """Share of fixed prompts that the first month's traffic finds in the prompted model's cache, or nothing without one."""
    workload, traffic = inputs.workload, inputs.traffic
    rows = Rows(inputs, records)
    price = rows.prompted_prices[0].prices
    if not any(is_cached(rows.tokens_of(row.key), price, inputs.prices) for row in (PROMPT, FEW_SHOT, RAG)):
        return None
    flow = request_flow(
        workload.requests_per_month,
        0.0,
        0.0,
        1 - traffic.batch_share if price.batch_input is not None else 1.0,
        None,
        cache_minutes(records.prompted[0].record, records.assumed),
        1,
    )
    return flow.hits[1] / flow.paid[1] if flow.paid[1] else 0.0


_PLACES: Final = ("ranked", "fails", Can.NO, Can.NOT_NEEDED, Can.CLOSED)
"""Rows in the order of the table, the reference rows behind them."""


def _ordered(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    def place(row: Row) -> tuple[int, float]:
        if row.standing.can is Can.REFERENCE or (row.approach in REFERENCES and not row.standing.ranked):
            return len(_PLACES), float(ROWS.index(row.approach))
        where = "ranked" if row.standing.ranked else "fails" if row.standing.passes == "no" else row.standing.can
        return _PLACES.index(where), row.total

    return tuple(sorted(rows, key=place))


def _saving(comparison: Comparison, tuned: Row) -> Saving:
    small, hosted, months = comparison.row(SMALL.key), comparison.row(OPEN.key), comparison.months
    job = comparison.inputs.job.must_change
    steps = []

    def settled(row: Row) -> float:
        """Bills without the wait for going live."""
        return row.bills - row.cost.waiting

    def prepared(row: Row) -> float:
        return row.parts["data"] + row.parts["training"]

    if job == "private":
        baseline = before = hosted
    else:
        baseline, before = comparison.row(RAG.key if job == "documents" else PROMPT.key), small
        steps.append(Step("the smaller model", settled(baseline) - settled(small)))
        if tuned.approach is OWN:
            steps.append(Step("where it runs", settled(small) - settled(hosted)))
            before = hosted
    running, untuned = tuned.cost.running, before.cost.running
    if bool(running.gpus) == bool(untuned.gpus):
        tokens = untuned.requests_until(months) - running.requests_until(months)
        steps.append(Step("the shorter prompt at the tuned model’s price", tokens))
        rest = untuned.until(months) - running.until(months) - tokens
        steps.append(Step("hosting the tuned model", rest))
    else:
        steps.append(Step("where it runs", untuned.until(months) - running.until(months)))
    steps.append(Step("data and training", prepared(before) - prepared(tuned)))
    steps.append(Step("the wait until it is live", baseline.cost.waiting - tuned.cost.waiting))
    steps.append(Step("your team’s time", baseline.people - tuned.people))
    return Saving(baseline, tuple(step for step in steps if round(step.amount)))


_LESSER_PRICES: Final = frozenset(
    {
        *("batch_input_price", "batch_output_price", *SMALL_PRICES, "storage_price", "job_minimum"),
        *("embedding_price", "rerank_price", "database_minimum", "storage_gb_price", "reads_price", "writes_price"),
    }
)
"""Prices that are moved in search of a tip only where they are the reader's: each is a small part of a row."""


class _Solver:
    """Totals as a function of any one numeric input."""

    def __init__(self, inputs: Inputs, records: Records, running: tuple[Row, ...], recorded: dict[str, float]) -> None:
        self.inputs = inputs
        self.records = records
        self.keys = tuple(row.approach.key for row in running)
        self.recorded = recorded
        self.costs = tuple(row.cost for row in running)
        self.base = tuple(cost.until(cost.months) for cost in self.costs)
        self.pastes = inputs.job.must_change == "documents" and any(
            row.approach is PROMPT and not row.standing.judged for row in running
        )
        self.changes_prices = any(0 < period.first < inputs.job.horizon_months for period in records.prompted)

    def dimensions(self) -> Iterator[Dimension]:
        for name, (group, kind) in _NUMERIC.items():
            if name in PROMPTED_PRICES and self.changes_prices:
                continue
            value = getattr(getattr(self.inputs, group), name)
            if value is None and (name not in self.recorded or name in _LESSER_PRICES or self._varies(name)):
                continue
            if not any(rests_on(key, group, name, self.inputs) for key in self.keys):
                continue
            yield self._dimension(name, group, kind)

    def _varies(self, name: str) -> bool:
        """Whether what stands in for an empty input is another number in other months or rows."""
        return name == "cache_hit_share" and bool(self.inputs.traffic.monthly_growth)

    def dimension(self, name: str) -> Dimension:
        return self._dimension(name, *_NUMERIC[name])

    def _dimension(self, name: str, group: str, kind: Quantity) -> Dimension:
        value = getattr(getattr(self.inputs, group), name)
        minimum, maximum = kind.minimum, kind.maximum
        if name == "chunk_tokens":
            minimum = self.inputs.retrieval.overlap_tokens + 1
        elif name == "overlap_tokens":
            maximum = self.inputs.retrieval.chunk_tokens - 1
        return Dimension(
            name,
            float(self.recorded[name] if value is None else value),
            minimum,
            maximum,
            kind.whole,
            self.base,
            self._evaluate(name, group, whole=kind.whole),
        )

    def _evaluate(self, name: str, group: str, *, whole: bool) -> Callable[[float], Totals]:
        inputs, records, keys = self.inputs, self.records, self.keys
        moving = tuple(key for key in keys if rests_on(key, group, name, inputs))
        kept = {key: cost.running for key, cost in zip(keys, self.costs, strict=True)} if name in KEEPS_RUNNING else {}
        pasted = keys.index(PROMPT.key) if self.pastes else None

        def evaluate(value: float) -> Totals:
            changed = replace(getattr(inputs, group), **{name: int(value) if whole else value})
            given = inputs._replace(**{group: changed})
            if group == "people":
                return self._with_people(given)
            moved = dict(zip(moving, totals(given, records, moving, kept), strict=True))
            found = tuple(moved.get(key, base) for key, base in zip(keys, self.base, strict=True))
            if pasted is not None and not corpus_fits(given, records):
                return (*found[:pasted], math.inf, *found[pasted + 1 :])
            return found

        return evaluate

    def _with_people(self, given: Inputs) -> Totals:
        months = self.inputs.job.horizon_months
        found = with_other_people(zip(self.keys, self.costs, strict=True), given, self.records)
        return tuple(cost.until(months) for cost in found)


def _numeric() -> dict[str, tuple[str, Quantity]]:
    found = {}
    for group, kind_of_group in Inputs.__annotations__.items():
        for name, annotation in get_type_hints(kind_of_group, include_extras=True).items():
            kind = next((note for note in get_args(annotation) if isinstance(note, Quantity)), None)
            if kind is not None:
                found[name] = (group, kind)
    return found


_NUMERIC: Final = _numeric()

NUMERIC: Final = {name: kind for name, (_, kind) in _NUMERIC.items()}
"""Quantity of every numeric input that costs anything."""
