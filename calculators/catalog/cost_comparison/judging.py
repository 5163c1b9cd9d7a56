"""
Where each row stands in a scenario:
by the guide's table, by what fits and can be bought, and by the reader's word.
"""

from dataclasses import replace

from calculators.calendar import month_after, say_date
from calculators.catalog.cost_comparison.approaches import Approach, Runs, Tunes
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import Judgement
from calculators.catalog.cost_comparison.refusals import no_price
from calculators.catalog.cost_comparison.standing import Can, Standing, cannot
from calculators.quantity import write_words


def standing(approach: Approach, given: Given, held: RequestTokens) -> Standing:
    """
    Say where a row stands.

    Args:
        approach: The row.
        given: The inputs and their records.
        held: What one request of the row holds.
    """
    reason = no_price(approach, given.inputs, given.records)
    if reason:
        return Standing(Can.NO, reason, priced=False)
    found = approach.standings[given.inputs.job.must_change]
    if found.can in (Can.YES, Can.UNPROVEN):
        if reason := too_long(approach, given, held):
            found = cannot(reason)
        elif approach.tunes is Tunes.SERVICE:
            found = closed(given) or found
    return judged(found, approach, given.inputs.judgement)


def too_long(approach: Approach, given: Given, held: RequestTokens) -> str:
    """
    Say why a row's request does not fit the context of its model; empty where it does.

    Unknown contexts count as large enough, but not for pasting a corpus.
    """
    if approach.reference:
        return ""
    records = given.records
    small = approach.runs is not Runs.PROMPTED
    record = (records.small if small else records.prompted)[0].record
    name = records.base.name if small else record.name
    needed, window = held.input + held.output, record.context_window
    if window is not None and needed > window:
        return f"{write_words(needed)} tokens do not fit {name}’s context of {write_words(window)}"
    if window is None and approach.pastes(documents=given.documents):
        return f"how much {name} can read at once is not known"
    return ""


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


def judged(found: Standing, approach: Approach, judgement: Judgement) -> Standing:
    """Say where a row stands once the reader has been asked."""
    asked = approach.asked
    override: str = getattr(judgement, asked.can) if asked.can else "table"
    passes: str = getattr(judgement, asked.passes) if asked.passes else "untested"
    if found.can is Can.REFERENCE and override == "table":
        return found
    if override == "can" and found.can is not Can.YES:
        return Standing(Can.YES, "can, in your judgement", "", passes, judged=True, figures=found.figures)
    if override == "cannot" and found.can is not Can.NO:
        return Standing(Can.NO, "cannot, in your judgement", "", passes, judged=True)
    # Most often nothing is known: the record's own standing is the answer.
    return found if passes == found.passes else replace(found, passes=passes)
