"""The reference pages and the files to download hold every record, as the records say it, with source and date."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

import write_dataset
from calculators import facts
from calculators.calendar import say_date
from calculators.facts import FACTS, FactsError, InferencePrice, Source
from calculators.facts.background import Measurement, background
from calculators.html.pages import page as page_of_records
from calculators.html.pages import prices, sources, tables
from calculators.html.pages.datasets import DATASETS, Dataset, cell, dataset, key_of, sources_of
from calculators.html.pages.fields import Field
from tests.site.pages import SITE, gzipped, pages

REFERENCE = SITE / "reference"
DATA = SITE / "data"
SHOWN = [kind for kind in DATASETS if kind.anchor]
MOST_BYTES_OF_PRICES = 150_000

NAMES = {
    "prices": "prices",
    "bills": "bills",
    "fine-tuning-services": "services",
    "gpus": "gpus",
    "throughput": "throughput",
    "training-memory": "training_memory",
    "assumptions": "assumptions",
    "chances": "chances",
    "sources": "sources",
}
"""The pages drawn from records: their address, and the module that writes each."""

each_kind = pytest.mark.parametrize("kind", DATASETS, ids=lambda kind: kind.name)
each_kind_shown = pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.name)

# Attributes stand in any order: a plug-in of the site builder writes each page anew.
ROW = re.compile(r'<tr(?=[^>]*\sid="(?P<id>[^"]+)")[^>]*>(?P<html>.*?)</tr>', re.DOTALL)


@cache
def html_of(kind: Dataset) -> str:
    """The built page that shows a kind of record, its text as a reader sees it."""
    return unescape((REFERENCE / kind.page.removeprefix("../") / "index.html").read_text(encoding="utf-8"))


def rows(html: str) -> dict[str, str]:
    """The rows of a page that have an address, by their id."""
    return {match["id"]: match["html"] for match in ROW.finditer(html)}


def newest(kind: Dataset) -> Iterator[Any]:
    """One record for each key of a kind: the one that its row shows."""
    by_key = {key_of(record): record for record in kind.read()}
    if kind.record in (Source, Measurement):
        return iter(by_key.values())
    ledgers = [*vars(FACTS).values(), *vars(background()).values()]
    [ledger] = [
        each
        for each in ledgers
        if isinstance(each, facts.Ledger)
        and by_key.keys() == set(each)
        and isinstance(each[next(iter(each))], kind.record)
    ]
    return iter(ledger.values())


# The pages.


@pytest.mark.parametrize("name", NAMES)
def test_the_page_was_drawn(site: Path, name: str) -> None:
    """A fence that failed would have left its own text behind."""
    html = (site / "reference" / name / "index.html").read_text(encoding="utf-8")

    assert '<div class="records">' in html
    assert f"records\n{NAMES[name]}" not in html


@each_kind_shown
def test_every_record_has_a_row_with_name_source_and_date(kind: Dataset) -> None:
    """Nobody has to take a figure on trust: its row says what it is, who published it, and when somebody looked."""
    found = rows(html_of(kind))
    wanting = []
    for record in newest(kind):
        row = found.get(kind.row_id(key_of(record)), "")
        named = record.title if isinstance(record, Source) else record.name
        seen: date = next(
            getattr(record, field) for field in (kind.seen_on, "decided", "accessed") if hasattr(record, field)
        )
        wanted = [named]
        # What never ages was read once; its day stands in the files.
        wanted += [f'datetime="{seen.isoformat()}"'] * bool(kind.old_after or not hasattr(record, "checked"))
        for source in map(FACTS.sources.__getitem__, sources_of(record)):
            wanted.append(source.url if source.url.startswith("http") else source.publisher)
        wanting += [f"{key_of(record)}: {each}" for each in wanted if each not in row]

    assert found
    assert [] == wanting


@each_kind_shown
def test_no_row_lacks_its_own_link_and_a_way_to_correct_it(kind: Dataset) -> None:
    """A row can be passed on, and what is wrong in it can be reported."""
    found = {name: html for name, html in rows(html_of(kind)).items() if name.startswith(f"{kind.anchor}-")}
    lacking = [name for name, html in found.items() if f'href="#{name}"' not in html or 'class="correct"' not in html]

    assert found
    assert [] == lacking


def test_every_price_there_ever_was_is_on_the_prices_page() -> None:
    """The history of a model opens whole: each record with its day, its figures and its sources."""
    html = html_of(dataset(InferencePrice))
    wanting = []
    for key in FACTS.inference:
        _, _, rest = html.partition(f'id="history-{key}"')
        records = FACTS.inference.history(key)
        lines = rest.split("</tr>")[: len(records)]
        for record, line in zip(records, lines, strict=True):
            said = [f'datetime="{record.valid_from.isoformat()}"', record.name]
            said += [f">{tables.exact(each)}</td>" for each in (record.input, record.output)]
            said += [FACTS.sources[each].publisher for each in record.sources]
            wanting += [f"{key} from {record.valid_from}: {each}" for each in said if each not in line]

    assert [] == wanting


def test_models_no_longer_sold_stand_apart() -> None:
    """Nobody takes the price of a model that is gone for one that can be paid."""
    html = html_of(dataset(InferencePrice))
    sold, _, gone = html.partition('<h2 id="retired">')
    expected = {key for key, price in FACTS.inference.items() if prices.retired(price)}

    assert {f"price-{key}" for key in expected} == {name for name in rows(gone) if name.startswith("price-")}
    assert not {f"price-{key}" for key in expected} & rows(sold).keys()


def test_what_is_about_to_change_is_said() -> None:
    """An announced price stands in the row, with its day, and so does a retirement."""
    found = rows(html_of(dataset(InferencePrice)))
    changing = {key: later for key, price in FACTS.inference.items() if (later := prices.coming(price))}
    retiring = {key: price.retires for key, price in FACTS.inference.items() if price.retires}

    assert "gemini-4-argon" in changing
    for key, later in changing.items():
        row = found[f"price-{key}"]
        assert say_date(later.valid_from) in row, key
        assert f"→ {tables.exact(later.input)}" in row, key
        assert f"→ {tables.exact(later.output)}" in row, key
    for key, day in retiring.items():
        assert say_date(day) in found[f"price-{key}"], key


def test_a_price_that_will_not_last_is_marked_in_words() -> None:
    """An introductory price, a preview and a mean over the day are no standing prices, and say so."""
    found = rows(html_of(dataset(InferencePrice)))
    marked = {key: prices.RATES[price.rate] for key, price in FACTS.inference.items() if price.rate != "standard"}

    assert set(prices.RATES) == set(facts.RATES)
    assert [] == [key for key, words in marked.items() if f">{words}</b>" not in found[f"price-{key}"]]


def test_where_packages_differ_the_reason_is_given() -> None:
    """Every disagreement is listed with both figures and the reason, and the packages with their versions."""
    html = html_of(dataset(InferencePrice))
    found = background().disagreements

    assert found
    for each in found:
        assert each.reason in html, each.key
    for package, version in FACTS.packages.items():
        assert f"<li>{package} {version}</li>" in html


def test_the_prices_page_is_light() -> None:
    """All of it, history included, costs a phone less than a picture would."""
    assert gzipped(REFERENCE / "prices" / "index.html") < MOST_BYTES_OF_PRICES


def test_every_page_is_found_from_the_reference() -> None:
    """The reference lists its pages, and says how to report a mistake."""
    index = pages()[REFERENCE / "index.html"]
    linked = {link.get("href", "") for link in index.of("a")}

    assert {f"{name}/" for name in (*NAMES, "terms", "proof", "evidence")} <= linked
    assert "corrections" in index.ids


# Age.


def ruled(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """Have every figure count as old after some days."""
    monkeypatch.setattr(facts.Facts, "rule", lambda _self, _key: days)


@pytest.mark.parametrize("name", [name for name in NAMES.values() if name not in ("sources", "chances")])
def test_a_figure_older_than_its_rule_is_marked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """With the rule below every age all are marked in a word; with the rule above every age none is."""
    kinds = [kind for kind in SHOWN if kind.old_after and f'id="{kind.anchor}-' in page_of_records(name).write()]
    aged = sum(1 for kind in kinds for _ in newest(kind))

    ruled(monkeypatch, -1)
    assert page_of_records(name).write().count('<span class="stale">stale</span>') >= aged > 0
    ruled(monkeypatch, 10_000)
    assert "stale</span>" not in page_of_records(name).write()


def test_a_figure_is_old_from_the_day_after_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the last day it still counts as fresh."""
    kind = dataset(InferencePrice)
    record = next(iter(FACTS.inference.values()))
    age = kind.age(record)
    assert age is not None

    ruled(monkeypatch, age)
    assert not kind.is_old(record)
    ruled(monkeypatch, age - 1)
    assert kind.is_old(record)


