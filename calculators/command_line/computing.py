"""Terms: which there are, what each means, and what it comes to."""

import inspect
import math
from collections.abc import Iterable, Mapping, Sequence

from calculators import catalog
from calculators.command_line.refusing import RefusedCommandError, meant, pairs, refuse, twice, unknown
from calculators.command_line.streams import exactly
from calculators.docstrings import describe, why_never
from calculators.echo import echo
from calculators.formulas import TERMS, Term
from calculators.quantity import Quantity, RefusedInputError, write_money, write_number, write_share
from calculators.subjects import search, subjects
from calculators.terms import asked, command, result, signature, summary
from calculators.wrapping import wrapped


def term(words: Sequence[str], *, exact: bool, helping: bool) -> str:
    """Compute a term, or say what it means."""
    if not words:
        return terms((), exact=exact)
    name, *given = words
    if helping:
        return _help(name, _known(name), exact=exact)
    entered = pairs(given)
    known = _known(name)
    # Told from the pairs, for a mapping can no longer know it.
    repeated = twice((name, name) for name, _ in entered)
    try:
        values = read_term(name, dict(entered))
    except RefusedCommandError as refused:
        raise RefusedCommandError([*repeated, *refused.faults]) from None
    refuse(repeated)
    quantity = result(known)
    reply: dict[str, object] = {"term": name, "inputs": values, "value": None, "unit": quantity.unit}
    try:
        value = float(known(**values))
    except (OverflowError, ValueError) as error:
        large = "the result is larger than any number: enter other values"
        refusal = large if isinstance(error, OverflowError) else str(error)
        raise RefusedCommandError([f"{name}: {refusal}"], {**reply, "reason": refusal}) from None
    # JSON has no infinity: a result without end is no number, and the reason is told.
    endless = not math.isfinite(value)
    reason = why_never(name, known) if endless else None
    if exact:
        return exactly({**reply, "value": None if endless else value, "reason": reason})
    return reason or _written(value, quantity)


def terms(words: Sequence[str], *, exact: bool) -> str:
    """List the terms by subject: all of them, or those that some words find."""
    hits = search(words)
    if not hits.terms and not hits.others:
        near = meant("_".join(words), TERMS) or "".join(filter(None, (meant(word, TERMS) for word in words)))
        said = " ".join(words)
        raise RefusedCommandError([f"no term says “{echo(said)}”: {near}`terms` alone lists them all"])
    listed, others = (hits.terms, hits.others) if hits.terms else (hits.others, ())
    by_subject = {
        subject.title: [name for name in subject.terms if name in listed]
        for subject in subjects()
        if not listed or set(subject.terms) & set(listed)
    }
    if exact:
        return exactly(
            {
                "terms": {name: summary(TERMS[name]) for name in TERMS if name in listed},
                "subjects": by_subject,
                "also": list(others),
            }
        )
    blocks = ["\n".join((title, *_lines(names))) for title, names in by_subject.items()]
    if others:
        blocks.append(wrapped(f"Also in what is said of {', '.join(others)}"))
    if not words:
        blocks.append(
            "python -m calculators terms WORD …            those that say something of it\n"
            "python -m calculators term NAME --help        what a term means, and an example to paste"
        )
    return "\n\n".join(blocks)


def _lines(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield wrapped(signature(name, TERMS[name]), indent="  ", further="    ")
        yield f"      {summary(TERMS[name])}"


def _help(name: str, known: Term, *, exact: bool) -> str:
    said = describe(name, known)
    pasted = command(name, said.call, exact=False)
    if exact:
        return exactly({"term": name, "summary": summary(known), "example": said.call, "command": pasted})
    return "\n\n".join(
        (
            wrapped(signature(name, known)),
            inspect.getdoc(known) or "",
            f"An example, to paste:\n  {pasted}",
        )
    )


def read_term(name: str, texts: Mapping[str, str]) -> dict[str, float]:
    """
    Read the arguments of a term, each as its quantity allows.

    Args:
        name: The term.
        texts: What is entered, by argument.

    Returns:
        The arguments; those left out that have a default are not among them.

    Raises:
        RefusedCommandError: If there is no such term, or anything missing, unknown or refused; it names all of it.
    """
    known = _known(name)
    inputs = asked(known)
    names = [each.name for each in inputs]
    values: dict[str, float] = {}
    faults = unknown(
        (text for text in texts if text not in names),
        names,
        what=f"an input of {name}",
        otherwise=f"enter {signature(name, known)}",
    )
    for each in inputs:
        if each.name not in texts:
            if each.default is None:
                faults.append(f"{each.name}: missing: enter {_asked(each.quantity)}")
            continue
        try:
            values[each.name] = each.kind(each.quantity.read(texts[each.name]))
        except RefusedInputError as refused:
            faults.append(f"{each.name}: {refused}")
    refuse(faults)
    return values


def _known(name: str) -> Term:
    if name in TERMS:
        return TERMS[name]
    if name in catalog.slugs():
        raise RefusedCommandError([f"“{name}” is a calculator, not a term: enter python -m calculators {name}"])
    raise RefusedCommandError(unknown([name], TERMS, what="a term", otherwise="`terms` lists them"))


def _asked(quantity: Quantity) -> str:
    return f"{quantity.unit}, {quantity.range}" if quantity.unit else quantity.range


def _written(number: float, quantity: Quantity) -> str:
    """Write a result for people: a count exactly, anything else to three digits; what was rounded says so."""
    if quantity.money:
        text = write_money(number)
    elif quantity.share:
        text = write_share(number)
    else:
        # Nothing in front of the point is rounded away: what is counted is counted exactly.
        text = min((write_number(number), f"{number:,.0f}"), key=lambda text: abs(_read(text) - number))
    shown = _read(text) / (_PERCENT if quantity.share else 1)
    rounded = "" if math.isclose(shown, number, rel_tol=_ALIKE) else " (rounded: --json gives every digit)"
    unit = "" if quantity.money or quantity.share else quantity.unit
    return f"{text} {unit}".strip() + rounded


def _read(text: str) -> float:
    """Read what was written, to see how much of it was rounded away."""
    return float(text.translate(_UNWRITTEN))


_UNWRITTEN = str.maketrans({"−": "-", "$": None, ",": None, "%": None})
_PERCENT = 100
_ALIKE = 1e-12
"""Results that differ by less are one: floats have no more digits to tell."""
