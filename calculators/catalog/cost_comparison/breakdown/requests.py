"""Requests: the tokens that each pays for, or the GPUs that carry them, and keeping a model ready."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import ceil
from typing import Final, NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.breakdown.shape import Item, changed_by, write_gigabytes, write_price
from calculators.catalog.cost_comparison.breakdown.taken import Taken
from calculators.catalog.cost_comparison.cost.gpus import Sizing, gpu_seconds
from calculators.catalog.cost_comparison.cost.shape import Running
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens, Sending
from calculators.catalog.cost_comparison.effective import ModelPrices, Price
from calculators.catalog.cost_comparison.estimate import Speed
from calculators.catalog.cost_comparison.groups import OWNED
from calculators.facts import FACTS
from calculators.formulas.units import HOURS_PER_MONTH, SECONDS_PER_HOUR
from calculators.quantity import DOLLARS, write_cents, write_count, write_number, write_share

_LEAST_SHARE: Final = FACTS.rule("least_shown_share")


def priced_by(of: Taken) -> tuple[ModelPrices, str, str] | None:
    """Prices of the row's tokens, the model's name and its seller; nothing where GPUs are paid."""
    match of.approach.runs:
        case Runs.SERVICE:
            service, prices = of.records.service, of.effective.service
            if service is None or prices is None or service.hosting_is_per_gpu:
                return None
            return prices.tokens, f"tuned {of.records.base.name}", service.provider
        case Runs.OWN_GPUS | Runs.SERVER:
            return None
        case runs:
            sold = of.effective.sold_for(runs)
            if not sold:
                return None
            record = of.records.sold_for(runs)[0].record
            return sold[0].prices, record.name, record.provider


class _Billing(NamedTuple):
    """
    Tokens that a row pays for: its own, or those of what it sends on.

    Attributes:
        price: Prices of the model.
        model: Its name.
        seller: Who sells it.
        runs: Whose it is.
        held: What a request holds.
        running: What requests cost.
        part: Share of all requests. [0–1]
    """

    price: ModelPrices
    model: str
    seller: str
    runs: Runs
    held: RequestTokens
    running: Running
    part: float = 1.0


def _billings(of: Taken) -> Iterable[_Billing]:
    """Tokens that a row pays for, its own before those of what it sends on."""
    running, found = of.row.cost.running, priced_by(of)
    if found is not None:
        yield _Billing(*found, of.approach.runs, of.evaluated.held, running)
    if running.sent_on is not None:
        price, record = of.effective.prompted[0].prices, of.records.prompted[0].record
        held, part = of.parts.tokens.taking_over, running.sent_on_share
        yield _Billing(price, record.name, record.provider, Runs.PROMPTED, held, running.sent_on, part)


def _items(of: Taken, made: Callable[[_Billing], list[Item]]) -> list[Item]:
    """Items for all tokens that a row pays for, those of what is sent on under that name."""
    found = []
    for paid in _billings(of):
        for item in made(paid):
            if paid.running is of.row.cost.running:
                found.append(item)
            else:
                name, inputs = f"Sent on: {item.name[0].lower()}{item.name[1:]}", ("sent_on_share", *item.inputs)
                found.append(replace(item, name=name, inputs=inputs))
    return found


def requests(of: Taken, volume: float) -> list[Item]:
    """What a number of requests costs in tokens, at the first month's prices and share of cache hits."""
    return _items(of, lambda paid: _requests(of, paid, volume))


def _requests(of: Taken, paid: _Billing, volume: float) -> list[Item]:
    price, model, seller, runs, held, running, part = paid
    prices, batch = of.inputs.prices, of.inputs.traffic.batch_share
    share = running.flow.hit_share
    live, waiting = of.parts.tokens.ways(held, price, runs, part)[0].cheapest(share)
    calls = volume * part / (1 - prices.retried_share)
    if not batch or waiting is live:
        return _sent(held, price, model, seller, live, calls, share)
    return [
        *_sent(held, price, model, seller, live, calls * (1 - batch), share),
        *_sent(held, price, model, seller, waiting, calls * batch, share),
    ]


def cache_storage(of: Taken) -> list[Item]:
    """Keeping the fixed prompt in the cache for a month, where that is paid for."""
    return _items(of, lambda paid: _stored(of, paid))


