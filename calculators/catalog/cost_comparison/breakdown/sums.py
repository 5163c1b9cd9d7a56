"""
What each figure of a row is made of: items with their formula, their amount and where their price comes from.

The items are written from the same sums as the totals, and add up to them.
"""

from calculators.catalog.cost_comparison.breakdown.preparing import hours, labels, training
from calculators.catalog.cost_comparison.breakdown.requests import cache_storage, keeping_ready, requests
from calculators.catalog.cost_comparison.breakdown.searching import indexing, lookups, searching
from calculators.catalog.cost_comparison.breakdown.shape import Breakdown, Item, Sum, write_price
from calculators.catalog.cost_comparison.breakdown.taken import Taken
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.quantity import write_cents, write_number, write_share


def breakdown(comparison: Comparison, row: Row) -> Breakdown:
    """
    Take a row apart.

    Args:
        comparison: The answer.
        row: One of its rows.

    Returns:
        Items that sum to the row's figures.
    """
    of = Taken(comparison, row)
    sums = [
        Sum("setup", "Set-up, paid once", tuple(setup(of))),
        Sum("month", "The first month, at the volume you entered", tuple(month(of))),
        Sum("request", f"One more {of.inputs.calls.asked}", tuple(request(of))),
    ]
    if row.cost.changes:
        sums.append(Sum("change", "Each change of base model", tuple(change(of))))
    sums.append(Sum("total", f"Over {row.cost.months} months", tuple(total(of))))
    return Breakdown(tuple(sums))


def setup(of: Taken) -> list[Item]:
    people = of.parts.people
    items = [
        hours(of, "Setting it up", of.approach.hours.setup),
        hours(of, "Eval set, the same in every row", "eval_hours"),
    ]
    if added := people.lookup_setup(of.approach):
        items.append(hours(of, "Retrieval beside it", "setup_rag", added))
    if of.approach.trained:
        items += [labels(of), training(of)]
    if of.evaluated.looks_up:
        items += indexing(of)
    if of.row.cost.setup.waiting:
        items.append(
            Item(
                "serving",
                "Waiting until it is live",
                f"{write_number(of.assumed[of.approach.wait])} months × the cost of delay and of prompting",
                of.row.cost.setup.waiting,
                inputs=("delay_cost",),
            )
        )
    return items


def month(of: Taken) -> list[Item]:
    items = [hours(of, "Looking after it", of.approach.hours.monthly)]
    if added := of.parts.people.lookup_monthly(of.approach):
        items.append(hours(of, "Retrieval beside it", "monthly_rag", added))
    items += requests(of, of.inputs.workload.requests_per_month)
    items += cache_storage(of)
    items += keeping_ready(of)
    if of.evaluated.looks_up:
        items += lookups(of)
    return [*items, *wrong(of, 1)]


def wrong(of: Taken, months: int) -> list[Item]:
    """What wrong answers cost in the first months, where somebody says how often answers are right."""
    cost, answers, quality = of.row.cost, of.parts.answers, of.inputs.quality
    counted, amount = answers.counted(of.approach), cost.wrong(months)
    if counted is None or not amount:
        return []
    requests, measured = cost.running.requests(months), answers.rate(of.approach) is not None
    asked = of.inputs.calls.asked
    how = (
        f"{write_number(requests)} × {write_share(1 - counted)} wrong × {write_price(quality.wrong_cost)}"
        if cost.again is None
        else f"{write_number(requests)} {asked}s, each sent {write_number(answers.asked(of.approach))} times"
    )
    inputs = (of.approach.asked.success,) if measured else ()
    note = "" if measured else "no rate of its own: taken to be right as often as the row it is measured against"
    return [Item("wrong", "Wrong answers", how, amount, inputs=(*inputs, "wrong_cost"), note=note)]


def request(of: Taken) -> list[Item]:
    items = requests(of, 1)
    if of.evaluated.looks_up:
        items += searching(of, 1)
    if not items:
        why = "paid whether it works or not: no more while it keeps up" if of.row.standing.priced else "not known"
        return [Item("serving", f"One more {of.inputs.calls.asked}", why, 0.0)]
    return items


def change(of: Taken) -> list[Item]:
    items = [hours(of, "Evals again, adjusting", of.approach.hours.change)]
    if of.approach.trained:
        items += [labels(of, refreshed=True), training(of)]
    return items


def total(of: Taken) -> list[Item]:
    cost, months = of.row.cost, of.row.cost.months
    setup_bills = cost.setup.data + cost.setup.compute + cost.setup.waiting
    items = [
        Item("people", "Set-up, people", "once", cost.setup.people),
        Item("", "Set-up, bills", "once", setup_bills),
        Item(
            "people",
            "Looking after it",
            f"{months} × {write_cents(cost.monthly_people)}",
            cost.monthly_people * months,
        ),
        Item("serving", "Everything that runs", "each month at its own volume and price", cost.running.until(months)),
        *wrong(of, months),
    ]
    if cost.changes:
        count, each = len(cost.changes), cost.change.total
        at = " and ".join(str(month) for month in cost.changes)
        items.append(
            Item(
                "",
                "Changes of base model",
                f"{count} × {write_cents(each)}, after month {at}"
                if cost.changes != (0,)
                else f"{write_cents(each)}, within the first month",
                count * each,
                inputs=("model_life",),
            )
        )
    return items
