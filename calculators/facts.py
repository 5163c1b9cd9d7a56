"""
Facts: the dated, sourced figures that every answer rests on, read once from the TOML files in `data/`.

Three rules hold for each figure. It says where it was published and when that was checked; where nobody has
published it, it is an `Assumption` and says who assumes it and why. It holds from a date on, and a new figure is
appended as a further record of the same key: the old one stays, so an old link keeps its old answer. And what is
wrong in a file stops the package from loading, with the file and the key: no figure is ever guessed.
"""

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Final, Protocol, Union, cast, get_args, get_origin, get_type_hints

from calculators.calendar import month_after, say_date
from calculators.quantity import Quantity, RefusedInputError
from calculators.vocabulary import (
    Bytes,
    Seconds,
    Share,
    Usd,
    UsdPerHour,
    UsdPerMillion,
)

DATA: Final = Path(__file__).parent / "data"
"""The directory that the package's own figures are read from."""

TIERS: Final = ("frontier", "mid", "small", "open", "legacy")
"""What a model is sold as. Each but the last has one default."""

RATES: Final = ("standard", "introductory", "preview", "time_of_day")
"""What kind of price it is: the standing one, one that ends with an introduction or a preview, a mean over the day."""

SOLD_TO: Final = ("anyone", "existing customers", "nobody")
"""Who can buy a way to tune."""

TokenCount = Annotated[int, Quantity(unit="tokens", minimum=1, whole=True)]
Minutes = Annotated[float, Quantity(unit="minutes")]
WholeCount = Annotated[int, Quantity(whole=True)]
UsdPerMonth = Annotated[float, Quantity(unit="US dollars a month", money=True)]
UsdPerYear = Annotated[float, Quantity(unit="US dollars a year", money=True)]
UsdPerGbMonth = Annotated[float, Quantity(unit="US dollars per GB and month", money=True)]
UsdPerGb = Annotated[float, Quantity(unit="US dollars per GB", money=True)]
UsdPerMillionUnits = Annotated[float, Quantity(unit="US dollars per million units", money=True)]
UsdPerThousand = Annotated[float, Quantity(unit="US dollars per thousand queries", money=True)]
TokensPerSecond = Annotated[float, Quantity(unit="tokens a second", minimum=1e-9)]
FlopsPerSecond = Annotated[float, Quantity(unit="floating-point operations a second", minimum=1, maximum=1e18)]
Parameters = Annotated[float, Quantity(unit="parameters", minimum=1)]
ServingRow = tuple[TokenCount, TokenCount, TokensPerSecond]
HoursPerYear = Annotated[float, Quantity(unit="hours a year", minimum=1)]
Multiple = Annotated[float, Quantity(unit="times", minimum=1)]
Bits = Annotated[float, Quantity(unit="bits", minimum=1)]
SecondsPerTokenPair = Annotated[float, Quantity(unit="seconds per pair of tokens")]


class FactsError(ValueError):
    """A file of figures that cannot be trusted. The message names the file, the key and the cure."""


class UnknownPriceError(ValueError):
    """A figure asked for by a name or a date that no record covers. The message says what is covered."""


