"""Fences: what stands in a page as served is what Python would answer there, and a mistake stops the build."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]  # it has no types

import write_answers
from calculators import catalog, fence
from calculators.calculator import Day
from calculators.catalog.cost_comparison.words import plain, short, tips
from calculators.html.reply import whole
from calculators.quantity import write_money

COMPARISON = catalog.calculator("cost-comparison")
NOTHING: dict[str, str] = {}


def written(body: str) -> str:
    """HTML of a calculator's fence."""
    return fence.calculator(body, "calculator", "calculator", NOTHING, None)


class _Reader(HTMLParser):
    """Collects labels' targets, and controls by name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.labelled: set[str] = set()
        self.controls: dict[str, dict[str, str | None]] = {}
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value] if (value := given.get("id")) else []
        if tag == "label" and (target := given.get("for")):
            self.labelled.add(target)
        # What stands in the answer sets a field, and is none itself.
        if tag in ("input", "select") and "data-sets" not in given and (name := given.get("name")):
            self.controls[name] = given


@pytest.fixture(scope="module")
def read() -> _Reader:
    """The default calculator's HTML, read."""
    reader = _Reader()
    reader.feed(written("cost-comparison?"))
    return reader


def test_every_input_has_a_labelled_control(read: _Reader) -> None:
    """No input is without a field, no field without a label that points at it, and nothing describes it in vain."""
    days = [name for name, item in COMPARISON.inputs.items() if isinstance(item.kind, Day)]
    assert [name for name in COMPARISON.inputs if name not in days] + days == list(read.controls)
    for control in read.controls.values():
        # A hidden text stands behind boxes, each within its label; what they are asked about stands above them.
        assert control["id"] in read.labelled or ("hidden" in control and f"{control['id']}-label" in read.ids)
        assert set((control.get("aria-describedby") or "").split()) <= set(read.ids)


def test_ids_are_unique(read: _Reader) -> None:
    """A link to a field or a figure leads to one place."""
    assert len(read.ids) == len(set(read.ids))


def test_the_short_form_is_a_part_of_the_whole() -> None:
    """Its fields are those of the whole form, letter by letter; a link to any other field leads there."""
    short = fence.calculator_short("cost-comparison?d=3", "calculator", "calculator", NOTHING, None)
    whole = written("cost-comparison?d=3")
    names = re.findall(r'data-field="(\w+)"', short)

    assert 0 < len(names) < len(COMPARISON.inputs)
    for name in names:
        [field] = re.findall(rf'<div class="field[^"]*" data-field="{name}".*?(?=<div class="field|</fieldset)', short)
        assert field in whole.replace('href="../', 'href="')
    for page, field in re.findall(r'href="([^"#]*)#cost-comparison-([a-z_0-9]+)"', short):
        if field in COMPARISON.inputs:
            assert page == ("" if field in names else "calculator/"), field


def test_a_page_elsewhere_says_how_far_the_root_is() -> None:
    """Links of an answer lead from the site's root, wherever the page stands."""
    page = fence.calculator("cost-comparison?d=3", "calculator", "calculator", NOTHING, None, attrs={"root": "../../"})

    assert 'data-root="../../"' in page
    assert 'href="../../reference/' in page
    assert 'href="reference/' not in page
    assert 'href="../reference/' not in page


@pytest.mark.parametrize("query", ["", "must_change=documents&horizon_months=36", "requests_per_month=0"])
def test_the_page_says_what_python_says(query: str) -> None:
    """The answer as served is the answer to the same scenario, letter by letter."""
    body = f"cost-comparison?{query}"
    answer: dict[str, Any] = json.loads(whole(body))
    page = written(body)

    for slot in ("answer", "differs", "robust", "tips", "dial", "ranking", "details", "bar"):
        assert f">{answer['patches'][slot]}<" in page.replace('href="../', 'href="')
    assert f'data-query="{answer["query"].replace("&", "&amp;")}"' in page


