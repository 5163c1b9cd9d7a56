"""A cheaper and a dearer model beside the one that is prompted: which they are by default, and what they share with it."""

from datetime import date
from typing import Final

import pytest

from calculators.calendar import month_after
from calculators.catalog.cost_comparison.approaches import row_of
from calculators.catalog.cost_comparison.comparison import Row
from calculators.catalog.cost_comparison.records import Period
from calculators.catalog.cost_comparison.standing import Can
from calculators.facts import FACTS, InferencePrice
from tests.catalog.scenarios import answer, at

DAY: Final = date(2026, 11, 24)
LADDER: Final = ("frontier", "mid", "small")
"""Tiers of a seller's own models, the dearest first."""
SOLD: Final = [
    key for key in FACTS.inference if any(record.valid_from <= DAY for record in FACTS.inference.history(key))
]


def key(periods: tuple[Period, ...]) -> str | None:
    """The model of a row, if it has one."""
    return periods[0].record.key if periods else None


def beside(query: str) -> tuple[str | None, str | None]:
    """The cheaper and the dearer model of a scenario."""
    records = answer(at(query)).records
    return key(records.cheaper), key(records.dearer)


def row(query: str, which: str) -> Row:
    """One row of the answer to a scenario."""
    return answer(at(query)).row(row_of(which))


@pytest.mark.parametrize(
    ("model", "cheaper", "dearer"),
    [
        ("gpt-6.1-sol", "gpt-6.1-terra", None),
        ("gpt-6.1-terra", "gpt-6-luna", "gpt-6.1-sol"),
        ("gpt-6-luna", None, "gpt-6.1-terra"),
        ("claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5"),
        # Nobody sells a tier between.
        ("deepseek-v4-pro", "deepseek-flash", None),
        ("qwen3.8-flash", None, "qwen3.8-max"),
        # One of two ends within the year.
        ("mistral-small-latest", None, "mistral-large-4"),
        # Of several that came on one day the one that costs less.
        ("gemini-3.8-flash", "gemini-3.5-flash-lite", "gemini-4-argon"),
        # One seller's whole list, and a host's, which has no tiers.
        ("kimi-k3.1-pro", None, None),
        ("groq-gpt-oss-20b", None, None),
        # Models of former days stand in no tier: the next that costs less, or more.
        ("gpt-4.1", "gpt-6.1-terra", "gpt-6.1-sol"),
        ("gpt-4o", "gpt-6.1-sol", None),
        ("gpt-4o-mini", "gpt-6-luna", "gpt-6.1-terra"),
        ("gemini-2.5-flash", None, "gemini-3.8-flash"),
    ],
)
def test_the_next_tier_of_the_same_seller(model: str, cheaper: str | None, dearer: str | None) -> None:
    """What a team would look at first on the list of whom it buys from; none where there is none."""
    assert (cheaper, dearer) == beside(f"prompted_model={model}&as_of=2026-11-24")


@pytest.mark.parametrize("months", [1, 12, 36])
@pytest.mark.parametrize("model", SOLD)
def test_a_neighbour_can_be_bought_and_lasts(model: str, months: int) -> None:
    """Whatever is prompted: its seller's, in the nearest tier there is, to the end of the horizon, and the newest."""
    end = month_after(DAY, months)
    prompted = FACTS.inference.known(model, DAY)
    lasting = [
        record
        for record in (FACTS.inference.known(each, DAY) for each in SOLD)
        if record.provider == prompted.provider and not (record.retires and record.retires < end)
        if record.valid_until is None or record.valid_until > DAY
    ]
    found = beside(f"prompted_model={model}&as_of={DAY}&horizon_months={months}")
    for up, taken in zip((False, True), found, strict=True):
        assert taken == nearest(prompted, lasting, up=up)


