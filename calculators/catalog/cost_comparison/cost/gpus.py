"""Requests carried by GPUs: how many are paid for and why, and what one costs, rented or bought."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import baseline
from calculators.catalog.cost_comparison.cost.flow import Load, Room, gpu_months
from calculators.catalog.cost_comparison.cost.shape import Running
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens, Tokens
from calculators.catalog.cost_comparison.effective import Effective, Price, decide_charge
from calculators.catalog.cost_comparison.estimate import Speed, spread
from calculators.catalog.cost_comparison.given import Given
from calculators.catalog.cost_comparison.groups import OWNED
from calculators.catalog.cost_comparison.sheet import Sheet, figure
from calculators.facts import FACTS, ServingFit

_REMEMBERED: Final = int(FACTS.rule("remembered_scenarios"))
_MACHINE: Final = int(FACTS.rule("gpus_per_machine"))


class Sizing(NamedTuple):
    """
    How many GPUs of one's own carry a row's requests in the first month, and why so many.

    Attributes:
        gpus: All of them. [1]
        gpus_per_replica: Those of one replica. [1]
        by_memory: How many there would be by what they hold, alone. [1]
        by_speed: How many there would be by how fast they are, alone. [1]
        weights: What the model takes up in a replica. [byte]
        context: The longest context. [token]
        each: What a request of that length takes up. [byte]
        at_once: Requests at once, at the peak, in all replicas. [1]
        by_load: As many as there would be by their rate and the time of an answer. [1]
        held: Requests that a replica holds at once. [1]
        usable: Memory of a GPU that is used. [byte]
    """

    gpus: int
    gpus_per_replica: int
    by_memory: int
    by_speed: int
    weights: float
    context: float
    each: float
    at_once: float
    by_load: float
    held: int
    usable: float

    @property
    def replicas(self) -> int:
        """Copies of the model. [1]"""
        return self.gpus // self.gpus_per_replica

    @property
    def fits(self) -> bool:
        """Whether a replica holds a request of the longest context: of a size that the reader names it may not."""
        return self.weights + self.each <= self.gpus_per_replica * self.usable


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
        if serving.hardware == OWNED:
            bought = formulas.owned_hardware_cost_per_month(
                purchase_price=self._one_bought, life_months=serving.hardware_life
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
        return self.month / serving.hours_per_month if serving.hardware == OWNED else self.effective.gpu_rent.value

    def bought(self, gpus: float) -> float:
        """What must be paid for GPUs of one's own before the first request; nothing where they are rented. [USD]"""
        return gpus * self._one_bought if self.given.inputs.serving.hardware == OWNED else 0.0

    @property
    def _one_bought(self) -> float:
        """Price of one GPU that is bought; of no account where none is on record: the row then has no price. [USD]"""
        price = self.effective.gpu_bought
        return price.value if price else 0.0

    def own(self, held: RequestTokens, times: float, deployments: int) -> Running:
        """
        What requests cost on GPUs of one's own.

        Args:
            held: What one request holds.
            times: How often each is sent, or makes the work of one. [1]
            deployments: Deployments, each with the replicas asked for at least. [1]
        """
        load = self.load(held, times, deployments)
        return self._running(load, self.month) if load else self._unmeasured()

    def hosted(
        self, held: RequestTokens, gpu_month: float, per_month: float, times: float, deployments: int
    ) -> Running:
        """
        What requests cost on the GPUs that a service keeps for the tuned model.

        It says how many hold a copy; what else it keeps in their memory, nobody says.

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
        work = gpu_seconds(held, fit)
        load = self._load(fit, work, deployments, int(needed or fit.gpus_per_replica), times)
        return self._running(load, gpu_month, per_month)

    def load(self, held: RequestTokens, times: float = 1.0, deployments: int = 1) -> Load | None:
        """
        What GPUs of one's own are counted for; nothing where no speed is known.

        Args:
            held: What one request holds.
            times: How often each is sent, or makes the work of one. [1]
            deployments: Deployments, each with the replicas asked for at least. [1]
        """
        fit, serving = self.effective.speed, self.given.inputs.serving
        if fit is None:
            return None
        per_replica = fit.gpus_per_replica if serving.gpus_per_replica is None else serving.gpus_per_replica
        load = self._load(fit, self.work(held, fit), serving.replicas * deployments, per_replica, times)
        return load._replace(room=self._room(held, fit, times))

    def work(self, held: RequestTokens, fit: ServingFit | Speed) -> float:
        """Work of one request on GPUs of one's own: what stays in memory is not computed again. [GPU-second]"""
        return gpu_seconds(held, fit, keeps=self.given.inputs.serving.prefix_cache)

    def sizing(self, held: RequestTokens, times: float = 1.0, deployments: int = 1) -> Sizing | None:
        """
        How many GPUs of one's own the first month takes, and why; nothing where memory is not asked.

        Args:
            held: What one request holds.
            times: How often each is sent, or makes the work of one. [1]
            deployments: Deployments, each with the replicas asked for at least. [1]
        """
        load, fit = self.load(held, times, deployments), self.effective.speed
        if load is None or load.room is None or fit is None:
            return None
        volume, one = load.requests_per_month, load._replace(minimum_replicas=1)
        gpus, per_replica, held_at_once = min((load.sized(volume, *size), *size) for size in load.room.sizes)
        return Sizing(
            gpus,
            per_replica,
            one._replace(gpu_seconds=0.0).gpus(volume),
            one._replace(room=None).gpus(volume),
            self.weights,
            self.context(held).value,
            self._each(held),
            load.room.at_once,
            self._by_load(held, fit, times),
            held_at_once,
            self._usable,
        )

    @figure
    def on_trial(self) -> int:
        """GPUs of the smallest replica of one's own that holds a request as it is untuned; none unmeasured. [1]"""
        load = self.load(self._untuned)
        if load is None:
            return self.given.inputs.serving.gpus_per_replica or 0
        return load.gpus_per_replica if load.room is None else load.room.sizes[0][0]

    def asked(self) -> Iterable[Price]:
        """What memory is asked with that the reader may say, as a request has it that is untuned."""
        fit = self.effective.speed
        if fit is not None and self.given.inputs.serving.sized_by == "memory":
            yield self.at_once(self._untuned, fit)
            yield self.context(self._untuned)

    @property
    def _untuned(self) -> RequestTokens:
        """What a request holds to the model as it is."""
        return self.tokens.held_by(baseline(documents=self.given.documents, stays=True))

    @property
    def _usable(self) -> float:
        """Memory of a GPU of one's own that serving software uses. [byte]"""
        return self.given.records.card.memory * self.given.inputs.serving.usable_memory

    @figure
    def weights(self) -> float:
        """What the model takes up in the memory of a replica of one's own. [byte]"""
        shape, bits = self.given.records.shape, self.effective.weight_bits
        if shape is None or bits is None:
            return 0.0
        return formulas.serving_memory(parameters=shape.parameters, bits_per_weight=bits.value)

    def reading(self, fit: ServingFit | Speed) -> float:
        """
        GPU time to read the weights that one token takes, at the bandwidth of the data sheet. [GPU-second]

        Args:
            fit: How fast the model is, and on which GPU.
        """
        shape, card = self.given.records.shape, self.given.facts.gpus.known(fit.gpu, self.given.inputs.job.as_of)
        if shape is None or card.bandwidth is None:
            return 0.0
        return formulas.weights_read_seconds(
            weight_bytes=formulas.serving_memory(parameters=shape.active, bits_per_weight=fit.weight_bits),
            sequences=1,
            bandwidth=card.bandwidth,
            bandwidth_utilisation=1,
        )

    def context(self, held: RequestTokens) -> Price:
        """The longest context: the reader's, else what the last call of a request holds, with its answer. [token]"""
        given = self.given.inputs.serving.longest_context
        return decide_charge("longest_context", given, held.longest + held.output)

    def _each(self, held: RequestTokens) -> float:
        """What a request of the longest context takes up in memory: a token at least. [byte]"""
        shape = self.given.records.shape
        if shape is None:
            return 0.0
        return formulas.context_memory(
            tokens=max(self.context(held).value, 1),
            bytes_per_token=shape.cache_bytes_per_token,
            bytes_per_text=shape.cache_bytes_per_sequence,
            bits_per_value=self.effective.cache_bits.value,
        )

    def _room(self, held: RequestTokens, fit: ServingFit | Speed, times: float) -> Room | None:
        """What the memory of replicas of one's own holds; nothing where it is not asked."""
        serving, shape = self.given.inputs.serving, self.given.records.shape
        if serving.sized_by == "throughput" or shape is None:
            return None
        given = serving.gpus_per_replica
        # What was measured keeps as many GPUs at least; of what is estimated, memory alone says how many hold a copy.
        measured = self.given.records.fit
        spreads = spread(shape.query_heads, shape.key_value_heads, measured.gpus_per_replica if measured else 1)
        sizes = _sizes(
            spreads if given is None else (given,), shape.key_value_heads, self._usable, self.weights, self._each(held)
        )
        return Room(sizes, self.at_once(held, fit, times).value)

    def at_once(self, held: RequestTokens, fit: ServingFit | Speed, times: float = 1.0) -> Price:
        """
        Requests at once at the peak of the first month: the reader's, else by their load. [1]

        Args:
            held: What one request holds.
            fit: How fast the model is.
            times: How often each is sent. [1]
        """
        given = self.given.inputs.serving.requests_at_once
        return decide_charge("requests_at_once", given, self._by_load(held, fit, times))

    def _by_load(self, held: RequestTokens, fit: ServingFit | Speed, times: float) -> float:
        """Requests at once at the peak of the first month, by their rate and the time of an answer. [1]"""
        inputs = self.given.inputs
        return formulas.requests_at_once(
            requests_per_second=formulas.requests_per_second(
                requests=inputs.workload.requests_per_month * times / (1 - inputs.prices.retried_share),
                hours=inputs.serving.hours_per_month,
                peak_to_mean=inputs.traffic.peak_to_mean,
            ),
            seconds_per_request=formulas.answer_seconds(
                output_tokens=held.output * held.calls,
                tokens_per_second=self.given.assumed["answer_speed"],
                seconds_to_first_token=self.work(held._replace(output=0.0), fit) / fit.gpus_per_replica,
            ),
        )

    def _load(self, fit: ServingFit | Speed, work: float, replicas: int, gpus_per_replica: int, times: float) -> Load:
        """What GPUs are counted for, by how fast they are."""
        inputs = self.given.inputs
        return Load(
            inputs.workload.requests_per_month,
            times * work / (1 - inputs.prices.retried_share),
            inputs.traffic.peak_to_mean,
            inputs.serving.usable_share if fit.saturation else 1.0,
            replicas,
            gpus_per_replica,
            inputs.serving.hours_per_month,
        )

    def _running(self, load: Load, gpu_month: float, per_month: float = 0.0) -> Running:
        """What GPUs cost that carry every month's requests."""
        inputs = self.given.inputs
        gpus = gpu_months(load, inputs.traffic.monthly_growth, inputs.job.horizon_months)
        return Running(self.tokens.carried(), gpus=gpus, gpu_month=gpu_month, per_month=per_month)

    def _unmeasured(self, per_month: float = 0.0) -> Running:
        """Nothing for requests, where the model was not measured on these GPUs: the row then has no price."""
        return Running(self.tokens.carried(), per_month=per_month)


