"""The worked example of the page on the plan: a small one, with every step of how its plan is found."""

from collections.abc import Mapping
from typing import Final

from calculators.html import worked_plan
from calculators.html.pages.tables import NONE, plain_table
from calculators.html.proof import AT_BUILD, exactly
from calculators.html.worked_plan import ExampleRow, WorkedPlan, figures, money, order_slot, result, worked
from calculators.markup import NOTHING, Html, join
from calculators.quantity import Quantity

_SHARE: Final = Quantity(share=True)

_EXAMPLE: Final = Html(
    '<div class="proof" data-proof="{question}" data-search-exclude>'
    '<div class="proof__count" data-slot="plan-result">{result}</div>'
    '<p class="proof__run"><button type="button" class="button button--solid" data-proof-run hidden>'
    "Work it out again in this browser</button></p>"
    '<div class="proof__status" role="status" data-proof-status></div>'
    '<h3 id="example-rows">What goes in</h3>{rows}'
    "<p>{parts} are paid once, by whichever row needs them first. Of prompting’s failures, {core} are a hard core; "
    "where prompting passes, tuning still fails in {slip} of the cases.</p>"
    '<h3 id="example-worlds">What passes with what</h3>'
    "<p>Few-shot is likelier than prompting, and tuning is a remedy by its kind. So each passes where prompting does, "
    "but for tuning’s slip, and cures just enough of its failures for its own chance to come out: add up a column, and "
    "it does.</p>{worlds}"
    '<h3 id="example-orders">What each order comes to</h3>'
    "<p>Until one passes, on average. After each failure the worlds in which that row passes are struck out, and what "
    "is left is weighed anew: that is why tuning, at {tuning} to begin with, is tried at {later} once both others have "
    "failed. Once few-shot has failed, prompting cannot pass, and costs nothing to pass over.</p>{orders}"
    '<h3 id="example-plan">The best plan</h3>'
    "<p>A plan may also go on after a success, to see whether something cheaper passes too. On average, by what "
    "it begins with: {begun}.</p>{steps}"
    "<p>The price of the trap is the difference between the last of these and the first: {trap}. In {nothing} of the "
    "worlds nothing passes, and there only finding out is counted.</p>"
    "<p>Weitzman’s rule, for each row by itself (finding out ÷ chance, and what it costs to keep): {alone}. Here it "
    "gives the same order.</p></div>"
)


def write() -> Html:
    """Work the example out, and write it with every figure in a place of its own."""
    found = worked()
    written = {slot: _place(slot, figure) for slot, figure in figures(found).items()}
    told, last = found.told, len(found.told["rows"]) - 1
    return _EXAMPLE.fill(
        question=worked_plan.REQUEST,
        result=result(found, AT_BUILD),
        rows=_rows(found, written),
        parts=" and ".join(f"{name} ({money(amount)})" for name, amount in told["parts"].items()).capitalize(),
        core=exactly(told["hard_core"], _SHARE),
        slip=exactly(told["rows"][last].get("slip", 0.0), _SHARE),
        worlds=_worlds(found, written),
        tuning=exactly(told["rows"][last]["chance"], _SHARE),
        later=exactly([step.chance for step in found.best.steps][last], _SHARE),
        orders=_orders(found, written),
        begun=_each(found, written, "plan-begun-{}"),
        steps=_steps(found, written),
        trap=written["plan-trap"],
        nothing=written["plan-nothing"],
        alone=_each(found, written, "plan-alone-{}"),
    )


def _each(found: WorkedPlan, written: Mapping[str, Html], slot: str) -> Html:
    """Write a figure of each row behind the row's name."""
    named = Html("{} {}")
    return join(
        (named.fill(row["name"].lower(), written[slot.format(place)]) for place, row in enumerate(found.told["rows"])),
        Html(", "),
    )


def _place(slot: str, figure: Html) -> Html:
    return Html('<span data-slot="{}">{}</span>').fill(slot, figure)


def _rows(found: WorkedPlan, written: Mapping[str, Html]) -> Html:
    def find_out(row: ExampleRow) -> str:
        own = [money(row["find_out"])] if row["find_out"] else []
        return " + ".join([*row["parts"], *own])

    return plain_table(
        "What goes in",
        ("Row", "Find out", "Go live", "Keep", "Chance"),
        (
            (row["name"], find_out(row), money(row["go_live"]), money(row["keep"]), written[f"plan-chance-{place}"])
            for place, row in enumerate(found.told["rows"])
        ),
    )


def _worlds(found: WorkedPlan, written: Mapping[str, Html]) -> Html:
    rows = found.told["rows"]
    likeliest = sorted(range(len(found.worlds)), key=lambda place: -found.worlds[place].weight)
    return plain_table(
        "The worlds",
        ("Weight", *(row["name"] for row in rows)),
        (
            (
                written[f"plan-world-{place}"],
                *("passes" if found.worlds[place].passing >> row & 1 else "fails" for row in range(len(rows))),
            )
            for place in likeliest
        ),
    )


def _orders(found: WorkedPlan, written: Mapping[str, Html]) -> Html:
    least = min(found.orders.values())
    best = Html(" <strong>least</strong>")
    return plain_table(
        "The orders",
        ("Order", "Comes to"),
        (
            (
                ", then ".join(found.told["rows"][row]["name"].lower() for row in order).capitalize(),
                written[order_slot(order)] + (best if amount == least else NOTHING),
            )
            for order, amount in sorted(found.orders.items(), key=lambda each: each[1])
        ),
    )


def _steps(found: WorkedPlan, written: Mapping[str, Html]) -> Html:
    return plain_table(
        "The steps of the best plan",
        ("Step", "Find out", "Chance by then", "Price of a success", "If it passes"),
        (
            (
                found.told["rows"][step.row]["name"],
                written[f"plan-step-find-out-{step.row}"],
                written[f"plan-step-chance-{step.row}"],
                written[f"plan-step-success-{step.row}"],
                NONE if step.passed else "stop",
            )
            for step in found.best.steps
        ),
    )
