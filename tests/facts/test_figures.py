"""The figures themselves: the defaults that the model asks for, their dates, and what published sums say of them."""

import gzip
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from calculators import facts
from calculators.facts import DATA, FACTS, Ledger, Record, ServingFit

START = date(2026, 11, 24)
LEDGERS: dict[str, Ledger[Any]] = {
    field.name: getattr(FACTS, field.name) for field in fields(FACTS) if isinstance(getattr(FACTS, field.name), Ledger)
}


def every_record() -> Iterator[Record]:
    """Yield every sourced record of every kind, superseded and future ones included."""
    for ledger in LEDGERS.values():
        for key in ledger:
            yield from (record for record in ledger.history(key) if isinstance(record, Record))


@pytest.mark.parametrize(
    ("tier", "key", "price_in", "price_out"),
    [
        ("small", "gpt-6-luna", 0.1, 0.5),
        ("mid", "gpt-6.1-terra", 1.0, 5.0),
        ("frontier", "gpt-6.1-sol", 2.0, 10.0),
        ("open", "fireworks-gpt-oss-20b", 0.07, 0.30),
    ],
)
def test_each_tier_starts_from_the_model_decided_on(tier: str, key: str, price_in: float, price_out: float) -> None:
    """The prompted model is a current one, and its price holds for as long as anybody has announced."""
    assert facts.default_model(tier) == key
    prices = facts.prices_over(key, START, 36)
    assert {(price.input, price.output) for price in prices} == {(price_in, price_out)}
    assert len(prices) == 36


def test_a_tier_without_a_default_is_refused() -> None:
    """A legacy model is never what a form starts from."""
    with pytest.raises(facts.UnknownPriceError, match="legacy"):
        facts.default_model("legacy")


def test_the_default_tuning_compares_like_with_like() -> None:
    """The tuned model is the open default, sold both prompted and tuned, at the same price for a token."""
    service = FACTS.tuning[FACTS.default_tuning()]
    assert (service.key, service.training_price, service.hosting_per_hour) == ("foundry-gpt-oss-20b", 3.6, 0.30)
    prompted = FACTS.inference[FACTS.base_models[service.base_models[0]].prompted_as]
    assert prompted.key == facts.default_model("open")
    assert (service.input, service.output) == (prompted.input, prompted.output)


def test_only_services_open_to_newcomers_can_be_chosen() -> None:
    """Neither OpenAI's nor Prime Intellect's tuning is for sale to a new customer."""
    assert len(FACTS.tuning) == 8
    assert not {service.provider for service in FACTS.tuning.values()} & {"OpenAI", "Prime Intellect"}
    assert {key for key, service in FACTS.tuning.items() if service.validation_billed} == {
        "together-16b",
        "together-69b",
        "together-100b",
    }
    assert FACTS.tuning["bedrock-nova-micro"].storage_per_month == 1.95


def test_no_tuned_base_retires_within_a_year() -> None:
    """A base that dies within the first horizon would take the tuned model along."""
    for service in FACTS.tuning.values():
        for key in service.base_models:
            retires = FACTS.base_models[key].retires
            assert retires is None or retires > facts.month_after(START, 12), (service.key, key)


@pytest.mark.parametrize(
    ("key", "value", "low", "high"),
    [
        ("setup_prompt", 40, 16, 80),
        ("monthly_prompt", 4, 1, 12),
        ("setup_few_shot", 56, 24, 110),
        ("monthly_few_shot", 5, 1, 14),
        ("setup_rag", 140, 60, 320),
        ("monthly_rag", 10, 4, 40),
        ("setup_api", 120, 60, 300),
        ("monthly_api", 8, 3, 24),
        ("setup_own", 240, 120, 960),
        ("monthly_own", 30, 10, 160),
        ("eval_hours", 24, 8, 80),
        ("peak_to_mean", 4, 1, 10),
        ("examples", 500, 50, 10_000),
        ("example_price", 1, 0.10, 23.35),
        ("model_life", 12, 6, 18),
        ("model_life_author", 4, 3, 6),
        ("runs", 3, 1, 10),
        ("replicas", 2, 1, 4),
        ("usable_share", 0.5, 0.4, 0.65),
        ("discount_rate", 0, 0, 0.2),
        ("cache_minutes", 5, 5, 60),
        ("cache_minimum_tokens", 1024, 512, 4096),
        ("hours_per_month", 730, 720, 744),
    ],
)
def test_what_is_assumed_is_what_was_decided(key: str, value: float, low: float, high: float) -> None:
    """The assumptions are the model's table of defaults, with its ranges."""
    assumption = FACTS.assumptions[key]
    assert (assumption.value, assumption.low, assumption.high) == (value, low, high)
    assert FACTS.assume(key) == value


