"""What comes after the first part: how sure the answer is, when tuning first would be right, what would change it."""

from typing import Final

from calculators import catalog
from calculators.calculator import Scenario
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.matters import matters
from calculators.catalog.cost_comparison.plan.bands import Dial
from calculators.catalog.cost_comparison.plan.robust import Robustness
from calculators.catalog.cost_comparison.plan.trap import RightBelow
from calculators.catalog.cost_comparison.plan.turning import Turn
from calculators.catalog.cost_comparison.words import right_below, staying, sureness, tips_together
from calculators.html import ONE_SLICE, LaterPart
from calculators.html.cost_comparison.breakdown import made_of
from calculators.html.cost_comparison.brief import bar, dials, in_short
from calculators.html.cost_comparison.notes import notes
from calculators.html.cost_comparison.running_total import running_total
from calculators.html.cost_comparison.sentences import sentence
from calculators.html.field import fields
from calculators.markup import NOTHING, Html, join
from calculators.slices import Sliced


def robust(slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write whether the first step is robust and why, there and in the bar."""
    sure = sureness(comparison)
    if not sure.word:
        return {"robust": NOTHING}
    word = sure.word.lower()
    why = Html('<p class="verdict__why"><a class="word word--{word}" href="#{slug}-rule">{capital}</a> {why}</p>').fill(
        word=word, slug=slug, capital=sure.word, why=sentence(sure.why)
    )
    return {"robust": why, "bar": bar(comparison, word)}


def below(_slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write when tuning first would be right."""
    words = right_below(comparison)
    return {"right-below": Html('<p class="trap">{}</p>').fill(sentence(words)) if words else NOTHING}


def tips(_slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write which single numbers would change the kind of first step, there and at the top of the page."""
    words = tips_together(comparison)
    said = Html('<p class="verdict__why">{}</p>').fill(sentence(words)) if words else NOTHING
    return {"tips": said, "teaser": in_short(comparison)}


def asked(slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write the fields of what matters most for this answer, for a form that has no room for all."""
    calculator, scenario = catalog.calculator(slug), Scenario(comparison.inputs)
    names = matters(comparison, calculator.differing(scenario))
    return {"matters": fields(calculator, scenario, names, notes(slug, comparison))}


def dial(_slug: str, comparison: Comparison) -> dict[str, Html]:
    """Draw what is tried first along requests per month, there and at the top of the page."""
    drawn = dials(comparison, "you: ")
    return {"dial": drawn, "teaser-dial": drawn}


def _checks(comparison: Comparison) -> Sliced[Robustness] | None:
    advice = comparison.advice
    return comparison.checks if advice.first is not None or advice.in_hand is not None else None


def _trap(comparison: Comparison) -> Sliced[RightBelow | None] | None:
    return comparison.trap_search if comparison.advice.trap else None


def _search(comparison: Comparison) -> Sliced[tuple[Turn, ...]] | None:
    return comparison.search if comparison.something_passes else None


def _drawing(comparison: Comparison) -> Sliced[Dial] | None:
    return comparison.drawing if comparison.something_passes else None


def behind(slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write what stands behind the answer: what each row is made of, and the rule of the word."""
    rows = (made_of(slug, comparison, row) for row in comparison.rows if row.standing.priced)
    return {"details": join((*rows, _rule(slug)))}


def _rule(slug: str) -> Html:
    return Html(
        '<p class="soft" id="{}-rule"><b>Robust</b> means: the kind of first step stays the same with each chance at '
        "either end of its range, with nearly all draws of all chances together, however outcomes hang together, and "
        "with any other number a quarter up or down. Otherwise it is <b>fragile</b>, and the nearest that turns it is "
        "named. Chances and hours are our assumptions; prices are dated records with their source. A mail program may "
        "rewrite links: check that yours still ends in your numbers.</p>"
    ).fill(slug)


def kept_in(_slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write what it costs that data may not leave."""
    words = staying(comparison)
    return {"staying": Html('<p class="verdict__why">{}</p>').fill(sentence(words)) if words else NOTHING}


def _elsewhere(comparison: Comparison) -> Sliced[None] | None:
    return ONE_SLICE if comparison.evaluation.parts.given.stays else None


PARTS: Final = (
    LaterPart(name="robust", slots=("robust",), work=_checks, write=robust),
    LaterPart(name="tips", slots=("tips",), work=_search, write=tips),
    # What a reader is in stays; what others wait for was shown before.
    LaterPart(name="matters", slots=("matters",), work=lambda _: ONE_SLICE, write=asked, awaited=False),
    # Whoever has opened what a row is made of keeps it open, and reads on meanwhile.
    LaterPart(name="details", slots=("details",), work=lambda _: ONE_SLICE, write=behind, awaited=False),
    LaterPart(
        name="running_total",
        slots=("running-total",),
        work=lambda _: ONE_SLICE,
        write=running_total,
        awaited=False,
        told=True,
    ),
    LaterPart(name="right_below", slots=("right-below",), work=_trap, write=below),
    LaterPart(name="staying", slots=("staying",), work=_elsewhere, write=kept_in),
    LaterPart(name="dial", slots=("dial",), work=_drawing, write=dial),
)
