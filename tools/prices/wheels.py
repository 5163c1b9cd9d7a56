"""
The pinned data packages, as the wheels that the package index serves: fetched once, verified, read and never installed.

Installing them would put litellm's whole proxy, pydantic and an HTTP client into every developer's environment, for the
sake of five data files.
"""

import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prices.terms import PricesError

_PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)\s+--hash=sha256:(?P<sha256>[0-9a-f]{64})$", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One package of the list: exactly one file of one version."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Wheel:
    """A file of a package index whose contents are what was pinned."""

    pin: Pin
    path: Path

    def read(self, member: str) -> bytes:
        """Return one file of the wheel."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(member)


def pins(requirements: Path) -> dict[str, Pin]:
    """Return the packages that a list of requirements pins, by name."""
    text = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    found = {match["name"]: Pin(match["name"], match["version"], match["sha256"]) for match in _PINNED.finditer(text)}
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(found) != len(lines):
        raise PricesError(
            f"{requirements.name}: a line is no “name==version --hash=sha256:…”: pin every package to one file"
        )
    return found


def fetch(requirements: Path, directory: Path) -> Mapping[str, Wheel]:
    """
    Return the wheels that a list of requirements pins, by package. What lies in the directory is not fetched again.

    Raises:
        PricesError: If the package index does not serve them.
    """
    pinned = pins(requirements)
    wheels = _verified(pinned, directory)
    if len(wheels) < len(pinned):
        directory.mkdir(parents=True, exist_ok=True)
        # litellm's wheels differ by machine but not in their data: one of them serves everywhere.
        command = (
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"),
            *("--require-hashes", "--only-binary", ":all:", "--platform", "manylinux_2_28_x86_64", "--platform", "any"),
            *("--python-version", "3.13", "--requirement", str(requirements), "--dest", str(directory)),
        )
        fetched = subprocess.run(command, check=False, capture_output=True, text=True)
        if fetched.returncode:
            raise PricesError(f"{requirements.name}: the packages could not be fetched:\n{fetched.stderr.strip()}")
        wheels = _verified(pinned, directory)
    missing = sorted(pinned.keys() - wheels.keys())
    if missing:
        raise PricesError(f"{requirements.name}: {', '.join(missing)}: fetched, but not what was pinned")
    return wheels


def _verified(pinned: Mapping[str, Pin], directory: Path) -> dict[str, Wheel]:
    """Return the wheels in a directory that are what is pinned."""
    wheels: dict[str, Wheel] = {}
    for name, pin in pinned.items():
        for path in directory.glob(f"{name.replace('-', '_')}-{pin.version}-*.whl"):
            if hashlib.sha256(path.read_bytes()).hexdigest() == pin.sha256:
                wheels[name] = Wheel(pin, path)
    return wheels
