"""
Where each row stands in a scenario:
by the guide's table, by what fits and can be bought, and by the reader's word.
"""

from dataclasses import replace
from typing import Final, NamedTuple

from calculators.calendar import month_after, say_date
from calculators.catalog.cost_comparison.approaches import Approach, Runs, Tunes, baseline
from calculators.catalog.cost_comparison.cost.counting import takes_no_images
from calculators.catalog.cost_comparison.cost.speed import AnswerTime
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens, taken_for_reference
from calculators.catalog.cost_comparison.cost.training import examples_cost
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import Judgement
from calculators.catalog.cost_comparison.refusals import no_price
from calculators.catalog.cost_comparison.standing import Can, Standing, can, cannot, not_needed
from calculators.facts import FACTS
from calculators.quantity import write_count, write_money, write_number, write_words

_FEWEST: Final = int(FACTS.rule("fewest_examples"))


def standing(
    approach: Approach, given: Given, held: RequestTokens, sent_on: RequestTokens | None, least: AnswerTime | None
) -> Standing:
    """
    Say where a row stands.

    Args:
        approach: The row.
        given: The inputs and their records.
        held: What one request of the row holds.
        sent_on: What one holds that it sends on to the prompted model; nothing where it sends none.
        least: How soon it can answer at the soonest; nothing where that is not on record, or not limited.
    """
    reason = no_price(approach, given.inputs, given.records)
    if reason:
        return Standing(Can.NO, reason, priced=False)
    found = in_the_table(approach, given)
    reason = too_long(approach, given, held)
    if not reason and sent_on is not None:
        reason = too_long(baseline(documents=given.documents, stays=False), given, sent_on)
    if found.can not in (Can.YES, Can.UNPROVEN):
        found = replace(found, fits=not reason)
    else:
        if reason:
            found = replace(cannot(reason), fits=False)
        elif slow := too_slow(given, least):
            found = cannot(slow)
        elif approach.tunes is Tunes.SERVICE:
            found = closed(given) or found
        missing = missing_examples(given) if approach.trained and approach is not given.today else None
        if missing and found.can is not Can.CLOSED:
            found = _too_few(missing, given)
    return judged(found, approach, given.inputs.judgement, passes(approach, given))


def passes(approach: Approach, given: Given) -> str:
    """What the reader says of their own eval; where nothing is said, a measured rate says it beside the bar."""
    said: str = getattr(given.inputs.judgement, approach.asked.passes)
    if said != "untested":
        return said
    quality = given.inputs.quality
    rate: float | None = getattr(quality, approach.asked.success)
    if rate is None or quality.bar is None:
        return said
    return "yes" if rate >= quality.bar else "no"


def in_the_table(approach: Approach, given: Given) -> Standing:
    """
    Say where a row stands by where the data may go, and by all that must change.

    The worst of its standings holds; but what one need does not ask for, another may.
    """
    if given.stays and not approach.stays:
        return _LEAVES
    if approach.sorts and not given.sorting:
        return _NOTHING_TO_SORT
    if given.nothing_changes and not given.needs:
        return approach.standings["nothing"]
    if given.stays and not given.needs:
        return _STAYS
    found = [approach.standings[need] for need in given.needs or ("task",)]
    asked = [standing for standing in found if standing.can is not Can.NOT_NEEDED] or found
    return min(asked, key=lambda standing: _WORST_FIRST.index(standing.can))


_LEAVES: Final = cannot("data would leave your machines", "M8")
_STAYS: Final = can("runs on your machines", "M8")
_NOTHING_TO_SORT: Final = not_needed("there is nothing to sort into classes")
_WORST_FIRST: Final = (Can.NO, Can.CLOSED, Can.UNPROVEN, Can.YES, Can.NOT_NEEDED)


class MissingExamples(NamedTuple):
    """
    Examples that are missing before anything can be tuned on them.

    Attributes:
        needed: How many it takes in all. [1]
        cost: What those missing cost to label, or to buy. [USD]
    """

    needed: int
    cost: float


