"""The answer where room is short: in a line, in a sentence, at the top of a page."""

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import (
    Amount,
    Sentence,
    months_in_words,
    noun_of,
    plain,
    short,
    tips,
    verdict,
)
from calculators.html.cost_comparison.dials import dials
from calculators.html.cost_comparison.sentences import sentence
from calculators.markup import Html
from calculators.quantity import write_money, write_money_short, write_words


def bar(comparison: Comparison, word: str = "") -> Html:
    """Write the one line that stays in sight while the answer is not; how sure it is, once that is known."""
    words, first = plain(short(comparison)), comparison.advice.first
    cost = f" · {write_money_short(first.find_out)} to find out" if first else ""
    return Html('<span><b>{}</b>{}{}</span> <span class="answer-bar__why">See why</span>').fill(
        f"{words[0].upper()}{words[1:]}", cost, f" · {word}" if word else ""
    )


def says(comparison: Comparison) -> str:
    """Say the answer in a sentence, for a screen reader."""
    return plain(verdict(comparison).lead)


def teaser(comparison: Comparison) -> Html:
    """Write the answer in a sentence, with the nearest number that changes it and its dial, for the top of a page."""
    return Html("<p>{}</p>{}").fill(
        sentence((*_first_step(comparison), *(part for tip in tips(comparison)[:1] for part in (" ", *tip)))),
        dials(comparison, ""),
    )


def _first_step(comparison: Comparison) -> Sentence:
    step = comparison.advice.first
    if step is None:
        return verdict(comparison).lead
    requests = write_words(comparison.inputs.workload.requests_per_month)
    return (
        f"{comparison.inputs.job.wanted}, {requests} {noun_of(comparison, 'requests_per_month')}: ",
        *short(comparison),
        " first. Finding out costs ",
        Amount(write_money(step.find_out)),
        "; if it passes, it comes to ",
        Amount(write_money(step.in_all)),
        f" in all over {months_in_words(comparison.months)}.",
    )
