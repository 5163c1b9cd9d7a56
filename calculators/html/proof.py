"""What the proof page shows of a recomputation: the same words and figures at build time and in a reader's browser."""

import json
import math
from typing import Final

from calculators.markup import NOTHING, Html, join
from calculators.proof import Computed, Proof, Proved, prove
from calculators.quantity import Quantity

REQUEST: Final = "proof?"
"""What a page asks for to have every published calculation recomputed."""

AT_BUILD: Final = "when this page was built"
HERE: Final = "in this browser"

_DIGITS: Final = 10


def slot(proved: Proved, computed: Computed | None = None) -> str:
    """Name the slot of a calculation's result, or of one of its figures."""
    return f"proof-{proved.vector.id}" + (f"-{computed.figure.key}" if computed else "")


def figure(computed: Computed) -> Html:
    """Write what a term gives; the exact number is in the markup, and marked where it is not what it should be."""
    shown = exactly(computed.value, computed.figure.quantity)
    wanted = exactly(computed.figure.right, computed.figure.quantity)
    fault = Html(' <strong class="proof__fault">✗ should be {}</strong>').fill(wanted)
    return Html('<data value="{}">{}</data>{}').fill(computed.value, shown, NOTHING if computed.agrees else fault)


def result(proved: Proved, where: str) -> Html:
    """Say how many of a calculation's figures come out, and where that was worked out."""
    right, total = sum(each.agrees for each in proved.computed), len(proved.computed)
    mark, state = ("✓", "is-right") if proved.agrees else ("✗", "is-wrong")
    counted = "The figure is" if right == total == 1 else f"{right} of {total} figures are"
    return Html(
        '<span class="proof__mark {state}" aria-hidden="true">{mark}</span> {counted} what these inputs come to, '
        "computed {where}."
    ).fill(state=state, mark=mark, counted=counted, where=where)


def count(proof: Proof, where: str) -> Html:
    """Say how many calculations agree, and name those that do not."""
    link = Html('<a href="#proof-{}">{}</a>')
    failed = join((link.fill(each.vector.id, each.vector.title) for each in proof.disagreeing), Html(", "))
    return Html(
        '<p class="proof__count"><strong>{agreeing} of {total}</strong> published calculations come out of our terms '
        "as their own inputs say they should, {figures} figures in all, computed {where}.{fault}</p>"
    ).fill(
        agreeing=proof.agreeing,
        total=proof.total,
        figures=proof.figures,
        where=where,
        fault=Html(" <strong>Not so: {}.</strong>").fill(failed) if failed else NOTHING,
    )


def says(proof: Proof) -> str:
    """Say the same in plain text."""
    failed = "; ".join(each.vector.title for each in proof.disagreeing)
    return f"{proof.agreeing} of {proof.total} agree" + (f". Not so: {failed}" if failed else "")


def reply() -> str:
    """
    Recompute every published calculation for a page.

    Returns:
        JSON as `calculators.html.reply.reply` describes it, without a scenario: `patches` and `says`.
    """
    proof = prove()
    patches = {"proof-result": count(proof, HERE)}
    for proved in proof.calculations:
        patches[slot(proved)] = result(proved, HERE)
        patches |= {slot(proved, each): figure(each) for each in proved.computed}
    reply = {"patches": patches, "invalid": [], "says": says(proof)}
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))


def exactly(number: float, quantity: Quantity) -> str:
    """
    Write a number to ten significant digits, as its quantity is written.

    Three digits, as elsewhere, would hide what is to be shown here.

    >>> exactly(1_452_305_454.5454545, Quantity()), exactly(4.6296296e-06, Quantity(money=True))
    ('1,452,305,455', '$0.0000046296296')
    >>> exactly(5.3, Quantity(money=True)), exactly(0.815, Quantity(share=True))
    ('$5.30', '81.5%')
    >>> exactly(-2.5, Quantity(money=True)), exactly(0, Quantity())
    ('−$2.50', '0')
    """
    if quantity.share:
        return f"{_written(number * 100)}%"
    if not quantity.money:
        return _written(number)
    written = _written(abs(number))
    cents = written.partition(".")[2]
    return f"{'−' if number < 0 else ''}${written}{'0' if len(cents) == 1 else ''}"


def _written(number: float) -> str:
    if number == 0 or not math.isfinite(number):
        return f"{number:g}"
    places = max(0, _DIGITS - 1 - math.floor(math.log10(abs(number))))
    written = f"{number:,.{places}f}"
    return written.rstrip("0").rstrip(".") if places else written
