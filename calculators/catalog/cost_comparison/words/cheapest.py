"""Who costs least of those that can do the job, if all pass, and which single number would change that."""

from typing import Final

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.tipping import Tip
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.nouns import NOUNS, months_in_words, value
from calculators.catalog.cost_comparison.words.sentences import Amount, Part, Sentence, capital
from calculators.quantity import write_money


def cheapest(comparison: Comparison) -> Sentence:
    """Say who costs least of those that can do the job, if they pass; empty where none can, or nothing passes."""
    winner, advice = comparison.winner, comparison.advice
    if winner is None or (advice.first is None and advice.in_hand is None):
        return ()
    parts: list[Part] = [
        "Of those that by the guide’s table can do this, ",
        tried(comparison, winner.approach),
        " costs least if it passes: ",
        Amount(write_money(winner.total)),
        f" over {months_in_words(comparison.months)}, ",
        Amount(write_money(winner.bills)),
        " of it bills.",
    ]
    least = comparison.bills_winner
    if least is not None and least is not winner:
        parts += [" On bills alone it would be ", tried(comparison, least.approach), "."]
    return (*parts, *_tip(comparison))


def _tip(comparison: Comparison) -> Sentence:
    """The nearest single number that makes another row the cheapest."""
    if len(comparison.running) == 1:
        return ()
    if not comparison.tips:
        return (" No single number, within the range of its field, changes that.",)
    tip = comparison.tips[0]
    taker = comparison.taker(tip)
    return (" ", *capital((tried(comparison, taker.approach),)), " takes over ", *at(tip), ".")


def at(tip: Tip) -> Sentence:
    """Say where a tip lies, and where the reader is."""
    return (
        f"{'above' if tip.upwards else 'below'} ",
        Amount(value(tip.name, tip.at)),
        f" {NOUNS[tip.name]}; {'you entered' if tip.name in _ENTERED else 'yours is'}\N{NO-BREAK SPACE}",
        Amount(value(tip.name, tip.value)),
    )


_ENTERED: Final = {"requests_per_month", "fixed_tokens", "varying_tokens", "output_tokens", "horizon_months"}
