"""Facts: every figure that calculators use, and the register of their kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Self

from calculators.calendar import say_date
from calculators.facts.bills import Adapters, BatchRule, CachingTerms, ImageRule, Place, Reasoning, TextTokens
from calculators.facts.checks import check_ledger
from calculators.facts.decided import Assumption, Chance, Decided, Rule
from calculators.facts.gpus import Gpu, GpuPrice, Roofline, ServingFit, Trainer, TrainingMemory
from calculators.facts.inference import TIERS, InferencePrice
from calculators.facts.kinds import FactsError, Kind, kinds_of, ledgers_of
from calculators.facts.labour import Wage
from calculators.facts.ledger import Ledger, UnknownPriceError
from calculators.facts.record import Record, Source
from calculators.facts.retrieval import Embedding, Reranker, VectorDatabase
from calculators.facts.shapes import ModelShape
from calculators.facts.tuning import Availability, BaseModel, TuningService


# Told apart by which they are, not by what they hold: what was looked up in some is remembered for those.
@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """
    Every figure there is. Where one cannot be trusted beside the others, there are none.

    Attributes:
        checked: Day on which a figure was last compared with its sources.
        today: The only today there is: the day of the build, from which a fresh page answers.
        sources: Where figures were published, by id.
        packages: Versions of the data packages that prices were taken from, by their name.
    """

    checked: date
    today: date
    sources: Annotated[
        Mapping[str, Source], Kind(Source, ("sources.toml",), table="source", noun="source", called_by=("id",))
    ]
    packages: Mapping[str, str]
    inference: Annotated[
        Ledger[InferencePrice],
        Kind(InferencePrice, ("inference_prices.toml",), table="inference", noun="price", followed=True),
    ]
    tuning: Annotated[
        Ledger[TuningService],
        Kind(
            TuningService,
            ("tuning.toml", "foundry_tuning.toml"),
            table="tuning",
            noun="price",
            refers={"base_models": BaseModel, "offer": Availability},
        ),
    ]
    availability: Annotated[
        Ledger[Availability],
        Kind(Availability, ("availability.toml",), table="availability", noun="offer", followed=True),
    ]
    base_models: Annotated[
        Ledger[BaseModel],
        Kind(
            BaseModel,
            ("tuning.toml",),
            table="base_model",
            noun="model",
            timeless=True,
            refers={"prompted_as": InferencePrice},
        ),
    ]
    shapes: Annotated[
        Ledger[ModelShape], Kind(ModelShape, ("model_shapes.toml",), table="shape", noun="model", timeless=True)
    ]
    serving: Annotated[
        Ledger[ServingFit],
        Kind(
            ServingFit,
            ("serving.toml",),
            table="serving",
            noun="throughput",
            timeless=True,
            refers={"base_model": BaseModel, "gpu": Gpu},
        ),
    ]
    rooflines: Annotated[
        Ledger[Roofline],
        Kind(Roofline, ("serving.toml",), table="roofline", noun="estimate", timeless=True),
    ]
    gpus: Annotated[Ledger[Gpu], Kind(Gpu, ("gpus.toml",), table="gpu", noun="GPU", timeless=True)]
    gpu_prices: Annotated[
        Ledger[GpuPrice], Kind(GpuPrice, ("gpus.toml",), table="gpu_price", noun="price", refers={"gpu": Gpu})
    ]
    training_memory: Annotated[
        Ledger[TrainingMemory],
        Kind(TrainingMemory, ("training_memory.toml",), table="memory", noun="memory", timeless=True),
    ]
    trainers: Annotated[
        Ledger[Trainer], Kind(Trainer, ("trainers.toml",), table="trainer", noun="trainer", timeless=True)
    ]
    caching: Annotated[
        Ledger[CachingTerms],
        Kind(
            CachingTerms,
            ("caching.toml",),
            table="caching",
            noun="cache",
            followed=True,
            refers={"model": InferencePrice},
        ),
    ]
    batch_rules: Annotated[
        Ledger[BatchRule],
        Kind(
            BatchRule,
            ("caching.toml",),
            table="batch_rule",
            noun="rule",
            timeless=True,
            refers={"key": InferencePrice},
        ),
    ]
    places: Annotated[
        Ledger[Place],
        Kind(Place, ("places.toml",), table="place", noun="place", timeless=True, refers={"models": InferencePrice}),
    ]
    adapters: Annotated[
        Ledger[Adapters],
        Kind(Adapters, ("adapters.toml",), table="adapters", noun="word on adapters", timeless=True),
    ]
    text_tokens: Annotated[
        Ledger[TextTokens],
        Kind(
            TextTokens,
            ("tokens.toml",),
            table="text_tokens",
            noun="count",
            timeless=True,
            refers={"key": InferencePrice},
        ),
    ]
    reasoning: Annotated[
        Ledger[Reasoning],
        Kind(
            Reasoning,
            ("tokens.toml",),
            table="reasoning",
            noun="word on reasoning",
            timeless=True,
            refers={"key": InferencePrice},
        ),
    ]
    image_rules: Annotated[
        Ledger[ImageRule],
        Kind(
            ImageRule,
            ("tokens.toml",),
            table="image_rule",
            noun="rule",
            timeless=True,
            refers={"model": InferencePrice},
        ),
    ]
    embeddings: Annotated[
        Ledger[Embedding], Kind(Embedding, ("retrieval_prices.toml",), table="embedding", noun="price")
    ]
    rerankers: Annotated[Ledger[Reranker], Kind(Reranker, ("retrieval_prices.toml",), table="reranker", noun="price")]
    vector_databases: Annotated[
        Ledger[VectorDatabase], Kind(VectorDatabase, ("vector_databases.toml",), table="vector_database", noun="price")
    ]
    wages: Annotated[Ledger[Wage], Kind(Wage, ("labour.toml",), table="wage", noun="wage")]
    assumptions: Annotated[
        Ledger[Assumption], Kind(Assumption, ("assumptions.toml",), table="assumption", noun="assumption")
    ]
    rules: Annotated[Ledger[Rule], Kind(Rule, ("rules.toml",), table="rule", noun="rule")]
    chances: Annotated[
        Ledger[Chance],
        Kind(Chance, ("chances.toml",), table="chance", noun="chance", called_by=("need", "row")),
    ]

    def __post_init__(self) -> None:
        if self.today < self.checked:
            raise FactsError(
                f"day.toml: today: figures were checked on {say_date(self.checked)}: it must not lie before that"
            )
        held = {kind.record: getattr(self, name) for name, kind in ledgers_of(Facts).items()}
        for kind in ledgers_of(Facts).values():
            check_ledger(kind, held[kind.record], self.sources, held)
        self._check_defaults()

    def _check_defaults(self) -> None:
        """Refuse defaults that are missing, ambiguous, or about to change or to end."""
        kinds = kinds_of(Facts)
        for tier in TIERS:
            prices = [price for price in self.inference.values() if price.tier == tier and price.default_of_tier]
            if len(prices) != (tier != "legacy"):
                raise FactsError(f"inference_prices.toml: {tier}: {len(prices)} models are the default of this tier")
            for price in prices:
                if price.retires or price.valid_until or price is not self.inference.history(price.key)[-1]:
                    raise kinds["inference"].fault(
                        price, "a default must neither retire nor be about to change its price"
                    )
        services = [service for service in self.tuning.values() if service.default]
        if len(services) != 1:
            raise FactsError(f"tuning.toml: {len(services)} services are the default")
        [service] = services
        offers = self.availability.history(service.offer)
        if service.stops or any(offer.sold_to != "anyone" for offer in offers if offer.valid_from >= self.today):
            raise kinds["tuning"].fault(service, "a default must neither close nor stop")
        if self.availability.at(service.offer, self.today).sold_to != "anyone":
            raise kinds["tuning"].fault(service, "a default must be open to newcomers")

    @property
    def edited(self) -> date:
        """Day on which the records last changed: the version of them all."""
        held = (getattr(self, name) for name in ledgers_of(Facts))
        decided = (each.decided for ledger in held for each in ledger.records() if isinstance(each, Decided))
        return max(self.checked, *decided)

    def replacing(self, *records: Record | Decided) -> Self:
        """
        Return these figures with others: all records of a key make room for those given of it.

        What holds for figures that are read from files holds for these too.

        Args:
            records: The records, of any kinds; several of one key in order of time.

        Raises:
            KeyError: If no figures here are of the kind of one of them.
            UnknownPriceError: If no figure of its kind has its key.
            FactsError: If the figures cannot be trusted with them.
        """
        places = {kind.record: name for name, kind in ledgers_of(Facts).items()}
        given: dict[str, list[Any]] = {}
        for record in records:
            given.setdefault(places[type(record)], []).append(record)
        changed: dict[str, Any] = {name: getattr(self, name).replacing(others) for name, others in given.items()}
        checked = (record.checked for record in records if isinstance(record, Record))
        return replace(self, checked=max((self.checked, *checked)), **changed)

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

    def thinks(self, price: InferencePrice) -> bool | None:
        """Return whether a model thinks unless it is told not to, and bills that; `None` where nobody says."""
        said = self.reasoning.get(price.key)
        return said.thinks if said else price.reasons_by_default

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
