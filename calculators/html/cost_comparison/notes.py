"""Notes under fields: record and date, what is derived, what is assumed."""

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.costs import PROMPTED_PRICES, SMALL_PRICES, TUNED_PRICES
from calculators.catalog.cost_comparison.words import NOUNS, value
from calculators.facts import FACTS, say_date
from calculators.html.elements import source_links
from calculators.markup import text
from calculators.quantity import write_money, write_number, write_share


def notes(slug: str, comparison: Comparison) -> dict[str, str]:
    """Write what stands under each field: record and date, what is derived, what is assumed and how far it may lie."""
    found = {name: _assumption(key) for name, key in _ASSUMED.items()}
    found.update(_model_notes(comparison))
    for name in _PRICE_FIELDS:
        found[name] = _price_note(slug, comparison, name)
    found.update(_serving_notes(comparison))
    wage = FACTS.wages["software-developer"]
    found["hourly_rate"] = (
        f"Median US developer, wage share added; {write_money(wage.low)} to {write_money(wage.high)} · "
        f"{source_links(wage.sources)}"
    )
    found["cache_hit_share"] = _cache_note(slug, comparison)
    return found


_YOURS = {"requests_per_month", "fixed_tokens", "varying_tokens", "output_tokens", "reasoning_tokens", "corpus_tokens"}
"""Inputs that only the reader can know."""

_ASSUMED = {
    "horizon_months": "horizon",
    "overlap_tokens": "chunk_overlap",
    "retrieved_chunks": "chunks_per_request",
    **{name: name for name in NOUNS if name in FACTS.assumptions and name not in _YOURS},
}
"""Inputs whose start is an assumption of the guide, and its key."""


def _assumption(key: str) -> str:
    found = FACTS.assumptions[key]
    if found.unit == "share":
        low, high = write_share(found.low), write_share(found.high)
    else:
        low, high = write_number(found.low), write_number(found.high)
    ours = write_share(found.value) if found.unit == "share" else write_number(found.value)
    return f'<span title="{text(found.why)}">Our assumption: {ours}; plausible, {low} to {high}.</span>'


def _model_notes(comparison: Comparison) -> dict[str, str]:
    records = comparison.records
    prompted, small, service = records.prompted[0].record, records.small[0].record, records.service
    since = say_date(prompted.valid_from)
    found = {
        "prompted_model": (
            f"{write_money(prompted.input)} in, {write_money(prompted.output)} out per million tokens, since {since} · "
            f"{source_links(prompted.sources)}"
        ),
        "tuned_model": (
            f"Untuned: {write_money(small.input)} in, {write_money(small.output)} out per million tokens, since "
            f"{say_date(small.valid_from)} · {source_links(small.sources)}"
        ),
        "vector_database": (
            f"At least {write_money(records.database.monthly_minimum)} a month, since "
            f"{say_date(records.database.valid_from)} · {source_links(records.database.sources)}"
        ),
        "embedding": (
            f"{write_money(records.embedding.price)} per million tokens, since {say_date(records.embedding.valid_from)} · "
            f"{source_links(records.embedding.sources)}"
        ),
        "service": "No service we know tunes this model.",
        "existing_customer": "",
    }
    if service is not None:
        training = (
            f"{write_money(service.training_price)} per million training tokens"
            if service.training_price is not None
            else f"{write_money(service.training_price_per_hour or 0)} an hour of training"
        )
        since = say_date(service.valid_from)
        remark = f" {text(service.note)}" if service.note else ""
        found["service"] = f"{text(service.name)}: {training}, since {since} · {source_links(service.sources)}.{remark}"
    if records.life is not None and records.life.closed_words:
        found["existing_customer"] = f"{text(records.life.provider)}: {records.life.closed_words}."
    return found


_PRICE_FIELDS = (
    *(*PROMPTED_PRICES, *SMALL_PRICES, *TUNED_PRICES),
    *("embedding_price", "rerank_price", "database_minimum", "storage_gb_price", "reads_price", "writes_price"),
    *("gpu_price", "gpus_per_replica", "overhead_share"),
)
"""Inputs that may stay empty, because a record holds the value."""


def _price_note(slug: str, comparison: Comparison, name: str) -> str:
    recorded = comparison.recorded.get(name)
    given = comparison.given(name)
    shown = "not sold" if recorded is None else value(name, recorded)
    if given is None:
        return f"Empty: {shown}."
    return (
        f'<span class="yours">yours</span> Recorded: {shown}. <button type="button" class="text-button" '
        f'id="{slug}-reset-{name}" data-sets="{name}" data-value="" aria-label="Reset to the record: {text(NOUNS[name])}">'
        "Reset</button>"
    )


def _serving_notes(comparison: Comparison) -> dict[str, str]:
    records = comparison.records
    rent = records.gpu
    found = {
        "cloud": "No rent is known there: enter your own price."
        if rent is None
        else f"{write_money(rent.price)} an hour, {write_money(rent.low)} to {write_money(rent.high)}, "
        f"{say_date(rent.valid_from)} · {source_links(rent.sources)}",
    }
    if records.fit is not None and not records.fit.saturation:
        found["usable_share"] = (
            f"Not used for {text(records.base.name)}: its measurement already keeps to a limit on waiting."
        )
    if records.reranker is not None:
        found["reranker"] = f"{text(records.reranker.name)} · {source_links(records.reranker.sources)}"
    return found


def _cache_note(slug: str, comparison: Comparison) -> str:
    if comparison.inputs.prices.cache_hit_share is not None:
        return (
            f'<span class="yours">yours</span> <button type="button" class="text-button" id="{slug}-reset-cache" '
            'data-sets="cache_hit_share" data-value="" aria-label="Reset to what your traffic gives">Reset</button>'
        )
    derived = comparison.effective.get("cache_hit_share")
    if derived is None:
        return "No cache: switched off, not sold, or the prompt is too short."
    return f"Derived from your traffic: {write_share(derived)} in month 1."
