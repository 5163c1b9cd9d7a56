"""What is left out changes nothing: a cost of 0, a single one of a thing, the unit that prices are usually for."""

import inspect
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.formulas import TERMS
from tests.formulas.test_properties import answer_to, arguments

MODEST: Final = settings(max_examples=25, derandomize=True, deadline=None, database=None)

# What is not there.
NONE: Final = """
    automatic_share bytes_gathered bytes_per_embedding bytes_per_text cache_bytes cache_write_price
    cache_write_tokens cache_write_tokens_beside cache_write_tokens_inside cached_input_price
    cached_input_tokens cached_tokens cached_tokens_beside cached_tokens_inside caught_share changes
    context_extension_hours cost_per_change data_cost document_tokens embedding_cost embedding_parameters
    exit_cost grader_input_price grader_input_tokens grader_output_price grader_output_tokens hosting_cost
    input_cost input_price input_tokens instruction_tokens kilowatts loss_per_failure marginal_cost
    minimum_charge minimum_per_month other_bytes_per_chunk other_cost other_cost_per_month other_fixed_cost
    output_cost output_price output_price_after output_price_before output_tokens overhead_share overlap_tokens
    people_cost post_training_hours pretraining_hours price_per_hour price_per_kilowatt_hour read_price reads
    reasoning_tokens reasoning_tokens_beside requests_at_once rerank_cost resale_value search_cost
    seconds_to_first_token setup_hours severe_loss severe_share storage_cost storage_per_model storage_per_month
    storage_price stored_bytes stored_models training_cost training_price training_tokens validation_tokens
    write_price writes
""".split()
# What is there once, or whole.
ONE: Final = """
    bytes_per_character bytes_per_unit cache_write_multiple cached_input_multiple chunks_per_query chunks_per_search
    copies evaluations gpus gpus_per_replica headroom jobs load mfu peak_to_mean people_per_example periods
    price_multiple replicas requests_per_price_unit requests_per_replica runs sequences share_of_failures
    share_of_requests tokens_per_unit units units_per_copy units_per_marginal_cost units_per_price_unit usable_share
    used_share
""".split()
USUAL: Final[dict[str, float]] = {
    "bits_per_value": 16,
    "bytes_per_dimension": 4,
    "bytes_per_price_unit": 10**9,
    "minutes_per_month": 43_800,
    "operations_per_price_unit": 10**6,
    "searches_per_price_unit": 10**3,
    "seconds_per_month": 2_628_000,
    "seconds_per_unit": 60 * 60,
    "tokens_per_price_unit": 10**6,
}
# One name, and what it means in each term that may do without it.
DIFFERS: Final[dict[str, dict[str, float]]] = {
    "hours": {"requests_at_rate": 730, "requests_per_second": 730, "service_cost": 0},
    "hours_per_month": {"hosting_cost": 730, "owned_hardware_cost_per_month": 0, "people_cost": 0},
    "months": {"hosting_cost": 1, "people_cost": 0, "vector_database_cost": 1},
    "requests": {"gpu_time_cost": 1, "total_cost_of_ownership": 0},
}
EVERYWHERE: Final = dict.fromkeys(NONE, 0) | dict.fromkeys(ONE, 1) | USUAL
each_term: Final = pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)


def meant(term: Callable[..., float], name: str) -> float:
    """What leaving an input of a term out means."""
    return DIFFERS[name][term.__name__] if name in DIFFERS else EVERYWHERE[name]


def optional(term: Callable[..., float]) -> dict[str, float]:
    """The inputs of a term that may be left out, with their defaults."""
    return {
        name: parameter.default
        for name, parameter in inspect.signature(term).parameters.items()
        if parameter.default is not parameter.empty
    }


def test_each_default_has_its_meaning() -> None:
    """A default that somebody adds is given its meaning above, apart from the code."""
    names = {name for term in TERMS.values() for name in optional(term)}

    assert names == {*EVERYWHERE, *DIFFERS}
    assert len(names) == len(NONE) + len(ONE) + len(USUAL) + len(DIFFERS)


@each_term
def test_default_is_what_leaving_out_means(term: Callable[..., float]) -> None:
    """No default is another number than the one that changes nothing, or is usual."""
    assert {name: meant(term, name) for name in optional(term)} == optional(term)


@each_term
@MODEST
@given(data=st.data())
def test_leaving_out_is_writing_it_out(term: Callable[..., float], data: st.DataObject) -> None:
    """Whatever else is given, an input left out counts as what it means."""
    inputs = data.draw(arguments(term))
    for name in optional(term):
        without = {other: value for other, value in inputs.items() if other != name}

        assert answer_to(term, without | {name: meant(term, name)}) == answer_to(term, without)