def missing_examples(given: Given) -> MissingExamples | None:
    """What is missing before anything can be tuned; nothing where there are enough examples."""
    tuning = given.inputs.tuning
    if tuning.examples >= _FEWEST:
        return None
    return MissingExamples(_FEWEST, examples_cost(tuning, _FEWEST - tuning.examples))


def _too_few(missing: MissingExamples, given: Given) -> Standing:
    """Where a row stands that there are too few examples for, with what enough of them cost."""
    return cannot(
        f"not yet, with {write_count(given.inputs.tuning.examples, 'example')}: collect and check "
        f"{write_number(missing.needed)} first ({write_money(missing.cost)} for those missing)",
        "D3",
    )


def too_long(approach: Approach, given: Given, held: RequestTokens) -> str:
    """
    Say why a row's request does not fit the context of its model; empty where it does.

    Unknown contexts count as large enough, but not for pasting a corpus.
    """
    if approach.runs is Runs.SERVER:
        return ""
    records = given.records
    record = records.sold_for(approach.runs)[0].record
    name = records.base.name if approach.runs in _AS_TUNED else record.name
    if takes_no_images(approach.runs, given):
        return f"{name} takes no images"
    needed, window = held.longest + held.output, record.context_window
    if window is not None and needed > window:
        reference = taken_for_reference(given) if approach.tuned else 0.0
        taken = f": {write_words(reference)} of your fixed prompt are taken for reference text, which stays"
        return f"{write_words(needed)} tokens do not fit {name}’s context of {window:,}{taken if reference else ''}"
    if window is None and approach.pastes(documents=given.documents):
        return f"how much {name} can read at once is not known"
    return ""


def too_slow(given: Given, least: AnswerTime | None) -> str:
    """Say why a row cannot keep a limit of time; empty where it may, or where its speed is not on record."""
    limits = given.inputs.limits
    for what, limit, seconds in (
        ("the first token", limits.first_token_within, least and least.first_token),
        ("an answer", limits.answer_within, least and least.answer),
    ):
        if limit is not None and seconds is not None and seconds > limit:
            return f"{what} takes {seconds:.3g} seconds at least, with a replica to itself; you allow {limit:g}"
    return ""


_AS_TUNED: Final = (Runs.SMALL, Runs.SERVICE, Runs.OWN_GPUS)
"""Where the model that is tuned runs, or the same one untuned."""


def closed(given: Given) -> Standing | None:
    """
    Say where tuning at the chosen service stands once it cannot be bought any more,
    or its model dies within the horizon.

    Returns:
        The standing, or nothing where it can be bought and kept.
    """
    life, job = given.records.life, given.inputs.job
    if life is None:
        return None
    dies = life.dies_before(month_after(job.as_of, job.horizon_months))
    if not dies and life.open_to(existing_customer=given.inputs.tuning.existing_customer):
        return None
    reason = "; ".join(words for words in (life.closed_words, life.stops_words) if words)
    whose = ""
    if life.sold_to == "existing customers":
        whose = "existing customers"
        if life.stops is not None:
            whose += f" until {say_date(life.stops)}"
    elif life.stops is not None:
        whose = f"until {say_date(life.stops)}"
    return Standing(Can.CLOSED, reason, figures=whose)


def judged(found: Standing, approach: Approach, judgement: Judgement, passes: str) -> Standing:
    """
    Say where a row stands once the reader has been asked.

    Args:
        found: Where it stands by the table, by what fits and by what can be bought.
        approach: The row.
        judgement: What the reader says.
        passes: Whether it passes the reader's eval: yes, no or untested.
    """
    override: str = getattr(judgement, approach.asked.can)
    if override == "can" and found.can is not Can.YES:
        return Standing(Can.YES, "can, in your judgement", "", passes, judged=True, figures=found.figures)
    if override == "cannot" and found.can is not Can.NO:
        return Standing(Can.NO, "cannot, in your judgement", "", passes, judged=True, fits=found.fits)
    # Most often nothing is known: the record's own standing is the answer.
    return found if passes == found.passes else replace(found, passes=passes)
