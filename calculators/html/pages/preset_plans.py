"""The plans of the scenarios to start from, in text: what a reader without JavaScript would press a preset for."""

from typing import Any, Final

from calculators import catalog
from calculators.calculator import Calculator, Preset
from calculators.catalog.cost_comparison.words import newer, path, right_below, sureness, verdict
from calculators.html.cost_comparison.sentences import sentence
from calculators.markup import NOTHING, Html, join

ANCHOR: Final = "preset-{}"
"""Address of a preset's plan on its page, with the preset's key."""

_PLAN: Final = Html(
    '<section aria-labelledby="{anchor}"><h3 id="{anchor}">{label}</h3>{notices}'
    "<p>{lead}</p>{sure}{beside}{path}"
    '<p><a href="../../#{section}?{query}">Change its numbers</a></p></section>'
)


def write() -> Html:
    """Answer every preset, and write its plan."""
    found = catalog.calculator("cost-comparison")
    plans = join(_plan(found, preset) for preset in found.presets)
    return Html('<div class="preset-plans" data-search-exclude>{}</div>').fill(plans)


def _plan(found: Calculator, preset: Preset) -> Html:
    scenario = found.decode(preset.query)
    comparison: Any = found.answer(scenario)
    said, sure = verdict(comparison), sureness(comparison)
    paragraph, item = Html("<p>{}</p>"), Html("<li>{}</li>")
    beside = [part for part in (said.trap, right_below(comparison), said.odds) if part]
    notices = (*said.notices, *([newer(comparison)] if comparison.newer else []))
    steps = join(item.fill(sentence(step)) for step in path(comparison))
    return _PLAN.fill(
        anchor=ANCHOR.format(preset.key),
        label=preset.label,
        notices=join(paragraph.fill(sentence(notice)) for notice in notices),
        lead=sentence(said.lead),
        sure=Html("<p><b>{}.</b> {}</p>").fill(sure.word, sentence(sure.why)) if sure.word else NOTHING,
        beside=paragraph.fill(join(map(sentence, beside), Html(" "))) if beside else NOTHING,
        path=Html("<ol>{}</ol>").fill(steps) if steps else NOTHING,
        section=found.section,
        query=found.encode(scenario),
    )
