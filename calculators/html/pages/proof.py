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
from calculators.markup import NOTHING, Html, join, text
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


def write() -> Html:
    """Recompute every published calculation, and write the page."""
    proof = prove()
    parts = (
        _top(proof),
        _disagreements(proof),
        _conventions(),
        _index(proof),
        Html('<div data-entries="calculations">{}</div>').fill(join(_group(each, proof) for each in GROUPS)),
    )
    return Html('<div class="proof" data-proof="{}">{}</div>').fill(shown.REQUEST, join(parts))


# The top of the page.


_TOP: Final = Html(
    '<div data-slot="proof-result">{count}</div>{scenarios}'
    '<p class="proof__run"><button type="button" class="button button--solid" data-proof-run hidden>'
    "Recompute all of them in this browser</button></p>"
    '<div class="proof__status" role="status" data-proof-status></div>'
    "<p>In a terminal, <code>python -m calculators proof</code> does the same, "
    "and ends with status 1 if any of them disagrees.</p>"
    '<table class="stacks"><thead><tr><th scope="col">Verdict</th>'
    '<th scope="col">Calculations</th><th scope="col">Meaning</th></tr></thead>'
    "<tbody>{rows}</tbody></table>"
)
_TOP_ROW: Final = Html(
    '<tr><th scope="row">{words}</th><td data-label="Calculations">{count}</td>'
    '<td data-label="Meaning">{meaning}</td></tr>'
)


def _top(proof: Proof) -> Html:
    return _TOP.fill(
        count=shown.count(proof, shown.AT_BUILD),
        scenarios=scenarios.count(proof),
        rows=join(
            _TOP_ROW.fill(words=words, count=proof.verdicts[verdict], meaning=meaning)
            for verdict, (words, meaning) in VERDICTS.items()
        ),
    )


_DISAGREEMENTS: Final = Html(
    '<h2 id="does-not-reconcile">What does not reconcile</h2>'
    "<p>Official pages are among them. "
    "Each is taken at its own word: its own prices, its own volumes, its own hours.</p>"
    '<table class="stacks"><thead><tr><th scope="col">Calculation</th><th scope="col">Printed</th>'
    '<th scope="col">Should be</th><th scope="col">Printed figure is</th></tr></thead>'
    "<tbody>{}</tbody></table>"
)
_DISAGREEMENT: Final = Html(
    '<tr><th scope="row"><a href="#{anchor}">{title}</a><small>{source}</small></th>'
    '<td data-label="Printed">{printed}</td><td data-label="Should be">{right}</td>'
    '<td data-label="Printed figure is">{off}</td></tr>'
)


def _disagreements(proof: Proof) -> Html:
    """List what was printed and what it should have been, for every figure that does not reconcile."""
    return _DISAGREEMENTS.fill(
        join(
            _DISAGREEMENT.fill(
                anchor=_anchor(proved.vector),
                title=proved.vector.title,
                source=proved.vector.source,
                printed=_published(each),
                right=_written(each, each.figure.right),
                off=_off(each),
            )
            for proved in proof.calculations
            for each in proved.computed
            if proved.vector.verdict == "does_not_reconcile" and not each.as_published
        )
    )


def _off(computed: Computed) -> str:
    """Say how many times too high or too low a figure was printed."""
    printed, right = computed.figure.published, computed.figure.right
    low = printed < right
    times = TERMS["ratio"](numerator=max(printed, right), denominator=min(printed, right))
    return f"{write_number(times)} times too {'low' if low else 'high'}"


def _index(proof: Proof) -> Html:
    items = join(
        Html('<li><a href="#{}">{}</a> {}</li>').fill(_group_anchor(group), title, len(_of(group, proof)))
        for group, title in GROUPS.items()
    )
    return Html(
        '<h2 id="calculations">The calculations</h2>'
        '<nav class="proof__index" aria-label="Groups of calculations"><ul>{}</ul></nav>'
    ).fill(items)