def _stored(of: Taken, paid: _Billing) -> list[Item]:
    price, _, seller, runs, held, _, part = paid
    amount = of.parts.tokens.ways(held, price, runs, part)[1]
    if not amount:
        return []
    # One that is shorter is padded.
    tokens = write_number(max(held.fixed, price.cache_minimum_tokens))
    how = f"{write_number(HOURS_PER_MONTH)} hours × {tokens} tokens × {write_price(price.storage)} per million"
    inputs = ("cache_lifetime", "fixed_tokens")
    return [Item("serving", "Keeping the cache", how, amount, price.input.cited, inputs, seller=seller)]


def _long(calls: int, way: Sending) -> str:
    words = f"{write_count(calls, 'call')} with a long prompt"
    return words if way.batched else f"The last {words}"


def _sent(
    held: RequestTokens, price: ModelPrices, model: str, seller: str, way: Sending, times: float, share: float
) -> list[Item]:
    """
    What it costs to send a request in a way so many times.

    Args:
        held: What the request holds.
        price: The model's prices.
        model: Its name.
        seller: Who sells it.
        way: The way.
        times: How often. [1]
        share: Share of fixed prompts read from the cache. [0–1]
    """
    inward: Price | None
    outward: Price | None
    write: Price | None
    inward, outward, read, write = price.input, price.output, price.cached_input, price.write
    wait: tuple[str, ...] = ()
    if way.batched:
        inward, outward, read, write = price.batch_input, price.batch_output, price.batch_cached, price.batch_write
        wait = ("batch_share",)
    items = []
    padding = f", {write_number(way.padded)} tokens longer," if way.padded else ""

    def add(name: str, tokens: float, usd: Price | None, scale: float, *inputs: str, kept: bool | None = None) -> None:
        if usd is None or (not tokens and name != "Output"):
            return
        each = usd.value * scale
        amount = (
            formulas.token_cost(tokens=times * tokens, price=each)
            if kept is None
            else formulas.cached_prompt_cost(
                fixed_tokens=times * tokens,
                hit_share=share,
                cached_input_price=each if kept else 0,
                cache_write_price=0 if kept else each,
            )
        )
        number = f"{write_number(times)} × " if times != 1 else ""
        items.append(
            Item(
                "serving",
                f"{where}: {name[0].lower()}{name[1:]}" if where else name,
                f"{number}{write_number(tokens)} tokens × {write_price(each)} per million",
                amount,
                usd.cited,
                changed_by((usd,), *inputs, *wait),
                seller=seller,
            )
        )

    for part in way.billed:
        long = part.scale_input != 1 and len(way.billed) > 1
        where = ", ".join([*(["In a batch"] if way.batched else ()), *([_long(part.calls, way)] if long else ())])
        scale = part.scale_input
        if part.fixed:
            add(
                f"Fixed prompt{padding} read from cache, {write_share(share)} of the time",
                part.fixed,
                read,
                scale,
                "cache_hit_share",
                "fixed_tokens",
                kept=True,
            )
            add(
                f"Fixed prompt{padding} written to the cache, the rest",
                part.fixed,
                write,
                scale,
                "cache_hit_share",
                kept=False,
            )
        add("Earlier calls read from the cache", part.read, read, scale, "calls_per_task", "added_tokens")
        add("What is new written to the cache", part.written, write, scale, "added_tokens", "varying_tokens")
        if part.fixed:
            add(f"Varying input, {model}", part.plain, inward, scale, "varying_tokens")
        else:
            add(f"Input, {model}", part.plain, inward, scale, "fixed_tokens", "varying_tokens")
        add(
            f"Output, {model}",
            held.output * part.calls,
            outward,
            part.scale_output,
            "output_tokens",
            "reasoning_tokens",
        )
    return items


def keeping_ready(of: Taken) -> list[Item]:
    """What keeping a model ready costs, used or not."""
    if of.approach.runs is Runs.SERVICE:
        return hosted(of)
    if of.approach.runs is Runs.SERVER:
        return [server(of)]
    return [own_gpus(of)] if of.row.cost.running.gpus else []


def server(of: Taken) -> Item:
    price = of.inputs.classifier.classifier_server
    return Item(
        "serving",
        "A small server",
        f"{DOLLARS.cents(price)} a month",
        price,
        inputs=("classifier_server",),
        note="our assumption, yours to change" if price == of.assumed["classifier_server"] else "yours",
    )


