"""What every term owes whoever calls it: one shape, one unit per number, and words that say what it means."""

import ast
import inspect
import json
import re
from collections.abc import Callable
from types import ModuleType
from typing import Final, get_origin, get_type_hints

import pytest

from calculators import formulas
from calculators.facts import DATA
from calculators.formulas import (
    TERMS,
    bills,
    by_name,
    data,
    decisions,
    periods,
    retrieval,
    rounding,
    serving,
    tokens,
    training,
)
from calculators.formulas.bills import decisions as bill_decisions
from calculators.formulas.bills import periods as bill_periods
from calculators.formulas.bills import retrieval as bill_retrieval
from calculators.formulas.bills import serving as bill_serving
from calculators.formulas.bills import sums
from calculators.formulas.bills import tokens as bill_tokens
from calculators.formulas.bills import training as bill_training
from calculators.quantity import Quantity
from tests.formulas.fast_forms import FAST_FORMS

BILLS: Final = (
    bill_decisions,
    bill_periods,
    bill_retrieval,
    bill_serving,
    bill_tokens,
    bill_training,
    sums,
)
MODULES: Final = (data, decisions, periods, retrieval, serving, tokens, training, *BILLS)
PROOFS: Final = DATA / "worked_examples.json"
each_term: Final = pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)


def section(term: Callable[..., float], name: str) -> str:
    """Return the lines of one section of a docstring, without its heading."""
    documentation = inspect.getdoc(term) or ""
    found = re.search(rf"^{name}:\n((?:    .*\n|\n(?=    ))*)", documentation + "\n", re.MULTILINE)
    return inspect.cleandoc(found[1]) if found else ""


def public_functions(module: ModuleType) -> set[str]:
    """Return the names of the public functions that a module defines."""
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def test_every_formula_is_a_term() -> None:
    """A function that somebody adds to a module can be called by name, or stands in for a term that can."""
    assert set(TERMS) | FAST_FORMS.keys() == set().union(*(public_functions(module) for module in MODULES))
    assert {term for terms in FAST_FORMS.values() for term in terms} <= set(TERMS)
    assert FAST_FORMS.keys() <= set(formulas.__all__)


def test_terms_are_sorted_and_exported() -> None:
    """A reader of the list finds a name where the alphabet says, and a package exports its own terms alone."""
    own, of_bills = set(formulas.__all__), set(bills.__all__)

    assert sorted(TERMS) == list(TERMS)
    assert set(TERMS) <= own | of_bills
    assert own.isdisjoint(of_bills)
    for name, term in TERMS.items():
        assert getattr(bills if name in of_bills else formulas, name) is term


def test_terms_for_bills_stand_apart() -> None:
    """What a module under `bills` defines is exported there, and nothing else is."""
    assert set(bills.__all__) == set().union(*map(public_functions, BILLS))


def test_two_terms_cannot_share_a_name() -> None:
    """A second `npv` would hide the first one."""
    with pytest.raises(ValueError, match="npv"):
        by_name([formulas.npv, formulas.gpu_cost, formulas.npv])


@each_term
def test_signature_is_the_description(term: Callable[..., float]) -> None:
    """Inputs are given by name, and each number, the returned one included, has its quantity."""
    signature = inspect.signature(term)
    hints = get_type_hints(term, include_extras=True)

    assert signature.parameters.keys() | {"return"} == hints.keys()
    for parameter in signature.parameters.values():
        assert parameter.kind is parameter.KEYWORD_ONLY
    for name, hint in hints.items():
        assert isinstance(hint.__metadata__[0], Quantity), f"annotate {name} with a word of the vocabulary"
        assert hint.__origin__ in (int, float)
        assert get_origin(hint) is not None


@each_term
def test_defaults_are_values_that_may_be_entered(term: Callable[..., float]) -> None:
    """Leaving an input out is never a way round its bounds."""
    hints = get_type_hints(term, include_extras=True)
    for name, parameter in inspect.signature(term).parameters.items():
        if parameter.default is not parameter.empty:
            assert parameter.default == hints[name].__metadata__[0].check(parameter.default)


@each_term
def test_docstring_gives_each_unit(term: Callable[..., float]) -> None:
    """Each input is described once, in order, with its unit in brackets; so is the result."""
    described = re.findall(r"^(\w+): ((?:.|\n  )+)", section(term, "Args"), re.MULTILINE)

    assert list(inspect.signature(term).parameters) == [name for name, _ in described]
    for name, text in [*described, ("Returns", section(term, "Returns"))]:
        assert re.search(r"\[[^\]]+\]$", text), f"end the line of {name} with its unit in brackets"


@each_term
def test_docstring_shows_an_example(term: Callable[..., float]) -> None:
    """Someone who has never seen the term can copy a line and run it."""
    documentation = inspect.getdoc(term) or ""

    assert f">>> {term.__name__}(" in documentation or f"({term.__name__}(" in documentation


@each_term
def test_what_it_refuses_is_documented(term: Callable[..., float]) -> None:
    """A term that raises says so, and one that says so raises."""
    mentions = bool(section(term, "Raises"))
    tree = ast.parse(inspect.getsource(term))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    raises = any(isinstance(node, ast.Raise) for node in ast.walk(tree)) or any(
        section(TERMS[name], "Raises") for name in called & TERMS.keys()
    )

    if not mentions:
        assert not any(isinstance(node, ast.Raise) for node in ast.walk(tree)), "document it under Raises"
    else:
        assert raises, "nothing raises any more: remove the section"


