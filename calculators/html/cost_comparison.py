"""The answer of the cost comparison: sentence, dial, table, ledgers, running total."""

import math

from calculators import chart, formulas
from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import FIVE, OPEN, REFERENCES
from calculators.catalog.cost_comparison.comparison import Comparison, Row
from calculators.catalog.cost_comparison.costs import PROMPTED_PRICES, SMALL_PRICES, TUNED_PRICES
from calculators.catalog.cost_comparison.groups import MUST_CHANGE
from calculators.catalog.cost_comparison.ledger import Ledger, Line, Section, ledger
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.tipping import Tip
from calculators.catalog.cost_comparison.words import (
    NOUNS,
    Amount,
    Name,
    Sentence,
    Source,
    Way,
    newer,
    plain,
    value,
    verdict,
)
from calculators.facts import FACTS
from calculators.html.elements import CHAIN, source_link, source_links
from calculators.markup import text
from calculators.quantity import (
    write_count,
    write_money,
    write_money_short,
    write_number,
    write_share,
    write_short,
    write_words,
)

HUED = frozenset(approach.key for approach in FIVE)
"""Rows that have a colour of their own."""


def _hue(key: str) -> str:
    return f" hue-{key}" if key in HUED else ""


def answer(slug: str, comparison: Comparison, remarks: tuple[str, ...] = ()) -> str:
    """
    Write the answer.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.
        remarks: What is to be said of the link, a sentence each.

    Returns:
        HTML of the answer's region.
    """
    said = verdict(comparison)
    notices = "".join(_notice(slug, number, notice) for number, notice in enumerate(said.notices))
    notices += "".join(f'<div class="notice"><p>{text(remark)}</p></div>' for remark in remarks)
    rest = "".join(f"<li><b>{text(title)}:</b> {sentence(words)}</li>" for title, words in said.rest)
    return "".join(
        (
            _head(slug, comparison),
            notices,
            _newer(slug, comparison),
            f'<p class="verdict" id="{slug}-verdict" data-verdict>{sentence(said.lead)}</p>',
            _why(slug, comparison, robust=said.robust, why=said.why),
            dials(comparison, "you: "),
            f'<ul class="verdict__rest">{rest}</ul>',
            _ranking(slug, comparison),
        )
    )


def details(slug: str, comparison: Comparison) -> str:
    """
    Write what stands behind the answer: what each row is made of, the running total, and the rule of the word.

    Args:
        slug: The calculator's name, for ids.
        comparison: What was computed.

    Returns:
        HTML that follows the answer's.
    """
    made_of = "".join(_made_of(slug, comparison, row) for row in comparison.rows if row.standing.priced)
    return f"{made_of}{_running_total(slug, comparison)}{_rule(slug)}"


def sentence(words: Sentence) -> str:
    """Mark up a sentence: names of approaches, amounts that do not break, sources."""
    parts = []
    for part in words:
        match part:
            case Name(approach, name):
                parts.append(f'<span class="approach{_hue(approach.key)}">{text(name)}</span>')
            case Amount(amount):
                parts.append(f'<span class="amount">{text(amount)}</span>')
            case Source(key):
                parts.append(f" {source_link(key)}")
            case Way():
                pass
            case _:
                parts.append(text(part))
    return "".join(parts)


def _notice(slug: str, number: int, words: Sentence) -> str:
    ways = "".join(
        f'<button type="button" class="text-button" id="{slug}-way-{number}-{place}" '
        f'data-sets="{" ".join(name for name, _ in way.sets)}" data-value="{" ".join(value for _, value in way.sets)}">'
        f"{text(way.text)}</button>"
        for place, way in enumerate(part for part in words if isinstance(part, Way))
    )
    return f'<div class="notice"><p>{sentence(words)}</p>{f'<p class="ways">{ways}</p>' if ways else ""}</div>'


def _newer(slug: str, comparison: Comparison) -> str:
    """Offer today's figures where the answer rests on those of an earlier day, with what they would change."""
    words = newer(comparison)
    if not words:
        return ""
    return (
        f'<p class="later-figures">{sentence(words)} <button type="button" class="text-button" id="{slug}-newer" '
        f'data-sets="as_of" data-value="{FACTS.today}">Use them</button></p>'
    )


