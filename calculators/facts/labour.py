"""What people’s time costs."""

import math
from dataclasses import dataclass

from calculators.facts.quantities import HoursPerYear, UsdPerYear
from calculators.facts.record import Record, ordered
from calculators.vocabulary import Share, UsdPerHour


@dataclass(frozen=True, kw_only=True)
class Wage(Record):
    """
    What an hour of somebody's time costs an employer.

    Attributes:
        median_annual: Median wage of a year.
        hours_per_year: Hours that a year's wage pays for.
        wage_share: Wages as a share of what an employer pays.
        hourly: Loaded hourly rate that a form starts from: median ÷ hours ÷ share, to the cent.
        low: Lower end of the range shown.
        high: Upper end of the range shown.
    """

    median_annual: UsdPerYear
    hours_per_year: HoursPerYear
    wage_share: Share
    hourly: UsdPerHour
    low: UsdPerHour
    high: UsdPerHour

    def __post_init__(self) -> None:
        super().__post_init__()
        ordered(self.low, self.hourly, self.high)
        if not math.isclose(self.hourly, self.median_annual / self.hours_per_year / self.wage_share, abs_tol=0.005):
            raise ValueError("hourly is not median ÷ hours ÷ share")
