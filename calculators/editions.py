"""
Editions: the defaults that links rest on, as they were published.

A link names an edition and carries what differs from it, so an edition never changes: new defaults are a new one.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from calculators.facts import DATA, text_of

FILE: Final = DATA / "editions.toml"
"""Where the editions of every calculator stand."""


MEND: Final = (
    "data/editions.toml holds every input but the days; one that is new takes, in the first edition, the value with "
    "which every answer is what it was before there was that input, and in the newest its own default"
)
"""What an edition owes the inputs."""


class EditionError(ValueError):
    """An edition of the defaults that cannot be what was published. Its message says which, and what to do."""


def editions(slug: str, file: Path = FILE) -> tuple[Mapping[str, str], ...]:
    """
    Return the editions of a calculator's defaults, from the first: each default as a link writes it.

    The first is whole, and each later one is what it changes.

    Args:
        slug: The calculator.
        file: Where they stand.

    Raises:
        EditionError: If there is none, they are not numbered from 1 on, or a default is not written as in a link.
    """
    found: dict[str, dict[str, Any]] = tomllib.loads(text_of(file)).get(slug, {})
    numbers = [str(number) for number, _ in enumerate(found, start=1)]
    if list(found) != (numbers or ["1"]):
        raise EditionError(f"{file.name}: the editions of {slug} are {list(found)}: number them from 1 on, in order")
    for number, defaults in found.items():
        if unwritten := [name for name, default in defaults.items() if not isinstance(default, str)]:
            raise EditionError(
                f"{file.name}, {slug}.{number}: write {', '.join(unwritten)} as a link does, in quotation marks"
            )
    return tuple(found.values())