def gpu_seconds(held: RequestTokens, fit: ServingFit | Speed, *, keeps: bool = False) -> float:
    """
    Work of one request on a GPU, all its calls together. [GPU-second]

    Where a prefix cache keeps what was read before, each call reads only what is new: the fixed prompt is there from
    earlier requests, which all begin with it, and the rest from earlier calls. Records that were measured so say it
    already.
    """
    # The work of a call grows evenly with its input, so that calls of the mean length do the work of all.
    cached = 0.0
    if keeps and not fit.prefix_hits:
        cached = held.mean - (held.varying + held.added * (held.calls - 1)) / held.calls
    return held.calls * formulas.gpu_seconds_per_request(
        input_tokens=held.mean,
        output_tokens=held.output,
        prefill_seconds=fit.prefill_seconds,
        decode_seconds=fit.decode_seconds,
        attention_seconds=fit.attention_seconds,
        cached_tokens=cached,
    )


@lru_cache(maxsize=_REMEMBERED)
def _sizes(
    sizes: tuple[int, ...], key_value_heads: int, usable: float, weights: float, each: float
) -> tuple[tuple[int, int], ...]:
    """
    Sizes of a replica that hold one request or more, each with how many it holds at once.

    Where none does, it is as many whole machines as it takes; or, where the reader names one size, that.

    Args:
        sizes: Over how many GPUs a copy may be spread. [1]
        key_value_heads: Heads whose keys and values are kept; on more GPUs of a machine they are kept more than once.
        usable: Memory of a GPU that is used. [byte]
        weights: What the model takes up. [byte]
        each: What a request takes up. [byte]
    """
    found = []
    for size in sizes:
        copies = max(1, min(size, _MACHINE) / key_value_heads)
        if held := formulas.texts_held(
            gpus=size, bytes_per_gpu=usable, weights=weights, bytes_per_text=each, copies=copies
        ):
            found.append((size, held))
    if len(sizes) > 1 and not found:
        needed = weights + each * max(1, _MACHINE / key_value_heads)
        machines = formulas.gpus_for_memory(needed_bytes=needed, bytes_per_gpu=usable * _MACHINE)
        return ((machines * _MACHINE, 1),)
    return tuple(found) or ((sizes[0], 1),)