# Conventions.


_CONVENTIONS: Final = Html(
    '<h2 id="conventions">Where sources differ</h2>'
    "<p>Two right sums may still differ, because services and authors count by different rules. None of these rules is "
    "a special case in a formula. Each is an argument that a term takes, or a fact in a record.</p>"
    '<dl class="proof__conventions">{}</dl>'
)


def _conventions() -> Html:
    """Say where sources do the same sum by different rules, and where each rule is kept here."""
    billed = sorted({each.provider for each in FACTS.tuning.values() if each.validation_billed}, key=str.casefold)
    minimums = sorted(
        {each.provider for each in FACTS.vector_databases.values() if each.monthly_minimum > 0}, key=str.casefold
    )
    term, case, services = link_to_term, _link_to, Html('<a href="../fine-tuning-services/">fine-tuning services</a>')
    conventions = {
        "Hours in a month": Html(
            "{}, {} or {}; {} uses two of them. Here the hours are an argument of {} and its relatives, and 730 where "
            "none are given."
        ).fill(
            case("host-azure-o4mini-month", "720"),
            case("serve-induwara-api", "729.6"),
            case("serve-llmtco-util-bug", "730"),
            case("serve-kshirol-per-m", "one page"),
            term("hosting_cost"),
        ),
        "Validation tokens": Html(
            "{} by some services, free at others. An argument of {}; whether a service bills them stands in its record "
            "among the {}{}."
        ).fill(
            case("train-ori-5m-3ep-val", "Billed"),
            term("training_tokens"),
            services,
            f": {_listed(billed)} do" if billed else "",
        ),
        "Mark-up on a tuned model": Html(
            "{}: some services charge more for a tuned model than for its base. A record of the {} has prices of its "
            "own, so that no formula needs a mark-up."
        ).fill(case("be-agentbeck-56655", "Often forgotten"), services),
        "Minimum charges": Html(
            "{}, never in part: for each job in {}, for each month in {}, for anything in {}. {}"
        ).fill(
            case("rag-pinecone-min-100", "Paid whole"),
            term("token_training_cost"),
            term("vector_database_cost"),
            term("charge_with_minimum"),
            f"Vector databases with a minimum on file: {_listed(minimums)}." if minimums else "",
        ),
        "Padding": Html(
            "Where every example is padded to the full context, its own length does not matter: {} counts what is "
            "billed then."
        ).fill(term("padded_training_tokens")),
        "Metered windows": Html(
            "A model that is billed by {}, started by its first request, costs by the windows and {}: {}."
        ).fill(
            case("host-bedrock-cmu-window", "windows of minutes"),
            case("host-bedrock-qwen4b-hourly-drain", "not by the requests"),
            term("metered_window_cost"),
        ),
    }
    return _CONVENTIONS.fill(
        join(Html("<dt>{}</dt><dd>{}</dd>").fill(name, words) for name, words in conventions.items())
    )


def _link_to(key: str, words: str) -> Html:
    return Html('<a href="#proof-{}">{}</a>').fill(key, words)


def _listed(names: list[str]) -> str:
    *some, last = names
    return f"{', '.join(some)} and {last}" if some else last


# The calculations.


def _of(group: str, proof: Proof) -> list[Proved]:
    return [each for each in proof.calculations if each.vector.group == group]


def _group(group: str, proof: Proof) -> Html:
    return Html('<div data-entry-group><h2 id="{}">{}</h2>{}</div>').fill(
        _group_anchor(group), GROUPS[group], join(map(_calculation, _of(group, proof)))
    )


