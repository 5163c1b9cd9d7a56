"""Tuning: training data, training runs, who sells them, and GPUs of the reader's own."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from calculators.calculator import SWITCH, Choice, Group, Option
from calculators.catalog.cost_comparison.groups.bounds import AUTOMATIC, OWNED, PART, assumed, assumed_count, rule
from calculators.catalog.cost_comparison.groups.options import GPUS, gpu_options, service_options, trainer_options
from calculators.facts import FACTS
from calculators.quantity import DOLLARS, write_count, write_number, write_share
from calculators.vocabulary import COUNT, HOURS, MONTHS, NUMBER, RATE, SHARE, TOKENS, USD, USD_PER_HOUR


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
                *service_options(),
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
    data_source: Annotated[
        str,
        Choice(
            label="Examples are",
            options=(
                Option(value="label", label="Written or labelled for this"),
                Option(value="have", label="Ours already, and checked"),
                Option(value="buy", label="Bought as they are"),
            ),
            hint="What is yours already costs nothing here.",
        ),
    ] = "label"
    examples: Annotated[
        int, COUNT.named("Examples", maximum=rule("most_examples"), hint="Checked by somebody you trust.")
    ] = assumed_count("examples")
    example_price: Annotated[
        float, USD.named("One example", unit="to label or buy", maximum=rule("most_example_price"))
    ] = assumed("example_price")
    labellers: Annotated[
        float,
        NUMBER.named("People per example", maximum=rule("most_labellers"), hint="Where they are labelled."),
    ] = assumed("labellers")
    automatic_share: Annotated[float, SHARE.named("Labelled automatically", unit="share of examples")] = 0.0
    tokens_per_example: Annotated[float, PART.named("One example", unit="tokens")] = assumed("tokens_per_example")
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
    instruction_tokens: Annotated[
        float | None,
        PART.named(
            "Instructions",
            unit="tokens of the fixed prompt",
            hint="All that training can take away: reference text stays in the prompt.",
        ),
    ] = None
    tuned_prompt: Annotated[
        float, PART.named("Instructions after tuning", unit="tokens", hint="What is left of them.")
    ] = assumed("tuned_prompt")
    refresh_share: Annotated[
        float,
        SHARE.named(
            "Data made anew", unit="at each model change", hint="Share of the examples written or checked again."
        ),
    ] = assumed("refresh_share")

    def summary(self) -> str:
        """Say data and runs."""
        data = f"{write_number(self.examples)} examples {_DATA[self.data_source]}"
        if self.data_source != "have":
            data += f" at {DOLLARS.money(self.example_price)}"
        return f"{data} · {write_count(self.runs, 'run')} × {write_count(self.epochs, 'epoch')}"


KEPT_AS: Final = Choice(
    label="They are",
    options=(
        Option(value="adapters", label="Adapters on a deployment that they share"),
        Option(value="merged", label="Merged, each on a deployment of its own"),
    ),
    hint="Where GPUs or hosting are paid. A service that bills by the token bills no more for several.",
)


@dataclass(frozen=True, slots=True)
class Variants(Group):
    """Several models tuned from one base, as for each customer."""

    title: ClassVar[str] = "Several tuned models"

    tuned_models: Annotated[
        int,
        COUNT.named(
            "Tuned models",
            unit="of one base",
            minimum=1,
            maximum=rule("most_tuned_models"),
            hint="Each with as many examples of its own as “Tuning” says. Requests are those of all together.",
        ),
    ] = 1
    kept_as: Annotated[str, KEPT_AS] = "adapters"
    adapters_per_deployment: Annotated[
        int | None, COUNT.named("Adapters", unit="a deployment holds", minimum=1, maximum=rule("most_tuned_models"))
    ] = None
    adapter_loss: Annotated[
        float | None,
        SHARE.named(
            "Adapters take",
            unit="share of throughput",
            maximum=rule("most_adapter_loss"),
            hint="Merged ones, and one alone, take nothing.",
        ),
    ] = None

    def summary(self) -> str:
        """Say how many there are, and how they are kept."""
        if self.tuned_models == 1:
            return "1 tuned model"
        kept = "each merged" if self.kept_as == "merged" else "as adapters"
        return f"{write_count(self.tuned_models, 'tuned model')}, {kept}"


_DATA: Final = {"label": "labelled", "have": "of your own", "buy": "bought"}
_CLOUDS: Final = {
    "specialist": "a specialist cloud",
    "hyperscaler": "a hyperscaler",
    "2023": "a specialist cloud at 2023 prices",
}


@dataclass(frozen=True, slots=True)
class Serving(Group):
    """Your own GPUs, rented or bought."""

    title: ClassVar[str] = "Self-hosting"

    gpu: Annotated[str, Choice(label="GPU", options=gpu_options())] = GPUS[0]
    hardware: Annotated[
        str,
        Choice(
            label="Hardware",
            options=(
                Option(value="on-demand", label="Rented by the hour, on demand"),
                Option(value="reserved", label="Rented for a year or more, reserved"),
                Option(value="interruptible", label="Rented until somebody else wants it, interruptible"),
                Option(value=OWNED, label="Bought"),
            ),
        ),
    ] = "on-demand"
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
    gpu_bought: Annotated[
        float | None, USD.named("One GPU, bought", unit="with its share of the server", maximum=rule("most_usd"))
    ] = None
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
    hours_per_month: Annotated[
        float, HOURS.named("Hours a month", unit="", minimum=1, maximum=rule("longest_month"))
    ] = assumed("hours_per_month")
    sized_by: Annotated[
        str,
        Choice(
            label="GPUs are counted by",
            options=(
                Option(value="memory", label="What they hold, and how fast they are"),
                Option(value="throughput", label="How fast they are, alone"),
            ),
            hint="Whichever takes more decides.",
        ),
    ] = "memory"
    requests_at_once: Annotated[
        float | None,
        NUMBER.named(
            "Requests at once",
            unit="in the busiest hour",
            maximum=rule("most_at_once"),
            hint=f"Answers that overlap: by your load, at {write_number(assumed('answer_speed'))} tokens a second.",
        ),
    ] = None
    longest_context: Annotated[
        float | None,
        PART.named("Longest context", unit="tokens, with the answer", hint="What each of them may take up in memory."),
    ] = None
    weight_bits: Annotated[
        float | None,
        NUMBER.named("Weights", unit="bits each", minimum=1, maximum=rule("most_bits"), hint="Fewer if quantised."),
    ] = None
    cache_bits: Annotated[
        float | None,
        NUMBER.named(
            "Cache", unit="bits a number", minimum=1, maximum=rule("most_bits"), hint="What is kept of a context."
        ),
    ] = None
    usable_memory: Annotated[
        float,
        SHARE.named(
            "Usable memory",
            unit="of a GPU’s",
            minimum=rule("least_usable"),
            hint="What serving software takes for weights and contexts.",
        ),
    ] = assumed("usable_memory")
    prefix_cache: Annotated[
        bool,
        Choice(
            label="Prefix cache",
            options=SWITCH,
            hint="The fixed prompt, and earlier calls of a task, stay in memory and are not computed again.",
        ),
    ] = True
    gpus_per_replica: Annotated[
        int | None,
        COUNT.named(
            "GPUs per replica",
            minimum=1,
            maximum=rule("most_gpus_per_replica"),
            hint="They hold one copy of the model together. Empty: as many as it takes.",
        ),
    ] = None
    replicas: Annotated[
        int,
        COUNT.named(
            "Replicas",
            unit="at least",
            minimum=1,
            maximum=rule("most_replicas"),
            hint="Copies of the model that serve side by side: with one, nothing answers while it restarts.",
        ),
    ] = assumed_count("replicas")
    usable_share: Annotated[
        float,
        SHARE.named(
            "Usable capacity",
            unit="of the measured maximum",
            minimum=rule("least_usable"),
            hint="Records are set with every request queued; where people wait, this much of them is left.",
        ),
    ] = assumed("usable_share")

    def summary(self) -> str:
        """Say how many GPUs of which kind at least."""
        rented = f"rented from {_CLOUDS[self.cloud]}"
        source = {OWNED: "bought", "on-demand": rented}.get(self.hardware, f"{rented}, {self.hardware}")
        replicas = write_count(self.replicas, "replica")
        return f"{self.gpu}, {source} · at least {replicas} · {write_share(self.usable_share)} usable"


METHODS: Final = {"full": "all weights", "lora": "LoRA", "qlora": "QLoRA", "table": "LoRA"}
"""Ways of training, as they are called."""


@dataclass(frozen=True, slots=True)
class OwnTraining(Group):
    """Training on GPUs of your own: the method, and what decides its memory."""

    title: ClassVar[str] = "Training on your GPUs"

    training_method: Annotated[
        str,
        Choice(
            label="Trained on your GPUs",
            options=(
                Option(value="lora", label="LoRA: an adapter beside frozen weights"),
                Option(value="qlora", label="QLoRA: an adapter beside weights in 4 bits"),
                Option(value="full", label="All weights"),
                Option(value="table", label="LoRA, with the memory of a table"),
            ),
        ),
    ] = "lora"
    preference: Annotated[
        bool,
        Choice(
            label="Learn from preferences",
            options=SWITCH,
            hint="DPO: an example is two answers, one better than the other.",
        ),
    ] = False
    sequence_tokens: Annotated[
        float | None,
        TOKENS.named(
            "Longest example",
            unit="tokens",
            minimum=1,
            maximum=rule("most_part_tokens"),
            hint="Empty: the mean.",
        ),
    ] = None
    training_batch: Annotated[
        int,
        COUNT.named("Examples a step", unit="on each GPU", minimum=1, maximum=rule("most_training_batch")),
    ] = 1
    trainer: Annotated[str, Choice(label="Trainer", options=trainer_options())] = "deepspeed"
    optimizer: Annotated[
        str,
        Choice(
            label="Optimizer",
            options=(
                Option(value="mixed", label="In 32 bits"),
                Option(value="narrow", label="In 16 bits, like the weights"),
            ),
            hint="Where all weights are trained.",
        ),
    ] = "mixed"
    training_gpus: Annotated[
        int | None,
        COUNT.named(
            "Training GPUs", minimum=1, maximum=rule("most_training_gpus"), hint="Empty: as many as its memory needs."
        ),
    ] = None

    def summary(self) -> str:
        """Say the method, and whose software does it."""
        return (
            f"{METHODS[self.training_method]}{', from preferences' if self.preference else ''} · "
            f"{FACTS.trainers[self.trainer].name}"
        )
