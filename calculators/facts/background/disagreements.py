"""Figures on which data packages differ."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """
    A figure on which two data packages differ, and why ours is the one we keep.

    Attributes:
        key: The record's key.
        name: The record's name.
        figure: Which of its figures.
        ours: The figure kept, as written.
        package: The package that says otherwise.
        theirs: What it says, as written.
        reason: Why ours is kept.
    """

    key: str
    name: str
    figure: str
    ours: str
    package: str
    theirs: str
    reason: str
