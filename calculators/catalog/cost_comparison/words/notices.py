"""What a reader must know before any figure, and what later figures would say."""

from collections.abc import Iterable
from math import isclose
from typing import Final

from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import ROWS, Approach
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.sentences import Amount, Part, Sentence, listed
from calculators.facts import FACTS
from calculators.quantity import write_money

MOST: Final = int(FACTS.rule("most_notices"))
"""Sentences that stand before an answer at most; the others follow its table."""


def notices(comparison: Comparison) -> Iterable[Sentence]:
    """Say what concerns all rows, or the question itself, a sentence each, the gravest first."""
    advice, inputs, given = comparison.advice, comparison.inputs, comparison.evaluation.parts.given
    against = [ROWS[place] for place in range(len(ROWS)) if advice.contradicted >> place & 1]
    if against:
        names = listed([(tried(comparison, row),) for row in against])
        yield (
            "What you say of ",
            *names,
            f" goes ill {'together' if len(against) > 1 else 'with the rest'}; it is taken as you say, and the plan ",
            "starts from it.",
        )
    if given.today and given.nothing_changes and comparison.row(given.today).standing.passes == "no":
        yield ("Nothing must change, you say, and what runs fails your eval: it is taken to fail.",)
    if inputs.workload.requests_per_month == 0:
        yield ("With 0 requests a month nothing is billed by the request: hours and hosting are all that differs.",)
    for can in (Can.NO, Can.YES):
        judged = [row for row in comparison.rows if row.standing.judged and row.standing.can is can]
        if not judged:
            continue
        names = listed([(tried(comparison, row.approach),) for row in judged])
        verb = "can" if can is Can.YES else "cannot"
        yield ("In your judgement ", *names, f" {verb} do this; the guide’s table says otherwise.")
    if advice.today_above_worth:
        yield ("What runs today costs more than a version that passes is worth to you.",)
    if inputs.people.hourly_rate == 0:
        yield ("With hours that cost nothing, finding out is free on paper: the plan weighs bills alone.",)
    if inputs.job.data_place == "region":
        yield (
            "Which seller keeps data in your region or cloud, and what it charges for that, is not on record here: ",
            "ask, and enter your own prices where they differ.",
        )
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
