"""
No page asks another host for anything.

These tests read what is written in the pages; the browser tests watch what is asked for.
"""

import re
from pathlib import Path

import pytest

from tests.site.pages import ROOT, SITE, Page, is_outside, pages, urls_in_css

# Attributes that a browser fetches from without being asked to.
FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}

# Links that are followed by people or by search engines, not by the browser.
NOT_FETCHED = {"alternate", "author", "canonical", "license", "next", "prev"}

OUR_SCRIPTS = sorted((ROOT / "docs" / "assets" / "javascripts").glob("*.js"))

# The namespace of SVG is a name, not an address.
QUOTED_HOST = re.compile(r"""["'`](?:https?:|wss?:)?//(?!www\.w3\.org/2000/svg)[^"'`]*""")


def fetched(page: Page) -> list[str]:
    """Every address on a page that a browser would fetch by itself."""
    urls = [
        element.attributes[name]
        for element in page.elements
        for name in FETCHED.get(element.tag, ())
        if name in element.attributes
    ]
    urls += [link["href"] for link in page.of("link") if "href" in link and link.get("rel") not in NOT_FETCHED]
    styles = [element.attributes["style"] for element in page.elements if "style" in element.attributes]
    return urls + urls_in_css("\n".join(styles))


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_pages_fetch_only_from_this_site(page: Page) -> None:
    """A page names no script, style, font, picture or frame of another host."""
    assert [] == [url for url in fetched(page) if is_outside(url)]


@pytest.mark.parametrize("stylesheet", sorted(SITE.rglob("*.css")), ids=lambda path: path.name)
def test_stylesheets_fetch_only_from_this_site(stylesheet: Path) -> None:
    """A stylesheet names no font, picture or stylesheet of another host."""
    assert [] == [url for url in urls_in_css(stylesheet.read_text(encoding="utf-8")) if is_outside(url)]


@pytest.mark.parametrize("script", OUR_SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_name_no_host(script: Path) -> None:
    """What our scripts fetch, they fetch relative to themselves."""
    assert [] == QUOTED_HOST.findall(script.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_no_page_opens_a_connection_ahead(page: Page) -> None:
    """No preconnect and no DNS look-up: both tell another host that somebody reads this."""
    assert [] == [link for link in page.of("link") if link.get("rel") in {"dns-prefetch", "preconnect", "prerender"}]
