"""Why chances are what they are, and what was measured of how approaches compare."""

from dataclasses import dataclass
from datetime import date

from calculators.facts.record import listed

_READ = frozenset({"full", "summary"})
_PARTS = frozenset({"gap", "together"})


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """
    What somebody measured of how approaches compare.

    Attributes:
        key: What chances and statements call it.
        subject: What it is about, as a reader would look for it.
        what: What was measured.
        found: What came out.
        size: Of how many, as it says.
        who: Who measured it.
        seller: Whether they sell what came out ahead, or built it.
        read: `full` where the results were read or worked out again, `summary` where only an account of them was.
        published: When it was published, as exactly as it says.
        title: Title of the publication.
        url: Where it stands.
        note: What a reader should know about it.
        checked: Day by which it was read.
    """

    key: str
    subject: str
    what: str
    found: str
    size: str
    who: str
    seller: bool
    read: str
    published: str
    title: str
    url: str
    note: str = ""
    checked: date

    def __post_init__(self) -> None:
        if self.read not in _READ:
            raise ValueError(f"read {self.read} is none of {listed(_READ)}")
        if not self.url.startswith("https://"):
            raise ValueError(f"url {self.url} is no web address")

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title


@dataclass(frozen=True, kw_only=True)
class Ground:
    """
    Why a chance, or an assumption about how outcomes hang together, is what it is.

    Attributes:
        about: Key of the chance or of the assumption.
        why: On what grounds.
        condition: What must be so for it to hold; empty where nothing must.
        rests_on: Ids of measurements, beside those that a chance names itself.
    """

    about: str
    why: str
    condition: str = ""
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """
    Something that measurements say of chances.

    Attributes:
        part: `together` where it is about how outcomes hang together, `gap` where about what nobody has measured.
        what: What is said.
        rests_on: Ids of the measurements that bear on it.
    """

    part: str
    what: str
    rests_on: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.part not in _PARTS:
            raise ValueError(f"part {self.part} is none of {listed(_PARTS)}")
