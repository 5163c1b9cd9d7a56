"""The rows of a scenario as a plan sees them: what finding out, going live and keeping cost, and what is believed."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from calculators.catalog.cost_comparison.approaches import ROWS, SharedPart, baseline
from calculators.catalog.cost_comparison.chances import order
from calculators.catalog.cost_comparison.cost.rows import Parts
from calculators.catalog.cost_comparison.evaluation import EvaluatedRow
from calculators.catalog.cost_comparison.plan.question import Belief, PlanQuestion, Prospect
from calculators.catalog.cost_comparison.plan.search import Candidate
from calculators.catalog.cost_comparison.plan.worlds import Remedy
from calculators.catalog.cost_comparison.standing import Can
from calculators.facts import FACTS
from calculators.formulas.units import WEEKS_PER_MONTH

_DAY_HOURS: Final = FACTS.rule("day_hours")

_CANNOT: Final = Belief(0.0, 0.0, 0.0)

_PART_PLACES: Final = {part: place for place, part in enumerate(SharedPart)}
"""The place of each shared part."""


def question(rows: Iterable[EvaluatedRow], parts: Parts) -> PlanQuestion:
    """
    Ask what to try first.

    Args:
        rows: Every row of a scenario, in the order of totals.
        parts: The terms that they are put together from.
    """
    rows, given, inputs = tuple(rows), parts.given, parts.given.inputs
    tuning, sorting = _remedy("tuning_slips", parts), _remedy("classifier_slips", parts)
    today = given.today
    replaced = any(row.approach is today and row.ends for row in rows)
    in_play = [row for row in rows if _may_run(row, replaced=replaced)]
    running = next((row for row in in_play if row.approach is today), None)
    good_enough = today if given.nothing_changes else None
    failed = _members(row for row in rows if row.standing.passes == "no")
    passed = _members(row for row in rows if row.standing.passes == "yes" or row.approach is good_enough) & ~failed
    core = given.facts.assumptions.known("hard_core", inputs.job.as_of)
    base = ROWS.index(baseline(documents=given.documents, stays=given.stays))
    keeping = _order(baseline(documents=given.documents, stays=False).belief)
    # What may not run says nothing of the others, but for the base row and what was tested.
    speaks = _members(in_play) | 1 << base | passed | failed
    beliefs = _in_order(rows, keeping)
    return PlanQuestion(
        prospects=tuple(
            Prospect(
                _candidate(row, running),
                _beside(row, running) if running else None,
                belief if speaks >> place & 1 else _CANNOT,
                tuning if row.approach.tuned else sorting if row.approach.sorts else None,
                row.approach.kind_of_step(documents=given.documents),
            )
            for place, (row, belief) in enumerate(zip(rows, beliefs, strict=True))
        ),
        parts=parts.finding_out.part_costs,
        base=base,
        in_play=_members(in_play),
        hard_core=Belief(core.value, core.low, core.high),
        day=parts.people.cost(_DAY_HOURS),
        passed=passed,
        failed=failed,
        paid=_paid(rows, parts),
        today=ROWS.index(running.approach) if running else None,
        tuned=_members(row for row in rows if row.approach.tuned),
        worth=inputs.finding_out.worth,
        worth_it_above=inputs.finding_out.worth_it_above,
        order=keeping,
    )


def _in_order(rows: tuple[EvaluatedRow, ...], keeping: tuple[tuple[int, int], ...]) -> list[Belief]:
    """
    What is believed of each row. Where the reader gives one a chance of their own, assumed ones make way, so that rows
    keep their order.

    Args:
        rows: The rows.
        keeping: Pairs of rows, a likelier and a less likely one.
    """
    beliefs = [row.belief or _CANNOT for row in rows]
    given = [row.chance_given for row in rows]
    fixed = list(given)
    moving = any(given)
    while moving:
        moving = False
        for likelier, less in keeping:
            above, below = beliefs[likelier], beliefs[less]
            if above.chance >= below.chance or fixed[likelier] == fixed[less]:
                continue
            moving = True
            if fixed[likelier]:
                beliefs[less], fixed[less] = Belief(*map(min, below, above)), True
            else:
                beliefs[likelier], fixed[likelier] = Belief(*map(max, above, below)), True
    return beliefs


def _remedy(name: str, parts: Parts) -> Remedy:
    """What makes rows a remedy by their kind: the same one for the same figure, however often it is asked for."""
    return _slipping(name, parts.given.assumed[name])


@cache
def _slipping(_: str, slip: float) -> Remedy:
    return Remedy(slip)


def _may_run(row: EvaluatedRow, *, replaced: bool) -> bool:
    """
    Whether a row may be tried and kept, by what it can and by what is known of its price.

    Args:
        row: The row.
        replaced: Whether what runs today must be replaced: then nothing may take its place that is switched off, too.
    """
    if not row.standing.priced or row.belief is None or row.gone or (row.ends and replaced):
        return False
    # What runs is there, whether the job asks for it or not; and if it passes, whatever the table says of it.
    runs = row.standing.can is Can.NOT_NEEDED or row.standing.passes == "yes"
    return (row.approach is row.parts.given.today and runs) or row.standing.can in (Can.YES, Can.UNPROVEN)


def _members(rows: Iterable[EvaluatedRow]) -> int:
    """Rows as a set: a bit for each place."""
    return sum(1 << ROWS.index(row.approach) for row in rows)


def _bits(parts: Iterable[SharedPart]) -> int:
    """Shared parts as a set, however often each is named."""
    return sum(1 << _PART_PLACES[part] for part in set(parts))


def _needed(row: EvaluatedRow) -> int:
    """The shared parts that a row needs to be tried."""
    return _bits(row.parts.finding_out.needed(row.approach))


def _candidate(row: EvaluatedRow, running: EvaluatedRow | None) -> Candidate:
    """What a row costs where nothing runs that passes. What runs has no set-up left."""
    if row is running:
        return Candidate(0.0, _needed(row), 0.0, row.kept)
    return Candidate(row.alone, _needed(row), row.go_live, row.kept)


def _beside(row: EvaluatedRow, running: EvaluatedRow) -> Candidate | None:
    """
    What a row costs where what runs passes: that is paid for until the row is live, and only the rest is the row's.

    Nothing where it would be live only after the end.
    """
    found = _candidate(row, running)
    if row is running:
        return found
    inputs = row.parts.given.inputs
    until_live = row.weeks / (inputs.job.horizon_months * WEEKS_PER_MONTH)
    if until_live >= 1:
        return None
    # What runs meanwhile is part of what is kept here: of waiting only its own cost is left.
    delay = inputs.life.delay_cost * row.parts.given.assumed[row.approach.wait]
    return found._replace(
        go_live=row.go_live - row.setup.waiting + delay,
        keep=until_live * running.kept + (1 - until_live) * row.kept,
    )


def _paid(rows: tuple[EvaluatedRow, ...], parts: Parts) -> int:
    """The shared parts that are paid: those that stand, and those of every row that was tested."""
    tested = [row for row in rows if row.standing.passes != "untested"]
    return _bits(parts.finding_out.standing) | _bits(
        part for row in tested for part in parts.finding_out.needed(row.approach)
    )


@cache
def _order(base: str) -> tuple[tuple[int, int], ...]:
    """
    Pairs of rows, a likelier and a less likely one, that keep their order when a chance moves.

    Args:
        base: Whose prompt the others share.
    """
    places: dict[str, list[int]] = {}
    for place, row in enumerate(ROWS):
        places.setdefault(row.belief, []).append(place)
    return tuple(
        (likelier, less)
        for above, below in order(base)
        for likelier in places.get(above, ())
        for less in places.get(below, ())
    )
