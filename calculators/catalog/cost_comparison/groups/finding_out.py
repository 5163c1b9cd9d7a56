"""What it takes to find out whether a row passes, and what passing is worth; and a classifier of the reader's own."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from calculators.calculator import SWITCH, Choice, Group
from calculators.catalog.cost_comparison.groups.bounds import TEAM_HOURS, assumed, rule
from calculators.quantity import DOLLARS, write_number
from calculators.vocabulary import HOURS, USD


@dataclass(frozen=True, slots=True)
class FindingOut(Group):
    """Hours until it is known whether a row passes: part of its set-up, the rest of which only what is kept needs."""

    title: ClassVar[str] = "Finding out"

    has_eval: Annotated[
        bool, Choice(label="We have an eval", options=SWITCH, hint="Cases with what good means: then it is paid for.")
    ] = False
    find_out_prompt: Annotated[float, TEAM_HOURS.named("A prompt", unit="hours to find out")] = assumed(
        "find_out_prompt"
    )
    find_out_few_shot: Annotated[float, TEAM_HOURS.named("Examples for it", unit="hours to find out")] = assumed(
        "find_out_few_shot"
    )
    find_out_rag: Annotated[float, TEAM_HOURS.named("Retrieval", unit="hours to find out")] = assumed("find_out_rag")
    find_out_tuned: Annotated[float, TEAM_HOURS.named("Tuning", unit="hours to find out")] = assumed("find_out_tuned")
    harness_tier: Annotated[float, TEAM_HOURS.named("A neighbouring model", unit="hours to test it")] = assumed(
        "harness_tier"
    )
    harness_small: Annotated[float, TEAM_HOURS.named("A small or open model", unit="hours to test it")] = assumed(
        "harness_small"
    )
    trial_gpu_hours: Annotated[
        float, HOURS.named("Own GPUs on trial", unit="hours of one replica", maximum=rule("most_hours"))
    ] = assumed("trial_gpu_hours")
    worth: Annotated[
        float | None,
        USD.named(
            "A version that passes is worth",
            unit="over the horizon",
            maximum=rule("most_worth"),
            hint="Empty: the plan goes on while something may pass.",
        ),
    ] = None
    worth_it_above: Annotated[
        float | None,
        USD.named(
            "A change is worth it above",
            maximum=rule("most_worth"),
            hint="Empty: a day of your team, or 5% of what is kept where that is more.",
        ),
    ] = None

    def summary(self) -> str:
        """Say the hours, and what passing is worth."""
        worth = "" if self.worth is None else f" · worth {DOLLARS.money(self.worth)}"
        return (
            f"{write_number(self.find_out_prompt)} hours for a prompt, {write_number(self.find_out_tuned)} for tuning"
            f"{worth}"
        )


@dataclass(frozen=True, slots=True)
class Classifier(Group):
    """A small classifier of your own: worth a try where the narrow task is to sort."""

    title: ClassVar[str] = "A small classifier"

    setup_classifier: Annotated[float, TEAM_HOURS.named("Classifier", unit="hours to set up")] = assumed(
        "setup_classifier"
    )
    find_out_classifier: Annotated[float, TEAM_HOURS.named("Classifier", unit="of them to find out")] = assumed(
        "find_out_classifier"
    )
    monthly_classifier: Annotated[float, TEAM_HOURS.named("Classifier", unit="hours a month")] = assumed(
        "monthly_classifier"
    )
    change_classifier: Annotated[float, TEAM_HOURS.named("Classifier", unit="hours to train it anew")] = assumed(
        "change_classifier"
    )
    classifier_training: Annotated[
        float, USD.named("Training it", unit="a run, on a CPU", maximum=rule("most_usd"))
    ] = assumed("classifier_training")
    classifier_server: Annotated[float, USD.named("Its server", unit="a month", maximum=rule("most_usd"))] = assumed(
        "classifier_server"
    )

    def summary(self) -> str:
        """Say hours and server."""
        hours, server = write_number(self.setup_classifier), DOLLARS.cents(self.classifier_server)
        return f"{hours} hours to set up · {server} a month for a server"
