"""What runs today, and what the reader knows: what stands is paid, what passes is in hand, the plan starts there."""

import pytest

from calculators.catalog.cost_comparison.approaches import ROWS, SharedPart, row_of
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.plan.search import Candidate
from calculators.catalog.cost_comparison.report import first_key
from calculators.catalog.cost_comparison.standing import Can
from calculators.formulas.units import WEEKS_PER_MONTH
from tests.catalog.scenarios import answer, at


def asked(query: str) -> Comparison:
    """The answer to a scenario."""
    return answer(at(query))


def candidate(comparison: Comparison, key: str) -> Candidate:
    """What a row costs in the plan."""
    return comparison.candidate(ROWS.index(row_of(key)))


def tried(comparison: Comparison) -> list[str]:
    """The rows of the plan, in the order of failures."""
    return [ROWS[each.step.row].key for each in comparison.advice.tries]


def paid(comparison: Comparison) -> set[SharedPart]:
    """The shared parts that are paid."""
    return {part for place, part in enumerate(SharedPart) if comparison.question.paid >> place & 1}


EVAL, PROMPT, RETRIEVAL, LABELS, SERVING = SharedPart


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("must_change=tone", set()),
        ("must_change=tone&has_eval=yes", {EVAL}),
        ("must_change=tone&today=prompt", {PROMPT}),
        ("must_change=tone&today=few_shot&has_eval=yes", {EVAL, PROMPT}),
        ("must_change=documents&today=rag", {PROMPT, RETRIEVAL}),
        ("must_change=tone&today=api", {LABELS}),
        ("must_change=tone&today=own", {LABELS, SERVING}),
        ("must_change=documents&today=own", {RETRIEVAL, LABELS, SERVING}),
        # Nothing must change: a prompt runs, unless the reader says otherwise.
        ("must_change=nothing", {PROMPT}),
        # Whatever was tested is paid, and its eval with it.
        ("must_change=tone&few_shot_passes=no", {EVAL, PROMPT}),
        ("must_change=documents&api_passes=no", {EVAL, RETRIEVAL, LABELS}),
        # What two rows that were tested both need is there once.
        ("must_change=tone&prompt_passes=no&few_shot_passes=no", {EVAL, PROMPT}),
        ("must_change=task&prompt_success=0.8&small_success=0.7&cheaper_success=0.6&bar=0.9", {EVAL, PROMPT}),
        ("must_change=task&open_passes=yes", {EVAL, PROMPT, SERVING}),
    ],
)
def test_what_stands_or_was_tested_is_paid(query: str, parts: set[SharedPart]) -> None:
    """Once, whoever else needs it; an eval is there only where the reader has one, or has tested something."""
    assert paid(asked(query)) == parts


@pytest.mark.parametrize("key", ["prompt", "few_shot", "rag", "api", "own"])
def test_what_runs_has_no_set_up_left(key: str) -> None:
    """Untested, it is measured first, and that takes an eval; it is kept as it is."""
    needs = "documents" if key == "rag" else "tone"
    comparison = asked(f"must_change={needs}&today={key}&delay_cost=1000")
    first = comparison.advice.first
    assert first is not None

    assert comparison.advice.measured_first
    assert first.row == ROWS.index(row_of(key))
    assert candidate(comparison, key)[0] == candidate(comparison, key).go_live == 0
    assert first.find_out == pytest.approx(24 * 93.39)
    assert first.keep == comparison.evaluation.row(row_of(key)).kept
    assert comparison.find_out(row_of(key)) == pytest.approx(24 * 93.39)
    assert comparison.evaluation.row(row_of(key)).go_live == 0


@pytest.mark.parametrize("key", [row.key for row in ROWS])
@pytest.mark.parametrize("passes", ["yes", "no"])
def test_of_a_row_that_was_tested_nothing_is_left_to_find_out(key: str, passes: str) -> None:
    """Whatever it took alone is spent, as what it shares with others is."""
    query = "must_change=documents,task&narrow_task=classification&corpus_tokens=60000"
    before, after = asked(query), asked(f"{query}&{key}_passes={passes}")

    assert before.find_out(row_of(key)) > 0
    assert after.find_out(row_of(key)) == 0


