"""The page of chances: how likely each approach is to pass, why so, and what was measured of how approaches compare."""

from collections.abc import Iterable
from typing import Final

from calculators.catalog.cost_comparison.chances import Circumstances, default
from calculators.facts import CHANCE_NEEDS, CHANCE_ROWS, FACTS, Assumption, Chance, chance_key
from calculators.facts.background import Ground, Measurement, Statement, background
from calculators.html.pages.datasets import dataset
from calculators.html.pages.tables import NONE, Column, Part, column, decided, name, page, report, table, whole
from calculators.markup import NOTHING, Html, join, text
from calculators.quantity import write_share

CHANCES: Final = dataset(Chance)
GROUNDS: Final = dataset(Ground)
STATEMENTS: Final = dataset(Statement)
MEASUREMENTS: Final = dataset(Measurement)
ASSUMPTIONS: Final = dataset(Assumption)

TOGETHER: Final = ("hard_core", "tuning_slips", "classifier_slips", "classifier_cures")
"""Keys of what is assumed of how outcomes hang together."""

READ: Final = {"full": "the results", "summary": "an account of them"}
"""How much of a publication was read, as a reader calls it."""

SELLER: Final = Html('<abbr title="measured by whoever sells what comes out ahead, or built it">†</abbr>')
"""The mark of a measurement that is not independent."""


def write() -> Html:
    """Write the page."""
    return page(
        Part(
            anchor="chances-by-need",
            title="All of them",
            about=(
                "The chance that it passes, and the range within which that is plausible. A dash: not needed, or "
                "cannot. Where documents must be known, prompting has them pasted, as far as they fit; every other row "
                "looks them up. The last column is for data that must stay on own machines, nothing else being asked."
            ),
            body=_overview(),
        ),
        Part(
            anchor="every-chance",
            title="One by one",
            about="Why each is what it is, on what condition, and after which measurements it was decided.",
            body=join(_of_need(need) for need in CHANCE_NEEDS),
            kinds=(CHANCES, GROUNDS),
        ),
        Part(
            anchor="together",
            title="What passes with what",
            about=(
                "Whether one approach passes says something of the others. These numbers say how much, and a plan that "
                "knows them is not led to try the same failure twice."
            ),
            body=_assumed() + _statements("together"),
            kinds=(STATEMENTS,),
        ),
        Part(anchor="how-taken", title="How a chance is taken", body=_list(_rules())),
        Part(
            anchor="no-source",
            title="What has no source",
            about="We looked, and found nobody who had counted:",
            body=_statements("gap"),
        ),
        Part(
            anchor="measured",
            title="What was measured",
            about=(
                "Every measurement that something here rests on: in our words, with the figures and the title of its "
                "authors. † marks those made by whoever sells what comes out ahead, or built it."
            ),
            body=_measured(),
            kinds=(MEASUREMENTS,),
        ),
    )


# The chances.


def _overview() -> Html:
    columns = [Column[str](title="Approach", cell=CHANCE_ROWS.__getitem__)]
    columns += [_of_column(need) for need in CHANCE_NEEDS]
    return table(CHANCES, CHANCE_ROWS, columns, title="The chance that each approach passes", row_id=lambda _: "")


def _of_column(need: str) -> Column[str]:
    def shown(row: str) -> Html:
        chance = FACTS.chances.get(chance_key(need, row))
        if chance is None:
            return NONE
        return Html('<a href="#{}">{}</a><small>{}</small>').fill(
            CHANCES.row_id(chance.key), write_share(chance.value), _range(chance)
        )

    return Column(title=_capital(CHANCE_NEEDS[need]), cell=shown, figure=True)


def _of_need(need: str) -> Html:
    found = [chance for chance in FACTS.chances.values() if chance.need == need]
    return Html('<h3 id="need-{}">{}</h3>{}').fill(
        need,
        _capital(CHANCE_NEEDS[need]),
        table(
            CHANCES,
            found,
            (
                name(CHANCES, title="Chance"),
                Column(title="Value", cell=_value, css="records__figure"),
                Column(title="Plausible", cell=_range),
                Column(title="Why", cell=lambda chance: _why(chance.key)),
                Column(title="Measured", cell=lambda chance: _named(chance.key, chance.rests_on)),
                decided(CHANCES),
            ),
            title=f"Chances: {CHANCE_NEEDS[need]}",
            blocks=True,
        ),
    )


def _value(stated: Chance | Assumption) -> Html:
    return Html("<b>{}</b>").fill(write_share(stated.value))


def _range(stated: Chance | Assumption) -> str:
    if stated.low == stated.high:
        return ""
    return f"{write_share(stated.low)} to {write_share(stated.high)}"


def _why(key: str) -> Html:
    ground = background().grounds[key]
    condition = Html("<small>Condition: {}.</small>").fill(ground.condition) if ground.condition else NOTHING
    return text(ground.why) + condition


