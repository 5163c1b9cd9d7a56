"""Scenarios to start from: workloads that readers recognise, and the guide's opening story."""

from typing import Final

from calculators.calculator import Preset

PRESETS: Final = (
    Preset("support-replies", "Support replies", "d=4"),
    Preset(
        "classification",
        "Classification at volume",
        "d=4&must_change=task&narrow_task=classification&requests_per_month=10000000&fixed_tokens=1500&varying_tokens=200&output_tokens=10"
        "&batch_share=0.5&tokens_per_example=210&examples=1000",
    ),
    Preset(
        "brand-tone",
        "Brand tone at volume",
        "d=4&must_change=tone&requests_per_month=3000000&fixed_tokens=2500&varying_tokens=300&output_tokens=400"
        "&shots=8&tokens_per_shot=600&tokens_per_example=700",
    ),
    Preset("documents", "Documents to look up", "d=4&must_change=documents&requests_per_month=30000&fixed_tokens=600"),
    Preset(
        "private",
        "Must stay on our machines",
        "d=4&must_change=&data_place=own&requests_per_month=10000000&fixed_tokens=4000&varying_tokens=300&output_tokens=100",
    ),
    Preset(
        "code-assistant",
        "Code assistant",
        "d=4&must_change=nothing&today=prompt&requests_per_month=40000&fixed_tokens=2000&varying_tokens=6000&output_tokens=500",
    ),
    Preset(
        "agent",
        "Agent",
        "d=4&must_change=nothing&today=prompt&requests_per_month=20000&fixed_tokens=4000&varying_tokens=1000&output_tokens=400"
        "&calls_per_task=20&added_tokens=2000",
    ),
    Preset(
        "conversation",
        "Conversation",
        "d=4&must_change=tone&requests_per_month=30000&fixed_tokens=800&varying_tokens=100&output_tokens=150"
        "&calls_per_task=6&added_tokens=350",
    ),
    Preset(
        # As of the first day on record after Llama 2 came out: what was known when such a team began.
        "47k-story",
        "One way to spend $47K",
        "d=4&must_change=tone&as_of=2023-07-26&horizon_months=3&prompted_model=gpt-4-2023&tuned_model=llama-2-70b&cloud=2023"
        "&requests_per_month=20000&caching=no&examples=2000&example_price=2.13&tokens_per_example=525&replicas=1"
        "&hours_per_month=460&eval_hours=16&setup_own=160&monthly_own=15&model_life=12",
    ),
)
"""The presets, in the order shown; the first is the default."""
