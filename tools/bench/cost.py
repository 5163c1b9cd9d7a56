"""
A small calculator, for the Pythons that this site's is measured beside: what a year of prompting costs.

Plain enough for each of them, so that all run this very file.
"""

TOKENS_IN, TOKENS_OUT = 1200, 300
DOLLARS_PER_TOKEN_IN, DOLLARS_PER_TOKEN_OUT = 0.15e-6, 0.60e-6
MONTHLY_GROWTH = 0.03


def cost(requests_per_month: float) -> str:
    """Twelve months' bill, while requests grow. [dollar]"""
    dollars = 0.0
    for _ in range(12):
        dollars += requests_per_month * (TOKENS_IN * DOLLARS_PER_TOKEN_IN + TOKENS_OUT * DOLLARS_PER_TOKEN_OUT)
        requests_per_month *= 1 + MONTHLY_GROWTH
    return f"{dollars:,.2f}"
