"""What a form shows of a usage record that was pasted: what was understood, before it is used."""

import json
from typing import Final

from calculators.markup import Html, join
from calculators.usage import RefusedUsageError, read_usage

REQUEST: Final = "usage?"
"""What a page asks with, the pasted text behind it."""
SLOT: Final = "usage"

_UNDERSTOOD: Final = Html(
    '<ul>{lines}</ul><button type="button" class="button" id="usage-sets" data-sets="{names}" data-value="{values}">'
    "Use these</button>"
)


def reply(pasted: str) -> str:
    """
    Say what a usage record holds.

    Args:
        pasted: What was pasted.

    Returns:
        JSON as `calculators.html.reply.reply` describes it, without a scenario: `patches` and `says`.
    """
    try:
        found = read_usage(pasted)
    except RefusedUsageError as refused:
        return _json(Html('<p class="field__error">{}</p>').fill(_sentence(str(refused))), str(refused))
    lines = join(Html("<li>{}</li>").fill(line) for line in found.understood)
    names, values = " ".join(found.inputs), " ".join(found.inputs.values())
    return _json(_UNDERSTOOD.fill(lines=lines, names=names, values=values), " ".join(found.understood))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _json(html: Html, says: str) -> str:
    return json.dumps({"patches": {SLOT: html}, "invalid": [], "says": says}, ensure_ascii=False, separators=(",", ":"))
