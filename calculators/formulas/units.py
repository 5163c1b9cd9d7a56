"""
Conversions between units, and the month that the formulas take where none is given.

A month is 730 hours, a twelfth of a year of 365 days. Published bills use 720, 729.6 or 730, so every formula that
needs a month takes its length as an argument.
"""

from typing import Final

TOKENS_PER_MILLION: Final = 1_000_000
"""The unit that most prices of tokens are for. [token]"""
OPERATIONS_PER_PRICE_UNIT: Final = 1_000_000
"""The unit that most prices of reads and writes are for. [1]"""
SEARCHES_PER_PRICE_UNIT: Final = 1_000
"""The unit that most prices of reranking are for. [1]"""
WORDS_PER_SAMPLE: Final = 1_000
"""The words that counts of tokens are told for. [1]"""
PARAMETERS_PER_BILLION: Final = 1_000_000_000
"""The unit that sizes of models are told in. [1]"""
BYTES_PER_GIGABYTE: Final = 1_000_000_000
BYTES_PER_FLOAT: Final = 4
"""Size of one dimension of a vector kept in single precision. [byte]"""
BITS_PER_BYTE: Final = 8
MONTHS_PER_YEAR: Final = 12
HOURS_PER_MONTH: Final = 730
MINUTES_PER_HOUR: Final = 60
SECONDS_PER_HOUR: Final = 3_600
DECADE: Final = 10
"""A step of a logarithmic scale. [1]"""
MINUTES_PER_MONTH: Final = HOURS_PER_MONTH * MINUTES_PER_HOUR
SECONDS_PER_MONTH: Final = HOURS_PER_MONTH * SECONDS_PER_HOUR
HOURS_PER_WEEK: Final = 168
"""Every hour of the calendar, not those of somebody's work. [hour]"""
WEEKS_PER_MONTH: Final = HOURS_PER_MONTH / HOURS_PER_WEEK

EXACT_DIGITS: Final = 9
"""Digits behind the point in which a number is held to be whole that a float may miss by a little."""