def _named(key: str, rests_on: Iterable[str]) -> Html:
    """Link to the measurements that something names, and to those that its ground names beside them."""
    ground = background().grounds.get(key)
    named = dict.fromkeys((*rests_on, *(ground.rests_on if ground else ())))
    return _links(named) or NONE


def _links(measured: Iterable[str]) -> Html:
    return join((_link(background().measurements[key]) for key in measured), Html(", "))


def _link(measured: Measurement) -> Html:
    return Html('<a href="#{}" title="{}">{}</a>{}').fill(
        MEASUREMENTS.row_id(measured.key), measured.title, measured.key, SELLER if measured.seller else NOTHING
    )


# What passes with what, how a chance is taken, and what nobody has measured.


def _assumed() -> Html:
    return table(
        ASSUMPTIONS,
        [FACTS.assumptions[key] for key in TOGETHER],
        (
            Column(
                title="Assumption",
                cell=lambda assumed: Html('<a href="{}">{}</a>').fill(ASSUMPTIONS.address(assumed.key), assumed.name),
            ),
            Column(title="Value", cell=_value, css="records__figure"),
            Column(title="Plausible", cell=_range),
            Column(title="Why", cell=lambda assumed: _why(assumed.key)),
            Column(title="Measured", cell=lambda assumed: _named(assumed.key, ())),
        ),
        title="What passes with what",
        blocks=True,
        row_id=lambda _: "",
    )


def _statements(part: str) -> Html:
    found = (each for each in background().statements if each.part == part)
    return _list(Html("{} {}").fill(each.what, _links(each.rests_on)) for each in found)


def _list(items: Iterable[Html]) -> Html:
    return Html("<ul>{}</ul>").fill(join(Html("<li>{}</li>").fill(item) for item in items))


def _rules() -> Iterable[Html]:
    fewest, few, enough = (whole(FACTS.rule(f"{number}_examples")) for number in ("fewest", "few", "enough"))
    yield text(
        "Several needs at once: halfway between the lowest of their chances and the product of all. What is missing in "
        "one of the columns adds nothing there, and counts as prompting."
    )
    yield text(
        "Where data may go decides who may try, and not who passes. With another need beside it, that need’s chances "
        "hold. Where nothing is said of what must change, those of a narrow task do."
    )
    yield Html(
        "Tuning takes checked examples. Under {fewest} it cannot be tried, and under {few} it is no likelier than "
        "few-shot. Under {enough} its chance lies halfway between the two, and never above its full one. {links}"
    ).fill(fewest=fewest, few=few, enough=enough, links=_links(("f1", "n6", "n7", "n9")))
    yield Html(
        "An open model on own GPUs, of {billions}B parameters or more, has a cheaper model’s chance where there is one."
    ).fill(billions=whole(FACTS.rule("large_model") / _BILLION))
    yield from _classifier()
    yield text(
        "Within their ranges chances move without crossing: few-shot and a dearer model are at least as likely as "
        "prompting, that as a cheaper model, that as an open one, that as the small one; and tuning as the small one. "
        "Where documents are looked up, RAG stands in the place of prompting. Both ways to tune have one chance."
    )
    yield text(
        "What you found out yourself removes what can no longer be, and moves the others’ chances with it. A rate that "
        "you measured says that it passes where it reaches your bar, and that it fails below."
    )


def _classifier() -> Iterable[Html]:
    """Say what a small classifier's chance comes to."""
    task = Circumstances((), unchanged=False, stays=False, large=False, examples=FACTS.assume("examples"))
    believed = default("classifier", task, FACTS, FACTS.today)
    if believed:
        yield Html(
            "A small classifier passes where prompting does in a narrow task, but for its slips, and cures a share of "
            "the rest: {} ({} to {})."
        ).fill(write_share(believed.chance), write_share(believed.low), write_share(believed.high))


_BILLION: Final = 1e9


# What was measured.


def _measured() -> Html:
    return table(
        MEASUREMENTS,
        background().measurements.values(),
        (
            name(MEASUREMENTS, title="Measurement", aside=_aside),
            column(Measurement, "what", "What", sortable=False),
            column(Measurement, "found", "Found", sortable=False),
            column(Measurement, "size", "Of", sortable=False),
            Column(title="By", cell=_by),
            column(Measurement, "published", "Published", sortable=False),
            Column(title="Read", cell=lambda measured: READ[measured.read]),
            column(Measurement, "note", "Note", sortable=False),
            report(MEASUREMENTS),
        ),
        title="What was measured",
        noun="measurements",
        group=("subject", "Subject"),
        blocks=True,
    )


def _aside(measured: Measurement) -> Html:
    return Html('{} · <a href="{}">read it</a>').fill(measured.key, measured.url)


def _by(measured: Measurement) -> Html:
    return text(measured.who) + (SELLER if measured.seller else NOTHING)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
