"""
Tables of records: what the reference's pages share.

A column is described once, with the field that it shows: its unit and the value that it sorts by come from there. A table
is complete as written; a script may add buttons to sort it and a field to filter it, and finds all it needs in
attributes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from calculators.facts import FACTS, Source, say_date
from calculators.html.elements import source_link
from calculators.html.pages import link_to_correct
from calculators.html.pages.datasets import Dataset, cell, dataset, key_of, sources_of
from calculators.markup import text
from calculators.quantity import write_count

NONE: Final = "–"
"""What stands where a record says nothing."""

LICENCE: Final = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""Terms of the compilation: what they are called, and where they stand."""

FILES: Final = "../../data/"
"""Where the files to download stand, from a page of the reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column[R]:
    """
    One column of a table.

    Attributes:
        title: Its heading.
        cell: Writes the HTML of a record's cell.
        unit: Its unit, told under the heading unless the whole table has it.
        order: Returns what a record is sorted by; `None` for a column that nobody sorts by.
        figure: Whether it holds figures, which stand at the right.
        css: Class of its cells, if they need one.
    """

    title: str
    cell: Callable[[R], str]
    unit: str = ""
    order: Callable[[R], object] | None = None
    figure: bool = False
    css: str = ""


def column(
    record: type, field: str, title: str, *, write: Callable[[Any], str] | None = None, sortable: bool = True
) -> Column[Any]:
    """
    Describe the column of one field of a kind of record.

    Args:
        record: The class of the records.
        field: The field's name.
        title: The column's heading.
        write: Writes the HTML of a value that is there; by default as its type asks for.
        sortable: Whether anybody would sort by it.
    """
    described = dataset(record).field(field)
    by_type: dict[str, Callable[[Any], str]] = {"date": day, "boolean": yes_or_no, "number": exact, "integer": whole}
    written = write or by_type.get(described.type, text)

    def shown(each: Any) -> str:  # noqa: ANN401 - a record of this kind
        value = getattr(each, field)
        return NONE if value in (None, "") else written(value)

    return Column(
        title=title,
        cell=shown,
        unit=described.unit,
        order=(lambda each: getattr(each, field)) if sortable else None,
        figure=described.type in {"number", "integer"},
        css="records__day" if described.type == "date" else "",
    )


def name(kind: Dataset, *, title: str, aside: Callable[[Any], str] | None = None) -> Column[Any]:
    """
    Describe the column that names a record: its name, the link to its row, and a second line.

    Args:
        kind: The kind of record.
        title: The column's heading.
        aside: Writes the HTML of the second line.
    """

    def shown(record: Any) -> str:  # noqa: ANN401 - a record of this kind
        link = row_link(kind, key_of(record), record.name)
        second = aside(record) if aside else ""
        return f"{text(record.name)}&nbsp;{link}" + (f"<small>{second}</small>" if second else "")

    return Column(title=title, cell=shown, order=lambda record: record.name)


def note() -> Column[Any]:
    """Describe the column of what a reader should know."""
    return Column(title="Note", cell=lambda record: text(record.note) or NONE, css="records__note")


def row_link(kind: Dataset, key: str, called: str) -> str:
    """Link to a record's own row, for whoever wants to pass it on."""
    return f'<a class="row-link" href="#{text(kind.row_id(key))}" aria-label="Link to {text(called)}">#</a>'


def kept(kind: Dataset) -> tuple[Column[Any], ...]:
    """
    Describe the columns that close every table: sources, age, and where to report a mistake.

    Args:
        kind: The kind of record.
    """
    sources = Column[Any](
        title="Sources", cell=lambda record: links_to_sources(sources_of(record)) or NONE, css="records__sources"
    )
    if not kind.old_after:
        return sources, report(kind)
    return sources, Column(
        title="Seen" if kind.seen_on != "checked" else "Checked",
        cell=lambda record: f"{age(kind, record)}<small>{_correct(kind, record)}</small>",
        order=kind.age,
        css="records__age",
    )


