"""The proof: published calculations worked out again, for people and for programs."""

import math
from collections.abc import Sequence
from typing import Final

from calculators.command_line.refusing import refuse
from calculators.command_line.streams import exactly
from calculators.docstrings import why_never
from calculators.echo import echo
from calculators.formulas import TERMS
from calculators.proof import Computed, Proof
from calculators.proof import prove as proved
from calculators.wrapping import wrapped

DISAGREES: Final = 1
"""Exit status where a published calculation does not come out."""


def prove(words: Sequence[str], *, exact: bool, helping: bool) -> tuple[str, int]:
    """Work every published calculation out again."""
    refuse(f"“{echo(word)}” is not an input of proof: it has none" for word in words)
    if helping:
        return "proof  work out every published calculation again, and say which do not come out", 0
    found = proved()
    written = exactly(_figures(found)) if exact else _written(found)
    return written, DISAGREES if found.disagreeing else 0


def _written(found: Proof) -> str:
    count = (
        f"{found.agreeing} of {found.total} published calculations come out of the terms as their own inputs say they "
        f"should, {found.figures} figures in all."
    )
    faults = [
        f"{each.vector.id}: {one.figure.label}: {one.value:.12g} should be {one.figure.right:.12g}\n"
        f"    {one.figure.command}"
        for each in found.disagreeing
        for one in each.computed
        if not one.agrees
    ]
    return "\n".join((wrapped(count), *faults))


def _figures(found: Proof) -> dict[str, object]:
    return {
        "calculations": found.total,
        "agreeing": found.agreeing,
        "figures": found.figures,
        "disagreeing": [each.vector.id for each in found.disagreeing],
        "verdicts": found.verdicts,
        "computed": [
            {
                "id": each.vector.id,
                "verdict": each.vector.verdict,
                "agrees": each.agrees,
                "figures": [_figure(one) for one in each.computed],
            }
            for each in found.calculations
        ],
    }


def _figure(computed: Computed) -> dict[str, object]:
    figure = computed.figure
    # JSON has no infinity, and a term that was broken may give one.
    endless = not math.isfinite(computed.value)
    return {
        "figure": figure.key,
        "term": figure.term,
        "inputs": figure.inputs,
        "value": None if endless else computed.value,
        "reason": why_never(figure.term, TERMS[figure.term]) if endless else None,
        "right": figure.right,
        "published": figure.published,
        "agrees": computed.agrees,
        "command": figure.command,
    }
