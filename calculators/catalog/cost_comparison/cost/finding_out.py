"""
What it takes until it is known whether a row passes: parts that several rows need, and what each needs alone.

They are shares of the set-up: for a row by itself, finding out and going live come to its set-up in the comparison.
Beside it stand only the harness for another model, and GPUs rented on trial.
"""

from functools import cache
from math import ceil
from typing import Final, NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import Approach, Runs, SharedPart
from calculators.catalog.cost_comparison.cost.gpus import Gpus
from calculators.catalog.cost_comparison.cost.people import PeopleCost
from calculators.catalog.cost_comparison.cost.retrieval import RetrievalCost
from calculators.catalog.cost_comparison.cost.training import Training
from calculators.catalog.cost_comparison.effective import Effective
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.sheet import Sheet, figure
from calculators.facts import FACTS

_HOURS_A_WEEK: Final = FACTS.rule("week_hours")


@cache
def needed(approach: Approach, *, documents: bool) -> frozenset[SharedPart]:
    """
    The shared parts that a row needs to be tried.

    Args:
        approach: The row.
        documents: Whether documents must be known.
    """
    found = {SharedPart.EVAL, SharedPart.LABELS if approach.trained else SharedPart.PROMPT}
    if approach.looks_up(documents=documents):
        found.add(SharedPart.RETRIEVAL)
    if approach.runs is Runs.OWN_GPUS:
        found.add(SharedPart.SERVING)
    return frozenset(found)


class Spent(NamedTuple):
    """
    What is spent until something is known.

    Attributes:
        hours: Of the set-up's hours, those spent. [hour]
        bills: Of its bills, those paid. [USD]
        beside: What is spent beside the set-up. [USD]
        harness: Hours beside the set-up. [hour]
    """

    hours: float = 0.0
    bills: float = 0.0
    beside: float = 0.0
    harness: float = 0.0


class Shares(NamedTuple):
    """
    A row's set-up in two.

    Attributes:
        alone: What it takes to find out beside the parts that are shared.
        shared: Hours of those parts. [hour]
        live: Hours that are left for going live. [hour]
    """

    alone: Spent
    shared: float
    live: float

    @property
    def hours(self) -> float:
        """Hours until it is live, by itself. [hour]"""
        return self.shared + self.alone.hours + self.alone.harness + self.live


class FindingOutCost(Sheet):
    """Parts of a set-up that are shared, and what a row needs alone."""

    def __init__(
        self, given: Given, effective: Effective, gpus: Gpus, retrieval: RetrievalCost, training: Training
    ) -> None:
        super().__init__(given.notes)
        self.given = given
        self.effective = effective
        self.gpus = gpus
        self.retrieval = retrieval
        self.training = training
        self.people = PeopleCost(given)

    def cost(self, spent: Spent) -> float:
        """All that is spent. [USD]"""
        return self.people.cost(spent.hours + spent.harness) + spent.bills + spent.beside

    @figure
    def part_costs(self) -> tuple[float, ...]:
        """What each shared part costs, in their order. [USD]"""
        return tuple(self.cost(self.part(part)) for part in SharedPart)

    def needed(self, approach: Approach) -> frozenset[SharedPart]:
        """The shared parts that a row needs to be tried."""
        return needed(approach, documents=self.given.documents)

    def part(self, part: SharedPart) -> Spent:
        """What a shared part takes."""
        match part:
            case SharedPart.EVAL:
                return Spent(hours=self.people.hours("eval_hours"))
            case SharedPart.PROMPT:
                return Spent(hours=min(self.people.hours("find_out_prompt"), self.people.hours("setup_prompt")))
            case SharedPart.RETRIEVAL:
                whole = max(0.0, self.people.hours("setup_rag") - self.given.assumed["setup_prompt"])
                hours = min(self.people.hours("find_out_rag"), whole)
                return Spent(hours=hours, bills=self.retrieval.index_cost)
            case SharedPart.LABELS:
                return Spent(bills=self.training.labels)
            case SharedPart.SERVING:
                return Spent(beside=self.trial)

    def _hours(self, parts: frozenset[SharedPart]) -> float:
        """Hours of some shared parts, added up in their order: a sum is then the same everywhere. [hour]"""
        return sum(self.part(part).hours for part in SharedPart if part in parts)

    @figure
    def trial(self) -> float:
        """GPUs of one replica to try one's own serving on: rented, or a part of what bought ones cost. [USD]"""
        return formulas.gpu_cost(
            gpus=self.gpus.on_trial,
            hours=self.given.inputs.finding_out.trial_gpu_hours,
            price_per_hour=self.gpus.hour,
        )

    @figure
    def standing(self) -> frozenset[SharedPart]:
        """The shared parts that are there today: those of what runs, but for an eval that nobody has."""
        today = self.given.today
        there = self.needed(today) if today else frozenset[SharedPart]()
        return there | {SharedPart.EVAL} if self.given.inputs.finding_out.has_eval else there - {SharedPart.EVAL}

    def weeks(self, approach: Approach) -> int:
        """Weeks until a row is live, by itself, with what stands today. [week]"""
        given = self.given
        missing, shares = self.needed(approach) - self.standing, self.shares(approach)
        hours = self._hours(missing)
        if approach is given.today:
            return ceil(hours / _HOURS_A_WEEK)
        hours += shares.alone.hours + shares.alone.harness + shares.live
        wait = given.assumed["wait_labels"] if SharedPart.LABELS in missing else 0.0
        wait += given.assumed["wait_gpus"] if SharedPart.SERVING in missing else 0.0
        return ceil(hours / _HOURS_A_WEEK + wait)

    def alone(self, approach: Approach) -> Spent:
        """What a row takes beside the shared parts."""
        hours, people = approach.hours, self.people
        own = people.hours(hours.find_out) if hours.find_out else 0.0
        harness = people.hours(hours.harness) if hours.harness else 0.0
        return Spent(hours=own, bills=self.training.runs(approach), harness=harness)

    def shares(self, approach: Approach) -> Shares:
        """A row by itself: what finding out takes of its set-up, and what is left for going live."""
        shared = self._hours(self.needed(approach))
        whole = self.people.setup_hours(approach)
        alone = self.alone(approach)
        alone = alone._replace(hours=min(alone.hours, max(0.0, whole - shared)))
        return Shares(alone, shared, max(0.0, whole - shared - alone.hours - self._live_today(approach)))

    def _live_today(self, approach: Approach) -> float:
        """Hours of going live that what runs today has taken already, for what takes its place. [hour]"""
        today, people = self.given.today, self.people
        if today is None or approach.sorts:
            return 0.0
        wired = max(0.0, people.hours("setup_prompt") - self.part(SharedPart.PROMPT).hours)
        both = self.needed(today) & self.needed(approach)
        if SharedPart.RETRIEVAL in both:
            wired += max(
                0.0, people.hours("setup_rag") - people.hours("setup_prompt") - self.part(SharedPart.RETRIEVAL).hours
            )
        if SharedPart.SERVING in both:
            wired += max(0.0, people.hours("setup_open") - people.hours("setup_prompt"))
        return wired
