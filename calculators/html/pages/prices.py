"""The prices page: what every model costs today, how its price went, and what is about to change."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from calculators.calendar import month_after, say_date
from calculators.chart.sparkline import sparkline
from calculators.facts import FACTS, Embedding, InferencePrice, Record, Reranker, VectorDatabase
from calculators.facts.background import PARTS_INPUT, Disagreement, background
from calculators.html.elements import source_link
from calculators.html.pages.datasets import Dataset, dataset
from calculators.html.pages.tables import (
    NONE,
    Column,
    Part,
    age,
    column,
    day,
    exact,
    kept,
    links_to_sources,
    name,
    note,
    noted,
    page,
    table,
    whole,
)
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import write_count, write_number, write_short

MODELS: Final = dataset(InferencePrice)
EMBEDDINGS: Final = dataset(Embedding)
RERANKERS: Final = dataset(Reranker)
DATABASES: Final = dataset(VectorDatabase)
DISAGREEMENTS: Final = dataset(Disagreement)

PER_MILLION: Final = MODELS.field("input").unit
"""Unit of every price of a model."""

RATES: Final = {
    "standard": "",
    "introductory": "introductory rate",
    "preview": "preview rate",
    "time_of_day": "mean over the hours",
}
"""How a price that is not the standing one is marked."""

_MONTHS_PICTURED: Final = 24
"""How far back the pictures of prices go: further than most models here have been sold."""

PICTURED: Final = "history-"
"""What the id of a model's history begins with."""


def write() -> Html:
    """Write the page."""
    models = [FACTS.inference[key] for key in FACTS.inference]
    sold = sorted((price for price in models if not retired(price)), key=lambda price: price.provider.casefold())
    gone = sorted((price for price in models if retired(price)), key=lambda price: price.retires or FACTS.today)
    first = month_after(FACTS.today, -_MONTHS_PICTURED)
    return page(
        Part(
            anchor="models",
            title="Models",
            about=Html(
                "US dollars per million tokens, in each provider’s default region. The line under <em>History</em> is "
                "{} parts of input and one of output since {}, on a scale of its own that begins at nothing; it leads "
                "to the records behind it."
            ).fill(PARTS_INPUT, say_date(first)),
            body=table(
                MODELS,
                sold,
                _columns(first),
                title="Prices of models",
                unit=PER_MILLION,
                noun="models",
                group=("provider", "Provider"),
            ),
            kinds=(MODELS,),
        ),
        Part(
            anchor="embeddings",
            title="Embedding models",
            about="US dollars per million tokens turned into vectors.",
            body=table(
                EMBEDDINGS,
                FACTS.embeddings.values(),
                (
                    _called("Model", EMBEDDINGS),
                    column(Embedding, "price", "Price"),
                    column(Embedding, "batch_price", "Batch"),
                    column(Embedding, "valid_from", "Since"),
                    note(),
                    *kept(EMBEDDINGS),
                ),
                title="Prices of embedding models",
                unit=EMBEDDINGS.field("price").unit,
            ),
            kinds=(EMBEDDINGS,),
        ),
        Part(
            anchor="rerankers",
            title="Rerankers",
            body=table(
                RERANKERS,
                FACTS.rerankers.values(),
                (
                    _called("Model", RERANKERS),
                    column(Reranker, "price_per_thousand_queries", "By the query"),
                    column(Reranker, "price_per_million_tokens", "By the token"),
                    column(Reranker, "valid_from", "Since"),
                    note(),
                    *kept(RERANKERS),
                ),
                title="Prices of rerankers",
            ),
            kinds=(RERANKERS,),
        ),
        Part(
            anchor="databases",
            title="Vector databases",
            about="What is used counts towards the minimum.",
            body=table(
                DATABASES,
                FACTS.vector_databases.values(),
                (
                    _called("Database", DATABASES),
                    column(VectorDatabase, "monthly_minimum", "Minimum"),
                    column(VectorDatabase, "storage", "Storage"),
                    column(VectorDatabase, "reads", "Reads"),
                    column(VectorDatabase, "writes", "Writes"),
                    column(VectorDatabase, "writes_per_gb", "Writes by size"),
                    column(VectorDatabase, "valid_from", "Since"),
                    note(),
                    *kept(DATABASES),
                ),
                title="Prices of vector databases",
            ),
            kinds=(DATABASES,),
        ),
        Part(
            anchor="history",
            title="Every price, record by record",
            about=(
                "A new price is added and the old one stays. A rise that was announced is a record of its own, with "
                "the day on which it was told."
            ),
            body=_histories((*sold, *gone)),
        ),
        *_gone(gone, first),
        Part(
            anchor="disagreements",
            title="Where the data packages differ",
            about=(
                "Two published packages are compared for every current price. Where they differ, one figure is kept, "
                "for a reason."
            ),
            body=_disagreements(background().disagreements),
            kinds=(DISAGREEMENTS,),
        ),
        *_packages(),
    )