class _Dated(Protocol):
    """What a ledger needs to know of a record."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def known_from(self) -> date: ...


@dataclass(frozen=True, kw_only=True)
class Source:
    """
    Where a figure was published.

    Attributes:
        id: What records call it.
        title: Title of the page, table or package.
        publisher: Who published it.
        url: Where it stands: a web address, or a package URL (`pkg:`) where only a package has it.
        published: When it was published or last changed, as exactly as it says.
        accessed: Day on which we read it, or a stored copy of it.
        licence: Terms it is published under; `not stated` where it names none. Only facts are taken from it.
    """

    id: str
    title: str
    publisher: str
    url: str
    published: str
    accessed: date
    licence: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """
    One figure, or a few that belong together, with its dates and its sources.

    Attributes:
        key: What code, links and other records call it. Further records of the same key follow it in time.
        name: What people call it.
        sources: Ids of the sources that it rests on.
        checked: Day on which it was last compared with them.
        valid_from: First day on which it holds.
        valid_until: First day on which it no longer holds, where that was known when the record was written. A
            record without it ends where the next one of its key begins.
        announced: Day from which it was known, where that is before it holds: a price rise told in advance.
        note: What a reader should know about it.
    """

    key: str
    name: str
    sources: tuple[str, ...]
    checked: date
    valid_from: date
    valid_until: date | None = None
    announced: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("valid_until is not after valid_from")
        if self.announced is not None and self.announced > self.checked:
            raise ValueError("announced after it was checked")
        if self.valid_from > self.checked and self.announced is None:
            raise ValueError("valid_from lies after the day it was checked: say when it was announced")

    @property
    def known_from(self) -> date:
        """First day on which anybody could know of it: an answer as of an earlier day must not use it."""
        return min(self.valid_from, self.announced) if self.announced else self.valid_from


@dataclass(frozen=True, kw_only=True)
class InferencePrice(Record):
    """
    What a provider charges for using a model, in US dollars per million tokens.

    Attributes:
        provider: Who sells it.
        tier: One of `TIERS`.
        default_of_tier: Whether it is the model a form starts from for its tier.
        input: Price of input tokens that are not read from a cache.
        output: Price of output tokens, hidden reasoning included.
        cached_input: Price of input tokens read from the provider's cache; `None` where it sells no cache.
        cache_write: Price of input tokens written to the cache; `None` where writing costs what input costs.
        batch_input: Price of input tokens of requests that can wait; `None` where waiting saves nothing.
        batch_output: Price of output tokens of requests that can wait.
        context_window: Most tokens that a request may have.
        long_prompt_from: Input tokens above which the whole request costs more; `None` where the price is flat.
        long_prompt_input_multiple: By how much input and cached input then cost more.
        long_prompt_output_multiple: By how much output then costs more.
        reasons_by_default: Whether it writes hidden reasoning unless told not to; `None` where that is not stated.
        retires: Day on which the provider switches it off.
        retires_source: Id of the source that says so.
        cache_minimum_tokens: Shortest beginning of a prompt that is cached; `None` where not stated.
        cache_minutes: How long a cached beginning lives without being read; `None` where not stated.
        rate: One of `RATES`: whether the price is the standing one.
    """

    provider: str
    tier: str
    default_of_tier: bool = False
    input: UsdPerMillion
    output: UsdPerMillion
    cached_input: UsdPerMillion | None = None
    cache_write: UsdPerMillion | None = None
    batch_input: UsdPerMillion | None = None
    batch_output: UsdPerMillion | None = None
    context_window: TokenCount | None = None
    long_prompt_from: TokenCount | None = None
    long_prompt_input_multiple: Multiple | None = None
    long_prompt_output_multiple: Multiple | None = None
    reasons_by_default: bool | None = None
    retires: date | None = None
    retires_source: str | None = None
    cache_minimum_tokens: TokenCount | None = None
    cache_minutes: Minutes | None = None
    rate: str = "standard"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tier not in TIERS:
            raise ValueError(f"tier {self.tier} is none of {', '.join(TIERS)}")
        if self.rate not in RATES:
            raise ValueError(f"rate {self.rate} is none of {', '.join(RATES)}")
        _together(self, "long_prompt_from", "long_prompt_input_multiple", "long_prompt_output_multiple")
        _together(self, "batch_input", "batch_output")
        _together(self, "retires", "retires_source")
        if self.cache_write is not None and self.cached_input is None:
            raise ValueError("cache_write without cached_input")


@dataclass(frozen=True, kw_only=True)
class TuningService(Record):
    """
    What a provider charges for tuning a model and for serving the tuned one.

    Attributes:
        provider: Who sells it.
        base_models: Keys of the base models that it tunes at this price.
        default: Whether it is the service a form starts from.
        training_price: Price of training, per million tokens trained on.
        training_price_per_hour: Price of training where it is billed by the hour.
        input: Price of the tuned model's input, per million tokens; `None` where it is served by the hour only.
        output: Price of the tuned model's output, per million tokens.
        cached_input: Price of its input read from a cache.
        hosting_per_hour: Price of keeping it ready, used or not.
        hosting_is_per_gpu: Whether that is per GPU: a base model that needs two then pays twice.
        storage_per_month: Price of keeping the tuned weights.
        minimum_charge_per_job: Least that one training job costs, where the provider states it.
        validation_billed: Whether tokens that training is validated on are billed as well.
        offer: Key of the `Availability` that says who can buy it, and until when.
        stops: Day on which models tuned there stop answering, because their base is withdrawn; `None` where no day is
            known.
        stops_source: Id of the source that says so.
        preview: Whether it is sold as a preview, at a price that will not last.
    """

    provider: str
    base_models: tuple[str, ...]
    default: bool = False
    training_price: UsdPerMillion | None = None
    training_price_per_hour: UsdPerHour | None = None
    input: UsdPerMillion | None = None
    output: UsdPerMillion | None = None
    cached_input: UsdPerMillion | None = None
    hosting_per_hour: UsdPerHour | None = None
    hosting_is_per_gpu: bool = False
    storage_per_month: UsdPerMonth | None = None
    minimum_charge_per_job: Usd | None = None
    validation_billed: bool
    offer: str
    stops: date | None = None
    stops_source: str | None = None
    preview: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        _together(self, "input", "output")
        if (self.training_price is None) == (self.training_price_per_hour is None):
            raise ValueError("training is billed either per million tokens or per hour")
        if self.input is None and self.hosting_per_hour is None:
            raise ValueError("no price for serving the tuned model")
        _together(self, "stops", "stops_source")


@dataclass(frozen=True, kw_only=True)
class Availability(Record):
    """
    Who can buy a way to tune, from a day on.

    What was announced for later is a further record: the day on which nobody can start a job any more is that
    record's first day.

    Attributes:
        provider: Who sells it, or sold it.
        sold_to: One of `SOLD_TO`.
        what: What happened on its first day, or what is sold, in one sentence.
        tunes: What can be tuned there, in words; empty where nothing can.
        quote: The source's own words.
    """

    provider: str
    sold_to: str
    what: str
    tunes: str = ""
    quote: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.sold_to not in SOLD_TO:
            raise ValueError(f"sold_to {self.sold_to} is none of {', '.join(SOLD_TO)}")


@dataclass(frozen=True, kw_only=True)
class BaseModel(Record):
    """
    A model that can be tuned.

    Attributes:
        prompted_as: Key of the price of the same model, only prompted.
        parameters: Parameters in all; `None` where the weights are not published.
        active_parameters: Parameters that take part in each token, where only some do.
        bits_per_weight: Bits that one parameter takes while it is served.
        gpus_needed: H100s that serve one copy; `None` where nobody but its maker can serve it.
        served_as: Key of the model whose serving measurement stands for it, where it has the same shape but was not
            measured itself.
        retires: Day on which it is withdrawn; `None` for weights that nobody can switch off.
        retires_source: Id of the source that says so.
    """

    prompted_as: str
    parameters: Parameters | None = None
    active_parameters: Parameters | None = None
    bits_per_weight: Bits = 8.0
    gpus_needed: WholeCount | None = None
    served_as: str | None = None
    retires: date | None = None
    retires_source: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _together(self, "parameters", "gpus_needed")
        _together(self, "retires", "retires_source")


@dataclass(frozen=True, kw_only=True)
class ServingFit(Record):
    """
    GPU-seconds that one request costs on one kind of GPU, fitted to published measurements.

    GPU-seconds = prefill · input + decode · output + attention · output · (input + output / 2). A request that keeps
    two GPUs busy for a second costs two GPU-seconds.

    Attributes:
        base_model: Key of the model served.
        gpu: Key of the GPU.
        gpus_per_replica: GPUs that one copy of the model was spread over.
        prefill_seconds: GPU-seconds for one input token.
        decode_seconds: GPU-seconds for one output token.
        attention_seconds: GPU-seconds for one output token to look back at one token.
        saturation: Whether the rows are saturation records, of which only a share is usable by people who wait; rows
            measured at a latency limit are used as they are.
        rows: Measurements fitted to: input tokens, output tokens, output tokens a second of the whole replica.
        held_out: Measurements not fitted to, kept to judge the fit.
    """

    base_model: str
    gpu: str
    gpus_per_replica: WholeCount
    prefill_seconds: Seconds
    decode_seconds: Seconds
    attention_seconds: SecondsPerTokenPair
    saturation: bool
    rows: tuple[ServingRow, ...]
    held_out: tuple[ServingRow, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.key != f"{self.base_model}-{self.gpu}":
            raise ValueError(f"the key of this fit is {self.base_model}-{self.gpu}")
        if len(self.rows) < sum(c > 0 for c in (self.prefill_seconds, self.decode_seconds, self.attention_seconds)):
            raise ValueError("fewer rows than coefficients")

    def error(self, row: ServingRow) -> float:
        """Return by what share the fit is above a measurement, or below it where negative."""
        tokens_in, tokens_out, tokens_per_second = row
        fitted = (
            self.prefill_seconds * tokens_in
            + self.decode_seconds * tokens_out
            + self.attention_seconds * tokens_out * (tokens_in + tokens_out / 2)
        )
        return fitted / (tokens_out * self.gpus_per_replica / tokens_per_second) - 1

    @property
    def validated(self) -> bool:
        """Whether there are more rows than coefficients, so that the worst error says anything."""
        return len(self.rows) > sum(c > 0 for c in (self.prefill_seconds, self.decode_seconds, self.attention_seconds))

    @property
    def worst_error(self) -> float | None:
        """Largest error over the rows it was fitted to, as a positive share; `None` where it passes through them."""
        return max(abs(self.error(row)) for row in self.rows) if self.validated else None

    @property
    def input_range(self) -> tuple[int, int]:
        """Fewest and most input tokens measured. Outside, the fit is an extrapolation."""
        return min(row[0] for row in self.rows), max(row[0] for row in self.rows)

    @property
    def output_range(self) -> tuple[int, int]:
        """Fewest and most output tokens measured. Outside, the fit is an extrapolation."""
        return min(row[1] for row in self.rows), max(row[1] for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Gpu(Record):
    """
    What a GPU can do.

    Attributes:
        memory: Its memory.
        peak_flops: Its peak speed at 16-bit dense arithmetic.
    """

    memory: Bytes
    peak_flops: FlopsPerSecond


@dataclass(frozen=True, kw_only=True)
class GpuPrice(Record):
    """
    What renting a GPU costs.

    Attributes:
        gpu: Key of the GPU.
        cloud: `specialist` or `hyperscaler`.
        price: Price that a form starts from, per GPU-hour.
        low: Lowest price found.
        high: Highest price found.
        count: Prices that it summarises.
    """

    gpu: str
    cloud: str
    price: UsdPerHour
    low: UsdPerHour
    high: UsdPerHour
    count: WholeCount

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.cloud not in {"specialist", "hyperscaler"}:
            raise ValueError(f"cloud {self.cloud} is neither specialist nor hyperscaler")
        _ordered(self.low, self.price, self.high)


@dataclass(frozen=True, kw_only=True)
class GpuOffer(Record):
    """
    What one provider charges for renting a GPU.

    Attributes:
        gpu: Key of the GPU, or its name where no calculator knows it.
        provider: Who rents it out.
        cloud: `specialist`, `hyperscaler` or `marketplace`.
        on_demand: Price without a commitment, per GPU-hour; `None` where not stated.
        spot: Price of capacity that can be taken away, per GPU-hour; `None` where not stated.
    """

    gpu: str
    provider: str
    cloud: str
    on_demand: UsdPerHour | None = None
    spot: UsdPerHour | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.cloud not in {"specialist", "hyperscaler", "marketplace"}:
            raise ValueError(f"cloud {self.cloud} is none of specialist, hyperscaler, marketplace")
        if self.on_demand is None and self.spot is None:
            raise ValueError("neither on_demand nor spot")


@dataclass(frozen=True, kw_only=True)
class TrainingThroughput(Record):
    """
    How fast a model was trained.

    Attributes:
        parameters: Size of the model.
        method: `full`, `lora` or `qlora`.
        gpu: Key of the GPU.
        gpus: GPUs that trained together.
        sequence_tokens: Tokens of one training sequence.
        tokens_per_second: Speed of one of the GPUs.
    """

    parameters: Parameters
    method: str
    gpu: str
    gpus: WholeCount
    sequence_tokens: TokenCount
    tokens_per_second: TokensPerSecond

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.method not in {"full", "lora", "qlora"}:
            raise ValueError(f"method {self.method} is none of full, lora, qlora")


@dataclass(frozen=True, kw_only=True)
class TrainingMemory(Record):
    """
    GPU memory that one way of tuning needs, over all GPUs together.

    Attributes:
        parameters: Sizes of model that the table lists, smallest first.
        memory: Memory for each of them.
    """

    parameters: tuple[Parameters, ...]
    memory: tuple[Bytes, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.parameters) != len(self.memory) or list(self.parameters) != sorted(self.parameters):
            raise ValueError("parameters must rise, with one memory for each")

    def needed(self, parameters: float) -> float | None:
        """Return the bytes listed for the next size up; `None` above the largest size listed."""
        return next((room for size, room in zip(self.parameters, self.memory, strict=True) if parameters <= size), None)


@dataclass(frozen=True, kw_only=True)
class Embedding(Record):
    """
    What turning text into vectors costs.

    Attributes:
        provider: Who sells it.
        price: Price per million tokens.
        batch_price: Price per million tokens that can wait.
    """

    provider: str
    price: UsdPerMillion
    batch_price: UsdPerMillion | None = None


@dataclass(frozen=True, kw_only=True)
class Reranker(Record):
    """
    What ordering the chunks found for a query costs.

    Attributes:
        provider: Who sells it.
        price_per_thousand_queries: Price where it is billed by the query.
        price_per_million_tokens: Price where it is billed by the token.
    """

    provider: str
    price_per_thousand_queries: UsdPerThousand | None = None
    price_per_million_tokens: UsdPerMillion | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.price_per_thousand_queries is None) == (self.price_per_million_tokens is None):
            raise ValueError("a reranker is billed either by the query or by the token")

    @property
    def price(self) -> float:
        """Its price, in the unit that it bills."""
        by_query, by_token = self.price_per_thousand_queries, self.price_per_million_tokens
        return (by_query if by_token is None else by_token) or 0.0


@dataclass(frozen=True, kw_only=True)
class VectorDatabase(Record):
    """
    What keeping and searching vectors costs.

    Attributes:
        provider: Who sells it.
        monthly_minimum: Least that a month costs; what is used counts towards it.
        storage: Price of storage.
        reads: Price of a million read units.
        writes: Price of a million write units.
        writes_per_gb: Price of writing, where it is billed by size.
    """

    provider: str
    monthly_minimum: UsdPerMonth
    storage: UsdPerGbMonth | None = None
    reads: UsdPerMillionUnits | None = None
    writes: UsdPerMillionUnits | None = None
    writes_per_gb: UsdPerGb | None = None

    @property
    def free(self) -> bool:
        """Whether nothing is charged at all."""
        return not any((self.monthly_minimum, self.storage, self.reads, self.writes, self.writes_per_gb))


@dataclass(frozen=True, kw_only=True)
class Wage(Record):
    """
    What an hour of somebody's time costs an employer.

    Attributes:
        median_annual: Median wage of a year.
        hours_per_year: Hours that a year's wage pays for.
        wage_share: Wages as a share of what an employer pays.
        hourly: Loaded hourly rate that a form starts from: median ÷ hours ÷ share, to the cent.
        low: Lower end of the range shown.
        high: Upper end of the range shown.
    """

    median_annual: UsdPerYear
    hours_per_year: HoursPerYear
    wage_share: Share
    hourly: UsdPerHour
    low: UsdPerHour
    high: UsdPerHour

    def __post_init__(self) -> None:
        super().__post_init__()
        _ordered(self.low, self.hourly, self.high)
        if not math.isclose(self.hourly, self.median_annual / self.hours_per_year / self.wage_share, abs_tol=0.005):
            raise ValueError("hourly is not median ÷ hours ÷ share")


@dataclass(frozen=True, kw_only=True)
class LabelPrice(Record):
    """
    What one example of training data costs.

    Attributes:
        low: Lower end of the range published.
        high: Upper end.
    """

    low: Usd
    high: Usd

    def __post_init__(self) -> None:
        super().__post_init__()
        _ordered(self.low, self.high)


class _Decided:
    """What nobody has published and the guide has decided on: it holds from that day until the next decision."""

    decided: date

    @property
    def valid_from(self) -> date:
        """First day on which it holds."""
        return self.decided

    @property
    def valid_until(self) -> date | None:
        """It holds until the next decision."""
        return None

    @property
    def known_from(self) -> date:
        """First day on which an answer may use it."""
        return self.decided


@dataclass(frozen=True, kw_only=True)
class Assumption(_Decided):
    """
    A figure that no source states.

    Attributes:
        key: What code calls it.
        name: What people call it.
        value: What a form starts from.
        unit: Its unit.
        low: Lowest plausible value.
        high: Highest plausible value.
        who: Who assumes it.
        why: On what grounds.
        decided: Day on which it was decided.
    """

    key: str
    name: str
    value: float
    unit: str
    low: float
    high: float
    who: str
    why: str
    decided: date

    def __post_init__(self) -> None:
        _ordered(self.low, self.value, self.high)


@dataclass(frozen=True, kw_only=True)
class Rule(_Decided):
    """
    A number that the guide sets: a bound of a field, or what makes an answer close, fragile or old.

    It is nobody's measurement and no part of a cost.

    Attributes:
        key: What code calls it.
        name: What people call it.
        value: The number.
        unit: Its unit.
        why: On what grounds.
        decided: Day on which it was decided.
    """

    key: str
    name: str
    value: float
    unit: str
    why: str
    decided: date


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """
    A figure on which two data packages differ, and why ours is the one we keep.

    Attributes:
        key: The record's key.
        name: The record's name.
        figure: Which of its figures.
        ours: The figure kept, as written.
        package: The package that says otherwise.
        theirs: What it says, as written.
        reason: Why ours is kept.
    """

    key: str
    name: str
    figure: str
    ours: str
    package: str
    theirs: str
    reason: str


class Ledger[R: _Dated](Mapping[str, R]):
    """
    Records of one kind by key, each key's in order of time.

    Looking up a key gives the record in force on the day the figures were last checked; `at` and `over` ask for other
    days. All are plain look-ups.
    """

    __slots__ = ("_current", "_noun", "_series")

    def __init__(self, noun: str, records: Iterable[R], today: date) -> None:
        series: dict[str, tuple[R, ...]] = {}
        for record in records:
            series[record.key] = (*series.get(record.key, ()), record)
        self._noun = noun
        self._series = series
        self._current = {
            key: _in_force(known, today) or known[-1]
            for key, known in ((key, _known(records, today)) for key, records in series.items())
        }

    def __getitem__(self, key: str) -> R:
        return self._current[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current)

    def __len__(self) -> int:
        return len(self._current)

    def history(self, key: str) -> tuple[R, ...]:
        """
        Return all records of a key in order of time, those that only begin later included.

        Raises:
            UnknownPriceError: If no record has this key.
        """
        if key not in self._series:
            raise UnknownPriceError(f"No {self._noun} is called “{key}”")
        return self._series[key]

    def at(self, key: str, day: date) -> R:
        """
        Return the record in force on a day, by what was known on that day.

        Raises:
            UnknownPriceError: If no record has this key or covers this day.
        """
        return self.over(key, day, 1)[0]

    def known(self, key: str, day: date) -> R:
        """
        Return what was known on a day of something that does not change with the calendar.

        That is the latest record written by that day, or the first one for days before anybody wrote one.

        Raises:
            UnknownPriceError: If no record has this key.
        """
        series = self.history(key)
        return (_known(series, day) or series[:1])[-1]

    def over(self, key: str, start: date, months: int) -> tuple[R, ...]:
        """
        Return the record in force in each of a number of months, by what was known at the start.

        Month m begins m − 1 months after the start, on the same day of the month or, where a month is too short, on
        its last day. A change within a month counts from the next month on.

        Raises:
            UnknownPriceError: If no record has this key, or a month is covered by none.
        """
        known = _known(self.history(key), start)
        if len(known) == 1 and known[0].valid_from <= start and known[0].valid_until is None:
            return known * months
        found = []
        for month in range(months):
            day = month_after(start, month)
            record = _in_force(known, day)
            if record is None:
                raise UnknownPriceError(self._not_covered(key, day))
            found.append(record)
        return tuple(found)

    def _not_covered(self, key: str, day: date) -> str:
        first, last = self._series[key][0], self._series[key][-1]
        until = f" to {say_date(last.valid_until - timedelta(days=1))}" if last.valid_until else ""
        return (
            f"No {self._noun} of {last.name} is known for {say_date(day)}: "
            f"it is known from {say_date(first.valid_from)}{until}"
        )


@dataclass(frozen=True, kw_only=True)
class Facts:
    """
    Every figure there is.

    Attributes:
        checked: Day on which the figures were last edited.
        today: The only today there is: the day of the build, from which a fresh page answers.
        sources: Where figures were published, by id.
        packages: Versions of the data packages that prices were taken from, by their name.
    """

    checked: date
    today: date
    sources: Mapping[str, Source]
    packages: Mapping[str, str]
    inference: Ledger[InferencePrice]
    tuning: Ledger[TuningService]
    availability: Ledger[Availability]
    base_models: Ledger[BaseModel]
    serving: Ledger[ServingFit]
    gpus: Ledger[Gpu]
    gpu_prices: Ledger[GpuPrice]
    training_memory: Ledger[TrainingMemory]
    embeddings: Ledger[Embedding]
    rerankers: Ledger[Reranker]
    vector_databases: Ledger[VectorDatabase]
    wages: Ledger[Wage]
    assumptions: Ledger[Assumption]
    rules: Ledger[Rule]

    def default_model(self, tier: str) -> str:
        """
        Return the key of the model that a form starts from for a tier.

        Raises:
            UnknownPriceError: If the tier has no default.
        """
        for key, price in self.inference.items():
            if price.tier == tier and price.default_of_tier:
                return key
        raise UnknownPriceError(f"No default model for the tier “{tier}”")

    def default_tuning(self) -> str:
        """Return the key of the tuning service that a form starts from."""
        return next(key for key, service in self.tuning.items() if service.default)

    def sold_since(self, key: str, day: date) -> date:
        """
        Return the day since which a way to tune is sold to whom it is sold on a day, whatever else was said meanwhile.

        Raises:
            UnknownPriceError: If no record says who can buy it on that day.
        """
        now, since = self.availability.at(key, day).sold_to, day
        for record in reversed(self.availability.history(key)):
            if record.valid_from <= day:
                if record.sold_to != now:
                    break
                since = record.valid_from
        return since

    def assume(self, key: str, day: date | None = None) -> float:
        """
        Return the value of an assumption on a day, by default today's.

        Raises:
            UnknownPriceError: If nothing is assumed under this key.
        """
        return self.assumptions.known(key, day or self.today).value

    def rule(self, key: str) -> float:
        """
        Return a number that the guide sets.

        Raises:
            UnknownPriceError: If there is no such rule.
        """
        return self.rules.known(key, self.today).value


@dataclass(frozen=True, kw_only=True)
class Background:
    """
    Records that pages show and no calculator uses. They are read when a page asks for them.

    Attributes:
        gpu_offers: What single providers charge for a GPU.
        training: How fast models were trained.
        labels: What training examples cost.
        disagreements: Figures on which data packages differ.
    """

    gpu_offers: Ledger[GpuOffer]
    training: Ledger[TrainingThroughput]
    labels: Ledger[LabelPrice]
    disagreements: tuple[Disagreement, ...]


def load(directory: Path = DATA) -> Facts:
    """
    Read all figures, and refuse them all if one cannot be trusted.

    Args:
        directory: Where the TOML files stand.

    Raises:
        FactsError: If a file cannot be read, a record lacks something or has something unknown, a figure is negative
            or out of range, a source or another record that is named does not exist, or the records of one key
            overlap in time or leave a gap.
    """
    read = _Reader(directory, _USED)
    sources = {source.id: source for source in read.records(Source)}
    inference = read.records(InferencePrice)
    tuning = read.records(TuningService)
    availability = read.records(Availability)
    base_models = read.records(BaseModel)
    serving = read.records(ServingFit)
    gpus = read.records(Gpu)
    gpu_prices = read.records(GpuPrice)
    training_memory = read.records(TrainingMemory)
    embeddings = read.records(Embedding)
    rerankers = read.records(Reranker)
    vector_databases = read.records(VectorDatabase)
    wages = read.records(Wage)
    assumptions = read.records(Assumption)
    rules = read.records(Rule)

    sourced: tuple[Record, ...] = (
        *(*inference, *tuning, *availability, *base_models, *serving, *gpus, *gpu_prices, *training_memory),
        *(*embeddings, *rerankers, *vector_databases, *wages),
    )
    for record in sourced:
        _check_sources(record, sources)
    for record in sourced:
        if record.announced is not None and not isinstance(record, InferencePrice | Availability):
            raise _fault(record, "announced: only prices of models and offers are followed month by month")
    _check_references(tuning, "base_models", base_models)
    _check_references(tuning, "offer", availability)
    _check_references(base_models, "prompted_as", inference)
    _check_references(serving, "base_model", base_models)
    _check_references((*serving, *gpu_prices), "gpu", gpus)
    decided = (*(assumption.decided for assumption in assumptions), *(rule.decided for rule in rules))
    checked = max(*(record.checked for record in sourced), *decided)
    today = _today(directory, checked)
    facts = Facts(
        checked=checked,
        today=today,
        sources=MappingProxyType(sources),
        packages=MappingProxyType(read.packages()),
        inference=Ledger("price", inference, today),
        tuning=Ledger("price", tuning, today),
        availability=Ledger("offer", availability, today),
        base_models=Ledger("model", base_models, today),
        serving=Ledger("throughput", serving, today),
        gpus=Ledger("GPU", gpus, today),
        gpu_prices=Ledger("price", gpu_prices, today),
        training_memory=Ledger("memory", training_memory, today),
        embeddings=Ledger("price", embeddings, today),
        rerankers=Ledger("price", rerankers, today),
        vector_databases=Ledger("price", vector_databases, today),
        wages=Ledger("wage", wages, today),
        assumptions=Ledger("assumption", assumptions, today),
        rules=Ledger("rule", rules, today),
    )
    _check_defaults(facts)
    return facts


def load_background(facts: Facts, directory: Path = DATA) -> Background:
    """
    Read the records that only pages show, and refuse them all if one cannot be trusted.

    Args:
        facts: The figures that calculators use: a record here may name a source or a GPU there.
        directory: Where the TOML files stand.

    Raises:
        FactsError: As `load`.
    """
    read = _Reader(directory, _SHOWN)
    offers, training = read.records(GpuOffer), read.records(TrainingThroughput)
    labels, disagreements = read.records(LabelPrice), read.records(Disagreement)
    for record in (*offers, *training, *labels):
        _check_sources(record, facts.sources)
    _check_references(training, "gpu", facts.gpus.values())
    return Background(
        gpu_offers=Ledger("offer", offers, facts.today),
        training=Ledger("throughput", training, facts.today),
        labels=Ledger("price", labels, facts.today),
        disagreements=disagreements,
    )


@cache
def background() -> Background:
    """Return this package's records that only pages show."""
    return load_background(FACTS)


