"""
Find a Chromium to test and measure with; fetch one where there is none.

    python tools/chromium.py             prints the path, or the cure
    python tools/chromium.py --install   fetches one if need be

An installed Chrome or Chromium is used first, then Playwright's own, then Debian's package. Of installed ones the
headless shell is preferred: the same engine without a window, so that a fresh profile opens in a fifth of the time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC_APPLICATIONS = ("Google Chrome", "Chromium", "Google Chrome for Testing")

# Nothing is fetched in the background, so that a test's request log holds the page's requests alone.
# The sandbox cannot be set up by root, and containers seldom have the memory device Chromium expects.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

CURE = (
    "No Chrome or Chromium found. Run `make browser` to fetch one, or install Google Chrome or Chromium, "
    "or set CHROMIUM to the path of one."
)


def find() -> Path | None:
    """The browser that CHROMIUM names, else an installed one, else Playwright's own, else none."""
    if named := os.environ.get("CHROMIUM"):
        return Path(found) if (found := shutil.which(named)) else None
    for command in COMMANDS:
        # Ubuntu's chromium-browser is a shell script that only says to install a snap.
        if (found := shutil.which(command)) and not _only_advertises(Path(found)):
            return Path(found)
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        for name in MAC_APPLICATIONS:
            if (program := folder / f"{name}.app" / "Contents" / "MacOS" / name).exists():
                return program
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def executable() -> str:
    """
    Path of the browser, for `launch(executable_path=…, args=ARGUMENTS)`.

    Raises:
        FileNotFoundError: If there is none; the message names the cure.
    """
    if (found := find()) is None:
        raise FileNotFoundError(CURE)
    return str(found)


def install() -> Path | None:
    """Fetch Playwright's own Chromium, else, as root on Debian, the first package there is of the two."""
    print("-- No Chrome or Chromium here: fetching Playwright's own", flush=True)
    fetched = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if fetched.returncode == 0 and (found := find()) is not None and _starts(found):
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quietly)
        for package in ("chromium-headless-shell", "chromium"):
            print(f"-- Installing the package {package} instead", flush=True)
            command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package, "fonts-dejavu-core"]
            if subprocess.run(command, check=False, env=quietly).returncode == 0 and (found := find()):
                return found
    return find()


def _only_advertises(command: Path) -> bool:
    with command.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"snap install" in start


def _starts(browser: Path) -> bool:
    # A downloaded browser is of no use where the system's libraries are missing.
    return subprocess.run([browser, "--version"], check=False, capture_output=True).returncode == 0


def main() -> int:
    """Print where the browser is; with --install, fetch one first if there is none."""
    found = find()
    if found is None and "--install" in sys.argv[1:]:
        found = install()
    if found is None:
        print(CURE, file=sys.stderr)
        return 1
    print(f"-- Browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