def retired(price: InferencePrice) -> bool:
    """Return whether a model is no longer sold."""
    ended = price.valid_until is not None and price is FACTS.inference.history(price.key)[-1]
    return (price.retires is not None and price.retires <= FACTS.today) or (
        ended and price.valid_until is not None and price.valid_until <= FACTS.today
    )


def coming(price: InferencePrice) -> InferencePrice | None:
    """Return the next price announced for a model, if there is one."""
    later = (each for each in FACTS.inference.history(price.key) if each.valid_from > FACTS.today)
    return next(later, None)


# Columns.


def _columns(first: date) -> Sequence[Column[InferencePrice]]:
    return (
        _called("Model", MODELS),
        column(InferencePrice, "input", "Input"),
        column(InferencePrice, "cached_input", "Cached"),
        column(InferencePrice, "cache_write", "Cache write"),
        column(InferencePrice, "output", "Output"),
        column(InferencePrice, "batch_input", "Batch input"),
        column(InferencePrice, "batch_output", "Batch output"),
        Column(
            title="Context",
            cell=_context,
            unit=MODELS.field("context_window").unit,
            order=lambda price: price.context_window,
            figure=True,
            css="records__context",
        ),
        column(InferencePrice, "reasons_by_default", "Reasons unasked"),
        Column(title="In force since", cell=_in_force, order=lambda price: price.valid_from, css="records__words"),
        Column(title="History", cell=lambda price: _picture(price, first), css="records__picture"),
        *kept(MODELS),
    )


def _called(title: str, kind: Dataset) -> Column[Any]:
    return name(kind, title=title, aside=_aside)


def _aside(record: Record) -> Html:
    rate = RATES[record.rate] if isinstance(record, InferencePrice) else ""
    provider: str = record.provider  # type: ignore[attr-defined]  # of the kinds of this page, each has one
    mark = Html(' · <b class="records__mark">{}</b>').fill(rate) if rate else NOTHING
    return text(provider) + mark


def _context(price: InferencePrice) -> Html:
    longest = NONE if price.context_window is None else text(write_short(price.context_window))
    if (
        price.long_prompt_from is None
        or price.long_prompt_input_multiple is None
        or price.long_prompt_output_multiple is None
    ):
        return longest
    return longest + Html("<small>above {}: input {}×, output {}×</small>").fill(
        write_short(price.long_prompt_from),
        write_number(price.long_prompt_input_multiple),
        write_number(price.long_prompt_output_multiple),
    )


def _in_force(price: InferencePrice) -> Html:
    parts = [day(price.valid_from)]
    if later := coming(price):
        parts.append(
            Html("<b>{day}</b>: input {input} → {later_input}, output {output} → {later_output}").fill(
                day=day(later.valid_from),
                input=exact(price.input),
                later_input=exact(later.input),
                output=exact(price.output),
                later_output=exact(later.output),
            )
        )
    if price.retires is not None and price.retires_source is not None:
        verb = "Retired" if retired(price) else "Retires"
        parts.append(Html("<b>{} {}</b>, says {}").fill(verb, day(price.retires), source_link(price.retires_source)))
    return join(Html("<p>{}</p>").fill(part) for part in parts)


_PICTURE: Final = Html(
    '<a href="#{history}{key}">{drawn}'
    '<span class="records__count">{said}<span class="records__of"> of {name}</span></span></a>'
)


def _picture(price: InferencePrice, first: date) -> Html:
    records = FACTS.inference.history(price.key)
    series = [(each.valid_from, _blended(each)) for each in records]
    known = sum(each.valid_from <= FACTS.today for each in records)
    return _PICTURE.fill(
        history=PICTURED,
        key=price.key,
        # What is no longer sold has no price that a line could lead up to.
        drawn=NOTHING if retired(price) else sparkline(series, first, FACTS.today),
        said="one price" if known == 1 else f"{known} prices",
        name=price.name,
    )


def _blended(price: InferencePrice) -> float:
    return (PARTS_INPUT * price.input + price.output) / (PARTS_INPUT + 1)


# Parts.


def _histories(models: Sequence[InferencePrice]) -> Html:
    """Write every record of some models, folded up by provider: a link to one of them opens its provider."""
    providers: dict[str, list[InferencePrice]] = {}
    for price in sorted(models, key=lambda price: price.provider.casefold()):
        providers.setdefault(price.provider, []).append(price)
    return join(
        Html('<details class="records__history"><summary>{} <small>{}</small></summary>{}</details>').fill(
            provider, _counted(sold), _history(provider, sold)
        )
        for provider, sold in providers.items()
    )


