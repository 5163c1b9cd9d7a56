"""What is to be said of one row alone: it stands in the row, not before the answer."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Final

from calculators.calendar import month_after, months_between, say_date
from calculators.catalog.cost_comparison.approaches import Approach, Runs, Tunes, baseline
from calculators.catalog.cost_comparison.breakdown.requests import priced_by
from calculators.catalog.cost_comparison.breakdown.taken import Taken
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.cost.counting import image_rule, model_run
from calculators.catalog.cost_comparison.cost.tokens import Sending, is_cached
from calculators.catalog.cost_comparison.effective import ModelPrices, batch_rule
from calculators.catalog.cost_comparison.groups import AUTOMATIC, OWNED
from calculators.catalog.cost_comparison.records import Period, sellers
from calculators.catalog.cost_comparison.shelf_life import ShelfLife, shelf_life
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words.gpus import at_the_start, gpus_in_words, hosted, prefixes
from calculators.catalog.cost_comparison.words.naming import model, tried
from calculators.catalog.cost_comparison.words.running import in_time, sending_on, sent_on, several
from calculators.catalog.cost_comparison.words.sentences import Amount, Cited, Sentence, Way
from calculators.catalog.cost_comparison.words.speeds import how_fast, on_terms
from calculators.catalog.cost_comparison.words.training import trained, trained_here
from calculators.facts import FACTS, BaseModel, Counted, InferencePrice
from calculators.quantity import (
    DOLLARS,
    write_count,
    write_money,
    write_number,
    write_share,
)

_SELDOM: Final = FACTS.rule("seldom_cached")
_SOLD: Final = (Runs.PROMPTED, Runs.CHEAPER, Runs.DEARER, Runs.SMALL)
"""What is sold by the token, as it is."""


def said_of(comparison: Comparison) -> dict[Approach, tuple[Sentence, ...]]:
    """
    Say what a reader must know of each row beside its figures.

    What is about a model, or about several rows alike, is said once: in the first of them, in the order of the table.

    Returns:
        A sentence, or a few that belong together, for each thing; nothing of a row that has no figures.
    """
    told: set[Sentence] = set()
    found = {}
    for row in comparison.rows:
        said: list[Sentence] = []
        if row.standing.shown:
            if row.approach is comparison.at_service.approach:
                said += _closure(comparison)
            if row.standing.ranked:
                sent = _sendings(comparison, row)
                said += [words for words in dict.fromkeys(_shared(comparison, row, sent)) if words not in told]
                told.update(said)
                said += _of_its_own(comparison, row, sent)
        found[row.approach] = tuple(said)
    return found


def paid_in(comparison: Comparison, row: Row) -> str:
    """Say what a request is paid with where it has no price of its own, as that is not free; else nothing."""
    if row.marginal or not row.standing.priced or priced_by(Taken(comparison, row)) is not None:
        return ""
    if row.approach.runs is Runs.SERVER:
        return "in the server"
    return (
        "in the GPUs"
        if row.approach.runs is Runs.OWN_GPUS and comparison.inputs.serving.hardware == OWNED
        else "in the rent"
    )


type _Sent = tuple[ModelPrices, str, tuple[Sending, ...]]
"""
How a row's requests are sent that are paid by the token: prices, the model's name, and the cheapest ways, at once and
with time, in the first month and in the last.
"""


def _shared(comparison: Comparison, row: Row, sent: _Sent | None) -> Iterable[Sentence]:
    """What holds of every row on the same model, or of several rows alike."""
    approach = row.approach
    if approach.runs in _SOLD:
        yield from _sold(comparison, approach)
    if approach.runs is not Runs.SERVER:
        yield from _thinking(comparison, approach)
        yield from _text(comparison, approach)
        yield from _images(comparison, approach)
    if approach.runs is Runs.PROMPTED:
        yield from _seldom_cached(comparison, approach)
    if sent is not None:
        yield from _unread(comparison, row, *sent[:2])
        yield from _batched(comparison, row, *sent)
        yield from _elsewhere(comparison, row)
    if row.cost.running.gpus:
        yield from how_fast(comparison, row)
    if approach.runs is Runs.OWN_GPUS:
        yield from prefixes(comparison)
        yield from on_terms(comparison)
    if comparison.evaluation.parts.given.stays and approach.looks_up(documents=comparison.documents):
        yield (
            "The lookup is counted at what a service charges for embedding and for the database; on your own machines ",
            "it is work of its own: enter what it costs you under “Retrieval”.",
        )
    if approach.trained:
        yield from trained(comparison, row)
    yield from sending_on(comparison, row)
    yield from in_time(comparison, row)
    yield from _without_a_rate(comparison, row)
    if row.cost.setup.waiting:
        yield ("Where a row waits until it is live, weeks spent on ways that fail before it are not counted.",)


def _of_its_own(comparison: Comparison, row: Row, sent: _Sent | None) -> Iterable[Sentence]:
    """What holds of one row."""
    if sent is not None:
        yield from _padded(comparison, row, *sent)
    yield from sent_on(comparison, row)
    if row.approach.trained and comparison.inputs.variants.tuned_models > 1:
        yield from several(comparison, row)
    if row.approach.runs is Runs.SERVICE:
        yield from hosted(comparison, row)
    if row.approach.runs is Runs.OWN_GPUS:
        yield (gpus_in_words(comparison, row),)
        yield from at_the_start(comparison, row)
    if row.approach.tunes is Tunes.OWN_GPUS:
        yield from trained_here(comparison)
    if waiting := row.cost.setup.waiting:
        yield (Amount(write_money(waiting)), " of its bills is the wait until it is live.")


# The model that is prompted.


def _sold(comparison: Comparison, approach: Approach) -> Iterable[Sentence]:
    """When the model is switched off that a row prompts, and what its price will be."""
    periods = comparison.records.sold_for(approach.runs)
    if periods:
        yield from _switched_off(comparison, approach, periods[0].record)
        yield from _later_prices(comparison, approach, periods)


def _thinking(comparison: Comparison, approach: Approach) -> Iterable[Sentence]:
    """Whether the model thinks, where no reasoning is counted and the reader does not say that there is none."""
    counting, sold = comparison.evaluation.parts.counting, comparison.records.sold_for(approach.runs)
    entered = counting.entered(approach.runs, of_text=False)
    if not sold or entered is not None or counting.reasoning(approach.runs):
        return
    name, price = model(comparison, approach), sold[0].record
    thinks, said = comparison.facts.thinks(price), comparison.facts.reasoning.get(price.key)
    if thinks:
        unless = "" if said and said.can_stop is False else " unless told not to"
        yield (f"{name} thinks before it answers{unless}{_UNCOUNTED}",)
    elif thinks is None:
        yield (f"Whether {name} thinks before it answers is not on record{_UNCOUNTED}",)


_UNCOUNTED: Final = ", and no tokens of that are counted: it may cost more."


def _text(comparison: Comparison, approach: Approach) -> Iterable[Sentence]:
    """How many tokens of text are counted with the model, where models differ."""
    parts, name = comparison.evaluation.parts, model(comparison, approach)
    counting, counted_by = parts.counting, comparison.inputs.counts.counted_by
    multiple = counting.multiple(approach.runs)
    times = f"{multiple:.4g} × your tokens"
    if counting.entered(approach.runs, of_text=True) is not None:
        yield (f"With {name}, {times} of text are counted, as you say.",)
        return
    record = comparison.facts.text_tokens.get(model_run(approach.runs, parts.given))
    if counted_by == "same" or not ((record and record.in_conflict) or _differing(comparison)):
        return
    if record is None:
        which = "" if multiple == 1 else f", which is {times}"
        yield (f"How {name} counts text is not on record: it is taken to count as most models do{which}.",)
    elif counted_by == "prompted" and approach.runs is Runs.PROMPTED and record.multiple != 1:
        most = f"{name} makes {record.multiple:.4g} × the tokens of a text that most models make"
        yield (f"{most}{_why(record)}; the tokens you entered are taken as its own.",)
    elif multiple != 1 or _why(record):
        yield (f"With {name}, {times} of text are counted{_why(record)}.",)


def _differing(comparison: Comparison) -> bool:
    """Whether any row counts other tokens of text than the reader entered, without the reader's saying so."""
    counting = comparison.evaluation.parts.counting
    return any(
        counting.multiple(row.approach.runs) != 1 and counting.entered(row.approach.runs, of_text=True) is None
        for row in comparison.rows
        if row.standing.ranked
    )


