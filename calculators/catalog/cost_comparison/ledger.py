"""
What each figure of a row is made of: lines with their formula, their amount and where their price comes from.

The lines are written from the same terms as the totals, and sum to them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from calculators import formulas
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.costs import (
    CHANGE_HOURS,
    MONTHLY_HOURS,
    PROMPTED_PRICES,
    SETUP_HOURS,
    SMALL_PRICES,
    Rows,
    TokenPrices,
    Tokens,
    gpu_seconds,
    is_cached,
    training_price,
    tuned_prices,
)
from calculators.facts import FACTS
from calculators.formulas.units import SECONDS_PER_HOUR
from calculators.quantity import write_cents, write_count, write_number, write_share, write_words


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a ledger.

    Attributes:
        part: What kind of cost it is: people, data, training or serving; empty for a sum of several.
        name: What is paid.
        how: The formula with its numbers.
        amount: The amount. [USD]
        sources: Ids of the sources of its prices.
        inputs: Names of the inputs that the reader may change.
        note: Why it is zero, or what stands behind a figure that has no source.
    """

    part: str
    name: str
    how: str
    amount: float
    sources: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """
    Lines that sum to one figure of the table.

    Attributes:
        key: Which figure: setup, month, request, change or total.
        title: What it is called.
        lines: Its lines.
    """

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def amount(self) -> float:
        """Sum of the lines. [USD]"""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    A row taken apart.

    Attributes:
        sections: Set-up, a month, one more request, a change of base model, and the total over the horizon.
    """

    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """The section of one figure."""
        return next(section for section in self.sections if section.key == key)


def ledger(comparison: Comparison, row: Row) -> Ledger:
    """
    Take a row apart.

    Args:
        comparison: The answer.
        row: One of its rows.

    Returns:
        Lines that sum to the row's figures.
    """
    return _Writer(comparison, row).ledger()


class _Writer:
    def __init__(self, comparison: Comparison, row: Row) -> None:
        self.inputs = comparison.inputs
        self.records = comparison.records
        self.row = row
        self.key = row.approach.key
        self.rows = Rows(comparison.inputs, comparison.records)
        self.tuned = self.key in ("api", "own")
        self.looks_up = self.key == "rag" or (self.rows.documents and self.key not in ("prompt", "few_shot"))

    def ledger(self) -> Ledger:
        sections = [
            Section("setup", "Set-up, paid once", tuple(self.setup())),
            Section("month", "A month, at the volume you entered", tuple(self.month())),
            Section("request", "One more request", tuple(self.request())),
        ]
        if self.row.cost.changes:
            sections.append(Section("change", "Each change of base model", tuple(self.change())))
        sections.append(Section("total", f"Over {self.row.cost.months} months", tuple(self.total())))
        return Ledger(tuple(sections))

    # Set-up.

    def setup(self) -> list[Line]:
        people = self.inputs.people
        name = SETUP_HOURS[self.key]
        hours = getattr(people, name)
        lines = [
            self.hours("Setting it up", hours, name),
            self.hours("Eval set, the same in every row", people.eval_hours, "eval_hours"),
        ]
        if added := self.rows.lookup_hours(self.key, setup=True):
            lines.append(self.hours("Retrieval beside it", added, "setup_rag"))
        if self.tuned:
            lines += [self.labels(), self.training()]
        if self.looks_up:
            lines += self.indexing()
        if self.row.cost.waiting:
            lines.append(
                Line(
                    "serving",
                    "Waiting until it is live",
                    f"{write_number(self.rows.assumed[f'months_to_production_{self.key}'])} months × the cost of delay and of prompting",
                    self.row.cost.waiting,
                    inputs=("delay_cost",),
                )
            )
        return lines

    def hours(self, name: str, hours: float, field: str) -> Line:
        ours = getattr(self.inputs.people, field) == self.rows.assumed[field]
        rate = self.inputs.people.hourly_rate
        return Line(
            "people",
            name,
            f"{write_number(hours)} hours × {write_cents(rate)}",
            formulas.people_cost(setup_hours=hours, price_per_hour=rate),
            inputs=(field, "hourly_rate"),
            note="hours: our assumption, yours to change" if ours else "hours: yours",
        )

    def labels(self, share: float = 1.0) -> Line:
        tuning = self.inputs.tuning
        how = f"{write_number(tuning.examples)} examples × {write_number(tuning.labellers)} × {write_cents(tuning.example_price)}"
        if tuning.automatic_share:
            how += f" × {write_share(1 - tuning.automatic_share)} by hand"
        inputs = ["examples", "example_price", "labellers", "automatic_share"]
        if share != 1:
            how += f" × {write_share(share)} made anew"
            inputs.append("refresh_share")
        return Line("data", "Training data", how, self.rows.labels * share, inputs=tuple(inputs))

    def training(self) -> Line:
        tuning = self.inputs.tuning
        runs = f"{write_number(tuning.examples)} × {write_number(tuning.tokens_per_example)} tokens × {write_count(tuning.epochs, 'epoch')}"
        billed = self.key == "own" or (self.records.service is not None and self.records.service.validation_billed)
        if billed and tuning.validation_tokens:
            runs = f"({runs} + {write_words(tuning.validation_tokens)} for validation)"
        runs += f" × {write_count(tuning.runs, 'run')}"
        inputs = ("examples", "tokens_per_example", "epochs", "runs")
        if self.key == "own":
            rent = self.records.gpu
            return Line(
                "training",
                f"Training on {self.records.card.name}",
                f"{runs} = {write_number(self.rows.training_hours())} GPU-hours × {write_cents(self.rows.gpu_hour())}",
                self.rows.own_training(),
                rent.sources
                if rent and self.inputs.serving.gpu_price is None and not self.inputs.serving.owned
                else (),
                inputs,
                f"speed: LoRA at {write_share(self.rows.assumed['training_mfu'])} of the GPU’s peak and "
                f"{write_share(self.rows.assumed['training_overhead'])} on top, our assumptions{self.training_time()}",
            )
        service = self.records.service
        if service is None:
            return Line("training", "Training", "no service tunes this model", 0.0)
        price = self.inputs.prices.training_price
        shown = training_price(service, self.inputs.prices)
        return Line(
            "training",
            f"Training, {service.name}",
            f"{runs} × {write_cents_or_less(shown)} per million",
            self.rows.api_training(),
            service.sources if price is None else (),
            (*inputs, "service", "training_price"),
        )

    def training_time(self) -> str:
        """How long training takes on the GPUs the reader gives it, in words."""
        gpus = self.inputs.serving.training_gpus
        return (
            f"; {write_number(self.rows.training_hours() / gpus)} hours on {write_count(gpus, 'GPU')}" if gpus else ""
        )

    def indexing(self) -> list[Line]:
        embedding, database = self.records.embedding, self.records.database
        corpus = write_words(self.inputs.retrieval.corpus_tokens)
        lines = [
            Line(
                "training",
                f"Embedding the corpus, {embedding.name}",
                f"{corpus} tokens and their overlap × {write_cents_or_less(embedding.price)} per million",
                self.rows.embedding_cost(),
                embedding.sources,
                ("corpus_tokens", "embedding", "chunk_tokens", "overlap_tokens"),
            ),
            Line(
                "training",
                f"Writing the index, {database.name}",
                f"{write_words(self.rows.chunks)} chunks, {write_number(self.rows.assumed['write_units_per_chunk'])} units each "
                f"× {write_cents_or_less(database.writes or 0.0)} per million",
                self.rows.write_cost(),
                database.sources,
                ("vector_database",),
                "" if database.writes or database.writes_per_gb else "writing is not billed there",
            ),
        ]
        if self.inputs.retrieval.indexing_pass:
            lines.append(
                Line(
                    "training",
                    "A model reads every chunk",
                    f"{write_words(self.rows.chunks)} chunks × one call of {self.records.prompted[0].record.name}, "
                    f"{write_number(self.rows.assumed['indexing_pass_tokens'])} tokens out",
                    self.rows.indexing_pass_cost(),
                    self.records.prompted[0].record.sources,
                    ("indexing_pass",),
                )
            )
        return lines

    # A month.

    def month(self) -> list[Line]:
        field = MONTHLY_HOURS[self.key]
        lines = [self.hours("Looking after it", getattr(self.inputs.people, field), field)]
        if added := self.rows.lookup_hours(self.key, setup=False):
            lines.append(self.hours("Retrieval beside it", added, "monthly_rag"))
        lines += self.requests(self.inputs.workload.requests_per_month)
        lines += self.hosting()
        if self.looks_up:
            lines += self.lookups()
        return lines

    def tokens(self) -> Tokens:
        return self.rows.tokens_of(self.key)

    def priced_by(self) -> tuple[TokenPrices, tuple[str, ...], str] | None:
        """What a row's tokens cost, the sources, and the model's name; nothing where GPUs are paid."""
        if self.key in ("own", "open"):
            return None
        if self.key == "api":
            service = self.records.service
            if service is None or service.hosting_is_per_gpu:
                return None
            yours = self.yours(("tuned_input_price", "tuned_output_price"))
            return (
                tuned_prices(service, self.inputs.prices, self.rows.assumed),
                () if yours else service.sources,
                f"tuned {self.records.base.name}",
            )
        if self.key == "small":
            record = self.records.small[0].record
            return self.rows.small_prices[0].prices, () if self.yours(SMALL_PRICES) else record.sources, record.name
        record = self.records.prompted[0].record
        yours = self.yours(PROMPTED_PRICES)
        return self.rows.prompted_prices[0].prices, () if yours else record.sources, record.name

    def yours(self, names: Iterable[str]) -> bool:
        """Whether any of some prices is the reader's."""
        return any(getattr(self.inputs.prices, name) is not None for name in names)

    def requests(self, volume: float) -> list[Line]:
        """What a number of requests costs in tokens, at the first month's prices and share of cache hits."""
        found = self.priced_by()
        if found is None:
            return []
        price, sources, model = found
        tokens, prices, batch = self.tokens(), self.inputs.prices, self.inputs.traffic.batch_share
        calls = volume / (1 - prices.retried_share)
        if price.batch_input is None or price.batch_output is None:
            batch = 0.0
        live = calls * (1 - batch)
        scale_in, scale_out = price.multiples(tokens.fixed + tokens.varying)
        times = f"{write_number(live)} × " if volume != 1 else ""
        lines = []

        def add(name: str, each: float, amount: float, usd: float, inputs: tuple[str, ...]) -> None:
            lines.append(
                Line(
                    "serving",
                    name,
                    f"{times}{write_number(each)} tokens × {write_cents_or_less(usd)} per million",
                    formulas.token_cost(tokens=amount * each, price=usd),
                    sources,
                    inputs,
                )
            )

        if is_cached(tokens, price, prices) and price.cached_input is not None:
            share = self.hit_share()
            add(
                f"Fixed prompt read from cache, {write_share(share)} of the time",
                tokens.fixed,
                live * share,
                price.cached_input * scale_in,
                ("cache_hit_share", "fixed_tokens"),
            )
            add(
                "Fixed prompt written to the cache, the rest",
                tokens.fixed,
                live * (1 - share),
                price.write * scale_in,
                ("cache_hit_share",),
            )
            add(f"Varying input, {model}", tokens.varying, live, price.input * scale_in, ("varying_tokens",))
        else:
            add(
                f"Input, {model}",
                tokens.fixed + tokens.varying,
                live,
                price.input * scale_in,
                ("fixed_tokens", "varying_tokens"),
            )
        add(f"Output, {model}", tokens.output, live, price.output * scale_out, ("output_tokens", "reasoning_tokens"))
        if batch and price.batch_input is not None and price.batch_output is not None:
            batch_input, batch_output = price.batch_input * scale_in, price.batch_output * scale_out
            lines.append(
                Line(
                    "serving",
                    "Requests that can wait, at the batch price",
                    f"{write_number(calls * batch)} requests × {write_cents_or_less(batch_input)} in, {write_cents_or_less(batch_output)} out per million",
                    formulas.workload_cost(
                        requests=calls * batch,
                        input_tokens=tokens.fixed + tokens.varying,
                        output_tokens=tokens.output,
                        input_price=batch_input,
                        output_price=batch_output,
                    ),
                    sources,
                    ("batch_share",),
                )
            )
        return lines

    def hit_share(self) -> float:
        flow = self.row.cost.running.flow
        return flow.hits[1] / flow.paid[1] if flow.paid[1] else 0.0

    def hosting(self) -> list[Line]:
        running, serving, service = self.row.cost.running, self.inputs.serving, self.records.service
        hours = write_number(serving.hours_per_month)
        lines = []
        if running.gpus:
            gpus = running.gpus[1]
            if self.key == "api" and service is not None:
                sources, name = service.sources, f"Dedicated GPUs, {service.name}"
                how = f"{write_count(int(gpus), 'GPU')} × {hours} hours × {write_cents(running.gpu_month / serving.hours_per_month)}"
                fields: tuple[str, ...] = ("hosting_price", "hours_per_month", "service")
            elif serving.owned:
                sources, name = (), f"{self.records.card.name}, bought"
                how = f"{write_count(int(gpus), 'GPU')} × {write_cents(running.gpu_month)} a month"
                fields = ("gpu_bought", "hardware_life", "overhead_share")
            else:
                rent = self.records.gpu
                sources = rent.sources if rent and serving.gpu_price is None else ()
                name = f"{self.records.card.name}, rented"
                how = f"{write_count(int(gpus), 'GPU')} × {hours} hours × {write_cents(self.rows.gpu_hour())}"
                if overhead := self.rows.overhead_share():
                    how += f" × {write_number(1 + overhead)} with overhead"
                fields = ("replicas", "hours_per_month", "gpu_price", "usable_share", "peak_to_mean")
            lines.append(Line("serving", name, how, gpus * running.gpu_month, sources, fields, self.load()))
            if self.key == "api" and service is not None and service.storage_per_month:
                lines.append(
                    Line("serving", "Storage of the tuned model", "a month", service.storage_per_month, service.sources)
                )
        elif self.key == "api" and service is not None:
            hour = (
                service.hosting_per_hour or 0.0
                if self.inputs.prices.hosting_price is None
                else self.inputs.prices.hosting_price
            )
            if hour:
                lines.append(
                    Line(
                        "serving",
                        f"Hosting, {service.name}",
                        f"{hours} hours × {write_cents(hour)}, used or not",
                        formulas.hosting_cost(price_per_hour=hour, hours_per_month=serving.hours_per_month),
                        service.sources if self.inputs.prices.hosting_price is None else (),
                        ("hosting_price", "hours_per_month"),
                    )
                )
            if service.storage_per_month:
                lines.append(
                    Line("serving", "Storage of the tuned model", "a month", service.storage_per_month, service.sources)
                )
        return lines

    def load(self) -> str:
        """How busy the GPUs are, in words."""
        workload = self.inputs.workload
        fit = self.records.hosted_fit if self.key == "api" else self.records.fit
        if fit is None:
            return ""
        used = formulas.utilisation(
            requests_per_month=workload.requests_per_month / (1 - self.inputs.prices.retried_share),
            gpu_seconds_per_request=gpu_seconds(self.tokens(), fit),
            gpus=int(self.row.cost.running.gpus[1]),
            seconds_per_month=self.inputs.serving.hours_per_month * SECONDS_PER_HOUR,
        )
        return f"busy {write_share(used) if used >= _LEAST_SHARE or not used else 'under 0.1%'} of the time on average"

    def lookups(self) -> list[Line]:
        retrieval, database, volume = (
            self.inputs.retrieval,
            self.records.database,
            self.inputs.workload.requests_per_month,
        )
        running = self.row.cost.running
        lines = [
            Line(
                "serving",
                f"Vector database, {database.name}",
                f"{write_number(self.rows.stored_bytes / self.rows.assumed['bytes_per_gb'])} GB × {write_cents_or_less(database.storage or 0.0)} and {write_words(volume)} searches × {write_cents_or_less(database.reads or 0.0)} per million, at least {write_cents(database.monthly_minimum)}",
                running.database[1],
                database.sources,
                ("vector_database", "corpus_tokens"),
            ),
            Line(
                "training",
                "Changed documents, indexed again",
                f"{write_share(retrieval.changed_share)} of the corpus",
                self.rows.index_cost * retrieval.changed_share,
                self.records.embedding.sources,
                ("changed_share",),
            ),
            *self.searching(volume),
        ]
        if retrieval.other_units:
            lines.append(
                Line(
                    "serving",
                    "Other meter",
                    f"{write_number(retrieval.other_units)} × {write_cents_or_less(retrieval.other_price)}",
                    retrieval.other_units * retrieval.other_price,
                    inputs=("other_units", "other_price"),
                )
            )
        return lines

    def searching(self, volume: float) -> list[Line]:
        records = self.records
        times = f"{write_number(volume)} × " if volume != 1 else ""
        lines = [
            Line(
                "serving",
                f"Embedding queries, {records.embedding.name}",
                f"{times}{write_number(self.inputs.workload.varying_tokens)} tokens × {write_cents_or_less(records.embedding.price)} per million",
                volume * self.rows.query_cost(),
                records.embedding.sources,
                ("varying_tokens", "embedding"),
            )
        ]
        if self.inputs.retrieval.rewriting:
            name = records.prompted[0].record.name
            lines.append(
                Line(
                    "serving",
                    "Rewriting queries",
                    f"{times}one call of {name}",
                    volume * self.rows.rewriting_cost(),
                    records.prompted[0].record.sources,
                    ("rewriting",),
                )
            )
        if records.reranker is not None:
            lines.append(
                Line(
                    "serving",
                    f"Reranking, {records.reranker.name}",
                    f"{times}{self.rows.assumed['reranked_chunks']:.0f} chunks, our assumption",
                    volume * self.rows.rerank_cost(),
                    records.reranker.sources,
                    ("reranker",),
                )
            )
        return lines

    def request(self) -> list[Line]:
        lines = self.requests(1)
        if self.looks_up:
            lines += self.searching(1)
        if not lines:
            why = "nothing at the margin while the GPUs keep up" if self.row.standing.priced else "not known"
            return [Line("serving", "One more request", why, 0.0)]
        return lines

    # Changes and the whole.

    def change(self) -> list[Line]:
        field = CHANGE_HOURS[self.key]
        lines = [self.hours("Evals again, adjusting", getattr(self.inputs.people, field), field)]
        if self.tuned:
            lines += [self.labels(self.inputs.tuning.refresh_share), self.training()]
        return lines

    def total(self) -> list[Line]:
        cost, months = self.row.cost, self.row.cost.months
        setup_bills = cost.setup_data + cost.setup_compute + cost.waiting
        lines = [
            Line("people", "Set-up, people", "once", cost.setup_people),
            Line("", "Set-up, bills", "once", setup_bills),
            Line(
                "people",
                "Looking after it",
                f"{months} × {write_cents(cost.monthly_people)}",
                cost.monthly_people * months,
            ),
            Line(
                "serving", "Everything that runs", "each month at its own volume and price", cost.running.until(months)
            ),
        ]
        if cost.changes:
            count = len(cost.changes)
            at = " and ".join(str(month) for month in cost.changes)
            each = cost.change_people + cost.change_data + cost.change_compute
            lines.append(
                Line(
                    "",
                    "Changes of base model",
                    f"{count} × {write_cents(each)}, after month {at}"
                    if cost.changes != (0,)
                    else f"{write_cents(each)}, within the first month",
                    count * each,
                    inputs=("model_life",),
                )
            )
        return lines


_LEAST_SHARE: Final = FACTS.rule("least_shown_share")


def write_cents_or_less(price: float) -> str:
    """Write a price per million tokens to the cent, or exactly where it is finer."""
    return write_cents(price) if round(price, 2) == price else f"${price:.4g}"
