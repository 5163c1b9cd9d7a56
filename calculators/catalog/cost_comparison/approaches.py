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
    CHEAPER = auto()
    """A cheaper model of the same kind, by the token."""
    DEARER = auto()
    """A dearer one, by the token."""
    SMALL = auto()
    """The model that others tune, as it is, by the token."""
    SERVICE = auto()
    """The tuned model, at the service that tuned it: by the token, or on GPUs that the service keeps."""
    OWN_GPUS = auto()
    """That model, on the reader's own GPUs."""
    SERVER = auto()
    """A classifier of the reader's own, on a small server."""


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
    SERVER = auto()
    """On an ordinary machine: a small classifier needs no more."""


class StepKind(Enum):
    """Kinds of first step: what a team would set out to do, whichever row it begins with."""

    KEEP = "keep what runs"
    PROMPT = "prompt the model named, or a dearer one"
    CHEAPER = "prompt a cheaper or smaller model"
    FEW_SHOT = "show examples"
    LOOK_UP = "look documents up, or paste them"
    CLASSIFIER = "train a small classifier"
    TUNE = "tune through an API"
    TUNE_OWN = "tune and run a model on GPUs of your own"
    OWN_GPUS = "prompt a model on GPUs of your own"


class SharedPart(Enum):
    """What several rows need before anybody can say whether they pass; paid once, whoever else needs it."""

    EVAL = auto()
    PROMPT = auto()
    RETRIEVAL = auto()
    LABELS = auto()
    SERVING = auto()


@dataclass(frozen=True, slots=True)
class Hours:
    """
    Names of the inputs that hold a row's hours.

    Attributes:
        setup: Hours to set it up.
        monthly: Hours in a month.
        change: Hours at a change of base model.
        find_out: Hours of the set-up that this row alone takes until it is known whether it passes; empty for none.
        harness: Hours beside the set-up to try another model with what there is; empty where it is the model named.
    """

    setup: str
    monthly: str
    change: str
    find_out: str = ""
    harness: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Names of the inputs that hold what a reader knows of a row; empty where nobody is asked.

    Attributes:
        passes: Whether it passes the reader's eval.
        chance: How likely that is.
        success: How many of its answers are right.
        can: Whether it can do the job.
    """

    passes: str
    chance: str
    success: str
    can: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """
    One row. Each is there once, so rows are told apart by which they are.

    Attributes:
        key: Its name in links, code and style sheets.
        name: Its name in sentences, lower case unless an abbreviation.
        title: Its name at the head of a row.
        tried: What is tried, as it follows `Try ... first`; `{model}` stands for the model's name.
        tried_on_documents: The same where documents must be known.
        short: Its name in narrow pictures.
        live_in: Time to production, as the guide's table gives it.
        portability: What leaving it costs, in the guide's words.
        runs: Whose tokens or GPUs it pays for.
        hours: The inputs that hold its hours.
        asked: The inputs that hold what the reader knows of it.
        wait: Key of the assumption that holds its months to production.
        standings: Where it stands, by what must change.
        belief: Key of the records that say how likely it is to pass.
        kind: Which kind of first step it is, where no documents are looked up.
        shots: Whether its prompt carries examples.
        documents: What it does where documents must be known.
        tunes: Where it is trained.
        untuned: Key of the row that is the same without tuning; empty for one that is not tuned.
        hue: Key of its colour; nothing for soft ink.
        another_model: Whether it only prompts another model than the one named: never in the running until it is
            tested, or the job leaves nothing else.
        sorts: Whether it can only sort into classes.
    """

    key: str
    name: str
    title: str
    tried: str
    tried_on_documents: str
    short: str
    live_in: str
    portability: str
    runs: Runs
    hours: Hours
    asked: Asked
    wait: str
    standings: ByNeed
    belief: str
    kind: StepKind
    shots: bool = False
    documents: Documents = Documents.LOOKS_UP
    tunes: Tunes = Tunes.NOWHERE
    untuned: str = ""
    hue: str | None = None
    another_model: bool = False
    sorts: bool = False

    @property
    def trained(self) -> bool:
        """Whether it is trained at all, and needs labelled examples for that."""
        return self.tunes is not Tunes.NOWHERE

    @property
    def tuned(self) -> bool:
        """Whether it is a language model that was tuned."""
        return self.trained and not self.sorts

    @property
    def stays(self) -> bool:
        """Whether what it is given stays on machines that are the reader's own, or rented by them."""
        return self.runs in (Runs.OWN_GPUS, Runs.SERVER)

    @property
    def sends_on(self) -> bool:
        """Whether it runs a small model or a classifier, which may send what is hard on to the model named."""
        return self.runs in (Runs.SMALL, Runs.SERVICE, Runs.OWN_GPUS, Runs.SERVER)

    def looks_up(self, *, documents: bool) -> bool:
        """Whether it looks chunks up, with documents to be known or without."""
        return self.documents is Documents.ALWAYS_LOOKS_UP or (documents and self.documents is Documents.LOOKS_UP)

    def kind_of_step(self, *, documents: bool) -> StepKind:
        """Which kind of first step it is: with documents, what only prompts a model sold looks them up first."""
        looking = documents and not self.trained and not self.stays
        return StepKind.LOOK_UP if looking else self.kind

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
) -> ByNeed:
    """A row's standings under the keys of *what must change*."""
    return MappingProxyType(
        {"documents": documents, "format": fixed_format, "tone": tone, "task": task, "nothing": nothing}
    )


