"""Who sells fine-tuning: to whom, until when, what can be tuned there, and when what was tuned stops answering."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from calculators.calendar import say_date
from calculators.facts import FACTS, SOLD_TO, Availability
from calculators.html.elements import source_links
from calculators.html.pages.datasets import dataset
from calculators.markup import NOTHING, Html, join

PLAIN: Final = "Sold to everybody."
"""What a record says that has no more to say than its column does."""

NO_END: Final = "no end announced"
NO_DAY: Final = "no day on record"
_NOTHING: Final = (NO_END, NO_DAY)
"""What a phone leaves out, because the line under the table says it once."""

_COLUMNS: Final = ("Sold to", "Until", "What can be tuned", "Tuned models stop", "Source")


class Status(NamedTuple):
    """
    Where one offer stands today.

    Attributes:
        key: Its key.
        now: The record in force.
        seller: Who sells it, or the offer's own name where one sells several.
        since: First day on which it was sold to those who can buy it now, where that was a change; nothing where it is
            only the day from which we know it.
        happened: What happened from that day on, in sentences.
        ahead: Changes announced to who can buy it, in order of time.
        stops: Days on which models tuned there stop answering, each with the names of their bases.
    """

    key: str
    now: Availability
    seller: str
    since: date | None
    happened: tuple[str, ...]
    ahead: tuple[Availability, ...]
    stops: tuple[tuple[date, tuple[str, ...]], ...]


def statuses() -> list[Status]:
    """Where every offer stands: what anyone can buy first, what nobody can buy last, and that by when it ended."""
    found = [_status(key) for key in FACTS.availability]

    def place(status: Status) -> tuple[int, int, str]:
        sold_to = status.now.sold_to
        ended = -status.now.valid_from.toordinal() if sold_to == "nobody" else 0
        return SOLD_TO.index(sold_to), ended, status.now.provider

    return sorted(found, key=place)


def _status(key: str) -> Status:
    history, now = FACTS.availability.history(key), FACTS.availability[key]
    # Records that say the same of who can buy it are one state: each adds what happened in it.
    runs = [tuple(run) for _, run in groupby(history, key=lambda record: record.sold_to)]
    place = next(index for index, run in enumerate(runs) if now in run)
    known = [record for record in runs[place] if record.valid_from <= FACTS.today]
    of_this_seller = [offer for offer in FACTS.availability.values() if offer.provider == now.provider]
    return Status(
        key=key,
        now=now,
        seller=now.provider if len(of_this_seller) == 1 else now.name,
        since=FACTS.sold_since(key, FACTS.today) if place or now.sold_to != "anyone" else None,
        happened=tuple(record.what for record in known if record.what != PLAIN),
        ahead=tuple(run[0] for run in runs[place + 1 :]),
        stops=_stops(key),
    )


def _stops(offer: str) -> tuple[tuple[date, tuple[str, ...]], ...]:
    bases: dict[date, dict[str, None]] = {}
    for service in FACTS.tuning.values():
        for base in service.base_models if service.offer == offer else ():
            model = FACTS.base_models[base]
            if days := [day for day in (service.stops, model.retires) if day is not None]:
                bases.setdefault(min(days), {})[model.name] = None
    return tuple((day, tuple(names)) for day, names in sorted(bases.items()))


_PAGE: Final = Html(
    '<div class="provider-status" id="who-sells-fine-tuning">{sold}{gone}'
    '<p class="soft">Where a row names no end or no day, none is known. Their prices, and every record behind this '
    'table: <a href="reference/fine-tuning-services/">Fine-tuning services</a>.</p></div>'
)


def write() -> Html:
    """Write the table of what is still sold, and below it, folded, what no longer is."""
    found = statuses()
    sold = [status for status in found if status.now.sold_to != "nobody"]
    gone = [status for status in found if status.now.sold_to == "nobody"]
    return _PAGE.fill(
        sold=_table(sold, f"Who still sells fine-tuning, as of {say_date(FACTS.today)}"),
        gone=_gone(gone) if gone else NOTHING,
    )


def _gone(gone: list[Status]) -> Html:
    names = ", ".join(f"{status.seller} ({status.now.valid_from.year})" for status in gone)
    return Html("<details><summary>No longer sold: {}</summary>{}</details>").fill(
        names, _table(gone, "What nobody can buy any more")
    )


# A phone shows rows as blocks, for which a browser forgets that this is a table: hence the roles.
_TABLE: Final = Html(
    '<table class="stacks" role="table"><caption>{caption}</caption>'
    '<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
    '<tbody role="rowgroup">{body}</tbody></table>'
)
_ROW: Final = Html(
    '<tr role="row"><th scope="row" role="rowheader">'
    '<a href="reference/{address}">{seller}</a>{happened}</th>{cells}</tr>'
)
_ASIDE: Final = Html('<span class="provider-status__what">{}</span>')


def _table(rows: Iterable[Status], caption: str) -> Html:
    head = join(Html('<th scope="col" role="columnheader">{}</th>').fill(column) for column in ("Seller", *_COLUMNS))
    return _TABLE.fill(caption=caption, head=head, body=join(_row(status) for status in rows))


def _row(status: Status) -> Html:
    cells = (_sold_to(status), _until(status), _tunes(status), _stop(status), _source(status))
    return _ROW.fill(
        address=dataset(Availability).address(status.key).removeprefix("../"),
        seller=status.seller,
        happened=join(_ASIDE.fill(what) for what in status.happened),
        cells=join(_cell(column, cell) for column, cell in zip(_COLUMNS, cells, strict=True)),
    )


def _cell(column: str, cell: str) -> Html:
    nothing = Html(' class="provider-status__nothing"') if cell in _NOTHING else NOTHING
    return Html('<td role="cell" data-label="{}"{}><span>{}</span></td>').fill(column, nothing, cell)


def _tunes(status: Status) -> str:
    return status.now.tunes or ("nothing" if status.now.sold_to == "nobody" else "not stated")


def _sold_to(status: Status) -> str:
    since = f", since {say_date(status.since)}" if status.since else ""
    return f"{status.now.sold_to}{since}"


def _until(status: Status) -> str:
    if status.now.sold_to == "nobody":
        return "ended"
    if not status.ahead:
        return NO_END
    return "; ".join(f"{say_date(record.valid_from)}, then {record.sold_to}" for record in status.ahead)


def _stop(status: Status) -> str:
    if not status.stops:
        return NO_DAY
    return "; ".join(f"{say_date(day)}: {', '.join(names)}" for day, names in status.stops)


def _source(status: Status) -> Html:
    sources = dict.fromkeys(source for record in (status.now, *status.ahead) for source in record.sources)
    return source_links(tuple(sources)) + _ASIDE.fill(f"checked {say_date(status.now.checked)}")
