"""What the comparison asks: groups of inputs, each a fieldset of its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, ClassVar, Final

from calculators.calculator import SWITCH, Choice, Day, Group, Option
from calculators.calendar import month_after, say_date, say_month
from calculators.facts import FACTS, InferencePrice, TuningService
from calculators.quantity import Quantity, write_cents, write_count, write_money, write_number, write_share, write_words
from calculators.vocabulary import COUNT, HOURS, MONTHS, NUMBER, RATE, SHARE, TOKENS, USD, USD_PER_HOUR, USD_PER_MILLION

rule: Final = FACTS.rule
"""A number that the guide sets. Unit: as the rule states."""

LONGEST_HORIZON: Final = int(rule("longest_horizon"))
"""Longest horizon. [month]"""

GPUS: Final = tuple(dict.fromkeys(fit.gpu for fit in FACTS.serving.values()))
"""GPUs on which serving was measured."""

_REQUESTS: Final = Quantity(unit="requests", whole=True, maximum=rule("most_requests"))
_PART: Final = Quantity(unit="tokens", whole=True, maximum=rule("most_part_tokens"))
_HOURS: Final = HOURS.named("", maximum=rule("most_hours"))
_PRICE: Final = USD_PER_MILLION.named("", maximum=rule("most_price"))


@cache
def assumed_on(day: date) -> Mapping[str, float]:
    """The value of every assumption of the guide, as it stood on a day. Unit: as the assumption states."""
    return {key: FACTS.assume(key, day) for key in FACTS.assumptions}


assumed: Final = FACTS.assume
"""The value that an assumption of the guide has today: what a form starts from. Unit: as the assumption states."""


def assumed_count(key: str) -> int:
    """The same, for an assumption that is a whole number. Unit: as the assumption states."""
    return int(assumed(key))


def _prompted_options() -> tuple[Option, ...]:
    """Models that can be prompted under their sellers, each with its price and the month since which it holds."""
    return _gathered(
        (record.provider, key, f"{record.name}: {_in_and_out(record)}{_leaves(record.retires)}")
        for key, record in FACTS.inference.items()
    )


def _in_and_out(record: InferencePrice) -> str:
    return f"{write_money(record.input)} in, {write_money(record.output)} out, {say_month(record.valid_from)}"


def _leaves(retires: date | None) -> str:
    if retires is None:
        return ""
    return f", {'ended' if retires <= FACTS.today else 'ends'} {say_date(retires)}"


def _tuned_options() -> tuple[Option, ...]:
    """Models that can be tuned, those whose weights are open apart from those that only their maker serves."""
    return _gathered(
        (
            "Open weights" if base.parameters else FACTS.inference[base.prompted_as].provider,
            key,
            f"{base.name}: untuned {_in_and_out(FACTS.inference[base.prompted_as])}",
        )
        for key, base in FACTS.base_models.items()
    )


def _service_options() -> tuple[Option, ...]:
    """Services that tune, under their sellers, each with its price and what keeps people from buying it."""
    return _gathered(
        (
            service.provider,
            key,
            f"{service.name}: {_to_train(service)}, {say_month(service.valid_from)}{_shut(service)}",
        )
        for key, service in FACTS.tuning.items()
    )


def _to_train(service: TuningService) -> str:
    if service.training_price is None:
        return f"{write_money(service.training_price_per_hour or 0.0)} an hour of training"
    return f"{write_money(service.training_price)} a million training tokens"


def _shut(service: TuningService) -> str:
    offer = FACTS.availability[service.offer]
    notes = {"anyone": "", "existing customers": ", closed to newcomers", "nobody": ", closed"}
    return notes[offer.sold_to] + (", preview" if service.preview else "") + _leaves(service.stops)


def _embedding_options() -> tuple[Option, ...]:
    return _gathered(
        (
            record.provider,
            key,
            f"{record.name}: {write_money(record.price)} a million tokens, {say_month(record.valid_from)}",
        )
        for key, record in FACTS.embeddings.items()
    )


def _reranker_options() -> tuple[Option, ...]:
    return _gathered((record.provider, key, record.name) for key, record in FACTS.rerankers.items())


def _database_options() -> tuple[Option, ...]:
    return _gathered(
        (
            record.provider,
            key,
            f"{record.name}: from {write_money(record.monthly_minimum)} a month, {say_month(record.valid_from)}",
        )
        for key, record in FACTS.vector_databases.items()
    )


def _gpu_options() -> tuple[Option, ...]:
    """GPUs on which serving was measured, each with its rent at each kind of cloud."""
    found = []
    for gpu in GPUS:
        rents = [
            f"{write_money(rent.price)} at a {cloud}, {say_month(rent.valid_from)}"
            for cloud in ("specialist", "hyperscaler")
            if (rent := FACTS.gpu_prices.get(f"{gpu}-{cloud}"))
        ]
        found.append(Option(value=gpu, label=f"{gpu}: {'; '.join(rents) or 'no rent known'}"))
    return tuple(found)


def _gathered(options: Iterable[tuple[str, str, str]]) -> tuple[Option, ...]:
    """Options from sellers, keys and labels, gathered under their sellers in the order of the data."""
    listed = list(options)
    sellers = list(dict.fromkeys(seller for seller, _, _ in listed))
    return tuple(
        Option(value=key, label=label, group=seller)
        for seller, key, label in sorted(listed, key=lambda option: sellers.index(option[0]))
    )


MUST_CHANGE: Final = Choice(
    label="What must change?",
    options=(
        Option(value="documents", label="It must know our documents"),
        Option(value="format", label="The output needs a fixed format"),
        Option(value="tone", label="Tone or style, at scale"),
        Option(value="task", label="One narrow task, done well"),
        Option(value="nothing", label="Nothing: it is good enough, but too dear or too slow"),
        Option(value="private", label="Data must not leave our machines"),
    ),
    hint="This decides which approaches can do the job at all.",
)


@dataclass(frozen=True, slots=True)
class Job(Group):
    """What is wanted, for how long, at the prices of which day."""

    title: ClassVar[str] = "The job"
    folded: ClassVar[bool] = False

    must_change: Annotated[str, MUST_CHANGE] = "tone"
    horizon_months: Annotated[
        int, MONTHS.named("Horizon", minimum=1, maximum=LONGEST_HORIZON, hint="How long you will run it.")
    ] = assumed_count("horizon")
    as_of: Annotated[
        date,
        Day(
            label="Prices of",
            minimum=min(record.valid_from for key in FACTS.inference for record in FACTS.inference.history(key)),
            maximum=month_after(FACTS.today, int(rule("latest_day"))),
            hint="Year-month-day. A link keeps its day, so that its answer stays the same.",
        ),
    ] = FACTS.today

    def summary(self) -> str:
        """Say the job and the horizon."""
        return f"{MUST_CHANGE.label_of(self.must_change).lower()} · {write_count(self.horizon_months, 'month')}"


@dataclass(frozen=True, slots=True)
class Workload(Group):
    """What is asked of the model, each month and each request."""

    title: ClassVar[str] = "The workload"
    folded: ClassVar[bool] = False

    requests_per_month: Annotated[float, _REQUESTS.named("Requests", unit="a month")] = assumed("requests_per_month")
    fixed_tokens: Annotated[
        float, _PART.named("Fixed prompt", unit="tokens", hint="Instructions: the same in every request.")
    ] = assumed("fixed_tokens")
    varying_tokens: Annotated[
        float, _PART.named("Varying input", unit="tokens a request", hint="What the user or system adds each time.")
    ] = assumed("varying_tokens")
    output_tokens: Annotated[float, _PART.named("Output", unit="tokens a request")] = assumed("output_tokens")
    reasoning_tokens: Annotated[
        float,
        _PART.named(
            "Reasoning", unit="tokens a request", hint="Hidden output of a model that thinks first. Billed as output."
        ),
    ] = 0.0

    def summary(self) -> str:
        """Say volume and size of a request."""
        tokens = self.fixed_tokens + self.varying_tokens
        return f"{write_words(self.requests_per_month)} requests · {write_number(tokens)} in, {write_number(self.output_tokens)} out"


@dataclass(frozen=True, slots=True)
class Models(Group):
    """The model that is prompted, and the smaller one that is tuned."""

    title: ClassVar[str] = "The models"
    folded: ClassVar[bool] = False

    prompted_model: Annotated[str, Choice(label="Prompted model", options=_prompted_options())] = FACTS.default_model(
        "mid"
    )
    tuned_model: Annotated[
        str,
        Choice(
            label="Tuned model",
            options=_tuned_options(),
        ),
    ] = FACTS.tuning[FACTS.default_tuning()].base_models[0]

    def summary(self) -> str:
        """Say both models."""
        return f"{self.prompted_model} prompted · {self.tuned_model} tuned"


@dataclass(frozen=True, slots=True)
class Traffic(Group):
    """How the requests are spread over the months and the day."""

    title: ClassVar[str] = "Traffic"

    monthly_growth: Annotated[
        float,
        RATE.named(
            "Growth", unit="a month", minimum=rule("steepest_fall"), maximum=1, hint="Month 1 is the volume as entered."
        ),
    ] = 0.0
    peak_to_mean: Annotated[
        float,
        NUMBER.named(
            "Busiest hour",
            unit="times the mean",
            minimum=1,
            maximum=rule("most_peak"),
            hint="Sizes GPUs. Office hours: about 4.",
        ),
    ] = assumed("peak_to_mean")
    batch_share: Annotated[
        float,
        SHARE.named("Can wait a day", unit="share of requests", hint="Billed at the batch price where there is one."),
    ] = 0.0
    price_change: Annotated[
        float,
        RATE.named(
            "Token prices change",
            unit="a year",
            minimum=rule("steepest_price_fall"),
            maximum=1,
            hint="0% is the flat tail of the last two years.",
        ),
    ] = 0.0

    def summary(self) -> str:
        """Say growth, peak and what can wait."""
        growth = f"{write_share(self.monthly_growth)} growth a month" if self.monthly_growth else "steady"
        batch = f"{write_share(self.batch_share)} can wait" if self.batch_share else "nothing can wait"
        return f"{growth} · busiest hour {write_number(self.peak_to_mean)} × the mean · {batch}"


@dataclass(frozen=True, slots=True)
class Prices(Group):
    """Caching, retries, and prices of your own where you have them."""

    title: ClassVar[str] = "Prices and caching"

    caching: Annotated[bool, Choice(label="Prompt caching", options=SWITCH)] = True
    cache_hit_share: Annotated[
        float | None,
        SHARE.named("Read from cache", unit="share of fixed prompts", hint="Empty: derived from your traffic."),
    ] = None
    retried_share: Annotated[
        float,
        SHARE.named(
            "Calls that fail", maximum=rule("most_retried"), hint="Each is billed and tried again until one works."
        ),
    ] = 0.0
    input_price: Annotated[float | None, _PRICE.named("Input price", unit="per million tokens")] = None
    cached_price: Annotated[float | None, _PRICE.named("Cached input price", unit="per million tokens")] = None
    cache_write_price: Annotated[float | None, _PRICE.named("Cache write price", unit="per million tokens")] = None
    output_price: Annotated[float | None, _PRICE.named("Output price", unit="per million tokens")] = None
    batch_input_price: Annotated[float | None, _PRICE.named("Batch input price", unit="per million tokens")] = None
    batch_output_price: Annotated[float | None, _PRICE.named("Batch output price", unit="per million tokens")] = None
    small_input_price: Annotated[
        float | None, _PRICE.named("Untuned small model, input", unit="per million tokens")
    ] = None
    small_output_price: Annotated[
        float | None, _PRICE.named("Untuned small model, output", unit="per million tokens")
    ] = None
    tuned_input_price: Annotated[float | None, _PRICE.named("Tuned model, input", unit="per million tokens")] = None
    tuned_output_price: Annotated[float | None, _PRICE.named("Tuned model, output", unit="per million tokens")] = None
    training_price: Annotated[float | None, _PRICE.named("Training price", unit="per million tokens")] = None
    hosting_price: Annotated[
        float | None, USD_PER_HOUR.named("Hosting of the tuned model", unit="an hour", maximum=rule("most_usd"))
    ] = None
    storage_price: Annotated[
        float | None, USD.named("Storing the tuned model", unit="a month", maximum=rule("most_usd"))
    ] = None
    job_minimum: Annotated[float | None, USD.named("A training job, at least", maximum=rule("most_usd"))] = None

    OVERRIDES: ClassVar[tuple[str, ...]] = (
        "input_price",
        "cached_price",
        "cache_write_price",
        "output_price",
        "batch_input_price",
        "batch_output_price",
        "small_input_price",
        "small_output_price",
        "tuned_input_price",
        "tuned_output_price",
        "training_price",
        "hosting_price",
        "storage_price",
        "job_minimum",
    )

    def summary(self) -> str:
        """Say whether prompts are cached and whose prices hold."""
        caching = "caching off" if not self.caching else "caching on"
        if self.caching and self.cache_hit_share is not None:
            caching = f"{write_share(self.cache_hit_share)} read from cache"
        yours = sum(getattr(self, name) is not None for name in self.OVERRIDES)
        prices = "list prices" if not yours else "1 price of yours" if yours == 1 else f"{yours} prices of yours"
        failed = f" · {write_share(self.retried_share)} retried" if self.retried_share else ""
        return f"{caching} · {prices}{failed}"


@dataclass(frozen=True, slots=True)
class FewShot(Group):
    """Examples shown in every prompt."""

    title: ClassVar[str] = "Few-shot"

    shots: Annotated[int, COUNT.named("Shots", unit="examples in the prompt", maximum=rule("most_in_a_prompt"))] = (
        assumed_count("shots")
    )
    tokens_per_shot: Annotated[float, _PART.named("One shot", unit="tokens", hint="Question and answer together.")] = (
        assumed("tokens_per_shot")
    )

    def summary(self) -> str:
        """Say how much the examples add."""
        return f"{write_count(self.shots, 'shot')} × {write_number(self.tokens_per_shot)} tokens"


_NONE: Final = Option(value="none", label="None")


@dataclass(frozen=True, slots=True)
class Retrieval(Group):
    """Documents that are looked up, and what finding them costs."""

    title: ClassVar[str] = "Retrieval"

    corpus_tokens: Annotated[
        float,
        TOKENS.named("Corpus", unit="tokens", maximum=rule("most_corpus_tokens"), hint="A page of text is about 500."),
    ] = assumed("corpus_tokens")
    changed_share: Annotated[
        float, SHARE.named("Changes", unit="a month", hint="Share of the corpus indexed again.")
    ] = assumed("changed_share")
    chunk_tokens: Annotated[float, _PART.named("Chunk", unit="tokens", minimum=1)] = assumed("chunk_tokens")
    overlap_tokens: Annotated[float, _PART.named("Overlap", unit="tokens", hint="Less than a chunk.")] = assumed(
        "chunk_overlap"
    )
    retrieved_chunks: Annotated[int, COUNT.named("Chunks", unit="a request", maximum=rule("most_in_a_prompt"))] = (
        assumed_count("chunks_per_request")
    )
    embedding: Annotated[
        str,
        Choice(
            label="Embedding model",
            options=_embedding_options(),
        ),
    ] = next(iter(FACTS.embeddings))
    indexing_pass: Annotated[
        bool,
        Choice(
            label="A model reads each chunk",
            options=SWITCH,
            hint="Adds a line of context to a chunk before it is indexed.",
        ),
    ] = False
    rewriting: Annotated[
        bool, Choice(label="Query rewriting", options=SWITCH, hint="One more call before each search.")
    ] = False
    reranker: Annotated[
        str,
        Choice(
            label="Reranker",
            options=(
                _NONE,
                *_reranker_options(),
            ),
        ),
    ] = "none"
    vector_database: Annotated[
        str,
        Choice(
            label="Vector database",
            options=_database_options(),
        ),
    ] = "pinecone-standard"
    embedding_price: Annotated[float | None, _PRICE.named("Embedding price", unit="per million tokens")] = None
    rerank_price: Annotated[
        float | None, USD.named("Reranking price", unit="as its seller bills", maximum=rule("most_price"))
    ] = None
    database_minimum: Annotated[
        float | None, USD.named("Vector database, at least", unit="a month", maximum=rule("most_usd"))
    ] = None
    storage_gb_price: Annotated[
        float | None, USD.named("Vector storage", unit="per GB and month", maximum=rule("most_usd"))
    ] = None
    reads_price: Annotated[
        float | None, USD.named("Vector reads", unit="per million units", maximum=rule("most_usd"))
    ] = None
    writes_price: Annotated[
        float | None, USD.named("Vector writes", unit="per million units", maximum=rule("most_usd"))
    ] = None
    other_units: Annotated[
        float,
        NUMBER.named(
            "Any other meter",
            unit="units a month",
            maximum=rule("most_other_units"),
            hint="Pages parsed, seats, gigabytes.",
        ),
    ] = 0.0
    other_price: Annotated[float, USD.named("Its price", unit="a unit", maximum=rule("most_usd"))] = 0.0

    def summary(self) -> str:
        """Say what is looked up, in what."""
        return f"{write_count(self.retrieved_chunks, 'chunk')} × {write_number(self.chunk_tokens)} tokens of {write_words(self.corpus_tokens)}"


AUTOMATIC: Final = "auto"
"""A choice that is left to the calculator, which says what it chose."""


@dataclass(frozen=True, slots=True)
class Tuning(Group):
    """Training data, training runs, and who sells them."""

    title: ClassVar[str] = "Tuning"

    service: Annotated[
        str,
        Choice(
            label="Tuning service",
            options=(
                Option(value=AUTOMATIC, label="Whoever sells it cheapest to host"),
                *_service_options(),
            ),
        ),
    ] = AUTOMATIC
    existing_customer: Annotated[
        bool,
        Choice(
            label="Existing customer of the service",
            options=SWITCH,
            hint="Some services sell tuning only to those who tuned there before.",
        ),
    ] = False
    examples: Annotated[
        int, COUNT.named("Examples", maximum=rule("most_examples"), hint="Checked by somebody you trust.")
    ] = assumed_count("examples")
    example_price: Annotated[
        float, USD.named("One example", unit="to write and check", maximum=rule("most_example_price"))
    ] = assumed("example_price")
    labellers: Annotated[float, NUMBER.named("People per example", maximum=rule("most_labellers"))] = assumed(
        "labellers"
    )
    automatic_share: Annotated[float, SHARE.named("Labelled automatically", unit="share of examples")] = 0.0
    tokens_per_example: Annotated[float, _PART.named("One example", unit="tokens")] = assumed("tokens_per_example")
    epochs: Annotated[int, COUNT.named("Epochs", minimum=1, maximum=rule("most_rounds"))] = assumed_count("epochs")
    runs: Annotated[
        int,
        COUNT.named(
            "Runs", unit="until one is kept", minimum=1, maximum=rule("most_rounds"), hint="Failed ones are billed too."
        ),
    ] = assumed_count("runs")
    validation_tokens: Annotated[
        float,
        TOKENS.named(
            "Validation",
            unit="tokens a run",
            maximum=rule("most_corpus_tokens"),
            hint="Billed only where the service bills it.",
        ),
    ] = 0.0
    tuned_prompt: Annotated[
        float, _PART.named("Fixed prompt after tuning", unit="tokens", hint="What instructions are left.")
    ] = assumed("tuned_prompt")
    refresh_share: Annotated[
        float,
        SHARE.named(
            "Data made anew", unit="at each model change", hint="Share of the examples written or checked again."
        ),
    ] = assumed("refresh_share")

    def summary(self) -> str:
        """Say data and runs."""
        return f"{write_number(self.examples)} examples at {write_money(self.example_price)} · {write_count(self.runs, 'run')} × {write_count(self.epochs, 'epoch')}"

    def idle(self) -> frozenset[str]:
        """That the reader is nobody’s customer yet says nothing."""
        return frozenset() if self.existing_customer else frozenset({"existing_customer"})


_CLOUDS: Final = {
    "specialist": "a specialist cloud",
    "hyperscaler": "a hyperscaler",
    "2023": "a specialist cloud at 2023 prices",
}


@dataclass(frozen=True, slots=True)
class Serving(Group):
    """Your own GPUs, rented or bought."""

    title: ClassVar[str] = "Self-hosting"

    gpu: Annotated[str, Choice(label="GPU", options=_gpu_options())] = GPUS[0]
    cloud: Annotated[
        str,
        Choice(
            label="Rented from",
            options=(
                Option(value="specialist", label="A specialist cloud"),
                Option(value="hyperscaler", label="A hyperscaler"),
                Option(value="2023", label="A specialist cloud, at 2023 prices"),
            ),
        ),
    ] = "specialist"
    gpu_price: Annotated[float | None, USD_PER_HOUR.named("GPU price", unit="an hour", maximum=rule("most_usd"))] = None
    gpus_per_replica: Annotated[
        int | None,
        COUNT.named(
            "GPUs per replica", minimum=1, maximum=rule("most_gpus_per_replica"), hint="To hold one copy of the model."
        ),
    ] = None
    replicas: Annotated[
        int,
        COUNT.named(
            "Replicas", unit="at least", minimum=1, maximum=rule("most_replicas"), hint="One is not production."
        ),
    ] = assumed_count("replicas")
    usable_share: Annotated[
        float,
        SHARE.named(
            "Usable capacity",
            unit="of the measured maximum",
            minimum=rule("least_usable"),
            hint="What latency leaves of an offline record.",
        ),
    ] = assumed("usable_share")
    hours_per_month: Annotated[
        float, HOURS.named("Hours a month", unit="", minimum=1, maximum=rule("longest_month"))
    ] = assumed("hours_per_month")
    owned: Annotated[
        bool,
        Choice(label="Hardware", options=(Option(value="no", label="Rented"), Option(value="yes", label="Bought"))),
    ] = False
    gpu_bought: Annotated[
        float, USD.named("One GPU, bought", unit="with its share of the server", maximum=rule("most_usd"))
    ] = assumed("gpu_bought")
    hardware_life: Annotated[
        int, MONTHS.named("Life of the hardware", unit="months", minimum=1, maximum=rule("longest_hardware_life"))
    ] = assumed_count("hardware_life")
    overhead_share: Annotated[
        float | None,
        RATE.named(
            "Overhead",
            unit="on GPU cost",
            minimum=0,
            maximum=rule("most_overhead"),
            hint="Rented: network, storage. Bought: power, space, repairs.",
        ),
    ] = None
    training_gpus: Annotated[
        int | None,
        COUNT.named(
            "Training GPUs", minimum=1, maximum=rule("most_training_gpus"), hint="Empty: as many as its memory needs."
        ),
    ] = None

    def summary(self) -> str:
        """Say how many GPUs of which kind at least."""
        source = "bought" if self.owned else f"rented from {_CLOUDS[self.cloud]}"
        return f"{self.gpu}, {source} · at least {write_count(self.replicas, 'replica')} · {write_share(self.usable_share)} usable"

    def idle(self) -> frozenset[str]:
        """What bought hardware costs plays no part while it is rented."""
        return frozenset() if self.owned else frozenset({"gpu_bought", "hardware_life"})


@dataclass(frozen=True, slots=True)
class People(Group):
    """Your team's time. No figure here but the rate has a source: they are assumptions, yours to change."""

    title: ClassVar[str] = "People"

    hourly_rate: Annotated[float, USD_PER_HOUR.named("One hour", unit="all in", maximum=rule("most_hour_price"))] = (
        FACTS.wages["software-developer"].hourly
    )
    eval_hours: Annotated[float, _HOURS.named("Eval set", unit="hours, in every row")] = assumed("eval_hours")
    setup_prompt: Annotated[float, _HOURS.named("Prompting", unit="hours to set up")] = assumed("setup_prompt")
    setup_few_shot: Annotated[float, _HOURS.named("Few-shot", unit="hours to set up")] = assumed("setup_few_shot")
    setup_rag: Annotated[float, _HOURS.named("RAG", unit="hours to set up")] = assumed("setup_rag")
    setup_api: Annotated[float, _HOURS.named("Tuning, API", unit="hours to set up")] = assumed("setup_api")
    setup_own: Annotated[float, _HOURS.named("Tuning, self-hosted", unit="hours to set up")] = assumed("setup_own")
    setup_open: Annotated[float, _HOURS.named("Hosting alone", unit="hours to set up")] = assumed("setup_open")
    monthly_prompt: Annotated[float, _HOURS.named("Prompting", unit="hours a month")] = assumed("monthly_prompt")
    monthly_few_shot: Annotated[float, _HOURS.named("Few-shot", unit="hours a month")] = assumed("monthly_few_shot")
    monthly_rag: Annotated[float, _HOURS.named("RAG", unit="hours a month")] = assumed("monthly_rag")
    monthly_api: Annotated[float, _HOURS.named("Tuning, API", unit="hours a month")] = assumed("monthly_api")
    monthly_own: Annotated[float, _HOURS.named("Self-hosting", unit="hours a month")] = assumed("monthly_own")
    change_prompt: Annotated[float, _HOURS.named("Prompting", unit="hours a model change")] = assumed("change_prompt")
    change_few_shot: Annotated[float, _HOURS.named("Few-shot", unit="hours a model change")] = assumed(
        "change_few_shot"
    )
    change_rag: Annotated[float, _HOURS.named("RAG", unit="hours a model change")] = assumed("change_rag")
    change_api: Annotated[float, _HOURS.named("Tuning, API", unit="hours a model change")] = assumed("change_api")
    change_own: Annotated[float, _HOURS.named("Self-hosting", unit="hours a model change")] = assumed("change_own")

    def summary(self) -> str:
        """Say the rate and the span of hours."""
        setup = (
            self.setup_prompt,
            self.setup_few_shot,
            self.setup_rag,
            self.setup_api,
            self.setup_own,
        )
        return f"{write_cents(self.hourly_rate)} an hour · {write_number(min(setup))} to {write_number(max(setup))} hours to set up"


