"""
Give every page of the built site a content policy that allows its own scripts and nothing else.

    python tools/content_policy.py                 after `mkdocs build`, on site/
    python tools/content_policy.py --acknowledge   accept the inline scripts as they are now

The theme writes a few short scripts into its pages. Each is allowed by its hash, and the hashes are
committed (content_policy_hashes.txt): when an upgrade changes a script or brings a new one, the build
stops until someone has read it. Also writes `_headers`, for hosts that read it.
"""

import argparse
import base64
import hashlib
import os
import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ACKNOWLEDGED = Path(__file__).with_name("content_policy_hashes.txt")

# Beside each directive whose value is not the strictest: why.
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # Python is WebAssembly; hashes are added below
    "style-src": "'self' 'unsafe-inline'",  # the theme and Mermaid write style attributes and elements
    "img-src": "'self' data:",  # the theme's icons are data:
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",  # a worker started from a blob inherits this policy; one from a URL does not
    "base-uri": "'none'",
    "form-action": "'none'",
    "object-src": "'none'",
}

# A policy in a page cannot say who may frame it; one in a header can.
HEADER_DIRECTIVES = {"frame-ancestors": "'self'"}

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

# Files whose name holds a hash of their content never change.
HASHED = re.compile(r"[.-][0-9a-f]{8}\.(?:min\.)?(?:css|js)$")

HEAD = re.compile(r"<head>", re.IGNORECASE)
META = '<meta http-equiv="Content-Security-Policy" content="{policy}">'


@dataclass(frozen=True)
class Inline:
    """An inline script that a page would run."""

    text: str
    page: Path

    @property
    def hash(self) -> str:
        """What the policy of this build must allow."""
        return source_hash(self.text)


class Scripts(HTMLParser):
    """Collects the inline scripts a browser would run, and what a policy without 'unsafe-inline' would stop."""

    def __init__(self) -> None:
        """Start with an empty page."""
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []
        self.handlers: list[str] = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a script; note event handlers, which no hash can allow."""
        values = dict(attrs)
        self.handlers += [f'<{tag} {name}="{value}">' for name, value in attrs if name.startswith("on")]
        runs = values.get("type") in {None, "", "text/javascript", "module"}
        if tag == "script" and "src" not in values and runs:
            self._text = []

    def handle_data(self, data: str) -> None:
        """Add to the open script."""
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close the open script."""
        if tag == "script" and self._text is not None:
            self.inline.append("".join(self._text))
            self._text = None


def source_hash(text: str) -> str:
    """The source expression that allows an inline script with exactly this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def as_at_the_root(text: str, base: str) -> str:
    """
    The script as a site served at / would have it.

    One of the theme's scripts names the path the site is served under; what was read and acknowledged
    holds for every path.
    """
    return text.replace(f'new URL("{base}",location)', 'new URL("/",location)')


def acknowledged() -> set[str]:
    """Hashes that someone has accepted."""
    lines = ACKNOWLEDGED.read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


def acknowledge(scripts: dict[str, Inline]) -> None:
    """Write down the scripts as they are now, each with its beginning so that a reader knows which it is."""
    lines = [
        "# Inline scripts that the content policy allows (tools/content_policy.py).",
        "# Written by `make acknowledge-scripts`: read what changed before you commit it.",
        *sorted(f"{key}  {' '.join(script.text.split())[:60]}" for key, script in scripts.items()),
    ]
    ACKNOWLEDGED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def policy(directives: dict[str, str]) -> str:
    """Write directives as one policy."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def headers(site: Path, content_policy: str) -> str:
    """The `_headers` file: the policy, what only a header can say, and what may be kept for good."""
    for_all = {"Content-Security-Policy": content_policy} | HEADERS
    rules = {"/*": for_all}
    hashed = sorted(path for path in site.rglob("*") if HASHED.search(path.name))
    for path in hashed:
        rules[f"/{path.relative_to(site).as_posix()}"] = {"Cache-Control": "public, max-age=31536000, immutable"}
    # Asked for with their build in the address (docs/assets/javascripts/image.js).
    for path in sorted((site / "assets" / "python").glob("calculators*.wasm*")):
        rules[f"/{path.relative_to(site).as_posix()}"] = {"Cache-Control": "public, max-age=31536000, immutable"}
    rules["/sw.js"] = {"Cache-Control": "no-cache"}  # it says which build is the newest
    rules["/assets/mermaid/chunks/*"] = {"Cache-Control": "public, max-age=31536000, immutable"}
    return "\n".join(
        "\n".join([path, *(f"  {name}: {value}" for name, value in values.items())]) for path, values in rules.items()
    )


def fail(message: str) -> int:
    """Say what is wrong, on the error stream."""
    print(f"\ntools/content_policy.py stopped: {message}", file=sys.stderr)
    return 1


def apply(site: Path, base: str, *, accept: bool) -> int:
    """Put the policy first in the head of every page, or say why not and leave every page as it was."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    if not pages:
        return fail(f"there is no page in {site}/. Build the site first: make build.")

    found: dict[str, Inline] = {}
    for path, html in pages.items():
        if 'http-equiv="Content-Security-Policy"' in html:
            return fail(f"{path} has a policy already. Build the site anew: make build.")
        if len(HEAD.findall(html)) != 1:
            return fail(f"{path} must have exactly one <head> for the policy to stand in.")
        page = Scripts()
        page.feed(html)
        if page.handlers:
            return fail(f"{path} holds an event handler that the policy would stop: {page.handlers[0]}")
        for text in page.inline:
            found.setdefault(source_hash(as_at_the_root(text, base)), Inline(text, path))

    if accept:
        acknowledge(found)
        print(f"-- Acknowledged {len(found)} inline scripts in {ACKNOWLEDGED}")
    allowed = acknowledged()
    new, gone = found.keys() - allowed, allowed - found.keys()
    if new or gone:
        told = [f"\n  new, first seen in {found[key].page}: {key}\n    {found[key].text.strip()[:400]}" for key in new]
        told += [f"\n  no longer on any page: {key}" for key in gone]
        return fail(
            "the pages' inline scripts are not the ones that were acknowledged."
            + "".join(sorted(told))
            + "\nRead them. If they may run, say `make acknowledge-scripts` and commit what it changes."
        )

    hashes = " ".join(sorted(script.hash for script in found.values()))
    directives = DIRECTIVES | {"script-src": f"{DIRECTIVES['script-src']} {hashes}"}
    meta = META.format(policy=policy(directives))
    for path, html in pages.items():
        path.write_text(HEAD.sub(lambda head: head[0] + meta, html), encoding="utf-8")
    (site / "_headers").write_text(headers(site, policy(directives | HEADER_DIRECTIVES)) + "\n", encoding="utf-8")
    print(f"-- Content policy: {len(pages)} pages, {len(found)} inline scripts allowed by their hash")
    return 0


def main() -> int:
    """Read the command line and apply."""
    parser = argparse.ArgumentParser(description="Put the content policy on every page of the built site.")
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"))
    parser.add_argument("--acknowledge", action="store_true", help="accept the inline scripts as they are now")
    arguments = parser.parse_args()
    return apply(arguments.site, os.environ.get("SITE_BASE") or "/", accept=arguments.acknowledge)


if __name__ == "__main__":
    sys.exit(main())
