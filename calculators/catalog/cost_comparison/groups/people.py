"""People's time, and how soon the model under it changes."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from calculators.calculator import Group
from calculators.catalog.cost_comparison.groups.bounds import TEAM_HOURS, assumed, assumed_count, rule
from calculators.currency import Dollar
from calculators.facts import FACTS
from calculators.quantity import DOLLARS, Currency, Quantity, write_count, write_link, write_number, write_share
from calculators.vocabulary import MONTHS, SHARE, USD, USD_PER_HOUR


@dataclass(frozen=True, slots=True)
class People(Group):
    """Your team's time. No figure here but the rate has a source: they are assumptions, yours to change."""

    title: ClassVar[str] = "People"

    hourly_rate: Annotated[float, USD_PER_HOUR.named("One hour", unit="all in", maximum=rule("most_hour_price"))] = (
        FACTS.wages["software-developer"].hourly
    )
    eval_hours: Annotated[float, TEAM_HOURS.named("Eval set", unit="hours, in every row")] = assumed("eval_hours")
    setup_prompt: Annotated[float, TEAM_HOURS.named("Prompting", unit="hours to set up")] = assumed("setup_prompt")
    setup_few_shot: Annotated[float, TEAM_HOURS.named("Few-shot", unit="hours to set up")] = assumed("setup_few_shot")
    setup_rag: Annotated[float, TEAM_HOURS.named("RAG", unit="hours to set up")] = assumed("setup_rag")
    setup_api: Annotated[float, TEAM_HOURS.named("Tuning, API", unit="hours to set up")] = assumed("setup_api")
    setup_own: Annotated[float, TEAM_HOURS.named("Tuning, self-hosted", unit="hours to set up")] = assumed("setup_own")
    setup_open: Annotated[float, TEAM_HOURS.named("Hosting alone", unit="hours to set up")] = assumed("setup_open")
    monthly_prompt: Annotated[float, TEAM_HOURS.named("Prompting", unit="hours a month")] = assumed("monthly_prompt")
    monthly_few_shot: Annotated[float, TEAM_HOURS.named("Few-shot", unit="hours a month")] = assumed("monthly_few_shot")
    monthly_rag: Annotated[float, TEAM_HOURS.named("RAG", unit="hours a month")] = assumed("monthly_rag")
    monthly_api: Annotated[float, TEAM_HOURS.named("Tuning, API", unit="hours a month")] = assumed("monthly_api")
    monthly_own: Annotated[float, TEAM_HOURS.named("Self-hosting", unit="hours a month")] = assumed("monthly_own")
    change_prompt: Annotated[float, TEAM_HOURS.named("Prompting", unit="hours a model change")] = assumed(
        "change_prompt"
    )
    change_few_shot: Annotated[float, TEAM_HOURS.named("Few-shot", unit="hours a model change")] = assumed(
        "change_few_shot"
    )
    change_rag: Annotated[float, TEAM_HOURS.named("RAG", unit="hours a model change")] = assumed("change_rag")
    change_api: Annotated[float, TEAM_HOURS.named("Tuning, API", unit="hours a model change")] = assumed("change_api")
    change_own: Annotated[float, TEAM_HOURS.named("Self-hosting", unit="hours a model change")] = assumed("change_own")

    def summary(self) -> str:
        """Say the rate and the span of hours."""
        setup = (
            self.setup_prompt,
            self.setup_few_shot,
            self.setup_rag,
            self.setup_api,
            self.setup_own,
        )
        least, most = write_number(min(setup)), write_number(max(setup))
        return f"{DOLLARS.cents(self.hourly_rate)} an hour · {least} to {most} hours to set up"


@dataclass(frozen=True, slots=True)
class ModelLife(Group):
    """How soon a better base model comes, and what waiting and money cost."""

    title: ClassVar[str] = "Model life and money"

    model_life: Annotated[
        int,
        MONTHS.named(
            "A base model lasts",
            unit="months",
            minimum=1,
            maximum=rule("longest_model_life"),
            hint="Until a better one or a shutdown forces a change.",
        ),
    ] = assumed_count("model_life")
    delay_cost: Annotated[
        float,
        USD.named(
            "A month of waiting costs",
            maximum=rule("most_delay_cost"),
            hint="If given, the wait is also paid at the prompted model's cost.",
        ),
    ] = 0.0
    discount_rate: Annotated[
        float, SHARE.named("Discount rate", unit="a year", hint="Above 0%, net present values stand under the table.")
    ] = 0.0
    currency: Annotated[
        Currency | None,
        Dollar(
            label="A US dollar is",
            hint="Such as 0.92 EUR: amounts of the answer are in it. Prices, and what you enter, stay in US dollars.",
            rate=Quantity(minimum=rule("least_rate"), maximum=rule("most_rate")),
        ),
    ] = None

    def summary(self) -> str:
        """Say the life of a base model, and the currency."""
        discount = f" · discounted at {write_share(self.discount_rate)} a year" if self.discount_rate else ""
        amounts = f" · amounts in {self.currency.code}" if self.currency else ""
        return f"a better base model every {write_count(self.model_life, 'month')}{discount}{amounts}"

    @property
    def amounts(self) -> str:
        """What amounts of the answer are in, as a sentence; nothing where they are in US dollars."""
        if self.currency is None:
            return ""
        code, rate = self.currency
        return f"Amounts in {code} at {write_link(rate)} a dollar, as you entered; prices are in dollars."
