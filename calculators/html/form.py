"""The form of a calculator, read from its description."""

from collections.abc import Mapping
from itertools import groupby

from calculators.calculator import Calculator, Choice, Day, Input, Option, Refusal, Scenario
from calculators.markup import text
from calculators.quantity import Quantity


def form(calculator: Calculator, scenario: Scenario, notes: Mapping[str, str]) -> str:
    """
    Write a calculator's form.

    Args:
        calculator: The calculator.
        scenario: Values to show.
        notes: HTML that stands under a field beside its hint, by the input's name.
    """
    entries = calculator.entries(scenario)
    parts = [
        f'<form class="calculator__form" id="{calculator.slug}-form" tabindex="-1" novalidate autocomplete="off" aria-label="{text(calculator.title)}: your numbers">'
    ]
    parts.append('<div data-slot="errors" hidden></div>')
    for index, (name, group) in enumerate(calculator.groups.items()):
        fields = "".join(
            field(calculator.slug, item, entries[item.name], notes.get(item.name, ""))
            for item in calculator.inputs.values()
            if item.group == index
        )
        if group.folded:
            summary = text(scenario.groups[index].summary())
            parts.append(
                f'<details class="group" id="{calculator.slug}-group-{name}"><summary>'
                f'<span class="group__name">{text(group.title)}</span> '
                f'<span class="group__summary" data-slot="summary-{name}">{summary}</span></summary>'
                f'<fieldset aria-label="{text(group.title)}">{fields}</fieldset></details>'
            )
        else:
            parts.append(f'<fieldset class="group"><legend>{text(group.title)}</legend>{fields}</fieldset>')
    parts.append("</form>")
    return "".join(parts)


def field(slug: str, item: Input, entry: str, note: str) -> str:
    """Write one field: label, message, control, hint and note."""
    ident = f"{slug}-{item.name}"
    unit = f' <span class="unit">{text(item.kind.unit)}</span>' if item.kind.unit else ""
    described = f"{ident}-error {ident}-note"
    if isinstance(item.kind, Choice):
        control = (
            f'<select id="{ident}" name="{item.name}" aria-describedby="{described}">'
            f"{options(item.kind, entry)}</select>"
        )
    else:
        mode = "text" if isinstance(item.kind, Day) else "decimal"
        control = (
            f'<input type="text" inputmode="{mode}" id="{ident}" name="{item.name}" value="{text(entry)}" '
            f'aria-describedby="{described}">'
        )
    prefix = (
        '<span class="prefix" aria-hidden="true">$</span>'
        if isinstance(item.kind, Quantity) and item.kind.money
        else ""
    )
    return (
        f'<div class="field" data-field="{item.name}"><label for="{ident}">{text(item.label)}{unit}</label>'
        f'<p class="field__error" id="{ident}-error" data-slot="error-{item.name}" hidden></p>'
        f'<div class="field__box">{prefix}{control}</div>'
        f'<p class="field__note" id="{ident}-note" data-slot="note-{item.name}">{hint(item, note)}</p></div>'
    )


def hint(item: Input, note: str) -> str:
    """Write what stands under a field: its hint and a note."""
    written = text(item.kind.hint)
    return f"{written} <span>{note}</span>".strip() if note else written


def options(choice: Choice, chosen: str) -> str:
    """Write the options of a choice, under headings where it has them."""
    parts = []
    for heading, members in groupby(choice.options, key=lambda option: option.group):
        written = "".join(_option(option, chosen) for option in members)
        parts.append(f'<optgroup label="{text(heading)}">{written}</optgroup>' if heading else written)
    return "".join(parts)


def _option(option: Option, chosen: str) -> str:
    selected = " selected" if option.value == chosen else ""
    return f'<option value="{text(option.value)}"{selected}>{text(option.label)}</option>'


def error_summary(slug: str, refusals: tuple[Refusal, ...]) -> str:
    """Write every mistake at once, each with a link to its field."""
    numbers = {1: "One entry needs", 2: "Two entries need", 3: "Three entries need"}
    title = f"{numbers.get(len(refusals), f'{len(refusals)} entries need')} another look"
    items = "".join(f'<li><a href="#{slug}-{refusal.name}">{text(str(refusal))}</a></li>' for refusal in refusals)
    return f'<div class="error-summary" tabindex="-1" role="group" aria-label="{title}"><p><b>{title}</b></p><ul>{items}</ul></div>'
