"""The records that a scenario rests on: looked up once, before anything is computed."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from calculators import formulas
from calculators.calendar import month_after, say_date
from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.estimate import Speed, estimate, fewest_spread, in_other_bits
from calculators.catalog.cost_comparison.groups import AUTOMATIC, NO_MODEL, OWN_MODEL, OWNED, Inputs, OwnModel, Serving
from calculators.catalog.cost_comparison.groups.bounds import LONGEST_HORIZON, rule
from calculators.catalog.cost_comparison.shelf_life import ShelfLife, shelf_life
from calculators.facts import (
    RENT_TERMS,
    BaseModel,
    Embedding,
    Facts,
    Gpu,
    GpuPrice,
    InferencePrice,
    Ledger,
    ModelShape,
    Record,
    Reranker,
    Roofline,
    ServingFit,
    Trainer,
    TuningService,
    UnknownPriceError,
    VectorDatabase,
)
from calculators.formulas.units import BITS_PER_BYTE, PARAMETERS_PER_BILLION

HOSTED_ON: Final = "H100"
"""The GPU whose hour the services' hosting prices are for."""

_REMEMBERED: Final = int(rule("remembered_scenarios"))


class Period(NamedTuple):
    """
    A price and the months in which it is in force.

    Attributes:
        first: First month, from 0.
        record: The price.
    """

    first: int
    record: InferencePrice


@dataclass(frozen=True, slots=True)
class Records:
    """
    What the chosen names stand for on the chosen day.

    Attributes:
        prompted: The prompted model's prices, period after period, as far as the longest horizon.
        small: The tuned model's prices without tuning.
        cheaper: A cheaper model's prices; none where there is no such model.
        dearer: A dearer model's prices; none where there is no such model.
        base: The model that is tuned.
        service: Who tunes it, or nothing if nobody's price is known.
        life: How long that service's tuning can be had, or nothing without a service.
        gpu: The chosen GPU's rent, or nothing if there is no record for that cloud and day.
        fit: How fast the base model runs on that GPU, or nothing if that was not measured.
        hosted_fit: How fast it runs on the GPUs that services host it on, or nothing if that was not measured.
        card: The chosen GPU itself.
        shape: What the base model is made of, or nothing if its weights are not published.
        trainer: The program that tunes on GPUs of the reader’s own.
        roofline: How much of a GPU's data sheet is used, where nothing was measured on it.
        embedding: The embedding model.
        reranker: The reranker, or nothing.
        database: The vector database.
        assumed: The guide's assumptions, as they stood on that day.
        missing: What has no record on that day, by the input that names it, in words. Another day's record then
            stands in its place, and no row that rests on it shows a figure.
    """

    prompted: tuple[Period, ...]
    small: tuple[Period, ...]
    cheaper: tuple[Period, ...]
    dearer: tuple[Period, ...]
    base: BaseModel
    service: TuningService | None
    life: ShelfLife | None
    gpu: GpuPrice | None
    fit: ServingFit | None
    hosted_fit: ServingFit | None
    card: Gpu
    shape: ModelShape | None
    trainer: Trainer
    roofline: Roofline
    embedding: Embedding
    reranker: Reranker | None
    database: VectorDatabase
    assumed: Mapping[str, float]
    missing: Mapping[str, str]

    @property
    def unsold(self) -> bool:
        """Whether nobody's price of the base model, only prompted, is on record, whatever the day."""
        return not self.base.prompted_as

    def weight_bits(self, serving: Serving) -> float:
        """
        Bits of a weight on GPUs of one's own: the reader's, else as measured, else 8, or as published if fewer. [bit]

        Args:
            serving: What the reader says of them.
        """
        if serving.weight_bits is not None:
            return serving.weight_bits
        if self.fit is not None:
            return self.fit.weight_bits
        bits = self.base.bits_per_weight
        return bits if self.shape is None else min(bits, self.shape.weight_bits)

    def speed(self, serving: Serving) -> ServingFit | Speed | None:
        """
        How fast the base model runs on GPUs of one's own: as measured in the bits that its weights have, else as
        estimated; nothing where its weights are not published.

        A copy is taken to leave as much room beside the weights as they take up: what fits is counted apart.

        Args:
            serving: The GPUs, and in how many bits weights and cache are held.
        """
        fit, shape, bits = self.fit, self.shape, self.weight_bits(serving)
        if fit is not None and bits == fit.weight_bits:
            return fit
        if shape is None:
            return None
        usable = self.card.memory * serving.usable_memory
        cache_bits = self.assumed["cache_bits"] if serving.cache_bits is None else serving.cache_bits

        def estimated(bits: float) -> Speed | None:
            weights = formulas.serving_memory(parameters=shape.parameters, bits_per_weight=bits)
            return estimate(
                shape,
                self.card,
                self.roofline,
                gpus=serving.gpus_per_replica or fewest_spread(shape, weights, usable),
                memory=max(usable * (serving.gpus_per_replica or 1), 2 * weights),
                weight_bits=bits,
                cache_bits=cache_bits,
            )

        wanted = estimated(bits)
        if fit is None or wanted is None:
            return wanted
        measured = estimated(fit.weight_bits)
        return measured and in_other_bits(fit, measured, wanted)

    @property
    def gpu_bought(self) -> float | None:
        """What one GPU is assumed to cost with its share of the server; nothing for all but one kind. [USD]"""
        return self.assumed["gpu_bought"] if self.card.key == HOSTED_ON else None

    def sold_for(self, runs: Runs) -> tuple[Period, ...]:
        """Prices of the model that a row is prompted on, or would be without tuning; none where nobody sells it."""
        match runs:
            case Runs.PROMPTED:
                return self.prompted
            case Runs.CHEAPER:
                return self.cheaper
            case Runs.DEARER:
                return self.dearer
            case _:
                return self.small


