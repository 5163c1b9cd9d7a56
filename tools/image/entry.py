"""
The two functions through which the image is called. Runs in Python while the image is made.

Both take bytes and return bytes: nothing else crosses the border of the module.
"""

from traceback import format_exc as _format_exc
from typing import Any

from calculators.browser import answer as _answer


def answer(scenario: bytes) -> bytes:
    """
    Answer a scenario.

    Args:
        scenario: In UTF-8.

    Returns:
        In UTF-8, "=" and the answer, or "!" and the traceback of what went wrong.
    """
    try:
        return b"=" + _answer(scenario.decode()).encode()
    except BaseException:  # noqa: BLE001  # whatever it is, the page is told
        return b"!" + _format_exc().encode(errors="replace")


def examine(program: bytes) -> bytes:
    """
    Run a program, for the build's own examination of the image. No page can call this.

    Args:
        program: Leaves its reply, a string, in the name `reply`.

    Returns:
        As `answer` does.
    """
    names: dict[str, Any] = {"__name__": "examination"}
    try:
        exec(program, names)  # noqa: S102  # it is the build's own
        reply: str = names["reply"]
        return b"=" + reply.encode()
    except BaseException:  # noqa: BLE001  # whatever it is, the page is told
        return b"!" + _format_exc().encode(errors="replace")
