"""The page of sources: where every figure was published, under which licence, and which records rest on it."""

from collections.abc import Mapping
from typing import Any, Final

from calculators.facts import FACTS, FactsError, Source
from calculators.html.pages.datasets import DATASETS, Dataset, dataset, key_of, sources_of
from calculators.html.pages.tables import Column, Part, column, page, report, row_link, table
from calculators.markup import Html, join

SOURCES: Final = dataset(Source)

type Resting = Mapping[str, Mapping[str, tuple[Dataset, Any]]]
"""By source and by address, the records that rest on it."""


def write() -> Html:
    """
    Write the page.

    Raises:
        FactsError: If nothing rests on a source: it would be there for show.
    """
    found = resting()
    if idle := sorted(FACTS.sources.keys() - found.keys()):
        raise FactsError(f"sources.toml: no record rests on {', '.join(idle)}: name it in a record, or take it out")
    return page(
        Part(
            anchor="every-source",
            title="Every source",
            about=(
                "Read on the day named, as a stored copy or inside a dated package: look at a page again before you "
                "quote it. The licence is what the publisher states about the whole; only figures are taken."
            ),
            body=table(
                SOURCES,
                FACTS.sources.values(),
                (
                    Column(title="Source", cell=_title),
                    column(Source, "publisher", "Publisher", sortable=False),
                    column(Source, "published", "Published", sortable=False),
                    column(Source, "accessed", "Read", sortable=False),
                    column(Source, "licence", "Licence", sortable=False),
                    Column(title="Rests on it", cell=lambda source: _rests(found[source.id])),
                    report(SOURCES),
                ),
                title="Every source",
                noun="sources",
                group=("licence", "Licence"),
                blocks=True,
            ),
            kinds=(SOURCES,),
        )
    )


def resting() -> Resting:
    """Return, for each source, the records that rest on it."""
    found: dict[str, dict[str, tuple[Dataset, Any]]] = {}
    for kind in DATASETS:
        for record in kind.read():
            for source in sources_of(record):
                found.setdefault(source, {})[kind.address(key_of(record))] = (kind, record)
    return found


def _title(source: Source) -> Html:
    web = source.url.startswith(("https://", "http://"))
    title = Html('<a href="{url}">{title}</a>') if web else Html("{title} <small>{url}</small>")
    return Html("{}&nbsp;{}").fill(
        title.fill(url=source.url, title=source.title), row_link(SOURCES, source.id, source.title)
    )


def _rests(records: Mapping[str, tuple[Dataset, Any]]) -> Html:
    links = join(
        (
            Html('<a href="{}">{}</a>').fill(address, getattr(record, "name", kind.title))
            for address, (kind, record) in records.items()
        ),
        Html(", "),
    )
    if len(records) <= _FEW:
        return links
    return Html("<details><summary>{} records</summary><p>{}</p></details>").fill(len(records), links)


_FEW: Final = 3
"""How many records are listed at once."""
