"""
A host to measure on: it compresses what static hosts compress, counts what it sends, and can be slow.

Slowness is made here and not in the browser, whose own throttling does not reach a worker's requests.
"""

import functools
import gzip
import mimetypes
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

COMPRESSED = frozenset({".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm"})

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}
_CHUNK = 16_384


class Line(NamedTuple):
    """A line to a reader: what Chrome's presets call by this name."""

    name: str
    bytes_per_second: float
    round_trip: float


UNTHROTTLED = Line("unthrottled", float("inf"), 0)
FAST_4G = Line("fast 4G", 9e6 / 8, 0.060)
SLOW_4G = Line("slow 4G", 1.6e6 / 8, 0.150)


@dataclass(frozen=True)
class Sent:
    """One file sent."""

    path: str
    bytes: int


class Host(ThreadingHTTPServer):
    """Serves folders on a free port of this machine, each below a path of its own."""

    daemon_threads = True

    def __init__(self, folders: dict[str, Path], absent: Collection[str] = ()) -> None:
        """
        Listen.

        Args:
            folders: What to serve, a folder or a file, by the path it is served below; the first that fits is taken,
                so "/" stands last.
            absent: Paths at which there is nothing all the same.

        With `brotli` set, a file that lies beside it in that form is sent so; gzip is made here.
        """
        self.folders = folders
        self.absent = absent
        self.line = UNTHROTTLED
        self.brotli = False
        self.sent: list[Sent] = []
        self._free_at = 0.0
        self._turn = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://localhost:{self.server_port}"

    def file(self, path: str) -> Path | None:
        """The file that a path of a request means."""
        if path in self.absent:
            return None
        for prefix, folder in self.folders.items():
            if path.startswith(prefix):
                file = (folder / path.removeprefix(prefix).lstrip("/")).resolve()
                file = file / "index.html" if file.is_dir() else file
                return file if file.is_file() else None
        return None

    def wait_for_line(self, size: int) -> None:
        """Wait until all that shares the line, and these bytes, would have gone through."""
        if self.line.bytes_per_second == float("inf"):
            return
        with self._turn:
            self._free_at = max(time.monotonic(), self._free_at) + size / self.line.bytes_per_second
            until = self._free_at
        time.sleep(max(0.0, until - time.monotonic()))

    def handle_error(self, *_: object) -> None:
        """A browser that leaves a page hangs up in the middle of a file; that is no failure."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def setup(self) -> None:
        super().setup()
        # A new connection takes a round trip before the first request.
        time.sleep(self.server.line.round_trip)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        time.sleep(self.server.line.round_trip)
        file = self.server.file(path)
        if file is None:
            self.send_error(404)
            return
        packed = file.with_name(f"{file.name}.br")
        is_brotli = self.server.brotli and packed.is_file()
        body = packed.read_bytes() if is_brotli else _body(file, file.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", _TYPES.get(file.suffix) or mimetypes.guess_type(file)[0] or "text/plain")
        if is_brotli or file.suffix in COMPRESSED:
            self.send_header("Content-Encoding", "br" if is_brotli else "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for start in range(0, len(body), _CHUNK):
            chunk = body[start : start + _CHUNK]
            self.server.wait_for_line(len(chunk))
            self.wfile.write(chunk)
        self.server.sent.append(Sent(path, len(body)))

    def log_message(self, *_: object) -> None:
        """Say nothing: the table says it all."""


@functools.cache
def _body(file: Path, _changed: int) -> bytes:
    content = file.read_bytes()
    return gzip.compress(content, compresslevel=6) if file.suffix in COMPRESSED else content
