"""
One evaluation of a scenario: every row with its cost and its standing, made once and read by all that follows.

With one input moved, whatever does not rest on it is taken over, and standings are asked again: a row that no longer
can do the job there costs an infinite amount, and one that now can joins in.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from calculators.catalog.cost_comparison.approaches import MEANWHILE, ROWS, Approach
from calculators.catalog.cost_comparison.cost.rows import Parts, RowCost
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import Inputs
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF, KINDS
from calculators.catalog.cost_comparison.judging import standing
from calculators.catalog.cost_comparison.records import Records
from calculators.catalog.cost_comparison.sheet import Notes, figure
from calculators.catalog.cost_comparison.standing import Standing
from calculators.catalog.cost_comparison.tipping import Totals
from calculators.facts import FACTS, Facts
from calculators.quantity import Quantity


class EvaluatedRow(RowCost):
    """What one row costs, and where it stands."""

    @figure
    def standing(self) -> Standing:
        """Whether it can do the job."""
        return standing(self.approach, self.parts.given, self.held)

    @figure
    def contends(self) -> float:
        """Its total over the horizon; infinite where it may not win. [USD]"""
        return self.total if self.standing.in_the_running else math.inf


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
        self.rows = _rows(self.parts, ROWS)
        for row in self.rows:
            # Whatever a moved evaluation asks for is worked out while notes are taken.
            _ = row.contends, row.total, row.standing
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

    def matters(self, name: str) -> bool:
        """Whether an input may name another winner: some row's total or standing reads it."""
        return any(name in row.noted["contends"].inputs for row in self.rows)

    @property
    def totals(self) -> Totals:
        """The total of every row that may win, infinite for the others. [USD]"""
        return tuple(row.contends for row in self.rows)

    def moving(self, name: str) -> Callable[[float], Totals]:
        """
        Return the totals as a function of one input.

        Args:
            name: The input, a number.
        """
        inputs, group = self.inputs, GROUP_OF[name]
        kind = KINDS[name]
        whole = isinstance(kind, Quantity) and kind.whole
        rests = [name in row.noted["contends"].inputs for row in self.rows]
        rows = tuple(row.approach for row, moves in zip(self.rows, rests, strict=True) if moves)
        kept = [sheet.untouched(name) for sheet in self.parts.sheets()]
        kept_of = {row.approach: row.untouched(name) for row in self.rows}

        def totals(value: float) -> Totals:
            moved = replace(getattr(inputs, group), **{name: int(value) if whole else value})
            parts = Parts(Given(inputs._replace(**{group: moved}), self.facts, None))
            for sheet, figures in zip(parts.sheets(), kept, strict=True):
                sheet.take_over(figures)
            found = {row.approach: row.contends for row in _rows(parts, rows, kept_of)}
            return tuple(found.get(row.approach, base) for row, base in zip(self.rows, self.totals, strict=True))

        return totals


def _rows(
    parts: Parts, approaches: tuple[Approach, ...], kept: Mapping[Approach, Mapping[str, object]] | None = None
) -> tuple[EvaluatedRow, ...]:
    """Rows on the same parts, each with what it takes over, and with what runs until it is live."""

    def made(approach: Approach, meanwhile: EvaluatedRow | None = None) -> EvaluatedRow:
        row = EvaluatedRow(approach, parts, meanwhile)
        if kept is not None:
            row.take_over(kept[approach])
        return row

    before = made(MEANWHILE)
    return tuple(before if approach is MEANWHILE else made(approach, before) for approach in approaches)
