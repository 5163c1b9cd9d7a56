"""Conversions: each is what the calendar, the clock and the machine say, and each moves a figure."""

import calendar
import math
import struct
import sys
from datetime import timedelta
from typing import Final

import pytest

from calculators.formulas import (
    cache_hit_share,
    compute_time,
    hosting_cost,
    price_in_month,
    requests_per_second,
    rerank_cost,
    serving_memory,
    token_cost,
    units,
    utilisation,
    vector_database_cost,
    vector_storage,
)
from calculators.formulas.bills import (
    compute_cost,
    cost_per_million_tokens,
    gpu_hours_from_throughput,
    gpu_time_cost,
    requests_at_rate,
    tokens_served,
    word_tokens,
)

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(weeks=1)
MONTH: Final = timedelta(days=365) / (len(calendar.month_name) - 1)  # The first name is empty.
LARGEST_COUNT: Final = 10**6  # No image has as many patches: what a float holds besides are digits behind the point.
CONVERSIONS: Final = {
    "BITS_PER_BYTE": max(bytes([255])).bit_length(),
    "BYTES_PER_FLOAT": struct.calcsize("f"),
    "BYTES_PER_GIGABYTE": 10**9,
    "DECADE": 10,
    "EXACT_DIGITS": sys.float_info.dig - len(str(LARGEST_COUNT - 1)),
    "HOURS_PER_MONTH": MONTH / HOUR,
    "HOURS_PER_WEEK": WEEK / HOUR,
    "MINUTES_PER_HOUR": HOUR / MINUTE,
    "MINUTES_PER_MONTH": MONTH / MINUTE,
    "MONTHS_PER_YEAR": timedelta(days=365) / MONTH,
    "OPERATIONS_PER_PRICE_UNIT": 10**6,
    "PARAMETERS_PER_BILLION": 10**9,
    "SEARCHES_PER_PRICE_UNIT": 10**3,
    "SECONDS_PER_HOUR": HOUR.total_seconds(),
    "SECONDS_PER_MONTH": MONTH.total_seconds(),
    "TOKENS_PER_MILLION": 10**6,
    "WEEKS_PER_MONTH": MONTH / WEEK,
    "WORDS_PER_SAMPLE": 10**3,
}


def test_conversions_are_what_they_are_called() -> None:
    """Every constant, against what does not come from this project."""
    assert {name: value for name, value in vars(units).items() if name.isupper()} == CONVERSIONS


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (token_cost(tokens=1_000_000, price=8), 8),
        (vector_database_cost(reads=1_000_000, read_price=16), 16),
        (vector_database_cost(writes=1_000_000, write_price=4), 4),
        (vector_database_cost(stored_bytes=1_000_000_000, storage_price=0.33), 0.33),
        (rerank_cost(queries=1_000, price=2), 2),
        (vector_storage(chunks=1, dimensions=1_536), 6_144),
        (serving_memory(parameters=70e9, bits_per_weight=16), 140e9),
        (price_in_month(price=1, change_per_year=1, month=13), pytest.approx(2)),
        (hosting_cost(price_per_hour=1.7), pytest.approx(1_241)),
        (cache_hit_share(requests_per_month=43_800, minutes_to_live=1), pytest.approx(1 - 1 / math.e)),
        (utilisation(requests_per_month=2_628_000, gpu_seconds_per_request=1, gpus=1), 1),
        (compute_time(operations=3.6e15, peak_flops=1e12), 1),
        (compute_cost(operations=3.6e15, peak_flops=1e12, price_per_hour=3), 3),
        (tokens_served(tokens_per_second=2_500, hours=729.6), 6_566_400_000),
        (cost_per_million_tokens(price_per_hour=3.6, gpu_seconds=1, tokens=1_000), pytest.approx(1)),
        (gpu_time_cost(price_per_hour=3.6, gpu_seconds=1), pytest.approx(0.001)),
        (gpu_hours_from_throughput(tokens=36_000_000, tokens_per_second_per_gpu=10_000), 1),
        (requests_at_rate(requests_per_second=1), 2_628_000),
        (requests_per_second(requests=2_628_000), 1),
        (word_tokens(words=1_000, tokens_per_thousand_words=1_300), 1_300),
    ],
)
def test_a_figure_rests_on_each(figure: float, expected: float) -> None:
    """A million tokens cost the price of a million, an hour of work takes 3,600 seconds, and so on."""
    assert figure == expected
