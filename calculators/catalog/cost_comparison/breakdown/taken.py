"""The row that is taken apart, with the sums behind it."""

from calculators.catalog.cost_comparison.comparison import Comparison, Row


class Taken:
    """
    A row, and all that its items are written from.

    Attributes:
        row: The row.
        approach: What it is.
        inputs: The scenario.
        records: The records that it rests on.
        evaluated: What the row costs, sum by sum.
        parts: The terms that it is put together from.
        effective: Every price, once it is decided whose it is.
        assumed: The guide's assumptions.
        several: The input that says how many models are tuned, where that is more than one.
    """

    def __init__(self, comparison: Comparison, row: Row) -> None:
        self.row = row
        self.approach = row.approach
        self.inputs = comparison.inputs
        self.records = comparison.records
        self.evaluated = comparison.evaluation.row(row.approach)
        self.parts = self.evaluated.parts
        self.effective = self.parts.effective
        self.assumed = self.records.assumed
        self.several = ("tuned_models",) if self.parts.training.models > 1 else ()
