"""
Quantities: what a number means, which values it may take, how a person writes it and how it is written back.

Numbers are floats inside, in base units: US dollars, tokens, seconds, bytes, months; shares from 0 to 1.
They are rounded only when they are written.
"""

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final, Self

from calculators.echo import echo

LONGEST_ENTRY: Final = 40
"""Longest text that is read as a number. [characters]"""

_MULTIPLES: Final = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_NUMBER: Final = re.compile(
    r"""
    (?P<sign> - )?
    (?P<digits> (?:\d{1,3}(?:[,_\ ]\d{3})+ | \d+ (?=[.e]|\ ?[kmb%]|$) )? (?:\.\d+ | \.(?=$|[kmb%]))? )
    (?P<exponent> e[+-]?\d{1,4} )?
    \ ?(?P<multiple> [kmb] )?
    \ ?(?P<percent> % )?
    """,
    re.VERBOSE,
)
_CHANCE: Final = re.compile(
    r"""
    (?P<part> (?:\d{1,3}(?:[,_\ ]\d{3})+ | \d+) (?:\.\d+)? )
    (?: \ ? / \ ? | (?: \ times? )? \ (?: in | of | out\ of ) \ )
    (?P<whole> (?:\d{1,3}(?:[,_\ ]\d{3})+ | \d+) (?:\.\d+)? )
    """,
    re.VERBOSE,
)
_SIGNIFICANT: Final = 3
_EXACT: Final = 1_000
"""Largest number of times that a field counts a chance in, where a percentage would not be exact."""
_RARE: Final = (5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500, 1_000)
"""What a sentence says of a small chance: 1 in so many."""
_SAID: Final = (
    *((1, times) for times in reversed(_RARE)),
    *((1, 4), (3, 10), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (7, 10), (3, 4)),
    *((times - 1, times) for times in _RARE),
)
"""What a sentence says of a chance, so many in so many, from the smallest to the largest."""
_TIE: Final = 9
"""Digits to which two distances are told apart."""
_OTHER_MEANINGS: Final = ("<super>", "<sub>", "<circle>", "<fraction>", "<compat>")
"""Kinds of characters that look like digits and mean something else: powers, list marks, fractions."""