@pytest.mark.parametrize("key", ["prompt", "few_shot", "rag", "api", "own"])
def test_where_nothing_must_change_what_runs_passes(key: str) -> None:
    """It is in hand, whatever it is, costs what keeping it costs, and is what every change is held against."""
    comparison = asked(f"must_change=nothing&today={key}")
    place = ROWS.index(row_of(key))

    assert comparison.question.today == place
    assert comparison.advice.in_hand == place
    assert comparison.question.passed >> place & 1
    assert comparison.row(row_of(key)).standing.can is Can.YES
    assert comparison.find_out(row_of(key)) == 0
    assert key not in tried(comparison)


def test_where_rag_runs_whatever_takes_its_place_looks_documents_up() -> None:
    """Nothing must change, and documents are known today: a cheaper model needs them, too."""
    runs = "today=rag&has_eval=yes"
    running, wanted = asked(f"must_change=nothing&{runs}"), asked(f"must_change=documents&{runs}&rag_passes=yes")

    for row in ROWS:
        assert running.row(row).total == wanted.row(row).total
        assert running.evaluation.row(row).belief == wanted.evaluation.row(row).belief
    assert first_key(running) == first_key(wanted)


def test_a_tuned_model_that_runs_needs_no_examples_any_more() -> None:
    """Whoever has forty cannot tune yet; whose tuned model runs has tuned, and the other tuned row still cannot."""
    comparison = asked("must_change=nothing&today=api&examples=40")

    assert comparison.advice.in_hand == ROWS.index(row_of("api"))
    assert comparison.row(row_of("own")).standing.can is Can.NO


def test_a_week_of_waiting_is_paid_at_what_runs() -> None:
    """Beside what passes, its keep is paid until another row is live, and only the rest is the other's."""
    comparison = asked("must_change=nothing&requests_per_month=1000000")
    runs = comparison.evaluation.row(row_of("prompt")).kept
    for key in ("cheaper", "small", "api"):
        row = comparison.evaluation.row(row_of(key))
        share = row.weeks / (12 * WEEKS_PER_MONTH)

        assert candidate(comparison, key).keep == pytest.approx(share * runs + (1 - share) * row.kept)
    # Where nothing runs, nothing is paid meanwhile.
    alone = asked("must_change=tone&requests_per_month=1000000")
    assert candidate(alone, "cheaper").keep == alone.evaluation.row(row_of("cheaper")).kept


def test_what_would_be_live_after_the_end_is_not_tried() -> None:
    """A month is left, and GPUs of one's own take longer; where nothing runs they are tried all the same."""
    running, nothing = asked("must_change=nothing&horizon_months=1"), asked("must_change=tone&horizon_months=1")
    own = ROWS.index(row_of("own"))

    assert running.weeks(own) > WEEKS_PER_MONTH
    assert running.question.prospects[own].beside_today is None
    assert "own" not in tried(running)
    assert nothing.question.in_play >> own & 1


def test_what_runs_and_is_switched_off_cannot_stay() -> None:
    """Its seller ends it within days: another model is tried, and nothing that ends too."""
    comparison = asked("must_change=nothing&prompted_model=gemini-2.5-pro&as_of=2026-11-24")

    assert comparison.advice.in_hand is None
    assert first_key(comparison) == "cheaper"
    assert not {"prompt", "few_shot"} & set(tried(comparison))


# What the reader knows.


def test_what_failed_is_not_tried_again_and_what_hangs_on_it_neither() -> None:
    """Prompting failed: nothing less likely can pass; the next costs only what it adds."""
    before, after = asked("must_change=task"), asked("must_change=task&prompt_passes=no")

    assert "prompt" in tried(before)
    assert not {"prompt", "cheaper", "small", "open"} & set(tried(after))
    few_shot = next(each.step for each in after.advice.tries if ROWS[each.step.row].key == "few_shot")
    assert few_shot.find_out == pytest.approx(16 * 93.39)