_USED: Final[Mapping[type, tuple[tuple[str, ...], str]]] = {
    Source: (("sources.toml",), "source"),
    InferencePrice: (("inference_prices.toml",), "inference"),
    TuningService: (("tuning.toml", "foundry_tuning.toml"), "tuning"),
    Availability: (("availability.toml",), "availability"),
    BaseModel: (("tuning.toml",), "base_model"),
    ServingFit: (("serving.toml",), "serving"),
    Gpu: (("gpus.toml",), "gpu"),
    GpuPrice: (("gpus.toml",), "gpu_price"),
    TrainingMemory: (("training_memory.toml",), "memory"),
    Embedding: (("retrieval_prices.toml",), "embedding"),
    Reranker: (("retrieval_prices.toml",), "reranker"),
    VectorDatabase: (("vector_databases.toml",), "vector_database"),
    Wage: (("labour.toml",), "wage"),
    Assumption: (("assumptions.toml",), "assumption"),
    Rule: (("rules.toml",), "rule"),
}
"""The files and the array of tables that each kind of record stands in, of those that calculators use."""

_SHOWN: Final[Mapping[type, tuple[tuple[str, ...], str]]] = {
    GpuOffer: (("gpu_offers.toml",), "gpu_offer"),
    TrainingThroughput: (("training.toml",), "training"),
    LabelPrice: (("labels.toml",), "label"),
    Disagreement: (("disagreements.toml",), "disagreement"),
}
"""The same, of those that only pages show."""

