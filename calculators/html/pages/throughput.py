"""The page of throughput: how fast models are served and trained, and how much memory tuning takes."""

from collections.abc import Sequence
from typing import Final

from calculators.facts import FACTS, Adapters, ModelShape, Roofline, ServingFit, TrainingMemory
from calculators.facts.background import ServingRun, TrainingThroughput, background
from calculators.facts.gpus import ServingRow
from calculators.html.pages.datasets import dataset
from calculators.html.pages.estimate import Judged, left_out_in_turn
from calculators.html.pages.tables import NONE, Column, Part, column, kept, name, note, page, table, whole
from calculators.markup import NOTHING, Html, join
from calculators.quantity import write_number, write_share, write_short

SHAPES: Final = dataset(ModelShape)
SERVING: Final = dataset(ServingFit)
ESTIMATE: Final = dataset(Roofline)
RUNS: Final = dataset(ServingRun)
ADAPTERS: Final = dataset(Adapters)
TRAINING: Final = dataset(TrainingThroughput)
MEMORY: Final = dataset(TrainingMemory)

METHODS: Final = {"full": "all weights", "lora": "LoRA", "qlora": "QLoRA"}
"""Ways of tuning, as a reader calls them."""

_PREFIXES: Final = {True: "read", False: "not read", None: "not known"}
"""Whether a record was measured with prompts that began alike, as a reader calls it."""

_MICRO: Final = 1e-6
_NANO: Final = 1e-9
_GIGA: Final = 1e9


