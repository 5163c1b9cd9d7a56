"""
Give every page of the built site one stylesheet, which holds what the pages can use and nothing else.

    python tools/styles.py    after `mkdocs build` and before tools/content_policy.py, on site/

A browser paints nothing before it has every stylesheet that a page names in its head. The theme has two and we have
five, each a journey of its own on a slow line; and of the theme's two most is for what no page here has: admonitions of
twelve kinds, writing from right to left, twenty-one colours. So they become one file, without the rules that name a
class, an id or a palette that stands in no page and in no script. Its name holds a hash of what is in it, so that a
browser keeps it for good. `make serve` does without this step: there each file is served as it was written.
"""

import argparse
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, cast

ROOT: Final = Path(__file__).resolve().parents[1]
ESBUILD: Final = ROOT / "node_modules" / ".bin" / "esbuild"

FOLDER: Final = Path("assets") / "stylesheets"
THEMES: Final = re.compile(r"(?:main|palette)\.[0-9a-f]{8}\.min\.css")
LINK: Final = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*>\s*')
HREF: Final = re.compile(r'\bhref="(?P<folder>[^"]*assets/stylesheets/)(?P<name>[^"/]+\.css)"')
WORD: Final = re.compile(r"[\w-]+")
NAMED: Final = re.compile(r"[.#]([A-Za-z_][\w-]*)")
OWN: Final = re.compile(r"\s*(--[\w-]+)\s*:")
ASKS: Final = re.compile(r"var\(\s*(--[\w-]+)")
DEAR: Final = "[data-md-color-switching]"
"""What the theme wears for a frame, at every start too, lest colours fade when the palette changes: its rule is for all
elements, so that a browser works out the style of the whole page anew, twice, before anybody reads."""
BROAD: Final = re.compile(r"\[class\].*[\s>+~](?:\*|:(?:first|last)-child)$")
"""What the theme asks of whatever follows a table without a class, or stands first or last in its cells. Since it names
no element, a browser styles all anew that is under one whose class changes; and that is the whole page, at every start.
Cells hold words here, and what follows a table has room of its own."""
DRAWN: Final = re.compile(r"""\[(dir|data-md-color-\w+)=["']?([\w-]+)["']?\]""")
"""What a page says once, on its root or its body: the direction of writing, and the palette."""
GROUPS: Final = ("@media", "@supports", "@layer", "@container")
HASH: Final = 8


class BrokenBuildError(Exception):
    """The site is not what this step was written for."""


@dataclass(frozen=True, slots=True)
class Used:
    """
    What pages and scripts can put into a page.

    Attributes:
        words: Every word that may be a class or an id.
        drawn: Every direction of writing, and every palette, as an attribute says it.
    """

    words: frozenset[str]
    drawn: frozenset[tuple[str, str]]

    def knows(self, selector: str) -> bool:
        """Whether an element that a selector means may come up. What it excludes or lists as choices is left open."""
        plain = _without_arguments(selector)
        return (
            DEAR not in plain
            and not BROAD.search(selector.strip())
            and self.words.issuperset(NAMED.findall(plain))
            and self.drawn.issuperset(DRAWN.findall(plain))
        )


