"""Scenarios for property tests: any valid value of any input, bounds and noughts among them."""

import math
import os
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from calculators import catalog
from calculators.calculator import Calculator, Choice, Day, Input, Scenario, Several, Value
from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.dimensions import SHARED_HOURS
from calculators.catalog.cost_comparison.evaluation import Evaluation
from calculators.catalog.cost_comparison.groups import AUTOMATIC, Inputs
from calculators.catalog.cost_comparison.groups.prompting import LIFETIME
from calculators.catalog.cost_comparison.records import own_model, sellers, tuned
from calculators.currency import Dollar
from calculators.facts import FACTS

COST_COMPARISON: Final = catalog.calculator("cost-comparison")
EARLIEST: Final = date(2026, 9, 1)
LATEST: Final = date(2027, 6, 30)
"""As of earlier and later days answers are computed too, from the same records."""

# Inputs that go with few values of others: the strategies below keep them together.
TOGETHER: Final = ("as_of", "service", "gpus_per_replica", "training_gpus", "chunk_tokens", "overlap_tokens")

MODELS: Final = tuple(FACTS.inference)
LIFETIMES: Final = tuple(option.value for option in LIFETIME.options)

NEW_DRAWS: Final = bool(os.environ.get("NEW_DRAWS"))
"""Whether scenarios are drawn anew, as they are each night; else they stay, and a change is judged by itself."""


