"""Ways to tune that are closed, closing, or built on a model that dies: said in their row, ranked last, charged for."""

from datetime import date
from typing import Final

import pytest

from calculators.calculator import RefusedScenarioError
from calculators.catalog.cost_comparison.approaches import row_of
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.shelf_life import shelf_life
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words import Cited, Sentence, Way, plain, said_of
from calculators.facts import FACTS
from calculators.html.reply import patches
from tests.catalog.scenarios import answer, at

TODAY: Final = "as_of=2026-11-24"
OPENAI: Final = f"{TODAY}&tuned_model=gpt-4.1-mini&service=openai-gpt-4.1-mini"


def closure(comparison: Comparison) -> Sentence:
    """What the row tuned through an API says of who still sells that; empty where anybody does, for long enough."""
    said = said_of(comparison)[row_of("api")]
    return next((words for words in said if any(isinstance(part, Cited) for part in words)), ())


def tuned(comparison: Comparison) -> int:
    """Place of the row tuned through an API among those that are compared on the model named, from 1."""
    compared = [row.approach.key for row in comparison.rows if not row.approach.another_model]
    return compared.index("api") + 1


def test_tuning_gpt_4_1_mini_at_openai_is_said_to_be_closed_in_its_row() -> None:
    """With the dates: since when newcomers are shut out, until when others can train, when the models die."""
    said = plain(closure(answer(at(OPENAI))))

    for day in ("7 May 2026", "5 January 2027", "14 January 2027"):
        assert day in said
    written = patches("cost-comparison", answer(at(OPENAI)))["ranking"]
    assert written.index("Fine-tuning, API") < written.index("5 January 2027")


def test_a_closed_method_is_ranked_last_and_its_figures_say_whose_they_are() -> None:
    """It cannot win; its row stands behind those that cannot do the job, for existing customers only."""
    comparison = answer(at(f"{OPENAI}&must_change=tone"))
    row = comparison.row(row_of("api"))

    assert row.standing.can is Can.CLOSED
    assert not row.standing.in_the_running
    assert tuned(comparison) == len([*"12345"])
    assert row.standing.figures == "existing customers until 14 January 2027"
    assert "existing customers until 14 January 2027" in patches("cost-comparison", comparison)["ranking"]
    assert row.approach not in [each.approach for each in comparison.running]


def test_a_closed_method_offers_two_ways_on() -> None:
    """One that can still be bought, and the reader's own standing with it: each a press that gives a valid scenario."""
    ways = [part for part in closure(answer(at(OPENAI))) if isinstance(part, Way)]

    assert ["Use one you can still buy", "We are an existing customer: show the figures"] == [way.text for way in ways]
    buyable, customer = (answer(at("&".join((*_without(OPENAI, way), *_set(way))))) for way in ways)
    assert buyable.row(row_of("api")).standing.can is Can.YES
    assert customer.row(row_of("api")).standing.in_the_running
    assert customer.row(row_of("api")).standing.judged


def _without(query: str, way: Way) -> list[str]:
    names = {name for name, _ in way.sets}
    return [pair for pair in query.split("&") if pair.partition("=")[0] not in names]


def _set(way: Way) -> list[str]:
    return [f"{name}={value}" for name, value in way.sets]


def test_the_death_of_a_tuned_model_within_the_horizon_is_charged() -> None:
    """The forced change stands in the month of its end, for customers too."""
    stops = FACTS.tuning["openai-gpt-4.1-mini"].stops
    assert stops == date(2027, 1, 14)
    row = answer(at(f"{OPENAI}&existing_customer=yes&horizon_months=12&model_life=120")).row(row_of("api"))

    assert row.cost.changes == (1,)
    assert row.standing.can is Can.CLOSED, "it dies within the horizon"


def test_an_existing_customer_may_still_use_what_lasts_as_long_as_the_horizon() -> None:
    """A month at OpenAI is over before the end."""
    row = answer(at(f"{OPENAI}&existing_customer=yes&horizon_months=1")).row(row_of("api"))

    assert row.standing.can is Can.YES
    assert row.cost.changes == ()


@pytest.mark.parametrize(
    ("day", "sold_to"),
    [
        ("2026-05-06", "anyone"),
        ("2026-05-07", "existing customers"),
        ("2026-11-24", "existing customers"),
        ("2027-01-06", "nobody"),
    ],
)
def test_who_can_buy_follows_the_records(day: str, sold_to: str) -> None:
    """Each day has its own offer, and what was announced later is not known before."""
    service, base = FACTS.tuning["openai-gpt-4.1-mini"], FACTS.base_models["gpt-4.1-mini"]

    assert shelf_life(service, base, date.fromisoformat(day), FACTS).sold_to == sold_to


def test_the_service_chosen_by_itself_is_one_that_can_be_bought() -> None:
    """With the choice left to the calculator, a closed service is taken only where there is no other."""
    comparison = answer(at(f"{TODAY}&tuned_model=gpt-4.1-mini"))
    service = comparison.records.service
    assert service is not None

    assert FACTS.availability.at(service.offer, date(2026, 11, 24)).sold_to == "anyone"


def test_the_service_chosen_by_itself_outlasts_the_horizon() -> None:
    """
    Microsoft withdraws its copy of Llama 3.3 70B in January:
    for longer the choice is somebody else's, and it ranks.
    """
    year = answer(at(f"{TODAY}&tuned_model=llama-3.3-70b"))
    weeks = answer(at(f"{TODAY}&tuned_model=llama-3.3-70b&horizon_months=1"))

    assert closure(year) == ()
    assert year.row(row_of("api")).standing.can is Can.YES
    assert year.records.service != weeks.records.service


def test_a_notice_names_the_service_that_it_speaks_of() -> None:
    """Also where anybody can still buy it, and only its models end."""
    first = plain(closure(answer(at(f"{TODAY}&tuned_model=llama-3.3-70b&service=foundry-llama-3.3-70b"))))

    assert first.startswith("Llama 3.3 70B on Microsoft Foundry: anyone can start training jobs until 30 January 2027.")
    assert "31 January 2027, within your horizon" in first


def test_a_service_names_the_models_that_it_tunes() -> None:
    """Who picks a service first is told which model to pick with it."""
    with pytest.raises(RefusedScenarioError, match=r"choose GPT-4\.1 mini as the tuned model"):
        at(f"{TODAY}&service=openai-gpt-4.1-mini")


def test_a_default_neither_closes_nor_stops() -> None:
    """A fresh page never starts from a method that ends."""
    records = answer(at("")).records
    assert records.life is not None

    assert records.life.sold_to == "anyone"
    assert records.life.closes is None
    assert records.life.stops is None
