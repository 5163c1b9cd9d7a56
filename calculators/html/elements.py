"""Small pieces of HTML that forms and answers share."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from calculators.facts import FACTS
from calculators.markup import Html, join, text

CHAIN: Final = Html(
    '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false" fill="none" '
    'stroke="currentColor" stroke-width="2" stroke-linecap="round">'
    '<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-6-6l-1.5 1.5"/>'
    '<path d="M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 6 6l1.5-1.5"/></svg>'
)
"""The mark of a link to copy."""


# An answer names some two hundred sources, mostly the same few: each link is written once.


@cache
def source_link(key: str) -> Html:
    """Link to a source under its publisher's name, or only say the name where it has no web page."""
    source = FACTS.sources[key]
    if not source.url.startswith(("https://", "http://")):
        return text(source.publisher)
    return Html('<a href="{}" title="{}, {}">{}</a>').fill(source.url, source.title, source.publisher, source.publisher)


def of_seller(seller: str, keys: Iterable[str], links: Html) -> Html:
    """
    Name who set a price before the links to its sources, where it is none of them.

    Args:
        seller: Who set it; empty for what has no seller.
        keys: Ids of the sources.
        links: The links to them.
    """
    publishers = {FACTS.sources[key].publisher for key in keys}
    return _VIA.fill(seller, links) if seller and publishers and seller not in publishers else links


_VIA: Final = Html("{} list price, via {}")


@cache
def source_links(keys: tuple[str, ...], seller: str = "") -> Html:
    """
    Link to each of some sources, a publisher with several under its name once.

    Args:
        keys: Ids of the sources.
        seller: Who set the price that they publish: named first where it is none of them.
    """
    named = {FACTS.sources[key].publisher: key for key in reversed(keys)}
    return of_seller(seller, keys, join((source_link(key) for key in reversed(named.values())), Html(", ")))
