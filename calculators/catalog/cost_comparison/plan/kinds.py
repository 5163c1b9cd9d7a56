"""What is tried first where what a plan rests on moves, solved no more often than it must be."""

from calculators.catalog.cost_comparison.plan.course import Course, FirstStep, settled
from calculators.catalog.cost_comparison.plan.margin import Margin
from calculators.catalog.cost_comparison.plan.question import PlanQuestion


class Kinds:
    """
    What is tried first as a question stands, and what then is where it has moved.

    Attributes:
        question: As it stands.
        first: What is tried first as it stands.
        work: Worlds and stages looked at so far.
    """

    def __init__(self, question: PlanQuestion) -> None:
        """Solve the question as it stands."""
        self.question = question
        self.work = 0
        self._margin: Margin | None = None
        self.first, self._course = self._solved(question)

    def of(self, changed: PlanQuestion) -> FirstStep:
        """What is tried first where anything has moved."""
        first, _ = self._solved(changed)
        return first

    def surely_the_same(self, changed: PlanQuestion) -> bool:
        """Whether other costs surely cannot turn the kind: nor on the way there, if costs move in a line."""
        if self._course is None:
            return False
        if self._margin is None:
            self.work -= self._course.search.looked_at
            self._margin = Margin(self._course)
            self.work += self._course.search.looked_at
        return self._margin.holds_for(settled(changed))

    def _solved(self, question: PlanQuestion) -> tuple[FirstStep, Course | None]:
        """What is tried first, and how it was found; that is none where what runs today is measured first."""
        question = settled(question)
        if question.today is not None and question.today_untested:
            return FirstStep(question.prospects[question.today].kind, question.today), None
        course = Course(question)
        first = course.first_step
        self.work += course.search.looked_at
        return first, course