class _Names(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.drawn: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in {"class", "id"}:
                self.words.update((value or "").split())
            elif name == "style":
                self.words.update(WORD.findall(value or ""))
            elif name == "dir" or name.startswith("data-md-color-"):
                self.drawn.add((name, value or ""))


def used(pages: Iterable[str], asking: Iterable[str]) -> Used:
    """Collect what pages hold, and every word of what may ask for more: scripts, and stylesheets that are kept."""
    names = _Names()
    for page in pages:
        names.feed(page)
    for text in asking:
        names.words.update(WORD.findall(text))
    return Used(frozenset(names.words), frozenset(names.drawn))


def slimmed(css: str, found: Used) -> str:
    """
    Write a stylesheet without nesting once more, less the rules that no element can meet.

    Properties of its own that nothing asks for any more go with them: most hold a picture.
    """
    met = "".join(_kept(css, found))
    return "".join(_asked_for(met, found.words | frozenset(ASKS.findall(met))))


def _kept(css: str, found: Used) -> Iterator[str]:
    for prelude, body in _rules(css):
        if body is None:
            yield prelude
        elif prelude.startswith(GROUPS):
            if inner := "".join(_kept(body, found)):
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@"):
            yield f"{prelude}{{{body}}}"
        elif selectors := [each for each in _parts(prelude, ",") if found.knows(each)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _asked_for(css: str, names: frozenset[str]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if body is None:
            yield prelude
        elif prelude.startswith(GROUPS):
            yield f"{prelude}{{{''.join(_asked_for(body, names))}}}"
        else:
            said = (each for each in _parts(body, ";") if not (own := OWN.match(each)) or own[1] in names)
            yield f"{prelude}{{{';'.join(said)}}}"


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield what stands before a rule's braces and what is between them; of a statement without braces all."""
    start = depth = 0
    prelude = ""
    for place, mark in _marks(css, "{};"):
        if mark == "{":
            if depth == 0:
                prelude, start = css[start:place].strip(), place + 1
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield prelude, css[start:place]
                start = place + 1
        elif depth == 0:
            yield css[start : place + 1].strip(), None
            start = place + 1


def _parts(listed: str, between: str) -> list[str]:
    """Part a list of selectors or of declarations where it is one: not within brackets."""
    parts, start, depth = [], 0, 0
    for place, mark in _marks(listed, f"(){between}"):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if mark == between and depth == 0:
            parts.append(listed[start:place])
            start = place + 1
    return [*parts, listed[start:]]


def _without_arguments(selector: str) -> str:
    """Leave out what stands in round brackets."""
    plain, start, depth = "", 0, 0
    for place, mark in _marks(selector, "()"):
        if mark == "(" and depth == 0:
            plain += selector[start:place]
        depth += 1 if mark == "(" else -1
        start = place + 1
    return plain + selector[start:]


def _marks(css: str, wanted: str) -> Iterator[tuple[int, str]]:
    """Yield where certain signs stand outside of comments and quotation marks."""
    for match in re.finditer(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|.""", css, re.DOTALL):
        if match[0] in wanted:
            yield match.start(), match[0]


def minified(css: str) -> str:
    """
    Write a stylesheet in as few letters as mean the same.

    Raises:
        BrokenBuildError: If it is not one.
    """
    # A stylesheet with a mistake is one with a warning.
    command = [str(ESBUILD), "--loader=css", "--minify", "--charset=utf8", "--log-level=warning"]
    ran = subprocess.run(command, check=False, input=css, capture_output=True, text=True)
    if ran.returncode or ran.stderr.strip():
        raise BrokenBuildError(f"the stylesheets are not as they should be:\n{ran.stderr.strip()}")
    return ran.stdout


def apply(site: Path) -> str:
    """
    Put one stylesheet in the place of all, in every page; say what was done.

    Raises:
        BrokenBuildError: If the pages do not all name the same ones, or this was done already.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    lists = {tuple(_names(html)) for html in pages.values()}
    if len(lists) != 1:
        raise BrokenBuildError("the pages do not all name the same stylesheets. Build the site anew: make build.")
    [names] = lists
    theirs = [name for name in names if THEMES.fullmatch(name)]
    ours = [name for name in names if name not in theirs]
    if not theirs or [*theirs, *ours] != list(names):
        raise BrokenBuildError(f"the theme's stylesheets do not come first: {', '.join(names) or 'there is none'}.")

    texts = {name: (site / FOLDER / name).read_text(encoding="utf-8") for name in names}
    folders = (site / "assets" / "javascripts", ROOT / "calculators" / "html")
    scripts = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".js", ".py"}]
    asking = [*(path.read_text(encoding="utf-8") for path in scripts), *(texts[name] for name in ours)]
    slim = slimmed("".join(texts[name] for name in theirs), used(pages.values(), asking))
    whole = minified("\n".join([slim, *(texts[name] for name in ours)]))
    one = f"site.{hashlib.sha256(whole.encode()).hexdigest()[:HASH]}.css"
    for path in (site / FOLDER).iterdir():
        path.unlink()
    (site / FOLDER / one).write_text(whole, encoding="utf-8")
    for path, html in pages.items():
        path.write_text(_relinked(html, one), encoding="utf-8")
    before = sum(len(text.encode()) for text in texts.values())
    return f"{len(names)} became one, and {before / 1e3:.0f} KB became {len(whole.encode()) / 1e3:.0f}"


def _names(html: str) -> Iterator[str]:
    for link in LINK.finditer(html):
        if not (found := HREF.search(link[0])):
            raise BrokenBuildError(f"a stylesheet is not where the others are: {link[0].strip()}")
        yield found["name"]


def _relinked(html: str, name: str) -> str:
    """Name one stylesheet where a page names its first, and none after it."""
    first, *others = LINK.finditer(html)
    folder = cast("re.Match[str]", HREF.search(first[0]))["folder"]
    kept = [html[: first.start()], f'<link rel="stylesheet" href="{folder}{name}">\n']
    end = first.end()
    for other in others:
        kept.append(html[end : other.start()])
        end = other.end()
    return "".join([*kept, html[end:]])


def main() -> int:
    """Read the command line and apply."""
    parser = argparse.ArgumentParser(description="Give every page of the built site one stylesheet.")
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"))
    arguments = parser.parse_args()
    try:
        print(f"-- Stylesheets: {apply(arguments.site)}")
    except BrokenBuildError as error:
        print(f"\ntools/styles.py stopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
