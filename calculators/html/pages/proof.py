"""The proof page: every published calculation, what it printed, what our terms give, and how they come to it."""

from datetime import date
from typing import Final

from calculators import working
from calculators.calendar import say_date
from calculators.facts import FACTS
from calculators.formulas import TERMS
from calculators.html import proof as shown
from calculators.html.pages import scenarios
from calculators.html.pages.terms import command_line, link_to_term
from calculators.markup import text
from calculators.proof import Computed, Proof, Proved, Vector, Verdict, prove
from calculators.quantity import write_entry, write_number
from calculators.terms import summary
from calculators.vocabulary import SHARE

GROUPS: Final = {
    "api_inference": "Requests to an API",
    "rag": "Retrieval",
    "rag_vs_ft": "Retrieval against tuning",
    "training_tokens": "Training by the token",
    "training_hours": "Training by the hour",
    "training_gpu": "Training on rented GPUs",
    "data": "Data and labels",
    "hosting": "Hosting a tuned model",
    "self_host": "Serving on GPUs of your own",
    "sizing": "Memory to serve a model",
    "breakeven": "Break-even and payback",
    "value_of_accuracy": "What accuracy is worth",
}
"""The parts of the cost model in the page's order."""

VERDICTS: Final[dict[Verdict, tuple[str, str]]] = {
    "reproduces": (
        "Reproduces",
        "What was printed is what the stated inputs come to, to the digits that were printed.",
    ),
    "rounding_slip": ("Rounds", "What was printed is close, and rounded further than its digits say."),
    "does_not_reconcile": ("Does not reconcile", "The stated inputs come to something else than what was printed."),
}
"""Each verdict in words, and what it means."""

_EXACT: Final = 1e-6
"""Up to this tolerance, two figures are equal to all intents. [0–1]"""


def write() -> str:
    """Recompute every published calculation, and write the page."""
    proof = prove()
    return (
        f'<div class="proof" data-proof>{_top(proof)}{_disagreements(proof)}{_conventions()}{_index(proof)}'
        + "".join(_group(group, proof) for group in GROUPS)
        + "</div>"
    )


# The top of the page.