def test_presets_have_their_answers_as_files(tmp_path: Path) -> None:
    """Each is what Python replies, whole; a second time nothing is written, and what is no preset any more goes."""
    presets = COMPARISON.presets
    assert write_answers.write(tmp_path) == len(presets)
    gone = tmp_path / "cost-comparison" / "gone.json"
    gone.write_text("{}", encoding="utf-8")

    for preset in presets:
        text = (tmp_path / "cost-comparison" / f"{preset.key}.json").read_text(encoding="utf-8")
        assert whole(f"cost-comparison?{preset.query}") == text
        assert json.loads(text)["parts"] == []
    assert write_answers.write(tmp_path) == 1
    assert not gone.exists()
    assert write_answers.write(tmp_path) == 0


def test_the_teaser_says_what_the_answer_says() -> None:
    """The sentence at the top of the guide is the plan's own: first step, finding out, total, and what changes it."""
    teaser = fence.teaser("cost-comparison?", "calculator-teaser", "calculator-teaser", NOTHING, None)
    comparison = COMPARISON.answer(COMPARISON.decode(""))
    step = comparison.advice.first

    assert plain(short(comparison)) in unescape(re.sub("<[^>]+>", "", teaser))
    for amount in (step.find_out, step.find_out + step.go_live + step.keep):
        assert write_money(amount) in teaser
    assert plain(tips(comparison)[0]) in unescape(re.sub("<[^>]+>", "", teaser))
    assert "<svg" in teaser


@pytest.mark.parametrize("body", ["cost-comparison?horizon_months=never", "cost-comparison?horizont=12", "no-such?"])
@pytest.mark.parametrize("write", [fence.calculator, fence.calculator_short, fence.teaser])
def test_a_mistake_stops_the_build(write: Any, body: str) -> None:  # noqa: ANN401  # either fence
    """Neither a refused value nor a name that means nothing is published."""
    with pytest.raises(SuperFencesException):
        write(body, "calculator", "calculator", NOTHING, None)


@pytest.mark.parametrize("body", ["cost-comparison/no-such", "cost-comparison", "no-such/documents"])
def test_only_a_starting_point_has_a_page(body: str) -> None:
    """A name that is none stops the build, and says which there are."""
    with pytest.raises(SuperFencesException, match=r"documents|no-such"):
        fence.starting_point(body, "starting-point", "starting-point", NOTHING, None)


def drawn(body: str, repository: str = "") -> str:
    """HTML of a fence of records."""
    return fence.records(repository=repository)(body, "records", "records", NOTHING, None)


def test_a_correction_is_reported_where_the_site_knows_its_repository() -> None:
    """Each row leads to a new issue that names the record; nothing of it is left to a placeholder."""
    page = drawn("services", "https://example.org/owner/name/")

    assert 'href="https://example.org/owner/name/issues/new?title=Correction' in page
    assert "{correction" not in page


def test_a_correction_is_explained_where_there_is_no_repository() -> None:
    """The same links lead to the words on how to report, without the text of an issue."""
    page = drawn("services")

    assert f'href="{fence.CORRECTIONS}"' in page
    assert "issues/new" not in page
    assert "{correction" not in page


@pytest.mark.parametrize("body", ["no_such_page", "", "../prices", "prices; services"])
def test_an_unknown_page_of_records_stops_the_build(body: str) -> None:
    """A misspelt name is a mistake, not an empty page."""
    with pytest.raises(SuperFencesException, match="no page of records"):
        drawn(body)


def test_a_day_has_the_bounds_of_its_records(read: _Reader) -> None:
    """A browser offers the days that there are prices of, and shows the one that holds, as a link writes it."""
    for name, item in COMPARISON.inputs.items():
        if isinstance(item.kind, Day):
            control = read.controls[name]
            assert control["type"] == "date"
            assert (control["min"], control["max"]) == (str(item.kind.minimum), str(item.kind.maximum))
            assert control["value"] == item.link(item.default)
