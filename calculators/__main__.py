"""
The command line: `python -m calculators`.

It answers the same scenarios with the same figures as the page, and computes any single term of the cost model. Where
a link forgives, it does not: what is misspelt is a mistake, and all mistakes are told at once.
"""

import codecs
import importlib
import inspect
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, Protocol, TextIO, cast
from urllib.parse import parse_qsl, urlencode

from calculators import catalog
from calculators.calculator import EDITION, Calculator, RefusedScenarioError, Scenario, split
from calculators.catalog import UnknownCalculatorError
from calculators.echo import echo
from calculators.formulas import TERMS, Term
from calculators.proof import Computed, Proof, prove
from calculators.quantity import Quantity, RefusedInputError, write_money, write_number, write_share
from calculators.terms import asked, result, signature, summary
from calculators.usage import LONGEST_RECORD, RefusedUsageError, read_usage

DISAGREES: Final = 1
"""Exit status where a published calculation does not come out."""
BAD_INPUT: Final = 2
"""Exit status where anything was refused, or the answer could not be written."""

USAGE: Final = """\
python -m calculators                                 this list
python -m calculators CALCULATOR                      answer with the defaults of the first edition
python -m calculators 'CALCULATOR?input=value&…'      answer a scenario, as a link has it
python -m calculators CALCULATOR input=value …        the same, written apart
python -m calculators CALCULATOR --help               its inputs
python -m calculators term                            list the terms of the cost model
python -m calculators term NAME input=value …         compute one
python -m calculators term NAME --help                say what it means
python -m calculators proof                           work published calculations out again
python -m calculators usage < FILE                    read a usage record as a scenario

--json writes every figure exactly. Bad input ends with status 2 and every mistake at once; `proof` ends with status 1
if a calculation does not come out."""


class RefusedCommandError(ValueError):
    """
    A command that cannot be carried out; it knows every reason.

    Attributes:
        faults: What is wrong and what to enter instead, one line each.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Report(Protocol):
    """What the module `report` of a calculator defines for the terminal and for programs."""

    def written(self, found: Any) -> str:  # noqa: ANN401  # each calculator's own result
        """Write the answer as plain text."""

    def figures(self, found: Any) -> dict[str, object]:  # noqa: ANN401
        """Collect every figure of the answer."""


def main(arguments: Sequence[str]) -> int:
    """
    Carry out one command.

    Args:
        arguments: What stands behind the program's name.

    Returns:
        The exit status: 0, or 1 if a published calculation does not come out, or 2 if anything was refused or the
        answer could not be written. Whoever closes the other end of a pipe has read enough: that changes nothing.
    """
    words = [argument for argument in arguments if not argument.startswith("-")]
    switches = {argument for argument in arguments if argument.startswith("-")}
    exact, helping = "--json" in switches, bool(switches & {"--help", "-h"})
    told: tuple[str, ...] = ()
    try:
        _refuse(_garbled(arguments))
        _refuse(
            f"{echo(switch)} is not a switch: there are --json and --help"
            for switch in sorted(switches - {"--json", "--help", "-h"})
        )
        printed, status = _carry_out(words, exact=exact, helping=helping)
    except RefusedCommandError as refused:
        told, status = refused.faults, BAD_INPUT
        printed = _exactly({"refused": list(told)}) if exact else ""
    try:
        _write(printed, sys.stdout)
    except OSError as error:
        told, status = (*told, f"the answer could not be written: {error.strerror}"), BAD_INPUT
    with suppress(OSError):
        _write("\n".join(told), sys.stderr)
    return status


def _carry_out(words: Sequence[str], *, exact: bool, helping: bool) -> tuple[str, int]:
    """Return what a command prints, and its exit status."""
    if words[:1] == ["proof"]:
        return _prove(words[1:], exact=exact, helping=helping)
    if words[:1] == ["usage"]:
        return _usage(words[1:], exact=exact, helping=helping), 0
    return _answered(words, exact=exact, helping=helping), 0


def _answered(words: Sequence[str], *, exact: bool, helping: bool) -> str:
    if not words:
        return _calculators(exact=exact)
    first, *given = words
    if first == "term":
        return _term(given, exact=exact, helping=helping)
    if helping:
        return _inputs(_calculator(split(first)[0]))
    return _answer(first, given, exact=exact)


# Calculators.


def _calculators(*, exact: bool) -> str:
    found = [catalog.calculator(slug) for slug in catalog.slugs()]
    if exact:
        return _exactly({"calculators": [{"slug": each.slug, "title": each.title} for each in found]})
    listed = [f"{each.slug}  {each.title}; starting points: {_presets(each)}" for each in found]
    return "\n".join([*listed, "", USAGE])


def _presets(calculator: Calculator) -> str:
    return ", ".join(preset.label for preset in calculator.presets)


def _calculator(slug: str) -> Calculator:
    try:
        return catalog.calculator(slug)
    except UnknownCalculatorError as unknown:
        raise RefusedCommandError([str(unknown)]) from None


def _inputs(calculator: Calculator) -> str:
    """List a calculator's inputs with what they are, the values they allow, and their defaults."""
    lines = [f"{calculator.slug}  {calculator.title}"]
    if newest := len(calculator.editions):
        lines += [
            "",
            f"  {EDITION}={newest}  Edition of the defaults below; the first where none is named: 1 to {newest}",
        ]
    for index, group in enumerate(calculator.groups.values()):
        lines += ["", group.title]
        for item in calculator.inputs.values():
            if item.group == index:
                unit = f", {item.kind.unit}" if item.kind.unit else ""
                default = "derived" if item.default is None else item.link(item.default)
                lines.append(f"  {item.name}={default}  {item.label}{unit}: {item.kind.range}")
    return "\n".join(lines)


