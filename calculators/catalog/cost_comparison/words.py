"""
The answer in words: what a reader could say aloud in a meeting, in a fixed order.

A sentence is a tuple of plain text, names of approaches and amounts, so that a page can mark them up and a terminal
can print them; both say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

from calculators.calendar import month_after, months_between, say_date
from calculators.catalog.cost_comparison.approaches import UNTUNED_API, Approach, Runs
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.groups import AUTOMATIC
from calculators.catalog.cost_comparison.groups.inputs import NUMERIC
from calculators.catalog.cost_comparison.records import sellers
from calculators.catalog.cost_comparison.saving import SavingStep
from calculators.catalog.cost_comparison.shelf_life import ShelfLife, shelf_life
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.tipping import Tip
from calculators.facts import BaseModel
from calculators.quantity import write_money, write_number, write_share, write_words


@dataclass(frozen=True, slots=True)
class Name:
    """
    An approach in a sentence.

    Attributes:
        approach: Which one.
        text: Its name there.
    """

    approach: Approach
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """
    A figure in a sentence, not to be broken over lines.

    Attributes:
        text: The figure, as written.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """
    A link to where a figure was published.

    Attributes:
        key: Id of the source among the facts.
    """

    key: str


@dataclass(frozen=True, slots=True)
class Way:
    """
    A way on from a sentence: inputs that one press sets.

    Attributes:
        text: What it says.
        sets: The inputs and their values, as a link carries them.
    """

    text: str
    sets: tuple[tuple[str, str], ...]


type Sentence = tuple[str | Name | Amount | Cited | Way, ...]
"""A sentence, or a few that belong together."""


@dataclass(frozen=True)
class Verdict:
    """
    The answer in words; what is not asked for is not worked out.

    Attributes:
        comparison: The answer.
    """

    comparison: Comparison

    @cached_property
    def notices(self) -> tuple[Sentence, ...]:
        """What a reader must know before any figure."""
        return tuple(_notices(self.comparison))

    @cached_property
    def lead(self) -> Sentence:
        """The answer: winner, runner-up and gap."""
        return _lead(self.comparison)

    @property
    def robust(self) -> bool:
        """Whether the answer is robust."""
        return not self.comparison.fragile

    @cached_property
    def why(self) -> Sentence:
        """What makes it robust or fragile."""
        return _why(self.comparison)

    @cached_property
    def tip(self) -> Sentence:
        """The nearest tip; empty where there is none."""
        return _tip(self.comparison)

    @cached_property
    def rest(self) -> tuple[tuple[str, Sentence], ...]:
        """Who is left out and why, what is unproven, what is untested, where a saving comes from: title and text."""
        return tuple(_rest(self.comparison))


