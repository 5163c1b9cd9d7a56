"""The cost comparison on cases that can be followed by hand, and on figures that nonsense would miss."""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

import pytest

from calculators import formulas
from calculators.calendar import months_between
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.comparison import Comparison, Row, compare
from calculators.catalog.cost_comparison.cost.flow import database_months
from calculators.catalog.cost_comparison.report import figures
from calculators.catalog.cost_comparison.standing import Can
from calculators.facts import FACTS
from calculators.formulas.units import SECONDS_PER_HOUR, TOKENS_PER_MILLION
from tests.catalog.scenarios import COST_COMPARISON, answer, at, inputs

PRESETS: Final = {preset.key: preset.query for preset in COST_COMPARISON.presets}
STORY: Final = "47k-story"


def row(query: str, key: str) -> Row:
    """One row of the answer to a scenario."""
    return answer(at(query)).row(row_of(key))


def won(comparison: Comparison) -> str:
    """Key of the winner."""
    assert comparison.winner is not None
    return comparison.winner.approach.key


# Who can do the job.


def test_every_job_judges_every_row() -> None:
    """The table of standings is complete: no row is judged by accident."""
    jobs = [option.value for option in COST_COMPARISON.inputs["must_change"].kind.options]  # type: ignore[union-attr]  # a choice

    assert jobs == list(row_of("prompt").standings)
    for each in ROWS:
        assert jobs == list(each.standings)
        assert all(standing.reason for standing in each.standings.values())


@pytest.mark.parametrize(
    ("query", "key", "can"),
    [
        ("must_change=documents&corpus_tokens=100000", "prompt", Can.YES),
        ("must_change=documents&corpus_tokens=100000000", "prompt", Can.NO),
        ("must_change=documents", "few_shot", Can.UNPROVEN),
        ("must_change=documents", "rag", Can.YES),
        ("must_change=documents", "api", Can.YES),
        ("must_change=format", "prompt", Can.YES),
        ("must_change=format", "rag", Can.NOT_NEEDED),
        ("must_change=tone", "prompt", Can.UNPROVEN),
        ("must_change=tone", "few_shot", Can.YES),
        ("must_change=task", "few_shot", Can.UNPROVEN),
        ("must_change=task", "own", Can.YES),
        ("must_change=nothing", "prompt", Can.YES),
        ("must_change=private", "api", Can.NO),
        ("must_change=private", "rag", Can.NO),
        ("must_change=private", "own", Can.YES),
        ("must_change=private", "open", Can.YES),
        ("must_change=tone", "open", Can.UNPROVEN),
        ("must_change=tone", "small", Can.UNPROVEN),
        # Weights that nobody can download run nowhere else.
        ("must_change=private&tuned_model=nova-micro", "own", Can.NO),
        ("must_change=private&tuned_model=nova-micro", "open", Can.NO),
        # Nobody sells tuning of it.
        ("must_change=tone&tuned_model=llama-2-70b", "api", Can.NO),
    ],
)
def test_what_must_change_sets_the_standing(query: str, key: str, can: Can) -> None:
    """The first question decides who can do the job, whatever it costs."""
    assert can is row(query, key).standing.can


def test_a_corpus_fits_to_the_token() -> None:
    """Paste and cache ends where the request no longer fits the model's context."""
    window = FACTS.inference["gpt-6.1-terra"].context_window
    assert window is not None
    room = window - 1_200 - 400 - 250
    query = "must_change=documents&prompted_model=gpt-6.1-terra&fixed_tokens=1200&varying_tokens=400&output_tokens=250"

    assert Can.YES is row(f"{query}&corpus_tokens={room}", "prompt").standing.can
    assert Can.NO is row(f"{query}&corpus_tokens={room + 1}", "prompt").standing.can


@pytest.mark.parametrize(
    ("passes", "can_win", "ranked"), [("untested", False, True), ("yes", True, True), ("no", False, False)]
)
def test_an_unproven_row_wins_once_it_passes_the_readers_eval(passes: str, can_win: bool, ranked: bool) -> None:
    """Unproven stays in the ranking with its mark, and may win only when the reader has tested it."""
    standing = row(f"must_change=tone&prompt_passes={passes}", "prompt").standing

    assert (can_win, ranked) == (standing.in_the_running, standing.ranked)


