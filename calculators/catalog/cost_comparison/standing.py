"""Who can do the job: what must change decides each approach's standing, and the reader may decide otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import API, FEW_SHOT, OPEN, OWN, PROMPT, RAG, ROWS, SMALL
from calculators.catalog.cost_comparison.groups import Job, Judgement
from calculators.catalog.cost_comparison.shelf_life import ShelfLife


class Can(StrEnum):
    """Whether an approach can do the job."""

    YES = "can"
    NO = "cannot"
    UNPROVEN = "unproven"
    NOT_NEEDED = "not needed"
    REFERENCE = "reference"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where an approach stands before any price is looked at.

    Attributes:
        can: Whether it can do the job.
        reason: Why, in one line.
        claim: Id of the guide's claim that it rests on, or empty.
        passes: What the reader says of their own eval: yes, no or untested.
        judged: Whether the reader decided it, against the guide's table.
        priced: Whether there is a price for it at all; without one it cannot be judged into the running.
        figures: Whose its figures are, where they are not everybody's: `existing customers until 14 January 2027`.
    """

    can: Can
    reason: str
    claim: str = ""
    passes: str = "untested"
    judged: bool = False
    priced: bool = True
    figures: str = ""

    @property
    def in_the_running(self) -> bool:
        """Whether it may win: it can do the job, or is unproven but passes the reader's eval, and does not fail it."""
        if self.passes == "no":
            return False
        return self.can is Can.YES or (self.can is Can.UNPROVEN and self.passes == "yes")

    @property
    def ranked(self) -> bool:
        """Whether it stands in the ranking at all, be it with a mark."""
        return self.can in (Can.YES, Can.UNPROVEN) and self.passes != "no"


def _can(reason: str, claim: str = "") -> Standing:
    return Standing(Can.YES, reason, claim)


def _cannot(reason: str, claim: str = "") -> Standing:
    return Standing(Can.NO, reason, claim)


def _unproven(reason: str, claim: str = "") -> Standing:
    return Standing(Can.UNPROVEN, reason, claim)


def _not_needed(reason: str) -> Standing:
    return Standing(Can.NOT_NEEDED, reason)


_NOTHING_TO_LOOK_UP: Final = _not_needed("nothing to look up")
_REFERENCE: Final = Standing(Can.REFERENCE, "the same without tuning, to take a saving apart")
_ENOUGH_EXAMPLES: Final = _can("can, with enough checked examples", "S4")
_LEAVES: Final = _cannot("data would leave your machines", "M8")
_TUNING_WITH_RAG: Final = _can("cannot alone: counted as RAG and tuning together", "K2")

TABLE: Final = {
    "documents": {
        PROMPT.key: _can("the corpus fits the context: pasted and cached", "K4"),
        FEW_SHOT.key: _cannot("examples carry a pattern, not your documents", "K4"),
        RAG.key: _can("looks the documents up", "K4"),
        API.key: _TUNING_WITH_RAG,
        OWN.key: _TUNING_WITH_RAG,
        SMALL.key: _REFERENCE,
        OPEN.key: _REFERENCE,
    },
    "format": {
        PROMPT.key: _can("structured outputs hold the schema", "K5"),
        FEW_SHOT.key: _can("can", "K5"),
        RAG.key: _NOTHING_TO_LOOK_UP,
        API.key: _can("can", "S1"),
        OWN.key: _can("can", "S1"),
        SMALL.key: _REFERENCE,
        OPEN.key: _REFERENCE,
    },
    "tone": {
        PROMPT.key: _unproven("a described style is seldom a matched one", "S2"),
        FEW_SHOT.key: _can("shows the voice instead of describing it", "S3"),
        RAG.key: _NOTHING_TO_LOOK_UP,
        API.key: _can("the strongest case there is for tuning", "S2"),
        OWN.key: _can("the strongest case there is for tuning", "S2"),
        SMALL.key: _REFERENCE,
        OPEN.key: _REFERENCE,
    },
    "task": {
        PROMPT.key: _unproven("tuned small models often beat it on narrow tasks", "T2"),
        FEW_SHOT.key: _unproven("tuned small models often beat it on narrow tasks", "T2"),
        RAG.key: _NOTHING_TO_LOOK_UP,
        API.key: _ENOUGH_EXAMPLES,
        OWN.key: _ENOUGH_EXAMPLES,
        SMALL.key: _REFERENCE,
        OPEN.key: _REFERENCE,
    },
    "nothing": {
        PROMPT.key: _can("as today"),
        FEW_SHOT.key: _can("as today"),
        RAG.key: _not_needed("as today: if you look documents up, every row does"),
        API.key: _can("can", "S7"),
        OWN.key: _can("can", "S7"),
        SMALL.key: _REFERENCE,
        OPEN.key: _REFERENCE,
    },
    "private": {
        PROMPT.key: _LEAVES,
        FEW_SHOT.key: _LEAVES,
        RAG.key: _LEAVES,
        API.key: _LEAVES,
        OWN.key: _can("runs on your machines", "M8"),
        SMALL.key: _LEAVES,
        OPEN.key: _can("runs on your machines", "M8"),
    },
}
"""The standing of each approach, by what must change."""