def _history(provider: str, models: Iterable[InferencePrice]) -> Html:
    return table(
        MODELS,
        [record for price in models for record in FACTS.inference.history(price.key)],
        _HISTORY,
        title=f"Every price at {provider}",
        unit=PER_MILLION,
        row_id=lambda record: f"{PICTURED}{record.key}" if _is_first(record) else "",
    )


def _counted(models: Sequence[InferencePrice]) -> str:
    records = sum(len(FACTS.inference.history(price.key)) for price in models)
    return f"{write_count(len(models), 'model')}, {write_count(records, 'record')}"


def _is_first(record: InferencePrice) -> bool:
    return record is FACTS.inference.history(record.key)[0]


def _besides(record: InferencePrice) -> str:
    """Say of a model, beside its first record, what its row has no room for."""
    if not _is_first(record):
        return ""
    current = FACTS.inference[record.key]
    known = {
        "sold as": current.tier + (", what a form starts from" if current.default_of_tier else ""),
        "cached from": _with_unit("cache_minimum_tokens", current.cache_minimum_tokens),
        "cached for": _with_unit("cache_minutes", current.cache_minutes),
    }
    return "; ".join(f"{what} {said}" for what, said in known.items() if said)


def _with_unit(field: str, value: float | None) -> str:
    return "" if value is None else f"{whole(value)} {MODELS.field(field).unit}"


def _until(price: InferencePrice) -> Html:
    """Say on which day a price ended or will end: as it says itself, or because another follows."""
    later = (each.valid_from for each in FACTS.inference.history(price.key) if each.valid_from > price.valid_from)
    end = price.valid_until or next(later, None)
    return NONE if end is None else day(end)


_HISTORY: Final[Sequence[Column[InferencePrice]]] = (
    Column(title="Model", cell=lambda price: Html("{}<small>{}</small>").fill(price.name, _besides(price))),
    Column(title="From", cell=lambda price: day(price.valid_from)),
    Column(title="Before", cell=_until),
    *(
        column(InferencePrice, field, title, sortable=False)
        for field, title in (
            ("input", "Input"),
            ("cached_input", "Cached"),
            ("cache_write", "Cache write"),
            ("output", "Output"),
            ("batch_input", "Batch input"),
            ("batch_output", "Batch output"),
            ("announced", "Announced"),
        )
    ),
    Column(title="Sources", cell=lambda price: links_to_sources(price.sources), css="records__sources"),
    Column(title="Checked", cell=lambda price: age(MODELS, price), css="records__age"),
    Column(
        title="Note",
        cell=lambda price: ". ".join(filter(None, (RATES[price.rate].capitalize(), noted(price)))) or NONE,
        css="records__words",
    ),
)


def _gone(gone: Sequence[InferencePrice], first: date) -> Iterable[Part]:
    if gone:
        yield Part(
            anchor="retired",
            title="Models no longer sold",
            about="Kept, because an answer given while they were sold still opens.",
            body=table(MODELS, gone, _columns(first), title="Models no longer sold", unit=PER_MILLION),
        )


def _disagreements(found: Sequence[Disagreement]) -> Html:
    return table(
        DISAGREEMENTS,
        found,
        (
            Column(title="Record", cell=_disputed),
            *(
                column(Disagreement, field, title, sortable=False, write=_figure)
                for field, title in (
                    ("figure", "Figure"),
                    ("ours", "Kept"),
                    ("package", "Package"),
                    ("theirs", "Says"),
                    ("reason", "Why ours is kept"),
                )
            ),
        ),
        title="Where the data packages differ",
        blocks=True,
    )


def _figure(written: str) -> Html:
    """Write what packages differ on: a day as all days here, anything else as it is."""
    try:
        return day(date.fromisoformat(written))
    except ValueError:
        return text(written)


def _disputed(found: Disagreement) -> Html:
    for kind, ledger in ((MODELS, FACTS.inference), (EMBEDDINGS, FACTS.embeddings), (RERANKERS, FACTS.rerankers)):
        if found.key in ledger:
            return Html('<a href="#{}">{}</a>').fill(kind.row_id(found.key), found.name)
    return text(found.name)


def _packages() -> Iterable[Part]:
    if FACTS.packages:
        yield Part(
            anchor="packages",
            title="The data packages",
            about="Prices of models are generated from these versions, with exact names of models on both sides.",
            body=Html("<ul>{}</ul>").fill(
                join(Html("<li>{} {}</li>").fill(each, version) for each, version in sorted(FACTS.packages.items()))
            ),
        )
