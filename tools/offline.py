"""
Make the built site one that works without a network.

    python tools/offline.py               after tools/content_policy.py, on site/
    OFFLINE=no python tools/offline.py    leave that out, and remove what readers have from earlier builds

Gives the build an id, which is the same for the same files; writes it into every page; and writes before the
first line of the service worker (docs/sw.js) what belongs to this build: each file with its hash, and the content
policy of every page. A reader's browser keeps all of these files or none, but for the few that it fetches when it
needs them.

Left out, the pages have no id and the worker no list: such a worker deletes what it finds, and itself.
"""

import argparse
import base64
import gzip
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

# What a reader without a network does not miss.
LEFT_OUT = (
    "_headers",
    "sw.js",
    "sitemap.xml*",
    "*.map",  # for whoever looks into the theme's scripts
    "*.br",  # the same files once more, for hosts that choose between them
    "*.zst",
    "assets/python/fzstd.mjs",  # unpacks them
    "*.LEGAL.txt",
    "*.d.ts",
    "assets/images/plan.png",  # a picture of the calculator, for who cannot open it
    "assets/javascripts/lunr/**/*",  # search in other languages
)

# Megabytes that hardly any reader needs: what no answer has been seen to run, and the second way to start Python
# (docs/reference/start.md).
WHEN_USED = (
    "assets/python/calculators-rest.wasm",
    "assets/python/pyodide*",
    "assets/python/python_stdlib.zip",
    "assets/python/*.whl",
)

# Mermaid comes in modules, most of them for kinds of diagrams that no page has. Beside what its first module
# imports, a flow chart is drawn with these, which are imported by name when it is.
MERMAID = "assets/mermaid"
DRAWING = ("flowDiagram-", "dagre-", "sizeCapture-")

STATIC_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*"(\.[^"]+)\"""")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
ID_LENGTH = 12
# An address with anything else would be written differently by a browser and in the list.
PLAIN = re.compile(r"[\w./~-]+", re.ASCII)


class BrokenBuildError(Exception):
    """The site is not what this step was written for."""


def drawn_with(module: Path) -> set[Path]:
    """A module, and every module that it imports before it runs."""
    found: set[Path] = set()
    ahead = [module.resolve()]
    while ahead:
        if (path := ahead.pop()) in found:
            continue
        found.add(path)
        text = path.read_text(encoding="utf-8")
        ahead += [(path.parent / url).resolve() for url in STATIC_IMPORT.findall(text)]
    return found


def not_drawn(site: Path) -> set[Path]:
    """
    The modules of Mermaid that no page needs.

    Raises:
        BrokenBuildError: If one that is needed has another name now.
    """
    folder = (site / MERMAID).resolve()
    everything = set(folder.rglob("*.js"))
    if not everything:
        return set()
    needed = drawn_with(folder / "mermaid.js")
    for name in DRAWING:
        modules = list(folder.glob(f"chunks/{name}*.js"))
        if not modules:
            raise BrokenBuildError(
                f"Mermaid has no module {name}* in {MERMAID}/chunks/: see with what it draws a flow chart now."
            )
        needed = needed.union(*map(drawn_with, modules))
    return everything - needed


def kept(site: Path) -> Iterator[tuple[str, Path]]:
    """
    Each file that a reader's browser keeps, with its address from the site's own.

    Raises:
        BrokenBuildError: If a browser might write an address differently.
    """
    left_out = not_drawn(site).union(*({path.resolve() for path in site.rglob(pattern)} for pattern in LEFT_OUT))
    for path in sorted(site.rglob("*")):
        if not path.is_file() or path.resolve() in left_out:
            continue
        address = path.relative_to(site).as_posix()
        if not PLAIN.fullmatch(address):
            raise BrokenBuildError(f"{address} has a letter in its name that addresses write in two ways: rename it.")
        yield address, path


def digest(content: bytes) -> str:
    """A hash, as the service worker writes it."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def hashes(path: Path) -> list[str]:
    """The hash of a file; for a compressed one also of what is in it, since some hosts have it unpacked on the way."""
    content = path.read_bytes()
    return [digest(content), *([digest(gzip.decompress(content))] if path.suffix == ".gz" else [])]


def id_of(site: Path) -> str:
    """
    A name for the build, from all it holds.

    Taken before it is written into the pages, which it therefore does not change.
    """
    parts = [("sw.js", site / "sw.js"), *kept(site)]
    text = "\n".join(f"{address} {digest(path.read_bytes())}" for address, path in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]


def apply(site: Path) -> str:
    """
    Write the id into the pages and the list into the service worker; say what was done.

    Raises:
        BrokenBuildError: If the site is not whole, or this was done already.
    """
    worker = site / "sw.js"
    if not worker.is_file():
        raise BrokenBuildError(f"there is no {worker}. Build the site first: make build.")
    source = worker.read_text(encoding="utf-8")
    if source.startswith("self.build"):
        raise BrokenBuildError(f"{worker} has its list already. Build the site anew: make build.")

    build = id_of(site)
    policy = ""
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if html.count("</head>") != 1:
            raise BrokenBuildError(f"{path} must have exactly one </head> for the build's id to stand before.")
        if not (found := POLICY.search(html)):
            raise BrokenBuildError(f"{path} has no content policy. tools/content_policy.py comes before this step.")
        policy = unescape(found[1])
        path.write_text(html.replace("</head>", f'<meta name="build" content="{build}"></head>'), encoding="utf-8")

    files = dict(kept(site))
    late = {path for pattern in WHEN_USED for path in site.glob(pattern)}
    size = sum(path.stat().st_size for path in files.values() if path not in late)
    stated = {
        "id": build,
        "bytes": size,
        "policy": policy,
        "later": [address for address, path in files.items() if path in late],
        "files": {address: hashes(path) for address, path in files.items()},
    }
    worker.write_text(f"self.build = {json.dumps(stated, separators=(',', ':'))};\n{source}", encoding="utf-8")
    return f"build {build}, {len(files) - len(late)} files, {size / 1e6:.1f} MB"


def main() -> int:
    """Read the command line and apply."""
    parser = argparse.ArgumentParser(description="Make the built site one that works without a network.")
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"))
    arguments = parser.parse_args()
    if os.environ.get("OFFLINE") == "no":
        print("-- Offline: left out; sw.js removes what readers have kept")
        return 0
    try:
        print(f"-- Offline: {apply(arguments.site)}")
    except BrokenBuildError as error:
        print(f"\ntools/offline.py stopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