def _top(proof: Proof) -> str:
    rows = "".join(
        f'<tr><th scope="row">{words}</th><td data-label="Calculations">{proof.verdicts[verdict]}</td>'
        f'<td data-label="Meaning">{meaning}</td></tr>'
        for verdict, (words, meaning) in VERDICTS.items()
    )
    return (
        f'<div data-slot="proof-result">{shown.count(proof, shown.AT_BUILD)}</div>'
        f"{scenarios.count(proof)}"
        '<p class="proof__run"><button type="button" class="button button--solid" data-proof-run hidden>'
        "Recompute all of them in this browser</button></p>"
        '<div class="proof__status" role="status" data-proof-status></div>'
        "<p>In a terminal, <code>python -m calculators proof</code> does the same, "
        "and ends with status 1 if any of them disagrees.</p>"
        '<table class="stacks"><thead><tr><th scope="col">Verdict</th>'
        '<th scope="col">Calculations</th><th scope="col">Meaning</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _disagreements(proof: Proof) -> str:
    """List what was printed and what it should have been, for every figure that does not reconcile."""
    rows = "".join(
        f'<tr><th scope="row"><a href="#{_anchor(proved.vector)}">{text(proved.vector.title)}</a>'
        f"<small>{text(proved.vector.source)}</small></th>"
        f'<td data-label="Printed">{_published(each)}</td>'
        f'<td data-label="Should be">{_written(each, each.figure.right)}</td>'
        f'<td data-label="Printed figure is">{_off(each)}</td></tr>'
        for proved in proof.calculations
        for each in proved.computed
        if proved.vector.verdict == "does_not_reconcile" and not each.as_published
    )
    return (
        '<h2 id="does-not-reconcile">What does not reconcile</h2>'
        "<p>Official pages are among them. "
        "Each is taken at its own word: its own prices, its own volumes, its own hours.</p>"
        '<table class="stacks"><thead><tr><th scope="col">Calculation</th><th scope="col">Printed</th>'
        '<th scope="col">Should be</th><th scope="col">Printed figure is</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _off(computed: Computed) -> str:
    """Say how many times too high or too low a figure was printed."""
    printed, right = computed.figure.published, computed.figure.right
    low = printed < right
    times = TERMS["ratio"](numerator=max(printed, right), denominator=min(printed, right))
    return f"{write_number(times)} times too {'low' if low else 'high'}"


def _index(proof: Proof) -> str:
    items = "".join(
        f'<li><a href="#{_group_anchor(group)}">{title}</a> {len(_of(group, proof))}</li>'
        for group, title in GROUPS.items()
    )
    return (
        '<h2 id="calculations">The calculations</h2>'
        f'<nav class="proof__index" aria-label="Groups of calculations"><ul>{items}</ul></nav>'
    )


# Conventions.


def _conventions() -> str:
    """Say where sources do the same sum by different rules, and where each rule is kept here."""
    billed = sorted({each.provider for each in FACTS.tuning.values() if each.validation_billed}, key=str.casefold)
    minimums = sorted(
        {each.provider for each in FACTS.vector_databases.values() if each.monthly_minimum > 0}, key=str.casefold
    )
    term, case, services = link_to_term, _link_to, '<a href="../fine-tuning-services/">fine-tuning services</a>'
    conventions = {
        "Hours in a month": (
            f"{case('host-azure-o4mini-month', '720')}, {case('serve-induwara-api', '729.6')} or "
            f"{case('serve-llmtco-util-bug', '730')}; {case('serve-kshirol-per-m', 'one page')} uses two of them. "
            f"Here the hours are an argument of {term('hosting_cost')} and its relatives, and 730 where none are given."
        ),
        "Validation tokens": (
            f"{case('train-ori-5m-3ep-val', 'Billed')} by some services, free at others. An argument of "
            f"{term('training_tokens')}; whether a service bills them stands in its record among the {services}"
            + (f": {_listed(billed)} do." if billed else ".")
        ),
        "Mark-up on a tuned model": (
            f"{case('be-agentbeck-56655', 'Often forgotten')}: some services charge more for a tuned model than for "
            f"its base. A record of the {services} has prices of its own, so that no formula needs a mark-up."
        ),
        "Minimum charges": (
            f"{case('rag-pinecone-min-100', 'Paid whole')}, never in part: "
            f"for each job in {term('token_training_cost')}, for each month in {term('vector_database_cost')}, "
            f"for anything in {term('charge_with_minimum')}. "
            + (f"Vector databases with a minimum on file: {_listed(minimums)}." if minimums else "")
        ),
        "Padding": (
            "Where every example is padded to the full context, its own length does not matter: "
            f"{term('padded_training_tokens')} counts what is billed then."
        ),
        "Metered windows": (
            f"A model that is billed by {case('host-bedrock-cmu-window', 'windows of minutes')}, started by its first "
            f"request, costs by the windows and {case('host-bedrock-qwen4b-hourly-drain', 'not by the requests')}: "
            f"{term('metered_window_cost')}."
        ),
    }
    listed = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in conventions.items())
    return (
        '<h2 id="conventions">Where sources differ</h2>'
        "<p>Two right sums may still differ, because services and authors count by different rules. None of these "
        "rules is a special case in a formula. Each is an argument that a term takes, or a fact in a record.</p>"
        f'<dl class="proof__conventions">{listed}</dl>'
    )


def _link_to(key: str, words: str) -> str:
    return f'<a href="#proof-{key}">{words}</a>'


def _listed(names: list[str]) -> str:
    *some, last = names
    return text(f"{', '.join(some)} and {last}" if some else last)


# The calculations.


def _of(group: str, proof: Proof) -> list[Proved]:
    return [each for each in proof.calculations if each.vector.group == group]


def _group(group: str, proof: Proof) -> str:
    return f'<h2 id="{_group_anchor(group)}">{GROUPS[group]}</h2>{"".join(map(_calculation, _of(group, proof)))}'


def _calculation(proved: Proved) -> str:
    vector = proved.vector
    rows = "".join(
        f'<tr><th scope="row">{text(each.figure.label)}{scenarios.used(each)}</th>'
        f'<td data-label="Printed">{_published(each)}</td>'
        f'<td data-label="Our term gives" data-slot="{shown.slot(proved, each)}">{shown.figure(each)}</td></tr>'
        for each in proved.computed
    )
    # What does not come out is what a reader came to see: it lies open.
    opened = "" if vector.verdict == "reproduces" else " open"
    return (
        f'<section class="proof__case is-{vector.verdict}" aria-labelledby="{_anchor(vector)}">'
        f'<h3 id="{_anchor(vector)}">{text(vector.title)}</h3>'
        f'<p class="proof__source">{_source(vector)}</p>'
        f"<blockquote><p>{_quoted(vector.quote)}</p></blockquote>"
        f"{_verdict(vector)}"
        '<table class="stacks"><thead><tr><th scope="col">Figure</th><th scope="col">Printed</th>'
        f'<th scope="col">Our term gives</th></tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="proof__result" data-slot="{shown.slot(proved)}" data-search-exclude>'
        f"{shown.result(proved, shown.AT_BUILD)}</p>{scenarios.links(proved)}"
        f'<details id="{_anchor(vector)}-working" data-search-exclude{opened}>'
        f"<summary>Working and {'command' if len(proved.computed) == 1 else 'commands'}</summary>"
        f"{''.join(map(_working, proved.computed))}{scenarios.commands(proved)}</details></section>"
    )


def _source(vector: Vector) -> str:
    name: str = text(vector.source)
    if vector.source_url:
        name = f'<a href="{text(vector.source_url)}">{name}</a>'
    remark = f" ({text(vector.source_remark)})" if vector.source_remark else ""
    return f"{name}{remark} · {text(_date(vector.date))}"


def _date(written: str) -> str:
    """Write a date as a sentence says it; a source that gives none is undated."""
    try:
        return say_date(date.fromisoformat(written))
    except ValueError:
        return written or "undated"


def _quoted(words: str) -> str:
    """Write a source's words without the marks that only its own file format reads."""
    return text(words.replace("**", "").replace("`", ""))


def _verdict(vector: Vector) -> str:
    words, _ = VERDICTS[vector.verdict]
    close = "exactly" if vector.tolerance <= _EXACT else f"to within {write_entry(vector.tolerance, SHARE)}"
    parts = [f"<strong>{words}</strong>{f', {close}' if vector.verdict == 'reproduces' else ''}."]
    if vector.note:
        parts.append(text(vector.note))
    if vector.assumed:
        parts.append(f"<em>Assumed:</em> {text(vector.assumed)}.")
    return f'<p class="proof__verdict">{" ".join(parts)}</p>'


def _published(computed: Computed) -> str:
    return _written(computed, computed.figure.published)


def _written(computed: Computed, number: float) -> str:
    return text(shown.exactly(number, computed.figure.quantity))


def _working(computed: Computed) -> str:
    term = TERMS[computed.figure.term]
    worked = working.working(term, computed.figure.inputs)
    return (
        f'<div class="proof__working"><p><b>{text(computed.figure.label)}.</b> {link_to_term(computed.figure.term)}: '
        f"{text(summary(term))}</p>"
        f'<p class="proof__sum">{text(worked.text)} = {_written(computed, float(worked))}</p>'
        f"{command_line(computed.figure.command)}</div>"
    )


def _anchor(vector: Vector) -> str:
    return f"proof-{vector.id}"


def _group_anchor(group: str) -> str:
    return f"group-{group.replace('_', '-')}"