_PACKAGES: Final = "packages"
"""The table in which a generated file names the data packages it was made from."""


def _today(directory: Path, checked: date) -> date:
    """Return the day of the build, as the file says."""
    try:
        day = tomllib.loads((directory / "day.toml").read_text(encoding="utf-8"))["today"]
    except (OSError, KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FactsError(f"day.toml: {fault}") from fault
    if type(day) is not date:
        raise FactsError("day.toml: today: must be of type date")
    if day < checked:
        raise FactsError(f"day.toml: today: figures were checked on {say_date(checked)}: it must not lie before that")
    return day


class _Reader:
    """Some files of one directory, read once, and the records in them, checked one by one."""

    def __init__(self, directory: Path, places: Mapping[type, tuple[tuple[str, ...], str]]) -> None:
        self._places = places
        self._files: dict[str, dict[str, Any]] = {}
        for file in sorted({file for files, _ in places.values() for file in files}):
            try:
                self._files[file] = tomllib.loads((directory / file).read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
                raise FactsError(f"{file}: {fault}") from fault
            strays = self._files[file].keys() - {table for files, table in places.values() if file in files}
            if strays - {_PACKAGES}:
                raise FactsError(f"{file}: nothing reads {_listed(strays - {_PACKAGES})}")

    def packages(self) -> dict[str, str]:
        """Return the versions of the data packages that generated files were made from."""
        found: dict[str, str] = {}
        for file, tables in self._files.items():
            for package, version in tables.get(_PACKAGES, {}).items():
                if found.setdefault(package, version) != version:
                    raise FactsError(
                        f"{file}: {package}: another file was made from {found[package]}, this from {version}"
                    )
        return found

    def records[R](self, kind: type[R]) -> tuple[R, ...]:
        """Return the records of one kind in the order of their files, which is the order of time for each key."""
        files, table = self._places[kind]
        records: list[R] = []
        latest: dict[str, Any] = {}
        for file in files:
            rows = self._files[file].get(table, [])
            if not rows or not isinstance(rows, list):
                raise FactsError(f"{file}: no [[{table}]]")
            for number, row in enumerate(rows, 1):
                key = str(row.get("key", row.get("id", f"[[{table}]] {number}")))
                try:
                    record = _record(kind, row)
                    if key in latest and not isinstance(record, Disagreement):
                        _check_order(latest[key], record)
                except ValueError as fault:
                    raise FactsError(f"{file}: {key}: {fault}") from fault
                latest[key] = record
                records.append(record)
        return tuple(records)


def _record[R](kind: type[R], row: Mapping[str, object]) -> R:
    """Build a record from a table of the file: every value of its type and within its bounds, none unknown or missing."""
    known = {field.name: field for field in fields(cast("Any", kind))}
    if strays := row.keys() - known.keys():
        raise ValueError(f"unknown: {_listed(strays)}")
    # What a thing can do does not change with the calendar: it counts from the day that we checked it.
    given = {"valid_from": row["checked"], **row} if kind in _TIMELESS and "checked" in row else row
    missing = [name for name, field in known.items() if field.default is MISSING and name not in given]
    if missing:
        raise ValueError(f"missing: {_listed(missing)}")
    hints = get_type_hints(kind, include_extras=True)
    values: dict[str, Any] = {}
    for name, value in given.items():
        try:
            values[name] = _value(hints[name], value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from fault
    return kind(**values)


_TIMELESS: Final = frozenset({BaseModel, ServingFit, Gpu, TrainingThroughput, TrainingMemory, GpuOffer})


def _value(hint: Any, value: object) -> object:  # noqa: ANN401 - a type hint has no narrower type
    """Return a value of a file as the type that a record's field has, or raise `ValueError`."""
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        # TOML has no null: what may be absent is left out, and what is there has the other type.
        return _value(next(argument for argument in arguments if argument is not type(None)), value)
    if origin is Annotated:
        number = cast("float", _value(arguments[0], value))
        try:
            cast("Quantity", arguments[1]).check(number)
        except RefusedInputError as fault:
            raise ValueError(str(fault)) from fault
        return number
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("must be an array")
        items = arguments[:1] * len(value) if arguments[-1] is Ellipsis else arguments
        if len(items) != len(value):
            raise ValueError(f"must have {len(items)} values, not {len(value)}")
        return tuple(_value(item, part) for item, part in zip(items, value, strict=True))
    return _scalar(hint, value)


def _scalar(hint: type, value: object) -> object:
    """Return a single value as text, whole number, float, truth value or date, or raise `ValueError`."""
    if hint is float and type(value) in (int, float):
        number = float(cast("float", value))
        if not math.isfinite(number):
            raise ValueError("must be a finite number")
        return number
    if type(value) is not hint:
        raise ValueError(f"must be of type {hint.__name__}")
    if value == "":
        raise ValueError("must not be empty")
    return value


def _check_order(earlier: Any, later: Any) -> None:  # noqa: ANN401 - any two records of one kind
    """Refuse two records of one key that overlap in time, leave a gap, or stand in the wrong order."""
    if isinstance(later, Source):
        raise ValueError("a second source has this id")  # noqa: TRY004 - wrong in the file, not in the program
    if later.valid_from <= earlier.valid_from:
        raise ValueError(
            f"overlap: a record from {say_date(later.valid_from)} follows one from {say_date(earlier.valid_from)}"
        )
    if earlier.valid_until is None or earlier.valid_until == later.valid_from:
        return
    kind = "gap" if earlier.valid_until < later.valid_from else "overlap"
    raise ValueError(
        f"{kind}: one record ends on {say_date(earlier.valid_until)}, the next begins on {say_date(later.valid_from)}"
    )


def _fault(record: Record, message: str) -> FactsError:
    files, _ = {**_USED, **_SHOWN}[type(record)]
    return FactsError(f"{' or '.join(files)}: {record.key}: {message}")


def _check_sources(record: Record, sources: Mapping[str, Source]) -> None:
    """Refuse a record without a source, unless all that it says is that something costs nothing."""
    named = list(record.sources)
    named += [
        value for field in fields(record) if field.name.endswith("_source") and (value := getattr(record, field.name))
    ]
    if unknown := set(named) - sources.keys():
        raise _fault(record, f"no source is called {_listed(unknown)}")
    if not record.sources and not (isinstance(record, VectorDatabase) and record.free):
        raise _fault(record, "names no source")


def _check_references(records: Iterable[Record], field: str, targets: Iterable[Record]) -> None:
    """Refuse a record that names another one that does not exist."""
    keys = {target.key for target in targets}
    for record in records:
        named = getattr(record, field)
        if unknown := set([named] if isinstance(named, str) else named) - keys:
            raise _fault(record, f"{field}: there is no {_listed(unknown)}")


def _check_defaults(facts: Facts) -> None:
    """Refuse defaults that are missing, ambiguous, or about to change or to end."""
    for tier in TIERS:
        prices = [price for price in facts.inference.values() if price.tier == tier and price.default_of_tier]
        if len(prices) != (tier != "legacy"):
            raise FactsError(f"inference_prices.toml: {tier}: {len(prices)} models are the default of this tier")
        for price in prices:
            if price.retires or price.valid_until or price is not facts.inference.history(price.key)[-1]:
                raise _fault(price, "a default must neither retire nor be about to change its price")
    services = [service for service in facts.tuning.values() if service.default]
    if len(services) != 1:
        raise FactsError(f"tuning.toml: {len(services)} services are the default")
    [service] = services
    offers = facts.availability.history(service.offer)
    if service.stops or any(offer.sold_to != "anyone" for offer in offers if offer.valid_from >= facts.today):
        raise _fault(service, "a default must neither close nor stop")
    if facts.availability.at(service.offer, facts.today).sold_to != "anyone":
        raise _fault(service, "a default must be open to newcomers")


def _together(record: Record, *names: str) -> None:
    """Refuse a record that has some of the fields named and lacks others."""
    if len({getattr(record, name) is None for name in names}) > 1:
        raise ValueError(f"{', '.join(names)} come together")


def _ordered(*numbers: float) -> None:
    """Refuse a range that does not rise."""
    if list(numbers) != sorted(numbers):
        raise ValueError(f"not in order: {', '.join(f'{number:g}' for number in numbers)}")


def _known[R: _Dated](series: tuple[R, ...], day: date) -> tuple[R, ...]:
    return tuple(record for record in series if record.known_from <= day)


def _in_force[R: _Dated](known: tuple[R, ...], day: date) -> R | None:
    record = next((record for record in reversed(known) if record.valid_from <= day), None)
    return None if record is None or (record.valid_until is not None and day >= record.valid_until) else record


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


FACTS: Final = load()
"""The figures of this package."""


def prices_over(key: str, start: date, months: int) -> tuple[InferencePrice, ...]:
    """
    Return a model's prices in force in each of a number of months, changes announced by the start included.

    Each month uses the price in force on its first day: month m begins m − 1 months after the start, on the same day
    of the month or, where a month is too short, on its last day.

    Args:
        key: The model.
        start: Day that the figures are taken from: first day of the first month.
        months: How many months. [month]

    Raises:
        UnknownPriceError: If there is no such model, or a month for which no price is known.
    """
    return FACTS.inference.over(key, start, months)


def default_model(tier: str) -> str:
    """Return the key of the model that a form starts from for a tier: `frontier`, `mid`, `small` or `open`."""
    return FACTS.default_model(tier)