# Sources.


def test_a_source_that_nothing_rests_on_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source for show stops the build, with its id and the cure."""
    idle = replace(next(iter(FACTS.sources.values())), id="idle")
    monkeypatch.setattr(sources, "FACTS", replace(FACTS, sources={**FACTS.sources, "idle": idle}))

    with pytest.raises(FactsError, match=r"\bidle\b.*: name it in a record, or take it out"):
        sources.write()


def test_a_source_lists_what_rests_on_it() -> None:
    """Each record is linked from every source that it names, and from no other."""
    found = rows(html_of(dataset(Source)))
    wrong = []
    for source in FACTS.sources:
        row = found[f"source-{source}"]
        for kind in SHOWN:
            for record in kind.read():
                linked = f'href="{kind.address(key_of(record))}"' in row
                named = any(source in sources_of(each) for each in kind.read() if key_of(each) == key_of(record))
                if linked != named:
                    wrong.append(f"{source}: {kind.address(key_of(record))}")

    assert [] == wrong


# Files.


TRUTH: Final = {"true": True, "false": False}


def _row(text: str) -> tuple[float | bool, ...]:
    """Read the numbers within one value of a list."""
    return tuple(TRUTH[part] if part in TRUTH else float(part) for part in text.split("/"))


def back(text: str, field: Field) -> object:
    """Read a cell of a CSV file as its field's type says."""
    if field.many:
        return tuple(_row(each) if "/" in each and each[0].isdigit() else each for each in text.split())
    if text == "":
        return None if field.type != "string" else ""
    read: dict[str, Callable[[str], object]] = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": TRUTH.__getitem__,
        "date": date.fromisoformat,
    }
    return read[field.type](text)


