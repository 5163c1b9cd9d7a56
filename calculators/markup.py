"""
Markup: what may be put into a page as it stands, told from plain text by its type.

An `Html` comes from a template written in the code, from plain text by way of `text`, or from other `Html`. An f-string
is plain text again: whatever is put into a template with `fill` is escaped, unless it is `Html` itself. So a forgotten
escape is not possible, and a forgotten template shows its tags to the reader and to the tests.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Final


class Html(str):
    """Markup for a page: HTML, or SVG within it. Outside this module it is only made from a string literal."""

    __slots__ = ()

    def fill(self, *parts: str | float, **named: str | float) -> "Html":
        """
        Put parts into the places of a template, `{}` or `{name}`, each escaped unless it is markup.

        >>> Html("<p>{} is {size}</p>").fill("a < b", size=Html("<b>small</b>"))
        '<p>a &lt; b is <b>small</b></p>'
        """
        safe = [part if isinstance(part, _AS_IT_IS) else escape(part) for part in parts]
        if not named:
            return Html(str.format(self, *safe))
        safe_named = {name: part if isinstance(part, _AS_IT_IS) else escape(part) for name, part in named.items()}
        return Html(str.format(self, *safe, **safe_named))

    def __add__(self, other: str) -> "Html":
        """
        Put something behind this, escaped unless it is markup.

        >>> Html("<br>") + "&"
        '<br>&amp;'
        """
        return Html(str.__add__(self, text(other)))


# Named once: a union written where it is asked for would be built anew for every part of every template.
_AS_IT_IS: Final = (Html, float, int)

NOTHING: Final = Html("")
"""Markup that shows nothing."""


def text(value: str) -> Html:
    """
    Escape plain text, for elements and for attributes in double quotes. Markup stays as it is.

    >>> text('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return value if isinstance(value, Html) else Html(escape(value))


def join(parts: Iterable[Html], between: Html = NOTHING) -> Html:
    """
    Put markup one behind the other.

    >>> join([Html("<i>a</i>"), text("<")], Html(" · "))
    '<i>a</i> · &lt;'
    """
    return Html(str.join(between, parts))


def substitute(markup: Html, pattern: re.Pattern[str], part: str) -> Html:
    """
    Put a part into markup wherever a pattern stands there, escaped unless it is markup itself.

    >>> substitute(Html('<a href="PLACE">a</a>'), re.compile("PLACE"), "?b&c")
    '<a href="?b&amp;c">a</a>'
    """
    return Html(pattern.sub(lambda _: text(part), markup))
