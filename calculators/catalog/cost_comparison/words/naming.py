"""What rows are called in a sentence: by the model they prompt, and by what they are made of."""

from calculators.catalog.cost_comparison.approaches import Approach, Runs
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words.sentences import Name


def tried(comparison: Comparison, approach: Approach) -> Name:
    """Name what is tried when a row is: `prompting GPT-6.1 Terra`, `RAG with examples`."""
    documents = comparison.evaluation.parts.given.documents
    words = approach.tried_on_documents if documents else approach.tried
    return Name(approach, words.format(model=model(comparison, approach)))


def model(comparison: Comparison, approach: Approach) -> str:
    """The name of the model that a row runs."""
    records = comparison.records
    if approach.runs in (Runs.SERVICE, Runs.OWN_GPUS, Runs.SMALL):
        return records.base.name
    sold = records.sold_for(approach.runs)
    return sold[0].record.name if sold else approach.name
