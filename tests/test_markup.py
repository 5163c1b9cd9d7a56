"""Markup: plain text is escaped wherever it is put into a page, and nothing is lost on the way."""

from html import escape

import pytest

from calculators.markup import NOTHING, Html, join, text

HOSTILE = """<script src='x'> & "quoted" """
ESCAPED = "&lt;script src=&#x27;x&#x27;&gt; &amp; &quot;quoted&quot; "


def test_plain_text_is_escaped_in_every_place() -> None:
    """By order or by name, in elements and in attributes."""
    assert f'<p title="{ESCAPED}">{ESCAPED}</p>' == Html('<p title="{}">{}</p>').fill(HOSTILE, HOSTILE)
    assert f'<p title="{ESCAPED}">{ESCAPED}</p>' == Html('<p title="{it}">{it}</p>').fill(it=HOSTILE)
    assert f"<br>{ESCAPED}" == Html("<br>") + HOSTILE
    assert ESCAPED == text(HOSTILE)


@pytest.mark.parametrize("character", "<>&'\"")
def test_one_character_is_enough(character: str) -> None:
    """Each of the five that mean something in HTML is escaped where it is the only one."""
    assert f"a{escape(character)}b" == Html("{}").fill(f"a{character}b") != f"a{character}b"


def test_markup_is_put_in_as_it_is() -> None:
    """Once, however often it is passed on; places in what is put in are not places of the template."""
    bold = Html("<b>{}</b>").fill("{} {name} a < b")

    assert "<p><b>{} {name} a &lt; b</b></p>" == Html("<p>{}</p>").fill(text(bold))
    assert bold + bold == join((NOTHING, bold, NOTHING, bold))


def test_an_fstring_is_plain_text_again() -> None:
    """Whoever forgets a template sees tags in the page, and no reader's text becomes markup."""
    assert "&lt;b&gt;x&lt;/b&gt;" == Html("{}").fill(f"<b>{Html('x')}</b>")


def test_numbers_are_written_as_python_writes_them() -> None:
    """Whole, broken, without rounding; or as the template asks for."""
    assert "7 0.1 1e-07" == Html("{} {} {}").fill(7, 0.1, 1e-7)
    assert "100% of 2 by 0.33" == Html("{}% of {:g} by {:.2f}").fill(100, 2.0, 1 / 3)
    assert '<i class="a" x="2"/>' == Html('<i class="{hue}" x="{x:g}"/>').fill(x=2.0, hue="a")


@pytest.mark.parametrize("parts", [(), ("a",), ("a", "b", "c")])
def test_a_template_is_filled_whole(parts: tuple[str, ...]) -> None:
    """A part too many or too few is a mistake, not a gap in a page."""
    with pytest.raises(TypeError, match="arguments"):
        Html("<p>{} {}</p>").fill(*parts)


@pytest.mark.parametrize("template", ["<p>{what} {size}</p>", "<p>{what} {}</p>", "<p>{}</p>"])
def test_a_name_may_not_be_missing(template: str) -> None:
    """Nor is a place left open that has none."""
    with pytest.raises(KeyError):
        Html(template).fill(what="a")
