"""The answer for a terminal and for programs: the page's sentences as plain text, and every figure exactly."""

import math
from collections.abc import Iterable
from enum import Enum
from typing import Final

from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import ROWS, Runs
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.dimensions import TOGETHER, MovedInput
from calculators.catalog.cost_comparison.estimate import Speed
from calculators.catalog.cost_comparison.plan.bands import Dial
from calculators.catalog.cost_comparison.plan.course import Ending, FirstStep
from calculators.catalog.cost_comparison.plan.question import Reading
from calculators.catalog.cost_comparison.plan.ranges import ChanceEnd
from calculators.catalog.cost_comparison.plan.robust import Cause, HardCoreEnd, JointDraws, Moved
from calculators.catalog.cost_comparison.plan.trap import RightBelow
from calculators.catalog.cost_comparison.plan.turning import Turn
from calculators.catalog.cost_comparison.standing import Can, Standing
from calculators.catalog.cost_comparison.words import (
    Sentence,
    newer,
    paid_at_the_start,
    paid_in,
    path,
    plain,
    right_below,
    said_of,
    staying,
    sureness,
    tips,
    verdict,
)
from calculators.quantity import DOLLARS, write_money, write_share

_PLANNED: Final = ("Total", "Find out", "Go live", "Keep", "Chance")
_MADE_OF: Final = ("Bills", "People", "Wrong answers", "First month")
_GAP: Final = "  "
_READ: Final = (
    "Total: finding out, going live and keeping, from where you are. Bills, people, wrong answers: from nothing, "
    "trials apart. First month: people included. Amounts are rounded to three digits, shares to the per cent: --json "
    "gives every digit."
)


def written(comparison: Comparison) -> str:
    """Write the answer as plain text: the verdict, the path, the table, what tips it, and the day of its prices."""
    said, sure, amounts = verdict(comparison), sureness(comparison), comparison.inputs.life.amounts
    paragraphs = [
        *(plain(notice).strip() for notice in said.notices),
        *([plain(newer(comparison))] if comparison.newer else []),
        plain(said.lead).strip(),
        *([f"{sure.word}. {plain(sure.why)}"] if sure.word else []),
        *([plain((*said.trap, " ", *right_below(comparison))).strip()] if said.trap else []),
        *([plain(said.odds)] if said.odds else []),
        *(["\n".join(["The path", *_path(comparison)])] if comparison.advice.tries else []),
        *_tables(comparison),
        *([turned] if (turned := "\n".join(_tips(comparison))) else []),
        *([rows] if (rows := "\n".join(_of_rows(comparison))) else []),
        *([stays] if (stays := plain(staying(comparison))) else []),
        *(plain(notice).strip() for notice in said.also),
        " ".join(filter(None, (f"Prices of {say_date(comparison.inputs.job.as_of)}.", amounts, _READ))),
    ]
    return "\n\n".join(paragraphs)


def figures(comparison: Comparison) -> dict[str, object]:
    """Collect every figure of the answer, exactly, under names that stay. Amounts are US dollars, whatever is shown."""
    running = comparison.running
    said, saving, later = verdict(comparison), comparison.saving, comparison.newer
    asked, remarks = comparison.inputs.life.currency, said_of(comparison)
    return {
        "as_of": comparison.inputs.job.as_of.isoformat(),
        "currency": DOLLARS.code,
        "shown_in": asked and {"code": asked.code, "per_dollar": asked.rate},
        "horizon_months": comparison.months,
        "plan": plan_figures(comparison),
        "verdict": plain(said.lead).strip(),
        "winner": _key(comparison.winner),
        "runner_up": _key(running[1] if len(running) > 1 else None),
        "winner_on_bills": _key(min(running, key=lambda row: row.bills, default=None)),
        "newer": None
        if later is None
        else {
            "as_of": later.day.isoformat(),
            "first": later.comparison and first_key(later.comparison),
            "expected": later.comparison and later.comparison.advice.expected,
        },
        "notices": [plain(notice).strip() for notice in (*said.notices, *said.also)],
        "rows": [_row(comparison, row, remarks[row.approach]) for row in comparison.rows],
        "tips": [_tip(tip) for tip in comparison.tips],
        "dial": None if comparison.dial is None else _dial(comparison.dial),
        "saving": None
        if saving is None
        else {
            "against": saving.baseline.key,
            "steps": [{"name": step.name, "amount": step.amount} for step in saving.steps],
        },
        "recorded": dict(comparison.recorded),
    }


