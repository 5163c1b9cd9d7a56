"""The first part of the answer: head, notices, verdict, path and table."""

from calculators.calendar import say_date
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import Sentence, newer, verdict
from calculators.facts import FACTS
from calculators.html.cost_comparison.brief import bar
from calculators.html.cost_comparison.path import path
from calculators.html.cost_comparison.ranking import ranking
from calculators.html.cost_comparison.sentences import sentence
from calculators.html.elements import CHAIN
from calculators.markup import NOTHING, Html, join


def first(slug: str, comparison: Comparison, remarks: tuple[str, ...] = ()) -> dict[str, Html]:
    """
    Write the first part of the answer.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.
        remarks: What is to be said of the link, a sentence each.

    Returns:
        By slot, in the order of the page.
    """
    said = verdict(comparison)
    answer = (
        _head(slug, comparison),
        *map(_notice, said.notices),
        *map(_notice, ((remark,) for remark in remarks)),
        _newer(slug, comparison),
        Html('<p class="verdict" id="{}-verdict" data-verdict>{}</p>').fill(slug, sentence(said.lead)),
    )
    return {
        "answer": join(answer),
        "trap": Html('<p class="trap">{}</p>').fill(sentence(said.trap)) if said.trap else NOTHING,
        "path": path(slug, comparison, said.odds),
        "ranking": ranking(slug, comparison) + (_also(said.also) if said.also else NOTHING),
        "bar": bar(comparison),
    }


def _head(slug: str, comparison: Comparison) -> Html:
    return Html(
        '<div class="answer__head"><p>Prices of {day}{amounts}</p><div class="actions">'
        '<a class="answer__plan" href="#{slug}-ranking">The plan</a>'
        '<button type="button" class="copy-link" id="{slug}-copy" data-copy-link>{chain}'
        '<span class="copy-link__words" data-words>Copy link</span></button></div></div>'
    ).fill(
        day=say_date(comparison.inputs.job.as_of),
        amounts=f". {amounts}" if (amounts := comparison.inputs.life.amounts) else "",
        slug=slug,
        chain=CHAIN,
    )


def _notice(words: Sentence) -> Html:
    return Html('<div class="notice"><p>{}</p></div>').fill(sentence(words))


def _newer(slug: str, comparison: Comparison) -> Html:
    """Offer today's figures where the answer rests on those of an earlier day, with what they would change."""
    words = newer(comparison)
    if not words:
        return NOTHING
    return Html(
        '<p class="later-figures">{} <button type="button" class="text-button" id="{}-newer" data-sets="as_of" '
        'data-value="{}">Use them</button></p>'
    ).fill(sentence(words), slug, str(FACTS.today))


def _also(also: tuple[Sentence, ...]) -> Html:
    """Write the notices that would have kept the reader from the table."""
    item = Html("<li>{}</li>")
    return Html('<ul class="verdict__also">{}</ul>').fill(join(item.fill(sentence(words)) for words in also))
