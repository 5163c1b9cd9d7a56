"""
The treadmill as a table: what the cheapest model of a given chat rating cost, snapshot by snapshot.

It stands apart from the guide, which draws it: on a phone a table of this size takes as long as a section of text.
"""

from datetime import date
from typing import Final

from calculators.calendar import say_date
from calculators.facts.background import FloorPrice, PriceFloors, price_floors
from calculators.html.pages.treadmill import SHOWN
from calculators.markup import Html, join
from calculators.quantity import write_money

_TABLE: Final = Html(
    '<details class="made-of" id="price-of-a-rating" data-search-exclude>'
    "<summary>The price of a rating, as a table</summary>"
    '<p class="soft">Cheapest price per million tokens at or above each rating, and the model that had it.</p>'
    '<div class="scroll-box" tabindex="0" role="region" aria-label="Price of a chat rating, snapshot by snapshot">'
    '<table class="data-table"><thead><tr><th scope="col">Snapshot</th>{head}</tr></thead><tbody>{body}</tbody></table>'
    "</div></details>"
)


def write() -> Html:
    """Write every snapshot, the newest first."""
    known = price_floors()
    floors = (known.floors[key] for key in SHOWN)
    return _TABLE.fill(
        head=join(
            Html('<th scope="col">{} <span class="soft">{}</span></th>').fill(floor.name, f"{floor.rating:.0f}")
            for floor in floors
        ),
        body=join(_row(known, day) for day in reversed(known.days)),
    )


def _row(known: PriceFloors, day: date) -> Html:
    cells = join(_cell(known.at(key, day)) for key in SHOWN)
    return Html('<tr><th scope="row">{}</th>{}</tr>').fill(say_date(day), cells)


def _cell(price: FloorPrice | None) -> Html:
    if price is None:
        return Html("<td>none listed</td>")
    _, _, model = price.model.partition("/")
    return Html('<td>{} <span class="soft">{}</span></td>').fill(write_money(price.blended), model)