def _why(record: Counted) -> str:
    """Where a count stands on another model's, or on sources that disagree."""
    taken = f", by what is known of {record.taken_from}" if record.taken_from else ""
    return f"{taken}; sources disagree on it" if record.in_conflict else taken


def _images(comparison: Comparison, approach: Approach) -> Iterable[Sentence]:
    """How many tokens an image is with the model, and by whose rule."""
    given, images = comparison.evaluation.parts.given, comparison.inputs.images
    if not images.images_per_request or images.image_tokens is not None:
        return
    name, rule = model(comparison, approach), image_rule(approach.runs, given)
    each = comparison.evaluation.parts.counting.images(approach.runs) / images.images_per_request
    counted = f"With {name}, {each:,.0f} tokens an image are counted"
    if rule is not None and rule.rule == "none":
        yield (f"{name} takes no images: none is counted.",)
    elif rule is None:
        instead = (
            f"{counted}, as with {comparison.records.prompted[0].record.name}: its own rule is not on record."
            if each
            else f"How {name} counts images is not on record, and none is counted: enter your own count under “Images”."
        )
        yield (instead,)
    else:
        detail = "" if images.image_detail in (AUTOMATIC, rule.detail) else ", at its default detail"
        yield (f"{counted}{detail}{_why(rule) or ', by its own rule'}.",)


