"""The job, the workload, the models and the traffic: what stands open at the top of the form."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from calculators.calculator import Choice, Day, Group, Option, Several
from calculators.calendar import month_after
from calculators.catalog.cost_comparison.groups.bounds import (
    AUTOMATIC,
    LONGEST_HORIZON,
    PART,
    REQUESTS,
    assumed,
    assumed_count,
    rule,
)
from calculators.catalog.cost_comparison.groups.options import neighbour_options, prompted_options, tuned_options
from calculators.facts import FACTS
from calculators.formulas.units import PARAMETERS_PER_BILLION
from calculators.quantity import write_count, write_number, write_share, write_words
from calculators.vocabulary import COUNT, MONTHS, NUMBER, RATE, SECONDS, SHARE

MUST_CHANGE: Final = Several(
    label="What must change?",
    options=(
        Option(value="documents", label="It must know our documents"),
        Option(value="format", label="The output needs a fixed format"),
        Option(value="tone", label="Tone or style, at scale"),
        Option(value="task", label="One narrow task, done well"),
        Option(value="nothing", label="Nothing: it is good enough, but too dear or too slow"),
    ),
    alone=frozenset({"nothing"}),
    hint="All that apply. This decides which approaches can do the job at all, and how likely each is to pass.",
)
DATA_PLACE: Final = Choice(
    label="Where may the data go?",
    options=(
        Option(value="anywhere", label="Anywhere: any seller’s API"),
        Option(value="region", label="To a region or a cloud of ours"),
        Option(value="own", label="Nowhere: our own machines, rented or bought"),
    ),
)
NARROW_TASK: Final = Choice(
    label="The narrow task is",
    options=(
        Option(value="other", label="Extraction, rewriting or anything else"),
        Option(value="classification", label="Classification: sorting into classes"),
    ),
    hint="Where the task is to sort, a small classifier of your own is worth a try.",
)
TODAY: Final = Choice(
    label="What runs today?",
    options=(
        Option(value="nothing", label="Nothing yet"),
        Option(value="prompt", label="A prompt"),
        Option(value="few_shot", label="A prompt with examples"),
        Option(value="rag", label="RAG"),
        Option(value="api", label="A model tuned through an API"),
        Option(value="own", label="A model tuned and run on our own GPUs"),
    ),
    hint="Where nothing must change, a prompt is taken to run unless you say otherwise.",
)


# Functions of texts, not properties of the group: a search for tips moves groups that are none.


def needs(must_change: str) -> tuple[str, ...]:
    """What must change, need by need; empty where nothing must, or nothing is named."""
    return tuple(need for need in must_change.split(",") if need and need not in MUST_CHANGE.alone)


def nothing_changes(must_change: str) -> bool:
    """Whether what runs today is good enough."""
    return must_change in MUST_CHANGE.alone


def sorting(must_change: str, narrow_task: str) -> bool:
    """Whether the job is to sort into classes: a narrow task, or what runs today and must not change."""
    return narrow_task == "classification" and ("task" in needs(must_change) or nothing_changes(must_change))


def stays(data_place: str) -> bool:
    """Whether data must stay on machines of the reader's own."""
    return data_place == "own"


@dataclass(frozen=True, slots=True)
class Job(Group):
    """What is wanted, for how long, at the prices of which day."""

    title: ClassVar[str] = "The job"
    folded: ClassVar[bool] = False

    must_change: Annotated[str, MUST_CHANGE] = "tone"
    narrow_task: Annotated[str, NARROW_TASK] = "other"
    data_place: Annotated[str, DATA_PLACE] = "anywhere"
    today: Annotated[str, TODAY] = "nothing"
    horizon_months: Annotated[
        int, MONTHS.named("Horizon", minimum=1, maximum=LONGEST_HORIZON, hint="How long you will run it.")
    ] = assumed_count("horizon")
    as_of: Annotated[
        date,
        Day(
            label="Prices of",
            minimum=min(record.valid_from for key in FACTS.inference for record in FACTS.inference.history(key)),
            maximum=month_after(FACTS.today, int(rule("latest_day"))),
            hint="A link keeps its day, so that its answer stays the same.",
        ),
    ] = FACTS.today

    def summary(self) -> str:
        """Say the job and the horizon."""
        return f"{self.wanted} · {write_count(self.horizon_months, 'month')}"

    @property
    def wanted(self) -> str:
        """What must change, in words."""
        keys = [key for key in self.must_change.split(",") if key]
        labels = [MUST_CHANGE.label_of(key) for key in keys] or ["Nothing named"]
        if stays(self.data_place):
            labels.append("Data must not leave our machines")
        return "; ".join([labels[0], *(f"{label[0].lower()}{label[1:]}" for label in labels[1:])])


