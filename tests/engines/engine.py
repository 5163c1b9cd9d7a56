"""Firefox ESR and WebKitGTK, driven by the protocol that each speaks by itself: no driver is fetched from anywhere."""

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError, URLError

from websockets.sync.client import ClientConnection, connect

from engines import executable

PATIENCE: Final = 180
"""Longest wait for anything, on two cores that four runs of tests share. [second]"""


class ScriptError(Exception):
    """What a script in a page threw."""


class Engine(ABC):
    """
    A browser with one page.

    Attributes:
        name: What tests call it.
    """

    name: str

    @abstractmethod
    def visit(self, url: str) -> None:
        """Open an address, and wait until it is loaded."""

    @abstractmethod
    def run(self, body: str, *arguments: object) -> Any:  # noqa: ANN401  # JSON has any shape
        """
        Run the body of an async function in the page.

        Args:
            body: JavaScript; its parameters are `given[0]`, `given[1]` …
            arguments: What it is given.

        Raises:
            ScriptError: If it throws.
        """


class Firefox(Engine):
    """Firefox over WebDriver BiDi, which it listens for itself."""

    name = "firefox"

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._asked = 0
        self._ask("session.new", capabilities={})
        tree = self._ask("browsingContext.getTree")
        self._page = tree["contexts"][0]["context"]

    def visit(self, url: str) -> None:
        """Leave for an empty page first: an address that differs in its fragment alone would load nothing."""
        for address in ("about:blank", url):
            self._ask("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def run(self, body: str, *arguments: object) -> Any:  # noqa: ANN401  # see above
        """Run it as a call; JSON goes in and comes out."""
        found = self._ask(
            "script.callFunction",
            functionDeclaration=_wrapped(body),
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._page},
            awaitPromise=True,
        )
        if found["type"] == "exception":
            raise ScriptError(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"])

    def _ask(self, method: str, **parameters: object) -> Any:  # noqa: ANN401  # see above
        self._asked += 1
        self._connection.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        while True:
            reply = json.loads(self._connection.recv(timeout=PATIENCE))
            if reply.get("id") != self._asked:
                continue
            if reply["type"] == "error":
                raise ScriptError(f"{method}: {reply['message']}")
            return reply["result"]


class WebKit(Engine):
    """WebKitGTK over WebDriver, which its own driver speaks."""

    name = "webkit"

    def __init__(self, address: str) -> None:
        self._address = address
        browser = {"binary": str(_mini_browser()), "args": ["--automation"]}
        session = self._call("POST", "/session", capabilities={"alwaysMatch": {"webkitgtk:browserOptions": browser}})
        self._session = f"/session/{session['sessionId']}"
        self._call("POST", f"{self._session}/timeouts", script=PATIENCE * 1000)

    def visit(self, url: str) -> None:
        """As in Firefox."""
        for address in ("about:blank", url):
            self._call("POST", f"{self._session}/url", url=address)

    def run(self, body: str, *arguments: object) -> Any:  # noqa: ANN401  # see above
        """Run it with a callback, which is how this protocol waits."""
        script = (
            "const [given, done] = arguments;"
            f"({_wrapped(body)})(given)"
            ".then((value) => done({ value }), (error) => done({ error: String(error) }));"
        )
        found = self._call("POST", f"{self._session}/execute/async", script=script, args=[json.dumps(arguments)])
        if "error" in found:
            raise ScriptError(found["error"])
        return json.loads(found["value"])

    def close(self) -> None:
        """End the session, and its browser with it."""
        self._call("DELETE", self._session)

    def _call(self, method: str, path: str, **body: object) -> Any:  # noqa: ANN401  # see above
        request = urllib.request.Request(  # noqa: S310  # this machine's own driver
            f"{self._address}{path}",
            method=method,
            data=json.dumps(body).encode() if method == "POST" else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=2 * PATIENCE) as reply:  # noqa: S310
                return json.load(reply)["value"]
        except HTTPError as refused:
            raise ScriptError(refused.read().decode()) from refused


def _wrapped(body: str) -> str:
    """A function that takes and returns JSON, which both protocols carry alike."""
    return (
        f"async (json) => {{ const given = JSON.parse(json); const found = await (async () => {{ {body} }})();"
        " return JSON.stringify(found ?? null); }"
    )


def _mini_browser() -> Path:
    """The browser that comes with WebKitGTK."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    if not found:
        raise FileNotFoundError("No MiniBrowser under /usr/lib: install webkit2gtk-driver")
    return found[-1]


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start Firefox with a profile of its own, and end it afterwards."""
    # What Firefox asks of its makers by itself has no place in a test's log.
    (profile / "user.js").write_text(
        "".join(
            f'user_pref("{name}", {value});\n'
            for name, value in {
                "app.normandy.enabled": "false",
                "app.update.disabledForTesting": "true",
                "browser.newtabpage.enabled": "false",
                "network.captive-portal-service.enabled": "false",
                "network.connectivity-service.enabled": "false",
                "services.settings.server": '"data:,"',
                "toolkit.telemetry.enabled": "false",
            }.items()
        ),
        encoding="utf-8",
    )
    command = [executable("firefox"), "--headless", "--no-remote", "--profile", str(profile)]
    # Into a file: what nobody reads from a pipe would stop it in the end.
    said = profile / "said.txt"
    with (
        said.open("w", encoding="utf-8") as written,
        _running([*command, "--remote-debugging-port", str(_free_port())], stderr=written) as process,
        connect(f"{_listening(said, process)}/session", max_size=None, compression=None) as connection,
    ):
        yield Firefox(connection)


def _listening(said: Path, process: subprocess.Popen[str]) -> str:
    """Where Firefox says that it listens."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        lines = said.read_text(encoding="utf-8", errors="replace").splitlines()
        if found := next((line.split()[-1] for line in lines if "WebDriver BiDi listening on" in line), None):
            return found
        time.sleep(0.05)
    raise FileNotFoundError(f"Firefox does not listen: {said.read_text(encoding='utf-8', errors='replace')[-500:]}")


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Start WebKitGTK on a virtual screen, and end it afterwards."""
    read, write = os.pipe()
    screen = [executable("screen"), "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with _running(screen, pass_fds=(write,)):
        os.close(write)
        with os.fdopen(read, encoding="ascii") as told:
            display = f":{told.readline().strip()}"
        # Without a graphics card it draws by itself; root has no sandbox.
        environment = os.environ | {
            "DISPLAY": display,
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        port = _free_port()
        with _running([executable("webkit"), f"--port={port}"], env=environment):
            address = f"http://127.0.0.1:{port}"
            _await(address)
            found = WebKit(address)
            yield found
            with contextlib.suppress(ScriptError, URLError):
                found.close()


@contextmanager
def _running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[str]]:  # noqa: ANN401  # as Popen names them
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **(quiet | options)) as process:
        try:
            yield process
        finally:
            process.kill()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _await(address: str) -> None:
    """Wait until a driver answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{address}/status", timeout=PATIENCE):  # noqa: S310  # this machine's own
                return
        except (URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
