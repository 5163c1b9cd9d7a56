"""Terms that the comparison goes through for all months at once, by the fast form that it calls in their place."""

from typing import Final

FAST_FORMS: Final = {
    "change_months": ("base_model_changes",),
    "npv_of_payments": ("npv", "present_value"),
    "price_levels": ("price_in_month",),
    "requests_by_month": ("requests_in_month",),
}
"""Each fast form and the terms that it agrees with; `test_fast_forms.py` holds the two together."""
