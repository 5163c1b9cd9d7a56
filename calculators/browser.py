"""What a page asks of Python: one string in, one JSON string out."""

from typing import Final

from calculators.html import proof, usage, worked_plan
from calculators.html.reply import reply

QUESTIONS: Final = {proof.REQUEST: proof.reply, worked_plan.REQUEST: worked_plan.reply}
"""What a page may ask for beside a scenario, each with what answers it."""


def answer(request: str) -> str:
    """
    Answer a scenario or give a part of its answer, or recompute what a page of the reference shows.

    While it works, nothing else can be asked. For a page, an answer is therefore asked for in parts:

    1. `slug?input=value&input=value&part=answer`, or the scenario alone: the first part. It names the `parts` to come.
    2. `slug?input=value&input=value&part=tips&from=0`, for the first of these: the part, or what is `next`.
    3. The same with that number as `from`, until the part comes; then the next part.

    Words for a part that takes some stand behind its name, as in `part=running_total:own,api`.

    In between, anything may be asked. A request's reply depends on that request alone, and is the same wherever and
    whenever it is asked. `part` and `from` count only where a request ends in them: a link may hold anything.

    Args:
        request: A scenario, what is asked of it behind; or one of `QUESTIONS`; or `usage?` and a usage record.

    Returns:
        JSON, as `calculators.html.reply.reply` describes it, or as the `reply` that answers another question does.

    Raises:
        UnknownCalculatorError: If no calculator has that name.
        UnknownPartError: If the answer has no such part, or the part no such slice.
        RefusedScenarioError: If a part other than the first is asked of a scenario that is refused.
    """
    if request.startswith(usage.REQUEST):
        return usage.reply(request.removeprefix(usage.REQUEST))
    return QUESTIONS[request]() if request in QUESTIONS else reply(request)