@dataclass(frozen=True, slots=True)
class Workload(Group):
    """What is asked of the model, each month and each request."""

    title: ClassVar[str] = "The workload"
    folded: ClassVar[bool] = False
    pasted: ClassVar[bool] = True

    requests_per_month: Annotated[float, REQUESTS.named("Requests", unit="a month")] = assumed("requests_per_month")
    fixed_tokens: Annotated[
        float, PART.named("Fixed prompt", unit="tokens", hint="Instructions: the same every time.")
    ] = assumed("fixed_tokens")
    varying_tokens: Annotated[
        float, PART.named("Varying input", unit="tokens a request", hint="What the user or system adds each time.")
    ] = assumed("varying_tokens")
    output_tokens: Annotated[float, PART.named("Output", unit="tokens a request")] = assumed("output_tokens")
    reasoning_tokens: Annotated[
        float,
        PART.named(
            "Reasoning", unit="tokens a request", hint="Hidden output of a model that thinks first. Billed as output."
        ),
    ] = 0.0

    def summary(self) -> str:
        """Say volume and size of a request."""
        tokens = self.fixed_tokens + self.varying_tokens
        requests = write_words(self.requests_per_month)
        return f"{requests} requests · {write_number(tokens)} in, {write_number(self.output_tokens)} out"


@dataclass(frozen=True, slots=True)
class Calls(Group):
    """Tasks of several calls: an agent at work, or a conversation."""

    title: ClassVar[str] = "Several calls a task"

    calls_per_task: Annotated[
        int,
        COUNT.named(
            "Calls",
            unit="a task",
            minimum=1,
            maximum=rule("most_calls"),
            hint="Steps of an agent, or turns of a conversation. “Requests” then counts tasks.",
        ),
    ] = assumed_count("calls_per_task")
    added_tokens: Annotated[
        float,
        PART.named(
            "Added by each call",
            unit="tokens",
            hint="Answers, results and questions that every later call sends again. Output is what each call writes.",
        ),
    ] = 0.0

    @property
    def asked(self) -> str:
        """What a request is called: a task where it takes several calls."""
        return "request" if self.calls_per_task == 1 else "task"

    def summary(self) -> str:
        """Say how many calls, and what each adds."""
        if self.calls_per_task == 1:
            return "1 call a task"
        added = write_number(self.added_tokens)
        return f"{write_count(self.calls_per_task, 'call')} a task · {added} tokens added by each"


COUNTED_BY: Final = Choice(
    label="Tokens of text",
    options=(
        Option(value="same", label="As you entered them, with every model"),
        Option(value="prompted", label="As the prompted model counts them"),
        Option(value="gpt", label="As GPT-4o to GPT-5 count them"),
    ),
    hint="The same text is more tokens with some models: each row then has its own count.",
)
DETAIL: Final = Choice(
    label="Detail",
    options=(
        Option(value=AUTOMATIC, label="What the model takes by default"),
        Option(value="low", label="Low"),
        Option(value="medium", label="Medium"),
        Option(value="high", label="High"),
    ),
    hint="Where a model has no such detail, its default counts.",
)
_REASONING: Final = PART.named("", unit="tokens a request", hint="Empty: as many as under “The workload”.")
_MOST_TIMES: Final = rule("most_text_multiple")
# As far below one as above it: a text in no tokens would be free.
_TIMES: Final = NUMBER.named(
    "", unit="times your tokens", minimum=1 / _MOST_TIMES, maximum=_MOST_TIMES, hint="Empty: on record."
)
_PIXELS: Final = COUNT.named("", unit="pixels", minimum=1, maximum=rule("most_pixels"))


@dataclass(frozen=True, slots=True)
class Counts(Group):
    """How many tokens each model thinks in, and counts in the same text."""

    title: ClassVar[str] = "Tokens of each model"

    counted_by: Annotated[str, COUNTED_BY] = "prompted"
    cheaper_reasoning: Annotated[float | None, _REASONING.named("Reasoning of the cheaper model")] = None
    dearer_reasoning: Annotated[float | None, _REASONING.named("Reasoning of the dearer model")] = None
    small_reasoning: Annotated[float | None, _REASONING.named("Reasoning of the model to tune")] = None
    cheaper_multiple: Annotated[float | None, _TIMES.named("Text with the cheaper model")] = None
    dearer_multiple: Annotated[float | None, _TIMES.named("Text with the dearer model")] = None
    small_multiple: Annotated[float | None, _TIMES.named("Text with the model to tune")] = None

    OWN: ClassVar[tuple[str, ...]] = (
        *("cheaper_reasoning", "dearer_reasoning", "small_reasoning"),
        *("cheaper_multiple", "dearer_multiple", "small_multiple"),
    )

    def summary(self) -> str:
        """Say whose count it is, and how many numbers are the reader's."""
        label = COUNTED_BY.label_of(self.counted_by)
        yours = sum(getattr(self, name) is not None for name in self.OWN)
        return f"{label[0].lower()}{label[1:]}{f' · {yours} of yours' if yours else ''}"


