"""
The second opinion: each of today's prices held against every other package that states it.

Packages copy from each other, and most read the same pages of the sellers, so their agreement is no proof of a price:
it finds what one of them missed or mistook. A difference either has its reason in models.toml, and then it is published
beside the prices, or it stops the build. A reason without a difference stops it too: what has been settled must not
stand there as if it were open.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from prices.books import Books
from prices.selection import Explained, Model
from prices.terms import PricesError, Terms
from prices.timeline import DayConflict
from prices.write import Row, figure

_COMPARED = ("input", "output", "cached_input", "cache_write", "batch_input", "batch_output")
_NAMES = {
    "cached_input": "cached input",
    "cache_write": "cache write",
    "batch_input": "batch input",
    "batch_output": "batch output",
    "valid_from": "first day",
}
_LAGS = "It is dated by the day on which models.dev recorded it, which lags the seller's own."
_SEEN = "The price stood on the seller's list before that day."


def compared(model: Model, books: Books, checked: date) -> dict[str, dict[str, tuple[str, str]]]:
    """Return the figures of today on which packages differ from ours, by package: ours and theirs."""
    stated = books.now(model, checked)
    believed = next(iter(stated.values()))
    found = {package: _differing(believed, terms) for package, terms in stated.items()}
    entry = books.entry(model)
    ours = model.state.get("retires")
    if ours and entry and entry.retires and entry.retires != ours:
        found.setdefault("litellm", {})["retires"] = (figure(ours), figure(entry.retires))
    return {package: figures for package, figures in found.items() if figures}


def disagreements(
    model: Model, differences: Mapping[str, Mapping[str, tuple[str, str]]], conflicts: Iterable[DayConflict]
) -> tuple[Row, ...]:
    """
    Return what packages disagree on, with the reason why ours is kept.

    Raises:
        PricesError: If a difference has no reason, or a reason no difference.
    """
    open_differences = {package: dict(figures) for package, figures in differences.items()}
    rows = []
    for conflict in conflicts:
        days = (figure(conflict.ours), figure(conflict.theirs))
        if conflict.documented:
            open_differences.setdefault(conflict.package, {})["valid_from"] = days
        else:
            reason = _SEEN if conflict.ours < conflict.theirs and conflict.package == "genai-prices" else _LAGS
            rows.append(_row(model, conflict.package, {"valid_from": days}, reason))
    for explained in model.explained:
        figures = {name: _taken(model, open_differences, explained, name) for name in explained.figures}
        rows.append(_row(model, explained.package, figures, explained.reason))
    if unexplained := [
        f"models.toml: {model.key}: {_NAMES.get(name, name)}: ours is {ours}, {package} says {theirs}: find out who is "
        "right, and either correct the entry or state the reason under `explained`"
        for package, figures in open_differences.items()
        for name, (ours, theirs) in figures.items()
    ]:
        raise PricesError("\n".join(unexplained))
    return tuple(rows)


def _taken(
    model: Model, differences: dict[str, dict[str, tuple[str, str]]], explained: Explained, name: str
) -> tuple[str, str]:
    try:
        return differences[explained.package].pop(name)
    except KeyError:
        raise PricesError(
            f"models.toml: {model.key}: explained: {explained.package} no longer differs in {_NAMES.get(name, name)}: "
            "take the reason out"
        ) from None


def _differing(ours: Terms, theirs: Terms) -> dict[str, tuple[str, str]]:
    found = {}
    for name in _COMPARED:
        pair = getattr(ours, name), getattr(theirs, name)
        if None not in pair and pair[0] != pair[1]:
            found[name] = (figure(pair[0]), figure(pair[1]))
    return found


def _row(model: Model, package: str, figures: Mapping[str, tuple[str, str]], reason: str) -> Row:
    return {
        "key": model.key,
        "name": model.name,
        "figure": ", ".join(_NAMES.get(name, name) for name in figures),
        "ours": ", ".join(ours for ours, _ in figures.values()),
        "package": package,
        "theirs": ", ".join(theirs for _, theirs in figures.values()),
        "reason": reason,
    }
