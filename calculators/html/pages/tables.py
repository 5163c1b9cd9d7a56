"""
Tables of records: what the reference's pages share.

A column is described once, with the field that it shows: its unit and the value that it sorts by come from there. A
table is complete as written; a script may add buttons to sort it and a field to filter it, and finds all it needs in
attributes.

What writes a cell may return plain text, as numbers are written, or markup: the table escapes what is plain.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from calculators.calendar import say_date
from calculators.facts import FACTS, Embedding, InferencePrice, Reranker, Source
from calculators.html.elements import of_seller, source_link
from calculators.html.pages import link_to_correct
from calculators.html.pages.datasets import Dataset, cell, dataset, key_of, sources_of
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import write_count

NONE: Final = Html("–")
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
        cell: Writes what a record's cell shows.
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
        write: Writes a value that is there; by default as its type asks for.
        sortable: Whether anybody would sort by it.
    """
    described = dataset(record).field(field)
    by_type: dict[str, Callable[[Any], str]] = {"date": day, "boolean": yes_or_no, "number": exact, "integer": whole}
    written = write or by_type.get(described.type, str)

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


def name(kind: Dataset, *, title: str, aside: Callable[[Any], Html] | None = None) -> Column[Any]:
    """
    Describe the column that names a record: its name, the link to its row, and a second line.

    Args:
        kind: The kind of record.
        title: The column's heading.
        aside: Writes the second line.
    """

    def shown(record: Any) -> Html:  # noqa: ANN401 - a record of this kind
        second = Html("<small>{}</small>").fill(aside(record)) if aside else NOTHING
        return Html("{}&nbsp;{}{}").fill(record.name, row_link(kind, key_of(record), record.name), second)

    return Column(title=title, cell=shown, order=lambda record: record.name)


def note() -> Column[Any]:
    """Describe the column of what a reader should know."""
    return Column(title="Note", cell=lambda record: noted(record) or NONE, css="records__note")


def noted(record: Any) -> str:  # noqa: ANN401 - a record of any kind
    """Return what a reader should know of a record, and what was wrong with the one before where it mends that."""
    mends: str = getattr(record, "mends", "")
    return " ".join(filter(None, (record.note, mends and f"Mended: {mends}")))


def row_link(kind: Dataset, key: str, called: str) -> Html:
    """Link to a record's own row, for whoever wants to pass it on."""
    return Html('<a class="row-link" href="#{}" aria-label="Link to {}">#</a>').fill(kind.row_id(key), called)


def kept(kind: Dataset) -> tuple[Column[Any], ...]:
    """
    Describe the columns that close every table: sources, age, and where to report a mistake.

    Args:
        kind: The kind of record.
    """
    sources = Column[Any](title="Sources", cell=lambda record: _told_by(record) or NONE, css="records__sources")
    if not kind.old_after:
        return sources, report(kind)
    return sources, Column(
        title="Seen" if kind.seen_on != "checked" else "Checked",
        cell=lambda record: _with_report(age(kind, record), kind, record),
        order=kind.age,
        css="records__age",
    )


def decided(kind: Dataset) -> Column[Any]:
    """Describe the column that closes a table of what nobody published: since when it holds, and where to object."""
    return Column(
        title="Decided",
        cell=lambda record: _with_report(day(record.decided), kind, record),
        css="records__day",
    )


def report(kind: Dataset) -> Column[Any]:
    """Describe the column with the links by which a reader reports a mistake, where records do not age."""
    return Column(title="Mistake?", cell=lambda record: _correct(kind, record), css="records__correct")


def _with_report(dated: Html, kind: Dataset, record: Any) -> Html:  # noqa: ANN401 - a record of this kind
    return Html("{}<small>{}</small>").fill(dated, _correct(kind, record))


def _correct(kind: Dataset, record: Any) -> Html:  # noqa: ANN401 - a record of this kind
    called: str = record.title if isinstance(record, Source) else record.name
    return link_to_correct(kind.noun, key_of(record), called)