def _answer(first: str, given: Sequence[str], *, exact: bool) -> str:
    slug, query = split(first)
    calculator = _calculator(slug)
    scenario = read_scenario(calculator, [*parse_qsl(query, keep_blank_values=True), *_pairs(given)])
    report = cast("Report", importlib.import_module(f"{catalog.__name__}.{slug.replace('-', '_')}.report"))
    link = f"{slug}?{calculator.encode(scenario)}"
    if exact:
        return _exactly({"scenario": link, **report.figures(calculator.answer(scenario))})
    with calculator.showing(scenario):
        return f"{report.written(calculator.answer(scenario))}\n\n{link}"


def read_scenario(calculator: Calculator, pairs: Sequence[tuple[str, str]]) -> Scenario:
    """
    Read inputs strictly: a name that the calculator does not know is a mistake here, and so is an input or the edition
    given twice, under whichever of its names.

    Args:
        calculator: The calculator.
        pairs: Names of inputs and what is entered for them.

    Raises:
        RefusedCommandError: If anything is refused; it names all of it.
    """
    meant = [(name, text, [today for today, _ in calculator.meant(name, text)]) for name, text in pairs]
    faults = [
        f"“{echo(name)}” is not an input of {calculator.slug}: --help lists them"
        for name in dict.fromkeys(name for name, _, inputs in meant if not inputs)
    ]
    faults += _twice((today, name) for name, _, inputs in meant for today in inputs or [name])
    # Each name once and known: so many pairs that some would go unread cannot be left.
    known = {name: text for name, text, inputs in meant if inputs}
    try:
        scenario = calculator.decode(urlencode(known))
    except RefusedScenarioError as refused:
        raise RefusedCommandError([*faults, *(f"{each.name}: {each}" for each in refused.refusals)]) from None
    _refuse(faults)
    return scenario


# Terms.


def _term(words: Sequence[str], *, exact: bool, helping: bool) -> str:
    if not words:
        return _terms(exact=exact)
    name, *given = words
    if helping:
        return f"{signature(name, _known_term(name))}\n\n{inspect.getdoc(TERMS[name])}"
    pairs = _pairs(given)
    term = _known_term(name)
    # Told from the pairs, for a mapping can no longer know it.
    twice = _twice((name, name) for name, _ in pairs)
    try:
        values = read_term(name, dict(pairs))
    except RefusedCommandError as refused:
        raise RefusedCommandError([*twice, *refused.faults]) from None
    _refuse(twice)
    try:
        value = float(term(**values))
    except OverflowError:
        raise RefusedCommandError([f"{name}: the result is larger than any number: enter other values"]) from None
    except ValueError as error:
        raise RefusedCommandError([f"{name}: {error}"]) from None
    quantity = result(term)
    if exact:
        # JSON has no infinity: a result without end is told in words, and is no number.
        number: float | str = value if math.isfinite(value) else "never"
        return _exactly({"term": name, "inputs": values, "value": number, "unit": quantity.unit})
    return _written(value, quantity)


