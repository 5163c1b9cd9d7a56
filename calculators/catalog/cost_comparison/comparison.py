"""The comparison itself: inputs in, every row with its standing and its cost out, and what would change the answer."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import Final, NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, Tunes
from calculators.catalog.cost_comparison.candidates import question
from calculators.catalog.cost_comparison.cost.shape import Cost
from calculators.catalog.cost_comparison.dimensions import ALONG, in_groups, lever, moved
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.groups import Inputs, Quality
from calculators.catalog.cost_comparison.plan.advice import Advice, advise
from calculators.catalog.cost_comparison.plan.bands import Dial, dial
from calculators.catalog.cost_comparison.plan.course import chance_of
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.robust import Robustness, checked
from calculators.catalog.cost_comparison.plan.search import Candidate
from calculators.catalog.cost_comparison.plan.trap import RightBelow, looked_below
from calculators.catalog.cost_comparison.plan.turning import Turn, turns
from calculators.catalog.cost_comparison.records import Records
from calculators.catalog.cost_comparison.refusals import refusals
from calculators.catalog.cost_comparison.saving import Saving, taken_apart
from calculators.catalog.cost_comparison.standing import Can, Standing
from calculators.facts import FACTS, Facts
from calculators.slices import Sliced, Steps

MOST_TIPS: Final = int(FACTS.rule("most_tips"))
"""Tips that an answer names."""
_PLAN_SLICE: Final = int(FACTS.rule("plan_slice"))
"""Work that ends a slice of what is asked of plans. [stage]"""
_PLAN_QUESTION: Final = int(FACTS.rule("plan_question"))
"""What it takes to price the rows anew, with one input moved. [stage]"""


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
        """What is billed over the horizon. [USD]"""
        return self.cost.bills(self.cost.months)

    @cached_property
    def wrong(self) -> float:
        """Wrong answers over the horizon. [USD]"""
        return self.cost.wrong(self.cost.months)

    @cached_property
    def total(self) -> float:
        """Bills, people and wrong answers over the horizon. [USD]"""
        return self.bills + self.people + self.wrong

    @cached_property
    def parts(self) -> dict[str, float]:
        """The total by part: people, data, training, serving, wrong answers. [USD]"""
        months = self.cost.months
        return {
            "people": self.people,
            "data": self.cost.data(months),
            "training": self.cost.training(months),
            "serving": self.cost.serving(months),
            "wrong": self.wrong,
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
        """The first month, people and wrong answers included. [USD per month]"""
        return self.month_bills + self.cost.monthly_people + self.cost.wrong(1)

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
        comparison: The answer from them; nothing if none can be given.
    """

    day: date
    comparison: "Comparison | None"


class Beginning(NamedTuple):
    """
    What a plan begins with.

    Attributes:
        row: Place of the row that is tried first; none where what passes is kept.
        total: What it comes to in all if it passes, finding out included, on average where the plan then steps down; of
            what is kept, what that costs. [USD]
        steps_down: Whether another row is tried although the first one passed.
    """

    row: int | None
    total: float
    steps_down: bool = False