def test_rent_is_the_specialist_median_with_hyperscalers_apart() -> None:
    """One price per provider, never mixed with hyperscalers, never a marketplace minimum."""
    specialist, hyperscaler = FACTS.gpu_prices["H100-specialist"], FACTS.gpu_prices["H100-hyperscaler"]
    assert (specialist.low, specialist.price, specialist.high) == (2.60, 3.60, 6.20)
    assert (hyperscaler.low, hyperscaler.price, hyperscaler.high) == (6.88, 10.00, 12.29)
    assert FACTS.gpu_prices["H200-specialist"].price == 4.95
    assert FACTS.gpu_prices["B200-specialist"].price >= 6.0, "the median of May is too low"


def test_an_hour_of_a_developer_is_wage_over_wage_share() -> None:
    """The rate is derived from two official figures, and so is its range."""
    wage = FACTS.wages["software-developer"]
    assert wage.hourly == pytest.approx(135_980 / 2_080 / 0.70, abs=0.005) == 93.39
    assert wage.high == pytest.approx(135_980 / 2_080 / 0.685, abs=0.005)


def test_the_published_scale_comes_out() -> None:
    """Figures that a reader can recognise: they would expose a price per thousand or a month of a wrong length."""
    assert 3 * (FACTS.tuning["together-16b"].training_price or 0) == pytest.approx(1.4, abs=0.05)
    hours = FACTS.assume("hours_per_month")
    assert FACTS.gpu_prices["H100-specialist"].price * hours == pytest.approx(2_660, rel=0.02)
    assert (FACTS.tuning["fireworks-16b"].hosting_per_hour or 0) * hours == pytest.approx(5_110)
    assert FACTS.vector_databases["pgvector-t4g-medium"].monthly_minimum == pytest.approx(0.065 * hours)
    luna = FACTS.inference["gpt-6-luna"]
    assert (1_000 * luna.input + 200 * luna.output) / 1e6 == pytest.approx(0.00020)
    assert (1_000 * luna.input + 700 * luna.output) / 1e6 == pytest.approx(0.00045)
    [saturated] = [row for row in FACTS.serving["llama-3.1-8b-H100"].rows if row[:2] == (1000, 1000)]
    assert FACTS.gpu_prices["H100-specialist"].price / 3_600 / saturated[2] * 1e6 == pytest.approx(0.066, abs=0.001)


@pytest.mark.parametrize(("key", "off_peak"), [("deepseek-v4-flash", (0.15, 0.60)), ("deepseek-v4-pro", (0.66, 1.98))])
def test_a_price_that_changes_by_the_hour_is_its_mean_over_the_day(key: str, off_peak: tuple[float, float]) -> None:
    """Seven of DeepSeek's hours cost double, so the mean is 31/24 of the cheap price."""
    price = FACTS.inference[key]
    assert [price.input, price.output] == pytest.approx([part * 31 / 24 for part in off_peak], abs=0.006)
    assert price.note.startswith("Mean over the day")
    assert price.batch_input is None, "waiting saves nothing there"


def test_training_memory_is_the_table_and_not_the_rule_of_thumb() -> None:
    """The rule would put a 70B on a card of 40 GB."""
    assert FACTS.training_memory["qlora-4"].needed(70e9) == 48e9
    assert FACTS.training_memory["qlora-4"].needed(8e9) == 12e9
    assert FACTS.training_memory["lora-16"].needed(70e9) == 160e9
    assert FACTS.training_memory["lora-16"].needed(71e9) is None


def test_every_source_is_used_and_every_date_is_past() -> None:
    """No source stands there for show, and nobody checked or announced anything in the future."""
    used: set[str] = set()
    for record in every_record():
        used.update(record.sources)
        used.update(
            value
            for field in fields(record)
            if field.name.endswith("_source") and (value := getattr(record, field.name))
        )
        assert date(2023, 1, 1) <= record.known_from <= record.checked <= FACTS.checked, record.key
    assert used == set(FACTS.sources)
    assert all(source.accessed <= FACTS.checked for source in FACTS.sources.values())
    assert all(source.url.startswith(("https://", "http://", "pkg:")) for source in FACTS.sources.values())
    assert FACTS.checked == START == FACTS.first_day


def test_every_number_of_a_record_has_a_unit() -> None:
    """A bare float in a record would be a number without a unit."""
    bare = []
    for kind in {type(record) for record in every_record()}:
        for name, hint in get_type_hints(kind, include_extras=True).items():
            for part in leaves(hint):
                unit = get_args(part)[1].unit if get_origin(part) is Annotated else ""
                if part in (int, float) or (get_origin(part) is Annotated and not unit and not get_args(part)[1].whole):
                    bare.append(f"{kind.__name__}.{name}")
    assert not bare


