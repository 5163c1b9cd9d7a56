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
        against, else in the worst of those that have one; so a rate that nobody measured ranks no row before another.
        Nothing where there is no rate at all. [0–1]
        """
        against = self.rate(baseline(documents=self.given.documents, stays=self.given.stays))
        if against is None:
            against = min((rate for row in ROWS if (rate := self.rate(row)) is not None), default=None)
        # Whatever passes is right as often as the bar asks, at least.
        bar = self.given.inputs.quality.bar
        return against if against is None or bar is None else max(against, bar)

    def wrong_each(self, approach: Approach, marginal: float) -> float:
        """
        What wrong answers add to a row's request. [USD per request]

        Args:
            approach: The row.
            marginal: Cost of one more request. [USD per request]
        """
        rate, quality = self.rate(approach), self.given.inputs.quality
        if rate is None:
            rate = self.taken
        if rate is None:
            return 0.0
        accepted = formulas.cost_per_accepted_answer(
            marginal_cost=marginal,
            success_rate=rate,
            loss_per_failure=quality.wrong_cost,
            caught_share=1 if quality.failures == "retried" else 0,
        )
        return accepted - marginal
