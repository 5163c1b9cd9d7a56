"""
What repeats over the months: requests, how many of them find their prompt in the cache, and the GPUs they need.

Sums over the months are kept as running sums, so that a row's cost up to any month is a few multiplications. They
depend on few inputs; the break-even solver, which changes one input at a time, finds them remembered.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from calculators import formulas
from calculators.facts import FACTS
from calculators.formulas.units import SECONDS_PER_HOUR

_REMEMBERED: Final = int(FACTS.rule("remembered_evaluations"))


class Flow(NamedTuple):
    """
    Requests over the months. The sums have one entry more than there are months; the first is 0.

    Attributes:
        volumes: Requests in each month. [request]
        paid: Running sum of requests, each weighted with its month's price level. [request]
        hits: Running sum of the same, times the share of prompts read from the cache. [request]
        shares: That share, in each month. [0–1]
    """

    volumes: tuple[float, ...]
    paid: tuple[float, ...]
    hits: tuple[float, ...]
    shares: tuple[float, ...]

    @property
    def hit_share(self) -> float:
        """Share of prompts read from the cache in the first month. [0–1]"""
        return self.shares[0]


@lru_cache(maxsize=_REMEMBERED)
def monthly_volumes(requests_per_month: float, monthly_growth: float, months: int) -> tuple[float, ...]:
    """
    Requests in each month: the first as entered, then grown by repeated multiplication.

    Args:
        requests_per_month: Requests in the first month. [request]
        monthly_growth: Change from month to month. [1]
        months: Months. [month]

    Returns:
        Requests in each month. [request]
    """
    return formulas.requests_by_month(
        requests_per_month=requests_per_month, monthly_growth=monthly_growth, months=months
    )


@lru_cache(maxsize=_REMEMBERED)
def request_flow(
    requests_per_month: float,
    monthly_growth: float,
    price_change: float,
    hit_share: float | None,
    minutes_to_live: float,
    minutes_per_month: float,
    months: int,
) -> Flow:
    """
    Requests over the months, weighted with the level of token prices, and those whose prompt is in the cache.

    Requests that can wait are counted with the others: how many of them wait says nothing of how often the rest find
    their prompt in the cache.

    Args:
        requests_per_month: Requests in the first month. [request]
        monthly_growth: Change of the volume from month to month. [1]
        price_change: Change of token prices in a year. [1]
        hit_share: Share read from the cache; nothing to derive it from the traffic. [0–1]
        minutes_to_live: How long an entry stays in the cache. [minute]
        minutes_per_month: Time over which a month's requests come. [minute]
        months: Months. [month]

    Returns:
        The flow.
    """
    volumes = monthly_volumes(requests_per_month, monthly_growth, months)
    weighted = [volume * level for volume, level in zip(volumes, _levels(price_change, months), strict=True)]
    shares = _hit_shares(volumes, hit_share, minutes_to_live, minutes_per_month)
    hits = [volume * share for volume, share in zip(weighted, shares, strict=True)]
    return Flow(volumes, (0.0, *accumulate(weighted)), (0.0, *accumulate(hits)), tuple(shares))


@lru_cache(maxsize=_REMEMBERED)
def _levels(price_change: float, months: int) -> tuple[float, ...]:
    """Level of token prices in each month. [1]"""
    return formulas.price_levels(change_per_year=price_change, months=months)


def _hit_shares(
    volumes: tuple[float, ...], hit_share: float | None, minutes_to_live: float, minutes_per_month: float
) -> list[float]:
    """Share of prompts read from the cache in each month: as given, else as the month's traffic has it. [0–1]"""
    if hit_share is not None or not minutes_to_live:
        return [hit_share or 0.0] * len(volumes)
    first, last = volumes[0], volumes[-1]
    # Volumes only grow or only shrink.
    different = volumes[:1] if first == last else volumes
    found = [
        formulas.cache_hit_share(
            requests_per_month=volume, minutes_to_live=minutes_to_live, minutes_per_month=minutes_per_month
        )
        for volume in different
    ]
    return found if len(found) == len(volumes) else found * len(volumes)


class Room(NamedTuple):
    """
    What the memory of replicas holds.

    Attributes:
        sizes: How many GPUs one may be spread over, each with the requests that it then holds at once. [1]
        at_once: Requests at once at the peak of the first month; of another month in the proportion of its volume. [1]
    """

    sizes: tuple[tuple[int, int], ...]
    at_once: float