def test_what_passes_is_in_hand() -> None:
    """It can be shipped: its go live is still to pay, and whatever is tried beside it costs less."""
    comparison = asked("must_change=tone&prompt_passes=yes&requests_per_month=1000000")
    prompt = candidate(comparison, "prompt")
    in_hand = comparison.advice.in_hand

    assert in_hand == ROWS.index(row_of("prompt"))
    assert prompt.go_live == pytest.approx(24 * 93.39)
    for each in comparison.advice.tries:
        assert each.step.go_live + each.step.keep < prompt.go_live + prompt.keep


def test_the_readers_chance_stands_for_the_records() -> None:
    """It has no range, moves the plan, and is said to be theirs."""
    before = asked("must_change=task&requests_per_month=1000000")
    after = asked("must_change=task&requests_per_month=1000000&small_chance=99%25&prompt_chance=3%20in%2010")
    believed = after.evaluation.row(row_of("prompt")).belief

    assert believed == (0.3, 0.3, 0.3)
    assert after.evaluation.row(row_of("small")).belief == (0.99, 0.99, 0.99)
    assert after.given_chance(row_of("prompt"))
    assert not before.given_chance(row_of("prompt"))
    assert "small" not in tried(before)
    assert tried(after)[1] == "small"


@pytest.mark.parametrize(("examples", "can"), [(0, False), (49, False), (50, True), (500, True)])
def test_too_few_examples_to_tune_on_are_collected_first(examples: int, can: bool) -> None:
    """Under fifty a tuned row cannot yet, and says what collecting the rest costs; nor can a classifier."""
    comparison = asked(f"must_change=task&narrow_task=classification&examples={examples}&example_price=3&labellers=2")
    for key in ("api", "own"):
        standing = comparison.row(row_of(key)).standing
        assert can == (standing.can is Can.YES)
        if not can:
            assert f"${(50 - examples) * 6:,}" in standing.reason
    for key in ("api", "own", "classifier"):
        place = ROWS.index(row_of(key))
        assert can == bool(comparison.question.in_play >> place & 1)
        assert can == (comparison.evaluation.rows[place].belief is not None)


def test_a_few_examples_are_a_chance_between() -> None:
    """From fifty on as few-shot's, from a hundred halfway, from five hundred in full; it never falls."""
    chances = []
    for examples in (50, 99, 100, 499, 500, 5_000):
        believed = asked(f"must_change=task&examples={examples}").evaluation.row(row_of("api")).belief
        assert believed is not None
        chances.append(believed.chance)
    few_shot = asked("must_change=task").evaluation.row(row_of("few_shot")).belief
    assert few_shot is not None

    assert sorted(chances) == chances
    assert chances[0] == chances[1] == few_shot.chance
    assert chances[2] == chances[3] == (few_shot.chance + chances[-1]) / 2
    assert chances[4] == chances[5] > chances[3]


def test_a_worth_allows_to_give_up() -> None:
    """Worth less than anything costs, nothing is started; worth more, the plan is as without one but for its end."""
    little, much = asked("must_change=tone&worth=500"), asked("must_change=tone&worth=10000000")

    assert little.advice.first is None
    assert little.advice.in_hand is None
    assert little.advice.expected == 500
    assert tried(much) == tried(asked("must_change=tone"))
    assert not any(each.dashed for each in much.advice.tries)


def test_a_change_is_worth_it_above_what_the_reader_says() -> None:
    """Where any saving is worth it, the nearest change is tried; where none is, what runs stays."""
    query = "must_change=nothing&requests_per_month=1000000"

    assert first_key(asked(f"{query}&worth_it_above=0")) != "stay"
    assert first_key(asked(f"{query}&worth_it_above=10000000")) == "stay"
