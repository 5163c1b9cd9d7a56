"""What the reader knows better: whether an approach can do the job, passes their eval, and how often it is right."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from calculators.calculator import Choice, Group, Option
from calculators.catalog.cost_comparison.groups.bounds import rule
from calculators.quantity import Quantity, write_count
from calculators.vocabulary import CHANCE, SHARE, USD

_STANDING: Final = (
    Option(value="table", label="As the evidence has it"),
    Option(value="can", label="Can do it, in our judgement"),
    Option(value="cannot", label="Cannot, in our judgement"),
)
_PASSES: Final = (
    Option(value="untested", label="Not tested"),
    Option(value="yes", label="Passes our eval"),
    Option(value="no", label="Fails our eval"),
)


def _standing(label: str) -> Choice:
    return Choice(label=label, unit="can it do the job?", options=_STANDING)


def _passes(label: str) -> Choice:
    return Choice(label=label, unit="your eval", options=_PASSES)


def _chance(label: str) -> Quantity:
    return CHANCE.named(label, unit="chance that it passes")


@dataclass(frozen=True, slots=True)
class Judgement(Group):
    """What you know better: whether an approach can do the job, passes your own bar, or how likely that is."""

    title: ClassVar[str] = "Your eval and judgement"

    prompt_passes: Annotated[str, _passes("Prompting")] = "untested"
    few_shot_passes: Annotated[str, _passes("Few-shot")] = "untested"
    rag_passes: Annotated[str, _passes("RAG")] = "untested"
    api_passes: Annotated[str, _passes("Tuning, API")] = "untested"
    own_passes: Annotated[str, _passes("Tuning, self-hosted")] = "untested"
    small_passes: Annotated[str, _passes("Small model, prompted")] = "untested"
    open_passes: Annotated[str, _passes("Open model, prompted")] = "untested"
    cheaper_passes: Annotated[str, _passes("Cheaper model")] = "untested"
    dearer_passes: Annotated[str, _passes("Dearer model")] = "untested"
    classifier_passes: Annotated[str, _passes("Classifier")] = "untested"
    prompt_chance: Annotated[float | None, _chance("Prompting")] = None
    few_shot_chance: Annotated[float | None, _chance("Few-shot")] = None
    rag_chance: Annotated[float | None, _chance("RAG")] = None
    api_chance: Annotated[float | None, _chance("Tuning, API")] = None
    own_chance: Annotated[float | None, _chance("Tuning, self-hosted")] = None
    small_chance: Annotated[float | None, _chance("Small model, prompted")] = None
    open_chance: Annotated[float | None, _chance("Open model, prompted")] = None
    cheaper_chance: Annotated[float | None, _chance("Cheaper model")] = None
    dearer_chance: Annotated[float | None, _chance("Dearer model")] = None
    classifier_chance: Annotated[float | None, _chance("Classifier")] = None
    prompt_can: Annotated[str, _standing("Prompting")] = "table"
    few_shot_can: Annotated[str, _standing("Few-shot")] = "table"
    rag_can: Annotated[str, _standing("RAG")] = "table"
    api_can: Annotated[str, _standing("Tuning, API")] = "table"
    own_can: Annotated[str, _standing("Tuning, self-hosted")] = "table"
    small_can: Annotated[str, _standing("Small model, prompted")] = "table"
    open_can: Annotated[str, _standing("Open model, prompted")] = "table"
    cheaper_can: Annotated[str, _standing("Cheaper model")] = "table"
    dearer_can: Annotated[str, _standing("Dearer model")] = "table"
    classifier_can: Annotated[str, _standing("Classifier")] = "table"

    def summary(self) -> str:
        """Say how much has been judged and tested."""
        neutral, names = Judgement(), type(self).__dataclass_fields__
        differing = [name for name in names if getattr(self, name) != getattr(neutral, name)]
        tested = sum(name.endswith("_passes") for name in differing)
        if not differing:
            return "nothing tested yet"
        return f"{tested} tested · {len(differing) - tested} judged by you"


_SUCCESS: Final = SHARE.named("")


@dataclass(frozen=True, slots=True)
class Quality(Group):
    """How often answers are right, and what right and wrong ones are worth. With nothing entered nothing is assumed."""

    title: ClassVar[str] = "Quality"

    prompt_success: Annotated[float | None, _SUCCESS.named("Prompting", unit="answers right")] = None
    few_shot_success: Annotated[float | None, _SUCCESS.named("Few-shot", unit="answers right")] = None
    rag_success: Annotated[float | None, _SUCCESS.named("RAG", unit="answers right")] = None
    api_success: Annotated[float | None, _SUCCESS.named("Tuning, API", unit="answers right")] = None
    own_success: Annotated[float | None, _SUCCESS.named("Tuning, self-hosted", unit="answers right")] = None
    small_success: Annotated[float | None, _SUCCESS.named("Small model, prompted", unit="answers right")] = None
    open_success: Annotated[float | None, _SUCCESS.named("Open model, prompted", unit="answers right")] = None
    cheaper_success: Annotated[float | None, _SUCCESS.named("Cheaper model", unit="answers right")] = None
    dearer_success: Annotated[float | None, _SUCCESS.named("Dearer model", unit="answers right")] = None
    classifier_success: Annotated[float | None, _SUCCESS.named("Classifier", unit="answers right")] = None
    bar: Annotated[
        float | None,
        SHARE.named("To pass", unit="answers right, at least", hint="A rate from there on passes your eval."),
    ] = None
    wrong_cost: Annotated[float, USD.named("A wrong answer costs", maximum=rule("most_usd"))] = 0.0
    right_value: Annotated[float, USD.named("A right answer is worth", maximum=rule("most_usd"))] = 0.0
    failures: Annotated[
        str,
        Choice(
            label="Wrong answers are",
            options=(Option(value="shipped", label="Shipped"), Option(value="retried", label="Caught and tried again")),
        ),
    ] = "shipped"

    def summary(self) -> str:
        """Say whether rates are given."""
        rates = self.rates()
        return f"{write_count(len(rates), 'success rate')} given" if rates else "not given, so nothing is assumed"

    def rates(self) -> dict[str, float]:
        """The success rates that are given, by the name of their input."""
        names = [name for name in type(self).__dataclass_fields__ if name.endswith("_success")]
        return {name: rate for name in names if (rate := getattr(self, name)) is not None}
