"""What is to be said of the GPUs that a row runs on: how many they are and why, and what was measured of them."""

from collections.abc import Iterable
from math import ceil

from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.breakdown.shape import write_gigabytes
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.cost.gpus import Sizing
from calculators.catalog.cost_comparison.groups import OWN_MODEL
from calculators.catalog.cost_comparison.words.running import gpus_kept
from calculators.catalog.cost_comparison.words.sentences import Amount, Sentence
from calculators.quantity import DOLLARS, write_count, write_money, write_share


def gpus_in_words(comparison: Comparison, row: Row) -> str:
    """Say how many GPUs of one's own a row takes, which model runs on them, and why so many."""
    records, evaluated = comparison.records, comparison.evaluation.row(row.approach)
    least = comparison.inputs.serving.replicas * comparison.evaluation.parts.several.deployments(row.approach)
    name, found = "Your model" if records.base.key == OWN_MODEL else records.base.name, evaluated.sizing
    on = f"{name} on {gpus_kept(row):.0f} × {records.card.key}"
    if found is None:
        return f"{on}, counted by how fast they are: not by what they hold."
    larger = "Memory" if found.by_memory > found.by_speed else "Speed" if found.by_speed > found.by_memory else ""
    more = ""
    if found.gpus > max(found.by_memory, found.by_speed):
        each = write_count(least, "replica") if found.replicas == least else "whole replicas"
        more = f"{', and w' if larger else 'W'}ith {each} it is {found.gpus}"
    return (
        f"{on}, {write_count(found.replicas, 'replica')} of {write_count(found.gpus_per_replica, 'GPU')}. "
        f"By memory it takes {found.by_memory}: {write_gigabytes(found.weights)} GB of weights and "
        f"{write_count(ceil(found.at_once), 'request')} at once, with contexts of up to {found.context:,.0f} tokens "
        f"({write_gigabytes(found.each)} GB each) and {write_gigabytes(found.usable)} GB usable on each GPU. "
        f"By speed it takes {found.by_speed}. "
        f"{larger}{' decides' if larger else ''}{more or ('' if larger else 'Neither takes more than the other')}."
        + ("" if found.fits else " Such a context does not fit a replica of that size: enter more GPUs per replica.")
        + _understated(found, evaluated.held.longest + evaluated.held.output)
    )


def _understated(found: Sizing, tokens: float) -> str:
    """Say where a reader names fewer requests at once, or a shorter context, than the scenario itself has."""
    said = ""
    if found.at_once < found.by_load:
        said = f" Your load makes it about {write_count(ceil(found.by_load), 'request')} at once: you say fewer."
    if found.context < tokens:
        said += f" Requests here reach {tokens:,.0f} tokens: your longest context is shorter."
    return said


def prefixes(comparison: Comparison) -> Iterable[Sentence]:
    """Say what the prefix cache does, and where a record leaves open whether it was measured with one."""
    fit, name = comparison.evaluation.parts.effective.speed, comparison.records.base.name
    if fit is None or not comparison.inputs.serving.prefix_cache:
        return
    yield ("The fixed prompt, and what earlier calls of a task held, stay in the GPUs’ memory: computed once.",)
    if fit.prefix_hits is None:
        yield (
            f"Whether {name} was measured on {fit.gpu} with a prefix cache that was read is not on record: taken as ",
            "if without.",
        )


def hosted(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """What is to be known of a tuned model that its service hosts on GPUs."""
    gpus, service = gpus_kept(row), comparison.records.service
    if not gpus or service is None:
        return
    others = (other for other in comparison.rows if other.approach.runs is Runs.OWN_GPUS and other.standing.ranked)
    own = next(others, None)
    if own and gpus_kept(own) > gpus:
        sized, why = comparison.evaluation.row(own.approach).sizing, ""
        if sized and sized.by_memory > max(sized.by_speed, gpus):
            why = ", by what they hold"
        if comparison.inputs.serving.replicas > 1:
            why += f",{' and' if why else ''} so that one may fail"
        yield (
            f"Not like for like: it is counted on {write_count(gpus, 'GPU')} that the service keeps, and what runs on ",
            f"your own GPUs on {write_count(gpus_kept(own), 'GPU')}{why}.",
        )
    if comparison.inputs.serving.sized_by == "memory":
        yield (
            "What the service’s GPUs hold, and whether they keep the fixed prompt, is not on record: they are counted ",
            "by how fast they are.",
        )
    if service.hosting_in_conflict and comparison.given("hosting_price") is None:
        low, high = min(service.hosting_in_conflict), max(service.hosting_in_conflict)
        yield (
            f"Sources disagree on what hosting costs ({service.name}): ",
            Amount(DOLLARS.money(low)),
            " to ",
            Amount(DOLLARS.money(high)),
            " an hour; ",
            Amount(DOLLARS.money(service.hosting_per_hour or 0.0)),
            " is counted.",
        )


def paid_at_the_start(comparison: Comparison, row: Row) -> float:
    """What must be paid for GPUs before the first request, where they are bought; nothing for a row without. [USD]"""
    own = row.approach.runs is Runs.OWN_GPUS
    return comparison.evaluation.parts.gpus.bought(gpus_kept(row)) if own else 0.0


def at_the_start(comparison: Comparison, row: Row) -> Iterable[Sentence]:
    """Say what must be paid for GPUs before the first request, and how much of it falls into the horizon."""
    serving, price = comparison.inputs.serving, paid_at_the_start(comparison, row)
    if not price:
        return
    gpus, (*_, before, last) = gpus_kept(row), row.cost.running.gpus
    grown = f" By the last month it takes {last - before:.0f}: more are bought on the way."
    falls = price * min(comparison.months / serving.hardware_life, 1.0)
    yield (
        "To be paid at the start: ",
        Amount(write_money(price)),
        f" for {write_count(gpus, 'GPU')}, which live {write_count(serving.hardware_life, 'month')}; ",
        Amount(write_money(falls)),
        f" of it, {write_share(falls / price)}, falls into the {write_count(comparison.months, 'month')} compared.",
        grown if last - before > gpus else "",
    )
