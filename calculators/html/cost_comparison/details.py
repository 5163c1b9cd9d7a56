"""What stands behind the answer."""

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.html.cost_comparison.breakdown import made_of
from calculators.html.cost_comparison.running_total import running_total
from calculators.markup import Html, join


def details(slug: str, comparison: Comparison) -> Html:
    """
    Write what stands behind the answer: what each row is made of, the running total, and the rule of the word.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.

    Returns:
        What follows the answer.
    """
    rows = (made_of(slug, comparison, row) for row in comparison.rows if row.standing.priced)
    return join((*rows, running_total(slug, comparison), _rule(slug)))


def _rule(slug: str) -> Html:
    return Html(
        '<p class="soft" id="{}-rule"><b>Robust</b> means: the kind of first step stays the same with each chance at '
        "either end of its range, with nearly all draws of all chances together, however outcomes hang together, and "
        "with any other number a quarter up or down. Otherwise it is <b>fragile</b>, and the nearest that turns it is "
        "named. Chances and hours are our assumptions; prices are dated records with their source. A mail program may "
        "rewrite links: check that yours still ends in your numbers.</p>"
    ).fill(slug)
