"""The answer's region: head, notices, verdict, dial and table."""

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import Sentence, Way, newer, verdict
from calculators.facts import FACTS, say_date
from calculators.html.cost_comparison.dials import dials
from calculators.html.cost_comparison.ranking import ranking
from calculators.html.cost_comparison.sentences import sentence
from calculators.html.elements import CHAIN
from calculators.markup import text


def answer(slug: str, comparison: Comparison, remarks: tuple[str, ...] = ()) -> str:
    """
    Write the answer.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.
        remarks: What is to be said of the link, a sentence each.

    Returns:
        HTML of the answer's region.
    """
    said = verdict(comparison)
    notices = "".join(_notice(slug, number, notice) for number, notice in enumerate(said.notices))
    notices += "".join(f'<div class="notice"><p>{text(remark)}</p></div>' for remark in remarks)
    rest = "".join(f"<li><b>{text(title)}:</b> {sentence(words)}</li>" for title, words in said.rest)
    return "".join(
        (
            _head(slug, comparison),
            notices,
            _newer(slug, comparison),
            f'<p class="verdict" id="{slug}-verdict" data-verdict>{sentence(said.lead)}</p>',
            _why(slug, comparison, robust=said.robust, why=said.why),
            dials(comparison, "you: "),
            f'<ul class="verdict__rest">{rest}</ul>',
            ranking(slug, comparison),
        )
    )


def _head(slug: str, comparison: Comparison) -> str:
    day = say_date(comparison.inputs.job.as_of)
    return (
        f'<div class="answer__head"><p>Your answer · prices of {day}</p><div class="actions">'
        f'<a class="answer__change" href="#{slug}-form">Change the numbers</a>'
        f'<button type="button" class="copy-link" id="{slug}-copy" data-copy-link>{CHAIN}'
        '<span class="copy-link__words" data-words>Copy link</span></button></div></div>'
    )


def _notice(slug: str, number: int, words: Sentence) -> str:
    ways = "".join(
        f'<button type="button" class="text-button" id="{slug}-way-{number}-{place}" '
        f'data-sets="{" ".join(name for name, _ in way.sets)}" data-value="{" ".join(value for _, value in way.sets)}">'
        f"{text(way.text)}</button>"
        for place, way in enumerate(part for part in words if isinstance(part, Way))
    )
    return f'<div class="notice"><p>{sentence(words)}</p>{f'<p class="ways">{ways}</p>' if ways else ""}</div>'


def _newer(slug: str, comparison: Comparison) -> str:
    """Offer today's figures where the answer rests on those of an earlier day, with what they would change."""
    words = newer(comparison)
    if not words:
        return ""
    return (
        f'<p class="later-figures">{sentence(words)} <button type="button" class="text-button" id="{slug}-newer" '
        f'data-sets="as_of" data-value="{FACTS.today}">Use them</button></p>'
    )


def _why(slug: str, comparison: Comparison, *, robust: bool, why: Sentence) -> str:
    if comparison.winner is None:
        return ""
    word = "robust" if robust else "fragile"
    return (
        f'<p class="verdict__why"><a class="word word--{word}" href="#{slug}-rule">{word.capitalize()}</a> '
        f"{sentence(why)}</p>"
    )
