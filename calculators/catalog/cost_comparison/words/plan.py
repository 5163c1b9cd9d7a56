"""The plan in words: what to try first, what that takes, what follows, and what tuning first would cost."""

from collections.abc import Iterable
from typing import Final

from calculators.catalog.cost_comparison.approaches import MEANWHILE, ROWS, Approach, SharedPart
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.judging import missing_examples
from calculators.catalog.cost_comparison.plan.advice import Advice, Try
from calculators.catalog.cost_comparison.plan.steps import Step
from calculators.catalog.cost_comparison.standing import Can
from calculators.catalog.cost_comparison.words.gpus import paid_at_the_start
from calculators.catalog.cost_comparison.words.naming import tried
from calculators.catalog.cost_comparison.words.nouns import months_in_words, times
from calculators.catalog.cost_comparison.words.sentences import Amount, Name, Part, Sentence, capital, listed
from calculators.facts import FACTS
from calculators.formulas.units import WEEKS_PER_MONTH
from calculators.quantity import write_chance, write_money, write_number, write_share

_SURE: Final = 1 - FACTS.rule("least_shown_share")
"""A chance from here on is as good as certain."""
_LONG_SHOT: Final = FACTS.rule("long_shot")
"""A chance below one in this many is a long shot."""


def lead(comparison: Comparison) -> Sentence:
    """Say what to try first, what that takes, what it comes to if it passes, what if it fails, and when to stop."""
    return (*_lookup(comparison), *_lead(comparison, comparison.advice))


def _lead(comparison: Comparison, advice: Advice) -> Sentence:
    if advice.first is None:
        return _nothing_to_try(comparison, advice)
    if advice.measured_first:
        return _measure(comparison, advice, advice.first)
    if advice.in_hand is not None:
        return _beside(comparison, advice, advice.first)
    return _try(comparison, advice, advice.first)


def _lookup(comparison: Comparison) -> Sentence:
    """Say what to see to first where a row that looks documents up has failed: no other row mends the lookup."""
    failed = (row for row in comparison.rows if row.standing.passes == "no")
    if not comparison.documents or not any(row.approach.looks_up(documents=True) for row in failed):
        return ()
    return (
        "See first whether the right passages were found; if they were not, mend the lookup: nothing listed does. ",
    )


def _row(comparison: Comparison, place: int) -> Name:
    return tried(comparison, ROWS[place])


def _money(amount: float) -> Amount:
    return Amount(write_money(amount))


# Nothing is tried.


def _nothing_to_try(comparison: Comparison, advice: Advice) -> Sentence:
    if advice.in_hand is not None:
        return _keep(comparison, advice, advice.in_hand)
    question = comparison.question
    if question.in_play == 0:
        return _nothing_can(comparison)
    if question.worth is not None and advice.nothing_passes < 1:
        return _do_not_start(comparison, question.worth)
    return _nothing_passes(comparison)


def _keep(comparison: Comparison, advice: Advice, in_hand: int) -> Sentence:
    """Something passes, and no change from it pays."""
    runs = in_hand == comparison.question.today
    candidate = comparison.candidate(in_hand)
    if runs:
        head: Sentence = ("Keep what runs today.",)
    else:
        cost = candidate.after
        over = months_in_words(comparison.months)
        head = (*capital((_row(comparison, in_hand),)), " passed: ship it, ", _money(cost), f" in all over {over}.")
    if advice.refused is None:
        tail = " Nothing else listed can do this for less." if runs else " Nothing else is worth testing."
        return (*head, tail)
    refused = advice.refused
    nearest: Sentence = (" No change pays: the nearest, ", _row(comparison, refused.row), ", would ")
    if refused.saves <= 0:
        return (*head, *nearest, "cost ", _money(-refused.saves), " more on average than it saves.")
    return (
        *head,
        *nearest,
        "save ",
        _money(refused.saves),
        " on average, less than ",
        *_least(comparison, refused.least),
        ".",
    )


def _least(comparison: Comparison, least: float) -> Sentence:
    if comparison.question.worth_it_above is not None:
        return ("the ", _money(least), " that makes a change worth it to you")
    if least == comparison.question.day:
        return ("one day of your team",)
    return ("a change is worth (", _money(least), ")")


def _nothing_can(comparison: Comparison) -> Sentence:
    """By the description alone nothing listed can do the job."""
    condition = _condition(comparison)
    return (f"Nothing listed can do this as described. The condition to look at first: {condition}.",)


