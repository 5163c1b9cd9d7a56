"""What five ways to use a language model cost, side by side, for one workload."""

from typing import Final

from calculators.calculator import Calculator, Refusal
from calculators.catalog.cost_comparison import groups as g
from calculators.catalog.cost_comparison.comparison import compare
from calculators.catalog.cost_comparison.presets import PRESETS
from calculators.catalog.cost_comparison.records import refusals


def check(
    job: g.Job,
    workload: g.Workload,  # noqa: ARG001  # the same parameters as `compare`
    models: g.Models,
    traffic: g.Traffic,  # noqa: ARG001
    prices: g.Prices,  # noqa: ARG001
    few_shot: g.FewShot,  # noqa: ARG001
    retrieval: g.Retrieval,
    tuning: g.Tuning,
    serving: g.Serving,
    people: g.People,  # noqa: ARG001
    life: g.ModelLife,  # noqa: ARG001
    judgement: g.Judgement,
    quality: g.Quality,  # noqa: ARG001
) -> list[Refusal]:
    """Say which inputs do not go together."""
    return refusals(job, models, retrieval, tuning, serving, judgement)


CALCULATOR: Final = Calculator(
    slug="cost-comparison",
    title="What it costs",
    section="cost",
    compute=compare,
    check=check,
    presets=PRESETS,
)
"""The comparison, under the name that links and the command line use."""