class Load(NamedTuple):
    """
    What GPUs are counted for.

    Attributes:
        requests_per_month: Requests in the first month. [request]
        gpu_seconds: Work of one request. [GPU-second]
        peak_to_mean: Load of the busiest hour over the mean. [1]
        usable_share: Share of the measured maximum that is used. [0–1]
        minimum_replicas: Replicas at least. [1]
        gpus_per_replica: GPUs of one replica, where memory is not asked. [1]
        hours_per_month: Length of a month. [hour]
        room: What memory holds; nothing where it is not asked.
    """

    requests_per_month: float
    gpu_seconds: float
    peak_to_mean: float
    usable_share: float
    minimum_replicas: int
    gpus_per_replica: int
    hours_per_month: float
    room: Room | None = None

    def gpus(self, volume: float) -> int:
        """GPUs that a month needs, in whole replicas of the size with which they are fewest. [1]"""
        if self.room is None:
            return self.sized(volume, self.gpus_per_replica)
        return min(self.sized(volume, size, held) for size, held in self.room.sizes)

    def sized(self, volume: float, size: int, held: int | None = None) -> int:
        """GPUs that a month needs in replicas of one size, with or without the requests that one holds. [1]"""
        at_once = 0.0
        if self.room is not None and held is not None:
            times = volume / self.requests_per_month if self.requests_per_month else 1.0
            at_once = self.room.at_once * times
        return formulas.serving_gpus(
            requests_per_month=volume,
            gpu_seconds_per_request=self.gpu_seconds,
            peak_to_mean=self.peak_to_mean,
            usable_share=self.usable_share,
            minimum_replicas=self.minimum_replicas,
            gpus_per_replica=size,
            seconds_per_month=self.hours_per_month * SECONDS_PER_HOUR,
            requests_at_once=at_once,
            requests_per_replica=held or 1,
        )


@lru_cache(maxsize=_REMEMBERED)
def gpu_months(load: Load, monthly_growth: float, months: int) -> tuple[float, ...]:
    """
    Running sum of the GPUs that each month needs, in whole replicas.

    Args:
        load: What they are counted for.
        monthly_growth: Change of the volume from month to month. [1]
        months: Months. [month]

    Returns:
        Months + 1 sums; the first is 0. [GPU-month]
    """
    return _running_sum(load.gpus, monthly_volumes(load.requests_per_month, monthly_growth, months))


@lru_cache(maxsize=_REMEMBERED)
def database_months(
    requests_per_month: float,
    monthly_growth: float,
    months: int,
    stored_bytes: float,
    storage_price: float,
    reads_per_request: float,
    read_price: float,
    minimum_per_month: float,
) -> tuple[float, ...]:
    """
    Running sum of a vector database's bills, at least the minimum in every month.

    Args:
        requests_per_month: Requests in the first month. [request]
        monthly_growth: Change from month to month. [1]
        months: Months. [month]
        stored_bytes: Space taken up. [byte]
        storage_price: Price of space. [USD per gigabyte and month]
        reads_per_request: Reads of one request, as the service counts them. [1]
        read_price: Price of reads. [USD per million]
        minimum_per_month: Least that a month costs. [USD]

    Returns:
        Months + 1 sums; the first is 0. [USD]
    """

    def bill(volume: float) -> float:
        return formulas.vector_database_cost(
            stored_bytes=stored_bytes,
            storage_price=storage_price,
            reads=volume * reads_per_request,
            read_price=read_price,
            minimum_per_month=minimum_per_month,
        )

    return _running_sum(bill, monthly_volumes(requests_per_month, monthly_growth, months))


def _running_sum(of: Callable[[float], float], volumes: tuple[float, ...]) -> tuple[float, ...]:
    """
    Running sum of what each month's volume takes, from 0 on.

    What is summed never falls as the volume grows, and volumes only grow or only shrink: where the first month takes
    as much as the last, so do all between them.
    """
    first, last = of(volumes[0]), of(volumes[-1])
    each = [first] * len(volumes) if first == last else [of(volume) for volume in volumes]
    return (0.0, *accumulate(each))
