"""What is said of a row that is trained on GPUs of one's own."""

from collections.abc import Iterable

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words.sentences import Amount, Sentence
from calculators.formulas.units import BYTES_PER_GIGABYTE
from calculators.quantity import write_count, write_money, write_number


def trained_here(comparison: Comparison) -> Iterable[Sentence]:
    """Why training takes so many GPUs and hours, and what who sells it takes for the same examples."""
    training = comparison.evaluation.parts.training
    need, gpus = training.own_memory, training.own_gpus
    if need is None or gpus is None:
        return
    on_one, held = (f"{amount / BYTES_PER_GIGABYTE:,.0f} GB" for amount in (need.on_each(1), need.on_each(gpus)))
    why = f": it holds {held}" if gpus == 1 else f" that share it, {held} on each: alone one would hold {on_one}"
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
