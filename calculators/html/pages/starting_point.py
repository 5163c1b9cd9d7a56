"""
A starting point on a page of its own: its answer, its plan and its rows, with nothing on it that a script must answer.

What a reader without JavaScript reads instead of pressing it; for others it is a page that can be linked to and found.
"""

import math
import re
from collections.abc import Iterator
from typing import Final

from calculators.calculator import Calculator, Preset, Scenario
from calculators.calendar import say_date
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.words import newer, right_below, staying, sureness, tips_together, verdict
from calculators.html.cost_comparison.path import path
from calculators.html.cost_comparison.ranking import standing_words
from calculators.html.cost_comparison.sentences import sentence
from calculators.html.differs import differing
from calculators.html.pages.tables import NONE, plain_table
from calculators.markup import Html, join, substitute
from calculators.quantity import write_money_short, write_share

_PAGE: Final = Html(
    '<div class="calculator-block starting-point" data-search-exclude>'
    '<section class="calculator__lead" aria-label="The answer"><p class="soft">Prices of {day}</p>'
    '{notices}<p class="verdict">{lead}</p>{beside}'
    '<p><a class="button button--solid" href="../#{section}?{query}">Open it in the calculator</a></p></section>'
    '<h2 id="plan">The plan</h2><div class="calculator__answer">{path}</div>'
    '<h2 id="rows">Each row, if it passes</h2>{rows}'
    '<h2 id="numbers">Its numbers</h2>{numbers}'
    '<nav class="presets" aria-label="Other starting points"><span>Others</span> {others}</nav></div>'
)
_REFERENCE: Final = re.compile('href="reference/')
_FROM_HERE: Final = Html('href="../../reference/')
"""What Python writes leads from the site's root."""

_FIGURES: Final = ("Find out", "Go live", "Keep", "Total", "Chance", "Price of a success")
_DIFFERS: Final = Html("<p>What differs from the example:</p><ul>{}</ul>")
_NUMBER: Final = Html("<li>{}: <b>{}</b> (example: {})</li>")
_EXAMPLE: Final = Html('<p>This is the example itself: <a href="../#{}">the calculator shows all its numbers</a>.</p>')


def write(found: Calculator, preset: Preset, section: str) -> Html:
    """
    Answer a starting point, and write its page.

    Args:
        found: The calculator.
        preset: The starting point.
        section: Id of the heading of the page that holds the whole form.
    """
    scenario = found.decode(preset.query)
    with found.showing(scenario):
        comparison: Comparison = found.answer(scenario)
        said = verdict(comparison)
        written = _PAGE.fill(
            day=say_date(comparison.inputs.job.as_of),
            notices=join(Html('<div class="notice"><p>{}</p></div>').fill(sentence(each)) for each in said.notices),
            lead=sentence(said.lead),
            beside=join(_beside(comparison)),
            section=section,
            query=found.encode(scenario),
            path=path(found.slug, comparison, said.odds),
            rows=_rows(comparison),
            numbers=_numbers(found, scenario, section),
            others=join(_others(found, preset), Html(" ")),
        )
    return substitute(written, _REFERENCE, _FROM_HERE)


def _beside(comparison: Comparison) -> Iterator[Html]:
    """Write what stands beside the answer's sentence: how sure it is, the price of the trap, what would change it."""
    said, sure = verdict(comparison), sureness(comparison)
    if sure.word:
        yield Html("<p><b>{}.</b> {}</p>").fill(sure.word, sentence(sure.why))
    later = newer(comparison) if comparison.newer else ()
    for words in (said.trap, right_below(comparison), staying(comparison), tips_together(comparison), later):
        if words:
            yield Html("<p>{}</p>").fill(sentence(words))
    yield from (Html("<p>{}</p>").fill(sentence(words)) for words in said.also)


def _rows(comparison: Comparison) -> Html:
    return plain_table("Each row, if it passes", ("Row", *_FIGURES), (_row(comparison, row) for row in comparison.rows))


def _row(comparison: Comparison, row: Row) -> Iterator[str]:
    words = standing_words(row)
    yield Html("{}<small>{}</small>").fill(row.approach.title, words) if words else row.approach.title
    if not row.standing.shown:
        yield from (NONE for _ in _FIGURES)
        return
    candidate = comparison.candidate_of(row.approach)
    for amount in (
        comparison.find_out(row.approach),
        candidate.go_live,
        candidate.keep,
        comparison.in_all(row.approach),
    ):
        yield write_money_short(amount)
    chance, price = comparison.chance(row.approach), comparison.price_of_a_success(row.approach)
    yield NONE if chance is None else write_share(round(chance, 2))
    yield NONE if price is None else write_money_short(price) if math.isfinite(price) else "never"


def _numbers(found: Calculator, scenario: Scenario, section: str) -> Html:
    numbers = [_NUMBER.fill(*each) for _, *each in differing(found, scenario)]
    return _DIFFERS.fill(join(numbers)) if numbers else _EXAMPLE.fill(section)


def _others(found: Calculator, preset: Preset) -> Iterator[Html]:
    for other in found.presets:
        if other is not preset:
            yield Html('<a href="../{}/">{}</a>').fill(other.key, other.label)
