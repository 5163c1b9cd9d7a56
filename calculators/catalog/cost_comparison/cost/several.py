"""Several tuned models of one base: how many deployments hold them, and what adapters take of each."""

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import Approach, Runs
from calculators.catalog.cost_comparison.effective import Effective, Price, decide
from calculators.catalog.cost_comparison.given import Given


class Deployments:
    """Those that hold tuned models, and the work that a request is there."""

    def __init__(self, given: Given, effective: Effective) -> None:
        self.given = given
        self.effective = effective

    def held(self, approach: Approach) -> Price | None:
        """Adapters that a row's deployment holds; nothing where its models share none. [1]"""
        service = self.given.records.service
        if not approach.tuned or not self.effective.shared:
            return None
        if approach.runs is Runs.OWN_GPUS:
            return self._most("own")
        # A service that bills hosting by the model shares nothing.
        return self._most(service.offer) if service and service.hosting_is_per_gpu else None

    def _most(self, key: str) -> Price | None:
        """Adapters that a deployment holds, by the key of whose it is; nothing where neither side says any. [1]"""
        known, given = self.given.facts.adapters, self.given.inputs.variants.adapters_per_deployment
        record = known.known(key, self.given.inputs.job.as_of) if key in known else None
        most, sources = (record.most, record.sources) if record else (None, ())
        return decide("adapters_per_deployment", given, most, sources)

    def deployments(self, approach: Approach) -> int:
        """Deployments that hold a row's models. [1]"""
        if not approach.tuned:
            return 1
        held = self.held(approach)
        return int(
            formulas.deployments(
                models=self.given.inputs.variants.tuned_models, models_per_deployment=int(held.value) if held else 1
            )
        )

    def work(self, approach: Approach) -> float:
        """How much work a request is for a GPU, in times of what it is where no model is an unmerged adapter. [1]"""
        loss = self.effective.adapter_loss if self.held(approach) else None
        return 1 / (1 - loss.value) if loss else 1.0
