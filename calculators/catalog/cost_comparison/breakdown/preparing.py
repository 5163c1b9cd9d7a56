"""Hours, training data and training runs: what a row takes before and beside its requests."""

from typing import Final

from calculators.catalog.cost_comparison.approaches import Tunes
from calculators.catalog.cost_comparison.breakdown.shape import Item, changed_by, cited, write_price
from calculators.catalog.cost_comparison.breakdown.taken import Taken
from calculators.catalog.cost_comparison.groups import METHODS, OWNED
from calculators.formulas.units import BYTES_PER_GIGABYTE
from calculators.quantity import DOLLARS, write_count, write_number, write_share, write_words

_TRAINING: Final = ("examples", "tokens_per_example", "epochs", "runs")
"""Inputs that say how much is trained on."""
_OWN: Final = (*_TRAINING, "training_method")
"""Those of training on GPUs of one's own."""


def hours(of: Taken, name: str, field: str, hours: float | None = None) -> Item:
    """Hours of an input, or a part of them, at the team's rate."""
    entered = of.parts.people.hours(field)
    counted = entered if hours is None else hours
    return Item(
        "people",
        name,
        f"{write_number(counted)} hours × {DOLLARS.cents(of.inputs.people.hourly_rate)}",
        of.parts.people.cost(counted),
        inputs=(field, "hourly_rate"),
        note="hours: our assumption, yours to change" if entered == of.assumed[field] else "hours: yours",
    )


def labels(of: Taken, *, refreshed: bool = False) -> Item:
    tuning, training = of.inputs.tuning, of.parts.training
    examples, price = times(of, write_number(tuning.examples)), DOLLARS.cents(tuning.example_price)
    if tuning.data_source == "have":
        return Item("data", "Training data", f"{examples} examples that are yours", 0.0, inputs=("data_source",))
    how, inputs = f"{examples} examples", ["data_source", "examples", "example_price", *of.several]
    if tuning.data_source == "buy":
        how += f", bought × {price}"
    else:
        how += f" × {write_number(tuning.labellers)} × {price}"
        inputs += ["labellers", "automatic_share"]
        if tuning.automatic_share:
            how += f" × {write_share(1 - tuning.automatic_share)} by hand"
    if refreshed and tuning.refresh_share != 1:
        how += f" × {write_share(tuning.refresh_share)} made anew"
        inputs.append("refresh_share")
    amount = training.refreshed_labels if refreshed else training.all_labels
    return Item("data", "Training data", how, amount, inputs=tuple(inputs))


def times(of: Taken, how: str) -> str:
    """A formula for one tuned model, as often as there are models."""
    models = of.parts.training.models
    return how if models == 1 else f"{write_number(models)} models × {how}"


def training(of: Taken) -> Item:
    match of.approach.tunes:
        case Tunes.OWN_GPUS:
            return training_on_own_gpus(of)
        case Tunes.SERVER:
            return training_on_a_server(of)
        case _:
            return training_at_service(of)


def training_on_a_server(of: Taken) -> Item:
    price = of.inputs.classifier.classifier_training
    return Item(
        "training",
        "Training the classifier",
        times(of, f"{DOLLARS.cents(price)} a run, on a CPU"),
        price * of.parts.training.models,
        inputs=("classifier_training", *of.several),
        note="our assumption, yours to change" if price == of.assumed["classifier_training"] else "yours",
    )


def training_on_own_gpus(of: Taken) -> Item:
    training, rent, how = of.parts.training, of.effective.gpu_rent, METHODS[of.inputs.own_training.training_method]
    return Item(
        "training",
        f"Training on {of.records.card.name}",
        (
            f"{times(of, runs(of, validation_billed=True))}{' × 2 answers' if training.own_speed.copies > 1 else ''} = "
            f"{write_number(training.gpu_hours * training.models)} GPU-hours × {DOLLARS.cents(of.parts.gpus.hour)}"
        ),
        training.on_own_gpus * training.models,
        () if of.inputs.serving.hardware == OWNED else rent.cited,
        changed_by(() if of.inputs.serving.hardware == OWNED else (rent,), *_OWN, *of.several),
        f"speed: {how} at {write_share(training.own_speed.mfu)} of the GPU’s peak and "
        f"{write_share(of.assumed['training_overhead'])} on top, our assumptions{training_time(of)}"
        f"{training_room(of)}",
    )


def training_at_service(of: Taken) -> Item:
    service, prices = of.records.service, of.effective.service
    if service is None or prices is None or prices.training is None:
        return Item("training", "Training", "no service tunes this model", 0.0)
    jobs, price, least = of.inputs.tuning.runs, prices.training, prices.job_minimum
    how = f"{times(of, runs(of, validation_billed=service.validation_billed))} × {write_price(price.value)} per million"
    amount = of.parts.training.at_service
    at_least = amount and amount == least.value * jobs
    if at_least:
        how += f", at least {times(of, write_count(jobs, 'run'))} × {DOLLARS.cents(least.value)}"
    paid = (least,) if at_least else (price,)
    return Item(
        "training",
        f"Training, {service.name}",
        how,
        amount * of.parts.training.models,
        cited(paid),
        changed_by(paid, *_TRAINING, "service", "training_price", *of.several),
    )


def runs(of: Taken, *, validation_billed: bool) -> str:
    """What is trained on, written as a formula."""
    tuning = of.inputs.tuning
    examples, each = write_number(tuning.examples), write_number(tuning.tokens_per_example)
    tokens = f"{examples} × {each} tokens × {write_count(tuning.epochs, 'epoch')}"
    if validation_billed and tuning.validation_tokens:
        tokens = f"({tokens} + {write_words(tuning.validation_tokens)} for validation)"
    return f"{tokens} × {write_count(tuning.runs, 'run')}"


def training_time(of: Taken) -> str:
    """How long training takes on the GPUs that it is given, or takes, in words."""
    training = of.parts.training
    gpus = of.inputs.own_training.training_gpus or training.own_gpus
    return f"; {write_number(training.gpu_hours / gpus)} hours on {write_count(gpus, 'GPU')}" if gpus else ""


def training_room(of: Taken) -> str:
    """What training holds in memory on each GPU, in words; nothing where a table says it."""
    need, gpus = of.parts.training.own_memory, of.parts.training.own_gpus
    if need is None or gpus is None:
        return ""
    parts = (
        (need.weights, "weights"),
        (need.reference, "a frozen copy of them"),
        (need.states, "gradients and optimizer"),
        (need.activations + need.fixed, "a step on each GPU"),
    )
    written = ", ".join(f"{_gigabytes(amount)} GB {what}" for amount, what in parts if amount)
    held = _gigabytes(need.on_each(gpus))
    return f"; memory: {written}; {held} of {_gigabytes(of.records.card.memory)} GB on each"


def _gigabytes(amount: float) -> str:
    return write_number(float(f"{amount / BYTES_PER_GIGABYTE:.2g}"))
