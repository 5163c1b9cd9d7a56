"""What of a scenario differs from the example, and the way back to that."""

from collections.abc import Iterator
from typing import Final

from calculators.calculator import EDITION, Calculator, Choice, Input, Scenario, Several
from calculators.facts import FACTS
from calculators.markup import NOTHING, Html, join

_AT_ONCE: Final = int(FACTS.rule("short_questions"))
"""Differences that are listed to whoever was sent a scenario without being asked for."""

_ITEM: Final = Html('<li><a href="#{}-{}">{}</a>: <b>{}</b> <span>(<i>example: </i>{})</span></li>')


def differs(calculator: Calculator, scenario: Scenario) -> Html:
    """
    Write how a scenario differs from the newest edition of the defaults; nothing where it does not.

    Args:
        calculator: The calculator.
        scenario: Its inputs.
    """
    slug, example = calculator.slug, _example(calculator)
    items = [_ITEM.fill(slug, *each) for each in differing(calculator, scenario)]
    if not items:
        return NOTHING
    return Html(
        '<p><b class="differs__sent">You were sent a scenario: </b>{count} from the example. '
        '<button type="button" class="text-button" id="{slug}-example" data-starts="{example}">Start from the example'
        "</button></p>"
        '<details id="{slug}-differs"{few}><summary>Which</summary><ul>{items}</ul></details>'
    ).fill(
        slug=slug,
        few=Html(" data-few") if len(items) <= _AT_ONCE else NOTHING,
        count="1 number differs" if len(items) == 1 else f"{len(items)} numbers differ",
        items=join(items),
        example=calculator.encode(example),
    )


def differing(calculator: Calculator, scenario: Scenario) -> Iterator[tuple[str, str, str, str]]:
    """Name the inputs that differ from the example, each with its label, its value and the example's."""
    here, there = calculator.entries(scenario), calculator.entries(_example(calculator))
    for name in calculator.differing(scenario):
        item = calculator.inputs[name]
        label = f"{item.label} {item.kind.unit}".rstrip(" ")
        yield name, label, _said(item, here[name]), _said(item, there[name])


def _example(calculator: Calculator) -> Scenario:
    return calculator.decode(f"{EDITION}={len(calculator.starts)}")


def _said(item: Input, entry: str) -> str:
    """Write a value as a reader says it."""
    if isinstance(item.kind, Choice | Several) and entry:
        return item.kind.label_of(entry)
    return entry or ("nothing" if isinstance(item.kind, Several) else "empty")
