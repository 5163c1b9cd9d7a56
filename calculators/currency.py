"""What a US dollar is in another currency, as people say it."""

import re
from dataclasses import dataclass
from typing import Final

from calculators.echo import echo
from calculators.quantity import DOLLARS, LONGEST_ENTRY, SIGNS, Currency, Quantity, RefusedInputError

_CODES: Final = {sign.strip().lower(): code for code, sign in SIGNS.items()}
_NAME: Final = f"(?P<name>{'|'.join(map(re.escape, sorted(_CODES, key=len, reverse=True)))}|[a-z]{{3}})"
_BEFORE: Final = re.compile(rf"{_NAME} ?(?P<rate>.*)", re.IGNORECASE | re.ASCII)
_AFTER: Final = re.compile(rf"(?P<rate>.*?) ?{_NAME}", re.IGNORECASE | re.ASCII)
_ONE_DOLLAR: Final = re.compile(r"^(?:1 ?)?(?:USD|US\$|\$|(?:US )?dollar)(?: ?1)? ?(?:=|is) ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dollar:
    """
    An input that says what a US dollar is in the currency in which amounts are wanted, written 0.92 EUR.

    Attributes:
        label: What a form calls it.
        unit: What stands beside the label.
        hint: One line under the field.
        rate: How many units of a currency a US dollar may be.
    """

    label: str
    unit: str = ""
    hint: str = ""
    rate: Quantity

    def read(self, text: str) -> Currency | None:
        """
        Read a currency with its rate, as people say it: `0.92 EUR`, `€0.92`, `1 USD = 0.92 EUR`. US dollars are none.

        Raises:
            RefusedInputError: If the text is no currency, or no rate of one.
        """
        shown = f"“{echo(text.strip(), longest=LONGEST_ENTRY)}”"
        entry = _ONE_DOLLAR.sub("", " ".join(text[: 2 * LONGEST_ENTRY].split()), count=1)
        found = _BEFORE.fullmatch(entry) or _AFTER.fullmatch(entry)
        if found is None:
            raise RefusedInputError(f"{shown} is no currency with its rate: enter what a US dollar is, {self.range}")
        code, digits = _CODES.get(found["name"].lower(), found["name"].upper()), found["rate"]
        wanted = f"enter what a US dollar is, {self.range}"
        if code != DOLLARS.code:
            if not digits:
                raise RefusedInputError(f"{shown} has no rate: {wanted}")
            return Currency(code, self.rate.read(digits))
        if digits not in {"", "1"}:
            raise RefusedInputError(f"{shown} is an amount of US dollars, and one of them is 1 USD: {wanted}")
        return None

    @property
    def range(self) -> str:
        """What is allowed, in words."""
        return f"as in 0.92 EUR, {self.rate.range}"