def leaves(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - a type hint has no narrower type
    """Yield the types that a type is made of, an annotated one as a whole."""
    if get_origin(hint) is Annotated or not get_args(hint):
        yield hint
    else:
        for argument in get_args(hint):
            yield from leaves(argument)


def test_the_figures_stay_small_enough_to_be_loaded_by_every_reader() -> None:
    """They travel to the browser with the calculators."""
    assert len(gzip.compress(b"".join(file.read_bytes() for file in sorted(DATA.glob("*.toml"))))) < 40_000


# Serving


def gpu_seconds(fit: ServingFit, row: tuple[int, int, float]) -> float:
    """Return what a measured row says one request costs."""
    return row[1] * fit.gpus_per_replica / row[2]


def fitted(fit: ServingFit) -> tuple[float, float, float]:
    """Fit the rows again: of all ways to set some coefficients to zero, the best without a negative one."""
    count = 3 if len(fit.rows) > 2 else 2
    table = [
        [part / gpu_seconds(fit, row) for part in (row[0], row[1], row[1] * (row[0] + row[1] / 2))][:count]
        for row in fit.rows
    ]
    best = (math.inf, (0.0, 0.0, 0.0))
    for size in range(1, count + 1):
        for chosen in itertools.combinations(range(count), size):
            solution = least_squares([[row[column] for column in chosen] for row in table])
            if min(solution) < 0:
                continue
            full = [0.0, 0.0, 0.0]
            for column, value in zip(chosen, solution, strict=True):
                full[column] = value
            squares = sum((sum(a * b for a, b in zip(row, full, strict=False)) - 1) ** 2 for row in table)
            best = min(best, (squares, (full[0], full[1], full[2])))
    return best[1]


def least_squares(table: Sequence[Sequence[float]]) -> list[float]:
    """Return x for which table · x is nearest to ones, by the normal equations with each column scaled to one."""
    size = len(table[0])
    scale = [math.sqrt(sum(row[column] ** 2 for row in table)) for column in range(size)]
    scaled = [[row[column] / scale[column] for column in range(size)] for row in table]
    rows = [[sum(r[i] * r[j] for r in scaled) for j in range(size)] + [sum(r[i] for r in scaled)] for i in range(size)]
    for i in range(size):
        for k in range(size):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] / scale[i] for i in range(size)]


@pytest.mark.parametrize("key", list(FACTS.serving))
def test_the_coefficients_are_the_fit_to_their_rows(key: str) -> None:
    """Anyone who changes a row must fit again."""
    fit = FACTS.serving[key]
    expected = fitted(fit)
    found = [fit.prefill_seconds, fit.decode_seconds, fit.attention_seconds]
    assert found == pytest.approx(list(expected), rel=1e-3, abs=1e-12)


def test_the_coefficients_are_those_of_the_cost_model() -> None:
    """
    The 8B's are those of the cost model. The 70B ran on two GPUs: the model's figures are seconds of the pair, so each
    is half of the GPU-seconds.
    """
    small, large = FACTS.serving["llama-3.1-8b-H100"], FACTS.serving["llama-3.3-70b-H100"]
    assert small.prefill_seconds == pytest.approx(1.41e-5, rel=0.03)
    assert small.decode_seconds == pytest.approx(1.51e-5, rel=0.03)
    assert small.attention_seconds == pytest.approx(2.57e-8, rel=0.03)
    assert large.gpus_per_replica == 2
    assert large.prefill_seconds / 2 == pytest.approx(6.97e-5, rel=0.03)
    assert large.decode_seconds / 2 == pytest.approx(7.12e-5, rel=0.03)
    assert large.attention_seconds / 2 == pytest.approx(6.62e-8, rel=0.03)


def test_the_fit_says_how_good_it_is() -> None:
    """Records of NVIDIA's fit within 8%, rows held out included; two rows alone say nothing of the error."""
    for fit in FACTS.serving.values():
        if "tensorrt-llm-1.0" in fit.sources:
            assert 0 < (fit.worst_error or 0) < 0.08, fit.key
        assert all(abs(fit.error(row)) < 0.08 for row in fit.held_out), fit.key
    assert sum(len(fit.held_out) for fit in FACTS.serving.values()) == 3
    two_rows = FACTS.serving["gpt-oss-20b-H100"]
    assert not two_rows.validated
    assert two_rows.worst_error is None
    assert two_rows.attention_seconds == 0
    assert all(two_rows.error(row) == pytest.approx(0, abs=1e-3) for row in two_rows.rows)
    assert (two_rows.input_range, two_rows.output_range) == ((1000, 8192), (1000, 1024))


def test_rows_at_a_latency_limit_are_not_saturation_records() -> None:
    """Only a record is multiplied by the usable share."""
    assert [key for key, fit in FACTS.serving.items() if not fit.saturation] == ["qwen3-8b-H100"]


def test_every_base_model_that_can_be_served_has_a_fit_on_the_default_gpu() -> None:
    """A model without one could be offered for self-hosting and then not be answered."""
    for key, model in FACTS.base_models.items():
        fit = FACTS.serving.get(f"{model.served_as or key}-H100")
        assert (fit.gpus_per_replica if fit else None) == model.gpus_needed, key