def write() -> Html:
    """Write the page."""
    return page(
        Part(
            anchor="serving",
            title="Serving",
            about=(
                "GPU-seconds of one request = prefill × input + decode × output "
                "+ attention × output × (input + output ÷ 2), each coefficient fitted to published measurements. "
                "Outside the lengths measured it is an extrapolation. Saturation records are runs with every request "
                "queued and nobody waiting: with people waiting, only a share of that is usable. Where a prefix cache "
                "was read, prefill is in part that of the cache."
            ),
            body=table(
                SERVING,
                FACTS.serving.values(),
                (
                    name(SERVING, title="Model and GPU"),
                    column(ServingFit, "gpus_per_replica", "GPUs for a copy"),
                    _coefficient("prefill_seconds", "Prefill", "µs a token", _MICRO),
                    _coefficient("decode_seconds", "Decode", "µs a token", _MICRO),
                    _coefficient("attention_seconds", "Attention", "ns a pair of tokens", _NANO),
                    Column(
                        title="Measured as",
                        cell=lambda fit: "saturation record" if fit.saturation else "with a limit on latency",
                        order=lambda fit: fit.saturation,
                    ),
                    column(ServingFit, "weight_bits", "Weights", write=lambda bits: f"{bits:g}"),
                    Column(
                        title="Prefix cache",
                        cell=lambda fit: _PREFIXES[fit.prefix_hits],
                        order=lambda fit: _PREFIXES[fit.prefix_hits],
                    ),
                    Column(
                        title="Input measured",
                        cell=lambda fit: _range(fit.input_range),
                        unit="tokens",
                        order=lambda fit: fit.input_range[1],
                        figure=True,
                    ),
                    Column(
                        title="Output measured",
                        cell=lambda fit: _range(fit.output_range),
                        unit="tokens",
                        order=lambda fit: fit.output_range[1],
                        figure=True,
                    ),
                    Column(
                        title="Worst error",
                        cell=_worst,
                        order=lambda fit: fit.worst_error,
                        figure=True,
                    ),
                    *kept(SERVING),
                ),
                title="How fast models are served",
            )
            + join(_rows(fit) for fit in FACTS.serving.values()),
            kinds=(SERVING,),
        ),
        Part(
            anchor="estimate",
            title="Estimates",
            about=(
                "Where a model was not measured on a GPU, its throughput is estimated from the GPU’s data sheet. A "
                "token takes 2 operations for each active parameter, at a part of the peak speed. Each step reads the "
                "weights once for all requests that are worked on together, and for each of them its keys and values, "
                "at a part of the bandwidth; as many are worked on together as fit beside the weights. What is used of "
                "speed and bandwidth, and how many requests at most, is fitted to all measurements here, and judged "
                "by leaving each out in turn: a ratio of 1.2 is 20% too many GPU-seconds."
            ),
            body=table(
                ESTIMATE,
                FACTS.rooflines.values(),
                (
                    name(ESTIMATE, title="Estimate"),
                    column(Roofline, "mfu", "Of the peak speed", write=write_share),
                    column(Roofline, "bandwidth_utilisation", "Of the bandwidth", write=write_share),
                    column(Roofline, "sequences", "Requests together", write=whole),
                    column(Roofline, "memory_share", "Of the memory", write=write_share),
                    column(Roofline, "cases", "Measurements"),
                    Column(
                        title="Near",
                        cell=lambda line: Html("{}<small>within a factor of {}</small>").fill(
                            write_share(line.within), write_number(line.factor)
                        ),
                        order=lambda line: line.within,
                        figure=True,
                    ),
                    column(Roofline, "worst", "Worst off by a factor of", write=lambda worst: f"{worst:.2f}"),
                    note(),
                    *kept(ESTIMATE),
                ),
                title="How throughput is estimated",
            )
            + table(
                RUNS,
                background().serving_runs.values(),
                (
                    name(RUNS, title="Run"),
                    column(ServingRun, "engine", "Software"),
                    column(ServingRun, "weight_bits", "Bits of a weight", write=lambda bits: f"{bits:g}"),
                    Column(
                        title="Estimate ÷ measurement",
                        cell=_ratios,
                        order=lambda run: max(judged.off for judged in _judged(run)),
                        figure=True,
                    ),
                    note(),
                    *kept(RUNS),
                ),
                title="Measurements that the estimate is judged by",
            ),
            kinds=(ESTIMATE, RUNS),
        ),
        Part(
            anchor="shapes",
            title="Models",
            about=(
                "Weights take parameters × bits ÷ 8. Keys and values of a token take 2 × layers that look back at all "
                "of a text × key-value heads × head dimension × 2 bytes, in 16 bits; what other layers keep of a text "
                "does not grow with it. An engine that treats all layers alike takes more."
            ),
            body=table(
                SHAPES,
                FACTS.shapes.values(),
                (
                    name(SHAPES, title="Model"),
                    column(ModelShape, "parameters", "Parameters", write=write_short),
                    column(ModelShape, "active_parameters", "Active", write=write_short),
                    column(ModelShape, "layers", "Layers"),
                    column(ModelShape, "full_attention_layers", "That look back at all"),
                    column(ModelShape, "key_value_heads", "Key-value heads"),
                    column(ModelShape, "head_dimension", "Head dimension"),
                    column(ModelShape, "context", "Context", write=whole),
                    column(ModelShape, "weight_bits", "Bits as published", write=lambda bits: f"{bits:g}"),
                    column(ModelShape, "cache_bytes_per_token", "Cache of a token", write=whole),
                    column(ModelShape, "cache_bytes_per_sequence", "Of a text beside", write=whole),
                    note(),
                    *kept(SHAPES),
                ),
                title="What open models are made of",
            ),
            kinds=(SHAPES,),
        ),
        Part(
            anchor="adapters",
            title="Several tuned models",
            about=(
                "Tuned models of one base can share its deployment, as adapters that are not merged into its weights: "
                "how many a deployment holds, and how much of the base model’s throughput that takes."
            ),
            body=table(
                ADAPTERS,
                FACTS.adapters.values(),
                (
                    name(ADAPTERS, title="Where"),
                    column(Adapters, "most", "Adapters at most"),
                    column(Adapters, "lost", "Throughput lost", write=write_share),
                    column(Adapters, "lost_most", "At most", write=write_share),
                    column(Adapters, "default", "Counted"),
                    note(),
                    *kept(ADAPTERS),
                ),
                title="Many tuned models on one deployment",
            ),
            kinds=(ADAPTERS,),
        ),
        Part(
            anchor="training",
            title="Training",
            about="As measured by their publishers; a speed is that of one of the GPUs.",
            body=table(
                TRAINING,
                background().training.values(),
                (
                    name(TRAINING, title="Run"),
                    column(TrainingThroughput, "parameters", "Parameters", write=write_short),
                    column(TrainingThroughput, "method", "Method", write=lambda method: METHODS[method]),
                    column(TrainingThroughput, "gpu", "GPU"),
                    column(TrainingThroughput, "gpus", "GPUs"),
                    column(TrainingThroughput, "sequence_tokens", "Sequence"),
                    column(TrainingThroughput, "tokens_per_second", "Speed of one GPU", write=whole),
                    note(),
                    *kept(TRAINING),
                ),
                title="How fast models were trained",
            ),
            kinds=(TRAINING,),
        ),
        Part(
            anchor="memory",
            title="Memory",
            about="GB over all GPUs together, by the size of the model. Between two sizes the larger one counts.",
            body=table(
                MEMORY,
                FACTS.training_memory.values(),
                (
                    name(MEMORY, title="Way of tuning"),
                    *(_memory(size) for size in _sizes()),
                    *kept(MEMORY),
                ),
                title="Memory that tuning needs",
            ),
            kinds=(MEMORY,),
        ),
    )