def plan_figures(comparison: Comparison) -> dict[str, object]:
    """Collect every figure of the plan."""
    advice, below, sure = comparison.advice, comparison.right_below, comparison.robust
    return {
        "first": first_key(comparison),
        "in_hand": None if advice.in_hand is None else ROWS[advice.in_hand].key,
        "steps": [
            {
                "approach": ROWS[each.step.row].key,
                "find_out": each.step.find_out,
                "go_live": each.step.go_live,
                "keep": each.step.keep,
                "chance": each.step.chance,
                "weeks": comparison.weeks(each.step.row),
                **_or_why("price_of_a_success", each.step.price_of_a_success, "never: it cannot pass"),
                "dashed": each.dashed,
                "then": None if each.then is None else ROWS[each.then].key,
            }
            for each in advice.tries
        ],
        "expected": advice.expected,
        "nothing_passes": advice.nothing_passes,
        "ends_without": advice.ends_without,
        "tuning_first_reason": None if advice.trap else "tuning cannot do this, comes first as it is, or has passed",
        "tuning_first": None
        if advice.trap is None
        else {
            "approach": ROWS[advice.trap.row].key,
            "more": advice.trap.more,
            **_or_why("right_below", below and below.chance, _why_never_right(below)),
        },
        "staying": _staying(comparison),
        "robust": sure.robust,
        "turned_by": None if sure.turned_by is None else _cause(sure.turned_by),
        "turned_to": None if sure.to is None or sure.to.row is None else ROWS[sure.to.row].key,
    }


def _staying(comparison: Comparison) -> dict[str, object] | None:
    """What it costs that data may not leave: the first step of either plan in all, if it passes."""
    elsewhere = comparison.elsewhere
    if elsewhere is None:
        return None
    here, there = comparison.begins, elsewhere.begins
    if there is None:
        return None
    return {"total": here and here.total, "anywhere": {"first": first_key(elsewhere), "total": there.total}}


def _cause(cause: Cause) -> dict[str, object]:
    """What turns the first step, by kind."""
    match cause:
        case ChanceEnd(row, chance, _):
            return {"chance": ROWS[row].key, "at": chance}
        case Reading():
            return {"reading": cause.name.lower()}
        case HardCoreEnd(share):
            return {"hard_core": share}
        case JointDraws(against, of):
            return {"joint_draws": of, "against": against}
        case Moved(cause=MovedInput(name, stands, to)):
            return {"input": name, "value": stands, "at": to}
        case _:
            raise TypeError(f"no figures for {cause}")


def first_key(comparison: Comparison) -> str | None:
    """The row to try first; `stay` where what passes or runs is kept; nothing where nothing listed can pass."""
    advice = comparison.advice
    if advice.first is not None:
        return ROWS[advice.first.row].key
    return None if advice.in_hand is None else "stay"


def _or_why(name: str, figure: float | None, why: str) -> dict[str, object]:
    """A figure, or why there is none: JSON has no infinity, and nothing alone would not say which it is."""
    none = figure is None or math.isinf(figure)
    return {name: None if none else figure, f"{name}_reason": why if none else None}


def _why_never_right(below: RightBelow | None) -> str:
    """Why there is no chance below which tuning first would be right."""
    if below is None:
        return "what runs today is measured first, or no untuned row is tried"
    return "never: not even if the others hardly ever passed"


def _key(row: Row | None) -> str | None:
    return None if row is None else row.approach.key


