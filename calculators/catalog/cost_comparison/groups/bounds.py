"""Kinds of number that several groups ask for, with the bounds that the guide sets, and what a form starts from."""

from typing import Final

from calculators.facts import FACTS
from calculators.quantity import Quantity
from calculators.vocabulary import HOURS, USD_PER_MILLION

rule: Final = FACTS.rule
"""A number that the guide sets. Unit: as the rule states."""

LONGEST_HORIZON: Final = int(rule("longest_horizon"))
"""Longest horizon. [month]"""


AUTOMATIC: Final = "auto"
"""A choice that is left to the calculator, which says what it chose."""

NO_MODEL: Final = "none"
"""A choice of no model at all."""

OWN_MODEL: Final = "own"
"""A choice of a model that is on no list: the reader says what it is made of."""

OWNED: Final = "owned"
"""GPUs that are bought, and not rented."""

ANYWHERE: Final = "anywhere"
"""A choice of no place: the standard price."""

STORAGE: Final = "storage"
"""A cache that lives as long as storage is paid for."""

REQUESTS: Final = Quantity(unit="requests", whole=True, maximum=rule("most_requests"))
PART: Final = Quantity(unit="tokens", whole=True, maximum=rule("most_part_tokens"))
TEAM_HOURS: Final = HOURS.named("", maximum=rule("most_hours"))
PRICE: Final = USD_PER_MILLION.named("", maximum=rule("most_price"))


assumed: Final = FACTS.assume
"""The value that an assumption of the guide has today: what a form starts from. Unit: as the assumption states."""


def assumed_count(key: str) -> int:
    """The same, for an assumption that is a whole number. Unit: as the assumption states."""
    return int(assumed(key))
