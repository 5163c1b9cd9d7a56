"""
What one model cost from when on: the packages' accounts, merged into one line of steps.

The seller's own day beats the day on which somebody recorded a price; a price that was seen cannot have begun later
than it was seen. Today's terms come from the package most believed, completed by those that agree with it. Only a
change of terms makes a step.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from prices import genai, histories
from prices.books import PACKAGES, Books
from prices.selection import Model
from prices.terms import Dated, PricesError, Terms

_MENDED_WITHIN = timedelta(days=7)
"""A recording that is replaced this soon, at the same price, was incomplete and not a price of its own."""

_CENT = Decimal("0.01")
_TENTH_OF_A_CENT = Decimal("0.001")
_HUNDREDTH_OF_A_CENT = Decimal("0.0001")


@dataclass(frozen=True)
class DayConflict:
    """Two packages that date one change of price differently."""

    package: str
    ours: date
    theirs: date
    documented: bool


@dataclass(frozen=True)
class Timeline:
    """
    What a model costs from when on, and on what the packages differ about the days.

    Attributes:
        steps: The terms, in order of time, those to come included.
        conflicts: Changes of price that two packages date differently.
    """

    steps: tuple[Dated, ...]
    conflicts: tuple[DayConflict, ...]


def timeline(model: Model, books: Books, checked: date) -> Timeline:
    """
    Return what a model costs from when on.

    Raises:
        PricesError: If no package prices it, or none says since when its price holds.
    """
    if model.snapshot:
        return Timeline((_snapshot(model, books),), ())
    stated = books.now(model, checked)
    if not stated:
        raise PricesError(f"models.toml: {model.key}: no package prices it: give an id, or take the entry out")
    listing = books.listing(model)
    steps: list[Dated] = _mended(books.history(model))
    conflicts: list[DayConflict] = []
    to_come: list[Dated] = []
    for change in listing.changes() if listing else ():
        if change.since > checked:
            to_come.append(change)
        else:
            _insert(steps, change, conflicts)
    steps = _with_today(model, _merged(_corrected(steps, listing)), stated)
    steps = _merged([*_corrected(steps, listing), *to_come])
    hours = peak_hours(model, books)
    means = [_mean(step, hours, hours.mean, _CENT) if hours else step for step in steps]
    if hours and model.mended:
        week = _mean(steps[-1], hours, hours.mean_of_week, _TENTH_OF_A_CENT)
        means.append(replace(week, since=model.mended))
    return Timeline(tuple(means), tuple(conflicts))


def _snapshot(model: Model, books: Books) -> Dated:
    for step in books.history(model):
        if step.since == model.snapshot:
            return step
    raise PricesError(f"models.toml: {model.key}: snapshot: no list of {model.snapshot} has a new price")


def _mended(steps: Iterable[Dated]) -> list[Dated]:
    kept: list[Dated] = []
    for step in steps:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.terms is not None
            and step.terms is not None
            and not before.documented
            and step.since - before.since <= _MENDED_WITHIN
            and (before.terms.input, before.terms.output) == (step.terms.input, step.terms.output)
        ):
            kept[-1] = replace(step, since=before.since)
        else:
            kept.append(step)
    return kept


def _insert(steps: list[Dated], change: Dated, conflicts: list[DayConflict]) -> None:
    """Put a change that genai-prices dates in its place among those that were recorded."""
    after = next((number for number, step in enumerate(steps) if step.since > change.since), len(steps))
    before = steps[after - 1] if after else None
    if before is not None and _same(before, change):
        if before.since < change.since:
            conflicts.append(DayConflict(genai.PACKAGE, before.since, change.since, documented=before.documented))
        steps[after - 1] = replace(before, packages=_united(before, change))
    elif after < len(steps) and _same(steps[after], change):
        late = steps[after]
        if late.documented:
            conflicts.append(DayConflict(genai.PACKAGE, late.since, change.since, documented=True))
        else:
            conflicts.append(DayConflict(late.packages[0], change.since, late.since, documented=False))
            steps[after] = replace(late, since=change.since, documented=True, packages=_united(change, late))
    else:
        steps.insert(after, change)


def _same(step: Dated, change: Dated) -> bool:
    return step.terms is not None and change.terms is not None and step.terms.same_price(change.terms)


def _united(*steps: Dated) -> tuple[str, ...]:
    named = {package for step in steps for package in step.packages}
    return tuple(package for package in PACKAGES if package in named)


def _today(stated: dict[str, Terms]) -> tuple[Terms, tuple[str, ...]]:
    """Return today's terms, and the packages that state their price."""
    believed = next(iter(stated.values()))
    agreeing = {package: terms for package, terms in stated.items() if believed.same_price(terms)}
    return believed.completed(*agreeing.values()), tuple(agreeing)


