"""Calculators: which there are, what they ask, and their answers."""

import importlib
import shlex
from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol, cast
from urllib.parse import parse_qsl, urlencode

from calculators import catalog
from calculators.calculator import EDITION, Calculator, Choice, RefusedScenarioError, Scenario, Several, split
from calculators.catalog import UnknownCalculatorError
from calculators.command_line.refusing import RefusedCommandError, meant, nearest, pairs, refuse, twice, unknown
from calculators.command_line.streams import exactly
from calculators.echo import echo
from calculators.formulas import TERMS
from calculators.wrapping import wrapped

_COMMANDS: Final = ("term", "terms", "proof")


class Report(Protocol):
    """What the module `report` of a calculator defines for the terminal and for programs."""

    def written(self, found: Any) -> str:  # noqa: ANN401  # each calculator's own result
        """Write the answer as plain text."""

    def figures(self, found: Any) -> dict[str, object]:  # noqa: ANN401
        """Collect every figure of the answer."""


def calculators(usage: str, *, exact: bool) -> str:
    """List the calculators, and say how the command line is used."""
    found = [catalog.calculator(slug) for slug in catalog.slugs()]
    if exact:
        return exactly({"calculators": [{"slug": each.slug, "title": each.title} for each in found]})
    listed = [wrapped(f"{each.slug}  {each.title}; starting points: {_presets(each)}") for each in found]
    return "\n".join([*listed, "", usage])


def _presets(calculator: Calculator) -> str:
    return ", ".join(preset.label for preset in calculator.presets)


def _calculator(slug: str) -> Calculator:
    try:
        return catalog.calculator(slug)
    except UnknownCalculatorError as none:
        raise RefusedCommandError([_instead(slug) or str(none)]) from None


def _instead(word: str) -> str:
    """Say what a word may have meant that stands where a calculator's name should: nothing if nothing is near."""
    if word in TERMS:
        return f"“{word}” is a term, not a calculator: enter python -m calculators term {word} --help"
    slug, command = nearest(word, catalog.slugs()), nearest(word, _COMMANDS)
    if slug or command:
        return f"“{echo(word)}” is not a calculator: {meant(word, (*catalog.slugs(), *_COMMANDS)).strip()}"
    if terms := nearest(word, TERMS):
        return (
            f"“{echo(word)}” is not a calculator: did you mean the term {terms[0]}? "
            f"Enter python -m calculators term {terms[0]} --help"
        )
    return ""


def inputs(first: str, *, exact: bool) -> str:
    """List a calculator's inputs with what they are, the values they allow, and their defaults."""
    calculator = _calculator(split(first)[0])
    if exact:
        return exactly(
            {
                "slug": calculator.slug,
                "inputs": [
                    {
                        "name": each.name,
                        "label": each.label,
                        "unit": each.kind.unit,
                        "allowed": each.kind.range,
                        "default": None if each.default is None else each.link(each.default),
                    }
                    for each in calculator.inputs.values()
                ],
            }
        )
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
                lines.append(
                    wrapped(
                        f"{item.name}={default} {item.label}{unit}: {item.kind.range}", indent="  ", further="    "
                    ).replace(f"{item.name}={default} ", f"{item.name}={default}  ", 1)
                )
    lines += ["", "An example, to paste:"]
    lines += [f"  {_pasted(calculator)}"]
    return "\n".join(lines)


def _pasted(calculator: Calculator) -> str:
    """Write the command for the first starting point that says something; what a shell would misread is quoted."""
    queries = (parse_qsl(preset.query, keep_blank_values=True) for preset in calculator.presets)
    given = next((said for said in queries if any(name != EDITION for name, _ in said)), [])
    words = (shlex.quote(f"{name}={text}") for name, text in given)
    return " ".join(("python -m calculators", calculator.slug, *words))


def answer(first: str, given: Sequence[str], *, exact: bool) -> str:
    """Answer a scenario."""
    slug, query = split(first)
    calculator = _calculator(slug)
    scenario = read_scenario(calculator, [*parse_qsl(query, keep_blank_values=True), *pairs(given)])
    found = calculator.answer(scenario)
    report = cast("Report", importlib.import_module(f"{catalog.__name__}.{slug.replace('-', '_')}.report"))
    link = f"{slug}?{calculator.encode(scenario)}"
    if exact:
        return exactly({"scenario": link, **report.figures(found)})
    with calculator.showing(scenario):
        return f"{report.written(found)}\n\n{link}"


def read_scenario(calculator: Calculator, given: Sequence[tuple[str, str]]) -> Scenario:
    """
    Read inputs strictly: a name that the calculator does not know is a mistake here, and so is an input or the edition
    given twice, under whichever of its names.

    Args:
        calculator: The calculator.
        given: Names of inputs and what is entered for them.

    Raises:
        RefusedCommandError: If anything is refused; it names all of it.
    """
    read = [(name, text, [today for today, _ in calculator.meant(name, text)]) for name, text in given]
    faults = unknown(
        (name for name, _, found in read if not found),
        calculator.inputs,
        what=f"an input of {calculator.slug}",
        otherwise="--help lists them",
    )
    faults += twice((today, name) for name, _, found in read for today in found or [name])
    # Each name once and known: so many pairs that some would go unread cannot be left.
    known = {name: text for name, text, found in read if found}
    try:
        scenario = calculator.decode(urlencode(known))
    except RefusedScenarioError as refused:
        told = [f"{each.name}: {each}{_choice(calculator, each.name, known)}" for each in refused.refusals]
        raise RefusedCommandError([*faults, *told]) from None
    refuse(faults)
    return scenario


def _choice(calculator: Calculator, name: str, texts: dict[str, str]) -> str:
    """Ask which of an input's choices was meant, where one is near to what was entered."""
    item = calculator.inputs.get(name)
    if item is None or not isinstance(item.kind, Choice | Several):
        return ""
    keys = [option.value for option in item.kind.options]
    entered: Iterable[str] = (part.strip() for part in texts.get(name, "").split(","))
    asked = next((said for part in entered if part not in keys and (said := meant(part, keys))), "")
    return f"; {asked}".rstrip() if asked else ""
