"""
The pictures, as SVG: dial, bars of the ranking, running total, a plan's path, a waterfall, a price's history, prices
over the years.

Colour stands only in class names, so one drawing serves both palettes, print and forced colours. Each picture is drawn
for one of two widths, because one drawing scaled to both has illegible text; a path's narrow one is a list. Everything
is drawn anew on every keystroke; hence few templates, each filled in one go, and coordinates to a tenth of a unit.

The last two only pages of records show, which no browser writes: they are imported from their own modules.

A unit is a unit of the view box: a pixel of the stylesheet where a drawing is shown at its own width.
"""

from calculators.chart.bar import bar, key, textures
from calculators.chart.crossings import MOST_CROSSINGS, Line
from calculators.chart.dial import DialBand, dial
from calculators.chart.running_total import Drawing, running_total
from calculators.chart.svg import NARROW, WIDE

__all__ = [
    "MOST_CROSSINGS",
    "NARROW",
    "WIDE",
    "DialBand",
    "Drawing",
    "Line",
    "bar",
    "dial",
    "key",
    "running_total",
    "textures",
]
