"""The package elsewhere: a copy that a test may change, and its command line."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from calculators.facts import DATA

PACKAGE: Final = DATA.parent


def copied(folder: Path) -> Path:
    """Copy the package into a folder; return where the copy stands."""
    return Path(shutil.copytree(PACKAGE, folder / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__")))


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder that holds the package."""
    return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