NOUNS: Final = {
    "horizon_months": "months compared",
    "requests_per_month": "requests a month",
    "fixed_tokens": "tokens of fixed prompt",
    "varying_tokens": "tokens of varying input",
    "output_tokens": "tokens of output",
    "reasoning_tokens": "tokens of reasoning",
    "monthly_growth": "growth a month",
    "peak_to_mean": "times the mean in the busiest hour",
    "batch_share": "of requests that can wait",
    "price_change": "change of token prices a year",
    "cache_hit_share": "of fixed prompts read from cache",
    "retried_share": "of calls failing",
    "input_price": "per million input tokens",
    "cached_price": "per million cached input tokens",
    "cache_write_price": "per million tokens written to the cache",
    "output_price": "per million output tokens",
    "tuned_input_price": "per million input tokens of the tuned model",
    "tuned_output_price": "per million output tokens of the tuned model",
    "training_price": "per million training tokens",
    "hosting_price": "an hour for hosting the tuned model",
    "batch_input_price": "per million input tokens that can wait",
    "batch_output_price": "per million output tokens that can wait",
    "small_input_price": "per million input tokens of the untuned small model",
    "small_output_price": "per million output tokens of the untuned small model",
    "storage_price": "a month for storing the tuned model",
    "job_minimum": "at least for a training job",
    "embedding_price": "per million tokens embedded",
    "rerank_price": "for reranking",
    "database_minimum": "a month at least for the vector database",
    "storage_gb_price": "per GB and month of vectors",
    "reads_price": "per million reads of vectors",
    "writes_price": "per million writes of vectors",
    "shots": "shots",
    "tokens_per_shot": "tokens a shot",
    "corpus_tokens": "tokens of corpus",
    "changed_share": "of the corpus changing a month",
    "chunk_tokens": "tokens a chunk",
    "overlap_tokens": "tokens of overlap",
    "retrieved_chunks": "chunks a request",
    "other_units": "units of the other meter",
    "other_price": "a unit of the other meter",
    "examples": "training examples",
    "example_price": "for one training example",
    "labellers": "people an example",
    "automatic_share": "of examples labelled automatically",
    "tokens_per_example": "tokens a training example",
    "epochs": "epochs",
    "runs": "training runs",
    "validation_tokens": "tokens of validation",
    "tuned_prompt": "tokens of prompt after tuning",
    "refresh_share": "of the training data made anew at a model change",
    "gpu_price": "an hour for a GPU",
    "gpus_per_replica": "GPUs a replica",
    "replicas": "replicas",
    "usable_share": "of GPU capacity usable",
    "hours_per_month": "hours a month that GPUs are paid for",
    "gpu_bought": "for a GPU bought",
    "hardware_life": "months of hardware life",
    "overhead_share": "overhead on GPUs",
    "training_gpus": "training GPUs",
    "hourly_rate": "an hour of your team’s time",
    "eval_hours": "hours for the eval set",
    "setup_prompt": "hours to set up prompting",
    "setup_few_shot": "hours to set up few-shot",
    "setup_rag": "hours to set up RAG",
    "setup_api": "hours to set up tuning through an API",
    "setup_own": "hours to set up self-hosted tuning",
    "setup_open": "hours to set up hosting alone",
    "monthly_prompt": "hours a month on prompting",
    "monthly_few_shot": "hours a month on few-shot",
    "monthly_rag": "hours a month on RAG",
    "monthly_api": "hours a month on tuning through an API",
    "monthly_own": "hours a month on self-hosting",
    "change_prompt": "hours on prompting at a model change",
    "change_few_shot": "hours on few-shot at a model change",
    "change_rag": "hours on RAG at a model change",
    "change_api": "hours on tuning through an API at a model change",
    "change_own": "hours on self-hosting at a model change",
    "model_life": "months of model life",
    "delay_cost": "for a month of waiting",
    "discount_rate": "discount a year",
}
"""What stands behind an input's value in a sentence: `50,000 requests a month`, `$93 an hour of your team’s time`."""


def plain(sentence: Sentence) -> str:
    """
    Write a sentence as plain text.

    >>> plain((Name(UNTUNED_API, "The small model"), " costs ", Amount("$5"), "."))
    'The small model costs $5.'
    """
    return "".join(
        part if isinstance(part, str) else "" if isinstance(part, Cited | Way) else part.text for part in sentence
    )


def value(name: str, number: float) -> str:
    """Write an input's value as a sentence says it, its unit left to the noun behind it."""
    kind = NUMERIC[name]
    if kind.share:
        return write_share(number)
    return write_money(number) if kind.money else write_words(number)


def verdict(comparison: Comparison) -> Verdict:
    """Say the answer."""
    return Verdict(comparison)


def _sentence_name(row: Row) -> Name:
    name = row.approach.name
    return Name(row.approach, name[0].upper() + name[1:])


def _lead(comparison: Comparison) -> Sentence:
    winner, second = comparison.winner, comparison.runner_up
    if winner is None:
        return (
            (
                "Nothing here can do the job as it is judged. "
                "Choose another job, or say what you know better under “Your eval and judgement”."
            ),
        )
    over = f" over {_months(comparison.months)}"
    parts: list[str | Name | Amount | Cited | Way] = []
    cheapest = comparison.bills_winner
    if cheapest is not None and comparison.people_decide:
        parts += [
            "Your team’s time decides. On bills alone ",
            Name(cheapest.approach, cheapest.approach.name),
            " costs least; with time counted ",
            Name(winner.approach, winner.approach.name),
            " does: ",
            Amount(write_money(winner.total)),
            over,
            ". ",
        ]
    else:
        parts += [
            _sentence_name(winner),
            _of_how_many(comparison),
            Amount(write_money(winner.total)),
            over,
            _share(winner),
        ]
    if second is not None:
        gap = write_money(second.total - winner.total)
        parts += [_sentence_name(second), " would cost ", Amount(gap), " more."]
    if comparison.too_close:
        parts.append(" That is too close to call on cost; choose on time and lock-in.")
    return tuple(parts)


