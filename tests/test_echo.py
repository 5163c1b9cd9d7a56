"""Echoes: a message repeats what was typed on one line, with nothing hidden in it."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.calculator import Choice, Day, RefusedScenarioError
from calculators.catalog import UnknownCalculatorError, calculator
from calculators.echo import echo
from calculators.quantity import Quantity, RefusedInputError
from tests.catalog.scenarios import COST_COMPARISON
from tests.hostile import HOSTILE, hidden

MODEST: Final = settings(max_examples=300, derandomize=True, deadline=None, database=None)
each_hostile: Final = pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)


@each_hostile
def test_what_a_terminal_would_act_on_is_written_out(hostile: str) -> None:
    """Nothing of it is left, and what stands around it is."""
    shown = echo(f"a{hostile}b")

    assert [] == hidden(shown)
    assert shown.startswith("a\\")
    assert shown.endswith("b")


@pytest.mark.parametrize(
    "text",
    ["", "50,000", "1 500", "1\u202f500\xa0000", "3\u00a0½ €", "Zürich", "می\u200cخواهم", "👩\u200d💻", "a\\x1b"],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    """Words of any language, spaces of any width and emoji are repeated as they were typed."""
    assert text == echo(text)


def test_a_long_text_is_shortened() -> None:
    """The length counts as it is shown, and nothing is cut in the middle of what is written out."""
    assert "x" * 40 == echo("x" * 40)
    assert "x" * 20 + "…" == echo("x" * 41)
    assert "xx…" == echo("xxxxx", longest=3, kept=2)
    assert "xxxxx…" == echo("xxxxx", longest=3)
    assert r"\x1b\x1b\x1b\x1b\x1b…" == echo("\x1b" * 12)
    assert r"\u2028\u2028\u2028…" == echo("\u2028" * 10**6)


@MODEST
@given(text=st.text(st.characters(exclude_categories=[])))
def test_any_text_is_one_line_of_known_length(text: str) -> None:
    """Whatever is typed can be printed: one line, in UTF-8, no longer than was asked for."""
    shown = echo(text)

    assert [] == hidden(shown)
    assert len(shown) <= 40
    assert len(shown.splitlines()) == (shown != "")
    assert shown == shown.encode().decode()


def message(kind: Quantity | Choice | Day, text: str) -> str:
    """The message with which a text is refused, or nothing where it is read."""
    try:
        kind.read(text)
    except RefusedInputError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(
    "kind",
    [
        Quantity(maximum=10, whole=True),
        Quantity(maximum=1, share=True),
        Quantity(money=True, maximum=1),
        *(COST_COMPARISON.inputs[name].kind for name in ("must_change", "as_of", "reranker")),
    ],
    ids=["whole", "share", "money", "choice", "day", "choice of many"],
)
def test_a_refusal_hides_nothing(kind: Quantity | Choice | Day) -> None:
    """Whichever way a value is wrong, its message is one line with nothing in it that a terminal acts on."""
    for hostile in HOSTILE.values():
        for typed in ("5{}x", "{}5", "9{}9", "99{}", "{0}{0}{0}", "-1{}", "5%{}", "1e999{}"):
            assert [] == hidden(message(kind, typed.format(hostile)))


@each_hostile
def test_what_a_link_has_too_many_of_hides_nothing(hostile: str) -> None:
    """Names that mean nothing, values that are refused and calculators that are none are told in the same way."""
    with pytest.raises(UnknownCalculatorError) as unknown:
        calculator(f"a{hostile}b")
    with pytest.raises(RefusedScenarioError) as refused:
        COST_COMPARISON.decode(f"shots={hostile}")
    dropped = COST_COMPARISON.decode(f"a{hostile}b=1&{'long' * 5}{hostile}{'long' * 5}=1").dropped

    assert [] == hidden("".join((str(unknown.value), str(refused.value), *dropped)))
    assert 2 == len(dropped)
