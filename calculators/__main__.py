"""
The command line: `python -m calculators`.

It answers the same scenarios with the same figures as the page, and computes any single term of the cost model. Where
a link forgives, it does not: what is misspelt is a mistake, and all mistakes are told at once.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from calculators.command_line import computing, proving, recording, scenarios
from calculators.command_line.refusing import BAD_INPUT, RefusedCommandError, refuse, unknown
from calculators.command_line.streams import exactly, garbled, write

USAGE: Final = """\
python -m calculators                            this list
python -m calculators CALCULATOR                 answer with the defaults of the first edition
python -m calculators CALCULATOR input=value …   answer a scenario
python -m calculators 'CALCULATOR?input=value&…' the same, as a link has it
python -m calculators CALCULATOR --help          its inputs, and an example to paste
python -m calculators terms                      list the terms of the cost model by subject
python -m calculators terms WORD …               those that say something of it
python -m calculators term NAME input=value …    compute one
python -m calculators term NAME --help           say what it means, and an example to paste
python -m calculators proof                      work published calculations out again
python -m calculators usage < FILE               read a usage record of a vendor as a scenario

--json writes every figure exactly. Bad input ends with status 2 and every mistake at once;
`proof` ends with status 1 if a calculation does not come out."""

_SWITCHES: Final = ("--json", "--help", "-h")


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
        refuse(garbled(arguments))
        refuse(
            unknown(
                sorted(switches - set(_SWITCHES)),
                _SWITCHES,
                what="a switch",
                otherwise="there are --json and --help",
            )
        )
        printed, status = _carry_out(words, exact=exact, helping=helping)
    except RefusedCommandError as refused:
        told, status = refused.faults, BAD_INPUT
        printed = exactly({**refused.reply, "refused": list(told)}) if exact else ""
    try:
        write(printed, sys.stdout)
    except OSError as error:
        told, status = (*told, f"the answer could not be written: {error.strerror}"), BAD_INPUT
    with suppress(OSError):
        write("\n".join(told), sys.stderr)
    return status


def _carry_out(words: Sequence[str], *, exact: bool, helping: bool) -> tuple[str, int]:
    """Return what a command prints, and its exit status."""
    if words[:1] == ["proof"]:
        return proving.prove(words[1:], exact=exact, helping=helping)
    if words[:1] == ["usage"]:
        return recording.usage(words[1:], exact=exact, helping=helping), 0
    return _answered(words, exact=exact, helping=helping), 0


def _answered(words: Sequence[str], *, exact: bool, helping: bool) -> str:
    if not words:
        return scenarios.calculators(USAGE, exact=exact)
    first, *given = words
    if first == "term":
        return computing.term(given, exact=exact, helping=helping)
    if first == "terms":
        return computing.terms(given, exact=exact)
    if helping:
        return scenarios.inputs(first, exact=exact)
    return scenarios.answer(first, given, exact=exact)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
