"""What is to be said of how a row runs: several tuned models, what is sent on, and how soon an answer comes."""

from collections.abc import Iterable

from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.breakdown.shape import write_price
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.cost.speed import measured
from calculators.catalog.cost_comparison.words.naming import model
from calculators.catalog.cost_comparison.words.sentences import Amount, Cited, Sentence
from calculators.facts import ServingFit
from calculators.quantity import write_count, write_share


def gpus_kept(row: Row) -> float:
    """How many GPUs a row keeps in its first month."""
    return row.cost.running.gpus[1] if row.cost.running.gpus else 0.0


# Several tuned models.


def several(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """How several tuned models are kept, and what is paid for each."""
    parts, models = comparison.evaluation.parts, comparison.inputs.variants.tuned_models
    held, loss = parts.several.held(row.approach), parts.effective.adapter_loss
    deployments = write_count(parts.several.deployments(row.approach), "deployment")
    each = (
        "Examples and training are counted for each, hours once: one is tried first, and the others are paid for when "
        "it goes live."
    )
    if row.approach.sorts:
        yield (f"{models:,} classifiers on one server. {each}",)
    elif held is not None and loss is not None:
        most = f"{held.value:,.0f}{', as you say' if held.yours else ''}"
        yield (
            f"{models:,} tuned models share {deployments} as adapters; one holds up to {most}.",
            *map(Cited, held.cited),
            f" Not merged, they take {write_share(loss.value)} of its throughput",
            *((", as you say.",) if loss.yours else _adapters_measured(comparison)),
            f" Requests are taken to spread over deployments as there is room. {each}",
        )
    elif gpus_kept(row) or (parts.effective.service and parts.effective.service.hosting.value):
        merged = comparison.inputs.variants.kept_as == "merged"
        why = "Merged, so nothing is lost in throughput" if merged else "This service hosts each by itself"
        yield (f"{models:,} tuned models take {deployments}. {why}. {each}",)
    else:
        yield (f"{models:,} tuned models are billed by the token as one would be. {each}",)


def _adapters_measured(comparison: Comparison) -> Sentence:
    """What was measured of adapters that are not merged, where and when; the one that counts comes first."""
    day, known = comparison.inputs.job.as_of, comparison.facts.adapters
    found = sorted((known.known(key, day) for key in known), key=lambda record: not record.default)
    told = [each for each in found if each.lost is not None]
    words = ", as measured with " + "; with ".join(
        f"{each.name}{'' if each.default else f': {_between(each.lost, each.lost_most)}'}" for each in told
    )
    return (f"{words}.", *(Cited(key) for each in told for key in each.sources))


def _between(least: float | None, most: float | None) -> str:
    return " to ".join(write_share(share) for share in (least, most) if share is not None)


# What is hard, and how soon an answer comes.


def sent_on(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """What it costs that a row sends requests on."""
    running = row.cost.running
    if running.sent_on is not None:
        share, asked = running.sent_on_share, comparison.inputs.calls.asked
        large = comparison.records.prompted[0].record.name
        yield (
            f"{write_share(share)} of {asked}s go on to {large}, which sees them whole: ",
            Amount(write_price(share * running.sent_on.marginal())),
            f" for each {asked} on average.",
        )


def sending_on(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """What it buys that requests are sent on; or why none are."""
    if not row.approach.sends_on or not comparison.inputs.traffic.sent_on_share:
        return
    if comparison.evaluation.parts.given.stays:
        yield ("Nothing is sent on to the prompted model: data may not leave your machines.",)
        return
    waits = " What is sent on waits for both models." if comparison.inputs.limits.given else ""
    yield (
        "Sending on buys right answers where a small model is unsure, and it must know when it is. Our chances are of ",
        f"models alone: where your eval is passed only with what is sent on, enter a chance of your own.{waits}",
    )


def in_time(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """Whether a row keeps the limits of time, as far as its record of speed says."""
    limits = comparison.inputs.limits
    if not limits.given:
        return
    evaluated = comparison.evaluation.row(row.approach)
    soonest, hosted = evaluated.least_seconds, row.approach.runs is Runs.SERVICE
    fit = comparison.records.hosted_fit if hosted else comparison.evaluation.parts.effective.speed
    if soonest is None or not isinstance(fit, ServingFit):
        yield (f"How soon {_runs_on(comparison, row)} answers is not on record: test it against your limits of time.",)
        return
    name, found = f"{comparison.records.base.name} on {fit.gpu}", measured(evaluated.held, fit)
    if found is None:
        yield (
            f"Whether it keeps your limits of time is not on record: {name} was measured with every request queued, ",
            "which says how many are answered and not how long one waits. With a replica to itself an answer takes ",
            f"{soonest.answer:.2g} seconds at least.",
        )
        return
    took = (
        f"{name} was measured with the first token of 99 answers in 100 within {found.first_token:g} seconds, and then "
        f"{fit.tokens_per_second:g} tokens a second in half of them: {found.answer:.2g} seconds for one of yours. "
    )
    kept = all(
        limit is None or seconds <= limit
        for limit, seconds in ((limits.first_token_within, found.first_token), (limits.answer_within, found.answer))
    )
    yield (
        took,
        "That keeps your limits of time, at the load that is counted."
        if kept
        else "Your limits are tighter: whether fewer requests a GPU would keep them is not on record.",
    )


def _runs_on(comparison: Comparison, row: Row) -> str:
    """What answers in a row."""
    if row.approach.runs is Runs.SERVER:
        return "a classifier of your own"
    name = model(comparison, row.approach)
    return f"tuned {name}" if row.approach.tuned else name