@dataclass(frozen=True, slots=True)
class ModelLife(Group):
    """How soon a better base model comes, and what waiting and money cost."""

    title: ClassVar[str] = "Model life and money"

    model_life: Annotated[
        int,
        MONTHS.named(
            "A base model lasts",
            unit="months",
            minimum=1,
            maximum=rule("longest_model_life"),
            hint="Until a better one or a shutdown forces a change.",
        ),
    ] = assumed_count("model_life")
    delay_cost: Annotated[
        float,
        USD.named(
            "A month of waiting costs",
            maximum=rule("most_delay_cost"),
            hint="If given, the wait is also paid at the prompted model's cost.",
        ),
    ] = 0.0
    discount_rate: Annotated[
        float, SHARE.named("Discount rate", unit="a year", hint="Above 0%, net present values stand under the table.")
    ] = 0.0

    def summary(self) -> str:
        """Say the life of a base model."""
        discount = f" · discounted at {write_share(self.discount_rate)} a year" if self.discount_rate else ""
        return f"a better base model every {write_count(self.model_life, 'month')}{discount}"


_STANDING: Final = (
    Option(value="table", label="As the evidence has it"),
    Option(value="can", label="Can do it, in our judgement"),
    Option(value="cannot", label="Cannot, in our judgement"),
)
_PASSES: Final = (
    Option(value="untested", label="Not tested"),
    Option(value="yes", label="Passes our eval"),
    Option(value="no", label="Fails our eval"),
)