def _alike(standing: Standing) -> ByNeed:
    """The standings of a row that stands the same whatever must change."""
    return _by_need(documents=standing, fixed_format=standing, tone=standing, task=standing, nothing=standing)


_NOTHING_TO_LOOK_UP: Final = not_needed("nothing to look up")
_OFTEN_BEATEN: Final = unproven("tuned small models often beat it on narrow tasks", "T2")


def _tuned() -> ByNeed:
    """The standings of a tuned row."""
    strongest = can("the strongest case there is for tuning", "S2")
    return _by_need(
        documents=can("cannot alone: counted as RAG and tuning together", "K2"),
        fixed_format=can("can", "S1"),
        tone=strongest,
        task=can("can, with enough checked examples", "S4"),
        nothing=can("can", "S7"),
    )


_PROMPTING: Final = Hours("setup_prompt", "monthly_prompt", "change_prompt")
_ANOTHER_TIER: Final = Hours("setup_prompt", "monthly_prompt", "change_prompt", harness="harness_tier")

_PROMPT: Final = Approach(
    key="prompt",
    name="prompt engineering",
    title="Prompt engineering",
    tried="prompting {model}",
    tried_on_documents="pasting your documents into {model}’s prompt",
    short="Prompting",
    live_in="days",
    portability="switch any time",
    runs=Runs.PROMPTED,
    hours=_PROMPTING,
    asked=Asked("prompt_passes", "prompt_chance", "prompt_success", "prompt_can"),
    wait="months_to_production_prompt",
    standings=_by_need(
        documents=can("the corpus fits the context: pasted and cached", "K4"),
        fixed_format=can("structured outputs hold the schema", "K5"),
        tone=unproven("a described style is seldom a matched one", "S2"),
        task=_OFTEN_BEATEN,
        nothing=can("as today"),
    ),
    belief="prompt",
    kind=StepKind.PROMPT,
    documents=Documents.PASTES,
    hue="prompt",
)
_FEW_SHOT: Final = Approach(
    key="few_shot",
    name="few-shot",
    title="Few-shot",
    tried="few-shot",
    tried_on_documents="RAG with examples",
    short="Few-shot",
    live_in="days",
    portability="switch any time",
    runs=Runs.PROMPTED,
    hours=Hours("setup_few_shot", "monthly_few_shot", "change_few_shot", "find_out_few_shot"),
    asked=Asked("few_shot_passes", "few_shot_chance", "few_shot_success", "few_shot_can"),
    wait="months_to_production_few_shot",
    standings=_by_need(
        documents=unproven("cannot alone: counted as RAG with examples", "K4"),
        fixed_format=can("can", "K5"),
        tone=can("shows the voice instead of describing it", "S3"),
        task=_OFTEN_BEATEN,
        nothing=can("as today"),
    ),
    belief="few_shot",
    kind=StepKind.FEW_SHOT,
    shots=True,
    hue="few_shot",
)
_RAG: Final = Approach(
    key="rag",
    name="RAG",
    title="RAG",
    tried="RAG",
    tried_on_documents="RAG",
    short="RAG",
    live_in="2–4 weeks",
    portability="switch any time",
    runs=Runs.PROMPTED,
    hours=Hours("setup_rag", "monthly_rag", "change_rag"),
    asked=Asked("rag_passes", "rag_chance", "rag_success", "rag_can"),
    wait="months_to_production_rag",
    standings=_by_need(
        documents=can("looks the documents up", "K4"),
        fixed_format=_NOTHING_TO_LOOK_UP,
        tone=_NOTHING_TO_LOOK_UP,
        task=_NOTHING_TO_LOOK_UP,
        nothing=not_needed("what runs stays as it is, with its lookup if it has one"),
    ),
    belief="rag",
    kind=StepKind.LOOK_UP,
    documents=Documents.ALWAYS_LOOKS_UP,
    hue="rag",
)
_API: Final = Approach(
    key="api",
    name="fine-tuning through an API",
    title="Fine-tuning, API",
    tried="fine-tuning through an API",
    tried_on_documents="RAG with a model tuned through an API",
    short="Tuned, API",
    live_in="2–6 weeks",
    portability="locked to provider",
    runs=Runs.SERVICE,
    hours=Hours("setup_api", "monthly_api", "change_api", "find_out_tuned"),
    asked=Asked("api_passes", "api_chance", "api_success", "api_can"),
    wait="months_to_production_api",
    standings=_tuned(),
    belief="tuned",
    kind=StepKind.TUNE,
    tunes=Tunes.SERVICE,
    untuned="small",
    hue="api",
)
_OWN: Final = Approach(
    key="own",
    name="self-hosted fine-tuning",
    title="Fine-tuning, self-hosted",
    tried="fine-tuning {model} on your own GPUs",
    tried_on_documents="RAG with {model}, tuned, on your own GPUs",
    short="Self-hosted",
    live_in="2–6 months",
    portability="locked to model family",
    runs=Runs.OWN_GPUS,
    hours=Hours("setup_own", "monthly_own", "change_own", "find_out_tuned"),
    asked=Asked("own_passes", "own_chance", "own_success", "own_can"),
    wait="months_to_production_own",
    standings=_tuned(),
    belief="tuned",
    kind=StepKind.TUNE_OWN,
    tunes=Tunes.OWN_GPUS,
    untuned="open",
    hue="own",
)
_SMALL: Final = Approach(
    key="small",
    name="the small model without tuning",
    title="The small model, only prompted",
    tried="prompting {model}",
    tried_on_documents="RAG with {model}",
    short="Small, prompted",
    live_in="days",
    portability="switch any time",
    runs=Runs.SMALL,
    hours=Hours("setup_prompt", "monthly_prompt", "change_prompt", harness="harness_small"),
    asked=Asked("small_passes", "small_chance", "small_success", "small_can"),
    wait="months_to_production_small",
    standings=_alike(unproven("the model that tuning starts from, as it is")),
    belief="small",
    kind=StepKind.CHEAPER,
    another_model=True,
)
_OPEN: Final = Approach(
    key="open",
    name="an open model on your own GPUs without tuning",
    title="An open model on your GPUs, only prompted",
    tried="prompting {model} on your own GPUs",
    tried_on_documents="RAG with {model} on your own GPUs",
    short="Open, prompted",
    live_in="1–3 months",
    portability="switch any time",
    runs=Runs.OWN_GPUS,
    hours=Hours("setup_open", "monthly_own", "change_prompt", harness="harness_small"),
    asked=Asked("open_passes", "open_chance", "open_success", "open_can"),
    wait="months_to_production_open",
    standings=_alike(unproven("the model that tuning starts from, as it is")),
    belief="open",
    kind=StepKind.OWN_GPUS,
    another_model=True,
)
_CHEAPER: Final = Approach(
    key="cheaper",
    name="a cheaper model, only prompted",
    title="A cheaper model, only prompted",
    tried="{model}",
    tried_on_documents="RAG with {model}",
    short="Cheaper model",
    live_in="days",
    portability="switch any time",
    runs=Runs.CHEAPER,
    hours=_ANOTHER_TIER,
    asked=Asked("cheaper_passes", "cheaper_chance", "cheaper_success", "cheaper_can"),
    wait="months_to_production_cheaper",
    standings=_alike(unproven("the next tier down may do as well")),
    belief="cheaper",
    kind=StepKind.CHEAPER,
    another_model=True,
    hue="prompt",
)
_DEARER: Final = Approach(
    key="dearer",
    name="a dearer model, only prompted",
    title="A dearer model, only prompted",
    tried="{model}",
    tried_on_documents="RAG with {model}",
    short="Dearer model",
    live_in="days",
    portability="switch any time",
    runs=Runs.DEARER,
    hours=_ANOTHER_TIER,
    asked=Asked("dearer_passes", "dearer_chance", "dearer_success", "dearer_can"),
    wait="months_to_production_dearer",
    standings=MappingProxyType(
        {
            **_alike(unproven("the next tier up may do where this one does not")),
            "nothing": not_needed("as today: what runs is good enough"),
        }
    ),
    belief="dearer",
    kind=StepKind.PROMPT,
    another_model=True,
    hue="prompt",
)
_CLASSIFIER: Final = Approach(
    key="classifier",
    name="a small classifier",
    title="A small classifier of your own",
    tried="a small classifier of your own",
    tried_on_documents="a small classifier of your own",
    short="Classifier",
    live_in="2–4 weeks",
    portability="yours to keep",
    runs=Runs.SERVER,
    hours=Hours("setup_classifier", "monthly_classifier", "change_classifier", "find_out_classifier"),
    asked=Asked("classifier_passes", "classifier_chance", "classifier_success", "classifier_can"),
    wait="months_to_production_classifier",
    standings=MappingProxyType(
        {
            **_alike(unproven("sorts well where a few hundred examples say how", "T2")),
            "documents": cannot("it sees no documents"),
            "tone": cannot("it names a class and writes nothing"),
        }
    ),
    belief="classifier",
    kind=StepKind.CLASSIFIER,
    documents=Documents.IGNORES,
    tunes=Tunes.SERVER,
    another_model=True,
    sorts=True,
)

