"""The command line's streams: whatever a shell passes in, and wherever the answer goes, nothing breaks."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from calculators.__main__ import main
from calculators.command_line.refusing import BAD_INPUT
from calculators.formulas import TERMS
from tests.catalog.scenarios import COST_COMPARISON

ROOT: Final = Path(__file__).parents[1]
EVERYTHING: Final = [
    [],
    ["cost-comparison"],
    ["cost-comparison", "--help"],
    ["term"],
    ["proof"],
    *(["term", name, "--help"] for name in TERMS),
    *([f"cost-comparison?{preset.query}"] for preset in COST_COMPARISON.presets),
]
EXACT: Final = [["--json"], ["cost-comparison", "--json"], ["term", "--json"], ["proof", "--json"], ["“", "--json"]]


def started(
    *arguments: str | bytes,
    output: int = subprocess.PIPE,
    errors: int = subprocess.PIPE,
    environment: Mapping[str, str] = {"PYTHONIOENCODING": "utf-8"},
) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "calculators", *arguments],
        cwd=ROOT,
        stdout=output,
        stderr=errors,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [b"\xff"],
        [b"--\xff"],
        [b"cost-comparison", b"requests_per_month=5\xff"],
        [b"cost-comparison?shots=8&caf\xe9\xff=1"],
        [b"term", b"ratio", b"numerator=\xff", b"denominator=1"],
        [b"proof", b"\xff", b"--json"],
    ],
)
def test_bytes_that_are_no_text_are_refused(arguments: list[bytes]) -> None:
    """An argument that is not in the terminal's encoding is refused by name, in one line that can be printed."""
    ended = started(*arguments, environment={"PYTHONUTF8": "1"})
    (line,) = ended.stderr.decode().splitlines()

    assert BAD_INPUT == ended.returncode
    assert r"\xff" in line
    assert "UTF-8" in line
    assert ended.stdout == b"" or {"refused": [line]} == json.loads(ended.stdout)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "cp864", "koi8-r", "shift_jis", "utf-16"])
@pytest.mark.parametrize("arguments", [["cost-comparison"], ["term"]], ids=" ".join)
def test_every_encoding_can_be_written_in(arguments: list[str], encoding: str) -> None:
    """A terminal or a file whose encoding lacks a character of ours gets one that reads alike."""
    usual, ended = started(*arguments), started(*arguments, environment={"PYTHONIOENCODING": encoding})

    assert (0, b"") == (ended.returncode, ended.stderr)
    assert len(usual.stdout.decode().splitlines()) == len(ended.stdout.decode(encoding).splitlines())


def test_the_plainest_locale_can_be_written_in() -> None:
    """Where nothing but ASCII is known, answers and refusals are ASCII."""
    plainest = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    good, bad, garbled = (
        started(*arguments, environment=plainest)
        for arguments in (
            ["cost-comparison"],
            ["nonsense"],
            ["cost-comparison", "requests_per_month=1\u202f500".encode()],
        )
    )

    assert (0, b"") == (good.returncode, good.stderr)
    assert good.stdout.isascii()
    assert (BAD_INPUT, b"") == (bad.returncode, bad.stdout)
    assert bad.stderr.startswith(b'"nonsense" is not a calculator')
    assert (BAD_INPUT, b"") == (garbled.returncode, garbled.stdout)
    assert rb"\xe2\x80\xaf" in garbled.stderr


