"""
Calculators in Markdown: a fence whose body is a scenario string becomes a form with its answer.

SuperFences calls these; they return HTML and know nothing of the site builder. Of what goes wrong in a formatter it
forgives all but its own exception, and shows the fence as code: hence that one, so that a mistake stops the build.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Final

from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]  # it has no types

from calculators import catalog, chart, html
from calculators.calculator import Calculator, Preset, Scenario, split
from calculators.html import Writer, pages, reply
from calculators.html.differs import differs
from calculators.html.form import form, short_form
from calculators.html.pages.starting_point import write as write_starting_point
from calculators.markup import NOTHING, Html, join

type Formatter = Callable[..., str]
"""What SuperFences calls for a fence: body, name, class, options and parser go in, HTML comes out."""

CORRECTIONS: Final = "../#corrections"
"""Where a site without a repository says how to report a mistake, from a reference page."""

EVERYTHING: Final = "calculator"
"""The page that holds the whole form, at the site's root, and the id of its heading."""

_LONG: Final = frozenset({"running-total"})
"""Places of an answer that only the page with the whole form has, as it has what each row is made of."""

_HERE: Final = Html('<div data-slot="details" data-part="details" data-later>{}</div>')
_ELSEWHERE: Final = Html(
    '<p class="calculator__rest"><a href="{}#{}-running-total">The running total, and what each row is made of</a></p>'
)

FROM_ROOT: Final = re.compile(r'href="(?=reference/|#claim-)')
"""Where a link begins that leads from the site's root: to the reference, or to a claim of the guide."""

_AT_ONCE: Final = 4
"""Starting points that stand in a line: from each of them, and from those that are folded, the fields are near."""

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
def calculator(source: str, language: str, css_class: str, options: dict[str, str], md: object, **named: object) -> str:
    """
    Write a calculator: its answer, its presets and its whole form.

    Args:
        source: The fence's body, a scenario string.
        language: The fence's name; unused, SuperFences passes it.
        css_class: As above.
        options: As above.
        md: As above.
        **named: `attrs`: of the fence, `root`: the way to the site's root; one folder up where it is not said.

    Returns:
        HTML that is complete without any script.

    Raises:
        SuperFencesException: If the scenario is not valid: the build must stop.
    """
    del language, css_class, options, md
    found, scenario = _decoded(source)

    def written(_: Mapping[str, Html], notes: Mapping[str, Html]) -> Html:
        return form(found, scenario, notes)

    return _calculator(found, scenario, _root(named, "../"), "", written)


@_stops_the_build
def calculator_short(
    source: str, language: str, css_class: str, options: dict[str, str], md: object, **named: object
) -> str:
    """
    Write a calculator with a form of a few questions: those that decide most, and what matters most for this answer.

    Args:
        source: The fence's body, a scenario string.
        language: The fence's name; unused, SuperFences passes it.
        css_class: As above.
        options: As above.
        md: As above.
        **named: `attrs`: of the fence, `root`: the way to the site's root; none where it is not said.

    Returns:
        HTML that is complete without any script.

    Raises:
        SuperFencesException: If the scenario is not valid: the build must stop.
    """
    del language, css_class, options, md
    found, scenario = _decoded(source)
    root = _root(named, "")
    everything = f"{root}{EVERYTHING}/"

    def written(patches: Mapping[str, Html], notes: Mapping[str, Html]) -> Html:
        always = html.writer(found.slug).ALWAYS
        whole = f"{everything}#{EVERYTHING}"
        return short_form(found, scenario, notes, always=always, matters=patches["matters"], everything=whole)

    page = _calculator(found, scenario, root, everything, written)
    # What this size lacks, a field or what a row is made of, stands on the calculator's own page.
    return re.sub(
        rf'href="#({found.slug}-[\w-]+)"',
        lambda match: match[0] if f' id="{match[1]}"' in page else match[0].replace("#", f"{everything}#", 1),
        page,
    )


def _root(named: Mapping[str, object], otherwise: str) -> str:
    attributes = named.get("attrs")
    return str(attributes.get("root", otherwise)) if isinstance(attributes, Mapping) else otherwise


