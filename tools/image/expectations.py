"""
What CPython says: of itself, and to scenarios. Run by the build's own Python, which is the image's minor version.

    PYTHONPATH=. python tools/image/expectations.py

Writes JSON: `answers`, requests with CPython's reply to each; `faults`, requests that break off, with the lines of our
files in CPython's traceback of each; `lines`, what self_check.py leaves; and `explored`, scenarios that the image is
asked only to see which of its code they run.
"""

import json
import random
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from traceback import extract_tb
from urllib.parse import urlencode

from calculators.browser import QUESTIONS, answer
from tests.golden.golden import GOLDENS, conversation

PROJECT = Path(__file__).resolve().parents[2]

NUMBER = re.compile(r"[\d,.]+%?", re.ASCII)

# What readers type by mistake, put into some of the fields of each golden scenario.
MISTYPED = (
    "",
    "abc",
    "ünknown",
    "1e400",
    "-5",
    "12,5",
    "€ 12",
    "12 %",
    "1\N{NARROW NO-BREAK SPACE}000",
    "<b>",
    "🙂",
    "1/0",
    "99999999999999999999",
)
MISTYPED_FIELDS = 3
VARIATIONS = 20
"""Of the form of each golden scenario."""


def forms() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each golden scenario as a page asks it: its name, its calculator, every field as it is written in the form."""
    for golden in GOLDENS:
        values: dict[str, str] | None = json.loads(answer(golden.scenario)).get("values")
        if values:
            yield golden.name, golden.scenario.partition("?")[0], values


def golden() -> Iterator[tuple[str, str, str]]:
    """Every part of each golden scenario's answer: a name, what is asked, and CPython's reply."""
    for each in GOLDENS:
        for request, reply in conversation(each.scenario, answer):
            part = request.removeprefix(each.scenario)
            yield f"{each.name}, {part}" if part else each.name, request, reply


def asked() -> Iterator[tuple[str, str]]:
    """What is asked besides the golden scenarios, by name."""
    for question in QUESTIONS:
        yield question, question
    for name, slug, values in forms():
        yield f"{name}, from the form", f"{slug}?{urlencode(values)}"
        for field in list(values)[:: len(values) // MISTYPED_FIELDS]:
            for typed in MISTYPED:
                yield f"{name}, {field} as {typed}", f"{slug}?{urlencode(values | {field: typed})}"


def varied(values: Mapping[str, str], chance: random.Random) -> dict[str, str]:
    """Some of a form's numbers, larger or smaller by up to a hundred times."""
    changed = dict(values)
    numbers = [name for name, text in values.items() if NUMBER.fullmatch(text)]
    for name in chance.sample(numbers, min(len(numbers), chance.randint(1, 4))):
        text = values[name]
        number = float(text.strip("%").replace(",", "")) * 100 ** chance.uniform(-1, 1)
        changed[name] = f"{number:.{chance.randint(1, 7)}f}" + "%" * text.endswith("%")
    return changed


FAULTS = ("no-such-calculator?", "cost-comparison?&part=none", "cost-comparison?&part=tips&from=-1")


def faults() -> Iterator[tuple[str, list[str]]]:
    """Each request that no page makes, and where it was when it broke off: our files and lines, the innermost last."""
    for request in FAULTS:
        try:
            answer(request)
        except Exception as error:  # noqa: BLE001  # whatever it is
            frames = [(Path(frame.filename), frame) for frame in extract_tb(error.__traceback__)]
            yield (
                request,
                [
                    f'File "{path.relative_to(PROJECT)}", line {frame.lineno}, in {frame.name}'
                    for path, frame in frames
                    if path.is_relative_to(PROJECT / "calculators")
                ],
            )
        else:
            raise SystemExit(f"{request} was to break off and has an answer.")


def explored() -> Iterator[str]:
    """The same scenarios in every build."""
    chance = random.Random(2026)  # noqa: S311  # nothing secret
    for _, slug, values in forms():
        for _ in range(VARIATIONS):
            yield f"{slug}?{urlencode(varied(values, chance))}"


def main() -> None:
    """Write what CPython says."""
    names: dict[str, object] = {"__name__": "examination"}
    exec(Path(__file__).with_name("self_check.py").read_text(encoding="utf-8"), names)  # noqa: S102  # ours
    # Not the answers that are kept: whether CPython still gives those is for the tests to say.
    answers = [
        {"name": name, "scenario": request, "answer": reply}
        for name, request, reply in (*golden(), *((name, request, answer(request)) for name, request in asked()))
    ]
    expected = {
        "answers": answers,
        "faults": [{"scenario": request, "lines": lines} for request, lines in faults()],
        "explored": list(explored()),
        "lines": str(names["reply"]).split("\n"),
    }
    json.dump(expected, sys.stdout)


if __name__ == "__main__":
    main()