def alike(read: object, kept: object) -> bool:
    """Whether a value read from a CSV file is the one that a record holds."""
    if isinstance(kept, tuple) and kept and isinstance(kept[0], int | float):
        return read == tuple(cell(each) for each in kept)
    return read == kept or (read == "" and kept is None)


@each_kind
def test_a_csv_file_holds_every_record_exactly(kind: Dataset) -> None:
    """Read back, each line is the record it was written from: no figure rounded, no date lost, none left out."""
    with (DATA / f"{kind.name}.csv").open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    records = list(kind.read())
    different = [
        f"line {number}, {field.name}: {text!r} is not {getattr(record, field.name)!r}"
        for number, (line, record) in enumerate(zip(lines, records, strict=True), start=2)
        for text, field in zip(line, kind.fields, strict=True)
        if not alike(back(text, field), getattr(record, field.name))
    ]

    assert [field.name for field in kind.fields] == head
    assert records
    assert [] == different


@each_kind
def test_a_json_file_holds_every_record_exactly(kind: Dataset) -> None:
    """The same values, as JSON has them; what is not stated is left out."""

    def plain(value: object) -> object:
        if isinstance(value, tuple):
            return [plain(each) for each in value]
        return value.isoformat() if isinstance(value, date) else value

    found = json.loads((DATA / f"{kind.name}.json").read_text(encoding="utf-8"))
    expected = [{name: plain(value) for name, value in row.items() if value is not None} for row in kind.rows]

    assert expected == found


def described() -> dict[str, Any]:
    """The data package's description."""
    found: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return found


