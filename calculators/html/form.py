"""The form of a calculator, in both sizes: written when a page is built, and in a browser only filled in."""

from collections.abc import Iterable, Mapping
from typing import Final

from calculators.calculator import Calculator, Day, Group, Scenario
from calculators.html.field import fields
from calculators.markup import NOTHING, Html, join


def form(calculator: Calculator, scenario: Scenario, notes: Mapping[str, Html]) -> Html:
    """
    Write a calculator's form.

    Args:
        calculator: The calculator.
        scenario: Values to show.
        notes: What stands under a field beside its hint, by the input's name.
    """
    groups = []
    inputs = calculator.inputs.values()
    # A day is right as it is for nearly everybody: it stands at the foot.
    for index, (name, group) in enumerate(zip(calculator.groups, scenario.groups, strict=True)):
        names = [item.name for item in inputs if item.group == index and not isinstance(item.kind, Day)]
        groups.append(_group(calculator.slug, name, group, fields(calculator, scenario, names, notes)))
    groups.append(fields(calculator, scenario, [item.name for item in inputs if isinstance(item.kind, Day)], {}))
    return _FORM.fill(slug=calculator.slug, title=calculator.title, groups=join(groups))


def short_form(
    calculator: Calculator,
    scenario: Scenario,
    notes: Mapping[str, Html],
    *,
    always: Iterable[str],
    matters: Html,
    everything: str,
) -> Html:
    """
    Write a form of a few questions, and the way to all of them.

    Args:
        calculator: The calculator.
        scenario: Values to show.
        notes: What stands under a field beside its hint, by the input's name.
        always: Names of the inputs that decide most, whatever the answer.
        matters: The fields of those that matter most for this answer.
        everything: Address of the page with the whole form.
    """
    groups = Html(
        '<fieldset class="group"><legend>What decides most</legend>{always}</fieldset>'
        '<p class="group__title" id="{slug}-matters">What matters most for this answer</p>'
        '<fieldset class="group" aria-labelledby="{slug}-matters" data-slot="matters" data-fields>{matters}</fieldset>'
        '<p class="calculator__all"><a href="{everything}">All {count} numbers</a></p>'
    ).fill(
        slug=calculator.slug,
        always=fields(calculator, scenario, always, notes),
        matters=matters,
        everything=everything,
        count=len(calculator.inputs),
    )
    return _FORM.fill(slug=calculator.slug, title=calculator.title, groups=groups)


_FORM: Final = Html(
    '<form class="calculator__form" id="{slug}-form" tabindex="-1" novalidate autocomplete="off" '
    'aria-label="{title}: your numbers"><div data-slot="errors" hidden></div>{groups}</form>'
)


def _group(slug: str, name: str, group: Group, fields: Html) -> Html:
    if not group.folded:
        paste = _PASTE.fill(slug=slug) if group.pasted else NOTHING
        return Html('<fieldset class="group"><legend>{}</legend>{}{}</fieldset>').fill(group.title, fields, paste)
    return Html(
        '<details class="group" id="{slug}-group-{name}"><summary><span class="group__name">{title}</span> '
        '<span class="group__summary" data-slot="summary-{name}">{summary}</span></summary>'
        '<fieldset aria-label="{title}">{fields}</fieldset></details>'
    ).fill(slug=slug, name=name, title=group.title, summary=group.summary(), fields=fields)


# The text has no name, so that no form carries it: it is read, and enters no link.
_PASTE: Final = Html(
    '<details class="paste" id="{slug}-paste"><summary>Paste a usage record</summary>'
    '<label for="{slug}-pasted">What your vendor’s API returned as <code>usage</code>, as JSON</label>'
    '<textarea id="{slug}-pasted" rows="5" spellcheck="false" aria-describedby="{slug}-pasted-note"></textarea>'
    '<p class="field__note" id="{slug}-pasted-note">It is read in your browser and enters no link.</p>'
    '<button type="button" class="button" data-reads="{slug}-pasted">Read it</button>'
    '<div role="status" data-slot="usage"></div></details>'
)
