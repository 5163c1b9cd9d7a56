"""The example on the page about the plan: the same figures at build time and in a reader's browser."""

import json
from itertools import permutations
from typing import Final, NamedTuple, NotRequired, TypedDict, cast

from calculators.catalog.cost_comparison.plan.search import Candidate, Search, Stage
from calculators.catalog.cost_comparison.plan.steps import Plan, plan
from calculators.catalog.cost_comparison.plan.worlds import Outlook, Remedy, World, none_passes, worlds
from calculators.facts import DATA, text_of
from calculators.html.proof import HERE, exactly
from calculators.markup import Html
from calculators.quantity import Quantity

REQUEST: Final = "plan?"
"""What a page asks for to have the example worked out again."""

# Read when this is imported, as the proof is: a browser has no file to read it from later.
_TEXT: Final = text_of(DATA / "worked_plan.json")
_MONEY: Final = Quantity(money=True)
_SHARE: Final = Quantity(share=True)


class ExampleRow(TypedDict):
    """A row of the example, as its file holds it: amounts in US dollars, shares from 0 to 1."""

    name: str
    parts: list[str]
    find_out: float
    go_live: float
    keep: float
    chance: float
    slip: NotRequired[float]


class Example(TypedDict):
    """The example, as its file holds it."""

    hard_core: float
    parts: dict[str, float]
    rows: list[ExampleRow]


class WorkedPlan(NamedTuple):
    """
    The example worked out.

    Attributes:
        told: What it is made of.
        worlds: The worlds that may be.
        chances: What each row passes in, summed up. [1]
        orders: What each order comes to on average, each row tried until one passes. [USD]
        begun: What it comes to on average to begin with each row, and then to do what is best. [USD]
        alone: Finding out ÷ chance + go live + keep of each row by itself: Weitzman's index. [USD]
        best: The best plan.
        nothing_passes: The chance that no row passes. [1]
    """

    told: Example
    worlds: tuple[World, ...]
    chances: tuple[float, ...]
    orders: dict[tuple[int, ...], float]
    begun: tuple[float, ...]
    alone: tuple[float, ...]
    best: Plan
    nothing_passes: float

    @property
    def first(self) -> str:
        """Name of the row that the best plan begins with."""
        return self.told["rows"][self.begun.index(min(self.begun))]["name"]

    @property
    def trap(self) -> float:
        """What it costs on average to begin with the last row, which is tuned, above the best plan. [USD]"""
        return self.begun[-1] - self.best.expected


def worked() -> WorkedPlan:
    """Work the example out."""
    told = cast("Example", json.loads(_TEXT))
    rows, parts = told["rows"], list(told["parts"])
    outlooks = [Outlook(row["chance"], Remedy(row["slip"]) if "slip" in row else None) for row in rows]
    draws = worlds(outlooks, 0, hard_core=told["hard_core"])
    needed = [sum(1 << parts.index(part) for part in row["parts"]) for row in rows]
    candidates = [
        Candidate(row["find_out"], needs, row["go_live"], row["keep"]) for row, needs in zip(rows, needed, strict=True)
    ]
    every = range(len(rows))
    search = Search(candidates, list(told["parts"].values()), draws, in_play=sum(1 << row for row in every))
    trials = [search.trial(search.outset, row) for row in every]
    [drawn] = draws
    return WorkedPlan(
        told=told,
        worlds=drawn.worlds,
        chances=tuple(trial.chance for trial in trials),
        orders={order: _until_one_passes(search, search.outset, order) for order in permutations(every)},
        begun=tuple(map(search.with_trial, trials)),
        alone=tuple(trial.find_out / trial.chance + each.after for trial, each in zip(trials, candidates, strict=True)),
        best=plan(search),
        nothing_passes=none_passes(draws, search.outset.left),
    )


def _until_one_passes(search: Search, stage: Stage, order: tuple[int, ...]) -> float:
    """What it comes to on average to try rows in an order, and to keep the first that passes. [USD]"""
    if not order:
        return 0.0
    row, *later = order
    trial, tried = search.trial(stage, row), search.candidates[row]
    failed = _until_one_passes(search, trial.failed, tuple(later))
    return trial.find_out + trial.chance * tried.after + (1 - trial.chance) * failed


def figures(found: WorkedPlan) -> dict[str, Html]:
    """Write every figure by its slot, amounts to a dollar; the exact number is in the markup."""
    shares = {
        **{f"plan-world-{place}": world.weight for place, world in enumerate(found.worlds)},
        **{f"plan-chance-{row}": chance for row, chance in enumerate(found.chances)},
        **{f"plan-step-chance-{step.row}": step.chance for step in found.best.steps},
        "plan-nothing": found.nothing_passes,
    }
    amounts = {
        **{order_slot(order): amount for order, amount in found.orders.items()},
        **{f"plan-begun-{row}": amount for row, amount in enumerate(found.begun)},
        **{f"plan-alone-{row}": amount for row, amount in enumerate(found.alone)},
        **{f"plan-step-find-out-{step.row}": step.find_out for step in found.best.steps},
        **{f"plan-step-success-{step.row}": step.price_of_a_success for step in found.best.steps},
        "plan-trap": found.trap,
    }
    written = Html('<data value="{}">{}</data>')
    return {
        **{slot: written.fill(share, exactly(share, _SHARE)) for slot, share in shares.items()},
        **{slot: written.fill(amount, money(amount)) for slot, amount in amounts.items()},
    }


def money(amount: float) -> str:
    """Write an amount to a dollar."""
    return exactly(round(amount), _MONEY)


def order_slot(order: tuple[int, ...]) -> str:
    """Name the slot of what an order comes to."""
    return f"plan-order-{''.join(map(str, order))}"


def result(found: WorkedPlan, where: str) -> Html:
    """Say which row comes first, and where that was worked out."""
    return Html("<p>{}. Computed {}.</p>").fill(says(found), where)


def says(found: WorkedPlan) -> str:
    """Say it in plain text."""
    best, more = money(found.best.expected), money(found.trap)
    return f"{found.first} first costs least, {best} on average; tuning first costs {more} more"


def reply() -> str:
    """
    Work the example out for a page.

    Returns:
        JSON as `calculators.html.proof.reply` gives it.
    """
    found = worked()
    patches = {"plan-result": result(found, HERE), **figures(found)}
    reply = {"patches": patches, "invalid": [], "says": says(found)}
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))