def decided(kind: Dataset) -> Column[Any]:
    """Describe the column that closes a table of what nobody published: since when it holds, and where to object."""
    return Column(
        title="Decided",
        cell=lambda record: f"{day(record.decided)}<small>{_correct(kind, record)}</small>",
        css="records__day",
    )


def report(kind: Dataset) -> Column[Any]:
    """Describe the column with the links by which a reader reports a mistake, where records do not age."""
    return Column(title="Mistake?", cell=lambda record: _correct(kind, record), css="records__correct")


def _correct(kind: Dataset, record: Any) -> str:  # noqa: ANN401 - a record of this kind
    called: str = record.title if isinstance(record, Source) else record.name
    return link_to_correct(kind.noun, key_of(record), called)


def links_to_sources(ids: Iterable[str]) -> str:
    """Link to each of some sources, under its publisher's name; several of one publisher are numbered."""
    named: dict[str, list[str]] = {}
    for each in ids:
        named.setdefault(FACTS.sources[each].publisher, []).append(each)
    return ", ".join(
        source_link(keys[0]) if len(keys) == 1 else _numbered(publisher, keys) for publisher, keys in named.items()
    )


def _numbered(publisher: str, keys: Sequence[str]) -> str:
    links = []
    for number, key in enumerate(keys, start=1):
        source = FACTS.sources[key]
        title = text(f"{source.title}, {source.publisher}")
        web = source.url.startswith(("https://", "http://"))
        links.append(
            f'<a href="{text(source.url)}" title="{title}" aria-label="{number}: {title}">{number}</a>'
            if web
            else str(number)
        )
    return f"{text(publisher)} {' '.join(links)}"


def age(kind: Dataset, record: Any) -> str:  # noqa: ANN401 - a record of this kind
    """Say how old a record's figures are, and whether that is too old."""
    days = kind.age(record)
    if days is None:
        return NONE
    seen: date = getattr(record, kind.seen_on)
    said = f'<time datetime="{seen.isoformat()}" title="{say_date(seen)}">{_days(days)}</time>'
    return f'<span class="stale">stale</span> {said}' if kind.is_old(record) else said


def _days(number: int) -> str:
    return write_count(number, "day") if number else "today"


def day(value: date) -> str:
    """Write a date, for people and for programs."""
    return f'<time datetime="{value.isoformat()}">{say_date(value)}</time>'


def yes_or_no(value: bool) -> str:
    """Write a truth value."""
    return "yes" if value else "no"


def exact(value: float) -> str:
    """
    Write a number exactly, with cents at least where it is not whole.

    >>> exact(2.5), exact(0.075), exact(10.0), exact(1_250.0), exact(1.408e-05)
    ('2.50', '0.075', '10.00', '1,250.00', '1.408e-05')
    """
    cents = f"{value:,.2f}"
    return cents if float(cents.replace(",", "")) == value else f"{value!r}"


def whole(value: float) -> str:
    """
    Write a number that counts something.

    >>> whole(1_050_000), whole(0.5)
    ('1,050,000', '0.5')
    """
    return f"{value:,.12g}"


