"""
Reference pages: tables and charts drawn from the records, for a page of Markdown to stand in.

A module here is named in a `records` fence and writes its markup, complete without any script.
"""

import importlib
import re
from typing import Final, Protocol, cast
from urllib.parse import urlencode

from calculators.markup import Html, substitute


class Page(Protocol):
    """What a module of this package must define."""

    def write(self) -> Html:
        """Write what stands in the fence's place: one block element."""


def page(name: str) -> Page:
    """
    Return a module of this package by its name.

    Raises:
        ValueError: If there is none of that name.
    """
    if not name.isidentifier():
        raise ValueError(f"“{name}” is no page of records")
    try:
        return cast("Page", importlib.import_module(f"{__name__}.{name}"))
    except ModuleNotFoundError as missing:
        raise ValueError(f"“{name}” is no page of records: there is no {__name__}.{name}") from missing


_ADDRESS: Final = "{correction-address}"
"""What stands in a written page for where corrections are reported to."""


def link_to_correct(kind: str, key: str, name: str) -> Html:
    """
    Write the link with which a reader reports a mistake in a record.

    It leads to a new issue with the record already named, or, on a site that names no repository, to the words on how
    to report. Nothing is requested before it is followed.

    Args:
        kind: What the record is, as a sentence says it: `price`, `GPU rent`.
        key: The record's key.
        name: The record's name.
    """
    issue = urlencode(
        {
            "title": f"Correction: {kind} of {key}",
            "body": (
                f"Record: {key} ({kind})\nWhat is wrong:\nWhat it should say:\nWhere that is published (link, date):\n"
            ),
        }
    )
    return Html(
        '<a class="correct" rel="nofollow" href="{address}?{issue}" '
        'aria-label="Correct the {kind} of {name}">Correct</a>'
    ).fill(address=_ADDRESS, issue=issue, kind=kind, name=name)


def with_address(written: Html, repository: str, elsewhere: str) -> Html:
    """
    Lead the links to corrections somewhere.

    Args:
        written: What a page wrote.
        repository: Web address of the repository, or empty.
        elsewhere: Where a reader learns how to report a mistake without one.
    """
    address = re.escape(_ADDRESS)
    if repository:
        return substitute(written, re.compile(address), f"{repository.rstrip('/')}/issues/new")
    return substitute(written, re.compile(f'{address}[^"]*'), elsewhere)
