"""GPUs of one's own: how many it takes by what they hold and by how fast they are, and what they need not compute."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import RefusedScenarioError, Scenario, Value
from calculators.catalog.cost_comparison.approaches import row_of
from calculators.catalog.cost_comparison.breakdown import breakdown
from calculators.catalog.cost_comparison.cost.gpus import Sizing, gpu_seconds
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens
from calculators.catalog.cost_comparison.estimate import spread
from calculators.catalog.cost_comparison.report import figures
from calculators.catalog.cost_comparison.words import plain, said_of
from calculators.facts import FACTS
from calculators.formulas import context_memory, gpus_for_memory, key_value_cache, serving_memory, texts_held
from tests.catalog.scenarios import answer, at, bounded, changed, evaluated, number, scenario_value, scenarios

CASE: Final = "d=4&as_of=2026-11-27&tuned_model=llama-3.3-70b&requests_at_once=5&longest_context=131072"
MORE: Final = ("requests_at_once", "longest_context", "weight_bits", "cache_bits", "output_tokens", "fixed_tokens")
"""What never takes fewer GPUs."""
OWN: Final = ("own", "open")
GIGA: Final = 1e9

# silybench, 24 September 2026: Qwen3 8B on one H100 with 0.9 of its memory; bits of the weights, tokens of a request in
# and out, and how many of them the cache held.
HELD: Final = [
    (8, 128 + 128, 1_680),
    (8, 1_024 + 128, 373),
    (8, 2_048 + 2_048, 105),
    (8, 8_192 + 512, 49),
    (16, 128 + 128, 1_472),
    (16, 1_024 + 128, 327),
    (16, 2_048 + 2_048, 92),
    (16, 8_192 + 512, 43),
]


def gpus(scenario: Scenario, key: str) -> float:
    """GPUs of one's own that a row takes over all months. [GPU-month]"""
    found = evaluated(scenario).row(row_of(key)).running.gpus
    return found[-1] if found else 0.0


def sizing(scenario: Scenario, key: str = "open") -> Sizing:
    """How many GPUs a row takes in the first month, and why."""
    found = evaluated(scenario)
    sized = found.parts.gpus.sizing(found.row(row_of(key)).held)
    assert sized is not None
    return sized


# By memory.


def test_a_large_model_for_five_people_takes_four_gpus() -> None:
    """To the digits of the case: two by how fast they are, four by what they hold."""
    shape, card = FACTS.shapes["llama-3.3-70b"], FACTS.gpus["H100"]
    each = key_value_cache(
        layers=shape.full_attention_layers,
        key_value_heads=shape.key_value_heads,
        head_size=shape.head_dimension,
        tokens=1,
        sequences=1,
        bits_per_value=16,
    )
    cache = 5 * context_memory(tokens=131_072, bytes_per_token=each)
    needed = serving_memory(parameters=shape.parameters, bits_per_weight=8, cache_bytes=cache)
    found = sizing(at(f"{CASE}&replicas=1"))

    assert each == shape.cache_bytes_per_token == 327_680
    assert pytest.approx(214.7, abs=0.05) == cache / GIGA == found.at_once * found.each / GIGA
    assert pytest.approx(70.6, abs=0.06) == found.weights / GIGA
    assert gpus_for_memory(needed_bytes=needed, bytes_per_gpu=card.memory * 0.9) == 4
    assert (found.gpus, found.gpus_per_replica, found.by_memory, found.by_speed) == (4, 4, 4, 2)


@pytest.mark.parametrize(("bits", "tokens", "held"), HELD)
def test_memory_holds_as_many_texts_as_were_measured(bits: int, tokens: int, held: int) -> None:
    """Within 1 %, with what serving software uses unless told otherwise."""
    shape = FACTS.shapes["qwen3-8b"]
    found = texts_held(
        gpus=1,
        bytes_per_gpu=FACTS.gpus["H100"].memory,
        usable_share=FACTS.assume("usable_memory"),
        weights=serving_memory(parameters=shape.parameters, bits_per_weight=bits),
        bytes_per_text=context_memory(tokens=tokens, bytes_per_token=shape.cache_bytes_per_token),
    )

    assert found == pytest.approx(held, rel=0.01)


ONE: Final[dict[str, Value]] = {"replicas": 1, "requests_at_once": 1.0}