def _of_how_many(comparison: Comparison) -> str:
    number = len(comparison.running)
    if number == 1:
        return " is the only one that can do this: "
    return f" costs least of the {_NUMBERS[number]} that can do this: "


_NUMBERS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven")
"""How many rows, in words: there are seven."""


def _share(winner: Row) -> str:
    if winner.people > winner.bills:
        return f", {write_money(winner.bills)} of it bills and the rest your team’s time. "
    return f", {write_money(winner.bills)} of it bills. "


def _tip(comparison: Comparison) -> Sentence:
    tip = comparison.tips[0] if comparison.tips else None
    if tip is None:
        return ()
    return (
        _sentence_name(comparison.taker(tip)),
        f" takes over {'above' if tip.upwards else 'below'} ",
        Amount(value(tip.name, tip.at)),
        f" {NOUNS[tip.name]}; {'yours is' if tip.name not in _ENTERED else 'you entered'}\N{NO-BREAK SPACE}",
        Amount(value(tip.name, tip.value)),
        ".",
    )


_ENTERED: Final = {"requests_per_month", "fixed_tokens", "varying_tokens", "output_tokens", "horizon_months"}


def _why(comparison: Comparison) -> Sentence:
    if comparison.winner is None:
        return ()
    if not comparison.tips:
        return ("No single number, within the range of its field, changes the answer.",)
    ways = [_moved(tip) for tip in comparison.tips]
    parts = f"{ways[0]} would change the answer"
    if len(ways) > 1:
        parts += f"; so would {' or '.join(ways[1:])}"
    bills = " Bills alone name another winner." if comparison.people_decide else ""
    return (f"{parts}.{bills}",)


_SAID_AS_VALUES: Final = {"peak_to_mean", "model_life", "horizon_months", "hardware_life"}


def _moved(tip: Tip) -> str:
    """Say a tip as a change: `22% more requests a month`, `3 times as many examples`, `$8 an hour instead of $2`."""
    kind, noun = NUMERIC[tip.name], NOUNS[tip.name]
    if kind.share or kind.money or tip.value == 0 or tip.name in _SAID_AS_VALUES:
        return f"{value(tip.name, tip.at)} {noun} instead of {value(tip.name, tip.value)}"
    if tip.upwards and tip.change >= 1:
        return f"{write_number(float(f'{tip.at / tip.value:.2g}'))} times as many {noun}"
    return f"{write_share(tip.change)} {'more' if tip.upwards else 'fewer'} {noun}"


def _rest(comparison: Comparison) -> Iterable[tuple[str, Sentence]]:
    winner = comparison.winner
    unproven = [
        _unproven(row, winner)
        for row in comparison.rows
        if row.standing.can is Can.UNPROVEN and row.standing.passes == "untested"
    ]
    if unproven:
        yield (
            "Unproven",
            tuple(part for number, words in enumerate(unproven) for part in ((" ",) if number else ()) + words),
        )
    if left_out := _left_out(comparison):
        yield "Left out", left_out
    if outside := _extrapolated(comparison):
        yield "Extrapolated", (outside,)
    untested = [row for row in comparison.running if row.standing.passes == "untested"]
    if untested:
        names = _and([row.approach.name for row in untested])
        yield "Not tested", (f"whether {names} {'pass' if len(untested) > 1 else 'passes'} your own eval.",)
    judged = [row for row in comparison.rows if row.standing.judged]
    if judged:
        yield "Your judgement", (f"{_and([row.approach.name for row in judged])}, against the guide’s table.",)
    if comparison.saving:
        yield "Not like for like", _saving(comparison)


def _unproven(row: Row, winner: Row | None) -> Sentence:
    tail = f", if it passes your eval: {row.standing.reason}."
    if winner is None or row.total >= winner.total:
        return (_sentence_name(row), " would cost ", Amount(write_money(row.total)), tail)
    return (_sentence_name(row), " would cost ", Amount(write_money(winner.total - row.total)), f" less{tail}")


