"""The answer as sentences, which a page marks up and a terminal prints."""

from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.nouns import NOUNS, value
from calculators.catalog.cost_comparison.words.notices import newer
from calculators.catalog.cost_comparison.words.plan import right_below
from calculators.catalog.cost_comparison.words.robust import Sureness, sureness
from calculators.catalog.cost_comparison.words.sentences import Amount, Cited, Name, Sentence, Way, plain
from calculators.catalog.cost_comparison.words.verdict import Verdict, verdict

__all__ = ["NOUNS", "Amount", "Cited", "Name", "Sentence", "Sureness", "Verdict", "Way", "newer", "plain", "right_below", "sureness", "tried", "value", "verdict"]
