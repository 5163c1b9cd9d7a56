"""Which single number, within reach, would change the kind of first step; and that kind along the dial."""

from typing import Final

from calculators.catalog.cost_comparison.approaches import ROWS, StepKind
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.dimensions import ALONG, TOGETHER
from calculators.catalog.cost_comparison.groups.inputs import MOVABLE, OPTIONAL
from calculators.catalog.cost_comparison.plan.bands import Band
from calculators.catalog.cost_comparison.plan.course import Ending, FirstStep
from calculators.catalog.cost_comparison.plan.turning import Turn
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.nouns import HOURS, noun_of, value
from calculators.catalog.cost_comparison.words.robust import instead
from calculators.catalog.cost_comparison.words.sentences import Amount, Part, Sentence, listed
from calculators.quantity import write_share, write_words

_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def tips(comparison: Comparison) -> tuple[Sentence, ...]:
    """Say what single numbers would change the kind of first step, a sentence each; none where nothing passes."""
    if not comparison.something_passes:
        return ()
    if comparison.advice.measured_first:
        return (("No number changes this first step: to know whether what runs passes comes before all else.",),)
    if not comparison.tips:
        what = "this first step" if comparison.advice.first else "that"
        return ((f"Nothing within reach changes {what}: {_REACH}.",),)
    return tuple((*_condition(comparison, tip), ", ", *instead(comparison, tip.to), ".") for tip in comparison.tips)


def tips_together(comparison: Comparison) -> Sentence:
    """Say the same in as few sentences as there are first steps that would take its place."""
    if not comparison.something_passes or not comparison.tips:
        return tuple(part for sentence in tips(comparison) for part in sentence)
    conditions: dict[FirstStep, list[Sentence]] = {}
    for tip in comparison.tips:
        conditions.setdefault(tip.to, []).append(_condition(comparison, tip))
    parts: list[Part] = []
    for to, ways in conditions.items():
        either = listed([ways[0], *map(_lower, ways[1:])], last=" or ")
        parts += [*([" "] if parts else []), *either, ", ", *instead(comparison, to), "."]
    return tuple(parts)


def _lower(words: Sentence) -> Sentence:
    first, *rest = words
    return (f"{first[0].lower()}{first[1:]}", *rest) if isinstance(first, str) else words


_REACH: Final = "no volume, token count, chance or price up to three times, or down to a third, of yours"


def _condition(comparison: Comparison, tip: Turn) -> Sentence:
    """Say where a tip lies, and where the reader is."""
    name = str(tip.cause)
    if name in TOGETHER:
        where = "above" if tip.upwards else "below"
        return (f"With all {HOURS[name]} {where} ", Amount(write_share(tip.at)), " of yours")
    if name in MOVABLE:
        return (
            "Above " if tip.upwards else "Below ",
            Amount(value(name, tip.at)),
            f" {noun_of(comparison, name)} ({_whose(comparison, name)}{_NO_BREAK}",
            Amount(value(name, tip.value)),
            ")",
        )
    row = next(row for row in ROWS if row.asked.chance == name)
    whose = "yours" if comparison.given_chance(row) else "ours"
    now = comparison.chance(row)
    before = "" if now is None or round(now, 2) == round(tip.value, 2) else ", before any test"
    return (
        "If the chance that ",
        tried(comparison, row),
        f" passes were {'above' if tip.upwards else 'below'} ",
        Amount(write_share(tip.at)),
        f" ({whose}{before}:{_NO_BREAK}",
        Amount(write_share(round(tip.value, 2))),
        ")",
    )


def _whose(comparison: Comparison, name: str) -> str:
    if name in OPTIONAL and comparison.given(name) is None:
        return "on record:"
    return "you entered" if name in _ENTERED else "yours:"


_ENTERED: Final = {"requests_per_month", "fixed_tokens", "varying_tokens", "output_tokens", "horizon_months"}


def band_names(comparison: Comparison, band: Band) -> tuple[str, str]:
    """Name a kind of first step, long and short."""
    kind = band.to.kind
    if kind is Ending.KEEP and comparison.question.today is None:
        return "Ship what passes", "Ship it"
    if comparison.advice.measured_first and band.to.row == comparison.question.today:
        return "Measure what runs", "Measure"
    row = None if band.to.row is None else ROWS[band.to.row]
    if row is not None and row.pastes(documents=comparison.documents):
        return "Paste the documents", "Paste"
    if row is not None and row.another_model and kind is StepKind.PROMPT:
        return "Prompt a dearer model", "Dearer"
    return _KINDS[kind] if isinstance(kind, StepKind | Ending) else (str(kind), str(kind))


_KINDS: Final[dict[StepKind | Ending, tuple[str, str]]] = {
    StepKind.KEEP: ("Keep what runs", "Keep"),
    StepKind.PROMPT: ("Prompt the model named", "Prompting"),
    StepKind.CHEAPER: ("Prompt a cheaper model", "Cheaper"),
    StepKind.FEW_SHOT: ("Show examples", "Examples"),
    StepKind.LOOK_UP: ("Look documents up", "Look up"),
    StepKind.CLASSIFIER: ("Train a classifier", "Classifier"),
    StepKind.TUNE: ("Tune through an API", "Tune, API"),
    StepKind.TUNE_OWN: ("Tune on own GPUs", "Tune, own GPUs"),
    StepKind.OWN_GPUS: ("Prompt on own GPUs", "Own GPUs"),
    Ending.KEEP: ("Keep what runs", "Keep"),
    Ending.NOTHING: ("Start nothing", "Nothing"),
}


def bands(comparison: Comparison) -> Sentence:
    """Say what is tried first along the dial; empty where there is none."""
    found = comparison.dial
    if found is None:
        return ()
    names, asked = [band_names(comparison, band)[0] for band in found.bands], noun_of(comparison, ALONG)
    steps = [f"{name[0].lower()}{name[1:]}" for name in names]
    entered = ("; you entered ", Amount(value(ALONG, found.value)), ".")
    if len(steps) == 1:
        first, end = write_words(found.first), write_words(found.end)
        return (f"From {first} to {end} {asked} the first step is the same: {steps[0]}", *entered)
    ends = [f"{'from there' if place else 'up'} to {write_words(band.end)}" for place, band in enumerate(found.bands)]
    parts = [f"{end}, {step}" for end, step in zip([*ends[:-1], "above that"], steps, strict=True)]
    return (f"What to try first, along {asked}: {'; '.join(parts)}", *entered)
