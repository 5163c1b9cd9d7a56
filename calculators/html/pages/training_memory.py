"""The page of training memory: what trainers hold on a GPU, and the formula held against what others measured."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.own_training import Memory, Setup, memory
from calculators.facts import FACTS, Trainer
from calculators.facts.background import TrainingRun, background
from calculators.formulas.units import BYTES_PER_GIGABYTE, PARAMETERS_PER_BILLION
from calculators.html.pages.datasets import dataset
from calculators.html.pages.tables import Column, Part, column, kept, name, note, page, plain_table, table, yes_or_no
from calculators.markup import Html, join
from calculators.quantity import write_number, write_share

TRAINER: Final = dataset(Trainer)
RUN: Final = dataset(TrainingRun)

GIB: Final = 2**30
"""The unit that programs measure memory in. [byte]"""
NEAR: Final = 0.25
"""How far what comes out may be from what was measured."""
LONGER: Final = 1.25
"""By how much a sequence is longer than the longest that fits, and must not fit. [1]"""


class Peak(NamedTuple):
    """A measured peak, and what comes out for it. [byte]"""

    run: TrainingRun
    tokens: float
    batch: int
    measured: float
    computed: float

    @property
    def error(self) -> float:
        """By what share it comes out too high, or too low where negative."""
        return self.computed / self.measured - 1

    @property
    def near(self) -> bool:
        """Whether it comes out within a quarter."""
        return abs(self.error) <= NEAR


class Fitting(NamedTuple):
    """Whether a set-up was published as fitting, and whether it comes out so. [byte]"""

    run: TrainingRun
    tokens: float
    batch: int
    room: float
    fits: bool
    computed: float

    @property
    def right(self) -> bool:
        """Whether it comes out as published."""
        return (self.computed <= self.room) == self.fits


def computed(run: TrainingRun, tokens: float, batch: int) -> float:
    """
    Work out the memory of one GPU in a run, or of all together where they divided the layers. [byte]

    Args:
        run: What was trained, and how.
        tokens: Tokens of a sequence. [token]
        batch: Sequences of a step on each GPU. [1]
    """
    found = memory(
        Setup(
            parameters=run.parameters,
            layers=run.layers,
            width=run.width,
            vocabulary=run.vocabulary,
            trainer=FACTS.trainers[run.trainer],
            method=run.method,
            tokens=tokens * batch,
            narrow=run.narrow,
            preference=run.preference,
            bits=run.bits,
            rank=run.rank,
            also_trained=2 * run.vocabulary * run.width if run.tables_trained else 0.0,
            checkpoints=run.checkpoints,
            state_bytes=run.state_bytes,
        ),
        {key: FACTS.assume(key) for key in FACTS.assumptions},
    )
    return _on_each(found, run)


def _on_each(found: Memory, run: TrainingRun) -> float:
    match run.spread:
        case "all":
            return found.on_each(run.gpus)
        case "states":
            whole = found.weights + found.activations + found.fixed
            return formulas.memory_per_gpu(shared_bytes=found.states, whole_bytes=whole, gpus=run.gpus)
        case _:
            return found.on_each(1)


def peaks() -> list[Peak]:
    """Return every measured peak beside what comes out."""
    return [
        Peak(run, tokens, batch, measured * GIB, computed(run, tokens, batch))
        for run in background().training_runs.values()
        for tokens, batch, measured in run.peaks
    ]


def fittings() -> list[Fitting]:
    """Return every set-up that is published as fitting or not, beside what comes out."""
    return [_fitting(run, *fit) for run in background().training_runs.values() for fit in run.fits]


def longer() -> list[Fitting]:
    """Return the longest sequences that fit, each made a quarter longer: it must not fit any more."""
    return [
        _fitting(run, tokens * LONGER, batch, room, fits=False)
        for run in background().training_runs.values()
        if run.longest
        for tokens, batch, room, fits in run.fits
        if fits
    ]


def _fitting(run: TrainingRun, tokens: float, batch: int, room: float, fits: bool) -> Fitting:
    # Layers that are divided have the memory of all GPUs.
    share = run.gpus if run.spread == "layers" else 1
    return Fitting(run, tokens, batch, room * share * BYTES_PER_GIGABYTE, fits, computed(run, tokens, batch))


def write() -> Html:
    """Write the page."""
    measured, fitting, beyond = peaks(), fittings(), longer()
    stated = [each for each in fitting if each.run.batch_stated]
    unstated = [each for each in fitting if not each.run.batch_stated]
    far = sorted((each for each in measured if not each.near), key=lambda each: -abs(each.error))
    return page(
        Part(
            anchor="held-against",
            title="Held against what was measured",
            about=(
                "A peak is near where it comes out within 25%. A card’s memory is counted in gigabytes of a thousand "
                "million bytes, as it is sold: cards of 80 GB have 7% more."
            ),
            body=plain_table(
                "What comes out right",
                ("Of", "Cases", "Right", "Share"),
                (
                    _counted("Measured peaks, within 25%", [each.near for each in measured]),
                    _counted("Set-ups with sequence and batch: do they fit?", [each.right for each in stated]),
                    _counted("Set-ups that do not say the batch, taken as 1", [each.right for each in unstated]),
                    _counted("A quarter more than the longest that fits: too much?", [each.right for each in beyond]),
                    *_by_trainer(measured),
                ),
            ),
        ),
        Part(
            anchor="far",
            title="Where it misses",
            about="Every peak that is not within 25%, the farthest first, and every set-up that comes out otherwise.",
            body=Html("<div data-search-exclude>{}</div>").fill(
                plain_table(
                    "What comes out wrong",
                    ("Run", "Sequence", "Batch", "Published", "Comes out", "Off by"),
                    [_far(each) for each in far] + [_wrong(each) for each in (*fitting, *beyond) if not each.right],
                )
            ),
        ),
        Part(
            anchor="trainer",
            title="What trainers hold",
            about=(
                "Bytes. Those of the vocabulary are for each token of a step and each word; with all weights trained "
                "they are of a weight, itself included."
            ),
            body=table(
                TRAINER,
                FACTS.trainers.values(),
                (
                    name(TRAINER, title="Trainer"),
                    column(Trainer, "logit_bytes", "Vocabulary"),
                    column(Trainer, "kept_share", "Of layers, on the GPU", write=write_share),
                    column(Trainer, "embedding_bytes", "Tables, beside 4 bits"),
                    column(Trainer, "adapter_bytes", "Adapter"),
                    column(Trainer, "mixed_bytes", "All weights, 32 bits"),
                    column(Trainer, "narrow_bytes", "All weights, 16 bits"),
                    column(Trainer, "buffers", "Buffers", write=_gigabytes),
                    column(Trainer, "overhead", "In any case", write=_gigabytes),
                    column(Trainer, "shards", "Spreads a model", write=yes_or_no),
                    note(),
                    *kept(TRAINER),
                ),
                title="What trainers hold on a GPU",
            ),
            kinds=(TRAINER,),
        ),
        Part(
            anchor="run",
            title="Runs",
            about="Measured in GiB on one GPU, or on all together where they divided the layers, and what comes out.",
            body=table(
                RUN,
                background().training_runs.values(),
                (
                    name(RUN, title="Run"),
                    column(TrainingRun, "trainer", "Trainer", write=lambda key: FACTS.trainers[key].name),
                    column(TrainingRun, "parameters", "Parameters", write=_billions),
                    column(TrainingRun, "gpus", "GPUs"),
                    Column(title="Measured, and what comes out", cell=_beside),
                    note(),
                    *kept(RUN),
                ),
                title="Memory of training, as measured",
            ),
            kinds=(RUN,),
        ),
    )


def _counted(what: str, right: list[bool]) -> tuple[str, str, str, str]:
    return what, str(len(right)), str(sum(right)), write_share(sum(right) / len(right))


def _by_trainer(measured: Iterable[Peak]) -> Iterator[tuple[str, str, str, str]]:
    found: dict[str, list[bool]] = {}
    for each in measured:
        found.setdefault(each.run.trainer, []).append(each.near)
    for key, near in found.items():
        yield _counted(f"Measured peaks with {FACTS.trainers[key].name}", near)


def _far(peak: Peak) -> tuple[str, ...]:
    return (
        peak.run.name,
        f"{peak.tokens:,.0f}",
        str(peak.batch),
        _gibibytes(peak.measured),
        _gibibytes(peak.computed),
        _signed(peak.error),
    )


def _wrong(fitting: Fitting) -> tuple[str, ...]:
    published = f"{'fits' if fitting.fits else 'does not fit'} in {_gigabytes(fitting.room)} GB"
    return (
        fitting.run.name,
        f"{fitting.tokens:,.0f}",
        str(fitting.batch),
        published,
        f"{_gigabytes(fitting.computed)} GB",
        _signed(fitting.computed / fitting.room - 1),
    )


_PEAK: Final = Html("<li>{} tokens × {}: {} GiB, {} comes out</li>")
_FIT: Final = Html("<li>{} tokens × {}: {} in {} GB, {} GB comes out</li>")


def _beside(run: TrainingRun) -> Html:
    lines = [
        _PEAK.fill(f"{tokens:,.0f}", batch, write_number(measured), _number(computed(run, tokens, batch) / GIB))
        for tokens, batch, measured in run.peaks
    ]
    lines += [
        _FIT.fill(
            f"{each.tokens:,.0f}",
            each.batch,
            "fits" if each.fits else "does not fit",
            _gigabytes(each.room),
            _gigabytes(each.computed),
        )
        for each in (_fitting(run, *fit) for fit in run.fits)
    ]
    return Html("<ul>{}</ul>").fill(join(lines))


def _gibibytes(amount: float) -> str:
    return f"{_number(amount / GIB)} GiB"


def _gigabytes(amount: float) -> str:
    return _number(amount / BYTES_PER_GIGABYTE)


def _billions(parameters: float) -> str:
    return f"{_number(parameters / PARAMETERS_PER_BILLION)}B"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _signed(share: float) -> str:
    return f"{'+' if share > 0 else '−'}{write_share(abs(share))}"