@dataclass(frozen=True, slots=True)
class Images(Group):
    """Images that each request sends."""

    title: ClassVar[str] = "Images"

    images_per_request: Annotated[int, COUNT.named("Images", unit="a request", maximum=rule("most_in_a_prompt"))] = 0
    image_width: Annotated[int, _PIXELS.named("Width")] = assumed_count("image_side")
    image_height: Annotated[int, _PIXELS.named("Height")] = assumed_count("image_side")
    image_detail: Annotated[str, DETAIL] = AUTOMATIC
    image_tokens: Annotated[
        float | None, PART.named("Your own count", unit="tokens an image", hint="Empty: by each model’s rule.")
    ] = None

    def summary(self) -> str:
        """Say how many images, and of what size."""
        if not self.images_per_request:
            return "none"
        size = f"{write_number(self.image_width)} × {write_number(self.image_height)} pixels"
        return f"{write_count(self.images_per_request, 'image')} · {size}"


@dataclass(frozen=True, slots=True)
class Models(Group):
    """The model that is prompted, and the smaller one that is tuned."""

    title: ClassVar[str] = "The models"
    folded: ClassVar[bool] = False

    prompted_model: Annotated[str, Choice(label="Prompted model", options=prompted_options())] = FACTS.default_model(
        "mid"
    )
    tuned_model: Annotated[
        str,
        Choice(
            label="Tuned model",
            options=tuned_options(),
        ),
    ] = FACTS.tuning[FACTS.default_tuning()].base_models[0]

    cheaper_model: Annotated[
        str, Choice(label="A cheaper model", options=neighbour_options("down"), hint="Worth a test on the same eval.")
    ] = AUTOMATIC
    dearer_model: Annotated[
        str, Choice(label="A dearer model", options=neighbour_options("up"), hint="For when this one fails.")
    ] = AUTOMATIC

    def summary(self) -> str:
        """Say both models."""
        return f"{self.prompted_model} prompted · {self.tuned_model} tuned"


_SIZE: Final = NUMBER.named("", unit="billion", minimum=rule("least_parameters"), maximum=rule("most_parameters"))
_PARTS: Final = COUNT.named("", minimum=1, maximum=rule("most_parts"))
_LIKE: Final = FACTS.shapes["llama-3.1-8b"]
"""The model whose shape a form starts from for one that is on no list."""


@dataclass(frozen=True, slots=True)
class OwnModel(Group):
    """A tuned model that is on no list, asked only where that is chosen: its card says all of it."""

    title: ClassVar[str] = "Your own model"

    own_parameters: Annotated[float, _SIZE.named("Parameters")] = round(_LIKE.parameters / PARAMETERS_PER_BILLION)
    own_active: Annotated[
        float | None,
        _SIZE.named("Active parameters", hint="Of a mixture of experts: those that take part in a token. Empty: all."),
    ] = None
    own_layers: Annotated[int, _PARTS.named("Layers")] = _LIKE.layers
    own_heads: Annotated[int, _PARTS.named("Key-value heads")] = _LIKE.key_value_heads
    own_head_dimension: Annotated[int, _PARTS.named("Head dimension")] = _LIKE.head_dimension
    own_context: Annotated[int, PART.named("Context", unit="tokens", minimum=1)] = _LIKE.context

    def summary(self) -> str:
        """Say its size, and what is remembered of a token."""
        size = f"{write_number(self.own_parameters)} billion parameters"
        return f"{size} · {write_number(self.own_layers)} layers · only where it is the tuned model"


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
            hint="The hour with most requests: GPUs are counted for it. Office hours: about 4.",
        ),
    ] = assumed("peak_to_mean")
    batch_share: Annotated[
        float,
        SHARE.named("Can wait a day", unit="share of requests", hint="Billed at the batch price where there is one."),
    ] = 0.0
    sent_on_share: Annotated[
        float,
        SHARE.named(
            "Hard ones go up",
            unit="share of requests",
            hint="What a small model or a classifier sends on to the prompted model, which sees it whole.",
        ),
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
        sent_on = f" · {write_share(self.sent_on_share)} sent on" if self.sent_on_share else ""
        return f"{growth} · busiest hour {write_number(self.peak_to_mean)} × the mean · {batch}{sent_on}"


_SECONDS: Final = SECONDS.named("", minimum=rule("least_wait"), maximum=rule("longest_wait"), hint="Empty: no limit.")


@dataclass(frozen=True, slots=True)
class Limits(Group):
    """How soon an answer must come."""

    title: ClassVar[str] = "Time limits"

    first_token_within: Annotated[float | None, _SECONDS.named("First token within", unit="seconds")] = None
    answer_within: Annotated[float | None, _SECONDS.named("Answer within", unit="seconds")] = None

    @property
    def given(self) -> bool:
        """Whether there is any limit."""
        return self.first_token_within is not None or self.answer_within is not None

    def summary(self) -> str:
        """Say the limits."""
        named = (("first token", self.first_token_within), ("answer", self.answer_within))
        return " · ".join(f"{name} within {limit:g} s" for name, limit in named if limit is not None) or "none"
