"""What the tests of the built site read: the pages of site/, parsed."""

import gzip
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
BASE = os.environ.get("SITE_BASE") or "/"

CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)(?P<quote>["']?)(?P<url>[^"')]+)(?P=quote)""")


@dataclass(frozen=True)
class Element:
    """A start tag."""

    tag: str
    attributes: dict[str, str]
    line: int


@dataclass
class Page(HTMLParser):
    """A page of the built site: its elements in document order, its ids, its inline scripts."""

    path: Path
    elements: list[Element] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Parse the file."""
        super().__init__(convert_charrefs=True)
        self.html = self.path.read_text(encoding="utf-8")
        self._script: list[str] | None = None
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes, self.getpos()[0]))
        runs = attributes.get("type", "text/javascript") in {"", "text/javascript", "module"}
        if tag == "script" and "src" not in attributes and runs:
            self._script = []

    def handle_data(self, data: str) -> None:
        """Keep an inline script's text."""
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close an inline script."""
        if tag == "script" and self._script is not None:
            self.scripts.append("".join(self._script))
            self._script = None

    @property
    def name(self) -> str:
        """How a failure names the page."""
        return self.path.relative_to(SITE).as_posix()

    @property
    def ids(self) -> set[str]:
        """Every id on the page."""
        return {element.attributes["id"] for element in self.elements if "id" in element.attributes}

    def of(self, tag: str) -> Iterator[dict[str, str]]:
        """The attributes of each element of one kind."""
        return (element.attributes for element in self.elements if element.tag == tag)


@cache
def pages() -> dict[Path, Page]:
    """
    Every page of the built site.

    Raises:
        FileNotFoundError: If the site was not built.
    """
    found = {path: Page(path) for path in sorted(SITE.rglob("*.html"))}
    if not found:
        raise FileNotFoundError("There is no page in site/. Build the site first: make build.")
    return found


def guide() -> Page:
    """The guide's page."""
    return pages()[SITE / "index.html"]


def is_outside(url: str) -> bool:
    """Whether a browser would leave this site to fetch it."""
    parts = urlsplit(url)
    return bool(parts.netloc) or parts.scheme not in {"", "data", "blob"}


def file_of(url: str, page: Path) -> Path:
    """The file that a relative or root-relative address on a page means."""
    path = unquote(urlsplit(url).path)
    from_the_root = path.startswith(BASE)
    target = SITE / path.removeprefix(BASE) if from_the_root else page.parent / path if path else page
    return (target / "index.html" if target.is_dir() else target).resolve()


def section_of(url: str) -> str:
    """The id that an address's fragment names; what follows a question mark is a calculator's state."""
    return unquote(urlsplit(url).fragment.partition("?")[0])


def urls_in_css(css: str) -> list[str]:
    """Every address that a stylesheet would have a browser fetch."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return [match["url"].strip() for match in CSS_URL.finditer(without_comments)]


def gzipped(path: Path) -> int:
    """Bytes of a file as most hosts send it."""
    content = path.read_bytes()
    return len(content) if path.suffix in {".woff2", ".gz", ".png"} else len(gzip.compress(content, 9))
