"""Quantities that records hold, beside those of the vocabulary."""

from typing import Annotated

from calculators.quantity import Quantity

TokenCount = Annotated[int, Quantity(unit="tokens", minimum=1, whole=True)]
Pixels = Annotated[int, Quantity(unit="pixels", minimum=1, whole=True)]
Minutes = Annotated[float, Quantity(unit="minutes")]
WholeCount = Annotated[int, Quantity(whole=True)]
UsdPerMonth = Annotated[float, Quantity(unit="US dollars a month", money=True)]
UsdPerYear = Annotated[float, Quantity(unit="US dollars a year", money=True)]
UsdPerGbMonth = Annotated[float, Quantity(unit="US dollars per GB and month", money=True)]
UsdPerGb = Annotated[float, Quantity(unit="US dollars per GB", money=True)]
UsdPerMillionUnits = Annotated[float, Quantity(unit="US dollars per million units", money=True)]
UsdPerMillionHour = Annotated[float, Quantity(unit="US dollars per million tokens and hour", money=True)]
UsdPerThousand = Annotated[float, Quantity(unit="US dollars per thousand queries", money=True)]
TokensPerSecond = Annotated[float, Quantity(unit="tokens a second", minimum=1e-9)]
FlopsPerSecond = Annotated[float, Quantity(unit="floating-point operations a second", minimum=1, maximum=1e18)]
BytesPerSecond = Annotated[float, Quantity(unit="bytes a second", minimum=1, maximum=1e18)]
Parameters = Annotated[float, Quantity(unit="parameters", minimum=1)]
HoursPerYear = Annotated[float, Quantity(unit="hours a year", minimum=1)]
Ratio = Annotated[float, Quantity(unit="times")]
Multiple = Annotated[float, Quantity(unit="times", minimum=1)]
Gigabytes = Annotated[float, Quantity(unit="GB")]
Gibibytes = Annotated[float, Quantity(unit="GiB")]
Bits = Annotated[float, Quantity(unit="bits", minimum=1)]
SecondsPerTokenPair = Annotated[float, Quantity(unit="seconds per pair of tokens")]
