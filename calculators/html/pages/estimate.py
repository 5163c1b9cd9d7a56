"""The estimate of GPU-seconds held against every measurement: fitted again, each measurement left out in turn."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.estimate import estimate
from calculators.facts import FACTS, Roofline
from calculators.facts.background import ServingRun, background
from calculators.facts.gpus import ServingRow

ROOFLINE: Final = FACTS.rooflines["roofline"]
"""How much of a data sheet is used."""

_STEPS: Final = 20
"""Steps of a fit, far more than it takes."""


class Case(NamedTuple):
    """
    One measurement.

    Attributes:
        run: The run that it is of.
        row: Input tokens, output tokens, output tokens a second of all GPUs together.
        at_once: Requests that ran at the same time; nothing where all were queued.
    """

    run: ServingRun
    row: ServingRow
    at_once: int | None

    @property
    def measured(self) -> float:
        """GPU-seconds of one request. [second]"""
        return self.row[1] * self.run.gpus / self.row[2]

    def seconds(self, roofline: Roofline) -> float:
        """GPU-seconds of one request, as estimated. [second]"""
        run = self.run
        card = FACTS.gpus[run.gpu]
        speed = estimate(
            FACTS.shapes[run.shape],
            card,
            roofline,
            gpus=run.gpus,
            memory=run.gpus * card.memory * roofline.memory_share,
            weight_bits=run.weight_bits,
            cache_bits=run.cache_bits,
        )
        if speed is None:
            raise ValueError(f"{run.key}: does not fit, or the GPU has no bandwidth on record")
        return formulas.gpu_seconds_per_request(
            input_tokens=self.row[0],
            output_tokens=self.row[1],
            prefill_seconds=speed.prefill_seconds,
            decode_seconds=speed.decode_seconds,
            attention_seconds=speed.attention_seconds,
        )

    @property
    def parts(self) -> tuple[float, float, float]:
        """GPU-seconds of computing, of reading, and of reading weights for one request alone, with all of it used."""
        free = replace(ROOFLINE, mfu=math.inf, bandwidth_utilisation=math.inf, sequences=math.inf)
        computing, reading = self.seconds(replace(free, mfu=1)), self.seconds(replace(free, bandwidth_utilisation=1))
        alone = self.seconds(replace(free, bandwidth_utilisation=1, sequences=1)) - reading
        return (computing, reading, alone) if self.at_once is None else (computing, reading + alone / self.at_once, 0.0)


class Judged(NamedTuple):
    """
    A measurement, and the estimate of it by a fit to all others.

    Attributes:
        case: The measurement.
        ratio: Estimated GPU-seconds as a multiple of the measured ones. [1]
    """

    case: Case
    ratio: float

    @property
    def off(self) -> float:
        """How many times too high or too low it is. [1]"""
        return max(self.ratio, 1 / self.ratio)


def cases() -> tuple[Case, ...]:
    """Return every measurement that the estimate is fitted to."""
    return tuple(
        Case(run, row, run.at_once[number] if run.at_once else None)
        for run in background().serving_runs.values()
        for number, row in enumerate(_rows(run))
    )


def _rows(run: ServingRun) -> tuple[ServingRow, ...]:
    if not run.fitted:
        return run.rows
    fit = FACTS.serving[run.key]
    return (*fit.rows, *fit.held_out)


def fitted(chosen: Sequence[Case]) -> Roofline:
    """Fit what is used of a data sheet to measurements: least squares on the logarithm of estimate over measurement."""
    computing, reading, alone = _fitted([_weighed(case) for case in chosen])
    return replace(ROOFLINE, mfu=1 / computing, bandwidth_utilisation=1 / reading, sequences=reading / alone)


@cache
def left_out_in_turn() -> tuple[Judged, ...]:
    """Return each measurement with the estimate by a fit to all others."""
    every = cases()
    weighed = [_weighed(case) for case in every]
    return tuple(
        Judged(case, _sum(_fitted([*weighed[:place], *weighed[place + 1 :]]), weighed[place]))
        for place, case in enumerate(every)
    )


type _Three = tuple[float, float, float]


@cache
def _weighed(case: Case) -> _Three:
    """Parts of an estimate as multiples of what was measured."""
    one, two, three = (part / case.measured for part in case.parts)
    return one, two, three


def _sum(factors: _Three, parts: _Three) -> float:
    return sum(factor * part for factor, part in zip(factors, parts, strict=True))


def _fitted(table: Sequence[_Three]) -> _Three:
    """Factors by which parts come nearest to one, in logarithms: by Gauss and Newton, in the factors' logarithms."""
    factors: _Three = (2.0, 1.0, 1 / ROOFLINE.sequences)
    for _ in range(_STEPS):
        rows = [(tuple(f * p for f, p in zip(factors, parts, strict=True)), _sum(factors, parts)) for parts in table]
        slopes = [(*(part / total for part in each), -math.log(total)) for each, total in rows]
        steps = _solved([[sum(s[i] * s[j] for s in slopes) for j in range(4)] for i in range(3)])
        one, two, three = (f * math.exp(step) for f, step in zip(factors, steps, strict=True))
        factors = (one, two, three)
    return factors


def _solved(rows: list[list[float]]) -> list[float]:
    """Solve linear equations, each with its right side last."""
    size = len(rows)
    for i in range(size):
        for k in range(size):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]
