"""The answer in words: what a reader could say aloud in a meeting, in a fixed order."""

from collections.abc import Iterable
from dataclasses import dataclass

from calculators.catalog.cost_comparison.approaches import UNTUNED_API, Runs, baseline
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.saving import SavingStep
from calculators.catalog.cost_comparison.words import plan
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.notices import notices
from calculators.catalog.cost_comparison.words.sentences import Amount, Name, Part, Sentence, capital, listed
from calculators.quantity import write_money, write_share, write_words


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The answer in words, but for what takes longer to find: whether it is robust, and when tuning first would be right.

    Attributes:
        notices: What a reader must know before any figure.
        lead: What to try first, what it takes, what follows, and when to stop.
        trap: What tuning first would cost; empty where tuning cannot, or is first.
        odds: The chance that nothing passes, and the plan's average beside it; empty where nothing is tried.
        rest: Who is left out and why, what is extrapolated, what was judged, where a saving comes from: title and text.
    """

    notices: tuple[Sentence, ...]
    lead: Sentence
    trap: Sentence
    odds: Sentence
    rest: tuple[tuple[str, Sentence], ...]


def verdict(comparison: Comparison) -> Verdict:
    """Say the answer."""
    return Verdict(
        notices=(*notices(comparison), *plan.remarks(comparison)),
        lead=plan.lead(comparison),
        trap=plan.trap(comparison),
        odds=plan.odds(comparison),
        rest=tuple(_rest(comparison)),
    )


def _rest(comparison: Comparison) -> Iterable[tuple[str, Sentence]]:
    if left_out := _left_out(comparison):
        yield "Left out", left_out
    if outside := _extrapolated(comparison):
        yield "Extrapolated", outside
    if unrated := _without_a_rate(comparison):
        yield "Wrong answers", unrated
    if reasoning := _reasoning(comparison):
        yield "Thinking", reasoning
    judged = [row for row in comparison.rows if row.standing.judged]
    if judged:
        names = listed([(tried(comparison, row.approach),) for row in judged])
        yield "Your judgement", (*names, ", against the guide’s table.")
    if comparison.saving:
        yield "Not like for like", _saving(comparison)


def _left_out(comparison: Comparison) -> Sentence:
    by_reason: dict[str, list[Row]] = {}
    for row in comparison.rows:
        failed = row.standing.passes == "no"
        if (not row.approach.another_model or failed) and not row.standing.ranked:
            by_reason.setdefault("failed in your eval" if failed else row.standing.reason, []).append(row)
    parts: list[Part] = []
    for reason, rows in by_reason.items():
        parts.append("; " if parts else "")
        parts += [*listed([(Name(row.approach, row.approach.name),) for row in rows]), f" ({reason})"]
    return (*(part for part in parts if part), ".") if parts else ()


def _reasoning(comparison: Comparison) -> Sentence:
    """Name the prompted model’s neighbours that think before they answer, where that is not counted."""
    if comparison.inputs.workload.reasoning_tokens:
        return ()
    beside = (comparison.records.cheaper, comparison.records.dearer)
    names = [periods[0].record.name for periods in beside if periods and periods[0].record.reasons_by_default]
    if not names:
        return ()
    many = len(names) > 1
    return (
        f"{' and '.join(names)} {'think' if many else 'thinks'} before {'they answer' if many else 'it answers'}",
        " unless ",
        "told not to, and that is billed as output: with 0 tokens of reasoning the cost is understated.",
    )


def _without_a_rate(comparison: Comparison) -> Sentence:
    """Say which rows have no rate of their own, where wrong answers are counted, and what is taken instead."""
    if not any(row.wrong for row in comparison.rows):
        return ()
    answers = comparison.evaluation.parts.answers
    unrated = [
        row
        for row in comparison.rows
        if row.standing.ranked and answers.counted(row.approach) == answers.taken and answers.rate(row.approach) is None
    ]
    if not unrated or answers.taken is None:
        return ()
    against = baseline(documents=comparison.documents, stays=comparison.evaluation.parts.given.stays)
    many, measured = len(unrated) > 1, answers.rate(against) is not None
    as_often = (", as often as ", tried(comparison, against)) if measured else (", as often as the best that has one",)
    return (
        *capital(listed([(tried(comparison, row.approach),) for row in unrated])),
        f" {'have' if many else 'has'} no measured rate, and {'are' if many else 'is'} taken to be right ",
        f"{write_share(answers.taken)} of the time",
        *as_often,
        ".",
    )


def _saving(comparison: Comparison) -> Sentence:
    tuned, saving = comparison.tuned, comparison.saving
    if tuned is None or saving is None:
        return ()
    against = comparison.row(saving.baseline)
    difference = against.total - tuned.total
    sign = 1 if difference > 0 else -1
    largest = max(saving.steps, key=lambda step: sign * step.amount, default=None)
    parts: list[Part] = [
        *capital((Name(tuned.approach, tuned.approach.name),)),
        f" runs {comparison.records.base.name}, ",
        Name(against.approach, against.approach.name),
        f" runs {_runs(comparison, against)}. It costs ",
        Amount(f"{write_money(abs(difference))} {'less' if difference > 0 else 'more'}"),
        ": ",
        *_steps(saving.steps),
        ".",
    ]
    if largest is not None and sign * largest.amount > 0:
        share = "Most of that" if sign * largest.amount > abs(difference) / 2 else "The largest part"
        parts.append(f" {share} is {largest.name}.")
    if not against.approach.another_model:
        small = comparison.row(UNTUNED_API)
        parts += [
            " The same small model without tuning would cost ",
            Amount(write_money(small.total)),
            ", if it passes your eval.",
        ]
    return tuple(parts)


def _steps(steps: tuple[SavingStep, ...]) -> Sentence:
    told = [step for step in steps if round(step.amount)]
    return listed(
        [
            (Amount(f"{'+' if step.amount < 0 else '−'}{write_money(abs(step.amount))}"), f" {step.name}")
            for step in told
        ]
    )


def _runs(comparison: Comparison, row: Row) -> str:
    if row.approach.another_model:
        return "the same without tuning"
    return comparison.records.prompted[0].record.name


def _extrapolated(comparison: Comparison) -> Sentence:
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
                    f"{row.approach.name}. {comparison.records.base.name} was measured on {fit.gpu} ",
                    f"with {write_words(low)} to {write_words(high)} {kind} tokens; ",
                    f"a request here has {write_words(number)}.",
                )
    return ()
