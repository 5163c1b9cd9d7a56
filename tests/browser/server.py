"""A plain host for the built site: it compresses nothing, sends no header of its own, and writes down what it sent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit


class Handler(SimpleHTTPRequestHandler):
    """Sends files as they lie there, each with the type that a static host gives it."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".gz": "application/gzip",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
        ".woff2": "font/woff2",
    }

    def do_GET(self) -> None:
        """Send a file unless it is to be missing or to break off, and write its path down."""
        path, host = urlsplit(self.path).path, cast("Host", self.server)
        host.asked.append(path)
        if path in host.missing:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif path in host.halved:
            content = Path(self.translate_path(self.path)).read_bytes()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", self.guess_type(path))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Let other origins read: what must stop them is the page's policy, not this host."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: a test that fails says what was asked for."""


class Host(ThreadingHTTPServer):
    """A host on a free port of this machine."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        """Listen, and serve a folder."""
        self.asked: list[str] = []
        self.missing: set[str] = set()
        self.halved: set[str] = set()
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))

    def handle_error(self, *_: object) -> None:
        """A browser that leaves a page hangs up in the middle of a file; that is no failure."""

    @property
    def url(self) -> str:
        """Its address, without a slash at the end. By name, since a browser trusts localhost with the clipboard."""
        return f"http://localhost:{self.server_port}"


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    """Serve a folder for a while."""
    with Host(folder) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield host
        host.shutdown()
        thread.join()