def test_a_row_that_fails_the_readers_eval_never_wins() -> None:
    """The reader's own bar is above the table."""
    before = answer(at("must_change=format"))
    after = answer(at(f"must_change=format&{won(before)}_passes=no"))

    assert won(before) != won(after)


def test_with_nobody_left_there_is_no_winner() -> None:
    """If all fail, the answer says so instead of naming the least bad."""
    comparison = answer(at("must_change=private&own_can=cannot&open_passes=no"))

    assert comparison.winner is None
    assert figures(comparison)["runner_up"] is None
    assert () == comparison.tips
    assert comparison.dial is None
    assert comparison.advice.first is None
    assert comparison.advice.in_hand is None
    assert comparison.advice.nothing_passes == 1


# Months.


def test_a_model_is_changed_strictly_before_the_end() -> None:
    """Twelve months and a life of nine: one change. A life of twelve: none, for the thirteenth month is not paid."""
    changes = {
        (12, 9): (9,),
        (12, 12): (),
        (13, 12): (12,),
        (36, 12): (12, 24),
        (12, 4): (4, 8),
        (1, 1): (),
    }
    for (horizon, life), months in changes.items():
        assert months == row(f"horizon_months={horizon}&model_life={life}", "own").cost.changes


def test_a_retirement_forces_a_change_of_its_own() -> None:
    """A prompted model that is switched off within the horizon is changed in that month, one more time."""
    retires = FACTS.inference["gpt-4.1"].retires
    assert retires is not None
    month = months_between(date(2026, 11, 24), retires)
    query = "as_of=2026-11-24&horizon_months=12&model_life=6&prompted_model=gpt-4.1"

    assert (month, 6) == row(query, "prompt").cost.changes
    assert (month, 6) == row(query, "few_shot").cost.changes
    assert (6,) == row(query, "own").cost.changes


def test_it_is_paid_when_it_is_due() -> None:
    """Cash: set-up before month 1, each month at its end, a change in its month; nothing is spread."""
    tuned = row("horizon_months=12&model_life=5&refresh_share=0.5&requests_per_month=50000", "api")
    cost = tuned.cost
    steps = [after - before for before, after in pairwise(tuned.cumulative)]
    change = cost.change.total

    assert tuned.setup == tuned.cumulative[0]
    assert change > 0
    for month, step in enumerate(steps, start=1):
        extra = change if month in (5, 10) else 0.0
        assert math.isclose(tuned.month + extra, step, rel_tol=1e-9), month


def test_a_model_that_ends_within_the_first_month_is_no_part_of_the_set_up() -> None:
    """The change that it forces is paid in the first month, at its end: before that only the set-up is."""
    query = "as_of=2026-11-24&prompted_model=o3&horizon_months=3&model_life=120&discount_rate=0.1"
    ending = row(query, "prompt")
    change = ending.cost.change.total

    assert ending.cost.changes == (0,)
    assert change > 0
    assert ending.setup == ending.cumulative[0]
    assert ending.month + change == pytest.approx(ending.cumulative[1] - ending.cumulative[0])
    assert ending.present is not None
    assert ending.setup < ending.present < ending.total


def test_growth_starts_with_the_volume_entered() -> None:
    """Month 1 is the volume as entered; later months are multiplied on."""
    volumes = row("requests_per_month=1000&monthly_growth=0.1&horizon_months=3", "prompt").cost.running.flow.volumes

    assert [1_000.0, 1_100.0, 1_210.0] == pytest.approx(list(volumes))


def test_prices_change_from_the_first_month_on_by_the_year() -> None:
    """Half a year at −19% is 10% off; GPUs and people keep their price."""
    query = "requests_per_month=1000000&horizon_months=36&caching=no&model_life=120"
    flat, falling = row(query, "prompt"), row(f"{query}&price_change=-0.19", "prompt")
    steps = [after - before for before, after in pairwise(falling.cumulative)]

    assert flat.month == pytest.approx(falling.month)
    assert 0.81 == pytest.approx((steps[12] - falling.cost.monthly_people) / falling.month_bills)
    assert flat.people == falling.people
    assert row(query, "own").total == row(f"{query}&price_change=-0.19", "own").total


