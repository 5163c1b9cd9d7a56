"""How likely each row is to pass: as the reader says, else as the records have it."""

from math import inf
from typing import Final

from calculators.catalog.cost_comparison.approaches import MEANWHILE, Approach
from calculators.catalog.cost_comparison.chances import Circumstances, default
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.judging import passes
from calculators.catalog.cost_comparison.plan.question import Belief
from calculators.facts import FACTS

_LARGE: Final = FACTS.rule("large_model")


def belief(approach: Approach, given: Given) -> Belief | None:
    """
    Say how likely a row is to pass the reader's own eval.

    Args:
        approach: The row.
        given: The inputs and their records.

    Returns:
        The reader's chance, which has no range; else that of the records. Nothing where none is needed.
    """
    chance: float | None = getattr(given.inputs.judgement, approach.asked.chance)
    if chance is not None:
        return Belief(chance, chance, chance)
    under = circumstances(approach, given)
    found = default(approach.belief, under, given.facts, given.inputs.job.as_of)
    if found is None and approach is given.today:
        # What the job does not ask for adds nothing to the prompt, and takes nothing away.
        return default(MEANWHILE.belief, under, given.facts, given.inputs.job.as_of)
    return found


def circumstances(approach: Approach, given: Given) -> Circumstances:
    """What a row's chance depends on, where the reader enters none."""
    return Circumstances(
        given.needs,
        unchanged=_as_good(given),
        stays=given.stays,
        large=(given.records.base.parameters or 0.0) >= _LARGE,
        # What runs was tuned on as many as it took.
        examples=inf if approach is given.today else given.inputs.tuning.examples,
    )


def _as_good(given: Given) -> bool:
    """Whether the model that is prompted runs, and passes: then the question is what else is as good."""
    today = given.today
    if today is not MEANWHILE:
        return False
    said = passes(today, given)
    # Where documents must be known, the prompt holds them, and what else may is asked of their own chances.
    return (said == "yes" and not given.documents) or (given.nothing_changes and said != "no")
