"""What is to be said of how fast a row’s GPUs are, and of how they are rented."""

from collections.abc import Iterable
from typing import Final

from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.estimate import Speed
from calculators.catalog.cost_comparison.words.sentences import Sentence
from calculators.facts import ServingFit
from calculators.quantity import write_number, write_share, write_words


def how_fast(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """
    Say where the speed of a row's GPUs is an estimate, or beyond what was measured.

    Args:
        comparison: The answer.
        row: The row.
    """
    hosted = row.approach.runs is Runs.SERVICE
    fit = comparison.records.hosted_fit if hosted else comparison.evaluation.parts.effective.speed
    if isinstance(fit, Speed):
        yield from _estimated(comparison, fit)
    if not isinstance(fit, ServingFit):
        return
    held = comparison.evaluation.row(row.approach).held
    taken = ((held.longest, fit.input_range, "input"), (held.output, fit.output_range, "output"))
    asked = "request" if held.calls == 1 else "call"
    outside = [
        f"{write_words(low)} to {write_words(high)} tokens of {kind}; a {asked} here has {write_words(number)}"
        for number, (low, high), kind in taken
        if not low <= number <= high
    ]
    if outside:
        yield (
            f"Extrapolated: {comparison.records.base.name} was measured on {fit.gpu} ",
            f"with {', and with '.join(outside)}.",
        )


def _estimated(comparison: Comparison, speed: Speed) -> Iterable[Sentence]:
    """Say that a speed is estimated, and how far such an estimate may be off."""
    line, name = comparison.records.roofline, comparison.records.base.name
    bits = f"weights of {write_number(speed.weight_bits)} bits"
    if speed.measured_bits is not None:
        yield (
            f"Carried over: {name} was measured on {speed.gpu} with weights of {write_number(speed.measured_bits)} ",
            f"bits; {bits} are as much slower or faster as its data sheet says.",
        )
        return
    yield (
        f"Estimated from the data sheet: {name} was not measured on {speed.gpu}; {bits}. Such an estimate is right ",
        f"within a factor of {write_number(line.factor)} in {write_share(line.within)} of {line.cases} measured cases.",
    )


def on_terms(comparison: Comparison) -> Iterable[Sentence]:
    """
    Say what is to be known of GPUs that are not rented on demand.

    Args:
        comparison: The answer.
    """
    if said := _TERMS.get(comparison.inputs.serving.hardware):
        yield (said,)


_TERMS: Final = {
    "reserved": "Reserved GPUs are paid for as long as you sign for, whether or not they are needed.",
    "interruptible": (
        "Interruptible GPUs can be taken away at any moment, and nothing answers until others are found: they are for "
        "work that can wait."
    ),
}
