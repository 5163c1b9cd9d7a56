"""Usage records: what a vendor's API says of a request, read as a scenario."""

import sys
from collections.abc import Sequence
from urllib.parse import urlencode

from calculators import catalog
from calculators.calculator import EDITION
from calculators.command_line.refusing import RefusedCommandError, refuse
from calculators.command_line.streams import exactly
from calculators.echo import echo
from calculators.usage import LONGEST_RECORD, RefusedUsageError, read_usage


def usage(words: Sequence[str], *, exact: bool, helping: bool) -> str:
    """Read a usage record from the input, and write the scenario that it sets."""
    refuse(f"“{echo(word)}” is not an input of usage: it reads a record, as in `usage < record.json`" for word in words)
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
        return exactly({"understood": found.understood, "inputs": found.inputs, "scenario": link})
    return "\n".join((*found.understood, "", link))
