"""How far costs may move before they could turn the kind of first step."""

from itertools import pairwise
from math import inf

from calculators.catalog.cost_comparison.plan.course import SMALL_SAVING, Course
from calculators.catalog.cost_comparison.plan.question import PlanQuestion
from calculators.catalog.cost_comparison.plan.search import Candidate, Stage, same
from calculators.catalog.cost_comparison.plan.sets import places


class Margin:
    """
    How far apart the kinds of first step are, for questions that differ in nothing but costs.

    While the rows keep their order by go live + keep, the same plans may be followed. The plan that was best then comes
    to at most what it costs if it is followed still; no other has become cheaper by more than all costs together have
    fallen. What is cut, because it saves too little, is cut step by step: no plan loses more by it than the least
    saving once for each row.
    """

    def __init__(self, course: Course) -> None:
        """Work out what it costs to begin with each row, and how often the best plan pays for what."""
        search, question = course.search, course.question
        outset = search.outset
        self._course = course
        self._stop = search.stop(outset)
        self._open = tuple(places(search.open_to(outset)))
        self._closed = tuple(
            row
            for row in places(outset.left & ~search.open_to(outset))
            if row != outset.hand and search.trial(outset, row).chance > 0
        )
        begun = {row: search.with_trial(search.trial(outset, row)) for row in self._open}
        kind = course.first_step.kind
        self._nearest = min(begun.values(), default=inf)
        self._other = min((cost for row, cost in begun.items() if question.prospects[row].kind != kind), default=inf)
        self._tried: dict[int, float] = {}
        self._paid: dict[int, float] = {}
        self._ended: dict[int, float] = {}
        self._follow(outset, 1.0)

    def holds_for(self, moved: PlanQuestion) -> bool:
        """
        Return whether the kind of first step is surely the same where costs have moved.

        Args:
            moved: The same question with other costs.

        Returns:
            Whether it is sure. Where it is not, the kind may be the same or another.
        """
        course, question = self._course, self._course.question
        if not _only_costs_differ(question, moved):
            return False
        costs, _ = moved.costs()
        stop = self._moved_stop(costs, moved)
        if stop is None or not self._same_order(costs, stop):
            return False
        hand = course.search.in_hand(course.search.outset)
        fallen = self._fallen(costs, stop, moved)
        if course.first_step.row is None:
            if question.today_passes and hand != question.today:
                # Another row passes and costs less: whether it takes the place of what runs is a matter of its own.
                return False
            return not self._open or _below(
                stop, self._nearest - fallen + (_lowest_least_saving(moved) if hand is not None else 0.0)
            )
        followed = self._followed(costs, stop, moved)
        if stop < inf:
            cuts = _highest_least_saving(moved, costs) * (len(self._open) - (hand is None))
            if not _below(followed + cuts, stop):
                return False
        return _below(followed, self._other - fallen)

    def _follow(self, stage: Stage, weight: float) -> None:
        """Add up how often the best plan from a stage pays for what."""
        search = self._course.search
        trial = search.best(stage)
        if trial is None:
            self._ended[stage.hand] = self._ended.get(stage.hand, 0.0) + weight
            return
        self._tried[trial.row] = self._tried.get(trial.row, 0.0) + weight
        for part in places(search.candidates[trial.row].parts & ~stage.paid):
            self._paid[part] = self._paid.get(part, 0.0) + weight
        self._follow(trial.passed, weight * trial.chance)
        if trial.chance < 1:
            self._follow(trial.failed, weight * (1 - trial.chance))

    def _followed(self, costs: list[Candidate], stop: float, moved: PlanQuestion) -> float:
        """What the plan that was best comes to on average at other costs. [USD]"""
        nothing = stop if stop < inf else 0.0
        return (
            sum(weight * costs[row].find_out for row, weight in self._tried.items())
            + sum(weight * moved.parts[part] for part, weight in self._paid.items())
            + sum(weight * (costs[row].after if row < len(costs) else nothing) for row, weight in self._ended.items())
        )

    def _moved_stop(self, costs: list[Candidate], moved: PlanQuestion) -> float | None:
        """What stopping costs at the outset; none where it may not be the same row, or to give up, as before. [USD]"""
        hand = self._course.search.outset.hand
        worth = inf if moved.worth is None or moved.today_passes else moved.worth
        if hand == len(costs):
            return worth
        stop = costs[hand].after
        return stop if stop < worth else None

    def _same_order(self, costs: list[Candidate], stop: float) -> bool:
        """Whether the same rows may be tried, each after the same others have passed."""
        before = self._course.search.candidates
        rising = sorted((before[row].after, costs[row].after) for row in self._open)
        closed = [(before[row].after, costs[row].after) for row in self._closed]
        ranked = [*pairwise([*rising, (self._stop, stop)]), *(((self._stop, stop), row) for row in closed)]
        return all(
            (one == other) == (moved_one == moved_other) and (one < other) == (moved_one < moved_other)
            for (one, moved_one), (other, moved_other) in ranked
        )

    def _fallen(self, costs: list[Candidate], stop: float, moved: PlanQuestion) -> float:
        """By how much any plan can have become cheaper on average. [USD]"""
        course = self._course
        before, parts = course.search.candidates, course.question.parts
        needed = 0
        trials, ends = 0.0, self._stop - stop if stop < inf else 0.0
        for row in self._open:
            needed |= before[row].parts
            trials += max(before[row].find_out - costs[row].find_out, 0.0)
            ends = max(ends, before[row].after - costs[row].after)
        trials += sum(max(parts[part] - moved.parts[part], 0.0) for part in places(needed & ~moved.paid))
        return trials + max(ends, 0.0) * (1.0 if stop < inf else 1 - course.nothing_passes)


def _only_costs_differ(question: PlanQuestion, moved: PlanQuestion) -> bool:
    """Whether all that is believed and known is the same, and rows need the same parts."""
    return (
        _known(question) == _known(moved)
        and len(question.prospects) == len(moved.prospects)
        and all(
            (one.belief.chance, one.remedy, one.kind, one.candidate.parts)
            == (other.belief.chance, other.remedy, other.kind, other.candidate.parts)
            and (one.beside_today.parts if one.beside_today else None)
            == (other.beside_today.parts if other.beside_today else None)
            for one, other in zip(question.prospects, moved.prospects, strict=True)
        )
    )


def _known(question: PlanQuestion) -> tuple[object, ...]:
    """What a question says beside costs and chances."""
    return (
        question.base,
        question.in_play,
        question.hard_core.chance,
        question.passed,
        question.failed,
        question.paid,
        question.today,
        question.worth is None,
        question.reading,
        len(question.parts),
    )


def _lowest_least_saving(question: PlanQuestion) -> float:
    """What a change must save at least to be advised, whichever it is. [USD]"""
    return question.day if question.worth_it_above is None else question.worth_it_above


def _highest_least_saving(question: PlanQuestion, costs: list[Candidate]) -> float:
    """What is enough for any change to be advised. [USD]"""
    if question.worth_it_above is not None:
        return question.worth_it_above
    return max(question.day, SMALL_SAVING * max(each.keep for each in costs))


def _below(cost: float, other: float) -> bool:
    """Whether an average is below another by more than rounding."""
    return cost < other and not same(cost, other)
