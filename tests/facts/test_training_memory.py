"""The memory of training, held against what others measured: the figures that its page shows."""

from calculators.facts import FACTS
from calculators.facts.background import background
from calculators.html.pages import training_memory


def test_measured_peaks_come_out_within_a_quarter() -> None:
    """Nine of ten, over every run that says how long its sequences were and moves nothing to the machine's memory."""
    peaks = training_memory.peaks()
    near = sum(each.near for each in peaks)

    assert len(peaks) == 165
    assert near / len(peaks) >= 0.9, f"{near} of {len(peaks)}: see the page of training memory"


def test_set_ups_fit_as_they_were_published() -> None:
    """Nine of ten that say sequence and batch, and as many with those that do not say the batch."""
    fittings = training_memory.fittings()
    stated = [each for each in fittings if each.run.batch_stated]

    assert len(stated) == 22
    assert sum(each.right for each in stated) / len(stated) >= 0.9
    assert sum(each.right for each in fittings) / len(fittings) >= 0.9


def test_a_quarter_more_than_the_longest_that_fits_does_not_fit() -> None:
    """Else a formula that says yes to everything would be right."""
    longer = training_memory.longer()

    assert len(longer) == 16
    assert sum(each.right for each in longer) / len(longer) >= 0.8


def test_each_trainer_is_held_against_something() -> None:
    """A trainer that nobody measured would be a guess."""
    assert {run.trainer for run in background().training_runs.values()} == set(FACTS.trainers)
