"""Published bills: each figure that somebody printed, or should have printed, comes out of one general term."""

import json
import math
from pathlib import Path
from typing import Final, TypedDict, cast, get_type_hints

import pytest

from calculators.formulas import TERMS
from calculators.quantity import Quantity


class Check(TypedDict):
    """A term and its inputs: what `python -m calculators term` would be given."""

    term: str
    inputs: dict[str, float]


class Vector(TypedDict):
    """One published calculation, as far as the tests read it."""

    id: str
    group: str
    source_url: str
    quote: str
    tolerance: float
    right: dict[str, float]
    checks: dict[str, Check]


VECTORS: Final = cast("list[Vector]", json.loads(Path(__file__).with_name("worked-examples.json").read_text("utf-8")))
CHECKS: Final = [
    pytest.param(check, vector["right"][key], vector["tolerance"], id=f"{vector['id']}-{key}")
    for vector in VECTORS
    for key, check in vector["checks"].items()
]


def test_every_published_calculation_is_here() -> None:
    """None of the 63 is lost, and none is there twice."""
    ids = [vector["id"] for vector in VECTORS]

    assert len(ids) == 63
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_every_figure_is_checked(vector: Vector) -> None:
    """Whoever adds a vector says which term gives each of its figures, and where they were published."""
    assert vector["right"].keys() == vector["checks"].keys(), "add the missing checks, or remove what is not published"
    assert vector["source_url"]
    assert vector["quote"]


@pytest.mark.parametrize(("check", "right", "tolerance"), CHECKS)
def test_the_term_gives_the_right_figure(check: Check, right: float, tolerance: float) -> None:
    """A term is general: it gives the published figure from the published inputs alone."""
    assert math.isclose(TERMS[check["term"]](**check["inputs"]), right, rel_tol=tolerance, abs_tol=0), (
        f"{check['term']} has changed its meaning: mend it, or add a term for what is new"
    )


@pytest.mark.parametrize(("check", "right", "tolerance"), CHECKS)
def test_anyone_can_run_it(check: Check, right: float, tolerance: float) -> None:
    """Each input is one that the term's quantity allows, so that the printed command line works as it stands."""
    del right, tolerance
    hints = get_type_hints(TERMS[check["term"]], include_extras=True)
    for name, value in check["inputs"].items():
        quantity = hints[name].__metadata__[0]

        assert isinstance(quantity, Quantity)
        assert value == quantity.check(value)