def own_gpus(of: Taken) -> Item:
    running, serving, rent = of.row.cost.running, of.inputs.serving, of.effective.gpu_rent
    gpus, sizing = write_count(int(running.gpus[1]), "GPU"), of.evaluated.sizing
    note = load(of) if sizing is None else f"{holding(sizing)}; {load(of)}"
    asked = ("requests_at_once", "longest_context", "usable_memory") if sizing else ()
    if serving.hardware == OWNED:
        return Item(
            "serving",
            f"{of.records.card.name}, bought",
            f"{gpus} × {write_cents(running.gpu_month)} a month",
            running.gpus[1] * running.gpu_month,
            (),
            ("gpu_bought", "hardware_life", "overhead_share", *asked, *of.several),
            note,
        )
    how = f"{gpus} × {write_number(serving.hours_per_month)} hours × {DOLLARS.cents(of.parts.gpus.hour)}"
    if overhead := of.effective.overhead_share.value:
        how += f" × {write_number(1 + overhead)} with overhead"
    return Item(
        "serving",
        f"{of.records.card.name}, rented",
        how,
        running.gpus[1] * running.gpu_month,
        rent.cited,
        changed_by(
            (rent,), "replicas", "hours_per_month", "gpu_price", "usable_share", "peak_to_mean", *asked, *of.several
        ),
        note,
    )


def holding(sizing: Sizing) -> str:
    """What a replica of one's own holds, as a formula."""
    memory = (
        f"({sizing.gpus_per_replica} × {write_gigabytes(sizing.usable)} − {write_gigabytes(sizing.weights)}) ÷ "
        f"{write_gigabytes(sizing.each)} GB of memory hold {write_count(sizing.held, 'request')} a replica"
    )
    return f"{memory}, {write_number(ceil(sizing.at_once))} at once in all; {write_count(sizing.replicas, 'replica')}"


def hosted(of: Taken) -> list[Item]:
    service, prices = of.records.service, of.effective.service
    running, hours = of.row.cost.running, of.inputs.serving.hours_per_month
    if service is None or prices is None:
        return []
    items, hosting, models = [], prices.hosting, of.parts.training.models
    deployments = of.parts.several.deployments(of.approach)
    if running.gpus:
        items.append(
            Item(
                "serving",
                f"Dedicated GPUs, {service.name}",
                (
                    f"{write_count(int(running.gpus[1]), 'GPU')} × {write_number(hours)} hours × "
                    f"{DOLLARS.cents(running.gpu_month / hours)}"
                ),
                running.gpus[1] * running.gpu_month,
                hosting.cited,
                ("hosting_price", "hours_per_month", "service", *of.several),
                load(of),
            )
        )
    elif hosting.value:
        items.append(
            Item(
                "serving",
                f"Hosting, {service.name}",
                f"{_times(deployments, 'deployment')}{write_number(hours)} hours × {DOLLARS.cents(hosting.value)}, "
                "used or not",
                formulas.hosting_cost(price_per_hour=hosting.value, hours_per_month=hours) * deployments,
                hosting.cited,
                ("hosting_price", "hours_per_month", *of.several),
            )
        )
    if storage := prices.storage.value:
        items.append(
            Item(
                "serving",
                f"Storage of the tuned model{'' if models == 1 else 's'}",
                f"{_times(models, 'model')}{write_price(storage)} a month",
                storage * models,
                prices.storage.cited,
                ("storage_price", *of.several),
            )
        )
    return items


def _times(number: int, what: str) -> str:
    """A number of things as a factor; nothing for one."""
    return "" if number == 1 else f"{write_count(number, what)} × "


def load(of: Taken) -> str:
    """How busy the GPUs are, in words."""
    fit = of.records.hosted_fit if of.approach.runs is Runs.SERVICE else of.effective.speed
    if fit is None:
        return ""
    asked = of.evaluated.held
    work = gpu_seconds(asked, fit) if of.approach.runs is Runs.SERVICE else of.parts.gpus.work(asked, fit)
    used = formulas.utilisation(
        requests_per_month=of.inputs.workload.requests_per_month / (1 - of.inputs.prices.retried_share),
        gpu_seconds_per_request=work * of.parts.several.work(of.approach),
        gpus=int(of.row.cost.running.gpus[1]),
        seconds_per_month=of.inputs.serving.hours_per_month * SECONDS_PER_HOUR,
    )
    busy = f"busy {write_share(used) if used >= _LEAST_SHARE or not used else 'under 0.1%'} of the time on average"
    if isinstance(fit, Speed):
        busy += ", at a speed estimated from the GPU’s data sheet"
    held, loss = of.parts.several.held(of.approach), of.effective.adapter_loss
    deployments = write_count(of.parts.several.deployments(of.approach), "deployment")
    if held is None or loss is None:
        return (
            busy if of.parts.training.models == 1 or not of.approach.tuned else f"{busy}; {deployments}, models merged"
        )
    return f"{busy}; {deployments}; work ÷ {write_share(1 - loss.value)}, as adapters take {write_share(loss.value)}"
