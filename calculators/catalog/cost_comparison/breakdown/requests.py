"""Requests: the tokens that each pays for, or the GPUs that carry them, and keeping a model ready."""

from typing import Final

from calculators import formulas
from calculators.catalog.cost_comparison.approaches import Runs
from calculators.catalog.cost_comparison.breakdown.shape import Item, changed_by, cited, write_call, write_price
from calculators.catalog.cost_comparison.breakdown.taken import Taken
from calculators.catalog.cost_comparison.cost.gpus import gpu_seconds
from calculators.catalog.cost_comparison.cost.tokens import is_cached
from calculators.catalog.cost_comparison.effective import ModelPrices, Price
from calculators.facts import FACTS
from calculators.formulas.units import SECONDS_PER_HOUR
from calculators.quantity import DOLLARS, write_cents, write_count, write_number, write_share

_LEAST_SHARE: Final = FACTS.rule("least_shown_share")


def priced_by(of: Taken) -> tuple[ModelPrices, str] | None:
    """Prices of the row's tokens, and the model's name; nothing where GPUs are paid."""
    match of.approach.runs:
        case Runs.SERVICE:
            service, prices = of.records.service, of.effective.service
            if service is None or prices is None or service.hosting_is_per_gpu:
                return None
            return prices.tokens, f"tuned {of.records.base.name}"
        case Runs.OWN_GPUS | Runs.SERVER:
            return None
        case runs:
            sold = of.effective.sold_for(runs)
            return (sold[0].prices, of.records.sold_for(runs)[0].record.name) if sold else None


def requests(of: Taken, volume: float) -> list[Item]:
    """What a number of requests costs in tokens, at the first month's prices and share of cache hits."""
    found = priced_by(of)
    if found is None:
        return []
    price, model = found
    held, prices, batch = of.evaluated.held, of.inputs.prices, of.inputs.traffic.batch_share
    calls = volume / (1 - prices.retried_share)
    if price.batch_input is None or price.batch_output is None:
        batch = 0.0
    live = calls * (1 - batch)
    scale_in, scale_out = price.multiples(held.input)
    times = f"{write_number(live)} × " if live != 1 else ""

    def item(name: str, each: float, amount: float, paid: Price, scale: float, inputs: tuple[str, ...]) -> Item:
        usd = paid.value * scale
        return Item(
            "serving",
            name,
            f"{times}{write_number(each)} tokens × {write_price(usd)} per million",
            formulas.token_cost(tokens=amount * each, price=usd),
            paid.cited,
            changed_by((paid,), *inputs),
        )

    if is_cached(held, price, prices) and price.cached_input is not None:
        share = of.row.cost.running.flow.hit_share
        items = [
            item(
                f"Fixed prompt read from cache, {write_share(share)} of the time",
                held.fixed,
                live * share,
                price.cached_input,
                scale_in,
                ("cache_hit_share", "fixed_tokens"),
            ),
            item(
                "Fixed prompt written to the cache, the rest",
                held.fixed,
                live * (1 - share),
                price.write,
                scale_in,
                ("cache_hit_share",),
            ),
            item(f"Varying input, {model}", held.varying, live, price.input, scale_in, ("varying_tokens",)),
        ]
    else:
        items = [item(f"Input, {model}", held.input, live, price.input, scale_in, ("fixed_tokens", "varying_tokens"))]
    items.append(
        item(f"Output, {model}", held.output, live, price.output, scale_out, ("output_tokens", "reasoning_tokens"))
    )
    if batch and price.batch_input is not None and price.batch_output is not None:
        waiting = price._replace(
            input=price.batch_input._replace(value=price.batch_input.value * scale_in),
            output=price.batch_output._replace(value=price.batch_output.value * scale_out),
        )
        items.append(
            Item(
                "serving",
                "Requests that can wait, at the batch price",
                f"{write_number(calls * batch)} requests × {write_call(waiting, held.input, held.output)}",
                formulas.workload_cost(
                    requests=calls * batch,
                    input_tokens=held.input,
                    output_tokens=held.output,
                    input_price=waiting.input.value,
                    output_price=waiting.output.value,
                ),
                cited((waiting.input, waiting.output)),
                changed_by((waiting.input, waiting.output), "batch_share"),
            )
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
    gpus = write_count(int(running.gpus[1]), "GPU")
    if serving.owned:
        return Item(
            "serving",
            f"{of.records.card.name}, bought",
            f"{gpus} × {write_cents(running.gpu_month)} a month",
            running.gpus[1] * running.gpu_month,
            (),
            ("gpu_bought", "hardware_life", "overhead_share"),
            load(of),
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
        changed_by((rent,), "replicas", "hours_per_month", "gpu_price", "usable_share", "peak_to_mean"),
        load(of),
    )


def hosted(of: Taken) -> list[Item]:
    service, prices = of.records.service, of.effective.service
    running, hours = of.row.cost.running, of.inputs.serving.hours_per_month
    if service is None or prices is None:
        return []
    items, hosting = [], prices.hosting
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
                ("hosting_price", "hours_per_month", "service"),
                load(of),
            )
        )
    elif hosting.value:
        items.append(
            Item(
                "serving",
                f"Hosting, {service.name}",
                f"{write_number(hours)} hours × {DOLLARS.cents(hosting.value)}, used or not",
                formulas.hosting_cost(price_per_hour=hosting.value, hours_per_month=hours),
                hosting.cited,
                ("hosting_price", "hours_per_month"),
            )
        )
    if storage := prices.storage.value:
        items.append(
            Item(
                "serving",
                "Storage of the tuned model",
                f"{write_price(storage)} a month",
                storage,
                prices.storage.cited,
                ("storage_price",),
            )
        )
    return items


def load(of: Taken) -> str:
    """How busy the GPUs are, in words."""
    fit = of.records.hosted_fit if of.approach.runs is Runs.SERVICE else of.records.fit
    if fit is None:
        return ""
    used = formulas.utilisation(
        requests_per_month=of.inputs.workload.requests_per_month / (1 - of.inputs.prices.retried_share),
        gpu_seconds_per_request=gpu_seconds(of.evaluated.held, fit),
        gpus=int(of.row.cost.running.gpus[1]),
        seconds_per_month=of.inputs.serving.hours_per_month * SECONDS_PER_HOUR,
    )
    return f"busy {write_share(used) if used >= _LEAST_SHARE or not used else 'under 0.1%'} of the time on average"