def _with_today(model: Model, steps: list[Dated], stated: dict[str, Terms]) -> list[Dated]:
    terms, agreeing = _today(stated)
    last = steps[-1] if steps else None
    if last is not None and last.terms is not None and last.terms.same_price(terms):
        if model.since:
            raise PricesError(
                f"models.toml: {model.key}: since: {', '.join(last.packages)} dates its price: leave it out"
            )
        return [*steps[:-1], replace(last, terms=terms, packages=_united(last, replace(last, packages=agreeing)))]
    if model.since is None:
        known = f"{last.terms.input}/{last.terms.output} since {last.since}" if last and last.terms else "nothing"
        raise PricesError(
            f"models.toml: {model.key}: since when does {terms.input}/{terms.output} hold? {agreeing[0]} does not say, "
            f"and what was recorded last is {known}: state `since`"
        )
    return [*steps, Dated(since=model.since, documented=False, packages=agreeing, terms=terms)]


def _corrected(steps: list[Dated], listing: genai.Listing | None) -> list[Dated]:
    """
    Take from genai-prices, wherever it states the same price for the time, what models.dev recorded badly.

    Prices of long prompts were added there months after the fact, and at first with a round threshold; some cached
    prices were rounded to the cent.
    """
    return [_as_listed(step, listing.at(step.since) if listing else None) for step in steps]


def _as_listed(step: Dated, listed: Terms | None) -> Dated:
    terms = step.terms
    if terms is None or listed is None or (listed.input, listed.output) != (terms.input, terms.output):
        return step
    cached = terms.cached_input
    if (
        cached is not None
        and listed.cached_input is not None
        and cached == listed.cached_input.quantize(_CENT, ROUND_HALF_UP)
    ):
        cached = listed.cached_input
    return replace(step, terms=replace(terms, cached_input=cached, long_prompt=listed.long_prompt))


def _plain(step: Dated) -> Dated:
    """Leave out a price of writing to the cache that is the price of input: it says nothing."""
    if step.terms is None or step.terms.cache_write != step.terms.input:
        return step
    return replace(step, terms=replace(step.terms, cache_write=None))


def _merged(steps: Iterable[Dated]) -> list[Dated]:
    kept: list[Dated] = []
    for step in map(_plain, steps):
        if kept and kept[-1].terms == step.terms:
            kept[-1] = replace(kept[-1], packages=_united(kept[-1], step))
        else:
            kept.append(step)
    return kept


def peak_hours(model: Model, books: Books) -> histories.PeakHours | None:
    """Return the hours at which a model costs more; `None` where its price does not change by the hour."""
    if model.rate != "time_of_day":
        return None
    seller = model.ids[histories.MODEL_PRICES].partition("/")[0]
    hours = books.model_prices.peak_hours(seller)
    if hours is None:
        raise PricesError(f"models.toml: {model.key}: rate: {histories.MODEL_PRICES} knows no hours of {seller}")
    return hours


def _mean(step: Dated, hours: histories.PeakHours, mean: Fraction, to: Decimal) -> Dated:
    """Return the mean of a price that changes by the hour, as exactly as it is stated."""
    if step.terms is None or step.since < hours.since:
        return step
    cached = step.terms.cached_input
    return replace(
        step,
        terms=replace(
            step.terms,
            input=_times(step.terms.input, mean).quantize(to, ROUND_HALF_DOWN),
            output=_times(step.terms.output, mean).quantize(to, ROUND_HALF_DOWN),
            cached_input=None if cached is None else _times(cached, mean).quantize(_HUNDREDTH_OF_A_CENT),
        ),
    )


def _times(price: Decimal, multiple: Fraction) -> Decimal:
    return price * multiple.numerator / multiple.denominator
