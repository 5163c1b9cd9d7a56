"""How many tokens each model counts: in the same text, in an image, and in what it thinks."""

from collections.abc import Mapping
from typing import Final

from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import AUTOMATIC
from calculators.catalog.cost_comparison.sheet import Sheet, figure
from calculators.facts import ImageRule
from calculators.formulas.images import image_tokens

_SMALL: Final = ("small_reasoning", "small_multiple")
_ENTERED_AS: Final = {
    Runs.CHEAPER: ("cheaper_reasoning", "cheaper_multiple"),
    Runs.DEARER: ("dearer_reasoning", "dearer_multiple"),
    Runs.SMALL: _SMALL,
    Runs.SERVICE: _SMALL,
    Runs.OWN_GPUS: _SMALL,
}
"""Inputs that hold the reasoning and the text of the model that a row runs; the prompted model has none of its own."""


class Counting(Sheet):
    """Tokens, model by model."""

    def __init__(self, given: Given) -> None:
        super().__init__(given.notes)
        self.given = given

    def multiple(self, runs: Runs) -> float:
        """Tokens of a text with the model that a row runs, as a multiple of those entered. [1]"""
        entered = self.entered(runs, of_text=True)
        if entered is not None:
            return entered
        return 1.0 if self.given.inputs.counts.counted_by == "same" else self._on_record.get(runs, 1.0)

    @figure
    def _on_record(self) -> Mapping[Runs, float]:
        """What is on record of each model's count, as a multiple of what the reader's tokens are counted by. [1]"""
        found = {runs: self._recorded(runs) for runs in (Runs.PROMPTED, *_ENTERED_AS)}
        beside = found[Runs.PROMPTED] if self.given.inputs.counts.counted_by == "prompted" else 1.0
        return {runs: multiple / beside for runs, multiple in found.items()}

    def _recorded(self, runs: Runs) -> float:
        """What is on record of a model's count; where nothing is, it counts as most do. [1]"""
        model, counts = model_run(runs, self.given), self.given.facts.text_tokens
        return counts.known(model, self.given.inputs.job.as_of).multiple if model in counts else 1.0

    def reasoning(self, runs: Runs) -> float:
        """Hidden tokens that the model thinks in that a row runs. [token]"""
        if runs is Runs.SERVER:
            return 0.0
        entered = self.entered(runs, of_text=False)
        return self.given.inputs.workload.reasoning_tokens if entered is None else entered

    def entered(self, runs: Runs, *, of_text: bool) -> float | None:
        """What the reader says of the model that a row runs."""
        found: float | None = None
        if runs in _ENTERED_AS:
            found = getattr(self.given.inputs.counts, _ENTERED_AS[runs][of_text])
        return found

    def images(self, runs: Runs) -> float:
        """
        Tokens of a request's images with the model that a row runs. [token]

        Where its rule is not on record, it counts as the prompted model does.
        """
        images = self.given.inputs.images
        if not images.images_per_request or runs is Runs.SERVER:
            return 0.0
        if images.image_tokens is not None:
            return images.images_per_request * images.image_tokens
        rule = image_rule(runs, self.given) or image_rule(Runs.PROMPTED, self.given)
        if rule is None or rule.rule == "none":
            return 0.0
        if rule.flat_tokens is not None:
            return images.images_per_request * float(rule.flat_tokens)
        count = image_tokens(rule, width=int(images.image_width), height=int(images.image_height))
        return float(images.images_per_request * count)


def model_run(runs: Runs, given: Given) -> str:
    """Key of the price of the model that a row runs; empty where it runs none."""
    sold = given.records.sold_for(runs)
    return sold[0].record.key if sold and runs is not Runs.SERVER else ""


def image_rule(runs: Runs, given: Given) -> ImageRule | None:
    """How the model counts images that a row runs, at the detail asked for; nothing where that is not on record."""
    model, detail, rules = model_run(runs, given), given.inputs.images.image_detail, given.facts.image_rules
    asked = f"{model}-{detail}"
    key = asked if detail != AUTOMATIC and asked in rules else model
    return rules.known(key, given.inputs.job.as_of) if key in rules else None


def takes_no_images(runs: Runs, given: Given) -> bool:
    """Whether a row's model is known to take no images where requests send some."""
    if not given.inputs.images.images_per_request:
        return False
    rule = image_rule(runs, given)
    return rule is not None and rule.rule == "none"