@pytest.mark.parametrize(
    ("values", "gpus", "per_replica"),
    [
        # Two replicas of which one may fail, each of a size that holds what one request takes at least.
        ({}, 8, 4),
        # One more than a replica of four holds: eight GPUs, in one replica or in two.
        ({"requests_at_once": 6.0, "replicas": 1}, 8, 4),
        # In 8 bits twice the texts fit.
        ({"requests_at_once": 10.0, "cache_bits": 8.0, "replicas": 1}, 4, 4),
        # In 16 bits the weights leave two GPUs room for eight texts of 1,000 tokens, and none of 10,000.
        ({"longest_context": 1e3, "weight_bits": 16.0, "replicas": 1, "requests_at_once": 8.0}, 2, 2),
        ({**ONE, "longest_context": 1e4, "weight_bits": 16.0}, 4, 4),
        # What was measured on two runs on two, however little it takes up.
        ({**ONE, "longest_context": 1e3, "weight_bits": 4.0}, 2, 2),
        # The reader's own size stands, and replicas make up for it.
        ({"gpus_per_replica": 2, "replicas": 1}, 10, 2),
        # Beyond one machine, whole machines.
        ({**ONE, "longest_context": 1e6, "requests_at_once": 2.0}, 16, 8),
        ({**ONE, "longest_context": 1e6, "cache_bits": 32.0}, 16, 16),
    ],
)
def test_gpus_by_memory(values: dict[str, Value], gpus: int, per_replica: int) -> None:
    """Whole replicas, of the size with which the GPUs are fewest."""
    found = sizing(changed(at(CASE), **values))

    assert (found.gpus, found.gpus_per_replica) == (gpus, per_replica)


@pytest.mark.parametrize(
    ("model", "sizes"),
    [
        ("llama-3.3-70b", (1, 2, 4, 8, 16)),
        # Ten key-value heads: neither by four nor by eight, and then whole machines.
        ("phi-4", (1, 2, 8, 16)),
        # Four heads: on eight GPUs each is kept twice.
        ("qwen3-30b-a3b", (1, 2, 4, 8, 16)),
    ],
)
def test_a_model_is_spread_over_what_divides_its_heads(model: str, sizes: tuple[int, ...]) -> None:
    """One, two, four or eight GPUs of a machine, then whole machines."""
    shape = FACTS.shapes[model]

    assert spread(shape.query_heads, shape.key_value_heads)[: len(sizes)] == sizes


def test_requests_at_once_follow_from_the_busiest_hour() -> None:
    """Little's law: as many as come while one is answered; with growth as many more."""
    found = sizing(at("d=4&as_of=2026-11-27&requests_per_month=2628000&peak_to_mean=4&output_tokens=200"))

    # One a second on average, four at the peak, ten seconds to write; reading adds a little.
    assert found.at_once == pytest.approx(40, rel=0.02)
    assert found.at_once > 40


def test_more_months_of_growth_need_more_room() -> None:
    """What the first month holds, a later one need not."""
    query = f"{CASE}&replicas=1&monthly_growth=0.2&horizon_months=6"
    found = evaluated(at(query)).row(row_of("open")).running.gpus
    months = [later - earlier for earlier, later in pairwise(found)]

    assert months[0] == 4
    assert months == sorted(months)
    assert months[-1] > 4


@bounded(60)
@given(scenario=scenarios(sized_by="memory"), data=st.data())
def test_more_never_takes_fewer_gpus(scenario: Scenario, data: st.DataObject) -> None:
    """More people at once, longer contexts, more bits: never fewer GPUs. More usable memory: never more."""
    base = evaluated(scenario)
    for name in MORE:
        stands = scenario_value(scenario, name)
        if stands is None and name in ("requests_at_once", "longest_context"):
            continue
        low = number(scenario, name)
        times = data.draw(st.floats(1, 4))
        more = changed(scenario, **{name: min(low * times, 1e6 if "bits" not in name else 32)})
        for key in OWN:
            if base.row(row_of(key)).running.gpus:
                assert gpus(more, key) >= gpus(scenario, key), (name, key)
    roomier = changed(scenario, usable_memory=min(1.0, number(scenario, "usable_memory") * data.draw(st.floats(1, 4))))
    for key in OWN:
        assert gpus(roomier, key) <= gpus(scenario, key), key


@bounded(40)
@given(scenario=scenarios(sized_by="memory", gpus_per_replica=None, weight_bits=None))
def test_memory_never_takes_fewer_than_speed(scenario: Scenario) -> None:
    """The larger of the two decides."""
    alone = changed(scenario, sized_by="throughput")
    for key in OWN:
        assert gpus(scenario, key) >= gpus(alone, key)


@pytest.mark.parametrize("gpu", ["H100", "A100-80", "L40S", "L4"])
def test_what_is_said_to_decide_decides(gpu: str) -> None:
    """No row takes fewer GPUs than memory or speed does alone, whatever the model, estimated or measured."""
    for model in FACTS.shapes:
        query = f"d=4&must_change=&tuned_model={model}&gpu={gpu}&requests_per_month=2000000&replicas=1"
        found = sizing(at(query))

        assert max(found.by_memory, found.by_speed) <= found.gpus, model
        assert gpus(at(f"{query}&sized_by=throughput"), "open") <= gpus(at(query), "open"), model