def mended(records: Records, facts: Facts, day: date, entered: frozenset[str]) -> Iterator[Record]:
    """
    Yield what mends, after a day, a price or a rent that a scenario rests on as it was known on that day.

    Args:
        records: What the scenario names.
        facts: Where to look.
        day: The day.
        entered: Names of the inputs that stand in for a record's number.
    """
    used: dict[str, None] = {}
    for periods, names in (
        (records.prompted, ("input_price", "output_price", "cached_price")),
        (records.small, ("small_input_price", "small_output_price")),
        (records.cheaper, ()),
        (records.dearer, ()),
    ):
        if periods and not (names and entered.issuperset(names)):
            used[periods[0].record.key] = None
    later: list[Record] = [record for key in used if key in facts.inference for record in facts.inference.history(key)]
    if records.gpu and "gpu_price" not in entered:
        later += facts.gpu_prices.history(records.gpu.key)
    return (record for record in later if record.mends and record.known_from > day)


class Wanted(NamedTuple):
    """What a scenario names: a day, a horizon, and a key of each kind of record."""

    day: date
    horizon_months: int
    prompted_model: str
    cheaper_model: str
    dearer_model: str
    tuned_model: str
    service: str
    gpu: str
    trainer: str
    rent: str
    own_model: ModelShape | None
    embedding: str
    reranker: str
    vector_database: str


def resolve(inputs: Inputs, facts: Facts) -> Records:
    """
    Look up every record that a scenario names.

    Args:
        inputs: The scenario.
        facts: Where to look.

    Raises:
        UnknownPriceError: If the prompted model has no price on the scenario's day: then there is nothing to compare.
    """
    return _looked_up(
        facts,
        Wanted(
            day=inputs.job.as_of,
            horizon_months=inputs.job.horizon_months,
            prompted_model=inputs.models.prompted_model,
            cheaper_model=inputs.models.cheaper_model,
            dearer_model=inputs.models.dearer_model,
            tuned_model=inputs.models.tuned_model,
            service=inputs.tuning.service,
            gpu=inputs.serving.gpu,
            trainer=inputs.own_training.trainer,
            rent=f"{inputs.serving.cloud}{_TERMS[inputs.serving.hardware]}",
            own_model=own_model(inputs.own_model, facts) if inputs.models.tuned_model == OWN_MODEL else None,
            embedding=inputs.retrieval.embedding,
            reranker=inputs.retrieval.reranker,
            vector_database=inputs.retrieval.vector_database,
        ),
    )


