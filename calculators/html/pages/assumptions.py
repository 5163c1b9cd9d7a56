"""The page of assumptions: what no source states, who says it, and on what grounds; and what people's time costs."""

from typing import Final

from calculators.facts import FACTS, Assumption, Rule, Wage
from calculators.facts.background import LabelPrice, background
from calculators.html.pages.datasets import dataset
from calculators.html.pages.tables import (
    Column,
    Part,
    column,
    decided,
    exact,
    kept,
    name,
    note,
    page,
    table,
    whole,
)
from calculators.markup import Html
from calculators.quantity import write_share

ASSUMPTIONS: Final = dataset(Assumption)
RULES: Final = dataset(Rule)
WAGES: Final = dataset(Wage)
LABELS: Final = dataset(LabelPrice)


def write() -> Html:
    """Write the page."""
    return page(
        Part(
            anchor="assumed",
            title="Assumptions",
            about="Each has whoever assumes it, the grounds, and the range within which it is plausible.",
            body=table(
                ASSUMPTIONS,
                FACTS.assumptions.values(),
                (
                    name(ASSUMPTIONS, title="Assumption"),
                    Column(
                        title="Value",
                        cell=_value,
                        css="records__figure",
                    ),
                    Column(title="Plausible", cell=lambda assumed: f"{whole(assumed.low)} to {whole(assumed.high)}"),
                    column(Assumption, "who", "Who", sortable=False),
                    column(Assumption, "why", "Why", sortable=False),
                    decided(ASSUMPTIONS),
                ),
                title="Assumptions",
                noun="assumptions",
                blocks=True,
            ),
            kinds=(ASSUMPTIONS,),
        ),
        Part(
            anchor="wages",
            title="People’s time",
            about=(
                "US dollars an hour, paid by the employer: a year’s median wage, over the hours of a year, over the "
                "share of the employer’s cost that is wages."
            ),
            body=table(
                WAGES,
                FACTS.wages.values(),
                (
                    name(WAGES, title="Whose hour"),
                    column(Wage, "hourly", "An hour"),
                    column(Wage, "low", "Lowest"),
                    column(Wage, "high", "Highest"),
                    column(Wage, "median_annual", "Median wage", write=whole),
                    column(Wage, "hours_per_year", "Hours", write=whole),
                    column(Wage, "wage_share", "Share that is wages", write=write_share),
                    column(Wage, "valid_from", "Since"),
                    note(),
                    *kept(WAGES),
                ),
                title="What an hour of somebody’s time costs",
                unit=WAGES.field("hourly").unit,
            ),
            kinds=(WAGES,),
        ),
        Part(
            anchor="labels",
            title="Training examples",
            about="US dollars for one, as published.",
            body=table(
                LABELS,
                background().labels.values(),
                (
                    name(LABELS, title="Example"),
                    column(LabelPrice, "low", "Lowest", write=exact),
                    column(LabelPrice, "high", "Highest", write=exact),
                    note(),
                    *kept(LABELS),
                ),
                title="What training examples cost",
                unit=LABELS.field("low").unit,
            ),
            kinds=(LABELS,),
        ),
        Part(
            anchor="rules",
            title="Rules",
            about=(
                "Numbers that the guide sets: bounds of the form’s fields, and what makes an answer close, fragile or "
                "old. None of them is a cost."
            ),
            body=table(
                RULES,
                FACTS.rules.values(),
                (
                    name(RULES, title="Rule"),
                    Column(
                        title="Value",
                        cell=_value,
                        css="records__figure",
                    ),
                    column(Rule, "why", "Why", sortable=False),
                    decided(RULES),
                ),
                title="Rules",
                noun="rules",
                blocks=True,
            ),
            kinds=(RULES,),
        ),
    )


def _value(stated: Assumption | Rule) -> Html:
    return Html("<b>{}</b> {}").fill(whole(stated.value), stated.unit)