def test_an_announced_price_is_paid_from_its_day_on() -> None:
    """Gemini 4 Argon doubles on 1 December 2026: as of 24 November one of twelve months is at the old price."""
    query = "must_change=format&prompted_model=gemini-4-argon&horizon_months=12&caching=no&model_life=120"
    told = row(f"{query}&as_of=2026-11-24", "prompt")
    after = row(f"{query}&as_of=2026-12-01", "prompt")

    assert told.month_bills * 2 == pytest.approx(after.month_bills)
    assert told.month_bills * (1 + 11 * 2) == pytest.approx(told.bills)
    assert after.month_bills * 12 == pytest.approx(after.bills)


def test_what_was_not_yet_announced_is_not_used() -> None:
    """An answer as of an earlier day knows only what was known then."""
    history = FACTS.inference.history("gemini-4-argon")
    (later,) = (record for record in history if record.announced)

    assert later.known_from == later.announced
    assert len(FACTS.inference.over("gemini-4-argon", date(2026, 11, 24), 3)) == 3


# Capacity.


def test_gpus_come_in_whole_replicas() -> None:
    """Capacity is a whole number of replicas, at least as many as entered, of as many GPUs as entered."""
    for volume in (0, 1_000_000, 100_000_000, 555_555_555):
        for each in (1, 2, 3):
            gpus = row(
                f"requests_per_month={volume}&gpus_per_replica={each}&replicas=2&monthly_growth=0.07", "own"
            ).cost.running.gpus
            for before, after in pairwise(gpus):
                assert after - before >= 2 * each
                assert (after - before) % each == pytest.approx(0)


def test_an_always_on_gpu_costs_its_full_price() -> None:
    """At any load up to its capacity the bill is the same: utilisation divides nothing."""
    assert row("requests_per_month=1", "own").bills == row("requests_per_month=100000", "own").bills


def test_bought_hardware_is_paid_over_its_life() -> None:
    """Capex ÷ life, with overhead, in place of rent."""
    bought = row("owned=yes&gpu_bought=36000&hardware_life=36&overhead_share=0.5&replicas=2", "own")

    assert 2 * 1_000 * 1.5 == pytest.approx(bought.month_bills)


def test_retries_are_billed() -> None:
    """A tenth of all calls failing costs a ninth more tokens."""
    query = "caching=no&must_change=format"
    assert row(query, "prompt").marginal / 0.9 == pytest.approx(row(f"{query}&retried_share=0.1", "prompt").marginal)


# Tokens and caches.


def test_shots_are_cached_and_chunks_are_not() -> None:
    """Shots are the same in every request; chunks are not."""
    query = "must_change=documents&cache_hit_share=1&fixed_tokens=2000"
    record = FACTS.inference[FACTS.default_model("mid")]
    assert record.cached_input is not None
    shot = row(f"{query}&shots=6", "few_shot").marginal - row(f"{query}&shots=5", "few_shot").marginal
    chunk = row(f"{query}&retrieved_chunks=6", "rag").marginal - row(f"{query}&retrieved_chunks=5", "rag").marginal

    assert 300 * record.cached_input / TOKENS_PER_MILLION == pytest.approx(shot)
    assert 500 * record.input / TOKENS_PER_MILLION == pytest.approx(chunk)


def test_a_prompt_below_the_minimum_is_padded_where_that_costs_less() -> None:
    """A token short of the provider's minimum a prompt costs what one costs that just reaches it; far below, less."""
    minimum = 1_024

    def marginal(tokens: int, caching: str = "yes") -> float:
        return row(f"fixed_tokens={tokens}&caching={caching}&cache_hit_share=0.9", "prompt").marginal

    assert marginal(minimum - 1) == marginal(minimum) < marginal(minimum - 1, "no")
    assert marginal(20) == marginal(20, "no")


def test_a_long_prompt_pays_its_multiple_on_all_tokens() -> None:
    """Above the threshold the whole request is dearer, which decides pasting against looking up."""
    record = FACTS.inference["gpt-6.1-terra"]
    limit = record.long_prompt_from
    assert limit is not None
    query = f"prompted_model=gpt-6.1-terra&caching=no&varying_tokens=0&output_tokens=0&fixed_tokens={limit}"
    at_limit, above = row(query, "prompt").marginal, row(query.replace(f"{limit}", f"{limit + 1}"), "prompt").marginal

    assert limit * record.input / TOKENS_PER_MILLION == pytest.approx(at_limit)
    assert (limit + 1) * record.input * (record.long_prompt_input_multiple or 1) / TOKENS_PER_MILLION == pytest.approx(
        above
    )


