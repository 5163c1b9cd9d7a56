"""The path of the plan: what is tried in which order, and how many of 100 jobs pass at each step."""

from itertools import accumulate
from typing import Final

from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.plan.advice import Try
from calculators.catalog.cost_comparison.plan.steps import Step
from calculators.catalog.cost_comparison.words import Amount, Sentence, plain, tried
from calculators.chart.plan_path import JOBS, PathEnd, PathLoop, PathStep, path_bar, plan_path
from calculators.formulas.rounding import whole_parts
from calculators.html.cost_comparison.sentences import hue_class, sentence
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_count, write_money, write_share

_ROUNDING: Final = 1e-9
"""A share below this is none: floats are not exact. [1]"""
_CENT: Final = 0.01
"""What is less than this is nothing. [USD]"""
_LEAST_PERCENT: Final = 0.005
"""A chance below this would be written as none. [1]"""

_ITEM: Final = Html(
    '<li><span class="path__head"><b><span class="approach{}">{}</span></b> <span class="amount">{}</span></span>'
    ' <span class="soft">{} to find out, {} to pass</span>{} <span class="soft">{} · {}{}</span>{}</li>'
)
_ASIDE: Final = Html(' <span class="path__aside">{}</span>')
_REST: Final = Html('<p class="path__rest"><span>{}</span> <b>{}</b></p>')


def path(slug: str, comparison: Comparison, odds: Sentence) -> Html:
    """
    Draw the path where there is room, write it as a list, and say what it comes to; nothing where nothing is tried.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.
        odds: The chance that nothing passes, and what the plan comes to on average.
    """
    tries = comparison.advice.tries
    if not tries:
        return NOTHING
    come = list(accumulate((each.step.chance for each in tries), _failing, initial=float(JOBS)))
    come = [jobs if jobs > _ROUNDING else 0.0 for jobs in come]
    counts = whole_parts([*(jobs * each.step.chance for jobs, each in zip(come, tries, strict=False)), come[-1]], JOBS)
    worth = accumulate((each.step.price_of_a_success if each.dashed else 0.0 for each in tries), max)
    drawn, items = zip(
        *(
            _step(comparison, each, sum(counts[:place]), counts[place], (come[place], come[place + 1]), _money(least))
            for place, (each, least) in enumerate(zip(tries, worth, strict=True))
        ),
        strict=True,
    )
    end, rest = _end(comparison, tries[-1].step, _count(counts[-1], come[-1])) if come[-1] else (None, NOTHING)
    return Html(
        '<h3 id="{slug}-path">Of {jobs} jobs like this one</h3><div class="path">{picture}'
        '<div class="path__list"><ol>{steps}</ol>{rest}</div></div><p class="soft">{odds}</p>'
    ).fill(slug=slug, jobs=JOBS, picture=plan_path(drawn, end), steps=join(items), rest=rest, odds=sentence(odds))


def _failing(comes: float, chance: float) -> float:
    return comes * (1 - chance)


def _step(
    comparison: Comparison, each: Try, before: int, count: int, jobs: tuple[float, float], worth: str
) -> tuple[PathStep, Html]:
    """
    Write a step for the picture and for the list.

    Args:
        comparison: The answer.
        each: The step.
        before: How many jobs passed before it. [job]
        count: How many pass here. [job]
        jobs: How many come to it, and how many fail, exactly. [job]
        worth: What a version that passes must be worth to go so far.
    """
    step, advice = each.step, comparison.advice
    approach, then, comes, fails = ROWS[step.row], step.passed, *jobs
    # Not what comes less what fails: a chance may be too small to be left of that.
    passes = comes * step.chance
    first = step is advice.first
    measured = first and advice.measured_first
    name = tried(comparison, approach).text
    spent = f"{_money(step.find_out) or 'nothing'}{'' if first else ' more'}"
    go_live = _money(step.go_live)
    weeks = "" if measured else write_count(max(comparison.weeks(step.row), 1), "week")
    passed = _count(count, passes)
    pass_words, fail_words = f"passes: {passed}", f"fails: {_count(JOBS - before - count, fails)}"
    next_words = _second(comparison, step, then, passes * then.chance, count, passed) if then else ()
    takes = (
        f"{spent} to find out" if first else spent,
        weeks and f"live in {weeks}",
        f"only if worth more than {worth}" if each.dashed else "",
    )
    kept = (go_live and f"{go_live} to go live", f"{pass_words} in {JOBS}" if first else pass_words)
    drawn = PathStep(
        hue=approach.hue,
        hollow=approach.sorts,
        dashed=each.dashed,
        name=f"Measure what runs: {name}" if measured else f"{name[:1].upper()}{name[1:]}",
        takes=tuple(filter(None, takes)),
        passes=passes,
        fails=fails,
        passed=tuple(filter(None, kept)),
        keep=f"keep: {_money(step.keep) or 'nothing'}",
        failed=fail_words,
        loop=PathLoop(ROWS[then.row].hue, f"now see whether {plain(next_words)}") if then else None,
    )
    asides = []
    if then:
        asides.append(sentence(("If it passes, see whether ", *next_words)))
    if each.dashed:
        asides.append(sentence((f"Only if a version that passes is worth more than {worth} to you",)))
    live = f" · live in about {weeks}{go_live and f' for {go_live}'}" if weeks else ""
    item = _ITEM.fill(
        hue_class(approach),
        drawn.name,
        drawn.keep,
        spent,
        _likely(step.chance),
        path_bar(drawn),
        pass_words,
        fail_words,
        live,
        join(map(_ASIDE.fill, asides)),
    )
    return drawn, item


def _second(comparison: Comparison, step: Step, then: Step, both: float, most: int, passed: str) -> Sentence:
    """Say what is tried although a step passed, how many of those pass that too, and what becomes of the others."""
    count = min(round(both), most)
    do, save = ("does", "saves") if count == 1 else ("do", "save")
    return (
        tried(comparison, ROWS[then.row]),
        f" does too: {_count(count, both)} of {passed} {do} and {save} ",
        Amount(_money(step.after - then.after)),
        "; else back",
    )


def _end(comparison: Comparison, last: Step, jobs: str) -> tuple[PathEnd, Html]:
    """Say what becomes of the jobs that fail at every step, for the picture and for the list."""
    hand, advice = last.in_hand, comparison.advice
    words: Sentence
    if hand is not None and hand == comparison.question.today:
        short, words = "keep what runs", ("Keep what runs",)
    elif hand is not None:
        short, words = "keep what passed", ("Keep ", tried(comparison, ROWS[hand]), ", which passed")
    elif advice.ends_without > advice.nothing_passes + _ROUNDING:
        short, words = "stop without one", ("Stop without a version that passes",)
    else:
        short, words = "nothing passes", ("Nothing here passes",)
    return PathEnd(jobs, short), _REST.fill(sentence(words), jobs)


def _count(count: int, jobs: float) -> str:
    """Write a number of jobs: what is not nothing is not written as 0."""
    return "under 1" if count == 0 and jobs > 0 else str(count)


def _money(amount: float) -> str:
    """Write an amount; empty for less than a cent."""
    return write_money(amount) if amount >= _CENT else ""


def _likely(chance: float) -> str:
    """Write how likely a step is to pass: what is not impossible is not written as 0%, nor as certain what is not."""
    if 0 < chance < _LEAST_PERCENT:
        return "under 1%"
    return "over 99%" if 1 - _LEAST_PERCENT <= chance < 1 else write_share(round(chance, 2))
