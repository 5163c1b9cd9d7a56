"""What a page asks of Python: one scenario string in, one JSON string out."""

from calculators.html.reply import reply


def answer(scenario: str) -> str:
    """
    Answer a scenario.

    Args:
        scenario: `slug?input=value&input=value`.

    Returns:
        JSON, as `calculators.html.reply.reply` describes it.

    Raises:
        UnknownCalculatorError: If no calculator has that name.
    """
    return reply(scenario)
