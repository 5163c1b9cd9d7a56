"""The guide is light, and nothing of ours stands between a reader and its text."""

import json
import re
from pathlib import Path

from tests.site.pages import ROOT, SITE, Page, file_of, guide, gzipped, pages, urls_in_css

MOST_BYTES = 230_000
MOST_ELEMENTS = 1_900
MOST_BYTES_OF_THE_WHEEL = 280_000
MOST_BYTES_OF_THE_IMAGE = 3_500_000
MOST_BYTES_OF_THE_PRICES = 150_000

STATIC_IMPORT = re.compile(
    r"""(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*{}\s,$]+\s*from\s*)?["'](?P<url>\.[^"']+)["']"""
)
CONFIG = re.compile(r'<script id="__config" type="application/json">(?P<json>.*?)</script>', re.DOTALL)

OURS = {path.name for path in (ROOT / "docs" / "assets" / "javascripts").glob("*.js")}


def with_what_it_asks_for(file: Path) -> set[Path]:
    """A stylesheet with its imports and fonts, a script with the modules it imports, anything else alone."""
    text = file.read_text(encoding="utf-8") if file.suffix in {".css", ".js", ".mjs"} else ""
    if file.suffix == ".css":
        urls = [url for url in urls_in_css(text) if not url.startswith(("data:", "#"))]
    else:
        urls = [match["url"] for match in STATIC_IMPORT.finditer(text)]
    asked = {(file.parent / url.partition("?")[0].partition("#")[0]).resolve() for url in urls}
    return {file}.union(*(with_what_it_asks_for(each) for each in asked))


def asked_for_at_load(page: Page) -> set[Path]:
    """Every file that opening a page brings, before the reader does anything."""
    named = [script["src"] for script in page.of("script") if "src" in script]
    named += [
        link["href"]
        for link in page.of("link")
        if link.get("rel") in {"stylesheet", "icon", "modulepreload", "preload"}
    ]
    named += [picture["src"] for picture in page.of("img") if picture.get("loading") != "lazy"]
    files = {page.path}.union(*(with_what_it_asks_for(file_of(url, page.path)) for url in named))
    # The theme starts its search in a worker at once.
    config = CONFIG.search(page.html)
    assert config, "the theme's configuration is not where it was: look at how its search is started now"
    return files | {file_of(json.loads(config["json"])["search"], page.path), SITE / "search" / "search_index.json"}


def test_the_guide_is_light() -> None:
    """The guide, with all it loads before any interaction, stays under 230 KB as sent."""
    sizes = {path.relative_to(SITE).as_posix(): gzipped(path) for path in asked_for_at_load(guide())}
    heaviest = "\n".join(f"{size:>9,} {name}" for name, size in sorted(sizes.items(), key=lambda item: -item[1]))

    assert sum(sizes.values()) < MOST_BYTES, f"{sum(sizes.values()):,} bytes:\n{heaviest}"


def test_the_guide_has_few_elements() -> None:
    """Each is laid out on a phone before anything can be read: the theme's own among them."""
    body = [element.tag for element in guide().elements]

    assert len(body) - body.index("body") < MOST_ELEMENTS


def test_nothing_of_the_runtime_is_among_it() -> None:
    """Python and Mermaid are fetched when they are wanted: no page names a file of theirs, not even as a hint."""
    early = {
        path.relative_to(SITE).as_posix()
        for page in pages().values()
        for path in asked_for_at_load(page)
        if {"python", "mermaid"} & set(path.relative_to(SITE).parts)
    }

    assert set() == early


def test_our_scripts_do_not_block_rendering() -> None:
    """A script of ours is a module, or comes after everything there is to read."""
    for page in pages().values():
        tags = [element.tag for element in page.elements]
        last_of_the_text = len(tags) - 1 - tags[::-1].index("footer")
        ours = [
            (place, element.attributes)
            for place, element in enumerate(page.elements)
            if element.tag == "script" and Path(element.attributes.get("src", "")).name in OURS
        ]

        assert ours, f"{page.name} has no script of ours: is extra_javascript still in mkdocs.yml?"
        assert all(script.get("type") == "module" or place > last_of_the_text for place, script in ours), page.name


def test_the_wheel_is_small() -> None:
    """
    What the stock start loads of ours, the figures included, stays under 280 KB as sent.

    It was under 260 KB until hardware of one's own, several tuned models and limits of time were asked for and counted.
    """
    [wheel] = (SITE / "assets" / "python").glob("*.whl")

    assert wheel.stat().st_size < MOST_BYTES_OF_THE_WHEEL


def test_the_image_is_small() -> None:
    """Python with the calculators loaded stays under 3.5 MB from a host that knows gzip and no more."""
    assert gzipped(SITE / "assets" / "python" / "calculators.wasm") < MOST_BYTES_OF_THE_IMAGE


def test_the_prices_are_light() -> None:
    """A page of every price with its history stays under 150 KB as sent."""
    assert gzipped(SITE / "reference" / "prices" / "index.html") < MOST_BYTES_OF_THE_PRICES
