"""
The answer to a scenario as a page takes it: new HTML by slot, and what the form is to show.

An answer can be asked for in parts, since nothing else can be asked while Python works. What a page shows first comes
first; what takes longer follows in slices, each a request of its own. No slice does more than a reader can wait for who
has entered something else meanwhile, and each rests on nothing but its request: what was worked out for the one before
is remembered, but for speed alone.
"""

import json
import re
from functools import lru_cache
from typing import Any, Final

from calculators import catalog
from calculators.calculator import EDITION, LONGEST_LINK, Calculator, RefusedScenarioError, Scenario, split
from calculators.echo import echo
from calculators.html import writer
from calculators.html.differs import differs
from calculators.html.field import error_summary, hint
from calculators.markup import Html, text

FIRST: Final = "answer"
"""Name of the first part; a scenario alone asks for it, too."""

WAITING: Final = Html('<p class="checking">checking …</p>')
"""What stands in the places of a part until it comes."""

PART: Final = "part"
FROM: Final = "from"
"""Names in a request that are not a scenario's: no input is called so."""

_ASKED: Final = re.compile(rf"(?:^|&){PART}=([^&]*)(?:&{FROM}=([^&]*))?$")
_SLICE: Final = re.compile(r"\d{1,6}", re.ASCII)

_REMEMBERED: Final = 2
"""Scenarios whose answers are remembered while a page asks for their parts."""


class UnknownPartError(ValueError):
    """A part that an answer does not have, or a slice that a part does not have. Its message says what there is."""


def reply(request: str) -> str:
    """
    Answer a scenario for a page, or give a part of the answer.

    Args:
        request: `slug?input=value&input=value`, and at its very end, to ask for a part, `part=name` or
            `part=name&from=slice`. A part that may be told something is asked for as `name:words`.

    Returns:
        JSON. Of the first part: `patches`: HTML by slot. `invalid`: names of what was refused, inputs or the edition;
        then there is no answer among the patches. `query`: the scenario as a link carries it, and `values`: every
        field's text, if all is valid. `parts`: names of the parts to come, in the order in which to ask for them.
        `says`: the first part in plain text.

        Of another part: `patches`, if it is done. Else `next`: what to ask for it `from`.

    Raises:
        UnknownCalculatorError: If no calculator has that name.
        UnknownPartError: If the answer has no such part, or the part no such slice.
        RefusedScenarioError: If a part other than the first is asked of a scenario that is refused.
    """
    slug, query = split(request)
    asked = _ASKED.search(query)
    if asked is None:
        return _first(slug, query)
    query, (name, start) = query[: asked.start()], asked.groups(default="0")
    return _first(slug, query) if (name, start) == (FIRST, "0") else _later(slug, query, name, start)


def whole(scenario: str) -> str:
    """
    Answer a scenario for a page, all parts at once.

    Args:
        scenario: `slug?input=value&input=value`.

    Returns:
        JSON as the first part of `reply`, without parts to come.
    """
    slug, query = split(scenario)
    return _first(slug, query, at_once=True)


def patches(slug: str, found: Any) -> dict[str, Html]:  # noqa: ANN401  # each calculator's own result
    """Write all parts of an answer, by slot."""
    write = writer(slug)
    written = write.first(slug, found)
    for part in write.PARTS:
        written |= part.write(slug, found)
    return written


def _first(slug: str, query: str, *, at_once: bool = False) -> str:
    try:
        calculator, decoded, found = _answered(slug, query)
    except RefusedScenarioError as error:
        faults = {f"error-{each.name}": text(each.message) for each in error.refusals if each.name != EDITION}
        return _json(
            {"errors": error_summary(slug, error.refusals), **faults},
            {
                "invalid": [refusal.name for refusal in error.refusals],
                "says": "; ".join(str(refusal) for refusal in error.refusals),
            },
        )
    with calculator.showing(decoded):
        return _written(calculator, decoded, found, at_once=at_once)


def _written(calculator: Calculator, decoded: Scenario, found: Any, *, at_once: bool) -> str:  # noqa: ANN401
    slug = calculator.slug
    write = writer(slug)
    query = calculator.encode(decoded)
    remarks = [f"Not read from the link: {'; '.join(decoded.dropped)}."] if decoded.dropped else []
    if len(query) > LONGEST_LINK:
        remarks.append(f"The link to this has {len(query):,} characters: some mail programs cut one of that length.")
    notes = write.notes(slug, found)
    summaries = zip(calculator.groups, decoded.groups, strict=True)
    coming = [part for part in write.PARTS if not at_once and part.work(found) is not None]
    written = {"differs": differs(calculator, decoded), **write.first(slug, found, tuple(remarks))}
    for part in write.PARTS:
        if part not in coming:
            written |= part.write(slug, found)
        elif part.awaited:
            written |= dict.fromkeys(part.slots, WAITING)
    return _json(
        {
            **written,
            **{f"summary-{name}": text(group.summary()) for name, group in summaries if group.folded},
            **{f"unit-{name}": text(unit) for name, unit in calculator.units(decoded.groups).items()},
            **{f"note-{name}": hint(calculator.inputs[name], note) for name, note in notes.items()},
        },
        {
            "invalid": [],
            "query": query,
            "values": calculator.entries(decoded),
            "parts": [part.name for part in coming],
            "says": write.says(found),
        },
    )


def _later(slug: str, query: str, name: str, start: str) -> str:
    calculator, decoded, found = _answered(slug, query)
    parts = {part.name: (part, work) for part in writer(slug).PARTS if (work := part.work(found)) is not None}
    name, *words = name.split(":", 1)
    if name not in parts or (words and not parts[name][0].told):
        there = f"it has {' and '.join(parts)}" if parts else "it came whole"
        raise UnknownPartError(f"“{echo(name)}” is not a part of this answer that is still to come: {there}")
    part, work = parts[name]
    if not _SLICE.fullmatch(start):
        raise UnknownPartError(f"“{echo(start)}” is not a slice of {name}: enter what the one before says is next")
    number = int(start)
    if number and work.ends_within(number):
        raise UnknownPartError(f"{name} has ended before slice {number}: enter what the one before says is next")
    if work.ends_within(number + 1):
        with calculator.showing(decoded):
            return _json(part.write(slug, found, *words), {})
    return _json({}, {"next": number + 1})


@lru_cache(maxsize=_REMEMBERED)
def _answered(slug: str, query: str) -> tuple[Calculator, Scenario, Any]:
    calculator = catalog.calculator(slug)
    decoded = calculator.decode(query)
    with calculator.showing(decoded):
        return calculator, decoded, calculator.answer(decoded)


def _json(patches: dict[str, Html], rest: dict[str, object]) -> str:
    return json.dumps({"patches": patches, **rest}, ensure_ascii=False, separators=(",", ":"))
