"""The answer where room is short: in a line, in a sentence, as a dial, at the top of a page."""

from calculators import chart
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import (
    Amount,
    Sentence,
    band_names,
    bands,
    months_in_words,
    noun_of,
    plain,
    short,
    tips,
    verdict,
)
from calculators.html.cost_comparison.sentences import sentence
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_money, write_money_short, write_short, write_words


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
    """Write the answer for the top of a page: a sentence and its dial, in places of their own."""
    return Html('<p data-slot="teaser">{}</p><div data-slot="teaser-dial">{}</div>').fill(
        in_short(comparison), dials(comparison, "")
    )


def in_short(comparison: Comparison) -> Html:
    """Write the answer in a sentence, with the nearest number that changes it."""
    return sentence((*_first_step(comparison), *(part for tip in tips(comparison)[:1] for part in (" ", *tip))))


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


def dials(comparison: Comparison, prefix: str) -> Html:
    """Draw what is tried first along requests per month, wide and narrow."""
    found = comparison.dial
    if found is None:
        return NOTHING
    drawn_bands = tuple(
        chart.DialBand(
            band.first,
            band.end,
            None if band.to.row is None else ROWS[band.to.row].hue,
            *band_names(comparison, band),
        )
        for band in found.bands
    )
    drawn = [
        chart.dial(
            here=max(found.value, found.first),
            here_label=f"{prefix}{write_short(found.value)}",
            first=found.first,
            end=found.end,
            bands=drawn_bands,
            tip=found.turn,
            sentence=plain(bands(comparison)),
            narrow=narrow,
        )
        for narrow in (False, True)
    ]
    return Html('<div class="drawings">{}</div>').fill(join(drawn))
