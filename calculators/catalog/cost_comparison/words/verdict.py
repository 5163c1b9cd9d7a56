"""The answer in words: what a reader could say aloud in a meeting, in a fixed order."""

from dataclasses import dataclass

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import plan
from calculators.catalog.cost_comparison.words.notices import MOST, notices
from calculators.catalog.cost_comparison.words.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The answer in words, but for what takes longer to find: whether it is robust, and when tuning first would be right.

    Attributes:
        notices: What a reader must know before any figure, a sentence each.
        lead: What to try first, what it takes, what follows, and when to stop.
        trap: What tuning first would cost; empty where tuning cannot, or is first.
        odds: The chance that nothing passes, and the plan's average beside it; empty where nothing is tried.
        also: Notices that a reader may meet after the figures, a sentence each.
    """

    notices: tuple[Sentence, ...]
    lead: Sentence
    trap: Sentence
    odds: Sentence
    also: tuple[Sentence, ...]


def verdict(comparison: Comparison) -> Verdict:
    """Say the answer."""
    found = tuple(notices(comparison))
    return Verdict(
        notices=found[:MOST],
        lead=plan.lead(comparison),
        trap=plan.trap(comparison),
        odds=plan.odds(comparison),
        also=found[MOST:],
    )
