"""What a reader must know before any figure, and what later figures would say."""

from collections.abc import Iterable
from datetime import timedelta
from math import isclose

from calculators.calendar import month_after, months_between, say_date
from calculators.catalog.cost_comparison.approaches import ROWS, Approach
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.groups import AUTOMATIC
from calculators.catalog.cost_comparison.records import sellers
from calculators.catalog.cost_comparison.shelf_life import ShelfLife, shelf_life
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.sentences import Amount, Cited, Part, Sentence, Way
from calculators.facts import BaseModel
from calculators.quantity import write_money


def notices(comparison: Comparison) -> Iterable[Sentence]:
    yield from _closure(comparison)
    job, records, today = comparison.inputs.job, comparison.records, comparison.facts.today
    model = records.prompted[0].record
    if job.as_of > today:
        yield (f"Figures after {say_date(today)} are those known on that day.",)
    if model.retires is not None:
        left = months_between(job.as_of, model.retires)
        source: Sentence = (" ", Cited(model.retires_source)) if model.retires_source else ()
        if model.retires <= job.as_of:
            yield (f"{model.name} was switched off on {say_date(model.retires)}. Its figures are history.", *source)
        elif left < comparison.months:
            yield (
                f"{model.name} is switched off on {say_date(model.retires)}, within your horizon.",
                " The change of model that this forces is counted.",
                *source,
                *_successors(comparison),
            )
    for earlier, later in zip(records.prompted, records.prompted[1:], strict=False):
        given = comparison.inputs.prices
        if later.first < comparison.months and None in (given.input_price, given.output_price):
            old, new = earlier.record, later.record
            yield (
                f"{new.name} costs {write_money(old.input)} in and {write_money(old.output)} out now, and ",
                f"{write_money(new.input)} and {write_money(new.output)} from {say_date(new.valid_from)}. ",
                "Months from then on are counted at the new price. ",
                Cited(new.sources[0]),
            )
    if model.reasons_by_default and not comparison.inputs.workload.reasoning_tokens:
        yield (
            f"{model.name} thinks before it answers unless told not to, and bills that as output. ",
            "With 0 tokens of reasoning its cost is understated unless you switch it off.",
        )


def _successors(comparison: Comparison) -> Iterable[Way]:
    """Models of the same seller that last: one press asks with them instead."""
    end = month_after(comparison.inputs.job.as_of, comparison.months)
    for periods in (comparison.records.cheaper, comparison.records.dearer):
        if periods and (periods[0].record.retires is None or periods[0].record.retires >= end):
            record = periods[0].record
            yield Way(f"Ask with {record.name} instead", (("prompted_model", record.key),))


def newer(comparison: Comparison) -> Sentence:
    """
    Say what today's figures would change, where the answer rests on those of an earlier day.

    Returns:
        The sentence; empty where the answer rests on today's.
    """
    later = comparison.newer
    if later is None:
        return ()
    days = f"These are the figures of {say_date(comparison.inputs.job.as_of)}"
    then = later.comparison
    if then is None:
        return (f"{days}. From those of {say_date(later.day)} no answer can be given.",)
    was, becomes = comparison.advice, then.advice
    same = _begins(comparison) == _begins(then)
    # An average says nothing beside another one of other chances: it falls when they do.
    alike = isclose(was.nothing_passes, becomes.nothing_passes)
    if same and alike and round(was.expected) == round(becomes.expected):
        return (f"{days}; those of {say_date(later.day)} give the same.",)
    if same and not alike:
        return (f"{days}. With those of {say_date(later.day)} the plan begins the same.",)
    if same:
        gap = becomes.expected - was.expected
        more = Amount(f"{write_money(abs(gap))} {'more' if gap > 0 else 'less'}")
        return (f"{days}. With those of {say_date(later.day)} the plan begins the same and comes to ", more, ".")
    parts: list[Part] = [f"{days}. With those of {say_date(later.day)} the plan begins otherwise: "]
    row = _begins(then)
    return (*parts, *(("keep what passes.",) if row is None else ("try ", tried(then, row), " first.")))


def _begins(comparison: Comparison) -> Approach | None:
    """The row that a plan begins with; nothing where nothing is tried."""
    first = comparison.advice.first
    return ROWS[first.row] if first else None


def _closure(comparison: Comparison) -> Iterable[Sentence]:
    """What a reader must know of the chosen way to tune before any figure: who still sells it, and until when."""
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
        )
    sources = tuple(part for key in life.sources for part in (" ", Cited(key)))
    yield (" ".join(said), *sources, *_ways_on(comparison, shut=shut, life=life))


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
