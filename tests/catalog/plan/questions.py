"""Questions made up for the tests of the advice: rows with chances and ranges, what is known, what runs today."""

from dataclasses import replace
from typing import Final

from hypothesis import strategies as st

from calculators.catalog.cost_comparison.plan.course import Course, settled
from calculators.catalog.cost_comparison.plan.question import Belief, PlanQuestion, Prospect, Reading
from calculators.catalog.cost_comparison.plan.search import Candidate
from calculators.catalog.cost_comparison.plan.worlds import Remedy
from tests.catalog.plan.made_up import AMOUNTS, CHANCES, CLASSIFIER, TUNING, TWENTIETHS, Case

KINDS: Final = ("prompt", "smaller", "few-shot", "tune")
HARD_CORE: Final = Belief(0.5, 0.2, 0.8)


def prospect(
    chance: float | tuple[float, float, float],
    find_out: float,
    keep: float,
    *,
    go_live: float = 0.0,
    parts: int = 0,
    remedy: Remedy | None = None,
    kind: str = "prompt",
) -> Prospect:
    """A row that costs the same beside what runs today; its chance alone, or as low, as taken and as high as may be."""
    low, taken, high = chance if isinstance(chance, tuple) else (chance, chance, chance)
    candidate = Candidate(find_out, parts, go_live, keep)
    return Prospect(candidate, candidate, Belief(taken, low, high), remedy, kind)


def question(*prospects: Prospect, parts: tuple[float, ...] = (), day: float = 0.0) -> PlanQuestion:
    """These rows, of which the first is the base row; the tuned ones by their remedy; nothing is known."""
    tuned = sum(1 << row for row, each in enumerate(prospects) if each.remedy is TUNING)
    return PlanQuestion(prospects, parts, 0, (1 << len(prospects)) - 1, HARD_CORE, day, tuned=tuned)


def asked(course: Course) -> Case:
    """What a course asks its search."""
    known = course.question
    draws, _ = known.worlds()
    costs, in_play = known.costs()
    worth = None if known.today_passes else known.worth
    return Case(tuple(costs), known.parts, draws, in_play, known.paid, known.passed, worth)


@st.composite
def prospects(draw: st.DrawFn, chances: st.SearchStrategy[float] = TWENTIETHS, parts: int = 3) -> Prospect:
    """Any row."""
    low, chance, high = sorted(draw(st.lists(chances, min_size=3, max_size=3)))
    if draw(st.booleans()):
        low, high = chance, chance
    candidate = Candidate(draw(AMOUNTS), draw(st.integers(0, (1 << parts) - 1)), draw(AMOUNTS), draw(AMOUNTS))
    beside = draw(
        st.sampled_from([candidate, candidate, candidate._replace(keep=candidate.keep + draw(AMOUNTS)), None])
    )
    remedy = draw(st.sampled_from([None, None, None, TUNING, CLASSIFIER]))
    return Prospect(candidate, beside, Belief(chance, low, high), remedy, draw(st.sampled_from(KINDS)))


@st.composite
def questions(
    draw: st.DrawFn, most_rows: int = 5, chances: st.SearchStrategy[float] = TWENTIETHS, *, least_rows: int = 1
) -> PlanQuestion:
    """Any question."""
    rows = tuple(draw(st.lists(prospects(chances), min_size=least_rows, max_size=most_rows)))
    everything = (1 << len(rows)) - 1
    places = st.integers(0, len(rows) - 1)
    in_play = everything & ~draw(st.sampled_from([0, 0, 0, 1, 2]))
    today = draw(st.one_of(st.none(), places))
    if today is not None and not in_play >> today & 1:
        today = None
    known = draw(st.sampled_from([0, 0, 1 << draw(places), everything]))
    passed = known & draw(st.integers(0, everything))
    order = draw(st.lists(st.tuples(places, places), max_size=4))
    return PlanQuestion(
        prospects=rows,
        parts=tuple(draw(st.lists(AMOUNTS, min_size=3, max_size=3))),
        base=draw(st.sampled_from([0, 0, len(rows) - 1])),
        in_play=in_play,
        hard_core=HARD_CORE,
        day=draw(st.sampled_from([0.0, 1.0, 4.0])),
        passed=passed,
        failed=known & ~passed,
        paid=draw(st.integers(0, 7)) & draw(st.integers(0, 7)),
        today=today,
        tuned=sum(1 << row for row, each in enumerate(rows) if each.remedy is TUNING),
        worth=draw(st.one_of(st.none(), st.integers(0, 150).map(float))),
        worth_it_above=draw(st.sampled_from([None, None, 0.0, 6.0])),
        order=tuple((one, other) for one, other in order if one != other),
        reading=draw(st.sampled_from([Reading.CURES, Reading.CURES, *Reading])),
    )


@st.composite
def courses(draw: st.DrawFn, most_rows: int = 5, chances: st.SearchStrategy[float] = TWENTIETHS) -> Course:
    """A question solved in which it is known whether what runs today passes."""
    known = settled(draw(questions(most_rows, chances)))
    return Course(replace(known, today=None) if known.today_untested else known)


ANY_QUESTION: Final = st.one_of(questions(), questions(6, CHANCES))