@pytest.mark.parametrize("query", ["tuned_model=gpt-oss-120b", "tuned_model=llama-3.3-70b&weight_bits=4"])
def test_what_an_estimate_runs_on_may_be_entered(query: str) -> None:
    """By speed alone, too: a size that is taken where none is named is not refused where it is."""
    query = f"d=4&must_change=&{query}&sized_by=throughput"
    taken = answer(at(query)).recorded["gpus_per_replica"]

    assert taken == 1
    assert gpus(at(f"{query}&gpus_per_replica={taken:.0f}"), "open") == gpus(at(query), "open")


# What the reader says, held against the scenario itself.


BUSY: Final = "d=4&as_of=2026-11-27&must_change=&tuned_model=llama-3.1-8b&requests_per_month=2628000&output_tokens=200"


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        # One a second, four at the peak, ten seconds each.
        ("requests_at_once=5", "Your load makes it about 41 requests at once: you say fewer."),
        ("requests_at_once=60", ""),
        ("", ""),
        ("longest_context=500", "Requests here reach 1,800 tokens: your longest context is shorter."),
        ("longest_context=1800", ""),
    ],
)
def test_what_the_scenario_contradicts_is_said(entered: str, words: str) -> None:
    """Fewer requests at once than the volume makes, or a longest context that its requests exceed: never refused."""
    found = answer(at(f"{BUSY}&{entered}"))
    row = " ".join(plain(each) for each in said_of(found)[row_of("open")])

    assert words in row
    assert ("Your load" in row, "Requests here" in row) == ("load" in words, "context" in words)


@pytest.mark.parametrize(("model", "most"), [("qwen3-8b", "40,960"), ("own&own_context=4096", "4,096")])
def test_a_context_beyond_the_models_own_is_refused(model: str, most: str) -> None:
    """Where memory is asked: with what to enter."""
    query = f"d=4&tuned_model={model}&longest_context="
    longest = most.replace(",", "")
    with pytest.raises(RefusedScenarioError, match=f"{most} tokens at most: enter {most} or fewer"):
        at(f"{query}{int(longest) + 1}")

    assert sizing(at(f"{query}{longest}")).context == int(longest)
    assert gpus(at(f"{query}1000000&sized_by=throughput"), "open")


def test_requests_beyond_the_models_own_context_have_no_price() -> None:
    """As with a model that is sold: the row that runs them says so, and the others stand."""
    found = answer(at("d=4&must_change=&tuned_model=phi-4&fixed_tokens=20000"))

    assert not found.row(row_of("open")).standing.shown
    assert "do not fit Phi-4’s context of 16,384" in found.row(row_of("open")).standing.reason
    assert found.row(row_of("prompt")).standing.shown


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("tuned_model=llama-3.1-8b&service=together-16b", "on 2 GPUs, so that one may fail."),
        (CASE.partition("&")[2], "on 8 GPUs, by what they hold, and so that one may fail."),
        (f"{CASE.partition('&')[2]}&replicas=1", "on 4 GPUs, by what they hold."),
    ],
)
def test_what_is_not_like_for_like_says_why(query: str, why: str) -> None:
    """By what they hold only where memory decides, and for a failure only where there is a second replica."""
    said = said_of(answer(at(f"d=4&{query}")))[row_of("api")]

    assert why in " ".join(plain(each) for each in said)


# What need not be computed again.


FIT: Final = FACTS.serving["llama-3.1-8b-H100"]


@pytest.mark.parametrize(
    ("held", "read"),
    [
        (RequestTokens(1_000, 200, 50), 200),
        (RequestTokens(0, 200, 50), 200),
        # Each later call reads what was added, and no more.
        (RequestTokens(1_000, 200, 50, 5, 300), 200 + 4 * 300),
    ],
)
def test_only_what_is_new_is_computed(held: RequestTokens, read: float) -> None:
    """The fixed prompt is there, and what earlier calls held; but all of it is looked back at."""
    saved = gpu_seconds(held, FIT) - gpu_seconds(held, FIT, keeps=True)

    assert saved == pytest.approx(FIT.prefill_seconds * (held.calls * held.mean - read))


@bounded(40)
@given(scenario=scenarios(prefix_cache=False))
def test_a_prefix_cache_never_takes_more_gpus(scenario: Scenario) -> None:
    """It takes work away, and memory that is there."""
    for key in OWN:
        assert gpus(changed(scenario, prefix_cache=True), key) <= gpus(scenario, key)


