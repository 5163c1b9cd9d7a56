"""The records of a model: each step of its timeline, with what else is known of the model."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from prices import litellm
from prices.books import SOURCES, Books
from prices.selection import Model
from prices.terms import Dated, LongPrompt, PricesError, Terms
from prices.timeline import peak_hours
from prices.write import Figure, Row


def inference(model: Model, books: Books, checked: date, steps: tuple[Dated, ...]) -> tuple[Row, ...]:
    """
    Return the records of a model, in order of time.

    Raises:
        PricesError: If its price will change, and nobody says since when that is known.
    """
    seen = max(checked, model.mended or checked)
    return tuple(
        _row(model, books, seen, _Step(step.terms, step, following, seen))
        for step, following in pairwise((*steps, None))
        if step is not None and step.terms is not None
    )


def retires(model: Model, books: Books) -> date | None:
    """Return the day on which a model is switched off, as stated by us or else by litellm."""
    entry = books.entry(model)
    stated: date | None = model.state.get("retires", entry and entry.retires)
    return stated


@dataclass(frozen=True)
class _Step:
    """A step among its neighbours, as seen from the day of the check."""

    terms: Terms
    dated: Dated
    following: Dated | None
    checked: date

    @property
    def to_come(self) -> bool:
        """Whether it is announced and not yet in force."""
        return self.dated.since > self.checked

    @property
    def standing(self) -> bool:
        """Whether it is in force or to come, so that what is known of the model today goes with it."""
        return self.following is None or self.following.since > self.checked

    @property
    def ends(self) -> date | None:
        """The day on which it ends, where that is known while it is in force, or where nothing follows it."""
        if self.following is None or (self.following.terms is not None and (self.to_come or not self.standing)):
            return None
        return self.following.since


def _row(model: Model, books: Books, checked: date, step: _Step) -> Row:
    if step.to_come and model.announced is None:
        raise PricesError(
            f"models.toml: {model.key}: its price changes on {step.dated.since}: state the day it was `announced`"
        )
    fields = {
        "key": model.key,
        "name": model.name,
        "provider": model.provider,
        "tier": model.tier,
        "default_of_tier": model.default_of_tier or None,
        "valid_from": step.dated.since,
        "valid_until": step.ends,
        "announced": model.announced if step.to_come else None,
        "rate": _rate(model, books, step),
        **_prices(step.terms),
        **_facts(model, books, step),
        "sources": _sources(model, step),
        "checked": checked,
        "note": _note(model, step) or None,
        "mends": model.mends if step.dated.since == model.mended else None,
    }
    return {name: value for name, value in fields.items() if value is not None and name not in model.leave_out}


def _prices(terms: Terms) -> dict[str, Figure | None]:
    """Return the prices; half a batch price, or a price of writing to a cache that is not sold, is none."""
    batched = None not in (terms.batch_input, terms.batch_output)
    return {
        "input": terms.input,
        "output": terms.output,
        "cached_input": terms.cached_input,
        "cache_write": terms.cache_write if terms.cached_input is not None else None,
        "batch_input": terms.batch_input if batched else None,
        "batch_output": terms.batch_output if batched else None,
    }


def _facts(model: Model, books: Books, step: _Step) -> dict[str, Figure | None]:
    """Return what is known beside the prices: first what models.toml states, then what the packages do."""
    listing, entry = books.listing(model), books.entry(model)
    window = (listing.context_window if listing else None) or (entry.context_window if entry else None)
    window = model.state.get("context_window", window)
    long = _reachable(step.terms.long_prompt, window)
    if long is not None:
        long = replace(long, above=model.state.get("long_prompt_from", long.above))
    gone = retires(model, books) if step.standing else None
    known: dict[str, Figure | None] = {
        "context_window": window,
        "long_prompt_from": long.above if long else None,
        "long_prompt_input_multiple": long.input if long else None,
        "long_prompt_output_multiple": long.output if long else None,
        "reasons_by_default": model.state.get("reasons_by_default", entry.reasons_by_default if entry else None),
        "retires": gone,
        "retires_source": model.state.get("retires_source", SOURCES[litellm.PACKAGE]) if gone else None,
        "cache_minimum_tokens": entry.cache_minimum_tokens if entry and step.terms.cached_input is not None else None,
        "cache_minutes": model.state.get("cache_minutes"),
    }
    if unknown := model.state.keys() - known.keys():
        raise PricesError(f"models.toml: {model.key}: state: nothing reads {', '.join(sorted(unknown))}")
    return known


def _reachable(long: LongPrompt | None, window: int | None) -> LongPrompt | None:
    """Return the price of long prompts; `None` where no prompt that the model accepts is that long."""
    return None if long is None or (window is not None and long.above >= window) else long


def _rate(model: Model, books: Books, step: _Step) -> str | None:
    """Return what kind of price it is; `None` for the standing one."""
    hours = peak_hours(model, books)
    over = model.rate_until is not None and step.dated.since >= model.rate_until
    not_yet = hours is not None and step.dated.since < hours.since
    return None if model.rate == "standard" or over or not_yet else model.rate


def _sources(model: Model, step: _Step) -> tuple[str, ...]:
    packages = (SOURCES[package] for package in step.dated.packages)
    return tuple(dict.fromkeys((*packages, *(model.sources if step.standing else ()))))


def _note(model: Model, step: _Step) -> str:
    if step.to_come:
        return "Announced, not yet in force."
    if not step.standing:
        return ""
    alone = len(step.dated.packages) == 1 and not model.sources and not model.snapshot
    return f"{model.note} From {step.dated.packages[0]} alone.".strip() if alone else model.note
