"""
Find Firefox ESR and WebKitGTK's driver to test with; install Debian's packages where there are none.

    python tools/engines.py             prints the paths, or the cure
    python tools/engines.py --install   installs what is missing, as root on Debian

Chromium has a file of its own (tools/chromium.py): it is what most tests run in.
"""

import os
import shutil
import subprocess
import sys

COMMANDS = {
    "firefox": ("FIREFOX", ("firefox-esr", "firefox")),
    "webkit": ("WEBKIT_DRIVER", ("WebKitWebDriver",)),
    "screen": ("XVFB", ("Xvfb",)),
}
"""
For each program: the variable that may name it, and what it is called.
WebKitGTK needs a screen, if a virtual one.
"""

PACKAGES = ("firefox-esr", "webkit2gtk-driver", "xvfb")

CURE = (
    f"Firefox or WebKitGTK is missing. On Debian or Ubuntu: apt-get install {' '.join(PACKAGES)}. Elsewhere set "
    "FIREFOX, WEBKIT_DRIVER and XVFB to the paths of the programs."
)


def find(name: str) -> str | None:
    """Return the path of a program that a variable names, else of an installed one, else nothing."""
    variable, commands = COMMANDS[name]
    named = os.environ.get(variable)
    found = (shutil.which(command) for command in ([named] if named else commands))
    return next((path for path in found if path), None)


def executable(name: str) -> str:
    """
    Return the path of a program.

    Raises:
        FileNotFoundError: If there is none; the message names the cure.
    """
    if (found := find(name)) is None:
        raise FileNotFoundError(CURE)
    return found


def missing() -> list[str]:
    """Return which of the programs there are not."""
    return [name for name in COMMANDS if find(name) is None]


def install() -> None:
    """Install Debian's packages, if this is root on Debian."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"-- Installing {', '.join(PACKAGES)}", flush=True)
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quietly)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
        check=False,
        env=quietly,
        stdout=subprocess.DEVNULL,
    )


def main() -> int:
    """Print where the programs are; with --install, install first what is missing."""
    if not sys.platform.startswith("linux"):
        print("-- Firefox and WebKitGTK are tested on Linux alone")
        return 0
    if missing() and "--install" in sys.argv[1:]:
        install()
    if missing():
        print(CURE, file=sys.stderr)
        return 1
    print(f"-- Engines: {', '.join(executable(name) for name in COMMANDS)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