def test_the_package_describes_the_files_that_are_there() -> None:
    """Each file with its fields in order, its size and its hash; and no other file."""
    resources = described()["resources"]

    assert [kind.name for kind in DATASETS] == [resource["name"] for resource in resources]
    for resource in resources:
        content = (DATA / resource["path"]).read_bytes()
        head = next(csv.reader(content.decode().splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == head
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert {f"{kind.name}.{ending}" for kind in DATASETS for ending in ("csv", "json")} | {
        "datapackage.json",
        "CITATION.txt",
        "NOTICES.txt",
    } == {path.name for path in DATA.iterdir()}


def test_the_package_says_what_each_field_means_and_in_which_unit() -> None:
    """No field is left to be guessed at, and no Python shows through."""
    fields = [field for resource in described()["resources"] for field in resource["schema"]["fields"]]
    prices_of_models = {field["name"]: field for field in described()["resources"][0]["schema"]["fields"]}

    assert [] == [field["name"] for field in fields if len(field["description"]) < len("Its note.")]
    assert [] == [field["name"] for field in fields if "`" in field["description"]]
    assert prices_of_models["cache_write"]["unit"] == "US dollars per million tokens"
    assert "introductory" in prices_of_models["rate"]["description"]


def test_the_package_can_be_cited_and_says_its_licence() -> None:
    """Version, licence and sources are told, and the notices of the packages are kept."""
    package, citation = described(), (DATA / "CITATION.txt").read_text(encoding="utf-8")
    notices = (DATA / "NOTICES.txt").read_text(encoding="utf-8")

    assert package["version"] == FACTS.edited.isoformat()
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert len(package["sources"]) == len(FACTS.sources)
    assert FACTS.edited.isoformat() in citation
    assert "CC BY 4.0" in citation
    for package_name, version in FACTS.packages.items():
        assert f"{package_name} {version}" in notices


@each_kind_shown
def test_the_files_are_offered_where_the_records_stand(kind: Dataset) -> None:
    """Each page links to the files of its records."""
    html = html_of(kind)

    assert f'href="../../data/{kind.name}.csv"' in html
    assert f'href="../../data/{kind.name}.json"' in html


def test_files_that_are_the_same_are_left_alone(tmp_path: Path) -> None:
    """Written twice nothing changes, what was tampered with is mended, and what does not belong is taken out."""
    everything = write_dataset.write(tmp_path)
    (tmp_path / "wages.csv").write_text("key\n", encoding="utf-8")
    (tmp_path / "stray.csv").write_text("", encoding="utf-8")

    assert len(list(tmp_path.iterdir())) == everything + 1
    assert write_dataset.write(tmp_path) == 1
    assert not (tmp_path / "stray.csv").exists()
    assert write_dataset.write(tmp_path) == 0


# How a table is described.


def test_a_column_of_a_field_that_is_not_there_is_refused() -> None:
    """A renamed field cannot leave an empty column behind."""
    with pytest.raises(KeyError):
        tables.column(InferencePrice, "price_of_input", "Input")


def test_a_column_takes_unit_and_order_from_its_field() -> None:
    """What a column says and sorts by is the record's own."""
    column = tables.column(InferencePrice, "cached_input", "Cached")
    kept: Iterable[InferencePrice] = FACTS.inference.values()
    with_cache = next(price for price in kept if price.cached_input is not None)
    without = replace(with_cache, cached_input=None, cache_write=None)

    assert column.order is not None
    assert (column.unit, column.order(with_cache)) == ("US dollars per million tokens", with_cache.cached_input)
    assert (column.cell(without), column.order(without)) == (tables.NONE, None)


def test_what_a_record_says_is_no_markup() -> None:
    """Marks of HTML and of templates in a name, a note or a heading are shown as they were written."""
    kind = dataset(InferencePrice)
    price = replace(next(iter(FACTS.inference.values())), name="<i>{0}&", note='a < "b"')
    html = tables.table(kind, [price], (tables.name(kind, title="<u>"), tables.note()), title='"A"', noun="<s>")

    assert '<th scope="row">&lt;i&gt;{0}&amp;&nbsp;<a class="row-link"' in html
    assert "a &lt; &quot;b&quot;</td>" in html
    assert 'aria-label="&quot;A&quot;"' in html
    assert not {"<i>", "<u>", "<s>"} & set(re.findall(r"<\w>", html))
