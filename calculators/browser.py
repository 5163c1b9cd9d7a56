"""What a page asks of Python: one string in, one JSON string out."""

from calculators.html import proof
from calculators.html.reply import reply


def answer(scenario: str) -> str:
    """
    Answer a scenario, or recompute the published calculations.

    Args:
        scenario: `slug?input=value&input=value`, or `proof?`.

    Returns:
        JSON, as `calculators.html.reply.reply` describes it, or as `calculators.html.proof.reply` does.

    Raises:
        UnknownCalculatorError: If no calculator has that name.
    """
    return proof.reply() if scenario == proof.REQUEST else reply(scenario)
