"""What five ways to use a language model cost, side by side, for one workload."""

from typing import Final

from calculators.calculator import Alias, Calculator
from calculators.catalog.cost_comparison.comparison import Comparison, compare
from calculators.catalog.cost_comparison.groups import Inputs
from calculators.catalog.cost_comparison.groups.bounds import OWNED, PART
from calculators.catalog.cost_comparison.presets import PRESETS
from calculators.catalog.cost_comparison.refusals import refusals
from calculators.catalog.cost_comparison.words import units
from calculators.editions import editions
from calculators.quantity import write_link

CALCULATOR: Final = Calculator[Inputs, Comparison](
    slug="cost-comparison",
    title="What it costs",
    section="cost",
    form=Inputs,
    compute=compare,
    check=refusals,
    presets=PRESETS,
    aliases=(
        Alias(name="must_change", value="private", means=(("must_change", ""), ("data_place", "own"))),
        Alias(name="instruction_tokens", value="all", means=(("instruction_tokens", write_link(PART.maximum)),)),
        Alias(name="owned", value="no", means=(("hardware", "on-demand"),)),
        Alias(name="owned", value="yes", means=(("hardware", OWNED),)),
    ),
    editions=editions("cost-comparison"),
    units=units,
)
"""The comparison, under the name that links and the command line use."""
