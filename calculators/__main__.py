"""
The command line: `python -m calculators`.

It answers the same scenarios with the same figures as the page, and computes any single term of the cost model. Where
a link forgives, it does not: what is misspelt is a mistake, and all mistakes are told at once.
"""

import importlib
import inspect
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol, cast, get_args, get_type_hints
from urllib.parse import parse_qsl, urlencode

from calculators import catalog
from calculators.calculator import Calculator, RefusedScenarioError, Scenario, split
from calculators.catalog import UnknownCalculatorError
from calculators.formulas import TERMS, Term
from calculators.quantity import Quantity, RefusedInputError, write_money, write_number, write_share

BAD_INPUT: Final = 2
"""Exit status where anything was refused."""

USAGE: Final = """\
python -m calculators                                 this list
python -m calculators CALCULATOR                      answer with the defaults
python -m calculators 'CALCULATOR?input=value&…'      answer a scenario, as a link has it
python -m calculators CALCULATOR input=value …        the same, written apart
python -m calculators CALCULATOR --help               its inputs
python -m calculators term                            list the terms of the cost model
python -m calculators term NAME input=value …         compute one
python -m calculators term NAME --help                say what it means

--json writes every figure exactly. Bad input ends with status 2 and every mistake at once."""

_SHOWN: Final = 40


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
        The exit status: 0, or 2 if anything was refused.
    """
    words = [argument for argument in arguments if not argument.startswith("-")]
    switches = {argument for argument in arguments if argument.startswith("-")}
    exact, helping = "--json" in switches, bool(switches & {"--help", "-h"})
    unknown = sorted(switches - {"--json", "--help", "-h"})
    try:
        _refuse(f"{_short(switch)} is not a switch: there are --json and --help" for switch in unknown)
        print(_carry_out(words, exact=exact, helping=helping))
    except RefusedCommandError as refused:
        if exact:
            print(_exactly({"refused": list(refused.faults)}))
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        return BAD_INPUT
    return 0


def _carry_out(words: Sequence[str], *, exact: bool, helping: bool) -> str:
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
    for index, group in enumerate(calculator.groups.values()):
        lines += ["", group.title]
        for item in calculator.inputs.values():
            if item.group == index:
                unit = f", {item.kind.unit}" if item.kind.unit else ""
                default = item.link(item.default) or "derived"
                lines.append(f"  {item.name}={default}  {item.label}{unit}: {item.kind.range}")
    return "\n".join(lines)


def _answer(first: str, given: Sequence[str], *, exact: bool) -> str:
    slug, query = split(first)
    calculator = _calculator(slug)
    scenario = read_scenario(calculator, [*parse_qsl(query, keep_blank_values=True), *_pairs(given)])
    found = calculator.answer(scenario)
    report = cast("Report", importlib.import_module(f"{catalog.__name__}.{slug.replace('-', '_')}.report"))
    link = f"{slug}?{calculator.encode(scenario)}"
    if exact:
        return _exactly({"scenario": link, **report.figures(found)})
    return f"{report.written(found)}\n\n{link}"


def read_scenario(calculator: Calculator, pairs: Sequence[tuple[str, str]]) -> Scenario:
    """
    Read inputs strictly: a name that the calculator does not know is a mistake here, and so is one given twice.

    Args:
        calculator: The calculator.
        pairs: Names of inputs and what is entered for them.

    Raises:
        RefusedCommandError: If anything is refused; it names all of it.
    """
    names = [name for name, _ in pairs]
    faults = [
        f"“{_short(name)}” is not an input of {calculator.slug}: --help lists them"
        for name in names
        if name not in calculator.inputs
    ]
    faults += _twice(names)
    # Each name once and known: so many pairs that some would go unread cannot be left.
    known = {name: text for name, text in pairs if name in calculator.inputs}
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
        return f"{_signature(name, _known_term(name))}\n\n{inspect.getdoc(TERMS[name])}"
    pairs = _pairs(given)
    term = _known_term(name)
    # Told from the pairs, for a mapping can no longer know it.
    twice = _twice([name for name, _ in pairs])
    try:
        values = read_term(name, dict(pairs))
    except RefusedCommandError as refused:
        raise RefusedCommandError([*twice, *refused.faults]) from None
    _refuse(twice)
    try:
        result = float(term(**values))
    except ValueError as error:
        raise RefusedCommandError([f"{name}: {error}"]) from None
    quantity = _quantities(term)["return"][0]
    if exact:
        # JSON has no infinity: a result without end is told in words, and is no number.
        number: float | str = result if math.isfinite(result) else "never"
        return _exactly({"term": name, "inputs": values, "value": number, "unit": quantity.unit})
    return _result(result, quantity)


def _terms(*, exact: bool) -> str:
    if exact:
        return _exactly({"terms": {name: _first_line(term) for name, term in TERMS.items()}})
    return "\n".join(f"{_signature(name, term)}\n    {_first_line(term)}" for name, term in TERMS.items())


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
    quantities = _quantities(term)
    parameters = inspect.signature(term).parameters
    values: dict[str, float] = {}
    faults = [
        f"“{_short(text)}” is not an input of {name}: enter {_signature(name, term)}"
        for text in texts
        if text not in parameters
    ]
    for parameter in parameters.values():
        quantity, kind = quantities[parameter.name]
        if parameter.name not in texts:
            if parameter.default is parameter.empty:
                faults.append(f"{parameter.name}: missing: enter {_asked(quantity)}")
            continue
        try:
            values[parameter.name] = kind(quantity.read(texts[parameter.name]))
        except RefusedInputError as refused:
            faults.append(f"{parameter.name}: {refused}")
    _refuse(faults)
    return values


def _known_term(name: str) -> Term:
    if name not in TERMS:
        raise RefusedCommandError([f"“{_short(name)}” is not a term: `term` alone lists them"])
    return TERMS[name]


def _quantities(term: Term) -> dict[str, tuple[Quantity, type[float]]]:
    """The quantity of each argument and of the result, and whether it is a float or an int."""
    hints = get_type_hints(term, include_extras=True)
    return {
        name: (quantity, kind) for name, (kind, quantity) in ((name, get_args(hint)) for name, hint in hints.items())
    }


def _signature(name: str, term: Term) -> str:
    given = (
        f"{each.name}=…" if each.default is each.empty else f"[{each.name}={each.default}]"
        for each in inspect.signature(term).parameters.values()
    )
    return " ".join((name, *given))


def _first_line(term: Term) -> str:
    return (inspect.getdoc(term) or "").partition("\n")[0]


def _asked(quantity: Quantity) -> str:
    return f"{quantity.unit}, {quantity.range}" if quantity.unit else quantity.range


def _result(number: float, quantity: Quantity) -> str:
    if not math.isfinite(number):
        return "never"
    if quantity.money:
        return write_money(number)
    if quantity.share:
        return write_share(number)
    return f"{write_number(number)} {quantity.unit}".strip()


# Words.


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    """
    Take `input=value` apart.

    Raises:
        RefusedCommandError: If a word has no `=`.
    """
    words = list(words)
    _refuse(f"“{_short(word)}” has no value: enter input=value" for word in words if "=" not in word)
    return [(name, text) for name, _, text in (word.partition("=") for word in words)]


def _refuse(faults: Iterable[str]) -> None:
    if found := tuple(faults):
        raise RefusedCommandError(found)


def _twice(names: Sequence[str]) -> list[str]:
    return [
        f"“{_short(name)}” is given more than once: give it once"
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}…"


def _exactly(reply: dict[str, object]) -> str:
    return json.dumps(reply, ensure_ascii=False, allow_nan=False, indent=2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
