"""Sentences of the answer, marked up."""

from calculators.catalog.cost_comparison.approaches import Approach
from calculators.catalog.cost_comparison.words import Amount, Cited, Name, Sentence, Way
from calculators.html.elements import source_link
from calculators.markup import NOTHING, Html, join, text


def hue_class(approach: Approach) -> str:
    """The class of a row's colour behind another class, or nothing for soft ink."""
    return f" hue-{approach.hue}" if approach.hue else ""


def sentence(words: Sentence) -> Html:
    """Mark up a sentence: names of approaches, amounts that do not break, sources."""
    return join(_part(part) for part in words)


def _part(part: str | Name | Amount | Cited | Way) -> Html:
    match part:
        case Name(approach, name):
            return Html('<span class="approach{}">{}</span>').fill(hue_class(approach), name)
        case Amount(amount):
            return Html('<span class="amount">{}</span>').fill(amount)
        case Cited(key):
            return Html(" {}").fill(source_link(key))
        case Way():
            return NOTHING
        case _:
            return text(part)


def remark(ident: str, words: Sentence) -> Html:
    """Mark up a sentence with the ways on from it as buttons behind it; their ids begin with the one given."""
    ways = [part for part in words if isinstance(part, Way)]
    if not ways:
        return sentence(words)
    buttons = join(_way(f"{ident}-{place}", way) for place, way in enumerate(ways))
    return Html('{} <span class="ways">{}</span>').fill(sentence(words), buttons)


def _way(ident: str, way: Way) -> Html:
    return Html(
        '<button type="button" class="text-button" id="{ident}" data-sets="{names}" data-value="{values}">'
        "{text}</button>"
    ).fill(
        ident=ident,
        names=" ".join(name for name, _ in way.sets),
        values=" ".join(value for _, value in way.sets),
        text=way.text,
    )