def _condition(comparison: Comparison) -> str:
    """What rules out most of the rows, in words."""
    out = [row for row in comparison.rows if row.standing.can in (Can.NO, Can.CLOSED)] or list(comparison.rows)
    if comparison.evaluation.parts.given.stays:
        # That data must stay is the reader's own condition: what keeps out the rows that would keep it is told.
        out = [row for row in out if row.approach.stays] or out
    reasons = [row.standing.reason for row in out if not row.standing.judged]
    if not reasons:
        return "you ruled out all of them"
    most = max(dict.fromkeys(reasons), key=reasons.count)
    return f"{most}, and you ruled out what is left" if len(reasons) < len(out) else most


def _nothing_passes(comparison: Comparison) -> Sentence:
    """By what was found out, or by the chances entered, nothing that is listed passes."""
    tested = any(row.standing.passes != "untested" for row in comparison.rows)
    by = "By what you found out" if tested else "By the chances you entered"
    untested = any(row.standing.ranked and row.standing.passes == "untested" for row in comparison.rows)
    rest = ": what is left is believed to pass only where something that failed does" if tested and untested else ""
    if collect := _collect(comparison):
        return (f"{by}, nothing listed passes{rest}, and tuning cannot be tried yet. ", *collect)
    return (f"{by}, nothing listed passes{rest}. Look at the bar, at the eval, or at a smaller task.",)


def _collect(comparison: Comparison) -> Sentence:
    """Say what is missing before a model can be tuned: checked examples, or what can take their place."""
    missing = missing_examples(comparison.evaluation.parts.given)
    tuned = (row for row in comparison.rows if row.approach.tuned)
    if missing is None or not any(row.standing.can is Can.NO and not row.standing.judged for row in tuned):
        return ()
    return (
        f"Collect and check {write_number(missing.needed)} examples first (",
        _money(missing.cost),
        " for those missing), or write a program that can grade answers.",
    )


def _do_not_start(comparison: Comparison, worth: float) -> Sentence:
    """A worth is given, and nothing is worth starting for it."""
    refused = comparison.advice.refused
    head: Sentence = ("Do not start. A version that passes is worth ", _money(worth), " to you, and ")
    if refused is not None:
        more = _money(-refused.saves)
        nearest = _row(comparison, refused.row)
        return (*head, "the nearest, ", nearest, ", would cost ", more, " more on average than it brings.")
    able = [place for place in range(len(ROWS)) if comparison.question.in_play >> place & 1]
    after = {place: comparison.candidate(place).after for place in able}
    cheapest = min(able, key=after.__getitem__)
    return (
        *head,
        "the cheapest that may pass, ",
        _row(comparison, cheapest),
        ", costs ",
        _money(after[cheapest]),
        f" over {_over(comparison)}, finding out apart.",
    )


# Something is tried.


def _try(comparison: Comparison, advice: Advice, first: Step) -> Sentence:
    """Nothing passes yet."""
    question = comparison.question
    if question.in_play.bit_count() == 1:
        return _only_one(comparison, first)
    if _is_long_shot(first) and question.worth is None:
        return _long_shot(comparison, first)
    name = _row(comparison, first.row)
    back = bool(question.failed)
    parts: list[Part] = [*_ends(comparison), "Try ", name, *_or(comparison, advice), " next: " if back else " first: "]
    parts += [*_finding_out(first), *_of_it_the_eval(comparison)]
    parts.append(f", and passes {_about(first.chance)}. If it does, ")
    weeks = comparison.weeks(first.row)
    late = ", and counted from that day" if weeks > comparison.months * WEEKS_PER_MONTH else ""
    live = f" in all over {_over(comparison)}, live in about {_weeks(weeks)}{late}."
    parts += ["stop there: " if first.passed is None else "you can ship: ", _money(first.in_all)]
    parts += [*_of_it_wrong(comparison, first), live, *_hardware(comparison, first)]
    if first.passed is not None:
        parts += [" ", *_step_down(comparison, first)]
    if back and question.worth is None:
        worth = _money(first.price_of_a_success)
        parts += [" It pays only if a version that passes is worth more than ", worth, " to you."]
    return (*parts, *_search_first(comparison, first), *_failures(comparison, advice))


def _of_it_the_eval(comparison: Comparison) -> Sentence:
    """Say what of finding out is the eval, which comes before all else, unless there is one."""
    question, place = comparison.question, list(SharedPart).index(SharedPart.EVAL)
    cost = question.parts[place]
    return () if question.paid >> place & 1 or not cost else (", ", _money(cost), " of it for an eval")


