"""
Write the golden answers anew, and print what changed in each: `python tests/golden/regenerate.py`.

Read the changes before you commit them: each is a figure or a sentence that readers will see differently.
"""

import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from calculators.browser import answer
from tests.golden.golden import ANSWERS, GOLDENS, conversation

_PIECE: Final = re.compile(r"<[^>]*>|[^<\n]+")
_MOST: Final = 40


def changes(before: str, after: str) -> Iterator[str]:
    """The pieces of text and markup that differ, the first of them."""
    lines = difflib.unified_diff(_PIECE.findall(before), _PIECE.findall(after), lineterm="", n=0)
    found = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    yield from found[:_MOST]
    if len(found) > _MOST:
        yield f"… and {len(found) - _MOST} more"


def say(line: str) -> None:
    """Write a line to the terminal."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Write every answer, and remove those of scenarios that are gone."""
    ANSWERS.mkdir(exist_ok=True)
    changed = 0
    for golden in GOLDENS:
        before = golden.path.read_text(encoding="utf-8") if golden.path.exists() else ""
        after = "".join(f"{reply}\n" for _, reply in conversation(golden.scenario, answer))
        if before != after:
            changed += 1
            say(f"{golden.name}: {'changed' if before else 'new'}")
            for line in changes(before, after) if before else ():
                say(f"    {line}")
            golden.path.write_text(after, encoding="utf-8")
    for path in set(ANSWERS.iterdir()) - {golden.path for golden in GOLDENS}:
        changed += 1
        say(f"{path.stem}: removed")
        path.unlink()
    say(f"{changed} of {len(GOLDENS)} changed")


if __name__ == "__main__":
    main()