def _switched_off(comparison: Comparison, approach: Approach, model: InferencePrice) -> Iterable[Sentence]:
    job, retires = comparison.inputs.job, model.retires
    if retires is None or retires >= month_after(job.as_of, comparison.months):
        return
    source: Sentence = (" ", Cited(model.retires_source)) if model.retires_source else ()
    if retires <= job.as_of:
        yield (f"{model.name} was switched off on {say_date(retires)}: its figures are history.", *source)
        return
    month = months_between(job.as_of, retires)
    changes = comparison.evaluation.row(approach).changes
    counted = " The change of model that this forces is counted." if month in changes else ""
    ways = _successors(comparison) if approach.runs is Runs.PROMPTED else ()
    yield (
        f"{model.name} is switched off on {say_date(retires)}, within your horizon.{counted}",
        *source,
        *ways,
    )


def _successors(comparison: Comparison) -> Iterable[Way]:
    """Models of the same seller that last: one press asks with them instead."""
    end = month_after(comparison.inputs.job.as_of, comparison.months)
    for periods in (comparison.records.cheaper, comparison.records.dearer):
        if periods and (periods[0].record.retires is None or periods[0].record.retires >= end):
            record = periods[0].record
            yield Way(f"Ask with {record.name} instead", (("prompted_model", record.key),))


def _later_prices(comparison: Comparison, approach: Approach, periods: tuple[Period, ...]) -> Iterable[Sentence]:
    given = comparison.inputs.prices
    if approach.runs is Runs.PROMPTED and None not in (given.input_price, given.output_price):
        return
    for earlier, later in pairwise(periods):
        if later.first >= comparison.months:
            continue
        old, new = earlier.record, later.record
        yield (
            f"{new.name} costs {DOLLARS.money(old.input)} in and {DOLLARS.money(old.output)} out per million tokens ",
            f"now, and {DOLLARS.money(new.input)} and {DOLLARS.money(new.output)} from {say_date(new.valid_from)}: ",
            "months from then on are counted at the new price. ",
            Cited(new.sources[0]),
        )


def _seldom_cached(comparison: Comparison, approach: Approach) -> Iterable[Sentence]:
    """Say where requests come so seldom that what is cached is mostly gone: with more of them each costs less."""
    tokens, prices = comparison.evaluation.parts.tokens, comparison.inputs.prices
    share = comparison.recorded.get("cache_hit_share")
    sold = comparison.evaluation.parts.effective.prompted[0].prices
    cached = is_cached(tokens.held_by(approach), sold, prices)
    if not cached or prices.cache_hit_share is not None or share is None or not 0 < share < _SELDOM:
        return
    yield (
        f"{_asked(comparison)} come so seldom that only {write_share(share)} of fixed prompts are read from the ",
        "cache: with more of them, each costs less.",
    )


