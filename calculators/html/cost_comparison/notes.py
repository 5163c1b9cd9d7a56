"""Notes under fields: record and date, what is derived, what is assumed."""

from functools import cache
from typing import Any, Final

from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import Approach, Runs
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.estimate import Speed
from calculators.catalog.cost_comparison.groups.inputs import GROUP_OF, OPTIONAL
from calculators.catalog.cost_comparison.words import NOUNS, gpus_in_words, value
from calculators.facts import FACTS, InferencePrice, Ledger, Record
from calculators.facts.record import Sourced
from calculators.html.elements import source_links
from calculators.markup import NOTHING, Html, text
from calculators.quantity import DOLLARS, write_number, write_share


def notes(slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write what stands under each field: record and date, what is derived, what is assumed and how far it may lie."""
    wage = FACTS.wages["software-developer"]
    wages = f"Median US developer, wage share added; {DOLLARS.money(wage.low)} to {DOLLARS.money(wage.high)}"
    return {
        **{name: _assumption(key) for name, key in _ASSUMED.items()},
        **_model_notes(comparison),
        **{name: _price_note(slug, comparison, name) for name in _PRICE_FIELDS},
        **_serving_notes(comparison),
        **{row.approach.asked.chance: _chance_note(slug, comparison, row.approach) for row in comparison.rows},
        **_several_notes(comparison),
        "hourly_rate": _sourced(wages, wage),
        "cache_hit_share": _cache_note(slug, comparison),
    }


_YOURS = {"requests_per_month", "fixed_tokens", "varying_tokens", "output_tokens", "reasoning_tokens", "corpus_tokens"}
"""Inputs that only the reader can know."""

_ASSUMED = {
    "horizon_months": "horizon",
    "overlap_tokens": "chunk_overlap",
    "retrieved_chunks": "chunks_per_request",
    **{name: name for name in NOUNS if name in FACTS.assumptions and name not in _YOURS},
}
"""Inputs whose start is an assumption of the guide, and its key."""


@cache
def _assumption(key: str) -> Html:
    found = FACTS.assumptions[key]
    write = write_share if found.unit == "share" else write_number
    return Html('<a href="reference/assumptions/#assumption-{}">Our assumption</a>: {}; plausible, {} to {}.').fill(
        key, write(found.value), write(found.low), write(found.high)
    )


def _sourced(words: str, record: Sourced) -> Html:
    return Html("{} · {}").fill(words, source_links(record.sources, getattr(record, "provider", "")))


def _model_notes(comparison: Comparison) -> dict[str, Html]:
    records = comparison.records
    prompted, small = records.prompted[0].record, records.small[0].record
    database, embedding = records.database, records.embedding
    return {
        "prompted_model": _since(prompted, FACTS.inference, _in_and_out(prompted), "per million tokens"),
        "tuned_model": (
            text("No price of it is on record: enter those of the untuned small model.")
            if records.unsold
            else _since(small, FACTS.inference, _in_and_out(small), "per million tokens")
        ),
        "vector_database": _since(
            database, FACTS.vector_databases, f"at least {DOLLARS.money(database.monthly_minimum)} a month"
        ),
        "embedding": _since(embedding, FACTS.embeddings, f"{DOLLARS.money(embedding.price)} per million tokens"),
        "service": _service_note(comparison),
        "existing_customer": _customer_note(comparison),
    }


def _in_and_out(record: InferencePrice) -> str:
    return f"{DOLLARS.money(record.input)} in, {DOLLARS.money(record.output)} out"


def _since(record: Record, listed: Ledger[Any], price: str, unit: str = "") -> Html:
    """Say since when a price holds. The list above says what it is, but for that of an earlier day."""
    words = f"since {say_date(record.valid_from)}"
    if unit:
        words = f"{unit}, {words}"
    if record != listed[record.key]:
        words = f"on this day {price}, {words}"
    return _sourced(f"{words[0].upper()}{words[1:]}", record)


def _service_note(comparison: Comparison) -> Html:
    service = comparison.records.service
    if service is None:
        return Html("No service we know tunes this model.")
    training = (
        f"{DOLLARS.money(service.training_price)} per million training tokens"
        if service.training_price is not None
        else f"{DOLLARS.money(service.training_price_per_hour or 0)} an hour of training"
    )
    return Html("{price}.{remark}").fill(
        price=_sourced(f"{service.name}: {training}, since {say_date(service.valid_from)}", service),
        remark=f" {service.note}" if service.note else "",
    )


def _customer_note(comparison: Comparison) -> Html:
    life = comparison.records.life
    return text(f"{life.provider}: {life.closed_words}.") if life is not None and life.closed_words else NOTHING


def _chance_note(slug: str, comparison: Comparison, approach: Approach) -> Html:
    """Say what is believed of a row where nothing is entered, or how to get back to that."""
    name = approach.asked.chance
    if comparison.given_chance(approach):
        return Html("{} {}").fill(
            _TYPED, _reset(f"{slug}-reset-{name}", name, f"Reset to our assumption: {approach.name}")
        )
    believed = comparison.evaluation.row(approach).belief
    if believed is None:
        return Html("Empty: no chance, or not needed here.")
    low, high = write_share(believed.low), write_share(believed.high)
    return Html("Empty: our assumption, {}; plausible, {} to {}.").fill(write_share(believed.chance), low, high)


_PRICE_FIELDS: Final = tuple(
    name
    for name in OPTIONAL
    if name
    not in {
        "adapters_per_deployment",
        "cache_hit_share",
        "training_gpus",
        "instruction_tokens",
        "own_active",
        "gpus_per_replica",
        "sequence_tokens",
    }
    and GROUP_OF[name] not in {"counts", "images"}
)
"""Inputs that may stay empty, because a record holds the value."""


def _price_note(slug: str, comparison: Comparison, name: str) -> Html:
    recorded = comparison.recorded.get(name)
    shown = "not sold" if recorded is None else value(name, recorded)
    if comparison.given(name) is None:
        return Html("Empty: {}.").fill(shown)
    return Html("{} Recorded: {}. {}").fill(
        _TYPED, shown, _reset(f"{slug}-reset-{name}", name, f"Reset to the record: {NOUNS[name]}")
    )


_TYPED: Final = Html('<span class="yours">yours</span>')
"""The mark of a figure that is the reader's own."""


def _reset(ident: str, name: str, label: str) -> Html:
    """Write the button that empties a field again."""
    return Html(
        '<button type="button" class="text-button" id="{}" data-sets="{}" data-value="" aria-label="{}">Reset</button>'
    ).fill(ident, name, label)


def _serving_notes(comparison: Comparison) -> dict[str, Html]:
    records = comparison.records
    found = {"cloud": _rent_note(comparison), **_memory_notes(comparison)}
    speed = comparison.evaluation.parts.effective.speed
    if isinstance(speed, Speed) and speed.measured_bits is None:
        line = records.roofline
        words = f"Not measured with {records.base.name}: its speed is estimated from its data sheet, right within a "
        words += f"factor of {write_number(line.factor)} in {write_share(line.within)} of measured cases"
        found["gpu"] = _sourced(words, records.card)
    if speed is not None and not speed.saturation:
        found["usable_share"] = text(
            f"Not used for {records.base.name}: its measurement already keeps to a limit on waiting."
        )
    if records.reranker is not None:
        found["reranker"] = _sourced(records.reranker.name, records.reranker)
    return found


def _memory_notes(comparison: Comparison) -> dict[str, Html]:
    """Say how many GPUs of one's own it takes, and why: of the cheapest row on them."""
    for row in comparison.rows:
        if row.approach.runs is Runs.OWN_GPUS and row.cost.running.gpus:
            return {"sized_by": text(f"{row.approach.title}: {gpus_in_words(comparison, row)}")}
    return {}


def _several_notes(comparison: Comparison) -> dict[str, Html]:
    """What a deployment holds; and, where there are several tuned models, that each has its own examples."""
    records, known, day = comparison.records, comparison.facts.adapters, comparison.inputs.job.as_of
    sellers = [] if records.service is None or records.service.offer not in known else [records.service.offer]
    held = "; ".join(f"{known.known(key, day).most} with {known.known(key, day).name}" for key in (*sellers, "own"))
    found = {"adapters_per_deployment": text(f"Empty: {held}.")}
    models = comparison.inputs.variants.tuned_models
    if models > 1:
        each = Html("{} For each of {} tuned models.")
        found["examples"] = each.fill(_assumption("examples"), write_number(models))
    if "adapter_loss" not in comparison.recorded:
        found["adapter_loss"] = text("Nothing shares a deployment here.")
    return found


def _rent_note(comparison: Comparison) -> Html:
    rent = comparison.records.gpu
    if rent is None:
        return Html("No rent is known there: enter your own price.")
    prices = f"{DOLLARS.money(rent.price)} an hour, {DOLLARS.money(rent.low)} to {DOLLARS.money(rent.high)}"
    return _sourced(f"{prices}, {say_date(rent.valid_from)}", rent)


def _cache_note(slug: str, comparison: Comparison) -> Html:
    if comparison.inputs.prices.cache_hit_share is not None:
        label = "Reset to what your traffic gives"
        return Html("{} {}").fill(_TYPED, _reset(f"{slug}-reset-cache", "cache_hit_share", label))
    derived = comparison.recorded.get("cache_hit_share")
    if derived is None:
        return Html("No cache: switched off, not sold, or the prompt is too short.")
    return Html("Derived from your traffic: {} in month 1.").fill(write_share(derived))