def _row(comparison: Comparison, row: Row, remarks: tuple[Sentence, ...]) -> dict[str, object]:
    cost, standing = row.cost, row.standing
    evaluated, candidate = comparison.evaluation.row(row.approach), comparison.candidate_of(row.approach)
    believed, price = evaluated.belief, comparison.price_of_a_success(row.approach)
    return {
        "approach": row.approach.key,
        "title": row.approach.title,
        "standing": {
            "can": str(standing.can),
            "reason": standing.reason,
            "claim": standing.claim,
            "passes": standing.passes,
            "judged": standing.judged,
            "figures": standing.figures or "everybody",
            "may_win": standing.in_the_running,
        },
        "total": row.total,
        "bills": row.bills,
        "people": row.people,
        "wrong_answers": row.wrong,
        "parts": dict(row.parts),
        "in_all": comparison.in_all(row.approach),
        "find_out": comparison.find_out(row.approach),
        "go_live": candidate.go_live,
        "keep": candidate.keep,
        "weeks": evaluated.weeks,
        "chance": None
        if believed is None
        else {
            "value": believed.chance,
            "now": comparison.chance(row.approach),
            "low": believed.low,
            "high": believed.high,
            "yours": comparison.given_chance(row.approach),
        },
        **_or_why("price_of_a_success", price, "it is not tried" if price is None else "never: it cannot pass"),
        "setup": {
            "total": row.setup,
            "people": cost.setup.people,
            "data": cost.setup.data,
            "compute": cost.setup.compute,
            "waiting": cost.setup.waiting,
        },
        "gpus": _gpus(comparison, row),
        "month": {"total": row.month, "bills": row.month_bills, "people": cost.monthly_people},
        "request": row.marginal,
        "change_of_model": {
            "people": cost.change.people,
            "data": cost.change.data,
            "compute": cost.change.compute,
            "after_months": list(cost.changes),
        },
        "cumulative": list(row.cumulative),
        **_or_why(
            "accepted_answer", row.accepted, "no rate is given" if row.accepted is None else "never: none is accepted"
        ),
        "present_value": row.present,
        **_beside(comparison, row),
        "remarks": [plain(sentence).strip() for sentence in remarks],
        "time_to_production": row.approach.live_in,
        "portability": row.approach.portability,
    }


def _gpus(comparison: Comparison, row: Row) -> dict[str, object] | None:
    """GPUs of one's own in the first month, and why so many; nothing for a row that runs on none."""
    if row.approach.runs is not Runs.OWN_GPUS or not row.cost.running.gpus:
        return None
    found = comparison.evaluation.row(row.approach).sizing
    return {
        "gpus": int(row.cost.running.gpus[1]),
        "model": comparison.records.base.key,
        "gpu": comparison.records.card.key,
        "paid_at_the_start": paid_at_the_start(comparison, row),
        "sizing": found and found._asdict(),
        **_speed(comparison),
    }


def _speed(comparison: Comparison) -> dict[str, object]:
    """Whether the speed of GPUs of one's own was measured, and how good an estimate is."""
    speed, line = comparison.evaluation.parts.effective.speed, comparison.records.roofline
    if not isinstance(speed, Speed):
        return {"speed": "measured", "estimates": None}
    return {
        "speed": "estimated" if speed.measured_bits is None else "carried over",
        "estimates": {"within": line.within, "factor": line.factor, "worst": line.worst, "cases": line.cases},
    }


def _beside(comparison: Comparison, row: Row) -> dict[str, object]:
    """Several tuned models, and what is sent on, where there is any of it."""
    parts, running, found = comparison.evaluation.parts, row.cost.running, dict[str, object]()
    if row.approach.tuned and parts.training.models > 1:
        found["tuned_models"] = {
            "models": parts.training.models,
            "deployments": parts.several.deployments(row.approach),
            "adapters": parts.several.held(row.approach) is not None,
            "work": parts.several.work(row.approach),
        }
    if running.sent_on is not None:
        found["sent_on"] = {"share": running.sent_on_share, "request": running.sent_on.marginal()}
    return found


def _tip(tip: Turn) -> dict[str, object]:
    """
    A value of one input at which the kind of first step is another.

    The input goes by its name. `find_out_hours`, `setup_hours`, `monthly_hours` and `change_hours` are all hours to
    find out, to set up, in a month and at a change of model, moved as one: their values are in times of those entered.
    """
    return {
        "input": tip.cause,
        "value": tip.value,
        "at": tip.at,
        "upwards": tip.upwards,
        "first": _first(tip.to),
        "kind": _kind(tip.to),
    }