_CALCULATION: Final = Html(
    '<section class="proof__case is-{kind}" data-entry aria-labelledby="{anchor}"><h3 id="{anchor}">{title}</h3>'
    '<p class="proof__source">{source}</p><blockquote><p>{quote}</p></blockquote>{verdict}'
    '<table class="stacks" data-search-exclude><thead><tr><th scope="col">Figure</th><th scope="col">Printed</th>'
    '<th scope="col">Our term gives</th></tr></thead><tbody>{rows}</tbody></table>'
    '<p class="proof__result" data-slot="{slot}" data-search-exclude>{result}</p>{links}'
    '<details id="{anchor}-working" data-search-exclude{opened}><summary>Working and {commands}</summary>'
    "{working}</details></section>"
)
_FIGURE: Final = Html(
    '<tr><th scope="row">{label}{used}</th><td data-label="Printed">{printed}</td>'
    '<td data-label="Our term gives" data-slot="{slot}">{given}</td></tr>'
)


def _calculation(proved: Proved) -> Html:
    vector = proved.vector
    return _CALCULATION.fill(
        kind=vector.verdict,
        anchor=_anchor(vector),
        title=vector.title,
        source=_source(vector),
        quote=_quoted(vector.quote),
        verdict=_verdict(vector),
        rows=join(_figure(proved, each) for each in proved.computed),
        slot=shown.slot(proved),
        result=shown.result(proved, shown.AT_BUILD),
        links=scenarios.links(proved),
        # What does not come out is what a reader came to see: it lies open.
        opened=NOTHING if vector.verdict == "reproduces" else Html(" open"),
        commands="command" if len(proved.computed) == 1 else "commands",
        working=join(map(_working, proved.computed)) + scenarios.commands(proved),
    )


def _figure(proved: Proved, computed: Computed) -> Html:
    return _FIGURE.fill(
        label=computed.figure.label,
        used=scenarios.used(computed),
        printed=_published(computed),
        slot=shown.slot(proved, computed),
        given=shown.figure(computed),
    )


def _source(vector: Vector) -> Html:
    name = text(vector.source)
    if vector.source_url:
        name = Html('<a href="{}">{}</a>').fill(vector.source_url, name)
    remark = f" ({vector.source_remark})" if vector.source_remark else ""
    return Html("{}{} · {}").fill(name, remark, _date(vector.date))


def _date(written: str) -> str:
    """Write a date as a sentence says it; a source that gives none is undated."""
    try:
        return say_date(date.fromisoformat(written))
    except ValueError:
        return written or "undated"


def _quoted(words: str) -> str:
    """Write a source's words without the marks that only its own file format reads."""
    return words.replace("**", "").replace("`", "")


def _verdict(vector: Vector) -> Html:
    words, _ = VERDICTS[vector.verdict]
    close = "exactly" if vector.tolerance <= _EXACT else f"to within {write_entry(vector.tolerance, SHARE)}"
    parts = [Html("<strong>{}</strong>{}.").fill(words, f", {close}" if vector.verdict == "reproduces" else "")]
    if vector.note:
        parts.append(text(vector.note))
    if vector.assumed:
        parts.append(Html("<em>Assumed:</em> {}.").fill(vector.assumed))
    return Html('<p class="proof__verdict">{}</p>').fill(join(parts, Html(" ")))


def _published(computed: Computed) -> str:
    return _written(computed, computed.figure.published)


def _written(computed: Computed, number: float) -> str:
    return shown.exactly(number, computed.figure.quantity)


_WORKING: Final = Html(
    '<div class="proof__working"><p><b>{label}.</b> {term}: {summary}</p>'
    '<p class="proof__sum">{sum} = {value}</p>{command}</div>'
)


def _working(computed: Computed) -> Html:
    term = TERMS[computed.figure.term]
    worked = working.working(term, computed.figure.inputs)
    return _WORKING.fill(
        label=computed.figure.label,
        term=link_to_term(computed.figure.term),
        summary=summary(term),
        sum=worked.text,
        value=_written(computed, float(worked)),
        command=command_line(computed.figure.command),
    )


def _anchor(vector: Vector) -> str:
    return f"proof-{vector.id}"


def _group_anchor(group: str) -> str:
    return f"group-{group.replace('_', '-')}"
