"""
The rows of the comparison, each as data:
what it is called, what it is made of, and where it stands by what must change.

No other module knows a row by its key. Costs follow from what a row is made of, words from its names, standings from
its table. A new row is a record here and a place among `ROWS`; its inputs stand among the groups.
"""

from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from calculators.catalog.cost_comparison.standing import (
    ByNeed,
    Can,
    Standing,
    can,
    cannot,
    not_needed,
    unproven,
)


class Runs(Enum):
    """Whose tokens, or whose GPUs, a row pays for."""

    PROMPTED = auto()
    """The prompted model, by the token."""
    SMALL = auto()
    """The model that others tune, as it is, by the token."""
    SERVICE = auto()
    """The tuned model, at the service that tuned it: by the token, or on GPUs that the service keeps."""
    OWN_GPUS = auto()
    """That model, on the reader's own GPUs."""


class Documents(Enum):
    """What a row does where documents must be known."""

    IGNORES = auto()
    """Nothing: it carries none."""
    PASTES = auto()
    """The whole corpus stands in the fixed prompt."""
    LOOKS_UP = auto()
    """Chunks are looked up for each request."""
    ALWAYS_LOOKS_UP = auto()
    """Chunks are looked up for each request, whatever must change."""


class Tunes(Enum):
    """Where a row's training runs, if it trains."""

    NOWHERE = auto()
    SERVICE = auto()
    OWN_GPUS = auto()


@dataclass(frozen=True, slots=True)
class Hours:
    """
    Names of the inputs that hold a row's hours.

    Attributes:
        setup: Hours to set it up.
        monthly: Hours in a month.
        change: Hours at a change of base model.
    """

    setup: str
    monthly: str
    change: str


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Names of the inputs that hold what a reader knows of a row; empty where nobody is asked.

    Attributes:
        can: Whether it can do the job.
        passes: Whether it passes the reader's eval.
        success: How many of its answers are right.
    """

    can: str = ""
    passes: str = ""
    success: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """
    One row. Each is there once, so rows are told apart by which they are.

    Attributes:
        key: Its name in links, code and style sheets.
        name: Its name in sentences, lower case unless an abbreviation.
        title: Its name at the head of a row.
        short: Its name in narrow pictures.
        live_in: Time to production, as the guide's table gives it.
        portability: What leaving it costs, in the guide's words.
        runs: Whose tokens or GPUs it pays for.
        hours: The inputs that hold its hours.
        asked: The inputs that hold what the reader knows of it.
        wait: Key of the assumption that holds its months to production.
        standings: Where it stands, by what must change.
        shots: Whether its prompt carries examples.
        documents: What it does where documents must be known.
        tunes: Where it is trained.
        untuned: Key of the row that is the same without tuning; empty for one that is not tuned.
        reference: Whether it is there to take a saving apart, and in the running only where the job or the reader says
            so.
    """

    key: str
    name: str
    title: str
    short: str
    live_in: str
    portability: str
    runs: Runs
    hours: Hours
    asked: Asked
    wait: str
    standings: ByNeed
    shots: bool = False
    documents: Documents = Documents.LOOKS_UP
    tunes: Tunes = Tunes.NOWHERE
    untuned: str = ""
    reference: bool = False

    @property
    def tuned(self) -> bool:
        """Whether it is trained at all."""
        return self.tunes is not Tunes.NOWHERE

    @property
    def hue(self) -> str | None:
        """Key of its colour; a row for reference has none."""
        return None if self.reference else self.key

    def looks_up(self, *, documents: bool) -> bool:
        """Whether it looks chunks up, with documents to be known or without."""
        return self.documents is Documents.ALWAYS_LOOKS_UP or (documents and self.documents is Documents.LOOKS_UP)

    def pastes(self, *, documents: bool) -> bool:
        """Whether the whole corpus stands in its prompt."""
        return documents and self.documents is Documents.PASTES


def _by_need(
    *,
    documents: Standing,
    fixed_format: Standing,
    tone: Standing,
    task: Standing,
    nothing: Standing,
    private: Standing,
) -> ByNeed:
    """A row's standings under the keys of *what must change*."""
    return MappingProxyType(
        {
            "documents": documents,
            "format": fixed_format,
            "tone": tone,
            "task": task,
            "nothing": nothing,
            "private": private,
        }
    )


_LEAVES: Final = cannot("data would leave your machines", "M8")
_STAYS: Final = can("runs on your machines", "M8")
_NOTHING_TO_LOOK_UP: Final = not_needed("nothing to look up")
_OFTEN_BEATEN: Final = unproven("tuned small models often beat it on narrow tasks", "T2")
_REFERENCE: Final = Standing(Can.REFERENCE, "the same without tuning, to take a saving apart")


def _reference(*, private: Standing) -> ByNeed:
    """The standings of a row for reference: in the running only where data must stay, if it stays there."""
    return _by_need(
        documents=_REFERENCE,
        fixed_format=_REFERENCE,
        tone=_REFERENCE,
        task=_REFERENCE,
        nothing=_REFERENCE,
        private=private,
    )


def _tuned(*, private: Standing) -> ByNeed:
    """The standings of a tuned row."""
    strongest = can("the strongest case there is for tuning", "S2")
    return _by_need(
        documents=can("cannot alone: counted as RAG and tuning together", "K2"),
        fixed_format=can("can", "S1"),
        tone=strongest,
        task=can("can, with enough checked examples", "S4"),
        nothing=can("can", "S7"),
        private=private,
    )