def bar(comparison: Comparison) -> str:
    """Write the one line that stays in sight while the answer is not."""
    winner = comparison.winner
    if winner is None:
        return '<span><b>Nothing can do this</b></span> <span class="answer-bar__why">See why</span>'
    word = "fragile" if comparison.fragile else "robust"
    return (
        f"<span><b>{text(winner.approach.title)}</b> {write_money_short(winner.total)} · {word}</span> "
        '<span class="answer-bar__why">See why</span>'
    )


def says(comparison: Comparison) -> str:
    """Say the answer in a sentence, for a screen reader."""
    return plain(verdict(comparison).lead)


def teaser(comparison: Comparison) -> str:
    """Write the answer in a sentence with its dial, for the top of a page."""
    winner = comparison.winner
    if winner is None:
        return f"<p>{sentence(verdict(comparison).lead)}</p>"
    requests = write_words(comparison.inputs.workload.requests_per_month)
    people = ", most of it your team’s time" if winner.people > winner.bills else ""
    name = Name(winner.approach, winner.approach.name)
    words: Sentence = (
        f"{MUST_CHANGE.label_of(comparison.inputs.job.must_change)}, {requests} requests a month: ",
        name,
        " costs least: ",
        Amount(write_money(winner.total)),
        f" over {write_count(comparison.months, 'month')}{people}.",
    )
    return f"<p>{sentence(words)}</p>{dials(comparison, '')}"


def _head(slug: str, comparison: Comparison) -> str:
    day = say_date(comparison.inputs.job.as_of)
    return (
        f'<div class="answer__head"><p>Your answer · prices of {day}</p><div class="actions">'
        f'<a class="answer__change" href="#{slug}-form">Change the numbers</a>'
        f'<button type="button" class="copy-link" id="{slug}-copy" data-copy-link>{CHAIN}'
        '<span class="copy-link__words" data-words>Copy link</span></button></div></div>'
    )


def _why(slug: str, comparison: Comparison, *, robust: bool, why: Sentence) -> str:
    if comparison.winner is None:
        return ""
    word = "robust" if robust else "fragile"
    return (
        f'<p class="verdict__why"><a class="word word--{word}" href="#{slug}-rule">{word.capitalize()}</a> '
        f"{sentence(why)}</p>"
    )


