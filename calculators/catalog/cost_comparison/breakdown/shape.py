"""A row taken apart: items that sum to the figures of the table."""

from collections.abc import Iterable
from dataclasses import dataclass

from calculators.catalog.cost_comparison.effective import ModelPrices, Price
from calculators.formulas.units import BYTES_PER_GIGABYTE
from calculators.quantity import DOLLARS, write_number


@dataclass(frozen=True, slots=True)
class Item:
    """
    One item of a sum.

    Attributes:
        part: What kind of cost it is: people, data, training or serving; empty for a sum of several.
        name: What is paid.
        how: The formula with its numbers.
        amount: The amount. [USD]
        sources: Ids of the sources of its prices; none for a price of the reader's.
        inputs: Names of the inputs that the reader may change, one that is theirs already first.
        note: Why it is zero, or what stands behind a figure that has no source.
        seller: Who set its prices.
    """

    part: str
    name: str
    how: str
    amount: float
    sources: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    note: str = ""
    seller: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """
    Items that sum to one figure of the table.

    Attributes:
        key: Which figure: setup, month, request, change or total.
        title: What it is called.
        items: Its items.
    """

    key: str
    title: str
    items: tuple[Item, ...]

    @property
    def amount(self) -> float:
        """What the items come to. [USD]"""
        return sum(item.amount for item in self.items)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """
    A row taken apart.

    Attributes:
        sums: Set-up, a month, one more request, a change of base model, and the total over the horizon.
    """

    sums: tuple[Sum, ...]

    def sum(self, key: str) -> Sum:
        """The items of one figure."""
        return next(each for each in self.sums if each.key == key)


def cited(prices: Iterable[Price | None]) -> tuple[str, ...]:
    """Ids of the sources of some prices, each once."""
    return tuple(dict.fromkeys(source for price in prices if price is not None for source in price.cited))


def changed_by(prices: Iterable[Price | None], *others: str) -> tuple[str, ...]:
    """Inputs that an item rests on: those that hold a price of the reader's come first, for there it is changed."""
    yours = (price.input for price in prices if price is not None and price.yours)
    return tuple(dict.fromkeys((*yours, *others)))


def write_price(price: float) -> str:
    """Write a price to the cent, or exactly where it is finer."""
    return DOLLARS.cents(price) if round(price, 2) == price else f"${price:.4g}"


def write_gigabytes(size: float) -> str:
    """Write a number of bytes in gigabytes, without the unit."""
    return write_number(size / BYTES_PER_GIGABYTE)


def write_call(prices: ModelPrices, tokens_in: float, tokens_out: float) -> str:
    """Write one call of a model as a formula."""
    return (
        f"({write_number(tokens_in)} tokens × {write_price(prices.input.value)} + "
        f"{write_number(tokens_out)} × {write_price(prices.output.value)}) per million"
    )
