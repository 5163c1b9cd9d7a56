"""One stylesheet for every page: nothing that a page could meet is left out of it, and little else is in it."""

import re

import pytest

import styles
from tests.site.pages import SITE, gzipped, pages

MOST_BYTES = 32_000
"""What stands between a reader and the first word, beside the page itself. [byte]"""

USED = styles.used(
    ['<body class="a wide" dir="ltr" data-md-color-primary="custom"><i id="b" style="--c: 1"></i></body>'],
    ["element.classList.add('open-d')"],
)


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:y}", ".a{x:y}"),
        (".z{x:y}", ""),
        (".a,.z,#b .open-d{x:y}", ".a,#b .open-d{x:y}"),
        (".a .z{x:y}", ""),
        ("kbd{x:y}", "kbd{x:y}"),
        # What is asked of no element in particular, after a table without a class or in it.
        (".a table:not([class])+*{x:y}", ""),
        ("table:not([class]) td>:last-child,table:not([class]) td{x:y}", "table:not([class]) td{x:y}"),
        # What is excluded, or one of several, need not be there.
        (".a:not(.z){x:y}", ".a:not(.z){x:y}"),
        (":is(.z,.a){x:y}", ":is(.z,.a){x:y}"),
        (".z:is(.a){x:y}", ""),
        ("[dir=rtl] .a{x:y}", ""),
        ("[dir=ltr] .a{x:y}", "[dir=ltr] .a{x:y}"),
        ("[data-md-color-primary=indigo]{x:y}", ""),
        ('[data-md-color-primary="custom"]{x:y}', '[data-md-color-primary="custom"]{x:y}'),
        ("@media print{.z{x:y}.a{x:y}}", "@media print{.a{x:y}}"),
        ("@media print{.z{x:y}}", ""),
        ("@keyframes z{0%{x:y}to{x:z}}", "@keyframes z{0%{x:y}to{x:z}}"),
        ('@import "a.css";.a{x:y}', '@import "a.css";.a{x:y}'),
        ('.a{x:"}.z{";y:url(data:a;b)}', '.a{x:"}.z{";y:url(data:a;b)}'),
        # Properties of one's own: asked for by a rule that stays, by a page, or by nobody.
        (":root{--c:1;--e:2;--f:3}.a{x:var(--e)}.z{x:var(--f)}", ":root{--c:1;--e:2}.a{x:var(--e)}"),
    ],
)
def test_what_no_page_can_meet_is_left_out(css: str, kept: str) -> None:
    """A rule stays if every class, id, palette and direction that it names may come up."""
    assert kept == styles.slimmed(css, USED)


def test_every_page_has_one_stylesheet_and_it_is_small() -> None:
    """The same one, named after what is in it, with nothing left beside it that no page asks for."""
    named = {
        tuple(link["href"].rpartition("/")[2] for link in page.of("link") if link.get("rel") == "stylesheet")
        for page in pages().values()
    }
    [file] = (SITE / "assets" / "stylesheets").iterdir()

    assert {(file.name,)} == named
    assert re.fullmatch(r"site\.[0-9a-f]{8}\.css", file.name)
    assert gzipped(file) < MOST_BYTES


def test_what_pages_wear_is_in_it() -> None:
    """Each class of a page that one of the files has a rule for still has one."""
    [file] = (SITE / "assets" / "stylesheets").iterdir()
    css = file.read_text(encoding="utf-8")

    for name in ("md-header", "md-nav__link", "md-search__input", "md-skip", "calculator-block", "records__table"):
        assert re.search(rf"\.{name}\b", css), name
    for name in ("[dir=rtl]", "md-color-primary=indigo", styles.DEAR):
        assert name not in css