def standings(
    job: Job,
    judgement: Judgement,
    *,
    too_long: Mapping[str, str],
    unpriced: Mapping[str, str],
    closed: Mapping[str, Standing] = MappingProxyType({}),
) -> dict[str, Standing]:
    """
    Say where each approach stands.

    Args:
        job: What must change.
        judgement: What the reader decided otherwise, and what passes their eval.
        too_long: Rows whose request does not fit their model's context, with the reason.
        unpriced: Rows for which there is no price, with the reason.
        closed: Rows that cannot be bought, or not kept for the horizon, with their standing.

    Returns:
        The standing by approach key, in the order of the rows.
    """
    found = dict(TABLE[job.must_change])
    for key, reason in too_long.items():
        if found[key].can in (Can.YES, Can.UNPROVEN):
            found[key] = _cannot(reason)
    found |= {key: standing for key, standing in closed.items() if found[key].can in (Can.YES, Can.UNPROVEN)}
    standing = {row.key: _judged(found[row.key], row.key, judgement) for row in ROWS}
    return standing | {key: Standing(Can.NO, reason, priced=False) for key, reason in unpriced.items()}


def closed(life: ShelfLife | None, end: date, *, existing_customer: bool) -> dict[str, Standing]:
    """
    Say which rows cannot be bought any more, or whose model dies within the horizon.

    Args:
        life: How long the chosen service's tuning can be had, or nothing without a service.
        end: Last day of the horizon.
        existing_customer: Whether the reader has tuned there before.

    Returns:
        The standing of the row tuned through an API, or nothing.
    """
    if life is None or not (life.dies_before(end) or not life.open_to(existing_customer=existing_customer)):
        return {}
    reason = "; ".join(words for words in (life.closed_words, life.stops_words) if words)
    whose = ""
    if life.sold_to == "existing customers":
        whose = "existing customers"
        if life.stops is not None:
            whose += f" until {say_date(life.stops)}"
    elif life.stops is not None:
        whose = f"until {say_date(life.stops)}"
    return {API.key: Standing(Can.CLOSED, reason, figures=whose)}


def _judged(standing: Standing, key: str, judgement: Judgement) -> Standing:
    override = getattr(judgement, f"{key}_can", "table")
    passes = getattr(judgement, f"{key}_passes", "untested")
    if standing.can is Can.REFERENCE and override == "table":
        return standing
    if override == "can" and standing.can is not Can.YES:
        return Standing(Can.YES, "can, in your judgement", "", passes, judged=True, figures=standing.figures)
    if override == "cannot" and standing.can is not Can.NO:
        return Standing(Can.NO, "cannot, in your judgement", "", passes, judged=True)
    return replace(standing, passes=passes)
