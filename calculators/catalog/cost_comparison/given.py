"""What an evaluation starts from: the reader's inputs, and the records that they name."""

from collections.abc import Mapping

from calculators.catalog.cost_comparison.approaches import Approach, must_do, running_today
from calculators.catalog.cost_comparison.groups import AUTOMATIC, Inputs
from calculators.catalog.cost_comparison.groups.bounds import ANYWHERE
from calculators.catalog.cost_comparison.groups.workload import needs, nothing_changes, sorting, stays
from calculators.catalog.cost_comparison.records import Records, resolve
from calculators.catalog.cost_comparison.sheet import Notes, Sheet, figure, watched
from calculators.facts import CachingTerms, Facts, Place


class Given(Sheet):
    """
    What an evaluation starts from.

    Attributes:
        inputs: The reader's inputs. On the first evaluation they note which of them are read.
        facts: The figures that records are looked up in.
    """

    def __init__(self, inputs: Inputs, facts: Facts, notes: Notes | None) -> None:
        super().__init__(notes)
        self.inputs = inputs if notes is None else watched(inputs, notes)
        self.facts = facts

    @figure
    def records(self) -> Records:
        """The records that the scenario names."""
        return resolve(self.inputs, self.facts)

    @property
    def assumed(self) -> Mapping[str, float]:
        """The guide's assumptions, as they stood on the scenario's day. Unit: as the assumption states."""
        return self.records.assumed

    @figure
    def place(self) -> Place | None:
        """The region or service tier, as it was known on the scenario's day; nothing for the standard one."""
        key = self.inputs.prices.place
        return None if key == ANYWHERE else self.facts.places.known(key, self.inputs.job.as_of)

    def caching_terms(self, model: str) -> CachingTerms | None:
        """What the chosen lifetime costs at a model's seller; nothing where none is chosen, or it is not sold."""
        lifetime = self.inputs.prices.cache_lifetime
        key = f"{model}-{lifetime}"
        if lifetime == AUTOMATIC or key not in self.facts.caching:
            return None
        return self.facts.caching.known(key, self.inputs.job.as_of)

    @figure
    def needs(self) -> tuple[str, ...]:
        """What rows must do, need by need; empty where nothing must change, or nothing is named."""
        return must_do(needs(self.inputs.job.must_change), self.today, nothing_changes=self.nothing_changes)

    @figure
    def documents(self) -> bool:
        """Whether documents must be known."""
        return "documents" in self.needs

    @figure
    def nothing_changes(self) -> bool:
        """Whether what runs today is good enough."""
        return nothing_changes(self.inputs.job.must_change)

    @figure
    def sorting(self) -> bool:
        """Whether the narrow task is to sort into classes."""
        return sorting(self.inputs.job.must_change, self.inputs.job.narrow_task)

    @figure
    def stays(self) -> bool:
        """Whether data must stay on machines of the reader's own."""
        return stays(self.inputs.job.data_place)

    @figure
    def today(self) -> Approach | None:
        """The row that runs today; nothing where none does."""
        return running_today(self.inputs.job.today, nothing_changes=self.nothing_changes)