@dataclass(frozen=True)
class Comparison:
    """
    The answer.

    Attributes:
        inputs: The scenario.
        rows: All rows, in the order of the table: in the running or unproven, cheapest first; then those that fail the
            reader's eval, those that cannot do the job, those not needed, those that cannot be bought or kept.
        recorded: What the records hold, or the traffic gives, for each optional number.
        evaluation: The sums behind it, for whoever says what they are made of.
    """

    inputs: Inputs
    rows: tuple[Row, ...]
    recorded: dict[str, float]
    evaluation: Evaluation = field(compare=False, repr=False)

    @property
    def something_passes(self) -> bool:
        """Whether anything listed passes, or may: else no number changes what there is to try."""
        return self.question.in_play > 0 and self.advice.nothing_passes < 1

    @cached_property
    def search(self) -> Sliced[tuple[Turn, ...]]:
        """The search for tips, slice by slice. What runs and is untested is measured first, whatever the numbers."""
        looked_for = self.something_passes and not self.advice.measured_first

        def begin() -> Steps[tuple[Turn, ...]]:
            groups = in_groups(self.evaluation, self.recorded, self.question) if looked_for else ()
            return turns(self.question, groups, MOST_TIPS, making=_PLAN_QUESTION)

        return Sliced(begin, size=_PLAN_SLICE)

    @property
    def tips(self) -> tuple[Turn, ...]:
        """The nearest single inputs that change the kind of first step."""
        return self.search.result

    @cached_property
    def drawing(self) -> Sliced[Dial]:
        """The dial, slice by slice: the kind of first step along requests per month."""

        def begin() -> Steps[Dial]:
            return dial(self.question, lever(self.evaluation, self.recorded, ALONG), making=_PLAN_QUESTION)

        return Sliced(begin, size=_PLAN_SLICE)

    @property
    def dial(self) -> Dial | None:
        """The kind of first step along requests per month; nothing where nothing listed passes."""
        return self.drawing.result if self.something_passes else None

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

    @cached_property
    def running(self) -> tuple[Row, ...]:
        """Rows that may win, cheapest first."""
        return tuple(row for row in self.rows if row.standing.in_the_running)

    @property
    def winner(self) -> Row | None:
        """The cheapest row that can do the job."""
        return self.running[0] if self.running else None

    @property
    def documents(self) -> bool:
        """Whether documents must be known."""
        return self.evaluation.parts.given.documents

    @cached_property
    def question(self) -> PlanQuestion:
        """What the plan is asked."""
        return question(self.evaluation.rows, self.evaluation.parts)

    @cached_property
    def advice(self) -> Advice:
        """What to try first, and when to stop."""
        return advise(self.question)

    @cached_property
    def trap_search(self) -> Sliced[RightBelow | None]:
        """The search for when tuning first would be right, slice by slice; nothing where there is nothing to say."""
        return Sliced(lambda: looked_below(self.question), size=_PLAN_SLICE)

    @property
    def right_below(self) -> RightBelow | None:
        """When tuning first would be right; nothing where there is nothing to say of it."""
        return self.trap_search.result

    @cached_property
    def checks(self) -> Sliced[Robustness]:
        """The checks whether the kind of first step stands when what it rests on moves, slice by slice."""
        return Sliced(
            lambda: checked(self.question, moved(self.evaluation, self.recorded), making=_PLAN_QUESTION),
            size=_PLAN_SLICE,
        )

    @property
    def robust(self) -> Robustness:
        """Whether the kind of first step stands when what it rests on moves, and what turns it."""
        return self.checks.result

    @property
    def begins(self) -> Beginning | None:
        """What the plan begins with; nothing where nothing listed is worth a start, or can pass."""
        first, in_hand = self.advice.first, self.advice.in_hand
        if first is not None:
            return Beginning(first.row, first.find_out + first.once_passed, first.passed is not None)
        return None if in_hand is None else Beginning(None, self.candidate(in_hand).after)

    @cached_property
    def elsewhere(self) -> "Comparison | None":
        """The same job if its data might go anywhere; nothing where it may, or where that could not be answered."""
        if not self.evaluation.parts.given.stays:
            return None
        inputs = self.inputs._replace(job=replace(self.inputs.job, data_place="anywhere"))
        return None if refusals(inputs, self.facts) else compare(inputs, facts=self.facts)

    def candidate(self, place: int) -> Candidate:
        """What a row costs by what is known of the one that runs today, by its place. [USD]"""
        prospect = self.question.prospects[place]
        return (self.question.today_passes and prospect.beside_today) or prospect.candidate

    def candidate_of(self, approach: Approach) -> Candidate:
        """The same by its approach. [USD]"""
        return self.candidate(ROWS.index(approach))

    def find_out(self, approach: Approach) -> float:
        """What it costs by itself to find out whether a row passes: what is paid already left out. [USD]"""
        place = ROWS.index(approach)
        if (self.question.passed | self.question.failed) >> place & 1:
            return 0.0
        candidate = self.candidate(place)
        missing = candidate.parts & ~self.question.paid
        return candidate.find_out + sum(cost for part, cost in enumerate(self.question.parts) if missing >> part & 1)

    def weeks(self, place: int) -> int:
        """Weeks until a row is live, by itself, with what stands today, by its place. [week]"""
        return self.evaluation.rows[place].weeks

    def chance(self, approach: Approach) -> float | None:
        """How likely a row is to pass, by all that was found out; nothing where it cannot be tried. [1]"""
        place = ROWS.index(approach)
        return chance_of(self.question, place) if self.question.in_play >> place & 1 else None

    def in_all(self, approach: Approach) -> float:
        """What a row comes to if it passes, from where the reader is: finding out, going live and keeping. [USD]"""
        return self.find_out(approach) + self.candidate_of(approach).after

    def price_of_a_success(self, approach: Approach) -> float | None:
        """
        What a success costs by a row alone: finding out as often as it takes, then going live and keeping. Infinite
        where it passes never; nothing where it cannot be tried. [USD]
        """
        chance = self.chance(approach)
        if chance is None:
            return None
        return self.find_out(approach) / chance + self.candidate_of(approach).after if chance else inf

    def given_chance(self, approach: Approach) -> bool:
        """Whether the chance of a row is the reader's own."""
        return getattr(self.inputs.judgement, approach.asked.chance) is not None

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
        return self.saving_of(self.tuned) if self.tuned else None

    def saving_of(self, tuned: Row) -> Saving:
        """The difference between a tuned row and the one that is not tuned, taken apart by its causes."""
        return taken_apart(tuned.approach, self.evaluation)

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
        return Newer(today, None if refusals(inputs, self.facts) else compare(inputs, facts=self.facts))


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
    tokens = evaluation.parts.tokens
    recorded = {
        price.input: price.recorded
        for price in (
            tokens.hit_share,
            tokens.instructions,
            *evaluation.parts.gpus.asked(),
            *evaluation.parts.effective.all(),
        )
        if price is not None and price.recorded is not None
    }
    return Comparison(inputs, _ordered(_rows(evaluation)), recorded, evaluation)


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
    """Cost of one accepted answer, or nothing where no success rate is given. [USD]"""
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
"""Rows in the order of the table."""


def _ordered(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    def place(row: Row) -> tuple[int, float]:
        where = "ranked" if row.standing.ranked else "fails" if row.standing.passes == "no" else row.standing.can
        return _PLACES.index(where), row.total

    return tuple(sorted(rows, key=place))
