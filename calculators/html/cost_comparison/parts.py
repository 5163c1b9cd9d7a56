"""What comes after the first part: how sure the answer is, what tips it, who is cheapest along the requests."""

from typing import Final

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.tipping import Tip
from calculators.catalog.cost_comparison.words import verdict
from calculators.html import ONE_SLICE, LaterPart
from calculators.html.cost_comparison.brief import bar
from calculators.html.cost_comparison.dials import dials
from calculators.html.cost_comparison.sentences import sentence
from calculators.markup import NOTHING, Html
from calculators.slices import Sliced


def robust(slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write whether the answer is robust and why, there and in the bar."""
    if comparison.winner is None:
        return {"robust": NOTHING}
    said = verdict(comparison)
    word = "robust" if said.robust else "fragile"
    why = Html('<p class="verdict__why"><a class="word word--{word}" href="#{slug}-rule">{capital}</a> {why}</p>').fill(
        word=word, slug=slug, capital=word.capitalize(), why=sentence(said.why)
    )
    return {"robust": why, "bar": bar(comparison, word)}


def tips(_slug: str, comparison: Comparison) -> dict[str, Html]:
    """Write the nearest tip."""
    tip = sentence(verdict(comparison).tip)
    return {"tips": Html('<p class="verdict__why">{}</p>').fill(tip) if tip else NOTHING}


def dial(_slug: str, comparison: Comparison) -> dict[str, Html]:
    """Draw who is cheapest along requests per month."""
    return {"dial": dials(comparison, "you: ")}


def _search(comparison: Comparison) -> Sliced[tuple[Tip, ...]] | None:
    return comparison.search if comparison.running else None


def _drawing(comparison: Comparison) -> Sliced[None] | None:
    return ONE_SLICE if comparison.running else None


PARTS: Final = (
    LaterPart(name="robust", slots=("robust",), work=_search, write=robust),
    LaterPart(name="tips", slots=("tips",), work=_search, write=tips),
    LaterPart(name="dial", slots=("dial",), work=_drawing, write=dial),
)
