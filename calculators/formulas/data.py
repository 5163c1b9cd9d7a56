"""Data to tune on and to test with: what it costs to have it labelled."""

from calculators.vocabulary import Count, Number, Share, Usd


def labelling_cost(
    *,
    examples: Count,
    price_per_label: Usd,
    people_per_example: Number = 1,
    automatic_share: Share = 0,
) -> Usd:
    """
    Cost of labelled examples.

    Services charge for each person who looks at an example, and three to five looking at the same one is usual.

    Args:
        examples: Examples to label. [1]
        price_per_label: Price of one person's label. [USD]
        people_per_example: People who label the same example; may be a mean. [1]
        automatic_share: Share of the examples that no person labels. [0–1]

    Returns:
        Cost of the labels. [USD]

    Sources:
        data-wring-100k-labels: 100,000 labels at $0.012, 70 % of them automatic, cost $360.

    >>> labelling_cost(examples=1_000, price_per_label=0.5, people_per_example=3, automatic_share=0.5)
    750.0
    """
    return examples * people_per_example * price_per_label * (1 - automatic_share)