def _left_out(comparison: Comparison) -> Sentence:
    by_reason: dict[str, list[Row]] = {}
    for row in comparison.rows:
        failed = row.standing.passes == "no"
        if (not row.approach.reference or failed) and not row.standing.ranked:
            by_reason.setdefault("failed in your eval" if failed else row.standing.reason, []).append(row)
    parts: list[str | Name | Amount | Cited | Way] = []
    for reason, rows in by_reason.items():
        parts.append("; " if parts else "")
        for number, row in enumerate(rows):
            parts.append("" if number == 0 else " and " if number == len(rows) - 1 else ", ")
            parts.append(Name(row.approach, row.approach.name))
        parts.append(f" ({reason})")
    return (*(part for part in parts if part), ".") if parts else ()


def _saving(comparison: Comparison) -> Sentence:
    tuned, saving = comparison.tuned, comparison.saving
    if tuned is None or saving is None:
        return ()
    against = comparison.row(saving.baseline)
    difference = against.total - tuned.total
    sign = 1 if difference > 0 else -1
    largest = max(saving.steps, key=lambda step: sign * step.amount, default=None)
    parts: list[str | Name | Amount | Cited | Way] = [
        Name(tuned.approach, _sentence_name(tuned).text),
        f" runs {comparison.records.base.name}, ",
        Name(against.approach, against.approach.name),
        f" runs {_runs(comparison, against)}. It costs ",
        Amount(f"{write_money(abs(difference))} {'less' if difference > 0 else 'more'}"),
        ": ",
        *_listed(saving.steps),
        ".",
    ]
    if largest is not None and sign * largest.amount > 0:
        share = "Most of that" if sign * largest.amount > abs(difference) / 2 else "The largest part"
        parts.append(f" {share} is {largest.name}.")
    if not against.approach.reference:
        small = comparison.row(UNTUNED_API)
        parts += [
            " The same small model without tuning would cost ",
            Amount(write_money(small.total)),
            ", if it passes your eval.",
        ]
    return tuple(parts)


def _listed(steps: tuple[SavingStep, ...]) -> list[str | Name | Amount | Cited | Way]:
    parts: list[str | Name | Amount | Cited | Way] = []
    told = [step for step in steps if round(step.amount)]
    for number, step in enumerate(told):
        parts.append("" if number == 0 else " and " if number == len(told) - 1 else ", ")
        parts += [Amount(f"{'+' if step.amount < 0 else '−'}{write_money(abs(step.amount))}"), f" {step.name}"]
    return [part for part in parts if part]


def _runs(comparison: Comparison, row: Row) -> str:
    if row.approach.reference:
        return "the same without tuning"
    return comparison.records.prompted[0].record.name


def _notices(comparison: Comparison) -> Iterable[Sentence]:
    yield from _closure(comparison)
    job, records, today = comparison.inputs.job, comparison.records, comparison.facts.today
    model = records.prompted[0].record
    if job.as_of > today:
        yield (f"Figures after {say_date(today)} are those known on that day.",)
    if model.retires is not None:
        left = months_between(job.as_of, model.retires)
        source: Sentence = (" ", Cited(model.retires_source)) if model.retires_source else ()
        if model.retires <= job.as_of:
            yield (f"{model.name} was switched off on {say_date(model.retires)}. Its figures are history.", *source)
        elif left < comparison.months:
            yield (
                f"{model.name} is switched off on {say_date(model.retires)}, within your horizon.",
                " The change of model that this forces is counted.",
                *source,
            )
    for earlier, later in zip(records.prompted, records.prompted[1:], strict=False):
        given = comparison.inputs.prices
        if later.first < comparison.months and None in (given.input_price, given.output_price):
            old, new = earlier.record, later.record
            yield (
                f"{new.name} costs {write_money(old.input)} in and {write_money(old.output)} out now, and ",
                f"{write_money(new.input)} and {write_money(new.output)} from {say_date(new.valid_from)}. ",
                "Months from then on are counted at the new price. ",
                Cited(new.sources[0]),
            )
    if model.reasons_by_default and not comparison.inputs.workload.reasoning_tokens:
        yield (
            f"{model.name} thinks before it answers unless told not to, and bills that as output. ",
            "With 0 tokens of reasoning its cost is understated unless you switch it off.",
        )


