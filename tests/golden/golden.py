"""Scenarios and the answers kept of them, part by part: read by every test that replays them."""

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ANSWERS: Final = HERE / "answers"


def conversation(scenario: str, answer: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """
    Ask for all parts of an answer, one after the other, as a page does.

    Args:
        scenario: The scenario.
        answer: Whom to ask.

    Yields:
        What is asked, and the reply.
    """
    first = answer(scenario)
    yield scenario, first
    for part in json.loads(first).get("parts", ()):
        start: int | None = 0
        while start is not None:
            request = f"{scenario}&part={part}&from={start}"
            reply = answer(request)
            yield request, reply
            start = json.loads(reply).get("next")


@dataclass(frozen=True)
class Golden:
    """
    A scenario whose answer is kept.

    Attributes:
        name: Of its file.
        scenario: The string that every surface takes.
        why: What it is an example of.
        refused: Whether it is refused.
    """

    name: str
    scenario: str
    why: str
    refused: bool = False

    @property
    def path(self) -> Path:
        """Where its answer is kept, a reply to a line."""
        return ANSWERS / f"{self.name}.jsonl"

    @cached_property
    def replies(self) -> tuple[str, ...]:
        """The replies kept, as `calculators.browser.answer` returns them: the first part, and each later slice."""
        return tuple(self.path.read_text(encoding="utf-8").splitlines())

    @cached_property
    def requests(self) -> tuple[str, ...]:
        """What each of them was the reply to."""
        replies = iter(self.replies)
        return tuple(request for request, _ in conversation(self.scenario, lambda _: next(replies)))

    @property
    def answer(self) -> str:
        """The first part."""
        return self.replies[0]


GOLDENS: Final = tuple(
    Golden(**entry) for entry in tomllib.loads((HERE / "scenarios.toml").read_text(encoding="utf-8"))["scenario"]
)
"""Every scenario, in the order of the file."""