# Asked for the same scenario more than once: by the check of its inputs, by the answer, and at the next keystroke.
@lru_cache(maxsize=_REMEMBERED)
def _looked_up(facts: Facts, wanted: Wanted) -> Records:
    day = wanted.day
    base, shape = tuned(wanted.tuned_model, day, facts, wanted.own_model)
    sold = sellers(base, day, wanted.horizon_months, facts)
    service = next((each for each in sold if wanted.service in (each.key, AUTOMATIC)), None)
    missing: dict[str, str] = {}
    served = base.served_as or base.key
    prompted = _periods(wanted.prompted_model, day, facts)
    return Records(
        prompted=prompted,
        small=_known_periods(base, shape, day, facts, missing),
        cheaper=_neighbour(wanted.cheaper_model, prompted[0].record, wanted, facts, up=False),
        dearer=_neighbour(wanted.dearer_model, prompted[0].record, wanted, facts, up=True),
        base=base,
        service=service,
        life=shelf_life(service, base, day, facts) if service else None,
        gpu=_rent(wanted, facts, missing),
        fit=_fit(f"{served}-{wanted.gpu}", day, facts),
        hosted_fit=_fit(f"{served}-{HOSTED_ON}", day, facts),
        card=facts.gpus.known(wanted.gpu, day),
        trainer=facts.trainers.known(wanted.trainer, day),
        shape=shape,
        roofline=facts.rooflines.known("roofline", day),
        embedding=_on(facts.embeddings, wanted.embedding, day, "embedding", missing),
        reranker=(
            _on(facts.rerankers, wanted.reranker, day, "reranker", missing)
            if wanted.reranker in facts.rerankers
            else None
        ),
        database=_on(facts.vector_databases, wanted.vector_database, day, "vector_database", missing),
        assumed=_assumed(facts, day),
        missing=MappingProxyType(missing),
    )


@lru_cache(maxsize=_REMEMBERED)
def _assumed(facts: Facts, day: date) -> Mapping[str, float]:
    """The value of every assumption of the guide, as it stood on a day. Unit: as the assumption states."""
    return MappingProxyType({key: facts.assume(key, day) for key in facts.assumptions})


def sellers(base: BaseModel, day: date, horizon_months: int, facts: Facts) -> list[TuningService]:
    """
    Services whose price for tuning a model is known: first those that anyone can buy and whose models outlast the
    horizon, then those that bill per token, then by hosting.

    A service that entered these figures only later is not among them, so that an old link keeps its answer; unless
    the day lies before all figures.

    Args:
        base: The model that is tuned.
        day: The day that is asked from.
        horizon_months: How long the tuned model is wanted. [month]
        facts: Where to look.
    """
    end = month_after(day, horizon_months)
    priced = [
        service for key in facts.tuning if (service := _priced(key, day, facts)) and base.key in service.base_models
    ]
    found = [service for service in priced if service.checked <= day] or priced

    def place(service: TuningService) -> tuple[bool, bool, bool, bool, float, str]:
        life = shelf_life(service, base, day, facts)
        closed, dies = life.dead or not life.open_to(existing_customer=False), life.dies_before(end)
        hosting = service.hosting_per_hour or 0.0
        return closed, dies, service.preview, service.hosting_is_per_gpu, hosting, service.key

    return sorted(found, key=place)


def _priced(key: str, day: date, facts: Facts) -> TuningService | None:
    try:
        return facts.tuning.at(key, day)
    except UnknownPriceError:
        return None