def _sendings(comparison: Comparison, row: Row) -> _Sent | None:
    """How a row's requests are sent; nothing where GPUs are paid."""
    found = priced_by(Taken(comparison, row))
    if found is None:
        return None
    price, name, _ = found
    held, shares = comparison.evaluation.row(row.approach).held, row.cost.running.flow.shares
    ways, _ = comparison.evaluation.parts.tokens.ways(held, price, row.approach.runs)
    return price, name, (*ways.cheapest(shares[0]), *ways.cheapest(shares[-1]))


def _padded(
    comparison: Comparison, row: Row, price: ModelPrices, name: str, ways: tuple[Sending, ...]
) -> Iterable[Sentence]:
    """A prompt made longer so that it is cached, and what that saves."""
    padded = [way.padded for way in (ways if comparison.inputs.traffic.batch_share else ways[::2])]
    short = max(padded)
    if short and (saved := comparison.evaluation.row(row.approach).padding_saves()):
        least = f"{price.cache_minimum_tokens:,.0f}{_assumed(comparison, row)}"
        yield (
            f"{short:,.0f} token{'' if short == 1 else 's'} short of what {name} caches, {least}: ",
            f"counted with a prompt padded to that{'' if all(padded) else ' where it is cheaper'}, which saves about ",
            Amount(write_money(saved)),
            f" in {write_count(comparison.months, 'month')}.",
        )


def _asked(comparison: Comparison) -> str:
    return f"{comparison.inputs.calls.asked.capitalize()}s"


def _assumed(comparison: Comparison, row: Row) -> str:
    """Whose the number is that says how short a prompt is cached."""
    sold = () if row.approach.runs is Runs.SERVICE else comparison.records.sold_for(row.approach.runs)
    stated = sold and sold[0].record.cache_minimum_tokens is not None
    return "" if stated else ", by our assumption"


def _unread(comparison: Comparison, row: Row, price: ModelPrices, name: str) -> Iterable[Sentence]:
    """A share of hits that cannot apply."""
    prices, held = comparison.inputs.prices, comparison.evaluation.row(row.approach).held
    if prices.cache_hit_share is None or not held.fixed or is_cached(held, price, prices):
        return
    why = f"{name} caches from {price.cache_minimum_tokens:,.0f} tokens of fixed prompt on{_assumed(comparison, row)}"
    if not prices.caching:
        why = "caching is switched off"
    elif price.cached_input is None:
        why = f"no cache of {name} is sold"
    yield (f"The share that you say is read from the cache does not count here: {why}.",)


def _batched(
    comparison: Comparison, row: Row, price: ModelPrices, name: str, ways: tuple[Sending, ...]
) -> Iterable[Sentence]:
    """What becomes of requests that can wait."""
    if not comparison.inputs.traffic.batch_share or price.batch_input is None:
        return
    waiting = ways[1]
    if not waiting.batched:
        yield (
            f"{_asked(comparison)} that can wait are sent to {name} at once all the same: ",
            "read from the cache, they cost less than in a batch.",
        )
        return
    if not comparison.inputs.prices.caching or row.approach.runs is Runs.SERVICE:
        return
    rule = batch_rule(comparison.records.sold_for(row.approach.runs)[0].record.key, comparison.evaluation.parts.given)
    if any(part.fixed for part in waiting.billed):
        yield (f"{_asked(comparison)} that can wait are sent in a batch, in which {name} reads the cache too.",)
    elif rule is None or rule.rule == "unknown":
        yield (f"Whether {name} reads the cache in a batch is not on record: none of it is counted there.",)


