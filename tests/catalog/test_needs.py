"""Several needs at once, and where the data may go: who can do the job then; and what old links asked is unchanged."""

from itertools import combinations
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.approaches import ROWS, row_of
from calculators.catalog.cost_comparison.comparison import Row
from calculators.catalog.cost_comparison.standing import Can
from tests.catalog.scenarios import COST_COMPARISON, answer, at, bounded, changed, evaluated, scenarios

SINGLE: Final = tuple(need for need in row_of("prompt").standings if need != "nothing")
SEVERAL: Final = tuple(",".join(needs) for count in range(1, len(SINGLE) + 1) for needs in combinations(SINGLE, count))
WORST_FIRST: Final = (Can.NO, Can.UNPROVEN, Can.YES)


def row(query: str, key: str) -> Row:
    """One row of the answer to a scenario."""
    return answer(at(query)).row(row_of(key))


def standings(query: str) -> dict[str, Can]:
    """Where each row stands."""
    return {each.approach.key: each.standing.can for each in answer(at(query)).rows}


# Several needs.


@pytest.mark.parametrize("needs", SEVERAL)
@pytest.mark.parametrize("place", ["anywhere", "region", "own"])
def test_the_worst_of_the_needs_decides(needs: str, place: str) -> None:
    """A row that must do several things can do no more than the hardest; what one does not ask for, another may."""
    alone = [standings(f"must_change={need}&data_place={place}") for need in needs.split(",")]
    for key, together in standings(f"must_change={needs}&data_place={place}").items():
        asked = [each[key] for each in alone if each[key] is not Can.NOT_NEEDED]

        assert together is (min(asked, key=WORST_FIRST.index) if asked else Can.NOT_NEEDED), key


