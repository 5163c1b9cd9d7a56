"""Your team's time: the hours of each row, and what they cost."""

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import Approach, Documents
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF


class PeopleCost:
    """The hours that each row takes."""

    def __init__(self, given: Given) -> None:
        self.given = given

    def cost(self, hours: float) -> float:
        """Cost of hours of the team. [USD]"""
        return formulas.people_cost(setup_hours=hours, price_per_hour=self.given.inputs.people.hourly_rate)

    def setup(self, approach: Approach) -> float:
        """Cost of the time until a row is live, the eval set included. [USD]"""
        return self.cost(self.setup_hours(approach))

    def setup_hours(self, approach: Approach) -> float:
        """Hours until a row is live, the eval set included. [hour]"""
        people = self.given.inputs.people
        return self.hours(approach.hours.setup) + self.lookup_setup(approach) + people.eval_hours

    def monthly(self, approach: Approach) -> float:
        """Cost of the time in a month. [USD per month]"""
        return self.cost(self.hours(approach.hours.monthly) + self.lookup_monthly(approach))

    def change(self, approach: Approach) -> float:
        """Cost of the time at a change of base model. [USD]"""
        return self.cost(self.hours(approach.hours.change))

    def hours(self, name: str) -> float:
        """Hours entered in one input, whatever group it stands in. [hour]"""
        found: float = getattr(getattr(self.given.inputs, GROUP_OF[name]), name)
        return found

    # Retrieval adds to a row that needs it beside something else what RAG takes beyond prompting. Prompting's part is
    # the guide's assumption, not the reader's: more hours for one row never make another cheaper.

    def lookup_setup(self, approach: Approach) -> float:
        """Hours of setting up retrieval beside what else a row is. [hour]"""
        if not self._looks_up_beside(approach):
            return 0.0
        return max(0.0, self.given.inputs.people.setup_rag - self.given.assumed["setup_prompt"])

    def lookup_monthly(self, approach: Approach) -> float:
        """Hours a month on retrieval beside what else a row is. [hour]"""
        if not self._looks_up_beside(approach):
            return 0.0
        return max(0.0, self.given.inputs.people.monthly_rag - self.given.assumed["monthly_prompt"])

    def _looks_up_beside(self, approach: Approach) -> bool:
        return approach.documents is Documents.LOOKS_UP and self.given.documents
