"""What the reader knows better: whether an approach can do the job, passes their eval, and how often it is right."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from calculators.calculator import Choice, Group, Option
from calculators.catalog.cost_comparison.groups.bounds import rule
from calculators.quantity import write_count
from calculators.vocabulary import SHARE, USD

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


@dataclass(frozen=True, slots=True)
class Judgement(Group):
    """What you know better: whether an approach can do the job, and whether it passes your own bar."""

    title: ClassVar[str] = "Your eval and judgement"

    prompt_can: Annotated[str, _standing("Prompting")] = "table"
    few_shot_can: Annotated[str, _standing("Few-shot")] = "table"
    rag_can: Annotated[str, _standing("RAG")] = "table"
    api_can: Annotated[str, _standing("Tuning, API")] = "table"
    own_can: Annotated[str, _standing("Tuning, self-hosted")] = "table"
    open_can: Annotated[str, _standing("Open model, prompted")] = "table"
    prompt_passes: Annotated[str, _passes("Prompting")] = "untested"
    few_shot_passes: Annotated[str, _passes("Few-shot")] = "untested"
    rag_passes: Annotated[str, _passes("RAG")] = "untested"
    api_passes: Annotated[str, _passes("Tuning, API")] = "untested"
    own_passes: Annotated[str, _passes("Tuning, self-hosted")] = "untested"
    open_passes: Annotated[str, _passes("Open model, prompted")] = "untested"

    def summary(self) -> str:
        """Say how much has been judged and tested."""
        names = type(self).__dataclass_fields__
        judged = sum(getattr(self, name) != "table" for name in names if name.endswith("_can"))
        tested = sum(getattr(self, name) != "untested" for name in names if name.endswith("_passes"))
        if not judged and not tested:
            return "nothing tested yet"
        return f"{tested} tested · {judged} judged by you"


_SUCCESS: Final = SHARE.named("")


@dataclass(frozen=True, slots=True)
class Quality(Group):
    """What right and wrong answers are worth. Optional: with nothing entered nothing is assumed."""

    title: ClassVar[str] = "Quality"

    prompt_success: Annotated[float | None, _SUCCESS.named("Prompting", unit="answers right")] = None
    few_shot_success: Annotated[float | None, _SUCCESS.named("Few-shot", unit="answers right")] = None
    rag_success: Annotated[float | None, _SUCCESS.named("RAG", unit="answers right")] = None
    api_success: Annotated[float | None, _SUCCESS.named("Tuning, API", unit="answers right")] = None
    own_success: Annotated[float | None, _SUCCESS.named("Tuning, self-hosted", unit="answers right")] = None
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
        named = {
            "prompt_success": self.prompt_success,
            "few_shot_success": self.few_shot_success,
            "rag_success": self.rag_success,
            "api_success": self.api_success,
            "own_success": self.own_success,
        }
        return {name: rate for name, rate in named.items() if rate is not None}
