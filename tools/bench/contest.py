"""Contenders for a first answer, run in turn: each round begins with another of them, so that none is always first."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.host import Sent


class Answer(NamedTuple):
    """One first answer: the milliseconds that it took, and what was sent for it."""

    milliseconds: float
    sent: Sequence[Sent] = ()


class Contender(NamedTuple):
    """Something that comes to an answer in a browser that has cached nothing of it."""

    name: str
    run: Callable[[], Answer]


@dataclass
class Result:
    """What was measured of a contender."""

    name: str
    milliseconds: list[float] = field(default_factory=list)
    bytes: int = 0
    requests: int = 0


def hold(title: str, contenders: Sequence[Contender], rounds: int) -> list[Result]:
    """Run all contenders so many times; the results are in their order."""
    results = [Result(contender.name) for contender in contenders]
    for turn in range(rounds):
        for number in range(len(contenders)):
            at = (turn + number) % len(contenders)
            _say(f"{title}, round {turn + 1} of {rounds}: {contenders[at].name}")
            answer = contenders[at].run()
            results[at].milliseconds.append(answer.milliseconds)
            results[at].bytes = sum(sent.bytes for sent in answer.sent)
            results[at].requests = len(answer.sent)
    _say("")
    return results


def _say(what: str) -> None:
    """Show what is being measured, where someone is looking."""
    if sys.stdout.isatty():
        print(f"\r{what:<80}\r", end="", flush=True)
