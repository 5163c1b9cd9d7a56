"""Scenarios and the answers kept of them: read by every test that replays them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ANSWERS: Final = HERE / "answers"


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
        """Where its answer is kept."""
        return ANSWERS / f"{self.name}.json"

    @property
    def answer(self) -> str:
        """The answer kept, as `calculators.browser.answer` returns it."""
        return self.path.read_text(encoding="utf-8").removesuffix("\n")


GOLDENS: Final = tuple(
    Golden(**entry) for entry in tomllib.loads((HERE / "scenarios.toml").read_text(encoding="utf-8"))["scenario"]
)
"""Every scenario, in the order of the file."""
