"""Fields of a form, read from a calculator's description, and what is wrong with what was entered."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from calculators.calculator import EDITION, Calculator, Choice, Day, Input, Option, Refusal, Scenario, Several
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import Quantity


def fields(calculator: Calculator, scenario: Scenario, names: Iterable[str], notes: Mapping[str, Html]) -> Html:
    """
    Write the fields of some inputs as a scenario has them.

    Args:
        calculator: The calculator.
        scenario: Values to show.
        names: Names of the inputs.
        notes: What stands under a field beside its hint, by the input's name.
    """
    slug, entries, units = calculator.slug, calculator.entries(scenario), calculator.units(scenario.groups)
    return join(
        field(slug, calculator.inputs[name], entries[name], notes.get(name, NOTHING), units.get(name)) for name in names
    )


def field(slug: str, item: Input, entry: str, note: Html, unit: str | None = None) -> Html:
    """
    Write one field: label, message, control, hint and note.

    Args:
        slug: The calculator's.
        item: The input.
        entry: What the field holds.
        note: What stands under it beside its hint.
        unit: Its unit, where that depends on other fields.
    """
    ident, kind = f"{slug}-{item.name}", item.kind
    if isinstance(kind, Several):
        return _boxes_field(ident, item, kind, entry, note)
    return Html(
        '<div class="field" data-field="{name}"><label for="{ident}">{label}{unit}</label>'
        '<p class="field__error" id="{ident}-error" data-slot="error-{name}" hidden></p>'
        '<div class="field__box">{prefix}{control}</div>'
        '<p class="field__note" id="{ident}-note" data-slot="note-{name}">{note}</p></div>'
    ).fill(
        name=item.name,
        ident=ident,
        label=item.label,
        unit=_UNIT_OF.fill(item.name, unit) if unit else _unit(item),
        prefix=_DOLLARS if isinstance(kind, Quantity) and kind.money else NOTHING,
        control=_control(ident, item, entry),
        note=hint(item, note),
    )


def _boxes_field(ident: str, item: Input, several: Several, entry: str, note: Html) -> Html:
    """
    Write a field of several answers: a box for each.

    The boxes have no names: a form carries the hidden text, which the page's script keeps in step with them.
    """
    return Html(
        '<div class="field field--wide" data-field="{name}" role="group" aria-labelledby="{ident}-label" '
        'aria-describedby="{ident}-error {ident}-note"><p class="field__label" id="{ident}-label">{label}{unit}</p>'
        '<p class="field__error" id="{ident}-error" data-slot="error-{name}" hidden></p>'
        '<div class="several">{boxes}<input type="text" id="{ident}" name="{name}" value="{entry}" hidden></div>'
        '<p class="field__note" id="{ident}-note" data-slot="note-{name}">{note}</p></div>'
    ).fill(
        name=item.name,
        ident=ident,
        label=item.label,
        unit=_unit(item),
        boxes=join(_box(ident, option, several, entry) for option in several.options),
        entry=entry,
        note=hint(item, note),
    )


def _box(ident: str, option: Option, several: Several, entry: str) -> Html:
    return Html(
        '<label class="several__box"><input type="checkbox" id="{ident}-{key}" value="{key}" '
        'aria-describedby="{ident}-error"{alone}{checked}> {label}</label>'
    ).fill(
        ident=ident,
        key=option.value,
        alone=Html(" data-alone") if option.value in several.alone else NOTHING,
        checked=Html(" checked") if option.value in entry.split(",") else NOTHING,
        label=option.label,
    )


_UNIT_OF: Final = Html(' <span class="unit" data-slot="unit-{}">{}</span>')


def _unit(item: Input) -> Html:
    return Html(' <span class="unit">{}</span>').fill(item.kind.unit) if item.kind.unit else NOTHING


_DOLLARS: Final = Html('<span class="prefix" aria-hidden="true">$</span>')


def _control(ident: str, item: Input, entry: str) -> Html:
    if isinstance(item.kind, Choice):
        return Html(
            '<select id="{ident}" name="{name}" aria-describedby="{ident}-error {ident}-note">{options}</select>'
        ).fill(ident=ident, name=item.name, options=options(item.kind, entry))
    if isinstance(item.kind, Day):
        # Whatever a browser shows, its value is a day as a link writes it; one that knows no days shows that.
        first, last = str(item.kind.minimum), str(item.kind.maximum)
        asked = Html('type="date" min="{}" max="{}" required').fill(first, last)
    else:
        asked = Html('type="text" inputmode="{}"').fill(_keyboard(item.kind))
    return Html(
        '<input {asked} id="{ident}" name="{name}" value="{entry}" aria-describedby="{ident}-error {ident}-note">'
    ).fill(asked=asked, ident=ident, name=item.name, entry=entry)


def _keyboard(kind: object) -> str:
    # One of digits alone has no letters for “3 in 5”.
    return "decimal" if isinstance(kind, Quantity) and not kind.chance else "text"


def hint(item: Input, note: Html) -> Html:
    """Write what stands under a field: its hint and a note."""
    if not note:
        return text(item.kind.hint)
    beside = Html("<span>{}</span>").fill(note)
    return Html("{} {}").fill(item.kind.hint, beside) if item.kind.hint else beside


def options(choice: Choice, chosen: str) -> Html:
    """Write the options of a choice, under headings where it has them."""
    parts = []
    for heading, members in groupby(choice.options, key=lambda option: option.group):
        written = join(_option(option, chosen) for option in members)
        parts.append(Html('<optgroup label="{}">{}</optgroup>').fill(heading, written) if heading else written)
    return join(parts)


def _option(option: Option, chosen: str) -> Html:
    selected = Html(" selected") if option.value == chosen else NOTHING
    return Html('<option value="{}"{}>{}</option>').fill(option.value, selected, option.label)


def error_summary(slug: str, refusals: tuple[Refusal, ...]) -> Html:
    """Write every mistake at once, each with a link to its field or, where it has none, with a way on."""
    numbers = {1: "One entry needs", 2: "Two entries need", 3: "Three entries need"}
    title = f"{numbers.get(len(refusals), f'{len(refusals)} entries need')} another look"
    return Html(
        '<div class="error-summary" tabindex="-1" role="group" aria-label="{title}"><p><b>{title}</b></p>'
        "<ul>{items}</ul></div>"
    ).fill(title=title, items=join(_mistake(slug, refusal) for refusal in refusals))


def _mistake(slug: str, refusal: Refusal) -> Html:
    if refusal.name == EDITION:
        return Html(
            "<li>{}. A later one needs a newer version of this page. What the link names is in the fields; what it "
            "leaves out is not known here. "
            '<button type="button" class="text-button" data-asks>Answer for the fields as they stand</button></li>'
        ).fill(str(refusal))
    return Html('<li><a href="#{}-{}">{}</a></li>').fill(slug, refusal.name, str(refusal))