def newer(comparison: Comparison) -> Sentence:
    """
    Say what today's figures would change, where the answer rests on those of an earlier day.

    Returns:
        The sentence; empty where the answer rests on today's.
    """
    later = comparison.newer
    if later is None:
        return ()
    days = f"These are the figures of {say_date(comparison.inputs.job.as_of)}"
    now, then = comparison.winner, later.winner
    if then is None:
        return (f"{days}. From those of {say_date(later.day)} no answer can be given.",)
    if now is not None and now.approach is then.approach and round(now.total) == round(then.total):
        return (f"{days}; those of {say_date(later.day)} give the same.",)
    parts: list[str | Name | Amount | Cited | Way] = [
        f"{days}. With those of {say_date(later.day)} ",
        Name(then.approach, then.approach.name),
        " costs least: ",
        Amount(write_money(then.total)),
    ]
    if now is not None:
        gap = then.total - now.total
        parts += [", ", Amount(f"{write_money(abs(gap))} {'more' if gap > 0 else 'less'}"), " than here"]
    return (*parts, ".")


def _closure(comparison: Comparison) -> Iterable[Sentence]:
    """What a reader must know of the chosen way to tune before any figure: who still sells it, and until when."""
    records, job = comparison.records, comparison.inputs.job
    service, life = records.service, records.life
    if service is None or life is None:
        return
    shut = not life.open_to(existing_customer=comparison.inputs.tuning.existing_customer)
    dies = life.dies_before(month_after(job.as_of, comparison.months))
    ends = life.closes is not None and life.closes.valid_from < month_after(job.as_of, comparison.months)
    if not (shut or dies or ends):
        return
    said = [f"{service.name} is {life.closed_words}."] if life.closed_words else []
    if life.closes is not None:
        last = say_date(life.closes.valid_from - timedelta(days=1))
        who = "Existing customers" if life.closed_words else f"{service.name}: anyone"
        said.append(f"{who} can start training jobs until {last}.")
    if life.stops_words:
        within = ", within your horizon" if dies and not life.dead else ""
        words = life.stops_words if said else f"{service.name}: {life.stops_words}"
        said.append(f"{words[0].upper()}{words[1:]}{within}.")
    if shut or dies:
        counted = "its figures are history" if life.dead else "the change that this forces is counted"
        said.append(
            f"It is ranked last; {counted}."
            if comparison.at_service.standing.can is Can.CLOSED
            else "You count it anyway."
        )
    sources = tuple(part for key in life.sources for part in (" ", Cited(key)))
    yield (" ".join(said), *sources, *_ways_on(comparison, shut=shut, life=life))


def _ways_on(comparison: Comparison, *, shut: bool, life: ShelfLife) -> Iterable[Way]:
    """What a reader can do about a way to tune that is closed: another one, or their own standing with it."""
    records, job = comparison.records, comparison.inputs.job
    end = month_after(job.as_of, comparison.months)

    def lasts(base: BaseModel) -> bool:
        sold = sellers(base, job.as_of, job.horizon_months, comparison.facts)[:1]
        return any(
            other.open_to(existing_customer=False) and not other.dies_before(end)
            for other in (shelf_life(service, base, job.as_of, comparison.facts) for service in sold)
        )

    if lasts(records.base):
        yield Way("Use one you can still buy", (("service", AUTOMATIC),))
    else:
        default = comparison.facts.tuning[comparison.facts.default_tuning()].base_models[0]
        yield Way("Use one you can still buy", (("tuned_model", default), ("service", AUTOMATIC)))
    if shut and life.sold_to == "existing customers" and not life.dead:
        yield Way(
            "We are an existing customer: show the figures",
            (("existing_customer", "yes"), (comparison.at_service.approach.asked.can, "can")),
        )


def _extrapolated(comparison: Comparison) -> str:
    for row in comparison.running:
        if not row.cost.running.gpus:
            continue
        hosted = row.approach.runs is Runs.SERVICE
        fit = comparison.records.hosted_fit if hosted else comparison.records.fit
        if fit is None:
            continue
        held = comparison.evaluation.row(row.approach).held
        taken = ((held.input, fit.input_range, "input"), (held.output, fit.output_range, "output"))
        for number, (low, high), kind in taken:
            if not low <= number <= high:
                return (
                    f"{row.approach.name}. {comparison.records.base.name} was measured on {fit.gpu} "
                    f"with {write_words(low)} to {write_words(high)} {kind} tokens; "
                    f"a request here has {write_words(number)}."
                )
    return ""


def _months(months: int) -> str:
    return "one month" if months == 1 else f"{months} months"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
