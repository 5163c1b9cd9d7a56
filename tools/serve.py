"""
Serve the site while it is being written.

    python tools/serve.py [port]

MkDocs rebuilds and reloads when a page, a template or an asset changes. What it cannot do is forget a
module it has imported: when the calculators change, this builds their wheel and image anew and starts
MkDocs again, and the open page reloads by itself.
"""

import signal
import subprocess
import sys
import time
from pathlib import Path

WATCHED = Path("calculators")
LOOK_EVERY_SECONDS = 0.5


def state() -> dict[Path, int]:
    """When each source of the calculators was last written."""
    return {
        path: path.stat().st_mtime_ns
        for path in WATCHED.rglob("*")
        if path.suffix in {".py", ".toml", ".json"} and path.exists()
    }


def start(port: str) -> subprocess.Popen[bytes]:
    """Start MkDocs. Without the content policy: live reload adds a script that changes with each build."""
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    )


def stop(server: subprocess.Popen[bytes]) -> None:
    """End MkDocs and wait until its port is free."""
    server.terminate()
    server.wait()


def serve(port: str) -> int:
    """Serve until interrupted, or until MkDocs ends by itself."""
    print(f"-- Building the pages, then serving them at http://127.0.0.1:{port}/ (stop with Ctrl+C)", flush=True)
    # However it is asked to stop, it takes MkDocs with it.
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, signal.default_int_handler)
    before = state()
    server = start(port)
    try:
        while server.poll() is None:
            time.sleep(LOOK_EVERY_SECONDS)
            if (now := state()) == before:
                continue
            before = now
            print("-- The calculators changed: building them anew", flush=True)
            if subprocess.run(["make", "--no-print-directory", "draft"], check=False).returncode != 0:
                print("-- Still serving the calculators as they were. Mend the error above and save.", flush=True)
                continue
            stop(server)
            server = start(port)
    except KeyboardInterrupt:
        stop(server)
        return 0
    return server.returncode


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1] if len(sys.argv) > 1 else "8000"))