def _on[R: Record](ledger: Ledger[R], key: str, day: date, name: str, missing: dict[str, str]) -> R:
    """Return a key's record on a day, or its first with a word in `missing`."""
    try:
        return ledger.at(key, day)
    except UnknownPriceError as unknown:
        missing[name] = _as_reason(unknown)
        return ledger.history(key)[0]


def _as_reason(unknown: UnknownPriceError) -> str:
    """What is not known, as it follows a colon."""
    words = str(unknown)
    return f"{words[0].lower()}{words[1:]}"


def _fit(key: str, day: date, facts: Facts) -> ServingFit | None:
    return facts.serving.known(key, day) if key in facts.serving else None


def _periods(model: str, day: date, facts: Facts) -> tuple[Period, ...]:
    months = facts.inference.over(model, day, LONGEST_HORIZON)
    return tuple(
        Period(month, record) for month, record in enumerate(months) if month == 0 or record is not months[month - 1]
    )


def _known_periods(
    base: BaseModel, shape: ModelShape | None, day: date, facts: Facts, missing: dict[str, str]
) -> tuple[Period, ...]:
    if not base.prompted_as and shape is not None:
        missing["tuned_model"] = (
            f"nobody’s price of {base.name} is on record: enter that of the untuned small model under “Prices”"
        )
        return (Period(0, _without_price(shape)),)
    try:
        return _periods(base.prompted_as, day, facts)
    except UnknownPriceError as unknown:
        missing["tuned_model"] = _as_reason(unknown)
        return (Period(0, facts.inference.history(base.prompted_as)[0]),)


def _without_price(shape: ModelShape) -> InferencePrice:
    """What stands in for the price of an open model where nobody's is on record: its name and its context."""
    return InferencePrice(
        key=shape.key,
        name=shape.name,
        provider="",
        tier=_FORMER,
        input=0,
        output=0,
        context_window=shape.context,
        sources=shape.sources,
        checked=shape.checked,
        valid_from=shape.valid_from,
    )


def own_model(own: OwnModel, facts: Facts) -> ModelShape:
    """
    What a model of the reader's own is made of.

    Args:
        own: What they say of it.
        facts: The figures beside which it stands.
    """
    parameters = own.own_parameters * PARAMETERS_PER_BILLION
    active = None if own.own_active is None else min(own.own_active * PARAMETERS_PER_BILLION, parameters)
    bits = float(2 * BITS_PER_BYTE)
    return ModelShape(
        key=OWN_MODEL,
        name="your model",
        parameters=parameters,
        active_parameters=active,
        layers=own.own_layers,
        full_attention_layers=own.own_layers,
        query_heads=own.own_heads,
        key_value_heads=own.own_heads,
        head_dimension=own.own_head_dimension,
        context=own.own_context,
        weight_bits=bits,
        cache_bytes_per_token=formulas.key_value_cache(
            layers=own.own_layers,
            key_value_heads=own.own_heads,
            head_size=own.own_head_dimension,
            tokens=1,
            sequences=1,
            bits_per_value=bits,
        ),
        sources=(),
        checked=facts.checked,
        valid_from=facts.checked,
    )


def tuned(key: str, day: date, facts: Facts, own: ModelShape | None = None) -> tuple[BaseModel, ModelShape | None]:
    """
    Return the model that is tuned, and what it is made of; nothing for weights that are not published.

    Args:
        key: Its name.
        day: The day that is asked from.
        facts: Where to look.
        own: The reader's own, for where that is named.
    """
    shape = facts.shapes.known(key, day) if key in facts.shapes else own if key == OWN_MODEL else None
    if shape is None or key in facts.base_models:
        return facts.base_models.known(key, day), shape
    base = BaseModel(
        key=key,
        name=shape.name,
        prompted_as="",
        parameters=shape.parameters,
        active_parameters=shape.active_parameters,
        sources=shape.sources,
        checked=shape.checked,
        valid_from=shape.valid_from,
    )
    return base, shape


