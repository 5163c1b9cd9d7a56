"""What a browser keeps is one whole build: every page and what it needs, and nothing that is not of it."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

import offline
from tests.site.pages import SITE, pages
from tests.site.test_weight import asked_for_at_load

POLICY = "default-src 'none'"
PAGE = (
    f'<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta charset="utf-8"><title>{}</title></head><body></body></html>'
)


def stated(site: Path = SITE) -> dict[str, Any]:
    """What the service worker of a site says of its build."""
    line, _, _ = (site / "sw.js").read_text(encoding="utf-8").partition(";\n")
    found: dict[str, Any] = json.loads(line.removeprefix("self.build = "))
    return found


def test_every_page_and_what_it_asks_for_is_kept() -> None:
    """Pages with their styles, scripts and search; Python with both ways to start, be it later."""
    asked = {file for page in pages().values() for file in asked_for_at_load(page)}
    needed = {path.resolve().relative_to(SITE.resolve()).as_posix() for path in asked}
    python = {path.relative_to(SITE).as_posix() for path in (SITE / "assets" / "python").iterdir()}
    scripts = {path.relative_to(SITE).as_posix() for path in (SITE / "assets" / "javascripts").glob("*.js")}

    packed = {name for name in python if name.endswith((".br", ".zst", "fzstd.mjs"))}
    assert set() == (needed | python | scripts) - packed - stated()["files"].keys()


def test_the_list_is_of_the_files_as_they_are() -> None:
    """No file changes after its hash was taken, and the size that a reader is told is true."""
    build = stated()

    assert {name: offline.hashes(SITE / name) for name in build["files"]} == build["files"]
    at_once = build["files"].keys() - set(build["later"])
    assert sum((SITE / name).stat().st_size for name in at_once) == build["bytes"]


def test_what_hardly_anybody_needs_waits_until_it_is_used() -> None:
    """The image is kept at once; what no answer has been seen to run, and Pyodide's own files, are not."""
    late = {Path(name).name for name in stated()["later"]}
    image = {"calculators.wasm", "calculators.wasm.br", "calculators.wasm.zst", "fzstd.mjs"}

    assert late == {path.name for path in (SITE / "assets" / "python").iterdir()} - image


def test_every_page_knows_its_build() -> None:
    """A page can tell that another build's worker serves it."""
    for page in pages().values():
        assert [stated()["id"]] == [meta["content"] for meta in page.of("meta") if meta.get("name") == "build"]


def test_the_size_that_the_reference_tells_is_true() -> None:
    """The page about it states what is counted here."""
    text = " ".join((SITE / "reference" / "offline" / "index.html").read_text(encoding="utf-8").split())
    [megabytes] = re.findall(r"(\d+) MB in all", text)

    assert round(stated()["bytes"] / 1e6) == int(megabytes)


def test_the_worker_is_never_cached_for_good() -> None:
    """It says which build is the newest."""
    headers = (SITE / "_headers").read_text(encoding="utf-8")

    assert "/sw.js\n  Cache-Control: no-cache\n" in headers


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A site of two pages, a worker and what nobody keeps."""
    site = tmp_path / "site"
    (site / "more").mkdir(parents=True)
    (site / "index.html").write_text(PAGE.format("One"), encoding="utf-8")
    (site / "more" / "index.html").write_text(PAGE.format("Two"), encoding="utf-8")
    (site / "memory.gz").write_bytes(gzip.compress(b"memory", mtime=0))
    (site / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    (site / "sw.js").write_text("// The worker.\n", encoding="utf-8")
    return site


def test_a_build_is_listed(small_site: Path) -> None:
    """Each file that is kept stands in the list by its address, the worker's own text follows unchanged."""
    offline.apply(small_site)

    build = stated(small_site)
    assert list(build["files"]) == ["index.html", "memory.gz", "more/index.html"]
    assert build["policy"] == POLICY
    assert build["files"]["memory.gz"][1] == offline.digest(b"memory"), "A host may unpack it on the way."
    assert (small_site / "sw.js").read_text(encoding="utf-8").endswith(";\n// The worker.\n")


@pytest.mark.parametrize(("file", "is_another"), [("index.html", True), ("sw.js", True), ("sitemap.xml", False)])
def test_the_id_is_of_what_is_kept(small_site: Path, file: str, is_another: bool) -> None:
    """The same files have the same id; another page or another worker makes another build."""
    before = offline.id_of(small_site)
    assert before == offline.id_of(small_site)

    path = small_site / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert (before != offline.id_of(small_site)) is is_another


def test_left_out_on_purpose_the_site_stays_as_it_is(
    small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """OFFLINE=no leaves the worker without a list, which removes what readers have."""
    monkeypatch.setenv("OFFLINE", "no")
    monkeypatch.setattr("sys.argv", ["offline.py", str(small_site)])

    assert offline.main() == 0
    assert (small_site / "sw.js").read_text(encoding="utf-8") == "// The worker.\n"
    assert "build" not in (small_site / "index.html").read_text(encoding="utf-8")
    assert "removes what readers have kept" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        pytest.param("index.html", "<p>no head</p>", "exactly one </head>", id="no head"),
        pytest.param("index.html", "<head></head>", "no content policy", id="before the policy was written"),
        pytest.param("sw.js", "self.build = {};", "has its list already", id="twice"),
        pytest.param("a b.txt", "", "rename it", id="a name that addresses write in two ways"),
        pytest.param("assets/mermaid/mermaid.js", "", "see with what it draws", id="Mermaid's modules renamed"),
    ],
)
def test_what_it_was_not_written_for_stops_the_build(small_site: Path, file: str, text: str, told: str) -> None:
    """And says what to do."""
    path = small_site / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(offline.BrokenBuildError, match=re.escape(told)):
        offline.apply(small_site)


def test_modules_that_draw_no_flow_chart_are_left_out(tmp_path: Path) -> None:
    """Of Mermaid, what its first module imports is kept, and what a flow chart brings."""
    chunks = tmp_path / "assets" / "mermaid" / "chunks"
    chunks.mkdir(parents=True)
    for name in ("flowDiagram-A", "dagre-A", "sizeCapture-A", "shared", "deep", "pieDiagram-A"):
        (chunks / f"{name}.js").write_text("", encoding="utf-8")
    (chunks.parent / "mermaid.js").write_text('import{a}from"./chunks/shared.js";import("./chunks/pieDiagram-A.js");')
    (chunks / "dagre-A.js").write_text('import"./deep.js";', encoding="utf-8")

    assert {chunks.resolve() / "pieDiagram-A.js"} == offline.not_drawn(tmp_path)
