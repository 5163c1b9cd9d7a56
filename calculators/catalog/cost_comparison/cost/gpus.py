"""Requests carried by GPUs: how many are paid for, and what one costs, rented or bought."""

from calculators import formulas
from calculators.catalog.cost_comparison.cost.flow import gpu_months
from calculators.catalog.cost_comparison.cost.shape import Running
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens, Tokens
from calculators.catalog.cost_comparison.effective import Effective
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.sheet import Sheet, figure
from calculators.facts import ServingFit


class Gpus(Sheet):
    """GPUs of one's own, and those on which a service hosts the tuned model."""

    def __init__(self, given: Given, effective: Effective, tokens: Tokens) -> None:
        super().__init__(given.notes)
        self.given = given
        self.effective = effective
        self.tokens = tokens

    @figure
    def month(self) -> float:
        """Cost of one GPU of one's own for a month, overhead included. [USD per GPU-month]"""
        serving, overhead = self.given.inputs.serving, self.effective.overhead_share.value
        if serving.owned:
            bought = formulas.owned_hardware_cost_per_month(
                purchase_price=serving.gpu_bought, life_months=serving.hardware_life
            )
            return bought + formulas.overhead_cost(cost=bought, overhead_share=overhead)
        return formulas.hosting_cost(
            price_per_hour=self.effective.gpu_rent.value,
            hours_per_month=serving.hours_per_month,
            overhead_share=overhead,
        )

    @figure
    def hour(self) -> float:
        """Rent of one GPU for an hour, or an hour's part of one that was bought. [USD per hour]"""
        serving = self.given.inputs.serving
        return self.month / serving.hours_per_month if serving.owned else self.effective.gpu_rent.value

    def bought(self, gpus: float) -> float:
        """What must be paid for GPUs of one's own before the first request; nothing where they are rented. [USD]"""
        serving = self.given.inputs.serving
        return gpus * serving.gpu_bought if serving.owned else 0.0

    def own(self, held: RequestTokens, times: float, deployments: int) -> Running:
        """
        What requests cost on GPUs of one's own.

        Args:
            held: What one request holds.
            times: How often each is sent, or makes the work of one. [1]
            deployments: Deployments, each with the replicas asked for at least. [1]
        """
        serving, per_replica = self.given.inputs.serving, self.effective.gpus_per_replica
        if self.given.records.fit is None or per_replica is None:
            return self._unmeasured()
        replicas = serving.replicas * deployments
        return self._running(held, self.given.records.fit, self.month, replicas, int(per_replica.value), times)

    def hosted(
        self, held: RequestTokens, gpu_month: float, per_month: float, times: float, deployments: int
    ) -> Running:
        """
        What requests cost on the GPUs that a service keeps for the tuned model.

        Args:
            held: What one request holds.
            gpu_month: Price of one of them for a month. [USD per GPU-month]
            per_month: What a month costs beside them. [USD per month]
            times: How often each request is sent, or makes the work of one. [1]
            deployments: Deployments, each of one replica at least. [1]
        """
        fit, needed = self.given.records.hosted_fit, self.given.records.base.gpus_needed
        if fit is None:
            return self._unmeasured(per_month)
        return self._running(held, fit, gpu_month, deployments, int(needed or fit.gpus_per_replica), times, per_month)

    def _running(
        self,
        held: RequestTokens,
        fit: ServingFit,
        gpu_month: float,
        replicas: int,
        gpus_per_replica: int,
        times: float,
        per_month: float = 0.0,
    ) -> Running:
        """What GPUs cost that carry every month's requests."""
        inputs = self.given.inputs
        gpus = gpu_months(
            inputs.workload.requests_per_month,
            inputs.traffic.monthly_growth,
            inputs.job.horizon_months,
            times * gpu_seconds(held, fit) / (1 - inputs.prices.retried_share),
            inputs.traffic.peak_to_mean,
            inputs.serving.usable_share if fit.saturation else 1.0,
            replicas,
            gpus_per_replica,
            inputs.serving.hours_per_month,
        )
        return Running(self.tokens.carried(), gpus=gpus, gpu_month=gpu_month, per_month=per_month)

    def _unmeasured(self, per_month: float = 0.0) -> Running:
        """Nothing for requests, where the model was not measured on these GPUs: the row then has no price."""
        return Running(self.tokens.carried(), per_month=per_month)


def gpu_seconds(held: RequestTokens, fit: ServingFit) -> float:
    """Work of one request on a GPU, all its calls together. [GPU-second]"""
    # The work of a call grows evenly with its input, so that calls of the mean length do the work of all.
    return held.calls * formulas.gpu_seconds_per_request(
        input_tokens=held.mean,
        output_tokens=held.output,
        prefill_seconds=fit.prefill_seconds,
        decode_seconds=fit.decode_seconds,
        attention_seconds=fit.attention_seconds,
    )
