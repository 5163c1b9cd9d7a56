"""Sentences of the answer, marked up."""

from calculators.catalog.cost_comparison.words import Amount, Name, Sentence, Source, Way
from calculators.html.cost_comparison.hues import hue_class
from calculators.html.elements import source_link
from calculators.markup import text


def sentence(words: Sentence) -> str:
    """Mark up a sentence: names of approaches, amounts that do not break, sources."""
    parts = []
    for part in words:
        match part:
            case Name(approach, name):
                parts.append(f'<span class="approach{hue_class(approach.key)}">{text(name)}</span>')
            case Amount(amount):
                parts.append(f'<span class="amount">{text(amount)}</span>')
            case Source(key):
                parts.append(f" {source_link(key)}")
            case Way():
                pass
            case _:
                parts.append(text(part))
    return "".join(parts)