def test_reasoning_is_billed_as_output() -> None:
    """500 hidden tokens cost what 500 written ones cost."""
    assert row("reasoning_tokens=500", "prompt").total == row("output_tokens=750&reasoning_tokens=0", "prompt").total


# Quality.


def test_an_accepted_answer_costs_more_than_an_answer() -> None:
    """Caught and tried again: marginal ÷ rate. Shipped: marginal and what wrong ones cost."""
    query = "prompt_success=0.8&wrong_cost=2"
    marginal = row(query, "prompt").marginal

    assert marginal / 0.8 == pytest.approx(row(f"{query}&failures=retried", "prompt").accepted)
    assert marginal + 0.2 * 2 == pytest.approx(row(f"{query}&failures=shipped", "prompt").accepted)
    assert row(query, "few_shot").accepted is None


def test_a_rate_alone_changes_no_total() -> None:
    """As long as a wrong answer costs nothing and is not asked again, how many there are is shown beside the cost."""
    assert row("", "prompt").total == row("prompt_success=0.5", "prompt").total


def test_discounting_is_beside_the_total() -> None:
    """A discount rate adds a present value and leaves the total as paid."""
    flat, discounted = row("", "own"), row("discount_rate=0.1", "own")

    assert flat.present is None
    assert flat.total == discounted.total
    assert discounted.present is not None
    assert discounted.setup < discounted.present < discounted.total


def test_who_would_win_on_bills_alone_is_known() -> None:
    """If people's time were free, another row may cost least: the answer names it."""
    for query in PRESETS.values():
        comparison = answer(at(query))
        cheapest = min(comparison.running, key=lambda each: each.bills)
        assert figures(comparison)["winner_on_bills"] == cheapest.approach.key


# Presets.


@pytest.mark.parametrize("key", [each.key for each in ROWS if not each.another_model])
def test_every_approach_wins_a_preset(key: str) -> None:
    """No approach is here to lose: each is the answer to a workload that somebody has, or has tried the rest of."""
    asked = [*(query for name, query in PRESETS.items() if name != STORY), f"{PRESETS['private']}&open_passes=no"]

    assert key in {won(answer(at(query))) for query in asked}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_won_by_a_row_that_can(preset: str) -> None:
    """Whoever wins can do the job by the guide's own table."""
    comparison = answer(at(PRESETS[preset]))

    assert comparison.winner is not None
    assert comparison.winner.standing.can is Can.YES
    assert not comparison.winner.standing.judged


def test_the_story_adds_up() -> None:
    """One way to spend $47K: the self-hosted row of the story's preset, to the dollar."""
    assert 47_000 == round(row(PRESETS[STORY], "own").total)


# Scale, to notice nonsense. The figures are the model's, the tolerances those of "about".


def test_three_million_tokens_of_lora_cost_about_a_dollar_and_a_half() -> None:
    """3M training tokens on an 8B model, at a service; on a rented H100, if it were never idle, less still."""
    query = "tuned_model=llama-3.1-8b&examples=5000&tokens_per_example=200&epochs=3&runs=1"

    assert 1.4 == pytest.approx(row(f"{query}&service=together-16b", "api").cost.setup.compute, rel=0.1)
    assert 0.1 < row(query, "own").cost.setup.compute < 1.4


def test_always_on_gpus_and_hosting_cost_thousands() -> None:
    """An H100 at a specialist, at a hyperscaler; a tuned model hosted at Azure and on a dedicated H100."""
    query = "requests_per_month=0&replicas=1&gpus_per_replica=1"

    assert 2_660 == pytest.approx(row(query, "own").month_bills, rel=0.05)
    assert 5_000 <= row(f"{query}&cloud=hyperscaler", "own").month_bills <= 9_000
    # Classic hosting of a fine-tuned GPT at Azure is $1.70 an hour, whatever is asked of it.
    assert 1_241 == pytest.approx(row(f"{query}&hosting_price=1.70", "api").month_bills)
    assert 5_110 == pytest.approx(row(f"{query}&service=fireworks-80b", "api").month_bills, rel=0.1)