def _elsewhere(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """The place and the lifetime that were asked for, and what they do to this row."""
    given, prices = comparison.evaluation.parts.given, comparison.inputs.prices
    if row.approach.runs is Runs.SERVICE:
        return
    record = comparison.records.sold_for(row.approach.runs)[0].record
    if (place := given.place) is not None:
        if record.key in place.models:
            unsaid = ""
            if place.with_batch is None and comparison.inputs.traffic.batch_share:
                counted = "the same is" if place.kind == "region" else "none are"
                unsaid = f"; of batches nothing is said, and {counted} counted"
            if place.with_cache is None and prices.caching and record.cached_input is not None:
                unsaid += "; of cached input nothing is said, and the same is counted"
            times = f"{write_number(place.multiple)} × its standard price"
            yield (f"{record.name} costs {times} ({place.name}){unsaid}. ", Cited(place.sources[0]))
        else:
            yield (f"{record.name} is billed at its standard price: it is not on record for {place.name}.",)
    if prices.caching and prices.cache_lifetime != AUTOMATIC and given.caching_terms(record.key) is None:
        yield (f"{record.name} is not sold with that cache lifetime: the one of its list price is counted.",)


# Wrong answers.


def _without_a_rate(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """Say that rows have no rate of their own, where wrong answers are counted, and what is taken instead."""
    answers = comparison.evaluation.parts.answers
    if answers.taken is None or not any(other.wrong for other in comparison.rows):
        return
    if answers.rate(row.approach) is not None or answers.counted(row.approach) != answers.taken:
        return
    against = baseline(documents=comparison.documents, stays=comparison.evaluation.parts.given.stays)
    like: Sentence = (tried(comparison, against),) if answers.rate(against) is not None else ("the best that has one",)
    yield (
        f"What has no measured rate of right answers is taken to be right {write_share(answers.taken)} of the time, ",
        "as ",
        *like,
        " is.",
    )


# The service that tunes.


def _closure(comparison: Comparison) -> Iterable[Sentence]:
    """What a reader must know of the chosen way to tune: who still sells it, and until when."""
    records, job = comparison.records, comparison.inputs.job
    service, life = records.service, records.life
    if service is None or life is None:
        return
    shut = not life.open_to(existing_customer=comparison.inputs.tuning.existing_customer)
    dies = life.dies_before(month_after(job.as_of, comparison.months))
    ends = life.closes is not None and life.closes.valid_from < month_after(job.as_of, comparison.months)
    if not (shut or dies or ends):
        return
    said = [f"{service.name} is {life.closed_words}."] if life.closed_words else []
    if life.closes is not None:
        last = say_date(life.closes.valid_from - timedelta(days=1))
        who = "Existing customers" if life.closed_words else f"{service.name}: anyone"
        said.append(f"{who} can start training jobs until {last}.")
    if life.stops_words:
        within = ", within your horizon" if dies and not life.dead else ""
        words = life.stops_words if said else f"{service.name}: {life.stops_words}"
        said.append(f"{words[0].upper()}{words[1:]}{within}.")
    if shut or dies:
        counted = "its figures are history" if life.dead else "the change that this forces is counted"
        said.append(
            f"It is ranked last; {counted}."
            if comparison.at_service.standing.can is Can.CLOSED
            else "You count it anyway."
            if comparison.at_service.standing.ranked
            else ""
        )
    sources = tuple(part for key in life.sources for part in (" ", Cited(key)))
    yield (" ".join(filter(None, said)), *sources, *_ways_on(comparison, shut=shut, life=life))


def _ways_on(comparison: Comparison, *, shut: bool, life: ShelfLife) -> Iterable[Way]:
    """What a reader can do about a way to tune that is closed: another one, or their own standing with it."""
    records, job = comparison.records, comparison.inputs.job
    end = month_after(job.as_of, comparison.months)

    def lasts(base: BaseModel) -> bool:
        sold = sellers(base, job.as_of, job.horizon_months, comparison.facts)[:1]
        return any(
            other.open_to(existing_customer=False) and not other.dies_before(end)
            for other in (shelf_life(service, base, job.as_of, comparison.facts) for service in sold)
        )

    if lasts(records.base):
        yield Way("Use one you can still buy", (("service", AUTOMATIC),))
    else:
        default = comparison.facts.tuning[comparison.facts.default_tuning()].base_models[0]
        yield Way("Use one you can still buy", (("tuned_model", default), ("service", AUTOMATIC)))
    if shut and life.sold_to == "existing customers" and not life.dead:
        yield Way(
            "We are an existing customer: show the figures",
            (("existing_customer", "yes"), (comparison.at_service.approach.asked.can, "can")),
        )
