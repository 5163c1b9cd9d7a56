"""What tuning saves against not tuning, taken apart by its causes."""

from dataclasses import dataclass

from calculators.catalog.cost_comparison.approaches import UNTUNED_API, Approach, baseline, untuned
from calculators.catalog.cost_comparison.cost.shape import Cost
from calculators.catalog.cost_comparison.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class SavingStep:
    """
    One step of a saving.

    Attributes:
        name: What changes in this step.
        amount: What the step saves; negative if it costs. [USD]
    """

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Saving:
    """
    What tuning saves against not tuning, in a fixed order of steps.

    Attributes:
        baseline: The row without tuning that it is measured against.
        steps: The steps; their amounts sum to the difference of the two totals.
    """

    baseline: Approach
    steps: tuple[SavingStep, ...]


def taken_apart(tuned: Approach, evaluation: Evaluation) -> Saving:
    """
    Take apart what a tuned row saves.

    Args:
        tuned: The row.
        evaluation: The scenario's sums.
    """
    against = baseline(documents=evaluation.parts.given.documents, stays=evaluation.parts.given.stays)
    months = evaluation.inputs.job.horizon_months

    def cost(approach: Approach) -> Cost:
        return evaluation.row(approach).cost

    def settled(approach: Approach) -> float:
        """Bills without the wait for going live. [USD]"""
        return cost(approach).bills(months) - cost(approach).setup.waiting

    def prepared(approach: Approach) -> float:
        """Data, training and indexing. [USD]"""
        return cost(approach).data(months) + cost(approach).training(months)

    steps = []
    if against.another_model:
        # It runs the same small model in the same place: neither is a step.
        before = against
    else:
        before = untuned(tuned)
        steps.append(SavingStep("the smaller model, tuned or not", settled(against) - settled(UNTUNED_API)))
        if before is not UNTUNED_API:
            steps.append(SavingStep("where it runs", settled(UNTUNED_API) - settled(before)))
    running, plain = cost(tuned).running, cost(before).running
    if bool(running.gpus) == bool(plain.gpus):
        tokens = plain.requests_until(months) - running.requests_until(months)
        steps.append(SavingStep("the shorter prompt, at the tuned model’s price", tokens))
        rest = plain.until(months) - running.until(months) - tokens
        steps.append(SavingStep("tuning: hosting the tuned model", rest))
    else:
        steps.append(SavingStep("where it runs", plain.until(months) - running.until(months)))
    steps.append(SavingStep("tuning: data and training", prepared(before) - prepared(tuned)))
    steps.append(SavingStep("the wait until it is live", cost(against).setup.waiting - cost(tuned).setup.waiting))
    steps.append(SavingStep("your team’s time", cost(against).people(months) - cost(tuned).people(months)))
    if wrong := cost(against).wrong(months) - cost(tuned).wrong(months):
        steps.append(SavingStep("wrong answers", wrong))
    return Saving(against, tuple(steps))
