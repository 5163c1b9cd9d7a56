"""Whether the kind of first step stands, in words, and what else decides where two kinds are close."""

from dataclasses import dataclass
from typing import Final

from calculators.catalog.cost_comparison.approaches import ROWS, StepKind
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.dimensions import TOGETHER, MovedInput
from calculators.catalog.cost_comparison.plan.course import FirstStep
from calculators.catalog.cost_comparison.plan.question import Reading
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd
from calculators.catalog.cost_comparison.plan.robust import Cause, HardCoreEnd, JointDraws, Moved
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.nouns import HOURS, months_in_words, noun_of, times, value
from calculators.catalog.cost_comparison.words.sentences import Amount, Sentence
from calculators.facts import FACTS
from calculators.quantity import write_money, write_share

_CLOSE: Final = FACTS.rule("close_gap")
"""A difference below this is too close to call on cost. [share of what the plan comes to]"""


@dataclass(frozen=True, slots=True)
class Sureness:
    """
    How sure the first step is.

    Attributes:
        word: Robust or fragile; empty where there is nothing to be sure of.
        why: What makes it so.
    """

    word: str
    why: Sentence


def sureness(comparison: Comparison) -> Sureness:
    """Say whether the kind of first step is robust, and what turns it if not."""
    advice = comparison.advice
    if advice.first is None and advice.in_hand is None:
        return Sureness("", ())
    found = comparison.robust
    if found.turned_by is None or found.to is None:
        return Sureness("Robust", (_STANDS if advice.first else _KEPT, *_rival(comparison)))
    turned: Sentence = (*_cause(comparison, found.turned_by), ", ", *instead(comparison, found.to), ".")
    return Sureness("Fragile", (*turned, *_too_close(comparison)))


_STANDS: Final = (
    "The kind of first step stays the same wherever in their ranges the chances lie, and with any other number a "
    "quarter up or down."
)


_KEPT: Final = (
    "Keeping it stays best wherever in their ranges the chances lie, and with any other number a quarter up or down."
)


def _rival(comparison: Comparison) -> Sentence:
    """What the nearest other kind of first step costs more."""
    rival = comparison.advice.rival
    if rival is None or comparison.advice.first is None:
        return ()
    if round(rival.more) == 0:
        return ()
    more = Amount(write_money(rival.more))
    if rival.row is None:
        return (f" {_stopping(comparison)} would cost ", more, " more on average.")
    return (" Beginning with ", tried(comparison, ROWS[rival.row]), " instead would cost ", more, " more on average.")


def _stopping(comparison: Comparison) -> str:
    return "Not starting" if comparison.advice.in_hand is None else "Keeping what there is"


def _cause(comparison: Comparison, cause: Cause) -> Sentence:
    """Say what turns the first step, as a condition."""
    match cause:
        case ChanceEnd():
            return _chance_end(comparison, cause)
        case Reading.LADDER:
            return ("If a way could pass only where every likelier one does",)
        case Reading():
            return ("If one result told nothing of the others",)
        case HardCoreEnd(share):
            return (f"If {write_share(share)} of what prompting fails could be cured by nothing",)
        case JointDraws(against, of):
            return (f"With all chances drawn from their ranges at once, {against} times in {of}",)
        case Moved(cause=MovedInput() as moved):
            return _moved(comparison, moved)
        case _:
            raise TypeError(f"no words for {cause}")


def _chance_end(comparison: Comparison, cause: ChanceEnd) -> Sentence:
    """Say which end of its range a row's chance would have to be at; before any test, where that says more."""
    approach = ROWS[cause.row]
    name = tried(comparison, approach)
    believed, now = comparison.question.prospects[cause.row].belief.chance, comparison.chance(approach)
    if now is not None and round(now, 2) != round(believed, 2):
        end, ours = (Amount(write_share(round(each, 2))) for each in (cause.chance, believed))
        return ("If the chance of ", name, ", before any test, had been ", end, ", not ", ours)
    often = f" passed {'as often as' if cause.high else 'only'} {times(cause.chance)}, "
    return ("If ", name, f"{often}{'the top' if cause.high else 'the bottom'} of its range")


def _moved(comparison: Comparison, moved: MovedInput) -> Sentence:
    if moved.name in TOGETHER:
        return (f"With a quarter {'more' if moved.to > moved.value else 'less'} of all {HOURS[moved.name]}",)
    if moved.name == "horizon_months":
        return (f"Over {months_in_words(round(moved.to))} instead of {round(moved.value)}",)
    noun = noun_of(comparison, moved.name)
    return (
        "With ",
        Amount(value(moved.name, moved.to)),
        f" {noun} instead of\N{NO-BREAK SPACE}",
        Amount(value(moved.name, moved.value)),
    )


def instead(comparison: Comparison, to: FirstStep) -> Sentence:
    """Say what comes first where the kind of first step is another."""
    if to.row is not None:
        return (tried(comparison, ROWS[to.row]), " would come first")
    if isinstance(to.kind, StepKind):
        return (f"the first step would be to {to.kind.value}",)
    if comparison.advice.in_hand is not None:
        return ("it would be best to keep what there is",)
    return ("nothing would be worth a start",)


def _too_close(comparison: Comparison) -> Sentence:
    """Say what else decides where two kinds of first step are close; empty where they are not."""
    advice = comparison.advice
    rival, first = advice.rival, advice.first
    if rival is None or rival.more >= _CLOSE * abs(advice.expected):
        return ()
    more: Sentence = (Amount(write_money(rival.more)), " more on average") if round(rival.more) else ("as much",)
    if rival.row is None:
        return (f" Too close to call on cost: {_stopping(comparison).lower()} would cost ", *more, ".")
    other = ROWS[rival.row]
    close: Sentence = (
        " Too close to call on cost: beginning with ",
        tried(comparison, other),
        " would cost ",
        *more,
        ".",
    )
    if first is None:
        return close
    mine = ROWS[first.row]
    weeks, other_weeks = comparison.weeks(first.row), comparison.weeks(rival.row)
    if (weeks, mine.portability) == (other_weeks, other.portability):
        return (*close, " Either is live as soon, and as easy to leave.")
    leaving = (
        ("", "") if mine.portability == other.portability else (f" ({mine.portability})", f" ({other.portability})")
    )
    return (
        *close,
        f" Decide on time{'' if leaving[0] == leaving[1] else ' and lock-in'}: ",
        tried(comparison, mine),
        f" can be live in about {_weeks(weeks)}{leaving[0]}, ",
        tried(comparison, other),
        f" in about {_weeks(other_weeks)}{leaving[1]}.",
    )


def _weeks(weeks: int) -> str:
    return "a week" if weeks <= 1 else f"{weeks} weeks"