def _neighbour(model: str, beside: InferencePrice, wanted: Wanted, facts: Facts, *, up: bool) -> tuple[Period, ...]:
    """
    Prices of a model beside the one that is prompted, or none where none is wanted, sold or known.

    Args:
        model: Its key, or what leaves the choice open.
        beside: The model that is prompted.
        wanted: What the scenario names.
        facts: Where to look.
        up: Whether a dearer model is looked for, and not a cheaper one.
    """
    if model == AUTOMATIC:
        found = _next_tier(beside, wanted, facts, up=up)
        model = found.key if found else NO_MODEL
    if model in (NO_MODEL, wanted.prompted_model):
        return ()
    try:
        return _periods(model, wanted.day, facts)
    except UnknownPriceError:
        return ()


def _next_tier(beside: InferencePrice, wanted: Wanted, facts: Facts, *, up: bool) -> InferencePrice | None:
    """
    The model of the next tier that the same seller has one of which anyone can buy and which lasts as long as it is
    wanted: of several the newest, of those the cheapest. Beside a model of former days, which stands in no tier, it is
    the next one that costs more, or less.
    """
    end = month_after(wanted.day, wanted.horizon_months)
    newest: dict[str, InferencePrice] = {}
    for price in sorted(_on_sale(wanted.day, facts), key=lambda each: (each.input, each.key)):
        if price.provider != beside.provider or price.tier not in _LADDER or (price.retires and price.retires < end):
            continue
        other = newest.get(price.tier)
        if other is None or _first_seen(price, facts) > _first_seen(other, facts):
            newest[price.tier] = price
    downwards = [newest[tier] for tier in _LADDER if tier in newest]
    onwards = downwards[::-1] if up else downwards
    if beside.tier in _LADDER:
        beyond = _LADDER[: _LADDER.index(beside.tier)] if up else _LADDER[_LADDER.index(beside.tier) + 1 :]
        return next((each for each in onwards if each.tier in beyond), None)
    if beside.tier != _FORMER:
        return None
    return next(
        (each for each in onwards if (_costs_less(beside, each) if up else _costs_less(each, beside))),
        None,
    )


def _costs_less(price: InferencePrice, other: InferencePrice) -> bool:
    """Whether a model costs less than another: no more for input or output, and less for one of them."""
    one, two = (price.input, price.output), (other.input, other.output)
    return one != two and all(less <= more for less, more in zip(one, two, strict=True))


def _first_seen(price: InferencePrice, facts: Facts) -> date:
    """The first day on which a model's price is known."""
    return facts.inference.history(price.key)[0].valid_from


_LADDER: Final = ("frontier", "mid", "small")
"""Tiers of a seller's own models, the dearest first."""

_FORMER: Final = "legacy"
"""What is sold still, and has been followed by others."""


@lru_cache(maxsize=_REMEMBERED)
def _on_sale(day: date, facts: Facts) -> tuple[InferencePrice, ...]:
    """
    Prices in force on a day. A model that entered these figures only later is not among them, so that an old link
    keeps its answer; unless the day lies before all figures.
    """
    sold = []
    for key in facts.inference:
        with suppress(UnknownPriceError):
            sold.append(facts.inference.at(key, day))
    return tuple([price for price in sold if facts.inference.history(price.key)[0].checked <= day] or sold)


_TERMS: Final = {RENT_TERMS[0]: "", OWNED: "", **{terms: f"-{terms}" for terms in RENT_TERMS[1:]}}
"""What a key of a rent ends with, by how the hardware is paid for: beside bought GPUs stands the rent on demand."""


def _rent(wanted: Wanted, facts: Facts, missing: dict[str, str]) -> GpuPrice | None:
    try:
        return facts.gpu_prices.at(f"{wanted.gpu}-{wanted.rent}", wanted.day)
    except UnknownPriceError:
        kind = next((f"{terms} " for terms in RENT_TERMS[1:] if wanted.rent.endswith(terms)), "")
        missing["gpu"] = (
            f"no {kind}rent is known for {wanted.gpu} there on {say_date(wanted.day)}: enter your price of an hour"
        )
        return None