def table[R](
    kind: Dataset,
    records: Iterable[R],
    columns: Sequence[Column[R]],
    *,
    title: str,
    unit: str = "",
    noun: str = "",
    group: tuple[str, str] | None = None,
    blocks: bool = False,
    row_id: Callable[[R], str] | None = None,
) -> str:
    """
    Write a table with a row for each record.

    Args:
        kind: The kind of record.
        records: The records, in the order of the rows.
        columns: The columns; the first one names the row.
        title: What a screen reader calls the table.
        unit: Unit of every figure whose column says none other.
        noun: What the rows are, in the plural; with it the table can be filtered.
        group: Field that rows are chosen by, and what a reader calls it; for a table that can be filtered.
        blocks: Whether the rows become blocks where the page is narrow: for cells of words. Otherwise the table scrolls
            in a box, its first column in place: for figures to compare.
        row_id: Returns the id of a record's row, or nothing; by default the one that links to a record lead to.
    """
    rows = []
    for record in records:
        first, *others = columns
        chosen = f' data-group="{text(str(getattr(record, group[0])))}"' if noun and group else ""
        cells = "".join(_cell(each, record, blocks=blocks) for each in others)
        identity = row_id(record) if row_id else kind.row_id(key_of(record)) if kind.anchor else ""
        row = f' id="{text(identity)}"' if identity else ""
        rows.append(f'<tr{row}{chosen}><th scope="row">{first.cell(record)}</th>{cells}</tr>')
    filters = ""
    if noun:
        by = f' data-group="{text(group[1])}"' if group else ""
        filters = f' data-filter="{text(noun)}"{by}'
    head = "".join(_heading(each, unit) for each in columns)
    label = f' aria-label="{text(title)}"'
    css = "stacks" if blocks else "data-table"
    written = (
        f'<table class="records__table {css}"{label if blocks else ""} data-records{filters}><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    return written if blocks else f'<div class="scroll-box" tabindex="0" role="region"{label}>{written}</div>'


def _heading(column: Column[Any], unit: str) -> str:
    order = " data-sort" if column.order else ""
    told = (
        f'<span class="unit">{text(column.unit)}</span>' if column.unit not in {"", unit, column.title.lower()} else ""
    )
    return f'<th scope="col"{_css(column)}{order}>{text(column.title)}{told}</th>'


def _cell(column: Column[Any], record: object, *, blocks: bool) -> str:
    label = f' data-label="{text(column.title)}"' if blocks else ""
    value = f' data-value="{text(cell(column.order(record)))}"' if column.order else ""
    # Beside its label, where the row is a block, a cell is one thing.
    content = f"<div>{column.cell(record)}</div>" if blocks else column.cell(record)
    return f"<td{_css(column)}{label}{value}>{content}</td>"


def _css(column: Column[Any]) -> str:
    names = " ".join(filter(None, ("figure-cell" if column.figure else "", column.css)))
    return f' class="{names}"' if names else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    A part of a page: a heading, and what stands under it.

    Attributes:
        anchor: Id of its heading.
        title: Its heading.
        about: HTML of what to know before the table; empty where there is nothing.
        body: Its tables, and whatever else stands in it, as HTML.
        kinds: Kinds of record that it shows, offered as files.
    """

    anchor: str
    title: str
    about: str = ""
    body: str
    kinds: tuple[Dataset, ...] = ()

    @property
    def html(self) -> str:
        """The part as HTML."""
        said = f"<p>{self.about}</p>" if self.about else ""
        return f'<h2 id="{self.anchor}">{text(self.title)}</h2>{said}{downloads(*self.kinds)}{self.body}'


def downloads(*kinds: Dataset) -> str:
    """Link to the files of some kinds of record."""
    if not kinds:
        return ""
    named = len(kinds) > 1
    each = "; ".join(
        f"{f'{text(kind.title)} ' if named else ''}"
        f'<a href="{FILES}{kind.name}.csv" aria-label="{text(kind.title)} as CSV" download>CSV</a> · '
        f'<a href="{FILES}{kind.name}.json" aria-label="{text(kind.title)} as JSON" download>JSON</a>'
        for kind in kinds
    )
    return f'<p class="records__files">Download: {each}</p>'


def page(*parts: Part) -> str:
    """Write a page of records: what is on it, its parts, and the licence."""
    items = "".join(f'<li><a href="#{each.anchor}">{text(each.title)}</a></li>' for each in parts)
    licence, address = LICENCE
    return (
        f'<div class="records"><nav class="records__index" aria-label="On this page"><ul>{items}</ul></nav>'
        f"{''.join(each.html for each in parts)}"
        '<p class="records__licence">Every record of every kind, those of the past included, as a data package: '
        f'<a href="{FILES}datapackage.json" download>datapackage.json</a>. Our compilation is free to use under '
        f'<a href="{address}" rel="license">{licence}</a>; <a href="{FILES}CITATION.txt">how to cite it</a> and '
        f'<a href="{FILES}NOTICES.txt">the notices of what it is drawn from</a>.</p></div>'
    )