def bounded(examples: int) -> settings:
    """So many examples and no more than there is time for; to repeat a night’s: `pytest --hypothesis-seed=…`."""
    return settings(
        max_examples=examples,
        derandomize=not NEW_DRAWS,
        print_blob=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


def values(item: Input, *, wild: bool = True) -> st.SearchStrategy[Any]:
    """
    Values of one input.

    Args:
        item: The input.
        wild: Whether to go to its bounds; else no further than ten times either side of its default.
    """
    kind = item.kind
    if isinstance(kind, Choice):
        keys = [option.value for option in kind.options]
        return st.booleans() if item.switch else st.sampled_from(keys)
    if isinstance(kind, Several):
        lone = st.sampled_from(["", *sorted(kind.alone)])
        together = [option.value for option in kind.options if option.value not in kind.alone]
        return st.one_of(lone, st.sets(st.sampled_from(together)).map(lambda keys: kind.read(",".join(sorted(keys)))))
    if isinstance(kind, Day):
        return st.dates(kind.minimum, kind.maximum)
    if isinstance(kind, Dollar):
        return st.one_of(st.none(), st.sampled_from(["0.92 EUR", "150 JPY", "10.5 SEK"]).map(kind.read))
    low, high, default = kind.minimum, kind.maximum, item.default
    if not wild and isinstance(default, int | float) and default:
        low, high = max(low, default / 10), min(high, default * 10)
    exact: list[float] = [low, high] if wild else []
    if isinstance(default, int | float):
        exact.append(default)
    inside = st.integers(math.ceil(low), math.floor(high)).map(float) if kind.whole else st.floats(low, high, width=64)
    # Half of all values by order of magnitude: evenly drawn, nearly all would be near the upper bound.
    smallest = max(low, 1e-3 if not kind.whole else 1.0)
    scaled = st.floats(math.log10(smallest), math.log10(max(high, smallest))).map(
        lambda exponent: min(max(10**exponent, low), high)
    )
    if kind.whole:
        scaled = scaled.map(lambda number: float(math.floor(number)))
    found = st.one_of(st.sampled_from(exact), scaled, inside) if exact else st.one_of(scaled, inside)
    if item.integer:
        found = found.map(int)
    return st.one_of(st.none(), found) if item.optional else found


@st.composite
def scenarios(draw: st.DrawFn, wild: bool = True, most: int = 12, /, **fixed: Value) -> Scenario:
    """
    Valid scenarios of the cost comparison: a preset with some inputs changed.

    Args:
        draw: Given by Hypothesis.
        wild: Whether values go to their bounds.
        most: Most inputs that are changed.
        fixed: Inputs that keep a value.
    """
    calculator = COST_COMPARISON
    free = [name for name in calculator.inputs if name not in fixed]
    names = draw(st.lists(st.sampled_from(free), max_size=most, unique=True))
    start = calculator.decode(draw(st.sampled_from(calculator.presets)).query)
    # The volume decides most: it is moved in every scenario.
    volume = number(start, "requests_per_month") * 10 ** draw(st.floats(-2, 2))
    drawn = {name: draw(values(calculator.inputs[name], wild=wild)) for name in names if name not in TOGETHER}
    scenario = with_values(calculator, start, {"requests_per_month": float(round(volume)), **drawn, **fixed})
    together = {
        name: value for name, value in draw(going_together(scenario, names, wild=wild)).items() if name not in fixed
    }
    scenario = with_values(calculator, scenario, together)
    assume(not list(calculator.check(scenario.groups)))
    return scenario


@st.composite
def on_any_model(draw: st.DrawFn, models: Sequence[str] = MODELS, /, **fixed: Value) -> Scenario:
    """
    Valid scenarios on any model on record, its cache kept for any time that its seller sells.

    Args:
        draw: Given by Hypothesis.
        models: The models.
        fixed: Inputs that keep a value.
    """
    model = draw(st.sampled_from(models))
    lifetimes = [each for each in LIFETIMES if each == AUTOMATIC or f"{model}-{each}" in FACTS.caching]
    lifetime = draw(st.sampled_from(lifetimes))
    found: Scenario = draw(scenarios(prompted_model=model, cache_lifetime=lifetime, **fixed))
    return found


@st.composite
def going_together(draw: st.DrawFn, scenario: Scenario, names: list[str], *, wild: bool) -> dict[str, Value]:
    """
    Values of the inputs that go with few values of others, as far as they are wanted or must follow.

    Args:
        draw: Given by Hypothesis.
        scenario: The others.
        names: The inputs that are wanted.
        wild: Whether values go to their bounds.
    """
    day = FACTS.checked
    groups = inputs(scenario)
    base, _ = tuned(groups.models.tuned_model, day, FACTS, own_model(groups.own_model, FACTS))
    if wild and "as_of" in names:
        day = draw(st.dates(EARLIEST, LATEST))
    found: dict[str, Value] = {
        "as_of": day,
        "service": "auto",
    }
    if "service" in names:
        horizon = scenario_value(scenario, "horizon_months")
        assert isinstance(horizon, int)
        found["service"] = draw(st.sampled_from(["auto", *(each.key for each in sellers(base, day, horizon, FACTS))]))
    # Enough for any model there is; where fewer than it needs are drawn, the scenario is refused and drawn again.
    for name in ("gpus_per_replica", "training_gpus"):
        if name in names:
            found[name] = draw(st.sampled_from([None, 1, 2, 8, 64]))
    item = COST_COMPARISON.inputs["chunk_tokens"]
    chunk = draw(values(item, wild=wild)) if "chunk_tokens" in names else number(scenario, "chunk_tokens")
    share = draw(st.floats(0, 0.99)) if "overlap_tokens" in names else draw(st.sampled_from([0.0, 0.1, 0.5]))
    return {**found, "chunk_tokens": chunk, "overlap_tokens": float(math.floor(chunk * share))}


def with_values(calculator: Calculator, scenario: Scenario, changed: dict[str, Value]) -> Scenario:
    """The scenario with some inputs changed."""
    for name, value in changed.items():
        scenario = calculator.change(scenario, name, value)
    return Scenario(scenario.groups)


def changed(scenario: Scenario, **values: Value) -> Scenario:
    """The scenario with some inputs changed."""
    return with_values(COST_COMPARISON, scenario, values)


def put(scenario: Scenario, cause: object, value: float) -> Scenario:
    """The scenario with an input entered as a reader would, or with hours that are moved together in so many times."""
    shared = [name for name, together in SHARED_HOURS.items() if together == cause]
    if shared:
        return changed(scenario, **{name: number(scenario, name) * value for name in shared})
    item = COST_COMPARISON.inputs[str(cause)]
    return changed(scenario, **{item.name: int(value) if item.integer else value})


def scenario_value(scenario: Scenario, name: str) -> Value:
    """The value of one input."""
    value: Value = getattr(scenario.groups[COST_COMPARISON.inputs[name].group], name)
    return value


def number(scenario: Scenario, name: str) -> float:
    """The value of one input that is a number, or what stands in for it where it is empty."""
    value = scenario_value(scenario, name)
    if value is None:
        return answer(scenario).recorded[name]
    assert isinstance(value, int | float)
    return value


def answer(scenario: Scenario) -> Comparison:
    """The whole answer."""
    found: Comparison = COST_COMPARISON.answer(scenario)
    return found


def inputs(scenario: Scenario) -> Inputs:
    """All groups, as the comparison takes them."""
    assert isinstance(scenario.groups, Inputs)
    return scenario.groups


def evaluated(scenario: Scenario) -> Evaluation:
    """Every row's cost and standing, and nothing that is searched for."""
    return Evaluation(inputs(scenario))


def at(query: str) -> Scenario:
    """The scenario of a query, every name of which must mean something."""
    scenario = COST_COMPARISON.decode(query)
    assert () == scenario.dropped, "an input was renamed: rename it here too"
    return scenario
