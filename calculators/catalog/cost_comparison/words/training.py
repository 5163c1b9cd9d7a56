"""What is said of a row that is trained: what its prompt keeps, what its examples cost, and what GPUs it takes."""

from collections.abc import Iterable

from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.cost.tokens import taken_for_reference
from calculators.catalog.cost_comparison.words.sentences import Amount, Sentence, Way
from calculators.formulas.units import BYTES_PER_GIGABYTE
from calculators.quantity import write_count, write_link, write_money, write_number, write_words


def trained(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """What is to be known of a row that is trained: what its prompt keeps, and what its examples cost."""
    if row.approach.tuned:
        yield from _reference_text(comparison)
    yield from _dear_examples(comparison, row)


def _reference_text(comparison: Comparison) -> Iterable[Sentence]:
    """Say how much of the prompt training is taken to leave there, where the reader does not say."""
    reference, fixed = taken_for_reference(comparison.evaluation.parts.given), comparison.inputs.workload.fixed_tokens
    if reference:
        yield (
            f"{write_words(reference)} of {write_words(fixed)} tokens of fixed prompt are taken for reference text, ",
            "which training cannot take away: enter under “Tuning” how many are instructions. ",
            Way("All are instructions", (("instruction_tokens", write_link(fixed)),)),
        )


def _dear_examples(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """Say where examples that are to be labelled or bought make up most of the set-up: they may be there already."""
    setup = row.cost.setup
    if setup.data > setup.total - setup.data:
        yield (
            f"{write_words(comparison.inputs.tuning.examples)} training examples are counted at ",
            Amount(write_money(setup.data)),
            ", more than half of what setting it up costs: if they are there already, say so. ",
            Way("They are ours already", (("data_source", "have"),)),
        )


def trained_here(comparison: Comparison) -> Iterable[Sentence]:
    """Why training takes so many GPUs and hours, and what who sells it takes for the same examples."""
    training = comparison.evaluation.parts.training
    need, gpus = training.own_memory, training.own_gpus
    if need is None or gpus is None:
        return
    on_one, held = (f"{amount / BYTES_PER_GIGABYTE:,.0f} GB" for amount in (need.on_each(1), need.on_each(gpus)))
    why = f": it holds {held}" if gpus == 1 else f" that share it, {held} on each: one alone would need {on_one}"
    again = ", with both answers of each pair and a frozen copy to compare with" if need.reference else ""
    yield (
        f"Training takes {write_count(gpus, comparison.records.card.key)}{why}{again}. ",
        f"That is {write_number(training.gpu_hours)} GPU-hours, ",
        Amount(write_money(training.on_own_gpus)),
        *_sold_for(comparison),
        ".",
    )


def _sold_for(comparison: Comparison) -> Sentence:
    """What the service that tunes takes for the same examples; empty where none sells it by the token."""
    service, prices = comparison.records.service, comparison.evaluation.parts.effective.service
    if service is None or prices is None or prices.training is None:
        return ()
    return (
        f"; for the same examples {service.name} takes ",
        Amount(write_money(comparison.evaluation.parts.training.at_service)),
    )