def nearest(prompted: InferencePrice, lasting: list[InferencePrice], *, up: bool) -> str | None:
    """The model of the next tier, worked out from the whole list."""
    tiers = LADDER[::-1] if up else LADDER
    if prompted.tier in tiers:
        tiers = tiers[tiers.index(prompted.tier) + 1 :]
    elif prompted.tier != "legacy":
        return None
    for tier in tiers:
        there = [record for record in lasting if record.tier == tier]
        if not there:
            continue
        newest = max(FACTS.inference.history(record.key)[0].valid_from for record in there)
        first = min(
            (record for record in there if FACTS.inference.history(record.key)[0].valid_from == newest),
            key=lambda record: (record.input, record.key),
        )
        less, more = (prompted, first) if up else (first, prompted)
        costs_less = less.input <= more.input and less.output <= more.output
        if prompted.tier in LADDER or (costs_less and (less.input, less.output) != (more.input, more.output)):
            return first.key
    return None


def test_a_model_that_ends_within_the_horizon_is_passed_over() -> None:
    """A flash-lite that is switched off in May is there for three months, and not for twelve, if it were the newest."""
    record = FACTS.inference["gemini-3.5-flash-lite"]
    ends = type(record)(
        **{**{name: getattr(record, name) for name in record.__dataclass_fields__}, "retires": date(2027, 5, 7)}
    )
    facts = FACTS.replacing(ends)
    taken = {months: _beside_with(facts, months) for months in (3, 12)}

    assert taken[3] == "gemini-3.5-flash-lite"
    assert taken[12] is None, "the other one ends on that day, too"


def _beside_with(facts: type(FACTS), months: int) -> str | None:  # type: ignore[valid-type]
    raise NotImplementedError


def test_the_readers_choice_holds() -> None:
    """Any model on the list, whoever sells it; or none at all."""
    chosen = "prompted_model=gpt-6.1-terra&cheaper_model=deepseek-flash&dearer_model=claude-opus-5-5"

    assert ("deepseek-flash", "claude-opus-5-5") == beside(chosen)
    assert (None, None) == beside("cheaper_model=none&dearer_model=none")
    # Beside itself a model is no other.
    assert (None, None) == beside("prompted_model=gpt-6-luna&cheaper_model=gpt-6-luna&dearer_model=gpt-6-luna")


@pytest.mark.parametrize(("name", "which"), [("cheaper_model", "cheaper"), ("dearer_model", "dearer")])
def test_without_a_neighbour_its_row_cannot_and_says_what_to_choose(name: str, which: str) -> None:
    """It has no price, is not in the plan, and cannot be judged into the running."""
    comparison = answer(at(f"must_change=tone&{name}=none"))
    found = comparison.row(row_of(which))

    assert found.standing.can is Can.NO
    assert not found.standing.priced
    assert "choose one" in found.standing.reason
    assert not comparison.question.in_play >> comparison.evaluation.rows.index(found_in(comparison, which)) & 1


def test_a_neighbour_is_prompted_as_the_model_named_is() -> None:
    """The same tokens and hours, at its own prices: what one costs on the other's row is what it costs on its own."""
    terra, luna = row("must_change=format", "cheaper"), row("must_change=format&prompted_model=gpt-6-luna", "prompt")

    assert terra.marginal == luna.marginal
    assert terra.people == luna.people
    assert terra.total == luna.total
    assert (
        row("must_change=documents", "dearer").total
        == row("must_change=documents&prompted_model=gpt-6.1-sol", "rag").total
    )


def test_a_dearer_model_is_not_needed_where_nothing_must_change() -> None:
    """What runs is good enough: only what costs less is worth a look."""
    assert row("must_change=nothing", "dearer").standing.can is Can.NOT_NEEDED
    assert row("must_change=nothing", "cheaper").standing.can is Can.UNPROVEN


@pytest.mark.parametrize("which", ["cheaper", "dearer"])
def test_a_neighbour_may_win_once_it_is_tested(which: str) -> None:
    """Untested it is ranked with its mark; where it passes, it is in the running."""
    untested, tested = row("must_change=task", which), row(f"must_change=task&{which}_passes=yes", which)

    assert (untested.standing.ranked, untested.standing.in_the_running) == (True, False)
    assert tested.standing.in_the_running


def test_an_old_day_has_the_neighbours_of_that_day() -> None:
    """Before Terra 6.1 the tier below Sol was its predecessor."""
    assert "gpt-5.6-terra" == beside("prompted_model=gpt-6.1-sol&as_of=2026-10-20")[0]
    assert "gpt-6.1-terra" == beside("prompted_model=gpt-6.1-sol&as_of=2026-11-24")[0]