_PROMPT: Final = Approach(
    key="prompt",
    name="prompt engineering",
    title="Prompt engineering",
    short="Prompting",
    live_in="days",
    portability="switch any time",
    runs=Runs.PROMPTED,
    hours=Hours("setup_prompt", "monthly_prompt", "change_prompt"),
    asked=Asked("prompt_can", "prompt_passes", "prompt_success"),
    wait="months_to_production_prompt",
    standings=_by_need(
        documents=can("the corpus fits the context: pasted and cached", "K4"),
        fixed_format=can("structured outputs hold the schema", "K5"),
        tone=unproven("a described style is seldom a matched one", "S2"),
        task=_OFTEN_BEATEN,
        nothing=can("as today"),
        private=_LEAVES,
    ),
    documents=Documents.PASTES,
)
_FEW_SHOT: Final = Approach(
    key="few_shot",
    name="few-shot",
    title="Few-shot",
    short="Few-shot",
    live_in="days",
    portability="switch any time",
    runs=Runs.PROMPTED,
    hours=Hours("setup_few_shot", "monthly_few_shot", "change_few_shot"),
    asked=Asked("few_shot_can", "few_shot_passes", "few_shot_success"),
    wait="months_to_production_few_shot",
    standings=_by_need(
        documents=cannot("examples carry a pattern, not your documents", "K4"),
        fixed_format=can("can", "K5"),
        tone=can("shows the voice instead of describing it", "S3"),
        task=_OFTEN_BEATEN,
        nothing=can("as today"),
        private=_LEAVES,
    ),
    shots=True,
    documents=Documents.IGNORES,
)
_RAG: Final = Approach(
    key="rag",
    name="RAG",
    title="RAG",
    short="RAG",
    live_in="2–4 weeks",
    portability="switch any time",
    runs=Runs.PROMPTED,
    hours=Hours("setup_rag", "monthly_rag", "change_rag"),
    asked=Asked("rag_can", "rag_passes", "rag_success"),
    wait="months_to_production_rag",
    standings=_by_need(
        documents=can("looks the documents up", "K4"),
        fixed_format=_NOTHING_TO_LOOK_UP,
        tone=_NOTHING_TO_LOOK_UP,
        task=_NOTHING_TO_LOOK_UP,
        nothing=not_needed("as today: if you look documents up, every row does"),
        private=_LEAVES,
    ),
    documents=Documents.ALWAYS_LOOKS_UP,
)
_API: Final = Approach(
    key="api",
    name="fine-tuning through an API",
    title="Fine-tuning, API",
    short="Tuned, API",
    live_in="2–6 weeks",
    portability="locked to provider",
    runs=Runs.SERVICE,
    hours=Hours("setup_api", "monthly_api", "change_api"),
    asked=Asked("api_can", "api_passes", "api_success"),
    wait="months_to_production_api",
    standings=_tuned(private=_LEAVES),
    tunes=Tunes.SERVICE,
    untuned="small",
)
_OWN: Final = Approach(
    key="own",
    name="self-hosted fine-tuning",
    title="Fine-tuning, self-hosted",
    short="Self-hosted",
    live_in="2–6 months",
    portability="locked to model family",
    runs=Runs.OWN_GPUS,
    hours=Hours("setup_own", "monthly_own", "change_own"),
    asked=Asked("own_can", "own_passes", "own_success"),
    wait="months_to_production_own",
    standings=_tuned(private=_STAYS),
    tunes=Tunes.OWN_GPUS,
    untuned="open",
)
_SMALL: Final = Approach(
    key="small",
    name="the small model without tuning",
    title="The small model, only prompted",
    short="Small, prompted",
    live_in="days",
    portability="switch any time",
    runs=Runs.SMALL,
    hours=Hours("setup_prompt", "monthly_prompt", "change_prompt"),
    asked=Asked(),
    wait="months_to_production_small",
    standings=_reference(private=_LEAVES),
    reference=True,
)
_OPEN: Final = Approach(
    key="open",
    name="an open model on your own GPUs without tuning",
    title="An open model on your GPUs, only prompted",
    short="Open, prompted",
    live_in="1–3 months",
    portability="switch any time",
    runs=Runs.OWN_GPUS,
    hours=Hours("setup_open", "monthly_own", "change_prompt"),
    asked=Asked("open_can", "open_passes"),
    wait="months_to_production_open",
    standings=_reference(private=_STAYS),
    reference=True,
)

ROWS: Final = (_PROMPT, _FEW_SHOT, _RAG, _API, _OWN, _SMALL, _OPEN)
"""Every row, in the order of totals."""

ROW_KEYS: Final = tuple(row.key for row in ROWS)
"""Every row's key, in that order."""

NEEDS: Final = tuple(_PROMPT.standings)
"""What may have to change, in the order asked."""

MEANWHILE: Final = _PROMPT
"""What runs while another row is not live yet: the model that is prompted, without anything beside it."""

UNTUNED_API: Final = _SMALL
"""The small model as it is, by the token: what is left of a tuned row when tuning is taken away."""


def untuned(approach: Approach) -> Approach:
    """The row that is the same without tuning; for one that is not tuned, itself."""
    return row_of(approach.untuned) if approach.untuned else approach


def row_of(key: str) -> Approach:
    """The row with a key."""
    return ROWS[ROW_KEYS.index(key)]


def baseline(need: str) -> Approach:
    """The row without tuning that a tuned one is measured against, by what must change."""
    if need == "private":
        return _OPEN
    return _RAG if need == "documents" else _PROMPT