def _standing(label: str) -> Choice:
    return Choice(label=label, unit="can it do the job?", options=_STANDING)


def _passes(label: str) -> Choice:
    return Choice(label=label, unit="your eval", options=_PASSES)


@dataclass(frozen=True, slots=True)
class Judgement(Group):
    """What you know better: whether an approach can do the job, and whether it passes your own bar."""

    title: ClassVar[str] = "Your eval and judgement"

    prompt_can: Annotated[str, _standing("Prompting")] = "table"
    few_shot_can: Annotated[str, _standing("Few-shot")] = "table"
    rag_can: Annotated[str, _standing("RAG")] = "table"
    api_can: Annotated[str, _standing("Tuning, API")] = "table"
    own_can: Annotated[str, _standing("Tuning, self-hosted")] = "table"
    open_can: Annotated[str, _standing("Open model, prompted")] = "table"
    prompt_passes: Annotated[str, _passes("Prompting")] = "untested"
    few_shot_passes: Annotated[str, _passes("Few-shot")] = "untested"
    rag_passes: Annotated[str, _passes("RAG")] = "untested"
    api_passes: Annotated[str, _passes("Tuning, API")] = "untested"
    own_passes: Annotated[str, _passes("Tuning, self-hosted")] = "untested"
    open_passes: Annotated[str, _passes("Open model, prompted")] = "untested"

    def summary(self) -> str:
        """Say how much has been judged and tested."""
        names = type(self).__dataclass_fields__
        judged = sum(getattr(self, name) != "table" for name in names if name.endswith("_can"))
        tested = sum(getattr(self, name) != "untested" for name in names if name.endswith("_passes"))
        if not judged and not tested:
            return "nothing tested yet"
        return f"{tested} tested · {judged} judged by you"

    def is_on(self) -> bool:
        """Whether anything differs from the neutral answers."""
        return self != Judgement()

    def idle(self) -> frozenset[str]:
        """Neutral answers say nothing."""
        names = type(self).__dataclass_fields__
        return frozenset(name for name in names if getattr(self, name) in ("table", "untested"))


