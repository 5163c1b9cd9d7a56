"""What a reader must know before any figure, and what later figures would say."""

from collections.abc import Iterable
from math import isclose
from typing import Final

from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import MEANWHILE, ROWS, Approach
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.groups import AUTOMATIC, OWNED
from calculators.catalog.cost_comparison.groups.inputs import OPTIONAL
from calculators.catalog.cost_comparison.judging import missing_examples
from calculators.catalog.cost_comparison.records import mended
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.sentences import Amount, Part, Sentence, listed
from calculators.facts import FACTS
from calculators.quantity import write_money, write_number

MOST: Final = int(FACTS.rule("most_notices"))
"""Sentences that stand before an answer at most; the others follow its table."""


def notices(comparison: Comparison) -> Iterable[Sentence]:
    """Say what concerns all rows, or the question itself, a sentence each, the gravest first."""
    yield from _contradictions(comparison)
    yield from _judgements(comparison)
    yield from _left_out(comparison)
    yield from _unusual(comparison)


def _contradictions(comparison: Comparison) -> Iterable[Sentence]:
    """What the reader says, and what does not go with it."""
    given = comparison.evaluation.parts.given
    against = [row for place, row in enumerate(ROWS) if comparison.advice.contradicted >> place & 1]
    if against:
        names = listed([(tried(comparison, row),) for row in against])
        yield (
            "What you say of ",
            *names,
            f" contradicts {'itself' if len(against) > 1 else 'the rest'}; it is taken as you say, and the plan ",
            "starts from it.",
        )
    if given.today and given.nothing_changes and comparison.row(given.today).standing.passes == "no":
        yield ("Nothing must change, you say, and what runs fails your eval: it is taken to fail.",)
    if given.nothing_changes and comparison.inputs.job.today == "nothing":
        yield (
            "Nothing must change, you say, so a prompt is taken to run today; under “What runs today?” say what does.",
        )


def _judgements(comparison: Comparison) -> Iterable[Sentence]:
    """Rows of which the reader says otherwise than the guide's table."""
    for can in (Can.NO, Can.YES):
        judged = [row for row in comparison.rows if row.standing.judged and row.standing.can is can]
        if judged:
            names = listed([(tried(comparison, row.approach),) for row in judged])
            verb = "can" if can is Can.YES else "cannot"
            yield ("In your judgement ", *names, f" {verb} do this; the guide’s table says otherwise.")


def _left_out(comparison: Comparison) -> Iterable[Sentence]:
    """Ways to tune that the plan leaves out, though the reader asked for them or is close to having them."""
    model = comparison.records.prompted[0].record
    if comparison.evaluation.row(MEANWHILE).gone and model.retires is not None:
        off = f"{model.name} is switched off on {say_date(model.retires)}"
        yield (f"{off}, before anything new could be live on it: it is left out of the plan.",)
    at_service = comparison.at_service.standing
    if at_service.can is Can.CLOSED and comparison.inputs.tuning.service != AUTOMATIC:
        yield (f"Tuning at the service you chose is left out of the plan: {at_service.reason}.",)
    missing = missing_examples(comparison.evaluation.parts.given)
    if missing is not None and comparison.advice.first is not None:
        cost = Amount(write_money(missing.cost))
        yield (f"With {write_number(missing.needed)} checked examples tuning could be tried too: it takes ", cost, ".")


def _unusual(comparison: Comparison) -> Iterable[Sentence]:
    """What makes the sums of this scenario unlike others."""
    inputs = comparison.inputs
    if inputs.workload.requests_per_month == 0:
        asked = inputs.calls.asked
        yield (f"With 0 {asked}s a month nothing is billed by the {asked}: hours and hosting are all that differs.",)
    if comparison.advice.today_above_worth:
        yield ("What runs today costs more than a version that passes is worth to you.",)
    if inputs.people.hourly_rate == 0:
        yield ("With hours that cost nothing, finding out is free on paper: the plan weighs bills alone.",)
    if inputs.job.data_place == "region" and comparison.evaluation.parts.given.place is None:
        yield (
            "Standard prices are counted: say under “Prices and caching” where it is processed, and ask each seller ",
            "whether it keeps data in your region or cloud.",
        )
    of_no_account = (
        "cached_price" if not inputs.prices.caching else "",
        "gpu_price" if inputs.serving.hardware == OWNED else "",
    )
    entered = frozenset(name for name in OPTIONAL if name in of_no_account or comparison.given(name) is not None)
    for record in mended(comparison.records, comparison.facts, inputs.job.as_of, entered):
        when = say_date(record.valid_from)
        yield (f"The figure of {record.name} was mended on {when}, after the day asked for: {record.mends}",)
    if inputs.job.as_of > comparison.facts.today:
        yield (f"Figures after {say_date(comparison.facts.today)} are those known on that day.",)


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