def _judged(run: ServingRun) -> list[Judged]:
    return [judged for judged in left_out_in_turn() if judged.case.run is run]


def _ratios(run: ServingRun) -> Html:
    lines = [
        Html("{}<small>{} in, {} out{}</small>").fill(
            f"{judged.ratio:.2f}",
            whole(judged.case.row[0]),
            whole(judged.case.row[1]),
            f", {whole(judged.case.at_once)} at once" if judged.case.at_once else "",
        )
        for judged in _judged(run)
    ]
    return join(Html("<div>{}</div>").fill(line) for line in lines)


def _coefficient(field: str, title: str, unit: str, size: float) -> Column[ServingFit]:
    return Column(
        title=title,
        cell=lambda fit: f"{getattr(fit, field) / size:.4g}",
        unit=unit,
        order=lambda fit: getattr(fit, field),
        figure=True,
    )


def _range(lengths: tuple[int, int]) -> str:
    least, most = lengths
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _worst(fit: ServingFit) -> Html:
    if fit.worst_error is None:
        return Html("not known<small>as many rows as coefficients</small>")
    return Html("{}<small>of {} rows</small>").fill(write_share(fit.worst_error), len(fit.rows))


_MEASURED: Final = Html(
    '<details class="records__history" id="rows-{key}">'
    "<summary>{name} <small>{count} measurements</small></summary>{note}"
    '<div class="scroll-box" tabindex="0" role="region" aria-label="Measurements of {name}">'
    '<table class="data-table records__table"><thead><tr><th scope="col" class="figure-cell">Input tokens</th>'
    '<th scope="col" class="figure-cell">Output tokens</th>'
    '<th scope="col" class="figure-cell">Output tokens a second</th>'
    '<th scope="col" class="figure-cell">The fit is off by</th><th scope="col">Used</th></tr></thead>'
    "<tbody>{rows}</tbody></table></div></details>"
)


def _rows(fit: ServingFit) -> Html:
    rows = [_row(fit, row, "fitted to") for row in fit.rows]
    rows += [_row(fit, row, "kept to judge the fit") for row in fit.held_out]
    return _MEASURED.fill(
        key=fit.key,
        name=fit.name,
        count=len(rows),
        note=Html("<p>{}</p>").fill(fit.note) if fit.note else NOTHING,
        rows=join(rows),
    )


_ROW: Final = Html(
    '<tr><th scope="row" class="figure-cell">{}</th><td class="figure-cell">{}</td><td class="figure-cell">{}</td>'
    '<td class="figure-cell">{}</td><td>{}</td></tr>'
)


def _row(fit: ServingFit, measured: ServingRow, used: str) -> Html:
    tokens_in, tokens_out, speed = measured
    return _ROW.fill(whole(tokens_in), whole(tokens_out), whole(speed), _error(fit.error(measured)), used)


def _error(share: float) -> str:
    written = write_share(abs(share))
    return written if written == "0%" else f"{'+' if share > 0 else '−'}{written}"


def _sizes() -> Sequence[float]:
    return sorted({size for memory in FACTS.training_memory.values() for size in memory.parameters})


def _memory(size: float) -> Column[TrainingMemory]:
    def listed(memory: TrainingMemory) -> float | None:
        return dict(zip(memory.parameters, memory.memory, strict=True)).get(size)

    def shown(memory: TrainingMemory) -> str:
        found = listed(memory)
        return NONE if found is None else write_number(found / _GIGA)

    return Column(title=write_short(size), cell=shown, order=listed, figure=True)
