"""The answer as sentences, which a page marks up and a terminal prints."""

from calculators.catalog.cost_comparison.words.gpus import gpus_in_words, paid_at_the_start
from calculators.catalog.cost_comparison.words.naming import model, tried
from calculators.catalog.cost_comparison.words.notices import newer
from calculators.catalog.cost_comparison.words.nouns import NOUNS, months_in_words, noun_of, units, value
from calculators.catalog.cost_comparison.words.plan import path, right_below, short, staying
from calculators.catalog.cost_comparison.words.robust import Sureness, sureness
from calculators.catalog.cost_comparison.words.rows import paid_in, said_of
from calculators.catalog.cost_comparison.words.sentences import Amount, Cited, Name, Sentence, Way, plain
from calculators.catalog.cost_comparison.words.tips import band_names, bands, tips, tips_together
from calculators.catalog.cost_comparison.words.verdict import Verdict, verdict

__all__ = [
    "NOUNS",
    "Amount",
    "Cited",
    "Name",
    "Sentence",
    "Sureness",
    "Verdict",
    "Way",
    "band_names",
    "bands",
    "gpus_in_words",
    "model",
    "months_in_words",
    "newer",
    "noun_of",
    "paid_at_the_start",
    "paid_in",
    "path",
    "plain",
    "right_below",
    "said_of",
    "short",
    "staying",
    "sureness",
    "tips",
    "tips_together",
    "tried",
    "units",
    "value",
    "verdict",
]
