"""
The page that a plugin for MkDocs makes of the small calculator: markdown-exec, whose `pyodide` fence is an editor.

The plugin is measured and nothing else. So it lies in a folder of its own, not in the project's environment.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYODIDE = ROOT / "node_modules" / "pyodide"
SOURCES = HERE / "plugin"
BUILT = ROOT / "build" / "bench" / "plugin"
STAMP = BUILT / "stamp"


def folders(requests_per_month: int) -> dict[str, Path]:
    """
    Build the page, unless it is there already.

    Args:
        requests_per_month: What the calculator in it is asked.

    Returns:
        What to serve, by path. The page is at /plugin/.
    """
    page = _page(requests_per_month)
    stamp = _digest(page)
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != stamp:
        _build(page)
        STAMP.write_text(stamp, encoding="utf-8")
    return {
        "/plugin/pyodide/pyodide-lock.json": BUILT / "pyodide-lock.json",
        f"/plugin/pyodide/{_micropip().name}": _micropip(),
        "/plugin/pyodide/": PYODIDE,
        "/plugin/editor/": BUILT / "node_modules",
        "/plugin/": BUILT / "site",
    }


def _page(requests_per_month: int) -> str:
    calculator = (HERE / "cost.py").read_text(encoding="utf-8")
    return f'```pyodide assets="0"\n{calculator}\n\ncost({requests_per_month})\n```\n'


def _digest(page: str) -> str:
    """What the built page depends on, in a word."""
    sources = sorted(path for path in SOURCES.rglob("*") if path.is_file())
    read = hashlib.sha256(page.encode())
    for path in [*sources, Path(__file__), PYODIDE / "pyodide-lock.json"]:
        read.update(path.read_bytes())
    return read.hexdigest()


def _build(page: str) -> None:
    print("-- The page of a plugin for MkDocs, to measure", flush=True)
    shutil.rmtree(BUILT, ignore_errors=True)
    (BUILT / "docs").mkdir(parents=True)
    (BUILT / "docs" / "index.md").write_text(page, encoding="utf-8")

    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheels, packages = BUILT / "wheels", BUILT / "packages"
    requirements = ["--require-hashes", "--requirement", str(SOURCES / "requirements.txt")]
    subprocess.run([*pip, "download", "--no-deps", "--dest", wheels, *requirements], check=True)
    plugin = next(wheels.glob("markdown_exec-*.whl"))
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", packages, plugin], check=True)

    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCES / name, BUILT)
    npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(npm, cwd=BUILT, check=True, stdout=subprocess.DEVNULL)

    mkdocs = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--strict"]
    place = ["--config-file", str(SOURCES / "mkdocs.yml"), "--site-dir", str(BUILT / "site")]
    subprocess.run([*mkdocs, *place], check=True, env=os.environ | {"PYTHONPATH": str(packages)})
    _write_lockfile()


def _write_lockfile() -> None:
    """Write Pyodide's list of packages with PyPI's micropip in it: the same version, zipped by someone else."""
    lockfile = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    entry = lockfile["packages"]["micropip"]
    if entry["file_name"] != _micropip().name:
        raise SystemExit(
            f"Pyodide loads {entry['file_name']}, tools/bench/plugin/requirements.txt names {_micropip().name}."
        )
    entry["sha256"] = hashlib.sha256(_micropip().read_bytes()).hexdigest()
    (BUILT / "pyodide-lock.json").write_text(json.dumps(lockfile), encoding="utf-8")


def _micropip() -> Path:
    return next((BUILT / "wheels").glob("micropip-*.whl"))
