"""
Calculators in Markdown: a fence whose body is a scenario string becomes a form with its answer.

SuperFences calls these; they return HTML and know nothing of the site builder. Of what goes wrong in a formatter it
forgives all but its own exception, and shows the fence as code: hence that one, so that a mistake stops the build.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Final

from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]  # it has no types

from calculators import catalog, chart, html
from calculators.calculator import Calculator, Preset, Scenario, split
from calculators.html import Writer, pages, reply
from calculators.html.form import form
from calculators.markup import NOTHING, Html, join

type Formatter = Callable[..., str]
"""What SuperFences calls for a fence: body, name, class, options and parser go in, HTML comes out."""

CORRECTIONS: Final = "../#corrections"
"""Where a site without a repository says how to report a mistake, from a reference page."""

_SHOWN: Final = len("cost-comparison?requests_per_month=")


def _stops_the_build(formatter: Formatter) -> Formatter:
    @wraps(formatter)
    def format_or_stop(source: str, *arguments: object, **options: object) -> str:
        try:
            # Plain text again: what others put before or behind it is not ours to escape.
            return str(formatter(source, *arguments, **options))
        except Exception as fault:
            raise SuperFencesException(f"{source.strip()[:_SHOWN]}: {fault}") from fault

    return format_or_stop


@_stops_the_build
def calculator(source: str, language: str, css_class: str, options: dict[str, str], md: object, **_: object) -> Html:
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
    slug, write = found.slug, html.writer(found.slug)
    with found.showing(scenario):
        answered = found.answer(scenario)
        patches, notes = reply.patches(slug, answered), write.notes(slug, answered)
    return Html(
        '<div class="calculator-block">{textures}'
        '<fine-tuning-calculator data-search-exclude data-slug="{slug}" id="calculator-{slug}" data-query="{query}">'
        "{presets}"
        "<noscript><p>Putting in your own numbers needs JavaScript: a Python program then runs in this page. The "
        'answer below is for the example in the form; <a href="reference/plan/#presets">here are the plans of the '
        "others</a>.</p></noscript>"
        '<div class="calculator__status" role="status" data-slot="status"></div>'
        '<div class="calculator__columns">'
        '<section class="calculator__answer" aria-label="Your answer">'
        '{answer}<div data-slot="details" data-part="details" data-later>{details}</div></section>'
        "{form}</div>"
        '<a class="answer-bar" href="#{slug}-verdict" hidden data-slot="bar">{bar}</a>'
        "</fine-tuning-calculator></div>"
    ).fill(
        textures=chart.textures(),
        slug=slug,
        query=found.encode(scenario),
        presets=_presets(found, scenario),
        answer=_answer(write, patches),
        details=patches["details"],
        form=form(found, scenario, notes),
        bar=patches["bar"],
    )


@_stops_the_build
def teaser(source: str, language: str, css_class: str, options: dict[str, str], md: object, **_: object) -> Html:
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
    with found.showing(scenario):
        written = html.writer(found.slug).teaser(found.answer(scenario))
    return Html('<div class="calculator-teaser" data-teaser="{}">{}</div>').fill(found.slug, written)


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


def _answer(write: Writer, patches: Mapping[str, Html]) -> Html:
    """Write the answer's places, each of those that are filled later with the name of its part."""
    parts = {slot: part.name for part in write.PARTS for slot in part.slots}
    place = Html('<div data-slot="{}"{}>{}</div>')
    return join(
        place.fill(slot, Html(' data-part="{}"').fill(parts[slot]) if slot in parts else NOTHING, patches[slot])
        for slot in write.SLOTS
    )


def _query(found: Calculator, preset: Preset) -> str:
    return found.encode(found.decode(preset.query))


def _presets(found: Calculator, scenario: Scenario) -> Html:
    here = found.encode(scenario)
    links = []
    for preset in found.presets:
        query = _query(found, preset)
        links.append(
            Html('<a href="#{section}?{query}" data-preset="{key}"{current}>{label}</a>').fill(
                section=found.section,
                query=query,
                key=preset.key,
                current=Html(' aria-current="true"') if query == here else NOTHING,
                label=preset.label,
            )
        )
    return Html('<nav class="presets" aria-label="Start from"><span>Start from</span> {}</nav>').fill(
        join(links, Html(" "))
    )