def _search_first(comparison: Comparison, first: Step) -> Sentence:
    """Name what is left to do with a prompt before a model is tuned: where that failed, and tuning is next."""
    if not ROWS[first.row].tuned or comparison.row(MEANWHILE).standing.passes != "no":
        return ()
    return (" Before you tune, let a prompt optimiser search once, scored by your eval.",)


def _of_it_wrong(comparison: Comparison, step: Step) -> Sentence:
    """Say what of a total wrong answers are, where they are more than half of it."""
    wrong = comparison.row(ROWS[step.row]).wrong
    return () if 2 * wrong <= step.in_all else (", ", _money(wrong), " of it wrong answers,")


def _hardware(comparison: Comparison, step: Step) -> Sentence:
    """Say what is to be paid before anything is known to pass on, where a step runs on GPUs that are bought."""
    price = paid_at_the_start(comparison, comparison.row(ROWS[step.row]))
    if not price:
        return ()
    return (" The GPUs cost ", _money(price), " at the start, of which it counts the share of that time.")


def _about(chance: float) -> str:
    """Say how often a step passes: `about 2 times in 3`."""
    return "for certain" if chance >= _SURE else f"about {times(chance)}"


def _ends(comparison: Comparison) -> Sentence:
    """Say where what runs today cannot stay."""
    today = comparison.evaluation.parts.given.today
    if today is None or not comparison.evaluation.row(today).ends:
        return ()
    return ("What runs today is switched off within your horizon and cannot stay. ",)


def _or(comparison: Comparison, advice: Advice) -> Sentence:
    return () if advice.either is None else (" or ", _row(comparison, advice.either))


def _over(comparison: Comparison) -> str:
    return months_in_words(comparison.months)


def _finding_out(step: Step) -> Sentence:
    """Say what finding out takes."""
    return ("it costs ", *_spent(step.find_out), " to find out")


def _spent(amount: float) -> Sentence:
    return (_money(amount),) if amount else ("nothing more",)


def _likely(chance: float) -> str:
    """Say how likely a step is to pass: `about 2 in 3 to pass`."""
    return "sure to pass" if chance >= _SURE else f"about {write_chance(chance)} to pass"


def _weeks(weeks: int) -> str:
    return "a week" if weeks <= 1 else f"{weeks} weeks"


def _step_down(comparison: Comparison, step: Step) -> Sentence:
    """Say what is tried although a step passed, as it may cost less."""
    then = step.passed
    if then is None:
        return ()
    saves = step.after - then.after
    return (
        "Then test ",
        _row(comparison, then.row),
        " on the same eval: ",
        *(_spent(then.find_out) if then.find_out else ("at no further cost",)),
        f", {_likely(then.chance)}, and if it passes it saves ",
        _money(saves),
        "; if not, keep ",
        *(("what runs",) if step.row == comparison.question.today else (_row(comparison, step.row),)),
        ".",
    )


def _failures(comparison: Comparison, advice: Advice) -> Sentence:
    """Say what follows a first step that fails, as far as it is worth it to anybody."""
    later, first = advice.tries[1:], advice.first
    if first is None or first.chance >= _SURE:
        return ()
    # After a step down `it` would be the row that was stepped down to.
    fails: Sentence = ("it fails",) if first.passed is None else (_row(comparison, first.row), " fails")
    if not later:
        return (" If ", *fails, ", nothing listed is left: look at the bar, at the eval, or at a smaller task.")
    told = [each for each in later if not each.dashed]
    dashed = [each for each in later if each.dashed]
    parts: list[Part] = []
    if told:
        parts += [" If ", *fails, ": ", *listed(list(_named_with_price(comparison, told)), last=", then "), "."]
    if dashed:
        parts += [
            *((" Go on to ",) if told else (" If ", *fails, ", go on to ")),
            _row(comparison, dashed[0].step.row),
            " only if a version that passes is worth more than ",
            _money(dashed[0].step.price_of_a_success),
            " to you.",
        ]
    return tuple(parts)


def _named_with_price(comparison: Comparison, tries: Iterable[Try]) -> Iterable[Sentence]:
    for each in tries:
        yield (_row(comparison, each.step.row), " (", _money(each.step.find_out), ")")


def _only_one(comparison: Comparison, first: Step) -> Sentence:
    """No other row can do it, by the description."""
    live = f" in all over {_over(comparison)}, live in about {_weeks(comparison.weeks(first.row))}"
    return (
        "Only ",
        _row(comparison, first.row),
        " can do this, as you described it: ",
        *_finding_out(first),
        *_of_it_the_eval(comparison),
        f", and {_whose(comparison, first)} it passes {_about(first.chance)}. Then it comes to ",
        _money(first.in_all),
        f"{live}.",
        *_hardware(comparison, first),
        " What rules out the others: ",
        _ruled_out(comparison, ROWS[first.row]),
        ".",
        *_search_first(comparison, first),
    )


