"""Builds of the site that can be told apart, and a host that one replaces the other on, or that fails."""

import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import override
from urllib.parse import urlsplit

import offline
from tests.browser.server import Handler, Host

HEAVY = (
    "assets/python",
    "assets/mermaid",
    "data",
    "decisions",
    *(
        f"reference/{page}"
        for page in (
            "assumptions",
            "bills",
            "chances",
            "evidence",
            "fine-tuning-services",
            "gpus",
            "prices",
            "proof",
            "sources",
            "throughput",
        )
    ),
)
"""What a test that runs no calculator can do without."""

MODULE = "assets/javascripts/runtime.js"
"""A module that pages load late, when another build may be on the host."""


def another_build(
    site: Path, folder: Path, name: str, *, light: bool = True, extra: Mapping[str, str] = MappingProxyType({})
) -> Path:
    """
    Copy the built site as a build of its own, whose pages and whose module `runtime.js` say which it is.

    `extra` holds files that it has beside the site's own.
    """
    left_out = {site / part for part in HEAVY} if light else set()

    def ignore(parent: str, names: list[str]) -> set[str]:
        return {each for each in names if Path(parent) / each in left_out or each.endswith(".map") or each == "lunr"}

    shutil.copytree(site, folder, ignore=ignore)
    for page in folder.rglob("*.html"):
        html = re.sub(r'<meta name="build" content="\w+">', "", page.read_text(encoding="utf-8"))
        page.write_text(html.replace("<html ", f'<html data-which="{name}" ', 1), encoding="utf-8")
    with (folder / MODULE).open("a", encoding="utf-8") as module:
        module.write(f'\nexport const which = "{name}";\n')
    for address, text in extra.items():
        (folder / address).write_text(text, encoding="utf-8")
    worker = folder / "sw.js"
    without_list = re.sub(r"\Aself\.build = .*\n", "", worker.read_text(encoding="utf-8"))
    worker.write_text(without_list, encoding="utf-8")
    offline.apply(folder)
    return folder


class Sender(Handler):
    """Sends what is deployed at the moment, unless it is to fail."""

    server: "Deployment"

    @override
    def do_GET(self) -> None:
        """Send a file, or do not."""
        self.directory = str(self.server.folder)
        path = urlsplit(self.path).path
        if self.server.down or path in self.server.cut:
            self.server.refused.append(path)
            self.close_connection = True
            return
        super().do_GET()

    def do_POST(self) -> None:  # noqa: N802  # as http.server names it
        """Take what is sent and say nothing of it."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(f"POST {urlsplit(self.path).path}")
        self.send_response(204)
        self.end_headers()

    @override
    def end_headers(self) -> None:
        """Let the browser keep no file by itself: what it has without the network is what the worker kept."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Deployment(Host):
    """A host on a free port of this machine, on which one build may replace another."""

    def __init__(self, folder: Path) -> None:
        """Listen, and serve a build."""
        super().__init__(folder)
        self.folder = folder
        self.down = False
        self.cut: set[str] = set()
        self.refused: list[str] = []
        self.RequestHandlerClass = partial(Sender, directory=str(folder))


@contextmanager
def deployed(folder: Path) -> Iterator[Deployment]:
    """Serve a build for a while."""
    with Deployment(folder) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield host
        host.shutdown()
        thread.join()
