"""Which inputs matter most for an answer: what a form asks for that has no room for all."""

from collections.abc import Iterable, Iterator
from typing import Final

from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.breakdown import breakdown
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.dimensions import SHARED_HOURS, TOGETHER, MovedInput
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd
from calculators.catalog.cost_comparison.plan.robust import Moved
from calculators.facts import FACTS

ALWAYS: Final = ("must_change", "data_place", "requests_per_month", "today")
"""What decides most, whatever the answer."""

_MOST: Final = int(FACTS.rule("short_questions"))


def matters(comparison: Comparison, differing: Iterable[str]) -> tuple[str, ...]:
    """
    Name the inputs that matter most for an answer, beside those that always do.

    In this order, each once, and no more than the rule `short_questions` says: what turns the kind of first step; the
    tips; what most is paid for of the row that the plan begins with, or keeps. Behind them as many again of those that
    differ from the example, in the order of the form: a reader who changed them finds them.

    Args:
        comparison: The answer.
        differing: Names of the inputs that differ from the example.
    """
    found = dict.fromkeys(name for name in _telling(comparison) if name not in ALWAYS)
    most = tuple(found)[:_MOST]
    others = [name for name in differing if name not in (*ALWAYS, *most)]
    return (*most, *others[:_MOST])


def _telling(comparison: Comparison) -> Iterator[str]:
    advice, begins = comparison.advice, comparison.begins
    if begins is not None:
        match comparison.robust.turned_by:
            case ChanceEnd(place):
                yield ROWS[place].asked.chance
            case Moved(cause=MovedInput(name)):
                yield _one(comparison, name)
            case _:
                pass
    if comparison.something_passes:
        yield from (_one(comparison, str(tip.cause)) for tip in comparison.tips)
    begun = advice.in_hand if begins is None or begins.row is None else begins.row
    row = comparison.winner if begun is None else comparison.row(ROWS[begun])
    if row is not None:
        once, monthly = (breakdown(comparison, row).sum(key).items for key in ("setup", "month"))
        paid = [(item.amount, item) for item in once] + [(item.amount * comparison.months, item) for item in monthly]
        for _, item in sorted(paid, key=lambda each: -each[0]):
            yield from item.inputs[:1]


def _one(comparison: Comparison, name: str) -> str:
    """Of hours that are moved together the input that holds most; else the input itself."""
    if name not in TOGETHER:
        return name
    shared = [member for member, together in SHARED_HOURS.items() if together == name]
    return max(shared, key=lambda member: comparison.given(member) or 0)
