"""Wrong answers: what a row's cost, shipped or caught and asked again, where somebody says how often it is right."""

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import ROWS, Approach, baseline
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.sheet import Sheet, figure


class Answers(Sheet):
    """Right and wrong answers."""

    def __init__(self, given: Given) -> None:
        super().__init__(given.notes)
        self.given = given

    def rate(self, approach: Approach) -> float | None:
        """How many of a row's answers are right, as the reader measured it; nothing where nobody did. [0–1]"""
        found: float | None = getattr(self.given.inputs.quality, approach.asked.success)
        return found

    @figure
    def taken(self) -> float | None:
        """
        How many answers are taken to be right in rows without a rate: as many as in the row that they are measured
        against, else in the best of those that have one, and no fewer than the bar asks; so no row gains on another by
        what nobody measured. Nothing where there is no rate at all. [0–1]
        """
        against = self.rate(baseline(documents=self.given.documents, stays=self.given.stays))
        if against is None:
            against = max((rate for row in ROWS if (rate := self.rate(row)) is not None), default=None)
        # Whatever passes is right as often as the bar asks, at least.
        bar = self.given.inputs.quality.bar
        return against if against is None or bar is None else max(against, bar)

    def counted(self, approach: Approach) -> float | None:
        """How many of a row's answers are counted as right; nothing where nobody gave any rate. [0–1]"""
        rate = self.rate(approach)
        if rate is None and approach.tuned:
            # The same weights, made from the same data, are right as often wherever they run.
            twins = (self.rate(row) for row in ROWS if row.tuned)
            rate = next((twin for twin in twins if twin is not None), None)
        return self.taken if rate is None else rate

    def lost_each(self, approach: Approach) -> float:
        """What wrong answers that are shipped add to a row's request. [USD per request]"""
        rate, quality = self.counted(approach), self.given.inputs.quality
        if rate is None or quality.failures == "retried":
            return 0.0
        return formulas.failure_cost(cases=1, accuracy=rate, loss_per_failure=quality.wrong_cost)

    def asked(self, approach: Approach) -> float:
        """How often a row's request is sent until its answer is right, where wrong ones are caught. [1]"""
        rate, quality = self.counted(approach), self.given.inputs.quality
        if rate is None or quality.failures != "retried":
            return 1.0
        return formulas.cost_per_accepted_answer(marginal_cost=1, success_rate=rate, caught_share=1)