def printed_in(encoding: str, patch: pytest.MonkeyPatch, arguments: list[str]) -> tuple[str, str]:
    """What a command prints on both streams where they have an encoding."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    with patch.context() as patched:
        patched.setattr(sys, "stdout", streams[0])
        patched.setattr(sys, "stderr", streams[1])
        main(arguments)
    for stream in streams:
        stream.seek(0)
    return streams[0].read(), streams[1].read()


@pytest.mark.parametrize("arguments", EVERYTHING, ids=" ".join)
def test_whatever_is_written_has_a_plain_spelling(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    """No character of ours is left to an escape, which nobody reads, and none is dropped."""
    usual, plain = (printed_in(encoding, monkeypatch, arguments)[0] for encoding in ("utf-8", "ascii"))

    assert "\\" not in plain
    assert usual.count("?") == plain.count("?")
    assert len(usual.split()) == len(plain.split())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16", "utf-8"])
@pytest.mark.parametrize("arguments", EXACT, ids=" ".join)
def test_exact_figures_are_the_same_in_every_encoding(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], encoding: str
) -> None:
    """JSON stays JSON: the same names and values, to the last character."""
    usual, found = (json.loads(printed_in(each, monkeypatch, arguments)[0]) for each in ("utf-8", encoding))

    assert usual == found


def test_what_is_typed_survives_an_encoding_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of the reader's is told as it was where it can be, else by its letters or its number."""
    _, told = printed_in("cp1252", monkeypatch, ["Zürich−²💸½Łž"])

    assert told.startswith(r"“Zürich-²\U0001f4b8½\u0141ž” is not a calculator")
    assert r'"Zurich-\xb2' in printed_in("ascii", monkeypatch, ["Zürich−²"])[1]


def closed_pipe() -> int:
    """A pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


@pytest.mark.parametrize(
    "arguments", [[], ["cost-comparison"], ["term"], ["proof", "--json"], ["cost-comparison", "--help"]], ids=" ".join
)
def test_whoever_has_read_enough_ends_it_quietly(arguments: list[str]) -> None:
    """A pipe that is closed is no fault: nothing is said, and the status is that of the command."""
    pipe = closed_pipe()
    ended = started(*arguments, output=pipe)
    os.close(pipe)

    assert (0, b"") == (ended.returncode, ended.stderr)


def test_a_pipe_closed_midway_ends_it_quietly() -> None:
    """As `head` does it: some bytes are read, and no more."""
    with subprocess.Popen(
        [sys.executable, "-m", "calculators", "proof", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        begun = process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read()

    assert begun.startswith(b"{")
    assert (0, b"") == (process.returncode, told)


def test_a_refusal_that_nobody_reads_is_still_one() -> None:
    """Neither closed pipe changes the status, nor does one put on the other what it was not to get."""
    pipe = closed_pipe()
    unheard = started("nonsense", "--json", errors=pipe)
    unread = started("nonsense", "--json", output=pipe)
    neither = started("nonsense", "--json", output=pipe, errors=pipe)
    os.close(pipe)

    assert (BAD_INPUT, ["refused"]) == (unheard.returncode, list(json.loads(unheard.stdout)))
    assert (BAD_INPUT, 1) == (unread.returncode, len(unread.stderr.splitlines()))
    assert BAD_INPUT == neither.returncode


@pytest.mark.parametrize(
    ("redirected", "arguments", "status"),
    [
        (">&-", ["cost-comparison"], 0),
        (">&-", ["proof", "--json"], 0),
        ("2>&-", ["nonsense"], BAD_INPUT),
        (">&- 2>&-", ["nonsense", "--json"], BAD_INPUT),
    ],
)
def test_a_stream_closed_before_the_start_is_left_alone(redirected: str, arguments: list[str], status: int) -> None:
    """Nothing is written elsewhere instead."""
    ended = subprocess.run(
        ["sh", "-c", f'"$@" {redirected}', "sh", sys.executable, "-m", "calculators", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert (status, b"", b"") == (ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
@pytest.mark.parametrize("arguments", [["cost-comparison"], ["proof", "--json"], ["term"]], ids=" ".join)
def test_an_answer_that_cannot_be_written_is_told(arguments: list[str]) -> None:
    """Half a file must not pass for a whole one."""
    with Path("/dev/full").open("wb") as full:
        ended = started(*arguments, output=full.fileno())
        unheard = started("nonsense", errors=full.fileno())

    assert (BAD_INPUT, 1) == (ended.returncode, len(ended.stderr.splitlines()))
    assert b"No space left" in ended.stderr
    assert (BAD_INPUT, b"") == (unheard.returncode, unheard.stdout)