def _told_by(record: Any) -> Html:  # noqa: ANN401 - a record of any kind
    """Link to a record's sources, after the name of who set its price where it is none of them."""
    ids = sources_of(record)
    seller = record.provider if isinstance(record, InferencePrice | Embedding | Reranker) else ""
    return of_seller(seller, ids, links_to_sources(ids))


def links_to_sources(ids: Iterable[str]) -> Html:
    """Link to each of some sources, under its publisher's name; several of one publisher are numbered."""
    named: dict[str, list[str]] = {}
    for each in ids:
        named.setdefault(FACTS.sources[each].publisher, []).append(each)
    return join(
        (source_link(keys[0]) if len(keys) == 1 else _numbered(publisher, keys) for publisher, keys in named.items()),
        Html(", "),
    )


def _numbered(publisher: str, keys: Sequence[str]) -> Html:
    links = join((_number_link(number, FACTS.sources[key]) for number, key in enumerate(keys, start=1)), Html(" "))
    return Html("{} {}").fill(publisher, links)


def _number_link(number: int, source: Source) -> Html:
    if not source.url.startswith(("https://", "http://")):
        return text(str(number))
    return Html('<a href="{url}" title="{title}" aria-label="{number}: {title}">{number}</a>').fill(
        url=source.url, title=f"{source.title}, {source.publisher}", number=number
    )


def age(kind: Dataset, record: Any) -> Html:  # noqa: ANN401 - a record of this kind
    """Say how old a record's figures are, and whether that is too old."""
    days = kind.age(record)
    if days is None:
        return NONE
    seen: date = getattr(record, kind.seen_on)
    said = Html('<time datetime="{}" title="{}">{}</time>').fill(seen.isoformat(), say_date(seen), _days(days))
    return Html('<span class="stale">stale</span> {}').fill(said) if kind.is_old(record) else said


def _days(number: int) -> str:
    return write_count(number, "day") if number else "today"


def day(value: date) -> Html:
    """Write a date, for people and for programs."""
    return Html('<time datetime="{}">{}</time>').fill(value.isoformat(), say_date(value))


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


_TABLE: Final = Html(
    '<table class="records__table {css}"{label} data-records data-search-exclude{filters}>'
    "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
)
_SCROLLED: Final = Html('<div class="scroll-box" tabindex="0" role="region"{}>{}</div>')


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
) -> Html:
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
    filters = NOTHING
    if noun:
        by = Html(' data-group="{}"').fill(group[1]) if group else NOTHING
        filters = Html(' data-filter="{}"{}').fill(noun, by)
    rows = []
    for record in records:
        identity = row_id(record) if row_id else kind.row_id(key_of(record)) if kind.anchor else ""
        chosen = Html(' data-group="{}"').fill(str(getattr(record, group[0]))) if noun and group else NOTHING
        attributes = (Html(' id="{}"').fill(identity) if identity else NOTHING) + chosen
        rows.append(_row(record, columns, attributes, blocks=blocks))
    label = Html(' aria-label="{}"').fill(title)
    written = _TABLE.fill(
        css="stacks" if blocks else "data-table",
        label=label if blocks else NOTHING,
        filters=filters,
        head=join(_heading(each, unit) for each in columns),
        rows=join(rows),
    )
    return written if blocks else _SCROLLED.fill(label, written)


def _row[R](record: R, columns: Sequence[Column[R]], attributes: Html, *, blocks: bool) -> Html:
    first, *others = columns
    cells = join(_cell(each, record, blocks=blocks) for each in others)
    return Html('<tr{}><th scope="row">{}</th>{}</tr>').fill(attributes, first.cell(record), cells)


def _heading(column: Column[Any], unit: str) -> Html:
    told = NOTHING
    if column.unit not in {"", unit, column.title.lower()}:
        told = Html('<span class="unit">{}</span>').fill(column.unit)
    order = Html(" data-sort") if column.order else NOTHING
    return Html('<th scope="col"{}{}>{}{}</th>').fill(_css(column), order, column.title, told)


