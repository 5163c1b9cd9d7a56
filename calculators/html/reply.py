"""The answer to a scenario as a page takes it: new HTML by slot, and what the form is to show."""

import json

from calculators import catalog
from calculators.calculator import EDITION, LONGEST_LINK, RefusedScenarioError, split
from calculators.html import writer
from calculators.html.form import error_summary, hint
from calculators.markup import Html, text


def reply(scenario: str) -> str:
    """
    Answer a scenario for a page.

    Args:
        scenario: `slug?input=value&input=value`.

    Returns:
        JSON. `patches`: HTML by slot. `invalid`: names of what was refused, inputs or the edition; then there is no
        answer among the patches. `query`: the scenario as a link carries it, and `values`: every field's text, if all
        is valid. `says`: the answer in plain text.

    Raises:
        UnknownCalculatorError: If no calculator has that name.
    """
    slug, query = split(scenario)
    calculator = catalog.calculator(slug)
    try:
        decoded = calculator.decode(query)
    except RefusedScenarioError as error:
        faults = {f"error-{each.name}": text(each.message) for each in error.refusals if each.name != EDITION}
        return _json(
            {"errors": error_summary(slug, error.refusals), **faults},
            {
                "invalid": [refusal.name for refusal in error.refusals],
                "says": "; ".join(str(refusal) for refusal in error.refusals),
            },
        )
    found, write = calculator.answer(decoded), writer(slug)
    query = calculator.encode(decoded)
    remarks = [f"Not read from the link: {'; '.join(decoded.dropped)}."] if decoded.dropped else []
    if len(query) > LONGEST_LINK:
        remarks.append(f"The link to this has {len(query):,} characters: some mail programs cut one of that length.")
    notes = write.notes(slug, found)
    summaries = zip(calculator.groups, decoded.groups, strict=True)
    return _json(
        {
            "answer": write.answer(slug, found, tuple(remarks)),
            "details": write.details(slug, found),
            "bar": write.bar(found),
            **{f"summary-{name}": text(group.summary()) for name, group in summaries if group.folded},
            **{f"note-{name}": hint(calculator.inputs[name], note) for name, note in notes.items()},
        },
        {
            "invalid": [],
            "query": query,
            "values": calculator.entries(decoded),
            "says": write.says(found),
        },
    )


def _json(patches: dict[str, Html], rest: dict[str, object]) -> str:
    return json.dumps({"patches": patches, **rest}, ensure_ascii=False, separators=(",", ":"))
