"""The path of the plan: what is tried in which order, and how many of 100 jobs pass at each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from calculators.catalog.cost_comparison.approaches import ROWS, Approach
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.plan.advice import Try
from calculators.catalog.cost_comparison.plan.steps import Step
from calculators.catalog.cost_comparison.words import Amount, Sentence, plain, tried
from calculators.chart.plan_path import JOBS, PathEnd, PathLoop, PathStep, path_bar, plan_path
from calculators.formulas.rounding import whole_parts
from calculators.html.cost_comparison.hues import hue_class
from calculators.html.cost_comparison.sentences import sentence
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_count, write_money, write_share

_ROUNDING: Final = 1e-9
"""A share below this is none: floats are not exact. [1]"""
_LEAST_PERCENT: Final = 0.005
"""A chance below this would be written as none. [1]"""


@dataclass(frozen=True)
class _ToldStep:
    """
    A step as it is told, in the picture and in the list.

    Attributes:
        comparison: The answer.
        each: The step.
        number: Its place, from 1.
        worth: What a version that passes must be worth to go so far. [USD]
        passes: How many jobs pass. [job]
        fails: How many fail. [job]
        passed_count: How many pass, as a whole number. [job]
        failed_count: How many fail, as a whole number. [job]
    """

    comparison: Comparison
    each: Try
    number: int
    worth: float
    passes: float
    fails: float
    passed_count: int
    failed_count: int

    @property
    def step(self) -> Step:
        return self.each.step

    @property
    def approach(self) -> Approach:
        return ROWS[self.step.row]

    @cached_property
    def measured(self) -> bool:
        """Whether what runs today is measured here."""
        return self.comparison.advice.measured_first and self.number == 1

    @property
    def name(self) -> str:
        words = tried(self.comparison, self.approach).text
        return f"Measure what runs: {words}" if self.measured else f"{words[:1].upper()}{words[1:]}"

    @property
    def spends(self) -> str:
        """What it takes to find out, beyond what was spent before."""
        more = "" if self.number == 1 else " more"
        spent = _money(self.step.find_out)
        return f"{'nothing' if spent == _money(0) else spent}{more}"

    @property
    def weeks(self) -> str:
        """In what time it is live; empty for what runs."""
        return "" if self.measured else write_count(max(self.comparison.weeks(self.step.row), 1), "week")

    @property
    def keep(self) -> str:
        """What it costs to keep what passes."""
        return f"keep: {_money(self.step.keep)}"

    @property
    def go_live(self) -> str:
        """What it costs to go live with it; empty where that is nothing."""
        return "" if _money(self.step.go_live) == _money(0) else _money(self.step.go_live)

    @property
    def passed(self) -> str:
        return _count(self.passed_count, self.passes)

    @property
    def failed(self) -> str:
        return _count(self.failed_count, self.fails)

    @property
    def only(self) -> str:
        """What it must be worth to somebody; empty where it is for everybody."""
        return f"worth more than {_money(self.worth)}" if self.each.dashed else ""

    @property
    def drawn(self) -> PathStep:
        """The step as it is drawn."""
        then = self.step.passed
        first = self.number == 1
        takes = (
            f"{self.spends} to find out" if first else self.spends,
            self.weeks and f"live in {self.weeks}",
            self.only and f"only if {self.only}",
        )
        passed = (
            self.go_live and f"{self.go_live} to go live",
            f"passes: {self.passed}{f' in {JOBS}' if first else ''}",
        )
        return PathStep(
            self.approach.hue,
            self.approach.sorts,
            self.each.dashed,
            self.name,
            tuple(filter(None, takes)),
            self.passes,
            self.fails,
            tuple(filter(None, passed)),
            self.keep,
            f"fails: {self.failed}",
            PathLoop(ROWS[then.row].hue, f"now see whether {plain(self.second(then))}") if then else None,
        )

    def second(self, then: Step) -> Sentence:
        """What is tried although this passed, and what becomes of it."""
        both = self.passes * then.chance
        count = min(round(both), self.passed_count)
        saves = self.step.go_live + self.step.keep - then.go_live - then.keep
        return (
            tried(self.comparison, ROWS[then.row]),
            f" does too: {_count(count, both)} of {self.passed} {'does' if count == 1 else 'do'} and ",
            f"{'saves' if count == 1 else 'save'} ",
            Amount(_money(saves)),
            "; else back",
        )


def path(slug: str, comparison: Comparison, odds: Sentence) -> Html:
    """
    Draw the path where there is room, write it as a list, and say what it comes to; nothing where nothing is tried.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.
        odds: The chance that nothing passes, and what the plan comes to on average.
    """
    told = list(_told(comparison))
    if not told:
        return NOTHING
    drawn = [each.drawn for each in told]
    end, rest = _end(comparison, told[-1])
    return Html(
        '<h3 id="{slug}-path">Of {jobs} jobs like this one</h3><div class="path">{picture}'
        '<div class="path__list"><ol>{steps}</ol>{rest}</div></div><p class="soft">{odds}</p>'
    ).fill(
        slug=slug,
        jobs=JOBS,
        picture=plan_path(drawn, end),
        steps=join(_item(each, step) for each, step in zip(told, drawn, strict=True)),
        rest=rest,
        odds=sentence(odds),
    )


def _told(comparison: Comparison) -> Iterable[_ToldStep]:
    """The steps with how many jobs pass and fail at each, whole numbers that add up."""
    tries = comparison.advice.tries
    left = list(accumulate((each.step.chance for each in tries), _failing, initial=float(JOBS)))
    passes = [each.step.chance * comes for each, comes in zip(tries, left, strict=False)]
    counts = whole_parts([*passes, left[-1]], JOBS)
    counted = accumulate(counts)
    dearest = accumulate((each.step.price_of_a_success if each.dashed else 0.0 for each in tries), max)
    for number, (each, some, worth, count, so_far) in enumerate(
        zip(tries, passes, dearest, counts, counted, strict=False), start=1
    ):
        yield _ToldStep(comparison, each, number, worth, some, _none(left[number]), count, JOBS - so_far)


def _failing(comes: float, chance: float) -> float:
    return comes * (1 - chance)


def _none(jobs: float) -> float:
    """As many jobs, or none where they are but rounding. [job]"""
    return jobs if jobs > _ROUNDING else 0.0


def _count(count: int, jobs: float) -> str:
    """Write a number of jobs: what is not nothing is not written as 0."""
    return "under 1" if count == 0 and jobs > _ROUNDING else str(count)


def _money(amount: float) -> str:
    """Write an amount; less than a cent is none."""
    return write_money(round(amount, 2))


def _likely(chance: float) -> str:
    """Write how likely a step is to pass: what is not impossible is not written as 0%, nor as certain what is not."""
    if 0 < chance < _LEAST_PERCENT:
        return "under 1%"
    return "over 99%" if 1 - _LEAST_PERCENT <= chance < 1 else write_share(round(chance, 2))


def _end(comparison: Comparison, last: _ToldStep) -> tuple[PathEnd | None, Html]:
    """What becomes of the jobs that fail at every step, for the picture and for the list."""
    if not last.fails:
        return None, NOTHING
    hand, advice = last.step.in_hand, comparison.advice
    if hand is not None:
        short: str = "keep what runs" if hand == comparison.question.today else "keep what passed"
        words: Sentence = (
            (short[:1].upper(), short[1:])
            if hand == comparison.question.today
            else ("Keep ", tried(comparison, ROWS[hand]), ", which passed")
        )
    elif advice.ends_without > advice.nothing_passes + _ROUNDING:
        short, words = "stop without one", ("Stop without a version that passes",)
    else:
        short, words = "nothing passes", ("Nothing here passes",)
    rest = Html('<p class="path__rest"><span>{}</span> <b>{}</b></p>').fill(sentence(words), last.failed)
    return PathEnd(last.failed, short), rest


_ITEM: Final = Html(
    '<li><span class="path__head"><b><span class="approach{}">{}</span></b> <span class="amount">{}</span></span>'
    ' <span class="soft">{}</span>{} <span class="soft">{}</span>{}</li>'
)
_ASIDE: Final = Html(' <span class="path__aside">{}</span>')


def _item(told: _ToldStep, drawn: PathStep) -> Html:
    """Write a step as an item of the list, with its bar."""
    then = told.step.passed
    live = f" · live in about {told.weeks}{told.go_live and f' for {told.go_live}'}" if told.weeks else ""
    asides: tuple[Sentence, ...] = (
        ("If it passes, see whether ", *told.second(then)) if then else (),
        (f"Only if a version that passes is {told.only} to you",) if told.only else (),
    )
    return _ITEM.fill(
        hue_class(told.approach),
        told.name,
        told.keep,
        f"{told.spends} to find out, {_likely(told.step.chance)} to pass",
        path_bar(drawn),
        f"passes: {told.passed} · fails: {told.failed}{live}",
        join(_ASIDE.fill(sentence(words)) for words in asides if words),
    )
