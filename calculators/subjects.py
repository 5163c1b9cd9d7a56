"""
Terms by subject, and the search for one.

A term's subject is the module it stands in. Those of the bills of others stand in a module of the same name, under
`bills`: whoever looks for a term asks what it is about, not who computes with it.
"""

import importlib
import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from calculators.formulas import TERMS
from calculators.terms import compares, summary

_ORDER: Final = ("tokens", "retrieval", "data", "training", "serving", "periods", "decisions", "sums")
"""Modules in the order in which a reader meets their subjects; any other stands behind them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """
    What some terms are about.

    Attributes:
        key: Name of its module.
        title: What a list calls it.
        prose: What its modules say of themselves, in paragraphs.
        terms: Names of its terms: those that the comparison computes with, then those for the bills of others.
    """

    key: str
    title: str
    prose: tuple[str, ...]
    terms: tuple[str, ...]


@cache
def subjects() -> tuple[Subject, ...]:
    """Return every subject, in order, with its terms in order."""
    by_key: dict[str, list[str]] = {}
    for name in sorted(TERMS, key=lambda name: (not compares(TERMS[name]), name)):
        by_key.setdefault(TERMS[name].__module__.rpartition(".")[2], []).append(name)
    known = [key for key in _ORDER if key in by_key]
    return tuple(_subject(key, by_key[key]) for key in (*known, *sorted(by_key.keys() - known)))


def _subject(key: str, names: Iterable[str]) -> Subject:
    names = tuple(names)
    modules = dict.fromkeys(TERMS[name].__module__ for name in names)
    said = [inspect.getdoc(importlib.import_module(module)) or "" for module in modules]
    return Subject(
        key=key,
        title=re.split(r"[:.,]", said[0], maxsplit=1)[0],
        prose=tuple(paragraph for words in said for paragraph in re.split(r"\n\n+", words)),
        terms=names,
    )


@dataclass(frozen=True, slots=True)
class Hits:
    """
    What a search finds.

    Attributes:
        terms: Names of terms that are called so, or say it in their first line or as their subject.
        others: Names of terms that say it further down, as of an input.
    """

    terms: tuple[str, ...]
    others: tuple[str, ...]


def search(words: Iterable[str]) -> Hits:
    """
    Find terms by words, in any order; `cache` finds `cached` and `caching`.

    >>> search(["GPU-hours", "throughput"]).terms
    ('gpu_hours_from_throughput',)
    """
    stems = [_stem(part) for word in words for part in _plain(word).split()]
    titles = {name: subject.title for subject in subjects() for name in subject.terms}
    brief = {name: _plain(f"{title} {name} {summary(TERMS[name])}") for name, title in titles.items()}
    terms = tuple(name for name, said in brief.items() if all(stem in said for stem in stems))
    others = tuple(
        name
        for name in titles
        if name not in terms
        and all(stem in f"{brief[name]} {_plain(inspect.getdoc(TERMS[name]) or '')}" for stem in stems)
    )
    return Hits(terms, others)


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words.casefold())


def _stem(word: str) -> str:
    """Cut off what makes a word plural or a noun of a verb, as far as what is left can still be told apart."""
    return re.sub(r"(?<=\w{3})(?:ing|ed|es|e|s)$", "", word)
