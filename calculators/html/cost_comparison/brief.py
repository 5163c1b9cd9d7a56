"""The answer where room is short: in a line, in a sentence, at the top of a page."""

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.groups import MUST_CHANGE
from calculators.catalog.cost_comparison.words import Amount, Name, Sentence, plain, verdict
from calculators.html.cost_comparison.dials import dials
from calculators.html.cost_comparison.sentences import sentence
from calculators.markup import Html
from calculators.quantity import write_count, write_money, write_money_short, write_words


def bar(comparison: Comparison, word: str = "") -> Html:
    """Write the one line that stays in sight while the answer is not; how sure it is, once that is known."""
    winner = comparison.winner
    if winner is None:
        return Html('<span><b>Nothing can do this</b></span> <span class="answer-bar__why">See why</span>')
    return Html('<span><b>{}</b> {}{}</span> <span class="answer-bar__why">See why</span>').fill(
        winner.approach.title, write_money_short(winner.total), f" · {word}" if word else ""
    )


def says(comparison: Comparison) -> str:
    """Say the answer in a sentence, for a screen reader."""
    return plain(verdict(comparison).lead)


def teaser(comparison: Comparison) -> Html:
    """Write the answer in a sentence with its dial, for the top of a page."""
    winner = comparison.winner
    if winner is None:
        return Html("<p>{}</p>").fill(sentence(verdict(comparison).lead))
    requests = write_words(comparison.inputs.workload.requests_per_month)
    people = ", most of it your team’s time" if winner.people > winner.bills else ""
    name = Name(winner.approach, winner.approach.name)
    words: Sentence = (
        f"{MUST_CHANGE.label_of(comparison.inputs.job.must_change)}, {requests} requests a month: ",
        name,
        " costs least: ",
        Amount(write_money(winner.total)),
        f" over {write_count(comparison.months, 'month')}{people}.",
    )
    return Html("<p>{}</p>{}").fill(sentence(words), dials(comparison, ""))