@pytest.mark.parametrize(
    ("needs", "key", "can"),
    [
        # Looked up for the documents, though the tone asks for nothing of the kind.
        ("documents,tone", "rag", Can.YES),
        ("documents,tone", "prompt", Can.UNPROVEN),
        ("documents,tone", "few_shot", Can.UNPROVEN),
        ("documents,tone", "api", Can.YES),
        ("format,tone", "few_shot", Can.YES),
        ("format,task", "prompt", Can.UNPROVEN),
        ("format,tone", "rag", Can.NOT_NEEDED),
        ("documents,format,tone,task", "rag", Can.YES),
    ],
)
def test_who_can_do_several_things(needs: str, key: str, can: Can) -> None:
    """As people have them: our documents, in our voice."""
    assert can is row(f"must_change={needs}&corpus_tokens=60000", key).standing.can


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("tone,documents", "documents,tone"),
        ("task,tone,format,documents", "documents,format,tone,task"),
        ("tone", "tone"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_needs_have_an_order(written: str, canonical: str) -> None:
    """One job is one link, in whatever order its needs were ticked."""
    scenario = at(f"must_change={written}")

    assert COST_COMPARISON.inputs["must_change"].link(scenario.groups.job.must_change) == canonical  # type: ignore[attr-defined]  # its group
    assert scenario.groups == at(f"must_change={canonical}").groups


def test_no_need_named_is_judged_as_a_narrow_task() -> None:
    """Nobody said what must change: then the evidence of a narrow task is taken."""
    assert standings("must_change=") == standings("must_change=task")


@pytest.mark.parametrize("key", [each.key for each in ROWS if each.key not in ("prompt", "classifier")])
def test_where_documents_are_looked_up_every_row_looks_them_up(key: str) -> None:
    """Few-shot is then RAG with examples, a tuned row RAG with a tuned model, and each needs the pipeline."""
    evaluation = evaluated(at("must_change=documents,tone"))
    found = evaluation.row(row_of(key))
    alone = evaluated(at("must_change=tone")).row(row_of(key))

    assert found.looks_up
    assert found.held.varying - alone.held.varying == (0 if key == "rag" else 5 * 500)
    assert found.total > alone.total or key == "rag"


def test_few_shot_on_documents_is_rag_with_examples() -> None:
    """It costs what RAG costs, and the examples in the prompt beside that."""
    examples, rag = row("must_change=documents&caching=no", "few_shot"), row("must_change=documents&caching=no", "rag")
    record = answer(at("")).records.prompted[0].record

    assert examples.marginal - rag.marginal == pytest.approx(5 * 300 * record.input / 1e6)


# Where the data may go.


@pytest.mark.parametrize("needs", ["", *SEVERAL, "nothing"])
def test_data_that_stays_is_worked_on_at_home(needs: str) -> None:
    """Only rows on machines of the reader's own may run; whoever sends data out cannot, whatever it could do."""
    for each in answer(at(f"must_change={needs}&data_place=own&narrow_task=classification")).rows:
        if not each.approach.stays:
            assert each.standing.can is Can.NO
            assert "leave" in each.standing.reason
        elif each.approach.key != "classifier":
            assert each.standing.can in (Can.YES, Can.UNPROVEN), each.approach.key


@pytest.mark.parametrize("needs", ["", *SEVERAL, "nothing"])
def test_a_region_or_a_cloud_of_ours_rules_nobody_out(needs: str) -> None:
    """Sellers have regions; who can do the job is as it is anywhere."""
    assert standings(f"must_change={needs}&data_place=region") == standings(f"must_change={needs}")


def test_documents_that_stay_are_looked_up_on_own_machines() -> None:
    """Our documents, and nothing may leave: an open model with retrieval is tried first, and the pipeline is paid."""
    comparison = answer(at("must_change=documents&data_place=own"))
    evaluation = comparison.evaluation
    first = comparison.advice.first
    assert first is not None

    assert ROWS[first.row].key == "open"
    assert evaluation.row(row_of("open")).looks_up
    assert row("must_change=documents&data_place=own", "open").standing.can is Can.UNPROVEN
    assert evaluation.row(row_of("open")).total > evaluated(at("must_change=&data_place=own")).row(row_of("open")).total


def test_what_runs_today_may_have_to_come_home() -> None:
    """It passes, and may run no longer: what can stay is left, and what runs is not kept."""
    comparison = answer(at("must_change=nothing&data_place=own&requests_per_month=500000"))

    assert comparison.advice.in_hand is None
    assert {ROWS[each.step.row].key for each in comparison.advice.tries} <= {"open", "own"}
    assert comparison.advice.first is not None


# Only the narrow task of sorting has a classifier.


@pytest.mark.parametrize("needs", ["", *SEVERAL, "nothing"])
@pytest.mark.parametrize("narrow", ["other", "classification"])
def test_a_classifier_is_there_where_there_is_something_to_sort(needs: str, narrow: str) -> None:
    """Where the job is to sort into classes; it does not write, and knows no documents; else it is not needed."""
    comparison = answer(at(f"must_change={needs}&narrow_task={narrow}"))
    found = comparison.row(row_of("classifier")).standing.can
    asked = needs.split(",")
    sorts = narrow == "classification" and ("task" in asked or needs == "nothing")
    beyond = {"documents", "tone"} & set(asked)

    assert found is (Can.NOT_NEEDED if not sorts else Can.NO if beyond else Can.UNPROVEN)
    assert (sorts and not beyond) == bool(comparison.question.in_play >> ROWS.index(row_of("classifier")) & 1)


def test_a_classifier_takes_labels_hours_a_run_and_a_server() -> None:
    """What it costs is in its inputs, and no model is paid by the token."""
    query = (
        "must_change=task&narrow_task=classification&hourly_rate=100&examples=1000&example_price=2&setup_classifier=80"
        "&eval_hours=20&monthly_classifier=6&classifier_training=10&classifier_server=60"
    )
    found = row(query, "classifier")

    assert found.setup == 100 * (80 + 20) + 2 * 1_000 + 10
    assert found.total == found.setup + 12 * (100 * 6 + 60)
    assert found.marginal == 0


# What an old link asked.

PRIVATE: Final = {
    "": {"open": 113_876.16, "own": 121_847.48, "prompt": 11_488.55, "api": 25_617.32, "rag": 29_657.32},
    "requests_per_month=3000000": {
        "open": 113_876.16,
        "own": 121_847.48,
        "prompt": 72_019.68,
        "few_shot": 77_334.60,
        "small": 15_679.68,
    },
    "horizon_months=36&model_life=8": {"open": 313_237.92, "own": 352_988.75, "rag": 65_810.12},
    "prompted_model=gpt-4.1&delay_cost=1000": {"open": 116_216.76, "own": 126_528.67, "prompt": 14_114.54},
    "tuned_model=llama-3.3-70b": {"open": 176_948.16, "own": 184_921.65, "api": 119_106.23},
    "examples=100&owned=yes": {"open": 81_137.49, "own": 88_708.70, "few_shot": 14_152.05},
    "corpus_tokens=60000&requests_per_month=2000": {"open": 113_876.16, "own": 121_847.48, "rag": 27_251.51},
    "monthly_growth=0.05&price_change=-0.2": {"open": 113_876.16, "prompt": 11_678.55, "small": 10_562.98},
}
"""Totals of rows before there were several needs, by what else was entered. [USD]"""


@pytest.mark.parametrize("query", PRIVATE)
def test_data_that_could_not_leave_costs_what_it_did(query: str) -> None:
    """`private` means no need of its own, on own machines: the same totals, and the same two rows that can."""
    asked = f"must_change=private&as_of=2026-11-24&{query}"
    comparison = answer(at(asked))

    assert at(asked).groups == at(f"must_change=&data_place=own&as_of=2026-11-24&{query}").groups
    assert {key: round(comparison.row(row_of(key)).total, 2) for key in PRIVATE[query]} == PRIVATE[query]
    assert [each.approach.key for each in comparison.running] == ["open", "own"]
    for each in comparison.rows:
        assert each.standing.can is (Can.YES if each.approach.key in ("open", "own") else Can.NO) or (
            each.approach.key == "classifier"
        )


def test_data_that_could_not_leave_closed_models_cannot_help() -> None:
    """As before: weights that nobody can download run on no machine of the reader's own."""
    for model in ("gpt-4.1-mini", "nova-micro"):
        assert answer(at(f"must_change=private&tuned_model={model}")).winner is None


@bounded(40)
@given(scenario=scenarios(), needs=st.sampled_from(["", *SEVERAL]))
def test_more_needs_never_make_a_job_easier(scenario: Scenario, needs: str) -> None:
    """One need more, and no row that was ruled out can, nor does one become likelier to pass."""
    several = needs.split(",") if needs else []
    fewer = evaluated(changed(scenario, must_change=needs))
    for need in SINGLE:
        if need in several or not several:
            continue
        more = evaluated(changed(scenario, must_change=",".join(key for key in SINGLE if key in (*several, need))))
        for before, after in zip(fewer.rows, more.rows, strict=True):
            if before.standing.can in (Can.NO, Can.UNPROVEN) and not before.standing.judged:
                assert after.standing.can in (Can.NO, Can.UNPROVEN, Can.CLOSED), before.approach.key
            if before.belief and after.belief:
                assert after.belief.chance <= before.belief.chance + 1e-12, before.approach.key
