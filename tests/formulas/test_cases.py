"""What people needed a term for, computed by one."""

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import TERMS
from calculators.formulas.bills import recorded_request_cost

CASES: Final = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]
TOKENS: Final = st.integers(0, 1_000_000)


@pytest.mark.parametrize("case", CASES, ids=[case["asks"] for case in CASES])
def test_what_was_asked_comes_out(case: dict[str, Any]) -> None:
    """Each question by one term, to the last digit that floats have in common."""
    assert TERMS[case["term"]](**case["inputs"]) == pytest.approx(case["gives"], rel=1e-12)


@given(uncached=TOKENS, read=TOKENS, written=TOKENS)
def test_both_ways_to_count_cached_tokens_give_one_cost(uncached: int, read: int, written: int) -> None:
    """Inside the prompt's count or beside it: a record of either kind is the same bill."""
    inside = recorded_request_cost(
        prompt_tokens=uncached + read + written,
        cached_tokens_inside=read,
        cache_write_tokens_inside=written,
        output_tokens=1,
        input_price=3,
        output_price=15,
        cached_input_price=0.3,
        cache_write_price=3.75,
    )
    beside = recorded_request_cost(
        prompt_tokens=uncached,
        cached_tokens_beside=read,
        cache_write_tokens_beside=written,
        output_tokens=1,
        input_price=3,
        output_price=15,
        cached_input_price=0.3,
        cache_write_price=3.75,
    )

    assert inside == beside


def test_more_cached_tokens_than_the_prompt_has_are_refused() -> None:
    """They cannot be inside it: the record counts them beside."""
    with pytest.raises(ValueError, match="beside"):
        recorded_request_cost(prompt_tokens=1, cached_tokens_inside=2, output_tokens=0, input_price=1, output_price=1)