def test_one_request_costs_what_it_should() -> None:
    """1,000 tokens in and 200 out, on the cheapest capable model and on a frontier one."""
    query = "fixed_tokens=0&varying_tokens=1000&output_tokens=200&must_change=format"
    small, frontier = FACTS.default_model("small"), FACTS.default_model("frontier")

    assert 0.0002 == pytest.approx(row(f"{query}&prompted_model={small}", "prompt").marginal, rel=0.3)
    assert 0.00045 == pytest.approx(
        row(f"{query}&prompted_model={small}&reasoning_tokens=500", "prompt").marginal, rel=0.3
    )
    assert 0.001 <= row(f"{query}&prompted_model={frontier}", "prompt").marginal <= 0.02


def test_self_hosting_costs_cents_at_full_load_and_dollars_when_idle() -> None:
    """8B on one H100: $0.066 per million output tokens saturated, twenty times that at 5% load."""
    fit = FACTS.serving["llama-3.1-8b-H100"]
    tokens = 1_000
    seconds = formulas.gpu_seconds_per_request(
        input_tokens=tokens,
        output_tokens=tokens,
        prefill_seconds=fit.prefill_seconds,
        decode_seconds=fit.decode_seconds,
        attention_seconds=fit.attention_seconds,
    )
    rent = FACTS.gpu_prices["H100-specialist"].price
    saturated = rent / SECONDS_PER_HOUR * seconds / tokens * 1e6

    assert 0.066 == pytest.approx(saturated, rel=0.05)
    assert 1.33 == pytest.approx(saturated / 0.05, rel=0.05)


def test_self_hosting_breaks_even_with_the_cheap_model_at_many_times_the_volume() -> None:
    """13 million requests a month against the cheapest capable model, 0.66 million against a frontier one: on bills."""
    volumes = {}
    for tier in ("small", "frontier"):
        query = (
            "must_change=format&fixed_tokens=0&varying_tokens=1000&output_tokens=200"
            f"&prompted_model={FACTS.default_model(tier)}"
        )
        hosted, prompted = (
            row(f"{query}&replicas=1&gpus_per_replica=1&requests_per_month=0", "open"),
            row(query, "prompt"),
        )
        volumes[tier] = hosted.month_bills / prompted.marginal

    assert 13e6 == pytest.approx(volumes["small"], rel=0.4)
    assert 0.1e6 < volumes["frontier"] < 2e6


# Long prompts, and prices of the reader's own.


@pytest.mark.parametrize(
    ("tokens", "price_in", "price_out"),
    [(99_600, 0.1, 0.5), (99_601, 0.5, 2.5), (150_000, 0.5, 2.5)],
)
def test_a_long_prompt_pays_its_tier_on_the_whole_request(tokens: int, price_in: float, price_out: float) -> None:
    """Above 100,000 tokens Claude Haiku 5.5 costs five times as much, from the first token on."""
    query = (
        "must_change=format&prompted_model=claude-haiku-5-5&caching=no&varying_tokens=400&output_tokens=250"
        f"&fixed_tokens={tokens}"
    )
    cost = (tokens + 400) / TOKENS_PER_MILLION * price_in + 250 / TOKENS_PER_MILLION * price_out

    assert row(query, "prompt").marginal == pytest.approx(cost, rel=1e-12)


def test_a_cached_long_prompt_pays_its_tier_too() -> None:
    """Reading 150,000 tokens from the cache costs five times the price of a cached token."""
    query = "must_change=format&prompted_model=claude-haiku-5-5&fixed_tokens=150000&cache_hit_share=1"
    record = FACTS.inference["claude-haiku-5-5"]
    assert record.cached_input == 0.01
    cost = (150_000 * 0.05 + 400 * 0.5 + 250 * 2.5) / TOKENS_PER_MILLION

    assert row(query, "prompt").marginal == pytest.approx(cost, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "key", "context"),
    [
        ("small_input_price", "small", ""),
        ("small_output_price", "small", ""),
        ("batch_input_price", "prompt", "&batch_share=0.5"),
        ("batch_output_price", "prompt", "&batch_share=0.5"),
        ("storage_price", "api", ""),
        ("job_minimum", "api", ""),
        ("embedding_price", "rag", ""),
        ("rerank_price", "rag", "&reranker=cohere-rerank-v3.5"),
        ("database_minimum", "rag", ""),
        ("storage_gb_price", "rag", "&database_minimum=0"),
        ("reads_price", "rag", "&database_minimum=0"),
        ("writes_price", "rag", "&database_minimum=0"),
    ],
)
def test_every_price_can_be_replaced(name: str, key: str, context: str) -> None:
    """A price of the reader's own moves its row, and leaving it empty is the record's price to the last digit."""
    query = f"must_change=documents{context}"
    recorded = answer(at(query)).recorded.get(name, 0.0)
    before, same = row(query, key).total, row(f"{query}&{name}={recorded!r}", key).total

    assert same == pytest.approx(before, rel=1e-12)
    assert row(f"{query}&{name}={recorded + 1000!r}", key).total > before