def _terms(*, exact: bool) -> str:
    if exact:
        return _exactly({"terms": {name: summary(term) for name, term in TERMS.items()}})
    return "\n".join(f"{signature(name, term)}\n    {summary(term)}" for name, term in TERMS.items())


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
    term = _known_term(name)
    inputs = asked(term)
    known = {each.name for each in inputs}
    values: dict[str, float] = {}
    faults = [
        f"“{echo(text)}” is not an input of {name}: enter {signature(name, term)}"
        for text in texts
        if text not in known
    ]
    for each in inputs:
        if each.name not in texts:
            if each.default is None:
                faults.append(f"{each.name}: missing: enter {_asked(each.quantity)}")
            continue
        try:
            values[each.name] = each.kind(each.quantity.read(texts[each.name]))
        except RefusedInputError as refused:
            faults.append(f"{each.name}: {refused}")
    _refuse(faults)
    return values


def _known_term(name: str) -> Term:
    if name not in TERMS:
        raise RefusedCommandError([f"“{echo(name)}” is not a term: `term` alone lists them"])
    return TERMS[name]


def _asked(quantity: Quantity) -> str:
    return f"{quantity.unit}, {quantity.range}" if quantity.unit else quantity.range


def _written(number: float, quantity: Quantity) -> str:
    if not math.isfinite(number):
        return "never"
    if quantity.money:
        return write_money(number)
    if quantity.share:
        return write_share(number)
    return f"{write_number(number)} {quantity.unit}".strip()


# The proof.


def _prove(words: Sequence[str], *, exact: bool, helping: bool) -> tuple[str, int]:
    """Work every published calculation out again."""
    _refuse(f"“{echo(word)}” is not an input of proof: it has none" for word in words)
    if helping:
        return "proof  work out every published calculation again, and say which do not come out", 0
    found = prove()
    written = _exactly(_proof_figures(found)) if exact else _proof_written(found)
    return written, DISAGREES if found.disagreeing else 0


def _proof_written(found: Proof) -> str:
    count = (
        f"{found.agreeing} of {found.total} published calculations come out of the terms as their own inputs say they "
        f"should, {found.figures} figures in all."
    )
    faults = [
        f"{proved.vector.id}: {each.figure.label}: {each.value:.12g} should be {each.figure.right:.12g}\n"
        f"    {each.figure.command}"
        for proved in found.disagreeing
        for each in proved.computed
        if not each.agrees
    ]
    return "\n".join((count, *faults))


def _proof_figures(found: Proof) -> dict[str, object]:
    return {
        "calculations": found.total,
        "agreeing": found.agreeing,
        "figures": found.figures,
        "disagreeing": [proved.vector.id for proved in found.disagreeing],
        "verdicts": found.verdicts,
        "computed": [
            {
                "id": proved.vector.id,
                "verdict": proved.vector.verdict,
                "agrees": proved.agrees,
                "figures": [_figure(each) for each in proved.computed],
            }
            for proved in found.calculations
        ],
    }


def _figure(computed: Computed) -> dict[str, object]:
    figure = computed.figure
    return {
        "figure": figure.key,
        "term": figure.term,
        "inputs": figure.inputs,
        # JSON has no infinity, and a term that was broken may give one.
        "value": computed.value if math.isfinite(computed.value) else "never",
        "right": figure.right,
        "published": figure.published,
        "agrees": computed.agrees,
        "command": figure.command,
    }


# Usage records.


