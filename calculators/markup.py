"""
Markup: what may be put into a page as it stands, told from plain text by its type.

An `Html` comes from a template written in the code, from plain text by way of `text`, or from other `Html`. An f-string
is plain text again: whatever is put into a template with `fill` is escaped, unless it is `Html` itself. So a forgotten
escape is not possible, and a forgotten template shows its tags to the reader and to the tests.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Final


class Html(str):
    """Markup for a page: HTML, or SVG within it. Outside this module it is only made from a string literal."""

    __slots__ = ()

    def fill(self, *parts: str | float, **named: str | float) -> "Html":
        """
        Put parts into the places of a template, all of them `{}` or all `{name}`, each escaped unless it is markup.

        A number may be given a format, as in `{:g}`. What else stands in braces stays as it is.

        >>> Html("<p>{} is {}</p>").fill("a < b", Html("<b>small</b>"))
        '<p>a &lt; b is <b>small</b></p>'
        >>> Html('<i id="{key}" width="{width:g}">{key}</i>').fill(key="R&D", width=2.0)
        '<i id="R&amp;D" width="2">R&amp;D</i>'

        Raises:
            TypeError: If there are more or fewer parts than places.
            KeyError: If a name is missing.
        """
        pattern, names = _pattern(self)
        given = map(named.__getitem__, names) if named else parts
        return Html(pattern % tuple([part if type(part) is Html else _escaped(part) for part in given]))

    def __add__(self, other: str) -> "Html":
        """
        Put something behind this, escaped unless it is markup.

        >>> Html("<br>") + "&"
        '<br>&amp;'
        """
        return Html(str.__add__(self, text(other)))


NOTHING: Final = Html("")
"""Markup that shows nothing."""


def text(value: str) -> Html:
    """
    Escape plain text, for elements and for attributes in double quotes. Markup stays as it is.

    >>> text('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return value if isinstance(value, Html) else Html(_escaped(value))


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


# All of this runs some hundred times on every keystroke:
# a template is read once, and most texts have nothing to escape.

_PLACE: Final = re.compile(r"{(\w*)(?::([^{}]*))?}")


def _escaped(part: str | float) -> str | float:
    if not isinstance(part, str):
        return part
    if "&" in part or "<" in part or ">" in part or '"' in part or "'" in part:
        return escape(part)
    return part


@cache
def _pattern(template: Html) -> tuple[str, list[str]]:
    """Turn a template into what Python's `%` takes, which is faster than `str.format`, and the names of its places."""
    pattern = _PLACE.sub(lambda place: f"%{place[2] or 's'}", template.replace("%", "%%"))
    return pattern, [name for name, _ in _PLACE.findall(template)]
