"""What is installed is what was looked at, from wherever it comes."""

import json
import os
import re
import tomllib
from pathlib import Path

import pytest

from tests.site.pages import ROOT, SITE, pages

PLUGIN = ROOT / "tools" / "bench" / "plugin"
FOLDERS = [(ROOT, 20), (PLUGIN, 2)]
"""Each folder with lock files, and how many packages they name at least."""

REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>\S+)", re.MULTILINE)


@pytest.mark.parametrize(("folder", "least"), FOLDERS)
def test_python_requirements_are_hashed_and_name_no_host(folder: Path, least: int) -> None:
    """Each Python tool is pinned to a version and to its files' hashes; any mirror can serve them."""
    text = (folder / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    pinned = [entry for entry in entries if REQUIREMENT.match(entry)]

    assert len(pinned) >= least
    assert [] == [entry.splitlines()[0] for entry in pinned if "--hash=sha256:" not in entry]
    assert "://" not in text
    assert "--index-url" not in text


def test_python_requirements_hold_what_the_project_asks_for() -> None:
    """A tool added to pyproject.toml is in requirements.txt too: make lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[\[<>=~ ]", name)[0] for name in project["dependency-groups"]["dev"]}
    pinned = {match["name"] for match in REQUIREMENT.finditer((ROOT / "requirements.txt").read_text(encoding="utf-8"))}

    assert set() == asked - pinned
    assert [] == project["project"]["dependencies"], "the calculators' wheel is loaded by every reader's browser"


@pytest.mark.parametrize(("folder", "least"), FOLDERS)
def test_node_packages_are_hashed_and_name_no_host(folder: Path, least: int) -> None:
    """Each Node package has its integrity hash and no address it must come from."""
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert len(packages) >= least
    assert [] == [name for name, entry in packages.items() if "integrity" not in entry]
    assert [] == [name for name, entry in packages.items() if "resolved" in entry]


@pytest.mark.parametrize(("folder", "kind"), [(ROOT, "devDependencies"), (PLUGIN, "dependencies")])
def test_node_versions_are_exact(folder: Path, kind: str) -> None:
    """package.json leaves no version open."""
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))[kind]

    assert {} == {name: version for name, version in asked.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)}


def test_the_site_names_its_host_only_if_it_was_told() -> None:
    """Only a deployment knows the site's address: without SITE_URL no page and no sitemap claims one."""
    address = os.environ.get("SITE_URL", "")
    canonical = [
        link["href"] for page in pages().values() for link in page.of("link") if link.get("rel") == "canonical"
    ]
    located = re.findall(r"<loc>(.*?)</loc>", (SITE / "sitemap.xml").read_text(encoding="utf-8"))

    assert bool(address) == bool(canonical) == bool(located)
    assert [] == [url for url in canonical + located if not url.startswith(address)]
