"""Who is cheapest along requests per month, drawn."""

from calculators import chart
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.tipping import Tip
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_short, write_words


def dials(comparison: Comparison, prefix: str) -> Html:
    """Draw who is cheapest along requests per month, wide and narrow."""
    found = comparison.dial
    if found is None:
        return NOTHING
    bands = tuple(
        chart.DialBand(
            band.first,
            band.end,
            row.approach.hue,
            row.approach.title,
            row.approach.short,
        )
        for band in found.bands
        for row in (comparison.row(ROWS[band.row]),)
    )
    drawn = [
        chart.dial(
            here=max(found.value, found.first),
            here_label=f"{prefix}{write_short(found.value)}",
            first=found.first,
            end=found.end,
            bands=bands,
            tip=found.tip.at if found.tip else None,
            sentence=_dial_words(comparison, found.tip),
            narrow=narrow,
        )
        for narrow in (False, True)
    ]
    return Html('<div class="drawings">{}</div>').fill(join(drawn))


def _dial_words(comparison: Comparison, tip: Tip | None) -> str:
    winner = comparison.winner
    if winner is None:
        return ""
    here = write_words(comparison.inputs.workload.requests_per_month)
    if tip is None:
        return f"Along requests a month, {winner.approach.name} costs least everywhere; you entered {here}."
    taker = comparison.taker(tip).approach.name
    where = "above" if tip.upwards else "below"
    return (
        f"Along requests a month: {winner.approach.name} costs least at {here}; {taker} takes over {where} "
        f"{write_words(tip.at)}."
    )
