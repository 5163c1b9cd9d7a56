"""
One evaluation of a scenario: every row with its cost and its standing, made once and read by all that follows.

With an input moved, whatever does not rest on it is taken over, and standings and chances are asked again.
"""

from collections.abc import Callable
from typing import Final

from calculators.catalog.cost_comparison.approaches import MEANWHILE, ROWS, Approach
from calculators.catalog.cost_comparison.believing import belief
from calculators.catalog.cost_comparison.cost.rows import Parts, RowCost
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import Inputs
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF, KINDS
from calculators.catalog.cost_comparison.judging import standing
from calculators.catalog.cost_comparison.plan.question import Belief
from calculators.catalog.cost_comparison.records import Records
from calculators.catalog.cost_comparison.sheet import Notes, figure, movable
from calculators.catalog.cost_comparison.standing import Standing
from calculators.facts import FACTS, Facts
from calculators.quantity import Quantity


class EvaluatedRow(RowCost):
    """What one row costs, where it stands, and how likely it is to pass."""

    @figure
    def standing(self) -> Standing:
        """Whether it can do the job."""
        sent_on = self.sent_on and self.parts.tokens.taking_over
        limits = self.parts.given.inputs.limits
        # Asked again wherever an input is moved: how soon an answer can come is worked out only where it is limited.
        limited = limits.first_token_within is not None or limits.answer_within is not None
        least = self.least_seconds if limited else None
        return standing(self.approach, self.parts.given, self.held, sent_on, least)

    @figure
    def belief(self) -> Belief | None:
        """How likely it is to pass; nothing where it cannot, or is not needed."""
        return belief(self.approach, self.parts.given)

    @property
    def chance_given(self) -> bool:
        """Whether its chance is the reader's own."""
        return getattr(self.parts.given.inputs.judgement, self.approach.asked.chance) is not None


class Evaluation:
    """
    Every row of a scenario, worked out once.

    Attributes:
        inputs: The scenario.
        facts: The figures that it rests on.
        parts: The terms that rows are put together from.
        rows: The rows, in the order of totals.
    """

    def __init__(self, inputs: Inputs, facts: Facts = FACTS) -> None:
        notes = Notes()
        self.inputs = inputs
        self.facts = facts
        self.parts = Parts(Given(inputs, facts, notes))
        self.rows = _rows(self.parts)
        for row in self.rows:
            # Whatever a moved evaluation asks for is worked out while notes are taken.
            _ = row.total, row.standing
            _ = row.alone, row.go_live, row.kept, row.weeks, row.ends, row.gone, row.belief
        _ = self.parts.finding_out.part_costs, self.parts.finding_out.standing
        _ = self.parts.tokens.hit_share, list(self.parts.effective.all())
        for sheet in (*self.parts.sheets(), *self.rows):
            sheet.close()
        self.parts.given.inputs = inputs

    @property
    def records(self) -> Records:
        """The records that the scenario names."""
        return self.parts.given.records

    def given(self, name: str) -> float | None:
        """What the reader entered for a number; nothing where it is left empty."""
        found: float | None = getattr(getattr(self.inputs, GROUP_OF[name]), name)
        return found

    def row(self, approach: Approach) -> EvaluatedRow:
        """One of the rows."""
        return self.rows[ROWS.index(approach)]

    def rests_on(self, approach: Approach, name: str) -> bool:
        """Whether a row's total reads an input."""
        return name in self.row(approach).noted["total"].inputs

    def matters_to_plan(self, name: str) -> bool:
        """Whether a plan may rest on an input: what finding out, going live or keeping costs, or a chance reads it."""
        parts = self.parts.finding_out.noted
        return name in parts["part_costs"].inputs or any(
            name in row.noted[figure].inputs for row in self.rows for figure in _PLANNED
        )

    def moved(self, *names: str) -> Callable[..., tuple[tuple[EvaluatedRow, ...], Parts]]:
        """
        Return the rows, and the parts that they are put together from, as a function of some inputs.

        They are the same objects each time: what is wanted of them is read before the next values.

        Args:
            names: The inputs, each a number.
        """
        inputs, free = self.inputs, {}
        for group in {GROUP_OF[name]: None for name in names}:
            inputs, free[group] = movable(inputs, group)
        places = [(free[GROUP_OF[name]], name, _whole(name)) for name in names]
        parts = Parts(Given(inputs, self.facts, None))
        rows = _rows(parts)
        resting = []
        for sheet, first in zip((*parts.sheets(), *rows), (*self.parts.sheets(), *self.rows), strict=True):
            sheet.take_over(first)
            if figures := first.resting_on(*names):
                resting.append((sheet, figures))

        def put(*values: float) -> tuple[tuple[EvaluatedRow, ...], Parts]:
            for (group, name, whole), value in zip(places, values, strict=True):
                setattr(group, name, int(value) if whole else value)
            for sheet, figures in resting:
                sheet.forget(figures)
            return rows, parts

        return put


def _whole(name: str) -> bool:
    kind = KINDS[name]
    return isinstance(kind, Quantity) and kind.whole


_PLANNED: Final = ("alone", "go_live", "kept", "weeks", "ends", "belief", "standing")
"""Figures of a row that a plan rests on."""


def _rows(parts: Parts) -> tuple[EvaluatedRow, ...]:
    """Every row on the same parts, each with what runs until it is live."""
    meanwhile = EvaluatedRow(MEANWHILE, parts)
    return tuple(meanwhile if approach is MEANWHILE else EvaluatedRow(approach, parts, meanwhile) for approach in ROWS)