def _dial(dial: Dial) -> dict[str, object]:
    return {
        "input": dial.cause,
        "value": dial.value,
        "first": dial.first,
        "end": dial.end,
        "bands": [
            {"first": band.first, "end": band.end, "kind": _kind(band.to), "approach": _first(band.to)}
            for band in dial.bands
        ],
    }


def _first(step: FirstStep) -> str | None:
    """The row that is tried first; `stay` where what passes or runs is kept, or makes way for another that passes."""
    if step.row is not None:
        return ROWS[step.row].key
    return None if step.kind is Ending.NOTHING else "stay"


def _kind(step: FirstStep) -> str:
    return step.kind.name.lower() if isinstance(step.kind, Enum) else str(step.kind)


def _path(comparison: Comparison) -> Iterable[str]:
    """The steps in the order of failures, one a line."""
    for number, step in enumerate(path(comparison), start=1):
        yield f"{_GAP}{number}. {plain(step)}"


def _of_rows(comparison: Comparison) -> Iterable[str]:
    """What is to be said of single rows, a row's things on a line."""
    for approach, said in said_of(comparison).items():
        if said:
            yield f"{approach.title}: {' '.join(plain(sentence).strip() for sentence in said)}"


def _tables(comparison: Comparison) -> Iterable[str]:
    """Three tables, one below the other: together they would be twice as wide as a terminal."""
    rows = comparison.rows
    yield _table("Each row, if it passes", _PLANNED, [(row, _planned(comparison, row)) for row in rows])
    made_of = (*_MADE_OF, comparison.inputs.calls.asked.capitalize())
    yield _table("What it is made of", made_of, [(row, _made_of(comparison, row)) for row in rows])
    yield _table("Can it do the job?", (), [(row, (_standing(row.standing),)) for row in rows])


def _planned(comparison: Comparison, row: Row) -> tuple[str, ...]:
    candidate, chance = comparison.candidate_of(row.approach), comparison.chance(row.approach)
    in_all, find_out = comparison.in_all(row.approach), comparison.find_out(row.approach)
    amounts = (in_all, find_out, candidate.go_live, candidate.keep)
    return (
        *(_amount(amount, row) for amount in amounts),
        "–" if chance is None else write_share(round(chance, 2)),
    )


def _made_of(comparison: Comparison, row: Row) -> tuple[str, ...]:
    monthly = tuple(_amount(amount, row) for amount in (row.bills, row.people, row.wrong, row.month))
    return (*monthly, paid_in(comparison, row) or _amount(row.marginal, row))


def _table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[Row, tuple[str, ...]]]) -> str:
    lines = [*([("", *headings)] if headings else []), *((row.approach.title, *cells) for row, cells in rows)]
    first, *widths = (max(map(len, column)) for column in zip(*lines, strict=True))
    aligned = str.rjust if headings else str.ljust
    return "\n".join(
        (
            title,
            *(_GAP.join((name.ljust(first), *map(aligned, cells, widths))).rstrip() for name, *cells in lines),
        )
    )


def _amount(amount: float, row: Row) -> str:
    if not row.standing.priced:
        return "not known"
    return write_money(amount) if row.standing.fits else "–"


def _standing(standing: Standing) -> str:
    if standing.passes == "no":
        return "fails your eval"
    if standing.can is Can.UNPROVEN and standing.passes == "untested":
        return "unproven: if it passes your eval"
    reason = (
        f": {standing.reason}" if standing.can in (Can.NO, Can.NOT_NEEDED, Can.CLOSED) and not standing.judged else ""
    )
    tested = ", passes your eval" if standing.passes == "yes" else ""
    judged = ", in your judgement" if standing.judged else ""
    return f"{standing.can}{judged}{tested}{reason}"


def _tips(comparison: Comparison) -> Iterable[str]:
    """What would change the first step, one a line; with the input as a link carries it, where it is one input."""
    for number, said in enumerate(tips(comparison)):
        entered = ""
        if number < len(comparison.tips):
            tip = comparison.tips[number]
            entered = "" if tip.cause in TOGETHER else f" {tip.cause}={tip.at:.12g}"
        yield f"{plain(said)}{entered}"
