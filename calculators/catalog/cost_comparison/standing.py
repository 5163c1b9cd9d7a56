"""Where an approach stands before any price is looked at: can it do the job, and does it pass the reader's own bar."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Can(StrEnum):
    """Whether an approach can do the job."""

    YES = "can"
    NO = "cannot"
    UNPROVEN = "unproven"
    NOT_NEEDED = "not needed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where an approach stands.

    Attributes:
        can: Whether it can do the job.
        reason: Why, in one line.
        claim: Id of the guide's claim that it rests on, or empty.
        passes: What the reader says of their own eval: yes, no or untested.
        judged: Whether the reader decided it, against the guide's table.
        priced: Whether there is a price for it at all; without one it cannot be judged into the running.
        fits: Whether its request fits its model's context: what does not fit cannot be sent, and no sum of it is shown.
        figures: Whose its figures are, where they are not everybody's: `existing customers until 14 January 2027`.
    """

    can: Can
    reason: str
    claim: str = ""
    passes: str = "untested"
    judged: bool = False
    priced: bool = True
    fits: bool = True
    figures: str = ""

    @property
    def shown(self) -> bool:
        """Whether there are figures to show of it."""
        return self.priced and self.fits

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


def can(reason: str, claim: str = "") -> Standing:
    """It can do the job."""
    return Standing(Can.YES, reason, claim)


def cannot(reason: str, claim: str = "") -> Standing:
    """It cannot do the job."""
    return Standing(Can.NO, reason, claim)


def unproven(reason: str, claim: str = "") -> Standing:
    """Nobody can say without trying."""
    return Standing(Can.UNPROVEN, reason, claim)


def not_needed(reason: str) -> Standing:
    """The job asks for nothing that it adds."""
    return Standing(Can.NOT_NEEDED, reason)


type ByNeed = Mapping[str, Standing]
"""The standing of one approach, by what must change."""
