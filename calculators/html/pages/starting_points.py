"""The starting points in a list: what to try first in each, and where the rest of its answer stands."""

from typing import Any

from calculators import catalog
from calculators.calculator import Calculator, Preset
from calculators.catalog.cost_comparison.words import verdict
from calculators.html.cost_comparison.sentences import sentence
from calculators.markup import Html, join


def write() -> Html:
    """Answer every starting point, and write its first sentence."""
    found = catalog.calculator("cost-comparison")
    return Html("<ul data-search-exclude>{}</ul>").fill(join(_item(found, preset) for preset in found.presets))


def _item(found: Calculator, preset: Preset) -> Html:
    scenario = found.decode(preset.query)
    with found.showing(scenario):
        comparison: Any = found.answer(scenario)
        lead = sentence(verdict(comparison).lead)
    return Html('<li><a href="../../calculator/{}/">{}</a>: {}</li>').fill(preset.key, preset.label, lead)
