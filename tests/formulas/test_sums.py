"""Bills of any kind: each line counts once."""

import pytest

from calculators.formulas.bills import bill, charge_with_minimum, difference, service_cost


def test_each_line_of_a_bill_counts_once() -> None:
    """No line is left out and none is added twice."""
    lines = {
        "training_cost": 1,
        "data_cost": 2,
        "people_cost": 4,
        "embedding_cost": 8,
        "storage_cost": 16,
        "search_cost": 32,
        "rerank_cost": 64,
        "input_cost": 128,
        "output_cost": 256,
        "hosting_cost": 512,
    }

    assert bill(**lines) == 1_023
    assert bill(**lines, units=2, periods=3) == 6 * 1_023
    assert bill() == 0


def test_each_meter_of_a_service_has_its_price() -> None:
    """Tokens by their price unit, hours by the hour."""
    cost = service_cost(
        input_tokens=1_000,
        input_price=1,
        cached_input_tokens=1_000,
        cached_input_price=2,
        output_tokens=1_000,
        output_price=4,
        training_tokens=1_000,
        training_price=8,
        hours=2,
        price_per_hour=16,
        tokens_per_price_unit=1_000,
    )

    assert cost == 1 + 2 + 4 + 8 + 32


@pytest.mark.parametrize(("usage", "charge"), [(0, 600), (50, 600), (50.5, 606)])
def test_minimum_is_never_paid_in_part(usage: float, charge: float) -> None:
    """Twelve quiet periods cost twelve minimums."""
    assert charge == charge_with_minimum(usage=usage, minimum=50, periods=12)


def test_difference_has_a_sign() -> None:
    """Costing less is a difference too."""
    assert difference(amount=75, other_amount=100, periods=2) == -50
