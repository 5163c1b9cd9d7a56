"""
Chances: how likely a row is to pass the reader's own eval, where they say nothing of it themselves.

A row says whose chance is its own. What is given here is a default: an assumption, with the range in which it moves.
"""

from collections.abc import Iterable
from datetime import date
from math import prod
from typing import Final, NamedTuple

from calculators.catalog.cost_comparison.plan.question import Belief
from calculators.facts import Facts, chance_key

_UNNAMED: Final = "task"
"""The column of a job of which nobody said what must change."""
_UNCHANGED: Final = "nothing"
_STAYS: Final = "own"

_FROM_EXAMPLES: Final = frozenset({"tuned"})
"""Chances that grow with the number of checked examples."""
_FROM_LABELS: Final = frozenset({"classifier"})
"""Chances that follow from the prompted model's."""
_WITH_SHOTS: Final = "few_shot"
"""What tuning on few examples is held against."""
_AS_WITHOUT: Final = "prompt"
"""What stands in where one of several columns has none of a row: what the row adds, it adds nothing to there."""
_IF_LARGE: Final = {"open": "cheaper"}
"""What stands in for a model on own GPUs once it is large."""


class Circumstances(NamedTuple):
    """
    What chances depend on.

    Attributes:
        needs: What must change, each a column of its own; empty where nobody says.
        unchanged: Whether nothing must, as what runs today passes.
        stays: Whether data must stay on own machines.
        large: Whether the model on own GPUs is a large one.
        examples: Checked examples that a row can be tuned on. [1]
    """

    needs: tuple[str, ...]
    unchanged: bool
    stays: bool
    large: bool
    examples: float

    @property
    def columns(self) -> tuple[str, ...]:
        """
        Where chances are looked up.

        Whether data must stay decides who may try. It says who passes only where nothing else is said.

        >>> Circumstances(("documents", "tone"), unchanged=False, stays=True, large=False, examples=500).columns
        ('documents', 'tone')
        >>> Circumstances((), unchanged=False, stays=True, large=False, examples=500).columns
        ('own',)
        """
        if self.unchanged:
            return (_UNCHANGED,)
        return self.needs or (_STAYS if self.stays else _UNNAMED,)


def default(row: str, under: Circumstances, facts: Facts, day: date) -> Belief | None:
    """
    What is believed of a row by default.

    Of several needs the chances are neither one thing nor independent: taken is what lies halfway between the lowest of
    them and their product. A small classifier's follows from the prompted model's, in a narrow task or where that
    passes.

    Args:
        row: Whose chance.
        under: What it depends on.
        facts: The figures.
        day: As of which day.

    Returns:
        The belief; nothing where the row is not needed, cannot do it, or cannot yet for want of examples.
    """
    if row in _FROM_EXAMPLES | _FROM_LABELS and too_few_examples(under.examples, facts, day):
        return None
    if row in _FROM_LABELS:
        prompted = _recorded(_AS_WITHOUT, _UNCHANGED if under.unchanged else _UNNAMED, facts, day)
        return classifier(prompted.chance, facts, day) if prompted else None
    found = [_in_column(row, column, under, facts, day) for column in under.columns]
    if not any(found):
        return None
    without = (_recorded(_AS_WITHOUT, column, facts, day) for column in under.columns)
    return combined(each for each in (here or there for here, there in zip(found, without, strict=True)) if each)


def too_few_examples(examples: float, facts: Facts, day: date) -> bool:
    """Whether there are too few checked examples to tune anything on them."""
    return examples < _rule("fewest_examples", facts, day)


def combined(beliefs: Iterable[Belief]) -> Belief:
    """
    What is believed of a row that must do several things: halfway between the lowest chance and the product of all.

    >>> combined([Belief(0.5, 0.25, 0.75)])
    Belief(chance=0.5, low=0.25, high=0.75)
    >>> combined([Belief(0.5, 0.25, 0.75), Belief(0.75, 0.5, 1)])
    Belief(chance=0.4375, low=0.1875, high=0.75)
    """
    return Belief(*((min(ends) + prod(ends)) / 2 for ends in zip(*beliefs, strict=True)))


def classifier(prompted: float, facts: Facts, day: date) -> Belief:
    """
    What is believed of a small classifier: it slips at some of what the prompted model passes, and cures some of what
    that fails.

    Args:
        prompted: Chance of the prompted model. [1]
        facts: The figures.
        day: As of which day.

    Returns:
        The belief. Low where it slips most and cures least.
    """
    slips, cures = (facts.assumptions.known(key, day) for key in ("classifier_slips", "classifier_cures"))
    return Belief(
        _cured(prompted, slips.value, cures.value),
        _cured(prompted, slips.high, cures.low),
        _cured(prompted, slips.low, cures.high),
    )


def order(base: str) -> tuple[tuple[str, str], ...]:
    """
    Which row is at least as likely as which, whatever the chances: they move within their ranges without crossing.

    Args:
        base: Whose prompt the others share: the prompted model's, or RAG's where documents are looked up.

    Returns:
        Pairs of rows, the likelier first.

    >>> order("rag")[:2]
    (('few_shot', 'rag'), ('dearer', 'rag'))
    """
    return (
        ("few_shot", base),
        ("dearer", base),
        (base, "cheaper"),
        ("cheaper", "open"),
        ("open", "small"),
        ("tuned", "small"),
        # The same weights, made of the same data, pass as often wherever they run.
        ("tuned", "tuned"),
    )


def _in_column(row: str, column: str, under: Circumstances, facts: Facts, day: date) -> Belief | None:
    """What is believed of a row in one column."""
    large = _recorded(_IF_LARGE[row], column, facts, day) if under.large and row in _IF_LARGE else None
    believed = large or _recorded(row, column, facts, day)
    if believed is None or row not in _FROM_EXAMPLES:
        return believed
    return _learned(believed, column, under.examples, facts, day)


def _learned(enough: Belief, column: str, examples: float, facts: Facts, day: date) -> Belief:
    """What is believed of a tuned row with so many examples, given what is with enough of them."""
    if examples >= _rule("enough_examples", facts, day):
        return enough
    shots = _recorded(_WITH_SHOTS, column, facts, day) or _recorded(_WITH_SHOTS, _UNNAMED, facts, day)
    if shots is None:
        return enough
    few = examples < _rule("few_examples", facts, day)
    pairs = zip(enough, shots, strict=True)
    return Belief(*(min(most, least if few else (least + most) / 2) for most, least in pairs))


def _recorded(row: str, column: str, facts: Facts, day: date) -> Belief | None:
    """The chance on record, if there is one."""
    key = chance_key(column, row)
    if key not in facts.chances:
        return None
    chance = facts.chances.known(key, day)
    return Belief(chance.value, chance.low, chance.high)


def _cured(base: float, slips: float, cures: float) -> float:
    """How often passes what slips at some of what another row passes, and cures some of what that fails. [1]"""
    return (1 - slips) * base + cures * (1 - base)


def _rule(key: str, facts: Facts, day: date) -> float:
    return facts.rules.known(key, day).value