def test_a_long_prompt_no_longer_fills_the_gpus() -> None:
    """At volume a fixed prompt of 4,000 tokens takes hardly more GPUs than one of 100."""
    query = "d=4&as_of=2026-11-27&requests_per_month=30000000&output_tokens=100&tuned_model=llama-3.1-8b"
    long, short = (gpus(at(f"{query}&fixed_tokens={tokens}&sized_by=throughput"), "open") for tokens in (4_000, 100))
    without = gpus(at(f"{query}&fixed_tokens=4000&sized_by=throughput&prefix_cache=no"), "open")

    assert short <= long < without


@pytest.mark.parametrize(("model", "said"), [("qwen3-8b", True), ("llama-3.1-8b", False)])
def test_a_record_that_leaves_it_open_is_said_to(model: str, *, said: bool) -> None:
    """Whether prompts of a record were read from a prefix cache is not always known."""
    found = answer(at(f"d=4&as_of=2026-11-27&tuned_model={model}"))
    words = " ".join(plain(each) for sentences in said_of(found).values() for each in sentences)

    assert ("with a prefix cache that was read is not on record" in words) == said
    assert (FACTS.serving[f"{model}-H100"].prefix_hits is None) == said


# What is said, and what a link of before says.


def test_a_row_says_how_many_gpus_it_takes_and_why() -> None:
    """The model, the number, both counts, and which decides."""
    found = answer(at(CASE))
    words = " ".join(plain(each) for each in said_of(found)[row_of("open")])
    month = breakdown(found, found.row(row_of("open"))).sum("month")

    assert "Llama 3.3 70B on 8 × H100, 2 replicas of 4" in words
    assert "By memory it takes 4" in words
    assert "By speed it takes 2. Memory decides, and with 2 replicas it is 8." in words
    assert any("8 GPUs × 730 hours" in item.how and "hold 5 requests" in item.note for item in month.items)


@pytest.mark.parametrize(("growth", "said"), [("0.3", True), ("0", False)])
def test_what_growth_has_bought_later_is_said(growth: str, *, said: bool) -> None:
    """What is paid at the start is for the first month's GPUs alone."""
    query = f"{CASE}&hardware=owned&requests_per_month=3000000&monthly_growth={growth}&replicas=1"
    words = " ".join(plain(each) for each in said_of(answer(at(query)))[row_of("open")])

    assert "To be paid at the start: $" in words
    assert ("more are bought on the way" in words) == said


def test_a_size_that_is_too_small_is_said_to_be() -> None:
    """What is refused holds not even the weights; where they fit, and a context does not, the row says so."""
    found = answer(at(f"{CASE}&gpus_per_replica=1"))
    words = " ".join(plain(each) for each in said_of(found)[row_of("open")])

    assert "does not fit a replica of that size" in words
    assert found.row(row_of("open")).cost.running.gpus[1] == 5
    with pytest.raises(RefusedScenarioError, match="GPUs per replica"):
        at(f"{CASE}&gpus_per_replica=1&weight_bits=16")


def test_programs_are_told_the_same() -> None:
    """Exactly, and nothing of rows that run on no GPU of one's own."""
    rows = {row["approach"]: row["gpus"] for row in json.loads(json.dumps(figures(answer(at(CASE)))))["rows"]}

    assert rows["prompt"] is None
    assert rows["open"]["gpus"] == 8
    assert rows["open"]["sizing"]["by_memory"] == 4
    assert rows["open"]["sizing"]["by_speed"] == 2


LINKS: Final = [
    line.split()[2].partition("?")[2]
    for line in Path(__file__).parents[1].joinpath("old_links.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("edition", [1, 2, 3])
def test_an_older_edition_counts_gpus_by_speed_alone(edition: int) -> None:
    """And computes the fixed prompt for every request: whatever else a link holds."""
    found = evaluated(at(f"d={edition}&requests_per_month=100000000"))
    serving = found.inputs.serving

    assert (serving.sized_by, serving.prefix_cache) == ("throughput", False)
    assert found.parts.gpus.sizing(found.row(row_of("open")).held) is None


@pytest.mark.parametrize("query", LINKS)
def test_what_memory_is_asked_with_changes_no_older_link(query: str) -> None:
    """Without memory none of it counts, where speed was measured; bits of a weight say how fast it is, too."""
    old = at(query)
    other = changed(old, requests_at_once=1e6, longest_context=1e6, cache_bits=32.0, usable_memory=0.1)

    assert [row.total for row in evaluated(other).rows] == [row.total for row in evaluated(old).rows]