def dials(comparison: Comparison, prefix: str) -> str:
    """Draw who is cheapest along requests per month, wide and narrow."""
    found = comparison.dial
    if found is None:
        return ""
    bands = tuple(
        chart.DialBand(
            band.first,
            band.end,
            row.approach.key if row.approach.key in HUED else None,
            row.approach.title,
            row.approach.short,
        )
        for band in found.bands
        for row in (comparison.running_at(band.row),)
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
    return f'<div class="drawings">{"".join(drawn)}</div>'


def _dial_words(comparison: Comparison, tip: Tip | None) -> str:
    winner = comparison.winner
    if winner is None:
        return ""
    here = write_words(comparison.inputs.workload.requests_per_month)
    if tip is None:
        return f"Along requests a month, {winner.approach.name} costs least everywhere; you entered {here}."
    taker = comparison.running_at(tip.row).approach.name
    where = "above" if tip.upwards else "below"
    return (
        f"Along requests a month: {winner.approach.name} costs least at {here}; {taker} takes over {where} "
        f"{write_words(tip.at)}."
    )


# The table.


def _ranking(slug: str, comparison: Comparison) -> str:
    scale = max(row.total for row in comparison.rows if row.approach in FIVE or row.standing.ranked)
    ranked = [row for row in comparison.rows if not _is_reference(row)]
    references = [row for row in comparison.rows if _is_reference(row)]
    months = write_count(comparison.months, "month")
    accepted = any(row.accepted is not None for row in comparison.rows)
    head = "".join(
        f'<th class="{cls}" scope="col" role="columnheader">{name}</th>'
        for cls, name in (
            ("", "Approach"),
            ("", f"Total over {months}"),
            ("figure-cell", "Set-up"),
            ("figure-cell", "A month"),
            ("figure-cell", "A request"),
            *((("figure-cell", "A right answer"),) if accepted else ()),
            ("wide-cell", "Live in"),
            ("wide-cell", "To leave it"),
        )
    ).replace('class="" ', "")
    body = "".join(_row(slug, row, scale, accepted=accepted) for row in ranked)
    reference = "".join(_row(slug, row, scale, accepted=accepted) for row in references)
    if reference:
        reference = (
            '<tbody class="ranking__reference" role="rowgroup"><tr role="row">'
            f'<th class="ranking__note" scope="rowgroup" role="rowheader" colspan="{7 + accepted}">'
            f"The same without tuning, for reference</th></tr>{reference}</tbody>"
        )
    return (
        f'<div class="ranking__head"><p id="{slug}-ranking">Cheapest first. Tick what passes your eval, untick what '
        f"fails it.</p>{chart.key()}</div>"
        f'<table class="ranking" role="table" aria-labelledby="{slug}-ranking"><thead role="rowgroup"><tr role="row">'
        f'{head}</tr></thead><tbody role="rowgroup">{body}</tbody>{reference}</table>'
        f"{_present_values(comparison)}{_worth(comparison)}"
    )


def _is_reference(row: Row) -> bool:
    return row.approach in REFERENCES and not row.standing.ranked and row.standing.passes != "no"


def _row(slug: str, row: Row, scale: float, *, accepted: bool) -> str:
    key = row.approach.key
    hue = _hue(key)
    state = "" if row.standing.ranked else " row--failed" if row.standing.passes == "no" else " row--cannot"
    if row.standing.can is Can.REFERENCE:
        state = ""
    made = f"#{slug}-made-{key}"

    def figure(shown: str, label: str) -> str:
        return (
            f'<td class="figure-cell" role="cell" data-label="{label}"><a class="figure" href="{made}">{shown}</a></td>'
        )

    if not row.standing.priced:
        unknown = "".join(
            f'<td class="figure-cell" role="cell" data-label="{label}">not known</td>'
            for label in ("set-up", "a month", "a request", *(("a right answer",) if accepted else ()))
        )
        return (
            f'<tr class="row{hue}{state}" role="row"><th scope="row" role="rowheader">{_row_name(slug, row)}</th>'
            f'<td class="total-cell" role="cell"><span class="row__total">not known</span></td>{unknown}'
            f'<td class="wide-cell" role="cell">{row.approach.live_in}</td>'
            f'<td class="wide-cell" role="cell">{row.approach.portability}</td></tr>'
        )
    right = figure(_accepted(row), "a right answer") if accepted else ""
    return (
        f'<tr class="row{hue}{state}" role="row"><th scope="row" role="rowheader">{_row_name(slug, row)}</th>'
        f'<td class="total-cell" role="cell"><span class="row__total"><a class="figure" href="{made}">'
        f"{write_money_short(row.total)}</a></span> "
        f'<span class="row__split">{_whose(row)}{write_money_short(row.bills)} bills · {write_money_short(row.people)} people</span>'
        f"{chart.bar(parts=row.parts, scale=max(scale, row.total), hue=key if key in HUED else None)}</td>"
        f"{figure(write_money_short(row.setup), 'set-up')}{figure(write_money_short(row.month), 'a month')}"
        f"{figure(write_money(row.marginal), 'a request')}{right}"
        f'<td class="wide-cell" role="cell">{row.approach.live_in}</td>'
        f'<td class="wide-cell" role="cell">{row.approach.portability}</td></tr>'
    )


def _whose(row: Row) -> str:
    """Say whose the figures are, where they are not everybody's."""
    return f"{text(row.standing.figures)}: " if row.standing.figures else ""


def _accepted(row: Row) -> str:
    if row.accepted is None:
        return "not given"
    return write_money(row.accepted) if math.isfinite(row.accepted) else "never"


def _row_name(slug: str, row: Row) -> str:
    key, standing = row.approach.key, row.standing
    name = f'<span class="row__name">{text(row.approach.title)}</span>'
    aside = f'<span class="row__aside">live in {row.approach.live_in} · {row.approach.portability}</span>'
    evidence = f' <a href="#claim-{standing.claim}">evidence</a>' if standing.claim else ""
    reason = f'<span class="row__reason">{text(_standing_words(row))}{evidence}</span>'
    if row.approach in REFERENCES and row.approach is not OPEN:
        return f"<span>{name}{aside}</span>"
    if standing.can is Can.REFERENCE:
        return f"<span>{name}{aside}</span>"
    if not standing.priced:
        return f"<span>{name}{reason}</span>"
    if not standing.ranked and standing.passes != "no":
        return (
            f"<span>{name}{reason}"
            f'<button type="button" class="text-button" id="{slug}-count-{key}" data-sets="{key}_can" '
            f'data-value="can" aria-label="Count it anyway: {text(row.approach.name)}">Count it anyway</button></span>'
        )
    checked = " checked" if standing.passes == "yes" else ""
    mixed = " data-mixed" if standing.passes == "untested" else ""
    return (
        f'<label class="tick" for="{slug}-tick-{key}"><input type="checkbox" id="{slug}-tick-{key}" '
        f'data-sets="{key}_passes"{checked}{mixed}>{name}{aside}{reason}</label>{_undo_judgement(slug, row)}'
    )


def _undo_judgement(slug: str, row: Row) -> str:
    if not row.standing.judged:
        return ""
    key = row.approach.key
    return (
        f'<button type="button" class="text-button" id="{slug}-count-{key}" data-sets="{key}_can" '
        f'data-value="table" aria-label="Back to the guide’s standing: {text(row.approach.name)}">'
        "Back to the guide’s standing</button>"
    )


def _standing_words(row: Row) -> str:
    standing = row.standing
    tested = {"yes": " · passes your eval", "no": " · fails your eval", "untested": " · not tested"}[standing.passes]
    if standing.can is Can.NO:
        return standing.reason if standing.judged else f"cannot: {standing.reason}"
    if standing.can is Can.CLOSED:
        return standing.reason
    if standing.can is Can.NOT_NEEDED:
        return f"not needed: {standing.reason}"
    if standing.can is Can.UNPROVEN:
        return f"unproven: {standing.reason}{tested}"
    return f"{standing.reason}{tested}"


def _present_values(comparison: Comparison) -> str:
    rows = [row for row in comparison.rows if row.present is not None and row.standing.ranked]
    if not rows:
        return ""
    rate = write_share(comparison.inputs.life.discount_rate)
    values = " · ".join(
        f"{text(row.approach.title)} {write_money(row.present)}" for row in rows if row.present is not None
    )
    return f'<p class="soft">Net present value at {rate} a year: {values}.</p>'


def _worth(comparison: Comparison) -> str:
    """Say what an answer brings in, where success rates and the value of a right answer are given."""
    quality = comparison.quality
    rates = quality.rates()
    if not rates or not quality.right_value:
        return ""
    worth = []
    for row in comparison.rows:
        if (rate := rates.get(row.approach.key)) is None or not row.standing.ranked:
            continue
        value_of_one = formulas.value_of_accuracy(
            cases=1, accuracy=rate, value_per_success=quality.right_value, loss_per_failure=quality.wrong_cost
        )
        worth.append(f"{text(row.approach.title)} {write_money(value_of_one - row.marginal)}")
    least = formulas.break_even_accuracy(value_per_success=quality.right_value, loss_per_failure=quality.wrong_cost)
    return (
        f'<p class="soft">An answer brings in, its own cost taken off: {" · ".join(worth)}. Below {write_share(least)} of '
        "answers right it costs more than it brings.</p>"
    )


# What it is made of.


def _made_of(slug: str, comparison: Comparison, row: Row) -> str:
    key = row.approach.key
    hue = _hue(key)
    taken_apart = ledger(comparison, row)
    return (
        f'<details class="made-of{hue}" id="{slug}-made-{key}"><summary>What it is made of: '
        f'{text(row.approach.title)}</summary><table class="ledger" aria-label="What {text(row.approach.name)} is made of">'
        f"{_sections(slug, taken_apart)}</table></details>"
    )


def _sections(slug: str, taken_apart: Ledger) -> str:
    parts = []
    for section in taken_apart.sections:
        amounts, total = written_amounts(section)
        lines = "".join(_line(slug, line, amount) for line, amount in zip(section.lines, amounts, strict=True))
        parts.append(
            f'<tbody><tr class="ledger__part"><th colspan="2" scope="rowgroup">{text(section.title)}</th></tr>{lines}'
            f'<tr class="ledger__sum"><th scope="row">{_sum_name(section)}</th><td>{total}</td></tr></tbody>'
        )
    return "".join(parts)


def _sum_name(section: Section) -> str:
    return {
        "setup": "Set-up",
        "month": "A month",
        "request": "A request",
        "change": "A change",
        "total": "Total",
    }[section.key]


def written_amounts(section: Section) -> tuple[list[str], str]:
    """
    Write a section's amounts, and their sum, so that they add up as written.

    To the cent; a single request to as many places as its sum needs. Each amount is rounded down, and what is left
    goes to the lines with the largest remainders.
    """
    places = 2
    if section.key == "request" and section.amount:
        places = max(2, 3 - math.floor(math.log10(section.amount)))
    unit = float(f"1e{places}")
    exact = [line.amount * unit for line in section.lines]
    whole = [math.floor(amount) for amount in exact]
    left = round(section.amount * unit) - sum(whole)
    order = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in order[: max(left, 0)]:
        whole[index] += 1
    return [f"${amount / unit:,.{places}f}" for amount in whole], f"${round(section.amount * unit) / unit:,.{places}f}"


def _line(slug: str, line: Line, amount: str) -> str:
    formula: str = text(line.how)
    if any(character.isdigit() for character in line.how):
        formula = f"<code>{formula}</code>"
    how = [*([line.part] if line.part else []), formula]
    if line.note:
        how.append(text(line.note))
    if line.sources:
        how.append(source_links(line.sources))
    if line.inputs:
        how.append(f'<a href="#{slug}-{line.inputs[0]}">change it</a>')
    return (
        f'<tr><th scope="row">{text(line.name)}<span class="ledger__how">{" · ".join(how)}</span></th>'
        f"<td>{amount}</td></tr>"
    )


# The running total.


def _running_total(slug: str, comparison: Comparison) -> str:
    rows = [row for row in comparison.rows if row.standing.ranked]
    if not rows:
        return ""
    winner = comparison.winner
    lines = tuple(
        chart.Line(
            row.approach.key if row.approach.key in HUED else None,
            row.approach.title,
            row.approach.short,
            row.cumulative,
            winner=row is winner,
            reference=row.approach in REFERENCES,
        )
        for row in rows
    )
    changes = sorted({month for row in rows for month in row.cost.changes})
    words = (
        f"Running total of {write_count(len(rows), 'row')} over {write_count(comparison.months, 'month')}; the table below "
        "has every figure."
    )
    wide, narrow = (
        chart.running_total(lines=lines, changes=changes, narrow=thin, sentence=words) for thin in (False, True)
    )
    notes = "".join(f"<li>{text(note)}</li>" for note in narrow.notes)
    crossings = f'<ul class="chart__notes drawing--narrow">{notes}</ul>' if notes else ""
    step = ""
    if changes:
        months = " and ".join(str(month) for month in changes)
        step = f'<p class="soft">The step after month {months} is a new base model: evals again, data refreshed, retrained.</p>'
    return (
        f'<h3 id="{slug}-running-total">Running total, month by month</h3>'
        f'<div class="drawings">{wide.svg}{narrow.svg}{crossings}</div>{step}{_month_table(slug, rows)}'
    )


def _month_table(slug: str, rows: list[Row]) -> str:
    head = "".join(f'<th scope="col">{text(row.approach.title)}</th>' for row in rows)
    body = "".join(
        f'<tr><th scope="row">{month or "start"}</th>'
        f"{''.join(f'<td>{write_money(row.cumulative[month])}</td>' for row in rows)}</tr>"
        for month in range(rows[0].cost.months + 1)
    )
    return (
        f'<details class="made-of" id="{slug}-months"><summary>Show as a table</summary>'
        f'<div class="scroll-box" tabindex="0" role="region" aria-label="Running total by month">'
        f'<table class="data-table"><thead><tr><th scope="col">Month</th>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div></details>"
    )


def _rule(slug: str) -> str:
    return (
        f'<p class="soft" id="{slug}-rule"><b>Fragile</b> means: a change of less than a quarter in one input flips the '
        "winner, or bills alone and bills with your team’s time name different winners. Otherwise the answer is "
        "<b>robust</b>. Hours are our assumptions; prices are dated records with their source. A mail program may "
        "rewrite links: check that yours still ends in your numbers.</p>"
    )


# Notes under fields.


def notes(slug: str, comparison: Comparison) -> dict[str, str]:
    """Write what stands under each field: record and date, what is derived, what is assumed and how far it may lie."""
    found = {name: _assumption(key) for name, key in _ASSUMED.items()}
    found.update(_model_notes(comparison))
    for name in _PRICE_FIELDS:
        found[name] = _price_note(slug, comparison, name)
    found.update(_serving_notes(comparison))
    wage = FACTS.wages["software-developer"]
    found["hourly_rate"] = (
        f"Median US developer, wage share added; {write_money(wage.low)} to {write_money(wage.high)} · "
        f"{source_links(wage.sources)}"
    )
    found["cache_hit_share"] = _cache_note(slug, comparison)
    return found


_YOURS = {"requests_per_month", "fixed_tokens", "varying_tokens", "output_tokens", "reasoning_tokens", "corpus_tokens"}
"""Inputs that only the reader can know."""

_ASSUMED = {
    "horizon_months": "horizon",
    "overlap_tokens": "chunk_overlap",
    "retrieved_chunks": "chunks_per_request",
    **{name: name for name in NOUNS if name in FACTS.assumptions and name not in _YOURS},
}
"""Inputs whose start is an assumption of the guide, and its key."""


def _assumption(key: str) -> str:
    found = FACTS.assumptions[key]
    if found.unit == "share":
        low, high = write_share(found.low), write_share(found.high)
    else:
        low, high = write_number(found.low), write_number(found.high)
    ours = write_share(found.value) if found.unit == "share" else write_number(found.value)
    return f'<span title="{text(found.why)}">Our assumption: {ours}; plausible, {low} to {high}.</span>'


def _model_notes(comparison: Comparison) -> dict[str, str]:
    records = comparison.records
    prompted, small, service = records.prompted[0].record, records.small[0].record, records.service
    since = say_date(prompted.valid_from)
    found = {
        "prompted_model": (
            f"{write_money(prompted.input)} in, {write_money(prompted.output)} out per million tokens, since {since} · "
            f"{source_links(prompted.sources)}"
        ),
        "tuned_model": (
            f"Untuned: {write_money(small.input)} in, {write_money(small.output)} out per million tokens, since "
            f"{say_date(small.valid_from)} · {source_links(small.sources)}"
        ),
        "vector_database": (
            f"At least {write_money(records.database.monthly_minimum)} a month, since "
            f"{say_date(records.database.valid_from)} · {source_links(records.database.sources)}"
        ),
        "embedding": (
            f"{write_money(records.embedding.price)} per million tokens, since {say_date(records.embedding.valid_from)} · "
            f"{source_links(records.embedding.sources)}"
        ),
        "service": "No service we know tunes this model.",
        "existing_customer": "",
    }
    if service is not None:
        training = (
            f"{write_money(service.training_price)} per million training tokens"
            if service.training_price is not None
            else f"{write_money(service.training_price_per_hour or 0)} an hour of training"
        )
        since = say_date(service.valid_from)
        remark = f" {text(service.note)}" if service.note else ""
        found["service"] = f"{text(service.name)}: {training}, since {since} · {source_links(service.sources)}.{remark}"
    if records.life is not None and records.life.closed_words:
        found["existing_customer"] = f"{text(records.life.provider)}: {records.life.closed_words}."
    return found


_PRICE_FIELDS = (
    *(*PROMPTED_PRICES, *SMALL_PRICES, *TUNED_PRICES),
    *("embedding_price", "rerank_price", "database_minimum", "storage_gb_price", "reads_price", "writes_price"),
    *("gpu_price", "gpus_per_replica", "overhead_share"),
)
"""Inputs that may stay empty, because a record holds the value."""


def _price_note(slug: str, comparison: Comparison, name: str) -> str:
    recorded = comparison.recorded.get(name)
    given = comparison.given(name)
    shown = "not sold" if recorded is None else value(name, recorded)
    if given is None:
        return f"Empty: {shown}."
    return (
        f'<span class="yours">yours</span> Recorded: {shown}. <button type="button" class="text-button" '
        f'id="{slug}-reset-{name}" data-sets="{name}" data-value="" aria-label="Reset to the record: {text(NOUNS[name])}">'
        "Reset</button>"
    )


def _serving_notes(comparison: Comparison) -> dict[str, str]:
    records = comparison.records
    rent = records.gpu
    found = {
        "cloud": "No rent is known there: enter your own price."
        if rent is None
        else f"{write_money(rent.price)} an hour, {write_money(rent.low)} to {write_money(rent.high)}, "
        f"{say_date(rent.valid_from)} · {source_links(rent.sources)}",
    }
    if records.fit is not None and not records.fit.saturation:
        found["usable_share"] = (
            f"Not used for {text(records.base.name)}: its measurement already keeps to a limit on waiting."
        )
    if records.reranker is not None:
        found["reranker"] = f"{text(records.reranker.name)} · {source_links(records.reranker.sources)}"
    return found


def _cache_note(slug: str, comparison: Comparison) -> str:
    if comparison.inputs.prices.cache_hit_share is not None:
        return (
            f'<span class="yours">yours</span> <button type="button" class="text-button" id="{slug}-reset-cache" '
            'data-sets="cache_hit_share" data-value="" aria-label="Reset to what your traffic gives">Reset</button>'
        )
    derived = comparison.effective.get("cache_hit_share")
    if derived is None:
        return "No cache: switched off, not sold, or the prompt is too short."
    return f"Derived from your traffic: {write_share(derived)} in month 1."
