"""The algebra of a cost: what is paid once, each month, with each request and at each change of base model."""

from bisect import bisect_right
from typing import NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.cost.flow import Flow


class Rate(NamedTuple):
    """
    What one request costs at a price that holds for some months.

    Attributes:
        first: First month at this price, from 0.
        end: First month after it.
        missed: Cost of a request whose prompt is not in the cache. [USD per request]
        saved: What a request costs less whose prompt is. [USD per request]
    """

    first: int
    end: int
    missed: float
    saved: float


class Running(NamedTuple):
    """
    What a row's requests cost over the months: tokens, or GPUs.

    Attributes:
        flow: Requests over the months.
        rates: What a request costs, period after period. Empty where GPUs are paid instead.
        gpus: Running sum of GPU-months. Empty where tokens are paid.
        gpu_month: Cost of one GPU for a month. [USD per GPU-month]
        database: Running sum of the vector database's bills. Empty where nothing is looked up. [USD]
        per_request: What a request costs beside the model's tokens. [USD per request]
        per_month: What a month costs beside that. [USD per month]
        sent_on: What requests cost with the model that they are sent on to; nothing where none are.
        sent_on_share: Share of requests that are sent on. [0–1]
    """

    flow: Flow
    rates: tuple[Rate, ...] = ()
    gpus: tuple[float, ...] = ()
    gpu_month: float = 0.0
    database: tuple[float, ...] = ()
    per_request: float = 0.0
    per_month: float = 0.0
    sent_on: "Running | None" = None
    sent_on_share: float = 0.0

    def until(self, month: int) -> float:
        """Cost of the first months. [USD]"""
        flow = self.flow
        total = self.per_month * month
        if self.per_request:
            total += self.per_request * self.requests(month)
        for first, end, missed, saved in self.rates:
            if first >= month:
                break
            last = min(end, month)
            total += missed * (flow.paid[last] - flow.paid[first]) - saved * (flow.hits[last] - flow.hits[first])
        if self.gpus:
            total += self.gpus[month] * self.gpu_month
        if self.database:
            total += self.database[month]
        if self.sent_on is not None:
            total += self.sent_on.until(month)
        return total

    def requests(self, month: int) -> float:
        """How many requests there are in the first months. [request]"""
        return sum(self.flow.volumes[:month])

    def requests_until(self, month: int) -> float:
        """Cost of the first months' requests alone: tokens, or the GPUs that carry them. [USD]"""
        return self._replace(database=(), per_month=0.0).until(month)

    def sent(self, times: float) -> "Running":
        """The same with each request sent so many times on average; GPUs are those that are paid for. [1]"""
        return self._replace(
            rates=tuple(rate._replace(missed=rate.missed * times, saved=rate.saved * times) for rate in self.rates),
            per_request=self.per_request * times,
            sent_on=self.sent_on and self.sent_on.sent(times),
        )

    def marginal(self) -> float:
        """Cost of one more request in the first month, at the cache's share of that month. [USD per request]"""
        own = self.per_request
        if self.rates:
            rate = self.rates[0]
            own = rate.missed - rate.saved * self.flow.hit_share + own
        if self.sent_on is None:
            return own
        return formulas.cascade_cost(
            small_cost=own, large_cost=self.sent_on.marginal(), sent_on_share=self.sent_on_share
        )


class Once(NamedTuple):
    """
    What falls due at one time: at the set-up, or at a change of base model.

    Attributes:
        people: Time. [USD]
        data: Training data. [USD]
        compute: Training runs, and indexing the corpus. [USD]
        waiting: What the months until it is live cost, where the reader gives a cost of delay. [USD]
    """

    people: float
    data: float = 0.0
    compute: float = 0.0
    waiting: float = 0.0

    @property
    def total(self) -> float:
        """All of it. [USD]"""
        return self.people + self.data + self.compute + self.waiting


class Cost(NamedTuple):
    """
    What one row costs. People, bills and wrong answers stay apart to the end.

    Attributes:
        setup: Paid before the first request.
        monthly_people: Time in a month. [USD per month]
        running: What requests and months cost beside people.
        change: Paid at each change of base model.
        changes: Months after which the base model is changed.
        months: Horizon. [month]
        lost_each: What wrong answers that are shipped add to a request. [USD per request]
        again: What requests and months cost where each is sent until its answer is right; nothing where none is.
    """

    setup: Once
    monthly_people: float
    running: Running
    change: Once
    changes: tuple[int, ...]
    months: int
    lost_each: float = 0.0
    again: Running | None = None

    def changed(self, month: int) -> int:
        """How often the base model was changed up to a month. A change within the first month is paid at its end."""
        return bisect_right(self.changes, month) if month else 0

    def people(self, month: int) -> float:
        """Time of people up to a month. [USD]"""
        return self.setup.people + self.monthly_people * month + self.change.people * self.changed(month)

    def data(self, month: int) -> float:
        """Training data up to a month. [USD]"""
        return self.setup.data + self.change.data * self.changed(month)

    def training(self, month: int) -> float:
        """Training and indexing up to a month. [USD]"""
        return self.setup.compute + self.change.compute * self.changed(month)

    def serving(self, month: int) -> float:
        """Requests, hosting and everything else that runs, up to a month. [USD]"""
        return self.setup.waiting + self.running.until(month)

    def bills(self, month: int) -> float:
        """Everything but people and wrong answers, up to a month. [USD]"""
        return self.data(month) + self.training(month) + self.serving(month)

    def wrong(self, month: int) -> float:
        """Wrong answers up to a month: neither a bill of a right one nor anybody's time. [USD]"""
        if self.again is not None:
            return self.again.until(month) - self.running.until(month)
        return self.lost_each * self.running.requests(month) if self.lost_each else 0.0

    def until(self, month: int) -> float:
        """Everything up to a month. [USD]"""
        fixed = formulas.total_cost_of_ownership(
            setup_cost=self.setup.total,
            monthly_cost=self.monthly_people,
            months=month,
            cost_per_change=self.change.total,
            changes=self.changed(month),
        )
        return fixed + self.running.until(month) + self.wrong(month)