class RefusedInputError(ValueError):
    """A text that is not a value of the quantity asked for. Its message says what to enter instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """
    What a number means: its label, its unit, and the values it may take.

    Attributes:
        label: What a form calls it. Terms leave it empty: their parameter's name says it.
        unit: Its unit as a reader says it, in the singular where it stands in brackets. Empty for pure numbers.
        minimum: Smallest value allowed, in base units.
        maximum: Largest value allowed, in base units.
        whole: Whether only whole numbers are allowed.
        share: Whether it is a share of one, read and written in per cent.
        chance: Whether the share is a chance, which people also say as 3 in 5.
        money: Whether it is an amount in US dollars.
        hint: One line under the field: what to count, or where to find it.
    """

    label: str = ""
    unit: str = ""
    minimum: float = 0.0
    maximum: float = 1e15
    whole: bool = False
    share: bool = False
    chance: bool = False
    money: bool = False
    hint: str = ""

    def named(
        self,
        label: str,
        *,
        unit: str | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
        hint: str = "",
    ) -> Self:
        """Return this quantity with the label, the bounds and the hint that one form gives it."""
        return replace(
            self,
            label=label,
            unit=self.unit if unit is None else unit,
            minimum=self.minimum if minimum is None else minimum,
            maximum=self.maximum if maximum is None else maximum,
            hint=hint,
        )

    @property
    def range(self) -> str:
        """The values allowed, in words: `1 to 36`, `0% to 100%`."""
        return f"{write_entry(self.minimum, self)} to {write_entry(self.maximum, self)}"

    def read(self, text: str) -> float:
        """
        Read a number as a person types it.

        Thousands may be set apart by commas, spaces or underscores; `k`, `M` and `B` multiply; `5%` is a share of
        0.05. A decimal comma is refused rather than guessed at: `1,500` and `1,5` look alike and differ a thousandfold.
        A chance is also read as `3 in 5`, `3 out of 5`, `3 times in 5` or `3/5`.

        Args:
            text: What was typed, white space around it included.

        Returns:
            The number, in base units.

        Raises:
            RefusedInputError: If the text is empty, no number, not whole where that is asked, or out of range.

        >>> Quantity(label="Requests", whole=True).read(" 1.2M ")
        1200000.0
        >>> Quantity(label="Share", share=True, maximum=1).read("5%")
        0.05
        >>> Quantity(label="Passes", share=True, chance=True, maximum=1).read("3 in 5")
        0.6
        """
        if len(text) > LONGEST_ENTRY:
            raise RefusedInputError(self._wanted(f"{len(text):,} characters are too many for a number"))
        shown = echo(text.strip(), longest=LONGEST_ENTRY)
        if any(unicodedata.decomposition(character).startswith(_OTHER_MEANINGS) for character in text):
            raise RefusedInputError(self._wanted(f"“{shown}” is not a number"))
        entry = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split()).lower()
        if not entry:
            raise RefusedInputError(self._wanted("nothing is entered"))
        counted = _CHANCE.fullmatch(entry) if self.chance else None
        return self.check(self._counted(counted, shown) if counted else self._plain(entry, shown), shown)

    def _plain(self, entry: str, shown: str) -> float:
        """Work out a number that is written as one."""
        match = _NUMBER.fullmatch(entry.removeprefix("$").strip() if self.money else entry)
        if match is None or not any(character.isdigit() for character in match["digits"]):
            raise RefusedInputError(self._wanted(f"“{shown}” is not a number{_advice(entry)}"))
        if match["sign"] and self.minimum >= 0:
            raise RefusedInputError(self._wanted(f"{shown} is below {write_entry(self.minimum, self)}"))
        if match["percent"] and not self.share:
            raise RefusedInputError(self._wanted(f"“{shown}” is a percentage"))
        digits = _joined(match["digits"])
        number = float(digits + (match["exponent"] or "")) * _MULTIPLES[match["multiple"] or ""]
        if match["percent"]:
            number /= 100
        if match["sign"]:
            number = -number
        if not math.isfinite(number):
            raise RefusedInputError(self._wanted(f"“{shown}” is too large"))
        return number

    def check(self, number: float, written: str = "") -> float:
        """
        Return the number if the quantity allows it.

        Args:
            number: A number in base units.
            written: The number as it was typed, as a message repeats it.

        Raises:
            RefusedInputError: If it is not finite, not whole where that is asked, or out of range.
        """
        shown = written or f"{number:.12g}"
        if not math.isfinite(number):
            raise RefusedInputError(self._wanted(f"{shown} is not a finite number"))
        if self.whole and number != math.floor(number):
            raise RefusedInputError(self._wanted(f"{shown} is not whole"))
        if number < self.minimum:
            raise RefusedInputError(self._wanted(f"{shown} is below {write_entry(self.minimum, self)}"))
        if number > self.maximum:
            advice = _as_chance(number) if self.chance and "%" not in shown else ""
            raise RefusedInputError(self._wanted(f"{shown} is above {write_entry(self.maximum, self)}{advice}"))
        return number

    def _counted(self, counted: re.Match[str], shown: str) -> float:
        """Work out a chance that is given as so many in so many."""
        part, whole = float(_joined(counted["part"])), float(_joined(counted["whole"]))
        if not whole:
            raise RefusedInputError(self._wanted(f"“{shown}” counts in no times at all"))
        if part > whole:
            raise RefusedInputError(self._wanted(f"“{shown}” is more often than there are times"))
        return part / whole

    def _wanted(self, fault: str) -> str:
        if self.chance:
            return f"{fault}: enter a chance as 60% or 3 in 5, {self.range}"
        kind = (
            "a whole number" if self.whole else "a share" if self.share else "an amount" if self.money else "a number"
        )
        return f"{fault}: enter {kind}, {self.range}"


def _joined(digits: str) -> str:
    """Take out what sets thousands apart."""
    return re.sub(r"[,_ ]", "", digits)


def _advice(entry: str) -> str:
    if re.fullmatch(r"[\d.]+,\d+", entry):
        return " (write a decimal point, not a comma)"
    return ""


def _as_chance(number: float) -> str:
    """Say how a number that is too large for a chance is written if it was meant in per cent."""
    if number > 100:
        return ""
    percent = f"{number:.12g}%"
    if number != math.floor(number):
        return f" (write {percent})"
    common = math.gcd(int(number), 100)
    return f" (write {percent} or {int(number) // common} in {100 // common})"


def write_entry(number: float, quantity: Quantity) -> str:
    """
    Write a number as a field shows it: exact, and read back by `Quantity.read` as the same float.

    >>> write_entry(50_000.0, Quantity())
    '50,000'
    >>> write_entry(0.05, Quantity(share=True))
    '5%'

    A chance that no short percentage gives exactly is counted, where that does.

    >>> write_entry(1 / 3, Quantity(share=True, chance=True))
    '1 in 3'
    """
    if quantity.share:
        percent = f"{number * 100:.12g}"
        if float(percent) / 100 == number:
            return f"{percent}%"
        exact = (times for times in range(2, _EXACT + 1) if round(number * times) / times == number)
        times = next(exact, 0) if quantity.chance else 0
        return f"{round(number * times)} in {times}" if times else f"{number!r}"
    if number == math.floor(number) and abs(number) < 1e16:
        return f"{int(number):,}"
    whole, point, fraction = f"{number!r}".partition(".")
    return f"{int(whole):,}{point}{fraction}" if point and whole.isdigit() and fraction.isdigit() else f"{number!r}"


def write_link(number: float) -> str:
    """
    Write a number as a link carries it: exact and without separators.

    >>> write_link(50_000.0), write_link(0.05)
    ('50000', '0.05')
    """
    return f"{int(number)}" if number == math.floor(number) and abs(number) < 1e16 else f"{number!r}"


def write_number(number: float) -> str:
    """
    Write a number to three significant digits, thousands set apart.

    >>> write_number(4_254_765)
    '4,250,000'
    >>> write_number(0.0012345)
    '0.00123'
    """
    if number == 0 or not math.isfinite(number):
        return "0" if number == 0 else f"{number}"
    places = _SIGNIFICANT - 1 - math.floor(math.log10(abs(number)))
    rounded = round(number, places)
    if places > 0 and abs(rounded) < 100:
        text = f"{rounded:,.{places}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{rounded:,.0f}"


def write_short(number: float) -> str:
    """
    Write a number to three significant digits with K, M or B, for pictures and tables.

    >>> write_short(4_254_765)
    '4.25M'
    >>> write_short(999_999)
    '1M'
    """
    if number == 0 or not math.isfinite(number):
        return write_number(number)
    rounded = float(f"{number:.3g}")
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(rounded) >= size:
            return f"{write_number(rounded / size)}{letter}"
    return write_number(rounded)


def write_words(number: float) -> str:
    """
    Write a number to three significant digits as a sentence says it.

    >>> write_words(4_254_765)
    '4.25 million'
    """
    rounded = float(f"{number:.3g}")
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(rounded) >= size:
            return f"{write_number(rounded / size)} {word}"
    return write_number(rounded)


def write_money(amount: float) -> str:
    """
    Write an amount to three significant digits, without cents from 100 dollars.

    >>> write_money(107_311.5), write_money(0.00111), write_money(-4.5)
    ('$107,000', '$0.00111', '−$4.50')
    """
    if amount == 0:
        return "$0"
    sign = "−" if amount < 0 else ""
    size = abs(amount)
    text = write_number(size)
    if 0.1 <= size < 100 and (size >= 1 or len(text) < len("0.100")):
        text = f"{float(f'{size:.3g}'):.2f}"
        text = text.removesuffix(".00") if size >= 10 or float(text) == math.floor(float(text)) else text
    return f"{sign}${text}"


def write_money_short(amount: float) -> str:
    """
    Write an amount to three significant digits with K, M or B.

    >>> write_money_short(107_311.5)
    '$107K'
    """
    return f"{'−' if amount < 0 else ''}${write_short(abs(amount))}"


def write_cents(amount: float) -> str:
    """
    Write an amount to the cent, as a ledger does.

    >>> write_cents(1_890.7)
    '$1,890.70'
    """
    cents = f"{abs(amount):,.2f}"
    return f"{'−' if amount < 0 and cents != '0.00' else ''}${cents}"


def write_count(number: float, singular: str, plural: str = "") -> str:
    """
    Write a number with its noun.

    >>> write_count(1, "month"), write_count(12, "month")
    ('1 month', '12 months')
    """
    return f"{write_number(number)} {singular if number == 1 else plural or f'{singular}s'}"


def write_share(share: float) -> str:
    """
    Write a share in per cent, whole from 10% up to 99%.

    >>> write_share(0.954), write_share(0.9973), write_share(0.0123)
    ('95%', '99.7%', '1.2%')
    """
    percent = share * 100
    if percent in (0, 100):
        return f"{percent:.0f}%"
    text = f"{percent:.0f}" if 10 <= percent < 99 else f"{percent:.1f}"
    return f"{text.removesuffix('.0')}%"


def write_chance(chance: float) -> str:
    """
    Write a chance as a sentence says it: the nearest of few fractions that people use.

    From 1 in 5 to 4 in 5 these are halves, thirds, quarters, fifths and tenths, and what is said is within 0.05 of the
    chance. Outside, where it matters how rare the rarer of the two outcomes is, they are 1 in N and all but 1 in N for
    round N: within a seventh of it down to 1 in 100, within a third down to 1 in 1,000. Of two chances the larger is
    never said to be the smaller.

    >>> write_chance(0.6), write_chance(0.65), write_chance(0.07), write_chance(0.95)
    ('3 in 5', '2 in 3', '1 in 15', '19 in 20')
    >>> write_chance(0), write_chance(1e-6), write_chance(1)
    ('no chance', 'less than 1 in 1,000', 'certain')
    """
    if chance <= 0:
        return "no chance"
    if chance >= 1:
        return "certain"
    (rarest, times), (all_but, of) = _SAID[0], _SAID[-1]
    if chance < rarest / times:
        return f"less than {rarest} in {times:,}"
    if chance > all_but / of:
        return f"more than {all_but} in {of:,}"
    # Halfway between two the first is said, whatever the last digit of a float.
    part, whole = min(_SAID, key=lambda said: round(abs(said[0] / said[1] - chance), _TIE))
    return f"{part} in {whole:,}"
