"""Every way from one page of the site to another arrives."""

import pytest

from tests.site.pages import SITE, Page, file_of, guide, is_outside, pages, section_of

ARRIVES_BY_SCRIPT = "#__"  # the theme's own switches


def internal_links(page: Page) -> list[str]:
    """Addresses of links that stay on this site."""
    hrefs = [attributes["href"] for attributes in page.of("a") if "href" in attributes]
    return [href for href in hrefs if not is_outside(href) and not href.startswith(ARRIVES_BY_SCRIPT)]


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_internal_links_arrive(page: Page) -> None:
    """A link leads to a page that exists, and its fragment to an element on that page."""
    lost = []
    for href in internal_links(page):
        target = file_of(href, page.path)
        section = section_of(href)
        if not target.is_file():
            lost.append(f"{href}: there is no {target}")
        elif section and target.suffix == ".html" and section not in pages()[target].ids:
            lost.append(f"{href}: {target.relative_to(SITE)} has no id {section!r}")

    assert [] == lost


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_files_that_a_page_needs_exist(page: Page) -> None:
    """Every script, stylesheet and picture that a page names is part of the site."""
    named = [script["src"] for script in page.of("script") if "src" in script]
    named += [picture["src"] for picture in page.of("img")]
    named += [link["href"] for link in page.of("link") if link.get("rel") != "canonical"]
    missing = [url for url in named if not is_outside(url) and not file_of(url, page.path).is_file()]

    assert [] == missing


def test_the_guide_has_links_to_check() -> None:
    """The tests above would pass on an empty page."""
    assert len(internal_links(guide())) > 10


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_ids_are_unique(page: Page) -> None:
    """Two elements with one id would make a link ambiguous."""
    every = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    twice = sorted({name for name in every if every.count(name) > 1})

    assert [] == twice