def _whose(comparison: Comparison, step: Step) -> str:
    return "you expect that" if comparison.given_chance(ROWS[step.row]) else "we assume that"


def _ruled_out(comparison: Comparison, only: Approach) -> str:
    """What keeps the others out: what the reader says of them, and the reasons of the guide."""
    others = [row for row in comparison.rows if row.approach is not only and not row.standing.ranked]
    failed = [tried(comparison, row.approach).text for row in others if row.standing.passes == "no"]
    judged = [tried(comparison, row.approach).text for row in others if row.standing.judged]
    reasons = dict.fromkeys(
        row.standing.reason
        for row in others
        if row.standing.can is not Can.NOT_NEEDED and row.standing.passes != "no" and not row.standing.judged
    )
    found = [
        *reasons,
        *(f"{name} failed in your eval" for name in failed),
        *(f"you ruled out {name}" for name in judged),
    ]
    return "; ".join(found)


def _is_long_shot(step: Step) -> bool:
    return step.chance * (_LONG_SHOT + 1 / 2) < 1


def _long_shot(comparison: Comparison, first: Step) -> Sentence:
    """What is left hardly ever passes."""
    return (
        f"What is left rarely passes ({write_chance(first.chance)}). Go on to ",
        _row(comparison, first.row),
        " only if a version that passes is worth more than ",
        _money(first.price_of_a_success),
        " to you: ",
        *_finding_out(first),
        ".",
    )


def _beside(comparison: Comparison, advice: Advice, first: Step) -> Sentence:
    """Something passes, and a cheaper row is worth a test beside it."""
    in_hand = first.in_hand
    if in_hand is None:
        return ()
    runs = in_hand == comparison.question.today
    stop = comparison.candidate(in_hand)
    saves = stop.after - first.after
    head: Sentence = (
        ("What runs today passes. ",)
        if runs
        else (
            *capital((_row(comparison, in_hand),)),
            " passed, so you can ship: ",
            _money(stop.after),
            f" over {_over(comparison)}. ",
        )
    )
    parts: list[Part] = [*head, "Also test ", _row(comparison, first.row), *_or(comparison, advice), ": "]
    parts += [*_finding_out(first), f", and passes {_about(first.chance)}. If it does, it saves ", _money(saves)]
    parts.append(f" over {_over(comparison)}, live in about {_weeks(comparison.weeks(first.row))}.")
    if first.passed is not None:
        parts += [" ", *_step_down(comparison, first)]
    later = [each.step for each in advice.tries[1:]]
    if later:
        names = [(_row(comparison, step.row), " (", _money(step.find_out), ")") for step in later]
        fails: Sentence = ("it fails",) if first.passed is None else (_row(comparison, first.row), " fails")
        parts += [" If ", *fails, ": ", *listed(names, last=", then ")]
        if later[-1].chance >= _SURE:
            return (*parts, ".")
        parts.append(f"; if {'those fail' if len(later) > 1 else 'that fails'} too, keep what ")
    elif first.chance >= _SURE:
        return tuple(parts)
    else:
        parts.append(" If it fails, keep what ")
    return (*parts, "runs." if runs else "passed.")


def _measure(comparison: Comparison, advice: Advice, first: Step) -> Sentence:
    """Something runs, and nobody knows whether it passes."""
    kept = _money(first.after)
    eval_costs: Sentence = (_money(first.find_out), " for an eval") if first.find_out else ("on the eval you have",)
    parts: list[Part] = ["Measure what runs today first: ", *eval_costs, f", {_likely(first.chance)}. "]
    if first.passed is None:
        parts += ["If it passes, keep it: ", kept, f" over {_over(comparison)}."]
    else:
        then = first.passed
        parts += ["If it passes, it can stay (", kept, f" over {_over(comparison)}). ", *_step_down(comparison, first)]
        del then
    return (*parts, *_failures(comparison, advice))


def short(comparison: Comparison) -> Sentence:
    """Say the first step, where room is short."""
    advice = comparison.advice
    if advice.first is None:
        if advice.in_hand is None:
            return ("nothing listed passes",)
        if advice.in_hand == comparison.question.today:
            return ("keep what runs",)
        return ("ship ", _row(comparison, advice.in_hand))
    verb = "measure what runs" if advice.measured_first else "try "
    return (verb,) if advice.measured_first else (verb, _row(comparison, advice.first.row))


# Beside the lead.


