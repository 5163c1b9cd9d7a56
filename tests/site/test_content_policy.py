"""The content policy is on every page, comes before anything it could be late for, and allows what was read."""

import base64
import hashlib
from pathlib import Path

import pytest

import content_policy
from tests.site.pages import SITE, Page, guide, pages

ENCODING_MUST_STAND_WITHIN = 1024  # bytes, says HTML


def policy_of(page: Page) -> dict[str, list[str]]:
    """The directives of a page's policy."""
    metas = [meta for meta in page.of("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert len(metas) == 1, f"{page.name} must have one policy: make build"
    directives = [directive.split() for directive in metas[0]["content"].split(";")]
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_policy_is_first_in_head(page: Page) -> None:
    """Nothing on a page is fetched or run before the policy holds."""
    tags = [element.tag for element in page.elements]
    first = page.elements[tags.index("head") + 1]

    assert ("meta", "Content-Security-Policy") == (first.tag, first.attributes.get("http-equiv"))


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_encoding_is_said_in_time(page: Page) -> None:
    """The policy before it does not push the encoding past where browsers look for it."""
    assert b'charset="utf-8"' in page.path.read_bytes()[:ENCODING_MUST_STAND_WITHIN].lower()


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.name)
def test_policy_allows_the_page_itself_and_nothing_else(page: Page) -> None:
    """Each inline script is allowed by its hash; no directive reaches beyond this site."""
    directives = policy_of(page)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in page.scripts}
    named = {value for values in directives.values() for value in values}

    assert ["'none'"] == directives["default-src"]
    assert hashes <= set(directives["script-src"])
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"} & set(directives["script-src"])
    assert set() == {value for value in named if not value.startswith("'") and value not in {"data:", "blob:"}}


def test_every_page_has_the_same_policy() -> None:
    """One policy serves the whole site: it can be sent as a header."""
    assert 1 == len({str(policy_of(page)) for page in pages().values()})


def test_headers_say_what_a_page_cannot() -> None:
    """Hosts that read _headers get the page's policy and who may frame it."""
    headers = (SITE / "_headers").read_text(encoding="utf-8")
    sent = next(line for line in headers.splitlines() if "Content-Security-Policy" in line)
    scripts = " ".join(policy_of(guide())["script-src"])

    assert f"script-src {scripts};" in sent
    assert "frame-ancestors 'self'" in sent


@pytest.fixture
def small_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of one page with one inline script, which has been acknowledged."""
    monkeypatch.setattr(content_policy, "ACKNOWLEDGED", tmp_path / "hashes.txt")
    site = tmp_path / "site"
    site.mkdir()
    page = '<!doctype html><html><head><meta charset="utf-8"></head><body><script>start()</script></body></html>'
    (site / "index.html").write_text(page, encoding="utf-8")
    assert 0 == content_policy.apply(site, "/", accept=True)
    (site / "index.html").write_text(page, encoding="utf-8")
    return site


def test_known_scripts_pass(small_site: Path) -> None:
    """What was acknowledged stays allowed."""
    assert 0 == content_policy.apply(small_site, "/", accept=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(("start()", "start(1)"), "make acknowledge-scripts", id="a changed script"),
        pytest.param(("<script>start()</script>", ""), "no longer on any page", id="a script that is gone"),
        pytest.param(("<body>", '<body onload="start()">'), "event handler", id="an event handler"),
        pytest.param(("<head>", "<header>"), "exactly one <head>", id="no head"),
    ],
)
def test_unknown_scripts_stop_the_build(
    small_site: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], told: str
) -> None:
    """What nobody has read stops the build, which says what to do and leaves the page alone."""
    page = small_site / "index.html"
    changed = page.read_text(encoding="utf-8").replace(*change)
    page.write_text(changed, encoding="utf-8")

    assert 1 == content_policy.apply(small_site, "/", accept=False)
    assert told in capsys.readouterr().err
    assert changed == page.read_text(encoding="utf-8")


def test_a_policy_is_not_put_twice(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run on the same site stops, for two policies would both have to hold."""
    content_policy.apply(small_site, "/", accept=False)

    assert 1 == content_policy.apply(small_site, "/", accept=False)
    assert "has a policy already" in capsys.readouterr().err


def test_an_acknowledged_script_holds_under_any_path() -> None:
    """A deployment under a path changes one inline script in one known place."""
    at_the_root = '__md_scope=new URL("/",location)'
    under_a_path = '__md_scope=new URL("/guides/tuning/",location)'

    assert at_the_root == content_policy.as_at_the_root(under_a_path, "/guides/tuning/")
    assert under_a_path == content_policy.as_at_the_root(under_a_path, "/other/")
