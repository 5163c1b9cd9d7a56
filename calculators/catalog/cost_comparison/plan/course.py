"""A question solved: the plan as advised, once it is known whether what runs today passes."""

from collections.abc import Hashable
from dataclasses import replace
from enum import Enum, auto
from functools import cached_property
from math import inf
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.search import Candidate, Search
from calculators.catalog.cost_comparison.plan.steps import Plan, plan
from calculators.catalog.cost_comparison.plan.worlds import none_passes
from calculators.facts import FACTS

SMALL_SAVING: Final = FACTS.rule("small_saving")


class Ending(Enum):
    """What takes the place of a first step where there is none."""

    KEEP = auto()
    """What passes or runs is kept."""
    NOTHING = auto()
    """Nothing passes, or nothing that may is worth starting."""


class FirstStep(NamedTuple):
    """
    What is tried first.

    Attributes:
        kind: Of what kind it is.
        row: The row that is tried; none where nothing is.
    """

    kind: Hashable
    row: int | None


class Course:
    """
    What is best from where it is known whether what runs today passes, or where nothing runs.

    Where it passes, every other row costs what it costs beside it, and it is never given up.

    Attributes:
        question: What is asked.
        search: What the rows cost, and what is known of them.
        contradicted: The rows whose facts contradict the worlds.
        nothing_passes: The chance that none of the rows in play passes. [1]
    """

    def __init__(self, question: PlanQuestion) -> None:
        """Lay out what is known."""
        draws, contradicted = question.worlds()
        candidates, in_play = question.costs()
        worth = None if question.today_passes else question.worth
        self.question = question
        self.contradicted = contradicted
        self.nothing_passes = none_passes(draws, in_play)
        self.search = Search(
            candidates,
            question.parts,
            draws,
            in_play=in_play,
            paid=question.paid,
            passed=question.passed,
            worth=worth,
        )

    def least_saving(self, in_hand: Candidate, find_out: float) -> float:
        """
        What a change from a row in hand must save on average to be advised.

        What the reader says; else the larger of one day of the team and the smaller of a share of what is kept and what
        finding out costs.

        Args:
            in_hand: The row.
            find_out: What it costs to find out whether the other one passes. [USD]

        Returns:
            The least saving. [USD]
        """
        if self.question.worth_it_above is not None:
            return self.question.worth_it_above
        return max(self.question.day, min(SMALL_SAVING * in_hand.keep, find_out))

    @cached_property
    def advised(self) -> Plan:
        """The best plan without changes that save too little."""
        best = plan(self.search, least_saving=self.least_saving)
        today = self.question.today
        if best.first is None and today is not None and self.question.today_passes and best.in_hand != today:
            runs = self.search.candidates[today]
            cost = runs.after
            if cost - best.expected <= self.least_saving(runs, 0.0):
                return replace(best, in_hand=today, expected=cost)
        return best

    @cached_property
    def first_step(self) -> FirstStep:
        """
        What is tried first.

        Where a row that was found to pass takes the place of what passes today, its kind is named, and no row.
        """
        prospects, search = self.question.prospects, self.search
        if search.stop(search.outset) == inf:
            # Nothing is cut where nothing is in hand: the steps after the first need not be written out.
            trial = search.best(search.outset)
            return FirstStep(prospects[trial.row].kind, trial.row) if trial else FirstStep(Ending.NOTHING, None)
        first, in_hand = self.advised.first, self.advised.in_hand
        if first is not None:
            return FirstStep(prospects[first.row].kind, first.row)
        if in_hand is None:
            return FirstStep(Ending.NOTHING, None)
        switched = self.question.today_passes and in_hand != self.question.today
        return FirstStep(prospects[in_hand].kind if switched else Ending.KEEP, None)


def settled(question: PlanQuestion) -> PlanQuestion:
    """The same with what runs today known to fail where it is untested and can pass in no world."""
    today = question.today
    if today is not None and question.today_untested and not chance_of(question, today):
        return replace(question, failed=question.failed | 1 << today)
    return question


def chance_of(question: PlanQuestion, row: int) -> float:
    """The chance that a row passes, by what is known. [1]"""
    draws, _ = question.worlds()
    return sum(weight for rows, worlds in draws if rows >> row & 1 for weight, passing in worlds if passing >> row & 1)
