"""
Calculators in Markdown: a fence whose body is a scenario string becomes a form with its answer.

SuperFences calls these; they return HTML and know nothing of the site builder. Of what goes wrong in a formatter it
forgives all but its own exception, and shows the fence as code: hence that one, so that a mistake stops the build.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final

from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]  # it has no types

from calculators import catalog, chart, html
from calculators.calculator import Calculator, Preset, Scenario, split
from calculators.html import pages
from calculators.html.form import form
from calculators.html.reply import reply
from calculators.markup import text

type Formatter = Callable[..., str]
"""What SuperFences calls for a fence: body, name, class, options and parser go in, HTML comes out."""

CORRECTIONS: Final = "../#corrections"
"""Where a site without a repository says how to report a mistake, from a reference page."""

_SHOWN: Final = len("cost-comparison?requests_per_month=")


def _stops_the_build(formatter: Formatter) -> Formatter:
    @wraps(formatter)
    def format_or_stop(source: str, *arguments: object, **options: object) -> str:
        try:
            return formatter(source, *arguments, **options)
        except Exception as fault:
            raise SuperFencesException(f"{source.strip()[:_SHOWN]}: {fault}") from fault

    return format_or_stop


@_stops_the_build
def calculator(source: str, language: str, css_class: str, options: dict[str, str], md: object, **_: object) -> str:
    """
    Write a calculator: its presets, its form and the answer to its scenario.

    Args:
        source: The fence's body, a scenario string.
        language: The fence's name; unused, SuperFences passes it.
        css_class: As above.
        options: As above.
        md: As above.

    Returns:
        HTML that is complete without any script.

    Raises:
        SuperFencesException: If the scenario is not valid: the build must stop.
    """
    del language, css_class, options, md
    found, scenario = _decoded(source)
    answered, write = found.answer(scenario), html.writer(found.slug)
    slug = found.slug
    return (
        f'<div class="calculator-block">{chart.textures()}'
        f'<fine-tuning-calculator data-search-exclude data-slug="{slug}" id="calculator-{slug}" data-query="{text(found.encode(scenario))}">'
        f"{_presets(found, scenario)}"
        "<noscript><p>Putting in your own numbers needs JavaScript: a Python program then runs in this page. The answer "
        "below is for the example in the form.</p></noscript>"
        '<div class="calculator__status" role="status" data-slot="status"></div>'
        '<div class="calculator__columns">'
        '<section class="calculator__answer" aria-label="Your answer">'
        f'<div data-slot="answer">{write.answer(slug, answered)}</div>'
        f'<div data-slot="details" data-later>{write.details(slug, answered)}</div></section>'
        f"{form(found, scenario, write.notes(slug, answered))}</div>"
        f'<a class="answer-bar" href="#{slug}-verdict" hidden data-slot="bar">{write.bar(answered)}</a>'
        f"</fine-tuning-calculator>{_preset_answers(found, scenario)}</div>"
    )


@_stops_the_build
def teaser(source: str, language: str, css_class: str, options: dict[str, str], md: object, **_: object) -> str:
    """
    Write the answer to a scenario in one sentence with its picture.

    Args:
        source: The fence's body, a scenario string.
        language: The fence's name; unused, SuperFences passes it.
        css_class: As above.
        options: As above.
        md: As above.

    Returns:
        HTML.

    Raises:
        SuperFencesException: If the scenario is not valid: the build must stop.
    """
    del language, css_class, options, md
    found, scenario = _decoded(source)
    return f'<div class="calculator-teaser">{html.writer(found.slug).teaser(found.answer(scenario))}</div>'


def records(*, repository: str) -> Formatter:
    """
    Return what writes one of the pages drawn from the records.

    Args:
        repository: Web address of the repository that corrections are reported to, or empty.
    """

    @_stops_the_build
    def write(source: str, language: str, css_class: str, options: dict[str, str], md: object, **_: object) -> str:
        del language, css_class, options, md
        return pages.with_address(pages.page(source.strip()).write(), repository, CORRECTIONS)

    return write


def _decoded(source: str) -> tuple[Calculator, Scenario]:
    slug, query = split(source)
    found = catalog.calculator(slug)
    scenario = found.decode(query)
    if scenario.dropped:
        raise ValueError(f"a fence's scenario must mean something whole: {'; '.join(scenario.dropped)}")
    return found, scenario


def _query(found: Calculator, preset: Preset) -> str:
    return found.encode(found.decode(preset.query))


def _presets(found: Calculator, scenario: Scenario) -> str:
    here = found.encode(scenario)
    links = []
    for preset in found.presets:
        query = _query(found, preset)
        current = ' aria-current="true"' if query == here else ""
        links.append(
            f'<a href="#{found.section}?{text(query)}" data-preset="{preset.key}"{current}>{text(preset.label)}</a>'
        )
    return f'<nav class="presets" aria-label="Start from"><span>Start from</span> {" ".join(links)}</nav>'


def _preset_answers(found: Calculator, scenario: Scenario) -> str:
    """Write the other presets' answers into the page, so that they need no Python there."""
    here = found.encode(scenario)
    return "".join(
        f'<template data-search-exclude data-preset-answer="{preset.key}">{text(reply(f"{found.slug}?{preset.query}"))}</template>'
        for preset in found.presets
        if _query(found, preset) != here
    )
