"""The answer for a terminal and for programs: the page's sentences as plain text, and every figure exactly."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.standing import Can, Standing
from calculators.catalog.cost_comparison.tipping import Dial, Tip
from calculators.catalog.cost_comparison.words import NOUNS, newer, plain, value, verdict
from calculators.quantity import write_money

_HEADINGS: Final = ("", "Total", "Bills", "People", "Set-up", "Month", "Request", "Can it do the job?")
_GAP: Final = "  "


def written(comparison: Comparison) -> str:
    """Write the answer as plain text: the verdict, the table, what tips it, and the day of its prices."""
    said = verdict(comparison)
    robust = "Robust" if said.robust else "Fragile"
    paragraphs = [
        *(plain(notice).strip() for notice in said.notices),
        *([plain(newer(comparison))] if comparison.newer else []),
        plain(said.lead).strip(),
        *([f"{robust}. {plain(said.why)}"] if said.why else []),
        _table(comparison.rows),
        *(["\n".join(["What tips it", *_tips(comparison)])] if comparison.tips else []),
        *(f"{title}: {plain(sentence)}" for title, sentence in said.rest),
        f"Prices of {say_date(comparison.inputs.job.as_of)}. Month: the first one, people included.",
    ]
    return "\n\n".join(paragraphs)


def figures(comparison: Comparison) -> dict[str, object]:
    """Collect every figure of the answer, exactly, under names that stay. Amounts are US dollars."""
    winner, second, cheapest = comparison.winner, comparison.runner_up, comparison.bills_winner
    said, saving = verdict(comparison), comparison.saving
    return {
        "as_of": comparison.inputs.job.as_of.isoformat(),
        "horizon_months": comparison.months,
        "winner": _key(winner),
        "runner_up": _key(second),
        "winner_on_bills": _key(cheapest),
        "too_close_to_call": comparison.too_close,
        "fragile": comparison.fragile,
        "verdict": plain(said.lead).strip(),
        "newer": None
        if comparison.newer is None
        else {
            "as_of": comparison.newer.day.isoformat(),
            "winner": _key(comparison.newer.winner),
            "total": comparison.newer.winner.total if comparison.newer.winner else None,
        },
        "notices": [plain(notice).strip() for notice in said.notices],
        "rows": [_row(row) for row in comparison.rows],
        "tips": [_tip(comparison, tip) for tip in comparison.tips],
        "dial": None if comparison.dial is None else _dial(comparison, comparison.dial),
        "saving": None
        if saving is None
        else {
            "against": saving.baseline.key,
            "steps": [{"name": step.name, "amount": step.amount} for step in saving.steps],
        },
        "recorded": dict(comparison.recorded),
    }


def _key(row: Row | None) -> str | None:
    return None if row is None else row.approach.key


def _row(row: Row) -> dict[str, object]:
    cost, standing = row.cost, row.standing
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
        "setup": {
            "total": row.setup,
            "people": cost.setup.people,
            "data": cost.setup.data,
            "compute": cost.setup.compute,
            "waiting": cost.setup.waiting,
        },
        "month": {"total": row.month, "bills": row.month_bills, "people": cost.monthly_people},
        "request": row.marginal,
        "change_of_model": {
            "people": cost.change.people,
            "data": cost.change.data,
            "compute": cost.change.compute,
            "after_months": list(cost.changes),
        },
        "cumulative": list(row.cumulative),
        "accepted_answer": None if row.accepted is None or math.isinf(row.accepted) else row.accepted,
        "present_value": row.present,
        "time_to_production": row.approach.live_in,
        "portability": row.approach.portability,
    }


def _tip(comparison: Comparison, tip: Tip) -> dict[str, object]:
    return {
        "input": tip.name,
        "value": tip.value,
        "at": tip.at,
        "upwards": tip.upwards,
        # From 0 no change is a share of where it stands.
        "change": None if math.isinf(tip.change) else tip.change,
        "approach": comparison.taker(tip).approach.key,
    }


def _dial(comparison: Comparison, dial: Dial) -> dict[str, object]:
    return {
        "input": dial.name,
        "value": dial.value,
        "first": dial.first,
        "end": dial.end,
        "bands": [{"first": band.first, "end": band.end, "approach": ROWS[band.row].key} for band in dial.bands],
        "tip": None if dial.tip is None else _tip(comparison, dial.tip),
    }


def _table(rows: Iterable[Row]) -> str:
    lines = [_HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS) - 1)]
    return "\n".join(_aligned(line, widths) for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    amounts = (row.total, row.bills, row.people, row.setup, row.month, row.marginal)
    written = [write_money(amount) if row.standing.priced else "not known" for amount in amounts]
    return (row.approach.title, *written, _standing(row.standing))


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    title, *amounts = (
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=False))
    )
    return _GAP.join((title, *amounts, line[-1])).rstrip()


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
    for tip in comparison.tips:
        taker = comparison.taker(tip).approach.name
        side = "above" if tip.upwards else "below"
        yield (
            f"{_GAP}{taker} {side} {value(tip.name, tip.at)} {NOUNS[tip.name]} (now {value(tip.name, tip.value)}): "
            f"{tip.name}={tip.at:.12g}"
        )