def _calculator(
    found: Calculator,
    scenario: Scenario,
    root: str,
    everything: str,
    written: Callable[[Mapping[str, Html], Mapping[str, Html]], Html],
) -> str:
    """
    Write a calculator with either form.

    Args:
        found: The calculator.
        scenario: What it is served with.
        root: The way to the site's root.
        everything: Address of the page with the whole form; empty where this is it.
        written: Writes the form from the answer and the notes under fields.
    """
    slug, write = found.slug, html.writer(found.slug)
    with found.showing(scenario):
        answered = found.answer(scenario)
        patches = {**reply.patches(slug, answered), "differs": differs(found, scenario)}
        notes = write.notes(slug, answered)
    lead, *behind = (slot for slot in write.SLOTS if not everything or slot not in _LONG)
    page = Html(
        '<div class="calculator-block">{textures}'
        '<fine-tuning-calculator data-search-exclude data-slug="{slug}" id="calculator-{slug}" data-query="{query}" '
        'data-root="{root}"{everything}>'
        '<section class="calculator__lead" aria-label="Your answer">{lead}'
        '<p class="printed-link">To open and change this: <span data-printed-link></span></p></section>'
        '<div class="calculator__status" role="status" data-slot="status"></div>'
        "{presets}"
        "<noscript><p>Putting in your own numbers needs JavaScript: a Python program then runs in this page. Without "
        "it, answer and form are the example’s and stay so; each starting point above leads to a page with its own "
        "answer.</p></noscript>"
        '<div class="calculator__columns">{form}'
        '<section class="calculator__answer" aria-label="The plan behind it">{heading}'
        "{behind}{details}</section></div>"
        '<a class="answer-bar" href="#{slug}-verdict" hidden data-slot="bar">{bar}</a>'
        "</fine-tuning-calculator></div>"
    ).fill(
        textures=chart.textures(),
        slug=slug,
        query=found.encode(scenario),
        root=root,
        everything=Html(' data-everything="{}"').fill(everything) if everything else NOTHING,
        lead=_answer(write, (lead, "differs"), patches),
        presets=_presets(found, scenario, f"{root}{EVERYTHING}/"),
        # The whole form stands under the title of its page, the short one under a heading of the guide.
        heading=NOTHING if everything else Html("<h2>The plan behind it</h2>"),
        form=written(patches, notes),
        behind=_answer(write, behind, patches),
        details=_ELSEWHERE.fill(everything, slug) if everything else _HERE.fill(patches["details"]),
        bar=patches["bar"],
    )
    # What Python writes leads from the site's root; the page's script does the same with what comes later.
    return FROM_ROOT.sub(f'href="{root}', page)


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


@_stops_the_build
def starting_point(source: str, language: str, css_class: str, options: dict[str, str], md: object, **_: object) -> str:
    """
    Write the page of a starting point, which answers it without a script.

    Args:
        source: The fence's body: a calculator's slug and the starting point's key, `cost-comparison/documents`.
        language: The fence's name; unused, SuperFences passes it.
        css_class: As above.
        options: As above.
        md: As above.

    Returns:
        HTML.

    Raises:
        SuperFencesException: If there is no such starting point: the build must stop.
    """
    del language, css_class, options, md
    slug, key = source.strip().partition("/")[::2]
    found = catalog.calculator(slug)
    presets = {preset.key: preset for preset in found.presets}
    if key not in presets:
        raise ValueError(f"“{key}” is no starting point: there are {', '.join(presets)}")
    return write_starting_point(found, presets[key], EVERYTHING)


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


def _answer(write: Writer, slots: Iterable[str], patches: Mapping[str, Html]) -> Html:
    """Write places of the answer, each of those that are filled later with the name of its part."""
    parts = {slot: part.name for part in write.PARTS for slot in part.slots}
    place = Html('<div data-slot="{}"{}>{}</div>')
    return join(
        place.fill(slot, Html(' data-part="{}"').fill(parts[slot]) if slot in parts else NOTHING, patches[slot])
        for slot in slots
    )


def _query(found: Calculator, preset: Preset) -> str:
    return found.encode(found.decode(preset.query))


def _presets(found: Calculator, scenario: Scenario, page: str) -> Html:
    """
    Write the starting points: some in a line, the others folded, so that the fields are never far.

    Each leads to its own page below the given one, where it is answered; the page's script answers it here.
    """
    here = found.encode(scenario)
    links = []
    for preset in found.presets:
        query = _query(found, preset)
        links.append(
            Html('<a href="{page}{key}/" data-preset="{key}" data-starts="{query}"{current}>{label}</a>').fill(
                page=page,
                query=query,
                key=preset.key,
                current=Html(' aria-current="true"') if query == here else NOTHING,
                label=preset.label,
            )
        )
    more = Html('<details class="presets__more" id="{slug}-presets"><summary>{count} more</summary>{links}</details>')
    return Html('<nav class="presets" aria-label="Start from"><span>Start from</span> {} {}</nav>').fill(
        join(links[:_AT_ONCE], Html(" ")),
        more.fill(slug=found.slug, count=len(links) - _AT_ONCE, links=join(links[_AT_ONCE:], Html(" "))),
    )
