"""The file that is Python with the calculators loaded: what it asks of a browser, and what pages know of it."""

import gzip
import hashlib
import json
import subprocess
from html import unescape
from typing import Any

import pytest
import zstandard

from tests.site.pages import ROOT, SITE, pages

PYTHON = SITE / "assets" / "python"
FIRST, REST = PYTHON / "calculators.wasm", PYTHON / "calculators-rest.wasm"

# What a module imports, exports, and says of its build; and what is in a file that a host sends as brotli.
DESCRIBE = """
const { readFileSync } = require("node:fs");
const { brotliDecompressSync } = require("node:zlib");
const [first, rest] = process.argv.slice(1).map((path) => new WebAssembly.Module(readFileSync(path)));
const named = (list) => list.map(({ module, name }) => (module === undefined ? name : `${module}.${name}`));
const [build] = WebAssembly.Module.customSections(first, "build");
console.log(JSON.stringify({
    imports: named(WebAssembly.Module.imports(first)),
    exports: named(WebAssembly.Module.exports(first)),
    restImports: named(WebAssembly.Module.imports(rest)),
    build: new TextDecoder().decode(build),
    isBrotliOf: brotliDecompressSync(readFileSync(`${process.argv[1]}.br`)).equals(readFileSync(process.argv[1])),
}));
"""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The two modules, as Node sees them."""
    found = subprocess.run(
        ["node", "-e", DESCRIBE, str(FIRST), str(REST)], check=True, capture_output=True, text=True
    ).stdout
    description: dict[str, Any] = json.loads(found)
    return description


@pytest.fixture(scope="module")
def stated() -> dict[str, Any]:
    """What a page says of Python's files."""
    [content] = {
        meta["content"] for page in pages().values() for meta in page.of("meta") if meta.get("name") == "python"
    }
    found: dict[str, Any] = json.loads(unescape(content))
    return found


def test_it_asks_nothing_else_of_a_browser(described: dict[str, Any]) -> None:
    """A clock, a calendar, a place to print and to report faults, the second file; nothing that could send a thing."""
    asked = {"missing", "now", "calendar", "seconds", "print", "load"}

    assert set(described["imports"]) <= {f"browser.{name}" for name in asked}
    assert {"memory", "reserve", "answer", "size"} <= set(described["exports"])
    outside = {name.partition(".")[0] for name in described["restImports"]}
    assert outside <= {"browser", "shared"}


def test_the_two_halves_are_of_one_build(described: dict[str, Any]) -> None:
    """The memory's name carries a hash of code and split: halves of two builds do not link."""
    [memory] = [name for name in described["exports"] if name.startswith("memory-")]

    assert f"shared.{memory}" in described["restImports"]


def test_pages_know_their_files(described: dict[str, Any], stated: dict[str, Any]) -> None:
    """Build, hash and sizes, by which a page tells another build's file and shows how much has come."""
    [wheel] = PYTHON.glob("*.whl")

    assert described["build"] == stated["image"]["id"]
    assert stated["image"]["bytes"] == FIRST.stat().st_size
    assert stated["image"]["squeezed"] == (PYTHON / "calculators.wasm.zst").stat().st_size
    # Node's gzip and Python's differ by a few percent.
    assert stated["image"]["transferred"] == pytest.approx(len(gzip.compress(FIRST.read_bytes(), 9)), rel=0.05)
    assert stated["stock"]["id"] == hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_squeezed_forms_hold_the_same_file(described: dict[str, Any]) -> None:
    """What a host sends as brotli, and what a page unpacks itself, is the module to the byte."""
    assert described["isBrotliOf"]
    assert zstandard.decompress((PYTHON / "calculators.wasm.zst").read_bytes()) == FIRST.read_bytes()


def test_it_is_as_small_as_promised() -> None:
    """At most 3.9 MB with gzip and 2.9 MB with brotli: a few percent more are noticed before readers do."""
    assert len(gzip.compress(FIRST.read_bytes(), 6)) < 3.9e6
    assert (PYTHON / "calculators.wasm.br").stat().st_size < 2.9e6


def test_what_is_built_twice_is_the_same() -> None:
    """With nothing changed the build repeats no step."""
    told = subprocess.run(
        ["node", "tools/image/build_image.mjs"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout

    assert told == "image: up to date\n"