def _cell(column: Column[Any], record: object, *, blocks: bool) -> Html:
    label = Html(' data-label="{}"').fill(column.title) if blocks else NOTHING
    value = Html(' data-value="{}"').fill(cell(column.order(record))) if column.order else NOTHING
    # Beside its label, where the row is a block, a cell is one thing.
    template = Html("<td{}{}{}><div>{}</div></td>") if blocks else Html("<td{}{}{}>{}</td>")
    return template.fill(_css(column), label, value, column.cell(record))


def _css(column: Column[Any]) -> Html:
    names = " ".join(filter(None, ("figure-cell" if column.figure else "", column.css)))
    return Html(' class="{}"').fill(names) if names else NOTHING


def plain_table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> Html:
    """
    Write a table that shows no records: its first column names the row, and where the page is narrow a row is a block.

    Args:
        title: What a screen reader calls it.
        head: The columns' headings.
        rows: The cells of each row.
    """
    columns = tuple(head)
    cell = Html('<td data-label="{}">{}</td>')
    body = join(
        Html('<tr><th scope="row">{}</th>{}</tr>').fill(
            first, join(cell.fill(column, each) for column, each in zip(columns[1:], rest, strict=True))
        )
        for first, *rest in rows
    )
    heads = join(Html('<th scope="col">{}</th>').fill(column) for column in columns)
    return Html('<table class="stacks" aria-label="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').fill(
        title, heads, body
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    A part of a page: a heading, and what stands under it.

    Attributes:
        anchor: Id of its heading.
        title: Its heading.
        about: What to know before the table; empty where there is nothing.
        body: Its tables, and whatever else stands in it.
        kinds: Kinds of record that it shows, offered as files.
    """

    anchor: str
    title: str
    about: str = ""
    body: Html
    kinds: tuple[Dataset, ...] = ()

    @property
    def html(self) -> Html:
        """The part as it is shown."""
        about = Html("<p>{}</p>").fill(self.about) if self.about else NOTHING
        return Html('<h2 id="{}">{}</h2>{}{}{}').fill(self.anchor, self.title, about, downloads(*self.kinds), self.body)


_DOWNLOAD: Final = Html(
    '<a href="{files}{name}.csv" aria-label="{title} as CSV" download>CSV</a> · '
    '<a href="{files}{name}.json" aria-label="{title} as JSON" download>JSON</a>'
)


def downloads(*kinds: Dataset) -> Html:
    """Link to the files of some kinds of record."""
    if not kinds:
        return NOTHING
    links = [_DOWNLOAD.fill(files=FILES, name=kind.name, title=kind.title) for kind in kinds]
    if len(kinds) > 1:
        links = [Html("{} {}").fill(kind.title, link) for kind, link in zip(kinds, links, strict=True)]
    return Html('<p class="records__files">Download: {}</p>').fill(join(links, Html("; ")))


_PAGE: Final = Html(
    '<div class="records"><nav class="records__index" aria-label="On this page"><ul>{items}</ul></nav>{parts}'
    '<p class="records__licence">Every record of every kind, those of the past included, as a data package: '
    '<a href="{files}datapackage.json" download>datapackage.json</a>. Our compilation is free to use under '
    '<a href="{address}" rel="license">{licence}</a>; <a href="{files}CITATION.txt">how to cite it</a> and '
    '<a href="{files}NOTICES.txt">the notices of what it is drawn from</a>.</p></div>'
)


def page(*parts: Part) -> Html:
    """Write a page of records: what is on it, its parts, and the licence."""
    licence, address = LICENCE
    return _PAGE.fill(
        items=join(Html('<li><a href="#{}">{}</a></li>').fill(each.anchor, each.title) for each in parts),
        parts=join(each.html for each in parts),
        files=FILES,
        licence=licence,
        address=address,
    )
