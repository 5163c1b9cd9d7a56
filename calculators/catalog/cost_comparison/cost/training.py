"""Tuning: the training data, and the runs, at a service or on GPUs of one's own."""

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import Approach, Tunes
from calculators.catalog.cost_comparison.cost.gpus import Gpus
from calculators.catalog.cost_comparison.effective import Effective
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import Tuning
from calculators.catalog.cost_comparison.own_training import Memory, TrainingSpeed, own_memory, own_speed
from calculators.catalog.cost_comparison.sheet import Sheet, figure


def examples_cost(tuning: Tuning, examples: int) -> float:
    """
    Cost of examples that are not there yet: bought at their price, or labelled by as many as look at each. [USD]

    Args:
        tuning: How they are come by.
        examples: How many. [1]
    """
    bought = tuning.data_source == "buy"
    return formulas.labelling_cost(
        examples=examples,
        people_per_example=1 if bought else tuning.labellers,
        price_per_label=tuning.example_price,
        automatic_share=0 if bought else tuning.automatic_share,
    )


class Training(Sheet):
    """Data and training runs."""

    def __init__(self, given: Given, effective: Effective, gpus: Gpus) -> None:
        super().__init__(given.notes)
        self.given = given
        self.effective = effective
        self.gpus = gpus

    @figure
    def models(self) -> int:
        """Models that are tuned, each on examples of its own. [1]"""
        return self.given.inputs.variants.tuned_models

    def all_runs(self, approach: Approach) -> float:
        """Cost of the training runs of all of a row's models. [USD]"""
        return self.runs(approach) * self.models if approach.trained else 0.0

    def others(self, approach: Approach) -> float:
        """Cost of data and training of all of a row's models but the first, on which it is found out. [USD]"""
        return (self.labels + self.runs(approach)) * (self.models - 1) if approach.trained else 0.0

    def runs(self, approach: Approach) -> float:
        """Cost of the training runs of one of a row's models. [USD]"""
        match approach.tunes:
            case Tunes.NOWHERE:
                return 0.0
            case Tunes.SERVICE:
                return self.at_service
            case Tunes.OWN_GPUS:
                return self.on_own_gpus
            case Tunes.SERVER:
                return self.given.inputs.classifier.classifier_training

    @figure
    def labels(self) -> float:
        """Cost of the training data of one model; what the reader has already costs nothing. [USD]"""
        tuning = self.given.inputs.tuning
        return 0.0 if tuning.data_source == "have" else examples_cost(tuning, tuning.examples)

    @figure
    def all_labels(self) -> float:
        """Cost of the training data of all models. [USD]"""
        return self.labels * self.models

    @figure
    def refreshed_labels(self) -> float:
        """Cost of the training data that is made anew at a change of base model. [USD]"""
        return self.all_labels * self.given.inputs.tuning.refresh_share

    @figure
    def at_service(self) -> float:
        """
        Cost of the training runs at the service. [USD]

        Raises:
            ValueError: If the service does not sell training by the token, and the reader gives no price.
        """
        service, prices = self.given.records.service, self.effective.service
        if service is None or prices is None:
            return 0.0
        if prices.training is None:
            raise ValueError(f"{service.key} has no price of training by the token")
        return formulas.token_training_cost(
            tokens=self._tokens(validation_billed=service.validation_billed),
            price=prices.training.value,
            minimum_charge=prices.job_minimum.value,
            jobs=self.given.inputs.tuning.runs,
        )

    @figure
    def gpu_hours(self) -> float:
        """GPU-hours of the training runs on GPUs of one's own. [hour]"""
        base, assumed = self.given.records.base, self.given.assumed
        parameters = base.active_parameters or base.parameters
        if parameters is None:
            return 0.0
        speed = self.own_speed
        hours = formulas.gpu_hours_from_flops(
            parameters=parameters,
            tokens=speed.copies * self._tokens(validation_billed=True),
            flops_per_parameter_token=speed.operations,
            peak_flops=self.given.records.card.peak_flops,
            mfu=speed.mfu,
        )
        return hours * (1 + assumed["training_overhead"])

    @figure
    def own_memory(self) -> Memory | None:
        """Memory of training on GPUs of one's own; nothing where a table says it, or the weights are not open."""
        return own_memory(self.given.inputs, self.given.records)

    @figure
    def own_gpus(self) -> int | None:
        """GPUs of one's own that training takes: the reader's number, else the fewest; nothing by a table. [1]"""
        need = self.own_memory
        if need is None:
            return None
        return self.given.inputs.own_training.training_gpus or need.fewest(self.given.records.card.memory)

    @figure
    def own_speed(self) -> TrainingSpeed:
        """How fast training on GPUs of one's own gets through."""
        return own_speed(self.given.inputs, self.given.records, self.own_gpus)

    @figure
    def on_own_gpus(self) -> float:
        """Cost of the training runs on GPUs of one's own, rented or bought. [USD]"""
        return formulas.gpu_cost(gpus=1, hours=self.gpu_hours, price_per_hour=self.gpus.hour)

    def _tokens(self, *, validation_billed: bool) -> float:
        """Tokens of all runs. [token]"""
        tuning = self.given.inputs.tuning
        return formulas.training_tokens(
            examples=tuning.examples,
            tokens_per_example=tuning.tokens_per_example,
            epochs=tuning.epochs,
            runs=tuning.runs,
            validation_tokens=tuning.validation_tokens if validation_billed else 0,
        )