@pytest.mark.parametrize(
    ("term", "inputs", "said"),
    [
        ("base_model_changes", {"months": 12, "model_life": 0}, "changed without end"),
        ("cache_hit_share", {"requests_per_month": 1, "minutes_to_live": 5, "minutes_per_month": 0}, "0 minutes"),
        (
            "cache_read_seconds",
            {"cache_bytes": 1, "weight_bytes": 2, "memory": 2, "bandwidth": 1, "bandwidth_utilisation": 1},
            "no memory beside the weights",
        ),
        ("compute_time", {"operations": 1, "peak_flops": 1, "mfu": 0}, "nothing is ever computed"),
        ("cost_per_million_tokens", {"price_per_hour": 1, "gpu_seconds": 1, "tokens": 0}, "no price per token"),
        (
            "frozen_memory",
            {"parameters": 1, "bits_per_weight": 4, "embedding_parameters": 2},
            "no more parameters in its tables",
        ),
        ("deployments", {"models": 1, "models_per_deployment": 0}, "hold no model"),
        ("gpu_hours_from_throughput", {"tokens": 1, "tokens_per_second_per_gpu": 0}, "never ends"),
        ("gpu_time_cost", {"price_per_hour": 1, "gpu_seconds": 1, "requests": 0}, "no cost per request"),
        ("gpus_for_memory", {"needed_bytes": 1, "bytes_per_gpu": 0}, "without memory"),
        ("gpus_for_memory", {"needed_bytes": 1, "bytes_per_gpu": 5e-324}, "that little memory"),
        (
            "index_pass_cost",
            {"corpus_tokens": 1, "chunk_tokens": 0, "output_tokens": 1, "input_price": 1, "output_price": 1},
            "longer than their overlap",
        ),
        ("memory_per_gpu", {"shared_bytes": 1, "whole_bytes": 1, "gpus": 0}, "without a GPU"),
        ("owned_hardware_cost_per_month", {"purchase_price": 1, "life_months": 0}, "no monthly cost"),
        ("ratio", {"numerator": 1, "denominator": 0}, "multiple of 0"),
        ("rerank_cost", {"queries": 1, "price": 1, "chunks_per_search": 0}, "at least one chunk"),
        ("serving_memory", {"parameters": 1, "bits_per_weight": 1, "bytes_per_unit": 0}, "0 bytes"),
        (
            "serving_gpus",
            {
                "requests_per_month": 1,
                "gpu_seconds_per_request": 1,
                "peak_to_mean": 1,
                "usable_share": 0,
                "minimum_replicas": 1,
                "gpus_per_replica": 1,
            },
            "serve nothing",
        ),
        (
            "texts_held",
            {"gpus": 1, "bytes_per_gpu": 1, "usable_share": 1, "weights": 0, "bytes_per_text": 0},
            "no memory",
        ),
        (
            "texts_held",
            {"gpus": 1, "bytes_per_gpu": 1e300, "usable_share": 1, "weights": 0, "bytes_per_text": 5e-324},
            "that little memory",
        ),
        ("training_steps", {"examples": 1, "batch_size": 0, "epochs": 1}, "0 examples"),
        ("unit_cost", {"cost": 1, "units": 1, "used_share": 0}, "no cost per unit"),
        ("utilisation", {"requests_per_month": 1, "gpu_seconds_per_request": 1, "gpus": 0}, "no GPU time"),
        ("vector_database_cost", {"bytes_per_price_unit": 0}, "0 bytes"),
        (
            "weights_read_seconds",
            {"weight_bytes": 1, "sequences": 0, "bandwidth": 1, "bandwidth_utilisation": 1},
            "never read",
        ),
        ("volume_cost", {"requests": 1, "cost_per_request": 1, "requests_per_price_unit": 0}, "0 requests"),
    ],
)
def test_what_has_no_answer_is_said_in_words(term: str, inputs: dict[str, float], said: str) -> None:
    """Dividing by nothing is a sentence about the thing that is missing, not an arithmetic error."""
    with pytest.raises(ValueError, match=said):
        TERMS[term](**inputs)


@each_term
def test_sources_are_published_examples(term: Callable[..., float]) -> None:
    """A source named in a docstring is one of the proofs, and that proof runs this very term."""
    proofs = {vector["id"]: vector for vector in json.loads(PROOFS.read_text("utf-8"))}
    for name in re.findall(r"^([\w-]+): ", section(term, "Sources"), re.MULTILINE):
        assert name in proofs, f"{name} is not a published example"
        assert term.__name__ in {check["term"] for check in proofs[name]["checks"].values()}


@pytest.mark.parametrize("module", [*MODULES, rounding], ids=lambda module: module.__name__)
def test_no_figure_hides_in_a_formula(module: ModuleType) -> None:
    """Only 0, 1 and 2 stand in a formula. Conversions have names, and everything else is an argument."""
    figures = {
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    }

    assert figures <= {0, 1, 2}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_last_digits_do_not_depend_on_the_machine(module: ModuleType) -> None:
    """Powers, logarithms and exponentials may differ between two mathematics libraries: one formula may use one."""
    tree = ast.parse(inspect.getsource(module))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    wobbly = {
        function.name
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Pow)
        or (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "math"
            and node.attr not in {"inf", "sqrt", "ceil", "floor"}
        )
    }

    assert wobbly <= {"cache_hit_share"}