_SUCCESS: Final = SHARE.named("")


@dataclass(frozen=True, slots=True)
class Quality(Group):
    """What right and wrong answers are worth. Optional: with nothing entered nothing is assumed."""

    title: ClassVar[str] = "Quality"

    prompt_success: Annotated[float | None, _SUCCESS.named("Prompting", unit="answers right")] = None
    few_shot_success: Annotated[float | None, _SUCCESS.named("Few-shot", unit="answers right")] = None
    rag_success: Annotated[float | None, _SUCCESS.named("RAG", unit="answers right")] = None
    api_success: Annotated[float | None, _SUCCESS.named("Tuning, API", unit="answers right")] = None
    own_success: Annotated[float | None, _SUCCESS.named("Tuning, self-hosted", unit="answers right")] = None
    wrong_cost: Annotated[float, USD.named("A wrong answer costs", maximum=rule("most_usd"))] = 0.0
    right_value: Annotated[float, USD.named("A right answer is worth", maximum=rule("most_usd"))] = 0.0
    failures: Annotated[
        str,
        Choice(
            label="Wrong answers are",
            options=(Option(value="shipped", label="Shipped"), Option(value="retried", label="Caught and tried again")),
        ),
    ] = "shipped"

    def summary(self) -> str:
        """Say whether rates are given."""
        rates = self.rates()
        return f"{write_count(len(rates), 'success rate')} given" if rates else "not given, so nothing is assumed"

    def rates(self) -> dict[str, float]:
        """The success rates that are given, by approach."""
        named = {
            "prompt": self.prompt_success,
            "few_shot": self.few_shot_success,
            "rag": self.rag_success,
            "api": self.api_success,
            "own": self.own_success,
        }
        return {key: rate for key, rate in named.items() if rate is not None}

    def is_on(self) -> bool:
        """Whether any rate is given."""
        return bool(self.rates())