def _usage(words: Sequence[str], *, exact: bool, helping: bool) -> str:
    """Read a usage record from the input, and write the scenario that it sets."""
    _refuse(
        f"“{echo(word)}” is not an input of usage: it reads a record, as in `usage < record.json`" for word in words
    )
    if helping:
        return "usage  read what a vendor’s API returned as usage (JSON) from the input, and write it as a scenario"
    # One byte more than is read shows that there are more.
    given = b"" if sys.stdin is None else sys.stdin.buffer.read(LONGEST_RECORD + 1)
    try:
        found = read_usage(given.decode(errors="replace"))
    except RefusedUsageError as refused:
        raise RefusedCommandError([f"usage: {refused}"]) from None
    [calculator] = (
        each for each in map(catalog.calculator, catalog.slugs()) if found.inputs.keys() <= each.inputs.keys()
    )
    given_by = {EDITION: str(len(calculator.starts)), **found.inputs}
    link = f"{calculator.slug}?{calculator.encode(calculator.decode(urlencode(given_by)))}"
    if exact:
        return _exactly({"understood": found.understood, "inputs": found.inputs, "scenario": link})
    return "\n".join((*found.understood, "", link))


# Words.


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    """
    Take `input=value` apart.

    Raises:
        RefusedCommandError: If a word has no `=`.
    """
    words = list(words)
    _refuse(f"“{echo(word)}” has no value: enter input=value" for word in words if "=" not in word)
    return [(name, text) for name, _, text in (word.partition("=") for word in words)]


def _refuse(faults: Iterable[str]) -> None:
    if found := tuple(faults):
        raise RefusedCommandError(found)


def _twice(given: Iterable[tuple[str, str]]) -> list[str]:
    """Tell the inputs that are given more than once: each comes with the name it was given under."""
    names: dict[str, list[str]] = {}
    for name, written in given:
        names.setdefault(name, []).append(written)
    return [
        f"“{echo(name)}” is given more than once{_also(each for each in written if each != name)}: give it once"
        for name, written in names.items()
        if len(written) > 1
    ]


def _also(names: Iterable[str]) -> str:
    others = " and ".join(f"“{echo(name)}”" for name in dict.fromkeys(names))
    return f", also as {others}" if others else ""


# Streams.

_ALIKE: Final = {
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—−", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f", " "),
    "…": "...",
    "×": "x",
    "÷": "/",
    "%": " per cent",
}
"""Characters of ours, as they are written where they are not known: one of DOS's encodings lacks even the last."""
_SPELT_OUT: Final = "calculators.spelt_out"
"""Name of the way in which characters are written that a stream does not know."""
_GARBAGE: Final = re.compile("[\ud800-\udfff]")
"""Lone surrogates: what is passed of bytes that were not text. Nothing can encode them."""


def _garbled(arguments: Iterable[str]) -> Iterable[str]:
    """Tell arguments that are not text."""
    for argument in arguments:
        if garbage := "".join(dict.fromkeys(_GARBAGE.findall(argument))):
            encoding = sys.getfilesystemencoding().upper()
            yield f"“{echo(argument)}” is not text in {encoding}: enter it without “{echo(garbage)}”"


def _write(text: str, stream: TextIO | None) -> None:
    """
    Write a text and a line's end to a stream, in characters that it knows; to a closed one, nothing.

    Raises:
        OSError: If it cannot be written, other than because nobody reads it.
    """
    if not text or stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        print(text.encode(encoding, _SPELT_OUT).decode(encoding), file=stream, flush=True)
    except OSError as error:
        # What is left of it is let go: else Python tries again when it ends, and complains.
        with suppress(OSError):
            stream.close()
        if not isinstance(error, BrokenPipeError):
            raise


def _spell_out(fault: UnicodeError) -> tuple[str, int]:
    """Write characters that an encoding lacks: alike, without accents, or by number."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return "".join(map(_spelt_out, fault.object[fault.start : fault.end])), fault.end


def _spelt_out(character: str) -> str:
    bare = "".join(each for each in unicodedata.normalize("NFD", character) if not unicodedata.combining(each))
    alike = _ALIKE.get(character, bare)
    return alike if alike and alike.isascii() else character.encode("unicode_escape").decode("ascii")


codecs.register_error(_SPELT_OUT, _spell_out)


def _exactly(reply: dict[str, object]) -> str:
    # JSON is UTF-8: in any other encoding it keeps to characters that are the same in all of them.
    plain = sys.stdout is None or codecs.lookup(sys.stdout.encoding or "utf-8").name != "utf-8"
    return json.dumps(reply, ensure_ascii=plain, allow_nan=False, indent=2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
