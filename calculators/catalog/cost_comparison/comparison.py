"""The comparison itself: inputs in, every row with its standing and its cost out, and what would change the answer."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, Tunes
from calculators.catalog.cost_comparison.cost.shape import Cost
from calculators.catalog.cost_comparison.dimensions import dimension, dimensions
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.groups import Inputs, Quality
from calculators.catalog.cost_comparison.records import Records
from calculators.catalog.cost_comparison.refusals import refusals
from calculators.catalog.cost_comparison.saving import Saving, taken_apart
from calculators.catalog.cost_comparison.standing import Can, Standing
from calculators.catalog.cost_comparison.tipping import FRAGILE_CHANGE, Dial, Tip, dial, search
from calculators.facts import FACTS, Facts
from calculators.slices import Sliced

CLOSE_GAP: Final = FACTS.rule("close_gap")
"""A gap below this is too close to call on cost. [share of the winner's total]"""
MOST_TIPS: Final = int(FACTS.rule("most_tips"))
"""Tips that an answer names."""
_SLICE: Final = int(FACTS.rule("slice"))
"""Work that ends a slice of the search for tips. [evaluation]"""
_ALONG: Final = "requests_per_month"
"""The input that the dial goes along."""


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
        return self.cost.setup.total

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
        inputs: The scenario.
        rows: All rows, in the order of the table: in the running or unproven, cheapest first; then those that fail the
            reader's eval, those that cannot do the job, those not needed, those that cannot be bought or kept; the
            reference rows last.
        recorded: What the records hold, or the traffic gives, for each optional number.
        evaluation: The sums behind it, for whoever says what they are made of.
    """

    inputs: Inputs
    rows: tuple[Row, ...]
    recorded: dict[str, float]
    evaluation: Evaluation = field(compare=False, repr=False)

    @property
    def records(self) -> Records:
        """The records that the answer rests on."""
        return self.evaluation.records

    @property
    def facts(self) -> Facts:
        """The figures that they were looked up in."""
        return self.evaluation.facts

    def given(self, name: str) -> float | None:
        """What the reader entered for a number that costs anything; nothing where it is left empty."""
        return self.evaluation.given(name)

    def row(self, approach: Approach) -> Row:
        """The row of an approach."""
        return next(row for row in self.rows if row.approach is approach)

    def taker(self, tip: Tip) -> Row:
        """The row that takes over at a tip."""
        return self.row(ROWS[tip.row])

    @cached_property
    def running(self) -> tuple[Row, ...]:
        """Rows that may win, cheapest first."""
        return tuple(row for row in self.rows if row.standing.in_the_running)

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

    @cached_property
    def search(self) -> Sliced[tuple[Tip, ...]]:
        """The search for tips, which takes longer than all the rest: slice by slice."""
        # Inputs of its own: where a slice ends must not depend on what else was looked at.
        return Sliced(
            lambda: search(dimensions(self.evaluation, self.recorded) if self.running else (), MOST_TIPS), size=_SLICE
        )

    @property
    def tips(self) -> tuple[Tip, ...]:
        """The nearest single inputs that change the winner."""
        return self.search.result

    @cached_property
    def dial(self) -> Dial | None:
        """Who is cheapest along requests per month; nothing if no row is in the running."""
        return dial(dimension(self.evaluation, self.recorded, _ALONG)) if self.running else None

    @property
    def fragile(self) -> bool:
        """Whether a small change of one input, or leaving people out, would name another winner."""
        return self.people_decide or any(tip.change < FRAGILE_CHANGE for tip in self.tips)

    @property
    def tuned(self) -> Row | None:
        """The cheapest tuned row that may win."""
        return next((row for row in self.running if row.approach.tuned), None)

    @property
    def at_service(self) -> Row:
        """The row that is tuned at a service."""
        return next(row for row in self.rows if row.approach.tunes is Tunes.SERVICE)

    @cached_property
    def saving(self) -> Saving | None:
        """The difference between a tuned row and one that is not, or nothing if no tuned row may win."""
        tuned = self.tuned
        return taken_apart(tuned.approach, self.evaluation) if tuned else None

    @property
    def months(self) -> int:
        """The horizon. [month]"""
        return self.inputs.job.horizon_months

    @cached_property
    def newer(self) -> Newer | None:
        """What today's figures would say, where the answer rests on those of an earlier day."""
        today = self.facts.today
        if self.inputs.job.as_of >= today:
            return None
        inputs = self.inputs._replace(job=replace(self.inputs.job, as_of=today))
        if refusals(inputs, self.facts):
            return Newer(today, None)
        running = [row for row in _rows(Evaluation(inputs, self.facts)) if row.standing.in_the_running]
        return Newer(today, min(running, key=lambda row: row.total, default=None))


def compare(inputs: Inputs, *, facts: Facts = FACTS) -> Comparison:
    """
    Compare ways to do one job, with one workload, over one horizon.

    Args:
        inputs: The scenario.
        facts: The figures to answer from: other values of known keys, say. Options and bounds of inputs stay the same.

    Returns:
        The answer.

    Raises:
        UnknownPriceError: If a price is not known on the scenario's day; `refusals` tells before.
    """
    evaluation = Evaluation(inputs, facts)
    rows = _rows(evaluation)
    recorded = {
        price.input: price.recorded
        for price in (evaluation.parts.tokens.hit_share, *evaluation.parts.effective.all())
        if price is not None and price.recorded is not None
    }
    return Comparison(inputs, _ordered(rows), recorded, evaluation)


def _rows(evaluation: Evaluation) -> tuple[Row, ...]:
    """Every row, in the order of totals."""
    inputs = evaluation.inputs
    return tuple(
        Row(
            row.approach,
            row.standing,
            row.cost,
            accepted_cost(row.approach, row.cost, inputs.quality),
            present_value(row.cost, inputs.life.discount_rate) if inputs.life.discount_rate else None,
        )
        for row in evaluation.rows
    )


def accepted_cost(approach: Approach, cost: Cost, quality: Quality) -> float | None:
    """Cost of one accepted answer, or nothing where no success rate is given; infinite where none succeeds. [USD]"""
    rate = quality.rates().get(approach.asked.success)
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
    paid = [0.0, *(cost.until(month) for month in range(cost.months + 1))]
    return formulas.npv_of_payments(
        payments=(later - earlier for earlier, later in pairwise(paid)), discount_rate=discount_rate
    )


_PLACES: Final = ("ranked", "fails", Can.NO, Can.NOT_NEEDED, Can.CLOSED)
"""Rows in the order of the table, the reference rows behind them."""


def _ordered(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    def place(row: Row) -> tuple[int, float]:
        if row.standing.can is Can.REFERENCE or (row.approach.reference and not row.standing.ranked):
            return len(_PLACES), float(ROWS.index(row.approach))
        where = "ranked" if row.standing.ranked else "fails" if row.standing.passes == "no" else row.standing.can
        return _PLACES.index(where), row.total

    return tuple(sorted(rows, key=place))