ROWS: Final = (_PROMPT, _FEW_SHOT, _RAG, _API, _OWN, _SMALL, _OPEN, _CHEAPER, _DEARER, _CLASSIFIER)
"""Every row, in the order of totals."""

ROW_KEYS: Final = tuple(row.key for row in ROWS)
"""Every row's key, in that order."""

_DOCUMENTS: Final = "documents"
"""The need of whoever looks documents up."""

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


def running_today(key: str, *, nothing_changes: bool) -> Approach | None:
    """
    The row that runs today; nothing where none does.

    Args:
        key: What the reader says: a row's key, or another word for nothing.
        nothing_changes: Whether nothing must change: then the model that is prompted runs unless another row does.
    """
    if key in ROW_KEYS:
        return row_of(key)
    return MEANWHILE if nothing_changes else None


def must_do(needs: tuple[str, ...], today: Approach | None, *, nothing_changes: bool) -> tuple[str, ...]:
    """
    What a row must do, need by need.

    Args:
        needs: What must change.
        today: The row that runs today.
        nothing_changes: Whether nothing must change: then documents must be known where what runs looks them up.
    """
    if nothing_changes and today is not None and today.documents is Documents.ALWAYS_LOOKS_UP:
        return (_DOCUMENTS,)
    return needs


def baseline(*, documents: bool, stays: bool) -> Approach:
    """
    The row without tuning that others are measured against.

    Args:
        documents: Whether documents must be known.
        stays: Whether data must stay on the reader's own machines.
    """
    if stays:
        return _OPEN
    return _RAG if documents else _PROMPT
