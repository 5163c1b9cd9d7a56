"""The rows of the comparison: five approaches, two reference rows, and what each stands for."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Approach:
    """
    One row.

    Attributes:
        key: Its name in links, code and style sheets.
        name: Its name in sentences, lower case unless an abbreviation.
        title: Its name at the head of a row.
        short: Its name in narrow pictures.
        live_in: Time to production, as the guide's table gives it.
        portability: What leaving it costs, in the guide's words.
    """

    key: str
    name: str
    title: str
    short: str
    live_in: str
    portability: str


PROMPT: Final = Approach("prompt", "prompt engineering", "Prompt engineering", "Prompting", "days", "switch any time")
FEW_SHOT: Final = Approach("few_shot", "few-shot", "Few-shot", "Few-shot", "days", "switch any time")
RAG: Final = Approach("rag", "RAG", "RAG", "RAG", "2–4 weeks", "switch any time")
API: Final = Approach(
    "api", "fine-tuning through an API", "Fine-tuning, API", "Tuned, API", "2–6 weeks", "locked to provider"
)
OWN: Final = Approach(
    "own",
    "self-hosted fine-tuning",
    "Fine-tuning, self-hosted",
    "Self-hosted",
    "2–6 months",
    "locked to model family",
)
SMALL: Final = Approach(
    "small",
    "the small model without tuning",
    "The small model, only prompted",
    "Small, prompted",
    "days",
    "switch any time",
)
OPEN: Final = Approach(
    "open",
    "an open model on your own GPUs without tuning",
    "An open model on your GPUs, only prompted",
    "Open, prompted",
    "1–3 months",
    "switch any time",
)

FIVE: Final = (PROMPT, FEW_SHOT, RAG, API, OWN)
"""The approaches compared."""
REFERENCES: Final = (SMALL, OPEN)
"""The same without tuning: what a saving is taken apart with."""
ROWS: Final = (*FIVE, *REFERENCES)
"""Every row, in the order of totals."""
