"""
The field's words as quantities: what every formula, form, link and command line calls the same thing.

A formula annotates its parameters with these; a calculator names them for its form.
"""

from typing import Annotated, Final

from calculators.quantity import Quantity

TOKENS: Final = Quantity(unit="tokens")
COUNT: Final = Quantity(whole=True)
NUMBER: Final = Quantity()
SHARE: Final = Quantity(unit="share", maximum=1, share=True)
CHANCE: Final = Quantity(unit="chance", maximum=1, share=True, chance=True)
RATE: Final = Quantity(unit="share", minimum=-1, maximum=1e6, share=True)
USD: Final = Quantity(unit="US dollars", money=True)
USD_PER_MILLION: Final = Quantity(unit="US dollars per million tokens", money=True)
USD_PER_HOUR: Final = Quantity(unit="US dollars an hour", money=True)
HOURS: Final = Quantity(unit="hours")
MONTHS: Final = Quantity(unit="months", whole=True)
SECONDS: Final = Quantity(unit="seconds")
BYTES: Final = Quantity(unit="bytes")
REQUESTS: Final = Quantity(unit="requests")

Tokens = Annotated[float, TOKENS]
"""A number of tokens. [token]"""
Count = Annotated[int, COUNT]
"""A whole number of things. [1]"""
Number = Annotated[float, NUMBER]
"""A pure number, or one whose unit the docstring gives. [1]"""
Share = Annotated[float, SHARE]
"""A share of one. [0–1]"""
Rate = Annotated[float, RATE]
"""A change per period as a fraction; may be negative. [1]"""
Usd = Annotated[float, USD]
"""An amount. [USD]"""
UsdPerMillion = Annotated[float, USD_PER_MILLION]
"""A price. [USD per million tokens]"""
UsdPerHour = Annotated[float, USD_PER_HOUR]
"""A price. [USD per hour]"""
Hours = Annotated[float, HOURS]
"""A length of time. [hour]"""
Months = Annotated[int, MONTHS]
"""A number of months. [month]"""
Seconds = Annotated[float, SECONDS]
"""A length of time. [second]"""
Bytes = Annotated[float, BYTES]
"""A size of memory. [byte]"""
Requests = Annotated[float, REQUESTS]
"""A number of requests. [request]"""

TOKEN_PRICE: Final = Quantity(unit="US dollars per price unit of tokens", money=True)
TokenPrice = Annotated[float, TOKEN_PRICE]
"""A price whose unit is a number of tokens given beside it. [USD per price unit]"""
PRICE_UNIT: Final = Quantity(unit="tokens", minimum=1)
PriceUnit = Annotated[float, PRICE_UNIT]
"""The number of tokens that a price is for. [token]"""
SIGNED_USD: Final = Quantity(unit="US dollars", minimum=-1e15, money=True)
SignedUsd = Annotated[float, SIGNED_USD]
"""An amount gained where it is above zero, lost where it is below. [USD]"""
OPERATIONS: Final = Quantity(unit="floating-point operations", maximum=1e30)
Operations = Annotated[float, OPERATIONS]
"""An amount of computing. [floating-point operation]"""
OPERATIONS_PER_SECOND: Final = Quantity(unit="floating-point operations a second", maximum=1e24)
OperationsPerSecond = Annotated[float, OPERATIONS_PER_SECOND]
"""A speed of computing. [floating-point operation per second]"""
GPU_HOURS: Final = Quantity(unit="GPU-hours")
GpuHours = Annotated[float, GPU_HOURS]
"""Hours, times GPUs that work side by side. [GPU-hour]"""
REQUESTS_PER_SECOND: Final = Quantity(unit="requests a second")
RequestsPerSecond = Annotated[float, REQUESTS_PER_SECOND]
"""A rate. [request per second]"""
TOKENS_PER_SECOND: Final = Quantity(unit="tokens a second")
TokensPerSecond = Annotated[float, TOKENS_PER_SECOND]
"""A speed of reading or writing. [token per second]"""
HORIZON: Final = Quantity(unit="months", whole=True, maximum=1_200)
Horizon = Annotated[int, HORIZON]
"""A number of months that are gone through one by one: a century at most. [month]"""
