"""The kind of first step along requests per month, drawn."""

from calculators import chart
from calculators.catalog.cost_comparison.approaches import ROWS
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.words import band_names, bands, plain
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_short


def dials(comparison: Comparison, prefix: str) -> Html:
    """Draw what is tried first along requests per month, wide and narrow."""
    found = comparison.dial
    if found is None:
        return NOTHING
    drawn_bands = tuple(
        chart.DialBand(
            band.first,
            band.end,
            None if band.to.row is None else ROWS[band.to.row].hue,
            *band_names(comparison, band),
        )
        for band in found.bands
    )
    drawn = [
        chart.dial(
            here=max(found.value, found.first),
            here_label=f"{prefix}{write_short(found.value)}",
            first=found.first,
            end=found.end,
            bands=drawn_bands,
            tip=found.turn,
            sentence=plain(bands(comparison)),
            narrow=narrow,
        )
        for narrow in (False, True)
    ]
    return Html('<div class="drawings">{}</div>').fill(join(drawn))