def path(comparison: Comparison) -> list[Sentence]:
    """The steps in the order of failures, each with what it costs, how likely it passes, and what it is then."""
    written: list[Sentence] = []
    dearest = 0.0
    for each in comparison.advice.tries:
        step = each.step
        parts: list[Part] = [*capital((_row(comparison, step.row),)), ": ", _money(step.find_out), " to find out, "]
        parts += [Amount(write_share(round(step.chance, 2))), " to pass, then ", _money(step.after)]
        parts.append(" to go live and keep")
        if step.passed is not None:
            parts += ["; if it passes, see whether ", _row(comparison, step.passed.row), " does too"]
        if each.dashed:
            dearest = max(dearest, step.price_of_a_success)
            worth = _money(dearest)
            parts += ["; only if a version that passes is worth more than ", worth, " to you"]
        written.append(tuple(parts))
    return written


def trap(comparison: Comparison) -> Sentence:
    """Say what tuning first would cost; empty where tuning cannot, or is first, or nothing is worth a start."""
    advice, found = comparison.advice, comparison.advice.trap
    if found is None or (advice.first is None and advice.in_hand is None):
        return ()
    if found.more < comparison.question.day:
        return (
            "Tuning first makes little difference: ",
            _money(found.more),
            " more on average, less than a day of your team.",
        )
    return (
        "Tuning first costs ",
        _money(found.more),
        " more on average, even if you try the others afterwards.",
    )


def right_below(comparison: Comparison) -> Sentence:
    """Say below which chance of the first row tuning first would be right; empty where there is nothing to say."""
    found = comparison.right_below
    if found is None or not trap(comparison):
        return ()
    if found.chance is None and any(row.standing.passes != "untested" for row in comparison.rows):
        # What was found out moves chances faster than any factor: nothing can be said that holds.
        return ()
    if found.chance is None:
        return ("It would not be right even if the others hardly ever passed.",)
    return (
        "It would be right only if ",
        _row(comparison, found.row),
        f" passed less than {times(found.chance)}, and every other untuned way fell in proportion.",
    )


def odds(comparison: Comparison) -> Sentence:
    """Say how likely it is to end without a version that passes, and what the plan comes to on average beside that."""
    advice = comparison.advice
    if advice.first is None:
        return ()
    advised = advice.before_dashed
    average: Sentence = ("On average the plan comes to ", _money(advised.expected), ", finding out included")
    if advised.ends_without <= 0:
        return (*average, ".")
    ends = write_chance(advised.ends_without)
    if comparison.question.worth is not None:
        return (
            f"The chance to end without a version that passes is about {ends}. With that loss counted at what a ",
            "version that passes is worth to you, the plan comes to ",
            _money(advised.expected),
            " on average.",
        )
    where = "; where nothing passes, only finding out is counted."
    dashed = next((each.step for each in advice.tries if each.dashed), None)
    if dashed is None or dashed is advice.first:
        return (f"The chance that nothing listed passes is about {ends}. ", *average, where)
    to_the_end = write_chance(advice.ends_without)
    going_on = "going on hardly changes that" if to_the_end == ends else f"going on makes it about {to_the_end}"
    return (
        "If you stop before ",
        _row(comparison, dashed.row),
        f", the chance to end without a version that passes is about {ends}; {going_on}. Stopping there, you spend ",
        _money(advised.expected),
        " on average, finding out included",
        where,
    )


def staying(comparison: Comparison) -> Sentence:
    """Say what it costs that data may not leave, against what would come first if it might; empty where it may."""
    elsewhere = comparison.elsewhere
    there = None if elsewhere is None else elsewhere.begins
    if elsewhere is None or there is None:
        return ()
    here = comparison.begins
    first: Sentence = ("what runs today would stay",)
    if there.row is not None:
        first = (_row(elsewhere, there.row), " would come first")
    passes = "" if there.row is None else " if it passes"
    passes += " (what stepping down saves on average taken off)" if there.steps_down else ""
    then: Sentence = (*first, ", ", _money(there.total), f" in all over {_over(elsewhere)}{passes}")
    if here is None:
        return ("Were your data allowed to leave, ", *then, ".")
    more = here.total - there.total
    if here.row is not None and here.row == there.row:
        same = ": you would begin the same, and could then go on to what costs less."
        return ("That nothing may leave costs ", _money(more), same) if more > 0 else ()
    if more <= 0:
        return ("That nothing may leave costs nothing: were it allowed to, ", *then, ", no less than here.")
    costs: Sentence = ("That nothing may leave costs ", _money(more), ": were it allowed to, ")
    return (*costs, *then, ", not ", _money(here.total), ".")