def test_a_batch_price_alone_makes_no_batch() -> None:
    """Where a model is not sold in batches, one price of two says nothing of the other."""
    query = "must_change=format&prompted_model=deepseek-v4-flash&batch_share=0.5"

    assert row(query, "prompt").total == row(f"{query}&batch_input_price=0", "prompt").total
    assert row(query, "prompt").total > row(f"{query}&batch_input_price=0&batch_output_price=0", "prompt").total


def test_small_steps_of_a_saving_are_steps_too() -> None:
    """Ten requests a month: the steps are cents, and add up all the same."""
    comparison = answer(at("requests_per_month=10"))
    saving, tuned = comparison.saving, comparison.tuned
    assert saving is not None
    assert tuned is not None

    assert comparison.row(saving.baseline).total - tuned.total == pytest.approx(
        sum(step.amount for step in saving.steps), rel=1e-12
    )
    assert any(0 < abs(step.amount) < 0.5 for step in saving.steps)


# Exact cases of what a changed digit or word would otherwise pass through.


def test_a_row_that_ends_for_everybody_says_until_when() -> None:
    """Sold to anyone, but its base model is withdrawn within the horizon: its figures hold until then."""
    service = next(each for each in FACTS.tuning.values() if each.key == "openai-gpt-4.1-mini")
    facts = FACTS.replacing(
        *(replace(offer, sold_to="anyone") for offer in FACTS.availability.history(service.offer)),
    )
    comparison = compare(inputs(at(f"tuned_model=gpt-4.1-mini&service={service.key}&as_of=2026-11-24")), facts=facts)
    standing = comparison.row(row_of("api")).standing

    assert standing.can is Can.CLOSED
    assert standing.figures == "until 14 January 2027"


@pytest.mark.parametrize(
    ("query", "running", "judged"),
    [
        ("must_change=tone", False, False),
        # Nobody can say without trying: that it passes is what was asked.
        ("must_change=tone&open_passes=yes", True, False),
        ("must_change=tone&open_can=can", True, True),
        ("must_change=tone&open_can=can&open_passes=no", False, True),
        ("must_change=tone&open_can=cannot", False, True),
        ("must_change=private", True, False),
        ("must_change=private&open_can=can", True, False),
        ("must_change=private&open_passes=no", False, False),
        ("must_change=private&open_can=cannot", False, True),
    ],
)
def test_another_model_counts_once_it_is_tested_or_judged(query: str, running: bool, judged: bool) -> None:
    """The untuned open model may win where it passes, or the reader counts it; and may be ruled out where it counts."""
    standing = row(query, "open").standing

    assert (running, judged) == (standing.in_the_running, standing.judged)


def test_reads_are_paid_by_the_units_that_a_query_takes() -> None:
    """Three units a query, at $8 a million: a million queries a month cost $24, beside the space."""
    bills = database_months(1_000_000.0, 0.0, 2, 2e9, 0.5, 3.0, 8.0, 0.0)

    assert bills == (0.0, 25.0, 50.0)
    assert database_months(1_000_000.0, 0.0, 2, 2e9, 0.5, 3.0, 8.0, 40.0) == (0.0, 40.0, 80.0)


def test_one_request_a_month_costs_one_request() -> None:
    """A year of one request a month, with nothing cached: twelve times its price."""
    one = row("must_change=format&requests_per_month=1&caching=no&model_life=120", "prompt")
    record = FACTS.inference[FACTS.default_model("mid")]
    request = ((1_200 + 400) * record.input + 250 * record.output) / TOKENS_PER_MILLION

    assert one.marginal == pytest.approx(request, rel=1e-12)
    assert one.bills == pytest.approx(12 * request, rel=1e-12)
    assert answer(at("must_change=format&requests_per_month=1")).dial is not None
